//! The relying-party modules of the OpenID Foundation's conformance suite that apply to a native client of
//! the code flow. Each test has its module's name and makes the suite's own manipulation.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::http::Pairs;
use crate::keys::{Alg, Key};
use crate::script::Endpoint::{Authorize, Discovery, Token};
use crate::script::{Script, Want};
use crate::world::{FAILED, SECRET, UNTRUSTED, USAGE, World, untrusted};

pub(crate) const DAY: i64 = 24 * 60 * 60;

/// Changes one parameter of an authorization response.
pub(crate) fn set(answer: &mut Pairs, name: &str, change: impl Fn(&str) -> String) {
    for (key, value) in answer {
        if key == name {
            *value = change(value);
        }
    }
}

pub(crate) fn one_appended(text: &str) -> String {
    format!("{text}1")
}

#[test]
fn oidcc_client_test() {
    World::with(Script::honest()).approve().accepted();
}

untrusted! {
    oidcc_client_test_invalid_iss: Script::honest().id_token(|token| token.append_one("iss")) => "the ID token was issued by";
    oidcc_client_test_missing_sub: Script::honest().without("sub") => "the ID token's `sub` is missing";
    oidcc_client_test_invalid_aud:
        Script::honest().id_token(|token| token.append_one("aud")) => "the ID token is meant for `stepup-hostile1`, not for `stepup-hostile` alone";
    oidcc_client_test_missing_aud: Script::honest().without("aud") => "the ID token is meant for missing";
    oidcc_client_test_missing_iat: Script::honest().without("iat") => "the ID token's `iat` is missing";
    /// The module allows to accept; we never do.
    oidcc_client_test_idtoken_sig_none: Script::honest().signing(Alg::None) => "the ID token is signed with `none`";
    oidcc_client_test_invalid_sig_rs256: Script::honest().id_token(|token| token.spoilt = true) => "signature is not the provider's";
    oidcc_client_test_nonce_invalid:
        Script::honest().id_token(|token| token.append_one("nonce")) => "the ID token's nonce is not the one of this attempt";
    oidcc_client_test_invalid_athash: Script::honest().id_token(|token| token.append_one("at_hash")) => "at_hash does not belong to the access token";
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

/// As it is, and as the form had it that it came in.
#[test]
fn a_client_secret_that_is_sent_back() {
    let form: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    for echo in [SECRET.to_owned(), form] {
        let script = Script::honest().want(Want::Post(SECRET));
        let script = script.reply(Token, move |reply| {
            let error =
                json!({ "error": "invalid_client", "error_description": format!("not {echo}") });
            reply.status = 401;
            reply.body = error.to_string().into_bytes();
        });
        let outcome = World::with(script)
            .entry("client_auth = \"client_secret_post\"")
            .approve()
            .refused(USAGE, "not (hidden)", Token);
        let shown = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(!shown.contains("characters"), "{shown}");
    }
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
        .refused(
            FAILED,
            "the browser came back with `login_required`",
            Authorize,
        );
}

#[test]
fn an_answer_by_form_post_is_taken() {
    World::with(Script::honest())
        .entry("response_mode = \"form_post\"")
        .approve()
        .accepted();
}
