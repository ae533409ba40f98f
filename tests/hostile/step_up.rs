//! What the conformance programme has no modules for: everything about the ID token is genuine, but it does
//! not prove what the API asked for, or not about this person, or not in this attempt.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::keys::{Alg, Key};
use crate::provider::{Provider, now};
use crate::script::Endpoint::{Authorize, Token};
use crate::script::Script;
use crate::world::{INCOMPLETE, Outcome, UNMET, UNTRUSTED, World, untrusted};

fn with_acr(acr: impl Into<Value>) -> Outcome {
    World::with(Script::honest().claim("acr", acr)).approve()
}

fn with_auth_time(auth_time: impl Fn() -> Value + Send + Sync + 'static) -> Outcome {
    let script = Script::honest().id_token(move |token| {
        token.claims.insert("auth_time".into(), auth_time());
    });
    World::with(script).approve()
}

const TOO_WEAK: &str = "; acr: needed `phr`, got";

/// The one lattice of values as the wire has them; what is judged of each is a table beside the judge.
#[test]
fn an_acr_other_than_the_one_asked_for() {
    for (acr, got) in [
        (Value::Null, "no acr at all"),
        (json!("urn:okta:loa:1fa:pwd"), "`urn:okta:loa:1fa:pwd`"),
        // Stronger by definition (EAP §2), but not what was asked for (B10.2).
        (json!("phrh"), "`phrh`"),
        (json!("gold"), "`gold`"),
        (json!(""), "``"),
        (json!("0"), "`0`"),
        (json!("PHR"), "`PHR`"),
        (json!("phr "), "`phr `"),
        (json!("phr phrh"), "`phr phrh`"),
        (json!(["phr"]), "[\"phr\"], which is not a string"),
        (json!(3), "3, which is not a string"),
    ] {
        with_acr(acr).refused(UNMET, &format!("{TOO_WEAK} {got}"), Token);
    }
    let without = World::with(Script::honest().without("acr")).approve();
    without.refused(UNMET, &format!("{TOO_WEAK} no acr at all"), Token);
}

/// What comes from outside has no say over the terminal.
#[test]
fn acr_with_control_characters_is_shown_without_them() {
    let outcome = with_acr("\u{1b}[2J\u{1b}]0;owned\u{7}phr").refused(UNMET, TOO_WEAK, Token);
    assert!(!outcome.stderr.contains(['\u{1b}', '\u{7}']));
    assert!(!outcome.stdout.contains(['\u{1b}', '\u{7}']));
}

#[test]
fn auth_time_missing() {
    World::with(Script::honest().without("auth_time"))
        .approve()
        .refused(UNMET, "wanted auth_time, got none", Token);
}

#[test]
fn auth_time_old() {
    with_auth_time(|| json!(now() - 3600)).refused(
        UNMET,
        "wanted a sign-in during this attempt, got one 3",
        Token,
    );
}

/// Young enough for the API's max_age, but from before this attempt.
#[test]
fn auth_time_of_an_earlier_session() {
    with_auth_time(|| json!(now() - 120)).refused(
        UNMET,
        "wanted a sign-in during this attempt, got one 1",
        Token,
    );
}

/// Where an earlier sign-in may count, the challenge's max_age still holds.
#[test]
fn auth_time_older_than_max_age() {
    let script = Script::honest().id_token(|token| {
        token
            .claims
            .insert("auth_time".into(), (now() - 500).into());
    });
    let (_, outcome) = World::with(script.tolerant_of("max_age").tolerant_of("prompt"))
        .entry("freshness = \"as-challenged\"")
        .approve_and_stay();
    outcome
        .after(2)
        .refused(UNMET, "wanted at most 300 s old, got 50", Token);
}

#[test]
fn auth_time_in_the_future() {
    with_auth_time(|| json!(now() + 3600)).refused(UNTRUSTED, "s in the future", Token);
}

#[test]
fn auth_time_as_a_string() {
    with_auth_time(|| json!(now().to_string())).refused(UNMET, "wanted auth_time, got \"", Token);
}

