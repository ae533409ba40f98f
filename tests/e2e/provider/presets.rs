//! Presets: what is known about kinds of providers, shown and put to use. A mistake in an entry is found
//! when the file is read, before anybody is asked anything.

use serde_json::{Value, json};

use crate::process::{BIN, Run};
use crate::world::{World, read_json};

fn alone(words: &str) -> Run {
    Run::of(BIN, &std::env::temp_dir()).args(words)
}

/// With these lines in the entry, and the sandbox's own values out of it, nothing is asked of anybody.
#[track_caller]
fn mistake(lines: &str, reason: &str) {
    let world = World::new();
    world.drop_acr_values();
    world.add_to_entry(lines);
    world.refuses(2, "usage", reason, "");
    assert!(world.api().log().is_empty());
}

/// A sandbox whose entry has this preset and these lines instead of the sandbox's values.
fn with_preset(switches: &[&str], lines: &str) -> World {
    let world = World::with(switches);
    world.drop_acr_values();
    world.add_to_entry(lines);
    world
}

#[test]
fn every_preset_has_a_line_and_a_page_and_documents() {
    let list = alone("provider presets").exits(0);
    list.prints("tenant policy");
    let document = alone("provider presets --json").run().stdout_json();
    assert_eq!(document["schema"], "stepup.presets/1");
    let presets = document["presets"].as_array().unwrap();
    assert_eq!(presets.len(), list.stdout.lines().count());
    for preset in presets {
        let name = preset["name"].as_str().unwrap();
        let mut lines = list.stdout.lines();
        assert!(
            lines.any(|line| line.starts_with(&format!("{name}\t"))),
            "{list}"
        );
        let whole = alone("provider presets").arg(name).exits(0);
        whole.prints(preset["title"].as_str().unwrap());
        let one = alone("provider presets --json")
            .arg(name)
            .run()
            .stdout_json();
        assert_eq!(one["schema"], "stepup.preset/1");
        assert_eq!(one["preset"], *preset);
    }
}

#[test]
fn a_page_says_what_the_reference_says() {
    alone("provider presets okta-classic")
        .exits(0)
        .prints("max_age=1, prompt=login")
        .prints("each port registered")
        .prints("urn:okta:loa:1fa:pwd (Low): a password; accepted only with allow_weak")
        .prints("may differ by 300 s")
        .prints("no_matching_policy");
    alone("provider presets entra-acrs")
        .exits(0)
        .prints("https://login.microsoftonline.com/{tenant}/v2.0")
        .prints("http://localhost/callback/NAME, any port")
        .prints("asked by: entra-contexts")
        .prints("granted to everyone")
        .prints("AADSTS53003");
    alone("provider presets google")
        .exits(0)
        .prints("refused: Google cannot do step-up");
}

#[test]
fn a_value_that_the_provider_would_ignore() {
    mistake(
        "preset = 'okta'\nacr_values = ['phhr']",
        "did you mean `phr`?",
    );
    mistake(
        "preset = 'okta-classic'\nacr_values = ['phr']",
        "would ignore it in silence",
    );
}

#[test]
fn a_weak_value_without_consent() {
    mistake(
        "preset = 'okta'\nacr_values = ['urn:okta:loa:2fa:any:ifpossible']",
        "it is weak (two factors if enrolled, else one)",
    );
}

#[test]
fn an_entry_with_a_preset_approves() {
    let world = with_preset(&[], "preset = 'okta'\nports = []");
    let outcome = world.approve("4211").args("-o json").run_with("key");
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["proof"]["acr"], "phr");
    assert_eq!(receipt["caveats"], json!([]), "{outcome}");
    world.api().saw_one_approval("4211");
}

#[test]
fn p4_a_number_of_entra_says_more_than_its_code() {
    for (code, description, exit, hint) in rows! {
        "access_denied", "AADSTS53003: Access has been blocked", 7, "Conditional Access policy";
        "interaction_required", "AADSTS50076: a change was made", 3, "multi-factor";
        "access_denied", "no_matching_policy", 2, "access policy with a rule";
        "access_denied", "The resource owner denied", 6, "you declined";
    } {
        let world = World::with(&[
            &format!("authorize_error={code}"),
            &format!("authorize_error_description={description}"),
        ]);
        let outcome = world.approve("4211").run_with("key");
        outcome.exits(exit).says(code).hints(hint);
        world.api().saw_no_approval();
    }
}

