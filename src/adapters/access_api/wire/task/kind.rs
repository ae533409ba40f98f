//! `task.type` (c1.md 3.5): a oneof, and what stands in it.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::or_default;
use crate::domain::task::{GrantDuration, TaskKind};

/// Longest duration of the wire format, in seconds: 10,000 years.
const LONGEST: u64 = 315_576_000_000;

/// The oneof.
#[derive(Default, Deserialize)]
pub(super) struct Kind {
    grant: Option<KindBody>,
    revoke: Option<KindBody>,
    certify: Option<KindBody>,
    offboarding: Option<KindBody>,
    action: Option<KindBody>,
    finding: Option<KindBody>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KindBody {
    #[serde(default, deserialize_with = "or_default")]
    grant_duration: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) app_id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) app_entitlement_id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) app_user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    identity_user_id: String,
    /// An offboarding's name of the person.
    #[serde(default, deserialize_with = "or_default")]
    subject_user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    access_review_id: String,
    #[serde(default, deserialize_with = "or_default")]
    resource: ResourceRef,
    #[serde(default, deserialize_with = "or_default")]
    source: Source,
    #[serde(default, deserialize_with = "or_default")]
    outcome: String,
}

/// `AppResourceRef`.
#[derive(Default, Deserialize)]
struct ResourceRef {
    #[serde(default, deserialize_with = "or_default")]
    id: String,
}

/// Where a revocation comes from; of it only the review.
#[derive(Default, Deserialize)]
struct Source {
    #[serde(default, deserialize_with = "or_default")]
    review: Review,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Review {
    #[serde(default, deserialize_with = "or_default")]
    access_review_id: String,
}

impl Kind {
    /// The one type, and its members. Of a type that the contract does not name, those that it shares with the
    /// others; of several at once none.
    pub(super) fn into_one(self) -> (TaskKind, KindBody) {
        let known = [
            ("grant", self.grant),
            ("revoke", self.revoke),
            ("certify", self.certify),
            ("offboarding", self.offboarding),
            ("action", self.action),
            ("finding", self.finding),
        ];
        let mut known: Vec<_> = known
            .into_iter()
            .filter_map(|(name, body)| Some((name, body?)))
            .collect();
        let mut others: Vec<_> = self
            .others
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect();
        match (known.len(), others.len()) {
            (0, 0) => (TaskKind::NotTold, KindBody::default()),
            (1, 0) => {
                let (name, body) = known.remove(0);
                (TaskKind::Known(name), body)
            }
            (0, 1) => {
                let (name, body) = others.remove(0);
                let body = serde_json::from_value(body).unwrap_or_default();
                (TaskKind::Unknown(name), body)
            }
            _ => {
                let known = known.into_iter().map(|(name, _)| name.to_owned());
                let others = others.into_iter().map(|(name, _)| name);
                let names: Vec<String> = known.chain(others).collect();
                (TaskKind::Several(names.join(", ")), KindBody::default())
            }
        }
    }
}

impl KindBody {
    /// Whose access it is, in the type's own member.
    pub(super) fn subject(&self) -> &str {
        if self.identity_user_id.is_empty() {
            &self.subject_user_id
        } else {
            &self.identity_user_id
        }
    }

    pub(super) fn resource_id(&self) -> &str {
        &self.resource.id
    }

    /// The access review that asks, or that a revocation comes from.
    pub(super) fn review_id(&self) -> &str {
        if self.access_review_id.is_empty() {
            &self.source.review.access_review_id
        } else {
            &self.access_review_id
        }
    }

    /// How long it lasts.
    pub(super) fn duration(&self) -> GrantDuration {
        duration(&self.grant_duration)
    }

    /// `GRANT_OUTCOME_GRANTED` is `granted`; a word that is not built so stays as it is.
    pub(super) fn outcome(&self) -> Option<String> {
        let text = self.outcome.as_str();
        let word = text
            .split_once("_OUTCOME_")
            .map_or(text, |(_, word)| word)
            .to_ascii_lowercase();
        Some(word).filter(|word| !["", "unspecified"].contains(&word.as_str()))
    }
}

/// `"28800s"`. Zero says that no end is set. Absent, null and empty are the same (c1.md 1.2), and say nothing.
/// A part of a second, which nobody asks for, is not dropped: two of them would be equal.
pub(in super::super) fn duration(text: &str) -> GrantDuration {
    let digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.strip_suffix('s').filter(digits);
    match number.and_then(|number| number.parse().ok()) {
        Some(0) => GrantDuration::NoEnd,
        Some(seconds) if seconds <= LONGEST => GrantDuration::Seconds(seconds),
        _ if text.is_empty() => GrantDuration::Unknown,
        _ => GrantDuration::Unreadable(text.to_owned()),
    }
}
