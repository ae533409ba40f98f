//! What is printed: help, documents; and what never is.

use std::path::PathBuf;

use serde_json::Value;

use crate::process::{BIN, Outcome, Run};
use crate::world::{World, read_json};

fn alone(words: &str) -> Run {
    Run::of(BIN, &std::env::temp_dir()).args(words)
}

/// Compares with a file of the repository, or writes it with `UPDATE_SNAPSHOTS=1`.
#[track_caller]
fn is_current(path: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let mut lines = kept.lines().zip(text.lines()).enumerate();
    assert!(
        kept == text,
        "{} is not current, first in {:?}: if that is as it should be, run with UPDATE_SNAPSHOTS=1",
        path.display(),
        lines.find(|(_, (old, new))| old != new)
    );
}

#[test]
fn help_is_as_it_was_last_read() {
    for (name, words) in [
        ("help", "--help"),
        ("approve", "approve --help"),
        ("task", "task --help"),
        ("deny", "deny --help"),
        ("task-list", "task list --help"),
        ("receipt", "receipt --help"),
        ("request", "request --help"),
        ("login", "login --help"),
        ("demo", "demo --help"),
    ] {
        let outcome = alone(words).run();
        is_current(
            &format!("tests/e2e/output/snapshots/{name}.txt"),
            &outcome.exits(0).stdout,
        );
        assert_eq!(outcome.stderr, "");
    }
}

