use serde_json::{Value, json};

use super::*;
use crate::config::Config;

fn entry(lines: &str) -> ProviderEntry {
    let home = tempfile::tempdir().unwrap();
    let text = format!("[providers.a]\nclient_id = 'c'\nissuer = 'https://a.example'\n{lines}\n");
    std::fs::write(home.path().join("config.toml"), text).unwrap();
    let config = Config::load(Some(home.path())).unwrap();
    config.entry("a").unwrap().clone()
}

/// The metadata of a provider that fits, with these members changed or (null) taken out.
fn metadata(change: &Value) -> Metadata {
    let mut document = json!({
        "issuer": "https://a.example",
        "authorization_endpoint": "https://a.example/authorize",
        "token_endpoint": "https://a.example/token",
        "jwks_uri": "https://a.example/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
    });
    for (name, value) in change.as_object().unwrap() {
        document[name] = value.clone();
    }
    let members = document.as_object_mut().unwrap();
    members.retain(|_, value| !value.is_null());
    serde_json::from_value(document).unwrap()
}

const BACKCHANNEL: &str = "preset = 'generic'\nclient_auth = 'private_key_jwt'\nbackchannel = true";

/// With an endpoint, and these modes of delivery.
fn asked(modes: &Value) -> Value {
    json!({
        "backchannel_authentication_endpoint": "https://a.example/bc",
        "backchannel_token_delivery_modes_supported": modes,
    })
}

/// Nobody is sent there by browser.
#[test]
fn p5_what_only_a_browser_needs_is_not_missed_by_a_backchannel() {
    let mut change = asked(&json!(["poll"]));
    change["code_challenge_methods_supported"] = Value::Null;
    change["response_types_supported"] = json!(["none"]);
    change["require_pushed_authorization_requests"] = json!(true);
    change["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt"]);
    let found = all(&entry(BACKCHANNEL), &metadata(&change));
    assert!(found.iter().all(|one| one.grade == Grade::Ok), "{found:?}");
}

#[test]
fn p5_what_fits_is_fine() {
    let found = all(&entry("preset = 'generic'"), &metadata(&json!({})));
    assert!(found.iter().all(|one| one.grade == Grade::Ok), "{found:?}");
}

#[test]
fn p5_each_member_that_does_not_fit_is_named() {
    let silent = json!({ "code_challenge_methods_supported": null });
    let secret = json!({ "token_endpoint_auth_methods_supported": ["client_secret_basic"] });
    let values = json!({ "acr_values_supported": ["silver", "gold"] });
    for (lines, change, check, grade) in [
        ("preset = 'generic'", &silent, "pkce", Grade::Warn),
        ("preset = 'okta'", &silent, "pkce", Grade::Warn),
        ("", &silent, "pkce", Grade::Warn),
        (
            "",
            &json!({ "response_types_supported": ["id_token", "code token"] }),
            "response type",
            Grade::Fail,
        ),
        (
            "",
            &json!({ "id_token_signing_alg_values_supported": ["HS256"] }),
            "signatures",
            Grade::Fail,
        ),
        (
            "",
            &json!({ "id_token_signing_alg_values_supported": [] }),
            "signatures",
            Grade::Warn,
        ),
        (
            "",
            &json!({ "response_types_supported": [] }),
            "response type",
            Grade::Warn,
        ),
        ("preset = 'okta'", &secret, "client", Grade::Warn),
        (
            "acr_values = ['golden']",
            &values,
            "acr values",
            Grade::Warn,
        ),
        ("acr_values = ['gold']", &values, "acr values", Grade::Ok),
        (
            "response_mode = 'form_post'",
            &json!({ "response_modes_supported": ["query"] }),
            "response mode",
            Grade::Fail,
        ),
        (
            "request = 'claims'",
            &json!({}),
            "claims parameter",
            Grade::Warn,
        ),
        (
            "request = 'claims'",
            &json!({ "claims_parameter_supported": true }),
            "claims parameter",
            Grade::Ok,
        ),
        ("par = 'always'", &json!({}), "pushed requests", Grade::Fail),
        (
            "par = 'never'",
            &json!({ "require_pushed_authorization_requests": true }),
            "pushed requests",
            Grade::Fail,
        ),
        ("dpop = true", &json!({}), "DPoP", Grade::Warn),
        (BACKCHANNEL, &json!({}), "backchannel", Grade::Fail),
        (
            BACKCHANNEL,
            &asked(&json!(["ping"])),
            "backchannel",
            Grade::Fail,
        ),
        (
            BACKCHANNEL,
            &asked(&Value::Null),
            "backchannel",
            Grade::Warn,
        ),
        (
            BACKCHANNEL,
            &asked(&json!(["push", "poll"])),
            "backchannel",
            Grade::Ok,
        ),
        (BACKCHANNEL, &asked(&json!(["poll"])), "client", Grade::Warn),
        (
            "dpop = true",
            &json!({ "dpop_signing_alg_values_supported": ["RS256"] }),
            "DPoP",
            Grade::Fail,
        ),
    ] {
        let found = all(&entry(lines), &metadata(change));
        let one = found.iter().find(|one| one.check == check);
        let one = one.unwrap_or_else(|| panic!("no {check}: {found:?}"));
        assert_eq!(one.grade, grade, "{lines} {change}");
        assert_eq!(one.hint.is_some(), grade != Grade::Ok, "{check}");
    }
}

#[test]
fn p5_entra_is_silent_about_what_works() {
    let mut entra = entry("");
    entra.preset = crate::config::preset::Preset::named("entra-acrs");
    let silent = json!({
        "code_challenge_methods_supported": null,
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    });
    let found = all(&entra, &metadata(&silent));
    assert!(found.iter().all(|one| one.grade == Grade::Ok), "{found:?}");
}

#[test]
fn a_provider_that_takes_no_assertion_of_ours_is_found_before_there_is_a_key() {
    let keyed = entry("client_auth = 'private_key_jwt'");
    let listing = |algs: Value| {
        let change = json!({
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": algs,
        });
        let found = all(&keyed, &metadata(&change));
        let failed = found.iter().find(|one| one.grade == Grade::Fail);
        failed.map(|one| (one.check, one.says.clone()))
    };
    let (check, says) = listing(json!(["ES384", "EdDSA"])).unwrap();
    assert_eq!(check, "assertions");
    assert!(says.contains("`ES384`"), "{says}");
    for algs in [json!(["ES384", "PS256"]), json!(["ES256"]), Value::Null] {
        assert_eq!(listing(algs), None);
    }
}
