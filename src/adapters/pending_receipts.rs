//! Receipts of approvals that are on their way, beside the log: each is on the disk before its approval is sent, and
//! goes away when the outcome is in the log. One whose process has ended belongs to an approval whose outcome nobody
//! saw; the next command finds it.
//!
//! Who writes one holds a lock on it as long as the process lives, which the system takes away with the process.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::files::append_private;
use super::journal::{Entry, Journal, JournalError};

/// What is kept of an approval whose outcome is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PendingReceipt {
    pub(crate) entry: Entry,
    /// Its evidence, where there is some to be kept.
    pub(crate) evidence: Option<Value>,
}

/// Those beside one log.
pub(crate) struct PendingReceipts<'a> {
    journal: &'a Journal,
    folder: PathBuf,
}

/// One that is on the disk, and this process's alone.
#[derive(Debug)]
pub(crate) struct Written {
    path: PathBuf,
    /// Holds the lock.
    _file: File,
}

impl Written {
    /// The outcome is in the log, or nothing was approved.
    pub(crate) fn remove(self) {
        // One that stays is found again, and kept: too much is told then, and nothing is lost.
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!("`{}` could not be removed: {error}", self.path.display());
        }
    }
}

impl<'a> PendingReceipts<'a> {
    pub(crate) fn beside(journal: &'a Journal) -> Self {
        let folder = journal.path().with_extension("pending");
        Self { journal, folder }
    }

    /// Writes one. When this returns it is on the disk.
    pub(crate) fn write(&self, receipt: &PendingReceipt) -> Result<Written, JournalError> {
        let path = self
            .folder
            .join(format!("{:016x}.json", rand::random::<u64>()));
        // Nobody takes it for one that was left between its making and its lock.
        let _log = self.journal.locked()?;
        let mut file = append_private(&path)?;
        let written = serde_json::to_vec(receipt).map_err(io::Error::from);
        let written = written.and_then(|bytes| {
            file.lock()?;
            file.write_all(&bytes)?;
            file.sync_all()
        });
        written.map_err(|error| self.failed(&error))?;
        Ok(Written { path, _file: file })
    }

    /// Those whose process has ended, oldest first.
    pub(crate) fn left(&self) -> Result<Vec<(Written, PendingReceipt)>, JournalError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| self.failed(&error))?,
        };
        let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
        let paths = paths.map_err(|error| self.failed(&error))?;
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let _log = self.journal.locked()?;
        let mut left = Vec::new();
        for path in paths {
            left.extend(self.taken(path)?);
        }
        left.sort_by_key(|(_, receipt)| receipt.entry.time);
        Ok(left)
    }

    /// The one at this path, unless its process lives. One that was not written to its end belongs to an approval that
    /// was not sent.
    fn taken(&self, path: PathBuf) -> Result<Option<(Written, PendingReceipt)>, JournalError> {
        if !path.exists() {
            // Its process has just ended it.
            return Ok(None);
        }
        let mut file = append_private(&path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(self.failed(&error)),
            Ok(()) => {}
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|error| self.failed(&error))?;
        let written = Written { path, _file: file };
        let Ok(receipt) = serde_json::from_slice(&bytes) else {
            written.remove();
            return Ok(None);
        };
        Ok(Some((written, receipt)))
    }

    fn failed(&self, error: &io::Error) -> JournalError {
        JournalError::Io {
            path: self.folder.clone(),
            reason: error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn receipt(number: i64) -> PendingReceipt {
        PendingReceipt {
            entry: Entry {
                time: jiff::Timestamp::from_second(number).unwrap(),
                profile: "sandbox".into(),
                api: "api.example".into(),
                receipt: json!({ "number": number }),
            },
            evidence: Some(json!({ "of": number })),
        }
    }

    #[test]
    fn what_a_process_holds_is_not_left_and_what_it_let_go_of_is() {
        let home = tempfile::tempdir().unwrap();
        let journal = Journal::new(Some(&home.path().join("receipts.jsonl"))).unwrap();
        let pending = PendingReceipts::beside(&journal);
        assert!(pending.left().unwrap().is_empty());
        let (later, first) = (pending.write(&receipt(2)), pending.write(&receipt(1)));
        assert!(pending.left().unwrap().is_empty());
        drop((later, first));
        let left = pending.left().unwrap();
        let found: Vec<&PendingReceipt> = left.iter().map(|(_, receipt)| receipt).collect();
        assert_eq!(found, [&receipt(1), &receipt(2)]);
        // Whoever keeps them holds them meanwhile.
        assert!(pending.left().unwrap().is_empty());
        for (written, _) in left {
            written.remove();
        }
        assert!(pending.left().unwrap().is_empty());
        assert_eq!(fs::read_dir(&pending.folder).unwrap().count(), 0);
    }

    #[test]
    fn one_that_was_torn_off_was_never_sent() {
        let home = tempfile::tempdir().unwrap();
        let journal = Journal::new(Some(&home.path().join("receipts.jsonl"))).unwrap();
        let pending = PendingReceipts::beside(&journal);
        let written = pending.write(&receipt(1)).unwrap();
        let path = written.path.clone();
        drop(written);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(pending.left().unwrap().is_empty());
        assert!(!path.exists());
    }
}
