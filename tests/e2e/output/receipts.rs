//! `receipt list|show|verify`: a log that only grows, and shows when somebody changed it.

use std::path::PathBuf;

use serde_json::Value;

use crate::process::{BIN, Run};
use crate::world::World;

/// A world in which these were approved, oldest first.
fn approved(switches: &[&str], tasks: &[&str]) -> World {
    let world = World::with(switches);
    for task in tasks {
        world.approve(task).run_with("key").exits(0);
    }
    world
}

fn log(world: &World) -> PathBuf {
    world.config().join("receipts.jsonl")
}

fn text(world: &World) -> String {
    std::fs::read_to_string(log(world)).unwrap()
}

/// Changes the task behind the API's back: the sandbox starts anew with another state.
fn with_another_truth(world: World, number: u64, change: impl Fn(&mut Value)) -> World {
    let mut state = crate::world::read_json(&world.path("state.json"));
    let tasks = state["tasks"].as_array_mut().unwrap();
    let task = tasks.iter_mut().find(|task| task["numeric_id"] == number);
    change(task.unwrap());
    let kept = text(&world);
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), state.to_string()).unwrap();
    let other = World::at(home, &[]);
    // The new sandbox has another address, and is the same API.
    let host = |world: &World| world.api_url().trim_start_matches("http://").to_owned();
    let kept = kept.replace(&host(&world), &host(&other));
    let path = log(&other);
    std::fs::write(&path, kept).unwrap();
    crate::world::set_mode(&path, 0o600);
    other
}

#[test]
fn every_approval_leaves_one_private_line_without_a_secret() {
    let world = approved(&[], &["4211", "4212"]);
    #[cfg(unix)]
    assert_eq!(crate::world::mode(&log(&world)), 0o600);
    let kept = text(&world);
    let lines: Vec<Value> = kept
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["schema"], "stepup.receipt-log/1");
    assert_eq!(lines[0]["prev"], Value::Null);
    assert_eq!(lines[1]["prev"].as_str().unwrap().len(), 64);
    assert_eq!(lines[0]["profile"], "sandbox");
    assert_eq!(lines[0]["receipt"]["schema"], "stepup.receipt/2");
    assert_eq!(lines[0]["receipt"]["proof"]["acr"], "phr");
    assert!(!kept.contains(&world.credential()));
    assert_eq!(lines[0]["receipt"]["subject"], "same");
    assert_eq!(lines[1]["receipt"]["subject"], Value::Null);
    assert_eq!(lines[1]["receipt"]["caveats"], serde_json::json!([]));
    world.approve("4215").exits(7);
    assert_eq!(text(&world), kept, "a refusal leaves none");
}

#[test]
fn several_at_once_leave_a_line_each() {
    let world = World::new();
    let run = world.stepup("approve 4211 4212 4213 --yes");
    run.run_with("key").exits(0);
    assert_eq!(text(&world).lines().count(), 3);
    world.stepup("receipt verify --all").exits(0);
}

#[test]
fn the_newest_comes_first_and_each_can_be_shown() {
    let world = approved(&[], &["4211", "4212"]);
    let outcome = world.stepup("receipt list").run();
    let lines: Vec<&str> = outcome.exits(0).stdout.lines().collect();
    assert!(lines[0].starts_with("2\t20"), "{outcome}");
    assert!(
        lines[0].contains("Z\t4212\tapproved\tnone\tGrant viewer on Grafana to Ada Novak\tsandbox")
    );
    assert!(
        lines[1]
            .contains("Z\t4211\tapproved\tlocal\tGrant prod-admin on AWS to Ada Novak\tsandbox")
    );
    let document = world.stepup("receipt list -L 1 -o json").run();
    let document = document.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.receipts/1");
    assert_eq!(document["receipts"].as_array().unwrap().len(), 1);
    assert_eq!(document["receipts"][0]["number"], 2);

    let last = world.stepup("receipt show").exits(0);
    last.prints("2: approved task 4212")
        .prints("required: no step-up authentication");
    let first = world.stepup("receipt show 1").exits(0);
    first
        .prints("1: approved task 4211: Grant prod-admin on AWS to Ada Novak")
        .prints("access:   prod-admin on AWS; duration 8h")
        .prints("subject:  ")
        .prints("required: acr phr, at most 300 s old")
        .prints("verified: acr phr, ")
        .prints("(profile sandbox)");
    let document = world.stepup("receipt show last -o json").run();
    let document = document.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.receipt-entry/1");
    assert_eq!(document["receipt"]["task"]["numeric_id"], "4212");
    let outcome = world.stepup("receipt show 3").exits(2);
    outcome.says("the log holds no receipt 3");
    // The number of a task is typed as easily.
    for verb in ["show", "verify", "export"] {
        let outcome = world.stepup(&format!("receipt {verb} 4211")).exits(2);
        outcome
            .says("the log holds no receipt 4211")
            .hints(&format!(
                "the last receipt of task 4211 is number 1: `stepup receipt {verb} 1`"
            ));
    }
}

