//! Answers that are wrong before anybody looks at a claim: other hosts, redirects, floods, bombs, drips,
//! pages, and token responses without what was asked for.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::{Pace, Reply};
use crate::provider::Provider;
use crate::script::Endpoint::{self, Authorize, Discovery, Keys, Token};
use crate::script::Script;
use crate::world::{FAILED, Outcome, UNTRUSTED, USAGE, World};

const MEGABYTE: u64 = 1024 * 1024;

/// The last step that a client gets to when this one goes wrong.
const fn last(endpoint: Endpoint) -> Endpoint {
    match endpoint {
        Keys => Token,
        other => other,
    }
}

fn with_metadata(name: &'static str, value: impl Into<Value>) -> Outcome {
    let value = value.into();
    World::with(Script::honest().metadata(move |metadata| metadata[name] = value.clone())).approve()
}

#[test]
fn discovery_on_another_host() {
    with_metadata("issuer", "https://evil.example").refused(
        UNTRUSTED,
        "the provider calls itself `https://evil.example`",
        Discovery,
    );
}

#[test]
fn discovery_with_http_endpoints() {
    for (name, words) in [
        ("authorization_endpoint", "authorization endpoint"),
        ("token_endpoint", "token endpoint"),
        ("jwks_uri", "key set"),
    ] {
        let sentence = format!("the provider's {words} `http://idp.example/x` is not https");
        with_metadata(name, "http://idp.example/x").refused(UNTRUSTED, &sentence, Discovery);
    }
}

/// Neither is it a page for the browser, nor an address for us.
#[test]
fn discovery_with_endpoints_of_other_schemes() {
    for url in ["file:///etc/passwd", "javascript:alert(1)", "data:,x"] {
        with_metadata("authorization_endpoint", url).refused(UNTRUSTED, "is not https", Discovery);
        with_metadata("token_endpoint", url).refused(UNTRUSTED, "is not https", Discovery);
    }
}

#[test]
fn an_issuer_with_a_trailing_slash_is_another_issuer() {
    World::with(Script::honest().metadata(|metadata| {
        let issuer = metadata["issuer"].as_str().unwrap();
        metadata["issuer"] = format!("{issuer}/").into();
    }))
    .approve()
    .refused(UNTRUSTED, "the configuration says", Discovery);
}

/// Where the provider spells itself so, so does everybody.
#[test]
fn an_issuer_whose_name_ends_in_a_slash_works() {
    World::with(Script::honest().issuer_path("/"))
        .approve()
        .accepted();
    World::with(Script::honest().issuer_path("/tenant/"))
        .approve()
        .accepted();
}

#[test]
fn discovery_without_s256() {
    with_metadata("code_challenge_methods_supported", json!(["plain"])).refused(
        UNTRUSTED,
        "does not support PKCE with S256",
        Discovery,
    );
}

#[test]
fn discovery_without_a_token_endpoint() {
    World::with(Script::honest().metadata(|metadata| {
        let members = metadata.as_object_mut().unwrap();
        members.remove("token_endpoint").unwrap();
    }))
    .approve()
    .refused(UNTRUSTED, "the provider has no token endpoint", Discovery);
}

/// Providers leave odd things in members that nobody asks for, and leave out what they should not (B9.8).
#[test]
fn discovery_with_odd_members_that_are_not_used() {
    World::with(Script::honest().metadata(|metadata| {
        metadata["service_documentation"] = "".into();
        metadata["op_policy_uri"] = 7.into();
        metadata["request_parameter_supported"] = "true".into();
        metadata["claims_supported"] = "sub email".into();
        metadata["userinfo_signing_alg_values_supported"] = "RS256".into();
        for number in 0..1000 {
            metadata[format!("unknown_{number}")] = "x".repeat(900).into();
        }
        let members = metadata.as_object_mut().unwrap();
        for left_out in [
            "subject_types_supported",
            "response_types_supported",
            "id_token_signing_alg_values_supported",
            "code_challenge_methods_supported",
        ] {
            members.remove(left_out).unwrap();
        }
    }))
    .approve()
    .accepted();
}

/// What decides something is named when it cannot be used.
#[test]
fn discovery_with_a_bad_member_that_is_used() {
    for (name, value, reason) in rows! {
        "userinfo_endpoint", json!(""), "is not a URL";
        "jwks_uri", json!(null), "is missing";
        "code_challenge_methods_supported", json!("S256"), "is not a list of words";
        "require_pushed_authorization_requests", json!("true"), "is neither true nor false";
        "id_token_signing_alg_values_supported", json!("RS256"), "is not a list of words";
    } {
        with_metadata(name, value).refused(USAGE, &format!("`{name}` {reason}"), Discovery);
    }
}

/// Windows' own tools write it.
#[test]
fn documents_with_a_byte_order_mark() {
    for endpoint in [Discovery, Keys, Token] {
        let script = Script::honest().reply(endpoint, |reply| {
            reply.body.splice(..0, *b"\xef\xbb\xbf");
        });
        World::with(script).approve().accepted();
    }
}

