//! `UserInfo` (Core §5.3), where it alone says who signed in: the suite's modules, and answers that must not count.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::http::Reply;
use crate::keys::{Alg, Key};
use crate::script::Endpoint::{Keys, Userinfo};
use crate::script::{Form, Script};
use crate::world::{FAILED, Outcome, UNMET, UNTRUSTED, World};

fn approve(script: Script) -> Outcome {
    World::with(script).approve()
}

#[test]
fn oidcc_client_test_userinfo_bearer_header() {
    approve(Script::honest().userinfo(Form::Plain)).accepted();
}

#[test]
fn oidcc_client_test_userinfo_invalid_sub() {
    approve(
        Script::honest()
            .userinfo(Form::Plain)
            .told(|about| about.append_one("sub")),
    )
    .refused(
        UNTRUSTED,
        "UserInfo is about another person than the ID token",
        Userinfo,
    );
}

#[test]
fn oidcc_client_test_userinfo_signed() {
    approve(Script::honest().userinfo(Form::Signed)).accepted();
}

/// The claims behind the scope `email` are what the person is compared by.
#[test]
fn oidcc_client_test_scope_userinfo_claims() {
    let other = |form| {
        Script::honest().userinfo(form).told(|about| {
            about
                .claims
                .insert("email".into(), "eve@sandbox.example".into());
        })
    };
    for form in [Form::Plain, Form::Signed] {
        approve(other(form)).refused(
            UNTRUSTED,
            "another person signed in: wanted email `mira.chen@sandbox.example`, got `eve@sandbox.example`",
            Userinfo,
        );
    }
    approve(Script::honest().userinfo(Form::Plain)).accepted();
}

#[test]
fn a_userinfo_answer_without_a_person_is_refused() {
    let script = Script::honest().userinfo(Form::Plain);
    approve(script.told(|about| {
        about.claims.remove("sub");
    }))
    .refused(
        UNTRUSTED,
        "UserInfo does not say whom it is about",
        Userinfo,
    );
}

#[test]
fn a_signed_userinfo_answer_that_is_not_the_providers_is_refused() {
    let signed = || Script::honest().userinfo(Form::Signed);
    for (script, sentence) in rows! {
        signed().told(|about| about.spoilt = true), "UserInfo's signature is not the provider's";
        signed().told(|about| about.sign_with(Alg::RS256, Key::NextRsa)), "UserInfo's signature is not the provider's";
        signed().told(|about| about.sign_with(Alg::None, Key::NextRsa)), "UserInfo is signed with `none`";
        signed().told(|about| about.sign_with(Alg::ES256, Key::P256)), "UserInfo is signed with `ES256`, accepted is `RS256`";
        signed().told(|about| { about.header.insert("crit".into(), json!(["x"])); }), "UserInfo's header has an unacceptable `crit`";
        signed().told(|about| about.append_one("iss")), "UserInfo was issued by";
        signed().told(|about| about.append_one("aud")), "UserInfo is meant for `stepup-hostile1`, not for `stepup-hostile`";
        signed().told(|about| about.claims["aud"] = json!(["another", "one more"])), "UserInfo is meant for ";
    } {
        approve(script).refused(UNTRUSTED, sentence, Userinfo);
    }
}

/// Core §5.3.2 says "should" of both.
#[test]
fn a_signed_userinfo_answer_may_leave_issuer_and_audience_out() {
    approve(Script::honest().userinfo(Form::Signed).told(|about| {
        about.claims.remove("iss");
        about.claims["aud"] = json!(["another", "stepup-hostile"]);
    }))
    .accepted();
}

