//! The conformance suite's cases for a client of the FAPI profiles (2.0, and 1.0 advanced), and a few manipulations
//! that no module makes.

use serde_json::{Value, json};

use crate::conformance::{DAY, one_appended, set};
use crate::keys::{Alg, Key};
use crate::provider::{CLIENT_ID, now};
use crate::script::Endpoint::{Authorize, Token};
use crate::script::{Script, Want};
use crate::world::{INCOMPLETE, UNTRUSTED, USAGE, World, untrusted};

untrusted! {
    fapi2_security_profile_final_client_test_invalid_missing_iss: Script::honest().without("iss") => "the ID token was issued by missing";
    fapi2_security_profile_final_client_test_invalid_missing_exp: Script::honest().without("exp") => "the ID token's `exp` is missing";
    fapi2_security_profile_final_client_test_invalid_missing_nonce:
        Script::honest().without("nonce") => "the ID token's nonce is not the one of this attempt";
    fapi2_security_profile_final_client_test_invalid_secondary_aud:
        Script::honest().claim("aud", json!([CLIENT_ID, "a stranger"])) => "the ID token is meant for [\"stepup-hostile\",\"a stranger\"]";
    fapi2_security_profile_final_client_test_invalid_expired_exp: Script::honest().claim("exp", now() - 360) => "the ID token expired 36";
    fapi2_security_profile_final_client_test_invalid_null_alg:
        Script::honest().id_token(|token| token.sign_with(Alg::None, Key::Rsa)) => "the ID token is signed with `none`, accepted is `RS256`";
    fapi1_advanced_final_client_test_iat_is_week_in_past: Script::honest().claim("iat", now() - 7 * DAY) => "s before this attempt began";
    an_iat_in_the_future_is_refused: Script::honest().claim("iat", now() + 120) => "s in the future";
}

#[test]
fn fapi2_security_profile_final_client_test_valid_aud_as_array() {
    World::with(Script::honest().claim("aud", json!([CLIENT_ID])))
        .approve()
        .accepted();
}

