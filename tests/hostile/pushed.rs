//! A hostile answer to a pushed authorization request (RFC 9126, B6): nobody is sent to the provider, and the
//! request does not go into the address instead.

use serde_json::{Value, json};

use crate::http::Reply;
use crate::script::Endpoint::{Discovery, Keys, Push};
use crate::script::{Script, Want};
use crate::world::{FAILED, Outcome, SECRET, UNTRUSTED, USAGE, World};

fn answered(hook: impl Fn(&mut Reply) + Send + Sync + 'static) -> Outcome {
    World::with(Script::honest().pushing().reply(Push, hook)).approve()
}

/// The honest answer with another member; null takes it away.
fn with_member(name: &'static str, value: &Value) -> Outcome {
    let value = value.clone();
    answered(move |reply| {
        let mut body: Value = serde_json::from_slice(&reply.body).unwrap();
        if value.is_null() {
            body.as_object_mut().unwrap().remove(name).unwrap();
        } else {
            body[name] = value.clone();
        }
        reply.body = body.to_string().into_bytes();
    })
}

#[test]
fn a_pushed_request_is_taken() {
    World::with(Script::honest().pushing()).approve().accepted();
}

#[test]
fn a_pushed_request_of_a_client_with_a_secret() {
    for (want, method) in [
        (Want::Basic(SECRET), "client_secret_basic"),
        (Want::Post(SECRET), "client_secret_post"),
    ] {
        World::with(Script::honest().pushing().want(want))
            .entry(&format!("client_auth = \"{method}\""))
            .approve()
            .accepted();
    }
}

/// B6.4: what the provider put into its own address stays there, and there only.
#[test]
fn the_endpoints_own_query_is_not_pushed() {
    let script = Script::honest().own_query("tenant", "one");
    World::with(script.pushing()).approve().accepted();
    let script = Script::honest().own_query("tenant", "one");
    World::with(script).approve().accepted();
}

#[test]
fn a_reference_that_is_none() {
    for value in [
        Value::Null,
        json!(""),
        json!(7),
        json!(["urn:x"]),
        json!("urn:x y"),
        json!("urn:x\r\nLocation: https://evil.example"),
        json!("x".repeat(2049)),
    ] {
        with_member("request_uri", &value).refused(FAILED, "it has no usable `request_uri`", Push);
    }
}

#[test]
fn a_reference_that_has_expired_already() {
    for value in [
        Value::Null,
        json!(0),
        json!(-1),
        json!("60"),
        json!(1.5),
        json!(u64::MAX),
    ] {
        with_member("expires_in", &value).refused(
            FAILED,
            "its `expires_in` is not in the future",
            Push,
        );
    }
}

/// Whatever it is, one push and no visit.
#[test]
fn a_push_that_is_no_success() {
    for status in [204, 302, 400, 404, 405, 413, 429, 500, 503] {
        let sentence = format!("answered the pushed request with HTTP {status}");
        answered(move |reply| {
            *reply = Reply::html(status, "no");
            let location = ("Location".into(), "http://127.0.0.1:1/".into());
            reply.headers.push(location);
        })
        .refused(FAILED, &sentence, Push);
    }
}

#[test]
fn a_reference_in_an_error_is_not_taken() {
    answered(|reply| reply.status = 400).refused(FAILED, "with HTTP 400", Push);
}

#[test]
fn a_push_that_is_refused() {
    for (code, exit) in [
        ("invalid_request", USAGE),
        ("invalid_client", USAGE),
        ("never_heard_of", FAILED),
    ] {
        let sentence = format!("refused the pushed request with `{code}`: no luck");
        let outcome = answered(move |reply| {
            let body = json!({ "error": code, "error_description": "no luck\u{1b}[31m" });
            *reply = Reply::json(&body);
            reply.status = 400;
        })
        .refused(exit, &sentence, Push);
        assert!(!outcome.stderr.contains('\u{1b}'));
    }
}

#[test]
fn an_answer_to_a_push_with_duplicate_members() {
    answered(|reply| {
        let body = String::from_utf8(reply.body.clone()).unwrap();
        let twice = body.replacen('{', "{\"request_uri\":\"urn:evil\",", 1);
        reply.body = twice.into_bytes();
    })
    .refused(FAILED, "the member `request_uri` stands there twice", Push);
}

#[test]
fn a_push_endpoint_without_tls() {
    for url in ["http://idp.example/push", "file:///etc/passwd"] {
        World::with(Script::honest().pushing().metadata(move |metadata| {
            metadata["pushed_authorization_request_endpoint"] = url.into();
        }))
        .approve()
        .refused(UNTRUSTED, "is not https", Discovery);
    }
}

#[test]
fn pushing_demanded_and_not_offered_or_forbidden() {
    World::with(Script::honest().pushing().metadata(|metadata| {
        let members = metadata.as_object_mut().unwrap();
        members.remove("pushed_authorization_request_endpoint");
    }))
    .approve()
    .refused(FAILED, "has no endpoint for them", Keys);
    World::with(Script::honest().pushing())
        .entry("par = \"never\"")
        .approve()
        .refused(USAGE, "the entry says `par = \"never\"`", Keys);
    World::with(Script::honest())
        .entry("par = \"always\"")
        .approve()
        .refused(USAGE, "no pushed authorization request endpoint", Keys);
}
