//! `deny` and `comment`: refused early, sent once, and told as the task shows it afterwards.

use serde_json::Value;

use crate::process::Outcome;
use crate::world::World;

fn requests(world: &World, action: &str) -> usize {
    let log = world.api().log();
    let wanted = format!("/action/{action}");
    log.iter()
        .filter(|line| line.path.ends_with(&wanted))
        .count()
}

fn deny(world: &World, words: &str) -> Outcome {
    world.stepup("deny --yes").args(words).run()
}

#[test]
fn a_denial_closes_the_task_and_needs_no_step_up() {
    let world = World::new();
    let outcome = deny(&world, "4211 -m no-longer-on-call -o json");
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.denial/1");
    assert_eq!(document["outcome"], "denied");
    assert_eq!(document["denial"]["confirmed"], true);
    assert!(document["denial"]["ticket_action_id"].is_string());
    assert_eq!(document["task_state"], "closed");
    assert_eq!(document["task_outcome"], "denied");
    assert_eq!(document["comment"], "no-longer-on-call");
    assert_eq!(world.api().kept("4211")["outcome"], "Denied");
    assert_eq!(requests(&world, "deny"), 1);
    world.api().never_saw("/authorize");
    let shown = world.stepup("task show 4211 --audit").exits(0);
    shown
        .prints("4211 (closed, denied)")
        .prints("denied by Mira Chen (you)")
        .prints("commented: no-longer-on-call");
}

#[test]
fn a_person_is_shown_what_is_denied_and_what_became_of_it() {
    let world = World::new();
    let outcome = deny(&world, "4213");
    outcome
        .exits(0)
        .says("Grant deploy on Kubernetes to Ada Novak")
        .says("for: Ada Novak <ada.novak@sandbox.example>")
        .says("reason: release manager this week")
        .prints("denied task 4213: Grant deploy on Kubernetes to Ada Novak")
        .prints("task:     closed, denied (confirmed by reading it again)");
}

#[test]
fn what_can_be_known_before_is_refused_before_anything_is_sent() {
    let world = World::new();
    for (words, code, reason) in rows! {
        "4216 --yes", 7, "task `4216` is closed";
        "4215 --yes", 7, "the current step of task `4215` is not yours to deny";
        "9999 --yes", 7, "has no task `9999`, or you may not see it";
        "nonsense --yes", 2, "`TASK` cannot be `nonsense`: not a task ID";
        "4211", 2, "a denial needs your confirmation, and there is no terminal to ask on";
    } {
        let outcome = world.stepup("deny -o json").args(words).run();
        let kind = if code == 2 { "usage" } else { "refused" };
        outcome.fails(code, kind, reason);
    }
    assert_eq!(requests(&world, "deny"), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_reason_that_is_demanded_and_missing() {
    let world = World::new();
    let mut state = crate::world::read_json(&world.path("state.json"));
    state["tasks"][0]["steps"][0]["needs_denial_reason"] = true.into();
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), state.to_string()).unwrap();
    let world = World::at(home, &[]);
    for comment in [&[][..], &["-m", " \u{a0}"]] {
        let mut run = world.stepup("deny --yes 4211");
        for word in comment {
            run = run.arg(word);
        }
        run.exits(7)
            .says("a denial of the current step of task `4211` requires a comment")
            .hints("--comment");
    }
    assert_eq!(requests(&world, "deny"), 0);
    world.api().saw_no_approval();
    std::fs::write(world.path("why.txt"), "not this week\n").unwrap();
    let outcome = deny(&world, "4211 --comment-file why.txt -o json");
    assert_eq!(outcome.exits(0).stdout_json()["comment"], "not this week");
}

/// The API may know more than the task tells.
#[test]
fn a_reason_that_only_the_api_demands() {
    let world = World::with(&["deny=needs-reason"]);
    deny(&world, "4211")
        .exits(7)
        .says("a comment is required to deny this step");
    assert_eq!(requests(&world, "deny"), 1);
    world.api().saw_no_approval();
}

