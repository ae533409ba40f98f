//! `stepup request` to the profile's API: sent with its credential, challenged (RFC 9470), repeated once.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::process::{BIN, Outcome, Run};
use crate::world::World;

pub(crate) const ECHO: &str = "/protected/echo";

/// `request METHOD URL`, with this path and query at the API.
pub(crate) fn request(world: &World, method: &str, path: &str) -> Run {
    let url = format!("{}{path}", world.api_url());
    world.stepup("request").arg(method).arg(url)
}

/// What the resource answered to the requests that reached it.
pub(crate) fn statuses(world: &World) -> Vec<u16> {
    let log = world.api().log();
    let echoes = log.iter().filter(|line| line.path == ECHO);
    echoes.map(|line| line.status).collect()
}

/// What the resource saw, from stdout.
pub(crate) fn seen(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap()
}

fn body(seen: &Value) -> Vec<u8> {
    BASE64_STANDARD
        .decode(seen["body"].as_str().unwrap())
        .unwrap()
}

#[test]
fn a_request_that_nothing_is_demanded_of_is_one_round_trip() {
    let world = World::new();
    let outcome = request(&world, "get", ECHO).run();
    let seen = seen(outcome.exits(0));
    assert_eq!(
        (&seen["method"], &seen["scheme"]),
        (&"GET".into(), &"Bearer".into())
    );
    assert_eq!(outcome.stderr, "");
    let log = world.api().log();
    assert_eq!(log.len(), 1, "{log:#?}");
}

#[test]
fn b1_11_a_challenge_is_answered_and_the_same_request_sent_once_more() {
    let world = World::new();
    std::fs::write(world.path("body.json"), "{\"a\": 1}\r\n").unwrap();
    let outcome = request(
        &world,
        "POST",
        "/protected/echo?acr_values=phr&max_age=60&secret=s3cret",
    )
    .args("--yes -d @body.json -H")
    .arg("Content-Type: application/json")
    .run_with("key");
    let seen = seen(
        outcome
            .exits(0)
            // B1.14: who asks, what, how old, and for what; not the query.
            .says(&format!(
                "request: POST {}/protected/echo?...",
                world.api_url()
            ))
            .says(
                "requires a phishing-resistant factor (passkey or security key) and a new sign-in",
            )
            .says("acr: phr")
            .says("freshness: a new sign-in, at most 60 s old")
            .says("sign in at: sandbox (127.0.0.1)")
            .says("proven: acr phr")
            .says("by: mira.chen@sandbox.example\n")
            .does_not_say("s3cret"),
    );
    assert_eq!(body(&seen), b"{\"a\": 1}\r\n");
    assert_eq!(seen["content_type"], "application/json");
    assert_eq!(seen["acr"], "phr");
    assert_eq!(statuses(&world), [401, 200]);
}

#[test]
fn b1_7_a_demanded_scope_that_the_entry_lists_is_asked_for() {
    let world = World::new();
    world.add_to_entry("challenge_scopes = [\"profile\"]");
    let outcome =
        request(&world, "GET", "/protected/echo?max_age=300&scope=profile").run_with("key");
    let scope = seen(outcome.exits(0))["scope"].as_str().unwrap().to_owned();
    assert!(scope.split(' ').any(|one| one == "profile"), "{scope}");
    assert_eq!(statuses(&world), [401, 200]);
}

#[test]
fn a_body_from_stdin_and_an_answer_are_byte_for_byte() {
    let world = World::new();
    let bytes: Vec<u8> = (0..=255).chain([13, 10, 0]).collect();
    std::fs::write(world.path("in.bin"), &bytes).unwrap();
    let line = format!(
        "{} request PUT '{}/protected/echo?raw=1&acr_values=phr' -y -d @- --browser \"$PERSON\" < in.bin > out.bin",
        shell_words::quote(BIN),
        world.api_url()
    );
    Run::of("sh", world.home.path())
        .env("STEPUP_CONFIG", world.config())
        .env("PERSON", crate::process::person("key"))
        .arg("-c")
        .arg(line)
        .exits(0);
    assert_eq!(std::fs::read(world.path("out.bin")).unwrap(), bytes);
    assert_eq!(statuses(&world), [401, 200]);
}

#[test]
fn b1_11_a_server_that_is_never_satisfied_is_asked_twice() {
    let world = World::new();
    let outcome = request(&world, "GET", "/protected/echo?acr_values=phr&again=1").run_with("key");
    outcome
        .exits(3)
        .says("still not satisfied: asked for acr `phr`, got `phr`")
        .prints("another authentication is required");
    assert_eq!(statuses(&world), [401, 401]);
}

#[test]
fn b1_19_the_dialects_are_understood() {
    let world = World::with(&["challenge=okta-older"]);
    let echo =
        |world: &World| request(world, "GET", "/protected/echo?acr_values=phr").run_with("key");
    echo(&world).exits(0);
    assert_eq!(statuses(&world), [403, 200]);

    let world = World::with(&["challenge=entra"]);
    world.drop_acr_values();
    world.add_to_entry("acr_values = [\"c1\"]\nrequest = \"entra-contexts\"");
    echo(&world)
        .exits(0)
        .says("the authentication context `c1`");
    assert_eq!(statuses(&world), [401, 200]);
}

