//! What an approval carries to the API, and what it comes to.

use url::Url;

use crate::domain::challenge::Demand;
use crate::domain::proof::StepUpProof;
use crate::domain::transaction::HostedProof;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApproveAnswer {
    /// Accepted; effects follow, so the task has to be re-read.
    Accepted {
        /// C1's `ticketActionId`.
        ticket_action_id: String,
    },
    /// Not without step-up: RFC 9470.
    Challenged(Demand),
    /// C1 hosts the ceremony itself; the person has to go to this page.
    Hosted {
        /// `redirectUrl`; may hold a one-time secret, so no more than its host is shown or logged.
        page: Url,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Plain,
    StepUp,
}

/// The proof of a step-up that an approval is sent with, beside the API credential or instead of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SentProof<'a> {
    /// Nothing: the API says what it demands.
    Nothing,
    /// The step-up token of a local ceremony, instead of the API credential.
    Token(&'a StepUpProof),
    Transaction(&'a HostedProof),
    /// A transaction that only the API can look at; the person named it.
    Named(&'a str),
}

impl SentProof<'_> {
    /// Whether this may be sent with an approval of this step of this task.
    pub(super) fn is_for(&self, task_id: &str, policy_step_id: &str) -> bool {
        match self {
            // The API judges.
            Self::Nothing | Self::Named(_) => true,
            Self::Token(proof) => proof.is_for(task_id, policy_step_id),
            Self::Transaction(proof) => proof.is_for(task_id, policy_step_id),
        }
    }

    pub(super) fn transaction_id(&self) -> &str {
        match self {
            Self::Nothing | Self::Token(_) => "",
            Self::Transaction(proof) => &proof.transaction().id,
            Self::Named(id) => id,
        }
    }
}

impl Endpoint {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "approve",
            Self::StepUp => "approve-with-step-up",
        }
    }
}