#[test]
fn a_no_on_the_terminal_denies_nothing() {
    let world = World::new();
    let mut running = world.on_a_terminal("deny 4211").start();
    running.prints("deny task 4211?");
    running.types("n\r");
    let outcome = running.ends(6);
    assert!(outcome.stdout.contains("cancelled, not denied"));
    assert_eq!(requests(&world, "deny"), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_denial_that_goes_on_to_somebody_else_is_told_so() {
    let world = World::with(&["deny=routes-on"]);
    let outcome = deny(&world, "4211");
    outcome
        .exits(0)
        .prints("open: its policy goes on to another step (confirmed by reading it again)")
        .says("is still open: `stepup task show");
    let shown = world.stepup("task show 4211").exits(0);
    shown
        .prints("step 1:       denied by Mira Chen (you)")
        .prints("waits for Noor Haddad");
}

#[test]
fn an_effect_that_takes_its_time_is_waited_for() {
    let world = World::with(&["effect_delay_ms=600"]);
    let outcome = deny(&world, "4211 -o json");
    assert_eq!(outcome.exits(0).stdout_json()["denial"]["confirmed"], true);
    let world = World::with(&["effect_delay_ms=60000"]);
    let outcome = deny(&world, "4211 -o json");
    let document: Value = outcome.exits(8).stdout_json();
    assert_eq!(document["denial"]["confirmed"], false);
    assert_eq!(document["outcome"], "accepted");
    outcome.says("the API accepted the denial, but the task does not show it yet");
}

#[test]
fn a_lost_answer_is_looked_up_and_never_sent_again() {
    for (switch, code, text) in [
        ("deny=500-after-commit", 0, ""),
        ("deny=drop-after-commit", 0, ""),
        ("deny=redirect-after-commit", 0, ""),
        ("deny=500", 1, "the denial was not recorded so far"),
        ("deny=drop", 1, "the denial was not recorded so far"),
    ] {
        let world = World::with(&[switch]);
        let outcome = deny(&world, "4211 -o json");
        outcome.exits(code).says(text);
        assert_eq!(requests(&world, "deny"), 1, "{switch}");
        let expected = if code == 0 { "Denied" } else { "Open" };
        assert_eq!(world.api().kept("4211")["outcome"], expected, "{switch}");
        if code == 0 {
            let document = outcome.stdout_json();
            assert_eq!(document["denial"]["ticket_action_id"], Value::Null);
            assert_eq!(document["denial"]["confirmed"], true);
        }
    }
}

/// While the person hesitates, somebody else approves.
#[test]
fn a_step_that_was_settled_in_the_meantime_is_not_denied() {
    let world = World::new();
    let mut running = world.on_a_terminal("deny 4212").start();
    running.prints("deny task 4212?");
    world.approve("4212").exits(0);
    running.types("y\r");
    running.ends(7);
    world.api().saw_one_approval("4212");
}

#[test]
fn a_comment_is_in_the_trail_once() {
    let world = World::new();
    let run = world.stepup("comment 4215 -o json").arg("which account?");
    let document = run.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.comment/1");
    assert_eq!(document["confirmed"], true);
    let again = world.stepup("comment 4215").arg("which account?").exits(0);
    again
        .prints("commented on task 4215")
        .prints("which account? (confirmed by reading the trail)");
    assert_eq!(world.api().task("4215")["commentCount"], 2);
    assert_eq!(requests(&world, "comment"), 2);
    let piped = world.stepup("comment 4216 -").stdin("from a pipe\n").run();
    piped.exits(0).prints("from a pipe");
    world.api().saw_no_decision();
}

/// As where a comment goes with a decision.
#[test]
fn a_comment_may_be_given_as_a_flag() {
    let world = World::new();
    for flag in ["-m", "--comment", "--message"] {
        let run = world.stepup("comment 4215").arg(flag).arg("which account?");
        run.exits(0).prints("which account?");
    }
    let file = world.path("why.txt");
    std::fs::write(&file, "from a file\n").unwrap();
    let run = world.stepup("comment 4215 --comment-file").arg(&file);
    run.exits(0).prints("from a file");
    let both = world.stepup("comment 4215 one -m two").exits(2);
    both.says("cannot be used with");
    let none = world.stepup("comment 4215").exits(2);
    none.says("missing: `TEXT`");
}

#[test]
fn a_comment_that_says_nothing_is_not_sent() {
    let world = World::new();
    let outcome = world.stepup("comment 4211").arg("  ").exits(2);
    outcome.says("the comment is empty");
    world.stepup("comment 9999 hello").exits(7);
    assert_eq!(requests(&world, "comment"), 0);
}

#[test]
fn a_comment_whose_answer_is_lost_is_looked_up() {
    for (switch, code, text) in [
        ("comment=500-after-commit", 0, ""),
        ("comment=drop-after-commit", 0, ""),
        ("comment=redirect-after-commit", 0, ""),
        ("comment=500", 1, "the comment was not recorded so far"),
        ("comment=drop", 1, "the comment was not recorded so far"),
    ] {
        let world = World::with(&[switch]);
        // One that reads the same was there before.
        world.stepup("comment 4211 hello").exits(code).says(text);
        assert_eq!(requests(&world, "comment"), 1, "{switch}");
        let count = world.api().task("4211")["commentCount"].clone();
        assert_eq!(count, i32::from(code == 0), "{switch}");
    }
}

#[test]
fn a_comment_whose_trail_may_not_be_read_is_accepted() {
    let world = World::with(&["audit=403"]);
    let document = world.stepup("comment 4211 hello -o json").run();
    assert_eq!(document.exits(0).stdout_json()["confirmed"], Value::Null);
    let world = World::with(&["audit=403", "comment=drop"]);
    let outcome = world.stepup("comment 4211 hello").exits(1);
    outcome.says("it is unknown whether the comment on task 4211 went in");
}
