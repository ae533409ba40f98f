//! Evidence of a sign-in, as it is written and read.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::members::{Malformed, member, read, receipt, seconds, whole};
use crate::domain::ceremony::Ceremony;
use crate::domain::commitment::{AppliedTerms, CommittedConsent};
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::statement::Statement;

/// Largest tolerated clock difference that a provider entry may name, seconds.
const MOST_SKEW: i64 = 300;

/// Evidence of a ceremony in which `stepup` was the relying party.
#[derive(Debug)]
pub(super) struct SignInEvidence {
    pub(super) ceremony: Ceremony,
    pub(super) receipt: ApprovalReceipt,
    /// The statement, as it stands there: what the commitment is computed of.
    pub(super) statement: Value,
    pub(super) shown: Statement,
    pub(super) consent: CommittedConsent,
    pub(super) sign_in: SignInMembers,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SignInMembers {
    /// Base64url; none where the sign-in does not commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) salt: Option<String>,
    /// As it came.
    pub(super) id_token: String,
    /// When it came, seconds since the epoch.
    pub(super) received_at: i64,
    pub(super) key: PublishedKey,
    /// The provider entry's terms by which it was judged.
    pub(super) terms: AppliedTerms,
    /// What `UserInfo` said of the person, where it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) userinfo: Option<UserInfoWord>,
    /// What the provider granted of what it was given to show, where it was given something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) authorization_details: Option<GrantedWord>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PublishedKey {
    /// As it was published, public members only.
    pub(super) jwk: Value,
    /// RFC 7638, SHA-256.
    pub(super) thumbprint: String,
    pub(super) jwks_uri: String,
    /// When it was fetched, seconds since the epoch.
    pub(super) fetched_at: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct UserInfoWord {
    pub(super) label: String,
    pub(super) claims: Value,
}

/// What the token endpoint answered of a rich authorization request (RFC 9396 §7).
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct GrantedWord {
    pub(super) label: String,
    /// As it came.
    pub(super) answer: Value,
}

impl SignInEvidence {
    pub(super) fn read(ceremony: Ceremony, document: &Value) -> Result<Self, Malformed> {
        let statement = member(document, "statement")?;
        let sign_in: SignInMembers = read("", document)?;
        let consent: CommittedConsent = read("statement", statement)?;
        if ceremony == Ceremony::Local && sign_in.salt.is_none() {
            return Err(Malformed::member("salt", "it is missing"));
        }
        if sign_in.terms.authorization_details.is_some() && sign_in.authorization_details.is_none()
        {
            return Err(Malformed::member("authorization_details", "it is missing"));
        }
        for (name, time) in [
            ("statement.consented_at", consent.consented_at),
            ("received_at", sign_in.received_at),
            ("key.fetched_at", sign_in.key.fetched_at),
        ] {
            seconds(name, time)?;
        }
        if !(0..=MOST_SKEW).contains(&sign_in.terms.skew) {
            return Err(Malformed::member(
                "terms.skew",
                "no entry has such a tolerance",
            ));
        }
        Ok(Self {
            ceremony,
            receipt: receipt(document)?,
            shown: whole("statement", statement)?,
            statement: statement.clone(),
            consent,
            sign_in,
        })
    }
}
