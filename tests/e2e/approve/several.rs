//! Several tasks in one run: a table, a ceremony each, a line for each, and an exit code for all.

use serde_json::Value;

use crate::process::BIN;
use crate::world::World;

/// Each task and what became of it, in their order.
fn results(document: &Value) -> String {
    let results = document["results"].as_array().unwrap().iter();
    let text = |line: &Value| {
        [&line["task"], &line["outcome"]]
            .map(|value| value.as_str().unwrap().to_owned())
            .join(" ")
    };
    results.map(text).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_has_a_ceremony_of_its_own() {
    let world = World::new();
    let run = world.stepup("approve 4211 4212 4213 --yes -o json");
    let outcome = run.run_with("key");
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.results/1");
    assert_eq!(
        results(&document),
        "4211 approved, 4212 approved, 4213 approved"
    );
    let receipts = document["results"].as_array().unwrap();
    let time = |index: usize| receipts[index]["receipt"]["proof"]["auth_time"].clone();
    assert!(time(0).is_i64() && time(2).is_i64());
    assert_eq!(receipts[1]["receipt"]["ceremony"], "none");
    assert_eq!(
        world.api().asked("/authorize"),
        2,
        "one sign-in for each that requires one"
    );
}

#[test]
fn a_task_named_by_its_number_and_its_id_is_one() {
    let world = World::new();
    let (number, id) = ("4212", world.api().id("4212"));
    let outcome = world
        .stepup(&format!("approve {number} 4213 {id} --yes -o json"))
        .run_with("key");
    outcome.says("task 4212 is named more than once: it is one");
    let document = outcome.exits(0).stdout_json();
    assert_eq!(results(&document), "4212 approved, 4213 approved");
    let world = World::new();
    let outcome = world
        .stepup(&format!("approve {} 4212 --yes", world.api().id("4212")))
        .run();
    outcome.exits(0).prints("approved task 4212");
    world.api().saw_one_approval("4212");
}

#[test]
fn mixed_results_are_partial_with_a_line_for_each() {
    let world = World::new();
    let run = world.stepup("approve 4211 4215 4216 9999 --yes");
    let outcome = run.signing_in_with("key").exits(9);
    outcome
        .says("task 4215 refused: the current step of task `4215` is not yours")
        .says("  step: none, the task is closed")
        .says("1 of 4 approved: 4211; refused: 4215, 4216, 9999")
        .prints("approved task 4211")
        .prints("4216     refused: task `4216` is closed")
        .prints("9999     refused: ");
    world.api().saw_one_approval("4211");
}

#[test]
fn the_last_lines_name_what_failed_and_the_command_for_the_rest() {
    let world = World::new();
    let run = world.stepup("approve 4213 4212 4215 --yes");
    let outcome = run.run_with("password");
    outcome.exits(9);
    let (_, last) = outcome.stderr.split_once("stepup: error:").unwrap();
    assert!(
        last.contains("1 of 3 approved: 4212; unmet: 4213; refused: 4215"),
        "{outcome}"
    );
    assert!(last.contains("`stepup approve 4213`"), "{outcome}");
    assert_eq!(outcome.stderr.matches("stepup: error:").count(), 1);
    world.api().saw_one_approval("4212");
}

fn no_entry(world: &World) {
    for words in [
        "config unset provider --profile sandbox",
        "provider remove sandbox --yes",
    ] {
        world.stepup(words).exits(0);
    }
}

#[test]
fn what_no_provider_entry_can_answer_is_refused_before_anybody_is_asked() {
    let world = World::new();
    world.stepup("config set ceremony local").exits(0);
    no_entry(&world);
    let alone = world.on_a_terminal("approve 4211").start().ends(2).stdout;
    let several = world.on_a_terminal("approve 4211 4213").start().ends(2);
    for shown in [&alone, &several.stdout] {
        assert!(shown.contains("no provider is configured"), "{shown}");
        assert!(!shown.contains("[y/N]"), "{shown}");
    }
    let mut running = world.on_a_terminal("approve 4211 4212").start();
    running.prints("no provider is configured");
    running.prints("approve 4212 (1 of 2 tasks)?");
    running.types("y\r");
    let outcome = running.ends(9);
    let told = outcome.stdout.matches("no provider is configured").count();
    assert_eq!(told, 1, "{outcome}");
    world.api().saw_one_approval("4212");
}

/// What `--dry-run` refuses needs no answer.
#[test]
fn values_that_the_entry_cannot_answer_are_refused_before_anybody_is_asked() {
    let world = World::new();
    world.stepup("config set ceremony local").exits(0);
    let edit = "provider edit sandbox --acr-value gold";
    world.stepup(edit).exits(0);
    for tasks in ["4211", "4211 4213"] {
        let running = world.on_a_terminal(&format!("approve {tasks}")).start();
        let shown = running.end().stdout;
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let why = "requires acr `phr`, which the provider entry `sandbox` does not list";
        assert!(words.contains(why), "{shown}");
        assert!(!shown.contains("[y/N]"), "{shown}");
    }
    assert_eq!(world.api().approval_requests(), 0);
}

/// Whether the API runs the sign-in itself is not known before its first answer.
#[test]
fn that_there_is_no_provider_entry_is_said_before_the_question() {
    let world = World::with(&["ceremony=hosted"]);
    no_entry(&world);
    let said = "unless the API runs the sign-in itself";
    for tasks in ["4211", "4211 4213"] {
        let mut running = world.on_a_terminal(&format!("approve {tasks}")).start();
        running.prints("[y/N]");
        let shown = running.said_so_far();
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.matches(said).count(), 1, "{shown}");
        running.types("n\r");
        running.ends(6);
    }
    world.stepup("approve 4211 --dry-run").exits(0).says(said);
    world.api().saw_no_approval();
    let run = world.approve("4211").run_with("key");
    run.exits(0).does_not_say(said);
}

