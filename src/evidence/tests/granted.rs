//! What the provider was given to show, and granted (RFC 9396).

use super::*;

const KIND: &str = "stepup_approval";

pub(super) fn rich_terms() -> Value {
    let mut terms = terms();
    terms["authorization_details"] = KIND.into();
    terms
}

pub(super) fn object(statement: &Value) -> Value {
    json!({ "type": KIND, "statement": statement })
}

/// Evidence of a local sign-in, with this claim in the ID token if any.
fn rich(claim: impl FnOnce(&Value) -> Option<Value>) -> Value {
    let statement = statement(&rich_terms());
    let mut claims = claims(&statement);
    let claim = claim(&statement);
    let signed = claim.is_some();
    if let Some(claim) = claim {
        claims["authorization_details"] = claim;
    }
    let mut document = evidence_of(&Provider::new(1), &rich_terms(), &statement, &claims);
    document["authorization_details"] = json!({
        "label": "the provider's word over TLS, unsigned", "answer": [object(&statement)],
    });
    document["receipt"]["authorization_details"] =
        json!({ "type": KIND, "added": {}, "signed": signed });
    document
}

fn by_backchannel(mut document: Value) -> Value {
    document["ceremony"] = "backchannel".into();
    document["receipt"]["ceremony"] = "backchannel".into();
    document.as_object_mut().unwrap().remove("salt");
    document
}

#[test]
fn b17_5_what_is_signed_binds_and_what_is_said_over_tls_is_labelled() {
    let keys = Provider::new(1).keys();
    for (document, verdict, label) in [
        (rich(|_| None), Verdict::Trusted, "unsigned"),
        (
            rich(|one| Some(json!([object(one)]))),
            Verdict::Trusted,
            "signed in the ID token",
        ),
        (
            by_backchannel(rich(|_| None)),
            Verdict::BoundByWord,
            "unsigned",
        ),
        (
            by_backchannel(rich(|one| Some(json!([object(one)])))),
            Verdict::Trusted,
            "signed in the ID token",
        ),
    ] {
        let verified = check(&document, &keys).unwrap();
        assert_eq!(verified.failure(), None);
        assert_eq!(verified.verdict, verdict);
        assert!(verified.labels[0].ends_with(label), "{:?}", verified.labels);
        let verified = check(&document, &Trust::default()).unwrap();
        assert_eq!(verified.verdict, Verdict::Consistent);
    }
}

/// A claim that nobody asked for binds nothing: anybody may have asked for it.
#[test]
fn a_claim_without_the_terms_says_nothing() {
    let statement = statement(&terms());
    let document = with_claims(|claims| {
        claims["authorization_details"] = json!([object(&statement)]);
    });
    let verified = check(&by_backchannel(document), &Provider::new(1).keys()).unwrap();
    assert_eq!(verified.verdict, Verdict::NotBound);
}

#[test]
fn b17_3_every_letter_that_was_granted_counts() {
    let good = rich(|_| None);
    assert_eq!(failing(&good), [""; 0]);
    let mut paths = Vec::new();
    members::leaves(&good["authorization_details"]["answer"][0], "", &mut paths);
    assert_eq!(paths.len(), 29);
    for path in paths {
        let mut changed = good.clone();
        let answer = &mut changed["authorization_details"]["answer"][0];
        members::otherwise(answer.pointer_mut(&path).unwrap());
        assert_eq!(failing(&changed), ["granted"], "{path}");
        let signed = rich(|statement| {
            let mut claim = object(statement);
            members::otherwise(claim.pointer_mut(&path).unwrap());
            Some(json!([claim]))
        });
        assert_eq!(failing(&signed), ["granted"], "{path}");
    }
}

/// What the ID token adds has to be in the receipt, which has what the answer added.
#[test]
fn b17_3_what_the_id_token_alone_adds_does_not_hold() {
    let document = rich(|statement| {
        let mut claim = object(statement);
        claim["also"] = "delete".into();
        Some(json!([claim]))
    });
    assert_eq!(failing(&document), ["granted"]);
}

#[test]
fn the_receipt_says_what_was_granted_and_the_terms_that_it_was_asked_for() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 8] = [
        ("granted", |document| {
            document["receipt"]["authorization_details"]["signed"] = true.into();
        }),
        ("granted", |document| {
            document["receipt"]["authorization_details"]["type"] = "payment".into();
        }),
        ("granted", |document| {
            document["receipt"]["authorization_details"]["added"]["limit"] = 1.into();
        }),
        ("granted", |document| {
            document["authorization_details"]["answer"][0]["limit"] = 1.into();
        }),
        ("granted", |document| {
            document["authorization_details"]["answer"] = Value::Null;
        }),
        ("granted", |document| {
            remove(&mut document["receipt"], "authorization_details");
        }),
        ("terms", |document| {
            document["terms"]["authorization_details"] = "payment".into();
        }),
        ("terms", |document| {
            remove(&mut document["terms"], "authorization_details");
            remove(&mut document["receipt"], "authorization_details");
            remove(document, "authorization_details");
        }),
    ];
    for (name, change) in changes {
        let mut document = rich(|_| None);
        change(&mut document);
        let failing = failing(&document);
        assert!(failing.contains(&name), "{name}: {failing:?}");
    }
    let mut missing = rich(|_| None);
    remove(&mut missing, "authorization_details");
    let error = check(&missing, &Trust::default()).unwrap_err().to_string();
    assert!(error.contains("`authorization_details`"), "{error}");
    // What nobody asked for is in no document.
    let mut unasked = evidence(&Provider::new(1));
    unasked["authorization_details"] = json!({ "label": "", "answer": [] });
    assert_eq!(failing(&unasked), ["granted"]);
}

fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name).unwrap();
}
