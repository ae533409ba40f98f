//! Evidence of an approval: the receipt, and what anybody needs to verify it again, offline and years later. Made here
//! of what a ceremony verified, and verified here without a configuration and without a network.
//!
//! `docs/receipt.md` specifies the document (`stepup.evidence/1`), so that a stranger can implement it. What it shows is
//! the provider's signature over *this* approval, because the nonce that the provider signed commits to the statement.
//! It holds an ID token, and no access token, no code and no credential.

mod agreement;
mod document;
mod granted;
mod hosted;
mod made;
mod sign_in;
#[cfg(test)]
mod tests;
mod trust;

use std::fmt;

use serde::Serialize;

use crate::oidc::jose;
use document::Document;
pub(crate) use document::{LARGEST, Malformed};
pub(crate) use hosted::{Showed, shown_by_the_api};
pub(crate) use made::{Made, made};
pub(crate) use trust::Trust;

/// How far the clock of a verifier may be behind, seconds.
const AHEAD: i64 = 300;

/// What verifying a document came to.
#[derive(Debug, Serialize)]
pub(crate) struct Verified {
    /// The task, by the number that people use.
    pub(crate) task: String,
    /// Its title.
    pub(crate) title: String,
    /// Everything that was looked at, in order.
    pub(crate) checks: Vec<Check>,
    /// What follows.
    pub(crate) verdict: Verdict,
    /// Whose word it is, where it is not the provider's signature alone.
    pub(crate) labels: Vec<&'static str>,
    /// When the ID token expires, seconds since the epoch.
    #[serde(skip)]
    pub(crate) expires_at: Option<i64>,
}

/// One check and its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Check {
    /// What was looked at.
    pub(crate) name: &'static str,
    /// What came of it.
    pub(crate) result: CheckResult,
    /// In words.
    pub(crate) detail: String,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckResult {
    /// It holds.
    Holds,
    /// It does not.
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
    /// Something does not hold.
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
    fn holds(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            result: CheckResult::Holds,
            detail: detail.into(),
        }
    }

    fn fails(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            result: CheckResult::Fails,
            detail: detail.into(),
        }
    }

    fn not_checked(name: &'static str, detail: impl Into<String>) -> Self {
        Self {
            name,
            result: CheckResult::NotChecked,
            detail: detail.into(),
        }
    }

    /// Of something that may fail; the detail is that of success.
    fn of<E: fmt::Display>(
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
    /// The first check that fails.
    pub(crate) fn failure(&self) -> Option<&Check> {
        let mut checks = self.checks.iter();
        checks.find(|check| check.result == CheckResult::Fails)
    }
}

/// Verifies a document, for somebody who trusts these keys; `now` in seconds since the epoch.
pub(crate) fn verify(bytes: &[u8], trust: &Trust, now: i64) -> Result<Verified, Malformed> {
    if bytes.len() > LARGEST {
        return Err(Malformed::TooLarge(bytes.len()));
    }
    let document =
        jose::parse_json(bytes).map_err(|error| Malformed::NotJson(error.to_string()))?;
    Ok(match Document::read(&document)? {
        Document::SignIn(evidence) => sign_in::verify(&evidence, trust, now),
        Document::Hosted(evidence) => hosted::verify(&evidence, trust, now),
    })
}
