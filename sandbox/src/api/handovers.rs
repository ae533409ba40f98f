//! What an approver does with a step beside deciding on it: reassign, escalate, shorten (c1.md 4).
//!
//! Members that C1 does not describe are refused, so that no client comes to rely on one.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::actions::{accepted, lost_after, lost_before};
use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::task::{AuditEntryKind, Kind, Task};
use super::view;
use super::world::is_id;
use crate::basics::new_id;
use crate::people::{People, Person};

/// The longest that an entitlement here may be granted for, in seconds.
const LONGEST: u64 = 28_800;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Reassign {
    policy_step_id: Option<String>,
    new_step_user_ids: Option<Vec<String>>,
    comment: Option<String>,
    #[serde(rename = "expandMask")]
    _expand_mask: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Escalate {
    policy_step_id: Option<String>,
    comment: Option<String>,
    #[serde(rename = "expandMask")]
    _expand_mask: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct UpdateGrantDuration {
    duration: Option<String>,
    #[serde(rename = "expandMask")]
    _expand_mask: Option<IgnoredAny>,
}

impl Api {
    /// `POST /api/v1/tasks/{id}/action/reassign`.
    pub(super) fn reassign(&self, me: &Person, id: &str, body: &[u8]) -> ApiResult {
        let body: Reassign = parse(body)?;
        let comment = written(body.comment.as_deref());
        self.change(me, id, body.policy_step_id.as_deref(), |task, people| {
            let to = body.new_step_user_ids.unwrap_or_default();
            if to.is_empty() {
                return Err(Refusal::invalid("newStepUserIds is required"));
            }
            if !to.iter().all(|id| is_id(id)) {
                return Err(Refusal::malformed_id());
            }
            if to.iter().any(|id| people.with_id(id).is_none()) {
                return Err(Refusal::invalid("there is no such user"));
            }
            let rules = task.current_step().map(|step| step.reassignment.clone());
            let rules = rules.unwrap_or_default();
            if rules.forbidden {
                return Err(Refusal::forbidden("this step cannot be reassigned"));
            }
            if !rules.only.is_empty() && !to.iter().all(|id| rules.only.contains(id)) {
                return Err(Refusal::forbidden(
                    "the step cannot be reassigned to this user",
                ));
            }
            if rules.needs_reason && comment.is_none() {
                return Err(Refusal::invalid(
                    "a comment is required to reassign this step",
                ));
            }
            note(task, me, comment);
            task.reassign(&me.id, &to);
            Ok(())
        })
    }

    /// `POST /api/v1/tasks/{id}/action/escalate`.
    pub(super) fn escalate(&self, me: &Person, id: &str, body: &[u8]) -> ApiResult {
        let body: Escalate = parse(body)?;
        let comment = written(body.comment.as_deref());
        self.change(me, id, body.policy_step_id.as_deref(), |task, people| {
            if task.kind != Kind::Grant {
                return Err(Refusal::precondition("only grant tasks can be escalated"));
            }
            if task.more.emergency {
                return Err(Refusal::precondition("the task is escalated already"));
            }
            note(task, me, comment);
            task.escalate(&people.other.id);
            Ok(())
        })
    }

    /// `POST /api/v1/tasks/{id}/action/update-grant-duration`; it names no step.
    pub(super) fn update_grant_duration(&self, me: &Person, id: &str, body: &[u8]) -> ApiResult {
        let body: UpdateGrantDuration = parse(body)?;
        let seconds = seconds(body.duration.as_deref().unwrap_or_default())?;
        let provisions = self.switches.is("handover", "provisioning");
        self.change(me, id, None, |task, _| {
            if task.kind != Kind::Grant {
                return Err(Refusal::precondition("only grant tasks have a duration"));
            }
            if provisions {
                return Err(Refusal::precondition(
                    "cannot update grant duration for a ticket in a provision step",
                ));
            }
            if seconds > LONGEST {
                return Err(Refusal::invalid(
                    "the duration exceeds the maximum of the entitlement",
                ));
            }
            task.more.seconds = Some(seconds);
            task.updated_at = jiff::Timestamp::now();
            Ok(())
        })
    }

    /// Changes a task whose current step is this person's, or says why not.
    fn change(
        &self,
        me: &Person,
        id: &str,
        step_id: Option<&str>,
        change: impl FnOnce(&mut Task, &People) -> Result<(), Refusal>,
    ) -> ApiResult {
        let mut world = self.world();
        let people = world.people.clone();
        let task = world.find_mut(id)?;
        let step = task
            .current_step()
            .ok_or_else(|| Refusal::precondition("task is closed"))?;
        let named = step_id.filter(|given| !given.is_empty());
        if named.is_some_and(|given| given != step.id) || task.pending.is_some() {
            return Err(Refusal::precondition(
                "this action is no longer available for this task",
            ));
        }
        if !task.is_for(&me.id) {
            return Err(Refusal::forbidden("action not permitted"));
        }
        let before = view::task_view(task, me);
        let mut changed = task.clone();
        change(&mut changed, &people)?;
        let mishap = self.switches.text("handover");
        if let Some(reply) = lost_before(mishap) {
            return reply;
        }
        if mishap != Some("ignored") {
            *task = changed;
            self.store.save(&world);
        }
        Ok(lost_after(mishap, ok(&accepted(&before, &new_id()))))
    }
}

fn written(comment: Option<&str>) -> Option<&str> {
    comment.filter(|text| !text.trim().is_empty())
}

fn note(task: &mut Task, me: &Person, comment: Option<&str>) {
    if let Some(text) = comment {
        task.note(&me.id, AuditEntryKind::Comment(text.to_owned()));
    }
}

/// `"3600s"`, and nothing else (c1.md 1.2).
fn seconds(text: &str) -> Result<u64, Refusal> {
    if text.is_empty() {
        return Err(Refusal::invalid("duration is required"));
    }
    let number = text.strip_suffix('s').and_then(|text| text.parse().ok());
    number
        .ok_or_else(|| Refusal::invalid(format!("invalid google.protobuf.Duration value {text:?}")))
}
