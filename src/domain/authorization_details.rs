//! Rich authorization requests (RFC 9396): the statement goes to the provider as an object of a type that it knows, so
//! that the provider can show it to the person, and comes back as what was granted. No I/O.
//!
//! What comes back is the provider's word over TLS, which nobody can verify later; signed it is only where the ID token
//! has it too.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::excerpt::excerpt;

/// The longest that a provider may add, bytes of JSON: more than anybody reads.
const LONGEST: usize = 8192;

/// The deepest that it may be nested. Readers of JSON give up somewhere, and a receipt that has it has more around it than
/// the answer: it would be written, and lost.
const DEEPEST: usize = 16;

/// Longest name and value that is shown of what was added, characters.
const SHOWN: usize = 120;

/// The member of our object beside `type`. It is not spread over the object, because a statement has a `type` too.
const STATEMENT: &str = "statement";

/// What the provider is asked to grant (RFC 9396 §2): one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuthorizationDetails {
    kind: String,
    statement: Value,
}

/// What the provider granted: our object, letter for letter, and what it added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GrantedDetails {
    /// The answer's `authorization_details`, as it came.
    pub(crate) answer: Value,
    /// For the receipt.
    pub(crate) record: DetailsRecord,
}

/// What a receipt says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DetailsRecord {
    /// The type, as it was asked for.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Members that the provider added to our object (RFC 9396 §7.1); empty where it added none.
    pub(crate) added: Map<String, Value>,
    /// Whether the ID token has it too, so that the provider signed it.
    pub(crate) signed: bool,
}

/// Why an answer does not grant what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotGranted {
    /// It says nothing of it (RFC 9396 §7 has it say what was granted).
    #[error("it is missing")]
    Missing,
    /// It is no array of objects.
    #[error("it is not a list of objects")]
    NotObjects,
    /// Nothing was granted, or more than was asked for.
    #[error("it has {0} objects, and one was asked for")]
    Count(usize),
    /// An object of another type.
    #[error("its type is not `{0}`")]
    Type(String),
    /// A member that was sent is not there, or has another value.
    #[error("its `{0}` is not what was sent")]
    Member(String),
    /// The ID token has a member that the answer, which is what is told, does not have.
    #[error("the ID token adds to it what the token answer does not")]
    Untold,
    /// It has more than anybody reads.
    #[error(
        "what was added to what was sent is more than {LONGEST} bytes, or nested more than {DEEPEST} deep"
    )]
    TooMuch,
}

impl AuthorizationDetails {
    /// Of the parameter, of the answer's member, and of the claim (RFC 9396 §2, §7, §9.1).
    pub(crate) const NAME: &'static str = "authorization_details";

    /// This statement, as an object of this type.
    pub(crate) fn new(kind: &str, statement: Value) -> Self {
        Self {
            kind: kind.to_owned(),
            statement,
        }
    }

    /// The `authorization_details` parameter (RFC 9396 §3).
    pub(crate) fn parameter(&self) -> String {
        json!([{ "type": self.kind, STATEMENT: self.statement }]).to_string()
    }

    /// Whether the token answer grants it, and the ID token's claim where it has one: our object alone, and every
    /// member of it equal. The claim may have less of what was added than the answer, and no more.
    pub(crate) fn granted(
        &self,
        answer: Option<&Value>,
        claim: Option<&Value>,
    ) -> Result<GrantedDetails, NotGranted> {
        let answer = answer.ok_or(NotGranted::Missing)?;
        let added = self.compared(answer)?;
        if let Some(claim) = claim {
            let signed = self.compared(claim)?;
            if signed
                .iter()
                .any(|(name, value)| added.get(name) != Some(value))
            {
                return Err(NotGranted::Untold);
            }
        }
        Ok(GrantedDetails {
            answer: answer.clone(),
            record: DetailsRecord {
                kind: self.kind.clone(),
                added,
                signed: claim.is_some(),
            },
        })
    }

