//! `stepup receipt verify`: is the log as it was written, and does the API still say the same?

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::{READ, changes, chosen, empty, evidence, read_back};
use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::http::host_and_port;
use crate::adapters::journal::{Flaw, JournalError, Line, Log};
use crate::adapters::paging::Pages;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::Style;
use crate::adapters::threads::side_by_side;
use crate::cli::{Global, ReceiptVerify};
use crate::commands::shared::receipt_log;
use crate::context::Context;
use crate::domain::receipt::{ApprovalOutcome, ApprovalReceipt};
use crate::domain::record::{Claimed, Difference, differences, shown_transaction};
use crate::domain::task::audit::{AuditEvent, TrailQuery};
use crate::error::Error;
use crate::session::Session;

/// More pages than any trail has.
const MOST_PAGES: usize = 40;

/// Checks the log, and compares one receipt or all with the API.
pub(in super::super) fn verify(context: &Context, args: &ReceiptVerify) -> Result<(), Error> {
    if let Some(file) = &args.file {
        return evidence::verify(context, file, &args.trust);
    }
    let (journal, log) = receipt_log::read(context)?;
    if log.is_empty() && log.flaws().is_empty() {
        return Err(empty());
    }
    let apis = Apis {
        context,
        known: Mutex::default(),
    };
    let results = if args.all {
        let compared = side_by_side(log.lines(), |line| Ok(apis.compare(&line?)));
        compared.into_iter().collect::<Result<_, JournalError>>()?
    } else if log.is_empty() {
        // Nothing is left to compare, and that is the finding.
        Vec::new()
    } else {
        vec![apis.compare(&chosen(&log, args.receipt, "stepup receipt verify")?)]
    };
    let rows = results.iter().map(|result| result.text(context));
    let rows: Vec<String> = rows.chain([about(context, &log)]).collect();
    let flaws: Vec<String> = log.flaws().iter().map(ToString::to_string).collect();
    let document = serde_json::json!({
        "schema": "stepup.receipt-check/1",
        "log": {
            "path": journal.path(),
            "receipts": log.len(),
            "unchanged": unchanged(&log),
            "flaws": flaws,
        },
        "receipts": results,
    });
    context.show_text(READ, &rows.join("\n"), &document)?;
    verdict(&log, results)
}

/// Whether the log is as it was written; `None` where nobody can tell, as its end may be missing.
fn unchanged(log: &Log) -> Option<bool> {
    if log.flaws().iter().any(Flaw::is_tampering) {
        return Some(false);
    }
    (!log.flaws().contains(&Flaw::NoSeal)).then_some(true)
}

