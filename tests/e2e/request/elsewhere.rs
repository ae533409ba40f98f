//! `stepup request` to a server that is not the API: only where an entry lists it, without the API's credential,
//! and with a token of that entry or none.

use crate::elsewhere::{CHALLENGE, Elsewhere, answer};
use crate::process::Run;
use crate::world::World;

/// The sandbox's entry, whose tokens go to this server instead of the API.
pub(crate) fn lists(world: &World, origin: &str) {
    let config = world.config_text();
    let kept = config
        .lines()
        .take_while(|line| *line != "[providers.other]");
    let kept = kept.filter(|line| {
        !["c1_provider_ids", "request_origins", "provider = "]
            .iter()
            .any(|start| line.starts_with(start))
    });
    let kept: Vec<&str> = kept.collect();
    let listed = format!("request_origins = [\"{origin}\"]\n");
    world.write_config(&format!("{}\n{listed}", kept.join("\n")));
}

pub(crate) fn request(world: &World, method: &str, at: &Elsewhere) -> Run {
    world
        .stepup("request")
        .arg(method)
        .arg(format!("{}/export?q=1", at.origin))
}

/// A challenge, and then this.
pub(crate) fn challenging(then: &str) -> Elsewhere {
    Elsewhere::answering(&[&answer("401 Unauthorized", CHALLENGE, "not yet"), then])
}

#[test]
fn a_server_that_is_not_configured_sees_no_connection() {
    let world = World::new();
    let at = Elsewhere::answering(&[]);
    let outcome = request(&world, "GET", &at).exits(2);
    outcome
        .says(&format!("`{}` is not configured", at.origin))
        .hints("request_origins");
    assert_eq!(at.seen(), [""; 0]);
    assert_eq!(world.api().log().len(), 0);
    // Nor without any profile.
    without_a_profile(&world);
    request(&world, "GET", &at)
        .exits(2)
        .says("no profile is configured");
    assert_eq!(at.seen(), [""; 0]);
}

fn without_a_profile(world: &World) {
    let config = world.config_text();
    let providers = &config[config.find("[providers").unwrap()..];
    world.write_config(&format!("store = \"file\"\n{providers}"));
}

#[test]
fn the_profiles_ceremony_is_that_of_its_api_alone() {
    let world = World::new();
    let at = challenging(&answer("200 OK", "", "done"));
    lists(&world, &at.origin);
    let backchannel = "ceremony = \"backchannel\"\napi_url";
    let config = world.config_text().replacen("api_url", backchannel, 1);
    let phone = "[providers.phone]\nissuer = \"https://phone.example\"\nclient_id = \"c\"\nbackchannel = true\nclient_auth = \"client_secret_basic\"";
    world.write_config(&format!("{config}\n{phone}\n"));
    let outcome = request(&world, "GET", &at).run_with("key");
    outcome.exits(0).prints("done");
}

#[test]
fn b1_11_a_challenge_of_another_server_is_answered_and_the_credential_stays_here() {
    let world = World::new();
    let at = challenging(&answer("200 OK", "Content-Type: text/csv\r\n", "a;b\n"));
    lists(&world, &at.origin);
    let outcome = request(&world, "POST", &at)
        .args("--yes -d data")
        .run_with("key");
    outcome.exits(0).says("by: mira.chen@sandbox.example\n");
    assert_eq!(outcome.stdout, "a;b\n");
    let seen = at.seen();
    assert_eq!(seen.len(), 2, "{seen:#?}");
    let head = |request: &str| request.to_ascii_lowercase();
    assert!(!head(&seen[0]).contains("authorization"), "{}", seen[0]);
    assert!(
        head(&seen[1]).contains("authorization: bearer ey"),
        "{}",
        seen[1]
    );
    for request in &seen {
        assert!(
            request.starts_with("POST /export?q=1 HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(request.ends_with("\r\n\r\ndata"), "{request}");
        assert!(!request.contains(&world.credential()));
    }
}

#[test]
fn b7_3_a_bound_token_for_another_server_names_it() {
    let world = World::new();
    let challenge = CHALLENGE.replace("Bearer", "DPoP");
    let at = Elsewhere::answering(&[
        &answer("401 Unauthorized", &challenge, ""),
        &answer("200 OK", "", "done"),
    ]);
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at).run_with("key");
    outcome.exits(0).prints("done");
    let seen = at.seen();
    let proof = seen[1]
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .starts_with("dpop: ")
                .then(|| &line[6..])
        })
        .unwrap();
    let claims = proof.split('.').nth(1).unwrap();
    let claims = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, claims).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["htm"], "GET");
    assert_eq!(claims["htu"], format!("{}/export", at.origin));
    assert!(claims["ath"].is_string());
}

