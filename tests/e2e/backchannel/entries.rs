//! Clients and entries for the backchannel ceremony: who may use it, how a key is kept, what an administrator sees.

use serde_json::{Value, json};

use super::ceremony::{
    BASIC, ENDPOINT, KEY, QUICK, answered, approved, phone, prepare, refused, world,
};
use crate::world::World;

#[test]
fn a10_okta_wants_a_web_application_has_its_own_name_for_the_time_and_tells_no_acr() {
    for name in ["okta", "okta-custom"] {
        let world = World::imitating(name, &[QUICK]);
        prepare(&world, BASIC);
        // 5 m, which is what the flag says, is as long as Okta allows.
        let running = world.approve("4211").args("--timeout 10m").start();
        let outcome = answered(&world, running, "key");
        refused(&world, &outcome, 3, "got no acr at all");
        outcome.hints(NO_ACR);
        let outcome = world.approve("4211").args("--login-hint nobody").run();
        refused(&world, &outcome, 2, "with `invalid_request`");
    }
    let world = World::imitating("okta-classic", &[]);
    prepare(&world, BASIC);
    let outcome = world.approve("4211").run();
    refused(
        &world,
        &outcome,
        2,
        "a provider of preset `okta-classic` has none",
    );
}

const NO_ACR: &str = "documents no acr for a sign-in on the user's own device";

