//! A document that holds, and everything that may be wrong with one.

mod cost;
mod granted;
mod hosted;
mod hostile;
mod members;
mod not_signed;

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

use super::*;
use crate::domain::canonical::canonical;
use crate::domain::salt::Salt;
use crate::oidc::keys::Keys;
use crate::oidc::public_key::thumbprint;

/// When the person consented.
const CONSENTED: i64 = 1_795_906_300;
/// When somebody verifies it.
const NOW: i64 = 1_900_000_000;
const ISSUER: &str = "https://idp.example";
const SALT: [u8; 16] = *b"0123456789abcdef";

struct Provider(SigningKey);

impl Provider {
    fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    fn jwk(&self) -> Value {
        let point = self.0.verifying_key().to_sec1_point(false);
        let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let point = point.as_bytes();
        json!({
            "kty": "EC", "crv": "P-256", "kid": "1", "use": "sig", "alg": "ES256",
            "x": part(&point[1..33]), "y": part(&point[33..]),
        })
    }

    fn keys(&self) -> Trust {
        let set = json!({ "keys": [self.jwk()] }).to_string();
        Trust {
            keys: vec![Arc::new(Keys::parse(set.as_bytes()).unwrap())],
            ..Trust::default()
        }
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", part(header), part(claims));
        let signature: Signature = self.0.sign(input.as_bytes());
        format!(
            "{input}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes())
        )
    }
}

fn header() -> Value {
    json!({ "alg": "ES256", "kid": "1", "typ": "JWT" })
}

fn terms() -> Value {
    json!({
        "algorithms": ["ES256"], "amr": ["hwk"], "skew": 60, "stronger": [], "weak": ["phr"],
        "person": {
            "claim": "email", "expected": "mira@acme.example", "accept_unverified_email": false,
        },
    })
}

fn shown() -> Value {
    json!({
        "schema": "stepup.statement/1", "api": "https://api.example", "task_id": "t",
        "task_number": "4211", "policy_step_id": "s", "action": "approve", "type": "grant",
        "title": "Grant prod-admin", "app": { "id": "app", "name": null },
        "entitlement": { "id": "admin", "name": null }, "account": "acct", "subject": "ada",
        "requester": "bob", "duration": { "seconds": 28800 }, "emergency": false,
        "reason_sha256": "b2ad89b0f776f28528b36c7faeaf7b18f0ed449a6816b4f4236ab88d19f1f9fa",
    })
}

fn sha256(value: &Value) -> String {
    use sha2::{Digest, Sha256};
    format!("{:x}", Sha256::digest(canonical(value).unwrap()))
}

fn statement(terms: &Value) -> Value {
    let mut statement = shown();
    let consent = json!({
        "approver": "mira", "client_id": "stepup", "issuer": ISSUER, "consented_at": CONSENTED,
        "comment_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "requirement": {
            "acr_values": ["phr"], "claim": "acr", "freshness": "each-time", "max_age": 300,
        },
        "terms_sha256": sha256(terms),
    });
    let more = consent.as_object().unwrap().clone();
    statement.as_object_mut().unwrap().extend(more);
    statement
}

fn claims(statement: &Value) -> Value {
    json!({
        "iss": ISSUER, "aud": "stepup", "azp": "stepup", "sub": "sub-mira",
        "nonce": Salt::new(SALT).nonce(&canonical(statement).unwrap()),
        "acr": "phr", "amr": ["hwk", "user"], "auth_time": CONSENTED + 20,
        "iat": CONSENTED + 30, "exp": CONSENTED + 330,
        "email": "Mira@acme.example", "email_verified": true,
    })
}