#[test]
fn an_entry_is_for_the_api_or_for_other_servers() {
    let world = World::new();
    let at = Elsewhere::answering(&[]);
    lists(&world, &at.origin);
    // Its tokens go to no API.
    let outcome = world
        .approve("4211")
        .args("--provider sandbox")
        .signing_in_with("key")
        .exits(2);
    outcome.says("is for requests to other servers (`request_origins`)");
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(2).says("no provider is configured");
    world.api().saw_no_approval();
    world.api().never_saw("/authorize");

    // One of the API's goes nowhere else.
    let other = "[providers.other]\nissuer = \"https://other.example\"\nclient_id = \"c\"\n";
    world.add_to_entry(other);
    let outcome = request(&world, "GET", &at)
        .args("--provider other")
        .exits(2);
    outcome.says("the tokens of the provider entry `other` may not go to");
    assert_eq!(at.seen(), [""; 0]);
}

#[test]
fn a_configuration_that_would_send_a_token_to_both_is_refused() {
    let at = Elsewhere::answering(&[]);
    let listed = format!("request_origins = [\"{}\"]", at.origin);
    let world = World::new();
    world.add_to_entry(&listed);
    let outcome = request(&world, "GET", &at).exits(2);
    outcome.says("an entry with `c1_provider_ids` approves at an API");

    let world = World::new();
    let config = world.config_text();
    let kept: Vec<&str> = config
        .lines()
        .filter(|line| !line.starts_with("c1_provider_ids"))
        .collect();
    world.write_config(&format!("{}\n{listed}\n", kept.join("\n")));
    let outcome = request(&world, "GET", &at).exits(2);
    outcome
        .says("`provider` cannot be `sandbox`")
        .says("its tokens go to no API");

    let world = World::new();
    lists(&world, "https://x.example/path");
    let outcome = request(&world, "GET", &at).exits(2);
    outcome.says("it must be an origin");
    assert_eq!(at.seen(), [""; 0]);
}

#[test]
fn b9_19_who_has_to_sign_in_is_the_apis_person_or_whom_the_hint_names() {
    let world = World::with(&["subject=other"]);
    let at = challenging("");
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at).run_with("key");
    outcome.exits(5).says("another person signed in");
    assert_eq!(at.seen().len(), 1);

    let world = World::with(&["subject=other"]);
    let at = challenging("");
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at)
        .args("--login-hint mira.chen@sandbox.example")
        .signing_in_with("key")
        .exits(5);
    outcome.says("wanted email `mira.chen@sandbox.example`");
    assert_eq!(at.seen().len(), 1);
    world.api().never_saw("/api/v1/auth/introspect");
}

#[test]
fn without_a_profile_the_server_alone_knows_the_person_and_that_is_said() {
    let world = World::new();
    let at = challenging(&answer("200 OK", "", "done"));
    lists(&world, &at.origin);
    without_a_profile(&world);
    let outcome = request(&world, "GET", &at).signing_in_with("key").exits(0);
    outcome
        .prints("done")
        .says("whether that is the right person is left to 127.0.0.1");
    assert!(world.api().log().iter().all(|line| line.server != "api"));
}

/// A server that wants a token, and then this.
fn wanting_a_token(header: &str, then: &str) -> Elsewhere {
    Elsewhere::answering(&[&answer("401 Unauthorized", header, "who are you"), then])
}

