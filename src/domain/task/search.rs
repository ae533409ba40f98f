//! Which tasks to look for (c1.md 3.6). There is no filter for "needs step-up": that one is ours.

/// A search. The default finds everything that is readable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TaskSearch {
    /// Only what concerns this person: assigned to them, or, where closed tasks count too, approved by them.
    pub(crate) of_user: Option<String>,
    pub(crate) state: StateFilter,
    /// Of these types; empty means of any.
    pub(crate) types: Vec<TaskType>,
    /// Words in name, description or id.
    pub(crate) query: Option<String>,
    /// Only those whose current step is an approval.
    pub(crate) awaiting_approval: bool,
    /// With the names of what their ids stand for.
    pub(crate) named: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StateFilter {
    /// In any.
    #[default]
    All,
    Open,
    Closed,
}

/// What a task asks for, as far as it can be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskType {
    /// Access is given.
    Grant,
    /// Access is taken away.
    Revoke,
    /// Access is confirmed in a review.
    Certify,
}

impl TaskType {
    /// The API's word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::Certify => "certify",
        }
    }
}
