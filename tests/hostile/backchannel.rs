//! The relying-party modules of FAPI-CIBA, poll mode. What every poll has to be like, its time included, the
//! provider sees to by itself; that nothing comes after the last, the world does.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::keys::{Alg, Key};
use crate::provider::{CLIENT_ID, now};
use crate::script::Endpoint::{Ask, Keys, Token};
use crate::script::{Script, Want};
use crate::world::{FAILED, INCOMPLETE, Outcome, SECRET, UNTRUSTED, USAGE, World};

const PENDING: &str = "authorization_pending";

fn asked(script: Script) -> World {
    World::with(script.want(Want::Basic(SECRET)))
        .entry("client_auth = \"client_secret_basic\"\nbackchannel = true")
}

fn id_token(script: Script) -> World {
    asked(script.backchannel(&[]))
}

fn untrusted(script: Script, sentence: &str) {
    let outcome = id_token(script).approve();
    outcome.refused(UNTRUSTED, sentence, Token);
}

/// The honest answer to the request with another member; null takes it away.
fn with_member(name: &'static str, value: &Value) -> Outcome {
    let value = value.clone();
    let script = Script::honest().backchannel(&[]).reply(Ask, move |reply| {
        let mut body: Value = serde_json::from_slice(&reply.body).unwrap();
        body[name] = value.clone();
        if value.is_null() {
            body.as_object_mut().unwrap().remove(name).unwrap();
        }
        reply.body = body.to_string().into_bytes();
    });
    asked(script).approve()
}

/// The request is answered with HTTP 400 and this error.
fn refused_with(error: &'static str, exit: i32) {
    let script = Script::honest().backchannel(&[]).reply(Ask, move |reply| {
        reply.body = json!({ "error": error }).to_string().into_bytes();
        reply.status = 400;
    });
    let sentence = format!("the provider refused the backchannel request with `{error}`");
    asked(script).approve().refused(exit, &sentence, Ask);
}

/// The profile's own clients come with a signed assertion.
#[test]
fn fapi_ciba_id1_client_test() {
    for alg in [Alg::RS256, Alg::PS256] {
        let listed = json!([alg.name()]);
        let script = Script::honest()
            .want(Want::Signed(alg, Key::NextRsa))
            .backchannel(&[PENDING])
            .metadata(move |metadata| {
                metadata["token_endpoint_auth_signing_alg_values_supported"] = listed.clone();
            });
        World::with(script)
            .entry("client_auth = \"private_key_jwt\"\nbackchannel = true")
            .approve()
            .accepted();
    }
}

/// The suite says 31 s; the pace itself is computed in `adapters::backoff`.
#[test]
fn fapi_ciba_id1_client_respects_interval() {
    asked(Script::honest().backchannel(&[PENDING]).every(2))
        .approve()
        .accepted();
}

#[test]
fn fapi_ciba_id1_client_slow_down() {
    asked(Script::honest().backchannel(&[PENDING, "slow_down"]))
        .approve()
        .accepted();
}

#[test]
fn fapi_ciba_id1_client_invalid_request() {
    asked(Script::honest().backchannel(&["invalid_request"]))
        .approve()
        .refused(
            USAGE,
            "ended the backchannel request with `invalid_request`",
            Token,
        );
}

#[test]
fn fapi_ciba_id1_client_invalid_access_denied() {
    asked(Script::honest().backchannel(&[PENDING, PENDING, "access_denied"]))
        .approve()
        .refused(
            INCOMPLETE,
            "the request was refused on the other device",
            Token,
        );
}

#[test]
fn fapi_ciba_id1_client_invalid_expired_token() {
    asked(Script::honest().backchannel(&[PENDING, PENDING, "expired_token"]))
        .approve()
        .refused(INCOMPLETE, "nobody answered the request", Token);
}

#[test]
fn fapi_ciba_id1_client_invalid_missing_authreqid() {
    for value in [
        Value::Null,
        json!(""),
        json!(7),
        json!("a b"),
        json!("x".repeat(2049)),
    ] {
        with_member("auth_req_id", &value).refused(FAILED, "it has no usable `auth_req_id`", Ask);
    }
}

#[test]
fn fapi_ciba_id1_client_invalid_missing_expiresin() {
    for value in [Value::Null, json!(0), json!(-1), json!("120")] {
        with_member("expires_in", &value).refused(
            FAILED,
            "its `expires_in` is not in the future",
            Ask,
        );
    }
}

#[test]
fn fapi_ciba_id1_client_invalid_unknown_user_id() {
    refused_with("unknown_user_id", USAGE);
}

/// No such hint is ever sent; the answer is one like any other.
#[test]
fn fapi_ciba_id1_client_invalid_id_token_hint() {
    refused_with("invalid_request", USAGE);
}

#[test]
fn fapi_ciba_id1_client_invalid_expired_id_token_hint() {
    refused_with("expired_login_hint_token", FAILED);
}

/// Nothing here can be called, so that a provider that would only call is refused before it is asked.
#[test]
fn fapi_ciba_id1_client_ping() {
    for modes in [json!(["ping"]), json!(["push", "ping"])] {
        let script = Script::honest().backchannel(&[]).metadata(move |metadata| {
            metadata["backchannel_token_delivery_modes_supported"] = modes.clone();
        });
        let outcome = asked(script).approve();
        outcome.refused(USAGE, "the provider cannot be polled", Keys);
    }
}

