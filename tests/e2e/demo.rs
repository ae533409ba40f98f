//! `stepup demo`: one command from nothing to a receipt, and nothing of it stays.

use tempfile::TempDir;

use crate::browser;
use crate::process::{BIN, Outcome, Run};

fn demo(words: &str) -> (TempDir, Outcome) {
    let home = tempfile::tempdir().unwrap();
    let outcome = Run::of(BIN, home.path()).args("demo").args(words).run();
    (home, outcome)
}

/// No folder is left, and no server.
#[track_caller]
fn nothing_is_left(home: &TempDir, said: &str) {
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let hosts = said.split("127.0.0.1:").skip(1);
    let ports: Vec<String> = hosts
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
        .collect();
    for port in ports {
        assert!(browser::try_get(&format!("http://127.0.0.1:{port}/")).is_err());
    }
}

#[test]
fn the_main_command_of_the_readme_ends_in_a_receipt() {
    let (home, outcome) = demo("--sign-in key -o json");
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["schema"], "stepup.receipt/1");
    assert_eq!(receipt["outcome"], "approved");
    assert_eq!(receipt["proof"]["acr"], "phr");
    assert_eq!(receipt["approval"]["confirmed"], true);
    nothing_is_left(&home, &(outcome.stdout.clone() + &outcome.stderr));
}

#[test]
fn without_a_display_the_built_in_person_signs_in() {
    let (home, outcome) = demo("");
    outcome
        .exits(0)
        .says("a built-in person signs in")
        .prints("approved task 4211");
    nothing_is_left(&home, &outcome.stderr);
}

#[test]
fn a_password_is_not_enough_in_the_demo_either() {
    let (home, outcome) = demo("--sign-in password");
    outcome
        .exits(3)
        .says("needed `phr`, got `urn:okta:loa:1fa:pwd`");
    nothing_is_left(&home, &outcome.stderr);
}

#[test]
fn declining_in_the_demo_is_incomplete() {
    let (home, outcome) = demo("--sign-in decline -o json");
    outcome.exits(6).fails_in_json("incomplete");
    nothing_is_left(&home, &outcome.stderr);
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
        nothing_is_left(&home, &outcome.stderr);
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
    run.run().exits(0).prints("approved task 4211");
}

#[test]
fn an_interrupted_demo_leaves_nothing_either() {
    let home = tempfile::tempdir().unwrap();
    let run = Run::of(BIN, home.path())
        .args("demo")
        .env("BROWSER", "true");
    let running = run.start();
    running.stderr(|text| text.contains("waiting for you").then_some(()));
    running.signal("INT");
    let outcome = running.end();
    outcome.exits(130).says("nothing was submitted");
    nothing_is_left(&home, &outcome.stderr);
}
