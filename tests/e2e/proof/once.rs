//! One sign-in, one approval (B9.20): a provider that answers with an earlier sign-in whatever it is asked, and what
//! is remembered of those that were used.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::backchannel::ceremony;
use crate::process::Outcome;
use crate::world::World;

const USED: &str = "wanted a sign-in after the last one that was used";
const BEFORE: &str = "before the provider issued its token";
const NOT_CHECKED: &str = "whether this sign-in had been used before was not checked";

fn approve(world: &World, task: &str) -> Outcome {
    world.approve(task).run_with("key")
}

fn folder(world: &World) -> PathBuf {
    world.path(".local/state/stepup")
}

fn remembered(world: &World) -> PathBuf {
    folder(world).join("sign-ins.json")
}

#[test]
fn b9_20_a_session_approves_no_second_task() {
    let world = World::with(&["session=kept"]);
    approve(&world, "4211").exits(0);
    for task in ["4213", "4217"] {
        let outcome = world.approve(task).args("-o json").run_with("key");
        outcome
            .fails(3, "unmet", USED)
            .hints("reused an earlier session; sign out there");
    }
    world.api().saw_one_approval("4211");
}

/// Wherever the receipts go, what was used is remembered in one place.
#[test]
fn b9_20_nor_does_it_with_another_log_of_receipts() {
    let world = World::with(&["session=kept"]);
    for (task, log, code) in [
        ("4211", "x/a.jsonl", 0),
        ("4213", "y/b.jsonl", 3),
        ("4217", "z/c.jsonl", 3),
    ] {
        let run = world.approve(task).args("--receipt-log").arg(log);
        run.run_with("key").exits(code);
    }
    let run = world.approve("4213").env("STEPUP_RECEIPT_LOG", "y/b.jsonl");
    run.run_with("key").exits(3).says(USED);
    assert!(remembered(&world).exists());
    assert!(!world.path("x/sign-ins.json").exists());
    world.api().saw_one_approval("4211");
}

#[test]
fn b9_20_nor_does_it_in_one_run() {
    let world = World::with(&["session=kept"]);
    let outcome = world.stepup("approve 4211 4213 4217 --yes").run_with("key");
    outcome.exits(9).says(USED).says("1 of 3 approved: 4211");
    world.api().saw_one_approval("4211");
}

/// Where the first request did not say so, the provider is told to ask anew; it does not.
#[test]
fn b9_20_nor_does_asking_once_more_help() {
    let world = World::with(&["session=kept"]);
    world.add_to_entry("prompt = \"none-at-all\"");
    approve(&world, "4211").exits(0);
    approve(&world, "4213")
        .exits(3)
        .says("sign in once more, and the provider is told to ask anew")
        .says(USED);
    world.api().saw_one_approval("4211");
}

#[test]
fn b9_20_a_session_of_some_seconds_ago_is_none_of_this_attempt() {
    World::refuses_with("session=recent", 3, "unmet", BEFORE);
    let world = World::with(&["session=recent", "max_age=0"]);
    world.add_to_entry("freshness = \"as-challenged\"");
    approve(&world, "4211")
        .exits(3)
        .says("requires a phishing-resistant factor (passkey or security key) and a new sign-in")
        .says("  freshness: a new sign-in")
        .says(BEFORE);
    world.api().saw_no_approval();
}

#[test]
fn b9_20_two_runs_that_wait_for_one_sign_in() {
    let world = World::with(&["session=kept"]);
    let begun = |task| world.approve(task).arg("--no-browser").start();
    let runs = [begun("4211"), begun("4213")];
    // Both attempts began before the one sign-in that there is: only who was first decides.
    let starts = runs.each_ref().map(crate::process::Running::start_url);
    for start in &starts {
        world.sign_in(start, "key").exits(0);
    }
    let [first, second] = runs.map(crate::process::Running::end);
    let codes = [first.code, second.code];
    assert!(
        codes == [Some(0), Some(3)] || codes == [Some(3), Some(0)],
        "{first}{second}"
    );
    let (approved, refused) = if codes[0] == Some(0) {
        ("4211", second)
    } else {
        ("4213", first)
    };
    refused.says(USED);
    world.api().saw_one_approval(approved);
}

