use super::*;
use serde_json::json;

fn read(task: &Value) -> Task {
    let answer: TaskAnswer = serde_json::from_value(json!({"taskView": {"task": task}})).unwrap();
    answer.into_task().unwrap()
}

#[test]
fn a_task_as_c1_sends_it() {
    let task = read(&json!({
        "id": "t".repeat(27), "numericId": "4211", "displayName": "Grant", "description": null,
        "state": "TASK_STATE_OPEN", "actions": ["TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP", "NEW"],
        "processing": "TASK_PROCESSING_TYPE_WAITING",
        "stepApproverIds": null, "createdAt": "2026-03-02T09:00:00Z",
        "type": {"grant": {"grantDuration": "28800s", "outcome": "GRANT_OUTCOME_UNSPECIFIED"}},
        "policy": {
            "current": {"id": "s2", "approval": {"approval": {
                "requiresStepUpProviderId": "p", "requireApprovalReason": true}}},
            "history": [{"id": "s1", "approval": {"approved": {"userId": "u",
                "approvedAt": "2026-03-02T09:00:01Z", "stepUpTransactionId": "x"}}}],
            "next": [{"provision": {}}, {"approval": {"requireDenialReason": true}}]}}));
    assert_eq!(task.handle(), "4211");
    assert_eq!(
        (task.kind.as_str(), task.processing),
        ("grant", Processing::Waiting)
    );
    assert_eq!(
        (task.duration, task.outcome),
        (GrantDuration::Seconds(28800), None)
    );
    assert_eq!(task.actions, ["APPROVE_WITH_STEP_UP", "NEW"]);
    let current = task.current.unwrap();
    assert_eq!(current.kind, "approval");
    assert_eq!(
        current.approval.unwrap(),
        ApprovalStep {
            step_up_provider_id: Some("p".into()),
            comment_required: true,
            denial_comment_required: false,
        }
    );
    let done = &task.history[0];
    assert_eq!(done.approved_by.as_deref(), Some("u"));
    assert_eq!(done.step_up_transaction_id.as_deref(), Some("x"));
    assert_eq!(done.at, "2026-03-02T09:00:01Z".parse().ok());
    assert_eq!(task.steps_to_come, 2);
    assert_eq!(task.ahead[0].kind, "provision");
    assert!(
        task.ahead[1]
            .approval
            .as_ref()
            .unwrap()
            .denial_comment_required
    );
}

#[test]
fn how_a_task_and_its_steps_ended() {
    let task = read(&json!({"id": "t".repeat(27), "state": "TASK_STATE_CLOSED",
        "type": {"grant": null, "revoke": {"outcome": "REVOKE_OUTCOME_WAIT_TIMED_OUT"}},
        "policy": {"history": [
            {"id": "a", "approval": {"denied": {"userId": "u", "deniedAt": "2026-03-02T09:00:01Z"}}},
            {"id": "b", "approval": {"reassignedByError": {"erroredAt": "soon"}}},
            {"id": "c", "provision": {}}]}}));
    assert_eq!(task.kind, "revoke");
    assert_eq!(task.outcome.as_deref(), Some("wait_timed_out"));
    let ends: Vec<_> = task
        .history
        .iter()
        .map(|step| {
            (
                step.outcome.as_str(),
                step.user_id.as_str(),
                step.at.is_some(),
            )
        })
        .collect();
    assert_eq!(
        ends,
        [
            ("denied", "u", true),
            ("reassigned", "", false),
            ("done", "", false)
        ]
    );
    assert!(task.history.iter().all(|step| step.approved_by.is_none()));
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
fn a_duration_that_is_not_told_is_not_told_as_no_end() {
    for (told, expected) in [
        (json!("28800s"), GrantDuration::Seconds(28_800)),
        (json!("0s"), GrantDuration::NoEnd),
        (json!(null), GrantDuration::Unknown),
        (json!(""), GrantDuration::Unknown),
        (json!("8h"), GrantDuration::Unknown),
    ] {
        let answer = json!({"taskView": {"task": {"id": "2zTask0123456789abcdefghijk", "type": {"grant": {"grantDuration": told}}}}});
        let answer: TaskAnswer = serde_json::from_value(answer).unwrap();
        assert_eq!(answer.into_task().unwrap().duration, expected);
    }
}
