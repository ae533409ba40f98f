//! The receipt: what was asked and what was proven. A promise to scripts (`stepup.receipt/1`), and it
//! never holds a secret.

use serde::Serialize;

use super::event::Facts;
use super::requirement::AcrRequirement;
use super::task::{Task, TaskState};

/// The document on stdout after an approval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApprovalReceipt {
    /// `stepup.receipt/1`.
    pub schema: &'static str,
    /// `approved`.
    pub outcome: &'static str,
    /// The task and the step that was approved.
    pub task: TaskRef,
    /// Who approved.
    pub approver: ApproverRef,
    /// `local`, or `none` when the step demanded nothing.
    pub ceremony: &'static str,
    /// What was demanded; null when nothing was.
    pub requirement: Option<RequirementRecord>,
    /// What was proven; null when nothing was demanded.
    pub proof: Option<ProofRecord>,
    /// What the API said.
    pub approval: ApprovalRecord,
    /// `open` or `closed`, as re-read afterwards.
    pub task_state: &'static str,
}

/// Which task, and which of its steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskRef {
    /// The 27-character id.
    pub id: String,
    /// The human number.
    pub numeric_id: String,
    /// The task's title.
    pub title: String,
    /// The step.
    pub policy_step_id: String,
}

/// Who approved, as the API calls them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApproverRef {
    /// The API's user id.
    pub user_id: String,
}

/// The requirement as it was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementRecord {
    /// The provider entry's name.
    pub provider: String,
    /// Accepted values, in order.
    pub acr_values: Vec<String>,
    /// Seconds; null when none was demanded.
    pub max_age: Option<u64>,
}

/// The facts the proof rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProofRecord {
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub subject: String,
    /// `acr`; null when none was demanded and none came.
    pub acr: Option<String>,
    /// `amr`; empty when none came.
    pub amr: Vec<String>,
    /// `auth_time`, seconds since the epoch.
    pub auth_time: Option<i64>,
}

/// What became of the submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApprovalRecord {
    /// The API's id of the action; null when the answer was lost and the task was re-read instead.
    pub ticket_action_id: Option<String>,
    /// Whether re-reading the task showed the approval.
    pub confirmed: bool,
}

impl ApprovalReceipt {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "stepup.receipt/1";

    /// The receipt of an approval; `step_up` is `None` when the step demanded nothing.
    pub fn of(
        task: &Task,
        policy_step_id: &str,
        user_id: &str,
        step_up: Option<(RequirementRecord, ProofRecord)>,
        approval: ApprovalRecord,
        state_now: TaskState,
    ) -> Self {
        let ceremony = if step_up.is_some() { "local" } else { "none" };
        let (requirement, proof) = step_up.unzip();
        Self {
            schema: Self::SCHEMA,
            outcome: "approved",
            task: TaskRef {
                id: task.id.clone(),
                numeric_id: task.numeric_id.clone(),
                title: task.title.clone(),
                policy_step_id: policy_step_id.to_owned(),
            },
            approver: ApproverRef {
                user_id: user_id.to_owned(),
            },
            ceremony,
            requirement,
            proof,
            approval,
            task_state: state_now.word(),
        }
    }
}

impl RequirementRecord {
    /// The record of a requirement put to a provider entry.
    pub fn of(provider: &str, requirement: &AcrRequirement) -> Self {
        Self {
            provider: provider.to_owned(),
            acr_values: requirement.acr_values.clone(),
            max_age: requirement.max_age,
        }
    }
}

impl ProofRecord {
    /// The record of verified facts.
    pub fn of(facts: &Facts) -> Self {
        Self {
            issuer: facts.issuer.clone(),
            subject: facts.subject.clone(),
            acr: facts.acr.present().cloned(),
            amr: facts.amr.present().cloned().unwrap_or_default(),
            auth_time: facts.auth_time.present().copied(),
        }
    }
}
