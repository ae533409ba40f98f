//! What the API called the people of a receipt when it was made. Ids alone say nothing to people years later, and an
//! account that is gone can no longer be asked for. Nothing is compared with these names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::person::{Approver, called};

/// The people of a receipt whom the API named, by its user id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PeopleRecord(BTreeMap<String, Names>);

/// What the API called somebody; at least one is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Names {
    /// Display name; null where the API did not show it.
    name: Option<String>,
    /// Email address; null where the API did not show it.
    email: Option<String>,
}

impl PeopleRecord {
    /// Those of these people who have a name or an address.
    pub(crate) fn of(people: impl IntoIterator<Item = (String, Approver)>) -> Self {
        let named = people.into_iter().filter_map(|(id, person)| {
            let (name, email) = (person.display_name, person.email);
            (name.is_some() || email.is_some()).then_some((id, Names { name, email }))
        });
        Self(named.collect())
    }

    /// Whether nobody is named: the member is left out then.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The person for people: the name with the address, and the id behind it; the id alone where nobody named them.
    pub(crate) fn in_words(&self, id: &str) -> String {
        let short = |text: &Option<String>| text.as_ref().map(|text| excerpt(text, TITLE));
        let called = self.0.get(id).and_then(|Names { name, email }| {
            called(short(name).as_deref(), short(email).as_deref())
        });
        match called.as_deref() {
            None | Some("") => id.to_owned(),
            Some(called) => format!("{called} ({id})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: Option<&str>, email: Option<&str>) -> String {
        let person = Approver {
            display_name: name.map(str::to_owned),
            email: email.map(str::to_owned),
            ..Approver::default()
        };
        PeopleRecord::of([("u1".to_owned(), person)]).in_words("u1")
    }

    #[test]
    fn the_name_comes_first_and_the_id_is_always_there() {
        for (name, email, words) in [
            (Some("Mira"), Some("m@a.example"), "Mira <m@a.example> (u1)"),
            (Some("Mira"), None, "Mira (u1)"),
            (None, Some("m@a.example"), "m@a.example (u1)"),
            (Some("m@a.example"), Some("m@a.example"), "m@a.example (u1)"),
            (Some("  "), None, "u1"),
            (None, None, "u1"),
        ] {
            assert_eq!(called(name, email), words);
        }
        assert!(called(Some(&"x".repeat(5000)), None).len() < 300);
        assert_eq!(PeopleRecord::default().in_words("u1"), "u1");
    }
}
