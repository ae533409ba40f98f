//! The commonest screens on terminals of 40, 80 and 120 columns, without colour, on one that understands nothing but
//! text, and in a pipe: lines fit and break between words, what is cut has a mark, and nothing is lost.

use crate::administration::columns::{fits, words};
use crate::process::{BIN, Run, person, plain};
use crate::world::World;

/// How a screen is looked at: columns, and what the environment says.
const LOOKS: [(u16, Option<(&str, &str)>); 5] = [
    (40, None),
    (80, None),
    (120, None),
    (80, Some(("NO_COLOR", "1"))),
    (40, Some(("TERM", "dumb"))),
];

/// Screens of sentences and fields. All of them say the same everywhere.
const TEXTS: &[&str] = &[
    "whoami",
    "task show 4211",
    "task show 4217",
    "task show 4212 --audit",
    "approve 4211 --dry-run",
    "approve 9999 --yes",
    "approve 4215 --yes",
    "approve 4216 --yes",
    "receipt show",
    "receipt verify --all",
    "provider show sandbox",
    "provider show elsewhere",
    "config set timeout soon",
    "config get timeout",
    "aprove 4211",
    "approve 4211 --timeout soon",
    "man tsak",
    "help exit-codes",
    "receipt show 99",
];

/// Lists. Where there is no room columns go, and texts are cut.
const LISTS: &[&str] = &[
    "task list --all --state all",
    "task list --step-up",
    "receipt list",
    "provider list",
    "provider presets",
    "config list --origin",
];

/// What is left on a terminal that is looked at so.
fn seen(world: &World, columns: u16, env: Option<(&str, &str)>, words: &str) -> String {
    let mut run = world.on_columns(columns, words);
    if let Some((name, value)) = env {
        run = run.env(name, value);
    }
    let outcome = run.run();
    if env.is_some() {
        assert!(!outcome.stdout.contains("\u{1b}["), "{outcome}");
    }
    plain(&outcome.left_on_the_terminal())
}

/// Who reads a document reads it in lines; what reads it from a pipe gets one line, and so does each of several.
#[test]
fn a_document_on_a_terminal_is_in_lines() {
    let world = World::new();
    let whoami = world.stepup("whoami -o json").exits(0);
    assert_eq!(whoami.stdout.lines().count(), 1, "{whoami}");
    let pretty = seen(&world, 120, None, "whoami -o json");
    assert!(
        pretty.contains("{\n  \"schema\": ") || pretty.contains("{\n  \"api\""),
        "{pretty}"
    );
    let read: serde_json::Value = serde_json::from_str(&pretty).unwrap();
    assert_eq!(read, whoami.stdout_json());
    let error = seen(&world, 120, None, "task show 9999 -o json 2>/dev/null");
    assert!(
        error.starts_with("{\n  \"schema\": \"stepup.error/1\",\n"),
        "{error}"
    );
}

/// A world in which something was approved.
fn used() -> World {
    let world = World::new();
    world.approve("4212").run().exits(0);
    world
}

/// The words, in no order: where both streams are one terminal, they meet.
fn sorted(text: &str) -> Vec<String> {
    // An age may be another a moment later, and each request has an id of its own.
    let stays = |word: &&str| !word.contains(|c: char| c.is_ascii_digit());
    let mut words = text.split_whitespace().collect::<Vec<_>>();
    while let Some(at) = words.iter().position(|word| *word == "(request-id:") {
        words.drain(at..(at + 2).min(words.len()));
    }
    let mut words: Vec<String> = words.into_iter().filter(stays).map(str::to_owned).collect();
    words.sort();
    words
}

#[test]
fn every_text_fits_and_says_what_a_pipe_gets() {
    let world = used();
    for text in TEXTS {
        let piped = world.stepup(text).run();
        let whole = sorted(&(piped.stderr + &piped.stdout));
        for (columns, env) in LOOKS {
            let seen = seen(&world, columns, env, text);
            fits(&seen, columns.into());
            assert_eq!(sorted(&seen), whole, "{columns} {env:?} {text}:\n{seen}");
        }
    }
    world.api().saw_one_approval("4212");
}

