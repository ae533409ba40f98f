//! Who lives in the sandbox: the approver that the tool acts for, the requester, and another approver.

use rand::Rng;
use rand::rngs::OsRng;
use serde::{Deserialize, Serialize};

use super::basics::{new_id, random};

/// One account, at the provider and at the API alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    pub(crate) id: String,
    /// The provider's `sub`.
    pub(crate) subject: String,
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

impl Person {
    fn new(username: &str, name: &str) -> Self {
        Self {
            id: new_id(),
            subject: format!("sub-{}", random(20)),
            username: username.to_owned(),
            name: name.to_owned(),
            email: format!("{username}@sandbox.example"),
        }
    }
}

/// Everybody. Kept in the state file, so ids survive a restart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct People {
    /// Mira Chen, whose API credential the configuration holds.
    pub(crate) approver: Person,
    /// Ada Novak, who asks for access.
    pub(crate) requester: Person,
    /// Noor Haddad, an approver of other steps.
    pub(crate) other: Person,
    /// A CI system's job. Cannot sign in: it has no face to show.
    #[serde(default = "workload")]
    pub(crate) workload: Person,
}

fn workload() -> Person {
    Person::new("sandbox-ci", "Sandbox CI")
}

impl People {
    pub(crate) fn new() -> Self {
        Self {
            approver: Person::new("mira.chen", "Mira Chen"),
            requester: Person::new("ada.novak", "Ada Novak"),
            other: Person::new("noor.haddad", "Noor Haddad"),
            workload: workload(),
        }
    }

    pub(crate) fn all(&self) -> [&Person; 3] {
        [&self.approver, &self.requester, &self.other]
    }

    /// The person with this user name or email address.
    pub(crate) fn named(&self, name: &str) -> Option<&Person> {
        self.all()
            .into_iter()
            .find(|person| person.username == name || person.email == name)
    }

    /// The person, or service principal, with this API id.
    pub(crate) fn with_id(&self, id: &str) -> Option<&Person> {
        let mut everybody = self.all().into_iter().chain([&self.workload]);
        everybody.find(|person| person.id == id)
    }

    /// The person with this `sub`.
    pub(crate) fn with_subject(&self, subject: &str) -> Option<&Person> {
        self.all()
            .into_iter()
            .find(|person| person.subject == subject)
    }
}

/// What everybody here types to sign in; new at each start, shown on the sign-in page.
pub(crate) struct Factors {
    pub(crate) password: String,
    pub(crate) code: String,
}

impl Factors {
    pub(crate) fn new() -> Self {
        Self {
            password: random(10),
            code: format!("{:06}", OsRng.gen_range(0..1_000_000)),
        }
    }
}
