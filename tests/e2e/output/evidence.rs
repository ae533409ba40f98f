//! Evidence of an approval: kept, exported, and verified by whoever has the provider's keys.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{Outcome, Run};
use crate::world::World;

/// A world in which 4211 was approved with a security key.
fn approved(switches: &[&str], entry: &str) -> World {
    let world = World::with(switches);
    world.add_to_entry(entry);
    let run = world.approve("4211").signing_in_with("key").exits(0);
    run.prints("  evidence: kept: the provider's signature over this approval");
    world
}

/// Evidence of the only approval.
fn exported(world: &World) -> Value {
    world.stepup("receipt export --now").exits(0).stdout_json()
}

/// The provider's keys, as an archive has them.
fn keys(world: &World) -> PathBuf {
    let keys = world.stepup("provider keys sandbox").run();
    write(world, "keys.json", &keys.exits(0).stdout)
}

fn write(world: &World, name: &str, text: &str) -> PathBuf {
    let path = world.path(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Verified somewhere else: with no configuration and no network but loopback.
fn verify(home: &Path, document: &str, words: &str) -> Outcome {
    let run = Run::of(crate::process::BIN, home);
    let run = run.args("receipt verify --file -").args(words);
    run.stdin(document).run()
}

#[test]
fn an_approval_leaves_evidence_that_a_stranger_can_verify() {
    let world = approved(&[], "");
    let document = exported(&world);
    assert_eq!(document["schema"], "stepup.evidence/1");
    assert_eq!(document["receipt"]["task"]["numeric_id"], "4211");
    assert_eq!(document["statement"]["issuer"], world.issuer());
    let keys = keys(&world);
    let thumbprint = document["key"]["thumbprint"].as_str().unwrap().to_owned();
    let issuer = world.issuer().to_owned();
    let document = document.to_string();
    let elsewhere = tempfile::tempdir().unwrap();
    let verify = |words: &str| verify(elsewhere.path(), &document, words);
    verify(&format!("--jwks {}", keys.display()))
        .exits(0)
        .prints("commitment: ok")
        .prints("signature:  ok")
        .prints("acr:        ok: phr")
        .prints("\ntrusted");
    verify(&format!("--key {thumbprint}")).exits(0);
    verify(&format!("--issuer {issuer}")).exits(0);
    verify(&format!("--jwks {issuer}/jwks --issuer {issuer}")).exits(0);
    verify("").exits(3).says("who signed it is not established");
    // One thumbprint in 64 begins like a flag.
    for other in ["AAAA", "-AAA"] {
        verify(&format!("--key {other}")).exits(3);
    }
    verify(&format!(
        "--jwks {} --issuer https://other.example",
        keys.display()
    ))
    .exits(5)
    .says("issuer");
    let json = verify(&format!("--jwks {} -o json", keys.display()));
    let json = json.exits(0).stdout_json();
    assert_eq!(json["schema"], "stepup.evidence-check/1");
    assert_eq!(json["verdicts"]["trusted"], 1);
    assert_eq!(json["evidence"][0]["verdict"], "trusted");
}

#[test]
fn what_was_changed_or_belongs_to_another_approval_does_not_hold() {
    let world = World::new();
    for task in ["4211", "4213"] {
        world.approve(task).run_with("key").exits(0);
    }
    let keys = format!("--jwks {}", keys(&world).display());
    let all = world.stepup("receipt export --all --now").run();
    let all: Vec<Value> = all
        .exits(0)
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(all.len(), 2);
    let mut title = all[0].clone();
    title["statement"]["title"] = "Grant viewer on Grafana to Ada Novak".into();
    let mut stolen = all[0].clone();
    stolen["id_token"] = all[1]["id_token"].clone();
    let mut old = all[0].clone();
    old["received_at"] = 1_795_906_331_000_i64.into();
    let home = tempfile::tempdir().unwrap();
    let one = |document: &Value| verify(home.path(), &document.to_string(), &keys);
    one(&all[1]).exits(0);
    one(&title)
        .exits(5)
        .says("receipt: the receipt's statement is another one: title was");
    one(&stolen)
        .exits(5)
        .says("commitment: the nonce of the ID token");
    one(&old)
        .exits(2)
        .says("`received_at` is not as it has to be");
    let lines = format!("{}\n{title}\n{}\nnonsense\n", all[0], all[1]);
    let many = verify(home.path(), &lines, &keys);
    many.exits(5)
        .prints("line 1: task 4211: Grant prod-admin on AWS to Ada Novak: trusted")
        .prints("line 2: task 4211: Grant prod-admin on AWS to Ada Novak: does not hold\n  receipt:    does not hold: ")
        .prints("line 4: malformed: it cannot be read as JSON")
        .prints("4 documents: 2 trusted, 0 without an established signer, 0 bound by the provider's word alone, 0 not bound, 0 the API's word alone, 1 that do not hold, 1 malformed");
}

#[test]
fn evidence_is_not_printed_while_its_id_token_is_valid_unless_asked_for() {
    let world = approved(&[], "");
    let refused = world.stepup("receipt export").exits(7);
    refused.says("the ID token in the evidence of receipt 1 is still valid");
    assert_eq!(refused.stdout, "");
    let all = world.stepup("receipt export --all").exits(0);
    all.says("left out: the evidence of 1");
    assert_eq!(all.stdout, "");
    exported(&world);
}

/// What the receipt recommends works at once.
#[test]
fn a_file_of_evidence_is_its_owners_and_written_whole_or_not_at_all() {
    let world = approved(&[], "");
    let file = world.path("evidence.json");
    let export =
        |words: &str| world.stepup(&format!("receipt export {words} --file {}", file.display()));
    export("2").exits(2);
    assert!(!file.exists());
    export("1").exits(0).says("hand it to nobody before that");
    #[cfg(unix)]
    assert_eq!(crate::world::mode(&file), 0o600);
    let keys = keys(&world);
    let verify = format!(
        "receipt verify --file {} --jwks {}",
        file.display(),
        keys.display()
    );
    world
        .stepup(&verify)
        .exits(0)
        .prints("not signed, the approver's and the API's word alone: outcome, people,");
    // Nothing that is there is replaced.
    let before = std::fs::read(&file).unwrap();
    export("1").exits(1).hints("a file that is not there yet");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    std::fs::remove_file(&file).unwrap();
    export("--all").exits(7).says("no evidence was written");
    assert!(!file.exists());
    world.stepup("approve 4212 --yes").exits(0);
    export("--all --now")
        .exits(0)
        .says("the evidence of 1 approval is in")
        .says("; 1 receipt has none (evidence is of approvals with step-up)");
}

#[test]
fn it_is_kept_for_its_owner_and_removed_when_it_is_old() {
    let world = approved(&[], "");
    let folder = world.config().join("receipts.evidence");
    let file = std::fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    #[cfg(unix)]
    assert_eq!(
        [&folder, &file].map(|path| crate::world::mode(path)),
        [0o700, 0o600]
    );
    world
        .stepup("receipt prune --older-than 1d")
        .exits(0)
        .prints("no evidence is as old as that");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 24 * 3600);
    let opened = std::fs::File::options().write(true).open(&file).unwrap();
    opened.set_modified(old).unwrap();
    let prune = "receipt prune --older-than 1d";
    world.stepup(prune).exits(2).hints("--yes");
    let mut asked = world.on_a_terminal(prune).start();
    asked.prints("remove the evidence of 1 approval for good?");
    asked.types("n\r");
    asked.ends(6);
    assert!(file.exists());
    world
        .stepup(&format!("{prune} --yes"))
        .exits(0)
        .prints("the evidence of 1 approval is removed");
    world
        .stepup("receipt export --now")
        .exits(2)
        .says("there is no evidence of receipt 1");
    world.stepup("receipt verify").exits(0);
}

#[test]
fn none_is_kept_where_the_configuration_says_so_or_nothing_was_proven() {
    let world = World::new();
    world.stepup("config set evidence off").exits(0);
    let run = world.approve("4211").run_with("key");
    assert!(!run.exits(0).stdout.contains("evidence"));
    world.stepup("config unset evidence").exits(0);
    world.approve("4212").exits(0);
    assert!(!world.config().join("receipts.evidence").exists());
    world.stepup("receipt export --now").exits(2);
}

#[test]
fn a_refused_sign_in_leaves_none() {
    let world = World::with(&["acr=lower"]);
    world.approve("4211").run_with("key").exits(3);
    world.api().saw_no_approval();
    assert!(!world.config().join("receipts.evidence").exists());
}

/// The name that was compared may be `UserInfo`'s.
#[test]
fn the_word_of_userinfo_is_in_it_and_labelled() {
    let world = approved(&["email=userinfo"], "");
    let document = exported(&world);
    assert_eq!(
        document["userinfo"]["label"],
        "the provider's word over TLS, unsigned"
    );
    let keys = format!("--jwks {}", keys(&world).display());
    let home = tempfile::tempdir().unwrap();
    verify(home.path(), &document.to_string(), &keys)
        .exits(0)
        .prints("the person was compared by UserInfo: the provider's word over TLS, unsigned");
    let mut without = document.clone();
    without.as_object_mut().unwrap().remove("userinfo");
    verify(home.path(), &without.to_string(), &keys)
        .exits(5)
        .says("person");
}

/// An API that puts the credential into what is shown gets it hidden there, and evidence is for others.
#[test]
fn a_secret_that_the_api_sends_back_is_not_in_it() {
    let world = World::with(&["hostile_text=credential"]);
    // Its number is not one any more.
    let run = world.approve(&world.api().id("4211"));
    run.run_with("key").exits(0);
    let document = exported(&world);
    assert!(!document.to_string().contains(&world.credential()));
    let title = document["statement"]["title"].as_str().unwrap();
    assert!(title.contains("(hidden)"), "{title}");
    let keys = format!("--jwks {}", keys(&world).display());
    let home = tempfile::tempdir().unwrap();
    verify(home.path(), &document.to_string(), &keys).exits(0);
}

/// Where the texts in it are.
fn texts(value: &Value, place: &str) -> Vec<String> {
    let within = |(name, value): (String, &Value)| texts(value, &format!("{place}/{name}"));
    match value {
        Value::String(_) => vec![place.to_owned()],
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), value));
            members.flat_map(within).collect()
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let items = items.map(|(index, value)| (index.to_string(), value));
            items.flat_map(within).collect()
        }
        _ => Vec::new(),
    }
}

