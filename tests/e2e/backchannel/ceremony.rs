//! The backchannel ceremony (OpenID CIBA, B13): the provider asks the person on a page that stands for their
//! telephone, and the terminal waits, verifies and submits as ever.

use std::time::Duration;

use crate::browser;
use crate::process::{Outcome, Running};
use crate::world::World;

/// Quick enough for a test; a real server says 5.
pub(crate) const QUICK: &str = "backchannel_interval_s=1";

pub(crate) const ENDPOINT: &str = "/bc-authorize";

/// How a client of the sandbox proves itself: client, method, credential.
pub(crate) const BASIC: [&str; 3] = [
    "stepup-confidential",
    "client_secret_basic",
    "sandbox-confidential",
];
const POST: [&str; 3] = [
    "stepup-confidential",
    "client_secret_post",
    "sandbox-confidential",
];
pub(crate) const KEY: [&str; 3] = ["stepup-signed", "private_key_jwt", "sandbox-signed"];

/// A world whose provider entry is one for the backchannel.
pub(crate) fn world(switches: &[&str]) -> World {
    let world = World::with(&[&[QUICK], switches].concat());
    prepare(&world, BASIC);
    world
}

pub(crate) fn prepare(world: &World, [client, method, credential]: [&str; 3]) {
    let text = world.config_text();
    let own = |line: &&str| !["client_id", "client_auth", "backchannel"].contains(&key(line));
    let lines: Vec<&str> = text.lines().filter(own).collect();
    let mut secrets = world.secrets();
    secrets[world.secret_of(world.entry())] = secrets[world.secret_of(credential)].clone();
    world.write_secrets(&secrets);
    world.write_config(&format!(
        "{}\nclient_id = \"{client}\"\nclient_auth = \"{method}\"\nbackchannel = true\n",
        lines.join("\n")
    ));
}

fn key<'a>(line: &&'a str) -> &'a str {
    line.split(' ').next().unwrap_or_default()
}

/// The words that the terminal shows.
fn words(running: &Running) -> String {
    running.stderr(|text| {
        let line = text.lines().find(|line| line.starts_with("  stepup-"))?;
        // Whole only when the next line has begun.
        text.contains("waiting for").then(|| line.trim().to_owned())
    })
}

/// Answers on the telephone as soon as the terminal shows by what words to know the request.
pub(crate) fn answered(world: &World, running: Running, factor: &str) -> Outcome {
    words(&running);
    world.sign_in(&phone(world), factor).exits(0);
    running.end()
}

pub(crate) fn phone(world: &World) -> String {
    format!("{}/phone", world.info["provider_url"].as_str().unwrap())
}

pub(crate) fn approved(world: &World, factor: &str) -> Outcome {
    answered(world, world.approve("4211").start(), factor)
}

fn polls(world: &World) -> usize {
    world.api().times("/token").len()
}

/// Ended like this, and the API saw no approval.
#[track_caller]
pub(crate) fn refused(world: &World, outcome: &Outcome, code: i32, sentence: &str) {
    outcome.exits(code).says(sentence);
    world.api().saw_no_approval();
}

/// Everything that the answered request is refused for, with what the person did.
#[track_caller]
fn answered_and_refused(switches: &[&str], factor: &str, code: i32, sentence: &str) {
    let world = world(switches);
    refused(&world, &approved(&world, factor), code, sentence);
}

/// Refused before the person could be asked: nothing was polled for.
#[track_caller]
fn refused_at_once(switches: &[&str], code: i32, sentence: &str) -> Outcome {
    let world = world(switches);
    let outcome = world.approve("4211").run();
    refused(&world, &outcome, code, sentence);
    world.api().never_saw("/token");
    outcome.does_not_say("waiting for");
    outcome
}

/// B13.6: the one poll that there is time for is made, and finds the answer.
#[test]
fn b13_6_an_interval_as_long_as_the_wait_leaves_one_poll_at_its_end() {
    let world = World::with(&["backchannel_interval_s=3"]);
    prepare(&world, BASIC);
    let running = world.approve("4211").args("--timeout 3s").start();
    answered(&world, running, "key").exits(0);
    assert_eq!(polls(&world), 1);
    world.api().saw_one_approval("4211");
}