/// A NumericDate may have a fraction (RFC 7519 §2).
#[test]
fn auth_time_as_a_float() {
    #[expect(clippy::cast_precision_loss, reason = "seconds fit")]
    with_auth_time(|| json!(now() as f64 + 0.5)).accepted();
}

#[test]
fn auth_time_negative() {
    with_auth_time(|| json!(-1)).refused(UNMET, "wanted a sign-in during this attempt", Token);
    with_auth_time(|| json!(i64::MIN)).refused(
        UNMET,
        "wanted a sign-in during this attempt",
        Token,
    );
}

#[test]
fn auth_time_zero() {
    with_auth_time(|| json!(0)).refused(UNMET, "the provider does not fill in when", Token);
}

#[test]
fn auth_time_far_too_large() {
    for far in [json!(u64::MAX), json!(1e300), json!(i64::MAX)] {
        with_auth_time(move || far.clone()).refused(UNTRUSTED, "s in the future", Token);
    }
}

#[test]
fn amr_as_a_bare_string() {
    World::with(Script::honest().claim("amr", "mfa"))
        .entry("amr = [\"mfa\"]")
        .approve()
        .refused(UNMET, "got \"mfa\", which is not a list", Token);
}

#[test]
fn amr_without_the_demanded_method() {
    World::with(Script::honest().claim("amr", json!(["pwd"])))
        .entry("amr = [\"mfa\"]")
        .approve()
        .refused(UNMET, "needed amr `mfa`, got `pwd`", Token);
    World::with(Script::honest().without("amr"))
        .entry("amr = [\"mfa\"]")
        .approve()
        .refused(UNMET, "needed amr `mfa`, got no amr at all", Token);
}

#[test]
fn amr_with_the_demanded_method() {
    World::with(Script::honest().claim("amr", json!(["pwd", "mfa"])))
        .entry("amr = [\"mfa\"]")
        .approve()
        .accepted();
}

/// Where no entry asks for it, nobody stumbles over it.
#[test]
fn amr_malformed_but_not_asked_for() {
    World::with(Script::honest().claim("amr", "mfa"))
        .approve()
        .accepted();
}

#[test]
fn another_person() {
    let script = Script::honest().claim("email", "eve@sandbox.example");
    untrusted(
        script,
        "another person signed in: wanted email `mira.chen@sandbox.example`, got `eve@sandbox.example`",
    );
}

#[test]
fn another_person_by_their_sub() {
    World::with(Script::honest())
        .entry("subject = \"sub\"")
        .approve()
        .refused(UNTRUSTED, "another person signed in: wanted sub", Token);
}

#[test]
fn the_provider_cannot_meet_the_demand() {
    let script = Script::honest().redirect(|answer| {
        answer.retain(|(name, _)| name != "code");
        answer.push(("error".into(), "unmet_authentication_requirements".into()));
    });
    World::with(script).approve().refused(
        UNMET,
        "the browser came back with `unmet_authentication_requirements`",
        Authorize,
    );
}

#[test]
fn the_person_declines() {
    let script = Script::honest().redirect(|answer| {
        answer.retain(|(name, _)| name != "code");
        answer.push(("error".into(), "access_denied".into()));
        answer.push(("error_description".into(), "\u{1b}[31mno\u{202e}".into()));
    });
    let outcome = World::with(script).approve().refused(
        INCOMPLETE,
        "the browser came back with `access_denied`",
        Authorize,
    );
    assert!(!outcome.stderr.contains('\u{1b}'));
}

/// A code and an error at once: neither is believed.
#[test]
fn an_answer_with_code_and_error_is_no_success() {
    let script =
        Script::honest().redirect(|answer| answer.push(("error".into(), "access_denied".into())));
    World::with(script).approve().refused(
        INCOMPLETE,
        "the browser came back with `access_denied`",
        Authorize,
    );
}

