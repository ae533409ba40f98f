//! The document `stepup.evidence/1`, read strictly: what is missing or of another type is refused by its name.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::hosted::HostedEvidence;
use crate::domain::ceremony::Ceremony;
use crate::domain::commitment::{AppliedTerms, Consent};
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::statement::Statement;

/// Largest document, bytes.
pub(crate) const LARGEST: usize = 1024 * 1024;

/// The schema's name and version.
pub(super) const SCHEMA: &str = "stepup.evidence/1";

/// Times of this many seconds and more are no times of ours: they are milliseconds.
const YEAR_10000: i64 = 253_402_300_800;

/// Largest tolerated clock difference that a provider entry may name, seconds.
const MOST_SKEW: i64 = 300;

/// Why a document is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    /// It is larger than any document of ours.
    #[error("it has {0} bytes, and evidence has at most {LARGEST}")]
    TooLarge(usize),
    /// It is not JSON, or names a member twice.
    #[error("it cannot be read as JSON: {0}")]
    NotJson(String),
    /// Another schema, or another version of it.
    #[error("its `schema` is {0}, wanted `{SCHEMA}`")]
    Schema(String),
    /// A member is missing or is not as it has to be.
    #[error("its `{member}` is not as it has to be: {reason}")]
    Member {
        /// The member, with its parents.
        member: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Malformed {
    fn member(member: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Member {
            member: member.into(),
            reason: reason.into(),
        }
    }
}

/// A document that was read.
#[derive(Debug)]
pub(super) enum Document {
    /// Of a ceremony of ours.
    SignIn(Box<SignInEvidence>),
    /// Of one of the API's.
    Hosted(Box<HostedEvidence>),
}

/// Evidence of a ceremony in which `stepup` was the relying party.
#[derive(Debug)]
pub(super) struct SignInEvidence {
    /// Which ceremony.
    pub(super) ceremony: Ceremony,
    /// The receipt.
    pub(super) receipt: ApprovalReceipt,
    /// The statement, as it stands there: what the commitment is computed of.
    pub(super) statement: Value,
    /// What was shown.
    pub(super) shown: Statement,
    /// What was consented to beside it.
    pub(super) consent: Consent,
    /// What the sign-in brought.
    pub(super) sign_in: SignInMembers,
}

/// The members of the sign-in.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SignInMembers {
    /// Base64url; none where the sign-in does not commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) salt: Option<String>,
    /// As it came.
    pub(super) id_token: String,
    /// When it came, seconds since the epoch.
    pub(super) received_at: i64,
    /// The key that signed it.
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

/// A key of a provider.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PublishedKey {
    /// As it was published, public members only.
    pub(super) jwk: Value,
    /// RFC 7638, SHA-256.
    pub(super) thumbprint: String,
    /// Where.
    pub(super) jwks_uri: String,
    /// When it was fetched, seconds since the epoch.
    pub(super) fetched_at: i64,
}

/// What `UserInfo` said.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct UserInfoWord {
    /// Whose word it is.
    pub(super) label: String,
    /// The claims that were used.
    pub(super) claims: Value,
}

/// What the token endpoint answered of a rich authorization request (RFC 9396 §7).
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct GrantedWord {
    /// Whose word it is.
    pub(super) label: String,
    /// As it came.
    pub(super) answer: Value,
}

impl Document {
    /// Reads a document.
    pub(super) fn read(document: &Value) -> Result<Self, Malformed> {
        match document.get("schema") {
            Some(Value::String(schema)) if schema == SCHEMA => {}
            Some(other) => return Err(Malformed::Schema(other.to_string())),
            None => return Err(Malformed::Schema("missing".to_owned())),
        }
        let Head { ceremony } = read("", document)?;
        let _version: String = read("stepup", member(document, "stepup")?)?;
        match ceremony {
            Ceremony::Local | Ceremony::Backchannel => {
                SignInEvidence::read(ceremony, document).map(|read| Self::SignIn(Box::new(read)))
            }
            Ceremony::Hosted => {
                HostedEvidence::read(document).map(|read| Self::Hosted(Box::new(read)))
            }
        }
    }
}

/// What says how to read the rest.
#[derive(Deserialize)]
struct Head {
    ceremony: Ceremony,
}

impl SignInEvidence {
    fn read(ceremony: Ceremony, document: &Value) -> Result<Self, Malformed> {
        let statement = member(document, "statement")?;
        let sign_in: SignInMembers = read("", document)?;
        let consent: Consent = read("statement", statement)?;
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

/// The receipt, with all its members.
pub(super) fn receipt(document: &Value) -> Result<ApprovalReceipt, Malformed> {
    let written = member(document, "receipt")?;
    let receipt = ApprovalReceipt::read(written)
        .map_err(|error| Malformed::member("receipt", error.to_string()))?;
    complete("receipt", &receipt, written)?;
    Ok(receipt)
}

/// A time in seconds.
pub(super) fn seconds(name: &str, time: i64) -> Result<(), Malformed> {
    match time {
        YEAR_10000.. => Err(Malformed::member(
            name,
            format!("wanted seconds since 1970, and {time} is a time in milliseconds"),
        )),
        ..0 => Err(Malformed::member(name, "it lies before 1970")),
        _ => Ok(()),
    }
}

pub(super) fn member<'a>(document: &'a Value, name: &str) -> Result<&'a Value, Malformed> {
    let member = document.get(name);
    member.ok_or_else(|| Malformed::member(name, "it is missing"))
}

/// Reads these members; an error names the one that is wrong.
pub(super) fn read<T: DeserializeOwned>(parent: &str, value: &Value) -> Result<T, Malformed> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = [parent, path.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty() && *part != ".")
            .collect::<Vec<_>>()
            .join(".");
        let reason = error.into_inner().to_string();
        Malformed::member(if path.is_empty() { "document" } else { &path }, reason)
    })
}

/// Reads all of these members: null is there, and nothing is left out.
pub(super) fn whole<T: DeserializeOwned + Serialize>(
    parent: &str,
    value: &Value,
) -> Result<T, Malformed> {
    let read: T = read(parent, value)?;
    complete(parent, &read, value)?;
    Ok(read)
}

/// Whether every member that would be written is there.
fn complete(parent: &str, read: &impl Serialize, written: &Value) -> Result<(), Malformed> {
    let whole = serde_json::to_value(read).unwrap_or_default();
    match missing(&whole, written) {
        None => Ok(()),
        Some(name) => Err(Malformed::member(
            format!("{parent}.{name}"),
            "it is missing",
        )),
    }
}

/// The first member of `whole` that is not in `written`.
fn missing(whole: &Value, written: &Value) -> Option<String> {
    let (Value::Object(whole), Value::Object(written)) = (whole, written) else {
        return None;
    };
    whole.iter().find_map(|(name, value)| {
        let Some(written) = written.get(name) else {
            return Some(name.clone());
        };
        missing(value, written).map(|inner| format!("{name}.{inner}"))
    })
}
