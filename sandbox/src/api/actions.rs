//! Approve, approve with step-up, deny, comment (c1.md 4).
//!
//! An answer shows the task as it was before the action; the effect comes later, if only a moment.

use std::sync::atomic::Ordering;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::approval::{Admission, Body};
use super::hosted::meanwhile::noting;
use super::refusal::Refusal;
use super::requirement::Requirement;
use super::state::{Api, ApiResult, Caller, ok, parse};
use super::task::{AuditEntryKind, Decision, Pending, Task};
use super::view;
use super::world::World;
use crate::basics::new_id;
use crate::http::{Call, Reply};
use crate::people::Person;

impl Api {
    /// `POST /api/v1/tasks/{id}/action/{action}`.
    pub(super) fn act(&self, call: &Call, caller: &Caller, id: &str, action: &str) -> ApiResult {
        match action {
            "reassign" => return self.reassign(caller.person()?, id, &call.body),
            "escalate" => return self.escalate(caller.person()?, id, &call.body),
            "update-grant-duration" => {
                return self.update_grant_duration(caller.person()?, id, &call.body);
            }
            _ => {}
        }
        let body: Body = parse(&call.body)?;
        match action {
            "approve" if self.hardens(id)? => Err(Refusal::precondition(
                "this step must be approved with step-up authentication",
            )),
            "approve" => self.approve(caller, id, &body, false),
            "approve-with-step-up" if self.switches.is("approve", "404-step-up") => {
                Err(Refusal::not_found())
            }
            "approve-with-step-up" => {
                let finished = self.browser_wins(&body);
                noting(finished, self.approve(caller, id, &body, true))
            }
            "deny" => self.deny(caller.person()?, id, &body),
            "comment" => self.comment(caller.person()?, id, &body),
            _ => Err(Refusal::not_found()),
        }
    }

    /// Whether a plain step came to demand step-up just now: its policy changed (c1.md 8.5).
    fn hardens(&self, id: &str) -> Result<bool, Refusal> {
        if !self.switches.is("step", "hardened") {
            return Ok(false);
        }
        let mut world = self.world();
        let provider = world.providers.first().cloned();
        let step = world.find_mut(id)?.current_step_mut();
        let (Some(step), Some(provider)) = (step, provider) else {
            return Ok(false);
        };
        let plain = step.requirement.is_none();
        if plain {
            step.requirement = Some(Requirement::of(&provider, None));
            self.store.save(&world);
        }
        Ok(plain)
    }

    fn approve(&self, caller: &Caller, id: &str, body: &Body, step_up: bool) -> ApiResult {
        let mut world = self.world();
        let (person, transaction) = match self.may_approve(&world, caller, id, body, step_up)? {
            Admission::Accepted {
                person,
                transaction,
            } => (person, transaction),
            Admission::Opened {
                person,
                provider_id,
            } => return self.open_transaction(&mut world, id, body, &person, &provider_id),
            Admission::Ignored { person } => {
                let before = view::task_view(world.find(id)?, &person);
                return Ok(ok(&accepted(&before, &new_id())));
            }
        };
        let mishap = self.mishap(&transaction);
        match mishap {
            Some("400") => return Err(Refusal::precondition("the step-up was not accepted")),
            Some("429") if self.asked.fetch_add(1, Ordering::Relaxed) == 0 => {
                return Ok(self.too_many());
            }
            Some("500") => return Err(Refusal::internal()),
            Some("drop") => return Ok(broken(Reply::json(500, &Value::Null))),
            _ => {}
        }
        if !transaction.is_empty() {
            world.spent.insert(transaction.clone());
        }
        let task = world.find_mut(id)?;
        let before = view::task_view(task, &person);
        let action_id = self.submit(task, &person, body, true, transaction);
        let approved = Some(task.id.clone());
        self.store.save(&world);
        let mut answer = accepted(&before, &action_id);
        if let (true, Some(fields)) = (step_up, answer.as_object_mut()) {
            fields.insert("redirectUrl".into(), json!(""));
        }
        let reply = match mishap {
            Some("500-after-commit") => Refusal::internal().into_reply(),
            Some("408-after-commit") => Refusal::late().into_reply(),
            Some("drop-after-commit") => broken(ok(&answer)),
            Some("redirect-after-commit") => Reply::redirect(303, "/elsewhere"),
            _ => ok(&answer),
        };
        Ok(Reply { approved, ..reply })
    }

    /// The switch that spoils an approval which would be accepted; leg 2 has one of its own.
    fn mishap(&self, transaction: &str) -> Option<&str> {
        let leg_2 = self.is_hosted() && !transaction.is_empty();
        let leg_2 = leg_2.then(|| self.switches.text("leg2")).flatten();
        leg_2.or_else(|| self.switches.text("approve"))
    }

