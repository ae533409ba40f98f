//! A task and its current policy step, in C1's terms (c1.md 3.2 to 3.5), and the
//! refusals that need no browser: closed, nothing to approve, not yours, a comment missing.

pub(crate) mod audit;
mod details;
mod duration;
mod handover;
mod kind;
pub(crate) mod search;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use details::{Details, Overdue, Recommendation};
pub(crate) use duration::GrantDuration;
pub(crate) use handover::NotPossible;
pub(crate) use kind::TaskKind;

/// Whether this has the form of an object's id: 27 letters and digits (c1.md 1.1). Tasks have a
/// number beside it.
pub(crate) fn is_object_id(text: &str) -> bool {
    text.len() == 27 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether this has the form of a task's number: digits, within a 64-bit integer (c1.md 1.1).
pub(crate) fn is_task_number(text: &str) -> bool {
    (1..20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this can name a task: its number, or its id.
pub(crate) fn is_task_id(text: &str) -> bool {
    is_task_number(text) || is_object_id(text)
}

/// One access request as far as an approver is concerned. Strings are as the API sent them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Task {
    /// The canonical 27-character id, for bodies and paths.
    pub(crate) id: String,
    /// The human number, as in the web address; empty when the API gives none.
    pub(crate) numeric_id: String,
    /// What the API sent in its place and is no number: it names nothing, and is compared all the same.
    pub(crate) unreadable_number: Option<String>,
    /// What is asked for, in one line.
    pub(crate) title: String,
    /// Why: the requester's justification.
    pub(crate) description: String,
    /// What it asks for.
    pub(crate) kind: TaskKind,
    /// Open or closed.
    pub(crate) state: TaskState,
    /// What the API does with it at the moment.
    pub(crate) processing: Processing,
    /// What became of it, in the API's word (`granted`, `denied`, ...). An open task can have one already
    /// (c1.md 3.5).
    pub(crate) outcome: Option<String>,
    /// Whose access it is about, by the task or by its type; empty when unknown.
    pub(crate) subject_user_id: String,
    /// Who opened it.
    pub(crate) created_by_user_id: String,
    /// When it was opened.
    pub(crate) created_at: Option<Timestamp>,
    /// How long the access lasts.
    pub(crate) duration: GrantDuration,
    pub(crate) app_id: Option<String>,
    /// What is granted or taken away there, by its id.
    pub(crate) entitlement_id: Option<String>,
    pub(crate) account_id: Option<String>,
    /// The resource that the entitlement is of, by its id, where the type names it.
    pub(crate) resource_id: Option<String>,
    pub(crate) access_review_id: Option<String>,
    /// What the requester answered in the request's form: the question, and the answer.
    pub(crate) answers: Vec<(String, String)>,
    pub(crate) recommendation: Option<Recommendation>,
    /// What the API noticed, by its ids.
    pub(crate) insight_ids: Vec<String>,
    /// Names of what the ids stand for; empty until they were asked for.
    pub(crate) details: Details,
    pub(crate) comments: u64,
    /// Whether this is (or was escalated to) emergency access.
    pub(crate) emergency: bool,
    /// What the caller may do now (`TASK_ACTION_TYPE_` removed).
    pub(crate) actions: Vec<String>,
    /// Who may act on the current step; empty when the API does not say.
    pub(crate) step_approver_ids: Vec<String>,
    pub(crate) current: Option<PolicyStep>,
    /// Steps already done, in order.
    pub(crate) history: Vec<SettledStep>,
    /// How many steps come after the current one.
    pub(crate) steps_to_come: usize,
    /// What those steps demand, in order.
    pub(crate) ahead: Vec<StepAhead>,
}

/// `task.state`; anything the contract does not name counts as open, since only `CLOSED` is final.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TaskState {
    /// Still waits for something.
    #[default]
    Open,
    /// Finished, whatever the outcome.
    Closed,
}

impl TaskState {
    /// The word used on the terminal and in JSON.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// `task.processing`. The words are cone's, which its users know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Processing {
    /// Not said, or a word the contract does not name.
    #[default]
    Unknown,
    /// The API works on it.
    Processing,
    Waiting,
    /// Nothing is left to do.
    Done,
}

impl Processing {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Processing => "processing",
            Self::Waiting => "waiting",
            Self::Done => "done",
        }
    }

    /// The words of cone's table.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown Processing",
            Self::Processing => "Processing",
            Self::Waiting => "Waiting for Action",
            Self::Done => "Done",
        }
    }
}

