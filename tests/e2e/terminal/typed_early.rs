//! What is typed before a question or the keys are shown answers neither, and a terminal that cannot be read
//! gives no answer.

use crate::process::{BIN, Run, Running, person};
use crate::world::{World, read_json};

/// A terminal on which `keys` are typed while the screen is still blank: the API is slow.
fn typed_on_a_blank_screen(world: &World, words: &str, keys: &str) -> Running {
    let line = format!("echo started; exec {} {words}", shell_words::quote(BIN));
    let mut running = world.shell_on_a_terminal(&line).start();
    running.prints("started");
    running.types(keys);
    running
}

fn slow_world() -> World {
    World::with(&["slow_api_ms=800"])
}

#[test]
fn a_yes_from_before_the_question_does_not_approve() {
    let world = slow_world();
    for early in ["y", "y\r", "yyyy"] {
        let mut running = typed_on_a_blank_screen(&world, "approve 4212", early);
        running.prints("approve task 4212?");
        running.types("n\r");
        let outcome = running.end();
        assert_eq!(outcome.code, Some(6), "{early:?} {outcome}");
        assert!(outcome.stdout.contains("cancelled, "), "{outcome}");
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
    running.prints("approve task 4212?");
    running.types("n\r");
    running.ends(6);
    world.api().saw_no_approval();
}

#[test]
fn a_yes_from_before_the_question_does_not_deny() {
    let world = slow_world();
    let mut running = typed_on_a_blank_screen(&world, "deny 4211", "y\r");
    running.prints("deny task 4211?");
    running.types("n\r");
    running.ends(6);
    world.api().saw_no_decision();
}

#[test]
fn a_choice_from_before_the_list_chooses_nothing() {
    let world = slow_world();
    let mut running = typed_on_a_blank_screen(&world, "approve --yes", " \r");
    running.prints("enter takes the row at >");
    running.types("\u{1b}");
    running.ends(6);
    world.api().saw_no_approval();
}

/// The words of a comment are acted on: those typed into nothing are none.
#[test]
fn a_comment_from_before_the_question_is_not_taken() {
    let world = slow_world();
    let person = person("key");
    let browser = shell_words::quote(&person);
    let words = format!("approve 4214 --yes --browser {browser}");
    let mut running = typed_on_a_blank_screen(&world, &words, "early\r");
    running.prints("this step requires a comment");
    running.types("because\r");
    running.ends(0);
    let kept = world.api().kept("4214").to_string();
    assert!(kept.contains("\"Comment\":\"because\""), "{kept}");
    assert!(!kept.contains("early"), "{kept}");
    world.api().saw_one_approval("4214");
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
    running.prints("token (not shown): ");
    running.types("\r");
    running.ends(2);
    assert_eq!(world.secrets(), before);
}

/// `q` while the page is not even offered yet.
#[test]
fn a_key_from_before_the_keys_are_named_presses_nothing() {
    let world = slow_world();
    let words = "approve 4211 --yes --browser true";
    let running = typed_on_a_blank_screen(&world, words, "q");
    running.prints(", q quit\r\n");
    let start = running.start_url_on_terminal();
    world.sign_in(&start, "key").exits(0);
    running.prints("task:     closed");
    running.ends(0);
    world.api().saw_one_approval("4211");
}

/// Neither the default nor a no: nobody answered. The program outlives the terminal, as in another session.
#[test]
fn a_terminal_that_goes_away_at_the_question_is_no_answer() {
    for (words, question) in [
        ("approve 4212", "approve task 4212?"),
        ("approve 4214 --yes", "this step requires a comment"),
        ("approve --yes", "Grafana"),
        ("deny 4211", "deny task 4211?"),
        ("login --token-stdin", "token (not shown): "),
    ] {
        let world = World::new();
        goes_away_at(&world, words, question);
        world.api().saw_no_decision();
    }
}

/// A configuration from before entries belonged to APIs.
fn unlinked() -> World {
    let world = World::new();
    let config = world.config_text();
    world.write_config(&config.replace("provider = \"sandbox\"\n", ""));
    world
}

#[test]
fn no_answer_to_the_question_of_the_link_is_told_as_none() {
    for ceremony in ["auto", "local"] {
        let world = unlinked();
        let config = world.config_text();
        let words = format!("approve 4211 --yes --ceremony {ceremony}");
        goes_away_at(&world, &words, LINK);
        world.api().saw_no_approval();
        assert_eq!(world.config_text(), config);
    }
}

#[test]
fn ctrl_c_at_the_question_of_the_link_is_told_as_such() {
    let world = unlinked();
    let mut running = world.on_a_terminal("approve 4211 --yes").start();
    running.prints(LINK);
    running.types("\x03");
    running.ends(130);
    world.api().saw_no_approval();
}

/// Whose account it is, only the person can say.
#[test]
fn no_answer_to_the_question_of_the_account_is_told_as_none() {
    let world = World::with(&["subject=changing"]);
    world.approve("4211").signing_in_with("key").exits(0);
    let person = shell_words::quote(&person("key")).into_owned();
    let words = format!("approve --yes -m reason 4213 --browser {person}");
    goes_away_at(&world, &words, "is it yours");
    world.api().saw_one_approval("4211");
}

/// A secret is read as a line, and what is no text is no line.
#[test]
fn a_secret_that_is_no_text_is_no_answer() {
    let world = World::new();
    let before = world.secrets();
    let mut running = world.on_a_terminal("login --token-stdin").start();
    running.prints("token (not shown): ");
    running.types(&[0xff, b'\r']);
    let outcome = running.ends(6);
    assert!(outcome.stdout.contains(UNREAD), "{outcome}");
    assert_eq!(world.secrets(), before);
}

/// Without Enter it is half of one, perhaps: the terminal has ended in the middle of it.
#[test]
fn a_secret_that_was_not_entered_is_no_answer() {
    let world = World::new();
    let before = world.secrets();
    let mut running = world.on_a_terminal("login --token-stdin").start();
    running.prints("token (not shown): ");
    running.types("half\u{4}\u{4}");
    let outcome = running.ends(6);
    assert!(outcome.stdout.contains(UNREAD), "{outcome}");
    assert_eq!(world.secrets(), before);
}

const LINK: &str = "Yes is written to the configuration";
const UNREAD: &str = "the answer could not be read: ";
const QUESTION: &str = "approve task 4212? (the API may require step-up) [y/N] ";

/// Waits for the question behind the hint: what comes before it is not an answer to it.
fn asks_again(running: &Running) {
    running.stdout(|shown| {
        let (_, again) = shown.split_once("type `y` for yes or `n` for no, then Enter")?;
        again.contains(QUESTION).then_some(())
    });
}

/// The terminal is closed at this question, and that is what is told.
#[track_caller]
fn goes_away_at(world: &World, words: &str, question: &str) {
    let command = format!("\"$BIN\" {words} -o json > said.json");
    world.script("command", &command);
    let line = "mkfifo ended; setsid -f sh -c './command; echo $? > ended'; read go";
    let running = world.shell_on_a_terminal(line).env("BIN", BIN).start();
    running.prints(question);
    let code = Run::of("cat", world.home.path()).arg("ended").start();
    // The terminal's other end is closed.
    drop(running);
    let code = code.end();
    assert_eq!(code.stdout, "6\n", "{words}");
    let document = read_json(&world.path("said.json"));
    let message = document["error"]["message"].as_str().unwrap();
    assert!(message.starts_with(UNREAD), "{words}: {message}");
}

/// The second line of a paste came before the question was asked again.
#[test]
fn what_comes_with_an_answer_that_is_none_does_not_consent() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4212").start();
    running.prints(QUESTION);
    running.types("foo\ry\r");
    asks_again(&running);
    running.types("n\r");
    let _ = running.ends(6);
    world.api().saw_no_approval();
}

/// A letter is not enough: whoever types another word, or holds a key down, has not said yes.
#[test]
fn only_a_yes_that_is_entered_consents() {
    let world = World::new();
    for (typed, asked_again) in [
        ("why\r", true),
        ("maybe\r", true),
        ("yyyy\r", true),
        ("y", false),
    ] {
        let mut running = world.on_a_terminal("approve 4212").start();
        running.prints(QUESTION);
        running.types(typed);
        if asked_again {
            asks_again(&running);
        }
        running.types("\u{1b}");
        let outcome = running.ends(6);
        assert!(
            outcome.stdout.contains("cancelled, "),
            "{typed:?} {outcome}"
        );
    }
    world.api().saw_no_approval();
    let mut running = world.on_a_terminal("approve 4212").start();
    running.prints(QUESTION);
    running.types("n\u{8}Yes\r");
    running.ends(0);
}
