//! What people do with their browser besides signing in.

use serde_json::json;

use crate::browser::Plan;
use crate::world::{Outcome, World};

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

/// A sign-in for the first of two tasks. The run ends a quarter of a second after its last result, and its pages with it;
/// here another approval follows, so that the page is there for as long as a person needs to do something with it.
#[track_caller]
fn in_a_run_that_goes_on(plan: Plan) -> (World, Outcome) {
    let world = World::with_a_slow_api(1000);
    let outcome = world.approve_with(&["4212"], "4213", plan);
    let document = outcome.exits(0).stdout_json();
    let receipt = &document["results"][0]["receipt"];
    assert_eq!(receipt["task"]["numeric_id"], "4213", "{outcome}");
    assert_eq!(receipt["proof"]["acr"], TWO_FACTORS, "{outcome}");
    outcome.report.went_well();
    world.approved(&["4213", "4212"]);
    (world, outcome)
}

#[test]
fn a_closed_tab_ends_with_the_time() {
    let world = World::new();
    let plan = Plan::of(["password", "close-tab"]);
    let outcome = world.approve_with(&["--timeout", "15s"], "4213", plan);
    outcome.fails(6, "incomplete", "no sign-in was completed within");
    outcome.report.went_well();
    assert_eq!(world.provider().requests("/token"), 0);
    world.is_untouched("4213");
}

#[test]
fn the_last_page_can_be_loaded_again() {
    let plan = Plan::of(["password", "totp", "result", "reload"]);
    let (_, outcome) = in_a_run_that_goes_on(plan);
    outcome.report.ends_at_a_clean_address();
    let text = outcome.report.text_after("reload");
    assert!(text.contains("Task 4213 is approved"), "{text}");
}

#[test]
fn going_back_from_the_last_page_does_nothing_twice() {
    let plan = Plan::of(["password", "totp", "result", "back", "forward"]);
    let (world, outcome) = in_a_run_that_goes_on(plan);
    let text = outcome.report.text_after("forward");
    assert!(text.contains("Task 4213 is approved"), "{text}");
    assert_eq!(world.provider().requests("/token"), 1);
}

#[test]
fn an_address_opened_twice_is_answered_once() {
    let plan = Plan::of([
        "two-tabs".into(),
        "other-tab".into(),
        "password".into(),
        "first-tab".into(),
        "password".into(),
        json!({ "do": "totp", "leave": true }),
        "other-tab".into(),
        "continue".into(),
        "first-tab".into(),
        "result".into(),
    ]);
    let (world, outcome) = in_a_run_that_goes_on(plan);
    outcome.report.ends_at_a_clean_address();
    let text = outcome.report.text_after("continue");
    assert!(text.contains("This sign-in is already finished"), "{text}");
    assert_eq!(outcome.report.callbacks(), ["GET 303", "GET 409"]);
    assert_eq!(world.provider().requests("/token"), 1);
}

#[test]
fn the_address_is_of_no_use_after_the_answer() {
    let plan = Plan::of(["password", "totp", "result", "second-tab"]);
    let (world, outcome) = in_a_run_that_goes_on(plan);
    let text = outcome.report.text_after("second-tab");
    assert!(text.contains("This sign-in is already finished"), "{text}");
    assert_eq!(world.provider().requests("/token"), 1);
}
