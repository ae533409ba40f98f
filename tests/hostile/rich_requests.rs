//! What a provider may say that it granted of a rich authorization request (RFC 9396, B17): what was sent, or nothing is
//! approved.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::script::Endpoint::{Authorize, Keys, Push, Token};
use crate::script::{Script, Want};
use crate::world::{FAILED, Outcome, SECRET, UNTRUSTED, USAGE, World};

const TYPE: &str = "stepup_approval";
const NAME: &str = "authorization_details";
const LIST: &str = "authorization_details_types_supported";

fn listing(types: Value) -> Script {
    Script::honest().metadata(move |metadata| metadata[LIST] = types.clone())
}

fn world(script: Script) -> World {
    World::with(script).entry(&format!("{NAME} = \"{TYPE}\""))
}

/// What was sent comes back, changed like this.
fn granted(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Outcome {
    let script = listing(json!(["payment", TYPE]));
    world(script.grant(move |grant| change(&mut grant[NAME]))).approve()
}

#[track_caller]
fn refused(outcome: Outcome, code: i32, why: &str) {
    let sentence = format!("did not grant what it was given to show (`{NAME}`): {why}");
    outcome.refused(code, &sentence, Token);
}

#[test]
fn what_was_granted_as_it_was_sent_with_more_members_or_without() {
    granted(|_| ()).accepted();
    granted(|details| details[0]["expires"] = "soon".into()).accepted();
}

#[test]
fn what_was_not_granted() {
    type Change = fn(&mut Value);
    let many = "it has 2 objects, and one was asked for";
    let much =
        "what was added to what was sent is more than 8192 bytes, or nested more than 16 deep";
    let changes: [(Change, &str); 10] = rows! {
        |details| *details = Value::Null, "it is not a list of objects";
        |details| *details = true.into(), "it is not a list of objects";
        |details| *details = details.to_string().into(), "it is not a list of objects";
        |details| *details = details[0].take(), "it is not a list of objects";
        |details| *details = json!([details.clone()]), "it is not a list of objects";
        |details| *details = json!([]), "it has 0 objects, and one was asked for";
        |details| *details = json!([details[0], details[0]]), many;
        |details| *details = json!([details[0], { "type": "payment" }]), many;
        |details| details[0]["note"] = "x".repeat(9000).into(), much;
        // As deep as an answer can be read: the receipt has one level more around it, and could not be.
        |details| details[0]["note"] = (0..124).fold(json!(1), |deep, _| json!([deep])), much;
    };
    for (change, why) in changes {
        refused(granted(change), UNTRUSTED, why);
    }
    let silent = listing(json!([TYPE])).grant(|grant| {
        grant.as_object_mut().unwrap().remove(NAME).unwrap();
    });
    refused(world(silent).approve(), UNTRUSTED, "it is missing");
}

/// One letter more, another number, another truth; and the member left out.
#[test]
fn what_was_granted_with_any_member_changed() {
    let sent = Arc::new(Mutex::new(Value::Null));
    let seen = Arc::clone(&sent);
    granted(move |details| *seen.lock().unwrap() = details.clone()).accepted();
    let mut members = Vec::new();
    paths(&sent.lock().unwrap()[0], "/0", &mut members);
    assert!(members.len() > 25, "{members:?}");
    for path in members {
        let changed = path.clone();
        let outcome = granted(move |details| otherwise(details.pointer_mut(&changed).unwrap()));
        refused(outcome, UNTRUSTED, "its ");
        let outcome = granted(move |details| {
            let (parent, name) = path.rsplit_once('/').unwrap();
            let parent = details.pointer_mut(parent).unwrap();
            parent.as_object_mut().unwrap().remove(name).unwrap();
        });
        refused(outcome, UNTRUSTED, "its ");
    }
    refused(
        granted(|details| details[0]["statement"]["more"] = 1.into()),
        UNTRUSTED,
        "its `statement` is",
    );
}

/// Every member that is no object, by its path.
fn paths(value: &Value, path: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                paths(value, &format!("{path}/{name}"), all);
            }
        }
        _ => all.push(path.to_owned()),
    }
}

fn otherwise(value: &mut Value) {
    *value = match value {
        Value::String(text) => format!("{text}x").into(),
        Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
        Value::Bool(truth) => (!*truth).into(),
        Value::Array(_) => json!([]),
        Value::Null | Value::Object(_) => "x".into(),
    };
}

/// The ID token may say it too, and is taken at its word.
#[test]
fn what_was_granted_is_contradicted_by_the_id_token() {
    for claim in [json!([{ "type": TYPE }]), json!([]), json!({}), Value::Null] {
        let script = listing(json!([TYPE])).claim(NAME, claim);
        refused(world(script).approve(), UNTRUSTED, "it");
    }
}

/// What is told of a grant is the answer's, so the ID token has nothing beyond it.
#[test]
fn what_was_granted_is_more_in_the_id_token() {
    let added = |in_the_answer: bool| {
        let add = |details: &mut Value| details[0]["also"] = "delete".into();
        let script = listing(json!([TYPE])).id_token(move |token| {
            let mut details = token.asked.clone();
            add(&mut details);
            token.claims.insert(NAME.to_owned(), details);
        });
        world(script.grant(move |grant| {
            if in_the_answer {
                add(&mut grant[NAME]);
            }
        }))
        .approve()
    };
    added(true).accepted();
    let why = "the ID token adds to it what the token answer does not";
    refused(added(false), UNTRUSTED, why);
}

#[test]
fn a_type_that_is_not_listed() {
    for types in [
        json!([]),
        json!(["payment", "Stepup_approval"]),
        Value::Null,
    ] {
        let why = format!("does not list the type `{TYPE}`");
        world(listing(types)).approve().refused(USAGE, &why, Keys);
    }
}

#[test]
fn details_that_the_provider_refuses() {
    let error = "invalid_authorization_details";
    let script = listing(json!([TYPE])).pushing().reply(Push, move |reply| {
        reply.body = json!({ "error": error }).to_string().into_bytes();
        reply.status = 400;
    });
    world(script).approve().refused(USAGE, error, Push);
    let script = listing(json!([TYPE])).redirect(move |answer| {
        answer.retain(|(name, _)| name != "code");
        answer.push(("error".to_owned(), error.to_owned()));
    });
    world(script).approve().refused(USAGE, error, Authorize);
}

/// A member that stands there twice is in no answer (B9.22).
#[test]
fn what_was_granted_twice_in_one_answer() {
    let script = listing(json!([TYPE])).reply(Token, |reply| {
        let body = String::from_utf8(reply.body.clone()).unwrap();
        let twice = format!("{{\"{NAME}\":[],{}", &body[1..]);
        reply.body = twice.into_bytes();
    });
    world(script).approve().refused(
        FAILED,
        "token endpoint gave an answer that cannot be read",
        Token,
    );
}

#[test]
fn what_was_granted_by_backchannel() {
    let asked = |script: Script| {
        world(script.backchannel(&[]).want(Want::Basic(SECRET)))
            .entry("client_auth = \"client_secret_basic\"\nbackchannel = true")
            .approve()
    };
    asked(listing(json!([TYPE]))).accepted();
    let other = listing(json!([TYPE])).grant(|grant| otherwise(&mut grant[NAME][0]["type"]));
    refused(asked(other), UNTRUSTED, "its type is not `stepup_approval`");
}