/// What such an entry is good for is said when it is made, when a test of it fails, and it holds.
#[test]
fn a10_okta_is_good_for_steps_that_require_no_value() {
    let world = World::imitating("okta", &[QUICK, "challenge=fresh"]);
    prepare(&world, BASIC);
    let test = || world.stepup("provider test okta -o json").start();
    let outcome = answered(&world, test(), "key");
    let hints = outcome.exits(3).hints(NO_ACR).stdout_json()["checks"].to_string();
    assert!(hints.contains(NO_ACR), "{hints}");

    let edit = "provider edit okta --request freshness-only";
    world.stepup(edit).exits(0);
    answered(&world, test(), "key").exits(0);
    approved(&world, "key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a10_adding_such_an_entry_says_so() {
    let world = World::imitating("okta", &[]);
    let add = "provider add okta --name phone --client-id stepup-confidential --backchannel \
        --client-auth client_secret_basic --issuer";
    let add = |flags: &str| world.stepup(add).arg(world.issuer()).args(flags).run();
    add("").exits(0).says(NO_ACR);
    world.stepup("provider remove phone --yes").exits(0);
    add("--request freshness-only")
        .exits(0)
        .does_not_say(NO_ACR);
}

/// Okta takes an assertion for the endpoint that it is sent to, others one for the issuer.
#[test]
fn a_key_proves_the_client_in_the_way_that_the_provider_wants() {
    for name in ["okta", "okta-custom"] {
        let world = World::imitating(name, &[QUICK]);
        prepare(&world, KEY);
        let running = world.approve("4211").start();
        let outcome = answered(&world, running, "key");
        // The client was believed, by the backchannel and by the token endpoint; there is no acr.
        refused(&world, &outcome, 3, "got no acr at all");
        // What another provider wants is not taken.
        let entry = world
            .config_text()
            .replace(&format!("preset = \"{name}\"\n"), "");
        world.write_config(&entry);
        let outcome = world.approve("4211").run();
        refused(&world, &outcome, 2, "`invalid_client`");
    }
}

#[test]
fn a_profile_cannot_name_a_ceremony_that_none_of_its_entries_can_do() {
    let world = World::new();
    let before = world.config_text();
    let outcome = world.stepup("config set ceremony backchannel").exits(2);
    outcome
        .says("no provider entry has `backchannel = true`")
        .hints("nothing was written");
    assert_eq!(world.config_text(), before);
    let world = self::world(&[]);
    world.stepup("config set ceremony backchannel").exits(0);
    let outcome = world
        .stepup("provider edit sandbox --unset backchannel")
        .exits(2);
    outcome.says("no provider entry has `backchannel = true`");
}

#[test]
fn public_clients_are_out() {
    let world = World::new();
    world.add_to_entry("backchannel = true");
    let outcome = world.approve("4211").exits(2);
    outcome.says("public clients cannot use it");
    assert_eq!(world.api().log().len(), 0);
    // The provider says so too.
    for (name, path, status) in [
        ("generic", ENDPOINT, 401),
        ("okta", "/oauth2/v1/bc/authorize", 403),
    ] {
        let world = World::imitating(name, &[]);
        let url = format!("{}{path}", world.info["provider_url"].as_str().unwrap());
        let form = "client_id=stepup-cli&scope=openid&login_hint=mira.chen";
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        assert_eq!(crate::browser::post(&url, &kind, form).status, status);
    }
}

#[test]
fn a_test_of_the_entry_shows_each_check() {
    let world = world(&[]);
    let running = world.stepup("provider test sandbox -o json").start();
    let outcome = {
        running.says("waiting for");
        world.sign_in(&phone(&world), "key").exits(0);
        running.end()
    };
    let document = outcome.exits(0).stdout_json();
    let checks: Vec<&str> = document["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["check"].as_str().unwrap())
        .collect();
    for check in [
        "backchannel",
        "other device",
        "token",
        "signature",
        "person",
    ] {
        assert!(checks.contains(&check), "{checks:?}");
    }
    assert!(!checks.contains(&"redirect") && !checks.contains(&"state"));
    let world = super::ceremony::world(&["backchannel=ping-only"]);
    let outcome = world.stepup("provider test sandbox").exits(1);
    outcome.prints("fail   backchannel");
    world.api().never_saw(ENDPOINT);
    let world = super::ceremony::world(&["backchannel_error=unauthorized_client"]);
    let outcome = world.stepup("provider test sandbox -o json").run();
    let document = outcome.exits(2).stdout.clone();
    let document: Value = serde_json::from_str(document.lines().next().unwrap()).unwrap();
    let last = document["checks"].as_array().unwrap().last().unwrap();
    assert_eq!(last["check"], "backchannel");
    assert_eq!(last["result"], json!("fail"));
}

#[test]
fn a_key_is_taken_from_stdin_and_only_if_it_is_one() {
    let world = world(&[]);
    prepare(&world, KEY);
    let key = world.secrets()[world.secret_of("sandbox")].clone();
    world.forget_secret("sandbox");
    let outcome = world.approve("4211").run();
    refused(
        &world,
        &outcome,
        2,
        "no client secret of the provider entry `sandbox` for 127.0.0.1:",
    );
    outcome.hints("stepup config set-secret");
    let set = |text: &str| world.stepup("config set-secret sandbox").stdin(text).run();
    let pem = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n";
    for text in [
        "hunter2",
        pem,
        r#"{"kty":"EC","crv":"P-256","x":"hunter2","y":"hunter2"}"#,
    ] {
        let outcome = set(text);
        outcome
            .exits(2)
            .does_not_say("hunter2")
            .hints("openssl genpkey");
    }
    assert!(world.secrets()[world.secret_of("sandbox")].is_null());
    let kept = set(&format!("{}\n", key.as_str().unwrap()));
    kept.exits(0)
        .prints("the client key of `sandbox` is kept in");
    assert!(!kept.stdout.contains("\"d\"") && !kept.stderr.contains("\"d\""));
    approved(&world, "key").exits(0);
    world.api().saw_one_approval("4211");
}

/// A damaged key is found by `doctor`; another client's, before the person is asked.
#[test]
fn a_key_that_is_none_or_another_clients_asks_nobody() {
    let world = world(&[]);
    prepare(&world, KEY);
    let kept = world.secrets();
    let mut secrets = kept.clone();
    secrets[world.secret_of("sandbox")] = "hunter2".into();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").run();
    refused(
        &world,
        &outcome,
        2,
        "the client key of `sandbox` cannot be used",
    );
    outcome.does_not_say("hunter2");
    let doctor = world.stepup("doctor sandbox").exits(2);
    doctor.prints("fail   sandbox: client secret: the client key of");
    assert!(!doctor.stdout.contains("hunter2"));

    let other = World::new();
    let mut secrets = kept;
    secrets[world.secret_of("sandbox")] =
        other.secrets()[other.secret_of("sandbox-signed")].clone();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").run();
    refused(&world, &outcome, 2, "with `invalid_client`");
    world.api().never_saw("/token");
}

#[test]
fn doctor_and_the_entrys_commands_know_it() {
    let world = world(&[]);
    let doctor = world.stepup("doctor sandbox").exits(0);
    doctor
        .prints("ok     sandbox: backchannel: its endpoint is there")
        .prints("the CIBA grant, by poll");
    assert!(!doctor.stdout.contains("sandbox: ports"), "{doctor}");
    let show = world.stepup("provider show sandbox").exits(0);
    show.prints("ceremony: backchannel");
    let ping = super::ceremony::world(&["backchannel=ping-only"]);
    let doctor = ping.stepup("doctor sandbox").exits(1);
    doctor.prints("fail   sandbox: backchannel: the provider delivers");

    let world = World::new();
    let add = format!(
        "provider add generic --name phone --client-id c --backchannel --issuer {}",
        world.issuer()
    );
    let outcome = world.stepup(&add).exits(2);
    outcome.says("public clients cannot use it");
    let outcome = world
        .stepup(&format!("{add} --client-auth private_key_jwt"))
        .run();
    outcome
        .exits(0)
        .says("delivery mode poll")
        .does_not_say("redirect URIs");
    assert!(world.config_text().contains("backchannel = true"));
    world
        .stepup("provider edit phone --unset backchannel")
        .exits(0);
    assert!(!world.config_text().contains("backchannel"));
    // At the provider, not at the first night call.
    let ping = World::with(&["backchannel=no-endpoint"]);
    let add = add.replace(world.issuer(), ping.issuer());
    let outcome = ping
        .stepup(&format!("{add} --client-auth client_secret_basic"))
        .run();
    outcome
        .exits(2)
        .says("no backchannel authentication endpoint");
    assert!(!ping.config_text().contains("backchannel"));
}

/// The same client proves itself in the same way where it is the browser's turn (B6.1).
#[test]
fn b6_1_a_client_with_a_key_redeems_codes_and_pushes_too() {
    for switches in [&[][..], &["par=required"], &["dpop=nonce"]] {
        let world = world(switches);
        prepare(&world, KEY);
        world.add_to_entry("redirect_path = \"/callback/sandbox-signed\"\ndpop = true");
        let run = world.approve("4211").args("--ceremony local");
        run.run_with("key").exits(0);
        world.api().never_saw(ENDPOINT);
        world.api().saw_one_approval("4211");
    }
}

/// CIBA leaves the form of the hint to the provider.
#[test]
fn b13_4_the_person_is_named_as_the_provider_wants_it() {
    for (switch, form) in [
        ("backchannel_hint=username", "username"),
        ("backchannel_hint=json", r#"{"username": "{username}"}"#),
    ] {
        let world = world(&[switch]);
        let outcome = world.approve("4211").run();
        refused(&world, &outcome, 2, "with `unknown_user_id`");
        let set = world.stepup("provider edit sandbox --no-check --login-hint-form");
        set.arg(form).exits(0);
        // What is typed is a name in that form.
        let run = world.approve("4211").args("--login-hint nobody");
        run.exits(2).says("with `unknown_user_id`");
        approved(&world, "key")
            .exits(0)
            .says("asks mira.chen@sandbox.example on their own device");
        world.api().saw_one_approval("4211");
        let shown = world.stepup("provider show sandbox").exits(0);
        shown.prints("person named there by: ");
    }
}

#[test]
fn b13_4_a_form_that_names_nobody_is_refused() {
    for (form, why) in [
        ("mail", "`address`"),
        ("{\"username\": \"mira\"}", "it names nobody"),
        ("{username}", "it is not a JSON object"),
        ("{\"a\": 1} {\"b\": \"{sub}\"}", "it is not a JSON object"),
    ] {
        let world = world(&[]);
        let set = world.stepup("provider edit sandbox --no-check --login-hint-form");
        set.arg(form).exits(2).says(why);
    }
    let world = World::new();
    let set = world.stepup("provider edit sandbox --no-check --login-hint-form username");
    set.exits(2).says("it is for the backchannel");
}
