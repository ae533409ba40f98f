//! A task's trail: what happened to it, event by event (c1.md 7).

use jiff::Timestamp;

/// Which part of a trail, and from which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TrailQuery {
    /// What happened last comes first.
    pub(crate) newest_first: bool,
    /// Nothing but comments.
    pub(crate) comments_only: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AuditEvent {
    /// The API's id of it.
    pub(crate) id: String,
    /// When.
    pub(crate) at: Option<Timestamp>,
    /// Who; empty when nobody did it.
    pub(crate) user_id: String,
    /// Their name, if the event brings it.
    pub(crate) user_name: Option<String>,
    /// Whether the API calls it an error.
    pub(crate) is_error: bool,
    pub(crate) what: AuditEventKind,
}

impl AuditEvent {
    /// Whether it says that an approval rests on this step-up transaction.
    pub(crate) fn names(&self, id: &str) -> bool {
        matches!(&self.what, AuditEventKind::StepUpApproval { transaction_id } if transaction_id == id)
    }
}

/// What happened. The API knows some 65 kinds of events, and new ones come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum AuditEventKind {
    #[default]
    Nothing,
    /// `taskCreated`.
    Created,
    Commented(String),
    /// `actionSubmitted`.
    Submitted {
        /// C1's name of the action, without its prefix.
        action: String,
        /// The step it was for; may be empty.
        policy_step_id: String,
    },
    StepUpApproval {
        transaction_id: String,
    },
    /// `stateChange`.
    StateChanged,
    /// Any other, by its key.
    Other(String),
}

impl AuditEventKind {
    /// The API's key of this kind of event.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Created => "taskCreated",
            Self::Commented(_) => "comment",
            Self::Submitted { .. } => "actionSubmitted",
            Self::StepUpApproval { .. } => "stepUpApproval",
            Self::StateChanged => "stateChange",
            Self::Other(key) => key,
        }
    }

    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Nothing => "something that the API does not name".to_owned(),
            Self::Created => "asked for it".to_owned(),
            Self::Commented(text) => format!("commented: {text}"),
            Self::Submitted { action, .. } => {
                format!("submitted: {}", action.replace('_', " ").to_lowercase())
            }
            Self::StepUpApproval { transaction_id } => {
                format!("approved with step-up, transaction {transaction_id}")
            }
            Self::StateChanged => "the task's state changed".to_owned(),
            Self::Other(key) => key.clone(),
        }
    }
}
