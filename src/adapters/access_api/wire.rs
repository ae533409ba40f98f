//! C1's JSON (wire contract sections 1.2, 2 and 3). Every field is optional, `""`, null and absent mean
//! the same, enums are open.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use url::Url;

use super::super::credentials::Secret;
use super::{ApiError, ApproveAnswer};
use crate::domain::person::Approver;
use crate::domain::task::{ApprovalStep, PolicyStep, SettledStep, Task, TaskState};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Introspection {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) tenant_id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) roles: Vec<String>,
}

/// `PersonalClientServiceCreateResponse`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonalClient {
    pub(super) client: Client,
    #[serde(deserialize_with = "secret")]
    pub(super) client_secret: Secret,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Client {
    pub(super) client_id: String,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserAnswer {
    user_view: Option<UserView>,
}

#[derive(Deserialize)]
struct UserView {
    user: Option<User>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    display_name: Option<String>,
    email: Option<String>,
    username: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl UserAnswer {
    pub(super) fn into_approver(self, id: &str) -> Approver {
        let user = self
            .user_view
            .and_then(|view| view.user)
            .unwrap_or_default();
        let known = |value: Option<String>| value.filter(|value| !value.is_empty());
        Approver {
            user_id: id.to_owned(),
            display_name: known(user.display_name),
            email: known(user.email),
            username: known(user.username),
            is_service: user.kind.as_deref() == Some("USER_TYPE_SERVICE"),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskAnswer {
    task_view: Option<TaskView>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskList {
    #[serde(default, deserialize_with = "or_default")]
    list: Vec<TaskView>,
    #[serde(default, deserialize_with = "or_default")]
    next_page_token: String,
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
    user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    created_by_user_id: String,
    created_at: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    emergency_access: bool,
    #[serde(default, deserialize_with = "or_default")]
    actions: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    step_approver_ids: Vec<String>,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: Kind,
    #[serde(default, deserialize_with = "or_default")]
    policy: Policy,
}

#[derive(Default, Deserialize)]
struct Kind {
    grant: Option<Grant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    grant_duration: Option<String>,
}

#[derive(Default, Deserialize)]
struct Policy {
    current: Option<Step>,
    #[serde(default, deserialize_with = "or_default")]
    history: Vec<Step>,
    #[serde(default, deserialize_with = "or_default")]
    next: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(default, deserialize_with = "or_default")]
    id: String,
    approval: Option<ApprovalInstance>,
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
    reassigned_by_error: Option<serde_json::Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Approval {
    #[serde(default, deserialize_with = "or_default")]
    requires_step_up_provider_id: String,
    #[serde(default, deserialize_with = "or_default")]
    require_approval_reason: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settled {
    #[serde(default, deserialize_with = "or_default")]
    user_id: String,
    #[serde(default, deserialize_with = "or_default")]
    step_up_transaction_id: String,
}

impl TaskAnswer {
    pub(super) fn into_task(self) -> Option<Task> {
        self.task_view?.task?.into_task()
    }
}

impl TaskList {
    pub(super) fn into_page(self) -> (Vec<Task>, Option<String>) {
        let tasks = self
            .list
            .into_iter()
            .filter_map(|view| view.task?.into_task());
        let next = Some(self.next_page_token).filter(|token| !token.is_empty());
        (tasks.collect(), next)
    }
}

impl WireTask {
    fn into_task(self) -> Option<Task> {
        if self.id.is_empty() {
            return None;
        }
        let grant_duration = self.kind.grant.and_then(|grant| grant.grant_duration);
        Some(Task {
            id: self.id,
            numeric_id: self.numeric_id,
            title: self.display_name,
            description: self.description,
            state: match self.state.as_str() {
                "TASK_STATE_CLOSED" => TaskState::Closed,
                _ => TaskState::Open,
            },
            subject_user_id: self.user_id,
            created_by_user_id: self.created_by_user_id,
            created_at: self.created_at.and_then(|at| at.parse::<Timestamp>().ok()),
            grant_seconds: grant_duration.as_deref().and_then(duration_seconds),
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
        })
    }
}

impl Step {
    fn into_current(self) -> PolicyStep {
        PolicyStep {
            id: self.id,
            approval: self.approval.map(|instance| ApprovalStep {
                step_up_provider_id: Some(instance.approval.requires_step_up_provider_id)
                    .filter(|id| !id.is_empty()),
                comment_required: instance.approval.require_approval_reason,
            }),
        }
    }

    fn into_settled(self) -> SettledStep {
        let instance = self.approval;
        let outcome = instance.as_ref().map_or("done", |instance| {
            [
                (instance.approved.is_some(), "approved"),
                (instance.denied.is_some(), "denied"),
                (instance.reassigned.is_some(), "reassigned"),
                (instance.skipped.is_some(), "skipped"),
                (instance.restarted.is_some(), "restarted"),
                (instance.reassigned_by_error.is_some(), "reassigned"),
            ]
            .into_iter()
            .find_map(|(set, word)| set.then_some(word))
            .unwrap_or("done")
        });
        SettledStep {
            id: self.id,
            outcome: outcome.to_owned(),
            step_up_transaction_id: instance
                .as_ref()
                .and_then(|instance| {
                    Some(instance.approved.as_ref()?.step_up_transaction_id.clone())
                })
                .filter(|id| !id.is_empty()),
            approved_by: instance
                .and_then(|instance| instance.approved)
                .map(|approved| approved.user_id),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionAnswer {
    #[serde(default, deserialize_with = "or_default")]
    ticket_action_id: String,
    #[serde(default, deserialize_with = "or_default")]
    redirect_url: String,
}

impl ActionAnswer {
    /// Wire contract 4.1, "how to read any answer".
    pub(super) fn into_approve_answer(self) -> Result<ApproveAnswer, ApiError> {
        if !self.ticket_action_id.is_empty() {
            return Ok(ApproveAnswer::Accepted {
                ticket_action_id: self.ticket_action_id,
            });
        }
        match Url::parse(&self.redirect_url) {
            Ok(page) => Ok(ApproveAnswer::Hosted { page }),
            Err(_) => Err(ApiError::Unreadable(
                "it neither accepts the approval nor says where to authenticate".into(),
            )),
        }
    }
}

/// The sentence of an error answer, `{code, message, details}`; bounded, since it goes to a terminal.
pub(super) fn message(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Status {
        message: Option<String>,
    }
    let message = serde_json::from_slice::<Status>(body)
        .ok()
        .and_then(|status| status.message)
        .filter(|message| !message.is_empty());
    message.map_or_else(
        || "it gave no reason".to_owned(),
        |message| message.chars().take(300).collect(),
    )
}

/// `"28800s"`; a fraction is dropped.
fn duration_seconds(text: &str) -> Option<u64> {
    let number = text.strip_suffix('s')?;
    let whole = number.split('.').next().unwrap_or_default();
    whole.parse().ok().filter(|seconds| *seconds > 0)
}

fn without_prefix(action: String) -> String {
    action
        .strip_prefix("TASK_ACTION_TYPE_")
        .map(str::to_owned)
        .unwrap_or(action)
}

pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
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
mod properties;
#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_task_as_c1_sends_it() {
        let answer: TaskAnswer = serde_json::from_value(json!({"taskView": {"task": {
            "id": "t".repeat(27), "numericId": "4211", "displayName": "Grant", "description": null,
            "state": "TASK_STATE_OPEN", "actions": ["TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP", "NEW"],
            "stepApproverIds": null, "createdAt": "2026-03-02T09:00:00Z",
            "type": {"grant": {"grantDuration": "28800s"}},
            "policy": {
                "current": {"id": "s2", "approval": {"approval": {
                    "requiresStepUpProviderId": "p", "requireApprovalReason": true}}},
                "history": [{"id": "s1", "approval": {"approved": {"userId": "u"}}}],
                "next": [{"provision": {}}]}}}}))
        .unwrap();
        let task = answer.into_task().unwrap();
        assert_eq!(task.handle(), "4211");
        assert_eq!(task.grant_seconds, Some(28800));
        assert_eq!(task.actions, ["APPROVE_WITH_STEP_UP", "NEW"]);
        assert_eq!(
            task.current.unwrap().approval.unwrap(),
            ApprovalStep {
                step_up_provider_id: Some("p".into()),
                comment_required: true
            }
        );
        assert_eq!(task.history[0].approved_by.as_deref(), Some("u"));
        assert_eq!(task.steps_to_come, 1);
    }

    #[test]
    fn absent_null_and_empty_mean_the_same() {
        for step in [
            json!({"id": "s", "approval": {"approval": {"requiresStepUpProviderId": ""}}}),
            json!({"id": "s", "approval": {"approval": {"requiresStepUpProviderId": null}}}),
            json!({"id": "s", "approval": {"approval": null}}),
            json!({"id": "s", "approval": {}}),
        ] {
            let step: Step = serde_json::from_value(step).unwrap();
            assert_eq!(step.into_current().approval, Some(ApprovalStep::default()));
        }
    }

    #[test]
    fn an_answer_is_accepted_hosted_or_unexpected() {
        let read = |answer| {
            serde_json::from_value::<ActionAnswer>(answer)
                .unwrap()
                .into_approve_answer()
        };
        assert!(matches!(
            read(json!({"ticketActionId": "a", "redirectUrl": ""})),
            Ok(ApproveAnswer::Accepted { .. })
        ));
        assert_eq!(
            read(json!({"redirectUrl": "https://acme.conductor.one/x?secret"})).unwrap(),
            ApproveAnswer::Hosted {
                page: "https://acme.conductor.one/x?secret".parse().unwrap()
            }
        );
        assert!(read(json!({})).is_err());
    }
}