/// Each with the right key; only the algorithm is another than the registered one.
#[test]
fn fapi2_security_profile_final_client_test_invalid_alternate_alg() {
    for (registered, used) in [(Alg::RS256, Alg::PS256), (Alg::PS256, Alg::RS256)] {
        let script = Script::honest()
            .signing(registered)
            .id_token(move |token| token.sign_with(used, Key::Rsa));
        let sentence = format!(
            "the ID token is signed with `{}`, accepted is `{}`",
            used.name(),
            registered.name()
        );
        World::with(script)
            .entry(&format!("id_token_algs = [\"{}\"]", registered.name()))
            .approve()
            .refused(UNTRUSTED, &sentence, Token);
    }
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_authorization_response_iss() {
    World::with(Script::honest().redirect(|answer| set(answer, "iss", one_appended)))
        .approve()
        .refused(UNTRUSTED, "the answer came from `http://", Authorize);
}

#[test]
fn fapi2_security_profile_final_client_test_remove_authorization_response_iss() {
    World::with(Script::honest().redirect(|answer| answer.retain(|(name, _)| name != "iss")))
        .approve()
        .refused(
            UNTRUSTED,
            "the answer does not say which provider it is from",
            Authorize,
        );
}

/// A provider that does not promise `iss` need not send it (RFC 9207 §2.4); a wrong one is refused even so.
#[test]
fn an_unpromised_iss_may_be_missing_but_not_wrong() {
    let silent = || {
        Script::honest().metadata(|metadata| {
            let members = metadata.as_object_mut().unwrap();
            members.remove("authorization_response_iss_parameter_supported");
        })
    };
    World::with(silent().redirect(|answer| answer.retain(|(name, _)| name != "iss")))
        .approve()
        .accepted();
    World::with(silent().redirect(|answer| set(answer, "iss", one_appended)))
        .approve()
        .refused(UNTRUSTED, "the answer came from `http://", Authorize);
}

/// An error of another issuer is not believed either.
#[test]
fn an_error_from_another_issuer_is_untrusted() {
    let script = Script::honest().redirect(|answer| {
        set(answer, "iss", one_appended);
        answer.retain(|(name, _)| name != "code");
        answer.push(("error".into(), "access_denied".into()));
    });
    World::with(script)
        .approve()
        .refused(UNTRUSTED, "the answer came from `http://", Authorize);
}

/// Not this attempt's: ignored, and nobody else answers until the time is over.
#[test]
fn fapi2_security_profile_final_client_test_ensure_authorization_response_with_invalid_state_fails()
{
    World::with(Script::honest().redirect(|answer| set(answer, "state", one_appended)))
        .arguments(&["--timeout", "2s"])
        .approve()
        .refused(INCOMPLETE, "no sign-in was completed within", Authorize);
}

#[test]
fn fapi2_security_profile_final_client_test_ensure_authorization_response_with_missing_state_fails()
{
    World::with(Script::honest().redirect(|answer| answer.retain(|(name, _)| name != "state")))
        .arguments(&["--timeout", "2s"])
        .approve()
        .refused(INCOMPLETE, "no sign-in was completed within", Authorize);
}

/// Pushed, with a signed assertion at both endpoints, and a token that is bound to a key.
#[test]
fn fapi2_security_profile_final_client_test_happy_path_no_dpop_nonce() {
    let want = Want::Signed(Alg::PS256, Key::NextRsa);
    let script = Script::honest().pushing().want(want).metadata(|metadata| {
        metadata["token_endpoint_auth_signing_alg_values_supported"] = json!(["PS256", "ES256"]);
    });
    World::with(script)
        .entry("client_auth = \"private_key_jwt\"\ndpop = true")
        .approve()
        .accepted();
}

#[test]
fn fapi2_security_profile_final_client_test_token_endpoint_response_without_expires_in() {
    World::with(Script::honest().grant(|grant| {
        grant.as_object_mut().unwrap().remove("expires_in").unwrap();
    }))
    .approve()
    .accepted();
}

#[test]
fn fapi2_security_profile_final_client_test_token_type_case_insensitivity() {
    World::with(Script::honest().grant(|grant| grant["token_type"] = "bEARER".into()))
        .approve()
        .accepted();
}

#[test]
fn fapi1_advanced_final_client_test_no_scope_in_token_endpoint_response() {
    World::with(Script::honest().grant(|grant| {
        grant.as_object_mut().unwrap().remove("scope").unwrap();
    }))
    .approve()
    .accepted();
}

/// B9.28. Five parts: we have no key to open it with, and asked for none.
#[test]
fn an_encrypted_id_token_is_refused() {
    let script = Script::honest().id_token(|token| token.instead = Some("e30.AA.AA.AA.AA".into()));
    let sentence = "the ID token cannot be read: it is encrypted (five parts";
    let outcome = World::with(script)
        .approve()
        .refused(USAGE, sentence, Token);
    let hint = "switch off encryption of ID tokens for this client";
    assert!(outcome.stderr.contains(hint), "{outcome:#?}");
}

/// B9.26, RFC 7519 §4.1.5.
#[test]
fn an_id_token_that_is_not_valid_yet() {
    World::with(Script::honest().id_token(|token| {
        token.claims.insert("nbf".into(), (now() + 120).into());
    }))
    .approve()
    .refused(UNTRUSTED, "the ID token is not valid before", Token);
    for nbf in [Value::Null, true.into(), now().to_string().into()] {
        let script = Script::honest().claim("nbf", nbf);
        untrusted(script, "the ID token's `nbf` is");
    }
    World::with(Script::honest().id_token(|token| {
        token.claims.insert("nbf".into(), now().into());
    }))
    .approve()
    .accepted();
}

#[test]
fn another_authorized_party_is_refused() {
    let script = Script::honest().claim("azp", "a stranger");
    untrusted(script, "the ID token was issued to `a stranger`");
    World::with(Script::honest().claim("azp", CLIENT_ID))
        .approve()
        .accepted();
}

/// A claim that must be a string or a time is one, or the token is refused.
#[test]
fn claims_of_another_type_are_refused() {
    for (name, value, sentence) in rows! {
        "iss", json!(["x"]), "the ID token was issued by [\"x\"]";
        "sub", json!(1), "the ID token's `sub` is 1";
        "sub", json!(""), "the ID token's `sub` is ``";
        "aud", json!({}), "the ID token is meant for {}";
        "aud", json!([]), "the ID token is meant for []";
        "exp", json!("9999999999"), "the ID token's `exp` is `9999999999`";
        "iat", Value::Null, "the ID token's `iat` is null";
        "nonce", json!([1]), "nonce is not the one of this attempt";
        "at_hash", json!(true), "at_hash does not belong";
    } {
        let script = Script::honest().claim(name, value);
        untrusted(script, sentence);
    }
}
