//! `task list` and `task show`: which tasks, in which columns, and what is told of one.

use serde_json::{Value, json};

use crate::world::{World, read_json};

/// A world whose tasks were changed before it began.
fn changed(switches: &[&str], change: impl Fn(&mut Value)) -> World {
    let world = World::new();
    let mut state = read_json(&world.path("state.json"));
    for task in state["tasks"].as_array_mut().unwrap() {
        change(task);
    }
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), state.to_string()).unwrap();
    World::at(home, switches)
}

fn is(task: &Value, number: u64) -> bool {
    task["numeric_id"] == number
}

/// The numbers of the tasks that this lists.
#[track_caller]
fn listed(world: &World, words: &str) -> Vec<String> {
    let run = world.stepup("task list -o json").args(words).run();
    let document = run.exits(0).stdout_json();
    let tasks = document["tasks"].as_array().unwrap().iter();
    tasks
        .map(|task| task["numeric_id"].as_str().unwrap().to_owned())
        .collect()
}

fn searches(world: &World) -> usize {
    let log = world.api().log();
    let search = |line: &&crate::world::Line| line.path == "/api/v1/search/tasks";
    log.iter().filter(search).count()
}

#[test]
fn mine_and_open_unless_more_is_asked_for() {
    let world = World::new();
    let mine = ["4211", "4212", "4213", "4214", "4217", "4218"];
    assert_eq!(listed(&world, ""), mine);
    let all = listed(&world, "--all");
    assert_eq!(all.len(), 7);
    assert!(all.contains(&"4215".to_owned()), "somebody else's");
    assert_eq!(listed(&world, "--state closed"), ["4216"], "approved by me");
    assert_eq!(listed(&world, "--all --state closed"), ["4216"]);
    assert_eq!(listed(&world, "-a --state all").len(), 8);
    assert_eq!(
        listed(&world, "--step-up"),
        ["4211", "4213", "4214", "4217", "4218"]
    );
    assert_eq!(listed(&world, "--query vault"), ["4217"]);
    assert_eq!(listed(&world, "--step-up --query on-call"), ["4211"]);
}

#[test]
fn a_type_is_asked_of_the_api() {
    let world = changed(&[], |task| {
        if is(task, 4212) {
            task["kind"] = "Revoke".into();
        } else if is(task, 4213) {
            task["kind"] = "Certify".into();
        }
    });
    assert_eq!(listed(&world, "--type revoke"), ["4212"]);
    assert_eq!(listed(&world, "--type certify,revoke"), ["4212", "4213"]);
    assert_eq!(listed(&world, "--type grant").len(), 4);
    let shown = world.stepup("task show 4212 -o json").run().stdout_json();
    assert_eq!(shown["task"]["type"], "revoke");
    let outcome = world.stepup("task list --type loan").exits(2);
    outcome.says("revoke");
}

#[test]
fn more_rows_than_asked_are_cut_and_none_is_lost() {
    let world = World::with(&["extra_tasks=120", "task_search=more-rows"]);
    assert_eq!(listed(&world, "-L 12").len(), 12);
    assert_eq!(searches(&world), 1);
    let all = listed(&world, "");
    assert_eq!(all.len(), 126);
    let mut once = all.clone();
    once.dedup();
    assert_eq!(once, all);
}

/// A page of a hundred such tasks is 10 MB, and nothing of a list that stops there would get smaller by waiting.
#[test]
fn a_page_that_is_too_large_is_asked_for_in_halves() {
    let world = World::with(&["extra_tasks=120", "task_search=heavy"]);
    assert_eq!(listed(&world, "").len(), 126);
    // 100 and 50 rows are too many; then 25 at once.
    assert_eq!(searches(&world), 2 + 6);
}

#[test]
fn a_row_that_cannot_be_read_hides_no_other() {
    let world = World::with(&["task_search=odd-row"]);
    let outcome = world.stepup("task list -o json").exits(0);
    outcome.says("1 task of the list cannot be read");
    let document = outcome.stdout_json();
    let tasks = document["tasks"].as_array().unwrap();
    assert!(tasks.len() > 3, "{document}");
    assert!(tasks.iter().all(|task| task["numeric_id"] != "4211"));
}

#[test]
fn a_token_that_comes_again_ends_the_list() {
    let world = World::with(&["extra_tasks=240", "task_search=repeat-token"]);
    assert_eq!(listed(&world, "").len(), 200);
    assert_eq!(searches(&world), 2);
}

#[test]
fn a_limit_holds_for_what_is_shown_not_for_what_is_read() {
    let world = World::with(&["extra_tasks=120"]);
    assert_eq!(listed(&world, "--step-up -L 2"), ["4211", "4213"]);
    assert_eq!(listed(&world, "--step-up -L 100").len(), 5);
    assert_eq!(searches(&world), 1 + 2);
}

