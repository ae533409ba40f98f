//! What an approval would fail for, as far as it is known before anybody is asked.

use super::announced::Announced;
use super::one::Approvals;
use crate::ceremony::registration::{http_for, registration};
use crate::config::ConfigError;
use crate::domain::challenge::Demand;
use crate::domain::task::{ApprovalStep, Task};
use crate::error::Error;
use crate::meaning::unanswerable;

impl Approvals<'_> {
    /// Refuses what the provider entry is known not to be able to do, or what has none.
    pub(super) fn foresee(&self, task: &Task, announced: &Announced) -> Result<(), Error> {
        self.step(task)?;
        if let Some(entry) = self.entry_before(task)? {
            http_for(&self.context.http, entry)?;
            registration(self.context, &self.session.credentials, entry)?;
        }
        self.answerable(task, announced)
    }

    /// Refuses values that the provider entry cannot answer, where it is known that it will have to.
    pub(super) fn answerable(&self, task: &Task, announced: &Announced) -> Result<(), Error> {
        let entry = self.known_entry(task);
        let Some(entry) = entry.filter(|_| !announced.values.is_empty()) else {
            return Ok(());
        };
        let demand = Demand {
            acr_values: announced.values.clone(),
            ..Demand::default()
        };
        let agreed = demand.agree(&entry.terms());
        agreed
            .map(drop)
            .map_err(|reason| unanswerable(&reason, entry))
    }

    /// What the step is known to require, and is not given: `step-up at Okta (acr phr), and a comment`.
    pub(super) fn demands(&self, approval: &ApprovalStep, announced: &Announced) -> Option<String> {
        let lacks_comment = approval.comment_required && self.comment.is_none();
        let comment = lacks_comment.then(|| "a comment".to_owned());
        let all: Vec<String> = announced.in_words().into_iter().chain(comment).collect();
        (!all.is_empty()).then(|| all.join(", and "))
    }

    /// Says that there is no entry for these tasks, where only the API's first answer tells whether one is needed.
    pub(super) fn warn_of_no_entry<'t>(&self, tasks: impl IntoIterator<Item = &'t Task>) {
        let missing = |task| match self.lacks_entry(task)? {
            // The challenge may name one; a link is asked about when it is needed.
            ConfigError::ManyEntries { .. } | ConfigError::Unlinked { .. } => None,
            error => Some(Error::from(error)),
        };
        let Some(error) = tasks.into_iter().find_map(missing) else {
            return;
        };
        let terminal = &self.context.terminal;
        let why = error.message();
        terminal.warn(format_args!(
            "{why}; unless the API runs the sign-in itself, what requires step-up will not be approved"
        ));
        for hint in error.hints() {
            terminal.say(self.context.same_api().completed(hint));
        }
    }
}