/// What is at hand verifies both; a name that is not among the keys has them fetched once more (Core §10.1.1).
#[test]
fn the_keys_are_fetched_once_for_the_id_token_and_a_signed_userinfo_answer() {
    let signed = || Script::honest().userinfo(Form::Signed);
    assert_eq!(approve(signed()).accepted().key_fetches(), 1);
    let unknown = || {
        signed().told(|about| {
            about.header.insert("kid".into(), json!("unknown"));
        })
    };
    let sentence = "UserInfo's signature is not the provider's";
    let refused = approve(unknown()).refused(UNTRUSTED, sentence, Userinfo);
    assert_eq!(refused.key_fetches(), 2);
    let fetched = AtomicBool::new(false);
    let gone = unknown().reply(Keys, move |reply: &mut Reply| {
        if fetched.swap(true, Ordering::Relaxed) {
            *reply = Reply::html(404, "");
        }
    });
    let refused =
        approve(gone).refused(FAILED, "the provider's key set answered HTTP 404", Userinfo);
    refused.does_not_say("UserInfo's answer cannot be read");
}

#[test]
fn a_userinfo_answer_that_cannot_be_read_is_no_answer() {
    let with = |body: &'static str, kind: &'static str| {
        Script::honest()
            .userinfo(Form::Plain)
            .reply(Userinfo, move |reply: &mut Reply| {
                *reply = Reply::new(200, kind, body);
            })
    };
    for (body, kind, reason) in rows! {
        r#"{"sub":"mira","sub":"eve","email":"mira.chen@sandbox.example"}"#, "application/json", "the member `sub` stands there twice";
        r#"["mira"]"#, "application/json", "it is not a JSON object";
        "garbage", "application/json", "it is not JSON";
        r#"{"sub":"mira","email":"mira.chen@sandbox.example"}"#, "text/html", "it is called `text/html`, which is neither JSON nor a JWT";
        "garbage", "application/jwt", "";
        "a.b.c.d.e", "application/jwt", "";
    } {
        let sentence = format!("UserInfo's answer cannot be read: {reason}");
        approve(with(body, kind)).refused(FAILED, &sentence, Userinfo);
    }
}

#[test]
fn a_busy_userinfo_is_asked_again() {
    let asked = AtomicBool::new(false);
    let busy = Script::honest()
        .userinfo(Form::Plain)
        .reply(Userinfo, move |reply: &mut Reply| {
            if !asked.swap(true, Ordering::Relaxed) {
                reply.status = 503;
            }
        });
    let outcome = approve(busy);
    outcome.exits(0);
    assert_eq!(outcome.stdout_json()["outcome"], "approved");
}

#[test]
fn a_userinfo_answer_may_lack_its_type_and_end_in_a_newline() {
    let untyped = Script::honest()
        .userinfo(Form::Plain)
        .reply(Userinfo, |reply: &mut Reply| reply.headers.clear());
    approve(untyped).accepted();
    let ending = Script::honest()
        .userinfo(Form::Signed)
        .reply(Userinfo, |reply: &mut Reply| reply.body.push(b'\n'));
    approve(ending).accepted();
}

#[test]
fn a_userinfo_answer_without_a_name_leaves_nothing_to_compare() {
    for email in [
        Value::Null,
        json!(""),
        json!(["mira.chen@sandbox.example"]),
        json!(7),
    ] {
        let script = Script::honest().userinfo(Form::Plain).told(move |about| {
            about.claims.insert("email".into(), email.clone());
        });
        approve(script).refused(UNMET, "the provider does not say who signed in", Userinfo);
    }
}

/// What is said of an address counts for that address: not what the ID token says of none.
#[test]
fn an_address_is_verified_where_it_is_said() {
    let script = Script::honest()
        .userinfo(Form::Plain)
        .claim("email_verified", true);
    approve(script.told(|about| {
        about.claims.insert("email_verified".into(), json!("no"));
    }))
    .refused(
        UNMET,
        "is not verified: wanted email_verified `true`, got `\"no\"`",
        Userinfo,
    );
}

#[test]
fn a_redirect_of_userinfo_is_not_followed() {
    let script = Script::honest()
        .userinfo(Form::Plain)
        .reply(Userinfo, |reply: &mut Reply| {
            *reply = Reply::redirect(302, "/elsewhere");
        });
    approve(script).refused(FAILED, "UserInfo answered HTTP 302", Userinfo);
}
