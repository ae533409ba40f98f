//! A task and its life: steps, the effects that actions have, and what happened so far.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::requirement::Requirement;
use crate::basics::new_id;

/// A request for access that somebody has to decide on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) numeric_id: u64,
    pub(crate) title: String,
    pub(crate) reason: String,
    #[serde(default)]
    pub(super) kind: Kind,
    /// A short word for what the task is an example of.
    pub(crate) what: String,
    pub(crate) requester: String,
    pub(super) policy_id: String,
    pub(super) policy_name: String,
    pub(super) generation: String,
    pub(super) app_id: String,
    pub(super) app: String,
    pub(super) entitlement_id: String,
    pub(super) entitlement: String,
    pub(super) app_user_id: String,
    pub(super) steps: Vec<Step>,
    /// Index of the current step; beyond the last when settled.
    pub(super) current: usize,
    pub(super) outcome: TaskOutcome,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    /// Accepted, but without effect yet.
    pub(super) pending: Option<Pending>,
    pub(super) events: Vec<AuditEntry>,
    /// Steps that were begun anew: each has a new id since.
    #[serde(default)]
    pub(super) restarts: Vec<Restart>,
    /// What only some tasks have.
    #[serde(default)]
    pub(super) more: More,
}

/// What only some tasks have.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct More {
    /// The resource that the entitlement is of: its id and its name.
    pub(super) resource: Option<(String, String)>,
    /// The access review that asks.
    pub(super) review_id: String,
    /// Questions of the request's form, each with its answer.
    pub(super) answers: Vec<(String, String)>,
    /// `APPROVE`, `DENY` or `REVIEW`.
    pub(super) recommendation: String,
    /// What C1 noticed: ids, and the words of each.
    pub(super) insights: Vec<(String, String)>,
    /// Until when the current step waits before it goes to somebody else.
    pub(super) due_at: Option<Timestamp>,
    /// Who may decide the current step beside its approver.
    pub(super) also: Vec<String>,
    /// Seconds of the grant, where they are not those of every other.
    pub(super) seconds: Option<u64>,
    pub(super) emergency: bool,
}

/// The former life of a step.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Restart {
    /// Its id until then.
    pub(super) step_id: String,
    /// Index of the step.
    pub(super) step: usize,
    pub(super) user: String,
    pub(super) at: Timestamp,
    /// Whose it was until then, where others have it since.
    #[serde(default)]
    pub(super) reassigned_from: Option<String>,
    #[serde(default)]
    pub(super) new_step_id: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Step {
    pub(super) id: String,
    pub(super) approver: String,
    pub(super) needs_reason: bool,
    #[serde(default)]
    pub(super) needs_denial_reason: bool,
    /// What a step-up must prove, if one is needed.
    pub(super) requirement: Option<Requirement>,
    pub(super) decision: Option<Decision>,
    /// Whether its approver may hand it on.
    #[serde(default)]
    pub(super) reassignment: Reassignment,
}

/// What the policy says of handing a step to others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reassignment {
    pub(super) forbidden: bool,
    pub(super) needs_reason: bool,
    /// To whom, by their ids; to everybody where it is empty.
    pub(super) only: Vec<String>,
}

/// How a step ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Decision {
    pub(super) approved: bool,
    pub(super) user: String,
    pub(super) at: Timestamp,
    /// The `jti` of the step-up token; empty without step-up.
    pub(super) transaction: String,
}

/// An accepted action on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) due: Timestamp,
    pub(super) decision: Decision,
    /// Who decides next if it is a denial, where the policy does not end with one.
    #[serde(default)]
    pub(super) fallback: Option<String>,
}

/// What a task asks for (c1.md 3.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    #[default]
    Grant,
    Revoke,
    Certify,
    Offboarding,
    Action,
    Finding,
}

