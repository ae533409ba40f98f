//! What is typed at a Windows console.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

use stepup_harness::{LIMIT, Outcome, Run, Running};

use crate::browser;
use crate::world::{World, keyboard, program, wine};

/// The program, with a keyboard that wine has no part in: its keys are in the console as soon as they are typed.
struct Typed {
    running: Running,
    keys: TcpStream,
}

impl World {
    /// The program on a console of its own: wine makes one of a terminal. Both streams arrive on stdout.
    fn on_a_console(&self, words: &str) -> Running {
        self.on_a_terminal("sane", words)
    }

    /// The same, where each key is wine's as it is typed, and not a line's: wine itself sees to that a little late.
    fn with_keys(&self, words: &str) -> Running {
        self.on_a_terminal("raw -echo", words)
    }

    fn on_a_terminal(&self, modes: &str, words: &str) -> Running {
        let program = program();
        let program = shell_words::quote(program.to_str().unwrap());
        self.on_a_terminal_with(modes, &format!("{program} {words}"))
    }

    fn on_a_terminal_with(&self, modes: &str, command: &str) -> Running {
        let line = format!("stty rows 50 cols 200 {modes}; exec wine {command}");
        let run = wine(Run::on_a_terminal(&line, self.home()));
        run.env("STEPUP_CONFIG", self.config()).start()
    }

    /// With keys that were typed before the program was started.
    fn after(&self, early: &str, words: &str) -> Typed {
        let (keyboard, program) = (keyboard(), program());
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        let command = [
            keyboard.to_str().unwrap(),
            early,
            &port,
            program.to_str().unwrap(),
        ];
        let command = format!("{} {words}", shell_words::join(command));
        let running = self.on_a_terminal_with("raw -echo cols 2000", &command);
        let (sender, keys) = mpsc::channel();
        std::thread::spawn(move || sender.send(listener.accept().unwrap().0));
        let keys = keys.recv_timeout(LIMIT).unwrap();
        Typed { running, keys }
    }
}

impl Typed {
    fn types(&mut self, text: &str) {
        self.keys.write_all(text.as_bytes()).unwrap();
    }
}

fn shown(running: &Running, text: &str) {
    running.prints(text);
}

#[track_caller]
fn ended(running: Running, code: i32) -> Outcome {
    running.ends(code)
}

#[test]
fn ctrl_c_ends_a_sign_in_and_nothing_is_approved() {
    let world = World::new();
    let mut running = world.on_a_console("approve 4211 --yes --no-browser");
    running.start_url_on_terminal();
    // Wine hangs in the end of a process in which another thread writes to the console.
    shown(&running, "waiting for you in the browser");
    running.types("\u{3}");
    ended(running, 130).prints("interrupted, nothing was submitted");
    world.saw_no_approval();
}

#[test]
fn a_yes_to_the_question_approves() {
    let world = World::new();
    let mut running = world.with_keys("approve 4212");
    shown(&running, "approve task 4212?");
    running.types("y\r");
    ended(running, 0).prints("approved");
    world.saw_one_approval();
}

/// Typed between two questions: wine's console hears no keys before somebody has waited for one.
#[test]
fn a_yes_from_before_the_question_does_not_approve() {
    let world = World::with(&["slow_api_ms=800"]);
    let mut running = world.with_keys("approve");
    shown(&running, "Grafana");
    running.types(" \ry\r");
    shown(&running, "[y/N]");
    running.types("n\r");
    ended(running, 6).prints("cancelled, ");
    world.saw_no_approval();
}

#[test]
fn a_yes_from_before_the_first_question_does_not_approve() {
    let world = World::new();
    let mut typed = world.after("y", "approve 4212");
    shown(&typed.running, "[y/N]");
    typed.types("n\r");
    ended(typed.running, 6).prints("cancelled, ");
    world.saw_no_approval();
}

#[test]
fn a_key_from_before_the_wait_is_none_and_one_during_it_ends_it() {
    let world = World::new();
    let mut typed = world.after("q", "approve 4211 --yes --no-browser");
    shown(&typed.running, "waiting for you in the browser");
    typed.types("c");
    shown(&typed.running, "your terminal was asked to copy the URL");
    typed.types("q");
    ended(typed.running, 6).prints("you quit before the sign-in was finished");
    world.saw_no_approval();
}

#[test]
fn an_answer_that_is_pasted_into_the_console() {
    let world = World::new();
    let mut typed = world.after("", "approve 4211 --yes --remote");
    let address = typed.running.stdout(|text| {
        let (_, rest) = text.split_once("on any machine:")?;
        let (_, rest) = rest.split_once("http")?;
        let (rest, _) = rest.split_once(|c: char| c.is_whitespace() || c.is_control())?;
        Some(format!("http{rest}"))
    });
    let callback = browser::sign_in_at(world.issuer(), &address);
    typed.types(&format!("{callback}\r"));
    let outcome = ended(typed.running, 0);
    assert!(!outcome.stdout.contains("code="), "{outcome}");
    world.saw_one_approval();
}

#[test]
fn backspace_takes_a_letter_of_a_secret_away() {
    let world = World::new();
    let confidential = "provider edit sandbox --client-auth client_secret_basic";
    world.stepup(confidential).exits(0);
    let mut running = world.with_keys("config set-secret sandbox");
    shown(&running, "(not shown):");
    running.types("s3crXX\u{7f}\u{7f}et\r");
    let outcome = ended(running, 0);
    assert!(!outcome.stdout.contains("s3cr"), "{outcome}");
    let secrets = world.secrets().to_string();
    assert!(secrets.contains("\"s3cret\""), "{secrets}");
}
