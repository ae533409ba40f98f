//! One step-up transaction (c1.md 6).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::basics::{new_id, random};
use crate::people::Person;

/// One step-up, from leg 1 to its end. There is no state for expired or used (c1.md 6).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Transaction {
    pub(super) id: String,
    /// The secret of its `redirectUrl`.
    pub(super) ticket: String,
    pub(super) target: TransactionTarget,
    pub(super) provider_id: String,
    pub(super) user_id: String,
    pub(super) state: State,
    /// What the ID token proved.
    pub(super) claims: Option<Value>,
    pub(super) error_message: String,
    /// The comment of leg 1, for an approval that the server finishes.
    pub(super) comment: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) expires_at: Timestamp,
    /// A browser has been at its `redirectUrl`.
    pub(super) opened: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum TransactionTarget {
    /// The approval of one step of one task.
    Task {
        task_id: String,
        policy_step_id: String,
    },
    /// Nothing but to see whether the provider works.
    Test,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    Pending,
    Verified,
    Error,
}

impl State {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Pending => "STEP_UP_TRANSACTION_STATE_PENDING",
            Self::Verified => "STEP_UP_TRANSACTION_STATE_VERIFIED",
            Self::Error => "STEP_UP_TRANSACTION_STATE_ERROR",
        }
    }
}

impl Transaction {
    /// A pending one that lives from `now` for so many seconds.
    pub(super) fn new(
        target: TransactionTarget,
        provider_id: &str,
        user: &Person,
        now: Timestamp,
        seconds: u64,
    ) -> Self {
        let life = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        Self {
            id: new_id(),
            ticket: random(43),
            target,
            provider_id: provider_id.to_owned(),
            user_id: user.id.clone(),
            state: State::Pending,
            claims: None,
            error_message: String::new(),
            comment: None,
            created_at: now,
            updated_at: now,
            expires_at: now.saturating_add(life).unwrap_or(now),
            opened: false,
        }
    }

    pub(super) fn end(&mut self, outcome: Result<Value, String>, now: Timestamp) {
        self.updated_at = now;
        match outcome {
            Ok(claims) => {
                self.state = State::Verified;
                self.claims = Some(claims);
            }
            Err(message) => {
                self.state = State::Error;
                self.error_message = message;
            }
        }
    }

    /// `StepUpTransaction`.
    pub(super) fn view(&self) -> Value {
        let (approve_task, test) = match &self.target {
            TransactionTarget::Task {
                task_id,
                policy_step_id,
            } => (
                json!({"taskId": task_id, "policyStepId": policy_step_id}),
                Value::Null,
            ),
            TransactionTarget::Test => (Value::Null, json!({})),
        };
        json!({
            "id": self.id, "state": self.state.name(), "providerId": self.provider_id,
            "userId": self.user_id, "approveTask": approve_task, "test": test,
            "claims": self.claims, "errorMessage": self.error_message,
            "createdAt": self.created_at, "updatedAt": self.updated_at, "expiresAt": self.expires_at,
        })
    }
}
