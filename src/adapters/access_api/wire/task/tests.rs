use super::*;
use crate::domain::task::{GrantDuration, TaskKind};
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
        (task.kind, task.processing),
        (TaskKind::Known("grant"), Processing::Waiting)
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
            ..ApprovalStep::default()
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
    assert_eq!(task.kind, TaskKind::Known("revoke"));
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
    ]
    .into_iter()
    .chain(
        [
            "8h",
            "1e9s",
            "-5s",
            "+5s",
            "0.0s",
            "1.5s",
            "s",
            "315576000001s",
        ]
        .map(|words| (json!(words), GrantDuration::Unreadable(words.to_owned()))),
    ) {
        let answer = json!({"taskView": {"task": {"id": "2zTask0123456789abcdefghijk", "type": {"grant": {"grantDuration": told}}}}});
        let answer: TaskAnswer = serde_json::from_value(answer).unwrap();
        assert_eq!(answer.into_task().unwrap().duration, expected);
    }
}

#[test]
fn a_task_has_one_type_or_one_that_nobody_knows() {
    let read = |kind: Value| read(&json!({"id": "t".repeat(27), "type": kind})).kind;
    let several = |words: &str| TaskKind::Several(words.to_owned());
    let unknown = |words: &str| TaskKind::Unknown(words.to_owned());
    for (told, expected) in [
        (json!(null), TaskKind::NotTold),
        (json!({}), TaskKind::NotTold),
        (json!({"grant": null, "other": null}), TaskKind::NotTold),
        (
            json!({"revoke": {}, "other": null}),
            TaskKind::Known("revoke"),
        ),
        (json!({"other": {"appId": 7}}), unknown("other")),
        (json!({"other": "words"}), unknown("other")),
        (json!({"revoke": {}, "grant": {}}), several("grant, revoke")),
        (json!({"grant": {}, "other": {}}), several("grant, other")),
        (
            json!({"another": 1, "other": {}}),
            several("another, other"),
        ),
    ] {
        assert_eq!(read(told.clone()), expected, "{told}");
    }
    let twice = r#"{"taskView": {"task": {"id": "x", "type": {"grant": {}, "grant": {}}}}}"#;
    assert!(serde_json::from_str::<TaskAnswer>(twice).is_err());
}

#[test]
fn a_number_of_another_form_names_no_task_and_is_not_forgotten() {
    let read = |number: Value| read(&json!({"id": "t".repeat(27), "numericId": number}));
    for (told, number, unreadable) in [
        (json!("4211"), "4211", None),
        (json!(""), "", None),
        (json!("-1"), "", Some("-1")),
        (json!("4211\u{200b}"), "", Some("4211\u{200b}")),
    ] {
        let task = read(told);
        assert_eq!(task.numeric_id, number);
        assert_eq!(task.unreadable_number.as_deref(), unreadable);
    }
}

#[test]
fn a_step_that_contradicts_itself_waits_for_no_approval_and_was_not_approved() {
    let step = |waits: &Value| {
        read(&json!({"id": "t".repeat(27), "policy": {"current": waits}}))
            .current
            .unwrap()
    };
    let approval = json!({"requireApprovalReason": true});
    assert!(
        step(&json!({"approval": {"approval": approval}}))
            .approval
            .is_some()
    );
    let both = step(&json!({"approval": {"approval": approval}, "reject": {}}));
    assert_eq!((both.kind, both.approval), ("contradictory", None));

    let ended = |outcomes: &Value| {
        read(&json!({"id": "t".repeat(27), "policy": {"history": [{"approval": outcomes}]}}))
            .history[0]
            .clone()
    };
    let approved = ended(&json!({"approved": {"userId": "me"}}));
    assert_eq!(approved.approved_by.as_deref(), Some("me"));
    let both = ended(&json!({"approved": {"userId": "me"}, "denied": {"userId": "me"}}));
    assert_eq!(
        (both.outcome.as_str(), both.approved_by),
        ("contradictory", None)
    );
    let twice =
        ended(&json!({"reassigned": {"userId": "me"}, "reassignedByError": {"userId": "me"}}));
    assert_eq!(twice.outcome, "reassigned");
}
