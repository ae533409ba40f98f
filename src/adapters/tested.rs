//! When a provider entry was last tested, and how it went. No secret; losing it costs nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::files::{read_private, write_private};

/// The file's name, beside the configuration.
const FILE: &str = "tested.json";

#[derive(Clone, Debug)]
pub(crate) struct Tested(PathBuf);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastTest {
    /// When it ended.
    pub(crate) at: Timestamp,
    pub(crate) passed: bool,
}

impl Tested {
    /// Those of the configuration in this folder.
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    pub(crate) fn all(&self) -> BTreeMap<String, LastTest> {
        read_private(&self.0)
            .ok()
            .flatten()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Keeps the result of a test that ended now.
    pub(crate) fn keep(&self, entry: &str, passed: bool) {
        let mut all = self.all();
        let at = Timestamp::now();
        all.insert(entry.to_owned(), LastTest { at, passed });
        self.write(&all);
    }

    /// Forgets an entry that is no more: another one of its name was never tested.
    pub(crate) fn forget(&self, entry: &str) {
        let mut all = self.all();
        if all.remove(entry).is_some() {
            self.write(&all);
        }
    }

    fn write(&self, all: &BTreeMap<String, LastTest>) {
        let written = serde_json::to_vec_pretty(all).map(|bytes| write_private(&self.0, &bytes));
        if let Ok(Err(error)) = written {
            tracing::debug!("results of tests are not kept: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_result_of_each_entry_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let tested = Tested::new(home.path());
        assert!(tested.all().is_empty());
        tested.keep("okta", false);
        tested.keep("entra", true);
        tested.keep("removed", true);
        tested.forget("removed");
        tested.keep("okta", true);
        let passed: Vec<bool> = tested.all().values().map(|test| test.passed).collect();
        assert_eq!(passed, [true, true]);
    }
}
