//! What each provider shows to anybody: metadata and their places, and answers at the redirect.

use serde_json::{Value, json};

use crate::browser;
use crate::process::{BIN, Run};
use crate::world::World;

/// The metadata at the issuer, and the provider's address.
fn metadata(name: &str) -> (World, Value, String) {
    let world = World::imitating(name, &[]);
    let issuer = world.issuer().trim_end_matches('/');
    let url = format!("{issuer}/.well-known/openid-configuration");
    let document = browser::get(&url, &[]).json();
    assert_eq!(document["issuer"], world.issuer(), "{name}");
    let provider = world.info["provider_url"].as_str().unwrap().to_owned();
    (world, document, provider)
}

#[test]
fn issuers_and_endpoints_are_where_each_has_them() {
    for (name, issuer, authorize) in rows! {
        "generic", "", "/authorize";
        "okta", "", "/oauth2/v1/authorize";
        "okta-custom", "/oauth2/default", "/oauth2/default/v1/authorize";
        "auth0", "/", "/authorize";
        "keycloak", "/realms/sandbox", "/realms/sandbox/protocol/openid-connect/auth";
        "google", "", "/o/oauth2/v2/auth";
    } {
        let (world, document, provider) = metadata(name);
        assert_eq!(world.issuer(), format!("{provider}{issuer}"), "{name}");
        let expected = format!("{provider}{authorize}");
        assert_eq!(document["authorization_endpoint"], expected, "{name}");
        let keys = browser::get(document["jwks_uri"].as_str().unwrap(), &[]).json();
        assert!(keys["keys"].is_array(), "{name}");
    }
}

#[test]
fn the_sandbox_says_whom_it_imitates() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Run::of(BIN, home.path())
        .args("sandbox --as keycloak")
        .start();
    sandbox.prints("/realms/sandbox (as keycloak)\n");
}

/// providers.md P5: what is not advertised says nothing of what is possible.
#[test]
fn metadata_say_and_hide_what_each_says_and_hides() {
    let says = |document: &Value, member: &str| document.get(member).is_some();
    for (name, acr, claims, iss, s256, pushed) in [
        ("generic", true, true, true, true, false),
        ("okta", false, false, false, true, true),
        ("okta-classic", false, false, false, true, true),
        ("entra-oidc", false, false, false, false, false),
        ("auth0", false, false, false, true, false),
        ("keycloak", true, true, true, true, true),
        ("pingone", false, true, false, true, true),
        ("google", false, false, true, true, false),
    ] {
        let (_world, document, _) = metadata(name);
        let found = (
            says(&document, "acr_values_supported"),
            says(&document, "claims_parameter_supported"),
            says(&document, "authorization_response_iss_parameter_supported"),
            says(&document, "code_challenge_methods_supported"),
            says(&document, "pushed_authorization_request_endpoint"),
        );
        assert_eq!(found, (acr, claims, iss, s256, pushed), "{name}");
    }
}

#[test]
fn a1_okta_says_which_engine_it_is_and_which_servers_it_lacks() {
    for (name, pipeline) in [("okta", "idx"), ("okta-classic", "v1")] {
        let (_world, _, provider) = metadata(name);
        let about = browser::get(&format!("{provider}/.well-known/okta-organization"), &[]);
        assert_eq!(about.json()["pipeline"], pipeline);
        let url = format!("{provider}/oauth2/nowhere/.well-known/openid-configuration");
        let missing = browser::get(&url, &[]);
        assert_eq!(
            (missing.status, missing.json()["errorCode"].clone()),
            (404, json!("E0000007"))
        );
    }
    let (world, document, provider) = metadata("okta-custom");
    for url in [
        format!("{}/.well-known/oauth-authorization-server", world.issuer()),
        format!("{provider}/.well-known/oauth-authorization-server/oauth2/default"),
    ] {
        assert_eq!(browser::get(&url, &[]).json(), document);
    }
}

#[test]
fn a3_entras_other_authorities_have_other_issuers() {
    let (world, _, provider) = metadata("entra-oidc");
    let issuer = |tenant: &str| {
        let url = format!("{provider}/{tenant}/v2.0/.well-known/openid-configuration");
        browser::get(&url, &[]).json()["issuer"].clone()
    };
    assert_eq!(issuer("sandbox.example"), world.issuer());
    let template = format!("{provider}/{{tenantid}}/v2.0");
    assert_eq!(
        [issuer("common"), issuer("organizations")],
        [template.as_str(); 2]
    );
    assert_ne!(issuer("consumers"), world.issuer());
    let page = browser::get(&format!("{provider}/common/oauth2/v2.0/authorize"), &[]);
    assert_eq!((page.status, page.location), (400, None));
    assert!(page.body.contains("AADSTS50194"));
}

/// A domain in place of the tenant's id: the document names another issuer, and nobody is sent there (B9.7).
#[test]
fn a3_an_authority_by_domain_is_refused_before_any_browser() {
    let world = World::imitating("entra-oidc", &[]);
    let config = world.config_text();
    let tenant = "8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63";
    assert!(config.contains(tenant));
    let loose = "request = \"freshness-only\"\nmax_age = 300";
    let config = config.replace("preset = \"entra-oidc\"", loose);
    world.write_config(&config.replace(tenant, "sandbox.example"));
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(5).says("the provider calls itself");
    world.api().never_saw("/sign-in");
    world.api().saw_no_approval();
}

/// A redirect URI without a path is registered too, and gets its answer with the slash.
#[test]
fn a3_entra_answers_a_redirect_uri_without_a_path_at_its_root() {
    let world = World::imitating("entra-oidc", &[]);
    world.add_to_entry("redirect_path = \"/\"");
    world.approve("4213").run_with("code").exits(0);
    world.api().saw_one_approval("4213");
}

/// Answers at the redirect: `iss`, and Keycloak's `session_state`.
#[test]
fn answers_name_issuer_and_session_where_each_does() {
    for (name, iss, session) in [
        ("okta", false, false),
        ("entra-oidc", false, false),
        ("keycloak", true, true),
        ("pingone", false, false),
    ] {
        let world = World::imitating(name, &[]);
        let running = world.approve("4213").arg("--no-browser").start();
        let provider = world.info["provider_url"].as_str().unwrap();
        let (_, callback) = browser::sign_in(provider, &running.start_url());
        assert_eq!(callback.contains("iss="), iss, "{name}");
        assert_eq!(callback.contains("session_state="), session, "{name}");
        assert!(browser::get(&callback, &[]).status < 400, "{name}");
        running.end().exits(0);
        world.api().saw_one_approval("4213");
    }
}