/// What was printed at the approval is what is shown later: who signed in aside, whom no receipt keeps.
#[test]
fn a_receipt_is_shown_as_it_was_printed() {
    let hosted: &[&str] = &["ceremony=hosted", "claims=hidden"];
    let not_compared = " (subject not compared: the provider entry says so)";
    let unattested = "  note:     email not attested: ";
    for (switches, entry, wanted) in [
        (&[][..], "", "  verified: acr phr, "),
        (&[], "", " (the person of the API credential)"),
        (&[], "subject = \"none\"", not_compared),
        (&["api_person=unnamed"], "", " (subject left to the API)"),
        (&["email_verified=absent"], "", unattested),
        (hosted, "", "  left:     the strength, "),
    ] {
        let world = World::with(switches);
        world.add_to_entry(entry);
        let printed = world.approve("4211").run_with("key");
        let printed = printed.exits(0).stdout.clone();
        let shown = world.stepup("receipt show").exits(0).stdout.clone();
        assert!(printed.contains(wanted), "{printed}");
        assert!(shown.contains(wanted), "{shown}");
        let kept = |line: &&str| !line.starts_with("  user:") && !line.starts_with("  task:");
        for line in printed.lines().filter(kept) {
            assert!(shown.contains(line), "{line}\n{shown}");
        }
    }
}

/// The receipt names those whom the API named at the approval, and shows the name before the id; one that has no names
/// (the API shows none, or an earlier version wrote it) shows the ids.
#[test]
fn a_receipt_names_people_before_their_ids() {
    let world = approved(&[], &["4211"]);
    let receipt = world.stepup("receipt show -o json").run().stdout_json();
    let receipt = &receipt["receipt"];
    let (me, ada) = (
        &receipt["approver"]["user_id"],
        &receipt["statement"]["subject"],
    );
    let (me, ada) = (me.as_str().unwrap(), ada.as_str().unwrap());
    let mira = serde_json::json!({ "name": "Mira Chen", "email": "mira.chen@sandbox.example" });
    assert_eq!(receipt["people"][me], mira);
    assert_eq!(receipt["people"][ada]["name"], "Ada Novak");
    assert_eq!(receipt["people"].as_object().unwrap().len(), 2);
    let shown = world.stepup("receipt show").exits(0);
    shown
        .prints(&format!(
            "  approver: Mira Chen <mira.chen@sandbox.example> ({me})"
        ))
        .prints(&format!(
            "  for:      Ada Novak <ada.novak@sandbox.example> ({ada})"
        ));
    assert!(!shown.stdout.contains("asked by"), "{}", shown.stdout);

    let text = text(&world).replace("Mira Chen", "Mira\\u001b[2J\\u202eChen");
    std::fs::write(log(&world), text).unwrap();
    let shown = world.stepup("receipt show").run();
    let seen = |c: char| c != '\u{1b}' && c != '\u{202e}';
    assert!(shown.exits(0).stdout.chars().all(seen), "{}", shown.stdout);

    let unnamed = approved(&["api_person=unnamed", "users=403"], &["4211"]);
    let receipt = unnamed.stepup("receipt show -o json").run().stdout_json();
    let receipt = &receipt["receipt"];
    let me = receipt["approver"]["user_id"].as_str().unwrap();
    let ada = receipt["statement"]["subject"].as_str().unwrap();
    let shown = unnamed.stepup("receipt show").exits(0);
    shown
        .prints(&format!("  approver: Mira Chen ({me})"))
        .prints(&format!("  for:      {ada}"));
}

