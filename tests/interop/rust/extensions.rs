//! Requests that are pushed, tokens that are bound to a key, an acr that is asked for as essential, and a provider that
//! is given what is approved.

use serde_json::{Value, json};

use crate::browser::Plan;
use crate::world::World;

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

fn signing_in() -> Plan {
    Plan::of(["password", "totp", "result"])
}

#[test]
fn b6_a_request_is_pushed_and_the_address_holds_its_name_only() {
    let world = World::new();
    let outcome = world.approve("4213", signing_in());
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(world.provider().requests("/request"), 1);
    let asked = &world.provider().asked()[0];
    assert_eq!(asked["pushed"], true);
    assert_eq!(asked["acr_values"], TWO_FACTORS);
    world.approved(&["4213"]);
}

#[test]
fn b6_an_entry_may_leave_it_out() {
    let world = World::with("stepup-cli", "par = \"never\"");
    let outcome = world.approve("4213", signing_in());
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(world.provider().requests("/request"), 0);
    assert_eq!(world.provider().asked()[0]["pushed"], false);
    world.approved(&["4213"]);
}

#[test]
fn b6_a_push_that_fails_opens_nothing() {
    let world = World::new();
    world
        .provider()
        .next(json!({ "fail": { "path": "/request", "status": 503, "body": {} } }));
    let run = world.start("4213", &["--no-browser", "--comment", "on call"]);
    let outcome = run.end();
    outcome.fails(1, "failed", "answered the pushed request with HTTP 503");
    assert_eq!(world.provider().requests("/auth"), 0);
    world.is_untouched("4213");
}

#[test]
fn b7_a_token_is_bound_to_a_key_and_approves_with_it() {
    let world = World::with("stepup-cli", "dpop = true");
    let outcome = world.approve("4213", signing_in());
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(world.provider().requests("/token"), 1);
    world.approved(&["4213"]);
}

#[test]
fn b7_6_the_providers_nonce_is_taken_up() {
    let world = World::with("stepup-cli", "dpop = true");
    world.provider().next(json!({ "nonce": true }));
    let outcome = world.approve("4213", signing_in());
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(world.provider().requests("/token"), 2);
    world.approved(&["4213"]);
}

#[test]
fn b9_4_an_essential_acr_is_reached() {
    let world = World::with("stepup-cli", "request = \"claims\"");
    let outcome = world.approve("4213", signing_in());
    outcome.is_approved_with(TWO_FACTORS);
    let asked = &world.provider().asked()[0];
    assert!(asked["acr_values"].is_null(), "B9.5: {asked}");
    let claims: Value = serde_json::from_str(asked["claims"].as_str().unwrap()).unwrap();
    let acr = json!({ "essential": true, "values": [TWO_FACTORS] });
    // Beside it whom the sign-in has to be by (B9.19).
    assert_eq!(claims["id_token"]["acr"], acr, "{claims}");
    world.approved(&["4213"]);
}

#[test]
fn b12_1_an_essential_acr_that_is_not_reached_is_said_so() {
    let world = World::with("stepup-cli", "request = \"claims\"");
    let plan = Plan::of(["password", "continue", "result"]);
    let outcome = world.approve("4213", plan);
    outcome.fails(3, "unmet", "unmet_authentication_requirements");
    assert_eq!(world.provider().requests("/token"), 0);
    world.is_untouched("4213");
}

const RICH: &str = "authorization_details = \"stepup_approval\"";

fn consenting() -> Plan {
    Plan::of(["password", "totp", "consent", "result"])
}

/// RFC 9396: pushed or in the address, the page says what is approved, and the token answer and the access token hold it.
#[test]
fn b17_2_the_provider_shows_what_is_approved_and_grants_it() {
    for more in ["", "\npar = \"never\""] {
        let world = World::with("stepup-cli", &format!("{RICH}{more}"));
        let outcome = world.approve("4213", consenting());
        let receipt = outcome.is_approved_with(TWO_FACTORS).stdout_json();
        let title = receipt["task"]["title"].as_str().unwrap();
        let page = outcome.report.text_after("totp");
        assert!(
            page.contains(&format!("You are approving: {title}")),
            "{page}"
        );
        let details = &receipt["authorization_details"];
        let expected = json!({ "type": "stepup_approval", "added": {}, "signed": false });
        assert_eq!(*details, expected, "{outcome}");
        world.approved(&["4213"]);
    }
}

#[test]
fn b17_3_what_it_grants_instead_is_not_approved() {
    let world = World::with("stepup-cli", RICH);
    world
        .provider()
        .next(json!({ "granted": { "emergency": true } }));
    let outcome = world.approve("4213", consenting());
    outcome.fails(
        5,
        "untrusted",
        "its `statement.emergency` is not what was sent",
    );
    world.is_untouched("4213");
}

#[test]
fn b17_1_a_type_that_it_does_not_list_opens_nothing() {
    let world = World::with("stepup-cli", "authorization_details = \"payment\"");
    let run = world.start("4213", &["--no-browser", "--comment", "on call"]);
    let outcome = run.end();
    outcome.fails(2, "usage", "does not list the type `payment`");
    assert_eq!(world.provider().requests("/auth"), 0);
    assert_eq!(world.provider().requests("/request"), 0);
    world.is_untouched("4213");
}