#[test]
fn b13_2_an_approval_without_a_browser_by_each_way_to_prove_a_client() {
    for client in [BASIC, POST, KEY] {
        let world = world(&[]);
        prepare(&world, client);
        let running = world.stepup("approve --yes -o json 4211").start();
        let outcome = answered(&world, running, "key");
        let receipt = outcome.exits(0).stdout_json();
        assert_eq!(receipt["ceremony"], "backchannel", "{outcome}");
        assert_eq!(receipt["proof"]["acr"], "phr", "{outcome}");
        outcome.does_not_say("/start/").does_not_say("browser");
        world.api().saw_one_approval("4211");
        assert_eq!(world.api().times(ENDPOINT).len(), 1);
    }
}

#[test]
fn b13_4_the_telephone_shows_the_words_of_the_terminal() {
    let world = world(&[]);
    let running = world.approve("4211").start();
    let words = words(&running);
    assert!(
        words.starts_with("stepup-4211-") && words.len() == 16,
        "{words}"
    );
    let page = crate::browser::get(&phone(&world), &[]);
    assert!(
        page.body.contains(&format!("<strong>{words}</strong>")),
        "{}",
        page.body
    );
    world.sign_in(&phone(&world), "key").exits(0);
    running.end().exits(0);
    // Another request has other words.
    let again = world.approve("4214").args("--dry-run").run();
    assert!(!again.stderr.contains(&words));
}

#[test]
fn what_the_person_or_the_provider_refuses_is_not_approved() {
    for (switches, factor, code, sentence) in rows! {
        &[][..], "decline", 6, "refused on the other device: the person refused";
        &["policy=block"], "key", 6, "refused on the other device";
        &[], "password", 3, "needed `phr`, got `urn:okta:loa:1fa:pwd`";
        &["acr=none"], "key", 3, "needed `phr`, got no acr at all";
        &["auth_time=old"], "key", 3, "wanted a sign-in during this attempt";
        &["auth_time=none"], "key", 3, "auth_time";
        &["subject=other"], "key", 5, "noor.haddad";
        &["signature=bad"], "key", 5, "signature is not the provider's";
        &["alg=none"], "key", 5, "signed with";
        &["iss=wrong"], "key", 5, "was issued by";
        &["aud=extra"], "key", 5, "is meant for";
        &["exp=past"], "key", 5, "expired";
        &["iat=old"], "key", 5, "before this attempt began";
        &["at_hash=wrong"], "key", 5, "at_hash does not belong";
        &["auth_req_id=wrong"], "key", 5, "auth_req_id is not the one";
        &["token=no-id-token"], "key", 1, "ID token not found";
        &["token=type-dpop"], "key", 1, "issued a `DPoP` token";
    } {
        answered_and_refused(switches, factor, code, sentence);
    }
}

