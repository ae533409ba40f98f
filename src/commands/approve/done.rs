//! An approval that is in.

use crate::domain::receipt::ApprovalReceipt;
use crate::domain::task::Task;
use crate::error::Error;
use crate::evidence::Made;
use crate::meaning::settled_otherwise;

/// An approval that went in.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) receipt: Box<ApprovalReceipt>,
    /// Who signed in, as the provider calls them.
    pub(super) person: Option<String>,
    /// What can be kept for whoever wants to verify it again.
    pub(super) evidence: Option<Made>,
    pub(super) kept: bool,
}

impl Done {
    /// An approval of which nothing more is known.
    pub(super) fn of(receipt: Box<ApprovalReceipt>) -> Self {
        Self {
            receipt,
            person: None,
            evidence: None,
            kept: false,
        }
    }
}

/// Whether a step shows as approved by us. Settled otherwise is an answer too: somebody was faster.
pub(super) fn approved_in(now: &Task, policy_step_id: &str, user_id: &str) -> Result<bool, Error> {
    let Some(settled) = now.settled(policy_step_id) else {
        return Ok(false);
    };
    if settled.approved_by.as_deref() == Some(user_id) {
        return Ok(true);
    }
    Err(settled_otherwise(settled, now))
}
