//! What the API showed: every member is needed, and none of them makes it more than the API's word.

use super::members::members;
use super::*;

fn document() -> Value {
    let mut receipt = receipt();
    receipt["ceremony"] = "hosted".into();
    receipt["requirement"]["max_age"] = Value::Null;
    receipt["proof"]["subject"] = "mira".into();
    receipt["caveats"] = json!(["reuse-not-checked"]);
    receipt["transaction"] = json!({
        "id": "x", "created_at": "2026-11-29T08:00:00Z", "left_to_the_api": [], "in_history": true,
        "audit_event": "e",
    });
    receipt["proof"]["auth_time"] = 1_795_939_205.into();
    json!({
        "schema": "stepup.evidence/1", "stepup": "0.1.0", "ceremony": "hosted", "receipt": receipt,
        "api": {
            "label": "the API's word over TLS, unsigned", "read_at": 1_795_939_220, "clock_ahead": 0,
            "began": "2026-11-29T08:00:00Z",
            "provider": { "id": "p", "issuer": ISSUER, "accepts": "acr", "values": ["phr"] },
            "transaction": {
                "id": "x", "state": "verified", "provider_id": "p", "user_id": "mira",
                "target": { "task_id": "t", "policy_step_id": "s" },
                "claims": {
                    "acr": "phr", "acrs": null, "amr": ["hwk", "user"], "auth_time": 1_795_939_205,
                },
                "created_at": "2026-11-29T08:00:00Z", "expires_at": "2026-11-29T08:05:00Z",
            },
            "history": {
                "id": "s", "outcome": "approved", "approved_by": "mira", "step_up_transaction_id": "x",
            },
            "audit_event": { "id": "e", "at": "2026-11-29T08:00:10Z", "user_id": "mira" },
        },
    })
}

#[test]
fn what_agrees_is_the_apis_word_whoever_is_trusted() {
    for trust in [Trust::default(), Provider::new(1).keys()] {
        let verified = check(&document(), &trust).unwrap();
        assert_eq!(verified.failure(), None);
        assert_eq!(verified.verdict, Verdict::Unsigned);
        assert_eq!(verified.labels, ["the API's word over TLS, unsigned"]);
        assert_eq!(verified.expires_at, None);
    }
}

#[test]
fn every_member_of_it_is_needed() {
    let document = document();
    let mut paths = Vec::new();
    members(&document, "", &mut paths);
    assert!(paths.len() > 80, "{}", paths.len());
    for path in paths {
        let (parent, name) = path.rsplit_once('/').unwrap();
        let mut without = document.clone();
        let members = without.pointer_mut(parent).unwrap();
        members.as_object_mut().unwrap().remove(name);
        match check(&without, &Trust::default()) {
            Ok(verified) => assert_eq!(verified.verdict, Verdict::DoesNotHold, "{path}"),
            Err(Malformed::Schema(got)) => assert_eq!((name, got.as_str()), ("schema", "missing")),
            // Its only member.
            Err(error) if name == "seconds" => assert!(error.to_string().contains("single key")),
            Err(error) => assert!(error.to_string().contains(name), "{path}: {error}"),
        }
    }
}

/// The sign-in is dated by the provider's clock, which is compared with this machine's; the API has one of its own.
#[test]
fn an_api_whose_clock_is_ahead_is_borne() {
    for ahead in [600, -600] {
        let mut document = document();
        let verdict = |document: &Value| check(document, &Trust::default()).unwrap().verdict;
        document["api"]["read_at"] = (1_795_939_220 - ahead).into();
        for at in [
            "/receipt/proof/auth_time",
            "/api/transaction/claims/auth_time",
        ] {
            *document.pointer_mut(at).unwrap() = (1_795_939_205 - ahead).into();
        }
        assert_eq!(
            verdict(&document) == Verdict::Unsigned,
            ahead < 0,
            "{ahead}"
        );
        document["api"]["clock_ahead"] = ahead.into();
        assert_eq!(verdict(&document), Verdict::Unsigned, "{ahead}");
    }
}

/// What the API did not show counts only where the receipt says that it was left to it.
#[test]
fn what_was_left_to_the_api_stands_in_the_receipt() {
    for (path, value, fact) in [
        (
            "/api/transaction/target/policy_step_id",
            json!(""),
            "target",
        ),
        (
            "/api/transaction/target/policy_step_id",
            json!("other"),
            "target",
        ),
        ("/api/transaction/provider_id", json!(""), "provider"),
        ("/api/provider/id", Value::Null, "provider"),
        ("/api/began", Value::Null, "creation"),
    ] {
        let mut document = document();
        *document.pointer_mut(path).unwrap() = value;
        let verdict = |document: &Value| check(document, &Trust::default()).unwrap().verdict;
        assert_eq!(verdict(&document), Verdict::DoesNotHold, "{path}");
        document["receipt"]["transaction"]["left_to_the_api"] = json!([fact]);
        assert_eq!(verdict(&document), Verdict::Unsigned, "{path}");
    }
}