#[test]
fn an_answer_with_neither_code_nor_error_is_no_success() {
    World::with(Script::honest().redirect(|answer| answer.retain(|(name, _)| name != "code")))
        .approve()
        .refused(
            UNTRUSTED,
            "the answer holds neither a code nor an error",
            Authorize,
        );
}

#[test]
fn a_parameter_that_comes_twice_is_refused() {
    for name in ["code", "iss", "state"] {
        let script = Script::honest().redirect(move |answer| {
            let again = answer.iter().find(|(key, _)| key == name).unwrap().clone();
            answer.push(again);
        });
        let sentence = format!("the answer has the parameter `{name}` twice");
        World::with(script)
            .approve()
            .refused(UNTRUSTED, &sentence, Authorize);
    }
}

#[test]
fn parameters_nobody_knows_are_ignored() {
    let script = Script::honest()
        .redirect(|answer| answer.push(("session_state".into(), "whatever".into())));
    World::with(script).approve().accepted();
}

/// Two approvals, the second with this member of the first one's token response.
fn twice(member: &'static str, script: Script) -> (Outcome, Outcome) {
    let first: OnceLock<Value> = OnceLock::new();
    let script = script.grant(move |grant| {
        grant[member] = first.get_or_init(|| grant[member].clone()).clone();
    });
    let (world, first) = World::with(script).approve_and_stay();
    let world = world.task("4214").arguments(&["--comment", "again"]);
    (first, world.approve())
}

/// Authentic in every respect, but for another attempt's nonce.
#[test]
fn the_id_token_of_another_attempt() {
    let (first, second) = twice("id_token", Script::honest().without("at_hash"));
    first.accepted();
    let sentence = "the ID token's nonce is not the one of this attempt";
    second.refused(UNTRUSTED, sentence, Token);
}

/// The access token of another attempt beside a genuine ID token.
#[test]
fn the_access_token_of_another_attempt() {
    let (first, second) = twice("access_token", Script::honest());
    first.accepted();
    let sentence = "at_hash does not belong to the access token";
    second.refused(UNTRUSTED, sentence, Token);
}

/// Mix-up: what the other configured provider would issue, perfectly right for an attempt there.
#[test]
fn the_right_token_of_another_provider_entry() {
    let other = Provider::start(
        Script::honest().key_set(|keys, _| *keys = vec![Key::NextRsa.jwk()]),
        "",
    );
    let issuer = other.issuer();
    let script = Script::honest().id_token(move |token| {
        token.claims.insert("iss".into(), issuer.as_str().into());
        token.header.insert("kid".into(), Key::NextRsa.id().into());
        token.sign_with(Alg::RS256, Key::NextRsa);
    });
    World::with(script)
        .and_entry("other", &other)
        .approve()
        .refused(UNTRUSTED, "the ID token was issued by", Token);
    assert_eq!(other.seen(), []);
}

/// Mix-up: the other provider's signature under this provider's name.
#[test]
fn a_token_signed_by_another_provider_entry() {
    let other = Provider::start(
        Script::honest().key_set(|keys, _| *keys = vec![Key::NextRsa.jwk()]),
        "",
    );
    let script = Script::honest().id_token(|token| {
        token.header.insert("kid".into(), Key::NextRsa.id().into());
        token.sign_with(Alg::RS256, Key::NextRsa);
    });
    World::with(script)
        .and_entry("other", &other)
        .approve()
        .refused(
            UNTRUSTED,
            "signed with a key that the provider does not publish",
            Token,
        );
    assert_eq!(other.seen(), []);
}

/// Mix-up: the other provider's name in the authorization response; neither gets the code.
#[test]
fn an_answer_of_another_provider_entry() {
    let other = Provider::start(Script::honest(), "");
    let issuer = other.issuer();
    let script = Script::honest().redirect(move |answer| {
        for (name, value) in answer {
            if name == "iss" {
                value.clone_from(&issuer);
            }
        }
    });
    World::with(script)
        .and_entry("other", &other)
        .approve()
        .refused(UNTRUSTED, "the answer came from", Authorize);
    assert_eq!(other.seen(), []);
}
