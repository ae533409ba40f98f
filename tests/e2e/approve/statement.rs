//! What was shown is what is approved: a task that changes while somebody decides on it.

use crate::backchannel::ceremony;
use crate::world::World;

/// What the API can change, and what is said of it.
const CHANGES: [(&str, &str); 8] = rows! {
    "task_changes=title", "title was `Grant prod-admin on AWS to Ada Novak`, is `Grant owner on Payroll`";
    "task_changes=reason", "reason was `on-call rotation, INC-88`, is `nothing in particular`";
    "task_changes=duration", "duration was `8h`, is `no end is set`";
    "task_changes=entitlement", "entitlement was `";
    "task_changes=account", "account was `";
    "task_changes=emergency", "emergency access was `false`, is `true`";
    "task_changes=subject", "user was `";
    "task_changes=requester", "requester was `";
};

fn changing(what: &str, more: &[&str]) -> World {
    World::with(&[&[what], more].concat())
}

#[test]
fn a_task_that_changes_while_the_person_signs_in_is_not_approved() {
    for (what, words) in CHANGES {
        let world = changing(what, &[]);
        let outcome = world.approve("4211").signing_in_with("key").exits(7);
        outcome
            .says("task `4211` is not what was shown any more: ")
            .says(words)
            .hints("nothing was submitted; look at it with `stepup task show 4211`");
        world.api().saw_no_approval();
    }
}

#[test]
fn a_task_that_changes_during_a_hosted_ceremony_is_not_approved() {
    for (what, words) in CHANGES {
        let world = changing(what, &["ceremony=hosted"]);
        let outcome = world.approve("4211").signing_in_with("key").exits(7);
        outcome.says("is not what was shown any more").says(words);
        world.api().saw_no_approval();
    }
}

#[test]
fn a_task_that_changes_while_a_telephone_is_asked_is_not_approved() {
    let world = ceremony::world(&["task_changes=title"]);
    let outcome = ceremony::approved(&world, "key");
    outcome
        .exits(7)
        .says("title was `Grant prod-admin on AWS to Ada Novak`");
    world.api().saw_no_approval();
}

/// Two values that cannot be read are two values.
#[test]
fn a_duration_that_cannot_be_read_is_shown_and_compared_by_its_words() {
    let world = changing("task_changes=odd-duration", &["task_changes_at=1"]);
    let outcome = world.approve("4211").signing_in_with("key").exits(7);
    outcome
        .says("  duration: unreadable: -1s")
        .says("duration was `unreadable: -1s`, is `unreadable: -2s`");
    world.api().saw_no_approval();
}

#[test]
fn an_unknown_type_is_shown_as_one() {
    let world = changing("task_changes=unknown-type", &["task_changes_at=1"]);
    for words in ["approve 4212 --yes --dry-run", "deny 4212"] {
        let outcome = world.stepup(words).run();
        outcome.says("  type: unknown (future)");
    }
    world.api().saw_no_decision();
    let show = world.stepup("task show 4212").exits(0);
    show.prints("type:         unknown (future)");
}

#[test]
fn a_task_of_two_types_is_neither_approved_nor_denied() {
    let world = changing("task_changes=two-types", &["task_changes_at=1"]);
    for (words, code) in [
        ("approve 4211 --yes", 1),
        ("approve 4212 --yes", 1),
        ("approve 4211 4212 --yes", 1),
        ("deny 4212 --yes -m no", 1),
    ] {
        let outcome = world.stepup(words).exits(code);
        outcome
            .says("the API contradicts itself: the type of task `421")
            .says("is contradictory (grant, revoke)");
    }
    world.api().saw_no_decision();
    let world = changing("task_changes=two-types", &[]);
    let outcome = world.approve("4211").signing_in_with("key").exits(7);
    outcome.says("type was `grant`, is `grant, revoke`");
    world.api().saw_no_approval();
}

#[test]
fn a_task_that_cannot_be_read_again_is_not_approved() {
    for switches in [&[][..], &["ceremony=hosted"]] {
        let world = changing("task_changes=500", switches);
        let outcome = world.approve("4211").signing_in_with("key").exits(1);
        outcome.says("the task could not be read again, to see whether it still is what was shown");
        world.api().saw_no_approval();
    }
}

