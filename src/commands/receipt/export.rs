//! `stepup receipt export` and `prune`: the evidence of approvals, handed out and removed.

use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::Value;

use super::{READ, chosen, read};
use crate::adapters::evidence_store::EvidenceStore;
use crate::adapters::journal::{Line, Log};
use crate::adapters::terminal::ignore_broken_pipe;
use crate::cli::{ReceiptExport, ReceiptPrune};
use crate::commands::shared::receipt_log::journal;
use crate::context::Context;
use crate::error::Error;
use crate::evidence::{Trust, verify};

/// Prints the evidence of one approval, or of all.
pub(in super::super) fn export(context: &Context, args: &ReceiptExport) -> Result<(), Error> {
    let log = read(context)?;
    let store = EvidenceStore::beside(&journal(context)?);
    if args.all {
        return all(context, &store, &log, args.now);
    }
    let line = chosen(&log, args.receipt)?;
    let number = line.number;
    let document = store.of(&line.entry.receipt)?.ok_or_else(|| none(&line))?;
    if let Some(left) = still_valid(&document).filter(|_| !args.now) {
        return Err(Error::refused(format!("the ID token in the evidence of receipt {number} is still valid, for {left} s"))
        .hint("run it again when the token has expired: until then a service that does not check the audience could accept it")
        .hint("`--now` prints it anyway"));
    }
    print(context, number, &document)
}

/// What is kept, oldest first. What may not be printed yet is said.
fn all(context: &Context, store: &EvidenceStore, log: &Log, now: bool) -> Result<(), Error> {
    let mut valid = 0;
    for line in log.lines() {
        let line = line?;
        let Some(document) = store.of(&line.entry.receipt)? else {
            continue;
        };
        if !now && still_valid(&document).is_some() {
            valid += 1;
            continue;
        }
        print(context, line.number, &document)?;
    }
    if valid > 0 {
        context.terminal.warn(format_args!(
            "left out: the evidence of {valid} whose ID token is still valid; run it again later, or with `--now`"
        ));
    }
    Ok(())
}

/// Others tolerate clocks that differ, seconds.
const TOLERANCE: i64 = 60;

fn print(context: &Context, number: usize, document: &[u8]) -> Result<(), Error> {
    let document: Value = serde_json::from_slice(document).map_err(|error| {
        Error::failed(format!("the evidence of receipt {number} cannot be read: {error}"))
        .hint("it was changed after it was written; the API's own record is `stepup task show TASK --audit`")
        .caused_by(error)
    })?;
    let printed = context.terminal.next_document(&document);
    printed.or_else(ignore_broken_pipe(READ))
}

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

/// Removes old evidence.
pub(in super::super) fn prune(context: &Context, args: &ReceiptPrune) -> Result<(), Error> {
    let store = EvidenceStore::beside(&journal(context)?);
    let before = SystemTime::now().checked_sub(args.older_than);
    let removed = before.map_or(Ok(0), |before| store.prune(before))?;
    let text = match removed {
        1 => "the evidence of 1 approval is removed".to_owned(),
        many => format!("the evidence of {many} approvals is removed"),
    };
    let document = serde_json::json!({ "schema": "stepup.prune/1", "removed": removed });
    context.deliver(&text, &text, &document)
}
