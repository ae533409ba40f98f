//! What `verify` says that nobody signed is what may be changed in a receipt without its being noticed, and no more.

use std::collections::BTreeSet;

use super::*;
use crate::domain::receipt::tests::documented;

/// Evidence whose receipt has every member, as far as they are documented.
fn everything() -> Value {
    let terms = granted::rich_terms();
    let mut statement = statement(&terms);
    statement["resource"] = json!({ "id": "role", "name": null });
    statement["account_name"] = "ada".into();
    let mut claims = claims(&statement);
    claims["acrs"] = json!(["c1"]);
    let mut document = evidence_of(&Provider::new(1), &terms, &statement, &claims);
    let mut answer = granted::object(&statement);
    answer["limit"] = 1.into();
    document["authorization_details"] =
        json!({ "label": "the provider's word over TLS, unsigned", "answer": [answer] });
    let receipt = &mut document["receipt"];
    for name in ["resource", "account_name"] {
        receipt["statement"][name] = statement[name].clone();
    }
    receipt["statement_after"] = receipt["statement"].clone();
    receipt["statement_after"]["title"] = "Grant viewer".into();
    receipt["people"] = json!({ "mira": { "name": "Mira", "email": null } });
    receipt["proof"]["acrs"] = json!(["c1"]);
    receipt["authorization_details"] =
        json!({ "type": answer["type"], "added": { "limit": 1 }, "signed": false });
    receipt["transaction"] = json!({
        "id": "x", "created_at": null, "left_to_the_api": [], "in_history": true,
        "audit_event": null,
    });
    document
}

/// Another value that is one, where a letter more would be refused because there is no such word.
fn another_word(path: &str) -> Option<&'static str> {
    Some(match path {
        "/schema" => "stepup.receipt/1",
        "/outcome" => "accepted",
        "/ceremony" => "hosted",
        "/subject" => "left-to-the-api",
        "/task_state" => "open",
        _ => return None,
    })
}

/// Whether evidence with this receipt is trusted.
fn goes_unseen(document: &Value, receipt: Value) -> bool {
    let mut document = document.clone();
    document["receipt"] = receipt;
    let verified = check(&document, &Provider::new(1).keys());
    verified.is_ok_and(|verified| verified.verdict == Verdict::Trusted)
}

/// The member of [`NOT_SIGNED`] that has this path.
fn listed(path: &str) -> Option<&'static str> {
    let path = path.trim_start_matches('/').replace('/', ".");
    NOT_SIGNED.into_iter().find(|listed| {
        let member = listed.split(' ').next().unwrap();
        let inner = path.strip_prefix(member);
        inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('.'))
    })
}

#[test]
fn every_member_of_a_receipt_is_verified_or_listed() {
    let document = everything();
    let receipt = &document["receipt"];
    assert!(goes_unseen(&document, receipt.clone()));
    for member in documented("## Members") {
        let path = format!("/{}", member.replace('.', "/"));
        assert!(receipt.pointer(&path).is_some(), "{member}");
    }
    let (mut leaves, mut all, mut unseen) = (Vec::new(), Vec::new(), BTreeSet::new());
    members::leaves(receipt, "", &mut leaves);
    members::members(receipt, "", &mut all);
    for path in &leaves {
        let mut changed = receipt.clone();
        let value = changed.pointer_mut(path).unwrap();
        match another_word(path) {
            Some(word) => *value = word.into(),
            None => members::otherwise(value),
        }
        if goes_unseen(&document, changed) {
            unseen.insert(listed(path).unwrap_or_else(|| panic!("{path} is not listed")));
        }
    }
    for path in &all {
        let mut without = receipt.clone();
        let (parent, name) = path.rsplit_once('/').unwrap();
        let parent = without.pointer_mut(parent).unwrap();
        parent.as_object_mut().unwrap().remove(name);
        let is_noticed = !goes_unseen(&document, without);
        assert!(is_noticed || listed(path).is_some(), "without {path}");
    }
    assert_eq!(unseen, BTreeSet::from(NOT_SIGNED));
}

/// What the document's specification says of it, too.
#[test]
fn what_nobody_signed_is_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/receipt.md");
    let page = std::fs::read_to_string(path).unwrap();
    let list = page
        .split_once("whatever else stands in the receipt\n(")
        .unwrap()
        .1;
    let list = list.split_once(')').unwrap().0.replace('`', "");
    assert_eq!(list, NOT_SIGNED.join(", "));
}
