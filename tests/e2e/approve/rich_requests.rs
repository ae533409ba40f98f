//! Rich authorization requests (RFC 9396, B17): the provider is given what is approved, shows it to the person, and has
//! to answer with the same.

use serde_json::Value;

use crate::backchannel::ceremony;
use crate::browser;
use crate::process::{Outcome, Run};
use crate::request::challenged;
use crate::world::World;

const ENTRY: &str = "authorization_details = \"stepup_approval\"";

/// What is said of an answer that is not what was asked for.
const NOT_GRANTED: &str =
    "the provider did not grant what it was given to show (`authorization_details`): ";

fn world(switches: &[&str]) -> World {
    let world = World::with(switches);
    world.add_to_entry(ENTRY);
    world
}

fn by_phone(switch: &str) -> World {
    let world = ceremony::world(&[switch]);
    world.add_to_entry(ENTRY);
    world
}

fn approve(world: &World) -> Outcome {
    let run = world.approve("4211").args("-o json");
    run.run_with("key")
}

/// Evidence of the only approval, verified with the provider's keys.
fn verified(world: &World) -> Outcome {
    let document = exported(world);
    let keys = world.stepup("provider keys sandbox").run();
    let file = world.path("keys.json");
    std::fs::write(&file, &keys.exits(0).stdout).unwrap();
    let home = tempfile::tempdir().unwrap();
    let run = Run::of(crate::process::BIN, home.path());
    let run = run.args("receipt verify --file - --jwks").arg(file);
    run.stdin(&document.to_string()).run()
}

fn exported(world: &World) -> Value {
    world.stepup("receipt export --now").exits(0).stdout_json()
}

/// Pushed where that is offered; in the address where it is not.
#[test]
fn b17_2_the_provider_shows_what_is_approved_and_the_receipt_says_so() {
    for pushed in [&["par=required"][..], &[]] {
        let world = world(&[&["authorization_details=offered"], pushed].concat());
        let running = world.approve("4211").args("--no-browser").start();
        let authorize = browser::get(&running.start_url(), &[]).leads_to();
        let in_the_address = authorize.contains("authorization_details=");
        assert_eq!(in_the_address, pushed.is_empty(), "{authorize}");
        let page = browser::get(&authorize, &[]).body;
        let shown = "You are approving: <strong>Grant prod-admin on AWS to Ada Novak</strong>";
        assert!(page.contains(shown), "{page}");
        assert!(page.contains("<dt>api</dt><dd>http://127.0.0.1:"), "{page}");
        let (_, callback) = browser::sign_in(world.issuer(), &running.start_url());
        browser::get(&callback, &[]);
        let outcome = running.end();
        outcome
            .exits(0)
            .says("shown there")
            .prints("  shown:    the provider was given this approval as `stepup_approval` (the provider's word over TLS, unsigned)");
        world.api().saw_one_approval("4211");
        world
            .stepup("receipt show")
            .exits(0)
            .prints("  shown:    the provider was given this approval as `stepup_approval`");
    }
}

/// A title of 200 kB is no matter for a pushed request. In a URL some browser, proxy or server would not take it.
#[test]
fn b17_7_what_is_too_long_for_a_url_is_pushed_or_nobody_is_sent_to_the_provider() {
    let long = |more: &'static [&'static str]| {
        let long = [
            "task_changes=huge",
            "task_changes_at=1",
            "authorization_details=offered",
        ];
        world(&[&long, more].concat())
    };
    let world = long(&[]);
    let too_long = "no more than 8000 can be relied on";
    world.refuses(2, "usage", too_long, "`authorization_details`");
    world.api().never_saw("/authorize");
    let pushed = long(&["par=required"]);
    approve(&pushed).exits(0);
    pushed.api().saw_one_approval("4211");
}

#[test]
fn b17_1_a_provider_that_does_not_list_the_type_is_refused_before_a_browser() {
    let unlisted =
        "does not list the type `stepup_approval` in `authorization_details_types_supported`";
    let world = world(&[]);
    world.refuses(2, "usage", unlisted, "take `authorization_details` out");
    world.api().never_saw("/authorize");
    let other = World::with(&["authorization_details=offered"]);
    other.add_to_entry("authorization_details = \"payment\"");
    other.refuses(2, "usage", "does not list the type `payment`", "");
    other.api().never_saw("/authorize");
    let phone = by_phone("max_age=300");
    let outcome = phone.approve("4211").run();
    ceremony::refused(&phone, &outcome, 2, unlisted);
    phone.api().never_saw(ceremony::ENDPOINT);
}

