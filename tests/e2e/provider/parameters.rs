//! How a provider is asked, set by commands alone: every such setting has a flag and reaches the request.

use std::collections::HashMap;

use url::Url;

use crate::browser;
use crate::world::World;

/// The request for a sign-in, after these changes of the entry; the approval goes in.
fn asked(world: &World, flags: &str) -> HashMap<String, String> {
    let edit = world.stepup("provider edit sandbox").args(flags);
    edit.exits(0);
    let running = world.approve("4211").args("--no-browser").start();
    let request = browser::get(&running.start_url(), &[]).leads_to();
    let request = Url::parse(&request).unwrap();
    let asked: HashMap<String, String> = request.query_pairs().into_owned().collect();
    assert_eq!(asked.len(), request.query_pairs().count(), "nothing twice");
    let callback = browser::sign_in_at(world.issuer(), request.as_str());
    assert_eq!(browser::get(&callback, &[]).status, 303);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
    asked
}

#[test]
fn age_and_prompt_are_set_by_flags() {
    let world = World::new();
    let asked = asked(
        &world,
        "--freshness as-challenged --max-age 30 --prompt consent",
    );
    assert_eq!(
        (asked["max_age"].as_str(), asked["prompt"].as_str()),
        ("30", "consent")
    );
}

#[test]
fn a_fresh_sign_in_is_asked_for_in_the_providers_own_way() {
    let asked = asked(&World::new(), "--fresh-max-age 1 --prompt none-at-all");
    assert_eq!(asked["max_age"], "1");
    assert!(!asked.contains_key("prompt"));
}

#[test]
fn values_are_asked_for_as_an_essential_claim() {
    let asked = asked(&World::new(), "--request claims");
    assert!(!asked.contains_key("acr_values"));
    assert!(asked["claims"].contains(r#""essential":true"#), "{asked:?}");
}

#[test]
fn a_parameter_of_the_providers_own_is_sent() {
    let world = World::new();
    let flags = "--extra connection=corp --extra domain_hint=acme.example --extra q=a=b&c";
    let asked = asked(&world, flags);
    for (name, value) in [
        ("connection", "corp"),
        ("domain_hint", "acme.example"),
        ("q", "a=b&c"),
    ] {
        assert_eq!(asked[name], value);
    }
    let show = world.stepup("provider show sandbox").exits(0);
    show.prints("connection=corp domain_hint=acme.example");
    let show = world
        .stepup("provider show sandbox -o json")
        .run()
        .stdout_json();
    assert_eq!(show["entry"]["extra"]["q"], "a=b&c");
}

/// The parameters of a sign-in that is verified are not the entry's to say.
#[test]
fn a_parameter_of_the_protocol_is_refused_and_nothing_is_written() {
    let world = World::new();
    let before = world.config_text();
    for (flags, said) in rows! {
        "--extra nonce=x", "it is a parameter of the protocol";
        "--extra MAX_AGE=99", "the key `max_age` says it";
        "--extra connection", "it is written NAME=VALUE";
        "--prompt none", "possible values: login, consent, select_account, none-at-all";
        "--freshness now", "possible values: each-time, as-challenged";
    } {
        let outcome = world.stepup("provider edit sandbox").args(flags).exits(2);
        outcome.says(said);
        assert_eq!(world.config_text(), before);
    }
}

/// Methods and the claim that names the person are set by flags, too, and judged.
#[test]
fn methods_and_the_persons_claim_are_set_by_flags() {
    let world = World::new();
    let edit = "provider edit sandbox --amr mca --subject preferred_username";
    world.stepup(edit).exits(0);
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(3).says("needed amr `mca`");
    world.api().saw_no_approval();
    world.stepup("provider edit sandbox --unset amr").exits(0);
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}
