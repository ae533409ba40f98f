//! The log of receipts: a file of JSON lines that is only ever added to, readable by its owner alone. It
//! holds no secret, since a receipt holds none.
//!
//! Each line names the SHA-256 of the line before (`prev`), and a seal beside the file names the last one,
//! so that a line that was changed, removed or put in shows. Whoever can write here could write all of it
//! anew, seal included: against that the API is asked, which has its own record (`receipt verify`).
//!
//! Writers take turns by a lock on the file. One that is killed while it writes leaves a torn last line,
//! which costs its own receipt and no other.

mod log;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::files::{
    PrivateFileError, append_private, lock, lock_shared, open_private, read_private, state_folder,
    write_private,
};
use super::hidden::without_secrets;
pub(crate) use log::{Flaw, Line, Log};

/// The file's name in the state folder.
const FILE: &str = "receipts.jsonl";
/// Largest log read, bytes: some fifty thousand receipts.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Why the log could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JournalError {
    /// There is no home folder, and so no state folder.
    #[error("there is no home folder to keep a log of receipts in")]
    NoHome,
    /// The file is not private, or the system said no.
    #[error(transparent)]
    File(#[from] PrivateFileError),
    /// The system said no.
    #[error("the log of receipts `{}` could not be used: {reason}", path.display())]
    Io { path: PathBuf, reason: String },
    /// More than 64 MiB.
    #[error("the log of receipts `{}` is larger than 64 MiB", .0.display())]
    TooLarge(PathBuf),
    /// A line is not what it was a moment ago.
    #[error("the log of receipts `{}` was changed while it was read", .0.display())]
    Changed(PathBuf),
}

/// One receipt and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// When it was written.
    pub(crate) time: Timestamp,
    pub(crate) profile: String,
    /// Host and port of the API.
    pub(crate) api: String,
    pub(crate) receipt: Value,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
struct Written {
    schema: String,
    /// SHA-256 of the line before, hexadecimal; null on the first.
    prev: Option<String>,
    #[serde(flatten)]
    entry: Entry,
}

const SCHEMA: &str = "stepup.receipt-log/1";

/// What the seal says: so many lines there were, and this was the last.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seal {
    lines: usize,
    last: String,
}

/// The log of this machine.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    path: PathBuf,
}