/// Whoever made it may not have been `stepup`.
#[test]
fn nothing_in_it_looks_like_a_line_of_ours() {
    let document = exported(&approved(&[], ""));
    let text = format!("x\n\ntrusted{}{}", " ".repeat(300), "long ".repeat(2000));
    let forged = texts(&document, "").into_iter().map(|place| {
        let mut forged = document.clone();
        *forged.pointer_mut(&place).unwrap() = text.as_str().into();
        format!("{forged}\n")
    });
    let home = tempfile::tempdir().unwrap();
    let outcome = verify(home.path(), &forged.collect::<String>(), "");
    outcome.exits(5);
    for line in outcome.stdout.lines().chain(outcome.stderr.lines()) {
        assert!(!line.starts_with("trusted"), "{outcome}");
        let padded = line.contains(&" ".repeat(20));
        assert!(!padded && line.chars().count() < 1500, "{line}");
    }
}

#[test]
fn what_is_no_evidence_is_told() {
    let home = tempfile::tempdir().unwrap();
    verify(home.path(), "", "").exits(2).says("is empty");
    verify(home.path(), "{}", "")
        .exits(2)
        .says("its `schema` is missing");
    verify(home.path(), "{\n", "")
        .exits(2)
        .says("cannot be read as JSON");
    let large = "x".repeat(2 * 1024 * 1024);
    verify(home.path(), &large, "")
        .exits(2)
        .says("evidence has at most 1048576");
    let run = Run::of(crate::process::BIN, home.path());
    run.args("receipt verify --file none.json")
        .exits(2)
        .says("`none.json` cannot be read");
    let run = Run::of(crate::process::BIN, home.path());
    run.args("receipt verify --jwks x").exits(2);
}