#[test]
fn the_pages_about_providers_are_what_the_presets_say() {
    let known = alone("provider presets -o json").run().stdout_json();
    let known = known["presets"].as_array().unwrap();
    let mut pages = std::collections::BTreeSet::new();
    for preset in known.iter().map(|preset| preset["name"].as_str().unwrap()) {
        let page = format!("{}.md", preset.split('-').next().unwrap());
        let outcome = alone("provider presets --page").arg(preset).run();
        is_current(
            &format!("docs/guide/providers/{page}"),
            &outcome.exits(0).stdout,
        );
        pages.insert(page);
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/guide/providers");
    let kept = std::fs::read_dir(folder).unwrap();
    let kept = kept.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(kept.collect::<std::collections::BTreeSet<_>>(), pages);
    let readme = include_str!("../../../README.md");
    let unnamed = |page: &&String| !readme.contains(&format!("(docs/guide/providers/{page})"));
    assert_eq!(pages.iter().find(unnamed), None, "README's table");
}

#[test]
fn the_version_is_that_of_the_package() {
    let outcome = alone("--version").run();
    assert_eq!(
        outcome.exits(0).stdout,
        concat!("stepup ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_mistake_on_the_command_line_is_a_document_too() {
    for words in [
        "approve -o json",
        "approve 1 --json --nonsense",
        "approve 1 --output=json --timeout soon",
        "aprove -ojson",
    ] {
        let outcome = alone(words).run();
        let document = outcome.exits(2).stdout_json();
        assert_eq!(document["error"]["kind"], "usage", "{outcome}");
        assert!(!document["error"]["message"].as_str().unwrap().is_empty());
        assert!(!document["error"]["hints"].as_array().unwrap().is_empty());
    }
    alone("whoamy").exits(2).says("whoami");
}

#[test]
fn every_command_prints_one_document() {
    let world = World::new();
    for (words, schema) in [
        ("whoami", "stepup.whoami/1"),
        ("task list", "stepup.tasks/1"),
        ("task show 4211", "stepup.task/1"),
        ("config path", "stepup.config-path/1"),
        ("config list", "stepup.settings/1"),
        ("config get api_url", "stepup.setting/1"),
        ("config set ceremony auto", "stepup.setting-change/1"),
        ("approve 4211 --dry-run", "stepup.dry-run/1"),
        ("approve 4212 --yes", "stepup.receipt/2"),
        ("receipt list", "stepup.receipts/1"),
        ("receipt show", "stepup.receipt-entry/1"),
        ("receipt verify", "stepup.receipt-check/1"),
        ("comment 4211 hello", "stepup.comment/1"),
        ("deny 4211 --yes", "stepup.denial/1"),
        ("logout", "stepup.logout/1"),
    ] {
        let outcome = world.stepup(words).arg("--json").run();
        assert_eq!(outcome.exits(0).stdout_json()["schema"], schema);
        assert_eq!(outcome.stdout.lines().count(), 1, "{outcome}");
    }
}

#[test]
fn yaml_says_what_json_says() {
    let world = World::new();
    let outcome = world.stepup("task list -o yaml").run();
    let text = outcome.exits(0).stdout.as_str();
    assert!(
        text.starts_with("---\nschema: \"stepup.tasks/1\"\ntasks:\n  - "),
        "{text}"
    );
    let outcome = world.approve("4212").args("-o yaml").run();
    let text = outcome.exits(0).stdout.as_str();
    assert!(text.contains("\noutcome: \"approved\"\n"), "{text}");
    world.api().saw_one_approval("4212");
    let outcome = world.stepup("task show 9999 -o yaml").run();
    let text = outcome.exits(7).stdout.as_str();
    assert!(
        text.starts_with("---\nerror:\n  code: 7\n  hints:\n"),
        "{text}"
    );
    let outcome = alone("aprove -oyaml").run();
    let text = outcome.exits(2).stdout.as_str();
    assert!(text.contains("\n  kind: \"usage\"\n"), "{text}");
}

#[test]
fn quiet_leaves_the_address_the_warnings_and_the_errors() {
    let world = World::new();
    let outcome = world.approve("4211").args("-q").run_with("password");
    outcome
        .exits(3)
        .says("/start/")
        .says("needed `phr`")
        .does_not_say("duration:")
        .does_not_say("waiting for you");
    world.api().saw_no_approval();
}

/// Nor does a variable hide what is consented to.
#[test]
fn quiet_hides_nothing_that_is_asked_about() {
    for (words, facts, question) in [
        ("approve 4212", "  app: Grafana", "approve task 4212?"),
        (
            "approve 4212 4216",
            "  app: Grafana",
            "approve 4212 (1 of 2 tasks)?",
        ),
        ("deny 4212", "  app: Grafana", "deny task 4212?"),
        (
            "provider remote delete \"Sandbox, two factors\"",
            "  requires: acr",
            "delete it?",
        ),
    ] {
        for quiet in ["-q", ""] {
            let world = World::new();
            let run = world.on_a_terminal(&format!("{words} {quiet} --color never"));
            let run = match quiet {
                "" => run.env("STEPUP_QUIET", "1"),
                _ => run,
            };
            let mut running = run.start();
            running.prints(facts);
            running.prints(question);
            running.types("n\r");
            running.ends(6);
            world.api().saw_no_decision();
        }
    }
}

#[test]
fn verbose_names_the_exchanges_and_says_nothing_twice() {
    let world = World::with(&["discovery=html"]);
    let outcome = world.approve("4211").args("-v").run_with("key");
    outcome
        .exits(1)
        .says("/.well-known/openid-configuration -> 200 in")
        .does_not_say("stepup: cause: ");
    world.api().saw_no_approval();
}

#[test]
fn an_approval_that_nobody_listens_to_goes_on_and_has_its_receipt() {
    for words in ["", "-v", "-v -o json"] {
        let world = World::new();
        let outcome = world.approve("4212").args(words).with_closed_stderr().run();
        outcome.exits(0).prints("4212");
        world.api().saw_one_approval("4212");
    }
}

#[test]
fn an_approval_whose_receipt_nobody_reads_says_so() {
    for words in ["", "-o json"] {
        let world = World::new();
        let outcome = world.approve("4212").args(words).with_closed_stdout().run();
        outcome
            .exits(1)
            .says("the task is approved, but it could not be written to stdout");
        world.api().saw_one_approval("4212");
    }
}

#[test]
fn a_list_whose_reader_has_seen_enough_is_no_error() {
    let world = World::with(&["extra_tasks=60"]);
    for words in ["task list", "task list -o json", "task show 4211"] {
        let outcome = world.stepup(words).with_closed_stdout().exits(0);
        assert_eq!(outcome.stderr, "", "{outcome}");
    }
}

#[test]
fn a_refusal_that_nobody_reads_is_a_refusal() {
    let world = World::new();
    world
        .approve("4215")
        .args("-o json")
        .with_closed_stdout()
        .exits(7);
    world.api().saw_no_approval();
}

const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}root\u{200b}\r\nsecond\tline\u{7f}";

/// A world whose tasks have names that would like to talk to a terminal.
fn hostile_world() -> World {
    world_of_names(HOSTILE)
}

/// A world in which whatever somebody names is called so.
fn world_of_names(name: &str) -> World {
    let world = World::new();
    let mut state = read_json(&world.path("state.json"));
    for task in state["tasks"].as_array_mut().unwrap() {
        for member in ["title", "reason", "entitlement", "app"] {
            task[member] = name.into();
        }
    }
    for person in ["approver", "requester", "other"] {
        state["people"][person]["name"] = name.into();
    }
    for provider in state["providers"].as_array_mut().unwrap() {
        provider["name"] = name.into();
        provider["enabled"] = false.into();
    }
    for policy in state["policies"].as_array_mut().unwrap() {
        policy["body"]["displayName"] = name.into();
    }
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), state.to_string()).unwrap();
    World::at(home, &[])
}

