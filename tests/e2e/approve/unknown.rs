//! An approval that was sent and whose outcome nobody saw: a receipt says so, and the API is asked later.

use std::sync::mpsc::Sender;

use serde_json::Value;

use crate::process::{Outcome, Running};
use crate::proxy::Proxy;
use crate::world::World;

/// An approval of 4211 that is on its way to the API with its step-up, and what holds it there.
fn sent() -> (World, Running, Sender<()>) {
    let world = World::new();
    let proxy = Proxy::before(world.api_url(), "/action/approve");
    world.goes_through(&proxy.url);
    let running = world.approve("4211").signing_in_with("key").start();
    drop(proxy.holds());
    let held = proxy.holds();
    (world, running, held)
}

/// The only receipt, which says that the outcome is unknown, and has its evidence.
fn the_receipt(world: &World) -> Value {
    let listed = world.stepup("receipt list -o json").exits(0).stdout_json();
    let receipts = listed["receipts"].as_array().unwrap();
    assert_eq!(receipts.len(), 1, "{listed}");
    let receipt = receipts[0]["receipt"].clone();
    assert_eq!(receipt["outcome"], "unknown");
    assert_eq!(receipt["approval"]["confirmed"], false);
    assert_eq!(receipt["proof"]["acr"], "phr");
    world
        .stepup("receipt show")
        .exits(0)
        .prints("1: outcome unknown: the approval of task 4211")
        .prints("evidence: kept");
    world.stepup("receipt list").run().prints("unknown");
    receipt
}

fn insisted(running: Running) -> Outcome {
    running.signal("INT");
    running.says("the approval of task 4211 is being submitted, waiting for the API's answer");
    running.signal("INT");
    running.end()
}

#[test]
fn who_insists_gets_a_receipt_and_the_api_tells_later_that_it_went_in() {
    let (world, running, held) = sent();
    insisted(running)
        .exits(130)
        .says("it is unknown whether the approval of task 4211 went in")
        .hints("`stepup task show 4211` before you run it again")
        .hints("`stepup receipt verify`");
    the_receipt(&world);
    drop(held);
    world.api().wait_for(|line| line.approved.is_some());
    let verified = world.stepup("receipt verify").exits(0);
    verified.prints("the task shows this approval");
    world.stepup("receipt verify --all").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn what_never_arrived_is_told_as_not_approved() {
    let (world, running, held) = sent();
    insisted(running).exits(130);
    world
        .stepup("receipt verify")
        .exits(0)
        .prints("not approved")
        .prints("the task does not show this approval");
    let document = world
        .stepup("receipt verify -o json")
        .exits(0)
        .stdout_json();
    assert_eq!(document["receipts"][0]["result"], "not-approved");
    world.api().saw_no_approval();
    drop(held);
}

/// Nothing is left to a handler: it is written down before it is sent.
#[test]
fn killed_while_it_is_on_its_way_the_next_command_writes_the_receipt() {
    let (world, running, held) = sent();
    running.signal("KILL");
    let _ = running.end();
    let receipt = the_receipt(&world);
    assert_eq!(the_receipt(&world), receipt, "once");
    drop(held);
}

/// As long as its process runs, it is nobody else's.
#[test]
fn one_that_is_on_its_way_is_no_receipt_yet() {
    let (world, running, held) = sent();
    world
        .stepup("receipt list")
        .exits(0)
        .says("no approval was made from this machine yet");
    drop(held);
    running.end().exits(0);
    let log = world.stepup("receipt list -o json").exits(0).stdout_json();
    assert_eq!(log["receipts"].as_array().unwrap().len(), 1);
    assert_eq!(log["receipts"][0]["receipt"]["outcome"], "approved");
    let left = std::fs::read_dir(world.config().join("receipts.pending"));
    assert_eq!(left.map_or(0, Iterator::count), 0);
}

#[test]
fn an_api_that_is_killed_with_the_answer_leaves_a_receipt() {
    let (world, running, held) = sent();
    world.sandbox.signal("KILL");
    let outcome = running.end();
    outcome
        .exits(1)
        .says("it is unknown whether the approval of task 4211 went in")
        .hints("`stepup receipt verify`");
    the_receipt(&world);
    drop(held);
    // Whose evidence is verified elsewhere needs its provider's keys, and that is gone.
    std::fs::remove_dir_all(world.config().join("receipts.evidence")).unwrap();
}

#[test]
fn who_stops_waiting_for_the_task_keeps_the_receipt() {
    let world = World::with(&["effect_delay_ms=60000"]);
    let running = world
        .approve("4211")
        .args("--wait=1m")
        .signing_in_with("key")
        .start();
    running.says("the API accepted the approval of task 4211");
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("the API accepted the approval of task 4211")
        .does_not_say("is being submitted")
        .hints("`stepup task show 4211`")
        .hints("`stepup receipt show`");
    let shown = world.stepup("receipt show -o json").exits(0).stdout_json();
    assert_eq!(shown["receipt"]["outcome"], "accepted");
    assert_ne!(
        shown["receipt"]["approval"]["ticket_action_id"],
        Value::Null
    );
    world.stepup("receipt show").run().prints("evidence: kept");
}

/// What could not be written into the log is not taken away.
#[test]
fn a_receipt_that_the_log_cannot_take_is_kept_until_it_can() {
    let (world, running, held) = sent();
    let log = world.config().join("receipts.jsonl");
    std::fs::create_dir(&log).unwrap();
    drop(held);
    running
        .end()
        .exits(0)
        .says("task 4211 is approved, but its receipt could not be kept");
    std::fs::remove_dir(&log).unwrap();
    the_receipt(&world);
    world.stepup("receipt verify").exits(0);
}
