//! Under which account at a provider the API's person signed in first (B9.19): a file in the user's
//! state folder. It names nobody, since it holds hashes only.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::remembered::{Kept, Remembered, RememberedError};
use crate::domain::person::fingerprint;

#[derive(Debug)]
pub(crate) struct KnownPeople(Remembered<Accounts>);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Accounts {
    /// The account of each person, both as hashes.
    accounts: BTreeMap<String, String>,
}

impl Kept for Accounts {
    const FILE: &'static str = "known-people.json";
    const SCHEMA: &'static str = "stepup.known-people/1";
    const WHAT: &'static str = "known people";
}

/// Whose account it is: a person of an API, at one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whose(String);

impl Whose {
    pub(crate) fn of(api_origin: &str, user_id: &str, issuer: &str) -> Self {
        Self(fingerprint([api_origin, user_id, issuer]))
    }
}

impl KnownPeople {
    /// Those of the user whose state folder this is. No option may name another: a run that chose its own
    /// would know nobody.
    pub(crate) fn within(folder: Option<&Path>) -> Result<Self, RememberedError> {
        Remembered::within(folder).map(Self)
    }

    /// The account ([`crate::domain::person::account`]) of their first match; `None` before that.
    pub(crate) fn account(&self, whose: &Whose) -> Result<Option<String>, RememberedError> {
        Ok(self.0.read()?.accounts.remove(&whose.0))
    }

    /// Remembers it, instead of any other.
    pub(crate) fn remember(&self, whose: &Whose, account: &str) -> Result<(), RememberedError> {
        let _lock = self.0.lock()?;
        let mut kept = self.0.read()?;
        let before = kept.accounts.insert(whose.0.clone(), account.to_owned());
        if before.as_deref() == Some(account) {
            return Ok(());
        }
        self.0.write(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::files::write_private;

    fn whose(api: &str, user: &str, issuer: &str) -> Whose {
        Whose::of(api, user, issuer)
    }

    #[test]
    fn an_account_is_known_for_that_person_of_that_api_at_that_provider() {
        let home = tempfile::tempdir().unwrap();
        let people = KnownPeople::within(Some(home.path())).unwrap();
        let mira = whose("https://api.example", "u1", "https://idp.example");
        assert_eq!(people.account(&mira).unwrap(), None);
        people.remember(&mira, "one").unwrap();
        people.remember(&mira, "one").unwrap();
        assert_eq!(people.account(&mira).unwrap().as_deref(), Some("one"));
        for other in [
            whose("https://other.example", "u1", "https://idp.example"),
            whose("https://api.example", "u2", "https://idp.example"),
            whose("https://api.example", "u1", "https://other.example"),
            whose("https://api.exampleu", "1", "https://idp.example"),
        ] {
            assert_eq!(people.account(&other).unwrap(), None);
            people.remember(&other, "two").unwrap();
        }
        assert_eq!(people.account(&mira).unwrap().as_deref(), Some("one"));
        people.remember(&mira, "three").unwrap();
        assert_eq!(people.account(&mira).unwrap().as_deref(), Some("three"));
    }

    #[test]
    fn a_damaged_memory_is_said_and_kept() {
        let home = tempfile::tempdir().unwrap();
        let people = KnownPeople::within(Some(home.path())).unwrap();
        let mira = whose("https://api.example", "u1", "https://idp.example");
        for bytes in [&b"{"[..], b"{\"schema\":\"x\",\"accounts\":{}}"] {
            write_private(&people.0.path, bytes).unwrap();
            let refused = people.account(&mira).unwrap_err();
            assert!(refused.to_string().contains("remove it"), "{refused}");
            assert!(people.remember(&mira, "one").is_err());
            assert_eq!(std::fs::read(&people.0.path).unwrap(), bytes);
        }
    }
}
