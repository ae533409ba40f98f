//! `approve --duration`: shortened first, shown, and approved as it is then; or nothing is approved.

use crate::process::Outcome;
use crate::proxy::Proxy;
use crate::world::World;

const ACTION: &str = "/action/update-grant-duration";

fn sent(world: &World) -> usize {
    let log = world.api().log();
    log.iter()
        .filter(|line| line.path.ends_with(ACTION))
        .count()
}

fn approve(world: &World, words: &str) -> Outcome {
    let run = world.stepup("approve --yes -o json").args(words);
    run.run_with("key")
}

#[test]
fn it_is_shortened_then_shown_then_approved_and_the_statement_says_so() {
    let world = World::new();
    let outcome = approve(&world, "4211 --duration 1h");
    let receipt = outcome.exits(0).stdout_json();
    outcome
        .says("duration: 8h, to be 1h")
        .says("  duration: 1h");
    assert_eq!(receipt["statement"]["duration"]["seconds"], 3600);
    assert_eq!(receipt["outcome"], "approved");
    world.api().saw_one_approval("4211");
    let changed = |line: &crate::world::Line| line.path.ends_with(ACTION);
    let log = world.api().log();
    let shortened = log.iter().position(changed).unwrap();
    let approval = log
        .iter()
        .position(crate::world::Line::is_approval)
        .unwrap();
    assert!(shortened < approval, "{log:#?}");
    let task = world.api().task("4211");
    assert_eq!(task["type"]["grant"]["grantDuration"], "3600s");
}

#[test]
fn a_time_that_it_has_already_is_not_asked_for() {
    let world = World::new();
    approve(&world, "4212 --duration 8h").exits(0);
    assert_eq!(sent(&world), 0);
    world.api().saw_one_approval("4212");
}

#[track_caller]
fn refused(switches: &[&str], words: &str, code: i32, reason: &str) -> World {
    let world = World::with(switches);
    let outcome = approve(&world, words);
    outcome.exits(code).says(reason);
    assert_eq!(world.api().approval_requests(), 0, "{outcome}");
    world.api().saw_no_decision();
    world
}

#[test]
fn longer_is_refused_and_so_is_what_has_no_duration() {
    for (words, code, reason) in rows! {
        "4211 --duration 9h", 7, "lasts 8h, which can be shortened and not extended";
        "4222 --duration 1h", 7, "is no grant but certify";
        "4215 --duration 1h", 7, "not yours to shorten";
        "4216 --duration 1h", 7, "is closed";
        "4214 --duration 1h", 7, "requires a comment";
        "4211 --duration soon", 2, "write it with its unit, like `30m`, `8h` or `7d`";
        "4211 4212 --duration 1h", 2, "`--duration` shortens one task";
        "4211 --duration 1h --dry-run", 2, "--dry-run";
    } {
        let world = refused(&["tasks=every-type"], words, code, reason);
        assert_eq!(sent(&world), 0, "{words}");
        world.api().saw_no_approval();
    }
}

#[test]
fn a_shortening_that_is_not_seen_approves_nothing() {
    for (switch, code, reason) in rows! {
        "handover=provisioning", 7, "cannot update grant duration for a ticket in a provision step";
        "handover=500", 1, "the shorter duration was not recorded so far";
        "handover=drop", 1, "the shorter duration was not recorded so far";
        "handover=ignored", 8, "but the task does not show it yet";
    } {
        let world = refused(&[switch], "4211 --duration 1h", code, reason);
        assert_eq!(sent(&world), 1, "{switch}");
        world.api().saw_no_approval();
    }
}

#[test]
fn a_lost_answer_is_looked_up_and_the_approval_goes_on() {
    let world = World::with(&["handover=drop-after-commit"]);
    approve(&world, "4211 --duration 30m").exits(0);
    assert_eq!(sent(&world), 1);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_no_to_the_shorter_time_changes_nothing() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4212 --duration 1h").start();
    running.prints("shorten it to 1h?");
    running.types("n\r");
    running.ends(6);
    assert_eq!(sent(&world), 0);
    world.api().saw_no_approval();
}

/// Nothing is read of tasks that would not be approved together.
#[test]
fn several_at_once_are_refused_before_anything_is_asked() {
    let world = World::new();
    let outcome = approve(&world, "4211 4212 --duration 1h");
    outcome
        .exits(2)
        .says("`--duration` shortens one task, and several are to be approved");
    let log = world.api().log();
    assert_eq!(log.len(), 0, "{log:#?}");
    world.api().saw_no_approval();
}

#[test]
fn who_interrupts_the_sign_in_is_told_that_it_is_shorter_already() {
    let world = World::new();
    let run = world.stepup("approve 4211 --yes --duration 1h --no-browser");
    let running = run.start();
    let _ = running.start_url();
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("nothing was approved; the duration is shortened already")
        .does_not_say("nothing was submitted");
    is_shorter_and_not_approved(&world);
}

/// What the API has of 4211.
#[track_caller]
fn is_shorter_and_not_approved(world: &World) {
    let task = world.api().task("4211");
    assert_eq!(task["type"]["grant"]["grantDuration"], "3600s");
    assert_eq!(task["state"], "TASK_STATE_OPEN");
    world.api().saw_no_decision();
}

const UNAVAILABLE: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 28\r\n\r\n{\"code\":14,\"message\":\"down\"}";

/// What is not known of the shorter time is known of the approval.
#[test]
fn a_shortening_whose_answer_is_lost_for_good_approves_nothing_and_says_so() {
    let world = World::with(&["handover=drop-after-commit"]);
    let reads = &["GET /api/v1/tasks/"];
    let proxy = Proxy::answering(world.api_url(), (ACTION, 1), reads, UNAVAILABLE);
    world.goes_through(&proxy.url);
    approve(&world, "4211 --duration 1h")
        .exits(1)
        .says("it is unknown whether the shorter duration of task 4211 went in")
        .hints("look with `stepup task show 4211`")
        .hints("nothing was approved");
    assert_eq!(sent(&world), 1);
    assert_eq!(world.api().approval_requests(), 0);
    is_shorter_and_not_approved(&world);
}
