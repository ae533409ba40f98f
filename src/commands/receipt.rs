//! `stepup receipt`: the log of what was approved from this machine. What is shared is here: keeping a
//! receipt, choosing one, and one as people see it.

use serde_json::Value;

use crate::adapters::journal::{Entry, Flaw, Journal, JournalError, Line, Log};
use crate::adapters::plain::plain;
use crate::adapters::table::{Column, Table};
use crate::adapters::terminal::{Format, unread};
use crate::cli::{ReceiptList, ReceiptShow, Which};
use crate::context::Context;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::receipt::{ApprovalReceipt, deed};
use crate::error::{Error, ErrorKind};
use crate::session::Session;

mod verify;

pub(super) use verify::verify;

/// What is done when only stdout fails.
const READ: &str = "the log was read";

const COLUMNS: [Column; 4] = [
    Column {
        title: "N",
        width: 4,
        may_go: false,
    },
    Column {
        title: "Time",
        width: 20,
        may_go: true,
    },
    Column {
        title: "Task",
        width: 8,
        may_go: false,
    },
    Column {
        title: "Ceremony",
        width: 8,
        may_go: true,
    },
];

/// Keeps a receipt. The approval is in, so that no failure to write changes anything but a warning.
pub(super) fn keep(context: &Context, session: &Session, receipt: &ApprovalReceipt) {
    let kept = journal(context).and_then(|journal| {
        let api = &session.profile.api_url;
        journal.append(&Entry {
            time: jiff::Timestamp::now(),
            profile: session.profile.name.clone(),
            api: host(api),
            receipt: serde_json::to_value(receipt).unwrap_or_default(),
        })
    });
    if let Err(error) = kept {
        let handle = receipt.task.handle();
        let done = if receipt.approval.confirmed {
            format!("task {handle} is approved")
        } else {
            format!("the approval of task {handle} is accepted")
        };
        context.terminal.warn(format_args!(
            "{done}, but its receipt could not be kept: {error}"
        ));
    }
}

/// The receipts, newest first.
pub(super) fn list(context: &Context, args: &ReceiptList) -> Result<(), Error> {
    let log = read(context)?;
    let limit = args.limit.unwrap_or(usize::MAX);
    let lines = log.lines().iter().rev().take(limit);
    let documents: Vec<Value> = lines.clone().map(document).collect();
    let table = Table::new(&COLUMNS, "Display Name", context.terminal.columns());
    let rows = lines.map(|line| {
        let time = format!("{:.0}", line.entry.time);
        let receipt = &line.entry.receipt;
        let ceremony = text(receipt, "/ceremony");
        let cells = [&line.number.to_string(), &time, handle(receipt), ceremony];
        let title = text(receipt, "/task/title");
        match text(receipt, "/outcome") {
            "approved" => table.row(&cells, title),
            outcome => table.row(&cells, &format!("{outcome}: {title}")),
        }
    });
    let rows: Vec<String> = table.header().into_iter().chain(rows).collect();
    if documents.is_empty() && context.terminal.format() == Format::Text {
        context
            .terminal
            .say("no approval was made from this machine yet");
        return Ok(());
    }
    let document = serde_json::json!({ "schema": "stepup.receipts/1", "receipts": documents });
    let printed = context.terminal.result(&rows.join("\n"), &document);
    printed.or_else(unread(READ))
}

/// One receipt.
pub(super) fn show(context: &Context, args: &ReceiptShow) -> Result<(), Error> {
    let log = read(context)?;
    let line = chosen(&log, args.receipt)?;
    let mut shown = document(line);
    if let Some(members) = shown.as_object_mut() {
        members.insert("schema".into(), "stepup.receipt-entry/1".into());
    }
    let printed = context.terminal.result(&description(line), &shown);
    printed.or_else(unread(READ))
}