/// A tab is ours: it separates the columns of a list in a pipe.
fn dangerous(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{200b}'
                | '\u{202e}'
                | '\u{2066}'
                | '\u{9b}'
                | '\u{ad}'
                | '\u{3164}'
                | '\u{2800}'
                | '\u{fe0f}'
                | '\u{e0041}'
        )
}

/// Numbers too, which were once printed as they came, and wherever else the API's words turn up.
#[test]
fn no_member_of_the_api_talks_to_the_terminal() {
    for kind in [
        "hostile_text=osc52",
        "hostile_text=csi",
        "hostile_text=c1",
        "hostile_text=bidi",
        "hostile_text=invisible",
    ] {
        let world = World::with(&[kind, "effect_delay_ms=1"]);
        let id = |number: &str| world.api().id(number);
        for words in [
            "task list".to_owned(),
            format!("task show {} --audit", id("4211")),
            format!("approve {} --dry-run", id("4211")),
            format!("approve {} {} --dry-run", id("4211"), id("4216")),
            format!("approve {} --yes -v", id("4215")),
            format!("approve {} {} --yes", id("4215"), id("4216")),
            format!("approve {} --yes --wait=2s", id("4212")),
            format!("comment {} hello", id("4211")),
            format!("deny {} --yes", id("4211")),
            "approve 999999 --yes".to_owned(),
            "policy list".to_owned(),
            "provider remote list".to_owned(),
            "receipt show".to_owned(),
        ] {
            let outcome = world.stepup(&words).run();
            for text in [&outcome.stdout, &outcome.stderr] {
                assert!(!text.contains(dangerous), "{kind} {outcome}");
            }
        }
        world.api().saw_one_approval("4212");
    }
}

/// The command line may hold somebody else's text as well, put there by a script.
#[test]
fn a_mistake_on_the_command_line_does_not_talk_to_the_terminal() {
    let world = World::new();
    let line = "\"$BIN\" approve \"$(printf '4211\\033]52;c;eA==\\007\\302\\2332J')\"";
    let run = world.shell_on_a_terminal(line).env("BIN", BIN);
    let outcome = run.start().end();
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert!(outcome.stdout.contains("not a task ID"), "{outcome}");
    for raw in ["\u{1b}]52", "\u{7}", "\u{9b}"] {
        assert!(!outcome.stdout.contains(raw), "{outcome}");
    }
}

#[test]
fn nothing_from_outside_talks_to_the_terminal() {
    let world = hostile_world();
    for words in [
        "task list",
        "task show 4211 --audit",
        "whoami",
        "approve 4211 --dry-run",
        "approve 4212 --yes",
        "approve 4216 --yes",
        "receipt list",
        "receipt show",
        "receipt verify",
        "comment 4211 hello",
        "deny 4211 --yes",
    ] {
        let outcome = world.stepup(words).run();
        for text in [&outcome.stdout, &outcome.stderr] {
            assert!(!text.contains(dangerous), "{outcome}");
        }
        // A line feed from outside does not begin a line, nor a tab from outside a column.
        if words == "task list" {
            let columns = |line: &str| line.matches('\t').count();
            assert!(
                outcome.stdout.lines().all(|line| columns(line) == 4),
                "{outcome}"
            );
        }
        let forged = |line: &str| line.starts_with("second");
        assert!(!outcome.stdout.lines().any(forged), "{outcome}");
        assert!(!outcome.stderr.lines().any(forged), "{outcome}");
    }
}

