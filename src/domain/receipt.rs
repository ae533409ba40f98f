//! The receipt: what was asked and what was proven. A promise to scripts (`stepup.receipt/2`), and it
//! never holds a secret. Every member is described in `docs/receipt.md`; `read_back` reads one that was kept.

mod people;
mod read_back;
mod word;

use serde::{Deserialize, Serialize};

pub(crate) use people::PeopleRecord;
pub(crate) use word::Word;

use super::authorization_details::DetailsRecord;
use super::ceremony::Ceremony;
use super::event::Facts;
use super::person::SubjectMatch;
use super::requirement::{AcrRequirement, Caveat};
use super::sign_in::Uses;
use super::statement::{Difference, Statement, TaskContext};
use super::task::{self, SettledStep, Task, TaskName, TaskState};
use super::transaction::{Fact, HostedProof, ProviderTerms, StepUpTransaction};

/// The schema's name and version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Schema {
    /// Of version 0.1.0; only read.
    #[serde(rename = "stepup.receipt/1")]
    One,
    /// What is written.
    #[serde(rename = "stepup.receipt/2")]
    Two,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ApprovalOutcome {
    Approved,
    /// It is in, and the task is not what was shown any more.
    ApprovedButChanged,
    /// The API took it on, and the task does not show it yet.
    Accepted,
    /// It was sent, and nobody saw what became of it.
    Unknown,
}

impl ApprovalOutcome {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::ApprovedButChanged => "approved-but-changed",
            Self::Accepted => "accepted",
            Self::Unknown => "unknown",
        }
    }

    /// What was done, in words that go before the task.
    pub(crate) const fn deed(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::ApprovedButChanged => "approved, but changed:",
            Self::Accepted => "accepted the approval of",
            Self::Unknown => "outcome unknown: the approval of",
        }
    }
}

/// The document on stdout after an approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ApprovalReceipt {
    /// The schema's name and version.
    pub(crate) schema: Schema,
    pub(crate) outcome: ApprovalOutcome,
    pub(crate) task: TaskRef,
    /// What was shown, and consented to; `None` in what version 1 wrote.
    pub(crate) statement: Option<Statement>,
    /// The statement of the task as re-read after the approval, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statement_after: Option<Statement>,
    /// SHA-256 of what was shown beside it, hexadecimal (`domain::statement::TaskContext`); `None` in what version 1
    /// wrote.
    pub(crate) context_sha256: Option<String>,
    pub(crate) approver: ApproverRef,
    /// What the API called the approver, who asked and for whom; left out where it named nobody.
    #[serde(default, skip_serializing_if = "PeopleRecord::is_empty")]
    pub(crate) people: PeopleRecord,
    /// How the person authenticated; the word is `none` when the step demanded nothing.
    #[serde(with = "or_none")]
    pub(crate) ceremony: Option<Word<Ceremony>>,
    /// What was demanded; null when nothing was.
    pub(crate) requirement: Option<RequirementRecord>,
    /// What was proven; null when nothing was demanded.
    pub(crate) proof: Option<ProofRecord>,
    /// Whether the person who signed in was compared with the approver; null when no sign-in was needed.
    pub(crate) subject: Option<SubjectMatch>,
    /// What a reader has to know about the proof; empty when there is nothing.
    pub(crate) caveats: Vec<Word<Caveat>>,
    /// What the provider was given to show, and granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authorization_details: Option<DetailsRecord>,
    /// The API's own record of a hosted ceremony.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transaction: Option<TransactionRecord>,
    /// What the API said.
    pub(crate) approval: ApprovalRecord,
    /// As re-read afterwards.
    pub(crate) task_state: TaskState,
}

/// The word of a receipt whose step demanded nothing.
const NO_CEREMONY: &str = "none";

impl ApprovalReceipt {
    /// How the person authenticated, in the word of the receipt.
    pub(crate) fn ceremony_word(&self) -> &str {
        let ceremony = self.ceremony.as_ref();
        ceremony.map_or(NO_CEREMONY, |ceremony| ceremony.text(Ceremony::word))
    }

    /// What contradicts the approval that the receipt is of, if anything does.
    pub(crate) fn alarm(&self) -> Option<Caveat> {
        let mut known = self.caveats.iter().filter_map(Word::known);
        known.find(|one| one.is_alarm())
    }

    /// In what the task differs from what was shown, as re-read after the approval.
    pub(crate) fn changes(&self) -> Vec<Difference> {
        match (&self.statement, &self.statement_after) {
            (Some(shown), Some(after)) => shown.differences(after),
            _ => Vec::new(),
        }
    }

    /// As it is before anybody has seen what became of the approval.
    #[must_use]
    pub(crate) fn of_unknown_outcome(self) -> Self {
        Self {
            outcome: ApprovalOutcome::Unknown,
            ..self
        }
    }

