//! The API says no, or would: exit 7, before any browser opens where that can be known.

use serde_json::json;

use crate::world::World;

#[test]
fn what_can_be_known_before_is_refused_before_anything_is_asked() {
    let world = World::new();
    for (task, code, reason) in rows! {
        "4215", 7, "the current step of task `4215` is not yours to approve";
        "4216", 7, "task `4216` is closed";
        "4214", 7, "the current step of task `4214` requires a comment";
        "999999", 7, "has no task `999999`, or you may not see it";
        "000000000000000000000000000", 7, "has no task `000000000000000000000000000`";
        "abcdef", 2, "`TASK` cannot be `abcdef`: not a task ID";
        "../users/me", 2, "not a task ID";
        "", 2, "`TASK` needs a value";
        "\u{664}\u{662}\u{661}\u{661}", 2, "not a task ID";
    } {
        let outcome = world.approve(task).args("-o json").run_with("key");
        let kind = if code == 2 { "usage" } else { "refused" };
        outcome.fails(code, kind, reason).does_not_say("/start/");
    }
    assert_eq!(world.api().approval_requests(), 0);
    let log = world.api().log();
    assert!(log.iter().all(|line| line.server == "api"), "{log:#?}");
    world.api().saw_no_approval();
}

#[test]
fn a_comment_of_spaces_is_none() {
    let world = World::new();
    let run = world.approve("4214").arg("-m").arg("   ");
    run.run_with("key").exits(7).says("requires a comment");
    world.api().saw_no_approval();
}

#[test]
fn a_comment_file_that_is_not_there() {
    let world = World::new();
    let run = world.approve("4214").args("--comment-file nothing.txt");
    let outcome = run.signing_in_with("key").exits(2);
    outcome.says("the comment file `nothing.txt` could not be read");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

#[test]
fn two_comments_are_one_too_many() {
    let world = World::new();
    let outcome = world
        .approve("4214")
        .args("-m x --comment-file y -o json")
        .exits(2);
    assert_eq!(outcome.stdout_json()["error"]["kind"], "usage");
    world.api().saw_no_approval();
}

/// While the person is in the browser, the task is denied by somebody.
#[test]
fn a_step_that_is_denied_in_the_meantime() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let url = running.start_url();
    let id = world.api().id("4211");
    let body = json!({ "policyStepId": "", "comment": "no" });
    let answer = world
        .api()
        .post(&format!("/api/v1/tasks/{id}/action/deny"), &body);
    assert_eq!(answer.status, 200, "{answer:?}");
    world.sign_in(&url, "key").exits(0);
    running
        .end()
        .exits(7)
        .says("the step was denied in the meantime");
    assert!(world.api().log().iter().all(|line| line.approved.is_none()));
    assert_eq!(world.api().kept("4211")["outcome"], "Denied");
}

/// The same person as on another machine, which remembers sign-ins of its own: those of one second would not both
/// count here.
fn elsewhere(world: &World, task: &str) {
    let run = world.approve(task).signing_in_with("key");
    let state = world.path("elsewhere").display().to_string();
    run.env("XDG_STATE_HOME", &state).exits(0);
}

/// The same person in two places: one approval comes of it.
#[test]
fn a_step_that_is_approved_from_another_terminal_in_the_meantime() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let url = running.start_url();
    elsewhere(&world, "4211");
    world.sign_in(&url, "key").exits(0);
    let said = "the step was approved in the meantime, not by this command";
    running.end().exits(7).says(said);
    world.api().saw_one_approval("4211");
}

/// The next step is not approved in place of the one that was shown.
#[test]
fn a_step_that_gave_way_to_the_next_in_the_meantime() {
    let world = World::new();
    let running = world.approve("4217").args("--no-browser").start();
    let url = running.start_url();
    elsewhere(&world, "4217");
    world.sign_in(&url, "key").exits(0);
    running.end().exits(7).says("in the meantime");
    world.api().saw_one_approval("4217");
    assert_eq!(world.api().task("4217")["state"], "TASK_STATE_OPEN");
}

/// `--wait 10m`, with a space, once approved and took the time for one more task.
#[test]
fn a_time_is_not_a_task() {
    let world = World::new();
    for (words, said) in rows! {
        "approve 4212 --yes --wait 10m", "`--wait=10m`";
        "approve 4212 --yes --wait 600", "write `--wait=600s`";
        "approve --wait 4212 4214 --yes", "could be a time or a task";
        "approve 4212 10m --yes", "not a task ID but a time";
        "approve 4212 nonsense --yes", "not a task ID";
        "deny 10m --yes", "not a task ID";
        "comment 10m hello", "not a task ID";
        "task show 10m", "not a task ID";
    } {
        world.stepup(words).exits(2).says(said);
    }
    assert_eq!(world.api().log().len(), 0, "nothing is done before");
    world.api().saw_no_decision();
}

#[test]
fn a_line_of_stdin_that_is_no_task_stops_all_of_them() {
    let world = World::new();
    let run = world.stepup("approve --stdin --yes -o json");
    let outcome = run.stdin("4212\n10m\n").exits(2);
    outcome
        .says("`10m` is not a task ID")
        .fails_in_json("usage");
    assert_eq!(world.api().log().len(), 0);
    world.api().saw_no_approval();
}
