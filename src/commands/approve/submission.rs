//! Sending the approval, and finding out what became of it. A POST is sent once; when its answer is lost
//! the task is read again and the truth reported (c1.md 8.11). Its receipt is written before.

use std::cell::Cell;

use url::Url;

use super::done::approved_in;
use crate::adapters::access_api::{AccessApi, ApiError, ApproveAnswer, Endpoint, SentProof};
use crate::ceremony::recheck::Recheck;
use crate::commands::shared::confirmation::Confirmation;
use crate::commands::shared::on_its_way::OnItsWay;
use crate::context::Context;
use crate::domain::ceremony::Ceremony;
use crate::domain::challenge::{Demand, Purpose};
use crate::domain::person::Approver;
use crate::domain::receipt::{
    ApprovalReceipt, ApprovalRecord, PeopleRecord, StepUpRecord, TransactionRecord,
};
use crate::domain::requirement::Caveat;
use crate::domain::task::Task;
use crate::error::Error;
use crate::evidence::Made;
use crate::interrupt::UnderWay;
use crate::meaning::{still_unmet, token_refused};

/// One approval of one step.
pub(super) struct Submission<'a> {
    pub(super) context: &'a Context,
    pub(super) api: &'a AccessApi,
    pub(super) task: &'a Task,
    pub(super) policy_step_id: &'a str,
    /// What was consented to.
    pub(super) recheck: &'a Recheck,
    pub(super) approver: &'a Approver,
    pub(super) comment: Option<&'a str>,
    /// When the person consented, seconds since the epoch.
    pub(super) consented_at: i64,
    /// What is kept whatever ends this process.
    pub(super) on_its_way: &'a OnItsWay,
}

/// The step-up that an approval is sent with.
pub(super) struct SentStepUp<'a> {
    pub(super) proof: SentProof<'a>,
    pub(super) record: StepUpRecord,
    /// What is kept for whoever wants to verify it again.
    pub(super) evidence: Option<Made>,
}

/// What the attempt without a proof came to.
pub(super) enum First {
    /// The step demanded nothing, and is approved.
    Settled(Box<ApprovalReceipt>),
    /// The step demands step-up; the endpoint is where the proof goes.
    Challenged(Endpoint, Demand),
    /// The API sends the person to this page of its own.
    Hosted(Url),
    /// Refused, and the task as it is now demands step-up, which it did not before.
    Changed(Box<Task>),
}