#[test]
fn discovery_with_duplicate_members() {
    let script = Script::honest().reply(Discovery, |reply| {
        reply
            .body
            .splice(..1, *b"{\"issuer\":\"https://evil.example\",");
    });
    World::with(script).approve().refused(
        FAILED,
        "the member `issuer` stands there twice",
        Discovery,
    );
}

#[test]
fn discovery_that_is_not_metadata() {
    for (status, content_type, body, sentence) in rows! {
        200, "text/html", "<!doctype html>", "it is a web page";
        200, "application/json", "[]", "does not hold OpenID provider metadata";
        200, "application/json", "{", "does not hold OpenID provider metadata";
        200, "application/json", "", "does not hold OpenID provider metadata";
        404, "application/json", "{}", "answered HTTP 404 instead of metadata";
        500, "text/html", "oops", "answered HTTP 500 instead of metadata";
    } {
        let script = Script::honest().reply(Discovery, move |reply| {
            *reply = Reply::new(status, content_type, body);
        });
        World::with(script)
            .approve()
            .refused(FAILED, sentence, Discovery);
    }
}

/// The target is another server, which must see nothing.
#[test]
fn redirects_are_not_followed() {
    let target = Provider::start(Script::honest(), "");
    for (endpoint, sentence) in [
        (Discovery, "instead of metadata"),
        (Keys, "the provider's key set answered HTTP 30"),
        (Token, "the provider's token endpoint"),
    ] {
        for status in [301, 302, 307, 308] {
            let location = format!("{}/elsewhere", target.issuer());
            let script = Script::honest().reply(endpoint, move |reply| {
                *reply = Reply::redirect(status, &location);
            });
            World::with(script)
                .approve()
                .refused(FAILED, sentence, last(endpoint));
        }
    }
    assert_eq!(target.seen(), []);
}

/// The browser follows what the authorization endpoint says; a code that goes astray is not ours to get.
#[test]
fn an_authorization_endpoint_that_leads_elsewhere() {
    let script = Script::honest().reply(Authorize, |reply| {
        *reply = Reply::html(200, "<title>Sorry</title>");
    });
    World::with(script)
        .arguments(&["--timeout", "2s"])
        .approve()
        .refused(
            crate::world::INCOMPLETE,
            "no sign-in was completed within",
            Authorize,
        );
}

#[test]
fn bodies_of_fifty_megabytes() {
    for endpoint in [Discovery, Keys, Token] {
        let script = Script::honest().reply(endpoint, |reply| {
            reply.pace = Pace::Padded(50 * MEGABYTE);
        });
        World::with(script)
            .approve()
            .refused(FAILED, "is larger than 1 MiB", last(endpoint));
    }
}

/// Not expanded, but named: what comes is compressed, which was not asked for. (Expanded, it would be too large.)
#[test]
fn gzip_bombs() {
    let bomb = gzip_bomb(100 * MEGABYTE);
    assert!((bomb.len() as u64) < MEGABYTE);
    for endpoint in [Discovery, Keys, Token] {
        let sentence = "is coded as `gzip`, which was not asked for";
        let bomb = bomb.clone();
        let script = Script::honest().reply(endpoint, move |reply| {
            reply.body.clone_from(&bomb);
            let encoding = ("Content-Encoding".into(), "gzip".into());
            reply.headers.push(encoding);
        });
        World::with(script)
            .approve()
            .refused(FAILED, sentence, last(endpoint));
    }
}

/// So many spaces in gzip (RFC 1951 §3.2.6): one literal, then "the last byte 258 times" again and again.
fn gzip_bomb(size: u64) -> Vec<u8> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let (mut held, mut count) = (0_u32, 0);
    let mut put = |bits: u32, length: u32| {
        held |= bits << count;
        count += length;
        while count >= 8 {
            bytes.push(held.to_le_bytes()[0]);
            held >>= 8;
            count -= 8;
        }
    };
    put(0b011, 3); // the last block, fixed codes
    put((0x30 + 0x20_u32).reverse_bits() >> 24, 8); // the literal `space`
    for _ in 0..size / 258 {
        put(0b1100_0101_u32.reverse_bits() >> 24, 8); // length 258
        put(0, 5); // distance 1
    }
    put(0, 7); // the end of the block
    put(0, 7); // up to a whole byte
    bytes.extend([0; 8]);
    bytes
}

