//! What an approver can do with a step beside deciding on it, and the refusals that need no request: reassign,
//! escalate, shorten (c1.md 4).

use super::{ApprovalStep, GrantDuration, NotApprovable, PolicyStep, Task, TaskKind};

/// C1's name of the reassignment, without its prefix.
const REASSIGN: &str = "REASSIGN";
/// C1's name of the escalation, without its prefix.
const ESCALATE: &str = "ESCALATE_TO_EMERGENCY_ACCESS";
/// C1's name of another duration, without its prefix.
const UPDATE_GRANT_DURATION: &str = "UPDATE_GRANT_DURATION";

/// Why something cannot be done with a task now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotPossible {
    /// There is no step that this person could decide.
    Undecidable(NotApprovable),
    /// The step's policy does not let its approvers hand it to others.
    NotReassignable,
    /// Its policy does not let them hand it to this person.
    NotToThem(String),
    /// It waits for exactly these people already.
    TheirsAlready,
    NoGrant,
    EmergencyAlready,
    /// The API does not offer it to this person.
    NotOffered,
    /// The access is being given, so its duration stands.
    Provisioning,
    /// It is longer than what was asked for.
    Longer(GrantDuration),
    /// How long the access lasts cannot be told, so neither can what is shorter.
    DurationUnknown,
}

impl Task {
    /// The step that `user_id` may hand to the people of these ids, or why not.
    pub(crate) fn reassignable_by(
        &self,
        user_id: &str,
        to: &[String],
    ) -> Result<(&PolicyStep, &ApprovalStep), NotPossible> {
        let (step, approval) = self.changeable_by(user_id, REASSIGN)?;
        if !self.offers(REASSIGN) || !(approval.reassignable || self.allows(REASSIGN)) {
            return Err(NotPossible::NotReassignable);
        }
        let only = &approval.reassignees;
        let left_out = to.iter().find(|id| !only.is_empty() && !only.contains(id));
        if let Some(id) = left_out {
            return Err(NotPossible::NotToThem(id.clone()));
        }
        let now = &self.step_approver_ids;
        let is_now = |id: &String| now.contains(id);
        if !to.is_empty() && to.iter().all(is_now) && now.iter().all(|id| to.contains(id)) {
            return Err(NotPossible::TheirsAlready);
        }
        Ok((step, approval))
    }

    /// The step that `user_id` may leave to the emergency policy, or why not.
    pub(crate) fn escalatable_by(&self, user_id: &str) -> Result<&PolicyStep, NotPossible> {
        let (step, _) = self.changeable_by(user_id, ESCALATE)?;
        if self.kind != TaskKind::Known("grant") {
            return Err(NotPossible::NoGrant);
        }
        if self.emergency {
            return Err(NotPossible::EmergencyAlready);
        }
        if !self.offers(ESCALATE) {
            return Err(NotPossible::NotOffered);
        }
        Ok(step)
    }

    /// Whether the grant lasts longer than so many seconds, and `user_id` may shorten it; false where it is exactly as
    /// long.
    pub(crate) fn is_shortened_by(&self, user_id: &str, seconds: u64) -> Result<bool, NotPossible> {
        let current = self.current.as_ref();
        if current.is_some_and(|step| step.kind == "provision") {
            return Err(NotPossible::Provisioning);
        }
        self.changeable_by(user_id, UPDATE_GRANT_DURATION)?;
        if self.kind != TaskKind::Known("grant") {
            return Err(NotPossible::NoGrant);
        }
        let shortens = match self.duration {
            GrantDuration::NoEnd => true,
            GrantDuration::Seconds(now) if now < seconds => {
                return Err(NotPossible::Longer(self.duration.clone()));
            }
            GrantDuration::Seconds(now) => now > seconds,
            GrantDuration::Unknown | GrantDuration::Unreadable(_) => {
                return Err(NotPossible::DurationUnknown);
            }
        };
        if shortens && !self.offers(UPDATE_GRANT_DURATION) {
            return Err(NotPossible::NotOffered);
        }
        Ok(shortens)
    }

    fn changeable_by(
        &self,
        user_id: &str,
        action: &str,
    ) -> Result<(&PolicyStep, &ApprovalStep), NotPossible> {
        self.decidable_by(user_id, &[action])
            .map_err(NotPossible::Undecidable)
    }