#[test]
fn b13_9_an_id_token_that_names_the_request_is_taken_if_it_is_this_one() {
    let world = world(&["auth_req_id=right"]);
    approved(&world, "key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn b13_5_an_answer_that_is_none_is_refused_before_anything_is_polled() {
    for (switch, code, sentence) in rows! {
        "backchannel=no-id", 1, "no usable `auth_req_id`";
        "backchannel=no-expiry", 1, "its `expires_in` is not in the future";
        "backchannel=500", 1, "with `server_error`";
        "backchannel=no-endpoint", 2, "has no backchannel authentication endpoint";
        "backchannel=ping-only", 2, "it delivers by `ping` only";
        "backchannel_lifetime_s=0", 1, "its `expires_in` is not in the future";
    } {
        let outcome = refused_at_once(&[switch], code, sentence);
        outcome.hints("");
    }
    refused_at_once(&["backchannel=ping-only"], 2, "").hints("delivery mode `poll`");
}

#[test]
fn b13_8_every_error_of_the_request_has_a_meaning_of_its_own() {
    for (error, code, hint) in rows! {
        "invalid_request", 2, "--login-hint";
        "invalid_scope", 2, "`openid`";
        "expired_login_hint_token", 1, "sends no such token";
        "unknown_user_id", 2, "--login-hint";
        "unauthorized_client", 2, "urn:openid:params:grant-type:ciba";
        "missing_user_code", 2, "no user code";
        "invalid_user_code", 2, "no user code";
        "invalid_binding_message", 2, "at most 20";
        "invalid_client", 2, "client_auth";
        "access_denied", 7, "a policy of the provider";
        "temporarily_unavailable", 1, "try again later";
        "never_heard_of", 1, "try again later";
    } {
        let switch = format!("backchannel_error={error}");
        let sentence = format!("refused the backchannel request with `{error}`");
        refused_at_once(&[&switch], code, &sentence).hints(hint);
    }
}

/// fapi-ciba-id1-client-invalid-request, -access-denied, -expired-token: one poll, and none after it.
#[test]
fn b13_7_an_error_that_is_not_about_waiting_ends_the_polling() {
    for (error, code) in [
        ("invalid_request", 2),
        ("invalid_grant", 1),
        ("unauthorized_client", 2),
        ("access_denied", 6),
        ("expired_token", 6),
        ("transaction_failed", 1),
        ("never_heard_of", 1),
    ] {
        let world = world(&[&format!("token_error={error}")]);
        let outcome = world.approve("4211").run();
        refused(&world, &outcome, code, "");
        assert_eq!((polls(&world), world.api().times(ENDPOINT).len()), (1, 1));
    }
}

#[test]
fn b13_6_polls_keep_the_interval_and_slow_down_for_good() {
    let world = world(&["backchannel=slow-down"]);
    approved(&world, "key").exits(0);
    let asked = world.api().times(ENDPOINT);
    let polled = world.api().times("/token");
    assert_eq!(polled.len(), 2, "{polled:?}");
    assert!(polled[0] - asked[0] >= 1.0 && polled[1] - polled[0] >= 6.0);

    let world = self::world(&["backchannel_interval_s=2"]);
    let running = world.approve("4211").start();
    words(&running);
    world.api().wait_for(|line| line.path == "/token");
    world.sign_in(&phone(&world), "key").exits(0);
    running.end().exits(0);
    let polled = world.api().times("/token");
    assert_eq!(polled.len(), 2, "{polled:?}");
    assert!(polled[1] - polled[0] >= 2.0, "{polled:?}");
}

#[test]
fn a_failing_token_endpoint_is_asked_less_often_and_named_at_the_end() {
    let world = world(&["token=500"]);
    let outcome = world.approve("4211").args("--timeout 3s").run();
    refused(&world, &outcome, 6, "nobody answered");
    assert_eq!(polls(&world), 1);
}

#[test]
fn an_answer_that_could_not_be_asked_for_is_not_called_none() {
    let world = world(&["token=huge"]);
    let outcome = world.approve("4211").args("--timeout 3s").run();
    refused(&world, &outcome, 1, "is larger than 1 MiB");
    // Asked for again, with more success, it is.
    let world = self::world(&["token=huge", "provider_errors=1"]);
    let outcome = world.approve("4211").args("--timeout 8s").run();
    refused(&world, &outcome, 6, "nobody answered the request");
    assert_eq!(polls(&world), 2);
}

#[test]
fn nobody_answers_in_time() {
    let world = world(&[]);
    let outcome = world.approve("4211").args("--timeout 2s").run();
    refused(&world, &outcome, 6, "nobody answered the request");
    outcome.hints("--timeout");
    outcome.says("waiting for the answer on the other device (up to 2s)");
    assert!(outcome.took < Duration::from_secs(6), "{outcome}");
    let world = self::world(&["backchannel=expired"]);
    refused(&world, &world.approve("4211").run(), 6, "nobody answered");
    assert_eq!(polls(&world), 1);
    // The provider's limit counts too, and a first poll that would come too late is no attempt.
    let world = self::world(&["backchannel_lifetime_s=1"]);
    refused(&world, &world.approve("4211").run(), 6, "nobody answered");
    let world = self::world(&["backchannel_interval_s=31"]);
    let outcome = world.approve("4211").args("--timeout 20s").run();
    refused(
        &world,
        &outcome,
        2,
        "every 31 s, and the wait ends after 20 s",
    );
    outcome.hints("may still show on the other device");
    assert_eq!(polls(&world), 0);
}

#[test]
fn an_interruption_submits_nothing() {
    let world = world(&[]);
    let running = world.approve("4211").start();
    words(&running);
    running.signal("INT");
    let outcome = running.end();
    outcome.exits(130).hints("refuse it there");
    world.api().saw_no_approval();
}

#[test]
fn b13_1_the_one_hint_is_the_persons_or_what_was_typed() {
    let world = world(&[]);
    let outcome = world
        .approve("4211")
        .args("--login-hint nobody@nowhere.example")
        .run();
    refused(&world, &outcome, 2, "with `unknown_user_id`");
    outcome.hints("--login-hint");
    let asked = world.api().times(ENDPOINT).len();
    // An API that does not let us in does not name anybody either, and an approval would end there.
    let mut secrets = world.secrets();
    secrets[world.kept_as()] = "revoked".into();
    world.write_secrets(&secrets);
    let outcome = world.stepup("provider test sandbox").exits(4);
    outcome.hints("stepup login");
    // Without an API there is nobody to name.
    let config = world.config_text();
    let (_, providers) = config.split_once("[providers").unwrap();
    world.write_config(&format!("store = \"file\"\n[providers{providers}"));
    let outcome = world.stepup("provider test sandbox").exits(2);
    outcome.hints("--login-hint");
    assert_eq!(world.api().times(ENDPOINT).len(), asked);
}

#[test]
fn a_ceremony_asked_for_by_name_is_not_replaced() {
    let world = World::new();
    for run in [
        world.approve("4211").args("--ceremony backchannel"),
        world.approve("4211").env("STEPUP_CEREMONY", "backchannel"),
    ] {
        run.exits(2)
            .says("`sandbox` is not one for the backchannel ceremony")
            .hints("--backchannel");
        assert_eq!(world.api().approval_requests(), 0);
    }
    let world = self::world(&["ceremony=hosted"]);
    let outcome = world.approve("4211").args("--ceremony backchannel").run();
    refused(
        &world,
        &outcome,
        2,
        "and the backchannel ceremony was asked for",
    );
    world.api().never_saw(ENDPOINT);
}

#[test]
fn a_profile_can_say_so_and_dpop_works_too() {
    let world = world(&["api_dpop=nonce", "challenge=dpop", "dpop=nonce"]);
    let text = world.config_text();
    let line = "[profiles.sandbox]\nceremony = \"backchannel\"";
    world.write_config(&text.replace("[profiles.sandbox]", line));
    prepare(&world, KEY);
    approved(&world, "key").exits(0);
    world.api().saw_one_approval("4211");
}

/// B7.7: each answer brings the nonce of the next poll, so that each is asked once; only the first cannot know.
#[test]
fn b7_7_the_nonce_of_every_answer_is_kept_for_the_next_poll() {
    let world = world(&["dpop=nonce-each"]);
    world.add_to_entry("dpop = true");
    let running = world.approve("4211").start();
    world.api().wait_for(|_| polls(&world) >= 4);
    let outcome = answered(&world, running, "key");
    outcome.exits(0);
    world.api().saw_one_approval("4211");
    let times = world.api().times("/token");
    let pauses = times.windows(2).map(|pair| pair[1] - pair[0]);
    let hasty = pauses.skip(1).filter(|pause| *pause < 0.9).count();
    assert_eq!(hasty, 0, "{times:?}");
}

/// providers.md, A10: Okta does not tell an unknown request from one that has expired.
#[test]
fn b13_7_a_request_that_nobody_knows_is_called_by_the_providers_own_name() {
    for (name, error) in [
        ("generic", "invalid_grant"),
        ("okta", "expired_token"),
        ("okta-custom", "expired_token"),
    ] {
        let world = World::imitating(name, &[]);
        let secrets = world.secrets();
        let secret = secrets[world.secret_of("sandbox-confidential")].as_str();
        let metadata = format!("{}/.well-known/openid-configuration", world.issuer());
        let metadata = browser::get(&metadata, &[]).json();
        let form = [
            ("grant_type", "urn:openid:params:grant-type:ciba"),
            ("auth_req_id", "nobody-knows"),
            ("client_id", "stepup-confidential"),
            ("client_secret", secret.unwrap()),
        ];
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let endpoint = metadata["token_endpoint"].as_str().unwrap();
        let answer = browser::post(endpoint, &kind, &body);
        assert_eq!(answer.status, 400, "{name}: {answer:?}");
        assert_eq!(answer.json()["error"], error, "{name}: {answer:?}");
    }
}

/// c1.md 8.5: no name of a ceremony but `local` lets a step that demands step-up be asked plainly.
#[test]
fn an_api_without_the_step_up_endpoint_is_not_asked_plainly() {
    let world = world(&["approve=404-step-up"]);
    let run = world.approve("4211").args("--ceremony backchannel");
    run.exits(7).says("no endpoint for it");
    assert_eq!(world.api().approval_requests(), 1);
    world.api().saw_no_approval();
}
