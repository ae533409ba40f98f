//! What is typed at a Windows console.

use stepup_harness::{Outcome, Run, Running};

use crate::world::{World, program, wine};

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
        let line = format!("stty rows 50 cols 200 {modes}; exec wine {program} {words}");
        let run = wine(Run::on_a_terminal(&line, self.home()));
        run.env("STEPUP_CONFIG", self.config()).start()
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
    running.types("y");
    ended(running, 0).prints("approved");
    world.saw_one_approval();
}

/// Typed between two questions: wine's console hears no keys before somebody has waited for one.
#[test]
fn a_yes_from_before_the_question_does_not_approve() {
    let world = World::with(&["slow_api_ms=800"]);
    let mut running = world.with_keys("approve");
    shown(&running, "Grafana");
    running.types(" \ry");
    shown(&running, "[y/N]");
    running.types("n");
    ended(running, 6).prints("cancelled, ");
    world.saw_no_approval();
}

#[test]
fn backspace_takes_a_letter_of_a_secret_away() {
    let world = World::new();
    let confidential = "provider edit sandbox --client-auth client_secret_basic";
    world.stepup(confidential).run().exits(0);
    let mut running = world.with_keys("config set-secret sandbox");
    shown(&running, "(not shown):");
    running.types("s3crXX\u{7f}\u{7f}et\r");
    let outcome = ended(running, 0);
    assert!(!outcome.stdout.contains("s3cr"), "{outcome}");
    let secrets = world.secrets().to_string();
    assert!(secrets.contains("\"s3cret\""), "{secrets}");
}
