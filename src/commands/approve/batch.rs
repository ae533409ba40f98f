//! Several approvals in one run: a table first, one confirmation, then one ceremony each, never shared,
//! and a line for each result. Anything untrusted ends the run.

use std::thread;

use serde::Serialize;
use serde_json::Value;

use super::super::decision::Decision;
use super::one::{Approvals, confirm};
use super::present;
use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::plain::plain;
use crate::adapters::terminal::Tone;
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::task::Task;
use crate::error::{Error, ErrorKind};

/// How many tasks are read at the same time.
const AT_ONCE: usize = 8;

/// Why a task of the list cannot even be tried, with the name it was given.
pub(super) struct Unread {
    name: String,
    error: Error,
}

impl From<Unread> for Error {
    fn from(unread: Unread) -> Self {
        unread.error
    }
}

/// One line of the result.
struct Outcome {
    name: String,
    result: Result<Box<ApprovalReceipt>, Error>,
}

/// A result as scripts see it.
#[derive(Serialize)]
struct Line<'a> {
    task: &'a str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a ApprovalReceipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

/// Reads the tasks, in order.
pub(super) fn read(api: &AccessApi, ids: &[String]) -> Vec<Result<Task, Unread>> {
    let read = |id: &String| {
        api.task(id).map_err(|error| Unread {
            name: id.clone(),
            error: error.into(),
        })
    };
    let mut tasks = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        thread::scope(|scope| {
            let reading: Vec<_> = some
                .iter()
                .map(|id| (id, scope.spawn(move || read(id))))
                .collect();
            for (id, task) in reading {
                tasks.push(task.join().unwrap_or_else(|_| {
                    Err(Unread {
                        name: id.clone(),
                        error: ApiError::Unreadable("the reading of it broke off".into()).into(),
                    })
                }));
            }
        });
    }
    tasks
}

/// Shows them, asks once, approves one after the other, and reports each.
pub(super) fn run(
    approvals: &Approvals<'_>,
    tasks: Vec<Result<Task, Unread>>,
) -> Result<(), Error> {
    let (context, user_id) = (approvals.context, &approvals.approver.user_id);
    table(approvals, &tasks);
    let approvable = |task: &&Task| task.approvable_by(user_id).is_ok();
    let possible: Vec<&Task> = tasks.iter().flatten().filter(approvable).collect();
    if approvals.args.dry_run {
        return dry_run(approvals, &possible, tasks.len());
    }
    if !possible.is_empty() {
        let question = format!("approve {} of {} tasks?", possible.len(), tasks.len());
        confirm(context, approvals.args, &question)?;
    }
    let mut outcomes = Vec::new();
    let mut stopped = false;
    for task in tasks {
        let outcome = if stopped {
            Outcome::not_tried(task)
        } else {
            approve(approvals, task)
        };
        stopped |= outcome.is(ErrorKind::Untrusted);
        if let Err(error) = &outcome.result {
            let label = format!("task {} {}", outcome.name, error.kind().name());
            context.terminal.explain(&label, error);
        }
        // The next ceremony may need the same port.
        context.finish();
        outcomes.push(outcome);
    }
    wait_for_all(approvals, &mut outcomes);
    report(approvals, &outcomes)
}

fn dry_run(approvals: &Approvals<'_>, possible: &[&Task], all: usize) -> Result<(), Error> {
    let tasks: Vec<Value> = possible
        .iter()
        .map(|task| {
            serde_json::json!({
                "task": { "id": task.id, "numeric_id": task.numeric_id, "title": task.title },
                "step_up": task.demands_step_up(),
            })
        })
        .collect();
    let document = serde_json::json!({ "schema": "stepup.dry-runs/1", "approvable": tasks });
    let text = format!("{} of {all} tasks can be approved by you", possible.len());
    approvals
        .context
        .deliver("the tasks were read", &text, &document)
}

fn table(approvals: &Approvals<'_>, tasks: &[Result<Task, Unread>]) {
    let terminal = &approvals.context.terminal;
    for task in tasks {
        let line = match task {
            Ok(task) => {
                let row = super::choice::row(task);
                match task.approvable_by(&approvals.approver.user_id) {
                    Ok(_) => row,
                    Err(reason) => {
                        format!("{row} ({})", Decision::Approval.impossible(&reason, task))
                    }
                }
            }
            Err(unread) => format!("{:<8} -        ({})", unread.name, unread.error),
        };
        terminal.say(plain(&line));
    }
    terminal.say("");
}

fn approve(approvals: &Approvals<'_>, task: Result<Task, Unread>) -> Outcome {
    let task = match task {
        Ok(task) => task,
        Err(unread) => {
            return Outcome {
                name: unread.name,
                result: Err(unread.error),
            };
        }
    };
    let result = approvals.approve(&task).and_then(|done| {
        let looked = || Error::new(ErrorKind::Incomplete, "it was only looked at");
        done.map(|done| done.receipt).ok_or_else(looked)
    });
    Outcome {
        name: task.handle().to_owned(),
        result,
    }
}

