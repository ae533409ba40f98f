//! Glewlwyd: every request is pushed, tokens are signed with one kind of key whatever the metadata list, the address is
//! told by `UserInfo` alone, and the backchannel wants the person named in a JSON object. It knows no acr.

use serde_json::{Value, json};

use crate::browser::Plan;
use crate::world::{Other, World};

const GLEWLWYD: Other = Other {
    script: "glewlwyd.mjs",
    told: &[],
    set: &["--set", "challenge=fresh"],
    client: "stepup-cli",
    flags: &["--request", "freshness-only"],
};

/// How it wants the person named (`docs/providers.md`, A16).
const NAMED: &str = r#"{"username": "{username}"}"#;

/// The backchannel, with a key of this kind and the person named in this form.
fn by_telephone(alg: &'static str, form: &str) -> World {
    let flags = [
        "--request",
        "freshness-only",
        "--client-auth",
        "client_secret_basic",
        "--backchannel",
        "--amr",
        "password",
        "--login-hint-form",
        form,
    ];
    let world = World::at(&Other {
        told: &["--alg", alg],
        client: "stepup-basic",
        flags: &flags,
        ..GLEWLWYD
    });
    world.keep_secret(&world.provider().secret_of("stepup-basic"));
    world
}

/// `auth_time` is looked for in the session of whoever asks, which at the token endpoint is no browser.
#[test]
fn b10_2_a_sign_in_at_no_time_approves_nothing() {
    let world = World::at(&GLEWLWYD);
    let outcome = world.approve("4213", Plan::of(["password", "result"]));
    outcome.fails(3, "unmet", "got 0");
    outcome.report.went_well().ends_at_a_clean_address();
    world.is_untouched("4213");
}

#[test]
fn b6_an_entry_that_pushes_nothing_is_refused_before_the_browser() {
    let world = World::at(&GLEWLWYD);
    world.change_config(
        "[providers.interop]",
        "[providers.interop]\npar = \"never\"",
    );
    let run = world.start("4213", &["--no-browser", "--comment", "on call"]);
    run.end().fails(2, "usage", "pushed");
    world.is_untouched("4213");
}

/// Its metadata list every algorithm there is; the keys say which one it has.
#[test]
fn b13_2_who_is_named_in_json_approves_by_either_key() {
    for alg in ["ES256", "EdDSA"] {
        let world = by_telephone(alg, NAMED);
        let config = world.config_text();
        assert!(
            config.contains(&format!("id_token_algs = [\"{alg}\"]")),
            "{config}"
        );
        let outcome = world.approve_by_telephone("4213", &[], &json!(true));
        let receipt = outcome.exits(0).stdout_json();
        assert_eq!(receipt["ceremony"], "backchannel", "{outcome}");
        assert_eq!(receipt["proof"]["amr"], json!(["password"]), "{outcome}");
        world.approved(&["4213"]);
    }
}

#[test]
fn b13_8_who_is_named_otherwise_is_not_known() {
    let world = by_telephone("ES256", "address");
    let run = world.start("4213", &["--comment", "on call"]);
    run.end().fails(2, "usage", "invalid_request");
    world.is_untouched("4213");
}

#[test]
fn b13_7_what_the_person_refuses_is_not_approved() {
    let world = by_telephone("ES256", NAMED);
    let outcome = world.approve_by_telephone("4213", &[], &Value::Null);
    outcome.fails(6, "incomplete", "refused");
    world.is_untouched("4213");
}

#[test]
fn somebody_else_at_userinfo_does_not_approve() {
    let world = by_telephone("ES256", NAMED);
    let outcome =
        world.approve_by_telephone("4213", &["--login-hint", "noor.haddad"], &json!(true));
    outcome.fails(5, "untrusted", "noor.haddad@sandbox.example");
    world.is_untouched("4213");
}