impl Kind {
    /// The member of `type` and of a search.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::Certify => "certify",
            Self::Offboarding => "offboarding",
            Self::Action => "action",
            Self::Finding => "finding",
        }
    }

    /// Whether it is about an entitlement of an app.
    pub(super) const fn is_access(self) -> bool {
        matches!(self, Self::Grant | Self::Revoke | Self::Certify)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum TaskOutcome {
    Open,
    Granted,
    Denied,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AuditEntry {
    pub(super) id: String,
    pub(super) at: Timestamp,
    pub(super) user: String,
    pub(super) step: usize,
    pub(super) closed: bool,
    pub(super) what: AuditEntryKind,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum AuditEntryKind {
    Created,
    Comment(String),
    Submitted {
        action_id: String,
        approve: bool,
        step_up: bool,
        step_id: String,
    },
    StepUpApproval(String),
    Closed,
}

impl Task {
    /// Who may decide the current step.
    pub(super) fn deciders(&self) -> Vec<&str> {
        let Some(step) = self.current_step() else {
            return Vec::new();
        };
        let also = self.more.also.iter().map(String::as_str);
        std::iter::once(step.approver.as_str())
            .chain(also)
            .collect()
    }

    /// Whether this person may decide the current step.
    pub(super) fn is_for(&self, user_id: &str) -> bool {
        self.deciders().contains(&user_id)
    }

    /// Why this person cannot approve it now, if they cannot.
    pub(crate) fn why_not(&self, user_id: &str) -> Option<&'static str> {
        match self.current_step() {
            None => Some("closed"),
            Some(_) if self.is_for(user_id) => None,
            Some(_) => Some("waits for somebody else"),
        }
    }

    /// How long the access lasts, in seconds.
    pub(super) fn seconds(&self) -> u64 {
        self.more.seconds.unwrap_or(28_800)
    }

    pub(super) fn open(&self) -> bool {
        self.outcome == TaskOutcome::Open
    }

    /// The step that waits, to change it.
    pub(super) fn current_step_mut(&mut self) -> Option<&mut Step> {
        if self.open() {
            self.steps.get_mut(self.current)
        } else {
            None
        }
    }

    pub(super) fn current_step(&self) -> Option<&Step> {
        if self.open() {
            self.steps.get(self.current)
        } else {
            None
        }
    }

    pub(super) fn comments(&self) -> usize {
        let comment = |event: &&AuditEntry| matches!(event.what, AuditEntryKind::Comment(_));
        self.events.iter().filter(comment).count()
    }

    pub(super) fn note(&mut self, user: &str, what: AuditEntryKind) {
        self.updated_at = Timestamp::now();
        self.events.push(AuditEntry {
            id: new_id(),
            at: self.updated_at,
            user: user.to_owned(),
            step: self.current,
            closed: !self.open(),
            what,
        });
    }

    /// Begins the current step anew; its id changes (c1.md 6).
    pub(super) fn restart(&mut self, user: &str) {
        let number = self.current;
        let Some(step) = self.steps.get_mut(number) else {
            return;
        };
        let step_id = std::mem::replace(&mut step.id, new_id());
        let new_step_id = step.id.clone();
        self.updated_at = Timestamp::now();
        self.restarts.push(Restart {
            step_id,
            step: number,
            user: user.to_owned(),
            at: self.updated_at,
            reassigned_from: None,
            new_step_id,
        });
    }

    /// Gives the current step to others; its id changes.
    pub(super) fn reassign(&mut self, user: &str, to: &[String]) {
        self.restart(user);
        let (Some(step), Some((first, others))) =
            (self.steps.get_mut(self.current), to.split_first())
        else {
            return;
        };
        let former = std::mem::replace(&mut step.approver, first.clone());
        self.more.also = others.to_vec();
        if let Some(restart) = self.restarts.last_mut() {
            restart.reassigned_from = Some(former);
        }
    }

    /// Puts the emergency policy in the place of what was left of the task's own: one step, of somebody else. How C1
    /// shows the step that was left is not publicly known.
    pub(super) fn escalate(&mut self, approver: &str) {
        let number = self.current;
        self.steps.truncate(number + 1);
        if let Some(step) = self.steps.get_mut(number) {
            step.id = new_id();
            approver.clone_into(&mut step.approver);
        }
        self.more.also.clear();
        self.more.emergency = true;
        self.policy_id = new_id();
        "Emergency access".clone_into(&mut self.policy_name);
        self.generation = new_id();
        self.updated_at = Timestamp::now();
    }

    /// Lets a pending action take effect once it is due; whether it did.
    pub(super) fn settle(&mut self, now: Timestamp) -> bool {
        match self.pending.take() {
            Some(pending) if pending.due <= now => {
                self.decide(pending.decision, pending.fallback);
                true
            }
            waiting => {
                self.pending = waiting;
                false
            }
        }
    }

    /// One denial ends a task, unless its policy falls back on somebody; the last approval grants it
    /// (c1.md 4).
    fn decide(&mut self, decision: Decision, fallback: Option<String>) {
        let user = decision.user.clone();
        let approved = decision.approved;
        if !decision.transaction.is_empty() {
            self.note(
                &user,
                AuditEntryKind::StepUpApproval(decision.transaction.clone()),
            );
        }
        if let Some(step) = self.steps.get_mut(self.current) {
            step.decision = Some(decision);
        }
        self.current += 1;
        if let (false, Some(approver)) = (approved, fallback) {
            let step = Step {
                id: new_id(),
                approver,
                needs_reason: false,
                needs_denial_reason: false,
                requirement: None,
                decision: None,
                reassignment: Reassignment::default(),
            };
            self.steps.insert(self.current, step);
        } else if !approved {
            self.outcome = TaskOutcome::Denied;
        } else if self.current >= self.steps.len() {
            self.outcome = TaskOutcome::Granted;
        }
        if !self.open() {
            self.note(&user, AuditEntryKind::Closed);
        }
    }
}
