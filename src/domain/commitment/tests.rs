use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::*;
use crate::domain::person::SubjectRule;
use crate::domain::statement::{Action, Statement};
use crate::domain::task::Task;

fn terms() -> AppliedTerms {
    AppliedTerms {
        authorization_details: None,
        algorithms: vec!["RS256".into()],
        amr: Vec::new(),
        person: PersonRule {
            claim: SubjectRule::Email,
            expected: Some("mira@acme.example".into()),
            accept_unverified_email: false,
        },
        skew: 60,
        stronger: Vec::new(),
        weak: Vec::new(),
    }
}

fn committed(title: &str, max_age: Option<u64>) -> Result<Committed, NotCanonical> {
    let task = Task {
        id: "t".into(),
        title: title.into(),
        ..Task::default()
    };
    let shown = Statement::of("https://api.example", &task, "s", Action::Approve);
    let requirement = AcrRequirement {
        acr_values: vec!["phr".into()],
        max_age,
        ..AcrRequirement::default()
    };
    let consent = CommittedConsent {
        approver: "mira".into(),
        client_id: "c".into(),
        comment_sha256: comment_sha256(None),
        consented_at: 1_795_906_374,
        issuer: "https://idp.example".into(),
        requirement: CommittedRequirement::of(&requirement),
        terms_sha256: terms().sha256()?,
    };
    Committed::new(&shown, &consent, terms())
}

/// By hand, as docs/receipt.md says it: whoever changes this changes what old evidence means.
#[test]
fn the_nonce_is_the_hash_of_salt_and_canonical_statement() {
    let committed = committed("Grant \u{20ac} to \"Ada\"", Some(300)).unwrap();
    let canonical = concat!(
        r#"{"account":null,"action":"approve","api":"https://api.example","app":null,"approver":"mira","#,
        r#""client_id":"c","comment_sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","#,
        r#""consented_at":1795906374,"duration":"unknown","emergency":false,"entitlement":null,"#,
        r#""issuer":"https://idp.example","policy_step_id":"s","#,
        r#""reason_sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","requester":null,"#,
        r#""requirement":{"acr_values":["phr"],"claim":"acr","freshness":"each-time","max_age":300},"#,
        r#""schema":"stepup.statement/1","subject":null,"task_id":"t","task_number":null,"#,
        r#""terms_sha256":"TERMS","title":"Grant € to \"Ada\"","type":null}"#,
    );
    let canonical = canonical.replace("TERMS", &terms().sha256().unwrap());
    assert_eq!(String::from_utf8_lossy(&committed.canonical), canonical);
    let salt = Salt::new(*b"0123456789abcdef");
    let digest = Sha256::digest(["0123456789abcdef", &canonical].concat());
    let expected = BASE64_URL_SAFE_NO_PAD.encode(digest);
    assert_eq!(committed.nonce(&salt), expected);
    assert_eq!(expected.len(), 43);
    assert_eq!(Salt::read(&salt.reveal()), Some(salt));
}

#[test]
fn what_is_no_salt_is_none_and_none_is_printed() {
    for text in ["", "MDEyMzQ1Njc4OWFiY2Rl", "MDEyMzQ1Njc4OWFiY2RlZg==", "?"] {
        assert_eq!(Salt::read(text), None, "{text}");
    }
    let printed = format!("{:?}", Salt::new([7; 16]));
    assert_eq!(printed, "Salt(redacted)");
}

#[test]
fn numbers_that_others_read_otherwise_are_not_committed_to() {
    assert!(committed("", Some(u64::MAX)).is_err());
    assert!(committed("", Some((1 << 53) - 1)).is_ok());
}

#[test]
fn a_requirement_is_read_as_it_was_committed_to() {
    let requirement = AcrRequirement {
        acr_values: vec!["c1".into()],
        max_age: Some(0),
        freshness: Freshness::AsChallenged,
        request: RequestStyle::EntraContexts,
        ..AcrRequirement::default()
    };
    let written = serde_json::to_value(CommittedRequirement::of(&requirement)).unwrap();
    let expected = json!({
        "acr_values": ["c1"], "claim": "acrs", "max_age": 0, "freshness": "as-challenged",
    });
    assert_eq!(written, expected);
    let read: CommittedRequirement = serde_json::from_value(written).unwrap();
    assert_eq!(read.with(&terms()), requirement);
}

proptest! {
    /// Another salt or another letter is another nonce.
    #[test]
    fn no_two_salts_and_no_two_statements_have_the_same_nonce(
        salts in prop::collection::btree_set(any::<[u8; 16]>(), 2..8),
        titles in prop::collection::btree_set(any::<String>(), 2..8),
    ) {
        let mut nonces = BTreeSet::new();
        for title in &titles {
            let committed = committed(title, None).unwrap();
            for salt in &salts {
                nonces.insert(committed.nonce(&Salt::new(*salt)));
            }
        }
        prop_assert_eq!(nonces.len(), salts.len() * titles.len());
    }
}