/// The step that waits: `policy.current`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PolicyStep {
    /// `policyStepId` of every action. Changes when the step is restarted or reassigned.
    pub(crate) id: String,
    /// What it is, in the API's word: `approval`, `provision`, `wait`, ...; empty when unknown.
    pub(crate) kind: &'static str,
    /// Set when the step is an approval; other kinds (provision, wait, form) cannot be approved.
    pub(crate) approval: Option<ApprovalStep>,
    /// Until when it waits for a decision, if the API says.
    pub(crate) deadline: Option<Timestamp>,
    /// What happens then.
    pub(crate) overdue: Overdue,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a member of C1's")]
pub(crate) struct ApprovalStep {
    /// The step-up provider the step demands, `requiresStepUpProviderId`; `None` when it demands none.
    pub(crate) step_up_provider_id: Option<String>,
    /// Whether an approval must carry a comment.
    pub(crate) comment_required: bool,
    pub(crate) denial_comment_required: bool,
    /// Whether handing it to others must carry one.
    pub(crate) reassignment_comment_required: bool,
    /// Whether those who decide it may hand it to others.
    pub(crate) reassignable: bool,
    /// To whom alone, by the API's ids; to everybody where it is empty.
    pub(crate) reassignees: Vec<String>,
}

/// A step that comes after the current one: `policy.next`. It has no id yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StepAhead {
    /// As [`PolicyStep::kind`].
    pub(crate) kind: &'static str,
    /// Set when it is an approval.
    pub(crate) approval: Option<ApprovalStep>,
}

/// One entry of `policy.history`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SettledStep {
    pub(crate) id: String,
    /// Who approved it; `None` when it ended otherwise.
    pub(crate) approved_by: Option<String>,
    /// The step-up transaction the approval rests on, if it names one.
    pub(crate) step_up_transaction_id: Option<String>,
    /// How it ended, in a word: `approved`, `denied`, `reassigned`, `skipped`, ...
    pub(crate) outcome: String,
    /// Who ended it, whatever the outcome; empty when the API does not say.
    pub(crate) user_id: String,
    /// When.
    pub(crate) at: Option<Timestamp>,
}

/// Why a task cannot be approved or denied by this person now; found before any browser opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotApprovable {
    Closed,
    /// The API says of it what cannot be true together: two types at once.
    Contradiction,
    /// It waits for something that is no approval.
    NoApprovalStep,
    /// Others have to approve this step.
    NotYours,
    /// The step wants a comment and none was given.
    CommentMissing,
}

/// C1's name of the plain approval, without its prefix.
const APPROVE: &str = "APPROVE";
/// C1's name of the approval with step-up, without its prefix.
const APPROVE_WITH_STEP_UP: &str = "APPROVE_WITH_STEP_UP";
/// C1's name of the denial, without its prefix.
const DENY: &str = "DENY";

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TaskName {
    /// The 27-character id.
    pub(crate) id: String,
    /// The human number.
    pub(crate) numeric_id: String,
    pub(crate) title: String,
}

/// What a person would type for a task: its number, or the long id where there is none.
pub(crate) fn handle<'a>(number: &'a str, id: &'a str) -> &'a str {
    if number.is_empty() { id } else { number }
}

impl Task {
    /// What documents call it.
    pub(crate) fn name(&self) -> TaskName {
        TaskName {
            id: self.id.clone(),
            numeric_id: self.numeric_id.clone(),
            title: self.title.clone(),
        }
    }

