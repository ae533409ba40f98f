//! What was shown is what is decided: the task is read again before anything is sent that settles a step, and
//! compared with the statement that the person consented to.

use std::thread::{self, JoinHandle};

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::threads::joined;
use crate::domain::statement::{Action, Statement, in_words};
use crate::domain::task::Task;
use crate::error::Error;
use crate::meaning::settled_otherwise;

#[cfg(test)]
mod tests;

/// The statement that was consented to, and where to read it again.
#[derive(Clone)]
pub(crate) struct Recheck {
    api: AccessApi,
    statement: Statement,
}

/// A reading under way.
pub(crate) struct Rechecking(JoinHandle<Result<Task, Error>>);

impl Recheck {
    /// Of a task as it was shown, and what is to be done with this step of it.
    pub(crate) fn of(api: &AccessApi, task: &Task, step_id: &str, action: Action) -> Self {
        Self {
            api: api.clone(),
            statement: Statement::of(&api.origin(), task, step_id, action),
        }
    }

    /// What was consented to.
    pub(crate) const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The task as it is now, if it still is what was shown.
    pub(crate) fn now(&self) -> Result<Task, Error> {
        let now = self.read()?;
        self.compare(&now)?;
        Ok(now)
    }

    /// Begins to read the task in a thread of its own.
    pub(crate) fn begin(&self) -> Rechecking {
        let recheck = self.clone();
        Rechecking(thread::spawn(move || recheck.now()))
    }

    /// The task as it is now. What does not come as it should is read once more.
    pub(crate) fn read(&self) -> Result<Task, Error> {
        let id = &self.statement.task_id;
        let again = |error| match error {
            // The client repeats what fails otherwise.
            ApiError::Unreadable(_) => self.api.task(id),
            _ => Err(error),
        };
        self.api
            .task(id)
            .or_else(again)
            .map_err(|error| match error {
                ApiError::OtherTask { .. } => error.into(),
                error => unread(&error.into()),
            })
    }

    /// Refuses a task that is not what was shown.
    pub(crate) fn compare(&self, now: &Task) -> Result<(), Error> {
        let step_id = &self.statement.policy_step_id;
        if let Some(settled) = now.settled(step_id) {
            return Err(settled_otherwise(settled, now));
        }
        let differences = self.statement.differences(&self.statement.again(now));
        if differences.is_empty() {
            return Ok(());
        }
        let handle = now.handle();
        Err(Error::refused(format!(
            "task `{handle}` is not what was shown any more: {}",
            in_words(&differences)
        ))
        .says_the_state()
        .hint(format!(
            "nothing was submitted; look at it with `stepup task show {handle}`, and decide again"
        )))
    }
}

/// Why nothing is sent, with what would help against its cause.
fn unread(cause: &Error) -> Error {
    let said = format!(
        "the task could not be read again, to see whether it still is what was shown: {}",
        cause.message()
    );
    let told = Error::failed(said)
        .says_the_state()
        .hint("nothing was submitted");
    cause.hints().iter().fold(told, Error::hint)
}

impl Rechecking {
    pub(crate) fn done(self) -> Result<(), Error> {
        joined(self.0.join()).map(drop)
    }
}