/// `--wait` starts when all approvals are in, so that no ceremony waits for another task's provisioning.
fn wait_for_all(approvals: &Approvals<'_>, outcomes: &mut [Outcome]) {
    for outcome in outcomes {
        if let Ok(receipt) = &mut outcome.result
            && let Err(error) = approvals.await_closed(receipt)
        {
            let label = format!("task {} {}", outcome.name, error.kind().name());
            approvals.context.terminal.explain(&label, &error);
        }
    }
}

fn report(approvals: &Approvals<'_>, outcomes: &[Outcome]) -> Result<(), Error> {
    let lines: Vec<Line<'_>> = outcomes.iter().map(Outcome::line).collect();
    let document = serde_json::json!({ "schema": "stepup.results/1", "results": lines });
    let text: Vec<String> = outcomes
        .iter()
        .map(|outcome| outcome.text(approvals))
        .collect();
    approvals
        .context
        .deliver("the approvals were tried", &text.join("\n"), &document)?;
    match verdict(outcomes, approvals.args.wait.is_some()) {
        None => Ok(()),
        // The document is out; this is the exit code and a sentence.
        Some((kind, message)) => Err(Error::new(kind, message)
            .hint("the lines above say for each task what happened and what to do")),
    }
}

/// The exit code of all: anything untrusted outranks the rest, the same for all is that, else mixed.
fn verdict(outcomes: &[Outcome], waited: bool) -> Option<(ErrorKind, String)> {
    let kinds: Vec<Option<ErrorKind>> = outcomes
        .iter()
        .map(|outcome| outcome.kind(waited))
        .collect();
    let failed = kinds.iter().flatten().count();
    let first = kinds.iter().flatten().next().copied()?;
    let message = format!(
        "{failed} of {} tasks were not approved and done",
        kinds.len()
    );
    if kinds.contains(&Some(ErrorKind::Untrusted)) {
        let message = format!("stopped, because something could not be trusted: {message}");
        return Some((ErrorKind::Untrusted, message));
    }
    let same = kinds.iter().all(|kind| *kind == Some(first));
    Some((if same { first } else { ErrorKind::Partial }, message))
}

impl Outcome {
    fn not_tried(task: Result<Task, Unread>) -> Self {
        Self {
            name: task.map_or_else(|unread| unread.name, |task| task.handle().to_owned()),
            result: Err(Error::new(
                ErrorKind::Incomplete,
                "not tried, because the run was stopped before it",
            )
            .hint("run it again when the reason is understood")),
        }
    }

    fn is(&self, kind: ErrorKind) -> bool {
        self.kind(false) == Some(kind)
    }

    /// What kind of not done it is, if it is.
    fn kind(&self, waited: bool) -> Option<ErrorKind> {
        match &self.result {
            Ok(receipt) if receipt.alarm().is_some() => Some(ErrorKind::Untrusted),
            Ok(receipt) if !receipt.approval.confirmed => Some(ErrorKind::Pending),
            Ok(receipt) if waited && receipt.task_state != "closed" => Some(ErrorKind::Pending),
            Ok(_) => None,
            Err(error) => Some(error.kind()),
        }
    }

    fn line(&self) -> Line<'_> {
        match &self.result {
            Ok(receipt) => Line {
                task: &self.name,
                outcome: receipt.outcome,
                receipt: Some(receipt),
                error: None,
            },
            Err(error) => Line {
                task: &self.name,
                outcome: error.kind().name(),
                receipt: None,
                error: Some(serde_json::json!({
                    "kind": error.kind().name(), "message": error.message(), "hints": error.hints(),
                })),
            },
        }
    }

    fn text(&self, approvals: &Approvals<'_>) -> String {
        match &self.result {
            Ok(receipt) => present::one_line(approvals.context, receipt),
            Err(error) => {
                let word = approvals
                    .context
                    .terminal
                    .tone_out(Tone::Bad, error.kind().name());
                format!("{:<8} {word}: {}", self.name, plain(error.message()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(kind: ErrorKind) -> Outcome {
        Outcome {
            name: "1".into(),
            result: Err(Error::new(kind, "no")),
        }
    }

    #[test]
    fn untrusted_outranks_and_one_kind_for_all_is_that_kind() {
        use ErrorKind::{Refused, Unmet, Untrusted};
        let code = |kinds: &[ErrorKind]| {
            let outcomes: Vec<Outcome> = kinds.iter().copied().map(failed).collect();
            verdict(&outcomes, false).map(|(kind, _)| kind)
        };
        assert_eq!(code(&[]), None);
        assert_eq!(code(&[Refused, Refused]), Some(Refused));
        assert_eq!(code(&[Refused, Unmet]), Some(ErrorKind::Partial));
        assert_eq!(code(&[Refused, Untrusted]), Some(Untrusted));
    }
}
