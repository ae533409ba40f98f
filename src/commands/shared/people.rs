//! Names for the API's user ids, each asked for once. Decoration: a person the role may not read is shown
//! by id.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::adapters::access_api::AccessApi;
use crate::adapters::threads::side_by_side;
use crate::domain::person::{Approver, called};
use crate::domain::task::{Details, Task};

/// At most so many are named in one line.
const MOST_NAMED: usize = 4;

/// Those whose names we know, or know that we cannot.
pub(in crate::commands) struct People<'a> {
    api: &'a AccessApi,
    /// Whose the API credential is.
    me: &'a str,
    known: BTreeMap<String, Approver>,
}

/// A person as scripts see them.
#[derive(Serialize)]
pub(in crate::commands) struct Person {
    user_id: String,
    name: Option<String>,
    email: Option<String>,
}

impl Person {
    /// The person of this id, with what is known of them; `None` without an id.
    pub(in crate::commands) fn of(id: &str, known: Option<&Approver>) -> Option<Self> {
        let known = known.cloned().unwrap_or_default();
        (!id.is_empty()).then(|| Self {
            user_id: id.to_owned(),
            name: known.display_name,
            email: known.email,
        })
    }
}

/// A name, with the mark of the one who reads it. Somebody else's that has the mark in it is said not to be.
fn marked(name: &str, is_me: bool) -> String {
    let is_you = |inside: &str| {
        let letters = inside.chars().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_lowercase).eq("you".chars())
    };
    let brackets = |c: char| "()[]{}（）［］".contains(c);
    if is_me {
        format!("{name} (you)")
    } else if name.split(brackets).skip(1).any(is_you) {
        format!("{name} (not you)")
    } else {
        name.to_owned()
    }
}

impl<'a> People<'a> {
    /// Nobody yet; whoever has the id `me` is marked among them.
    pub(in crate::commands) const fn new(api: &'a AccessApi, me: &'a str) -> Self {
        Self {
            api,
            me,
            known: BTreeMap::new(),
        }
    }

    /// Takes what was told of people beside a task.
    pub(in crate::commands) fn told(&mut self, details: &Details) {
        let people = &details.people;
        self.known.extend(
            people
                .iter()
                .map(|(id, person)| (id.clone(), person.clone())),
        );
    }

    /// Asks for all of them that are not known yet, side by side.
    pub(in crate::commands) fn meet<'b>(&mut self, ids: impl IntoIterator<Item = &'b str>) {
        let mut strangers: Vec<&str> = ids
            .into_iter()
            .filter(|id| !id.is_empty() && !self.known.contains_key(*id))
            .collect();
        strangers.sort_unstable();
        strangers.dedup();
        let met = side_by_side(strangers.into_iter(), |id| {
            (id.to_owned(), self.api.user(id).unwrap_or_default())
        });
        self.known.extend(met);
    }

    /// The name, or whatever there is to call them by: `Mira Chen (you)`.
    pub(in crate::commands) fn name(&mut self, id: &str) -> String {
        let name = self.plain_name(id);
        self.marked(id, &name)
    }

    /// What somebody is called, and whether it is the one who reads it.
    pub(in crate::commands) fn marked(&self, id: &str, name: &str) -> String {
        marked(name, !id.is_empty() && id == self.me)
    }

    fn plain_name(&mut self, id: &str) -> String {
        if id.is_empty() {
            return "somebody".to_owned();
        }
        self.meet([id]);
        let name = self.known.get(id).and_then(|person| {
            let name = person.display_name.as_ref().or(person.email.as_ref());
            name.or(person.username.as_ref()).cloned()
        });
        name.unwrap_or_else(|| id.to_owned())
    }

    /// The names of those of these people who are known already: nobody is asked for.
    pub(in crate::commands) fn among(&self, ids: &[String]) -> Vec<String> {
        let known = ids.iter().filter_map(|id| self.known.get(id));
        let named = known.filter_map(|person| person.display_name.clone());
        named.take(MOST_NAMED).collect()
    }

    /// The name with the email address, where both are known.
    pub(in crate::commands) fn name_and_email(&mut self, id: &str) -> String {
        let name = self.plain_name(id);
        let email = self.known.get(id).and_then(|person| person.email.as_ref());
        let called = called(Some(&name), email.map(String::as_str));
        self.marked(id, &called.unwrap_or_default())
    }

    /// For whom the task waits, as far as the API tells.
    pub(in crate::commands) fn waited_for(&mut self, task: &Task) -> String {
        let ids = &task.step_approver_ids;
        self.meet(ids.iter().map(String::as_str));
        let first = ids.iter().take(MOST_NAMED);
        let mut names: Vec<String> = first.map(|id| self.name_and_email(id)).collect();
        let more = ids.len().saturating_sub(MOST_NAMED);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        if names.is_empty() {
            return "the API does not say whom".to_owned();
        }
        names.join(", ")
    }

    /// The person for scripts; `None` without an id.
    pub(in crate::commands) fn person(&mut self, id: &str) -> Option<Person> {
        self.meet([id]);
        Person::of(id, self.known.get(id))
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn nobody_else_can_have_the_mark_of_the_reader() {
        for (name, is_me, shown) in [
            ("Mira Chen", true, "Mira Chen (you)"),
            ("Mira Chen", false, "Mira Chen"),
            ("Li You", false, "Li You"),
            ("Mira Chen (you)", false, "Mira Chen (you) (not you)"),
            ("Mira Chen ( You )", false, "Mira Chen ( You ) (not you)"),
            ("Mira Chen （you）", false, "Mira Chen （you） (not you)"),
            (
                "Mira (you) <eve@acme.example>",
                false,
                "Mira (you) <eve@acme.example> (not you)",
            ),
            ("Jo Young (ops)", false, "Jo Young (ops)"),
            ("Mira (platform)", false, "Mira (platform)"),
        ] {
            assert_eq!(marked(name, is_me), shown);
        }
    }
}
