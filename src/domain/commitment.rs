//! The commitment of a sign-in to one approval. The nonce of the request is the hash of a random salt and of what the
//! person consented to, so that the provider, which signs the nonce, signs this approval without knowing it.
//!
//! The nonce stays what it has to be (duties B5.2 and B9.2): each visit of the start page has a salt of its own, and
//! nobody who does not have the salt can guess it. No I/O.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::authorization_details::AuthorizationDetails;
use super::canonical::{NotCanonical, canonical};
use super::person::PersonRule;
use super::requirement::{AcrRequirement, Freshness, RequestStyle};
use super::salt::Salt;

/// The provider entry's terms by which the sign-in is judged, beside the requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AppliedTerms {
    /// Accepted algorithms of the ID token's signature.
    pub(crate) algorithms: Vec<String>,
    /// Methods that must all be in `amr`.
    pub(crate) amr: Vec<String>,
    /// The type as which the provider was given the statement (RFC 9396), where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authorization_details: Option<String>,
    pub(crate) person: PersonRule,
    /// Tolerated clock difference, seconds.
    pub(crate) skew: i64,
    /// Values that count beside the required ones.
    pub(crate) stronger: Vec<String>,
    /// Accepted values that are known to be weak.
    pub(crate) weak: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommittedRequirement {
    /// Accepted values, or Microsoft Entra's authentication contexts.
    pub(crate) acr_values: Vec<String>,
    pub(crate) claim: StrengthClaim,
    /// Seconds.
    pub(crate) max_age: Option<u64>,
    /// Whether a new sign-in is required, whatever the age.
    pub(crate) freshness: Freshness,
}

/// In which claim the provider says how strong the sign-in was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StrengthClaim {
    Acr,
    /// `acrs`, Microsoft Entra's authentication contexts.
    Acrs,
}

/// What the statement of an approval has beside what was shown: the members that come of the consent and of the
/// provider entry that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommittedConsent {
    /// The approver, by the API's id.
    pub(crate) approver: String,
    pub(crate) client_id: String,
    /// SHA-256 of the comment, hexadecimal; of nothing where there is none.
    pub(crate) comment_sha256: String,
    /// When the person consented, seconds since the epoch.
    pub(crate) consented_at: i64,
    pub(crate) issuer: String,
    /// What is required of the sign-in.
    pub(crate) requirement: CommittedRequirement,
    /// SHA-256 of the canonical JSON of the [`AppliedTerms`], hexadecimal.
    pub(crate) terms_sha256: String,
}

/// A statement that sign-ins commit to, with the terms whose hash it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Committed {
    statement: Value,
    canonical: Vec<u8>,
    terms: AppliedTerms,
}

impl CommittedRequirement {
    /// What is committed to of a requirement; the rest of it is in the [`AppliedTerms`].
    pub(crate) fn of(requirement: &AcrRequirement) -> Self {
        Self {
            acr_values: requirement.acr_values.clone(),
            claim: match requirement.request {
                RequestStyle::EntraContexts => StrengthClaim::Acrs,
                RequestStyle::AcrValues
                | RequestStyle::EssentialClaims
                | RequestStyle::FreshnessOnly => StrengthClaim::Acr,
            },
            max_age: requirement.max_age,
            freshness: requirement.freshness,
        }
    }

    /// The requirement by which a sign-in is judged.
    pub(crate) fn with(&self, terms: &AppliedTerms) -> AcrRequirement {
        AcrRequirement {
            acr_values: self.acr_values.clone(),
            max_age: self.max_age,
            freshness: self.freshness,
            amr: terms.amr.clone(),
            request: match self.claim {
                StrengthClaim::Acr => RequestStyle::AcrValues,
                StrengthClaim::Acrs => RequestStyle::EntraContexts,
            },
            fresh_max_age: 0,
            not_before: None,
            stronger: terms.stronger.clone(),
            weak: terms.weak.clone(),
        }
    }
}

impl AppliedTerms {
    /// SHA-256 of their canonical JSON, hexadecimal.
    pub(crate) fn sha256(&self) -> Result<String, NotCanonical> {
        let terms = serde_json::to_value(self);
        let terms = terms.map_err(|error| NotCanonical::Unwritable(error.to_string()))?;
        Ok(format!("{:x}", Sha256::digest(canonical(&terms)?)))
    }
}

/// The comment's hash, as a statement has it.
pub(crate) fn comment_sha256(comment: Option<&str>) -> String {
    format!("{:x}", Sha256::digest(comment.unwrap_or_default()))
}

impl Committed {
    /// What was shown (a statement), with what was consented to beside it.
    pub(crate) fn new(
        shown: &impl Serialize,
        consent: &CommittedConsent,
        terms: AppliedTerms,
    ) -> Result<Self, NotCanonical> {
        let mut members = object(shown)?;
        members.extend(object(consent)?);
        let statement = Value::Object(members);
        Ok(Self {
            canonical: canonical(&statement)?,
            statement,
            terms,
        })
    }

    /// The statement that is committed to: `stepup.statement/1` with the members of [`CommittedConsent`].
    pub(crate) const fn statement(&self) -> &Value {
        &self.statement
    }

    /// The terms whose hash the statement has.
    pub(crate) const fn terms(&self) -> &AppliedTerms {
        &self.terms
    }

    /// What the provider is given of it, where the entry names a type for that.
    pub(crate) fn authorization_details(&self) -> Option<AuthorizationDetails> {
        let kind = self.terms.authorization_details.as_deref()?;
        Some(AuthorizationDetails::new(kind, self.statement.clone()))
    }

    pub(crate) fn nonce(&self, salt: &Salt) -> String {
        salt.nonce(&self.canonical)
    }
}

fn object(value: &impl Serialize) -> Result<Map<String, Value>, NotCanonical> {
    let value = serde_json::to_value(value);
    match value.map_err(|error| NotCanonical::Unwritable(error.to_string()))? {
        Value::Object(members) => Ok(members),
        other => Err(NotCanonical::Unwritable(format!(
            "{other} is not an object"
        ))),
    }
}

#[cfg(test)]
mod tests;
