//! What people do with their browser besides signing in.

use serde_json::json;

use crate::browser::Plan;
use crate::world::World;

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

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
    let world = World::new();
    let plan = Plan::of(["password", "totp", "result", "reload"]);
    let outcome = world.approve("4213", plan);
    outcome.is_approved_with(TWO_FACTORS);
    outcome.report.ends_at_a_clean_address();
    assert!(
        outcome
            .report
            .text_after("reload")
            .contains("Task 4213 is approved")
    );
    world.approved(&["4213"]);
}

#[test]
fn going_back_from_the_last_page_does_nothing_twice() {
    let world = World::new();
    let plan = Plan::of(["password", "totp", "result", "back", "forward"]);
    let outcome = world.approve("4213", plan);
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(world.provider().requests("/token"), 1);
    world.approved(&["4213"]);
}

#[test]
fn an_address_opened_twice_is_answered_once() {
    // Slow, so that the second answer comes while the first one is still being used.
    let world = World::with_a_slow_api(700);
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
    let outcome = world.approve("4213", plan);
    outcome.is_approved_with(TWO_FACTORS);
    outcome.report.ends_at_a_clean_address();
    let text = outcome.report.text_after("continue");
    assert!(text.contains("This sign-in is already finished"), "{text}");
    assert_eq!(outcome.report.callbacks(), ["GET 303", "GET 409"]);
    assert_eq!(world.provider().requests("/token"), 1);
    world.approved(&["4213"]);
}

#[test]
fn the_address_is_of_no_use_after_the_answer() {
    let world = World::new();
    let plan = Plan::of(["password", "totp", "result", "second-tab"]);
    let outcome = world.approve("4213", plan);
    outcome.is_approved_with(TWO_FACTORS);
    assert!(
        outcome
            .report
            .text_after("second-tab")
            .contains("This sign-in is already finished")
    );
    world.approved(&["4213"]);
}