#[test]
fn rows_come_before_the_next_page_is_asked_for() {
    let world = World::with(&["extra_tasks=200", "slow_api_ms=700"]);
    let running = world.stepup("task list").start();
    let first = running.first_line();
    assert!(first.starts_with("4211"), "{first}");
    let so_far = searches(&world);
    assert!(so_far < 3, "{so_far} of 3 pages");
    let outcome = running.end();
    assert_eq!(outcome.exits(0).stdout.lines().count(), 206);
    assert_eq!(searches(&world), 3);
}

#[test]
fn a_search_that_is_not_allowed_says_so() {
    let world = World::with(&["task_search=403"]);
    let outcome = world.stepup("task list -o json").exits(7);
    outcome
        .says("searching is not permitted")
        .fails_in_json("refused");
}

#[test]
fn a_search_that_failed_once_is_asked_again() {
    let world = World::with(&["task_search=500-once"]);
    assert_eq!(listed(&world, "").len(), 6);
    assert_eq!(searches(&world), 2);
}

#[test]
fn a_list_of_none_is_no_list() {
    let world = World::new();
    for command in ["task list", "task watch", "receipt list"] {
        let outcome = world.stepup(&format!("{command} -L 0")).exits(2);
        outcome.says("give a number from 1");
    }
}

#[test]
fn nothing_that_fits_is_said_to_the_person() {
    let world = World::new();
    let outcome = world.stepup("task list --query nothing-like-it").exits(0);
    outcome.says("no open task of yours matches; `--state all` searches closed ones too");
    assert_eq!(outcome.stdout, "");
}

#[test]
fn a_pipe_gets_all_columns_and_no_heading() {
    let world = World::new();
    let outcome = world.stepup("task list --all --state all").run();
    let line = |number: &str| {
        let found = outcome.stdout.lines().find(|line| line.starts_with(number));
        found.unwrap().to_owned()
    };
    let fields = |number| {
        let line = line(number);
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        <[String; 5]>::try_from(fields).unwrap()
    };
    let [_, status, step_up, created, title] = fields("4211");
    assert_eq!([status, step_up], ["waiting", "step-up"]);
    assert_eq!(title, "Grant prod-admin on AWS to Ada Novak");
    created.parse::<jiff::Timestamp>().unwrap();
    let [_, status, ..] = fields("4215");
    assert_eq!(status, "not yours", "the API offers no approval");
    let [_, status, step_up, _, _] = fields("4216");
    assert_eq!([status, step_up], ["granted", "-"]);
    assert!(!outcome.stdout.contains("TITLE"));
}

#[test]
fn a_terminal_gets_a_heading_and_what_fits() {
    let world = changed(&[], |task| {
        if is(task, 4213) {
            task["title"] = format!("{} {}", "long".repeat(30), "日本".repeat(30)).into();
        }
    });
    for (columns, heading) in [
        (40, "ID    STEP-UP  TITLE"),
        (80, "ID    STEP-UP  OPENED   TITLE"),
    ] {
        let run = world.on_columns(columns, "task list").env("NO_COLOR", "1");
        let text = run.run().stdout.replace('\r', "");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], heading, "{text}");
        assert_eq!(lines.len(), 7, "{text}");
        for line in &lines {
            let width = textwrap::core::display_width(line);
            assert!(
                width <= usize::from(columns),
                "{width} of {columns}: {line}"
            );
        }
        assert!(lines.iter().any(|line| line.ends_with('…')), "{text}");
    }
}

#[test]
fn how_a_task_stands_is_told_in_a_word_and_the_colour_goes_where_it_is_not_wanted() {
    let world = World::new();
    let list = || world.on_columns(80, "task list --all --state all");
    let coloured = list().run().stdout;
    for word in ["\u{1b}[33mwaiting\u{1b}[0m", "\u{1b}[1;32mgranted\u{1b}[0m"] {
        assert!(coloured.contains(word), "{coloured}");
    }
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let text = list().env(name, value).run().stdout;
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.contains("4216  granted    -        1 h ago"), "{text}");
    }
}

#[test]
fn a_task_is_told_with_its_steps_and_what_they_demand() {
    let world = World::new();
    let first = world.approve("4217").signing_in_with("key").exits(0);
    first.prints("task:     still open: it waits for another step");
    let outcome = world.stepup("task show 4217").exits(0);
    outcome
        .prints("Grant root on Vault to Ada Novak")
        .prints("task:         4217 (open, waiting for action)")
        .prints("type:         grant")
        .prints("asked by:     Ada Novak <ada.novak@sandbox.example>, 20")
        .prints("for:          Ada Novak <ada.novak@sandbox.example>")
        .prints("step 1:       approved by Mira Chen (you), 20")
        .prints(", step-up transaction ")
        .prints("step 2, now:  yours to approve, with step-up authentication")
        .prints("step-up at Sandbox, phishing-resistant (acr phr)")
        .prints("waits for Mira Chen (you)")
        .prints("/task/4217");
    let document = world.stepup("task show 4217 -o json").run().stdout_json();
    let task = &document["task"];
    assert_eq!(document["schema"], "stepup.task/1");
    assert_eq!(task["steps_done"][0]["outcome"], "approved");
    assert_eq!(task["steps_done"][0]["by"]["name"], "Mira Chen");
    assert!(task["steps_done"][0]["step_up_transaction_id"].is_string());
    assert_eq!(task["current_step"]["yours"], true);
    let provider = &task["current_step"]["step_up_provider"];
    assert_eq!(provider["name"], "Sandbox, phishing-resistant");
    assert_eq!(provider["acr_values"], json!(["phr"]));
    assert_eq!(task["requested_by"]["email"], "ada.novak@sandbox.example");
    assert_eq!(task["audit"], Value::Null);
}

