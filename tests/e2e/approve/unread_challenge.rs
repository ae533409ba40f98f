//! A challenge that is too long to be read, or whose quotes do not match (B1.22): what it demands is not known, and
//! nobody is told to sign in again.

use crate::process::Outcome;
use crate::request::challenged::{request, statuses};
use crate::world::World;

const LONG: &str = "challenge cannot be followed: its header is";
const JUNK: &str =
    "challenge cannot be followed: its header cannot be read: its quotation marks do not match";

#[track_caller]
fn is_a_failure(world: &World, outcome: &Outcome, sentence: &str) {
    outcome.exits(1).says(sentence);
    outcome.says("this is a fault of the API");
    outcome
        .does_not_say("sign in again")
        .fails_in_json("failed");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

#[test]
fn b1_22_of_an_approval() {
    for (switch, sentence) in [("challenge=long", LONG), ("challenge=junk", JUNK)] {
        let world = World::with(&[switch]);
        let outcome = world.approve("4211").args("-o json").run_with("key");
        is_a_failure(&world, &outcome, sentence);
        assert_eq!(world.api().approval_requests(), 1);
    }
}

#[test]
fn b1_22_of_a_request_of_ones_own() {
    for (switch, sentence) in [("challenge=long", LONG), ("challenge=junk", JUNK)] {
        let world = World::with(&[switch]);
        let run = request(&world, "GET", "/protected/echo?acr_values=phr").args("-o json");
        let outcome = run.run_with("key");
        is_a_failure(&world, &outcome, sentence);
        assert_eq!(statuses(&world), [401]);
    }
}

/// The credential was not refused as far as anybody knows, so that none is renewed and nothing is sent again.
#[test]
fn b1_22_of_every_other_call() {
    for command in [
        "whoami",
        "task list",
        "task show 4211",
        "approve 4211 --yes",
        "deny 4211 --yes --comment no",
        "comment 4211 hello",
        "provider remote list",
        "policy list",
    ] {
        let world = World::with(&["api=401-long"]);
        let outcome = world.stepup(command).args("-o json").run();
        is_a_failure(&world, &outcome, LONG);
        let log = world.api().log();
        let mut asked: Vec<&str> = log.iter().map(|line| line.path.as_str()).collect();
        asked.sort_unstable();
        asked.dedup();
        assert_eq!(asked.len(), log.len(), "{command}: one was asked twice");
    }
}