const BEARER: &str = "WWW-Authenticate: Bearer realm=\"reports\"\r\n";

#[test]
fn b1_21_a_plain_401_is_answered_with_a_token_by_the_entrys_own_terms() {
    for header in [BEARER, ""] {
        let world = World::new();
        let at = wanting_a_token(header, &answer("200 OK", "", "done"));
        lists(&world, &at.origin);
        let outcome = request(&world, "GET", &at).signing_in_with("key").exits(0);
        outcome
            .prints("done")
            .says("requires a sign-in, for which the provider entry `sandbox` requires a");
        let seen = at.seen();
        assert!(!seen[0].to_ascii_lowercase().contains("authorization"));
        assert!(
            seen[1]
                .to_ascii_lowercase()
                .contains("authorization: bearer ey")
        );
        assert_eq!(seen.len(), 2);
    }
}

#[test]
fn b1_21_an_entry_that_demands_nothing_gets_its_token_all_the_same() {
    let world = World::new();
    let at = wanting_a_token(BEARER, &answer("200 OK", "", "done"));
    lists(&world, &at.origin);
    world.drop_acr_values();
    world.add_to_entry("freshness = \"as-challenged\"");
    let outcome = request(&world, "GET", &at).run_with("password");
    outcome.exits(0).prints("done").says("requires a sign-in\n");
}

#[test]
fn b1_21_a_401_to_that_token_ends_it() {
    let world = World::new();
    let refused = answer("401 Unauthorized", BEARER, "not you");
    let at = wanting_a_token(BEARER, &refused);
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at).signing_in_with("key").exits(1);
    outcome
        .prints("not you")
        .says("did not accept the step-up token");
    assert_eq!(at.seen().len(), 2);
}

#[test]
fn b1_21_a_challenge_to_that_token_is_followed_once() {
    let world = World::new();
    let challenge = answer("401 Unauthorized", CHALLENGE, "not yet");
    let at = Elsewhere::answering(&[
        &answer("401 Unauthorized", BEARER, ""),
        &challenge,
        &challenge,
    ]);
    lists(&world, &at.origin);
    world.drop_acr_values();
    let outcome = request(&world, "GET", &at).signing_in_with("key").exits(3);
    outcome
        .says("requires a new sign-in")
        .says("requires a phishing-resistant factor")
        .says("still not satisfied: asked for acr `phr`, got `phr`");
    assert_eq!(at.seen().len(), 3);
}

#[test]
fn b1_21_a_server_that_takes_no_token_gets_none() {
    let world = World::new();
    let header = "WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Negotiate\r\n";
    let at = wanting_a_token(header, "");
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at).exits(7);
    outcome.prints("who are you").hints("it takes no token");
    assert_eq!(at.seen().len(), 1);
}

/// RFC 9728 §5.1: a plain 401 may say where the server says whom it trusts.
#[test]
fn b1_21_metadata_that_a_plain_401_names_choose_among_several_entries() {
    let world = World::new();
    let elsewhere = Elsewhere::answering(&[]);
    let header = format!(
        "WWW-Authenticate: Bearer resource_metadata=\"{}/meta\"\r\n",
        elsewhere.origin
    );
    let at = wanting_a_token(&header, "");
    lists(&world, &at.origin);
    world.add_to_entry(&format!(
        "[providers.other]\nissuer = \"https://other.example\"\nclient_id = \"c\"\nrequest_origins = [\"{}\"]",
        at.origin
    ));
    let outcome = request(&world, "GET", &at).run_with("key");
    outcome.exits(5).says("which is not the API's own address");
    assert_eq!(elsewhere.seen(), [""; 0]);
}