    /// What a person would type for it.
    pub(crate) fn handle(&self) -> &str {
        handle(&self.numeric_id, &self.id)
    }

    /// Whether it is about something that lasts: a grant, or what is not known to be something else.
    pub(crate) fn lasts(&self) -> bool {
        matches!(
            self.kind,
            TaskKind::Known("grant") | TaskKind::Unknown(_) | TaskKind::NotTold
        )
    }

    /// Whether this is the task that was asked for by this id or number.
    pub(crate) fn answers_to(&self, id: &str) -> bool {
        id == self.id || id == self.numeric_id
    }

    /// The approval step `user_id` may settle now, or why there is none (c1.md 4.2 step 1).
    pub(crate) fn approvable_by(
        &self,
        user_id: &str,
    ) -> Result<(&PolicyStep, &ApprovalStep), NotApprovable> {
        self.decidable_by(user_id, &[APPROVE, APPROVE_WITH_STEP_UP])
    }

    /// The approval step `user_id` may deny now, or why there is none. Denying never takes step-up (c1.md
    /// section 4).
    pub(crate) fn deniable_by(
        &self,
        user_id: &str,
    ) -> Result<(&PolicyStep, &ApprovalStep), NotApprovable> {
        self.decidable_by(user_id, &[DENY])
    }

    fn decidable_by(
        &self,
        user_id: &str,
        actions: &[&str],
    ) -> Result<(&PolicyStep, &ApprovalStep), NotApprovable> {
        if self.state == TaskState::Closed {
            return Err(NotApprovable::Closed);
        }
        if matches!(self.kind, TaskKind::Several(_)) {
            return Err(NotApprovable::Contradiction);
        }
        let step = self.current.as_ref().ok_or(NotApprovable::NoApprovalStep)?;
        let approval = step
            .approval
            .as_ref()
            .ok_or(NotApprovable::NoApprovalStep)?;
        let listed = self.step_approver_ids.is_empty()
            || self.step_approver_ids.iter().any(|id| id == user_id);
        if !listed && !actions.iter().any(|action| self.allows(action)) {
            return Err(NotApprovable::NotYours);
        }
        Ok((step, approval))
    }

    /// The step-up provider that the current step requires, by the API's id.
    pub(crate) fn step_up_provider_id(&self) -> Option<&str> {
        let approval = self.current.as_ref()?.approval.as_ref()?;
        approval.step_up_provider_id.as_deref()
    }

    /// Whether the current step goes through the step-up endpoint (c1.md 8.5): either signal
    /// is enough, and such a step is never approved plainly. What is left of a step that is done with is no signal.
    pub(crate) fn demands_step_up(&self) -> bool {
        let step = self.current.as_ref();
        let waits =
            self.state == TaskState::Open && step.is_some_and(|step| step.approval.is_some());
        waits && (self.step_up_provider_id().is_some() || self.allows(APPROVE_WITH_STEP_UP))
    }

    /// Whether the caller is offered to approve the current step, as far as the API tells what they may do.
    pub(crate) fn offers_approval(&self) -> Option<bool> {
        let step = self.current.as_ref()?;
        let told = step.approval.is_some() && !self.actions.is_empty();
        told.then(|| self.allows(APPROVE) || self.allows(APPROVE_WITH_STEP_UP))
    }

    /// How the step with this id ended, if it did.
    pub(crate) fn settled(&self, step_id: &str) -> Option<&SettledStep> {
        self.history.iter().rev().find(|step| step.id == step_id)
    }

