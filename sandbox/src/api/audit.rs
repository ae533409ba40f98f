//! `POST /api/v1/task/audits`: what happened to a task, event by event (c1.md 7).

use serde::Deserialize;
use serde_json::{Value, json};

use super::paging::page;
use super::refusal::Refusal;
use super::task::{AuditEntry, AuditEntryKind, Task};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct AuditRequest {
    #[serde(alias = "task_id")]
    pub(super) task_id: String,
    page_size: Option<i64>,
    page_token: Option<String>,
    newest_first: bool,
    comments_only: bool,
}

pub(super) fn list(
    task: &Task,
    request: &AuditRequest,
    quirk: Option<&str>,
) -> Result<Value, Refusal> {
    let wanted = |event: &&AuditEntry| match event.what {
        AuditEntryKind::Comment(_) => true,
        AuditEntryKind::StepUpApproval(_) if quirk == Some("no-step-up") => false,
        _ => !request.comments_only,
    };
    let mut views: Vec<Value> = task
        .events
        .iter()
        .filter(wanted)
        .map(|event| view(task, event))
        .collect();
    if quirk == Some("unknown-event") {
        views.push(json!({"id": "", "created": task.updated_at, "userId": "",
            "eventType": "TASK_AUDIT_EVENT_TYPE_ERROR", "future": {}}));
    }
    if request.newest_first {
        views.reverse();
    }
    let (list, next) = page(&views, request.page_size, request.page_token.as_deref())?;
    Ok(json!({"list": list, "nextPageToken": next}))
}

/// `TaskAuditView`.
fn view(task: &Task, event: &AuditEntry) -> Value {
    let (name, payload) = payload(event);
    let mut view = json!({
        "id": event.id, "ticketId": task.id, "created": event.at, "userId": event.user,
        "currentState": if event.closed { "TASK_STATE_CLOSED" } else { "TASK_STATE_OPEN" },
        "eventType": "TASK_AUDIT_EVENT_TYPE_NEUTRAL", "source": "SOURCE_C1",
        "workflowStep": event.step, "metadata": null,
    });
    if let Some(fields) = view.as_object_mut() {
        fields.insert(name.to_owned(), payload);
    }
    view
}

fn payload(event: &AuditEntry) -> (&'static str, Value) {
    match &event.what {
        AuditEntryKind::Created => ("taskCreated", json!({})),
        AuditEntryKind::Comment(text) => (
            "comment",
            json!({"comment": text, "updatedAt": event.at, "updatedBy": event.user}),
        ),
        AuditEntryKind::Submitted {
            action_id,
            approve,
            step_up,
            step_id,
        } => {
            let action_type = match (approve, step_up) {
                (true, true) => "TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP",
                (true, false) => "TASK_ACTION_TYPE_APPROVE",
                (false, _) => "TASK_ACTION_TYPE_DENY",
            };
            let action = json!({
                "id": action_id, "actionType": action_type, "policyStepId": step_id,
                "userId": event.user, "bulkActionId": "", "createdAt": event.at,
            });
            ("actionSubmitted", json!({"action": action}))
        }
        AuditEntryKind::StepUpApproval(transaction) => (
            "stepUpApproval",
            json!({"stepUpTransactionId": transaction}),
        ),
        AuditEntryKind::Closed => ("stateChange", json!({"previousState": "TASK_STATE_OPEN"})),
    }
}