/// What the comparison of one receipt came to.
#[derive(Serialize)]
struct Compared {
    number: usize,
    /// Empty where the receipt cannot be read.
    task: String,
    result: Agreement,
    differences: Vec<String>,
    /// What could not be looked at, and why.
    notes: Vec<String>,
    /// What was compared, where all of it is as the receipt says.
    #[serde(skip)]
    same: Vec<&'static str>,
    #[serde(skip)]
    failed: Option<Error>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Agreement {
    Agrees,
    Differs,
    /// The outcome was unknown, and the API shows no such approval.
    NotApproved,
    NotCompared,
}

impl Compared {
    fn text(&self, context: &Context) -> String {
        let (style, word) = match self.result {
            Agreement::Agrees => (Style::Good, "agrees with the API"),
            Agreement::Differs => (Style::Bad, "differs from what the API says"),
            Agreement::NotApproved => (Style::Notice, "not approved"),
            Agreement::NotCompared => (Style::Notice, "not compared"),
        };
        let result = context.terminal.style_out(style, word);
        let task = match self.task.as_str() {
            "" => String::new(),
            task => format!(", task {}", sanitize(task)),
        };
        let same = match self.same.as_slice() {
            [] => String::new(),
            same => format!(" (compared: {})", same.join(", ")),
        };
        let mut lines = vec![format!("receipt {}{task}: {result}{same}", self.number)];
        let more = self.differences.iter().chain(&self.notes);
        lines.extend(more.map(|more| format!("  {}", sanitize(more))));
        lines.join("\n")
    }
}

fn about(context: &Context, log: &Log) -> String {
    let count = match log.len() {
        1 => "log: 1 receipt".to_owned(),
        many => format!("log: {many} receipts"),
    };
    if log.flaws().is_empty() {
        let unchanged = context.terminal.style_out(Style::Good, "unchanged");
        return format!(
            "{count}, {unchanged}: each line names the hash of the one before, and none is missing at the end"
        );
    }
    let flaws = log.flaws().iter().map(|flaw| format!("  {flaw}"));
    let lines: Vec<String> = [count].into_iter().chain(flaws).collect();
    lines.join("\n")
}

fn verdict(log: &Log, results: Vec<Compared>) -> Result<(), Error> {
    if let Some(flaw) = log.flaws().iter().find(|flaw| flaw.is_tampering()) {
        return Err(
            Error::untrusted(format!("the log of receipts was changed: {flaw}")).hint(
                "do not rely on it; `stepup task show TASK --audit` shows the API's own record",
            ),
        );
    }
    let differs = |result: &&Compared| result.result == Agreement::Differs;
    if let Some(result) = results.iter().find(differs) {
        let first = result.differences.first().map_or("", String::as_str);
        return Err(Error::untrusted(format!(
            "receipt {} does not agree with the API: {first}",
            result.number
        ))
        .hint(format!(
            "compare `stepup receipt show {}` with `stepup task show {} --audit`",
            result.number, result.task
        )));
    }
    if unchanged(log).is_none() {
        return Err(Error::failed(
            "whether the log of receipts is complete is not established: its seal is missing",
        )
        .hint(
            "`stepup task list` and `stepup task show TASK --audit` show what the API knows of",
        ));
    }
    let all = results.len();
    let mut failed = results.into_iter().filter_map(|result| result.failed);
    let Some(first) = failed.next() else {
        return Ok(());
    };
    if all == 1 {
        return Err(first);
    }
    let count = 1 + failed.count();
    Err(Error::failed(format!(
        "{count} of {all} receipts could not be compared with the API"
    ))
    .hint("the lines above say why; `--profile` chooses another API")
    .caused_by(first))
}

/// The APIs that receipts come from, each signed in to once.
struct Apis<'a> {
    context: &'a Context,
    known: Mutex<BTreeMap<(String, String), Result<AccessApi, String>>>,
}

impl Apis<'_> {
    fn compare(&self, line: &Line) -> Compared {
        let mut compared = Compared {
            number: line.number,
            task: String::new(),
            result: Agreement::NotCompared,
            differences: Vec::new(),
            notes: Vec::new(),
            same: Vec::new(),
            failed: None,
        };
        let receipt = match read_back(line) {
            Ok(receipt) => receipt,
            Err(error) => {
                compared.notes.push(error.message().to_owned());
                compared.failed = Some(error);
                return compared;
            }
        };
        receipt.task.handle().clone_into(&mut compared.task);
        match self.api(line) {
            Ok(api) => compared.with(&api, &claimed(&receipt)),
            Err(reason) => {
                let number = line.number;
                let message = format!("receipt {number} could not be compared: {reason}");
                compared.notes.push(reason);
                compared.failed = Some(
                    Error::failed(message).hint("choose the API it comes from with `--profile`"),
                );
            }
        }
        compared
    }

    fn api(&self, line: &Line) -> Result<AccessApi, String> {
        let key = (line.entry.api.clone(), line.entry.profile.clone());
        // Held while it is opened: whoever needs the same one waits for it.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = || self.open(&key.0, &key.1);
        known.entry(key.clone()).or_insert_with(opened).clone()
    }

    /// The API that a receipt names: the one in use if it is that, else, where none was chosen on the
    /// command line, that of the receipt's profile.
    fn open(&self, api: &str, profile: &str) -> Result<AccessApi, String> {
        let sign_in = |context: &Context, session: &Session| {
            session.api(context).map_err(|error| error.to_string())
        };
        let is_it = |session: &Session| host_and_port(&session.profile.api_url) == api;
        let global = &self.context.global;
        let current = Session::open(self.context);
        if let Ok(session) = &current
            && is_it(session)
        {
            return sign_in(self.context, session);
        }
        if global.profile.is_none() && global.api_url.is_none() {
            let theirs = self.context.elsewhere(Global {
                profile: Some(profile.to_owned()),
                ..global.clone()
            });
            if let Ok(session) = Session::open(&theirs)
                && is_it(&session)
            {
                return sign_in(&theirs, &session);
            }
        }
        Err(match current {
            Ok(session) => format!(
                "it comes from `{api}`, and the API in use is `{}`",
                host_and_port(&session.profile.api_url)
            ),
            Err(error) => error.to_string(),
        })
    }
}

