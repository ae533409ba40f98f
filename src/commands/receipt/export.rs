//! `stepup receipt export` and `prune`: the evidence of approvals, handed out and removed.

use std::path::Path;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde_json::Value;

use super::{READ, chosen, read};
use crate::adapters::evidence_store::EvidenceStore;
use crate::adapters::files::write_fresh;
use crate::adapters::journal::{Line, Log};
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::{ignore_broken_pipe, span};
use crate::cli::{ReceiptExport, ReceiptPrune};
use crate::commands::shared::receipt_log::journal;
use crate::context::{Consent, Context};
use crate::error::{Error, ErrorKind};
use crate::evidence::{Trust, verify};

/// Prints the evidence of one approval, or of all.
pub(in super::super) fn export(context: &Context, args: &ReceiptExport) -> Result<(), Error> {
    let log = read(context)?;
    let store = EvidenceStore::beside(&journal(context)?);
    let mut destination = Destination {
        context,
        file: args.file.as_deref(),
        lines: Vec::new(),
    };
    if args.all {
        let (exported, without) = all(&mut destination, &store, &log, args.now)?;
        return destination.finish(exported, without);
    }
    let line = chosen(&log, args.receipt, "stepup receipt export")?;
    let number = line.number;
    let document = store.of(&line.entry.receipt)?.ok_or_else(|| none(&line))?;
    let valid = still_valid(&document).filter(|_| !args.now);
    let valid = valid.map(|left| span(Duration::from_secs(left.unsigned_abs())));
    if let Some(left) = valid.as_ref().filter(|_| args.file.is_none()) {
        return Err(Error::refused(format!("the ID token in the evidence of receipt {number} is still valid, for {left}"))
        .hint("run it again when the token has expired: until then a service that does not check the audience could accept it")
        .hint("`--file evidence.json` writes it to a file that only you can read; `--now` prints it anyway"));
    }
    destination.add(number, &document)?;
    destination.finish(1, 0)?;
    if let Some(left) = valid {
        context.terminal.warn(format_args!(
            "the ID token in it is valid for {left} more: hand it to nobody before that"
        ));
    }
    Ok(())
}

/// Where evidence goes: to stdout, or into a file, which is written when all of it is there.
struct Destination<'a> {
    context: &'a Context,
    file: Option<&'a Path>,
    lines: Vec<u8>,
}

impl Destination<'_> {
    fn add(&mut self, number: usize, document: &[u8]) -> Result<(), Error> {
        let document: Value = serde_json::from_slice(document).map_err(|error| {
            Error::failed(format!("the evidence of receipt {number} cannot be read: {error}"))
            .hint("it was changed after it was written; the API's own record is `stepup task show TASK --audit`")
            .caused_by(error)
        })?;
        if self.file.is_some() {
            self.lines.extend(document.to_string().into_bytes());
            self.lines.push(b'\n');
            return Ok(());
        }
        let printed = self.context.terminal.next_document(&document);
        printed.or_else(ignore_broken_pipe(READ))
    }

    /// Writes the file, and says what is in it, and of how many receipts there is nothing.
    fn finish(self, exported: usize, without: usize) -> Result<(), Error> {
        let Some(file) = self.file else {
            return Ok(());
        };
        if exported == 0 {
            return Err(
                Error::refused("no evidence was written, and no file was made")
                    .hint("evidence whose token is still valid is written only with `--now`"),
            );
        }
        write_fresh(file, &self.lines).map_err(|error| {
            Error::of(ErrorKind::Failed, error)
                .hint("name a file that is not there yet, in a folder of yours, with `--file`")
        })?;
        let what = match exported {
            1 => "the evidence of 1 approval is".to_owned(),
            many => format!("the evidence of {many} approvals is"),
        };
        let none = match without {
            0 => String::new(),
            1 => "; 1 receipt has none (evidence is of approvals with step-up)".to_owned(),
            many => format!("; {many} receipts have none (evidence is of approvals with step-up)"),
        };
        let text = format!("{what} in `{}`{none}", file.display());
        self.context.terminal.say(sanitize(&text));
        Ok(())
    }
}

/// What is kept, oldest first: how much that is, and of how many receipts nothing is kept. What may not be handed out yet is said.
fn all(
    destination: &mut Destination<'_>,
    store: &EvidenceStore,
    log: &Log,
    now: bool,
) -> Result<(usize, usize), Error> {
    let (mut valid, mut exported, mut without) = (0, 0, 0);
    for line in log.lines() {
        let line = line?;
        let Some(document) = store.of(&line.entry.receipt)? else {
            without += 1;
            continue;
        };
        if !now && still_valid(&document).is_some() {
            valid += 1;
            continue;
        }
        destination.add(line.number, &document)?;
        exported += 1;
    }
    if valid > 0 {
        destination.context.terminal.warn(format_args!(
            "left out: the evidence of {valid} whose ID token is still valid; run it again later, or with `--now`"
        ));
    }
    Ok((exported, without))
}

/// Others tolerate clocks that differ, seconds.
const TOLERANCE: i64 = 60;

/// For how many seconds the token in it can still be used somewhere. What cannot be read can be used nowhere.
fn still_valid(document: &[u8]) -> Option<i64> {
    let now = Timestamp::now().as_second();
    let verified = verify(document, &Trust::default(), now).ok()?;
    let left = verified
        .expires_at?
        .saturating_add(TOLERANCE)
        .saturating_sub(now);
    (left > 0).then_some(left)
}

fn none(line: &Line) -> Error {
    let number = line.number;
    Error::usage(format!("there is no evidence of receipt {number}"))
    .hint("evidence is kept of approvals with step-up, unless `evidence = \"off\"` is configured or it was pruned")
    .hint(format!("`stepup receipt verify {number}` compares the receipt with the API"))
}

/// Removes old evidence, which no command brings back.
pub(in super::super) fn prune(context: &Context, args: &ReceiptPrune) -> Result<(), Error> {
    let store = EvidenceStore::beside(&journal(context)?);
    let before = SystemTime::now().checked_sub(args.older_than);
    let older = before.map_or_else(|| Ok(Vec::new()), |before| store.older(before))?;
    let what = match older.len() {
        1 => "the evidence of 1 approval".to_owned(),
        many => format!("the evidence of {many} approvals"),
    };
    if !older.is_empty() {
        let question = format!("remove {what} for good?");
        let words = Consent {
            not_done: "nothing was removed",
            thing: "removing evidence",
        };
        context.consent(args.yes, &question, &words)?;
        store.remove(&older)?;
    }
    let text = match older.len() {
        0 => "no evidence is as old as that, and nothing was removed".to_owned(),
        _ => format!("{what} is removed"),
    };
    let document = serde_json::json!({ "schema": "stepup.prune/1", "removed": older.len() });
    context.deliver(&text, &text, &document)
}
