//! How long a granted access lasts. What cannot be read has a value of its own, and is never equal to what is
//! not told, nor to what else cannot be read.

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How long a granted access lasts. In JSON `{"seconds": N}`, `"no-end"`, `"unknown"` or `{"unreadable": "..."}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GrantDuration {
    Seconds(u64),
    /// The API says that no end is set.
    NoEnd,
    /// The API does not say.
    #[default]
    Unknown,
    /// What the API says is no duration: its own words.
    Unreadable(String),
}

impl fmt::Display for GrantDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(seconds) => {
                let seconds = i64::try_from(*seconds).unwrap_or(i64::MAX);
                write!(f, "{:#}", SignedDuration::from_secs(seconds))
            }
            Self::NoEnd => f.write_str("no end is set"),
            Self::Unknown => f.write_str("unknown (the API names no end)"),
            Self::Unreadable(words) => write!(f, "unreadable: {words}"),
        }
    }
}
