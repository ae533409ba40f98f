//! `doctor`: what would fail at night is found by day, in time, and nothing secret is printed.

use std::net::TcpListener;

use serde_json::Value;

use crate::process::Outcome;
use crate::world::World;

/// The line of this check, about this subject.
#[track_caller]
fn line(outcome: &Outcome, subject: Option<&str>, check: &str) -> Value {
    let document = outcome.stdout_json();
    assert_eq!(document["schema"], "stepup.doctor/1");
    let mut lines = document["checks"].as_array().unwrap().iter();
    let found = lines.find(|line| {
        line["check"] == check && subject.is_none_or(|subject| line["subject"] == subject)
    });
    found
        .unwrap_or_else(|| panic!("no {check}: {document:#}"))
        .clone()
}

/// With this change something fails, and this is its line.
#[track_caller]
fn found(switches: &[&str], change: impl Fn(&World), code: i32, check: &str, says: &str) -> String {
    let world = World::with(switches);
    change(&world);
    let outcome = world.stepup("doctor -o json").run();
    assert_eq!(outcome.code, Some(code), "{outcome}");
    let document = outcome.stdout_json();
    let mut lines = document["checks"].as_array().unwrap().iter();
    let line = lines.find(|line| line["check"] == check && line["status"] == "fail");
    let line = line.unwrap_or_else(|| panic!("{check} did not fail: {outcome}"));
    let said = line["says"].as_str().unwrap();
    assert!(said.contains(says), "{line:#}");
    assert!(line["hint"].is_string(), "{line:#}");
    world.api().saw_no_approval();
    said.to_owned()
}

#[test]
fn a_sound_set_up_has_no_failing_line() {
    let world = World::new();
    let outcome = world.stepup("doctor").exits(0);
    outcome
        .prints("ok     config: ")
        .prints("ok     loopback v4: ")
        .prints("ok     sandbox: pkce: S256 is listed")
        .prints("ok     sandbox: clock: agrees with the server's")
        .prints("ok     127.0.0.1: credential: the API takes the one in")
        .prints("manual sandbox: registration: ")
        .prints("http://127.0.0.1/callback/sandbox");
    assert!(!outcome.stdout.contains("fail  "), "{outcome}");
    let document = world.stepup("doctor sandbox -o json").run();
    let document = document.exits(0).stdout_json();
    assert!(["manual", "warn"].contains(&document["worst"].as_str().unwrap()));
    for word in [&world.credential(), "hunter2"] {
        assert!(!outcome.stdout.contains(word) && !outcome.stderr.contains(word));
    }
    world.api().saw_no_approval();
}

#[test]
fn what_is_to_be_done_comes_last_and_a_test_that_passed_leaves_nothing_to_look_at() {
    let world = World::new();
    world.write_secrets(&serde_json::json!({}));
    let outcome = world.stepup("doctor").exits(4);
    let grades = outcome.stdout.lines().filter(|line| !line.starts_with(' '));
    let grades: Vec<&str> = grades.filter_map(|line| line.split(' ').next()).collect();
    let order = ["ok", "warn", "fail", "manual"];
    let place = |grade: &&str| order.iter().position(|known| known == grade);
    assert!(grades.is_sorted_by_key(place), "{outcome}");
    assert!(
        grades.contains(&"manual") && grades.contains(&"fail"),
        "{outcome}"
    );
    outcome
        .says(" checks: ")
        .prints("can be used, and holds no API credential yet");

    let world = World::new();
    world
        .stepup("provider test sandbox")
        .run_with("key")
        .exits(0);
    let outcome = world.stepup("doctor").exits(0);
    outcome.prints("ok     sandbox: registration: `stepup provider test` passed");
    assert!(!outcome.stdout.contains("manual"), "{outcome}");
}

#[test]
fn metadata_that_does_not_fit() {
    found(
        &["discovery_issuer=slash"],
        |_| (),
        5,
        "metadata",
        "the provider calls itself",
    );
    found(
        &["discovery=no-s256"],
        |_| (),
        5,
        "metadata",
        "does not support PKCE with S256",
    );
    found(
        &["discovery=500"],
        |_| (),
        1,
        "metadata",
        "answered HTTP 500",
    );
    found(
        &["alg=ES256"],
        |_| (),
        1,
        "signatures",
        "accepts none of these",
    );
}

