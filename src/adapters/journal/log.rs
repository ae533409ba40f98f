//! The log as it is read: where its lines are, and whether each follows the one before. A line's receipt is read
//! when it is asked for, so that a long log needs no more memory than a short one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::json;
use sha2::digest::Output;
use sha2::{Digest, Sha256};

use super::{Entry, JournalError, SCHEMA, Seal, Written};

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Log {
    path: PathBuf,
    file: Mutex<Option<File>>,
    places: Vec<Place>,
    flaws: Vec<Flaw>,
}

/// Where a line with a receipt is in the file.
#[derive(Debug)]
struct Place {
    number: usize,
    offset: u64,
    length: usize,
    hash: Output<Sha256>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its number in the file, from 1.
    pub(crate) number: usize,
    /// SHA-256 of the line before; none on the first.
    pub(crate) prev: Option<String>,
    /// What it holds.
    pub(crate) entry: Entry,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Flaw {
    /// Killed while writing: harmless, but that receipt is lost.
    #[error("line {0} was torn off while it was written, and its receipt is lost")]
    Torn(usize),
    /// Not of our making.
    #[error("line {0} is not a receipt")]
    NoReceipt(usize),
    /// The first line names one before it.
    #[error("the log does not begin with line 1: earlier lines were removed")]
    Beheaded,
    /// This line does not name the hash of the line before.
    #[error("line {0} does not follow line {before}: one of them was changed, or what was between them was removed", before = .0 - 1)]
    Unchained(usize),
    /// The last line that was sealed reads otherwise now.
    #[error("line {0} was changed after it was written")]
    Changed(usize),
    /// The log ends too early.
    #[error("the log had {had} lines and has {has}: lines were removed at its end")]
    Shortened {
        /// How many lines the seal names.
        had: usize,
        /// How many lines there are.
        has: usize,
    },
    /// There is no seal, so nobody knows whether the end is the end.
    #[error("the seal of the log is missing, so lines may be missing at its end")]
    NoSeal,
}

impl Flaw {
    /// Whether it means that somebody changed the log.
    pub(crate) const fn is_tampering(&self) -> bool {
        !matches!(self, Self::Torn(_) | Self::NoSeal)
    }
}

impl Log {
    /// Reads all lines of the file, which is at its beginning, and holds on to none of them.
    pub(super) fn of(path: PathBuf, file: Option<File>, seal: Option<&Seal>) -> io::Result<Self> {
        let mut log = Self {
            path,
            ..Self::default()
        };
        let (mut before, mut sealed) = (None, None);
        let (mut count, mut offset) = (0, 0);
        let mut lines = file.as_ref().map(BufReader::new);
        let mut bytes = Vec::new();
        while let Some(lines) = &mut lines {
            bytes.clear();
            let read = lines.read_until(b'\n', &mut bytes)?;
            if read == 0 {
                break;
            }
            count += 1;
            let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            let place = Place {
                number: count,
                offset,
                length: line.len(),
                hash: Sha256::digest(line),
            };
            offset += read as u64;
            let own = format!("{:x}", place.hash);
            log.take_in(line, place, before.as_deref());
            if seal.is_some_and(|seal| seal.lines == count) {
                sealed = Some(own.clone());
            }
            before = Some(own);
        }
        log.check_end(count, seal, sealed.as_deref());
        log.file = Mutex::new(file);
        Ok(log)
    }

    fn take_in(&mut self, line: &[u8], place: Place, before: Option<&str>) {
        let number = place.number;
        let Some(Written { prev, .. }) = written(line) else {
            self.flaws.push(if begins_as_ours(line, before) {
                Flaw::Torn(number)
            } else {
                Flaw::NoReceipt(number)
            });
            return;
        };
        if prev.as_deref() != before {
            self.flaws.push(match number {
                1 => Flaw::Beheaded,
                _ => Flaw::Unchained(number),
            });
        }
        self.places.push(place);
    }

    fn check_end(&mut self, count: usize, seal: Option<&Seal>, sealed: Option<&str>) {
        let flaw = match (seal, sealed) {
            (None, _) if count > 0 => Flaw::NoSeal,
            (Some(seal), None) if seal.lines > 0 => Flaw::Shortened {
                had: seal.lines,
                has: count,
            },
            // The chain says it already where another line follows.
            (Some(seal), Some(own)) if own != seal.last && seal.lines == count => {
                Flaw::Changed(count)
            }
            _ => return,
        };
        self.flaws.push(flaw);
    }

    pub(crate) const fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The receipts, oldest first. Each is read from the file as it comes.
    pub(crate) fn lines(
        &self,
    ) -> impl DoubleEndedIterator<Item = Result<Line, JournalError>> + Clone + Send {
        self.places.iter().map(|place| self.line(place))
    }

    pub(crate) fn numbered(&self, number: usize) -> Option<Result<Line, JournalError>> {
        let place = self.places.iter().find(|place| place.number == number)?;
        Some(self.line(place))
    }

    /// A line as it was when the chain was followed, or not at all.
    fn line(&self, place: &Place) -> Result<Line, JournalError> {
        let changed = || JournalError::Changed(self.path.clone());
        let mut bytes = vec![0; place.length];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            let file = file.as_mut().ok_or_else(changed)?;
            let there = file.seek(SeekFrom::Start(place.offset));
            there
                .and_then(|_| file.read_exact(&mut bytes))
                .map_err(|_| changed())?;
        }
        let same = Sha256::digest(&bytes) == place.hash;
        let Written { prev, entry, .. } = written(&bytes).filter(|_| same).ok_or_else(changed)?;
        Ok(Line {
            number: place.number,
            prev,
            entry,
        })
    }

    /// What is wrong, in the order of the lines.
    pub(crate) fn flaws(&self) -> &[Flaw] {
        &self.flaws
    }
}

fn written(line: &[u8]) -> Option<Written> {
    let written: Option<Written> = serde_json::from_slice(line).ok();
    written.filter(|written| written.schema == SCHEMA)
}

/// Whether this is the beginning of a line that follows the one before: what a killed writer leaves.
fn begins_as_ours(line: &[u8], before: Option<&str>) -> bool {
    let beginning = format!("{{\"schema\":\"{SCHEMA}\",\"prev\":{}", json!(before));
    line.starts_with(beginning.as_bytes()) || beginning.as_bytes().starts_with(line)
}
