//! `task reassign` and `task escalate`: refused early, sent once, and told as the task shows it afterwards.

use serde_json::{Value, json};

use crate::process::Outcome;
use crate::world::{World, read_json};

const NOOR: &str = "noor.haddad@sandbox.example";

/// A world in which the policy of task 4211 says this of handing it on.
fn with_rules(rules: impl Fn(&Value) -> Value) -> World {
    let world = World::new();
    let mut state = read_json(&world.path("state.json"));
    let rules = rules(&state["people"]);
    state["tasks"][0]["steps"][0]["reassignment"] = rules;
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), state.to_string()).unwrap();
    World::at(home, &[])
}

fn run(world: &World, words: &str) -> Outcome {
    world.stepup("task").args(words).args("--yes -o json").run()
}

fn reassign(world: &World, words: &str) -> Outcome {
    run(world, &format!("reassign {words}"))
}

fn sent(world: &World, action: &str) -> usize {
    let end = format!("/action/{action}");
    let log = world.api().log();
    log.iter().filter(|line| line.path.ends_with(&end)).count()
}

/// Nothing was sent, and every task is as it was.
#[track_caller]
fn refused_early(world: &World, words: &str, code: i32, reason: &str) {
    let outcome = run(world, words);
    let kind = if code == 2 { "usage" } else { "refused" };
    outcome.exits(code).says(reason).fails_in_json(kind);
    assert_eq!(sent(world, "reassign") + sent(world, "escalate"), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_step_is_handed_to_the_person_at_an_address() {
    let world = World::new();
    let before = world.api().task("4211")["policy"]["current"]["id"].clone();
    let outcome = reassign(&world, &format!("4211 --to {NOOR} -m on-leave"));
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.reassignment/1");
    assert_eq!(document["outcome"], "reassigned");
    assert_eq!(document["to"][0]["name"], "Noor Haddad");
    assert_eq!(document["comment"], "on-leave");
    assert_eq!(document["reassignment"]["confirmed"], true);
    assert_ne!(document["policy_step_id"], before);
    outcome
        .says("Grant prod-admin on AWS to Ada Novak")
        .says("to: Noor Haddad <noor.haddad@sandbox.example>");
    assert_eq!(sent(&world, "reassign"), 1);
    let task = world.api().task("4211");
    assert_eq!(task["state"], "TASK_STATE_OPEN");
    assert_eq!(task["stepApproverIds"], document["waits_for_user_ids"]);
    let shown = world.stepup("task show 4211 --audit").exits(0);
    shown
        .prints("reassigned by Mira Chen (you)")
        .prints("waits for Noor Haddad")
        .prints("commented: on-leave");
    world.approve("4211").exits(7).says("not yours to approve");
    world.api().saw_no_decision();
}

#[test]
fn a_person_reads_for_whom_it_waits_now() {
    let world = World::new();
    let noor = read_json(&world.path("state.json"))["people"]["other"]["id"].clone();
    let words = format!("task reassign 4213 --yes --to {}", noor.as_str().unwrap());
    let outcome = world.stepup(&words).exits(0);
    outcome
        .prints("reassigned task 4213: Grant deploy on Kubernetes to Ada Novak")
        .prints(
            "waits for: Noor Haddad <noor.haddad@sandbox.example> (confirmed by reading it again)",
        );
}

#[test]
fn what_cannot_be_handed_on_is_refused_before_anything_is_sent() {
    let world = World::new();
    for (words, code, reason) in rows! {
        "reassign 4216 --to noor.haddad@sandbox.example", 7, "is closed";
        "reassign 4215 --to noor.haddad@sandbox.example", 7, "not yours to reassign";
        "reassign 4211 --to mira.chen@sandbox.example", 7, "waits for exactly these people already";
        "reassign 4211 --to nobody@sandbox.example", 2, "the API knows nobody at";
        "reassign 4211 --to 2zNobody0123456789abcdefghi", 2, "the API knows nobody of the id";
        "reassign 4211 --to noor", 2, "give an email address";
        "reassign 4211", 2, "--to";
    } {
        refused_early(&world, words, code, reason);
    }
    let outcome = world.stepup("task reassign 4211 --to").arg(NOOR).exits(2);
    outcome.says("a reassignment needs your confirmation");
    world.api().saw_no_approval();
}

#[test]
fn an_address_that_is_not_one_persons() {
    for (switch, code, reason) in [
        ("users=one-address", 2, "several people have the address"),
        ("users=403", 7, "you may not search for"),
    ] {
        let world = World::with(&[switch]);
        refused_early(&world, &format!("reassign 4211 --to {NOOR}"), code, reason);
    }
    let world = World::with(&["users=unfiltered"]);
    let reason = "the API knows nobody at";
    refused_early(&world, "reassign 4211 --to eve@sandbox.example", 2, reason);
    reassign(&world, &format!("4211 --to {NOOR}")).exits(0);
}

/// Whom the caller may not read can decide all the same.
#[test]
fn a_person_who_may_not_be_read_is_named_by_the_id() {
    let world = World::with(&["users=403"]);
    let noor = read_json(&world.path("state.json"))["people"]["other"]["id"].clone();
    let words = format!("4211 --to {}", noor.as_str().unwrap());
    let document = reassign(&world, &words).exits(0).stdout_json();
    assert_eq!(
        document["to"][0],
        json!({"user_id": noor, "name": null, "email": null})
    );
}

#[test]
fn a_policys_rules_are_kept() {
    let world = with_rules(|_| json!({ "forbidden": true }));
    let reason = "does not let its approvers hand this step to others";
    refused_early(&world, &format!("reassign 4211 --to {NOOR}"), 7, reason);
    let world = with_rules(|people| json!({ "only": [people["requester"]["id"]] }));
    let reason = "does not let this step go to";
    refused_early(&world, &format!("reassign 4211 --to {NOOR}"), 7, reason);
    let world = with_rules(|_| json!({ "needs_reason": true }));
    let reason = "a reassignment of the current step of task `4211` requires a comment";
    refused_early(&world, &format!("reassign 4211 --to {NOOR}"), 7, reason);
    reassign(&world, &format!("4211 --to {NOOR} -m on-leave")).exits(0);
}

#[test]
fn a_no_on_the_terminal_hands_nothing_on() {
    let world = World::new();
    let mut running = world
        .on_a_terminal(&format!("task reassign 4211 --to {NOOR}"))
        .start();
    running.prints("reassign task 4211 to Noor Haddad");
    running.types("n\r");
    running.ends(6);
    assert_eq!(sent(&world, "reassign"), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_lost_answer_is_looked_up_and_never_sent_again() {
    for (switch, code, text) in [
        ("handover=500-after-commit", 0, ""),
        ("handover=drop-after-commit", 0, ""),
        ("handover=redirect-after-commit", 0, ""),
        ("handover=500", 1, "was not recorded so far"),
        ("handover=drop", 1, "was not recorded so far"),
        ("handover=ignored", 8, "but the task does not show it yet"),
    ] {
        for (action, words) in [
            ("reassign", format!("reassign 4211 --to {NOOR}")),
            ("escalate", "escalate 4211".to_owned()),
        ] {
            let world = World::with(&[switch]);
            run(&world, &words).exits(code).says(text);
            assert_eq!(sent(&world, action), 1, "{switch}");
            let more = &world.api().kept("4211")["more"];
            let noors = world.api().task("4211")["actions"] == json!(["TASK_ACTION_TYPE_COMMENT"]);
            assert_eq!(noors, code == 0, "{switch}");
            assert_eq!(more["emergency"], action == "escalate" && code == 0);
            world.api().saw_no_decision();
        }
    }
}

#[test]
fn a_task_is_left_to_the_emergency_policy_once() {
    let world = World::new();
    let outcome = run(&world, "escalate 4211 -m production-is-down");
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.escalation/1");
    assert_eq!(document["outcome"], "escalated");
    assert_eq!(document["escalation"]["confirmed"], true);
    outcome.says("The emergency policy takes the place of the task's own");
    assert_eq!(world.api().task("4211")["emergencyAccess"], true);
    assert_eq!(sent(&world, "escalate"), 1);
    let shown = world.stepup("task show 4211").exits(0);
    shown.prints("waits for Noor Haddad");
    run(&world, "escalate 4211")
        .exits(7)
        .says("not yours to escalate");
    assert_eq!(sent(&world, "escalate"), 1);
    world.api().saw_no_decision();
}

#[test]
fn only_a_grant_is_escalated() {
    let world = World::with(&["tasks=every-type"]);
    let reason = "task `4222` is no grant but certify, and only a grant can be escalated";
    refused_early(&world, "escalate 4222", 7, reason);
    refused_early(&world, "escalate 4215", 7, "not yours to escalate");
    refused_early(&world, "escalate 4216", 7, "is closed");
}

/// What C1 does not describe, the sandbox does not take.
#[test]
fn the_sandbox_refuses_members_that_it_does_not_know() {
    let world = World::new();
    let id = world.api().id("4211");
    for action in ["reassign", "escalate", "update-grant-duration"] {
        let path = format!("/api/v1/tasks/{id}/action/{action}");
        let page = world.api().post(&path, &json!({ "userIds": [] }));
        assert_eq!(page.status, 400, "{action}");
        assert!(page.body.contains("userIds"), "{}", page.body);
    }
    let page = world
        .api()
        .post("/api/v1/search/users", &json!({ "departments": ["IT"] }));
    assert_eq!(page.status, 400);
    assert!(page.body.contains("departments"), "{}", page.body);
    world.api().saw_no_approval();
}
