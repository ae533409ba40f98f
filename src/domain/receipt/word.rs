//! A word of a list that later versions may add to: within a schema's number there may be a caveat, a fact or a
//! ceremony that this version does not know, and it shows the word.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Word<T> {
    Known(T),
    /// A later version's.
    Later(String),
}

impl<T: Copy> Word<T> {
    /// What it means, if that is known.
    pub(crate) fn known(&self) -> Option<T> {
        match self {
            Self::Known(known) => Some(*known),
            Self::Later(_) => None,
        }
    }

    /// Its text; a later version's is shown as it is.
    pub(crate) fn text(&self, of_known: impl FnOnce(T) -> &'static str) -> &str {
        match self {
            Self::Known(known) => of_known(*known),
            Self::Later(word) => word,
        }
    }
}

impl<T> From<T> for Word<T> {
    fn from(known: T) -> Self {
        Self::Known(known)
    }
}

impl<T: PartialEq> PartialEq<T> for Word<T> {
    fn eq(&self, known: &T) -> bool {
        matches!(self, Self::Known(own) if own == known)
    }
}
