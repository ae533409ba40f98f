//! The hosted ceremony, end to end through the API's pages: Chromium goes from the API to the certified provider and
//! back, with a real passkey, while `stepup` watches, checks and submits.

use serde_json::Value;

use crate::browser::Plan;
use crate::world::{Outcome, World};

const PASSKEY: [&str; 4] = ["password", "register-passkey", "passkey", "result"];

/// An approval in a browser that meets the API, the provider, and nobody else.
fn approve(world: &World, plan: Plan) -> Outcome {
    let mut outcome = world.approve("4211", plan);
    outcome.report.knows(world.api_url());
    outcome
}

/// What the API's last page says.
fn last_page(outcome: &Outcome) -> &str {
    outcome.report.text_after("result")
}

#[test]
fn a_passkey_approves_through_the_apis_own_pages() {
    let world = World::hosted();
    let plan = Plan::of(PASSKEY).with_key().looking("hosted");
    let outcome = approve(&world, plan);
    outcome.is_approved_with("phr");
    outcome.report.is_fit_to_be_seen();
    let pages = outcome.report.provider_pages();
    assert_eq!(pages, ["sign-in", "factors", "factors"]);
    assert!(last_page(&outcome).contains("The approval goes on in the terminal"));
    let receipt = outcome.stdout_json();
    assert_eq!(receipt["ceremony"], "hosted");
    assert_eq!(receipt["proof"]["issuer"], world.provider().issuer());
    assert_eq!(receipt["transaction"]["in_history"], true);
    // The browser stood at the API in the end, and its address held neither code nor state.
    let parameters = &outcome.report.0["address"]["parameters"];
    let named = |name: &str| parameters.as_array().unwrap().contains(&Value::from(name));
    assert!(!named("code") && !named("state"), "{parameters}");
    world.approved(&["4211"]);
}

#[test]
fn a_sign_in_that_is_too_weak_is_the_apis_to_refuse_and_nothing_is_submitted() {
    let world = World::hosted();
    let plan = Plan::of(["password", "continue", "result"]);
    let outcome = approve(&world, plan);
    outcome.fails(3, "unmet", "not strong enough");
    outcome.report.went_well();
    assert!(last_page(&outcome).contains("This step-up approves nothing"));
    world.is_untouched("4211");
}

#[test]
fn somebody_elses_passkey_approves_nothing() {
    let world = World::hosted();
    let outcome = approve(&world, Plan::of(PASSKEY).with_key().by("noor.haddad"));
    outcome.fails(5, "untrusted", "another person");
    assert!(last_page(&outcome).contains("another person"));
    world.is_untouched("4211");
}
