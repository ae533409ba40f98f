//! Receipts that were kept, read back as what they were, whichever version wrote them.
//!
//! What `stepup.receipt/1` had otherwise: neither `statement` nor `context_sha256`; `proof.caveats`, left out when
//! empty; no `subject`; `transaction.strength` instead of `transaction.left_to_the_api`; the outcome `approved` for
//! what the task did not show yet.

use serde::Deserialize;
use serde_json::Value;

use super::{
    ApprovalOutcome, ApprovalReceipt, ApprovalRecord, ApproverRef, PeopleRecord, ProofRecord,
    RequirementRecord, Schema, TaskRef, TransactionRecord, Word,
};
use crate::domain::ceremony::Ceremony;
use crate::domain::requirement::Caveat;
use crate::domain::task::TaskState;
use crate::domain::transaction::Fact;

/// Why a kept receipt says nothing.
#[derive(Debug, thiserror::Error)]
#[error("it is not a receipt that this version of stepup can read: {0}")]
pub(crate) struct Unreadable(#[from] serde_json::Error);

impl ApprovalReceipt {
    pub(crate) fn read(document: &Value) -> Result<Self, Unreadable> {
        let Versioned { schema } = Versioned::deserialize(document)?;
        Ok(match schema {
            Schema::One => One::deserialize(document)?.into(),
            Schema::Two => Self::deserialize(document)?,
        })
    }
}

#[derive(Deserialize)]
struct Versioned {
    schema: Schema,
}

/// `stepup.receipt/1`.
#[derive(Deserialize)]
struct One {
    outcome: ApprovalOutcome,
    task: TaskRef,
    approver: ApproverRef,
    #[serde(with = "super::or_none")]
    ceremony: Option<Word<Ceremony>>,
    requirement: Option<RequirementRecord>,
    proof: Option<OneProof>,
    transaction: Option<OneTransaction>,
    approval: ApprovalRecord,
    task_state: TaskState,
}

#[derive(Deserialize)]
struct OneProof {
    #[serde(flatten)]
    record: ProofRecord,
    #[serde(default)]
    caveats: Vec<Word<Caveat>>,
}

#[derive(Deserialize)]
struct OneTransaction {
    id: String,
    created_at: Option<String>,
    strength: OneStrength,
    in_history: bool,
    audit_event: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OneStrength {
    Compared,
    LeftToTheApi,
}

impl From<One> for ApprovalReceipt {
    fn from(one: One) -> Self {
        let (proof, caveats) = match one.proof {
            Some(OneProof { record, caveats }) => (Some(record), caveats),
            None => (None, Vec::new()),
        };
        Self {
            schema: Schema::One,
            outcome: one.outcome,
            task: one.task,
            statement: None,
            statement_after: None,
            context_sha256: None,
            approver: one.approver,
            people: PeopleRecord::default(),
            ceremony: one.ceremony,
            requirement: one.requirement,
            proof,
            subject: None,
            caveats,
            authorization_details: None,
            transaction: one.transaction.map(TransactionRecord::from),
            approval: one.approval,
            task_state: one.task_state,
        }
    }
}

impl From<OneTransaction> for TransactionRecord {
    fn from(one: OneTransaction) -> Self {
        Self {
            id: one.id,
            created_at: one.created_at,
            left_to_the_api: match one.strength {
                OneStrength::Compared => Vec::new(),
                OneStrength::LeftToTheApi => vec![Fact::Strength.into()],
            },
            in_history: one.in_history,
            audit_event: one.audit_event,
            settled: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// As version 0.1.0 wrote them.
    fn one() -> Value {
        json!({
            "schema": "stepup.receipt/1", "outcome": "approved",
            "task": { "id": "t", "numeric_id": "4211", "title": "Grant viewer", "policy_step_id": "s" },
            "approver": { "user_id": "mira" },
            "ceremony": "hosted",
            "requirement": { "provider": "okta", "acr_values": ["phr"], "max_age": null },
            "proof": {
                "issuer": "https://idp.example", "subject": "mira", "acr": "phr", "amr": ["hwk"],
                "auth_time": 1_793_520_000, "caveats": ["weak-value"],
            },
            "transaction": {
                "id": "x", "created_at": null, "strength": "left-to-the-api", "in_history": true,
                "audit_event": null,
            },
            "approval": { "ticket_action_id": "a", "confirmed": true },
            "task_state": "closed",
        })
    }

    #[test]
    fn what_version_1_wrote_is_read_as_what_it_said() {
        let receipt = ApprovalReceipt::read(&one()).unwrap();
        assert_eq!(receipt.schema, Schema::One);
        assert_eq!(receipt.ceremony, Some(Ceremony::Hosted.into()));
        assert_eq!(receipt.caveats, [Caveat::WeakValue]);
        assert_eq!((receipt.subject, receipt.statement), (None, None));
        let transaction = receipt.transaction.unwrap();
        assert_eq!(transaction.left_to_the_api, [Fact::Strength]);
        let mut compared = one();
        compared["transaction"]["strength"] = "compared".into();
        let transaction = ApprovalReceipt::read(&compared).unwrap().transaction;
        assert!(transaction.unwrap().left_to_the_api.is_empty());
        let mut plain = one();
        plain["ceremony"] = "none".into();
        for member in ["requirement", "proof", "transaction"] {
            plain[member] = Value::Null;
        }
        let plain = ApprovalReceipt::read(&plain).unwrap();
        assert_eq!((plain.ceremony, plain.proof), (None, None));
    }

    fn written(value: impl serde::Serialize) -> Value {
        serde_json::to_value(value).unwrap()
    }

    #[test]
    fn the_words_for_people_are_the_ones_that_are_written() {
        for outcome in [
            ApprovalOutcome::Approved,
            ApprovalOutcome::ApprovedButChanged,
            ApprovalOutcome::Accepted,
            ApprovalOutcome::Unknown,
        ] {
            assert_eq!(written(outcome), outcome.word());
        }
        for state in [TaskState::Open, TaskState::Closed] {
            assert_eq!(written(state), state.word());
        }
    }

    /// `docs/receipt.md`, "When the number changes".
    #[test]
    fn members_and_words_that_were_added_since_are_borne_and_shown() {
        let mut document = one();
        document["weather"] = "fair".into();
        document["ceremony"] = "astral".into();
        document["proof"]["caveats"] = json!(["weak-value", "gut-feeling"]);
        let receipt = ApprovalReceipt::read(&document).unwrap();
        assert_eq!(receipt.ceremony_word(), "astral");
        let later = Word::Later("gut-feeling".into());
        assert_eq!(receipt.caveats, [Caveat::WeakValue.into(), later]);
        assert_eq!(receipt.alarm(), None);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (member, value, why) in [
            ("schema", json!("stepup.receipt/9"), "stepup.receipt/9"),
            ("outcome", json!("postponed"), "unknown variant `postponed`"),
            ("approver", Value::Null, "invalid type: null"),
        ] {
            let mut document = one();
            document[member] = value;
            let error = ApprovalReceipt::read(&document).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
        assert!(ApprovalReceipt::read(&json!({})).is_err());
    }
}