#[test]
fn the_same_for_all_is_that() {
    let world = World::new();
    let outcome = world.stepup("approve 4215 4216 --yes -o json").run();
    let document = outcome.exits(7).stdout_json();
    assert_eq!(results(&document), "4215 refused, 4216 refused");
    assert_eq!(document["results"][0]["error"]["kind"], "refused");
    world.api().saw_no_approval();
}

#[test]
fn anything_untrusted_ends_the_run() {
    let world = World::with(&["subject=other"]);
    let run = world.stepup("approve 4211 4213 4212 --yes -o json");
    let outcome = run.run_with("key");
    let document = outcome.exits(5).stdout_json();
    assert_eq!(
        results(&document),
        "4211 untrusted, 4213 incomplete, 4212 incomplete"
    );
    outcome.says("stopped, because something could not be trusted");
    assert_eq!(world.api().asked("/authorize"), 1);
    world.api().saw_no_approval();
}

#[test]
fn stdin_names_tasks_and_the_same_one_counts_once() {
    let world = World::new();
    let run = world.stepup("approve --stdin --yes -o json");
    let outcome = run.stdin("\u{feff}4212\n\n 4213 \n4212\n");
    let outcome = outcome.run_with("key");
    let document = outcome.exits(0).stdout_json();
    assert_eq!(results(&document), "4212 approved, 4213 approved");
    let run = world.stepup("approve --stdin --comment-file - --yes");
    run.stdin("4214\n").exits(2).says("both the tasks");
    let run = world.stepup("approve --stdin --yes").stdin("\n");
    run.exits(2).says("stdin named no task");
}

#[test]
fn none_named_and_no_terminal_is_a_mistake() {
    let world = World::new();
    world
        .stepup("approve --yes")
        .exits(2)
        .says("no task given")
        .hints("stepup approve 4211");
    world.api().saw_no_approval();
}

