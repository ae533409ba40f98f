//! Tasks in C1's JSON (c1.md 3): one, and a page of them.

mod details;
mod kind;

use jiff::Timestamp;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::super::task_page::TaskPage;
use super::or_default;
use crate::domain::task::{
    ApprovalStep, Details, Overdue, PolicyStep, Processing, Recommendation, SettledStep, StepAhead,
    Task, TaskState, is_object_id, is_task_number,
};
use details::{Expanded, Form};
use kind::Kind;
#[cfg(test)]
pub(super) use kind::duration;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct TaskAnswer {
    task_view: Option<TaskView>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct TaskList {
    #[serde(default, deserialize_with = "or_default")]
    list: Vec<TaskRow>,
    #[serde(default, deserialize_with = "or_default")]
    next_page_token: String,
    #[serde(default, deserialize_with = "if_readable")]
    expanded: Expanded,
}

/// Each is read by itself: one that cannot be hides no other. Of a page of many MiB no more is kept than its tasks.
struct TaskRow(Option<Task>);

impl<'de> Deserialize<'de> for TaskRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let view: Option<TaskView> = if_readable(deserializer)?;
        Ok(Self(view.and_then(|view| view.task?.into_task())))
    }
}

#[derive(Deserialize)]
struct TaskView {
    task: Option<WireTask>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireTask {
    #[serde(default, deserialize_with = "or_default")]
    id: String,
    #[serde(default, deserialize_with = "number_or_string")]
    numeric_id: String,
    #[serde(default, deserialize_with = "or_default")]
    display_name: String,
    #[serde(default, deserialize_with = "or_default")]
    description: String,
    #[serde(default, deserialize_with = "or_default")]
    state: String,
    #[serde(default, deserialize_with = "or_default")]
    processing: String,
    #[serde(default, deserialize_with = "or_default")]
    user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    created_by_user_id: String,
    created_at: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    emergency_access: bool,
    #[serde(default, deserialize_with = "number_or_string")]
    comment_count: String,
    #[serde(default, deserialize_with = "or_default")]
    actions: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    step_approver_ids: Vec<String>,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: Kind,
    #[serde(default, deserialize_with = "or_default")]
    policy: Policy,
    #[serde(default, deserialize_with = "if_readable")]
    recommendation: String,
    #[serde(default, deserialize_with = "if_readable")]
    insight_ids: Vec<String>,
    #[serde(default)]
    form: Value,
    #[serde(default)]
    data: Value,
}

#[derive(Default, Deserialize)]
struct Policy {
    current: Option<Step>,
    #[serde(default, deserialize_with = "or_default")]
    history: Vec<Step>,
    #[serde(default, deserialize_with = "or_default")]
    next: Vec<NextStep>,
}

/// `PolicyStepInstance`.
#[derive(Deserialize)]
struct Step {
    #[serde(default, deserialize_with = "or_default")]
    id: String,
    approval: Option<ApprovalInstance>,
    #[serde(flatten)]
    others: OtherSteps,
}

/// `PolicyStep`: configuration only.
#[derive(Deserialize)]
struct NextStep {
    approval: Option<Approval>,
    #[serde(flatten)]
    others: OtherSteps,
}

/// The rest of the oneof: steps that nobody approves.
#[derive(Deserialize)]
struct OtherSteps {
    provision: Option<IgnoredAny>,
    accept: Option<IgnoredAny>,
    reject: Option<IgnoredAny>,
    wait: Option<IgnoredAny>,
    form: Option<IgnoredAny>,
    action: Option<IgnoredAny>,
}

impl OtherSteps {
    /// The step's one kind. A step of two contradicts itself, and is a step of neither.
    fn kind(&self, is_approval: bool) -> &'static str {
        let mut kinds = [
            (is_approval, "approval"),
            (self.provision.is_some(), "provision"),
            (self.accept.is_some(), "accept"),
            (self.reject.is_some(), "reject"),
            (self.wait.is_some(), "wait"),
            (self.form.is_some(), "form"),
            (self.action.is_some(), "action"),
        ]
        .into_iter()
        .filter_map(|(set, word)| set.then_some(word));
        match (kinds.next(), kinds.next()) {
            (Some(_), Some(_)) => "contradictory",
            (kind, _) => kind.unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApprovalInstance {
    #[serde(default, deserialize_with = "or_default")]
    approval: Approval,
    approved: Option<Settled>,
    denied: Option<Settled>,
    reassigned: Option<Settled>,
    skipped: Option<Settled>,
    restarted: Option<Settled>,
    reassigned_by_error: Option<Settled>,
    #[serde(default, deserialize_with = "if_readable")]
    escalation_instance: Escalation,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Escalation {
    expires_at: Option<String>,
    replace_policy: Option<IgnoredAny>,
    reassign_to_approvers: Option<IgnoredAny>,
    cancel_ticket: Option<IgnoredAny>,
    skip_step: Option<IgnoredAny>,
}

impl Escalation {
    /// What happens when nobody decides: one of them, or nobody knows.
    fn overdue(&self) -> Overdue {
        let all = [
            (self.reassign_to_approvers.is_some(), Overdue::Reassigned),
            (self.replace_policy.is_some(), Overdue::OtherPolicy),
            (self.cancel_ticket.is_some(), Overdue::Cancelled),
            (self.skip_step.is_some(), Overdue::Skipped),
        ];
        let mut named = all.into_iter().filter(|(set, _)| *set);
        match (named.next(), named.next()) {
            (Some((_, overdue)), None) => overdue,
            _ => Overdue::Unknown,
        }
    }
}

impl ApprovalInstance {
    /// How the step ended. One that is said to have ended in two ways was neither approved nor denied.
    fn into_outcome(self) -> Option<(&'static str, Settled)> {
        let mut outcomes = [
            ("approved", self.approved),
            ("denied", self.denied),
            ("reassigned", self.reassigned),
            ("skipped", self.skipped),
            ("restarted", self.restarted),
            ("reassigned", self.reassigned_by_error),
        ]
        .into_iter()
        .filter_map(|(word, settled)| Some((word, settled?)));
        match (outcomes.next(), outcomes.next()) {
            (Some((first, settled)), Some((second, _))) if first != second => {
                Some(("contradictory", settled))
            }
            (outcome, _) => outcome,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a member of C1's")]
struct Approval {
    #[serde(default, deserialize_with = "or_default")]
    requires_step_up_provider_id: String,
    #[serde(default, deserialize_with = "or_default")]
    require_approval_reason: bool,
    #[serde(default, deserialize_with = "or_default")]
    require_denial_reason: bool,
    #[serde(default, deserialize_with = "if_readable")]
    require_reassignment_reason: bool,
    #[serde(default, deserialize_with = "if_readable")]
    allow_reassignment: bool,
    #[serde(default, deserialize_with = "if_readable")]
    allowed_reassignees: Option<Vec<String>>,
}

impl Approval {
    fn into_step(self) -> ApprovalStep {
        ApprovalStep {
            step_up_provider_id: present(self.requires_step_up_provider_id),
            comment_required: self.require_approval_reason,
            denial_comment_required: self.require_denial_reason,
            reassignment_comment_required: self.require_reassignment_reason,
            reassignable: self.allow_reassignment,
            reassignees: self.allowed_reassignees.unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settled {
    #[serde(default, deserialize_with = "or_default")]
    user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    step_up_transaction_id: String,
    /// Among others the time, which every outcome names in its own way: `approvedAt`, `deniedAt`, ...
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Settled {
    fn at(&self) -> Option<Timestamp> {
        let times = self.rest.iter().filter(|(name, _)| name.ends_with("At"));
        times.into_iter().find_map(|(_, at)| time(at.as_str()?))
    }
}

impl TaskAnswer {
    pub(in super::super) fn into_task(self) -> Option<Task> {
        self.task_view?.task?.into_task()
    }
}

impl TaskList {
    /// The tasks, how many rows are none, and the token of the next page.
    pub(in super::super) fn into_page(self) -> TaskPage {
        let Self { list, expanded, .. } = self;
        let mut page = TaskPage {
            next: present(self.next_page_token),
            ..TaskPage::default()
        };
        for TaskRow(task) in list {
            match task {
                Some(mut task) => {
                    task.details = expanded.details_of(&task);
                    page.tasks.push(task);
                }
                None => page.unreadable += 1,
            }
        }
        page
    }
}

impl WireTask {
    /// None without an id of its form: it goes into paths and onto the screen. A number of another form names no
    /// task for the same reason.
    fn into_task(self) -> Option<Task> {
        if !is_object_id(&self.id) {
            return None;
        }
        let (kind, body) = self.kind.into_one();
        let (number, unreadable_number) = if is_task_number(&self.numeric_id) {
            (self.numeric_id, None)
        } else {
            (String::new(), present(self.numeric_id))
        };
        Some(Task {
            id: self.id,
            numeric_id: number,
            unreadable_number,
            title: self.display_name,
            description: self.description,
            state: state(&self.state),
            processing: processing(&self.processing),
            subject_user_id: present(self.user_id).unwrap_or_else(|| body.subject().to_owned()),
            created_by_user_id: self.created_by_user_id,
            created_at: self.created_at.as_deref().and_then(time),
            duration: body.duration(),
            outcome: body.outcome(),
            resource_id: present(body.resource_id().to_owned()),
            access_review_id: present(body.review_id().to_owned()),
            app_id: present(body.app_id),
            entitlement_id: present(body.app_entitlement_id),
            account_id: present(body.app_user_id),
            answers: Form::read(&self.form).answers(&self.data),
            recommendation: recommendation(&self.recommendation),
            insight_ids: self.insight_ids,
            details: Details::default(),
            comments: self.comment_count.parse().unwrap_or_default(),
            kind,
            emergency: self.emergency_access,
            actions: self.actions.into_iter().map(without_prefix).collect(),
            step_approver_ids: self.step_approver_ids,
            current: self.policy.current.map(Step::into_current),
            history: self
                .policy
                .history
                .into_iter()
                .map(Step::into_settled)
                .collect(),
            steps_to_come: self.policy.next.len(),
            ahead: self
                .policy
                .next
                .into_iter()
                .map(NextStep::into_ahead)
                .collect(),
        })
    }
}

fn state(word: &str) -> TaskState {
    match word {
        "TASK_STATE_CLOSED" => TaskState::Closed,
        _ => TaskState::Open,
    }
}

fn processing(word: &str) -> Processing {
    match word {
        "TASK_PROCESSING_TYPE_PROCESSING" => Processing::Processing,
        "TASK_PROCESSING_TYPE_WAITING" => Processing::Waiting,
        "TASK_PROCESSING_TYPE_DONE" => Processing::Done,
        _ => Processing::Unknown,
    }
}

fn recommendation(word: &str) -> Option<Recommendation> {
    match word {
        "INSIGHT_RECOMMENDATION_APPROVE" => Some(Recommendation::Approve),
        "INSIGHT_RECOMMENDATION_DENY" => Some(Recommendation::Deny),
        "INSIGHT_RECOMMENDATION_REVIEW" => Some(Recommendation::Review),
        _ => None,
    }
}

impl Step {
    fn into_current(self) -> PolicyStep {
        let kind = self.others.kind(self.approval.is_some());
        let approval = self.approval.filter(|_| kind == "approval");
        let escalation = approval.as_ref().map(|one| &one.escalation_instance);
        PolicyStep {
            id: self.id,
            kind,
            deadline: escalation.and_then(|one| time(one.expires_at.as_deref()?)),
            overdue: escalation.map(Escalation::overdue).unwrap_or_default(),
            approval: approval.map(|instance| instance.approval.into_step()),
        }
    }

    fn into_settled(self) -> SettledStep {
        let outcome = self.approval.and_then(ApprovalInstance::into_outcome);
        let Some((outcome, settled)) = outcome else {
            return SettledStep {
                id: self.id,
                outcome: "done".to_owned(),
                ..SettledStep::default()
            };
        };
        SettledStep {
            id: self.id,
            outcome: outcome.to_owned(),
            approved_by: (outcome == "approved").then(|| settled.user_id.clone()),
            at: settled.at(),
            user_id: settled.user_id,
            step_up_transaction_id: present(settled.step_up_transaction_id),
        }
    }
}

impl NextStep {
    fn into_ahead(self) -> StepAhead {
        StepAhead {
            kind: self.others.kind(self.approval.is_some()),
            approval: self.approval.map(Approval::into_step),
        }
    }
}

fn present(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

pub(super) fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

pub(super) fn without_prefix(action: String) -> String {
    action
        .strip_prefix("TASK_ACTION_TYPE_")
        .map(str::to_owned)
        .unwrap_or(action)
}

/// What only explains: of another form than described it is left out, and the task is read all the same.
fn if_readable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// int64 is a string on the wire, but not in every tool's output.
fn number_or_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
    }
    Ok(match Option::deserialize(deserializer)? {
        Some(Either::Text(text)) => text,
        Some(Either::Number(number)) => number.to_string(),
        None => String::new(),
    })
}

#[cfg(test)]
mod tests;
