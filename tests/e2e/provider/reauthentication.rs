//! Re-authentication only: an entry that asks for a new sign-in and for nothing about its factors. It is not judged by
//! what its preset would have asked for.

use crate::browser;
use crate::world::World;

use super::personalities::{lines, test};

const ALONE: &str = "request = \"freshness-only\"";

/// An API that requires a sign-in and names no value.
fn world(name: &str, entry: &str) -> World {
    let world = World::imitating(name, &["challenge=fresh"]);
    world.add_to_entry(entry);
    world
}

#[test]
fn p2_a_new_sign_in_is_all_that_is_required() {
    for name in ["okta", "okta-classic", "auth0"] {
        let world = world(name, ALONE);
        let outcome = world.approve("4211").run_with("password");
        outcome.exits(0).prints("freshness only");
        world.api().saw_one_approval("4211");
        let show = world.stepup("provider show").arg(name).exits(0);
        show.prints("proves: freshness only");
    }
}

#[test]
fn p2_it_can_be_tested() {
    for (name, entry) in [
        ("okta", ALONE),
        ("auth0", ALONE),
        ("okta", "acr_values = []"),
    ] {
        let world = world(name, &format!("{ALONE}\n{}", entry.replace(ALONE, "")));
        let outcome = test(&world, "", "password");
        let found = lines(outcome.exits(0));
        let acr = found.iter().find(|[check, ..]| check == "acr").unwrap();
        assert_eq!(acr[1], "warn");
        assert!(acr[2].contains("freshness only"), "{}", acr[2]);
    }
}

/// Methods are something to ask for, too: they are judged though no value is.
#[test]
fn b11_4_methods_alone_are_tested() {
    let world = World::new();
    world.drop_acr_values();
    world.add_to_entry("acr_values = []\namr = [\"hwk\"]");
    for (factor, code) in [("key", 0), ("password", 3)] {
        let outcome = test(&world, "", factor);
        assert_eq!(outcome.code, Some(code), "{outcome}");
    }
    let text = world.stepup("provider test sandbox");
    let outcome = text.run_with("key");
    outcome.exits(0).says("a sign-in by `hwk`");
}

/// What was sent: neither values nor a claim, and an age of 0.
#[test]
fn b9_3_what_is_asked_for_is_the_age_alone() {
    let world = world("auth0", ALONE);
    let running = world.approve("4211").args("--no-browser").start();
    let asked = browser::get(&running.start_url(), &[]).leads_to();
    assert!(asked.contains("max_age=0"), "{asked}");
    assert!(!asked.contains("acr"), "{asked}");
    running.signal("INT");
    running.end().exits(130);
    world.api().saw_no_approval();
}

/// An entry that lets an earlier sign-in count, and says nothing else, asks for nothing.
#[test]
fn b1_5_nothing_at_all_is_not_tested() {
    let world = world("okta", &format!("{ALONE}\nfreshness = \"as-challenged\""));
    let outcome = test(&world, "", "key");
    outcome.exits(2).says("nothing to test");
}

/// An API that requires a value is not answered by such an entry.
#[test]
fn p2_a_value_that_is_required_is_not_answered_with_a_fresh_sign_in() {
    let world = World::imitating("okta", &[]);
    world.add_to_entry(ALONE);
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(2).says("proves nothing but a fresh sign-in");
    world.api().never_saw("/oauth2/v1/authorize");
    world.api().saw_no_approval();
}