fn claimed(receipt: &ApprovalReceipt) -> Claimed {
    let transaction = receipt.transaction.as_ref();
    let transaction = transaction.map(|transaction| transaction.id.clone());
    Claimed {
        task_id: receipt.task.id.clone(),
        policy_step_id: receipt.task.policy_step_id.clone(),
        user_id: receipt.approver.user_id.clone(),
        transaction_id: transaction.filter(|id| !id.is_empty()),
        without_step_up: receipt.ceremony.is_none(),
        outcome_unknown: receipt.outcome == ApprovalOutcome::Unknown,
        changed: changes(receipt),
    }
}

impl Compared {
    /// Re-reads the task, and the trail where a transaction is named and it may be read.
    fn with(&mut self, api: &AccessApi, claimed: &Claimed) {
        let task = match api.task(&claimed.task_id) {
            Ok(task) => task,
            Err(ApiError::NoTask { .. } | ApiError::BadId(_)) => {
                self.result = Agreement::Differs;
                self.differences
                    .push("the API knows no such task".to_owned());
                return;
            }
            Err(error) => {
                self.notes.push(error.to_string());
                self.failed = Some(error.into());
                return;
            }
        };
        let trail = shown_transaction(claimed, &task).map(|id| trail(api, &task.id, id));
        let trail = match trail {
            Some(Err(error)) => {
                self.notes
                    .push(format!("the trail could not be read: {error}"));
                None
            }
            trail => trail.and_then(Result::ok),
        };
        let found = differences(claimed, &task, trail.as_deref());
        if claimed.outcome_unknown {
            self.became(&found);
            return;
        }
        self.differences = found.iter().map(ToString::to_string).collect();
        if found.is_empty() {
            self.result = Agreement::Agrees;
            self.same = vec!["the step", "who approved it"];
            if claimed.transaction_id.is_some() {
                self.same.push("its step-up");
            }
            if trail.is_some() {
                self.same.push("the trail");
            }
        } else {
            self.result = Agreement::Differs;
        }
    }

    /// What became of an approval whose outcome was unknown: nothing was claimed that the API could contradict.
    fn became(&mut self, found: &[Difference]) {
        self.result = match found {
            [] => Agreement::Agrees,
            _ => Agreement::NotApproved,
        };
        let told = match self.result {
            Agreement::Agrees => "the outcome was unknown, and the task shows this approval",
            _ => "the outcome was unknown, and the task does not show this approval",
        };
        self.notes.push(told.to_owned());
        self.notes.extend(found.iter().map(ToString::to_string));
    }
}

/// The trail, as far as the event that names this transaction.
fn trail(
    api: &AccessApi,
    task_id: &str,
    transaction_id: &str,
) -> Result<Vec<AuditEvent>, ApiError> {
    let query = TrailQuery {
        newest_first: true,
        comments_only: false,
    };
    let names_it = |event: &AuditEvent| event.names(transaction_id);
    let (mut trail, mut pages) = (Vec::new(), Pages::default());
    for _ in 0..MOST_PAGES {
        let (events, next) = api.audit(task_id, query, pages.token())?;
        trail.extend(events);
        pages.turn(next);
        if pages.ended() || trail.iter().any(names_it) {
            break;
        }
    }
    Ok(trail)
}
