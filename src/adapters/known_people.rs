//! Under which account at a provider the API's person signed in first (B9.19): a file in the user's
//! state folder, readable by its owner alone. It names nobody, since it holds hashes only.
//!
//! Writers take turns by a lock on a file beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{PrivateFileError, append_private, read_private, write_private};
use crate::domain::person::fingerprint;

/// The file's name in the state folder.
const FILE: &str = "known-people.json";
const SCHEMA: &str = "stepup.known-people/1";

/// Why nobody is known, or becomes so.
#[derive(Debug, thiserror::Error)]
pub enum KnownPeopleError {
    /// Nobody's home, so there is no state folder.
    #[error("there is no home folder to remember accounts in")]
    NoHome,
    /// The file is not private, or the system said no.
    #[error(transparent)]
    File(#[from] PrivateFileError),
    /// The system has no locks there.
    #[error("`{}` could not be locked: {reason}", path.display())]
    Lock {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Not of our making, or damaged.
    #[error("`{}` cannot be read as a list of known people; remove it to begin anew", .0.display())]
    Corrupt(PathBuf),
}

/// The known people of this machine.
#[derive(Clone, Debug)]
pub struct KnownPeople {
    path: PathBuf,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    schema: String,
    /// The account of each person, both as hashes.
    accounts: BTreeMap<String, String>,
}

/// Whose account it is: a person of an API, at one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose(String);

impl Whose {
    /// The person with this id at the API of this origin, at this issuer.
    pub fn of(api_origin: &str, user_id: &str, issuer: &str) -> Self {
        Self(fingerprint([api_origin, user_id, issuer]))
    }
}

impl KnownPeople {
    /// Those of the user whose state folder this is. No option may name another: a run that chose its own
    /// would know nobody.
    pub fn within(folder: Option<&Path>) -> Result<Self, KnownPeopleError> {
        let path = folder.ok_or(KnownPeopleError::NoHome)?.join(FILE);
        Ok(Self { path })
    }

    /// The account ([`crate::domain::person::account`]) of their first match; `None` before that.
    pub fn account(&self, whose: &Whose) -> Result<Option<String>, KnownPeopleError> {
        Ok(self.kept()?.accounts.remove(&whose.0))
    }

    /// Remembers it, instead of any other.
    pub fn remember(&self, whose: &Whose, account: &str) -> Result<(), KnownPeopleError> {
        let path = self.path.with_extension("lock");
        let lock = append_private(&path)?;
        lock.lock().map_err(|error| KnownPeopleError::Lock {
            path,
            reason: error.to_string(),
        })?;
        let mut kept = self.kept()?;
        let before = kept.accounts.insert(whose.0.clone(), account.to_owned());
        if before.as_deref() == Some(account) {
            return Ok(());
        }
        let corrupt = |_| KnownPeopleError::Corrupt(self.path.clone());
        let bytes = serde_json::to_vec_pretty(&kept).map_err(corrupt)?;
        Ok(write_private(&self.path, &bytes)?)
    }

    fn kept(&self) -> Result<Kept, KnownPeopleError> {
        let Some(bytes) = read_private(&self.path)? else {
            return Ok(Kept {
                schema: SCHEMA.to_owned(),
                accounts: BTreeMap::new(),
            });
        };
        let kept: Option<Kept> = serde_json::from_slice(&bytes).ok();
        kept.filter(|kept| kept.schema == SCHEMA)
            .ok_or_else(|| KnownPeopleError::Corrupt(self.path.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            write_private(&people.path, bytes).unwrap();
            let refused = people.account(&mira).unwrap_err();
            assert!(refused.to_string().contains("remove it"), "{refused}");
            assert!(people.remember(&mira, "one").is_err());
            assert_eq!(std::fs::read(&people.path).unwrap(), bytes);
        }
    }
}
