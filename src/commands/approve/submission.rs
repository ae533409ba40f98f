//! Sending the approval, and finding out what became of it. A POST is sent once; when its answer is lost
//! the task is read again and the truth reported (wire contract 8.11).

use super::Context;
use crate::adapters::access_api::{AccessApi, ApiError, ApproveAnswer, Endpoint};
use crate::adapters::backoff::Backoff;
use crate::domain::challenge::Demand;
use crate::domain::person::Approver;
use crate::domain::proof::StepUpProof;
use crate::domain::receipt::{ApprovalReceipt, ApprovalRecord, ProofRecord, RequirementRecord};
use crate::domain::task::Task;
use crate::error::{Error, ErrorKind};

/// One approval of one step.
pub(super) struct Submission<'a> {
    pub(super) context: &'a Context,
    pub(super) api: &'a AccessApi,
    pub(super) task: &'a Task,
    pub(super) policy_step_id: &'a str,
    pub(super) approver: &'a Approver,
    pub(super) comment: Option<&'a str>,
}

/// What the attempt without a proof came to.
pub(super) enum First {
    /// The step demanded nothing, and is approved.
    Settled(Box<ApprovalReceipt>),
    /// The step demands step-up; the endpoint is where the proof goes.
    Challenged(Endpoint, Demand),
}

type StepUp = Option<(RequirementRecord, ProofRecord)>;

