//! `stepup receipt`: the log of what was approved from this machine. What its commands share is here: choosing a
//! receipt, and one as people see it.

use jiff::Timestamp;
use serde::ser::{Error as _, SerializeSeq as _};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::adapters::evidence_store::EvidenceStore;
use crate::adapters::journal::{Flaw, JournalError, Line, Log};
use crate::adapters::sanitize::sanitize;
use crate::adapters::table::Cell;
use crate::adapters::terminal::{Format, Style, ignore_broken_pipe};
use crate::adapters::when::local;
use crate::cli::{ReceiptList, ReceiptShow, Which};
use crate::commands::shared::columns;
use crate::commands::shared::receipt_lines;
use crate::commands::shared::receipt_log::{self, journal};
use crate::context::Context;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::receipt::{ApprovalOutcome, ApprovalReceipt};
use crate::error::Error;

mod evidence;
mod export;
mod verify;

// The demo's.
#[cfg(feature = "sandbox")]
pub(super) use evidence::verify_in_brief;
pub(super) use export::{export, prune};
pub(super) use verify::verify;

/// What is done when only stdout fails.
const READ: &str = "the log was read";

/// So many rows are in memory at a time. The first so many decide how wide the columns are.
const ROWS: usize = 500;

/// The receipts, newest first.
pub(super) fn list(context: &Context, args: &ReceiptList) -> Result<(), Error> {
    let log = read(context)?;
    let terminal = &context.terminal;
    let mut left = args.limit.unwrap_or(usize::MAX).min(log.len());
    let mut lines = log.lines().rev().take(left);
    if terminal.format().is_document() {
        let document = Receipts {
            schema: "stepup.receipts/1",
            receipts: lines,
        };
        return terminal
            .result("", &document)
            .or_else(ignore_broken_pipe(READ));
    }
    if left == 0 {
        terminal.say("no approval was made from this machine yet");
    }
    let now = Timestamp::now();
    let mut table = terminal.table_of(&columns::RECEIPTS);
    while left > 0 {
        let block = lines.by_ref().take(ROWS);
        let rows = block.map(|line| Ok(row(&line?, now)));
        let rows: Vec<Vec<Cell>> = rows.collect::<Result<_, JournalError>>()?;
        left = left.saturating_sub(ROWS);
        if let Err(error) = terminal.rows(&mut table, &rows, left > 0) {
            return ignore_broken_pipe(READ)(error);
        }
    }
    Ok(())
}

/// The list for scripts, each receipt read when it is written.
#[derive(Serialize)]
struct Receipts<Lines: Iterator<Item = Result<Line, JournalError>> + Clone> {
    #[serde(serialize_with = "documents")]
    receipts: Lines,
    schema: &'static str,
}

fn documents<Lines, S>(lines: &Lines, serializer: S) -> Result<S::Ok, S::Error>
where
    Lines: Iterator<Item = Result<Line, JournalError>> + Clone,
    S: Serializer,
{
    let mut list = serializer.serialize_seq(None)?;
    for line in lines.clone() {
        list.serialize_element(&document(&line.map_err(S::Error::custom)?))?;
    }
    list.end()
}

pub(super) fn show(context: &Context, args: &ReceiptShow) -> Result<(), Error> {
    let log = read(context)?;
    let line = chosen(&log, args.receipt, "stepup receipt show")?;
    let mut shown = document(&line);
    if let Some(members) = shown.as_object_mut() {
        members.insert("schema".into(), "stepup.receipt-entry/1".into());
    }
    let text = match context.terminal.format() {
        Format::Text => {
            let store = EvidenceStore::beside(&journal(context)?);
            let kept = store.has(&line.entry.receipt);
            // The newest needs no number, and is shown as it was printed.
            let number = (line.number < log.len()).then_some(line.number);
            let export = kept.then(|| receipt_lines::export(number));
            description(&line, &read_back(&line)?, export.as_deref())
        }
        _ => String::new(),
    };
    context.show_text(READ, &text, &shown)
}

fn row(line: &Line, now: Timestamp) -> Vec<Cell> {
    let number = Cell::from(line.number.to_string());
    let time = Cell::age(Some(line.entry.time), now);
    let receipt = match ApprovalReceipt::read(&line.entry.receipt) {
        Ok(receipt) => receipt,
        Err(unreadable) => {
            let unreadable = unreadable.to_string().into();
            let unknown = || Cell::from("-");
            let profile = line.entry.profile.as_str().into();
            return vec![
                number,
                time,
                unknown(),
                unknown(),
                unknown(),
                unreadable,
                profile,
            ];
        }
    };
    let style = match receipt.outcome {
        ApprovalOutcome::Approved => Style::Good,
        _ => Style::Notice,
    };
    vec![
        number,
        time,
        receipt.task.handle().into(),
        Cell::text(receipt.outcome.word()).styled(Some(style)),
        receipt.ceremony_word().into(),
        receipt.task.title.as_str().into(),
        line.entry.profile.as_str().into(),
    ]
}