/// What version 0.1.0 wrote: `proof.caveats`, and no `subject`.
fn first_version(world: &World) -> String {
    let task = world.api().kept("4211");
    let line = serde_json::json!({
        "schema": "stepup.receipt-log/1", "prev": null, "time": "2026-11-01T08:00:00Z",
        "profile": "sandbox", "api": world.api_url().trim_start_matches("http://"),
        "receipt": {
            "schema": "stepup.receipt/1", "outcome": "approved",
            "task": {
                "id": task["id"], "numeric_id": "4211", "title": task["title"],
                "policy_step_id": task["steps"][0]["id"],
            },
            "approver": { "user_id": task["steps"][0]["approver"] },
            "ceremony": "local",
            "requirement": { "provider": "sandbox", "acr_values": ["phr"], "max_age": 300 },
            "proof": {
                "issuer": "https://idp.example", "subject": "00u1", "acr": "phr", "amr": ["hwk"],
                "auth_time": 1_793_520_000, "caveats": ["weak-value"],
            },
            "approval": { "ticket_action_id": "a", "confirmed": true },
            "task_state": "closed",
        },
    });
    line.to_string()
}

#[test]
fn what_version_1_wrote_is_still_listed_shown_and_verified() {
    let world = World::new();
    world.approve("4211").run_with("key").exits(0);
    let line = first_version(&world);
    std::fs::write(log(&world), format!("{line}\n")).unwrap();
    std::fs::remove_file(log(&world).with_extension("seal")).unwrap();
    let list = world.stepup("receipt list").exits(0);
    list.prints("4211\tapproved\tlocal\tGrant prod-admin");
    let shown = world.stepup("receipt show").exits(0);
    shown
        .prints("1: approved task 4211")
        .prints("note:     weak value: it can be met with one factor");
    let checked = world.stepup("receipt verify").run();
    // Without a seal nobody knows whether lines are missing at its end.
    checked
        .exits(1)
        .prints("receipt 1, task 4211: agrees")
        .says("is not established: its seal is missing");
    let checked = world.stepup("receipt verify -o json").exits(1);
    checked.prints("\"unchanged\":null");
    // The chain goes on from it, and shows what is done to it.
    world.approve("4212").exits(0);
    let both = world.stepup("receipt verify --all").exits(0);
    both.prints("log: 2 receipts, unchanged");
    let changed = text(&world).replace("00u1", "00u2");
    std::fs::write(log(&world), changed).unwrap();
    untrusted(&world, "--all", "the log of receipts was changed: line ");
}

#[test]
fn what_a_later_version_wrote_is_not_read_as_something_else() {
    let world = approved(&[], &["4211"]);
    let line = text(&world).replace("stepup.receipt/2", "stepup.receipt/3");
    std::fs::write(log(&world), line).unwrap();
    std::fs::remove_file(log(&world).with_extension("seal")).unwrap();
    let reason = "it is not a receipt that this version of stepup can read: unknown variant `stepup.receipt/3`";
    world.stepup("receipt list").exits(0).prints(reason);
    let shown = world.stepup("receipt show").exits(1);
    shown
        .says(&format!("receipt 1: {reason}"))
        .hints("`stepup receipt show 1 -o json` prints it as it was kept");
    let kept = world.stepup("receipt show -o json").run();
    let kept = kept.exits(0).stdout_json();
    assert_eq!(kept["receipt"]["schema"], "stepup.receipt/3");
    let checked = world.stepup("receipt verify").exits(1);
    checked.prints("receipt 1: not compared").prints(reason);
}

#[test]
fn a_machine_without_receipts_has_an_empty_list() {
    let world = World::new();
    let outcome = world.stepup("receipt list").exits(0);
    outcome.says("no approval was made from this machine yet");
    let document = world.stepup("receipt list -o json").run().stdout_json();
    assert_eq!(document["receipts"].as_array().unwrap().len(), 0);
    world.stepup("receipt verify").exits(2);
    world.stepup("receipt verify --all").exits(2);
}

#[test]
fn a_log_that_agrees_with_the_api_is_verified() {
    for switches in [&["ceremony=hosted"][..], &[]] {
        let world = approved(switches, &["4211", "4212", "4217"]);
        let outcome = world.stepup("receipt verify --all").exits(0);
        outcome
            .prints(
                "receipt 1, task 4211: agrees with the API (compared: the step, who approved it",
            )
            .prints(
                "receipt 2, task 4212: agrees with the API (compared: the step, who approved it)",
            )
            .prints(
                "receipt 3, task 4217: agrees with the API (compared: the step, who approved it",
            )
            .prints("log: 3 receipts, unchanged: each line names the hash of the one before");
        let document = world.stepup("receipt verify 1 -o json").run().stdout_json();
        assert_eq!(document["schema"], "stepup.receipt-check/1");
        assert_eq!(document["log"]["unchanged"], true);
        assert_eq!(document["receipts"][0]["result"], "agrees");
    }
}

