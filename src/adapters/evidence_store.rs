//! Evidence of approvals, beside the log of receipts: a folder with a file for each, readable by its owner alone.
//! The file's name is the hash of the receipt, so that a receipt leads to its evidence and nothing has to be counted.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::time::SystemTime;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::files::{PrivateFileError, read_private, write_private};
use super::journal::Journal;

/// Most documents that are kept.
const MOST: usize = 50_000;

/// Why evidence could not be kept, read or removed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EvidenceError {
    /// A file is not private, or the system said no.
    #[error(transparent)]
    File(#[from] PrivateFileError),
    /// The folder cannot be read.
    #[error("the folder of evidence `{}` could not be used: {reason}", folder.display())]
    Folder { folder: PathBuf, reason: String },
    /// There is more than is kept.
    #[error("the folder of evidence `{}` holds {MOST} documents already", .0.display())]
    Full(PathBuf),
}

/// The evidence that belongs to a log of receipts.
pub(crate) struct EvidenceStore {
    folder: PathBuf,
}

impl EvidenceStore {
    pub(crate) fn beside(journal: &Journal) -> Self {
        Self {
            folder: journal.path().with_extension("evidence"),
        }
    }

    /// Keeps the evidence of this receipt. When this returns it is on the disk.
    pub(crate) fn keep(&self, receipt: &Value, document: &[u8]) -> Result<(), EvidenceError> {
        if self.files()?.len() >= MOST {
            return Err(EvidenceError::Full(self.folder.clone()));
        }
        Ok(write_private(&self.path(receipt), document)?)
    }

    /// The evidence of this receipt, if there is any.
    pub(crate) fn of(&self, receipt: &Value) -> Result<Option<Vec<u8>>, EvidenceError> {
        Ok(read_private(&self.path(receipt))?)
    }

    pub(crate) fn has(&self, receipt: &Value) -> bool {
        self.path(receipt).is_file()
    }

    /// What was kept before this time.
    pub(crate) fn older(&self, before: SystemTime) -> Result<Vec<PathBuf>, EvidenceError> {
        let mut older = Vec::new();
        for path in self.files()? {
            let kept = path.metadata().and_then(|metadata| metadata.modified());
            if kept.map_err(|error| self.failed(&error))? < before {
                older.push(path);
            }
        }
        Ok(older)
    }

    pub(crate) fn remove(&self, documents: &[PathBuf]) -> Result<(), EvidenceError> {
        for path in documents {
            fs::remove_file(path).map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Every document; a draft that a killed writer left is none.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, EvidenceError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| self.failed(&error))?,
        };
        let is_ours = |path: &PathBuf| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        };
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let paths: io::Result<Vec<PathBuf>> = paths.collect();
        let mut paths = paths.map_err(|error| self.failed(&error))?;
        paths.retain(is_ours);
        Ok(paths)
    }

    /// Members of the value are in alphabetical order, as they are in the log.
    fn path(&self, receipt: &Value) -> PathBuf {
        let name = Sha256::digest(receipt.to_string());
        self.folder.join(format!("{name:x}.json"))
    }

    fn failed(&self, error: &io::Error) -> EvidenceError {
        EvidenceError::Folder {
            folder: self.folder.clone(),
            reason: error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;

    fn store() -> (tempfile::TempDir, EvidenceStore) {
        let home = tempfile::tempdir().unwrap();
        let journal = Journal::new(Some(&home.path().join("state/receipts.jsonl"))).unwrap();
        let store = EvidenceStore::beside(&journal);
        (home, store)
    }

    #[test]
    fn evidence_is_found_by_its_receipt_and_private() {
        let (home, store) = store();
        let (one, other) = (json!({ "b": 1, "a": 2 }), json!({ "a": 2, "b": 2 }));
        assert!(store.of(&one).unwrap().is_none());
        store.keep(&one, b"evidence").unwrap();
        let same: Value = serde_json::from_str(r#"{"a": 2, "b": 1}"#).unwrap();
        assert_eq!(store.of(&same).unwrap().unwrap(), b"evidence");
        assert!(store.has(&same) && !store.has(&other));
        assert!(store.of(&other).unwrap().is_none());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let folder = home.path().join("state/receipts.evidence");
            let mode = |path: PathBuf| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(folder), 0o700);
            assert_eq!(mode(store.path(&one)), 0o600);
            let open = PermissionsExt::from_mode(0o644);
            fs::set_permissions(store.path(&one), open).unwrap();
            assert!(store.of(&one).is_err());
        }
        drop(home);
    }

    #[test]
    fn what_is_older_is_removed_and_nothing_else() {
        let (_home, store) = store();
        assert!(store.older(SystemTime::now()).unwrap().is_empty());
        for number in 0..3 {
            store.keep(&json!(number), b"evidence").unwrap();
        }
        let draft = store.folder.join(".stepup-0");
        fs::write(&draft, b"").unwrap();
        let day = Duration::from_secs(24 * 3600);
        let old = SystemTime::now() - 2 * day;
        for path in [store.path(&json!(0)), draft.clone()] {
            fs::File::options()
                .write(true)
                .open(path)
                .unwrap()
                .set_modified(old)
                .unwrap();
        }
        let older = store.older(SystemTime::now() - day).unwrap();
        assert_eq!(older, [store.path(&json!(0))]);
        store.remove(&older).unwrap();
        assert!(draft.exists() && !store.has(&json!(0)));
        assert!(store.has(&json!(1)) && store.has(&json!(2)));
    }
}
