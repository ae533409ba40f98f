//! What a task asks for: one of the types of the contract (c1.md 3.5), or what the API says instead.

use std::fmt;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum TaskKind {
    /// The API names none.
    #[default]
    NotTold,
    /// One of the contract's: `grant`, `revoke`, `certify`, ...
    Known(&'static str),
    /// One that the contract does not name, in the API's word.
    Unknown(String),
    /// More than one, although it can only be one; in the API's words.
    Several(String),
}

impl TaskKind {
    /// The API's own word or words.
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::NotTold => None,
            Self::Known(word) => Some(word),
            Self::Unknown(words) | Self::Several(words) => Some(words),
        }
    }
}

impl fmt::Display for TaskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTold => f.write_str("unknown (the API names none)"),
            Self::Known(word) => f.write_str(word),
            Self::Unknown(word) => write!(f, "unknown ({word})"),
            Self::Several(words) => write!(f, "contradictory ({words})"),
        }
    }
}
