//! Clocks that are wrong, this machine's and the provider's, and one that is set while the person signs in
//! (B9.14, B9.17, B9.20): a sign-in is accepted, or refused by a sentence whose hint names the clocks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::process::{Outcome, Run, person};
use crate::world::World;

const HOUR: i64 = 3600;

/// The library that sets a program's clock wrong. A C compiler is where Rust is: it links.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clock.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/proof/clock.c");
        let mut compiler = Command::new("cc");
        let words = ["-shared", "-fPIC", "-Wall", "-Werror", "-o"];
        let status = compiler.args(words).arg(&path).arg(source).status();
        assert!(status.unwrap().success());
        path
    })
}

/// A run by a clock that is so many seconds ahead.
fn ahead(world: &World, run: Run, seconds: i64) -> Run {
    std::fs::write(world.path("clock"), seconds.to_string()).unwrap();
    run.env("LD_PRELOAD", library())
        .env("CLOCK_OFF", world.path("clock"))
}

/// An approval by a clock that is so many seconds ahead.
fn approve(switches: &[&str], seconds: i64) -> (World, Outcome) {
    let world = World::with(switches);
    let run = world.approve("4211").signing_in_with("key");
    let outcome = ahead(&world, run, seconds).run();
    (world, outcome)
}

/// An approval whose clock is set by so many seconds while the person signs in.
fn approve_stepped(switches: &[&str], seconds: i64) -> (World, Outcome) {
    let world = World::with(switches);
    let lines = format!("echo {seconds} > clock; exec {} \"$1\"", person("key"));
    let stepping = world.script("stepping", &lines);
    let run = world.approve("4211").arg("--browser").arg(stepping);
    let outcome = ahead(&world, run, 0).run();
    (world, outcome)
}

#[track_caller]
fn names_the_clock((world, outcome): (World, Outcome), said: &str) {
    outcome
        .exits(5)
        .says(said)
        .hints("compare this machine's clock");
    world.api().saw_no_approval();
}

#[track_caller]
fn is_accepted((world, outcome): (World, Outcome)) {
    outcome.exits(0).prints("verified: acr phr");
    world.api().saw_one_approval("4211");
}

#[test]
fn b9_20_both_wrong_by_an_hour_agree() {
    let both = approve(&["provider_clock=ahead"], HOUR);
    both.1.says("this machine's clock is 1h ahead of");
    is_accepted(both);
    is_accepted(approve(&["provider_clock=behind"], -HOUR));
}

/// Two clocks that are wrong together make no session new.
#[test]
fn b9_20_both_wrong_by_an_hour_and_a_session_of_before() {
    for (provider, off) in [
        ("provider_clock=ahead", HOUR),
        ("provider_clock=behind", -HOUR),
    ] {
        let (world, outcome) = approve(&[provider, "session=recent"], off);
        outcome
            .exits(3)
            .says("before the provider issued its token");
        world.api().saw_no_approval();
    }
}

#[test]
fn b9_14_the_providers_alone() {
    names_the_clock(approve(&["provider_clock=ahead"], 0), "s in the future");
    names_the_clock(
        approve(&["provider_clock=behind"], 0),
        "the ID token expired",
    );
}

#[test]
fn b9_14_ours_alone() {
    names_the_clock(approve(&[], HOUR), "the ID token expired");
    names_the_clock(approve(&[], -HOUR), "s in the future");
}

#[test]
fn b9_14_ours_is_set_by_an_hour_while_the_person_signs_in() {
    names_the_clock(approve_stepped(&[], HOUR), "the ID token expired");
    names_the_clock(approve_stepped(&[], -HOUR), "s in the future");
}

/// What a network time service does, and what it must not make of an earlier session.
#[test]
fn b9_20_ours_is_set_by_half_a_minute_while_the_person_signs_in() {
    for seconds in [30, -30] {
        is_accepted(approve_stepped(&[], seconds));
        let (world, outcome) = approve_stepped(&["session=recent"], seconds);
        outcome
            .exits(3)
            .says("before the provider issued its token");
        world.api().saw_no_approval();
    }
}

/// A machine that slept while the person signed in: its own count of time stands still, and the network has forgotten its
/// connections. The answer goes over none of them.
#[test]
fn after_a_sleep_the_answer_goes_over_new_connections() {
    let world = World::new();
    let (before, after) = crate::approve::roundtrips::split(&world, |run| {
        let sleep = || std::fs::write(world.path("clock"), "30").unwrap();
        (ahead(&world, run, 0), sleep)
    });
    let after: Vec<_> = after.iter().filter(|line| !line.beside()).collect();
    for line in &after {
        let old = before
            .iter()
            .any(|earlier| earlier.server == line.server && earlier.connection == line.connection);
        assert!(line.connection.is_some() && !old, "{line:?}\n{before:#?}");
    }
    assert_eq!(after.len(), 4, "{after:#?}");
}

#[test]
fn a_test_of_a_provider_judges_by_the_same_clocks() {
    let test = |switches: &[&str], seconds| {
        let world = World::with(switches);
        let run = world.stepup("provider test sandbox").signing_in_with("key");
        ahead(&world, run, seconds).run()
    };
    test(&["provider_clock=ahead"], HOUR)
        .exits(0)
        .prints(" s before the provider issued its token");
    test(&["provider_clock=ahead"], 0)
        .exits(5)
        .hints("compare this machine's clock");
}
