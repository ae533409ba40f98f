//! `stepup provider test`: every check a line, on the code path of an approval, and never an approval.

use serde_json::{Value, json};

use super::personalities::last_test_passed;
use crate::process::{Outcome, person};
use crate::world::World;

fn test(world: &World, args: &str, factor: &str) -> Outcome {
    let run = world.stepup("provider test sandbox").args(args);
    let outcome = run.run_with(factor);
    assert_eq!(world.api().approval_requests(), 0);
    world.api().saw_no_approval();
    outcome
}

/// The results by check.
fn results(outcome: &Outcome) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let document = outcome.stdout_json();
    assert_eq!(document["schema"], "stepup.provider-test/1");
    let lines = document["checks"].as_array().unwrap().iter();
    lines
        .map(|line| (text(&line["check"]), text(&line["result"])))
        .collect()
}

fn result(outcome: &Outcome, check: &str) -> Option<String> {
    let found = results(outcome).into_iter().find(|(name, _)| name == check);
    found.map(|(_, result)| result)
}

#[test]
fn what_works_is_shown_line_by_line() {
    let world = World::new();
    let outcome = test(&world, "--acr-value phr -o json", "key");
    outcome.exits(0).says("nothing is approved");
    let results = results(&outcome);
    for check in [
        "discovery",
        "pkce",
        "redirect",
        "browser leg",
        "state",
        "iss",
        "code exchange",
        "ID token",
        "audience",
        "signature",
        "acr",
        "auth_time",
        "person",
        "access token",
    ] {
        let found = results.iter().find(|(name, _)| name == check);
        assert_eq!(found.unwrap().1, "ok", "{check}");
    }
    let outcome = test(&world, "--acr-value phr", "key");
    outcome
        .exits(0)
        .prints("wanted `phr`, got `phr`")
        .prints("`sandbox` is good for steps that require `phr`, a phishing-resistant factor")
        .prints("the person of the API credential");
}

/// A provider that may choose takes what is easiest, and nothing would be known of the rest.
#[test]
fn the_strongest_value_of_the_entry_is_tested_and_the_others_are_named() {
    let world = World::new();
    test(&world, "", "key")
        .exits(0)
        .says("testing `sandbox` with `phrh`, a phishing-resistant factor in hardware: sign in")
        .prints("wanted `phrh`, got `phrh`")
        .prints("`sandbox` is good for steps that require `phrh`, a phishing")
        .prints("not tested: `urn:okta:loa:1fa:any`, `urn:okta:loa:2fa:any`, `phr` (name a value");
    // The entry's own order counts more than what is known of the values.
    world.add_to_entry("accept_stronger = true\nrank = ['urn:okta:loa:1fa:any', 'phr']");
    let document = test(&world, "-o json", "key").exits(0).stdout_json();
    assert_eq!(document["tested"], json!(["phr"]));
    let untested = ["urn:okta:loa:1fa:any", "urn:okta:loa:2fa:any", "phrh"];
    assert_eq!(document["untested"], json!(untested));
    test(&world, "", "code")
        .exits(3)
        .prints("is not good for steps that require `phr`");
}

#[test]
fn each_failure_has_its_line_and_the_exit_code_of_an_approval() {
    for (switch, check, code) in [
        ("discovery=500", "discovery", 1),
        ("discovery_issuer=slash", "discovery", 5),
        ("response_iss=wrong", "iss", 5),
        ("token=500", "code exchange", 1),
        ("token=no-id-token", "ID token", 1),
        ("iss=wrong", "issuer claim", 5),
        ("aud=wrong", "audience", 5),
        ("signature=bad", "signature", 5),
        ("nonce=wrong", "nonce", 5),
        ("at_hash=wrong", "at_hash", 5),
        ("exp=past", "times", 5),
        ("acr=lower", "acr", 3),
        ("auth_time=old", "auth_time", 3),
        ("auth_time=future", "clocks", 5),
        ("subject=other", "person", 5),
        ("authorize_error=access_denied", "browser leg", 6),
    ] {
        let world = World::with(&[switch]);
        let outcome = test(&world, "--acr-value phr -o json", "key");
        assert_eq!(outcome.code, Some(code), "{switch}: {outcome}");
        let found = result(&outcome, check);
        assert_eq!(found.as_deref(), Some("fail"), "{switch}: {outcome}");
        assert_eq!(outcome.stdout_json()["result"], "fail");
    }
}

/// Nothing is said of the provider then: it was not asked.
#[test]
fn a_test_that_nobody_opened_blames_no_setting_of_the_provider() {
    let world = World::new();
    let run = world.stepup("provider test sandbox --no-browser --timeout 1s");
    run.exits(6)
        .hints("no browser opened the URL")
        .does_not_say("redirect URIs")
        .does_not_say("max_age");
}

#[test]
fn what_fails_before_the_sign_in_is_no_test_of_the_entry() {
    let world = World::with(&["discovery=500"]);
    let outcome = world.stepup("provider test sandbox --no-browser").exits(1);
    outcome
        .prints("`sandbox` was not tested")
        .does_not_say("is not good for");
}

/// It says nothing about the provider, so that what an earlier test found is still true.
#[test]
fn a_test_that_did_not_begin_does_not_replace_one_that_passed() {
    let world = World::new();
    test(&world, "", "key").exits(0);
    let run = world.stepup("provider test sandbox --no-browser");
    let run = run.env("STEPUP_API_TOKEN", "wrong");
    run.exits(4).prints("`sandbox` was not tested");
    last_test_passed(&world, true);
}