fn receipt() -> Value {
    json!({
        "schema": "stepup.receipt/2", "outcome": "approved",
        "task": {
            "id": "t", "numeric_id": "4211", "title": "Grant prod-admin", "policy_step_id": "s",
        },
        "statement": shown(),
        "context_sha256": "e0edb8d484828ba3192e71ae7522819965b3bd296cdc11be9a9199b7270be730",
        "approver": { "user_id": "mira" }, "ceremony": "local",
        "requirement": { "provider": "idp", "acr_values": ["phr"], "max_age": 300 },
        "proof": {
            "issuer": ISSUER, "subject": "sub-mira", "acr": "phr", "amr": ["hwk", "user"],
            "auth_time": CONSENTED + 20, "uses": 1,
        },
        "subject": "same", "caveats": ["weak-value"],
        "approval": { "ticket_action_id": "a", "confirmed": true }, "task_state": "closed",
    })
}

/// Evidence of these parts, signed by this provider.
fn evidence_of(provider: &Provider, terms: &Value, statement: &Value, claims: &Value) -> Value {
    json!({
        "schema": "stepup.evidence/1", "stepup": "0.1.0", "ceremony": "local",
        "receipt": receipt(), "statement": statement, "terms": terms,
        "salt": Salt::new(SALT).reveal(),
        "id_token": provider.token(&header(), claims),
        "received_at": CONSENTED + 31,
        "key": {
            "jwk": provider.jwk(), "thumbprint": thumbprint(&provider.jwk()).unwrap(),
            "jwks_uri": "https://idp.example/keys", "fetched_at": CONSENTED - 5,
        },
    })
}

fn evidence(provider: &Provider) -> Value {
    let statement = statement(&terms());
    evidence_of(provider, &terms(), &statement, &claims(&statement))
}

/// Evidence with the claims changed, and signed anew: what a provider could say.
fn with_claims(change: impl FnOnce(&mut Value)) -> Value {
    let statement = statement(&terms());
    let mut claims = claims(&statement);
    change(&mut claims);
    evidence_of(&Provider::new(1), &terms(), &statement, &claims)
}

/// Evidence with statement or terms changed before the sign-in: what an approver could commit to.
fn committed_to(change: impl FnOnce(&mut Value, &mut Value)) -> Value {
    let mut terms = terms();
    let mut statement = statement(&terms);
    change(&mut statement, &mut terms);
    statement["terms_sha256"] = sha256(&terms).into();
    let claims = claims(&statement);
    evidence_of(&Provider::new(1), &terms, &statement, &claims)
}

fn check(document: &Value, trust: &Trust) -> Result<Verified, Malformed> {
    verify(document.to_string().as_bytes(), trust, NOW)
}

/// The names of the checks that fail, by keys that are trusted.
fn failing(document: &Value) -> Vec<&'static str> {
    let verified = check(document, &Provider::new(1).keys()).unwrap();
    let failing: Vec<&str> = verified
        .checks
        .iter()
        .filter(|check| check.result == CheckResult::Fails)
        .map(|check| check.name)
        .collect();
    assert_eq!(failing.is_empty(), verified.verdict != Verdict::DoesNotHold);
    failing
}

#[test]
fn what_holds_is_trusted_by_keys_and_consistent_without() {
    let provider = Provider::new(1);
    let document = evidence(&provider);
    let verdict = |trust: &Trust| {
        let verified = check(&document, trust).unwrap();
        assert_eq!(verified.failure(), None);
        verified.verdict
    };
    assert_eq!(verdict(&Trust::default()), Verdict::Consistent);
    assert_eq!(verdict(&provider.keys()), Verdict::Trusted);
    let pinned = |thumbprint: Option<String>| Trust {
        thumbprints: thumbprint.into_iter().collect(),
        ..Trust::default()
    };
    assert_eq!(
        verdict(&pinned(thumbprint(&provider.jwk()))),
        Verdict::Trusted
    );
    let other = thumbprint(&Provider::new(2).jwk());
    assert_eq!(verdict(&pinned(other)), Verdict::Consistent);
    let of_issuer = |issuer: &str| Trust {
        issuer: Some(issuer.to_owned()),
        ..provider.keys()
    };
    assert_eq!(verdict(&of_issuer(ISSUER)), Verdict::Trusted);
    let verified = check(&document, &of_issuer("https://other.example")).unwrap();
    assert_eq!(verified.verdict, Verdict::DoesNotHold);
    assert_eq!(verified.failure().unwrap().name, "issuer");
    assert_eq!(verified.expires_at, Some(CONSENTED + 330));
}

