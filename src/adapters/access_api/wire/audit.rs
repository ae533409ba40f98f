//! The task's trail in C1's JSON (c1.md 7).

use serde::Deserialize;
use serde_json::{Map, Value};

use super::or_default;
use super::task::{time, without_prefix};
use crate::domain::task::audit::{AuditEvent, AuditEventKind};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct AuditList {
    #[serde(default, deserialize_with = "or_default")]
    list: Vec<Map<String, Value>>,
    #[serde(default, deserialize_with = "or_default")]
    next_page_token: String,
}

/// What every event has; any other member is the event itself.
const COMMON: [&str; 9] = [
    "id",
    "ticketId",
    "created",
    "userId",
    "currentState",
    "eventType",
    "source",
    "workflowStep",
    "metadata",
];

impl AuditList {
    /// The events, and the token of the next page.
    pub(in super::super) fn into_page(self) -> (Vec<AuditEvent>, Option<String>) {
        let events = self.list.iter().map(event).collect();
        let next = Some(self.next_page_token).filter(|token| !token.is_empty());
        (events, next)
    }
}

fn event(view: &Map<String, Value>) -> AuditEvent {
    let name = view.get("metadata").and_then(|it| it.get("user"));
    let name = name.map(|user| text(user, "displayName"));
    let member = |name: &str| view.get(name).and_then(Value::as_str).unwrap_or_default();
    AuditEvent {
        id: member("id").to_owned(),
        at: time(member("created")),
        user_id: member("userId").to_owned(),
        user_name: name.filter(|name| !name.is_empty()).map(str::to_owned),
        is_error: member("eventType") == "TASK_AUDIT_EVENT_TYPE_ERROR",
        what: view
            .iter()
            .find(|(key, value)| !COMMON.contains(&key.as_str()) && value.is_object())
            .map(|(key, value)| event_kind(key, value))
            .unwrap_or_default(),
    }
}

fn event_kind(key: &str, value: &Value) -> AuditEventKind {
    match key {
        "taskCreated" => AuditEventKind::Created,
        "comment" => AuditEventKind::Commented(text(value, "comment").to_owned()),
        "actionSubmitted" => {
            let action = value.get("action").unwrap_or(&Value::Null);
            AuditEventKind::Submitted {
                action: without_prefix(text(action, "actionType").to_owned()),
                policy_step_id: text(action, "policyStepId").to_owned(),
            }
        }
        "stepUpApproval" => AuditEventKind::StepUpApproval {
            transaction_id: text(value, "stepUpTransactionId").to_owned(),
        },
        "stateChange" => AuditEventKind::StateChanged,
        other => AuditEventKind::Other(other.to_owned()),
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn events_known_and_new_and_empty() {
        let list: AuditList = serde_json::from_value(json!({"nextPageToken": null, "list": [
            {"id": "1", "created": "2026-03-02T09:01:09Z", "userId": "u", "metadata": {"user": {"displayName": "Mira"}},
             "eventType": "TASK_AUDIT_EVENT_TYPE_NEUTRAL", "comment": null,
             "stepUpApproval": {"stepUpTransactionId": "x"}},
            {"eventType": "TASK_AUDIT_EVENT_TYPE_ERROR", "somethingNew": {"a": 1}, "metadata": null},
            {"actionSubmitted": {"action": {"actionType": "TASK_ACTION_TYPE_DENY", "policyStepId": "s"}}},
            {"actionSubmitted": {}},
            {}]}))
        .unwrap();
        let (events, next) = list.into_page();
        assert_eq!(next, None);
        assert_eq!(events[0].user_name.as_deref(), Some("Mira"));
        assert!(events[0].at.is_some() && !events[0].is_error);
        assert!(events[1].is_error);
        let keys: Vec<_> = events.iter().map(|event| event.what.key()).collect();
        assert_eq!(
            keys,
            [
                "stepUpApproval",
                "somethingNew",
                "actionSubmitted",
                "actionSubmitted",
                ""
            ]
        );
        assert_eq!(events[2].what.in_words(), "submitted: deny");
    }
}
