//! What became of an action. A POST is sent once; the answer tells that it was taken on, or is lost, and
//! what happened stands in the task and nowhere else (wire contract 8.11).

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::backoff::Backoff;
use crate::domain::task::Task;
use crate::error::{Error, ErrorKind, gateway};

/// An action on one step of one task.
pub(super) struct Aftermath<'a> {
    pub(super) api: &'a AccessApi,
    pub(super) task: &'a Task,
    pub(super) policy_step_id: &'a str,
    /// `approval`, `denial`.
    pub(super) what: &'static str,
}

impl Aftermath<'_> {
    /// Re-reads until `happened` says so: actions are queued. The first look is immediate. The task as it
    /// was seen last, and whether it happened.
    pub(super) fn confirm(
        &self,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<(Task, bool), Error> {
        let mut backoff = Backoff::for_effects();
        let mut seen = None;
        while backoff.look() {
            match self.api.until(backoff.deadline()).task(&self.task.id) {
                Ok(now) if happened(&now)? => return Ok((now, true)),
                Ok(now) => seen = Some(now),
                Err(error) => tracing::debug!("re-reading the task failed: {error}"),
            }
        }
        Ok((seen.unwrap_or_else(|| self.task.clone()), false))
    }

    /// After a lost answer: the task in which it happened all the same, or the truth about what is known.
    pub(super) fn find_out(
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
        let failed = if still_waits {
            Error::new(
                ErrorKind::Failed,
                format!("the {what} was not recorded so far: {lost}"),
            )
            .hint(format!(
                "task {handle} was read again and still waits for you; run the same command again"
            ))
        } else {
            Error::new(
                ErrorKind::Failed,
                format!("it is unknown whether the {what} went in: {lost}"),
            )
            .hint(format!(
                "look with `stepup task show {handle}` before you run it again"
            ))
        };
        let failed = match &lost {
            ApiError::WebPage { page, .. } => failed.hint(gateway(page)),
            _ => failed,
        };
        Err(failed.caused_by(lost))
    }
}