#[test]
fn b7_6_a_bound_token_comes_with_a_proof_for_this_request() {
    let world = World::with(&["challenge=dpop", "api_dpop=nonce"]);
    let outcome = request(&world, "PATCH", "/protected/echo?acr_values=phr&x=1")
        .args("--yes -i -d text")
        .run_with("key");
    // Its lines end as HTTP's do.
    assert_eq!(outcome.code, Some(0), "{outcome}");
    outcome
        .prints("\"scheme\":\"DPoP\"")
        .prints("HTTP/1.1 200 OK\r\n");
    assert!(!outcome.stdout.to_ascii_lowercase().contains("dpop-nonce"));
    // Challenged, told to use the nonce, done.
    assert_eq!(statuses(&world), [401, 401, 200]);
}

#[test]
fn p4_the_exit_code_says_what_the_status_means_and_the_body_is_printed() {
    for (method, status, code, hint) in [
        ("GET", 404, 7, "the response body may say"),
        ("GET", 403, 7, "you may not do this there"),
        ("POST", 500, 1, "it is unknown whether the server did it"),
        ("POST", 408, 1, "it is unknown whether the server did it"),
        ("GET", 304, 0, ""),
    ] {
        let world = World::new();
        let outcome = request(&world, method, &format!("/protected/echo?status={status}")).run();
        outcome.exits(code);
        if code != 0 {
            outcome.hints(hint).prints("\"scheme\"");
        }
        assert_eq!(statuses(&world), [status]);
    }
    let world = World::with(&["api=401"]);
    request(&world, "GET", ECHO).exits(4).hints("stepup login");
}

#[test]
fn one_document_for_scripts() {
    let world = World::new();
    let outcome = request(&world, "GET", "/protected/echo?acr_values=phr&k=s3cret")
        .args("-o json")
        .run_with("key");
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.response/2");
    assert_eq!(document["subject"], "same");
    assert_eq!(document["caveats"], serde_json::json!([]));
    assert_eq!(document["status"], 200);
    assert_eq!(document["proof"]["acr"], "phr");
    assert_eq!(document["requirement"]["provider"], "sandbox");
    let headers = document["headers"].as_array().unwrap();
    assert!(headers.iter().any(|one| one["name"] == "content-type"));
    assert!(
        document["body"]["text"]
            .as_str()
            .unwrap()
            .contains("\"GET\"")
    );
    assert!(!outcome.stdout.contains("s3cret"));

    std::fs::write(world.path("in.bin"), [0xff, 0xfe]).unwrap();
    let outcome = request(&world, "POST", "/protected/echo?raw=1")
        .args("-o json -d @in.bin")
        .run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["body"]["base64"], "//4=");
    assert_eq!(document["proof"], Value::Null);

    let outcome = request(&world, "GET", "/protected/echo?status=404")
        .args("-o json")
        .run();
    assert_eq!(outcome.exits(7).stdout_json()["status"], 404);
}

#[test]
fn the_profiles_ceremony_is_kept_at_its_api() {
    let world = World::new();
    // Some entry has to be for it.
    world.add_to_entry(
        "[providers.phone]\nissuer = \"https://phone.example\"\nclient_id = \"c\"\nbackchannel = true\nclient_auth = \"client_secret_basic\"",
    );
    let config = world.config_text();
    let demanding = "/protected/echo?acr_values=phr";
    let with = |ceremony: &str| {
        let line = format!("ceremony = \"{ceremony}\"\napi_url");
        world.write_config(&config.replacen("api_url", &line, 1));
        request(&world, "GET", demanding).run_with("key")
    };
    with("backchannel")
        .exits(2)
        .says("is not one for the backchannel ceremony");
    world.api().never_saw("/authorize");
    // What a server demands of a token is never hosted.
    with("hosted").exits(0);
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let world = World::new();
    request(&world, "GET", ECHO).with_closed_stdout().exits(0);
}

#[test]
fn a12_a_gateway_in_the_way_is_named_with_the_address_for_the_browser() {
    let world = World::with(&["api=redirect"]);
    let outcome = request(&world, "GET", "/protected/echo?x=1").exits(1);
    outcome
        .says("a redirect to `another path`, which is not followed")
        .hints(&format!(
            "do it in the browser: {}/protected/echo",
            world.api_url()
        ));
    world.api().never_saw("/elsewhere");

    let world = World::with(&["api=html"]);
    let outcome = request(&world, "GET", ECHO).exits(1);
    outcome
        .says("answered with a web page")
        .hints("do it in the browser")
        .prints("<!doctype html>");
    let outcome = request(&world, "GET", ECHO)
        .arg("-H")
        .arg("Accept: text/html")
        .exits(0);
    outcome.prints("<!doctype html>");
}

#[test]
fn on_forty_columns_every_line_fits() {
    let world = World::new();
    let line = format!(
        "stty cols 40 rows 24; {} request GET '{}/protected/echo?acr_values=phr' --browser \"$PERSON\"",
        shell_words::quote(BIN),
        world.api_url()
    );
    let outcome = world
        .shell_on_a_terminal(&line)
        .env("PERSON", crate::process::person("key"))
        .env("NO_COLOR", "1")
        .run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let shown = outcome.left_on_the_terminal();
    let told = shown.split("{\"accept\"").next().unwrap();
    for line in told.lines() {
        let width = line.trim_end().chars().count();
        // Addresses stay whole.
        assert!(width <= 40 || line.contains("http://"), "{width}: {line}");
    }
    assert_eq!(statuses(&world), [401, 200]);
}

#[test]
fn rfc9728_among_several_entries_the_apis_metadata_choose() {
    for (switch, code) in [
        ("resource_metadata=yes", 0),
        ("resource_metadata=other-issuer", 2),
    ] {
        let world = World::with(&[switch]);
        world.add_second_entry("other", "https://other.example");
        let outcome = request(&world, "GET", "/protected/echo?acr_values=phr").run_with("key");
        assert_eq!(outcome.code, Some(code), "{outcome}");
    }
}