#[test]
fn a_forged_document_is_not_established_and_refuted_by_the_real_key() {
    let forged = evidence(&Provider::new(2));
    let verified = check(&forged, &Trust::default()).unwrap();
    assert_eq!(verified.verdict, Verdict::Consistent);
    assert_eq!(failing(&forged), ["signer"]);
    // So does a key of another kind that has the same id.
    let modulus = [&[0x80][..], &[0; 254], &[1]].concat();
    let modulus = BASE64_URL_SAFE_NO_PAD.encode(modulus);
    let rsa = json!({ "keys": [{ "kty": "RSA", "kid": "1", "n": modulus, "e": "AQAB" }] });
    let trust = Trust {
        keys: vec![Arc::new(Keys::parse(rsa.to_string().as_bytes()).unwrap())],
        ..Trust::default()
    };
    let verified = check(&forged, &trust).unwrap();
    assert_eq!(verified.failure().unwrap().name, "signer");
    // With another key id nothing refutes it, and nothing establishes it either.
    let provider = Provider::new(2);
    let mut other = evidence(&provider);
    other["key"]["jwk"]["kid"] = "2".into();
    let header = json!({ "alg": "ES256", "kid": "2" });
    let token = provider.token(&header, &claims(&statement(&terms())));
    other["id_token"] = token.into();
    let verified = check(&other, &Provider::new(1).keys()).unwrap();
    assert_eq!(verified.verdict, Verdict::Consistent);
}

#[test]
fn the_token_of_another_approval_does_not_hold() {
    let provider = Provider::new(1);
    let mut document = evidence(&provider);
    let mut other = statement(&terms());
    other["task_id"] = "u".into();
    document["id_token"] = provider.token(&header(), &claims(&other)).into();
    assert_eq!(failing(&document), ["commitment"]);
    let mut salted = evidence(&provider);
    salted["salt"] = Salt::new([0; 16]).reveal().into();
    assert_eq!(failing(&salted), ["commitment"]);
}

#[test]
fn what_the_provider_says_is_judged_again() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 22] = [
        ("issuer", |claims| {
            claims["iss"] = "https://evil.example".into();
        }),
        ("audience", |claims| {
            claims["aud"] = json!(["stepup", "other"]);
        }),
        ("audience", |claims| claims["azp"] = "other".into()),
        ("commitment", |claims| claims["nonce"] = "n".into()),
        ("commitment", |claims| claims["nonce"] = Value::Null),
        ("times", |claims| claims["exp"] = (CONSENTED - 60).into()),
        ("times", |claims| claims["exp"] = "soon".into()),
        ("times", |claims| claims["iat"] = (CONSENTED - 61).into()),
        ("times", |claims| claims["iat"] = (CONSENTED + 92).into()),
        ("times", |claims| claims["iat"] = (1000 * CONSENTED).into()),
        ("times", |claims| claims["nbf"] = (CONSENTED + 92).into()),
        ("acr", |claims| claims["acr"] = "PHR".into()),
        ("acr", |claims| claims["acr"] = Value::Null),
        ("amr", |claims| claims["amr"] = json!(["pwd"])),
        ("freshness", |claims| {
            claims["auth_time"] = (CONSENTED - 61).into();
        }),
        ("freshness", |claims| {
            claims["auth_time"] = (1000 * CONSENTED).into();
        }),
        ("freshness", |claims| claims["auth_time"] = Value::Null),
        // Older than the attempt by the provider's own clock.
        ("freshness", |claims| {
            claims["auth_time"] = (CONSENTED - 3).into();
        }),
        ("person", |claims| {
            claims["email"] = "eve@acme.example".into();
        }),
        ("person", |claims| claims["email"] = Value::Null),
        ("person", |claims| claims["email_verified"] = false.into()),
        ("proof", |claims| claims["sub"] = "sub-eve".into()),
    ];
    for (name, change) in changes {
        let failing = failing(&with_claims(change));
        assert!(failing.contains(&name), "{name}: {failing:?}");
    }
    assert_eq!(failing(&with_claims(|_| ())), [""; 0]);
    let no_subject = with_claims(|claims| claims["sub"] = Value::Null);
    assert_eq!(failing(&no_subject), ["proof"]);
}

