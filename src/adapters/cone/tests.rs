//! Whose credential is found, by variables and cone's file.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;

use super::*;

fn secret() -> String {
    let jwk = format!(
        r#"{{"kty":"OKP","crv":"Ed25519","d":"{}"}}"#,
        BASE64.encode([7; 32])
    );
    format!("secret-token:conductorone.com:v1:{}", BASE64.encode(jwk))
}

/// A credential that was found, in words.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    place: String,
    api_url: Option<String>,
    client_id: String,
}

fn source(place: &str, api_url: &str, client_id: &str) -> Source {
    Source {
        place: place.to_owned(),
        api_url: Some(api_url.to_owned()),
        client_id: client_id.to_owned(),
    }
}

fn look(
    file: Option<&str>,
    variables: &[(&str, &str)],
    profile: Option<&str>,
) -> Result<Option<Source>, String> {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".conductorone");
    std::fs::create_dir(&folder).unwrap();
    if let Some(text) = file {
        std::fs::write(folder.join("config.yaml"), text).unwrap();
    }
    let variable = |name: &str| {
        let mut set = variables.iter();
        set.find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let surroundings = Surroundings {
        variable: &variable,
        home: Some(home.path().to_owned()),
        configurations: None,
        keyring: &|_, _| None,
    };
    found_by(&surroundings, profile)
}

fn found_by(
    surroundings: &Surroundings<'_>,
    profile: Option<&str>,
) -> Result<Option<Source>, String> {
    let found = surroundings
        .look(profile)
        .map_err(|error| error.to_string())?;
    Ok(found.map(|found| Source {
        place: found.place.split(" in ").next().unwrap().to_owned(),
        api_url: found.api_url.map(String::from),
        client_id: match found.credential {
            Credential::Token(_) => "token".to_owned(),
            Credential::Key(key) => key.id().to_owned(),
            Credential::Workload { client_id, .. } => format!("workload {client_id}"),
        },
    }))
}

#[test]
fn cones_file_is_read_as_cone_writes_it() {
    let secret = secret();
    let file = format!(
        "profiles:\n    default:\n        client-id: o-1@acme.conductor.one/pcc\n        client-secret: {secret}\n    Work:\n        client_id: 'o-2@work.c1eu.ai/spc'\n        client_secret: \"{secret}\"\n"
    );
    let found = |variables, profile| look(Some(&file), variables, profile).unwrap().unwrap();
    assert_eq!(
        found(&[], None),
        source(
            "cone's profile `default`",
            "https://acme.conductor.one/",
            "o-1@acme.conductor.one/pcc"
        )
    );
    assert_eq!(found(&[], Some("work")).client_id, "o-2@work.c1eu.ai/spc");
    assert_eq!(
        found(&[("CONE_PROFILE", "WORK")], None).client_id,
        "o-2@work.c1eu.ai/spc"
    );
    // Half a pair in the variables is completed from the profile.
    let id = [("CONE_CLIENT_ID", "o-3@acme.conductor.one/pcc")];
    assert_eq!(found(&id, None).client_id, "o-3@acme.conductor.one/pcc");
    assert_eq!(look(Some(&file), &[], Some("other")), Ok(None));
}

