//! What verifying evidence came to: the checks that were made, and what follows from them.

use std::fmt;

use serde::Serialize;

/// How far the clock of a verifier may be behind, seconds.
pub(super) const AHEAD: i64 = 300;

#[derive(Debug, Serialize)]
pub(crate) struct Verified {
    /// The task, by the number that people use.
    pub(crate) task: String,
    pub(crate) title: String,
    /// Everything that was looked at, in order.
    pub(crate) checks: Vec<Check>,
    pub(crate) verdict: Verdict,
    /// Whose word it is, where it is not the provider's signature alone.
    pub(crate) labels: Vec<&'static str>,
    /// When the ID token expires, seconds since the epoch.
    #[serde(skip)]
    pub(crate) expires_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) result: CheckResult,
    pub(crate) detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckResult {
    Holds,
    Fails,
    /// It could not be looked at, or there is nothing to look at.
    NotChecked,
}

/// What a reader may conclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// Everything holds, and the signer is one that the verifier trusts.
    Trusted,
    /// Everything holds by the document's own word: who signed it is not established.
    Consistent,
    /// Everything holds; what was signed is a sign-in, and that it was for this approval is the provider's word alone.
    BoundByWord,
    /// Everything holds, and what was signed is a sign-in and not this approval.
    NotBound,
    /// Everything agrees, and is the API's word: nobody signed it.
    Unsigned,
    DoesNotHold,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Trusted => "trusted",
            Self::Consistent => "consistent, signer not established",
            Self::BoundByWord => "consistent, bound to this approval by the provider's word alone",
            Self::NotBound => "consistent, not bound to this approval",
            Self::Unsigned => "consistent, the API's word alone",
            Self::DoesNotHold => "does not hold",
        })
    }
}

impl Check {
    fn new(name: &'static str, result: CheckResult, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self {
            name,
            result,
            detail,
        }
    }

    pub(super) fn holds(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, CheckResult::Holds, detail)
    }

    pub(super) fn fails(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, CheckResult::Fails, detail)
    }

    pub(super) fn not_checked(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, CheckResult::NotChecked, detail)
    }

    /// Of something that may fail; the detail is that of success.
    pub(super) fn of<E: fmt::Display>(
        name: &'static str,
        result: Result<(), E>,
        detail: impl Into<String>,
    ) -> Self {
        match result {
            Ok(()) => Self::holds(name, detail),
            Err(error) => Self::fails(name, error.to_string()),
        }
    }
}

impl Verified {
    pub(crate) fn failure(&self) -> Option<&Check> {
        let mut checks = self.checks.iter();
        checks.find(|check| check.result == CheckResult::Fails)
    }
}