#[test]
fn every_list_fits_and_marks_what_is_cut() {
    let world = used();
    for list in LISTS {
        let piped = world.stepup(list).run().stdout;
        for (columns, env) in LOOKS {
            let seen = seen(&world, columns, env, list);
            let rows = seen.lines().skip(1);
            assert!(
                seen.lines()
                    .all(|line| line.chars().count() <= columns.into()),
                "{seen}"
            );
            assert_eq!(rows.clone().count(), piped.lines().count(), "{seen}");
            for (row, piped) in rows.zip(piped.lines()) {
                let first = piped.split('\t').next().unwrap();
                assert!(row.starts_with(first), "{first}: {seen}");
                // What stands before a mark, from the last gap between two columns on, is the beginning of a field.
                let cut = row.split('…').rev().skip(1);
                for kept in cut.map(|before| before.rsplit("  ").next().unwrap()) {
                    let whole = piped.split('\t').any(|field| field.starts_with(kept));
                    assert!(whole, "{kept}: {piped}\n{seen}");
                }
            }
        }
    }
}

/// Wide enough for all: nothing is cut.
#[test]
fn nothing_is_cut_where_there_is_room() {
    let world = used();
    for list in LISTS {
        let seen = seen(&world, 120, None, list);
        assert!(!seen.contains('…'), "{seen}");
    }
}

#[test]
fn a_question_breaks_between_words_and_is_asked_once() {
    let world = World::new();
    let question = "approve task 4211 with step-up at Sandbox, phishing-resistant (acr phr)?";
    for (columns, env) in LOOKS {
        let mut run = world.on_columns(columns, "approve 4211");
        if let Some((name, value)) = env {
            run = run.env(name, value);
        }
        let mut running = run.start();
        running.prints("[y/N]");
        running.types("n\n");
        let seen = plain(&running.ends(6).left_on_the_terminal());
        fits(&seen, columns.into());
        let asked = words(&seen);
        assert_eq!(asked.matches("approve task 4211").count(), 1, "{seen}");
        assert!(asked.contains(question), "{seen}");
    }
    world.api().saw_no_approval();
}

/// Of a question in several rows all of them come again after what is no answer.
#[test]
fn a_question_that_is_asked_again_is_whole() {
    let world = World::new();
    let mut running = world.on_columns(40, "approve 4211").start();
    running.prints("[y/N]");
    running.types("maybe\r");
    running.stdout(|shown| {
        let (_, again) = shown.split_once("then Enter")?;
        again.contains("[y/N]").then_some(())
    });
    running.types("n\r");
    let seen = plain(&running.ends(6).left_on_the_terminal());
    let asked = words(&seen);
    assert_eq!(asked.matches("approve task 4211 with").count(), 2, "{seen}");
    world.api().saw_no_approval();
}

/// Rows as they were drawn, one after another in the same place.
fn drawn(stdout: &str) -> impl Iterator<Item = String> {
    let rows = stdout
        .split(['\r', '\n'])
        .flat_map(|row| row.split("\u{1b}[2K"));
    rows.map(plain)
}

/// Longer than the row: the row scrolls, and what was typed is shown once, whole.
#[test]
fn a_long_answer_is_shown_once() {
    let long = "because it is the account that the team on call has used since last march";
    for columns in [40, 80] {
        let world = World::new();
        let browser = shell_words::quote(&person("key")).into_owned();
        let command = format!("approve 4214 --yes --browser {browser}");
        let mut running = world.on_columns(columns, &command).start();
        running.prints("comment: ");
        running.types(&format!("{long}\r"));
        let outcome = running.ends(0);
        let seen = plain(&outcome.left_on_the_terminal());
        let line = format!("comment: {long}");
        assert_eq!(seen.matches("comment: ").count(), 1, "{seen}");
        assert!(
            words(&seen).contains(&format!("this step requires a {line}")),
            "{seen}"
        );
        let typed = drawn(&outcome.stdout).filter(|row| row.contains("comment: "));
        for row in typed.filter(|row| !row.ends_with(long)) {
            assert!(row.chars().count() < columns.into(), "{row}");
        }
        let kept = world.api().kept("4214").to_string();
        assert!(kept.contains(&format!("\"Comment\":\"{long}\"")), "{kept}");
    }
}

