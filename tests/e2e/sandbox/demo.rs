//! `stepup demo`: one command from nothing to a receipt, and nothing of it stays.

use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::browser;
use crate::process::{BIN, Outcome, Run};

fn demo(words: &str) -> (TempDir, Outcome) {
    let home = tempfile::tempdir().unwrap();
    let outcome = Run::of(BIN, home.path()).args("demo").args(words).run();
    (home, outcome)
}

/// No folder is left, and no process: each would have the home folder in its environment.
#[track_caller]
fn nothing_is_left(home: &TempDir) {
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let path = home.path().to_str().unwrap();
    let running = || {
        std::fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| std::fs::read(entry.ok()?.path().join("environ")).ok())
            .any(|environment| String::from_utf8_lossy(&environment).contains(path))
    };
    for _ in 0..2_000 {
        if !running() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("a process is left");
}

#[test]
fn the_main_command_of_the_readme_ends_in_a_receipt() {
    let (home, outcome) = demo("--sign-in key -o json");
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["schema"], "stepup.receipt/2");
    assert_eq!(receipt["outcome"], "approved");
    assert_eq!(receipt["proof"]["acr"], "phr");
    assert_eq!(receipt["approval"]["confirmed"], true);
    nothing_is_left(&home);
}

#[test]
fn without_a_display_the_built_in_person_signs_in() {
    let (home, outcome) = demo("");
    outcome
        .exits(0)
        .says("a built-in user signs in with a security key")
        .says("starting `stepup sandbox sign-in`; if nothing happens,")
        // A shell does not find it by its name here.
        .says(&format!("\n  {BIN} demo --sign-in password "))
        .prints("approved task 4211")
        // Nothing that could be typed afterwards: it goes with the sandbox.
        .prints(
            "evidence: kept: the provider's signature over this approval (until the demo ends)",
        );
    nothing_is_left(&home);
}

/// The name alone, where a shell finds this program by it and no other.
#[test]
fn what_to_try_next_can_be_typed() {
    let home = tempfile::tempdir().unwrap();
    let beside = std::path::Path::new(BIN).parent().unwrap();
    let other = tempfile::tempdir().unwrap();
    std::fs::copy(BIN, other.path().join("stepup")).unwrap();
    for (folder, program) in [(beside, "stepup"), (other.path(), BIN)] {
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", folder.display());
        let run = Run::of(BIN, home.path()).env("PATH", path);
        let outcome = run.args("demo --sign-in key").run();
        let line = format!("\n  {program} demo --sign-in password");
        outcome.exits(0).says(&line);
    }
}

#[test]
fn a_task_that_the_sandbox_does_not_have_is_answered_with_those_that_it_has() {
    let (home, outcome) = demo("--task 9999");
    outcome
        .exits(2)
        .says("the sandbox has no task `9999`")
        .hints("its tasks are 4211, 4212,")
        .does_not_say("stepup task list");
    nothing_is_left(&home);
}

/// On a terminal, and whatever the answer is, nothing is left and the approval stands.
#[test]
fn the_demo_offers_to_verify_its_evidence() {
    let question = "verify its evidence now, with the provider's keys alone?";
    for (answer, shown) in [("y\r", true), ("n\r", false)] {
        let home = tempfile::tempdir().unwrap();
        let line = format!("{} demo --sign-in key", shell_words::quote(BIN));
        let run = Run::on_a_terminal(&line, home.path()).env("NO_COLOR", "1");
        let mut running = run.start();
        running.prints(question);
        running.types(answer);
        let outcome = running.ends(0);
        let after = outcome.stdout.split_once(question).unwrap().1;
        assert!(after.contains("try next:"), "{outcome}");
        let words = after.split_whitespace().collect::<Vec<_>>().join(" ");
        let verified = after.contains("\ntrusted: 15 of 15 checks hold");
        assert_eq!(verified, shown, "{outcome}");
        let each = "`stepup receipt verify --file FILE` lists each";
        assert_eq!(words.contains(each), shown, "{outcome}");
        assert!(!after.contains("commitment: ok"), "{outcome}");
        nothing_is_left(&home);
    }
}

#[test]
fn a_password_is_not_enough_in_the_demo_either() {
    let (home, outcome) = demo("--sign-in password");
    outcome
        .exits(3)
        .says("needed `phr`, got `urn:okta:loa:1fa:pwd`");
    nothing_is_left(&home);
}

#[test]
fn declining_in_the_demo_is_incomplete() {
    let (home, outcome) = demo("--sign-in decline -o json");
    outcome.exits(6).fails_in_json("incomplete");
    nothing_is_left(&home);
}

#[test]
fn every_task_of_the_sandbox_can_be_tried() {
    for (task, code) in [
        ("4212", 0),
        ("4214", 0),
        ("4215", 7),
        ("4216", 7),
        ("4217", 0),
    ] {
        let (home, outcome) = demo(&format!("--sign-in key --task {task}"));
        outcome.exits(code);
        nothing_is_left(&home);
    }
}

#[test]
fn the_demo_is_not_disturbed_by_what_the_person_has_set() {
    let home = tempfile::tempdir().unwrap();
    let run = Run::of(BIN, home.path())
        .args("demo --sign-in key")
        .env("STEPUP_PROFILE", "work")
        .env("STEPUP_CONFIG", "/nowhere")
        .env("STEPUP_API_URL", "https://acme.example")
        .env("STEPUP_API_TOKEN", "the person's own");
    run.exits(0).prints("approved task 4211");
}

/// An RSA key would take longer to make than everything else.
#[test]
fn the_demo_makes_no_rsa_key() {
    let home = tempfile::tempdir().unwrap();
    let demo = Run::of(BIN, home.path())
        .args("demo")
        .env("BROWSER", "true");
    let running = demo.start();
    let authorize = browser::get(&running.start_url(), &[]).leads_to();
    let (issuer, _) = authorize.split_once("/authorize").unwrap();
    let keys = browser::get(&format!("{issuer}/jwks"), &[]).json()["keys"].clone();
    let kinds: Vec<&Value> = keys
        .as_array()
        .unwrap()
        .iter()
        .map(|key| &key["kty"])
        .collect();
    assert_eq!(kinds, ["EC"]);
    let callback = browser::sign_in_at(issuer, &authorize);
    browser::get(&callback, &[]);
    running.end().exits(0).prints("approved task 4211");
}

#[test]
fn an_interrupted_demo_leaves_nothing_either() {
    let home = tempfile::tempdir().unwrap();
    let run = Run::of(BIN, home.path())
        .args("demo")
        .env("BROWSER", "true");
    let running = run.start();
    running.says("waiting for you");
    running.signal("INT");
    let outcome = running.end();
    outcome.exits(130).says("nothing was submitted");
    nothing_is_left(&home);
}