impl Submission<'_> {
    /// Submits with the API credential only. An API without the step-up endpoint is asked plainly, and
    /// answers with its challenge (design, section 3); one that has it never is.
    pub(super) fn first(&self, mut endpoint: Endpoint) -> Result<First, Error> {
        self.context.interrupt.submitting("the approval");
        let mut answer = self.post(endpoint, None);
        if matches!(answer, Err(ApiError::NotFound(_))) && endpoint == Endpoint::StepUp {
            endpoint = Endpoint::Plain;
            answer = self.post(endpoint, None);
        }
        if let Ok(ApproveAnswer::Challenged(demand)) = answer {
            self.context.interrupt.nothing_submitted();
            return Ok(First::Challenged(endpoint, demand));
        }
        let receipt = self.settle(answer, None)?;
        if self.task.demands_step_up() {
            self.context
                .terminal
                .warn("the step demands step-up authentication, and the API approved without it");
        }
        Ok(First::Settled(Box::new(receipt)))
    }

    /// Submits with the proof. A second challenge ends it (B1.11).
    pub(super) fn with_proof(
        &self,
        endpoint: Endpoint,
        proof: &StepUpProof,
        record: (RequirementRecord, ProofRecord),
    ) -> Result<ApprovalReceipt, Error> {
        self.context.interrupt.submitting("the approval");
        match self.post(endpoint, Some(proof)) {
            Ok(ApproveAnswer::Challenged(again)) => Err(self.nothing(still_unmet(&again, &record))),
            Err(ApiError::SignedOut(reason)) => Err(self.nothing(token_refused(&reason))),
            answer => self.settle(answer, Some(record)),
        }
    }

    fn post(
        &self,
        endpoint: Endpoint,
        proof: Option<&StepUpProof>,
    ) -> Result<ApproveAnswer, ApiError> {
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
        step_up: StepUp,
    ) -> Result<ApprovalReceipt, Error> {
        match answer {
            Ok(ApproveAnswer::Accepted { ticket_action_id }) => {
                self.confirm(Some(ticket_action_id), step_up)
            }
            Ok(ApproveAnswer::Hosted { host }) => Err(self.nothing(self.hosted(&host))),
            Ok(ApproveAnswer::Challenged(_)) => {
                Err(self.nothing(token_refused("it demands step-up authentication again")))
            }
            Err(error) if error.leaves_doubt() => self.after_a_lost_answer(error, step_up),
            Err(error) => Err(self.nothing(error.into())),
        }
    }

    /// An error that means that nothing was approved.
    fn nothing(&self, error: Error) -> Error {
        self.context.interrupt.nothing_submitted();
        error
    }

    /// Re-reads until the step shows as settled: actions are queued. The first look is immediate.
    fn confirm(
        &self,
        ticket_action_id: Option<String>,
        step_up: StepUp,
    ) -> Result<ApprovalReceipt, Error> {
        let mut backoff = Backoff::for_effects();
        let mut seen = None;
        while backoff.look() {
            match self.api.until(backoff.deadline()).task(&self.task.id) {
                Ok(now) if self.approved_in(&now)? => {
                    return Ok(self.receipt(ticket_action_id, true, step_up, &now));
                }
                Ok(now) => seen = Some(now),
                Err(error) => tracing::debug!("re-reading the task failed: {error}"),
            }
        }
        let now = seen.unwrap_or_else(|| self.task.clone());
        Ok(self.receipt(ticket_action_id, false, step_up, &now))
    }

    /// The answer is lost: what happened stands in the task and nowhere else.
    fn after_a_lost_answer(
        &self,
        error: ApiError,
        step_up: StepUp,
    ) -> Result<ApprovalReceipt, Error> {
        let handle = self.task.handle();
        let mut backoff = Backoff::for_doubt();
        let mut still_waits = false;
        while backoff.look() {
            match self.api.until(backoff.deadline()).task(&self.task.id) {
                Ok(now) if self.approved_in(&now)? => {
                    return Ok(self.receipt(None, true, step_up, &now));
                }
                Ok(now) => {
                    still_waits = now
                        .current
                        .is_some_and(|step| step.id == self.policy_step_id);
                }
                Err(_) => still_waits = false,
            }
        }
        let failed = if still_waits {
            Error::new(
                ErrorKind::Failed,
                format!("the approval was not recorded so far: {error}"),
            )
            .hint(format!(
                "task {handle} was read again and still waits for you; run the same command again"
            ))
        } else {
            Error::new(
                ErrorKind::Failed,
                format!("it is unknown whether the approval went in: {error}"),
            )
            .hint(format!(
                "look with `stepup task show {handle}` before you run it again"
            ))
        };
        Err(failed.caused_by(error))
    }

    /// Whether our step shows as approved by us. Settled otherwise is an answer too: somebody was faster.
    fn approved_in(&self, now: &Task) -> Result<bool, Error> {
        let Some(settled) = now.settled(self.policy_step_id) else {
            return Ok(false);
        };
        if settled.approved_by.as_deref() == Some(&self.approver.user_id) {
            return Ok(true);
        }
        Err(Error::new(
            ErrorKind::Refused,
            format!(
                "the step was {} by somebody else in the meantime",
                settled.outcome
            ),
        )
        .hint(format!(
            "see how with `stepup task show {}`",
            self.task.handle()
        )))
    }

    fn receipt(
        &self,
        ticket_action_id: Option<String>,
        confirmed: bool,
        step_up: StepUp,
        now: &Task,
    ) -> ApprovalReceipt {
        ApprovalReceipt::of(
            self.task,
            self.policy_step_id,
            &self.approver.user_id,
            step_up,
            ApprovalRecord {
                ticket_action_id,
                confirmed,
            },
            now.state,
        )
    }

    fn hosted(&self, host: &str) -> Error {
        Error::new(
            ErrorKind::Failed,
            format!(
                "this API runs the step-up itself, at `{host}`, which stepup does not support yet"
            ),
        )
        .hint(format!(
            "approve in the browser: {}",
            self.api.web_url(self.task)
        ))
    }
}

/// The API takes no token of this issuer or audience, or not this one.
fn token_refused(reason: &str) -> Error {
    Error::new(
        ErrorKind::Failed,
        format!("the API did not accept the step-up token: {reason}"),
    )
    .hint("compare `audience`, `resource` and `scopes` of the provider entry with what the API expects")
}

/// B1.11, the loop guard: shows what was asked and what was got.
fn still_unmet(again: &Demand, (requirement, proof): &(RequirementRecord, ProofRecord)) -> Error {
    let asked_again = if again.acr_values == requirement.acr_values {
        "the same again".to_owned()
    } else {
        format!("acr `{}`", again.acr_values.join(" "))
    };
    Error::new(
        ErrorKind::Unmet,
        format!(
            "the API is still not satisfied: asked for acr `{}`, got `{}`, and it demands {asked_again}",
            requirement.acr_values.join(" "),
            proof.acr.as_deref().unwrap_or("none"),
        ),
    )
    .hint("the API and the provider disagree about what was proven; an administrator has to compare their settings")
}