#[test]
fn drips() {
    for endpoint in [Discovery, Keys, Token] {
        let started = Instant::now();
        World::with(Script::honest().reply(endpoint, |reply| reply.pace = Pace::Drips))
            .arguments(&["--http-timeout", "2s"])
            .approve()
            .refused(FAILED, "did not answer within 2 s", last(endpoint));
        // The keys are asked for twice.
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn half_an_answer() {
    for (endpoint, sentence) in [
        (Discovery, "the connection to"),
        (Keys, "the connection to"),
        (Token, "the connection to"),
    ] {
        World::with(Script::honest().reply(endpoint, |reply| reply.pace = Pace::Half))
            .approve()
            .refused(FAILED, sentence, last(endpoint));
    }
}

fn with_token_response(change: impl Fn(&mut Reply) + Send + Sync + 'static) -> Outcome {
    World::with(Script::honest().reply(Token, change)).approve()
}

#[test]
fn a_token_response_without_id_token() {
    let outcome = World::with(Script::honest().grant(|grant| {
        grant.as_object_mut().unwrap().remove("id_token").unwrap();
    }))
    .approve()
    .refused(FAILED, "ID token not found in response", Token);
    let hint = "the provider's administrator has to allow the scope `openid` for this client";
    assert!(outcome.stdout.contains(hint), "{outcome:#?}");
    World::with(Script::honest().grant(|grant| grant["id_token"] = Value::Null))
        .approve()
        .refused(FAILED, "ID token not found in response", Token);
}

#[test]
fn a_token_response_that_is_a_page() {
    with_token_response(|reply| *reply = Reply::html(200, "<!doctype html>")).refused(
        FAILED,
        "the provider's token endpoint gave an answer that cannot be read",
        Token,
    );
    with_token_response(|reply| *reply = Reply::html(502, "<!doctype html>")).refused(
        FAILED,
        "the provider's token endpoint gave an answer that cannot be read",
        Token,
    );
}

#[test]
fn a_token_response_with_duplicate_members() {
    for (name, value) in [
        ("access_token", "\"x\""),
        ("id_token", "\"e30.e30.AA\""),
        ("token_type", "\"Bearer\""),
        ("expires_in", "300"),
        ("nobody_knows", "1,\"nobody_knows\":2"),
    ] {
        with_token_response(move |reply| {
            reply
                .body
                .splice(..1, format!("{{\"{name}\":{value},").into_bytes());
        })
        .refused(
            FAILED,
            "the provider's token endpoint gave an answer that cannot be read",
            Token,
        );
    }
}

#[test]
fn a_token_response_without_access_token() {
    World::with(Script::honest().without("at_hash").grant(|grant| {
        let members = grant.as_object_mut().unwrap();
        members.remove("access_token").unwrap();
    }))
    .approve()
    .refused(
        FAILED,
        "the provider's token endpoint gave an answer that cannot be read",
        Token,
    );
}

#[test]
fn a_token_of_a_type_that_was_not_asked_for() {
    for kind in ["DPoP", "mac", "N_A"] {
        World::with(Script::honest().grant(move |grant| grant["token_type"] = kind.into()))
            .approve()
            .refused(FAILED, "token, wanted `bearer`", Token);
    }
}

/// A token that would end the header it is put into, and begin another.
#[test]
fn an_access_token_with_a_line_break() {
    World::with(Script::honest().without("at_hash").grant(|grant| {
        let token = grant["access_token"].as_str().unwrap();
        grant["access_token"] = format!("{token}\r\nX-Injected: yes").into();
    }))
    .approve()
    .refused(
        FAILED,
        "its `access_token` cannot be sent in a header",
        Token,
    );
}

#[test]
fn token_errors() {
    for (code, status, exit) in [
        ("invalid_grant", 400, FAILED),
        ("invalid_client", 401, USAGE),
        ("invalid_target", 400, USAGE),
        ("invalid_dpop_proof", 400, FAILED),
        ("server_error", 500, FAILED),
        ("never_heard_of", 400, FAILED),
    ] {
        let said = match status {
            500 => "the provider failed (HTTP 500) when the code was redeemed:",
            _ => "the provider refused the code with",
        };
        let sentence = format!("{said} `{code}`: no luck");
        // providers.md P4: a new attempt has a new code.
        let attempts = if code == "invalid_grant" { 2 } else { 1 };
        with_token_response(move |reply| {
            let body = json!({ "error": code, "error_description": "no luck\u{1b}[31m" });
            *reply = Reply::json(&body);
            reply.status = status;
        })
        .after(attempts)
        .refused(exit, &sentence, Token);
    }
}

/// An error is an error whatever else is in it, and an answer that is not 200 is no success.
#[test]
fn tokens_in_an_error_are_not_taken() {
    for status in [201, 202, 400] {
        let outcome = with_token_response(move |reply| reply.status = status);
        assert_eq!(outcome.code, Some(FAILED), "{outcome:#?}");
        outcome.refused(FAILED, "the provider's token endpoint", Token);
    }
}

/// Every test sees to that; this one says so.
#[test]
fn userinfo_is_called_only_for_a_name_that_the_id_token_lacks() {
    let outcome = World::with(Script::honest()).approve().accepted();
    assert!(!outcome.called(Endpoint::Userinfo));
}
