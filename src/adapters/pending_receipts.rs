//! Receipts of approvals that are on their way, beside the log: each is on the disk before its approval is sent, and
//! goes away when the outcome is in the log. One whose process has ended belongs to an approval whose outcome nobody
//! saw; the next command finds it.
//!
//! Who writes one holds a lock on it as long as the process lives, which the system takes away with the process.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::files::append_private;
use super::journal::{Entry, Journal, JournalError};
use crate::domain::receipt::ApprovalOutcome;

/// What their names end in.
const ENDING: &str = "json";
/// Largest one read, bytes: a receipt and its evidence of at most 1 MiB.
const LARGEST: u64 = 4 * 1024 * 1024;

/// What is kept of an approval whose outcome is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PendingReceipt {
    pub(crate) entry: Entry,
    /// Its evidence, where there is some to be kept.
    pub(crate) evidence: Option<Value>,
}

/// Those beside one log.
pub(crate) struct PendingReceipts {
    folder: PathBuf,
}

/// One that is on the disk, and this process's alone.
#[derive(Debug)]
pub(crate) struct Written {
    path: PathBuf,
    /// Holds the lock.
    file: File,
}

impl Written {
    /// The outcome is in the log, or nothing was approved.
    pub(crate) fn remove(self) {
        // Emptied first: one that cannot be removed is not added to the log again and again.
        let emptied = self.file.set_len(0);
        if let Err(error) = emptied.and_then(|()| fs::remove_file(&self.path)) {
            tracing::debug!("`{}` could not be removed: {error}", self.path.display());
        }
    }
}

impl PendingReceipts {
    pub(crate) fn beside(journal: &Journal) -> Self {
        let folder = journal.path().with_extension("pending");
        Self { folder }
    }

    /// Writes one. When this returns it is on the disk.
    pub(crate) fn write(&self, receipt: &PendingReceipt) -> Result<Written, JournalError> {
        let path = self
            .folder
            .join(format!("{:016x}.{ENDING}", rand::random::<u64>()));
        // It has its name when it is locked and whole: what has a name and no lock was left.
        let draft = path.with_extension("draft");
        let mut file = append_private(&draft)?;
        let written = serde_json::to_vec(receipt).map_err(io::Error::from);
        let written = written.and_then(|bytes| {
            file.lock()?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&draft, &path)
        });
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        written.map_err(|error| self.failed(&error))?;
        Ok(Written { path, file })
    }

    /// The names of those that are there, oldest first.
    pub(crate) fn paths(&self) -> Result<Vec<PathBuf>, JournalError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| self.failed(&error))?,
        };
        let mut found: Vec<(SystemTime, PathBuf)> = entries
            .filter_map(|entry| {
                let entry = entry.ok().filter(|entry| is_ours(&entry.path()))?;
                let about = entry.metadata().ok().filter(Metadata::is_file)?;
                Some((about.modified().ok()?, entry.path()))
            })
            .collect();
        found.sort();
        Ok(found.into_iter().map(|(_, path)| path).collect())
    }

    /// The one of this name, unless its process lives, or it is none. What was not written by us stays where it is.
    pub(crate) fn taken(
        &self,
        path: PathBuf,
    ) -> Result<Option<(Written, PendingReceipt)>, JournalError> {
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
        Read::by_ref(&mut file)
            .take(LARGEST)
            .read_to_end(&mut bytes)
            .map_err(|error| self.failed(&error))?;
        let written = Written { path, file };
        if bytes.is_empty() {
            // Somebody else has just added it to the log.
            written.remove();
            return Ok(None);
        }
        let receipt = serde_json::from_slice(&bytes).ok();
        let receipt = receipt.filter(|receipt: &PendingReceipt| {
            // Nobody has seen the outcome of any of these.
            receipt.entry.receipt.get("outcome").and_then(Value::as_str)
                == Some(ApprovalOutcome::Unknown.word())
        });
        Ok(receipt.map(|receipt| (written, receipt)))
    }

    fn failed(&self, error: &io::Error) -> JournalError {
        JournalError::Io {
            path: self.folder.clone(),
            reason: error.to_string(),
        }
    }
}

/// Whether a name is one that we give.
fn is_ours(path: &Path) -> bool {
    let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let number = stem.len() == 16 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    number && path.extension() == Some(OsStr::new(ENDING))
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
                receipt: json!({ "number": number, "outcome": "unknown" }),
            },
            evidence: Some(json!({ "of": number })),
        }
    }

    fn left(pending: &PendingReceipts) -> Vec<(Written, PendingReceipt)> {
        let paths = pending.paths().unwrap().into_iter();
        paths
            .filter_map(|path| pending.taken(path).unwrap())
            .collect()
    }

    fn pending(home: &Path) -> PendingReceipts {
        PendingReceipts::beside(&Journal::new(Some(&home.join("receipts.jsonl"))).unwrap())
    }

    #[test]
    fn what_a_process_holds_is_not_left_and_what_it_let_go_of_is() {
        let home = tempfile::tempdir().unwrap();
        let pending = pending(home.path());
        assert!(left(&pending).is_empty());
        let (first, later) = (pending.write(&receipt(1)), pending.write(&receipt(2)));
        assert!(left(&pending).is_empty());
        drop((first, later));
        let found = left(&pending);
        assert_eq!(found.len(), 2);
        assert!(found.iter().any(|(_, found)| *found == receipt(1)));
        // Whoever keeps them holds them meanwhile.
        assert!(left(&pending).is_empty());
        for (written, _) in found {
            written.remove();
        }
        assert!(left(&pending).is_empty());
        assert_eq!(fs::read_dir(&pending.folder).unwrap().count(), 0);
    }

    /// Whoever cannot remove a file can at least say in it that it is over.
    #[test]
    fn one_that_is_over_is_no_receipt_even_where_its_file_stays() {
        let home = tempfile::tempdir().unwrap();
        let pending = pending(home.path());
        let written = pending.write(&receipt(1)).unwrap();
        let stays = pending.folder.join("00000000ffffffff.json");
        fs::hard_link(&written.path, &stays).unwrap();
        written.remove();
        assert!(stays.exists() && left(&pending).is_empty());
    }

    #[test]
    fn what_is_not_ours_is_no_receipt_and_stays() {
        let home = tempfile::tempdir().unwrap();
        let pending = pending(home.path());
        drop(pending.write(&receipt(1)).unwrap());
        let mut claimed = receipt(2);
        claimed.entry.receipt["outcome"] = "approved".into();
        let claimed = serde_json::to_string(&claimed).unwrap();
        for (name, text) in [
            ("notes.txt", "mine"),
            ("notes.json", "{}"),
            ("0123456789abcdef.json", "of another version"),
            ("fedcba9876543210.json", &claimed),
        ] {
            super::super::files::write_private(&pending.folder.join(name), text.as_bytes())
                .unwrap();
        }
        fs::create_dir(pending.folder.join("00000000ffffffff.json")).unwrap();
        assert_eq!(left(&pending).len(), 1);
        assert_eq!(fs::read_dir(&pending.folder).unwrap().count(), 6);
    }
}
