//! `stepup provider remote test`: the API's own test of a provider, run through in the browser.

use super::remote_providers::{STRONG, kept_named};
use crate::world::World;

#[test]
fn a_test_ends_when_the_api_shows_it() {
    let world = World::with(&["ceremony=hosted"]);
    let run = world
        .stepup("provider remote test -o json")
        .arg(STRONG)
        .signing_in_with("key");
    let outcome = run.run();
    let document = outcome
        .exits(0)
        .says("begins at 127.0.0.1")
        .says("/start/")
        .does_not_say("ticket=")
        .stdout_json();
    assert_eq!(document["outcome"], "tested");
    assert!(document["provider"]["last_tested_at"].is_string());
    world.api().saw_no_approval();
}

#[test]
fn a_test_that_fails_says_why() {
    let world = World::with(&["ceremony=hosted"]);
    let run = world
        .stepup("provider remote test")
        .arg(STRONG)
        .signing_in_with("password");
    run.exits(3)
        .says("the test failed: the sign-in was not strong enough")
        .hints("sign in anew with a factor that meets the requirement");
    assert!(kept_named(&world, STRONG)["last_tested_at"].is_null());
}

#[test]
fn a_test_that_nobody_finishes_ends_in_time() {
    let world = World::with(&["ceremony=hosted"]);
    let run = world
        .stepup("provider remote test --no-browser --timeout 1s")
        .arg(STRONG);
    run.exits(6)
        .says("open this URL in a browser")
        .says("ticket=")
        .says("timed out: the test was not completed within 1s");
}

#[test]
fn a_test_can_be_interrupted() {
    let world = World::with(&["ceremony=hosted"]);
    let running = world
        .stepup("provider remote test --no-browser")
        .arg(STRONG)
        .start();
    running.says("waiting for the test in the browser");
    running.signal("INT");
    running.end().exits(130);
}

/// Whether transactions may be searched is not publicly known.
#[test]
fn a_test_goes_on_without_the_transactions() {
    let world = World::with(&["ceremony=hosted", "transactions=403"]);
    let run = world
        .stepup("provider remote test")
        .arg(STRONG)
        .signing_in_with("key");
    run.exits(0).prints("tested");
}