#[test]
fn without_yes_and_without_a_terminal_none_is_tried() {
    let world = World::new();
    world.stepup("approve 4211 4212").exits(2).hints("--yes");
    assert_eq!(world.api().approval_requests(), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_dry_run_says_which_could_be_approved() {
    let world = World::new();
    let outcome = world.stepup("approve 4211 4216 --dry-run -o json").run();
    let document = outcome.exits(9).stdout_json();
    let list = document["approvable"].as_array().unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["task"]["numeric_id"], "4211");
    assert_eq!(list[0]["step_up"], true);
    assert_eq!(world.api().approval_requests(), 0);
}

#[test]
fn the_picker_offers_what_can_be_approved_and_takes_what_was_chosen() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve --yes").start();
    running.prints("which tasks?");
    running.prints("Grafana");
    let offered = running.said_so_far();
    assert!(!offered.contains("Stripe"), "not ours: {offered}");
    assert!(!offered.contains("Notion"), "closed: {offered}");
    // Down to the second, chosen, done.
    running.types("\u{1b}[B \r");
    running.prints("task:     closed");
    let _ = running.end();
    world.api().saw_one_approval("4212");
}

#[test]
fn nothing_chosen_is_nothing_done() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve --yes").start();
    running.prints("Grafana");
    running.types("\u{1b}");
    running.prints("nothing was chosen");
    let _ = running.end();
    world.api().saw_no_approval();
}

#[test]
fn waiting_ends_when_the_task_is_closed() {
    let world = World::with(&["effect_delay_ms=1"]);
    let run = world.approve("4212").args("--wait=30s -o json");
    let receipt = run.exits(0).stdout_json();
    assert_eq!(receipt["task_state"], "closed");
}

/// 4217 has a second step: approved is not closed.
#[test]
fn waiting_too_long_is_pending_and_the_receipt_is_out() {
    let world = World::new();
    let run = world.approve("4217").args("--wait=1s -o json");
    let outcome = run.run_with("key");
    let receipt = outcome.exits(8).stdout_json();
    assert_eq!(receipt["schema"], "stepup.receipt/2");
    assert_eq!(receipt["task_state"], "open");
    outcome.says("is approved, but it was not closed in time");
    // Nobody else is asked: whoever waits has to know.
    outcome
        .says("the next step of task 4217 waits for you, too")
        .hints("its next step waits for you: `stepup approve 4217`");
    world.api().saw_one_approval("4217");
}

#[test]
fn an_interruption_while_waiting_does_not_say_that_nothing_happened() {
    let world = World::new();
    let run = world.approve("4217").args("--wait=1m");
    let running = run.signing_in_with("key").start();
    running.says("waiting for task 4217 to close");
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("interrupted after the API accepted the approval of task 4217")
        .hints("`stepup receipt show`")
        .does_not_say("nothing was submitted");
    world.api().saw_one_approval("4217");
}

#[test]
fn every_fact_of_every_task_is_shown_before_the_question() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4211 4212 4216").start();
    running.prints("approve 4211, 4212 (2 of 3 tasks)?");
    let shown = running.said_so_far();
    for fact in [
        "1 of 3:",
        "on-call rotation, INC-88",
        "step-up at Sandbox, phishing-resistant (acr phr)",
        "2 of 3:",
        "reads the dashboards of the checkout team",
        "3 of 3:",
        "task `4216` is closed",
        &world.api().id("4211"),
        &world.api().id("4212"),
    ] {
        assert!(shown.contains(fact), "{fact}: {shown}");
    }
    assert_eq!(
        shown
            .matches("Ada Novak <ada.novak@sandbox.example>")
            .count(),
        3
    );
    assert_eq!(world.api().approval_requests(), 0);
    running.types("n\r");
    assert_eq!(running.end().code, Some(6));
    world.api().saw_no_approval();
}

#[test]
fn each_result_is_told_as_it_comes_and_an_interruption_says_what_went_in() {
    let world = World::new();
    let running = world
        .stepup("approve 4212 4211 4213 --yes --no-browser")
        .start();
    let _ = running.start_url();
    running.prints("approved task 4212");
    running.says("2 of 3: task 4211: Grant");
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("interrupted, nothing was submitted; before that 1 of 3 approved: 4212")
        .hints("`stepup approve 4211 4213`");
    world.api().saw_one_approval("4212");
}

