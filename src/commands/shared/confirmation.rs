//! What became of an action. A POST is sent once; the answer tells that it was taken on, or is lost, and
//! what happened stands in the task and nowhere else (c1.md 8.11).

use std::time::{Duration, Instant};

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::backoff::Backoff;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::{Style, Terminal};
use crate::context::Context;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::receipt::RereadError;
use crate::domain::task::Task;
use crate::error::{Became, Error};
use crate::interrupt::UnderWay;
use crate::meaning::gateway;

/// What the re-reads after an accepted action came to.
pub(in crate::commands) struct ActionOutcome {
    /// The task as it was seen last.
    pub(in crate::commands) task: Task,
    /// Whether it shows the action.
    pub(in crate::commands) confirmed: bool,
    /// Why it does not, where it could not be read.
    pub(in crate::commands) reread_error: Option<RereadError>,
}

/// What an action is called when it is told.
pub(in crate::commands) struct ActionWords {
    /// `denial`.
    pub(in crate::commands) what: &'static str,
    /// `denied`.
    pub(in crate::commands) done: &'static str,
}

impl ActionOutcome {
    /// What scripts are told of it. What the task does not show is not told as `done`.
    pub(in crate::commands) const fn outcome(&self, done: &'static str) -> &'static str {
        if self.confirmed { done } else { "accepted" }
    }

    /// Hands out the result: what was done with which task, `state` of it, and for scripts `document`. An error where
    /// the task does not show the action.
    pub(in crate::commands) fn report(
        &self,
        context: &Context,
        told: &ActionWords,
        state: &str,
        document: &serde_json::Value,
    ) -> Result<(), Error> {
        let ActionWords { what, done } = told;
        let reread_error = self.reread_error.as_ref();
        let (handle, title) = (self.task.handle(), excerpt(&self.task.title, TITLE));
        let (style, word, how, summary) = if self.confirmed {
            let how = "confirmed by reading it again";
            (
                Style::Good,
                (*done).to_owned(),
                how,
                format!("the task is {done}"),
            )
        } else {
            let how = unconfirmed_in_words(reread_error);
            (
                Style::Notice,
                format!("accepted the {what} of"),
                how,
                format!("the {what} is accepted"),
            )
        };
        let text = format!(
            "{} task {handle}: {}\n  {state} ({how})",
            context.terminal.style_out(style, &word),
            sanitize(&title)
        );
        context.deliver(&summary, &text, document)?;
        if self.confirmed {
            return Ok(());
        }
        Err(unconfirmed(what, handle, reread_error))
    }
}

/// How long a person waits without a word.
const LONG: Duration = Duration::from_millis(500);

/// An action on one step of one task.
pub(in crate::commands) struct Confirmation<'a> {
    pub(in crate::commands) api: &'a AccessApi,
    pub(in crate::commands) task: &'a Task,
    pub(in crate::commands) policy_step_id: &'a str,
    /// `approval`, `denial`.
    pub(in crate::commands) what: &'static str,
}

