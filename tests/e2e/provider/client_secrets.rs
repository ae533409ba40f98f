//! The secret or the key of a confidential client: what is taken for one, how it is typed, and that one is never
//! sent in the other's place.

use rsa::pkcs8::EncodePrivateKey;
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
    secrets[world.secret_of("sandbox")] = text.clone();
    world.write_secrets(&secrets);
}

/// Another entry's, as the sandbox keeps them.
fn kept(world: &World, name: &str) -> Value {
    world.secrets()[world.secret_of(name)].clone()
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
fn a_test_without_the_secret_says_that_and_nothing_of_redirects() {
    let world = world("stepup-confidential", "client_secret_basic", &Value::Null);
    world.forget_secret("sandbox");
    let outcome = world.stepup("provider test sandbox").exits(2);
    outcome
        .prints("fail   client secret")
        .hints("stepup config set-secret");
    assert!(!outcome.stdout.contains("redirect"), "{outcome}");
    world.api().never_saw("/authorize");
}

#[test]
fn a_key_is_never_sent_as_a_secret() {
    let world = world("stepup-signed", "private_key_jwt", &Value::Null);
    let key = kept(&world, "sandbox-signed");
    keep(&world, &key);
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");

    let world = self::world("stepup-signed", "private_key_jwt", &Value::Null);
    for (key, method) in [
        (key, "client_secret_post"),
        (SEC1.into(), "client_secret_basic"),
        (format!("\n{SEC1}").into(), "client_secret_post"),
    ] {
        keep(&world, &key);
        let edit = format!("provider edit sandbox --client-auth {method}");
        world.stepup(&edit).exits(0);
        for words in ["provider test sandbox", "approve 4211 --yes"] {
            let outcome = world.stepup(words).run_with("key");
            refused(&world, &outcome, "of `sandbox` is a private key");
            outcome.hints("stepup provider edit sandbox --client-auth private_key_jwt");
        }
        let doctor = world.stepup("doctor sandbox").exits(2);
        doctor.prints("fail   sandbox: client secret: the client secret of");
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

#[test]
fn a_secret_that_is_typed_is_asked_for_and_not_shown() {
    let world = world(
        "stepup-confidential",
        "client_secret_post",
        &"before".into(),
    );
    let mut running = world.on_a_terminal("config set-secret sandbox").start();
    running.prints("client secret (not shown): ");
    running.types("hunter2\r");
    let outcome = running.ends(0);
    assert!(!outcome.stdout.contains("hunter2"), "{outcome}");
    assert_eq!(kept(&world, "sandbox"), "hunter2");
}

#[test]
fn a_token_that_is_typed_is_asked_for_and_not_shown() {
    let world = World::new();
    let token = world.credential();
    let mut running = world.on_a_terminal("login --token-stdin").start();
    running.prints("token (not shown): ");
    running.types(&format!("{token}\r"));
    let outcome = running.ends(0);
    assert!(!outcome.stdout.contains(&token), "{outcome}");

    let mut running = world
        .on_a_terminal("login --client-id somebody@127.0.0.1/pcc --client-secret-stdin")
        .start();
    running.prints("client secret (not shown): ");
    running.types("hunter2\r");
    let outcome = running.end();
    assert!(!outcome.stdout.contains("hunter2"), "{outcome}");
}

/// Nobody types a key of several lines, and with `--no-input` nobody is asked.
#[test]
fn where_nothing_can_be_typed_a_terminal_is_no_place_to_read_from() {
    for (method, flags) in [
        ("private_key_jwt", ""),
        ("private_key_jwt", "--no-input"),
        ("client_secret_basic", "--no-input"),
    ] {
        let world = world("stepup-confidential", method, &"before".into());
        let words = format!("config set-secret sandbox {flags}");
        let outcome = world.on_a_terminal(&words).start().end();
        assert_eq!(outcome.code, Some(2), "{outcome}");
        assert!(
            outcome
                .stdout
                .contains("stepup config set-secret sandbox < FILE"),
            "{outcome}"
        );
        assert_eq!(kept(&world, "sandbox"), "before");
    }
    let outcome = World::new()
        .on_a_terminal("login --token-stdin --no-input")
        .start()
        .end();
    assert_eq!(outcome.code, Some(2), "{outcome}");
}

/// Before anybody signs in there is no profile, and the secret is this machine's all the same.
#[test]
fn a_secret_needs_no_profile() {
    let world = World::new();
    let credential = world.credential();
    let secret = kept(&world, "sandbox-confidential");
    world.write_config("store = \"file\"\n");
    world.write_secrets(&serde_json::json!({}));
    let add = format!(
        "provider add generic --name sandbox --issuer {} --client-id stepup-confidential --client-auth client_secret_post --acr-value phr",
        world.issuer()
    );
    world.stepup(&add).exits(0);
    let set = world.stepup("config set-secret sandbox");
    set.stdin(secret.as_str().unwrap()).exits(0);
    world
        .stepup("doctor sandbox")
        .run()
        .prints("ok     sandbox: client secret");
    let named = world.stepup("config set-secret sandbox --profile acme");
    named
        .stdin("hunter2")
        .exits(2)
        .says("there is no profile `acme`");
    assert_eq!(kept(&world, "sandbox"), secret);

    let login = format!("login {} --token-stdin", world.api_url());
    world.add_to_entry("redirect_path = \"/callback/sandbox-confidential\"");
    world.stepup(&login).stdin(&credential).exits(0);
    let test = world.stepup("provider test sandbox");
    test.run_with("key").exits(0);
}

/// The sandbox takes assertions signed with ES256 only.
#[test]
fn doctor_knows_that_the_key_signs_with_nothing_that_the_provider_takes() {
    let world = world("stepup-signed", "private_key_jwt", &Value::Null);
    let other = rsa::RsaPrivateKey::new(&mut rand::rngs::OsRng, 2048).unwrap();
    let other = other.to_pkcs8_pem(rsa::pkcs8::LineEnding::LF).unwrap();
    keep(&world, &other.as_str().into());
    let doctor = world.stepup("doctor sandbox").exits(2);
    doctor
        .prints("fail   sandbox: client secret: the client's key signs with `RS256`, `PS256`")
        .prints("stepup config set-secret");
    keep(&world, &kept(&world, "sandbox-signed"));
    let doctor = world.stepup("doctor sandbox").run();
    doctor.prints("ok     sandbox: client secret: is kept in");
}

#[test]
fn what_is_added_comes_with_the_next_step_of_its_kind_of_client() {
    let world = World::new();
    for (name, method, what) in [
        ("a", "client_secret_basic", "secret"),
        ("b", "private_key_jwt", "private key"),
    ] {
        let add = format!(
            "provider add generic --name {name} --issuer {} --client-id {name} --client-auth {method} --acr-value phr",
            world.issuer()
        );
        let outcome = world.stepup(&add).exits(0);
        outcome
            .says(&format!(
                "then keep the client's {what}: `stepup config set-secret {name} < FILE`"
            ))
            .says(&format!("which proves itself with `{method}`"))
            .does_not_say("no secret")
            .does_not_say("asks for nothing");
        let doctor = world.stepup(&format!("doctor {name}")).run();
        assert!(!doctor.stdout.contains("no secret"), "{doctor}");
    }
    let add = format!(
        "provider add generic --name c --issuer {} --client-id c",
        world.issuer()
    );
    let outcome = world.stepup(&add).exits(0);
    outcome
        .says("native (public) client")
        .does_not_say("set-secret")
        .says("this entry asks for nothing by default")
        .says("stepup provider edit c --acr-value phr");
    let test = world.stepup("provider test c").exits(2);
    test.says("the provider entry `c` asks for nothing by default")
        .hints("--acr-value phr")
        .hints("stepup provider edit c --acr-value phr")
        .does_not_say("the API requires");
}

/// A world whose entry has a secret from before names knew the provider.
fn kept_without_origin() -> World {
    let world = confidential_entry();
    let kept = world.forget_secret("sandbox");
    let mut secrets = world.secrets();
    secrets["client-secret/sandbox"] = kept;
    world.write_secrets(&secrets);
    world
}

fn confidential_entry() -> World {
    let world = world("stepup-confidential", "client_secret_basic", &Value::Null);
    let secret = kept(&world, "sandbox-confidential");
    keep(&world, &secret);
    world
}

/// The issuer of an entry was changed: the secret was kept for another.
#[test]
fn a_secret_never_goes_to_another_provider_than_it_was_kept_for() {
    let world = confidential_entry();
    let other = World::new();
    let config = world.config_text();
    world.write_config(&config.replace(world.issuer(), other.issuer()));
    let outcome = world.approve("4211").signing_in_with("key").exits(2);
    outcome
        .says("no client secret of the provider entry `sandbox` for 127.0.0.1:")
        .hints("stepup config set-secret");
    other.api().never_saw("/token");
    world.api().saw_no_approval();
    world.write_config(&config);
    world.approve("4211").run_with("key").exits(0);
}

#[test]
fn a_secret_without_an_origin_is_adopted_by_the_command_that_the_refusal_names() {
    let world = kept_without_origin();
    world
        .approve("4211")
        .run_with("key")
        .exits(2)
        .says("was kept without the URL of its provider")
        .hints("`stepup config set-secret sandbox --adopt`");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
    let adopt = || world.stepup("config set-secret sandbox --adopt").run();
    adopt().exits(0);
    assert!(world.secrets()["client-secret/sandbox"].is_null());
    adopt()
        .exits(2)
        .says("holds no credential without the URL of its provider");
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_secret_without_an_origin_is_adopted_by_a_question_once() {
    let world = kept_without_origin();
    let person = shell_words::quote(&crate::process::person("key")).into_owned();
    let approve = |answer: &str| {
        let words = format!("approve 4211 --yes --browser {person}");
        let mut running = world.on_a_terminal(&words).start();
        running.prints("is it for that provider?");
        running.types(answer);
        running.end()
    };
    let outcome = approve("n\r");
    assert_eq!(outcome.code, Some(2), "{outcome}");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
    let outcome = approve("y\r");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(world.secrets()["client-secret/sandbox"].is_null());
    world.api().saw_one_approval("4211");
}
