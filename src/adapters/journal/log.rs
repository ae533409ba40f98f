//! The log as it is read: its lines, and whether each follows the one before.

use serde_json::json;

use super::{Entry, SCHEMA, Seal, Written, digest};

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Log {
    lines: Vec<Line>,
    flaws: Vec<Flaw>,
}

/// One line with a receipt.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its number in the file, from 1.
    pub(crate) number: usize,
    /// SHA-256 of the line before; none on the first.
    pub(crate) prev: Option<String>,
    /// What it holds.
    pub(crate) entry: Entry,
}

/// What is wrong with the log.
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
    pub(super) fn of(bytes: &[u8], seal: Option<&Seal>) -> Self {
        let mut log = Self::default();
        let (mut before, mut sealed) = (None, None);
        let mut count = 0;
        let whole = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let lines = whole.split(|byte| *byte == b'\n');
        for (line, number) in lines.filter(|_| !bytes.is_empty()).zip(1..) {
            count = number;
            log.take_in(line, number, before.as_deref());
            let own = digest(line);
            if seal.is_some_and(|seal| seal.lines == number) {
                sealed = Some(own.clone());
            }
            before = Some(own);
        }
        log.check_end(count, seal, sealed.as_deref());
        log
    }

    fn take_in(&mut self, line: &[u8], number: usize, before: Option<&str>) {
        let written: Option<Written> = serde_json::from_slice(line)
            .ok()
            .filter(|written: &Written| written.schema == SCHEMA);
        let Some(Written { prev, entry, .. }) = written else {
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
        self.lines.push(Line {
            number,
            prev,
            entry,
        });
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

    /// The receipts, oldest first.
    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What is wrong, in the order of the lines.
    pub(crate) fn flaws(&self) -> &[Flaw] {
        &self.flaws
    }
}

/// Whether this is the beginning of a line that follows the one before: what a killed writer leaves.
fn begins_as_ours(line: &[u8], before: Option<&str>) -> bool {
    let beginning = format!("{{\"schema\":\"{SCHEMA}\",\"prev\":{}", json!(before));
    line.starts_with(beginning.as_bytes()) || beginning.as_bytes().starts_with(line)
}
