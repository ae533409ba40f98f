//! Tokens that should be bound to a key (RFC 9449, B7), and the claims that were asked for otherwise than by
//! `acr_values` (B9.4, providers.md A4).

use serde_json::{Value, json};

use crate::http::Reply;
use crate::script::Endpoint::{Keys, Token};
use crate::script::Script;
use crate::world::{FAILED, UNMET, USAGE, World};

fn bound(script: Script) -> World {
    World::with(script).entry("dpop = true")
}

#[test]
fn a_bound_token_is_taken_however_its_type_is_written() {
    for kind in ["DPoP", "dpop", "DPOP"] {
        bound(Script::honest().grant(move |grant| grant["token_type"] = kind.into()))
            .approve()
            .accepted();
    }
}

#[test]
fn a_bearer_token_where_a_bound_one_was_asked_for() {
    for kind in ["Bearer", "bearer", "mac", ""] {
        bound(Script::honest().grant(move |grant| grant["token_type"] = kind.into()))
            .approve()
            .refused(FAILED, "token, wanted `DPoP`", Token);
    }
}

#[test]
fn a_provider_without_es256_proofs() {
    for algs in [json!([]), json!(["RS256", "es256"])] {
        bound(Script::honest().metadata(move |metadata| {
            metadata["dpop_signing_alg_values_supported"] = algs.clone();
        }))
        .approve()
        .refused(FAILED, "does not take DPoP proofs signed with ES256", Keys);
    }
}

/// Asked for a nonce that is none, or by an answer that is none, the client does not come again.
#[test]
fn a_nonce_that_cannot_be_used() {
    let nonces: [&[&str]; 4] = [&[], &[""], &["a b"], &["one", "two"]];
    for nonces in nonces {
        bound(Script::honest().reply(Token, move |reply| {
            *reply = Reply::json(&json!({ "error": "use_dpop_nonce" }));
            reply.status = 400;
            let headers = nonces.iter();
            reply
                .headers
                .extend(headers.map(|one| ("DPoP-Nonce".into(), (*one).into())));
        }))
        .approve()
        .refused(FAILED, "refused the code with `use_dpop_nonce`", Token);
    }
}

/// RFC 9449 §8.2: a nonce beside tokens, or beside another error, is for the next time. Nothing is asked again.
#[test]
fn a_nonce_that_comes_along_is_no_demand() {
    let nonce = || ("DPoP-Nonce".into(), "fresh".into());
    bound(Script::honest().reply(Token, move |reply| reply.headers.push(nonce())))
        .approve()
        .accepted();
    for (status, error) in [(400, "invalid_scope"), (401, "invalid_client")] {
        let sentence = format!("the provider refused the code with `{error}`");
        let script = Script::honest().reply(Token, move |reply| {
            *reply = Reply::json(&json!({ "error": error }));
            reply.status = status;
            reply.headers.push(nonce());
        });
        bound(script).approve().refused(USAGE, &sentence, Token);
    }
}

/// The API's own check: a token for another key is of no use.
#[test]
fn nobody_asked_for_a_bound_token() {
    World::with(Script::honest().grant(|grant| grant["token_type"] = "DPoP".into()))
        .approve()
        .refused(FAILED, "token, wanted `bearer`", Token);
}

fn essential(acr: impl Into<Value>) -> World {
    let script = Script::honest().tolerant_of("acr_values").claim("acr", acr);
    World::with(script).entry("request = \"claims\"")
}

#[test]
fn an_essential_acr_is_judged_as_any_other() {
    essential("phr").approve().accepted();
    for (acr, got) in [
        (json!("pwd"), "got `pwd`"),
        (json!(null), "got no acr at all"),
        (json!(["phr"]), "which is not a string"),
    ] {
        essential(acr).approve().refused(UNMET, got, Token);
    }
}

fn in_context(acrs: impl Into<Value>) -> World {
    let script = Script::honest()
        .tolerant_of("acr_values")
        .claim("acr", "phr")
        .claim("acrs", acrs);
    World::with(script).entry("request = \"entra-contexts\"")
}

/// The API demands `phr`, which here is spelled as a context; the genuine `acr` beside it counts for nothing.
#[test]
fn contexts_are_judged_by_acrs_alone() {
    in_context(json!(["c7", "phr"])).approve().accepted();
    for (acrs, got) in [
        (json!(["c1"]), "got `c1`"),
        (json!([]), "got an empty list"),
        (json!(null), "got no acrs at all"),
        (json!("phr"), "got \"phr\", which is not a list"),
        (json!([["phr"]]), "which is not a list"),
        (json!({ "phr": true }), "which is not a list"),
        (json!(["phr", 1]), "which is not a list"),
    ] {
        in_context(acrs).approve().refused(UNMET, got, Token);
    }
}