#[test]
fn a12_a_redirect_to_a_login_host_is_named_and_not_followed() {
    let world = World::new();
    let login = Elsewhere::answering(&[]);
    let to = format!("Location: {}/login?secret=s3cret\r\n", login.origin);
    for then_redirect in [false, true] {
        let redirect = answer("302 Found", &to, "");
        let at = if then_redirect {
            challenging(&redirect)
        } else {
            Elsewhere::answering(&[&redirect])
        };
        lists(&world, &at.origin);
        let outcome = request(&world, "GET", &at).run_with("key");
        let host = login.origin.strip_prefix("http://").unwrap();
        outcome
            .exits(1)
            .says(&format!("a redirect to `{host}`, which is not followed"))
            .hints(&format!("do it in the browser: {}/export", at.origin))
            .does_not_say("s3cret");
        assert_eq!(login.seen(), [""; 0]);
    }
}

#[test]
fn a_lost_answer_to_what_may_change_something_is_told_as_unknown() {
    let world = World::new();
    let at = challenging("");
    lists(&world, &at.origin);
    let outcome = request(&world, "POST", &at).args("--yes").run_with("key");
    outcome
        .exits(1)
        .hints("it is unknown whether the server did it");
    // Not sent again.
    assert_eq!(at.seen().len(), 2);
}

#[test]
fn an_answer_that_leaves_open_whether_it_was_done_is_told_as_unknown() {
    let world = World::new();
    let page = answer("200 OK", "Content-Type: text/html\r\n", "<html>");
    for unclear in [
        &answer("502 Bad Gateway", "", ""),
        &answer("303 See Other", "Location: /done\r\n", ""),
        &page,
    ] {
        for challenged in [false, true] {
            let at = if challenged {
                challenging(unclear)
            } else {
                Elsewhere::answering(&[unclear])
            };
            lists(&world, &at.origin);
            let outcome = request(&world, "POST", &at).args("--yes").run_with("key");
            outcome
                .exits(1)
                .hints("it is unknown whether the server did it; look before you send it again")
                .does_not_say("try again later")
                .does_not_say("send the request there")
                .does_not_say("ask for it with");
        }
    }
    // Nothing was to be done: no doubt.
    let at = Elsewhere::answering(&[&page]);
    lists(&world, &at.origin);
    let outcome = request(&world, "GET", &at).exits(1);
    outcome.does_not_say("it is unknown");
}

#[test]
fn rfc9728_among_several_entries_the_servers_metadata_choose() {
    let world = World::new();
    let config = |at: &Elsewhere| {
        lists(&world, &at.origin);
        world.add_to_entry(&format!(
            "[providers.other]\nissuer = \"https://other.example\"\nclient_id = \"c\"\nrequest_origins = [\"{}\"]",
            at.origin
        ));
    };
    let at = challenging("");
    config(&at);
    let outcome = request(&world, "GET", &at).signing_in_with("key").exits(2);
    outcome.says("several providers are configured and nothing says which to use");
    let at = challenging(&answer("200 OK", "", "done"));
    config(&at);
    let outcome = request(&world, "GET", &at)
        .args("--provider sandbox")
        .run_with("key");
    outcome.exits(0).prints("done");
    // Metadata of somebody else are not read.
    let elsewhere = Elsewhere::answering(&[]);
    let named = CHALLENGE.trim_end().to_owned()
        + &format!(", resource_metadata=\"{}/meta\"\r\n", elsewhere.origin);
    let at = Elsewhere::answering(&[&answer("401 Unauthorized", &named, "")]);
    config(&at);
    let outcome = request(&world, "GET", &at).run_with("key");
    outcome.exits(5).says("which is not the API's own address");
    assert_eq!(elsewhere.seen(), [""; 0]);
}

#[test]
fn an_answer_drives_no_terminal() {
    let world = World::new();
    let at = Elsewhere::answering(&[
        &answer("200 OK", "", "a\u{1b}[2Jb\n"),
        &answer("200 OK", "", "\u{1b}c"),
    ]);
    lists(&world, &at.origin);
    let running = world
        .on_a_terminal(&format!("request GET {}/export", at.origin))
        .env("NO_COLOR", "1")
        .start();
    let outcome = running.ends(0);
    assert_eq!(outcome.stdout.trim_end(), "a[2Jb");
    // A pipe gets it as it came.
    let outcome = request(&world, "GET", &at).run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(outcome.stdout, "\u{1b}c");
}