impl Journal {
    /// The log in this file, or in the platform's state folder.
    pub(crate) fn new(explicit: Option<&Path>) -> Result<Self, JournalError> {
        if let Some(path) = explicit {
            let path = path.to_owned();
            return Ok(Self { path });
        }
        let path = state_folder().ok_or(JournalError::NoHome)?.join(FILE);
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file, to be added to; no other process reads or writes the log as long as this is held.
    fn locked(&self) -> Result<File, JournalError> {
        let file = append_private(&self.path)?;
        lock(&file).map_err(|error| self.failed(&error))?;
        Ok(file)
    }

    /// Adds a receipt. When this returns it is on the disk, or not in the log. Why its seal could not be written, if it
    /// could not: the receipt is there all the same, and the next one seals both.
    pub(crate) fn append(&self, entry: &Entry) -> Result<Option<JournalError>, JournalError> {
        let mut file = self.locked()?;
        let last = last_line(&mut file).map_err(|error| self.failed(&error))?;
        let before = last.as_ref().map(|last| digest(&last.bytes));
        let line = Written {
            schema: SCHEMA.to_owned(),
            prev: before.clone(),
            entry: entry.clone(),
        };
        let line = serde_json::to_string(&line).map_err(|error| self.failed(&error.into()))?;
        let line = without_secrets(&line).into_owned().into_bytes();
        let mut bytes = Vec::with_capacity(line.len() + 2);
        if last.is_some_and(|last| last.torn) {
            // What a killed writer left becomes a line of its own, and is chained as it is.
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(&line);
        bytes.push(b'\n');
        file.write_all(&bytes)
            .and_then(|()| file.sync_data())
            .map_err(|error| self.failed(&error))?;
        Ok(self.seal(&mut file, before.as_deref(), &line).err())
    }

    /// All of it, with what is wrong with it; empty if there is none.
    pub(crate) fn read(&self) -> Result<Log, JournalError> {
        let failed = |error| self.failed(&error);
        let file = open_private(&self.path)?;
        if let Some(file) = &file {
            lock_shared(file).map_err(failed)?;
            if file.metadata().map_err(failed)?.len() > LARGEST {
                return Err(JournalError::TooLarge(self.path.clone()));
            }
        }
        // Under the same lock, or a writer could come in between.
        let seal = self.sealed()?;
        let held = file.as_ref().map(File::try_clone).transpose();
        let log = Log::of(self.path.clone(), held.map_err(failed)?, seal.as_ref());
        let log = log.map_err(failed)?;
        // Lines are read later, too. They stay where they are, and writers need not wait: should they have to, then until
        // this command ends, which does not change what was read.
        if let Some(file) = file {
            let _ = file.unlock();
        }
        Ok(log)
    }

    /// Names the last line, and how many there are: one more than before, where the seal is that of the line before,
    /// so that a long log takes no longer than a short one.
    fn seal(&self, file: &mut File, before: Option<&str>, last: &[u8]) -> Result<(), JournalError> {
        let sealed = self.sealed()?;
        let follows = |seal: &Seal| before == Some(seal.last.as_str());
        let lines = match sealed
            .filter(follows)
            .and_then(|seal| seal.lines.checked_add(1))
        {
            Some(lines) => lines,
            None => count_lines(file).map_err(|error| self.failed(&error))?,
        };
        let last = digest(last);
        let seal = serde_json::to_vec(&Seal { lines, last });
        let seal = seal.map_err(|error| self.failed(&error.into()))?;
        Ok(write_private(&self.seal_path(), &seal)?)
    }

    /// A seal that cannot be read is none.
    fn sealed(&self) -> Result<Option<Seal>, JournalError> {
        let bytes = read_private(&self.seal_path())?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn seal_path(&self) -> PathBuf {
        self.path.with_extension("seal")
    }

    fn failed(&self, error: &io::Error) -> JournalError {
        JournalError::Io {
            path: self.path.clone(),
            reason: error.to_string(),
        }
    }
}

/// The last line of the file.
struct LastLine {
    bytes: Vec<u8>,
    /// There is no line feed behind it.
    torn: bool,
}

/// Reads the last line, from the end of the file backwards.
fn last_line(file: &mut File) -> io::Result<Option<LastLine>> {
    const CHUNK: u64 = 8 * 1024;
    let mut start = file.seek(SeekFrom::End(0))?;
    let mut tail: Vec<u8> = Vec::new();
    while start > 0 {
        let from = start.saturating_sub(CHUNK);
        file.seek(SeekFrom::Start(from))?;
        let mut chunk = Vec::new();
        Read::by_ref(file)
            .take(start - from)
            .read_to_end(&mut chunk)?;
        chunk.append(&mut tail);
        tail = chunk;
        start = from;
        let line = tail.strip_suffix(b"\n").unwrap_or(&tail);
        if line.contains(&b'\n') {
            break;
        }
    }
    let Some(end) = tail.last() else {
        return Ok(None);
    };
    let torn = *end != b'\n';
    let line = tail.strip_suffix(b"\n").unwrap_or(&tail);
    let bytes = line.rsplit(|byte| *byte == b'\n').next();
    Ok(bytes.map(|bytes| LastLine {
        bytes: bytes.to_vec(),
        torn,
    }))
}

fn count_lines(file: &mut File) -> io::Result<usize> {
    file.seek(SeekFrom::Start(0))?;
    let mut chunk = vec![0; 64 * 1024];
    let mut lines = 0;
    loop {
        let read = file.read(&mut chunk)?;
        let some = chunk.get(..read).unwrap_or_default();
        if some.is_empty() {
            return Ok(lines);
        }
        lines += some.split(|byte| *byte == b'\n').count() - 1;
    }
}

/// SHA-256 in hexadecimal.
fn digest(line: &[u8]) -> String {
    format!("{:x}", Sha256::digest(line))
}

#[cfg(test)]
mod tests;
