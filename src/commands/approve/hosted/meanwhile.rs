//! What ends a hosted ceremony before leg 2 is no proof that nothing was approved: the API may have done that by itself
//! (c1.md 8.4). The task is read once more, and what is said of it is what it shows.

use std::error::Error as _;

use crate::adapters::backoff::Backoff;
use crate::ceremony::browse::Quit;
use crate::commands::approve::submission::Submission;
use crate::error::{Became, Error, ErrorKind};

/// What an interruption says while the browser is waited for.
pub(super) const NOTHING_BY_US: &str =
    "stepup itself approved nothing, but the browser may have finished the approval of the task";

/// The page is still there.
pub(super) const MAY_STILL: &str = "a step-up transaction stays pending at the API until it lapses: whoever finishes the \
                                    sign-in in that browser may still approve the task";

/// What an interruption leaves behind, and where to look at it.
pub(super) fn left_behind(handle: &str) -> String {
    format!("before that, look with `stepup task show {handle}`; {MAY_STILL}")
}

/// What ended the watch, with what is true of the task now.
pub(super) fn told(submission: &Submission<'_>, error: Error) -> Error {
    // The task was just read, and says it.
    if error.kind() == ErrorKind::Refused {
        return error;
    }
    let handle = submission.task.handle();
    let api = submission.api.until(Backoff::for_doubt().deadline());
    let now = match api.task(&submission.task.id) {
        Ok(now) => now,
        Err(unread) => {
            tracing::debug!("the task could not be read after the watch: {unread}");
            return unknown(error, handle);
        }
    };
    let current = now.current.as_ref().map(|step| step.id.as_str());
    match submission.approved_in(&now) {
        Ok(true) => finished(error, handle),
        Ok(false) if current == Some(submission.policy_step_id) => waiting(error),
        Ok(false) => error.hint(format!(
            "the step was replaced in the meantime: look with `stepup task show {handle}`"
        )),
        Err(otherwise) => error.hint(format!("{otherwise}: `stepup task show {handle}`")),
    }
}

fn unknown(error: Error, handle: &str) -> Error {
    let kind = match error.kind() {
        ErrorKind::Incomplete => ErrorKind::Failed,
        kind => kind,
    };
    let message = format!(
        "it is unknown whether the browser finished the approval of task {handle}: {error}"
    );
    let hints = match error.outcome() {
        Became::Untold => error.hints().to_owned(),
        // What they say of it is not true any more.
        _ => Vec::new(),
    };
    let look = format!("look with `stepup task show {handle}` before you run it again");
    let told = error.restated(kind, message, Became::Unknown);
    hints.into_iter().fold(told.hint(look), Error::hint)
}

fn finished(error: Error, handle: &str) -> Error {
    let kind = match error.kind() {
        ErrorKind::Incomplete | ErrorKind::Failed => ErrorKind::Refused,
        kind => kind,
    };
    let message = format!(
        "the browser finished the approval of task {handle}, and there is no receipt of it here: {error}"
    );
    error.restated(kind, message, Became::Done).hint(format!(
        "the approval is in: look at it with `stepup task show {handle} --audit`"
    ))
}

/// It still waits at the step: so far nothing was approved.
fn waiting(error: Error) -> Error {
    let quit = matches!(error.source(), Some(source) if source.is::<Quit>());
    // Of the others, those that leave the page behind say so themselves.
    if quit || error.kind() == ErrorKind::SignedOut {
        return error.hint(MAY_STILL);
    }
    error
}