    /// Every reason to refuse an approval, in the order in which a person would want to hear them.
    fn may_approve(
        &self,
        world: &World,
        caller: &Caller,
        id: &str,
        body: &Body,
        step_up: bool,
    ) -> Result<Admission, Refusal> {
        let task = world.find(id)?;
        let step = task
            .current_step()
            .ok_or_else(|| Refusal::precondition("task is closed"))?;
        let stale = || Refusal::precondition("this action is no longer available for this task");
        match body.policy_step_id.as_deref() {
            None | Some("") => return Err(Refusal::invalid("policyStepId is required")),
            Some(given) if given != step.id || task.pending.is_some() => return Err(stale()),
            Some(_) => {}
        }
        if let Caller::Credential(person) = caller
            && !task.is_for(&person.id)
        {
            return Err(Refusal::forbidden("action not permitted"));
        }
        if step.needs_reason && body.comment().is_none() {
            return Err(Refusal::invalid(
                "a comment is required to approve this step",
            ));
        }
        if self.is_hosted() {
            // Nobody but the API itself takes a token of the provider.
            let person = caller.person()?;
            if let Some(requirement) = &step.requirement {
                let target = (task, step, requirement);
                return self.admit_hosted(world, person, target, body, step_up);
            }
        }
        let challenge = |why| match &step.requirement {
            Some(requirement) => Err(requirement.challenge(&self.switches, why)),
            None => Ok(()),
        };
        match caller {
            Caller::Credential(person) => {
                challenge("this step must be approved with step-up authentication")?;
                Ok(Admission::Accepted {
                    person: person.clone(),
                    transaction: String::new(),
                })
            }
            Caller::StepUp(token) => {
                let (person, transaction) = self.admit(token, step, &world.people, &world.spent)?;
                if self.switches.is("approve", "always-challenge") {
                    challenge("another authentication is required")?;
                }
                Ok(Admission::Accepted {
                    person,
                    transaction,
                })
            }
        }
    }

    fn deny(&self, me: &Person, id: &str, body: &Body) -> ApiResult {
        let mut world = self.world();
        let other = world.people.other.id.clone();
        let task = world.find_mut(id)?;
        let step = task
            .current_step()
            .ok_or_else(|| Refusal::precondition("task is closed"))?;
        let given = body
            .policy_step_id
            .as_deref()
            .filter(|given| !given.is_empty());
        if given.is_some_and(|given| given != step.id) || task.pending.is_some() {
            return Err(Refusal::precondition(
                "this action is no longer available for this task",
            ));
        }
        if !task.is_for(&me.id) {
            return Err(Refusal::forbidden("action not permitted"));
        }
        let needs_reason = step.needs_denial_reason || self.switches.is("deny", "needs-reason");
        if needs_reason && body.comment().is_none() {
            return Err(Refusal::invalid("a comment is required to deny this step"));
        }
        let mishap = self.switches.text("deny");
        if let Some(reply) = lost_before(mishap) {
            return reply;
        }
        let before = view::task_view(task, me);
        let action_id = self.submit(task, me, body, false, String::new());
        if let (Some("routes-on"), Some(pending)) = (mishap, &mut task.pending) {
            pending.fallback = Some(other);
        }
        self.store.save(&world);
        Ok(lost_after(mishap, ok(&accepted(&before, &action_id))))
    }

    /// Accepted from any authenticated caller (c1.md 3.4).
    fn comment(&self, me: &Person, id: &str, body: &Body) -> ApiResult {
        let text = body
            .comment()
            .ok_or_else(|| Refusal::invalid("a comment must not be empty"))?;
        let mut world = self.world();
        let task = world.find_mut(id)?;
        let mishap = self.switches.text("comment");
        if let Some(reply) = lost_before(mishap) {
            return reply;
        }
        let before = view::task_view(task, me);
        task.note(&me.id, AuditEntryKind::Comment(text.to_owned()));
        self.store.save(&world);
        let answer = ok(&json!({"taskView": before, "expanded": []}));
        Ok(lost_after(mishap, answer))
    }

    /// Takes a decision on; the answer is the action's id.
    pub(super) fn submit(
        &self,
        task: &mut Task,
        person: &Person,
        body: &Body,
        approve: bool,
        transaction: String,
    ) -> String {
        let action_id = new_id();
        if let Some(text) = body.comment() {
            task.note(&person.id, AuditEntryKind::Comment(text.to_owned()));
        }
        let submitted = AuditEntryKind::Submitted {
            action_id: action_id.clone(),
            approve,
            step_up: !transaction.is_empty(),
            step_id: task
                .current_step()
                .map(|step| step.id.clone())
                .unwrap_or_default(),
        };
        task.note(&person.id, submitted);
        let delay = self.switches.number("effect_delay_ms").unwrap_or(0);
        let delay = SignedDuration::from_millis(i64::try_from(delay).unwrap_or(0));
        let (now, at) = (Timestamp::now(), self.switches.clock());
        task.pending = Some(Pending {
            due: now.saturating_add(delay).unwrap_or(now),
            decision: Decision {
                approved: approve,
                user: person.id.clone(),
                at,
                transaction,
            },
            fallback: None,
        });
        action_id
    }
}

pub(super) fn accepted(before: &Value, action_id: &str) -> Value {
    json!({"taskView": before, "expanded": [], "ticketActionId": action_id})
}

/// An action that comes to nothing, and whose caller cannot know it.
pub(super) fn lost_before(mishap: Option<&str>) -> Option<ApiResult> {
    match mishap {
        Some("500") => Some(Err(Refusal::internal())),
        Some("drop") => Some(Ok(broken(Reply::json(500, &Value::Null)))),
        _ => None,
    }
}

/// An action that happened, and whose answer does not say so.
pub(super) fn lost_after(mishap: Option<&str>, answer: Reply) -> Reply {
    match mishap {
        Some("500-after-commit") => Refusal::internal().into_reply(),
        Some("drop-after-commit") => broken(answer),
        Some("redirect-after-commit") => Reply::redirect(303, "/elsewhere"),
        _ => answer,
    }
}

fn broken(reply: Reply) -> Reply {
    Reply {
        broken: true,
        ..reply
    }
}