fn description(line: &Line, receipt: &ApprovalReceipt, export: Option<&str>) -> String {
    let Line { number, entry, .. } = line;
    let mut lines = vec![sanitize(&format!(
        "{number}: {} task {}: {}",
        receipt.outcome.deed(),
        receipt.task.handle(),
        excerpt(&receipt.task.title, TITLE)
    ))];
    let mut add = |label: &str, value: &str| {
        lines.push(format!("  {:<9} {}", format!("{label}:"), sanitize(value)));
    };
    add("when", &local(entry.time));
    add("api", &format!("{} (profile {})", entry.api, entry.profile));
    let people = &receipt.people;
    add("approver", &people.in_words(&receipt.approver.user_id));
    let of = receipt.statement.as_ref();
    let [subject, requester] = [
        of.and_then(|of| of.subject.as_ref()),
        of.and_then(|of| of.requester.as_ref()),
    ];
    if let Some(subject) = subject {
        add("for", &people.in_words(subject));
    }
    if let Some(requester) = requester.filter(|_| requester != subject) {
        add("asked by", &people.in_words(requester));
    }
    add("step", &receipt.task.policy_step_id);
    add("ceremony", receipt.ceremony_word());
    lines.extend(receipt_lines::access(receipt));
    lines.extend(receipt_lines::of(receipt, None));
    let seen = match receipt.outcome {
        ApprovalOutcome::Unknown => {
            "before it was sent; `stepup receipt verify` asks the API what became of it"
        }
        _ if receipt.approval.confirmed => "confirmed by reading it again",
        _ => "the task did not show it",
    };
    let state = receipt.task_state.word();
    lines.push(format!("  task was: {state} ({seen})"));
    lines.extend(export.and_then(|export| receipt_lines::evidence(receipt, export)));
    lines.join("\n")
}

/// In what the task was not what was shown, in one sentence.
fn changes(receipt: &ApprovalReceipt) -> Option<String> {
    let changes = receipt_lines::changes(receipt);
    (!changes.is_empty()).then(|| changes.join("; "))
}

/// The log; what is wrong with it is said, and `verify` makes an error of it.
fn read(context: &Context) -> Result<Log, Error> {
    let (_, log) = receipt_log::read(context)?;
    for flaw in log.flaws() {
        context.terminal.warn(flaw);
    }
    if log.flaws().iter().any(Flaw::is_tampering) {
        context
            .terminal
            .warn("the log of receipts was changed; see `stepup receipt verify`");
    }
    Ok(log)
}

/// The receipt that this command is about.
fn chosen(log: &Log, which: Which, command: &str) -> Result<Line, Error> {
    let line = match which {
        Which::Last => log.lines().next_back(),
        Which::Number(number) => log.numbered(number),
    };
    if let Some(line) = line.transpose()? {
        return Ok(line);
    }
    Err(match which {
        Which::Last => empty(),
        Which::Number(number) => Error::usage(format!("the log holds no receipt {number}"))
            .hint(of_a_task(log, number, command)?),
    })
}

/// Receipts have numbers of their own; a task's is typed as easily.
fn of_a_task(log: &Log, number: usize, command: &str) -> Result<String, JournalError> {
    let handle = number.to_string();
    for line in log.lines().rev() {
        let Line { number, entry, .. } = line?;
        let receipt = ApprovalReceipt::read(&entry.receipt);
        if receipt.is_ok_and(|receipt| receipt.task.handle() == handle) {
            return Ok(format!(
                "the last receipt of task {handle} is number {number}: `{command} {number}`; `stepup receipt list` shows all"
            ));
        }
    }
    Ok("`stepup receipt list` shows the numbers of receipts, and of their tasks".to_owned())
}

/// There is nothing to show or to verify.
fn empty() -> Error {
    Error::usage("the log holds no receipt").hint("each approval leaves one: `stepup approve`")
}

/// An entry as scripts see it.
fn document(line: &Line) -> Value {
    let Line {
        number,
        prev,
        entry,
    } = line;
    serde_json::json!({
        "number": number, "prev": prev, "time": entry.time, "profile": entry.profile,
        "api": entry.api, "receipt": entry.receipt,
    })
}

fn read_back(line: &Line) -> Result<ApprovalReceipt, Error> {
    ApprovalReceipt::read(&line.entry.receipt).map_err(|unreadable| {
        let number = line.number;
        Error::failed(format!("receipt {number}: {unreadable}"))
            .hint(format!(
                "`stepup receipt show {number} -o json` prints it as it was kept"
            ))
            .caused_by(unreadable)
    })
}