/// Without the setting nothing is sent, to a provider that takes it and would not grant it.
#[test]
fn b17_6_what_is_not_asked_for_is_not_sent() {
    let plain = World::with(&["authorization_details=missing"]);
    let receipt = approve(&plain).exits(0).stdout_json();
    assert_eq!(receipt.get("authorization_details"), None);
    // Nor with a request that is no approval.
    let world = world(&["authorization_details=missing"]);
    let path = format!("{}?acr_values=phr", challenged::ECHO);
    let request = challenged::request(&world, "GET", &path);
    request.run_with("key").exits(0);
    world.refuses(5, "untrusted", NOT_GRANTED, "");
}

#[test]
fn b17_3_what_was_granted_is_what_was_sent_or_nothing_is_approved() {
    for (switch, why) in rows! {
        "authorization_details=missing", "it is missing";
        "authorization_details=not-array", "it is not a list of objects";
        "authorization_details=other-type", "its type is not `stepup_approval`";
        "authorization_details=twice", "it has 2 objects, and one was asked for";
        "authorization_details=changed", "its `statement.title` is not what was sent";
        "authorization_details=signed-other", "its `statement.title` is not what was sent";
    } {
        let world = world(&[switch]);
        let reason = format!("{NOT_GRANTED}{why}");
        world.refuses(5, "untrusted", &reason, "nothing was approved");
        assert!(!world.config().join("receipts.evidence").exists());
        let phone = by_phone(switch);
        let outcome = ceremony::approved(&phone, "key");
        ceremony::refused(&phone, &outcome, 5, &reason);
    }
}

#[test]
fn b17_3_what_the_provider_added_is_shown() {
    let world = world(&["authorization_details=added"]);
    let receipt = approve(&world).exits(0).stdout_json();
    let details = &receipt["authorization_details"];
    assert_eq!(details["type"], "stepup_approval");
    assert_eq!(details["added"]["valid_for"]["minutes"], 5);
    assert_eq!(details["signed"], false);
    let shown = world.stepup("receipt show").exits(0);
    shown.prints("; it added `valid_for`: {\"minutes\":5}");
    verified(&world).exits(0).prints("\ntrusted");
}

#[test]
fn b17_4_a_provider_that_refuses_it_is_a_matter_of_registration() {
    let hint = "has to allow the type in `authorization_details` of the provider entry";
    for par in [&["par=required"][..], &[]] {
        let world = world(&[&["authorization_details=refused"], par].concat());
        world.refuses(2, "usage", "invalid_authorization_details", hint);
    }
    let phone = by_phone("authorization_details=refused");
    let outcome = phone.approve("4211").run();
    ceremony::refused(&phone, &outcome, 2, "invalid_authorization_details");
    outcome.hints(hint);
}

/// The nonce binds the sign-in already; what the provider was given is its own word, unless it signed that too.
#[test]
fn evidence_says_whose_word_it_is_that_the_provider_was_given_the_statement() {
    for (switch, word) in [
        (
            "authorization_details=offered",
            "its word over TLS, unsigned",
        ),
        ("authorization_details=signed", "signed in the ID token"),
    ] {
        let world = world(&[switch]);
        approve(&world).exits(0);
        let label = "the provider's word over TLS, unsigned";
        assert_eq!(exported(&world)["authorization_details"]["label"], label);
        verified(&world)
            .exits(0)
            .prints("granted:    ok: the provider was given this statement, as `stepup_approval`")
            .prints(&format!(
                "\n  the provider was given this statement: {word}\n  not signed, the approver's and the API's word alone: "
            ))
            .prints(" of the receipt\ntrusted");
    }
}

