//! `task watch`: new approvable tasks, one line each, for as long as somebody watches.

use serde_json::{Value, json};

use crate::process::Running;
use crate::world::World;

/// Somebody asks for what this task asks for, for another person.
fn ask_for_the_same(world: &World, number: &str) {
    let task = world.api().kept(number);
    let other = world.api().kept("4215")["steps"][0]["approver"].clone();
    let body = json!({
        "appId": task["app_id"], "appEntitlementId": task["entitlement_id"],
        "identityUserId": other, "description": "asked while somebody watches",
    });
    let answer = world.api().post("/api/v1/task/grant", &body);
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn watching(running: &Running) {
    running.says("watching");
}

#[test]
fn a_new_task_is_one_line_and_what_waits_already_is_none() {
    let world = World::new();
    let running = world.stepup("task watch --interval 2s --limit 1").start();
    watching(&running);
    ask_for_the_same(&world, "4211");
    let outcome = running.end();
    outcome
        .exits(0)
        .says("6 tasks are already waiting for you; watching for new ones");
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "{outcome}");
    let row = "\t4219\tstep-up\tGrant prod-admin on AWS to Noor Haddad";
    assert!(lines[0].ends_with(row), "{outcome}");
    assert!(!outcome.stdout.contains('\u{1b}') && !outcome.stderr.contains('\u{7}'));
}

#[test]
fn with_json_every_task_is_one_document_on_a_line() {
    let world = World::new();
    let running = world
        .stepup("task watch --interval 2s -L 2 -o json")
        .start();
    watching(&running);
    ask_for_the_same(&world, "4211");
    running.first_line();
    ask_for_the_same(&world, "4212");
    let outcome = running.end();
    let lines: Vec<Value> = outcome
        .exits(0)
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    for (line, number) in lines.iter().zip(["4219", "4220"]) {
        assert_eq!(line["schema"], "stepup.task-event/1");
        assert_eq!(line["event"], "approvable");
        assert_eq!(line["task"]["numeric_id"], number);
    }
}

/// A task that goes on to a step of mine is new, one of somebody else's is not.
#[test]
fn what_is_not_mine_to_approve_is_not_announced() {
    let world = World::new();
    let running = world.stepup("task watch --interval 2s --limit 1").start();
    watching(&running);
    world.approve("4217").signing_in_with("key").exits(0);
    let outcome = running.end();
    assert_eq!(outcome.exits(0).stdout.lines().count(), 1);
    outcome.prints("Z\t4217\tstep-up\tGrant root on Vault");
}

#[test]
fn a_terminal_hears_a_bell_and_sees_a_notification() {
    let world = World::new();
    let mut running = world
        .on_a_terminal("task watch --interval 2s --limit 1")
        .start();
    running.prints("watching");
    ask_for_the_same(&world, "4212");
    running.prints("\u{7}\u{1b}]9;stepup: task 4219: Grant viewer on Grafana to Noor Haddad\u{7}");
    running.types("");
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_signal_ends_it_at_once_and_says_so() {
    let world = World::new();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let running = world.stepup("task watch --interval 1h").start();
        watching(&running);
        // The look is over, and the hour begins.
        world
            .api()
            .wait_for(|line| line.path == "/api/v1/search/tasks");
        running.signal(signal);
        let outcome = running.end();
        outcome.exits(code);
        assert_eq!(outcome.stdout, "");
    }
}

#[test]
fn trouble_is_said_once_and_waited_through() {
    let world = World::with(&["task_search=500-once"]);
    let running = world.stepup("task watch --interval 2s --limit 1").start();
    running.says("the API answers again");
    ask_for_the_same(&world, "4212");
    let outcome = running.end();
    outcome.exits(0).says("still trying");
    assert_eq!(outcome.stderr.matches("warning:").count(), 1, "{outcome}");
}

#[test]
fn a_busy_api_is_left_alone_as_long_as_it_asks() {
    let world = World::with(&["rate=429-once", "retry_after=date"]);
    let running = world.stepup("task watch --interval 2s").start();
    running.says("the API answers again");
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("asked too often, and wants to be left alone for 1 s; still trying");
}

#[test]
fn what_waiting_cannot_end_ends_it() {
    let world = World::with(&["task_search=403"]);
    let outcome = world.stepup("task watch").exits(7);
    outcome
        .says("searching is not permitted")
        .does_not_say("still trying");
    let world = World::with(&["api=401"]);
    world.stepup("task watch").exits(4);
}

#[test]
fn the_api_is_not_asked_more_often_than_every_two_seconds() {
    let world = World::new();
    let outcome = world.stepup("task watch --interval 1s").exits(2);
    outcome.says("at least 2 s");
    world.api().never_saw("/api/v1/search/tasks");
}