/// An approver may commit to what they like: what they do not tell in the receipt does not hold.
#[test]
fn what_is_committed_to_is_what_the_receipt_says() {
    type Change = fn(&mut Value, &mut Value);
    let changes: [(&str, Change); 8] = [
        ("receipt", |statement, _| {
            statement["title"] = "Grant viewer".into();
        }),
        ("receipt", |statement, _| {
            statement["approver"] = "eve".into();
        }),
        ("receipt", |statement, _| {
            statement["requirement"]["acr_values"] = json!(["phr", "pwd"]);
        }),
        ("receipt", |statement, _| {
            statement["requirement"]["max_age"] = Value::Null;
        }),
        ("issuer", |statement, _| {
            statement["issuer"] = "https://other.example".into();
        }),
        ("audience", |statement, _| {
            statement["client_id"] = "other".into();
        }),
        ("person", |_, terms| {
            terms["person"]["expected"] = Value::Null;
        }),
        ("algorithm", |_, terms| {
            terms["algorithms"] = json!(["RS256", "HS256", "none"]);
        }),
    ];
    for (name, change) in changes {
        let failing = failing(&committed_to(change));
        assert!(failing.contains(&name), "{name}: {failing:?}");
    }
    let other_hash = |document: &mut Value| document["terms"]["skew"] = 300.into();
    let mut document = evidence(&Provider::new(1));
    other_hash(&mut document);
    assert_eq!(failing(&document), ["terms"]);
    let mut left_out = evidence(&Provider::new(1));
    left_out["receipt"]["caveats"] = json!([]);
    assert_eq!(failing(&left_out), ["proof"]);
}

/// A sign-in that was made to do something else is no approval, whatever signs it.
#[test]
fn a_statement_of_something_else_than_an_approval_does_not_hold() {
    for action in ["deny", "reassign", "escalate"] {
        let mut document = committed_to(|statement, _| statement["action"] = action.into());
        document["receipt"]["statement"]["action"] = action.into();
        assert_eq!(failing(&document), ["receipt"], "{action}");
    }
}

/// What `UserInfo` said is its word, for the person of the ID token and nobody else.
#[test]
fn names_of_userinfo_count_for_the_person_of_the_token_and_are_labelled() {
    let without = || with_claims(|claims| claims["email"] = Value::Null);
    let userinfo = |sub: &str, email: &str| {
        let mut document = without();
        document["userinfo"] = json!({
            "label": "the provider's word over TLS, unsigned",
            "claims": { "sub": sub, "email": email, "email_verified": true },
        });
        document
    };
    assert_eq!(failing(&without()), ["person"]);
    let good = userinfo("sub-mira", "mira@acme.example");
    assert_eq!(failing(&good), [""; 0]);
    let labels = check(&good, &Trust::default()).unwrap().labels;
    assert!(labels[0].contains("unsigned"), "{labels:?}");
    assert_eq!(
        failing(&userinfo("sub-eve", "mira@acme.example")),
        ["person"]
    );
    assert_eq!(
        failing(&userinfo("sub-mira", "eve@acme.example")),
        ["person"]
    );
}

#[test]
fn a_backchannel_sign_in_is_not_bound_to_the_approval() {
    let mut document = evidence(&Provider::new(1));
    document["ceremony"] = "backchannel".into();
    document["receipt"]["ceremony"] = "backchannel".into();
    document.as_object_mut().unwrap().remove("salt");
    let verified = check(&document, &Provider::new(1).keys()).unwrap();
    assert_eq!(verified.verdict, Verdict::NotBound);
    assert_eq!(verified.labels, ["not bound to this approval"]);
    let verified = check(&document, &Trust::default()).unwrap();
    assert_eq!(verified.verdict, Verdict::Consistent);
}