untrusted! {
    fapi_ciba_id1_client_invalid_iss: Script::honest().id_token(|token| token.append_one("iss")) => "the ID token was issued by";
    fapi_ciba_id1_client_invalid_aud: Script::honest().id_token(|token| token.append_one("aud")) => "the ID token is meant for";
    fapi_ciba_id1_client_invalid_secondary_aud: Script::honest().claim("aud", json!([CLIENT_ID, "somebody-else"])) => "the ID token is meant for";
    fapi_ciba_id1_client_invalid_signature: Script::honest().id_token(|token| token.spoilt = true) => "signature is not the provider's";
    fapi_ciba_id1_client_invalid_null_alg:
        Script::honest().id_token(|token| token.sign_with(Alg::None, Key::Rsa)) => "the ID token is signed with `none`";
    fapi_ciba_id1_client_invalid_alternate_alg:
        Script::honest().id_token(|token| token.sign_with(Alg::PS256, Key::Rsa)) => "the ID token is signed with `PS256`";
    fapi_ciba_id1_client_invalid_expired_exp: Script::honest().claim("exp", now() - 360) => "the ID token expired";
    fapi_ciba_id1_client_iat_is_week_in_past: Script::honest().claim("iat", now() - 7 * 24 * 60 * 60) => "before this attempt began";
    fapi_ciba_id1_client_invalid_missing_aud: Script::honest().without("aud") => "the ID token is meant for missing";
    fapi_ciba_id1_client_invalid_missing_exp: Script::honest().without("exp") => "the ID token's `exp` is missing";
    fapi_ciba_id1_client_invalid_missing_iss: Script::honest().without("iss") => "the ID token was issued by missing";
}

#[test]
fn fapi_ciba_id1_client_valid_aud_as_array() {
    id_token(Script::honest().claim("aud", json!([CLIENT_ID])))
        .approve()
        .accepted();
}

#[test]
fn fapi_ciba_id1_client_no_scope_in_token_endpoint_response() {
    id_token(Script::honest().grant(|grant| {
        let members = grant.as_object_mut().unwrap();
        members.remove("scope").unwrap();
        members.remove("expires_in").unwrap();
    }))
    .approve()
    .accepted();
}

const AUTH_REQ_ID: &str = "urn:openid:params:jwt:claim:auth_req_id";

/// B13.9.
#[test]
fn an_id_token_for_another_backchannel_request() {
    for id in [json!("another"), json!(7), Value::Null] {
        id_token(Script::honest().claim(AUTH_REQ_ID, id))
            .approve()
            .refused(
                UNTRUSTED,
                "auth_req_id is not the one of this attempt",
                Token,
            );
    }
}

/// A provider that asks to be polled without a pause is not.
#[test]
fn a_poll_without_a_pause() {
    with_member("interval", &json!(0)).accepted();
    for interval in [json!("1"), json!(-1), json!(0.5)] {
        with_member("interval", &interval).refused(FAILED, "its `interval` is not a number", Ask);
    }
}

/// The first poll would come when nobody could answer any more.
#[test]
fn an_interval_beyond_the_end() {
    for interval in [json!(121), json!(u64::MAX)] {
        with_member("interval", &interval).refused(USAGE, "and the wait ends after 120 s", Ask);
    }
}

/// RFC 8707 §2: the token's audience is named where the person is asked, and where the tokens are fetched. A parameter of
/// the provider's own is part of the question.
#[test]
fn audience_and_resource_are_sent_to_both_endpoints() {
    let (audience, resource) = ("https://api.example", "https://api.example/tasks");
    let script = Script::honest()
        .backchannel(&[PENDING])
        .expecting(Ask, "audience", audience)
        .expecting(Ask, "resource", resource)
        .expecting(Ask, "organization", "acme")
        .expecting(Token, "resource", resource);
    asked(script)
        .entry(&format!(
            "audience = \"{audience}\"\nresource = \"{resource}\"\nextra = {{ organization = \"acme\" }}"
        ))
        .approve()
        .accepted();
}

/// The provider would see a poll before its time.
#[test]
fn a_poll_refused_as_too_many_is_not_repeated_at_once() {
    let answered = AtomicUsize::new(0);
    let script = Script::honest()
        .backchannel(&[PENDING])
        .reply(Token, move |reply| {
            if answered.fetch_add(1, Ordering::Relaxed) == 0 {
                reply.status = 429;
                reply.headers.push(("Retry-After".into(), "0".into()));
            }
        });
    asked(script).approve().accepted();
}

/// No skew is tolerated: a clock that was read before the wait would find the token to be from the future.
#[test]
fn the_time_of_the_answer_is_read_when_it_came() {
    asked(Script::honest().backchannel(&[PENDING]).every(2))
        .entry("skew = 0")
        .approve()
        .accepted();
}

/// The one poll that there is time for comes at the end.
#[test]
fn an_interval_as_long_as_the_wait() {
    asked(Script::honest().backchannel(&[]).every(2))
        .arguments(&["--timeout", "2s"])
        .approve()
        .accepted();
}

/// Found out before anybody is asked.
#[test]
fn a_client_key_whose_signatures_the_provider_does_not_take() {
    for listed in [json!(["ES256"]), json!(["RS384", "rs256"])] {
        let script = Script::honest()
            .want(Want::Signed(Alg::RS256, Key::NextRsa))
            .backchannel(&[])
            .metadata(move |metadata| {
                metadata["token_endpoint_auth_signing_alg_values_supported"] = listed.clone();
            });
        World::with(script)
            .entry("client_auth = \"private_key_jwt\"\nbackchannel = true")
            .approve()
            .refused(USAGE, "takes client assertions signed with", Keys);
    }
}
