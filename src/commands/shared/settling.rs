//! A step is settled otherwise than by an approval: whose the task is, the question, the task read again after it, the
//! action sent once, what became of it.

use super::confirmation::{ActionOutcome, ActionWords, Confirmation};
use super::people::People;
use super::{card, comment, completable};
use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::sanitize::sanitize;
use crate::ceremony::recheck::Recheck;
use crate::cli::TaskDecision;
use crate::context::{Consent, Context};
use crate::domain::statement;
use crate::domain::task::Task;
use crate::error::Error;
use crate::interrupt;
use crate::meaning::Decision;
use crate::session::Session;
use crate::session::who::actor_and_task;

/// A task that somebody wants to settle.
pub(in crate::commands) struct Case<'a> {
    pub(in crate::commands) context: &'a Context,
    pub(in crate::commands) session: &'a Session,
    pub(in crate::commands) api: AccessApi,
    /// Whose the credential is.
    pub(in crate::commands) user_id: String,
    pub(in crate::commands) task: Task,
    /// As it was given.
    pub(in crate::commands) comment: Option<String>,
    yes: bool,
}

impl Case<'_> {
    /// Reads the task that is meant, and settles it.
    pub(in crate::commands) fn settle(
        context: &Context,
        args: &TaskDecision,
        settle: impl FnOnce(&Case<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let session = &Session::open(context)?;
        let id = session.task_id(&args.task)?;
        let settled = || {
            let api = session.api(context)?;
            let comment = comment::given(&args.reason)?;
            let (user_id, task) = actor_and_task(&api, &session.profile, &id)?;
            settle(&Case {
                context,
                session,
                api,
                user_id,
                task,
                comment,
                yes: args.yes,
            })
        };
        settled().map_err(|error| error.of_task(&id))
    }

    /// Refuses what lacks a comment and cannot ask for one, and shows the task, with what its ids stand for.
    pub(in crate::commands) fn show(
        &self,
        decision: Decision,
        comment_required: bool,
    ) -> Result<(), Error> {
        let is_given = self.comment.is_some();
        comment::obtainable(
            self.context,
            decision,
            &self.task,
            comment_required,
            is_given,
        )?;
        let shown = self.api.described(&self.task);
        card::show(
            &self.context.terminal,
            &self.api,
            &mut People::new(&self.api, &self.user_id),
            &shown,
        );
        Ok(())
    }

    /// Hands out the result of what leaves the task with others, mostly. A policy or a delegation may have put others in
    /// the place of those who were named.
    pub(in crate::commands) fn report_waiting(
        &self,
        seen: &ActionOutcome,
        told: &ActionWords,
        document: &serde_json::Value,
    ) -> Result<(), Error> {
        if !seen.task.step_approver_ids.contains(&self.user_id) {
            completable::forget(self.context, self.session, self.task.handle());
        }
        let waits_for = People::new(&self.api, &self.user_id).waited_for(&seen.task);
        let state = format!("waits for: {}", sanitize(&waits_for));
        seen.report(self.context, told, &state, document)
    }
}

/// An action, and what it is called.
pub(in crate::commands) struct Settlement {
    /// What is compared when the task is read again.
    pub(in crate::commands) action: statement::Action,
    /// What an interruption meanwhile says.
    pub(in crate::commands) interrupted: interrupt::UnderWay,
    /// The words of the result.
    pub(in crate::commands) told: ActionWords,
    /// The words of the question.
    pub(in crate::commands) consent: Consent,
}

impl Settlement {
    /// Asks whether this step is to be settled with this comment, and settles it.
    pub(in crate::commands) fn settle(
        &self,
        case: &Case<'_>,
        (policy_step_id, comment): (&str, Option<&str>),
        text: &str,
        send: impl FnOnce() -> Result<Option<String>, ApiError>,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<(Option<String>, ActionOutcome), Error> {
        let question = Question {
            api: &case.api,
            task: &case.task,
            policy_step_id,
            text,
            yes: case.yes,
            after_another: comment != case.comment.as_deref(),
        };
        self.ask_and_send(case.context, &question, send, happened)
    }

    /// Asks, and sends what was agreed to. The task is read again before, where somebody was asked anything: people take
    /// their time.
    pub(in crate::commands) fn ask_and_send(
        &self,
        context: &Context,
        question: &Question<'_>,
        send: impl FnOnce() -> Result<Option<String>, ApiError>,
        happened: impl Fn(&Task) -> Result<bool, Error>,
    ) -> Result<(Option<String>, ActionOutcome), Error> {
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
        confirmation.send(context, &self.interrupted, send, happened)
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
