//! `provider test` and `doctor` at a provider that is not ours, with a real browser.

use serde_json::{Value, json};

use crate::browser::{Plan, Report};
use crate::provider::wait_for_json;
use crate::world::{Outcome, World};

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

/// Tests the entry. Each sign-in has a plan of its own, and a browser that plays it.
fn test<const N: usize>(world: &World, flags: &[&str], plans: [Plan; N]) -> (Outcome, [Report; N]) {
    let mut number = 0;
    let plans = plans.map(|plan| {
        number += 1;
        plan.write_as(
            &number.to_string(),
            world.home(),
            &world.provider().state_file,
        )
    });
    // Of two, the first to come leaves a mark for the second.
    let first = plans[0].command_line();
    let last = plans[N - 1].command_line();
    let script = world.home().join("browser.sh");
    let lines = format!(
        "if mkdir \"$0.mark\" 2>/dev/null\nthen exec {first} \"$1\"\nelse exec {last} \"$1\"\nfi\n"
    );
    std::fs::write(&script, lines).unwrap();
    let browser = shell_words::join(["sh", script.to_str().unwrap()]);
    let words = [
        "provider",
        "test",
        "interop",
        "-o",
        "json",
        "--timeout",
        "60s",
        "--browser",
        &browser,
    ];
    let outcome = Outcome::of(world.stepup(&words).words(flags).start());
    let reports = plans.map(|plan| Report(wait_for_json(&plan.report).unwrap()));
    world.is_untouched("4211");
    (outcome, reports)
}

/// The line of this check.
#[track_caller]
fn line(outcome: &Outcome, check: &str) -> Value {
    let document = outcome.stdout_json();
    let mut lines = document["checks"].as_array().unwrap().iter();
    let found = lines.find(|line| line["check"] == check);
    found
        .unwrap_or_else(|| panic!("no {check}{outcome}"))
        .clone()
}

#[track_caller]
fn says(outcome: &Outcome, check: &str, result: &str, words: &str) {
    let line = line(outcome, check);
    assert_eq!(line["result"], result, "{line}{outcome}");
    let said = line["says"].as_str().unwrap();
    assert!(said.contains(words), "{said}");
}

#[test]
fn what_meets_the_demand_passes_every_check() {
    let world = World::new();
    let plan = Plan::of(["password", "register-passkey", "passkey", "result"]).with_key();
    let (outcome, [report]) = test(&world, &["--acr-value", "phr"], [plan]);
    outcome.exits(0);
    assert_eq!(outcome.stdout_json()["result"], "ok");
    let checks = outcome.stdout_json()["checks"].clone();
    let bad: Vec<&Value> = checks
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["result"] != "ok")
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    says(&outcome, "pushed requests", "ok", "are used");
    says(&outcome, "answers", "ok", "name their issuer (RFC 9207)");
    says(&outcome, "keys", "ok", "1 signing key published");
    says(&outcome, "acr", "ok", "wanted `phr`, got `phr`");
    says(&outcome, "access token", "ok", "a JWT with acr \"phr\"");
    report.went_well().ends_at_a_clean_address();
    let text = report.text_after("result");
    assert!(text.contains("Nothing was approved"), "{text}");
}

#[test]
fn what_falls_short_is_named_with_what_came() {
    let world = World::new();
    let plan = Plan::of(["password", "continue", "result"]);
    let (outcome, [report]) = test(&world, &["--acr-value", TWO_FACTORS], [plan]);
    outcome.exits(3);
    says(&outcome, "acr", "fail", "got `urn:okta:loa:1fa:pwd`");
    says(&outcome, "auth_time", "ok", " s before the provider");
    let text = report.went_well().text_after("result");
    assert!(text.contains("does not work yet"), "{text}");
}

#[test]
fn another_person_and_a_declined_sign_in_are_told_apart() {
    let world = World::new();
    let plan = Plan::of(["password", "totp", "result"]).by("noor.haddad");
    let (outcome, _) = test(&world, &["--acr-value", TWO_FACTORS], [plan]);
    outcome.exits(5);
    says(&outcome, "person", "fail", "noor.haddad@sandbox.example");

    let (outcome, _) = test(
        &world,
        &["--acr-value", TWO_FACTORS],
        [Plan::of(["decline"])],
    );
    outcome.exits(6);
    says(&outcome, "browser leg", "fail", "access_denied");
}

/// A wish for what it does not know is a success with what was shown; an essential one is not (B12.1).
#[test]
fn the_negative_control_tells_a_wish_from_a_demand() {
    let first = || Plan::of(["password", "totp", "result"]);
    let control = || Plan::of(["password", "totp", "continue", "result"]);
    let lower = || Plan::of(["password", "continue", "result"]);
    let flags = ["--acr-value", TWO_FACTORS, "--negative"];
    for (entry, second, words) in [
        ("", control(), "ignored: "),
        ("", lower(), "downgraded in silence: "),
        (
            "request = \"claims\"",
            control(),
            "refused: the provider answers `unmet_authentication_requirements`",
        ),
    ] {
        let world = World::with("stepup-cli", entry);
        let (outcome, [_, second]) = test(&world, &flags, [first(), second]);
        outcome.exits(0);
        says(&outcome, "negative control", "ok", words);
        second.went_well();
        assert_eq!(
            world.provider().requests("/token"),
            if entry.is_empty() { 2 } else { 1 }
        );
    }
}

#[test]
fn an_entry_that_does_not_fit_is_found_before_the_browser() {
    let world = World::with("stepup-cli", "id_token_algs = [\"EdDSA\"]");
    let run = world.stepup(&["provider", "test", "interop", "-o", "json", "--no-browser"]);
    let outcome = Outcome::of(run.start());
    outcome.exits(1);
    says(
        &outcome,
        "signatures",
        "fail",
        "the entry accepts none of these",
    );
    assert_eq!(world.provider().requests("/auth"), 0);
    world.is_untouched("4211");
}

#[test]
fn a_doctor_has_nothing_to_say_against_it() {
    let world = World::new();
    let outcome = world.stepup(&["doctor", "interop", "-o", "json"]).exits(0);
    let document = outcome.stdout_json();
    let about: Vec<&Value> = document["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["subject"] == "interop")
        .collect();
    let state = |check: &str| {
        let found = about.iter().find(|line| line["check"] == check);
        found.map(|line| line["status"].clone())
    };
    for check in [
        "clock",
        "issuer",
        "endpoints",
        "pkce",
        "response type",
        "signatures",
        "client",
        "acr values",
        "pushed requests",
        "answers",
        "keys",
    ] {
        assert_eq!(state(check), Some(json!("ok")), "{check}: {about:#?}");
    }
    // Nobody signs in for that.
    assert_eq!(world.provider().requests("/auth"), 0);
}

/// A port on which the provider does not call itself what the entry says.
#[test]
fn a_doctor_finds_a_typing_error_in_the_issuer() {
    let world = World::new();
    let issuer = world.provider().issuer().to_owned();
    world.change_config(&issuer, &format!("{issuer}/"));
    let outcome = world.stepup(&["doctor", "interop", "-o", "json"]).exits(5);
    let document = outcome.stdout_json();
    let mut lines = document["checks"].as_array().unwrap().iter();
    let line = lines.find(|line| line["check"] == "metadata").unwrap();
    assert_eq!(line["status"], "fail", "{line}");
    assert!(
        line["hint"].as_str().unwrap().contains("trailing slash"),
        "{line}"
    );
}