#[test]
fn variables_come_first_in_their_order() {
    let secret = secret();
    let id = "o-9@acme.conductor.one/pcc";
    let cone = [("CONE_CLIENT_ID", id), ("CONE_CLIENT_SECRET", &secret)];
    let c1 = [
        ("CONDUCTORONE_CLIENT_ID", id),
        ("CONDUCTORONE_CLIENT_SECRET", &secret),
    ];
    let token = [("CONDUCTORONE_ACCESS_TOKEN", "t")];
    let place = |set: &[_]| look(None, set, None).unwrap().unwrap().place;
    assert_eq!(place(&cone), "CONE_CLIENT_ID");
    assert_eq!(place(&c1), "CONDUCTORONE_CLIENT_ID");
    assert_eq!(place(&[cone, c1].concat()), "CONE_CLIENT_ID");
    let all = [&cone[..], &token].concat();
    assert_eq!(place(&all), "CONDUCTORONE_ACCESS_TOKEN");
    let oidc = [
        ("CONDUCTORONE_OIDC_TOKEN", "t"),
        ("CONDUCTORONE_CLIENT_ID", id),
    ];
    let found = look(None, &oidc, None).unwrap().unwrap();
    assert_eq!(found.place, "CONDUCTORONE_OIDC_TOKEN");
    assert_eq!(found.client_id, format!("workload {id}"));
    assert_eq!(place(&[&c1[..], &oidc].concat()), "CONDUCTORONE_OIDC_TOKEN");
    assert_eq!(
        place(&[&oidc[..], &token].concat()),
        "CONDUCTORONE_ACCESS_TOKEN"
    );
    assert!(look(None, &oidc[..1], None).is_err());
    assert_eq!(look(None, &c1[..1], None).unwrap(), None);
    let hosts = [
        ("CONDUCTORONE_SERVER_URL", "a.example"),
        ("CONE_API_ENDPOINT", "b.example"),
    ];
    let named = |hosts: &[_]| {
        look(None, &[&cone[..], hosts].concat(), None)
            .unwrap()
            .unwrap()
            .api_url
    };
    assert_eq!(named(&hosts).unwrap(), "https://a.example/");
    assert_eq!(named(&hosts[1..]).unwrap(), "https://b.example/");
    for (domain, url) in [
        ("Acme", "https://acme.conductor.one/"),
        ("acme.c1eu.ai", "https://acme.c1eu.ai/"),
    ] {
        let tenant = ("CONDUCTORONE_TENANT_DOMAIN", domain);
        assert_eq!(named(&[tenant]).unwrap(), url);
        assert_eq!(named(&[tenant, hosts[1]]).unwrap(), "https://b.example/");
    }
}

/// c1i's pair is whole or none, comes after those of the other tools, and is for the API of `C1I_URL`.
#[test]
fn c1is_variables_are_read_too() {
    let secret = secret();
    let id = "o-7@acme.conductor.one/pcc";
    let c1i = [("C1I_CLIENT_ID", id), ("C1I_CLIENT_SECRET", &*secret)];
    let found = |set: &[_]| look(None, set, None).unwrap();
    let acme = source("C1I_CLIENT_ID", "https://acme.conductor.one/", id);
    assert_eq!(found(&c1i), Some(acme));
    assert_eq!(found(&c1i[..1]), None);
    let url = ("C1I_URL", "https://b.example");
    let named = found(&[&c1i[..], &[url]].concat()).unwrap().api_url;
    assert_eq!(named.as_deref(), Some("https://b.example/"));
    let c1 = [
        ("CONDUCTORONE_CLIENT_ID", "o-8@other.conductor.one/pcc"),
        ("CONDUCTORONE_CLIENT_SECRET", &*secret),
        url,
    ];
    let other = found(&[&c1i[..], &c1].concat()).unwrap();
    assert_eq!(other.place, "CONDUCTORONE_CLIENT_ID");
    let api = other.api_url.unwrap();
    assert_eq!(
        api, "https://other.conductor.one/",
        "c1i's address is c1i's"
    );
    let bad = [&c1i[..], &[("C1I_URL", "http://acme.example/?a")]].concat();
    let error = look(None, &bad, None).unwrap_err();
    assert!(error.contains("`C1I_URL`"), "{error}");
}

#[test]
fn what_cannot_be_used_is_named_and_not_quoted() {
    for (file, said) in [
        (
            "profiles: {default: {client-id: x, client-secret: hunter2}}",
            "cannot be used",
        ),
        ("profiles: [\n  'hunter2", "is not YAML"),
    ] {
        let error = look(Some(file), &[], None).unwrap_err();
        assert!(
            error.contains(said) && !error.contains("hunter2"),
            "{error}"
        );
    }
    for file in ["", "profiles:", "- a", "profiles: {default: }"] {
        assert_eq!(look(Some(file), &[], None).unwrap(), None, "{file}");
    }
}

#[test]
fn an_address_is_https_unless_it_is_loopback() {
    for (text, url) in [
        ("acme.conductor.one", Some("https://acme.conductor.one/")),
        (
            "http://acme.conductor.one",
            Some("https://acme.conductor.one/"),
        ),
        ("ACME.example:8443", Some("https://acme.example:8443/")),
        ("http://127.0.0.1:4000", Some("http://127.0.0.1:4000/")),
        ("127.0.0.1:4000", Some("http://127.0.0.1:4000/")),
        ("https://localhost:1", Some("https://localhost:1/")),
        ("", None),
        ("a b", None),
        ("x@evil.example", None),
    ] {
        assert_eq!(address(text).map(String::from).as_deref(), url, "{text}");
    }
}

