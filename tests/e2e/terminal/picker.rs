//! The list that `approve` shows where no task is named.

use crate::process::{BIN, Running};
use crate::world::World;

fn choosing(world: &World, words: &str, term: &str) -> Running {
    let line = format!("exec {} approve {words}", shell_words::quote(BIN));
    world.shell_on_a_terminal(&line).env("TERM", term).start()
}

fn said(running: &Running, text: &str) {
    running.stdout(|shown| shown.contains(text).then_some(()));
}

#[test]
fn enter_takes_the_row_under_the_cursor() {
    let world = World::new();
    let mut running = choosing(&world, "--yes", "xterm");
    said(
        &running,
        "which tasks? (type to filter, space: select, enter: continue)",
    );
    said(&running, "enter takes the row at >");
    running.types("grafana");
    said(&running, "filter: grafana");
    said(&running, "> [ ] 4212");
    running.types("\r");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    world.api().saw_one_approval("4212");
}

#[test]
fn several_are_selected_and_asked_about_before_anything_is_sent() {
    let world = World::new();
    let mut running = choosing(&world, "", "xterm");
    said(&running, "enter takes the row at >");
    running.types(" \u{1b}[B ");
    said(&running, "enter takes the 2 selected");
    running.types("\r");
    said(&running, "approve 2 of 2 tasks?");
    running.types("n");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(6), "{outcome}");
    world.api().saw_no_approval();
}

#[test]
fn escape_chooses_nothing() {
    let world = World::new();
    let mut running = choosing(&world, "--yes", "xterm");
    said(&running, "enter takes the row at >");
    running.types("graf");
    said(&running, "filter: graf ");
    running.types("\u{1b}");
    running.stdout(|shown| {
        let (_, after) = shown.rsplit_once("filter: graf ")?;
        after.contains("which tasks?").then_some(())
    });
    running.types("\u{1b}");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(6), "{outcome}");
    assert!(outcome.stdout.contains("nothing was chosen"), "{outcome}");
    world.api().saw_no_approval();
}

/// Such a terminal moves no cursor, and is what screen readers and editors have: rows have numbers, and lines are typed.
#[test]
fn a_dumb_terminal_asks_in_lines_and_gets_no_escape() {
    let world = World::new();
    let mut running = choosing(&world, "", "dumb");
    said(&running, "which tasks? (numbers, such as 1 3; enter: none)");
    let row = running.stdout_line(|line| line.contains("Grafana").then(|| line.to_owned()));
    let number = row.split_whitespace().next().unwrap();
    running.types("99\n");
    said(&running, "`99` is not a number from 1 to ");
    running.types(&format!("{number}\n"));
    said(
        &running,
        "approve task 4212? (the API may require step-up) [y/N]",
    );
    running.types("no\n");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(6), "{outcome}");
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
    world.api().saw_no_approval();

    let mut running = choosing(&world, "4212", "dumb");
    said(
        &running,
        "approve task 4212? (the API may require step-up) [y/N]",
    );
    running.types("yes\n");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
    world.api().saw_one_approval("4212");
}
