//! The list that is shown where no task, or something else, is named.

use crate::process::{BIN, Running};
use crate::world::World;

fn choosing(world: &World, words: &str, term: &str) -> Running {
    let line = format!("exec {} approve {words}", shell_words::quote(BIN));
    world.shell_on_a_terminal(&line).env("TERM", term).start()
}

#[test]
fn enter_takes_the_row_under_the_cursor() {
    let world = World::new();
    let mut running = choosing(&world, "--yes", "xterm");
    running.prints("which tasks? (type to filter, space: select)");
    running.prints("enter takes the row at >");
    running.types("grafana");
    running.prints("filter: grafana");
    running.prints("> [ ] 4212");
    running.types("\r");
    running.ends(0);
    world.api().saw_one_approval("4212");
}

#[test]
fn several_are_selected_and_asked_about_before_anything_is_sent() {
    let world = World::new();
    let mut running = choosing(&world, "", "xterm");
    running.prints("enter takes the row at >");
    running.types(" \u{1b}[B ");
    running.prints("enter takes the 2 selected");
    running.types("\r");
    running.prints("approve 2 of 2 tasks?");
    running.types("n\r");
    running.ends(6);
    world.api().saw_no_approval();
}

#[test]
fn escape_chooses_nothing() {
    let world = World::new();
    let mut running = choosing(&world, "--yes", "xterm");
    running.prints("enter takes the row at >");
    running.types("graf");
    running.prints("filter: graf ");
    running.types("\u{1b}");
    running.stdout(|shown| {
        let (_, after) = shown.rsplit_once("filter: graf ")?;
        after.contains("which tasks?").then_some(())
    });
    running.types("\u{1b}");
    let outcome = running.ends(6);
    assert!(outcome.stdout.contains("nothing was chosen"), "{outcome}");
    world.api().saw_no_approval();
}

/// Such a terminal moves no cursor, and is what screen readers and editors have: rows have numbers, and lines are typed.
/// The keys of a question come one by one, unseen; a shell that gets the terminal back so shows nothing either.
#[test]
fn a_signal_at_a_question_gives_the_terminal_back() {
    for (words, question) in [
        ("approve", "enter takes the row at >"),
        ("approve 4212", "approve task 4212?"),
        ("approve 4214 --yes", "this step requires a comment"),
    ] {
        for (signal, code) in [("TERM", 143), ("HUP", 129)] {
            let world = World::new();
            let read = "until stty -a < /dev/tty | grep -q -- -icanon; do :; done";
            let line = format!("({read}; kill -{signal} $$) & exec \"$BIN\" {words}");
            world.script("asked", &line);
            let line = "stty -g; ./asked; echo \"[$?]\"; stty -g";
            let running = world.shell_on_a_terminal(line).env("BIN", BIN).start();
            running.prints(question);
            let shown = running.end().stdout.clone();
            assert!(shown.contains("nothing was submitted"), "{shown}");
            assert!(shown.contains(&format!("[{code}]")), "{shown}");
            let modes = shown.lines().filter(|line| line.matches(':').count() > 10);
            let modes: Vec<&str> = modes.map(str::trim).collect();
            assert!(modes.len() == 2 && modes[0] == modes[1], "{shown}");
            world.api().saw_no_approval();
        }
    }
}

#[test]
fn a_dumb_terminal_asks_in_lines_and_gets_no_escape() {
    let world = World::new();
    let mut running = choosing(&world, "", "dumb");
    running.prints("which tasks? (numbers, such as 1 3; enter: none)");
    let row = running.stdout_line(|line| line.contains("Grafana").then(|| line.to_owned()));
    let number = row.split_whitespace().next().unwrap();
    running.types("99\n");
    running.prints("`99` is not a number from 1 to ");
    running.types(&format!("{number}\n"));
    running.prints("approve task 4212? (the API may require step-up) [y/N]");
    running.types("no\n");
    let outcome = running.ends(6);
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
    world.api().saw_no_approval();

    let mut running = choosing(&world, "4212", "dumb");
    running.prints("approve task 4212? (the API may require step-up) [y/N]");
    running.types("yes\n");
    let outcome = running.ends(0);
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
    world.api().saw_one_approval("4212");
}

/// Where one is wanted, several numbers are no answer.
#[test]
fn a_dumb_terminal_takes_one_number_where_one_is_wanted() {
    let world = World::new();
    let line = format!("exec {} policy show", shell_words::quote(BIN));
    let run = world.shell_on_a_terminal(&line).env("TERM", "dumb");
    let mut running = run.start();
    running.prints("which policy? (a number; enter: none)");
    let row = running.stdout_line(|line| line.contains("Grafana").then(|| line.to_owned()));
    let number = row.split_whitespace().next().unwrap();
    running.types("1 2\n");
    running.prints("only one can be chosen");
    running.types(&format!("{number}\n"));
    let outcome = running.ends(0);
    outcome.prints("Grafana access (grant)");
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
}
