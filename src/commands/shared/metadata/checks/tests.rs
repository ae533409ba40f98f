use serde_json::{Value, json};

use super::*;
use crate::arbitrary::rows;
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

const BACKCHANNEL: &str = "preset = 'generic'; client_auth = 'private_key_jwt'; backchannel = true";

/// An endpoint, and the name of its modes of delivery.
const MODES: &str = r#""backchannel_authentication_endpoint": "https://a.example/bc", "backchannel_token_delivery_modes_supported""#;

/// Nobody is sent there by browser.
#[test]
fn p5_what_only_a_browser_needs_is_not_missed_by_a_backchannel() {
    let asked = format!("{{ {MODES}: [\"poll\"] }}");
    let mut change: Value = serde_json::from_str(&asked).unwrap();
    change["code_challenge_methods_supported"] = Value::Null;
    change["response_types_supported"] = json!(["none"]);
    change["require_pushed_authorization_requests"] = json!(true);
    change["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt"]);
    let found = all(&entry(&BACKCHANNEL.replace("; ", "\n")), &metadata(&change));
    assert!(found.iter().all(|one| one.grade == Grade::Ok), "{found:?}");
}

#[test]
fn p5_what_fits_is_fine() {
    let found = all(&entry("preset = 'generic'"), &metadata(&json!({})));
    assert!(found.iter().all(|one| one.grade == Grade::Ok), "{found:?}");
}

#[test]
fn p5_each_member_that_does_not_fit_is_named() {
    let table = r#"
        preset = 'generic'          | "code_challenge_methods_supported": null | pkce | warn
        preset = 'okta'             | "code_challenge_methods_supported": null | pkce | warn
                                    | "code_challenge_methods_supported": null | pkce | warn
                                    | "response_types_supported": ["id_token", "code token"] | response type | fail
                                    | "response_types_supported": [] | response type | warn
                                    | "id_token_signing_alg_values_supported": ["HS256"] | signatures | fail
                                    | "id_token_signing_alg_values_supported": [] | signatures | warn
        preset = 'okta'             | "token_endpoint_auth_methods_supported": ["client_secret_basic"] | client | warn
        acr_values = ['golden']     | "acr_values_supported": ["silver", "gold"] | acr values | warn
        acr_values = ['gold']       | "acr_values_supported": ["silver", "gold"] | acr values | ok
        response_mode = 'form_post' | "response_modes_supported": ["query"] | response mode | fail
        request = 'claims'          | | claims parameter | warn
        request = 'claims'          | "claims_parameter_supported": true | claims parameter | ok
        par = 'always'              | | pushed requests | fail
        par = 'never'               | "require_pushed_authorization_requests": true | pushed requests | fail
        dpop = true                 | | DPoP | warn
        dpop = true                 | "dpop_signing_alg_values_supported": ["RS256"] | DPoP | fail
        BACKCHANNEL                 | | backchannel | fail
        BACKCHANNEL                 | MODES: ["ping"] | backchannel | fail
        BACKCHANNEL                 | MODES: null | backchannel | warn
        BACKCHANNEL                 | MODES: ["push", "poll"] | backchannel | ok
        BACKCHANNEL                 | MODES: ["poll"] | client | warn"#;
    let table = table
        .replace("BACKCHANNEL", BACKCHANNEL)
        .replace("MODES", MODES);
    for [lines, change, check, grade] in rows(&table) {
        let lines = &lines.replace("; ", "\n");
        let change = &serde_json::from_str(&format!("{{ {change} }}")).unwrap();
        let grade = match grade {
            "ok" => Grade::Ok,
            "warn" => Grade::Warn,
            _ => Grade::Fail,
        };
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