#[test]
fn a_provider_that_vanished() {
    let gone = |world: &World| {
        let text = world.config_text();
        world.write_config(&text.replace(world.issuer(), "http://127.0.0.1:1"));
    };
    found(&[], gone, 1, "connection", "nothing listens there");
}

#[test]
fn a_host_that_has_no_address() {
    let nowhere = |world: &World| {
        let text = world.config_text();
        world.write_config(&text.replace(world.issuer(), "https://idp.invalid"));
    };
    found(&[], nowhere, 1, "dns", "`idp.invalid` could not be found");
}

#[test]
fn a_configuration_that_cannot_be_read_does_not_end_the_other_checks() {
    let world = World::new();
    world.add_to_entry("preset = 'google'");
    let outcome = world.stepup("doctor -o json").run();
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert_eq!(line(&outcome, None, "config")["status"], "fail");
    assert_eq!(line(&outcome, None, "loopback v4")["status"], "ok");
    world.api().saw_no_approval();
}

#[test]
fn a_credential_that_is_missing_or_no_good() {
    let missing = |world: &World| world.write_secrets(&serde_json::json!({}));
    found(&[], missing, 4, "credential", "not signed in to 127.0.0.1:");
    let bad = |world: &World| {
        world.write_secrets(&serde_json::json!({ world.kept_as(): "no-such-token" }));
    };
    found(&[], bad, 4, "credential", "");
}

#[test]
fn a_client_secret_that_is_missing() {
    let secret = |world: &World| world.add_to_entry("client_auth = 'client_secret_basic'");
    found(
        &[],
        secret,
        2,
        "client secret",
        "no client secret of the provider entry `sandbox` for 127.0.0.1:",
    );
}

#[test]
fn ports_that_are_taken() {
    let one = TcpListener::bind("127.0.0.1:0").unwrap();
    let two = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
    let (one, two) = (port(&one), port(&two));
    let both = |world: &World| world.add_to_entry(&format!("ports = [{one}, {two}]"));
    found(
        &[],
        both,
        1,
        "ports",
        &format!("none is free: {one}, {two}"),
    );
    let world = World::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let third = port(&free);
    drop(free);
    world.add_to_entry(&format!("ports = [{one}, {third}]"));
    let outcome = world.stepup("doctor -o json").run();
    let line = line(outcome.exits(0), Some("sandbox"), "ports");
    assert_eq!(line["status"], "warn", "{line:#}");
    assert_eq!(line["says"], format!("taken: {one}"));
}

#[test]
fn a_clock_that_is_off() {
    for (switch, says) in [
        ("clock=ahead", "behind the server's"),
        ("clock=behind", "ahead of the server's"),
    ] {
        let says = found(&[switch], |_| (), 2, "clock", says);
        assert!(says.contains("10m") || says.contains("9m 5"), "{says}");
    }
}

#[test]
fn weak_spots_are_named() {
    let world = World::new();
    world.drop_acr_values();
    world.add_to_entry(
        "preset = 'okta'\nports = []\nallow_weak = true\nacr_values = ['phr', 'urn:okta:loa:1fa:any']",
    );
    let outcome = world.stepup("doctor -o json").run();
    let line = line(outcome.exits(0), Some("sandbox"), "assurance");
    assert_eq!(line["status"], "warn");
    let steps = world.stepup("doctor").exits(0);
    steps.prints("manual sandbox: registration: Applications > Create App Integration");
}

#[test]
fn a_host_that_hangs_holds_up_nothing_and_is_a_line() {
    // It takes connections and never answers.
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", mute.local_addr().unwrap());
    let world = World::new();
    let text = world.config_text();
    world.write_config(&text.replace(world.issuer(), &address));
    let outcome = world.stepup("doctor -o json --http-timeout 2s").run();
    assert_eq!(outcome.code, Some(1), "{outcome}");
    let line = line(&outcome, Some("sandbox"), "connection");
    assert_eq!(line["status"], "fail");
    assert!(
        line["says"]
            .as_str()
            .unwrap()
            .contains("did not answer within 2 s")
    );
}

#[test]
fn an_entry_that_is_not_there() {
    let world = World::new();
    let outcome = world.stepup("doctor sandbx -o json").exits(2);
    outcome
        .hints("did you mean `sandbox`?")
        .fails_in_json("usage");
}