/// A second row of it would stay whenever it is drawn again.
#[test]
fn what_is_waited_for_is_one_row() {
    let world = World::new();
    for (columns, row) in [
        (40, "waiting for you in the… ("),
        (80, "waiting for you in the browser ("),
    ] {
        let command = "approve 4211 --yes --browser true";
        let mut running = world.on_columns(columns, command).start();
        running.prints(row);
        running.types("q");
        let outcome = running.ends(6);
        for row in drawn(&outcome.stdout) {
            let whole = !row.contains("waiting for you");
            assert!(
                whole || row.trim_end().chars().count() < columns.into(),
                "{row}"
            );
        }
    }
    world.api().saw_no_approval();
}

#[test]
fn a_list_to_choose_from_says_each_thing_once() {
    let world = World::new();
    for (columns, heading) in [
        (40, "which tasks? (space: select)\r\n"),
        (80, "which tasks? (type to filter, space: select)\r\n"),
    ] {
        let mut running = world
            .on_columns(columns, "approve")
            .env("NO_COLOR", "1")
            .start();
        running.prints(heading);
        running.prints("enter takes the row at >");
        running.types("\u{1b}");
        let outcome = running.ends(6);
        let rows: Vec<String> = drawn(&outcome.stdout).collect();
        assert!(
            rows.iter().all(|row| row.chars().count() <= columns.into()),
            "{rows:?}"
        );
    }
    world.api().saw_no_approval();
}

#[test]
fn the_demo_says_what_to_try_next_in_columns_where_they_fit() {
    for (columns, next) in [
        (
            40,
            "\n  stepup sandbox\n      runs the sandbox, to try every\n",
        ),
        (80, "\n  stepup sandbox                   runs the sandbox,"),
        (
            120,
            "\n  stepup sandbox                   runs the sandbox,",
        ),
    ] {
        let home = tempfile::tempdir().unwrap();
        let bin = shell_words::quote(BIN);
        let folder = shell_words::quote(BIN.trim_end_matches("/stepup"));
        let path = format!("PATH={folder}:\"$PATH\"");
        let line = format!("stty rows 200 cols {columns}; {path} {bin} demo --sign-in key");
        let mut running = Run::on_a_terminal(&line, home.path()).start();
        running.prints("[Y/n]");
        running.types("\r");
        let seen = plain(&running.ends(0).left_on_the_terminal());
        fits(&seen, columns);
        assert!(seen.contains(next), "{seen}");
    }
}

#[test]
fn a_page_of_the_manual_is_text_on_a_terminal_and_source_in_a_pipe() {
    let world = World::new();
    for (page, holds) in [
        ("man task list", "Usage: stepup task list"),
        ("man exit-codes", "untrusted"),
        ("man config.5", "completion_titles"),
        ("man", "Usage: stepup"),
    ] {
        world.stepup(page).run().exits(0).prints(".TH");
        for (columns, env) in LOOKS {
            let seen = seen(&world, columns, env, page);
            assert!(seen.contains(holds) && !seen.contains(".TH"), "{seen}");
            let source = format!("as a manual page: `stepup {page} | man -l -`");
            assert!(words(&seen).ends_with(&source), "{seen}");
        }
    }
}

/// What is consented to is shown whole, also where that takes many rows.
#[test]
fn the_ids_are_shown_on_a_narrow_terminal_too() {
    let world = World::new();
    let seen = |columns| seen(&world, columns, None, "approve 4211 --dry-run");
    let ids = |text: String| {
        let (_, ids) = text.split_once("  ids: ").unwrap();
        let words = ids
            .split_whitespace()
            .map(|word| word.trim_end_matches(','));
        words
            .filter(|word| word.len() == 27)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let wide = ids(seen(120));
    assert_eq!(wide.len(), 5);
    assert_eq!(ids(seen(40)), wide);
}

/// Where only the result goes to the terminal, that counts.
#[test]
fn a_result_fits_its_own_terminal() {
    let world = World::new();
    let seen = seen(&world, 40, None, "task show 4217 2>/dev/null");
    fits(&seen, 40);
    assert!(
        words(&seen).contains("two factors (acr urn:okta:loa:2fa:any) waits for"),
        "{seen}"
    );
}

/// The variables of the environment are no words of the command line.
#[test]
fn nothing_typed_is_answered_with_the_commands() {
    let world = World::new();
    let outcome = world.stepup("").run();
    assert_eq!(outcome.code, Some(2), "{outcome}");
    outcome
        .says("Usage: stepup [OPTIONS] <COMMAND>")
        .says("\n  approve ");
}