    fn allows(&self, action: &str) -> bool {
        self.actions.iter().any(|allowed| allowed == action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> Task {
        Task {
            step_approver_ids: vec!["me".into()],
            current: Some(PolicyStep {
                id: "s1".into(),
                approval: Some(ApprovalStep::default()),
                ..PolicyStep::default()
            }),
            ..Task::default()
        }
    }

    #[test]
    fn a_task_is_refused_before_any_browser() {
        let closed = Task {
            state: TaskState::Closed,
            ..task()
        };
        let provisioning = Task {
            current: Some(PolicyStep::default()),
            ..task()
        };
        let idle = Task {
            current: None,
            ..task()
        };
        let two = Task {
            kind: TaskKind::Several("grant, revoke".into()),
            ..task()
        };
        for (task, user, expected) in [
            (closed, "me", NotApprovable::Closed),
            (provisioning, "me", NotApprovable::NoApprovalStep),
            (idle, "me", NotApprovable::NoApprovalStep),
            (two, "me", NotApprovable::Contradiction),
            (task(), "somebody", NotApprovable::NotYours),
        ] {
            assert_eq!(task.approvable_by(user).unwrap_err(), expected);
        }
        assert!(task().approvable_by("me").is_ok());
    }

    #[test]
    fn a_task_is_named_by_digits_or_by_27_letters_and_digits() {
        for id in ["1", "4211", "9223372036854775807", &"a1".repeat(14)[..27]] {
            assert!(is_task_id(id), "{id}");
        }
        for id in [
            "",
            "10m",
            "-1",
            "4211 ",
            "#4211",
            "abcdef",
            "../users/me",
            "\u{664}\u{662}",
            "12345678901234567890",
            "a-1a1a1a1a1a1a1a1a1a1a1a1a1",
        ] {
            assert!(!is_task_id(id), "{id}");
        }
    }

    #[test]
    fn a_step_is_settled_as_it_was_settled_last() {
        let step = |id: &str, outcome: &str| SettledStep {
            id: id.into(),
            outcome: outcome.into(),
            ..SettledStep::default()
        };
        let task = Task {
            history: vec![
                step("a", "restarted"),
                step("b", "denied"),
                step("a", "approved"),
            ],
            ..task()
        };
        let settled = |id| Some(task.settled(id)?.outcome.as_str());
        assert_eq!(settled("a"), Some("approved"));
        assert_eq!(settled("b"), Some("denied"));
        assert_eq!(settled("c"), None);
    }

    #[test]
    fn an_offered_action_outweighs_a_list_that_lacks_me() {
        let delegated = Task {
            actions: vec![APPROVE.into()],
            ..task()
        };
        assert!(delegated.approvable_by("delegate").is_ok());
        let denial = NotApprovable::NotYours;
        assert_eq!(delegated.deniable_by("delegate").unwrap_err(), denial);
    }

    #[test]
    fn what_is_not_offered_is_known_where_the_api_tells_what_is() {
        let offers = |actions: &[&str], step: PolicyStep| {
            let task = Task {
                actions: actions.iter().map(|action| (*action).to_owned()).collect(),
                current: Some(step),
                ..task()
            };
            task.offers_approval()
        };
        let approval = || task().current.unwrap();
        assert_eq!(offers(&[], approval()), None);
        assert_eq!(offers(&["COMMENT"], PolicyStep::default()), None);
        assert_eq!(offers(&["COMMENT"], approval()), Some(false));
        assert_eq!(offers(&["COMMENT", APPROVE], approval()), Some(true));
        assert_eq!(offers(&[APPROVE_WITH_STEP_UP], approval()), Some(true));
    }

    #[test]
    fn either_signal_means_step_up() {
        let mut by_policy = task();
        by_policy.current.as_mut().unwrap().approval = Some(ApprovalStep {
            step_up_provider_id: Some("p".into()),
            ..ApprovalStep::default()
        });
        let by_action = Task {
            actions: vec![APPROVE_WITH_STEP_UP.into()],
            ..task()
        };
        assert!(by_policy.demands_step_up());
        assert!(by_action.demands_step_up());
        assert!(!task().demands_step_up());
        // What is left of a step that is done with demands nothing any more.
        let closed = |task: &Task| Task {
            state: TaskState::Closed,
            ..task.clone()
        };
        let provisioning = Task {
            current: Some(PolicyStep::default()),
            ..by_action.clone()
        };
        for task in [closed(&by_policy), closed(&by_action), provisioning] {
            assert!(!task.demands_step_up(), "{task:?}");
        }
    }
}