#[test]
fn the_browser_is_the_one_that_approve_would_open() {
    for (variables, says) in rows! {
        &[][..], "the system's own will be opened";
        &[("STEPUP_NO_BROWSER", "1")], "as the setting `no_browser` says";
        &[("STEPUP_REMOTE", "yes")], "as the setting `remote` says";
        &[("STEPUP_NO_BROWSER", "0")], "the system's own";
        &[("STEPUP_BROWSER", "sh --new")], "`sh` will be opened, as the setting `browser`";
        &[("BROWSER", "'no such program' --new:'sh' --new")], "`sh` will be opened, as the variable `BROWSER`";
    } {
        let world = World::new();
        let run = world.stepup("doctor -o json").env("DISPLAY", ":0");
        let run = variables
            .iter()
            .fold(run, |run, (name, value)| run.env(name, value));
        let outcome = run.run();
        let line = line(&outcome, None, "browser");
        assert_eq!(line["status"], "ok", "{line:#}");
        assert!(line["says"].as_str().unwrap().contains(says), "{line:#}");
    }
    let world = World::new();
    let run = world.stepup("doctor -o json").env("STEPUP_NO_BROWSER", "1");
    let outcome = run.env("STEPUP_BROWSER", "firefox").run();
    let line = line(&outcome, None, "browser");
    assert_eq!(line["status"], "fail", "approve refuses both: {line:#}");
}

/// What it says is why, and what to do.
#[test]
fn where_no_browser_is_opened_doctor_says_why() {
    let world = World::new();
    for (variables, says, hint) in rows! {
        &[][..], "neither `DISPLAY` nor `WAYLAND_DISPLAY` is set", "`stepup config set remote true`";
        &[("SSH_CONNECTION", "a 1 b 22")], "connected by SSH, and neither", "`stepup config set remote true`";
        &[("BROWSER", "lynx"), ("DISPLAY", ":0")], "`BROWSER` names one for text", "`stepup config set browser ";
        &[("BROWSER", "no-such-program")], "`no-such-program`, which the variable `BROWSER` names, is not installed", "name another";
        &[("STEPUP_BROWSER", "/no/such --new")], "`/no/such`, which the setting `browser` names, is not", "name another";
    } {
        let run = world.stepup("doctor -o json");
        let run = variables
            .iter()
            .fold(run, |run, (name, value)| run.env(name, value));
        let outcome = run.run();
        let line = line(outcome.exits(0), None, "browser");
        assert_eq!(line["status"], "warn", "{line:#}");
        assert!(line["says"].as_str().unwrap().contains(says), "{line:#}");
        assert!(line["hint"].as_str().unwrap().contains(hint), "{line:#}");
    }
}

/// Nobody looks up what is an address already.
#[test]
fn an_address_is_no_name_to_look_up() {
    let world = World::new();
    let outcome = world.stepup("doctor").run();
    assert!(!outcome.exits(0).stdout.contains("dns"), "{outcome}");
    let here = world.config_text().replace("127.0.0.1", "localhost");
    world.write_config(&here);
    let outcome = world.stepup("doctor").run();
    assert!(outcome.stdout.contains("dns: `localhost`"), "{outcome}");
}

/// Even when nothing is kept in it: it is where the next `login` would put the credential.
#[test]
fn the_store_of_secrets_is_looked_at_whatever_credential_is_in_use() {
    let world = World::new();
    let sound = world.stepup("doctor -o json").run();
    let sound = line(&sound, None, "store");
    assert_eq!(sound["status"], "ok", "{sound:#}");

    let keyring = world.config_text().replace("store = \"file\"\n", "");
    world.write_config(&keyring);
    let credential = world.credential();
    let run = world.stepup("doctor -o json");
    let outcome = run.env("STEPUP_API_TOKEN", &credential).run();
    let store = line(outcome.exits(0), None, "store");
    assert_eq!(store["status"], "warn", "nothing needs it: {store:#}");
    let says = store["says"].as_str().unwrap();
    assert!(says.contains("there is no system keyring here"), "{says}");
    assert!(store["hint"].is_string(), "{store:#}");
    assert!(!outcome.stdout.contains(&credential));
}

/// The first command of somebody who has nothing yet: each way on is named, as in every other command.
#[test]
fn a_fresh_machine_is_told_every_way_on() {
    let world = World::new();
    let outcome = world.stepup("doctor").without_env("STEPUP_CONFIG").run();
    for way in [
        "`stepup demo`",
        "`cone login TENANT`",
        "`stepup login TENANT --client-id ID",
    ] {
        outcome.prints(way);
    }
    outcome.exits(2);
}
