//! A step is settled otherwise than by an approval: the question, the task read again after it, the action sent once,
//! what became of it.

use super::confirmation::{Confirmation, Seen, Told};
use crate::adapters::access_api::{AccessApi, ApiError};
use crate::ceremony::recheck::Recheck;
use crate::context::{Consent, Context};
use crate::domain::statement;
use crate::domain::task::Task;
use crate::error::Error;
use crate::interrupt;

/// An action, and what it is called.
pub(in crate::commands) struct Settlement {
    /// What is compared when the task is read again.
    pub(in crate::commands) action: statement::Action,
    /// What an interruption meanwhile says.
    pub(in crate::commands) interrupted: interrupt::Action,
    /// The words of the result.
    pub(in crate::commands) told: Told,
    /// The words of the question.
    pub(in crate::commands) consent: Consent,
}

impl Settlement {
    /// Asks, and sends what was agreed to. The task is read again before, where somebody was asked anything: people take
    /// their time.
    pub(in crate::commands) fn ask_and_send(
        &self,
        context: &Context,
        question: &Question<'_>,
        send: impl FnOnce() -> Result<Option<String>, ApiError>,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<(Option<String>, Seen), Error> {
        context.consent(question.yes, question.text, &self.consent)?;
        if question.after_another || !question.yes {
            Recheck::of(
                question.api,
                question.task,
                question.policy_step_id,
                self.action,
            )
            .now()?;
        }
        let confirmation = Confirmation {
            api: question.api,
            task: question.task,
            policy_step_id: question.policy_step_id,
            what: self.told.what,
        };
        confirmation.send(context, self.interrupted, send, happened)
    }
}

/// The question before an action on a step of a task.
pub(in crate::commands) struct Question<'a> {
    pub(in crate::commands) api: &'a AccessApi,
    pub(in crate::commands) task: &'a Task,
    pub(in crate::commands) policy_step_id: &'a str,
    pub(in crate::commands) text: &'a str,
    /// Whether `--yes` answers it.
    pub(in crate::commands) yes: bool,
    /// Whether something else was asked before it.
    pub(in crate::commands) after_another: bool,
}
