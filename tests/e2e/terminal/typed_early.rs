//! What is typed before a question or the keys are shown answers neither, and a terminal that cannot be read
//! gives no answer.

use crate::process::{BIN, Run, Running};
use crate::world::{World, read_json};

/// A terminal on which `keys` are typed while the screen is still blank: the API is slow.
fn typed_on_a_blank_screen(world: &World, words: &str, keys: &str) -> Running {
    let line = format!("echo started; exec {} {words}", shell_words::quote(BIN));
    let mut running = world.shell_on_a_terminal(&line).start();
    said(&running, "started");
    running.types(keys);
    running
}

fn said(running: &Running, text: &str) {
    running.stdout(|shown| shown.contains(text).then_some(()));
}

fn slow_world() -> World {
    World::with(&["slow_api_ms=800"])
}

#[test]
fn a_yes_from_before_the_question_does_not_approve() {
    let world = slow_world();
    for early in ["y", "y\r", "yyyy"] {
        let mut running = typed_on_a_blank_screen(&world, "approve 4212", early);
        said(&running, "approve task 4212?");
        running.types("n");
        let outcome = running.end();
        assert_eq!(outcome.code, Some(6), "{early:?} {outcome}");
        assert!(outcome.stdout.contains("you said no"), "{outcome}");
    }
    world.api().saw_no_approval();
}

/// Before the program runs at all, the shell's own type-ahead.
#[test]
fn a_yes_behind_the_command_does_not_approve() {
    let world = World::new();
    let mut running = world
        .shell_on_a_terminal("read go; exec \"$BIN\" approve 4212")
        .env("BIN", BIN)
        .start();
    running.types("\ry");
    said(&running, "approve task 4212?");
    running.types("n");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(6), "{outcome}");
    world.api().saw_no_approval();
}

#[test]
fn a_yes_from_before_the_question_does_not_deny() {
    let world = slow_world();
    let mut running = typed_on_a_blank_screen(&world, "deny 4211", "y");
    said(&running, "deny task 4211?");
    running.types("n");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(6), "{outcome}");
    world.api().saw_no_decision();
}

#[test]
fn a_choice_from_before_the_list_chooses_nothing() {
    let world = slow_world();
    let mut running = typed_on_a_blank_screen(&world, "approve --yes", " \r");
    said(&running, "Grafana");
    running.types("\r");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(6), "{outcome}");
    world.api().saw_no_approval();
}

/// The words of a comment are acted on: those typed into nothing are none.
#[test]
fn a_comment_from_before_the_question_is_not_taken() {
    let world = slow_world();
    let words = "approve 4214 --yes --dry-run -o json";
    let mut running = typed_on_a_blank_screen(&world, words, "early\r");
    said(&running, "this step demands a comment");
    running.types("because\r");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(!outcome.stdout.contains("comment: early"), "{outcome}");
    world.api().saw_no_approval();
}

/// A secret that was typed while the echo was on has been on the screen.
#[test]
fn a_secret_from_before_the_question_is_not_taken() {
    let world = World::new();
    let before = world.secrets();
    let mut running = world
        .shell_on_a_terminal("read go; exec \"$BIN\" login --token-stdin")
        .env("BIN", BIN)
        .start();
    running.types("\rearly-token\r");
    said(&running, "token (not shown): ");
    running.types("\r");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert_eq!(world.secrets(), before);
}

/// `q` while the page is not even offered yet.
#[test]
fn a_key_from_before_the_keys_are_named_presses_nothing() {
    let world = slow_world();
    let words = "approve 4211 --yes --browser true";
    let running = typed_on_a_blank_screen(&world, words, "q");
    said(&running, ", q quit\r\n");
    let start = running.start_url_on_terminal();
    world.sign_in(&start, "key").exits(0);
    said(&running, "task is:");
    let outcome = running.end();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    world.api().saw_one_approval("4211");
}

/// Neither the default nor a no: nobody answered. The program outlives the terminal, as in another session.
#[test]
fn a_terminal_that_goes_away_at_the_question_is_no_answer() {
    for (words, question) in [
        ("approve 4212", "approve task 4212?"),
        ("approve 4214 --yes", "this step demands a comment"),
        ("approve --yes", "Grafana"),
        ("deny 4211", "deny task 4211?"),
        ("login --token-stdin", "token (not shown): "),
    ] {
        let world = World::new();
        let command = format!("\"$BIN\" {words} -o json > said.json; echo $? > ended");
        let line = format!("mkfifo ended; setsid -f sh -c '{command}'; read go");
        let running = world.shell_on_a_terminal(&line).env("BIN", BIN).start();
        said(&running, question);
        let code = Run::of("cat", world.home.path()).arg("ended").start();
        // The terminal's other end is closed.
        drop(running);
        let code = code.end();
        assert_eq!(code.stdout, "6\n", "{words}");
        let document = read_json(&world.path("said.json"));
        let message = document["error"]["message"].as_str().unwrap().to_owned();
        assert!(
            message.starts_with("the answer could not be read: "),
            "{words}: {message}"
        );
        world.api().saw_no_decision();
    }
}