/// Typed as it stands the command for the rest would be for the default profile.
#[test]
fn the_command_for_the_rest_is_for_the_profile_in_use() {
    let world = World::new();
    let acme = "config set api_url https://acme.conductor.one --profile acme";
    world.stepup(acme).exits(0);
    world.stepup("config set default_profile acme").exits(0);
    let running = world
        .stepup("approve 4212 4211 4213 --yes --no-browser --profile sandbox")
        .start();
    let _ = running.start_url();
    running.signal("INT");
    let outcome = running.end();
    outcome
        .exits(130)
        .hints("`stepup approve 4211 4213 --profile sandbox`");
    world.api().saw_one_approval("4212");
}

#[test]
fn who_quits_the_second_is_told_that_the_first_is_approved() {
    let world = World::new();
    let mut running = world
        .on_a_terminal("approve 4212 4211 4213 --yes --no-browser")
        .start();
    running.prints("q quit");
    running.types("q");
    running.prints("you quit: 1 of 3 approved: 4212");
    let outcome = running.ends(9);
    assert!(
        outcome
            .stdout
            .contains("not tried, because the run was stopped"),
        "{outcome}"
    );
    assert!(
        !outcome.stdout.contains("nothing was submitted;"),
        "{outcome}"
    );
    world.api().saw_one_approval("4212");
}

/// Whoever ends the run is told of those that never could be approved as of any other time, and not to try them again.
#[test]
fn what_was_not_possible_is_not_to_be_tried_again() {
    for (end, code) in [("q", 9), ("\u{3}", 130)] {
        let world = World::new();
        let mut running = world
            .on_a_terminal("approve 4212 4211 4215 --yes --no-browser")
            .start();
        running.prints("q quit");
        running.types(end);
        let outcome = running.ends(code);
        let said = outcome.stdout.split_whitespace().collect::<Vec<_>>();
        let said = said.join(" ");
        assert!(said.contains("`stepup approve 4211`"), "{outcome}");
        if end == "q" {
            assert!(
                said.contains("1 of 3 approved: 4212; incomplete: 4211; refused: 4215"),
                "{outcome}"
            );
        }
        world.api().saw_one_approval("4212");
    }
}

#[test]
fn who_quits_before_anything_is_approved_has_done_nothing() {
    let world = World::new();
    let mut running = world
        .on_a_terminal("approve 4211 4213 --yes --no-browser")
        .start();
    running.prints("q quit");
    running.types("q");
    running.prints("you quit: none of 2 approved");
    assert_eq!(running.end().code, Some(6));
    world.api().saw_no_approval();
}

#[test]
fn an_approved_task_that_is_still_open_is_flagged_in_its_line() {
    let world = World::new();
    let outcome = world.stepup("approve 4212 4217 --yes").run_with("key");
    let lines: Vec<&str> = outcome.exits(0).stdout.lines().collect();
    assert_eq!(
        lines[0],
        "approved task 4212: Grant viewer on Grafana to Ada Novak"
    );
    assert!(
        lines[1].ends_with("(still open: it waits for another step)"),
        "{outcome}"
    );
    outcome
        .says("task 4217 is still open: `stepup task show 4217` says")
        .does_not_say("task 4212 is still open");
}

#[test]
fn an_approved_task_that_is_still_open_has_a_next_step() {
    let world = World::new();
    let outcome = world.approve("4217").run_with("key");
    outcome
        .exits(0)
        .says("task 4217 is still open: `stepup task show 4217` says");
    let outcome = world.approve("4212").exits(0);
    outcome.does_not_say("is still open");
}