/// A sign-in for each, as fast as a machine signs in: none is taken for another.
#[test]
fn b9_20_sign_ins_of_one_second_are_kept_apart() {
    let world = World::new();
    let run = world.stepup("approve 4211 4213 --yes");
    run.run_with("key").exits(0);
    approve(&world, "4217").exits(0);
}

#[test]
fn b9_20_within_an_age_that_is_allowed_the_uses_are_counted() {
    let world = World::with(&["session=kept", "max_age=60"]);
    world.add_to_entry("freshness = \"as-challenged\"");
    for (task, uses) in [("4211", 1), ("4213", 2), ("4217", 3)] {
        let receipt = world.approve(task).args("-o json").run_with("key");
        let receipt = receipt.exits(0).stdout_json();
        assert_eq!(receipt["proof"]["uses"], uses, "{task}");
        assert_eq!(receipt["caveats"], json!([]));
    }
    let outcome = world.stepup("receipt show").exits(0);
    outcome.prints(", used 3 times");
}

#[test]
fn b9_20_a_request_of_ones_own_takes_a_sign_in_of_its_own() {
    let world = World::with(&["session=kept"]);
    let url = format!("{}/protected/echo?acr_values=phr", world.api_url());
    let request = || {
        let run = world.stepup("request GET -o json").arg(&url);
        run.run_with("key")
    };
    let answer = request().exits(0).stdout_json();
    assert_eq!(answer["proof"]["uses"], 1);
    request().exits(3).says(USED);
    approve(&world, "4211").exits(3).says(USED);
    world.api().saw_no_approval();
}

#[test]
fn b9_20_by_backchannel() {
    let world = ceremony::world(&["session=kept"]);
    ceremony::approved(&world, "key").exits(0);
    let running = world.approve("4213").start();
    ceremony::answered(&world, running, "key")
        .exits(3)
        .says(USED);
    world.api().saw_one_approval("4211");
}

#[test]
fn b9_20_in_a_hosted_ceremony() {
    let world = World::with(&["ceremony=hosted", "session=kept"]);
    let receipt = world.approve("4211").args("-o json").run_with("key");
    assert_eq!(receipt.exits(0).stdout_json()["proof"]["uses"], 1);
    approve(&world, "4213").exits(3).says(USED);
    world.api().saw_one_approval("4211");
}

#[test]
fn b9_20_a_hosted_approval_that_the_api_finished_is_told() {
    let world = World::with(&["ceremony=hosted", "session=kept", "finish=server"]);
    approve(&world, "4211").exits(0).does_not_say(USED);
    let outcome = world.approve("4213").args("-o json").run_with("key");
    outcome
        .exits(0)
        .says("the API approved all the same")
        .says(USED);
    assert_eq!(outcome.stdout_json()["proof"]["uses"], 2);
}

#[test]
fn b9_20_a_test_of_a_provider_judges_the_same_and_uses_nothing() {
    let test = |world: &World| world.stepup("provider test sandbox").run_with("key");
    let world = World::new();
    test(&world)
        .exits(0)
        .prints("wanted a new sign-in, got one of ")
        .prints(" s before the provider issued its token");
    assert!(!remembered(&world).exists());

    let world = World::with(&["session=kept"]);
    approve(&world, "4211").exits(0);
    let before = std::fs::read(remembered(&world)).unwrap();
    test(&world).exits(3).says(USED);
    assert_eq!(std::fs::read(remembered(&world)).unwrap(), before);

    let world = World::with(&["session=recent"]);
    test(&world).exits(3).says(BEFORE);
    world.api().saw_no_approval();
}