#[test]
fn a_task_that_changed_with_the_approval_is_told_as_what_it_is() {
    // Read 1 is shown, read 2 is beside the token, read 3 is after the approval.
    let world = changing("task_changes=duration", &["task_changes_at=3"]);
    let outcome = world.approve("4211").args("-o json").run_with("key");
    let receipt = outcome.exits(5).stdout_json();
    outcome
        .says("task `4211` is approved, and it is not what was shown: duration was `8h`, is `no end is set`")
        .hints("the approval is in");
    assert_eq!(receipt["outcome"], "approved-but-changed");
    assert_eq!(receipt["statement"]["duration"]["seconds"], 28_800);
    assert_eq!(receipt["statement_after"]["duration"], "no-end");
    world.api().saw_one_approval("4211");
    let kept = world.stepup("receipt show -o json").exits(0).stdout_json();
    assert_eq!(kept["receipt"], receipt);
    let shown = world.stepup("receipt show").exits(0);
    shown.prints("1: approved, but changed: task 4211");
}

#[test]
fn the_same_of_a_plain_approval() {
    let world = changing("task_changes=title", &[]);
    world.approve("4212").exits(5)
        .prints("approved, but changed: task 4212: Grant viewer on Grafana")
        .prints("  changed:  title was `Grant viewer on Grafana to Ada Novak`, is `Grant owner on Payroll`");
    world.api().saw_one_approval("4212");
}

/// What cannot be read again after the approval is told as that, and not as an effect that is late.
#[test]
fn a_task_that_cannot_be_read_after_the_decision_is_told_as_that() {
    for (command, what) in [
        ("approve 4212 --yes", "approval"),
        ("deny 4212 --yes -m no", "denial"),
    ] {
        let world = changing("task_changes=500", &[]);
        let outcome = world.stepup(command).exits(8);
        outcome.says(&format!(
            "the API accepted the {what}, but the task could not be read again: "
        ));
        assert!(!outcome.stderr.contains("does not show it"), "{outcome}");
        assert!(
            outcome
                .stdout
                .contains("(the task could not be read again)"),
            "{outcome}"
        );
    }
}

#[test]
fn another_task_after_the_decision_is_untrusted() {
    for (command, what) in [
        ("approve 4212 --yes", "approval"),
        ("deny 4212 --yes -m no", "denial"),
    ] {
        let world = changing("task_changes=other-task", &[]);
        let outcome = world.stepup(command).exits(5);
        outcome
            .says(&format!(
                "the API accepted the {what}, and answers with another task now: "
            ))
            .hints(&format!("the {what} is in"));
        assert!(outcome.stdout.contains("accepted the"), "{outcome}");
    }
    // With a ceremony, read 2 is beside the token; of several, the run ends.
    let world = changing("task_changes=other-task", &["task_changes_at=3"]);
    let outcome = world.approve("4211").signing_in_with("key").exits(5);
    outcome.says("the API accepted the approval, and answers with another task");
    world.api().saw_one_approval("4211");
    let world = changing("task_changes=other-task", &["task_changes_at=3"]);
    let outcome = world.stepup("approve 4212 4213 --yes").exits(5);
    outcome
        .prints("4213     incomplete: not tried")
        .says("stopped, because something could not be trusted: ");
    world.api().saw_one_approval("4212");
}

#[test]
fn a_plain_task_that_changes_while_the_person_thinks_is_not_approved() {
    let world = changing("task_changes=title", &[]);
    let mut running = world.on_a_terminal("approve 4212").start();
    running.prints("approve task 4212");
    running.types("y\r");
    running.prints("is not what was shown any more");
    assert_eq!(running.end().code, Some(7));
    world.api().saw_no_approval();
}

