//! `stepup request`: whose sign-in it takes, and that a mistake never makes it anybody's (B9.19).

use super::elsewhere::{challenging, lists, request};
use crate::elsewhere::{CHALLENGE, Elsewhere, answer};
use crate::process::Run;
use crate::world::World;

const MIRA: &str = "mira.chen@sandbox.example";

/// A POST to a listed server, by a person whom the profile does not know.
#[track_caller]
fn no_profile_is_no_way_out(change: impl Fn(&World) -> Run, code: i32, reason: &str) {
    let world = World::with(&["subject=other"]);
    let at = challenging(&answer("200 OK", "", "done"));
    lists(&world, &at.origin);
    let outcome = change(&world)
        .args("POST --yes")
        .arg(format!("{}/export", at.origin))
        .run_with("key");
    outcome.exits(code).says(reason);
    // Nothing went out with a token.
    assert!(at.seen().len() < 2, "{:#?}", at.seen());
    world.api().never_saw("/authorize");
}

#[test]
fn b9_19_a_profile_that_is_wrong_is_not_the_same_as_none() {
    no_profile_is_no_way_out(|world| world.stepup("-p wrok request"), 2, "`wrok`");
    let address = |world: &World| world.stepup("--api-url ftp://api.example request");
    no_profile_is_no_way_out(address, 2, "is not the URL of an API");
    let several = |world: &World| {
        let config = world.config_text();
        let config = config
            .lines()
            .filter(|line| !line.contains("default_profile"));
        let config: Vec<&str> = config.collect();
        let second = "[profiles.second]\napi_url = \"https://second.example\"\n";
        world.write_config(&format!("{}\n{second}", config.join("\n")));
        world.stepup("request")
    };
    no_profile_is_no_way_out(several, 2, "several profiles");
    let damaged = |world: &World| {
        let config = world.config_text();
        let providers = &config[config.find("[providers").unwrap()..];
        world.write_config(&format!("store = \"file\"\n{providers}"));
        std::fs::create_dir_all(world.path(".conductorone")).unwrap();
        std::fs::write(world.path(".conductorone/config.yaml"), "a: [").unwrap();
        world.stepup("request")
    };
    no_profile_is_no_way_out(damaged, 2, "cone's file");
}

#[test]
fn b9_19_a_profile_without_its_credential_is_not_the_same_as_none() {
    let signed_out = |world: &World| {
        world.write_secrets(&serde_json::json!({}));
        world.stepup("request")
    };
    no_profile_is_no_way_out(signed_out, 4, "");
    let elsewhere = |world: &World| world.stepup("--api-url https://second.example request");
    no_profile_is_no_way_out(elsewhere, 4, "the API is `second.example`");
}

