//! Answers of the API as the contract has them and as they could be.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::client::decode;
use super::audit::AuditList;
use super::task::{TaskAnswer, TaskList, duration};
use super::*;
use crate::arbitrary;
use crate::domain::task::{GrantDuration, Task};

const NAMES: &str = "taskView|task|user|userView|list|id|numericId|displayName|state|type|grant|\
    policy|current|history|next|approval|approved|userId|actions|ticketActionId|redirectUrl|message|created|metadata|approvedAt";

/// Every optional member of a task, and an empty value of its type.
const OPTIONAL: &[(&str, &str)] = &[
    ("/numericId", "\"\""),
    ("/displayName", "\"\""),
    ("/description", "\"\""),
    ("/state", "\"\""),
    ("/processing", "\"\""),
    ("/userId", "\"\""),
    ("/createdByUserId", "\"\""),
    ("/createdAt", "\"\""),
    ("/emergencyAccess", "false"),
    ("/actions", "[]"),
    ("/stepApproverIds", "[]"),
    ("/type/grant/grantDuration", "\"\""),
    ("/type", "{}"),
    ("/policy/history", "[]"),
    ("/policy/next", "[]"),
    ("/policy/current/id", "\"\""),
    (
        "/policy/current/approval/approval/requiresStepUpProviderId",
        "\"\"",
    ),
    (
        "/policy/current/approval/approval/requireApprovalReason",
        "false",
    ),
    (
        "/policy/current/approval/approval/requireDenialReason",
        "false",
    ),
    ("/policy/current/approval/approval", "{}"),
];

fn full() -> Value {
    json!({
        "id": "t".repeat(27), "numericId": "1", "displayName": "d", "description": "d", "state": "TASK_STATE_CLOSED",
        "processing": "TASK_PROCESSING_TYPE_DONE",
        "userId": "u", "createdByUserId": "c", "createdAt": "2026-03-02T09:00:00Z",
        "emergencyAccess": true, "actions": ["A"], "stepApproverIds": ["s"],
        "type": {"grant": {"grantDuration": "60s"}},
        "policy": {
            "current": {"id": "s2", "approval": {"approval": {
                "requiresStepUpProviderId": "p", "requireApprovalReason": true, "requireDenialReason": true}}},
            "history": [{"id": "s1"}], "next": [{}]},
    })
}

/// The task with these members put at `value`, or taken out.
fn with(which: &[usize], value: impl Fn(&str) -> Option<Value>) -> Option<Task> {
    let mut task = full();
    for (path, empty) in which.iter().filter_map(|at| OPTIONAL.get(*at)) {
        let (parent, name) = path.rsplit_once('/').unwrap();
        // A parent may be empty by now.
        let Some(members) = task.pointer_mut(parent).and_then(Value::as_object_mut) else {
            continue;
        };
        match value(empty) {
            Some(value) => members.insert(name.to_owned(), value),
            None => members.remove(name),
        };
    }
    let answer = json!({"taskView": {"task": task}});
    serde_json::from_value::<TaskAnswer>(answer)
        .unwrap()
        .into_task()
}

proptest! {
    #[test]
    fn absent_null_and_empty_mean_the_same_in_any_combination(
        which in proptest::sample::subsequence((0..OPTIONAL.len()).collect::<Vec<_>>(), 0..OPTIONAL.len()),
    ) {
        let absent = with(&which, |_| None);
        prop_assert!(absent.is_some());
        prop_assert_eq!(&absent, &with(&which, |_| Some(Value::Null)));
        prop_assert_eq!(&absent, &with(&which, |empty| serde_json::from_str(empty).ok()));
    }

    #[test]
    fn any_json_is_read_without_a_panic(value in arbitrary::json(NAMES)) {
        let bytes = value.to_string().into_bytes();
        let _ = decode(&bytes).map(TaskAnswer::into_task);
        let _ = decode(&bytes).map(TaskList::into_page);
        let _ = decode(&bytes).map(AuditList::into_page);
        let _ = decode(&bytes).map(|user: UserAnswer| user.into_approver("u"));
        let _ = decode(&bytes).map(|answer: ActionAnswer| answer.into_approve_answer(false));
        let _ = decode::<Introspection>(&bytes);
        prop_assert!(message(&bytes).chars().count() <= 300);
    }

    #[test]
    fn nothing_but_an_action_id_means_accepted(value in arbitrary::json(NAMES), proven: bool) {
        let id = value.get("ticketActionId").and_then(Value::as_str);
        let named = id.is_some_and(|id| !id.is_empty());
        let answer = decode(value.to_string().as_bytes())
            .and_then(|answer: ActionAnswer| answer.into_approve_answer(proven));
        let accepted = matches!(answer, Ok(ApproveAnswer::Accepted { .. }));
        prop_assert!(named || !accepted);
    }

    #[test]
    fn any_length_of_time_is_read_as_what_it_is(text in "\\PC*|[0-9]{0,30}(\\.[0-9]*)?s") {
        match duration(&text) {
            GrantDuration::Unknown => prop_assert_eq!(text, ""),
            GrantDuration::NoEnd => prop_assert_eq!(text.trim_start_matches('0'), "s"),
            GrantDuration::Seconds(seconds) => {
                prop_assert_eq!(text.trim_start_matches('0'), format!("{seconds}s"));
            }
            GrantDuration::Unreadable(words) => prop_assert_eq!(words, text),
        }
    }
}
