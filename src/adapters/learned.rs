//! What was learned about an API and is worth knowing next time: public facts, no secret. Losing it costs
//! a request or two and nothing else: failures to read or write it are ignored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{read_private, write_private};
use crate::domain::ceremony::Ceremony;

/// The file's name, beside the configuration.
const FILE: &str = "learned.json";

/// What is known, by profile.
#[derive(Clone, Debug)]
pub(crate) struct Learned {
    path: PathBuf,
    profile: String,
    api: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Fact {
    api: String,
    /// `local` where the API challenges and takes a step-up token, `hosted` where it has a page of its own.
    ceremony: Ceremony,
}

impl Learned {
    /// What is known of a profile; it counts for that API only.
    pub(crate) fn new(folder: &Path, profile: &str, api: &str) -> Self {
        Self {
            path: folder.join(FILE),
            profile: profile.to_owned(),
            api: api.to_owned(),
        }
    }

    /// The ceremony that was seen last.
    pub(crate) fn ceremony(&self) -> Option<Ceremony> {
        let fact = self.all().remove(&self.profile)?;
        (fact.api == self.api).then_some(fact.ceremony)
    }

    /// Remembers it.
    pub(crate) fn saw(&self, ceremony: Ceremony) {
        if self.ceremony() == Some(ceremony) {
            return;
        }
        let mut all = self.all();
        let api = self.api.clone();
        all.insert(self.profile.clone(), Fact { api, ceremony });
        let written =
            serde_json::to_vec_pretty(&all).map(|bytes| write_private(&self.path, &bytes));
        if let Ok(Err(error)) = written {
            tracing::debug!("what was learned is not kept: {error}");
        }
    }

    fn all(&self) -> BTreeMap<String, Fact> {
        read_private(&self.path)
            .ok()
            .flatten()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_known_for_that_profile_and_api() {
        let home = tempfile::tempdir().unwrap();
        let learned = |profile, api| Learned::new(home.path(), profile, api);
        let acme = learned("acme", "https://acme.example");
        assert_eq!(acme.ceremony(), None);
        acme.saw(Ceremony::Hosted);
        learned("other", "https://other.example").saw(Ceremony::Local);
        assert_eq!(acme.ceremony(), Some(Ceremony::Hosted));
        assert_eq!(learned("acme", "https://else.example").ceremony(), None);
        acme.saw(Ceremony::Local);
        assert_eq!(acme.ceremony(), Some(Ceremony::Local));
    }

    #[test]
    fn a_broken_or_unwritable_memory_is_none() {
        let home = tempfile::tempdir().unwrap();
        let learned = Learned::new(home.path(), "acme", "https://acme.example");
        write_private(&home.path().join(FILE), b"{").unwrap();
        assert_eq!(learned.ceremony(), None);
        let nowhere = Learned::new(&home.path().join(FILE), "acme", "https://acme.example");
        nowhere.saw(Ceremony::Hosted);
        assert_eq!(nowhere.ceremony(), None);
    }
}