#[test]
fn what_the_provider_refused_by_its_own_word_is_not_called_ignored() {
    let world = World::imitating("okta", &[]);
    let run = world.stepup("provider test okta --acr-value phr");
    let outcome = run.run_with("password");
    outcome
        .exits(3)
        .hints("sign in with a stronger factor, or enrol one");
    assert!(
        !outcome.stdout.contains("Okta ignores a value"),
        "{outcome}"
    );
}

#[test]
fn a_weak_sign_in_is_unmet_and_says_what_came() {
    let world = World::new();
    let outcome = test(&world, "--acr-value phr", "password");
    outcome
        .exits(3)
        .prints("needed `phr`, got")
        .prints("`sandbox` is not good for steps that require `phr`");
}

#[test]
fn the_negative_control_shows_that_an_unknown_value_is_ignored() {
    let world = World::new();
    let outcome = test(&world, "--acr-value phr --negative -o json", "key");
    outcome.exits(0);
    assert_eq!(result(&outcome, "negative control").as_deref(), Some("ok"));
    assert_eq!(world.api().asked("/authorize"), 2);
}

#[test]
fn no_api_is_needed_and_nobody_can_be_compared_then() {
    let world = World::new();
    let config = world.config_text();
    let (_, providers) = config.split_once("[providers").unwrap();
    world.write_config(&format!("[providers{providers}"));
    let outcome = test(&world, "--acr-value phr -o json", "key");
    outcome.exits(0);
    assert_eq!(result(&outcome, "person").as_deref(), Some("warn"));
}

/// A credential belongs to a configured API; where none is, it goes nowhere.
#[test]
fn without_an_api_the_credential_is_sent_nowhere() {
    let world = World::new();
    let credential = world.credential();
    let config = world.config_text();
    let (_, providers) = config.split_once("[providers").unwrap();
    world.write_config(&format!("[providers{providers}"));
    let run = world
        .stepup("provider test sandbox --acr-value phr --verbose")
        .env("STEPUP_API_TOKEN", credential);
    let outcome = run.run_with("key");
    outcome.exits(0).does_not_say("auth/introspect");
    let exchanges = outcome.stderr.lines();
    let elsewhere: Vec<&str> = exchanges
        .filter(|line| line.contains("https://localhost"))
        .collect();
    assert_eq!(elsewhere, [""; 0]);
}

#[test]
fn an_entry_that_is_not_there_is_a_mistake_with_a_suggestion() {
    let world = World::new();
    let outcome = world.stepup("provider test sandbax").exits(2);
    outcome.hints("did you mean `sandbox`?");
}

/// Where one screen shows both streams; in a pipe, each of them says it.
#[test]
fn what_failed_is_said_once() {
    let unreachable = World::new();
    unreachable.goes_through("http://127.0.0.1:1");
    let refused = World::with(&["authorize_error=access_denied"]);
    let broken = World::with(&["discovery=500"]);
    for (world, check) in [
        (&unreachable, "person"),
        (&refused, "browser leg"),
        (&broken, "discovery"),
    ] {
        let words = "provider test sandbox";
        let piped = world.stepup(words).run_with("key");
        let mut said = piped.stderr.lines();
        let sentence = said.find_map(|line| line.strip_prefix("stepup: error: "));
        let (sentence, steps) = (sentence.unwrap(), said.next().unwrap());
        let steps = steps.strip_prefix("stepup: hint: ").unwrap();
        assert!(piped.stdout.contains(sentence), "{piped}");

        let browser = shell_words::quote(&person("key")).into_owned();
        let words = format!("{words} --color never --browser {browser}");
        let outcome = world.on_a_terminal(&words).start().end();
        let shown = outcome.left_on_the_terminal();
        let shown: Vec<&str> = shown.split_whitespace().collect();
        let shown = shown.join(" ");
        for once in [sentence, steps] {
            assert_eq!(shown.matches(once).count(), 1, "{once}: {outcome}");
        }
        let ended = format!("the test of `sandbox` ended at `{check}`");
        assert!(shown.contains(&ended), "{outcome}");
        assert_eq!(outcome.code, piped.code);
    }
}

/// Nothing is known then of what the provider can do; what an earlier test found is still true.
#[test]
fn a_sign_in_that_nobody_finished_is_no_verdict_about_the_provider() {
    let world = World::new();
    test(&world, "", "key").exits(0);
    let run = world.stepup("provider test sandbox --no-browser --timeout 1s");
    let unfinished = |outcome: &Outcome| {
        outcome
            .prints("nobody signed in, so it says nothing")
            .prints("run `stepup provider test sandbox` again");
        assert!(!outcome.stdout.contains("good for"), "{outcome}");
        assert!(!outcome.stdout.contains("was not tested"), "{outcome}");
    };
    unfinished(&run.exits(6));
    let mut running = world
        .on_a_terminal("provider test sandbox --no-browser")
        .start();
    running.prints(", q quit");
    running.types("q");
    unfinished(&running.ends(6));
    let mut running = world
        .on_a_terminal("provider test sandbox --no-browser")
        .start();
    running.prints(", q quit");
    running.types("\u{3}");
    let outcome = running.end();
    assert!(!outcome.stdout.contains("good for"), "{outcome}");
    let doctor = world.stepup("doctor").exits(0);
    doctor.prints("ok     sandbox: registration: `stepup provider test` passed");
    let world = World::with(&["authorize_error=access_denied"]);
    unfinished(test(&world, "", "key").exits(6));
}
