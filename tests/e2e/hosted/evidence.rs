//! Evidence of a hosted approval: what the API showed. It is never more than the API's word, which is no success.

use serde_json::{Value, json};

use crate::process::{BIN, Outcome, Run};
use crate::sandbox::hosted::Hosted;

/// A world in which 4211 was approved, and what the API showed of it. No ID token is in it, so that nothing has to expire.
fn approved(switches: &[&str]) -> (Hosted, Value) {
    let hosted = Hosted::new(switches);
    let run = hosted.0.approve("4211").args("-m fine");
    run.run_with("key")
        .exits(0)
        .prints("  evidence: kept: what the API showed");
    let document = hosted.0.stepup("receipt export").run();
    let document = document.exits(0).stdout_json();
    assert_eq!(document["ceremony"], "hosted");
    (hosted, document)
}

/// Verified somewhere else.
fn verify(document: &Value, words: &str) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let run = Run::of(BIN, home.path()).args("receipt verify --file -");
    run.args(words).stdin(&document.to_string()).run()
}

#[test]
fn what_the_api_showed_is_its_word_and_no_success() {
    let (hosted, document) = approved(&[]);
    let label = "the API's word over TLS, unsigned";
    assert_eq!(document["api"]["label"], label);
    assert_eq!(
        document["api"]["transaction"]["id"],
        hosted.transaction()["id"]
    );
    assert!(!document.to_string().contains(&hosted.0.credential()));
    let outcome = verify(&document, "");
    for check in [
        "receipt",
        "target",
        "state",
        "attempt",
        "person",
        "provider",
        "acr",
        "freshness",
        "proof",
        "history",
        "audit",
    ] {
        outcome.prints(&format!("\n  {:<11} ok: ", format!("{check}:")));
    }
    outcome
        .exits(3)
        .prints("signer:     not checked: nobody signed it")
        .prints(label)
        .prints("\nconsistent, the API's word alone")
        .says("is the API's word alone: nobody signed it")
        .hints("no key makes it more than that");
    // Not even with the keys of the provider that the API asked.
    let issuer = hosted.0.issuer();
    verify(&document, &format!("--issuer {issuer}")).exits(3);
    verify(&document, "--key AAAA").exits(3);
    let json = verify(&document, "-o json").exits(3).stdout.clone();
    assert!(json.contains("\"unsigned\":1"), "{json}");
}

#[test]
fn what_the_api_showed_has_to_agree_with_itself_and_be_enough() {
    let (_hosted, document) = approved(&[]);
    let changes = rows! {
        "/api/transaction/id", json!("other"), "transaction";
        "/api/transaction/created_at", json!("2001-01-01T00:00:00Z"), "transaction";
        "/api/transaction/target/task_id", json!("other"), "target";
        "/api/transaction/target/policy_step_id", json!("other"), "target";
        "/api/transaction/target", Value::Null, "target";
        "/api/transaction/state", json!("pending"), "state";
        "/api/transaction/user_id", json!("eve"), "person";
        "/api/transaction/provider_id", json!("other"), "provider";
        "/api/transaction/claims/acr", json!("pwd"), "acr";
        "/api/transaction/claims/auth_time", json!(1_000_000_000), "freshness";
        "/api/transaction/claims/auth_time", Value::Null, "freshness";
        "/api/transaction", Value::Null, "proof";
        "/api/provider/values", json!(["phrh"]), "receipt";
        "/api/provider/accepts", json!("unknown"), "receipt";
        "/api/history", Value::Null, "history";
        "/api/history/id", json!("other"), "history";
        "/api/history/approved_by", json!("eve"), "history";
        "/api/history/step_up_transaction_id", json!("other"), "history";
        "/api/audit_event", Value::Null, "audit";
        "/api/audit_event/id", json!("other"), "audit";
        "/api/audit_event/user_id", json!("eve"), "audit";
        "/api/read_at", json!(4_000_000_000_i64), "times";
        "/receipt/task/title", json!("Grant viewer"), "receipt";
        "/receipt/approver/user_id", json!("eve"), "person";
        "/receipt/proof/acr", json!("pwd"), "proof";
        "/receipt/caveats", json!(["other-step-up"]), "receipt";
    };
    for (path, value, check) in changes {
        let mut other = document.clone();
        *other.pointer_mut(path).unwrap() = value;
        let outcome = verify(&other, "");
        outcome
            .exits(5)
            .prints(&format!("\n  {:<11} does not hold: ", format!("{check}:")));
    }
    verify(&document, "--issuer https://other.example --key AAAA")
        .exits(5)
        .says("issuer: it is of");
}

/// What the API does not let us see was decided by it alone, and that is what the evidence says.
#[test]
fn what_the_api_does_not_show_is_not_checked() {
    let switches = ["transactions=403", "redirect_id=yes", "transaction_get=403"];
    let (_hosted, document) = approved(&switches);
    assert_eq!(document["api"]["transaction"], Value::Null);
    verify(&document, "")
        .exits(3)
        .prints("transaction: not checked: the API did not show it")
        .prints("\nconsistent, the API's word alone");
}