#[track_caller]
fn untrusted(world: &World, words: &str, reason: &str) {
    let outcome = world.stepup("receipt verify").args(words).exits(5);
    outcome.says(reason);
    let document = world.stepup("receipt verify -o json").args(words).run();
    let document = document.exits(5).stdout_json();
    assert_eq!(document["schema"], "stepup.receipt-check/1");
}

#[test]
fn a_changed_line_is_untrusted_whichever_it_is() {
    for number in ["4211", "4212", "4213"] {
        let world = approved(&[], &["4211", "4212", "4213"]);
        let before = format!("\"numeric_id\":\"{number}\"");
        let changed = text(&world).replace(&before, "\"numeric_id\":\"4999\"");
        std::fs::write(log(&world), changed).unwrap();
        untrusted(&world, "--all", "the log of receipts was changed: line ");
        untrusted(&world, "1", "the log of receipts was changed: line ");
        let list = world.stepup("receipt list").exits(0);
        list.says("warning: the log of receipts was changed");
    }
}

#[test]
fn a_removed_line_is_untrusted_whichever_it_is() {
    for removed in 0..3 {
        let world = approved(&[], &["4211", "4212", "4213"]);
        let kept = text(&world);
        let mut lines: Vec<&str> = kept.lines().collect();
        lines.remove(removed);
        std::fs::write(log(&world), lines.join("\n") + "\n").unwrap();
        untrusted(&world, "--all", "the log of receipts was changed: ");
    }
    let world = approved(&[], &["4211"]);
    std::fs::remove_file(log(&world)).unwrap();
    untrusted(&world, "", "lines were removed at its end");
}

#[test]
fn a_receipt_of_something_else_than_was_shown_is_untrusted() {
    let world = World::with(&["task_changes=title", "task_changes_at=3"]);
    world.approve("4211").signing_in_with("key").exits(5);
    let words = "title was `Grant prod-admin on AWS to Ada Novak`, is `Grant owner on Payroll`";
    let reason = format!("what was approved is not what was shown: {words}");
    untrusted(&world, "", &reason);
    untrusted(&world, "--all", &reason);
    let listed = world.stepup("receipt list").exits(0);
    listed.prints("approved-but-changed\tlocal\tGrant prod-admin on AWS to Ada Novak\tsandbox");
    let shown = world.stepup("receipt show").exits(0);
    shown.prints(&format!("changed:  {words}"));
}

#[test]
fn a_step_that_somebody_else_approved_is_untrusted() {
    let world = approved(&[], &["4211"]);
    let other = world.api().kept("4215")["steps"][0]["approver"].clone();
    let world = with_another_truth(world, 4211, |task| {
        task["steps"][0]["decision"]["user"] = other.clone();
    });
    untrusted(
        &world,
        "",
        "receipt 1 does not agree with the API: the receipt says that user",
    );
}

#[test]
fn a_step_that_was_denied_is_untrusted() {
    let world = approved(&[], &["4212"]);
    let world = with_another_truth(world, 4212, |task| {
        task["steps"][0]["decision"]["approved"] = false.into();
    });
    untrusted(
        &world,
        "",
        "the task shows the step as denied, not as approved",
    );
}

#[test]
fn a_step_that_still_waits_is_untrusted() {
    let world = approved(&[], &["4212"]);
    let world = with_another_truth(world, 4212, |task| {
        task["steps"][0]["decision"] = Value::Null;
        task["current"] = 0.into();
        task["outcome"] = "Open".into();
    });
    untrusted(&world, "", "the task does not show the step as settled");
}

#[test]
fn a_task_that_is_gone_is_untrusted() {
    let world = approved(&[], &["4212"]);
    let world = with_another_truth(world, 4212, |task| {
        task["id"] = "000000000000000000000000000".into();
    });
    untrusted(&world, "", "the API knows no such task");
}