    /// The API took it on, as this action.
    pub(crate) fn accepted(&mut self, ticket_action_id: &str) {
        self.outcome = ApprovalOutcome::Accepted;
        self.approval.ticket_action_id = Some(ticket_action_id.to_owned());
    }

    /// The receipt of an approval; `step_up` is `None` when the step demanded nothing.
    ///
    /// `task` is as it was shown with the statement, `now` as re-read afterwards.
    pub(crate) fn of(
        task: &Task,
        statement: &Statement,
        user_id: &str,
        people: PeopleRecord,
        step_up: Option<StepUpRecord>,
        approval: ApprovalRecord,
        now: &Task,
    ) -> Self {
        let after = statement.afterwards(now);
        let changed = !statement.differences(&after).is_empty();
        let ceremony = step_up.as_ref().map(|made| made.ceremony.into());
        let (mut subject, mut caveats, mut details) = (None, Vec::new(), None);
        let (requirement, proof, transaction) = match step_up {
            Some(made) => {
                subject = Some(made.subject);
                details = made.authorization_details;
                caveats = made.caveats.into_iter().map(Word::from).collect();
                (Some(made.requirement), made.proof, made.transaction)
            }
            None => (None, None, None),
        };
        Self {
            schema: Schema::Two,
            outcome: match (approval.confirmed, changed) {
                (false, _) => ApprovalOutcome::Accepted,
                (true, true) => ApprovalOutcome::ApprovedButChanged,
                (true, false) => ApprovalOutcome::Approved,
            },
            task: TaskRef::of(task, &statement.policy_step_id),
            statement: Some(statement.clone()),
            statement_after: changed.then_some(after),
            context_sha256: Some(TaskContext::of(task).sha256()),
            approver: ApproverRef {
                user_id: user_id.to_owned(),
            },
            people,
            ceremony,
            requirement,
            proof,
            subject,
            caveats,
            authorization_details: details,
            transaction,
            approval,
            task_state: now.state,
        }
    }
}

