//! The relying-party modules of the OpenID Foundation's conformance suite that apply to a native client of
//! the code flow. Each test has its module's name and makes the suite's own manipulation.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::http::Pairs;
use crate::keys::{Alg, Key};
use crate::provider::{CLIENT_ID, now};
use crate::script::Endpoint::{Authorize, Discovery, Token};
use crate::script::{Script, Want};
use crate::world::{FAILED, INCOMPLETE, SECRET, UNTRUSTED, World};

const DAY: i64 = 24 * 60 * 60;

/// Changes one parameter of an authorization response.
fn set(answer: &mut Pairs, name: &str, change: impl Fn(&str) -> String) {
    for (key, value) in answer {
        if key == name {
            *value = change(value);
        }
    }
}

fn one_appended(text: &str) -> String {
    format!("{text}1")
}

#[test]
fn oidcc_client_test() {
    World::with(Script::honest()).approve().accepted();
}

#[test]
fn oidcc_client_test_invalid_iss() {
    World::with(Script::honest().id_token(|token| token.append_one("iss")))
        .approve()
        .refused(UNTRUSTED, "the ID token was issued by", Token);
}

#[test]
fn oidcc_client_test_missing_sub() {
    World::with(Script::honest().without("sub"))
        .approve()
        .refused(UNTRUSTED, "the ID token's `sub` is missing", Token);
}

#[test]
fn oidcc_client_test_invalid_aud() {
    World::with(Script::honest().id_token(|token| token.append_one("aud")))
        .approve()
        .refused(
            UNTRUSTED,
            "the ID token is meant for `stepup-hostile1`, not for `stepup-hostile` alone",
            Token,
        );
}

#[test]
fn oidcc_client_test_missing_aud() {
    World::with(Script::honest().without("aud"))
        .approve()
        .refused(UNTRUSTED, "the ID token is meant for missing", Token);
}

#[test]
fn oidcc_client_test_missing_iat() {
    World::with(Script::honest().without("iat"))
        .approve()
        .refused(UNTRUSTED, "the ID token's `iat` is missing", Token);
}

#[test]
fn oidcc_client_test_kid_absent_single_jwks() {
    World::with(Script::honest().id_token(|token| {
        token.header.remove("kid").unwrap();
    }))
    .approve()
    .accepted();
}

/// The module allows to refuse; we try them all.
#[test]
fn oidcc_client_test_kid_absent_multiple_jwks() {
    let script = Script::honest()
        .id_token(|token| {
            token.header.remove("kid").unwrap();
        })
        .key_set(|keys, _| keys.insert(0, Key::NextRsa.jwk()));
    World::with(script).approve().accepted();
}

#[test]
fn oidcc_client_test_idtoken_sig_rs256() {
    World::with(Script::honest().signing(Alg::RS256))
        .entry("id_token_algs = [\"RS256\"]")
        .approve()
        .accepted();
}

/// The module allows to accept; we never do.
#[test]
fn oidcc_client_test_idtoken_sig_none() {
    World::with(Script::honest().signing(Alg::None))
        .approve()
        .refused(UNTRUSTED, "the ID token is signed with `none`", Token);
}

#[test]
fn oidcc_client_test_invalid_sig_rs256() {
    World::with(Script::honest().id_token(|token| token.spoilt = true))
        .approve()
        .refused(UNTRUSTED, "signature is not the provider's", Token);
}

#[test]
fn oidcc_client_test_invalid_sig_es256() {
    let script = Script::honest()
        .signing(Alg::ES256)
        .id_token(|token| token.spoilt = true);
    World::with(script)
        .entry("id_token_algs = [\"ES256\"]")
        .approve()
        .refused(UNTRUSTED, "signature is not the provider's", Token);
}

/// A confidential client shares its secret with the provider, which is still no reason to accept HS256.
#[test]
fn oidcc_client_test_invalid_sig_hs256() {
    let secret = |_| SECRET.as_bytes().to_vec();
    for spoilt in [true, false] {
        let script = Script::honest()
            .want(Want::Basic(SECRET))
            .id_token(move |token| {
                token.sign_with(Alg::HS256(secret), Key::Rsa);
                token.spoilt = spoilt;
            });
        World::with(script)
            .entry("client_auth = \"client_secret_basic\"")
            .approve()
            .refused(UNTRUSTED, "the ID token is signed with `HS256`", Token);
    }
}

