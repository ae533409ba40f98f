//! Every page that we serve, in a light and a dark colour scheme and on a narrow screen: no violation of
//! axe-core's rules, nothing wider than 400 pixels. The pictures stay in `target/tmp/interop`.

use serde_json::{Value, json};

use crate::browser::{Plan, built_in};
use crate::world::World;

/// The pages of our own listener among those that were seen.
fn visit(path: &str) -> Value {
    json!({ "do": "visit", "path": path })
}

fn press(selector: &str) -> Value {
    json!({ "do": "press", "selector": selector })
}

#[test]
fn the_success_page_is_fit_to_be_seen() {
    let world = World::new();
    let plan = Plan::of(["password", "register-passkey", "passkey", "result"])
        .with_key()
        .looking("success");
    let outcome = world.approve("4211", plan);
    outcome.is_approved_with("phr");
    outcome.report.ends_at_a_clean_address().is_fit_to_be_seen();
    world.approved(&["4211"]);
}

#[test]
fn the_failure_page_is_fit_to_be_seen_and_says_what_to_do() {
    let world = World::new();
    let plan = Plan::of(["password", "continue", "result"]).looking("failure");
    let outcome = world.approve("4211", plan);
    outcome.fails(3, "unmet", "phr");
    outcome.report.went_well().is_fit_to_be_seen();
    let text = outcome.report.text_after("result");
    assert!(text.contains("What to do now"), "{text}");
    world.is_untouched("4211");
}

#[test]
fn the_pages_for_requests_that_are_not_the_answer_are_fit_to_be_seen() {
    let world = World::new();
    let plan = Plan::of([
        visit("/nothing/here"),
        visit("/callback/interop?code=forged&state=forged"),
        json!({ "do": "forge", "path": "/callback/interop" }),
        json!({ "do": "second-tab" }),
        json!({ "do": "decline" }),
    ])
    .looking("refusals");
    let outcome = world.approve("4211", plan);
    outcome.fails(6, "incomplete", "declined");
    outcome.report.is_fit_to_be_seen();
    assert!(outcome.report.text_after("forge").contains("Not this way"));
    world.is_untouched("4211");
}

#[test]
fn the_sandboxs_own_pages_are_fit_to_be_seen() {
    let world = World::of_the_sandbox();
    let wrong = press("button[value=password]");
    let right = press("button[value=key]");
    let blank = json!({ "do": "type", "selector": "#password", "value": "wrong" });
    // The fields are folded away; a wrong password shows them.
    let unfold = json!({ "do": "unfold", "selector": "summary" });
    let plan = Plan::of([unfold, blank, wrong, right])
        .at_another_provider(world.home())
        .looking("sandbox");
    let outcome = world.approve("4211", plan);
    outcome.report.is_fit_to_be_seen().ends_at_a_clean_address();
    assert_eq!(outcome.stdout_json()["proof"]["acr"], "phr", "{outcome}");
    world.approved(&["4211"]);
}

#[test]
fn the_built_in_person_needs_no_browser() {
    let world = World::of_the_sandbox();
    let outcome = world.start("4211", &["--browser", &built_in("key")]).end();
    assert_eq!(outcome.stdout_json()["proof"]["acr"], "phr", "{outcome}");
}