#[test]
fn a_result_is_broken_between_words_on_a_terminal() {
    let world = World::new();
    let person = format!("{BIN} sandbox sign-in --with key");
    let person = shell_words::quote(&person);
    let line = format!("approve 4217 4212 --yes --browser {person}");
    let run = world.on_columns(60, &line).env("NO_COLOR", "1");
    let shown = run.run().stdout.replace('\r', "");
    assert!(
        shown.contains("4217: Grant root on Vault to Ada Novak (still\n"),
        "{shown}"
    );
}

#[test]
fn a_task_of_several_that_changed_since_it_was_shown_is_not_approved() {
    let world = World::with(&["task_changes=title"]);
    let outcome = world.stepup("approve 4212 4211 --yes -o json").run();
    let document = outcome.exits(7).stdout_json();
    outcome.says("task `4212` is not what was shown any more: title was `Grant viewer");
    assert_eq!(results(&document), "4212 refused, 4211 refused");
    let statement = &document["results"][0]["statement"];
    assert_eq!(statement["title"], world.api().kept("4212")["title"]);
    assert_eq!(world.api().asked("/authorize"), 0);
    world.api().saw_no_approval();
}

#[test]
fn one_of_several_that_changed_with_its_approval_ends_the_run() {
    let world = World::with(&["task_changes=title", "task_changes_at=3"]);
    let outcome = world.stepup("approve 4212 4211 --yes").exits(5);
    outcome
        .prints("approved, but changed: task 4212")
        .prints("4211     incomplete: not tried")
        .says("stopped, because something could not be trusted: 1 of 2 approved: 4212");
    world.api().saw_one_approval("4212");
}

#[test]
fn a_list_on_stdin_is_a_list_whatever_its_length() {
    let world = World::new();
    for (task, code, outcome) in [("4212", 0, "approved"), ("4215", 7, "refused")] {
        let run = world.stepup("approve --stdin --yes -o json").stdin(task);
        let document = run.exits(code).stdout_json();
        assert_eq!(document["schema"], "stepup.results/1");
        assert_eq!(results(&document), format!("{task} {outcome}"));
    }
    let run = world.stepup("approve --stdin --dry-run -o json");
    let document = run.stdin("4211\n").exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.dry-runs/1");
    assert_eq!(document["approvable"][0]["statement"]["action"], "approve");
}

#[test]
fn a_dry_run_of_several_says_which_could_not_be_approved_and_ends_as_the_approvals_would() {
    let world = World::new();
    for (tasks, code, refused) in [
        ("4211 4212", 0, ""),
        ("4214 4212 -m why", 0, ""),
        ("4214 4212", 9, "4214 refused"),
        ("4212 4215 9999", 9, "4215 refused, 9999 refused"),
        ("4215 4216", 7, "4215 refused, 4216 refused"),
    ] {
        let run = world.stepup(&format!("approve {tasks} --dry-run -o json"));
        let mut document = run.exits(code).stdout_json();
        assert_eq!(document["schema"], "stepup.dry-runs/1");
        document["results"] = document["not_approvable"].take();
        assert_eq!(results(&document), refused);
    }
    world.api().saw_no_approval();
}

#[test]
fn a_dry_run_of_several_says_of_each_what_its_own_says() {
    let world = World::new();
    let dry_run = |tasks: &str| {
        let run = world.stepup(&format!("approve {tasks} --dry-run -o json"));
        run.run().stdout_json()
    };
    let alone = [dry_run("4211"), dry_run("4212")];
    assert_eq!(dry_run("4211 4212")["approvable"], serde_json::json!(alone));

    world.approve("4213").run_with("key").exits(0);
    let edit = "provider edit sandbox --acr-value gold";
    world.stepup(edit).exits(0);
    let refused = dry_run("4211")["error"].clone();
    let several = dry_run("4211 4212");
    assert_eq!(several["approvable"], serde_json::json!([alone[1]]));
    for member in ["kind", "message", "hints"] {
        assert_eq!(
            several["not_approvable"][0]["error"][member],
            refused[member]
        );
    }
    world
        .stepup("approve 4211 4212 --dry-run")
        .exits(9)
        .says("requires acr `phr`, which the provider entry `sandbox` does not list");
}