    /// What was added to our object.
    fn compared(&self, answer: &Value) -> Result<Map<String, Value>, NotGranted> {
        let objects = answer.as_array().ok_or(NotGranted::NotObjects)?;
        let [object] = objects.as_slice() else {
            return Err(NotGranted::Count(objects.len()));
        };
        let mut added = object.as_object().ok_or(NotGranted::NotObjects)?.clone();
        if added.remove("type") != Some(Value::String(self.kind.clone())) {
            return Err(NotGranted::Type(self.kind.clone()));
        }
        let statement = added.remove(STATEMENT).unwrap_or_default();
        if let Some(member) = difference(STATEMENT, &self.statement, &statement) {
            return Err(NotGranted::Member(member));
        }
        let size = Value::Object(added.clone()).to_string().len();
        if size > LONGEST || added.values().any(|value| depth(value) > DEEPEST) {
            return Err(NotGranted::TooMuch);
        }
        Ok(added)
    }
}

/// Members that were added, each with its value, as short as a line takes.
pub(crate) fn in_words(added: &Map<String, Value>) -> String {
    let each = added.iter().map(|(name, value)| {
        format!(
            "`{}`: {}",
            excerpt(name, SHOWN),
            excerpt(&value.to_string(), SHOWN)
        )
    });
    each.collect::<Vec<_>>().join(", ")
}