#[test]
fn a_task_that_changes_while_the_person_thinks_is_not_denied_or_handed_on() {
    for (words, question) in rows! {
        "deny 4212", "deny task 4212";
        "task reassign 4212 --to noor.haddad@sandbox.example", "reassign task 4212";
        "task escalate 4212", "escalate task 4212";
        "approve 4212 --duration 1h", "shorten it to 1h?";
    } {
        let world = changing("task_changes=title", &[]);
        let mut running = world.on_a_terminal(words).start();
        running.prints(question);
        running.types("y\r");
        running.prints("is not what was shown any more");
        assert_eq!(running.end().code, Some(7), "{words}");
        world.api().saw_no_decision();
        let log = world.api().log();
        let sent = log.iter().find(|line| line.path.contains("/action/"));
        assert!(sent.is_none(), "{words}: {sent:?}");
    }
}

#[test]
fn what_changes_by_itself_is_nothing_to_stop_at() {
    let world = changing("task_changes=comments", &[]);
    let run = world.approve("4211").args("-o json");
    let receipt = run.run_with("key").exits(0).stdout_json();
    assert_eq!(receipt["outcome"], "approved");
    assert!(receipt.get("statement_after").is_none());
    let kept = world.api().kept("4211");
    let statement = &receipt["statement"];
    assert_eq!(statement["schema"], "stepup.statement/1");
    assert_eq!(statement["api"], world.api_url());
    assert_eq!(statement["action"], "approve");
    assert_eq!(statement["title"], kept["title"]);
    assert_eq!(statement["entitlement"]["id"], kept["entitlement_id"]);
    assert_eq!(statement["subject"], kept["requester"]);
    assert_eq!(receipt["context_sha256"].as_str().unwrap().len(), 64);
    world.api().saw_one_approval("4211");
}

#[test]
fn the_task_that_was_asked_for_or_none() {
    let world = changing("task_changes=other-task", &["task_changes_at=1"]);
    let id = world.api().kept("4211")["id"].as_str().unwrap().to_owned();
    for task in ["4211", &id] {
        for words in [
            format!("approve {task} --yes"),
            format!("approve {task} 4213 --yes"),
            format!("approve {task} --dry-run"),
            format!("deny {task} --yes -m no"),
            format!("comment {task} hello"),
            format!("task show {task}"),
        ] {
            let outcome = world.stepup(&words).run();
            let asked = format!("task `{task}` was asked for, and the API answered with task `");
            outcome.exits(5).says(&asked);
        }
    }
    world.api().saw_no_decision();
    let log = world.api().log();
    assert!(
        !log.iter().any(|line| line.path.contains("/action/")),
        "{log:#?}"
    );
}

/// A screen of 24 lines still shows for whom and for how long; the reason is above and marked as a reason.
#[test]
fn a_long_reason_neither_hides_the_facts_nor_imitates_them() {
    let world = changing("task_changes=long", &["task_changes_at=1"]);
    for words in ["approve 4212 --yes --dry-run", "deny 4212"] {
        let outcome = world.stepup(words).run();
        let said = outcome.stderr.as_str();
        let lines: Vec<&str> = said.lines().collect();
        assert!(said.len() < 3000 && lines.len() < 24, "{outcome}");
        assert!(
            lines[0].starts_with("Grant viewer Grant viewer"),
            "{outcome}"
        );
        assert!(lines[0].ends_with("more characters)"), "{outcome}");
        let quoted = lines.iter().filter(|line| line.starts_with("    | "));
        assert_eq!(quoted.count(), 6, "{outcome}");
        let one = |start: &str| {
            let found = lines.iter().filter(|line| line.starts_with(start));
            assert_eq!(found.count(), 1, "{start} {outcome}");
            lines
                .iter()
                .position(|line| line.starts_with(start))
                .unwrap()
        };
        let cut = one("    ... ");
        assert!(lines[cut].contains(" more lines; all of it: `stepup task show 4212`"));
        assert!(
            one("  for: Ada Novak") > cut && one("  duration: 8h") > cut,
            "{outcome}"
        );
        assert!(one("  task: 4212 at 127.0.0.1") > cut, "{outcome}");
    }
    world.api().saw_no_decision();
}