#[test]
fn the_step_to_come_is_told_too() {
    let world = World::new();
    world.stepup("task show 4217").exits(0)
        .prints("step 1, now:  yours to approve")
        .prints("step-up at Sandbox, two factors (acr urn:okta:loa:2fa:any)")
        .prints("step 2:       approval, with step-up authentication at Sandbox, phishing-resistant (acr phr)");
}

#[test]
fn every_person_and_provider_is_asked_for_once() {
    let world = World::new();
    world.stepup("task show 4217").exits(0);
    let log = world.api().log();
    let asked = |part: &str| log.iter().filter(|line| line.path.contains(part)).count();
    assert_eq!(asked("/users/"), 0, "the search names them: {log:#?}");
    assert_eq!(asked("/step-up/providers/"), 2, "{log:#?}");
    assert_eq!(log.len(), 5, "{log:#?}");
}

#[test]
fn names_that_may_not_be_read_are_left_out() {
    let world = World::with(&["users=403", "provider=deleted"]);
    let id = world.api().kept("4211")["requester"].clone();
    let outcome = world.stepup("task show 4211").exits(0);
    outcome
        .prints(&format!("asked by:     {}", id.as_str().unwrap()))
        .prints("yours to approve, with step-up authentication");
    assert!(!outcome.stdout.contains("step-up at"), "{outcome}");
    assert_eq!(outcome.stderr, "");
}

#[test]
fn a_step_of_somebody_else_is_told_as_such() {
    let world = World::new();
    world
        .stepup("task show 4215")
        .exits(0)
        .prints("somebody else's to approve, with step-up authentication")
        .prints("waits for Noor Haddad");
}

#[test]
fn the_trail_is_printed_from_either_end() {
    let world = World::new();
    world.approve("4211").run_with("key").exits(0);
    let trail = |words: &str| {
        let outcome = world.stepup("task show 4211 --audit").args(words).exits(0);
        let (_, trail) = outcome.stdout.split_once("  trail:\n").unwrap();
        trail.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let oldest_first = trail("");
    let ends = |line: &String, text: &str| assert!(line.contains(text), "{line}");
    ends(&oldest_first[0], "Ada Novak: asked for it");
    ends(
        &oldest_first[1],
        "Mira Chen (you): submitted: approve with step up",
    );
    ends(
        &oldest_first[2],
        "Mira Chen (you): approved with step-up, transaction ",
    );
    ends(&oldest_first[3], "the task's state changed");
    let mut newest_first = trail("--newest-first");
    newest_first.reverse();
    assert_eq!(newest_first, oldest_first);

    let document = world.stepup("task show 4211 --audit -o json").run();
    let audit = document.stdout_json()["task"]["audit"].clone();
    let events: Vec<_> = audit
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        [
            "taskCreated",
            "actionSubmitted",
            "stepUpApproval",
            "stateChange"
        ]
    );
    assert!(audit[2]["step_up_transaction_id"].is_string());
}

#[test]
fn a_long_trail_is_read_to_its_end() {
    let world = World::new();
    let id = world.api().id("4212");
    for number in 0..60 {
        let body = json!({ "comment": format!("remark {number}") });
        let path = format!("/api/v1/tasks/{id}/action/comment");
        assert_eq!(world.api().post(&path, &body).status, 200);
    }
    let outcome = world.stepup("task show 4212 --audit").exits(0);
    outcome.prints("commented: remark 59");
    let remarks = outcome.stdout.matches("commented: remark").count();
    assert_eq!(remarks, 60);
}

#[test]
fn an_event_that_is_new_to_us_is_shown_by_its_key() {
    let world = World::with(&["audit=unknown-event"]);
    let outcome = world.stepup("task show 4211 --audit").exits(0);
    outcome.prints("the API: error: future");
}

#[test]
fn a_trail_that_may_not_be_read_is_an_error_where_it_was_asked_for() {
    let world = World::with(&["audit=403"]);
    world.stepup("task show 4211").exits(0);
    let outcome = world.stepup("task show 4211 --audit -o json").exits(7);
    outcome
        .says("the trail is not yours to read")
        .fails_in_json("refused");
}
