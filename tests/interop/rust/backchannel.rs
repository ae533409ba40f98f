//! The backchannel ceremony (CIBA) against the certified provider. It names no interval, so that polls are five
//! seconds apart, and what a binding message may hold is the library's own rule.

use serde_json::{Value, json};

use crate::world::{Outcome, World, words_of};

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

/// How a client comes: its id, its method, more lines.
type Client = (&'static str, &'static str, &'static str);

const BASIC: Client = ("stepup-basic", "client_secret_basic", "");

fn world((client, method, more): Client) -> World {
    let entry = format!("client_auth = \"{method}\"\nbackchannel = true\n{more}");
    let world = World::with(client, &entry);
    world.keep_secret(&world.provider().secret_of(client));
    world
}

/// Approves, with a person who knows the request by the words that the terminal shows, and answers with this.
fn answered(world: &World, shown: &Value) -> Outcome {
    let run = world.start("4213", &["--comment", "on call"]);
    let words = words_of("4213", &run);
    let waiting = world.provider().on_the_telephone();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!(waiting[0]["binding_message"], words.as_str());
    assert_eq!(waiting[0]["acr_values"], TWO_FACTORS);
    world.provider().answer(&words, shown);
    Outcome::of(run)
}

fn two_factors() -> Value {
    json!({ "password": true, "otp": true })
}

#[track_caller]
fn approved(world: &World) {
    let outcome = answered(world, &two_factors());
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["ceremony"], "backchannel", "{outcome}");
    assert_eq!(receipt["proof"]["acr"], TWO_FACTORS, "{outcome}");
    assert_eq!(world.provider().requests("/backchannel"), 1);
    assert_eq!(world.provider().requests("/auth"), 0);
    world.approved(&["4213"]);
}

#[test]
fn b13_2_an_approval_by_each_way_to_prove_a_client() {
    for client in [
        BASIC,
        ("stepup-post", "client_secret_post", ""),
        ("stepup-ec-key", "private_key_jwt", ""),
        ("stepup-rsa-key", "private_key_jwt", ""),
    ] {
        approved(&world(client));
    }
}

#[test]
fn b7_a_token_that_is_bound_to_a_key() {
    let world = world(("stepup-ec-key", "private_key_jwt", "dpop = true"));
    world.provider().next(json!({ "nonce": true }));
    approved(&world);
    // The same assertion twice would have been refused.
    assert_eq!(world.provider().requests("/token"), 2);
}

#[test]
fn b13_7_what_the_person_refuses_is_not_approved() {
    let world = world(BASIC);
    let outcome = answered(&world, &Value::Null);
    outcome.fails(
        6,
        "incomplete",
        "the request was refused on the other device",
    );
    assert_eq!(world.provider().requests("/token"), 1);
    world.is_untouched("4213");
}

#[test]
fn an_acr_that_was_not_reached_is_found_out() {
    let world = world(BASIC);
    let outcome = answered(&world, &json!({ "password": true }));
    outcome.fails(3, "unmet", "urn:okta:loa:1fa:pwd");
    world.is_untouched("4213");
}

#[test]
fn b13_8_the_providers_refusals_are_understood() {
    let client = ("stepup-ec-key", "private_key_jwt", "");
    let world = self::world(client);
    let run = world.start("4213", &["--comment", "x", "--login-hint", "nobody"]);
    run.end().fails(2, "usage", "`unknown_user_id`");
    // Another client's key.
    world.keep_secret(&world.provider().secret_of("stepup-rsa-key"));
    let run = world.start("4213", &["--comment", "x"]);
    run.end().fails(2, "usage", "`invalid_client`");
    assert!(world.provider().on_the_telephone().is_empty());
    world.is_untouched("4213");
}

/// The same client proves itself in the same way where it is the browser's turn.
#[test]
fn b6_1_a_client_with_a_key_pushes_and_redeems_too() {
    let world = world(("stepup-rsa-key", "private_key_jwt", ""));
    let plan = crate::browser::Plan::of(["password", "totp", "result"]);
    let outcome = world.approve_with(&["--comment", "x", "--ceremony", "local"], "4213", plan);
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(world.provider().requests("/request"), 1);
    world.approved(&["4213"]);
}

/// RFC 9396: the telephone shows what is approved, and the answer to a poll holds it.
#[test]
fn b17_2_the_telephone_shows_what_is_approved() {
    let rich = "authorization_details = \"stepup_approval\"";
    let world = world(("stepup-basic", "client_secret_basic", rich));
    let run = world.start("4213", &["--comment", "on call"]);
    let words = words_of("4213", &run);
    let shown = world.provider().on_the_telephone()[0]["approving"].clone();
    world.provider().answer(&words, &two_factors());
    let receipt = Outcome::of(run).exits(0).stdout_json();
    assert_eq!(shown, receipt["task"]["title"]);
    assert_eq!(receipt["authorization_details"]["type"], "stepup_approval");
    world.approved(&["4213"]);
}
