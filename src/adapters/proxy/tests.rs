//! The rules as a table, with what curl and Go do otherwise.

use super::*;

fn proxies(set: &[(&str, &str)]) -> Result<Proxies, ProxyError> {
    Proxies::of(|name| {
        let found = set.iter().find(|(set, _)| *set == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

fn way(set: &[(&str, &str)], url: &str) -> String {
    let proxies = proxies(set).unwrap();
    let proxy = proxies.for_url(&Url::parse(url).unwrap());
    proxy.map_or_else(
        || "direct".to_owned(),
        |proxy| format!("{} {proxy}", proxy.variable),
    )
}

const API: &str = "https://api.example/x";

#[test]
fn the_variable_that_counts() {
    let cases: [(&[(&str, &str)], &str); 11] = [
        (&[], "direct"),
        (&[("HTTPS_PROXY", "http://p:1")], "HTTPS_PROXY p:1"),
        (&[("https_proxy", "http://p:1")], "https_proxy p:1"),
        (&[("ALL_PROXY", "http://p:1")], "ALL_PROXY p:1"),
        (&[("all_proxy", "http://p:1")], "all_proxy p:1"),
        // Lower case first, and the scheme's own before that for all (curl; Go: upper case first).
        (
            &[("HTTPS_PROXY", "http://p:1"), ("https_proxy", "http://q:2")],
            "https_proxy q:2",
        ),
        (
            &[("all_proxy", "http://p:1"), ("HTTPS_PROXY", "http://q:2")],
            "HTTPS_PROXY q:2",
        ),
        // For plain http, which goes nowhere but to loopback; the other is a request's header in CGI.
        (&[("http_proxy", "http://p:1")], "direct"),
        (&[("HTTP_PROXY", "http://p:1")], "direct"),
        // No port: the scheme's (curl: 1080 for all but https).
        (&[("https_proxy", "p")], "https_proxy p:80"),
        (
            &[("https_proxy", "SOCKS5H://u:secret@p")],
            "https_proxy p:1080",
        ),
    ];
    for (set, expected) in cases {
        assert_eq!(way(set, API), expected, "{set:?}");
    }
}

/// A proxy that was set and cannot be used is an error, whatever else is set (curl: another error for each; Go and
/// ureq: passed over).
#[test]
fn what_cannot_be_used_is_an_error_that_shows_no_password() {
    for value in [
        "ftp://p:1",
        "socks://p:1", // curl: SOCKS4; others: SOCKS5
        "http://",
        "http://:8080",
        "http://p:port",
        "http://user:secret@",
        "http://u:secret@p q",
        "://p",
    ] {
        let set = [("https_proxy", value), ("all_proxy", "http://q:2")];
        let error = proxies(&set).err().unwrap_or_else(|| panic!("{value}"));
        assert_eq!(error.variable, "https_proxy", "{value}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn who_looks_up_names() {
    for (value, resolves) in [
        ("http://p", true),
        ("https://p", true),
        ("socks4://p", false),
        ("socks4a://p", true),
        ("socks5://p", false),
        ("socks5h://p", true),
    ] {
        let proxies = proxies(&[("all_proxy", value)]).unwrap();
        assert_eq!(proxies.proxy().unwrap().resolves(), resolves, "{value}");
    }
}

#[test]
fn hosts_that_need_no_proxy() {
    for (rules, url, spared) in [
        // A domain and everything below it, with or without a dot (curl; Go takes a dot for "below only").
        ("example", API, true),
        (".example", API, true),
        ("api.example", API, true),
        ("API.Example.", API, true),
        ("*.example", API, true), // Go; not curl
        ("pi.example", API, false),
        ("xapi.example", API, false),
        ("api", API, false),
        (".", API, false),
        ("", API, false),
        ("*", API, true),
        ("other,*", API, true), // Go; curl: `*` alone only
        ("api.example", "https://api.example./x", true),
        // Commas and blanks.
        ("other api.example", API, true),
        (" other,\tapi.example ", API, true),
        ("otherapi.example", API, false),
        // A port (Go; not curl).
        ("api.example:443", API, true),
        ("api.example:8443", API, false),
        (".example:8443", "https://api.example:8443/", true),
        ("api.example:x", API, false),
        ("api.example:", API, false),
        // Addresses and networks (curl since 7.86, Go).
        ("192.0.2.1", "https://192.0.2.1/", true),
        ("192.0.2.1", "https://192.0.2.10/", false),
        ("192.0.2.1:443", "https://192.0.2.1/", true),
        ("192.0.2.0/24", "https://192.0.2.77/", true),
        ("192.0.2.0/25", "https://192.0.2.128/", false),
        ("0.0.0.0/0", "https://192.0.2.128/", true),
        ("192.0.2.0/33", "https://192.0.2.0/", false),
        ("192.0.2.0/x", "https://192.0.2.0/", false),
        ("2001:db8::1", "https://[2001:db8::1]/", true),
        ("[2001:db8::1]", "https://[2001:db8::1]/", true),
        ("[2001:db8::1]:443", "https://[2001:db8::1]/", true),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]/", false),
        ("2001:db8::/32", "https://[2001:db8:1::9]/", true),
        ("2001:db8::/33", "https://[2001:db8:8000::]/", false),
        ("::/0", "https://192.0.2.1/", false),
        // Names are not looked up to be compared with networks.
        ("0.0.0.0/0", API, false),
    ] {
        for variable in EXCEPTIONS {
            let set = [("https_proxy", "http://p:1"), (variable, rules)];
            let direct = way(&set, url) == "direct";
            assert_eq!(direct, spared, "{rules} {url}");
        }
    }
    let both = [
        ("https_proxy", "http://p:1"),
        ("no_proxy", "other"),
        ("NO_PROXY", "api.example"),
    ];
    assert_eq!(way(&both, API), "https_proxy p:1");
}