/// "A billion laughs": nine levels of nine aliases each.
#[test]
fn a_file_that_would_grow_is_refused_before_it_does() {
    let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..9 {
        let before = format!("*a{}", level - 1);
        let nine = [before.as_str(); 9].join(", ");
        laughs = format!("{laughs}a{level}: &a{level} [{nine}]\n");
    }
    let profiles = "profiles:\n  default:\n    client-id: o-1@acme.conductor.one/pcc\n";
    for (file, reason) in [
        (
            format!("{laughs}{profiles}"),
            "line 2 has an alias, and aliases are not followed",
        ),
        (
            format!("{profiles}    client-secret: *a\n"),
            "line 4 is not YAML",
        ),
        (
            "- ".repeat(100_000),
            "line 1 is nested deeper than 16 levels",
        ),
    ] {
        let error = look(Some(&file), &[], None).unwrap_err();
        assert!(error.ends_with(reason), "{error}");
    }
}

/// Where c1i keeps its key: two items of the keyring by the host of its URL, else a file by that name.
#[test]
fn what_c1i_keeps_is_read_last() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("config/c1i/credentials");
    std::fs::create_dir_all(&folder).unwrap();
    let secret = secret();
    let written = |id: &str| format!(r#"{{"client_id":"{id}","client_secret":"{secret}"}}"#);
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    let id = "o-1@acme.conductor.one/pcc";
    let kept = "config/c1i/credentials/c1i_acme.conductor.one.json";
    write(kept, &written(id));
    let look = |variables: &[(&str, &str)], keyring: bool, profile| {
        let variable = |name: &str| {
            let mut set = variables.iter();
            set.find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let item = |service: &str, account: &str| {
            let value = match (service, account) {
                ("c1i/acme.conductor.one", "client_id") => "o-2@acme.conductor.one/pcc",
                ("c1i/acme.conductor.one", "client_secret") => &secret,
                _ => return None,
            };
            keyring.then(|| Secret::new(value.to_owned()))
        };
        let surroundings = Surroundings {
            variable: &variable,
            home: Some(home.path().to_owned()),
            configurations: Some(home.path().join("config")),
            keyring: &item,
        };
        found_by(&surroundings, profile)
    };
    let file = format!("c1i's file `{}`", home.path().join(kept).display());
    let of_file = Some(source(&file, "https://acme.conductor.one/", id));
    // Without its URL nobody knows which of them is meant.
    assert_eq!(look(&[], true, None), Ok(None));
    let url = [("C1I_URL", "https://ACME.conductor.one")];
    assert_eq!(look(&url, false, None), Ok(of_file.clone()));
    assert_eq!(look(&[("C1I_URL", "other.c1eu.ai")], true, None), Ok(None));
    write(".c1i.yaml", "url: https://acme.conductor.one\n");
    assert_eq!(look(&[], false, None), Ok(of_file));
    let of_keyring = look(&[], true, None).unwrap().unwrap();
    assert_eq!(
        of_keyring.place,
        "c1i's keyring item `c1i/acme.conductor.one`"
    );
    assert_eq!(of_keyring.client_id, "o-2@acme.conductor.one/pcc");
    // A profile is cone's, and cone's comes first.
    assert_eq!(look(&[], true, Some("work")), Ok(None));
    std::fs::create_dir(home.path().join(".conductorone")).unwrap();
    let cone = format!("profiles: {{default: {{client-id: '{id}', client-secret: '{secret}'}}}}");
    write(".conductorone/config.yaml", &cone);
    let found = look(&[], true, None).unwrap().unwrap();
    assert_eq!(found.place, "cone's profile `default`");
    std::fs::remove_file(home.path().join(".conductorone/config.yaml")).unwrap();
    for text in ["{\n\"client_id\": hunter2", "3"] {
        write(kept, text);
        let error = look(&[], false, None).unwrap_err();
        assert!(error.starts_with("c1i's file `"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}
