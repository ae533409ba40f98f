//! The hosted ceremony (`ceremony=hosted`, c1.md 4.1): the API is the relying party. Leg 1 opens a
//! transaction and answers with the address of its browser leg; leg 2 approves with the verified one.
//!
//! Which refusal answers a wrong transaction is the sandbox's choice; C1's words are not publicly known.

mod browser;
pub(super) mod meanwhile;
mod pages;

use serde_json::{Value, json};

use super::approval::{Admission, Body};
use super::refusal::Refusal;
use super::requirement::Requirement;
use super::state::{Api, ApiResult, ok};
use super::task::{AuditEntryKind, Step, Task};
use super::transaction::{State, Transaction, TransactionTarget};
use super::view;
use super::world::{World, is_id};
use crate::basics::{locked, new_id};
use crate::people::Person;

/// Seconds a transaction lives; C1's number is not publicly known.
const LIFETIME: u64 = 600;

impl Api {
    pub(super) fn is_hosted(&self) -> bool {
        self.switches.is("ceremony", "hosted")
    }

    /// What becomes of an approval of a step that demands step-up, once everything else about it is right.
    pub(super) fn admit_hosted(
        &self,
        world: &World,
        person: &Person,
        (task, step, requirement): (&Task, &Step, &Requirement),
        body: &Body,
        step_up: bool,
    ) -> Result<Admission, Refusal> {
        if !step_up {
            return self.admit_plain(person);
        }
        let Some(id) = body.transaction() else {
            if self.switches.is("leg1", "accepted") {
                return Ok(Admission::Accepted {
                    person: person.clone(),
                    transaction: String::new(),
                });
            }
            return Ok(Admission::Opened {
                person: person.clone(),
                provider_id: requirement.provider_id.clone(),
            });
        };
        let target = TransactionTarget::Task {
            task_id: task.id.clone(),
            policy_step_id: step.id.clone(),
        };
        let fits = |one: &&Transaction| {
            one.id == id
                && one.target == target
                && one.user_id == person.id
                && one.provider_id == requirement.provider_id
        };
        let transaction = world
            .transactions
            .iter()
            .find(fits)
            .ok_or_else(|| Refusal::precondition("there is no such step-up for this step"))?;
        if transaction.state != State::Verified {
            return Err(Refusal::precondition("the step-up is not verified"));
        }
        if transaction.expires_at <= self.switches.clock() {
            return Err(Refusal::precondition("the step-up has expired"));
        }
        if world.spent.contains(id) {
            return Err(Refusal::precondition("the step-up was used before"));
        }
        Ok(Admission::Accepted {
            person: person.clone(),
            transaction: id.to_owned(),
        })
    }

    /// A plain approval of a step that demands step-up; C1's answer is not publicly known (c1.md 8.5).
    fn admit_plain(&self, person: &Person) -> Result<Admission, Refusal> {
        let person = person.clone();
        match self.switches.text("plain_approve") {
            Some("accepted") => Ok(Admission::Accepted {
                person,
                transaction: String::new(),
            }),
            Some("ignored") => Ok(Admission::Ignored { person }),
            Some("403") => Err(Refusal::forbidden("action not permitted")),
            _ => {
                let why = "this step must be approved with step-up authentication";
                Err(Refusal::precondition(why))
            }
        }
    }

    /// Leg 1: opens a transaction for the task's current step.
    pub(super) fn open_transaction(
        &self,
        world: &mut World,
        id: &str,
        body: &Body,
        person: &Person,
        provider_id: &str,
    ) -> ApiResult {
        let task = world.find(id)?;
        let step = task.current_step().ok_or_else(Refusal::not_found)?;
        let before = view::task_view(task, person);
        let target = TransactionTarget::Task {
            task_id: task.id.clone(),
            policy_step_id: step.id.clone(),
        };
        let redirect_url = self.open(world, target, provider_id, person, body.comment())?;
        if let (true, Some(text)) = (self.switches.is("leg1_comment", "kept"), body.comment()) {
            let comment = AuditEntryKind::Comment(text.to_owned());
            world.find_mut(id)?.note(&person.id, comment);
        }
        self.after_leg_1(world, id)?;
        self.store.save(world);
        let both = self.switches.is("leg1", "both");
        let action_id = if both { new_id() } else { String::new() };
        Ok(ok(&json!({
            "taskView": before, "expanded": [], "ticketActionId": action_id,
            "redirectUrl": redirect_url,
        })))
    }

    /// `POST /api/v1/step-up/providers/{id}/test`: a step-up that approves nothing.
    pub(super) fn test_provider(&self, id: &str, me: &Person) -> ApiResult {
        if !is_id(id) {
            return Err(Refusal::malformed_id());
        }
        let mut world = self.world();
        if !self.is_hosted() || world.provider(id).is_none() {
            return Err(Refusal::not_found());
        }
        let redirect_url = self.open(&mut world, TransactionTarget::Test, id, me, None)?;
        self.store.save(&world);
        Ok(ok(&json!({"redirectUrl": redirect_url})))
    }

    /// Adds a pending transaction; the answer is where its browser leg starts.
    fn open(
        &self,
        world: &mut World,
        target: TransactionTarget,
        provider_id: &str,
        person: &Person,
        comment: Option<&str>,
    ) -> Result<String, Refusal> {
        let provider = world.provider(provider_id);
        let provider =
            provider.ok_or_else(|| Refusal::precondition("the step-up provider does not exist"))?;
        if !provider.enabled && target != TransactionTarget::Test {
            return Err(Refusal::precondition("the step-up provider is disabled"));
        }
        if !provider.may_be_asked(self.tokens.issuer()) {
            let why = "the sandbox asks identity providers of this machine only";
            return Err(Refusal::precondition(why));
        }
        let seconds = self.switches.number("transaction_lifetime_s");
        let (now, lifetime) = (self.switches.clock(), seconds.unwrap_or(LIFETIME));
        let mut transaction = Transaction::new(target, provider_id, person, now, lifetime);
        transaction.comment = comment.map(str::to_owned);
        let url = self.hosted.told_url(&transaction, &self.switches);
        world.transactions.push(transaction);
        Ok(url)
    }
}
