//! What a task names by ids, in words: names of objects and people, and what the API advises. It is read beside the
//! task, by one search, and whatever it does not tell stays unknown.

use std::collections::BTreeMap;

use crate::domain::person::Approver;

/// What the search told of the objects that the task names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Details {
    /// Names of apps, entitlements, resources and accounts, by their ids.
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) people: BTreeMap<String, Approver>,
    /// What the API noticed about the request, in its words; in the order in which the task names it.
    pub(crate) insights: Vec<String>,
}

impl Details {
    pub(crate) fn name(&self, id: &str) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }
}

/// What the API recommends to do with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recommendation {
    Approve,
    Deny,
    /// To look closely.
    Review,
}

impl Recommendation {
    /// The word on the terminal and in JSON.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Deny => "deny",
            Self::Review => "review",
        }
    }
}

/// What happens to a step that nobody decides in time (`escalationInstance`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Overdue {
    /// The API does not say.
    #[default]
    Unknown,
    /// Others have to decide.
    Reassigned,
    /// Another policy takes its place.
    OtherPolicy,
    Cancelled,
    Skipped,
}

impl Overdue {
    /// In words, after the time.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Unknown => "then it is escalated",
            Self::Reassigned => "then others decide",
            Self::OtherPolicy => "then another policy takes its place",
            Self::Cancelled => "then the request is cancelled",
            Self::Skipped => "then the step is skipped",
        }
    }
}