/// How many lists and objects are in each other.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// The first member in which they differ, by its path. A statement with a member more is another statement.
fn difference(path: &str, sent: &Value, got: &Value) -> Option<String> {
    let (Value::Object(ours), Value::Object(theirs)) = (sent, got) else {
        return (sent != got).then(|| path.to_owned());
    };
    let inner = |name: &str| format!("{path}.{name}");
    let changed = ours.iter().find_map(|(name, sent)| match theirs.get(name) {
        Some(got) => difference(&inner(name), sent, got),
        None => Some(inner(name)),
    });
    let more = || theirs.keys().find(|name| !ours.contains_key(*name));
    // Its name is not ours, and is not repeated.
    changed.or_else(|| more().map(|_| path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement() -> Value {
        json!({
            "action": "approve", "title": "Grant prod-admin", "account": null, "emergency": false,
            "app": { "id": "aws", "name": "AWS" }, "duration": { "seconds": 28800 },
            "requirement": { "acr_values": ["phr"], "max_age": 300 },
        })
    }

    fn sent() -> AuthorizationDetails {
        AuthorizationDetails::new("stepup_approval", statement())
    }

    fn answer() -> Value {
        serde_json::from_str(&sent().parameter()).unwrap()
    }

    fn refused(answer: &Value) -> NotGranted {
        let refused = sent().granted(Some(answer), None).unwrap_err();
        // The ID token's word is compared as strictly.
        let ours = self::answer();
        assert_eq!(
            sent().granted(Some(&ours), Some(answer)),
            Err(refused.clone())
        );
        refused
    }

    #[test]
    fn b17_3_what_was_sent_is_granted_and_what_was_added_is_told() {
        let granted = sent().granted(Some(&answer()), None).unwrap();
        assert_eq!(granted.answer, answer());
        assert_eq!(granted.record.added, Map::new());
        assert!(!granted.record.signed);
        let mut more = answer();
        more[0]["limit"] = json!({ "uses": 1 });
        let granted = sent().granted(Some(&more), Some(&answer())).unwrap();
        assert_eq!(
            Value::from(granted.record.added),
            json!({ "limit": { "uses": 1 } })
        );
        assert!(granted.record.signed);
    }

    /// What the provider signed is told, or refused: the receipt has what the answer added.
    #[test]
    fn b17_3_the_id_token_adds_nothing_that_the_answer_does_not() {
        let with = |members: Value| {
            let mut details = answer();
            let object = details[0].as_object_mut().unwrap();
            object.extend(members.as_object().unwrap().clone());
            details
        };
        for (told, signed, granted) in [
            (json!({ "limit": 1 }), json!({ "limit": 1 }), true),
            (
                json!({ "limit": 1, "also": [] }),
                json!({ "also": [] }),
                true,
            ),
            (json!({ "limit": 1 }), json!({ "limit": 2 }), false),
            (
                json!({ "limit": 1 }),
                json!({ "limit": 1, "also": [] }),
                false,
            ),
            (json!({}), json!({ "also": null }), false),
        ] {
            let granted_now = sent().granted(Some(&with(told)), Some(&with(signed.clone())));
            assert_eq!(granted_now.is_ok(), granted, "{signed}");
        }
    }

    #[test]
    fn b17_3_anything_else_is_refused() {
        let ours = answer()[0].clone();
        let mut other_type = ours.clone();
        other_type["type"] = "Stepup_approval".into();
        for (answer, why) in [
            (json!(null), NotGranted::NotObjects),
            (ours.clone(), NotGranted::NotObjects),
            (json!(answer().to_string()), NotGranted::NotObjects),
            (json!([]), NotGranted::Count(0)),
            (json!([ours, ours]), NotGranted::Count(2)),
            (json!([ours, { "type": "payment" }]), NotGranted::Count(2)),
            (json!([[ours]]), NotGranted::NotObjects),
            (
                json!([other_type]),
                NotGranted::Type("stepup_approval".into()),
            ),
            (
                json!([{ "type": "stepup_approval" }]),
                NotGranted::Member("statement".into()),
            ),
        ] {
            assert_eq!(refused(&answer), why, "{answer}");
        }
        assert_eq!(sent().granted(None, None), Err(NotGranted::Missing));
        let mut long = answer();
        long[0]["story"] = "x".repeat(LONGEST).into();
        assert_eq!(refused(&long), NotGranted::TooMuch);
    }

    #[test]
    fn b17_3_what_is_added_is_nested_no_deeper_than_can_be_kept() {
        let nested = |depth: usize| {
            let mut more = answer();
            let one = |deep: Value, at| match at % 2 {
                0 => json!([1, deep]),
                _ => json!({ "a": 1, "z": deep }),
            };
            more[0]["more"] = (0..depth).fold(json!([]), one);
            more
        };
        assert!(sent().granted(Some(&nested(DEEPEST - 1)), None).is_ok());
        assert_eq!(refused(&nested(DEEPEST)), NotGranted::TooMuch);
    }

    /// Every member, at every depth: left out, null, and another.
    #[test]
    fn b17_3_every_member_counts() {
        let mut counted = 0;
        for (pointer, value) in leaves("/0/statement", &statement()) {
            let mut changed = vec![json!("x"), json!({})];
            changed.extend((!value.is_null()).then_some(Value::Null));
            if let Some(text) = value.as_str() {
                changed.push(format!("{text} ").into());
                changed.push(format!(" {text}").into());
            }
            for other in changed {
                let mut answer = answer();
                *answer.pointer_mut(&pointer).unwrap() = other;
                assert!(
                    matches!(refused(&answer), NotGranted::Member(_)),
                    "{answer}"
                );
                counted += 1;
            }
            let mut without = answer();
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let parent = without.pointer_mut(parent).unwrap();
            if let Some(members) = parent.as_object_mut() {
                members.remove(name);
                assert!(
                    matches!(refused(&without), NotGranted::Member(_)),
                    "{without}"
                );
            }
        }
        assert!(counted > 20);
        let mut more = answer();
        more[0]["statement"]["resource"] = "all of it".into();
        assert_eq!(refused(&more), NotGranted::Member("statement".into()));
    }

    fn leaves(path: &str, value: &Value) -> Vec<(String, Value)> {
        let below = |name: &str, value: &Value| leaves(&format!("{path}/{name}"), value);
        match value {
            Value::Object(members) => members
                .iter()
                .flat_map(|(name, value)| below(name, value))
                .collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .flat_map(|(at, value)| below(&at.to_string(), value))
                .collect(),
            leaf => vec![(path.to_owned(), leaf.clone())],
        }
    }
}