    /// Whether the API lets the caller do this: what it does not list, it refuses (c1.md 3.4). Where it lists nothing
    /// at all, only asking tells.
    fn offers(&self, action: &str) -> bool {
        self.actions.is_empty() || self.allows(action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(duration: GrantDuration) -> Task {
        Task {
            kind: TaskKind::Known("grant"),
            duration,
            step_approver_ids: vec!["me".into()],
            actions: [REASSIGN, ESCALATE, UPDATE_GRANT_DURATION]
                .map(Into::into)
                .into(),
            current: Some(PolicyStep {
                id: "s1".into(),
                kind: "approval",
                approval: Some(ApprovalStep {
                    reassignable: true,
                    ..ApprovalStep::default()
                }),
                ..PolicyStep::default()
            }),
            ..Task::default()
        }
    }

    fn day() -> Task {
        task(GrantDuration::Seconds(86_400))
    }

    #[test]
    fn only_a_shorter_time_is_asked_for() {
        let shortened = |task: &Task, seconds| task.is_shortened_by("me", seconds);
        assert_eq!(shortened(&day(), 3600), Ok(true));
        assert_eq!(shortened(&day(), 86_400), Ok(false));
        let longer = NotPossible::Longer(GrantDuration::Seconds(86_400));
        assert_eq!(shortened(&day(), 86_401), Err(longer));
        assert_eq!(shortened(&task(GrantDuration::NoEnd), 3600), Ok(true));
        let unknown = Err(NotPossible::DurationUnknown);
        assert_eq!(shortened(&task(GrantDuration::Unknown), 3600), unknown);
        let odd = GrantDuration::Unreadable("1h".into());
        assert_eq!(shortened(&task(odd), 3600), unknown);
    }

    #[test]
    fn what_has_begun_or_is_no_grant_is_not_shortened() {
        let provisioning = Task {
            current: Some(PolicyStep {
                kind: "provision",
                ..PolicyStep::default()
            }),
            ..day()
        };
        let revoke = Task {
            kind: TaskKind::Known("revoke"),
            ..day()
        };
        let not_offered = Task {
            actions: vec!["APPROVE".into()],
            ..day()
        };
        for (task, expected) in [
            (provisioning, NotPossible::Provisioning),
            (revoke, NotPossible::NoGrant),
            (not_offered, NotPossible::NotOffered),
        ] {
            assert_eq!(task.is_shortened_by("me", 3600), Err(expected));
        }
        let somebody = day().is_shortened_by("somebody", 3600).is_ok();
        assert!(somebody, "the API offers it to a delegate");
    }

    #[test]
    fn a_step_goes_to_whom_its_policy_allows() {
        let to = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let refused = |task: &Task, ids: &[&str]| task.reassignable_by("me", &to(ids)).err();
        assert_eq!(refused(&day(), &["noor"]), None);
        assert_eq!(refused(&day(), &["me"]), Some(NotPossible::TheirsAlready));
        assert_eq!(refused(&day(), &["me", "noor"]), None);
        let with = |change: fn(&mut ApprovalStep)| {
            let mut task = day();
            change(task.current.as_mut().unwrap().approval.as_mut().unwrap());
            task
        };
        let only = with(|step| step.reassignees = vec!["noor".into()]);
        assert_eq!(refused(&only, &["noor"]), None);
        let ada = Some(NotPossible::NotToThem("ada".into()));
        assert_eq!(refused(&only, &["noor", "ada"]), ada);
        let mut never = with(|step| step.reassignable = false);
        assert_eq!(refused(&never, &["noor"]), None, "an administrator may");
        never.actions.clear();
        let not = Some(NotPossible::NotReassignable);
        assert_eq!(refused(&never, &["noor"]), not);
        never.actions = vec!["APPROVE".into()];
        assert_eq!(refused(&never, &["noor"]), not);
    }

    #[test]
    fn a_grant_is_escalated_once() {
        assert!(day().escalatable_by("me").is_ok());
        let emergency = Task {
            emergency: true,
            ..day()
        };
        let refused = emergency.escalatable_by("me").unwrap_err();
        assert_eq!(refused, NotPossible::EmergencyAlready);
        let certify = Task {
            kind: TaskKind::Known("certify"),
            ..day()
        };
        let refused = certify.escalatable_by("me").unwrap_err();
        assert_eq!(refused, NotPossible::NoGrant);
    }
}
