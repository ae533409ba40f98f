//! Every member changed by a letter, and every member left out.

use super::*;

/// Every path to a value that is no object, with the value.
pub(super) fn leaves(value: &Value, path: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                leaves(value, &format!("{path}/{name}"), all);
            }
        }
        _ => all.push(path.to_owned()),
    }
}

pub(super) fn members(value: &Value, path: &str, all: &mut Vec<String>) {
    if let Value::Object(members_) = value {
        for (name, value) in members_ {
            all.push(format!("{path}/{name}"));
            members(value, &format!("{path}/{name}"), all);
        }
    }
}

/// The same value with one letter more, or another number or truth.
pub(super) fn otherwise(value: &mut Value) {
    *value = match value {
        Value::String(text) => format!("{text}x").into(),
        Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
        Value::Bool(truth) => (!*truth).into(),
        Value::Null => "x".into(),
        Value::Array(items) => {
            let mut items = items.clone();
            items.push("x".into());
            items.into()
        }
        Value::Object(_) => unreachable!(),
    };
}

/// In which check a change of this member of the statement shows beside the commitment.
fn group(member: &str) -> Option<&'static str> {
    match member {
        "/comment_sha256" | "/consented_at" | "/requirement/freshness" | "/requirement/claim" => {
            None
        }
        "/issuer" => Some("issuer"),
        "/client_id" => Some("audience"),
        "/terms_sha256" => Some("terms"),
        _ => Some("receipt"),
    }
}

#[test]
fn every_letter_of_the_statement_is_signed() {
    let document = evidence(&Provider::new(1));
    let mut paths = Vec::new();
    leaves(&document["statement"], "", &mut paths);
    assert_eq!(paths.len(), 28);
    for path in paths {
        let mut changed = document.clone();
        otherwise(changed["statement"].pointer_mut(&path).unwrap());
        match check(&changed, &Provider::new(1).keys()) {
            Ok(_) => {
                let failing = failing(&changed);
                assert!(failing.contains(&"commitment"), "{path}: {failing:?}");
                let group = group(&path);
                assert!(
                    group.is_none_or(|group| failing.contains(&group)),
                    "{path}: {failing:?}"
                );
            }
            // A word that there is not.
            Err(Malformed::Member { member, .. }) => {
                let named = format!("statement{}", path.replace('/', "."));
                assert!(named.starts_with(&member), "{member} {path}");
            }
            Err(other) => panic!("{path}: {other}"),
        }
    }
}

/// A member that may be left out, for whoever publishes or makes it may.
const OPTIONAL: [&str; 2] = ["/key/jwk/use", "/key/jwk/alg"];

#[test]
fn every_member_is_needed() {
    let document = evidence(&Provider::new(1));
    let mut paths = Vec::new();
    members(&document, "", &mut paths);
    paths.retain(|path| !OPTIONAL.contains(&path.as_str()));
    assert!(paths.len() > 80, "{}", paths.len());
    for path in paths {
        let (parent, name) = path.rsplit_once('/').unwrap();
        let mut without = document.clone();
        let members = without.pointer_mut(parent).unwrap();
        members.as_object_mut().unwrap().remove(name);
        match check(&without, &Provider::new(1).keys()) {
            Ok(verified) => {
                assert_eq!(verified.verdict, Verdict::DoesNotHold, "{path}");
            }
            Err(Malformed::Schema(got)) => {
                assert_eq!((path.as_str(), got.as_str()), ("/schema", "missing"));
            }
            // Its only member.
            Err(error) if name == "seconds" => assert!(error.to_string().contains("single key")),
            Err(error) => assert!(error.to_string().contains(name), "{path}: {error}"),
        }
    }
}

#[test]
fn members_that_are_not_known_are_borne() {
    let mut document = evidence(&Provider::new(1));
    document["weather"] = "fair".into();
    document["key"]["weather"] = "fair".into();
    document["receipt"]["weather"] = "fair".into();
    assert_eq!(failing(&document), [""; 0]);
    // In the statement it is one that nobody signed.
    document["statement"]["weather"] = "fair".into();
    assert_eq!(failing(&document), ["commitment"]);
    // And where it was signed, a later version's.
    let later = committed_to(|statement, _| statement["weather"] = "fair".into());
    assert_eq!(failing(&later), [""; 0]);
}
