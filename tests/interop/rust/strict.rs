//! The certified provider as one that takes what the specifications leave to it: one kind of key, pushed requests and no
//! others, the address at `UserInfo` alone, the person of a backchannel request named in a JSON object.

use serde_json::json;

use crate::browser::Plan;
use crate::world::{Other, World};

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

const STRICT: Other = Other {
    script: "provider.mjs",
    told: &["--strict", "ES256"],
    set: &[],
    client: "stepup-cli",
    flags: &["--acr-value", TWO_FACTORS],
};

fn signing_in() -> Plan {
    Plan::of(["password", "totp", "result"])
}

/// The backchannel, with the person named in this form.
fn by_telephone(form: &str) -> World {
    let client = ["--client-auth", "client_secret_basic", "--backchannel"];
    let flags = [STRICT.flags, &client, &["--login-hint-form", form]].concat();
    let world = World::at(&Other {
        client: "stepup-basic",
        flags: &flags,
        ..STRICT
    });
    world.keep_secret(&world.provider().secret_of("stepup-basic"));
    world
}

#[test]
fn a_key_of_another_kind_a_pushed_request_and_an_address_at_userinfo_approve() {
    for alg in ["ES256", "EdDSA"] {
        let world = World::at(&Other {
            told: &["--strict", alg],
            ..STRICT
        });
        let config = world.config_text();
        assert!(
            config.contains(&format!("id_token_algs = [\"{alg}\"]")),
            "{config}"
        );
        let outcome = world.approve("4213", signing_in());
        outcome.is_approved_with(TWO_FACTORS);
        assert_eq!(world.provider().asked()[0]["pushed"], true);
        // The client, and the API, which has nothing else to go by.
        assert_eq!(world.provider().requests("/me"), 2);
        world.approved(&["4213"]);
    }
}

#[test]
fn b9_19_somebody_else_at_userinfo_does_not_approve() {
    let world = World::at(&STRICT);
    let outcome = world.approve("4213", signing_in().by("noor.haddad"));
    outcome.fails(5, "untrusted", "noor.haddad@sandbox.example");
    assert_eq!(world.provider().requests("/me"), 1);
    world.is_untouched("4213");
}

#[test]
fn b6_an_entry_that_pushes_nothing_is_refused_before_the_browser() {
    let world = World::at(&STRICT);
    world.change_config(
        "[providers.interop]",
        "[providers.interop]\npar = \"never\"",
    );
    let run = world.start("4213", &["--no-browser", "--comment", "on call"]);
    run.end().fails(2, "usage", "pushed");
    assert_eq!(world.provider().requests("/auth"), 0);
    world.is_untouched("4213");
}

#[test]
fn b13_4_who_is_named_in_json_approves() {
    let world = by_telephone(r#"{"username": "{username}"}"#);
    let shown = json!({ "password": true, "otp": true });
    let outcome = world.approve_by_telephone("4213", &[], &shown);
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["proof"]["acr"], TWO_FACTORS, "{outcome}");
    world.approved(&["4213"]);
}

#[test]
fn b13_4_who_is_named_otherwise_is_not_known() {
    let world = by_telephone("address");
    let run = world.start("4213", &["--comment", "on call"]);
    run.end().fails(2, "usage", "`invalid_request`");
    assert!(world.provider().on_the_telephone().is_empty());
    world.is_untouched("4213");
}
