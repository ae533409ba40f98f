//! The members of the document `stepup.evidence/1`, read strictly: what is missing or of another type is refused by its
//! name.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::ceremony::Ceremony;
use crate::domain::receipt::ApprovalReceipt;

/// Largest document, bytes.
pub(crate) const LARGEST: usize = 1024 * 1024;

/// The schema's name and version.
pub(super) const SCHEMA: &str = "stepup.evidence/1";

/// Times of this many seconds and more are no times of ours: they are milliseconds.
const YEAR_10000: i64 = 253_402_300_800;

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
    #[error("its `{member}` is not as it has to be: {reason}")]
    Member {
        /// With its parents.
        member: String,
        reason: String,
    },
}

impl Malformed {
    pub(super) fn member(member: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Member {
            member: member.into(),
            reason: reason.into(),
        }
    }
}

pub(super) fn receipt(document: &Value) -> Result<ApprovalReceipt, Malformed> {
    let written = member(document, "receipt")?;
    let receipt = ApprovalReceipt::read(written)
        .map_err(|error| Malformed::member("receipt", error.to_string()))?;
    complete("receipt", &receipt, written)?;
    Ok(receipt)
}

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

/// What says how to read the rest.
#[derive(Deserialize)]
struct Head {
    ceremony: Ceremony,
}

/// The ceremony that a document is about, if it is one of ours.
pub(super) fn ceremony(document: &Value) -> Result<Ceremony, Malformed> {
    match document.get("schema") {
        Some(Value::String(schema)) if schema == SCHEMA => {}
        Some(other) => return Err(Malformed::Schema(other.to_string())),
        None => return Err(Malformed::Schema("missing".to_owned())),
    }
    let Head { ceremony } = read("", document)?;
    let _version: String = read("stepup", member(document, "stepup")?)?;
    Ok(ceremony)
}
