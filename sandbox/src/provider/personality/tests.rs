//! The rules that differ, as tables.

use clap::ValueEnum;

use super::super::errors::{EXPIRED, OTHER_VERIFIER, USED};
use super::*;

fn persona(personality: Personality) -> Persona {
    Persona::new(personality, &Switches::default()).unwrap()
}

#[test]
fn a14_redirect_uris_match_as_each_provider_does_it() {
    use Personality::{Auth0, EntraOidc, Generic, Google, Keycloak, Okta, Pingone};
    let path = "/callback/sandbox";
    for (uri, takers) in [
        (
            "http://127.0.0.1:40123/callback/sandbox",
            &[Generic, Keycloak, Pingone, Google][..],
        ),
        (
            "http://localhost:40123/callback/sandbox",
            &[Generic, Keycloak, Pingone, Google, EntraOidc],
        ),
        (
            "http://[::1]:40123/callback/sandbox",
            &[Generic, Pingone, Google],
        ),
        ("http://localhost:40123/callback/SANDBOX", &[Google]),
        ("http://localhost:40123", &[EntraOidc, Google]),
        ("http://localhost:40123/", &[EntraOidc, Google]),
        ("http://127.0.0.1:40123", &[Google]),
        ("http://localhost.evil.example:1", &[]),
        ("http://127.0.0.1:40123/elsewhere", &[Google]),
        ("http://127.0.0.1@evil.example/callback/sandbox", &[]),
        ("http://evil.example/callback/sandbox", &[]),
        ("https://127.0.0.1:1/callback/sandbox", &[]),
        ("http://127.0.0.1:0/callback/sandbox", &[]),
    ] {
        for one in [Auth0, EntraOidc, Generic, Google, Keycloak, Okta, Pingone] {
            let taken = persona(one).may_redirect(uri, path);
            assert_eq!(taken, takers.contains(&one), "{one:?} {uri}");
        }
    }
}

#[test]
fn a1_an_exact_redirect_has_one_of_the_registered_ports() {
    let okta = persona(Personality::Okta);
    let uri = |host: &str, port: u16| format!("http://{host}:{port}/callback/sandbox");
    for port in &okta.ports {
        assert!(okta.may_redirect(&uri("127.0.0.1", *port), "/callback/sandbox"));
        assert!(!okta.may_redirect(&uri("localhost", *port), "/callback/sandbox"));
    }
    assert!(okta.may_redirect(&uri("127.0.0.1", 8471), "/callback/sandbox"));
    assert!(!okta.may_redirect(&uri("127.0.0.1", 1), "/callback/sandbox"));
    assert!(okta.entry("").contains(&format!("{:?}", okta.ports)));
}

#[test]
fn every_personality_has_its_endpoints_at_its_own_places_only() {
    for one in Personality::value_variants() {
        let persona = persona(*one);
        let discovery = format!(
            "{}/.well-known/openid-configuration",
            one.issuer_path().trim_end_matches('/')
        );
        let known = Some("/.well-known/openid-configuration");
        assert_eq!(persona.plain_path(&discovery), known, "{one:?}");
        assert_eq!(
            persona.base(&format!("http://h{}", one.issuer_path())),
            "http://h"
        );
        for plain in ["/authorize", "/token", "/jwks", "/userinfo"] {
            let theirs = persona.path(plain);
            assert_eq!(persona.plain_path(theirs), Some(plain), "{one:?}");
            assert!(
                theirs == plain || persona.plain_path(plain).is_none(),
                "{one:?}"
            );
        }
        assert_eq!(persona.plain_path("/sign-in"), Some("/sign-in"));
    }
}

#[test]
fn a3_the_numbers_of_the_token_endpoint() {
    for (code, told, number) in [
        ("invalid_grant", OTHER_VERIFIER, 501_481),
        ("invalid_grant", USED, 54005),
        ("invalid_grant", EXPIRED, 70008),
        ("invalid_client", "a public client sent a secret", 700_025),
        ("invalid_client", "the client is unknown", 700_016),
        (
            "invalid_client",
            "the client did not prove itself",
            7_000_218,
        ),
        ("invalid_request", "code is missing", 9_002_313),
    ] {
        let reply = persona(Personality::EntraOidc).token_failure(400, code, told);
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(body["error_codes"], serde_json::json!([number]), "{told}");
        let told = body["error_description"].as_str().unwrap();
        assert!(told.starts_with(&format!("AADSTS{number}: ")), "{told}");
    }
}