fn description(line: &Line) -> String {
    let Line { number, entry, .. } = line;
    let receipt = &entry.receipt;
    let mut lines = vec![plain(&format!(
        "{number}: {} task {}: {}",
        deed(text(receipt, "/outcome")),
        handle(receipt),
        excerpt(text(receipt, "/task/title"), TITLE)
    ))];
    let changes = changes(receipt).unwrap_or_default();
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("  {:<13} {}", format!("{label}:"), plain(value)));
        }
    };
    add("changed", &changes);
    add("when", &format!("{:.0}", entry.time));
    add("at", &format!("{} (profile {})", entry.api, entry.profile));
    add("by", text(receipt, "/approver/user_id"));
    let demanded = words(receipt, "/requirement/acr_values", " or ");
    match text(receipt, "/ceremony") {
        "none" => add("demanded", "no step-up authentication"),
        ceremony => {
            add("ceremony", ceremony);
            add("demanded", &acr(&demanded));
            add("proven", &acr(text(receipt, "/proof/acr")));
            let at = receipt.pointer("/proof/auth_time").and_then(Value::as_i64);
            let at = at.and_then(|at| jiff::Timestamp::from_second(at).ok());
            let uses = receipt.pointer("/proof/uses").and_then(Value::as_u64);
            let signed_in = |at: jiff::Timestamp| match uses {
                Some(uses @ 2..) => format!("{at}, used {uses} times"),
                _ => at.to_string(),
            };
            add("signed in", &at.map_or_else(String::new, signed_in));
            add("provider", text(receipt, "/proof/issuer"));
            add("subject", text(receipt, "/subject"));
        }
    }
    add("note", &caveats(receipt));
    add("transaction", text(receipt, "/transaction/id"));
    add("step", text(receipt, "/task/policy_step_id"));
    add("task was", text(receipt, "/task_state"));
    lines.join("\n")
}

/// In what the task was not what was shown, if the receipt says that it was not.
fn changes(receipt: &Value) -> Option<String> {
    if text(receipt, "/outcome") != ApprovalReceipt::CHANGED {
        return None;
    }
    let member = |value: &Value| match value {
        Value::Null => "not told".to_owned(),
        Value::String(text) => excerpt(text, TITLE),
        other => other.to_string(),
    };
    let statement = |pointer: &str| receipt.pointer(pointer).and_then(Value::as_object);
    let (before, after) = (statement("/statement"), statement("/statement_after"));
    let pairs = before
        .into_iter()
        .flatten()
        .filter_map(|(name, was)| Some((name, was, after?.get(name)?)));
    let changed: Vec<String> = pairs
        .filter(|(_, was, is)| was != is)
        .map(|(name, was, is)| format!("{name} was `{}`, is `{}`", member(was), member(is)))
        .collect();
    if changed.is_empty() {
        return Some("the receipt does not tell in what".to_owned());
    }
    Some(changed.join("; "))
}

/// At the top since `stepup.receipt/2`, within the proof before.
fn caveats(receipt: &Value) -> String {
    match words(receipt, "/caveats", ", ") {
        none if none.is_empty() => words(receipt, "/proof/caveats", ", "),
        caveats => caveats,
    }
}

fn acr(value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!("acr {value}")
    }
}

/// The log of receipts, beside which the rest is that is remembered.
fn journal(context: &Context) -> Result<Journal, JournalError> {
    Journal::new(context.global.receipt_log.as_deref())
}

/// The log; what is wrong with it is said, and `verify` makes an error of it.
fn read(context: &Context) -> Result<Log, Error> {
    let log = journal(context)?.read()?;
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

fn chosen(log: &Log, which: Which) -> Result<&Line, Error> {
    let line = match which {
        Which::Last => log.lines().last(),
        Which::Number(number) => log.lines().iter().find(|line| line.number == number),
    };
    line.ok_or_else(|| {
        let message = match which {
            Which::Last => "the log holds no receipt".to_owned(),
            Which::Number(number) => format!("the log holds no receipt {number}"),
        };
        Error::new(ErrorKind::Usage, message).hint("`stepup receipt list` shows what there is")
    })
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

fn text<'a>(receipt: &'a Value, pointer: &str) -> &'a str {
    let value = receipt.pointer(pointer).and_then(Value::as_str);
    value.unwrap_or_default()
}

fn words(receipt: &Value, pointer: &str, between: &str) -> String {
    let values = receipt.pointer(pointer).and_then(Value::as_array);
    let values = values.into_iter().flatten().filter_map(Value::as_str);
    values.collect::<Vec<_>>().join(between)
}

/// The number a person would type.
fn handle(receipt: &Value) -> &str {
    match text(receipt, "/task/numeric_id") {
        "" => text(receipt, "/task/id"),
        number => number,
    }
}

/// Host and port.
fn host(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