#[test]
fn a_dry_run_of_several_says_which_of_them_require_a_comment() {
    let world = World::new();
    let line = format!(
        "stty cols 200; exec {} approve 4214 4212 --dry-run",
        shell_words::quote(BIN)
    );
    let outcome = world.shell_on_a_terminal(&line).run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let said = &outcome.stdout;
    assert_eq!(said.matches("and a comment").count(), 2, "{said}");
    assert!(
        said.contains("2 of 2 tasks can be approved by you"),
        "{said}"
    );
    world.api().saw_no_approval();
}

/// An answer to the question for all of them is given in the knowledge of what each will ask for.
#[test]
fn that_a_task_requires_a_comment_is_said_before_the_question() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4214 4212").start();
    running.prints("approve 2 of 2 tasks?");
    let shown = running.said_so_far();
    assert_eq!(shown.matches("requires:").count(), 1, "{shown}");
    assert_eq!(shown.matches("a comment").count(), 1, "{shown}");
    running.types("n\r");
    running.ends(6);

    let mut running = world.on_a_terminal("approve 4214 4212 -m why").start();
    running.prints("approve 2 of 2 tasks?");
    assert!(!running.said_so_far().contains("a comment"));
    running.types("n\r");
    running.ends(6);
    world.api().saw_no_approval();
}

#[test]
fn a_refusal_that_was_told_before_the_question_is_not_told_again() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4212 4215 9999").start();
    running.prints("approve 4212 (1 of 3 tasks)?");
    running.types("y\r");
    running.prints("1 of 3 approved: 4212");
    let outcome = running.ends(9);
    for once in ["is not yours to approve", "9999 is not possible"] {
        assert_eq!(outcome.stdout.matches(once).count(), 1, "{outcome}");
    }
    world.api().saw_one_approval("4212");
}

#[test]
fn a_refusal_is_told_to_whoever_wanted_nothing_else() {
    let world = World::new();
    let running = world
        .on_a_terminal("approve 4215 9999 --yes --quiet")
        .start();
    running.prints("9999");
    let outcome = running.ends(7);
    assert!(outcome.stdout.contains("task 4215 refused:"), "{outcome}");
}

#[test]
fn each_step_up_of_several_says_what_was_verified() {
    let world = World::new();
    let outcome = world.stepup("approve 4211 4213 --yes").run_with("key");
    outcome.exits(0);
    assert_eq!(outcome.stderr.matches("  verified: ").count(), 2);
}

/// The API has a name for the provider, and the configuration another.
#[test]
fn a_provider_with_two_names_is_seen_to_be_one() {
    let world = World::new();
    for _ in ["not known yet whose sign-in it is", "known"] {
        let run = world.on_a_terminal("approve 4211 --no-browser");
        let mut running = run.env("NO_COLOR", "1").start();
        running.prints("approve task 4211 with step-up at Sandbox, phishing-resistant");
        running.types("y\r");
        running.prints("q quit");
        let shown = running.said_so_far();
        let both = "sign in at: Sandbox, phishing-resistant (127.0.0.1, provider entry sandbox)";
        assert!(shown.contains(both), "{shown}");
        running.types("q");
        let _ = running.end();
    }
}

/// Whoever signed in with too little can sign in again.
#[test]
fn the_command_for_the_rest_has_those_that_may_be_tried_again() {
    let world = World::new();
    let mut running = world
        .on_a_terminal("approve 4213 4212 4215 4211 --yes --no-browser")
        .start();
    let start = running.start_url_on_terminal();
    world.sign_in(&start, "password");
    running.prints("4 of 4: task 4211");
    running.types("\u{3}");
    let outcome = running.ends(130);
    let said = outcome.stdout.split_whitespace().collect::<Vec<_>>();
    let said = said.join(" ");
    assert!(
        said.contains("before that 1 of 4 approved: 4212"),
        "{outcome}"
    );
    assert!(said.contains("`stepup approve 4213 4211`"), "{outcome}");
    world.api().saw_one_approval("4212");
}