/// A ceremony, or [`NO_CEREMONY`].
mod or_none {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Ceremony, NO_CEREMONY, Word};

    #[expect(clippy::ref_option, reason = "what serde's `with` calls for")]
    pub(super) fn serialize<S: Serializer>(
        ceremony: &Option<Word<Ceremony>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match ceremony {
            Some(ceremony) => ceremony.serialize(serializer),
            None => serializer.serialize_str(NO_CEREMONY),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Word<Ceremony>>, D::Error> {
        let word = Word::deserialize(deserializer)?;
        Ok(Some(word).filter(|word| *word != Word::Later(NO_CEREMONY.to_owned())))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TaskRef {
    /// The 27-character id.
    pub(crate) id: String,
    /// The human number.
    pub(crate) numeric_id: String,
    pub(crate) title: String,
    pub(crate) policy_step_id: String,
}

impl TaskRef {
    pub(crate) fn of(task: &Task, policy_step_id: &str) -> Self {
        let TaskName {
            id,
            numeric_id,
            title,
        } = task.name();
        Self {
            id,
            numeric_id,
            title,
            policy_step_id: policy_step_id.to_owned(),
        }
    }

    /// What a person would type for it.
    pub(crate) fn handle(&self) -> &str {
        task::handle(&self.numeric_id, &self.id)
    }
}

/// Who approved, as the API calls them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ApproverRef {
    pub(crate) user_id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RequirementRecord {
    pub(crate) provider: String,
    /// Accepted values, in order.
    pub(crate) acr_values: Vec<String>,
    /// Seconds; null when none was demanded.
    pub(crate) max_age: Option<u64>,
}

/// The facts the proof rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ProofRecord {
    /// `iss`.
    pub(crate) issuer: String,
    /// `sub`.
    pub(crate) subject: String,
    /// `acr`; null when none was demanded and none came.
    pub(crate) acr: Option<String>,
    /// `acrs`, Microsoft Entra's authentication contexts; left out when none came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) acrs: Vec<String>,
    /// `amr`; empty when none came.
    pub(crate) amr: Vec<String>,
    /// `auth_time`, seconds since the epoch.
    pub(crate) auth_time: Option<i64>,
    /// How many times this sign-in was used from this machine, this time included: 1 where each time takes a new
    /// one. Null where it cannot be told from another, or nobody counted.
    pub(crate) uses: Option<u32>,
}

/// The step-up transaction of a hosted ceremony, joined to what the task's history and audit say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TransactionRecord {
    /// Its id; empty when the approval names none.
    pub(crate) id: String,
    /// When it began; null when it is not readable.
    pub(crate) created_at: Option<String>,
    /// What was compared with nothing, because the API does not show it: there it decided alone.
    pub(crate) left_to_the_api: Vec<Word<Fact>>,
    /// Whether the task's history names this transaction for the step.
    pub(crate) in_history: bool,
    /// The audit event that names it; null when there is none or it is not readable.
    pub(crate) audit_event: Option<String>,
    /// The step as the task's history had it, for the evidence.
    #[serde(skip)]
    pub(crate) settled: Option<SettledStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepUpRecord {
    pub(crate) ceremony: Ceremony,
    pub(crate) requirement: RequirementRecord,
    /// What was proven, as far as it is known.
    pub(crate) proof: Option<ProofRecord>,
    /// Whether the person who signed in was compared with the approver.
    pub(crate) subject: SubjectMatch,
    /// What a reader has to know about the proof.
    pub(crate) caveats: Vec<Caveat>,
    pub(crate) transaction: Option<TransactionRecord>,
    /// What the provider was given to show, and granted.
    pub(crate) authorization_details: Option<DetailsRecord>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ApprovalRecord {
    /// The API's id of the action; null when the answer was lost and the task was re-read instead.
    pub(crate) ticket_action_id: Option<String>,
    /// Whether re-reading the task showed the approval.
    pub(crate) confirmed: bool,
    /// Why the task could not be read again, where that is why it is not confirmed.
    #[serde(skip)]
    pub(crate) reread_error: Option<RereadError>,
}

/// Why a task could not be read again after its action was taken on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RereadError {
    /// The API answers with another task; the sentence names both.
    OtherTask(String),
    /// It could not be read; the sentence says why.
    Failed(String),
}

impl ApprovalRecord {
    /// Sent, and nothing seen of it.
    pub(crate) const SENT: Self = Self {
        ticket_action_id: None,
        confirmed: false,
        reread_error: None,
    };

    /// Seen in the task, without an answer that names the action.
    pub(crate) const SEEN: Self = Self {
        ticket_action_id: None,
        confirmed: true,
        reread_error: None,
    };
}

impl RequirementRecord {
    /// The record of a requirement put to a provider entry.
    pub(crate) fn of(provider: &str, requirement: &AcrRequirement) -> Self {
        Self {
            provider: provider.to_owned(),
            acr_values: requirement.acr_values.clone(),
            max_age: requirement.max_age,
        }
    }

    /// The record of what the API's own provider demands.
    pub(crate) fn of_provider(provider: &str, terms: &ProviderTerms) -> Self {
        Self {
            provider: provider.to_owned(),
            acr_values: terms.values().to_vec(),
            max_age: None,
        }
    }
}

impl ProofRecord {
    pub(crate) fn of(facts: &Facts, uses: Uses) -> Self {
        Self {
            issuer: facts.issuer.clone(),
            subject: facts.subject.clone(),
            acr: facts.acr.present().cloned(),
            acrs: facts.acrs.present().cloned().unwrap_or_default(),
            amr: facts.amr.present().cloned().unwrap_or_default(),
            auth_time: facts.auth_time.present().copied(),
            uses: uses.counted(),
        }
    }

    /// The record of what a transaction's claims show; `None` when they show nothing.
    pub(crate) fn of_claims(
        issuer: &str,
        transaction: &StepUpTransaction,
        uses: Uses,
    ) -> Option<Self> {
        let claims = &transaction.claims;
        let acr = claims.acr.present().cloned();
        let acrs = claims.contexts.present().cloned().unwrap_or_default();
        let auth_time = claims.auth_time.present().copied();
        if acr.is_none() && acrs.is_empty() && auth_time.is_none() {
            return None;
        }
        Some(Self {
            issuer: issuer.to_owned(),
            subject: transaction.user_id.clone(),
            acr,
            acrs,
            amr: claims.amr.present().cloned().unwrap_or_default(),
            auth_time,
            uses: uses.counted(),
        })
    }
}

impl TransactionRecord {
    pub(crate) fn of(proof: &HostedProof) -> Self {
        let transaction = proof.transaction();
        Self {
            created_at: transaction.created_at.map(|at| at.to_string()),
            left_to_the_api: proof
                .left_to_the_api()
                .iter()
                .copied()
                .map(Word::from)
                .collect(),
            ..Self::unread(&transaction.id)
        }
    }

    /// The record of a transaction of which only the id is known.
    pub(crate) fn unread(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            created_at: None,
            left_to_the_api: Fact::ALL.map(Word::from).to_vec(),
            in_history: false,
            audit_event: None,
            settled: None,
        }
    }

    /// Whether the API alone judged this.
    pub(crate) fn leaves(&self, fact: Fact) -> bool {
        self.left_to_the_api.iter().any(|left| *left == fact)
    }
}

#[cfg(test)]
pub(crate) mod tests;
