//! What the provider answers, and how.

use serde_json::json;

use crate::browser::Plan;
use crate::world::World;

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

fn signing_in() -> Plan {
    Plan::of(["password", "totp", "result"])
}

#[test]
fn a_person_who_declines_approves_nothing() {
    let world = World::new();
    let outcome = world.approve("4213", Plan::of(["decline", "result"]));
    outcome.fails(6, "incomplete", "declined");
    outcome.report.went_well().ends_at_a_clean_address();
    world.is_untouched("4213");
}

#[test]
fn an_answer_may_come_as_a_form() {
    let world = World::with("stepup-cli", "response_mode = \"form_post\"");
    let outcome = world.approve("4213", signing_in());
    outcome.is_approved_with(TWO_FACTORS);
    outcome.report.ends_at_a_clean_address();
    assert_eq!(outcome.report.callbacks(), ["POST 303"]);
    assert_eq!(world.provider().asked()[0]["response_mode"], "form_post");
    world.approved(&["4213"]);
}

#[test]
fn a_confidential_client_proves_itself_in_a_header_or_in_the_form() {
    for (client, method) in [
        ("stepup-basic", "client_secret_basic"),
        ("stepup-post", "client_secret_post"),
    ] {
        let world = World::with(client, &format!("client_auth = \"{method}\""));
        world.keep_secret(&world.provider().secret_of(client));
        world
            .approve("4213", signing_in())
            .is_approved_with(TWO_FACTORS);
        world.approved(&["4213"]);
    }
}

#[test]
fn a_wrong_client_secret_approves_nothing() {
    let entry = "client_auth = \"client_secret_basic\"\npar = \"never\"";
    let world = World::with("stepup-basic", entry);
    world.keep_secret("not-the-secret");
    let outcome = world.approve("4213", signing_in());
    outcome.fails(2, "usage", "client");
    world.is_untouched("4213");
}

#[test]
fn b6_1_a_wrong_client_secret_is_found_out_before_the_browser_where_requests_are_pushed() {
    let world = World::with("stepup-basic", "client_auth = \"client_secret_basic\"");
    world.keep_secret("not-the-secret");
    let run = world.start("4213", &["--no-browser", "--comment", "on call"]);
    run.end().fails(
        2,
        "usage",
        "refused the pushed request with `invalid_client`",
    );
    assert_eq!(world.provider().requests("/auth"), 0);
    world.is_untouched("4213");
}

#[test]
fn tokens_that_another_client_got_approve_nothing() {
    let world = World::trusting("stepup-post", "stepup-cli", "", &[]);
    let outcome = world.approve("4213", signing_in());
    outcome.fails(3, "unmet", "the API is still not satisfied");
    world.is_untouched("4213");
}

#[test]
fn trouble_at_the_provider_is_a_failure_to_be_tried_again() {
    let world = World::new();
    world.provider().next(json!({ "error": {
        "error": "server_error", "error_description": "the directory is down" } }));
    let outcome = world.approve("4213", signing_in());
    outcome.fails(1, "failed", "server_error");
    outcome.says("the directory is down");
    assert_eq!(world.provider().requests("/token"), 0);
    world.is_untouched("4213");
}

#[test]
fn a_provider_that_says_the_person_fell_short_is_believed() {
    let world = World::new();
    world.provider().next(json!({ "error": {
        "error": "unmet_authentication_requirements", "error_description": "no key" } }));
    let outcome = world.approve("4213", signing_in());
    outcome.fails(3, "unmet", "");
    assert_eq!(world.provider().requests("/token"), 0);
    world.is_untouched("4213");
}

#[test]
fn a_token_endpoint_that_fails_is_asked_once() {
    let world = World::new();
    world
        .provider()
        .next(json!({ "fail": { "path": "/token", "status": 503, "body": {} } }));
    let outcome = world.approve("4213", signing_in());
    outcome.fails(1, "failed", "503");
    assert!(
        outcome
            .report
            .text_after("result")
            .contains("Task 4213 was not approved")
    );
    assert_eq!(world.provider().requests("/token"), 1);
    world.is_untouched("4213");
}