#[test]
fn oidcc_client_test_nonce_invalid() {
    World::with(Script::honest().id_token(|token| token.append_one("nonce")))
        .approve()
        .refused(
            UNTRUSTED,
            "the ID token's nonce is not the one of this attempt",
            Token,
        );
}

/// The provider complains if there is none, or a short one.
#[test]
fn oidcc_client_test_nonce_unless_code_flow() {
    World::with(Script::honest()).approve().accepted();
}

#[test]
fn oidcc_client_test_client_secret_basic() {
    World::with(Script::honest().want(Want::Basic(SECRET)))
        .entry("client_auth = \"client_secret_basic\"")
        .approve()
        .accepted();
}

#[test]
fn client_secret_post() {
    World::with(Script::honest().want(Want::Post(SECRET)))
        .entry("client_auth = \"client_secret_post\"")
        .approve()
        .accepted();
}

#[test]
fn oidcc_client_test_discovery_openid_config() {
    World::with(Script::honest().issuer_path("/tenants/one"))
        .approve()
        .accepted();
}

#[test]
fn oidcc_client_test_discovery_jwks_uri_keys() {
    let script = Script::honest().metadata(|metadata| {
        let keys = metadata["jwks_uri"].as_str().unwrap();
        metadata["jwks_uri"] = format!("{keys}?run={}", rand::random::<u64>()).into();
    });
    World::with(script).approve().accepted();
}

#[test]
fn oidcc_client_test_discovery_issuer_mismatch() {
    let script = Script::honest().metadata(|metadata| {
        let issuer = metadata["issuer"].as_str().unwrap();
        metadata["issuer"] = format!("{issuer}/INVALID").into();
    });
    World::with(script).approve().refused(
        UNTRUSTED,
        "/INVALID`, the configuration says `http://",
        Discovery,
    );
}

/// The keys at hand are stale: they are fetched again, once.
#[test]
fn oidcc_client_test_signing_key_rotation_just_before_signing() {
    let script = Script::honest().key_set(|keys, before| {
        if before == 0 {
            *keys = vec![Key::NextRsa.jwk()];
        }
    });
    let outcome = World::with(script).approve().accepted();
    assert_eq!(outcome.key_fetches(), 2);
}

#[test]
fn oidcc_client_test_signing_key_rotation() {
    let logins = AtomicUsize::new(0);
    let script = Script::honest()
        .key_set(|keys, before| {
            if before > 0 {
                *keys = vec![Key::NextRsa.jwk()];
            }
        })
        .id_token(move |token| {
            if logins.fetch_add(1, Ordering::Relaxed) > 0 {
                token.header.insert("kid".into(), Key::NextRsa.id().into());
                token.sign_with(Alg::RS256, Key::NextRsa);
            }
        });
    let (world, first) = World::with(script).approve_and_stay();
    first.accepted();
    world
        .task("4214")
        .arguments(&["--comment", "the second login"])
        .approve()
        .accepted();
}

#[test]
fn oidcc_client_test_invalid_athash() {
    World::with(Script::honest().id_token(|token| token.append_one("at_hash")))
        .approve()
        .refused(
            UNTRUSTED,
            "at_hash does not belong to the access token",
            Token,
        );
}

/// The code flow may leave it out (Core §3.1.3.6).
#[test]
fn oidcc_client_test_missing_athash() {
    World::with(Script::honest().without("at_hash"))
        .approve()
        .accepted();
}

#[test]
fn oidcc_client_test_form_post_error() {
    let script = Script::honest().redirect(|answer| {
        answer.retain(|(name, _)| name != "code");
        answer.push(("error".into(), "login_required".into()));
    });
    World::with(script)
        .entry("response_mode = \"form_post\"")
        .approve()
        .refused(FAILED, "the provider answered `login_required`", Authorize);
}