const RANK: &str = "rank = ['urn:okta:loa:1fa:pwd', 'urn:okta:loa:2fa:any', 'phr', 'phrh']";

#[test]
fn b1_10_a_stronger_value_than_demanded_is_refused() {
    // The task demands phr, and the provider answers with phrh.
    for lines in [
        "preset = 'okta'\nports = []",
        &format!("preset = 'okta'\nports = []\n{RANK}"),
    ] {
        let world = with_preset(&["acr=higher"], lines);
        let outcome = world.approve("4211").run_with("key");
        outcome.exits(3).says("needed `phr`, got `phrh`");
        world.api().saw_no_approval();
    }
}

#[test]
fn b1_10_a_weaker_value_is_refused_whatever_the_rank() {
    let lines = format!("preset = 'okta'\nports = []\naccept_stronger = true\n{RANK}");
    let world = with_preset(&["acr=lower"], &lines);
    let outcome = world.approve("4211").signing_in_with("key").exits(3);
    outcome.says("needed `phr`, got `urn:okta:loa:1fa:pwd`");
    world.api().saw_no_approval();
}

#[test]
fn b1_10_a_stronger_value_counts_where_the_entry_ranks_it_and_the_receipt_says_so() {
    let lines = format!("preset = 'okta'\nports = []\naccept_stronger = true\n{RANK}");
    for words in ["-o json", "-o text"] {
        let world = with_preset(&["acr=higher"], &lines);
        let run = world.approve("4211").signing_in_with("key");
        let outcome = run.args(words).exits(0);
        if words == "-o json" {
            let receipt = outcome.stdout_json();
            assert_eq!(receipt["caveats"], json!(["ranked-higher"]));
        } else {
            outcome.prints("note:     not the required value");
        }
        world.api().saw_one_approval("4211");
    }
}

/// A sandbox whose tasks demand these values, no older than five minutes, and an entry with these lines.
fn demanding(acr_values: &Value, lines: &str) -> World {
    fn demand(state: &mut Value, acr_values: &Value) {
        match state {
            Value::Object(members) if members.contains_key("acr_values") => {
                members.insert("acr_values".into(), acr_values.clone());
                members.insert("max_age".into(), json!(300));
            }
            Value::Object(members) => members.values_mut().for_each(|one| demand(one, acr_values)),
            Value::Array(items) => items.iter_mut().for_each(|one| demand(one, acr_values)),
            _ => {}
        }
    }
    let first = World::new();
    let mut state = read_json(&first.path("state.json"));
    demand(&mut state["tasks"], acr_values);
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), state.to_string()).unwrap();
    let world = World::at(home, &[]);
    world.drop_acr_values();
    world.add_to_entry(lines);
    world
}

#[test]
fn a_weak_value_that_was_allowed_is_named_in_the_receipt() {
    let weak = "urn:okta:loa:1fa:any";
    let lines = format!("preset = 'okta'\nports = []\nallow_weak = true\nacr_values = ['{weak}']");
    for words in ["-o json", "-o text"] {
        let world = demanding(&json!([weak]), &lines);
        let run = world.approve("4211").signing_in_with("password");
        let outcome = run.args(words).exits(0);
        if words == "-o json" {
            let receipt = outcome.stdout_json();
            assert_eq!(receipt["caveats"], json!(["weak-value"]));
        } else {
            outcome.prints("note:     weak value: it can be met with one factor");
        }
        world.api().saw_one_approval("4211");
    }
}

#[test]
fn a_proof_of_freshness_only_says_so_in_the_receipt() {
    for words in ["-o json", "-o text"] {
        let world = demanding(&json!([]), "request = 'freshness-only'");
        let run = world.approve("4211").signing_in_with("password");
        let outcome = run.args(words).exits(0);
        if words == "-o json" {
            let receipt = outcome.stdout_json();
            assert_eq!(receipt["caveats"], json!(["freshness-only"]));
        } else {
            outcome
                .prints("required: a sign-in, at most 300 s old")
                .prints("note:     freshness only");
        }
        world.api().saw_one_approval("4211");
    }
}

#[test]
fn a_demand_for_more_than_freshness_is_refused_before_any_browser() {
    let world = World::new();
    world.drop_acr_values();
    world.add_to_entry("request = 'freshness-only'");
    let outcome = world.approve("4211").args("-o json").run_with("key");
    outcome
        .fails(2, "usage", "requires acr `phr`, and the provider entry `sandbox` proves nothing but a fresh sign-in")
        .does_not_say("/start/");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}