impl Confirmation<'_> {
    /// Sends an action once, and finds out what became of it; the id is the API's of the action, which a lost answer does
    /// not tell. An interruption meanwhile waits for the answer.
    pub(in crate::commands) fn send(
        &self,
        context: &Context,
        action: &UnderWay,
        send: impl FnOnce() -> Result<Option<String>, ApiError>,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<(Option<String>, ActionOutcome), Error> {
        context.interrupt.submitting(action.on(self.task.handle()));
        match send() {
            Ok(action_id) => Ok((action_id, self.confirm(&context.terminal, happened)?)),
            Err(lost) if lost.leaves_doubt() => {
                let seen = ActionOutcome {
                    task: self.find_out(lost, happened)?,
                    confirmed: true,
                    reread_error: None,
                };
                Ok((None, seen))
            }
            Err(error) => {
                context.interrupt.nothing_submitted();
                Err(error.into())
            }
        }
    }

    /// Re-reads until `happened` says so: actions are queued. The first look is immediate; a person is told of what takes
    /// longer. Another task ends it: nothing that follows would be about this one.
    pub(in crate::commands) fn confirm(
        &self,
        terminal: &Terminal,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<ActionOutcome, Error> {
        let (mut backoff, began) = (Backoff::for_effects(), Instant::now());
        let (mut seen, mut reread_error) = (None, None);
        let mut line = None;
        while backoff.look() {
            if line.is_none() && began.elapsed() > LONG {
                let left = backoff.deadline().saturating_duration_since(Instant::now());
                line = Some(terminal.waiting(&self.accepted(), left));
            }
            match self.api.until(backoff.deadline()).task(&self.task.id) {
                Ok(now) if happened(&now)? => {
                    return Ok(ActionOutcome {
                        task: now,
                        confirmed: true,
                        reread_error: None,
                    });
                }
                Ok(now) => (seen, reread_error) = (Some(now), None),
                Err(error @ ApiError::OtherTask { .. }) => {
                    reread_error = Some(RereadError::OtherTask(error.to_string()));
                    break;
                }
                Err(error) => reread_error = Some(RereadError::Failed(error.to_string())),
            }
        }
        Ok(ActionOutcome {
            task: seen.unwrap_or_else(|| self.task.clone()),
            confirmed: false,
            reread_error,
        })
    }

    fn accepted(&self) -> String {
        let (what, handle) = (self.what, self.task.handle());
        format!("the API accepted the {what} of task {handle}, waiting until the task shows it")
    }

    /// After a lost answer: the task in which it happened all the same, or the truth about what is known.
    pub(in crate::commands) fn find_out(
        &self,
        lost: ApiError,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<Task, Error> {
        let mut backoff = Backoff::for_doubt();
        let mut still_waits = false;
        while backoff.look() {
            still_waits = match self.api.until(backoff.deadline()).task(&self.task.id) {
                Ok(now) if happened(&now)? => return Ok(now),
                Ok(now) => now
                    .current
                    .is_some_and(|step| step.id == self.policy_step_id),
                Err(_) => false,
            };
        }
        let (handle, what) = (self.task.handle(), self.what);
        let seen = format!("task {handle} was read again and still waits for you");
        let action = LostAction {
            what,
            on: &format!("of task {handle}"),
            look: &format!("stepup task show {handle}"),
        };
        Err(action.error(lost, still_waits.then_some(&*seen)))
    }
}

/// An action whose answer is lost, and which does not show.
pub(in crate::commands) struct LostAction<'a> {
    /// `denial`.
    pub(in crate::commands) what: &'a str,
    /// `of task 4211`.
    pub(in crate::commands) on: &'a str,
    /// The command that shows it, if it went in.
    pub(in crate::commands) look: &'a str,
}

impl LostAction<'_> {
    /// What is known of it: that it was not recorded so far, where `seen` says how that is known, or nothing.
    pub(in crate::commands) fn error(&self, lost: ApiError, seen: Option<&str>) -> Error {
        let Self { what, on, look } = self;
        let failed = match seen {
            Some(seen) => Error::failed(format!("the {what} was not recorded so far: {lost}"))
                .hint(format!("{seen}; run the same command again")),
            None => Error::failed(format!(
                "it is unknown whether the {what} {on} went in: {lost}"
            ))
            .became(Became::Unknown)
            .hint(format!("look with `{look}` before you run it again")),
        };
        let failed = match &lost {
            ApiError::WebPage { page, .. } | ApiError::Redirect { page, .. } => {
                failed.hint(gateway(page))
            }
            _ => failed,
        };
        failed.caused_by(lost)
    }
}

/// The error of an action (`approval`, `denial`) that the API took on and the task does not show.
pub(in crate::commands) fn unconfirmed(
    what: &str,
    handle: &str,
    reread_error: Option<&RereadError>,
) -> Error {
    let accepted = format!("the API accepted the {what}");
    let look = format!("do not send it again: look with `stepup task show {handle}`");
    match reread_error {
        None => Error::pending(format!("{accepted}, but the task does not show it yet"))
        .hint(look),
        Some(RereadError::Failed(reason)) => Error::pending(format!("{accepted}, but the task could not be read again: {reason}"))
        .hint(look),
        Some(RereadError::OtherTask(reason)) => Error::untrusted(format!("{accepted}, and answers with another task now: {reason}"))
        .hint(format!(
            "the {what} is in; look at task {handle} in the browser, and show this to the administrator of the API"
        )),
    }
}

/// How to go on with a task whose step is settled, and which waits for another.
pub(in crate::commands) fn still_open(context: &Context, handle: &str) {
    // There is nothing to look at after a demo.
    if !context.goes_with_the_demo() {
        let line = format!(
            "task {handle} is still open: `stepup task show {handle}` says what it waits for"
        );
        context.terminal.say(context.same_api().completed(&line));
    }
}

/// Why an approval is not confirmed, in a few words beside the task.
pub(in crate::commands) const fn unconfirmed_in_words(
    reread_error: Option<&RereadError>,
) -> &'static str {
    match reread_error {
        None => "the task does not show it yet",
        Some(RereadError::Failed(_)) => "the task could not be read again",
        Some(RereadError::OtherTask(_)) => "the API answers with another task",
    }
}