#[test]
fn a_time_that_is_no_time_is_named_as_such() {
    let said = "the provider does not fill in when the sign-in happened";
    World::refuses_with("auth_time=zero", 3, "unmet", said);
    let said = "wanted auth_time in seconds, got 1";
    World::refuses_with("auth_time=milliseconds", 5, "untrusted", said);
}

/// What is remembered names nobody, and nobody else can read it.
#[test]
fn what_is_remembered_is_made_where_it_is_missing_and_is_private() {
    let world = World::new();
    assert!(!folder(&world).exists());
    let run = world.approve("4211").args("-o json");
    let receipt = run.run_with("key").stdout_json();
    assert_eq!(receipt["proof"]["uses"], 1);
    #[cfg(unix)]
    for file in [remembered(&world), folder(&world).join("sign-ins.lock")] {
        assert_eq!(crate::world::mode(&file), 0o600);
    }
    let text = std::fs::read_to_string(remembered(&world)).unwrap();
    let subject = receipt["proof"]["subject"].as_str().unwrap();
    for name in [subject, world.issuer(), "mira"] {
        assert!(!text.contains(name), "{text}");
    }
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        document["sign_ins"][0]["auth_time"],
        receipt["proof"]["auth_time"]
    );
}

/// Where nothing of the folder can be used.
const NEITHER: [&str; 2] = ["account-not-checked", "reuse-not-checked"];

/// The approval goes on, and the terminal and the receipt say what was not looked up.
#[track_caller]
fn is_said(world: &World, why: &str, caveats: &[&str]) {
    let outcome = approve(world, "4211");
    outcome
        .exits(0)
        .says(&format!("warning: {NOT_CHECKED}: "))
        .says(why)
        .prints(&format!("note:     {NOT_CHECKED}"));
    let test = world.stepup("provider test sandbox -o json");
    let test = test.run_with("key");
    let checks = test.exits(0).stdout_json()["checks"].clone();
    let time = checks.as_array().unwrap().iter();
    let time = time.clone().find(|line| line["check"] == "auth_time");
    assert_eq!(time.unwrap()["result"], "warn");
    let run = world.approve("4213").args("-o json");
    let receipt = run.run_with("key").stdout_json();
    assert_eq!(receipt["caveats"], json!(caveats));
    assert_eq!(receipt["proof"]["uses"], Value::Null);
}

#[test]
fn what_cannot_be_remembered_is_said() {
    let world = World::new();
    std::fs::create_dir_all(folder(&world).parent().unwrap()).unwrap();
    std::fs::write(folder(&world), "in the way").unwrap();
    is_said(&world, "could not be written", &NEITHER);
}

#[cfg(unix)]
#[test]
fn what_others_may_have_written_is_not_believed() {
    let world = World::new();
    approve(&world, "4217").exits(0);
    crate::world::set_mode(&remembered(&world), 0o666);
    is_said(
        &world,
        "is open to other users of this machine (mode 0666)",
        &["reuse-not-checked"],
    );
}

/// A file that can be removed by others says nothing by not being there either.
#[cfg(unix)]
#[test]
fn where_others_may_write_nothing_is_believed_or_written() {
    for there in [true, false] {
        let world = World::new();
        approve(&world, "4217").exits(0);
        let file = remembered(&world);
        if !there {
            std::fs::remove_file(&file).unwrap();
        }
        let before = std::fs::read(&file).ok();
        crate::world::set_mode(&folder(&world), 0o777);
        is_said(
            &world,
            "can be written by other users of this machine (mode 0777)",
            &NEITHER,
        );
        assert_eq!(std::fs::read(&file).ok(), before);
    }
}

#[test]
fn what_is_damaged_is_not_believed() {
    let world = World::new();
    approve(&world, "4217").exits(0);
    std::fs::write(remembered(&world), "{").unwrap();
    is_said(&world, "remove it to begin anew", &["reuse-not-checked"]);
}
