//! Which addresses a server may name, for our own requests and for the person's browser: services of this machine
//! are nobody's business but its own. (B9.8)

use url::{Host, Url};

use crate::domain::loopback::is_loopback;

/// Whether the server at `base` (an issuer, an API's address) may send us or the browser to `url`: anywhere by
/// https, except to this machine, which only a server on it may name; by plain http to loopback, if it is itself
/// called by plain http there.
///
/// Never with a user name or a password in it, which make one host look like another.
pub(crate) fn may_name(base: &Url, url: &Url) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.scheme() {
        "https" => !is_this_machine(url) || is_this_machine(base),
        "http" => is_loopback(url) && base.scheme() == "http" && is_loopback(base),
        _ => false,
    }
}

/// Loopback, in every spelling that reaches it, `0.0.0.0` and the names of RFC 6761 §6.3 included.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => {
            let mapped = ip.to_ipv4_mapped();
            ip.is_loopback()
                || ip.is_unspecified()
                || mapped.is_some_and(|ip| ip.is_loopback() || ip.is_unspecified())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: [&str; 10] = [
        "127.0.0.1",
        "127.1.2.3:8443",
        "localhost",
        "localhost.",
        "app.localhost:9000",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:0.0.0.0]",
        "0.0.0.0",
        "[::]",
    ];

    #[track_caller]
    fn names(base: &str, named: &str, expected: bool) {
        let url = |text: &str| Url::parse(text).unwrap();
        let found = may_name(&url(base), &url(named));
        assert_eq!(found, expected, "{base} names {named}");
    }

    #[test]
    fn b9_8_a_server_elsewhere_names_nothing_on_this_machine() {
        for host in LOCAL {
            names("https://idp.example", &format!("https://{host}/x"), false);
            names("https://idp.example", &format!("http://{host}/x"), false);
        }
        names("https://idp.example", "https://other.example:8443/x", true);
        names("https://idp.example", "http://idp.example/x", false);
        names("https://idp.example", "https://localhost.example/x", true);
        names("https://idp.example", "https://notlocalhost/x", true);
        names("https://idp.example", "https://10.0.0.1/x", true);
        names("https://idp.example", "ftp://idp.example/x", false);
        names(
            "https://idp.example",
            "https://idp.example@evil.example/x",
            false,
        );
        names(
            "https://idp.example",
            "https://:secret@idp.example/x",
            false,
        );
    }

    #[test]
    fn b9_8_loopback_http_is_named_by_loopback_http_only() {
        for base in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"] {
            names(base, "http://127.0.0.1:2/x", true);
            names(base, "https://127.0.0.1:2/x", true);
            names(base, "https://idp.example/x", true);
            names(base, "http://idp.example/x", false);
            names(base, "http://0.0.0.0:2/x", false);
        }
        names("https://localhost:1", "https://127.0.0.1:2/x", true);
        names("https://localhost:1", "http://127.0.0.1:2/x", false);
    }
}
