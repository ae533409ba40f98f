//! The secret or the key of a confidential client: what is taken for one, how it is typed, and that one is never
//! sent in the other's place.

use serde_json::Value;

use crate::process::Outcome;
use crate::world::World;

const SEC1: &str = "-----BEGIN EC PRIVATE KEY-----\naHVudGVyMg==\n-----END EC PRIVATE KEY-----\n";

/// An entry for a client of the sandbox, and what is kept for it.
fn world(client: &str, method: &str, kept: &Value) -> World {
    let world = World::new();
    let text = world
        .config_text()
        .replace("\"stepup-cli\"", &format!("\"{client}\""));
    world.write_config(&text);
    let path = client.replace("stepup-", "/callback/sandbox-");
    world.add_to_entry(&format!(
        "client_auth = \"{method}\"\nredirect_path = \"{path}\""
    ));
    keep(&world, kept);
    world
}

fn keep(world: &World, text: &Value) {
    let mut secrets = world.secrets();
    secrets["client-secret/sandbox"] = text.clone();
    world.write_secrets(&secrets);
}

/// Another entry's, as the sandbox keeps them.
fn kept(world: &World, name: &str) -> Value {
    world.secrets()[format!("client-secret/{name}")].clone()
}

fn refused(world: &World, outcome: &Outcome, why: &str) {
    outcome
        .exits(2)
        .says(why)
        .does_not_say("BEGIN")
        .does_not_say("\"d\"")
        .does_not_say("aHVudGVyMg");
    for path in ["/authorize", "/token", "/par", "/bc-authorize"] {
        world.api().never_saw(path);
    }
    world.api().saw_no_approval();
}

#[test]
fn a_key_is_never_sent_as_a_secret() {
    let world = world("stepup-signed", "private_key_jwt", &Value::Null);
    let key = kept(&world, "sandbox-signed");
    keep(&world, &key);
    world.approve("4211").signing_in_with("key").run().exits(0);
    world.api().saw_one_approval("4211");

    let world = self::world("stepup-signed", "private_key_jwt", &Value::Null);
    for (key, method) in [
        (key, "client_secret_post"),
        (SEC1.into(), "client_secret_basic"),
        (format!("\n{SEC1}").into(), "client_secret_post"),
    ] {
        keep(&world, &key);
        let edit = format!("provider edit sandbox --client-auth {method}");
        world.stepup(&edit).run().exits(0);
        for words in ["provider test sandbox", "approve 4211 --yes"] {
            let outcome = world.stepup(words).signing_in_with("key").run();
            refused(&world, &outcome, "of `sandbox` is a private key");
            outcome.hints("stepup provider edit sandbox --client-auth private_key_jwt");
        }
        let doctor = world.stepup("doctor sandbox").run();
        doctor
            .exits(2)
            .prints("fail   sandbox: client secret: the client secret of");
        assert!(!doctor.stdout.contains("BEGIN"), "{doctor}");
    }
}

#[test]
fn a_key_is_not_kept_as_a_secret() {
    let world = world(
        "stepup-confidential",
        "client_secret_post",
        &"hunter2".into(),
    );
    let before = world.secrets();
    let key = kept(&world, "sandbox-signed").as_str().unwrap().to_owned();
    for text in [
        SEC1,
        "-----BEGIN PUBLIC KEY-----",
        key.as_str(),
        r#"{"kty":"EC","crv":"P-256","d":"aHVudGVyMg"}"#,
        r#"{"keys":[{"kty":"RSA","d":"aHVudGVyMg"}]}"#,
    ] {
        let run = world.stepup("config set-secret sandbox").stdin(text);
        refused(&world, &run.run(), "a private key");
    }
    assert_eq!(world.secrets(), before);
}

#[test]
fn a_public_client_has_no_secret() {
    let world = World::new();
    let before = world.secrets();
    let run = world.stepup("config set-secret sandbox").stdin("hunter2");
    let outcome = run.run();
    refused(&world, &outcome, "`sandbox` is a public client");
    outcome.hints("stepup provider edit sandbox --client-auth METHOD");
    assert_eq!(world.secrets(), before);
}
