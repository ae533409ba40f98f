//! What the approver sees beside the task: the demand before a browser opens, the
//! receipt afterwards, and the same outcome in the browser.

pub(super) mod hosted;

use std::time::Duration;

use super::done::Done;
use crate::adapters::access_api::AccessApi;
use crate::adapters::loopback::ResultPage;
use crate::adapters::sanitize::short;
use crate::adapters::terminal::{Style, span};
use crate::commands::shared::confirmation::unconfirmed_in_words;
use crate::commands::shared::receipt_lines;
use crate::context::Context;
use crate::domain::known_values;
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::task::{Task, TaskState};
use crate::error::Error;

/// A clock that is off makes every check of times fail in odd ways, so it is named first.
pub(super) fn clock(context: &Context, api: &AccessApi) {
    let Some(ahead) = api
        .ahead()
        .filter(|ahead| ahead.unsigned_abs() > CLOCKS_DIFFER)
    else {
        return;
    };
    let (off, direction) = (Duration::from_secs(ahead.unsigned_abs()), ahead > 0);
    let direction = if direction { "behind" } else { "ahead of" };
    context.terminal.warn(format_args!(
        "this machine's clock is {} {direction} that of {}; set it right, or sign-ins may not verify",
        span(off),
        api.host()
    ));
}

/// Seconds; less is a matter of slow answers and small drifts.
const CLOCKS_DIFFER: u64 = 60;

/// Of a task that is approved, and not done with.
pub(super) const STILL_OPEN: &str = "still open: it waits for another step";

/// The receipt for people: what was asked, what was proven, what it did.
pub(super) fn receipt(context: &Context, done: &Done) -> String {
    let receipt = &done.receipt;
    let mut lines = vec![one_line(context, receipt)];
    lines.extend(receipt_lines::access(receipt));
    lines.extend(receipt_lines::of(receipt, done.person.as_deref()));
    let confirmed = if receipt.approval.confirmed {
        "confirmed by reading it again"
    } else {
        unconfirmed_in_words(receipt.approval.reread_error.as_ref())
    };
    let state = match receipt.task_state {
        TaskState::Open if receipt.approval.confirmed => STILL_OPEN,
        state => state.word(),
    };
    lines.push(format!("  task:     {state} ({confirmed})"));
    let how = if context.goes_with_the_demo() {
        "until the demo ends".to_owned()
    } else {
        receipt_lines::export(None)
    };
    let kept = done.kept.then(|| receipt_lines::evidence(receipt, &how));
    lines.extend(kept.flatten());
    lines.join("\n")
}

pub(super) fn one_line(context: &Context, receipt: &ApprovalReceipt) -> String {
    let style = match receipt.changes().as_slice() {
        [] if receipt.approval.confirmed && receipt.alarm().is_none() => Style::Good,
        [] => Style::Notice,
        _ => Style::Bad,
    };
    let deed = context.terminal.style_out(style, receipt.outcome.deed());
    let title = short(&receipt.task.title);
    format!("{deed} task {}: {title}", receipt.task.handle())
}

/// The outcome as the browser shows it: what the terminal says, and what to do. `unknown`: nobody knows yet whether a
/// failed one went in.
pub(super) fn page(outcome: Result<&Done, &Error>, task: &Task, unknown: bool) -> ResultPage {
    match outcome {
        Ok(done) => {
            let approval = &done.receipt.approval;
            let (heading, state) = if approval.confirmed {
                (
                    format!("Task {} is approved", task.handle()),
                    "The approval is in. The receipt is in your terminal.".to_owned(),
                )
            } else {
                let unconfirmed = unconfirmed_in_words(approval.reread_error.as_ref());
                (
                    format!("The approval of task {} is accepted", task.handle()),
                    format!("The approval is accepted, but {unconfirmed}. Look at your terminal."),
                )
            };
            let mut lines: Vec<String> = signed_in(done).into_iter().collect();
            lines.push(state);
            ResultPage::Success {
                heading,
                about: task.title.clone(),
                lines,
            }
        }
        Err(error) => ResultPage::Failure {
            heading: if unknown {
                format!("It is unknown whether task {} was approved", task.handle())
            } else {
                format!("Task {} was not approved", task.handle())
            },
            about: task.title.clone(),
            reason: error.message().to_owned(),
            next_steps: error.hints().to_vec(),
        },
    }
}

/// Who signed in, and how strongly by what the provider answered.
fn signed_in(done: &Done) -> Option<String> {
    let proof = done.receipt.proof.as_ref()?;
    let person = done.person.as_deref().unwrap_or(&proof.subject);
    let how = match &proof.acr {
        Some(acr) if proof.acrs.is_empty() => format!(" with {}", known_values::in_words(acr)),
        _ if proof.acrs.is_empty() => String::new(),
        _ => format!(" in the context {}", proof.acrs.join(", ")),
    };
    Some(format!("Signed in as {person}{how}."))
}