/// What nobody sees neither takes the place of what is shown nor keeps white space apart.
#[test]
fn what_is_not_seen_hides_no_fact() {
    let world = World::with(&["hostile_text=padding"]);
    let id = world.api().id("4212");
    for words in ["approve --yes --dry-run", "deny"] {
        let outcome = world.stepup(&format!("{words} {id}")).run();
        let lines: Vec<&str> = outcome.stderr.lines().collect();
        for (line, wanted) in [
            (0, "Grant viewer on Grafana to Ada Novak"),
            (1, "  reason: reads the dashboards of the checkout team"),
            (4, "  app: Grafana"),
            (5, "  entitlement: viewer"),
            (6, "  account: ada.novak"),
            (7, "  for: Ada Novak <ada.novak@sandbox.example>"),
        ] {
            assert_eq!(lines[line], wanted, "{outcome}");
        }
    }
    world.api().saw_no_decision();
}

#[test]
fn the_question_names_the_step_up_that_the_step_requires() {
    // As the API says it, whether or not it is known whose ceremony it will be; the entry stands in for it.
    let registered = "approve task 4211 with step-up at Sandbox, phishing-resistant (acr phr)?";
    let by_the_entry =
        "with step-up at sandbox (the API does not say how strong; the provider entry asks for";
    for (learned, switches, question) in [
        (false, &[][..], registered),
        (true, &[], registered),
        (true, &["provider=deleted"], by_the_entry),
    ] {
        let world = World::with(switches);
        if learned {
            world.approve("4213").run_with("key").exits(0);
        }
        let before = world.api().log().len();
        let mut running = world.on_columns(200, "approve 4211").start();
        running.prints(question);
        running.types("n\r");
        assert_eq!(running.end().code, Some(6));
        let log = world.api().log().split_off(before);
        assert!(log.iter().all(|line| line.approved.is_none()), "{log:#?}");
    }
}

#[test]
fn a_dry_run_says_what_the_step_requires_and_not_what_the_entry_asks_for() {
    let world = World::new();
    world.approve("4213").run_with("key").exits(0);
    let required = |task: &str| {
        let run = world
            .stepup(&format!("approve {task} --dry-run -o json"))
            .run();
        let document = run.exits(0).stdout_json();
        (document["provider"].clone(), document["values"].clone())
    };
    let (provider, values) = required("4211");
    assert_eq!(provider, "Sandbox, phishing-resistant");
    assert_eq!(values, serde_json::json!(["phr"]));
    let outcome = world.stepup("approve 4211 4212 --dry-run").run();
    outcome
        .exits(0)
        .says("requires: step-up at Sandbox, phishing-resistant (acr phr)");
}

#[test]
fn a_dry_run_refuses_what_the_entry_cannot_answer() {
    let world = World::new();
    world.approve("4213").run_with("key").exits(0);
    world
        .stepup("provider edit sandbox --acr-value gold")
        .exits(0);
    let outcome = world.stepup("approve 4211 --dry-run").run();
    outcome
        .exits(2)
        .says("requires acr `phr`, which the provider entry `sandbox` does not list")
        .hints("`stepup provider edit sandbox --acr-value gold --acr-value phr`");
}

#[test]
fn a_dry_run_of_a_hosted_ceremony_names_the_apis_provider_and_not_the_entry() {
    let world = World::with(&["ceremony=hosted"]);
    for _ in 0..2 {
        let run = world.stepup("approve 4211 --dry-run -o json").run();
        let document = run.exits(0).stdout_json();
        assert_eq!(document["provider"], "Sandbox, phishing-resistant");
        assert_eq!(document["values"], serde_json::json!(["phr"]));
        // The second time it is known whose ceremony it is.
        let first = world.approve("4213").run_with("key");
        drop(first);
    }
}

#[test]
fn a_challenge_that_names_more_than_was_shown_is_asked_about_again() {
    let world = World::with(&["provider=deleted"]);
    let mut running = world.on_a_terminal("approve 4211").start();
    running.prints("approve task 4211 with step-up?");
    running.types("y\r");
    running.prints("the API requires something else than was shown");
    let shown = running.said_so_far();
    assert!(shown.contains("phishing-resistant factor"), "{shown}");
    running.types("n\r");
    assert_eq!(running.end().code, Some(6));
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}