impl Submission<'_> {
    /// What a proof for it is good for.
    pub(super) fn purpose(&self) -> Purpose {
        Purpose::Approval {
            task_id: self.task.id.clone(),
            policy_step_id: self.policy_step_id.to_owned(),
        }
    }

    /// Submits with the API credential only.
    ///
    /// A step that demands step-up is never approved plainly (c1.md 8.5), unless the local ceremony
    /// was asked for by name: an API without the step-up endpoint may answer the plain approval with its
    /// challenge.
    pub(super) fn first(&self, mut endpoint: Endpoint, plainly: bool) -> Result<First, Error> {
        self.sends(None, None);
        let mut answer = self.post(endpoint, SentProof::Nothing);
        if matches!(answer, Err(ApiError::NotFound(_))) && endpoint == Endpoint::StepUp {
            if !plainly {
                return Err(self.nothing(self.no_step_up_endpoint()));
            }
            endpoint = Endpoint::Plain;
            answer = self.post(endpoint, SentProof::Nothing);
        }
        match answer {
            Ok(ApproveAnswer::Challenged(demand)) => {
                self.nothing_submitted();
                return Ok(First::Challenged(endpoint, demand));
            }
            Ok(ApproveAnswer::Hosted { page }) => {
                self.nothing_submitted();
                return Ok(First::Hosted(page));
            }
            Err(ApiError::Refused(_) | ApiError::Forbidden(_)) if endpoint == Endpoint::Plain => {
                if let Some(task) = self.changed() {
                    self.nothing_submitted();
                    return Ok(First::Changed(task));
                }
            }
            _ => {}
        }
        let mut receipt = self.settle(answer, None)?;
        if self.task.demands_step_up() {
            receipt.caveats.push(Caveat::WithoutStepUp.into());
        }
        Ok(First::Settled(Box::new(receipt)))
    }

    /// Submits with what a ceremony brought. A second challenge ends it (B1.11).
    pub(super) fn with_step_up(
        &self,
        endpoint: Endpoint,
        step_up: SentStepUp<'_>,
    ) -> Result<ApprovalReceipt, Error> {
        let SentStepUp {
            proof,
            record,
            evidence,
        } = step_up;
        self.sends(Some(&record), evidence);
        let token = matches!(proof, SentProof::Token(_));
        match self.post(endpoint, proof) {
            Ok(ApproveAnswer::Challenged(again)) => {
                let unmet = still_unmet(&again, &record.requirement, record.proof.as_ref());
                Err(self.nothing(unmet))
            }
            Ok(ApproveAnswer::Hosted { .. }) => Err(self.nothing(hosted_again())),
            Err(ApiError::SignedOut { reason, .. }) if token => {
                Err(self.nothing(token_refused(&reason)))
            }
            Err(
                refused @ (ApiError::Refused(_) | ApiError::Forbidden(_) | ApiError::NotFound(_)),
            ) if !token => self.after_a_refusal(refused, record),
            answer => self.settle(answer, Some(record)),
        }
    }

    /// Submits with the id of a transaction that only the API can look at. `None` where it does not take it: the
    /// person may not have finished.
    pub(super) fn try_named(
        &self,
        id: &str,
        record: StepUpRecord,
    ) -> Result<Option<ApprovalReceipt>, Error> {
        self.sends(Some(&record), None);
        match self.post(Endpoint::StepUp, SentProof::Named(id)) {
            Ok(ApproveAnswer::Hosted { .. })
            | Err(ApiError::Refused(_) | ApiError::Forbidden(_) | ApiError::NotFound(_)) => {
                self.nothing_submitted();
                Ok(None)
            }
            answer => self.settle(answer, Some(record)).map(Some),
        }
    }

    /// The receipt of an approval that the API finished by itself.
    pub(super) fn settled_already(&self, now: &Task, record: StepUpRecord) -> ApprovalReceipt {
        self.receipt(ApprovalRecord::SEEN, Some(record), now)
    }

    /// The task as it is now, if it demands step-up now and did not when it was read.
    fn changed(&self) -> Option<Box<Task>> {
        if self.task.demands_step_up() {
            return None;
        }
        let now = self.api.task(&self.task.id).ok()?;
        now.demands_step_up().then(|| Box::new(now))
    }

    /// The browser may have won the race (c1.md 8.4): whether a refusal is one, the task shows. Where it cannot be read,
    /// nobody knows.
    fn after_a_refusal(
        &self,
        refused: ApiError,
        record: StepUpRecord,
    ) -> Result<ApprovalReceipt, Error> {
        match self.api.task(&self.task.id) {
            Ok(now) => {
                let approved = self.approved_in(&now);
                if approved.map_err(|error| self.nothing(error))? {
                    self.confirm(None, Some(record))
                } else {
                    self.settle(Err(refused), Some(record))
                }
            }
            Err(unread) => {
                let terminal = &self.context.terminal;
                terminal.warn(format_args!("the API did not take the approval: {refused}"));
                self.after_a_lost_answer(unread, Some(record))
            }
        }
    }

    fn post(&self, endpoint: Endpoint, proof: SentProof<'_>) -> Result<ApproveAnswer, ApiError> {
        self.api.approve(
            endpoint,
            self.task,
            self.policy_step_id,
            self.comment,
            proof,
        )
    }

    fn settle(
        &self,
        answer: Result<ApproveAnswer, ApiError>,
        step_up: Option<StepUpRecord>,
    ) -> Result<ApprovalReceipt, Error> {
        match answer {
            Ok(ApproveAnswer::Accepted { ticket_action_id }) => {
                self.on_its_way.accepted(&ticket_action_id);
                self.context.interrupt.went_in(self.task.handle());
                self.confirm(Some(ticket_action_id), step_up)
            }
            Ok(ApproveAnswer::Hosted { .. }) => Err(self.nothing(hosted_again())),
            Ok(ApproveAnswer::Challenged(_)) => {
                Err(self.nothing(token_refused("it requires step-up authentication again")))
            }
            Err(error) if error.leaves_doubt() => self.after_a_lost_answer(error, step_up),
            Err(error) => Err(self.nothing(error.into())),
        }
    }

    /// An error that means that nothing was approved.
    fn nothing(&self, error: Error) -> Error {
        self.nothing_submitted();
        error
    }

    fn nothing_submitted(&self) {
        self.on_its_way.nothing();
        self.context.interrupt.nothing_submitted();
    }

    /// From here on it may have gone in.
    fn sends(&self, step_up: Option<&StepUpRecord>, evidence: Option<Made>) {
        // Before the receipt is written: whoever interrupts is not told of nothing, and then finds a receipt.
        let action = UnderWay::APPROVAL.on(self.task.handle());
        self.context.interrupt.submitting(action);
        let receipt = self.receipt(ApprovalRecord::SENT, step_up.cloned(), self.task);
        self.on_its_way.send(receipt, evidence);
    }

    fn confirmation(&self) -> Confirmation<'_> {
        Confirmation {
            api: self.api,
            task: self.task,
            policy_step_id: self.policy_step_id,
            what: "approval",
        }
    }

    /// Re-reads until the step shows as settled: actions are queued.
    fn confirm(
        &self,
        ticket_action_id: Option<String>,
        step_up: Option<StepUpRecord>,
    ) -> Result<ApprovalReceipt, Error> {
        let (confirmation, terminal) = (self.confirmation(), &self.context.terminal);
        let seen = confirmation.confirm(terminal, |now| self.approved_in(now));
        let seen = seen.map_err(|error| self.nothing(error))?;
        let approval = ApprovalRecord {
            ticket_action_id,
            confirmed: seen.confirmed,
            reread_error: seen.reread_error,
        };
        Ok(self.receipt(approval, step_up, &seen.task))
    }

    /// The answer is lost: what happened stands in the task and nowhere else.
    fn after_a_lost_answer(
        &self,
        lost: ApiError,
        step_up: Option<StepUpRecord>,
    ) -> Result<ApprovalReceipt, Error> {
        let otherwise = Cell::new(false);
        let approved = |now: &Task| {
            let approved = self.approved_in(now);
            approved.inspect_err(|_| otherwise.set(true))
        };
        let now = match self.confirmation().find_out(lost, approved) {
            Err(settled) if otherwise.get() => return Err(self.nothing(settled)),
            found => found?,
        };
        Ok(self.receipt(ApprovalRecord::SEEN, step_up, &now))
    }

    pub(super) fn approved_in(&self, now: &Task) -> Result<bool, Error> {
        approved_in(now, self.policy_step_id, &self.approver.user_id)
    }

    fn receipt(
        &self,
        approval: ApprovalRecord,
        mut step_up: Option<StepUpRecord>,
        now: &Task,
    ) -> ApprovalReceipt {
        if let Some(record) = step_up
            .as_mut()
            .filter(|one| one.ceremony == Ceremony::Hosted)
        {
            self.join_history(record, now);
        }
        ApprovalReceipt::of(
            self.task,
            self.recheck.statement(),
            &self.approver.user_id,
            self.people(),
            step_up,
            approval,
            now,
        )
    }

    /// What the API called the approver, who asked and for whom, when the task was shown. Nobody is asked for again.
    fn people(&self) -> PeopleRecord {
        let (task, me) = (self.task, self.approver);
        let others = [&task.subject_user_id, &task.created_by_user_id];
        let others = others.into_iter().filter(|id| **id != me.user_id);
        let named = others.filter_map(|id| {
            let told = task.details.people.get(id).cloned();
            Some((id.clone(), told.or_else(|| self.api.known_user(id))?))
        });
        PeopleRecord::of(named.chain([(me.user_id.clone(), me.clone())]))
    }

    /// What the task's history says the approval rests on. Another transaction than ours is told: the
    /// approval is in, and somebody has to look.
    fn join_history(&self, record: &mut StepUpRecord, now: &Task) {
        let settled = now.settled(self.policy_step_id);
        let named = settled.and_then(|step| step.step_up_transaction_id.as_deref());
        let unread = || TransactionRecord::unread(named.unwrap_or_default());
        let ours = record.transaction.get_or_insert_with(unread);
        ours.settled = settled.cloned();
        let Some(named) = named else {
            return;
        };
        ours.in_history = ours.id == named;
        if !ours.in_history {
            self.context.terminal.warn(format_args!(
                "the task's history names another step-up transaction (`{named}`) than the one that was sent"
            ));
            record.caveats.push(Caveat::OtherStepUp);
        }
    }

    fn no_step_up_endpoint(&self) -> Error {
        Error::refused("the step requires step-up authentication, and the API has no endpoint for it (or no such task any more)")
        .hint(format!("approve in the browser: {}", self.api.web_url(self.task)))
        .hint("if this API answers a plain approval with an RFC 9470 challenge, say so with `--ceremony local`, or `ceremony = \"local\"` in the profile")
    }
}

/// Leg 2 was answered like leg 1.
fn hosted_again() -> Error {
    Error::unmet("the API does not accept the step-up that it verified, and asks for another").hint(
        "run the command again, and show this to the administrator of the API if it comes back",
    )
}