#[test]
fn another_transaction_is_untrusted() {
    let world = approved(&["ceremony=hosted"], &["4211"]);
    let world = with_another_truth(world, 4211, |task| {
        task["steps"][0]["decision"]["transaction"] = "another".into();
    });
    untrusted(&world, "", "the receipt names step-up transaction `");
    let world = approved(&[], &["4212"]);
    let world = with_another_truth(world, 4212, |task| {
        task["steps"][0]["decision"]["transaction"] = "another".into();
    });
    untrusted(&world, "", "the receipt says that no step-up was required");
}

#[test]
fn a_trail_without_the_step_up_is_untrusted() {
    let world = approved(&["ceremony=hosted", "audit=no-step-up"], &["4211"]);
    untrusted(&world, "", "the trail has no event for step-up transaction");
}

#[test]
fn a_trail_that_may_not_be_read_is_said() {
    let world = approved(&["ceremony=hosted", "audit=403"], &["4211"]);
    let outcome = world.stepup("receipt verify").exits(0);
    outcome
        .prints("receipt 1, task 4211: agrees")
        .prints("the trail could not be read: ");
}

#[test]
fn an_api_that_cannot_be_asked_is_said() {
    let world = approved(&[], &["4212"]);
    world
        .stepup("receipt verify --http-timeout 2s")
        .env("STEPUP_API_TOKEN", "revoked")
        .exits(4)
        .prints("receipt 1, task 4212: not compared")
        .prints("log: 1 receipt, unchanged");
    let elsewhere = world
        .stepup("receipt verify --all --api-url http://127.0.0.1:9")
        .exits(1);
    elsewhere.says("it comes from `127.0.0.1:");
}

#[test]
fn a_torn_last_line_loses_no_other() {
    let world = approved(&[], &["4212"]);
    let kept = text(&world);
    // Killed while it wrote.
    std::fs::write(log(&world), format!("{kept}{{\"schema\":\"stepup.rec")).unwrap();
    let outcome = world.stepup("receipt verify --all").exits(0);
    outcome
        .prints("receipt 1, task 4212: agrees")
        .prints("line 2 was torn off while it was written");
    world.approve("4211").run_with("key").exits(0);
    let outcome = world.stepup("receipt verify --all").exits(0);
    outcome
        .prints("receipt 3, task 4211: agrees")
        .prints("line 2 was torn off");
    assert!(text(&world).starts_with(&kept));
}

#[test]
fn a_log_that_cannot_be_written_changes_nothing_about_the_approval() {
    let world = World::new();
    std::fs::write(world.path("in-the-way"), "").unwrap();
    let outcome = world
        .approve("4212")
        .args("--receipt-log in-the-way/receipts.jsonl -o json")
        .run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["outcome"], "approved");
    outcome.says("warning: task 4212 is approved, but its receipt could not be kept");
    world.api().saw_one_approval("4212");
}

#[cfg(unix)]
#[test]
fn a_log_that_others_can_read_is_refused() {
    let world = approved(&[], &["4212"]);
    crate::world::set_mode(&log(&world), 0o644);
    let outcome = world.stepup("receipt list").exits(2);
    outcome.says("open to other users").hints("chmod 600");
}

#[test]
fn the_variable_names_another_log() {
    let world = World::new();
    let path = world.path("elsewhere/log.jsonl");
    let run = world.approve("4212").env("STEPUP_RECEIPT_LOG", &path);
    run.exits(0);
    assert!(path.is_file() && !log(&world).exists());
}

#[test]
fn two_at_once_write_two_lines() {
    let world = World::new();
    let runs: Vec<_> = ["4212", "4211"]
        .map(|task| world.approve(task).signing_in_with("key").start())
        .into();
    for run in runs {
        run.end().exits(0);
    }
    assert_eq!(text(&world).lines().count(), 2);
    world.stepup("receipt verify --all").exits(0);
}

/// Its tasks and its API are made up, so that nobody could verify them later.
#[test]
fn the_sandbox_leaves_nothing_in_the_log_of_the_person() {
    let world = approved(&[], &["4212"]);
    world.stepup("receipt verify --all").exits(0);
    assert!(log(&world).is_file());
    assert!(!world.path(".local/state/stepup/receipts.jsonl").exists());
}

#[test]
fn a_demo_leaves_nothing_in_the_log() {
    let home = tempfile::tempdir().unwrap();
    let run = Run::of(BIN, home.path()).args("demo --sign-in key");
    run.exits(0);
    assert!(!home.path().join(".local/state/stepup").exists());
}