/// A backchannel sign-in has no nonce. What binds it is what was granted, as far as that goes.
#[test]
fn b17_5_a_backchannel_sign_in_is_bound_by_what_was_granted() {
    let phone = by_phone("authorization_details=offered");
    let running = phone.approve("4211").start();
    running.says("waiting for");
    let page = browser::get(&ceremony::phone(&phone), &[]).body;
    assert!(
        page.contains("You are approving: <strong>Grant prod-admin"),
        "{page}"
    );
    ceremony::answered(&phone, running, "key").exits(0);
    verified(&phone)
        .exits(3)
        .prints("commitment: not checked: bound to this approval by the provider's word over TLS, unsigned")
        .prints("\nconsistent, bound to this approval by the provider's word alone")
        .says("is the provider's word alone: unsigned");
    let signed = by_phone("authorization_details=signed");
    let receipt = ceremony::approved(&signed, "key");
    receipt
        .exits(0)
        .prints("as `stepup_approval` (signed by the provider)")
        .prints("evidence: kept: the provider's signature over this approval");
    verified(&signed)
        .exits(0)
        .prints("commitment: ok: the provider signed this statement, in the ID token")
        .prints("\ntrusted");
    let without = ceremony::world(&["authorization_details=offered"]);
    ceremony::approved(&without, "key").exits(0);
    verified(&without)
        .exits(3)
        .prints("consistent, not bound to this approval");
}

/// What was granted, with any letter changed afterwards.
#[test]
fn evidence_whose_answer_was_changed_does_not_hold() {
    let world = world(&["authorization_details=offered"]);
    approve(&world).exits(0);
    let good = exported(&world);
    let home = tempfile::tempdir().unwrap();
    let verify = |document: &Value| {
        let run = Run::of(crate::process::BIN, home.path());
        let run = run.args("receipt verify --file -");
        run.stdin(&document.to_string()).run()
    };
    verify(&good)
        .exits(3)
        .says("who signed it is not established");
    let mut title = good.clone();
    title["authorization_details"]["answer"][0]["statement"]["title"] = "Grant viewer".into();
    verify(&title)
        .exits(5)
        .says("granted: the provider did not grant this statement");
    let mut receipt = good.clone();
    receipt["receipt"]["authorization_details"]["signed"] = true.into();
    verify(&receipt)
        .exits(5)
        .says("granted: the receipt says something else");
    let mut silent = good.clone();
    silent["receipt"]
        .as_object_mut()
        .unwrap()
        .remove("authorization_details");
    verify(&silent).exits(5).says("granted: ");
    let mut missing = good.clone();
    missing
        .as_object_mut()
        .unwrap()
        .remove("authorization_details");
    verify(&missing)
        .exits(2)
        .says("`authorization_details` is not as it has to be");
    // Nor can it be left out of the terms, which are committed to.
    missing["terms"]
        .as_object_mut()
        .unwrap()
        .remove("authorization_details");
    missing["receipt"]
        .as_object_mut()
        .unwrap()
        .remove("authorization_details");
    verify(&missing).exits(5).says("terms: ");
}

#[test]
fn the_setting_is_written_shown_and_tested() {
    let world = World::with(&["authorization_details=added"]);
    world
        .stepup("provider edit sandbox --authorization-details stepup_approval")
        .exits(0)
        .prints("shows what is approved, as: stepup_approval");
    let test = world.stepup("provider test sandbox --acr-value phr -o json");
    let document = test.run_with("key").exits(0).stdout_json();
    let lines = document["checks"].as_array().unwrap().iter();
    let says: Vec<&str> = lines
        .filter(|line| line["check"] == "authorization details")
        .map(|line| line["says"].as_str().unwrap())
        .collect();
    assert_eq!(
        says,
        [
            "type `stepup_approval` is listed (RFC 9396)",
            "granted as sent, type `stepup_approval`, in the token answer; the provider added `valid_for`: {\"minutes\":5}",
        ]
    );
    world.api().saw_no_approval();
    world
        .stepup("provider edit sandbox --authorization-details payment")
        .exits(2)
        .says("does not list the type `payment`");
    let broken = World::with(&["authorization_details=changed"]);
    broken.add_to_entry(ENTRY);
    let test = broken.stepup("provider test sandbox --acr-value phr");
    let outcome = test.signing_in_with("key").exits(5);
    outcome.prints("authorization details").says(NOT_GRANTED);
}