#[test]
fn an_answer_by_form_post_is_taken() {
    World::with(Script::honest())
        .entry("response_mode = \"form_post\"")
        .approve()
        .accepted();
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_missing_iss() {
    World::with(Script::honest().without("iss"))
        .approve()
        .refused(UNTRUSTED, "the ID token was issued by missing", Token);
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_missing_exp() {
    World::with(Script::honest().without("exp"))
        .approve()
        .refused(UNTRUSTED, "the ID token's `exp` is missing", Token);
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_missing_nonce() {
    World::with(Script::honest().without("nonce"))
        .approve()
        .refused(
            UNTRUSTED,
            "the ID token's nonce is not the one of this attempt",
            Token,
        );
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_secondary_aud() {
    World::with(Script::honest().claim("aud", json!([CLIENT_ID, "a stranger"])))
        .approve()
        .refused(
            UNTRUSTED,
            "the ID token is meant for [\"stepup-hostile\",\"a stranger\"]",
            Token,
        );
}

#[test]
fn fapi2_security_profile_final_client_test_valid_aud_as_array() {
    World::with(Script::honest().claim("aud", json!([CLIENT_ID])))
        .approve()
        .accepted();
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_expired_exp() {
    World::with(Script::honest().id_token(|token| {
        token.claims.insert("exp".into(), (now() - 360).into());
    }))
    .approve()
    .refused(UNTRUSTED, "the ID token expired 36", Token);
}

#[test]
fn fapi2_security_profile_final_client_test_invalid_null_alg() {
    World::with(Script::honest().id_token(|token| token.sign_with(Alg::None, Key::Rsa)))
        .approve()
        .refused(
            UNTRUSTED,
            "the ID token is signed with `none`, accepted is `RS256`",
            Token,
        );
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
        .refused(INCOMPLETE, "nobody finished signing in within", Authorize);
}

#[test]
fn fapi2_security_profile_final_client_test_ensure_authorization_response_with_missing_state_fails()
{
    World::with(Script::honest().redirect(|answer| answer.retain(|(name, _)| name != "state")))
        .arguments(&["--timeout", "2s"])
        .approve()
        .refused(INCOMPLETE, "nobody finished signing in within", Authorize);
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
fn fapi1_advanced_final_client_test_iat_is_week_in_past() {
    World::with(Script::honest().id_token(|token| {
        token.claims.insert("iat".into(), (now() - 7 * DAY).into());
    }))
    .approve()
    .refused(UNTRUSTED, "s before this attempt began", Token);
}

#[test]
fn fapi1_advanced_final_client_test_no_scope_in_token_endpoint_response() {
    World::with(Script::honest().grant(|grant| {
        grant.as_object_mut().unwrap().remove("scope").unwrap();
    }))
    .approve()
    .accepted();
}

/// Five parts: we have no key to open it with, and asked for none.
#[test]
fn an_encrypted_id_token_is_refused() {
    World::with(Script::honest().id_token(|token| token.instead = Some("e30.AA.AA.AA.AA".into())))
        .approve()
        .refused(UNTRUSTED, "it is not a signed token of three parts", Token);
}

#[test]
fn an_iat_in_the_future_is_refused() {
    World::with(Script::honest().id_token(|token| {
        token.claims.insert("iat".into(), (now() + 120).into());
    }))
    .approve()
    .refused(UNTRUSTED, "s in the future", Token);
}

#[test]
fn another_authorized_party_is_refused() {
    World::with(Script::honest().claim("azp", "a stranger"))
        .approve()
        .refused(UNTRUSTED, "the ID token was issued to `a stranger`", Token);
    World::with(Script::honest().claim("azp", CLIENT_ID))
        .approve()
        .accepted();
}

/// A claim that must be a string or a time is one, or the token is refused.
#[test]
fn claims_of_another_type_are_refused() {
    for (name, value, sentence) in [
        ("iss", json!(["x"]), "the ID token was issued by [\"x\"]"),
        ("sub", json!(1), "the ID token's `sub` is 1"),
        ("sub", json!(""), "the ID token's `sub` is ``"),
        ("aud", json!({}), "the ID token is meant for {}"),
        ("aud", json!([]), "the ID token is meant for []"),
        (
            "exp",
            json!("9999999999"),
            "the ID token's `exp` is `9999999999`",
        ),
        ("iat", Value::Null, "the ID token's `iat` is null"),
        ("nonce", json!([1]), "nonce is not the one of this attempt"),
        ("at_hash", json!(true), "at_hash does not belong"),
    ] {
        World::with(Script::honest().claim(name, value))
            .approve()
            .refused(UNTRUSTED, sentence, Token);
    }
}