/// Signs in, and administers what is called so.
fn names_shown(name: &str) -> Vec<Outcome> {
    let world = world_of_names(name);
    let kept = |list: &str| read_json(&world.path("state.json"))[list][0]["id"].clone();
    let [policy, provider] = ["policies", "providers"].map(kept);
    let id = |id: &Value| id.as_str().unwrap().to_owned();
    let (policy, provider) = (id(&policy), id(&provider));
    let token = world.credential() + "\n";
    let login = world.stepup("login --token-stdin").stdin(&token).run();
    let words = [
        "whoami".to_owned(),
        "policy show Nope".to_owned(),
        format!("policy show {policy}"),
        format!("policy require-step-up {policy} --provider {provider} --yes"),
        format!("policy create New --manager --provider {provider} --yes"),
        "provider remote show Nope".to_owned(),
        format!("provider remote show {provider}"),
        format!("provider remote enable {provider} --yes"),
        format!("provider remote delete {provider} --yes"),
    ];
    let run = |words: &String| world.stepup(words).run();
    std::iter::once(login)
        .chain(words.iter().map(run))
        .collect()
}

#[test]
fn no_name_becomes_a_line_of_ours() {
    for outcome in names_shown(HOSTILE) {
        for text in [&outcome.stdout, &outcome.stderr] {
            assert!(!text.contains(dangerous), "{outcome}");
            let forged = |line: &str| line.starts_with("second");
            assert!(!text.lines().any(forged), "{outcome}");
        }
    }
}

#[test]
fn no_name_takes_the_room_of_what_is_said_of_it() {
    let long = format!("long{}", " padded".repeat(10_000));
    let outcomes = names_shown(&long);
    for outcome in &outcomes {
        let said = outcome.stdout.len() + outcome.stderr.len();
        assert!(said < 8000, "{said}: {outcome}");
    }
    let said = |words: &str| outcomes.iter().any(|one| one.stderr.contains(words));
    assert!(said("is not enabled: nobody could approve"));
    assert!(said("requires it: "));
}

#[test]
fn a_document_keeps_what_came_from_outside_and_escapes_it() {
    let world = hostile_world();
    for words in [
        "task list",
        "task show 4211",
        "approve 4212 --yes",
        "whoami",
    ] {
        let outcome = world.stepup(words).args("-o json").exits(0);
        outcome.stdout_json();
        assert!(!outcome.stdout.contains(dangerous), "{outcome}");
    }
    let document = world.stepup("task show 4211 -o json").run().stdout_json();
    assert_eq!(document["task"]["title"], HOSTILE);
}

#[test]
fn what_a_provider_says_about_an_error_does_not_talk_to_the_terminal() {
    let world = World::with(&[
        "authorize_error=access_denied\u{1b}[31m",
        "authorize_error_description=come \u{1b}]8;;http://evil.example\u{7}here\u{1b}[0m\nstepup: hint: do it",
    ]);
    let outcome = world.approve("4211").args("-o json").run_with("key");
    let document = outcome.stdout_json();
    assert_ne!(document["error"], Value::Null);
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(!text.contains(dangerous), "{outcome}");
    }
    outcome.says("here");
    let forged = |line: &str| line.starts_with("stepup: hint: do it");
    assert!(!outcome.stderr.lines().any(forged), "{outcome}");
    world.api().saw_no_approval();
}

#[test]
fn a_pipe_has_no_colour_and_a_wish_for_it_is_granted() {
    let world = World::new();
    let plain = world.approve("4212").run();
    assert!(!plain.exits(0).stdout.contains('\u{1b}'));
    let coloured = world.stepup("approve 4215 --yes --color always").run();
    coloured.says("\u{1b}[");
    assert_eq!(coloured.code, Some(7));
    world.api().saw_one_approval("4212");
}

#[test]
fn a_terminal_has_colour_unless_no_color_is_set() {
    let world = World::new();
    let shown = |run: Run| run.run().stdout;
    assert!(shown(world.on_a_terminal("approve 4215 --yes")).contains("\u{1b}["));
    for (name, value) in [
        ("NO_COLOR", "1"),
        ("TERM", "dumb"),
        ("STEPUP_COLOR", "never"),
    ] {
        let text = shown(world.on_a_terminal("approve 4215 --yes").env(name, value));
        assert!(text.contains("not yours"), "{text}");
        assert!(!text.contains('\u{1b}'), "{name}: {text}");
    }
    world.api().saw_no_approval();
}

#[test]
fn a_task_is_described_before_it_is_decided() {
    let world = World::new();
    let outcome = world.stepup("task show 4214").exits(0);
    outcome
        .prints("Grant owner on GitHub to Ada Novak")
        .prints("yours to approve, with step-up authentication, with a comment")
        .prints("step 1, now:")
        .prints("duration:     8h")
        .prints("/task/4214");
    let outcome = world.stepup("task show 4216").exits(0);
    outcome
        .prints("none, it is closed")
        .prints("step 1:       approved by Mira Chen");
}
