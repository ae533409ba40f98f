//! What a caller says of an action, and what becomes of an approval.

use serde::Deserialize;

use crate::people::Person;

/// The body of every action. Input takes snake case too (c1.md 1.2).
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Body {
    #[serde(alias = "policy_step_id")]
    pub(super) policy_step_id: Option<String>,
    #[serde(alias = "step_up_transaction_id")]
    pub(super) step_up_transaction_id: Option<String>,
    pub(super) comment: Option<String>,
}

/// What becomes of an approval that nothing speaks against.
pub(super) enum Admission {
    /// It approves, with the proof's id if there is one.
    Accepted { person: Person, transaction: String },
    /// It starts a hosted step-up with this provider.
    Opened { person: Person, provider_id: String },
    /// It is answered well, and nothing happens.
    Ignored { person: Person },
}

impl Body {
    /// What somebody else than the caller submits.
    pub(super) fn commenting(comment: Option<&str>) -> Self {
        Self {
            comment: comment.map(str::to_owned),
            ..Self::default()
        }
    }

    /// The proof that an approval names.
    pub(super) fn transaction(&self) -> Option<&str> {
        self.step_up_transaction_id
            .as_deref()
            .filter(|id| !id.is_empty())
    }

    pub(super) fn comment(&self) -> Option<&str> {
        self.comment
            .as_deref()
            .filter(|text| !text.trim().is_empty())
    }
}