/// The profile's API: it challenges everything that is not named here.
fn challenging_api(known: &[(&'static str, String)]) -> Elsewhere {
    let known = known.to_vec();
    Elsewhere::deciding(move |request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let lower = request.to_ascii_lowercase();
        match known.iter().find(|(known, _)| *known == path) {
            Some((_, answer)) => answer.clone(),
            None if lower.contains("authorization: bearer ey") => answer("200 OK", "", "done"),
            None => answer("401 Unauthorized", CHALLENGE, "not yet"),
        }
    })
}

/// A request to it.
fn at_its_api(world: &World, api: &Elsewhere) -> Run {
    let config = world.config_text();
    let own = format!("api_url = \"{}\"", world.api_url());
    let other = format!("api_url = \"{}\"", api.origin);
    world.write_config(&config.replace(&own, &other));
    world
        .stepup("request GET")
        .arg(format!("{}/export", api.origin))
        .env("STEPUP_API_TOKEN", "c1-credential")
        .signing_in_with("key")
}

const INTROSPECT: &str = "/api/v1/auth/introspect";
const USER: &str = "/api/v1/users/2abcdefghijklmnopqrstuvwxyz";

fn introspected() -> String {
    let body = "{\"userId\":\"2abcdefghijklmnopqrstuvwxyz\"}";
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

fn web_page() -> String {
    answer(
        "200 OK",
        "Content-Type: text/html\r\n",
        "<html>Welcome</html>",
    )
}

fn moved() -> String {
    answer("302 Found", "Location: /welcome\r\n", "")
}

fn forbidden() -> String {
    answer("403 Forbidden", "Content-Type: application/json\r\n", "{}")
}

#[test]
fn b9_19_an_api_that_does_not_say_who_calls_takes_the_hint() {
    for known in [
        vec![],
        vec![(INTROSPECT, forbidden())],
        vec![(INTROSPECT, answer("200 OK", "", "pong"))],
        vec![(INTROSPECT, answer("404 Not Found", "", ""))],
        vec![(INTROSPECT, web_page())],
        vec![(INTROSPECT, moved())],
        // It knows an id, and nothing that the provider says as well.
        vec![(INTROSPECT, introspected()), (USER, forbidden())],
        vec![(INTROSPECT, introspected())],
    ] {
        let world = World::with(&["subject=other"]);
        let api = challenging_api(&known);
        at_its_api(&world, &api)
            .args("--login-hint")
            .arg(MIRA)
            .exits(5)
            .says("another person signed in")
            .says(&format!("wanted email `{MIRA}`"));
        let seen = api.seen().join("");
        assert!(!seen.contains("earer ey"), "{seen}");

        let world = World::new();
        let api = challenging_api(&known);
        let outcome = at_its_api(&world, &api)
            .args("--login-hint")
            .arg(MIRA)
            .exits(0);
        outcome.prints("done").says("(as `--login-hint` says)");

        let api = challenging_api(&known);
        let outcome = at_its_api(&World::new(), &api).exits(0);
        outcome
            .prints("done")
            .says("whether that is the right person is left to 127.0.0.1");
    }
}

#[test]
fn b9_19_a_profile_that_is_signed_out_says_nothing_about_the_person() {
    // Of another server: no challenge of this API has shown that it takes the credential.
    let world = World::with(&["api=401"]);
    let at = challenging("");
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at).run_with("key");
    outcome.exits(4).hints("stepup login");
    assert_eq!(at.seen().len(), 1);
    world.api().never_saw("/authorize");
}

fn with_entry(switches: &[&str], lines: &str) -> World {
    let world = World::with(switches);
    world.add_to_entry(lines);
    world
}

/// Ended like this, and no token got to the API.
#[track_caller]
fn sends_no_token(
    world: &World,
    known: &[(&'static str, String)],
    hint: &str,
    code: i32,
    reason: &str,
) {
    let api = challenging_api(known);
    let mut run = at_its_api(world, &api);
    if !hint.is_empty() {
        run = run.arg("--login-hint").arg(hint);
    }
    run.exits(code).says(reason);
    let seen = api.seen().join("");
    assert!(!seen.contains("earer ey"), "{seen}");
}

fn mira() -> String {
    let body = format!(
        "{{\"userView\":{{\"user\":{{\"id\":\"2abcdefghijklmnopqrstuvwxyz\",\"email\":\"{MIRA}\",\"username\":\"mira.chen\"}}}}}}"
    );
    answer("200 OK", "Content-Type: application/json\r\n", &body)
}

#[test]
fn an_api_that_fails_to_say_who_calls_does_not_switch_the_comparison_off() {
    let broken = || answer("500 Internal Server Error", "", "");
    for known in [
        vec![(INTROSPECT, broken())],
        vec![(INTROSPECT, introspected()), (USER, broken())],
    ] {
        for hint in ["", MIRA] {
            let world = World::with(&["subject=other"]);
            sends_no_token(&world, &known, hint, 1, "500");
            world.api().never_saw("/authorize");
        }
    }
}

#[test]
fn a_hint_does_not_replace_the_person_of_the_api() {
    let world = World::with(&["subject=other"]);
    let known = [(INTROSPECT, introspected()), (USER, mira())];
    let reason = format!("wanted email `{MIRA}`, got `noor.haddad@sandbox.example`");
    sends_no_token(&world, &known, "noor.haddad@sandbox.example", 5, &reason);
}

#[test]
fn a_hint_is_compared_under_the_rule_of_the_entry() {
    let rule = "subject = \"preferred_username\"";
    let other = with_entry(&["subject=other"], rule);
    let reason = "wanted preferred_username `mira.chen`, got `noor.haddad`";
    sends_no_token(&other, &[], "mira.chen", 5, reason);
    let world = with_entry(&[], rule);
    let api = challenging_api(&[]);
    let run = at_its_api(&world, &api).args("--login-hint mira.chen");
    run.exits(0).says("(as `--login-hint` says)");
}

#[test]
fn the_id_is_compared_where_the_rest_may_not_be_read() {
    let world = with_entry(&[], "subject = \"sub\"");
    let known = [(INTROSPECT, introspected()), (USER, forbidden())];
    sends_no_token(
        &world,
        &known,
        "",
        5,
        "wanted sub `2abcdefghijklmnopqrstuvwxyz`",
    );
}

#[test]
fn a_hint_is_compared_with_the_sub_where_nobody_else_says_who_it_is() {
    let world = with_entry(&[], "subject = \"sub\"");
    sends_no_token(&world, &[], MIRA, 5, &format!("wanted sub `{MIRA}`"));
}

#[test]
fn b9_19_a_credential_of_somebody_else_than_the_profile_says_asks_nobody_to_sign_in() {
    let refused = |world: &World, address: &str| {
        let line = "[profiles.sandbox]\nperson = \"noor.haddad@sandbox.example\"";
        let config = world.config_text();
        world.write_config(&config.replace("[profiles.sandbox]", line));
        let run = world.stepup("request GET").arg(address);
        run.run_with("key")
            .exits(5)
            .says("the profile `sandbox` is for `noor.haddad@sandbox.example`");
        world.api().never_saw("/authorize");
    };
    let world = World::new();
    let demanding = format!("{}/protected/echo?acr_values=phr", world.api_url());
    refused(&world, &demanding);
    // The profile says who signs in for another server, too.
    let world = World::new();
    let at = challenging("");
    lists(&world, &at.origin);
    refused(&world, &at.origin);
    assert_eq!(at.seen().len(), 1);
}
