//! A task as C1 shows it: `TaskView` (c1.md 3.1 to 3.5), zero values and nulls included.

use serde_json::{Map, Value, json};

use super::task::{Kind, Restart, Step, Task, TaskOutcome};
use crate::people::Person;

/// `TaskView` without expansions, as this person sees it.
pub(super) fn task_view(task: &Task, me: &Person) -> Value {
    let mut view = Map::new();
    for path in [
        "appPath",
        "appUserPath",
        "appUserLastUsagePath",
        "approversPath",
        "createdByUserPath",
        "entitlementsPath",
        "identityUserPath",
        "insightsPath",
        "stepApproversPath",
        "userPath",
        "accessReviewPath",
        "principalResourcePath",
        "resourceBindingsPath",
        "roleResourcePath",
        "scopeResourcePath",
    ] {
        view.insert(path.to_owned(), json!(""));
    }
    view.insert("task".to_owned(), task_object(task, me));
    view.insert(
        "objectPermissions".to_owned(),
        json!({"read": true, "edit": false, "delete": false, "extra": {}}),
    );
    Value::Object(view)
}

fn task_object(task: &Task, me: &Person) -> Value {
    let approvers: Vec<&str> = task.steps.iter().filter_map(decided_by).collect();
    let insights: Vec<&str> = task
        .more
        .insights
        .iter()
        .map(|(id, _)| id.as_str())
        .collect();
    let recommendation = match task.more.recommendation.as_str() {
        "" => "UNSPECIFIED",
        word => word,
    };
    json!({
        "id": task.id,
        "numericId": task.numeric_id.to_string(),
        "displayName": task.title,
        "description": task.reason,
        "state": if task.open() { "TASK_STATE_OPEN" } else { "TASK_STATE_CLOSED" },
        "processing": processing(task),
        "actions": actions(task, me),
        "type": kind(task),
        "policy": policy(task),
        "policyGenerationId": task.generation,
        "stepApproverIds": task.deciders(),
        // Arrays without members are null now and then (c1.md 1.2).
        "approverIds": if approvers.is_empty() { Value::Null } else { json!(approvers) },
        "userId": task.requester,
        "createdByUserId": task.requester,
        "emergencyAccess": task.more.emergency,
        "origin": "TASK_ORIGIN_WEBAPP",
        "recommendation": format!("INSIGHT_RECOMMENDATION_{recommendation}"),
        "commentCount": task.comments(),
        "createdAt": task.created_at, "updatedAt": task.updated_at, "deletedAt": null,
        "analysisId": "", "insightIds": if insights.is_empty() { Value::Null } else { json!(insights) },
        "annotations": [], "data": answers(task), "form": form(task),
        "externalRefs": [], "revocationTargets": null,
    })
}

/// The request's form: a question for each answer.
fn form(task: &Task) -> Value {
    if task.more.answers.is_empty() {
        return Value::Null;
    }
    let field = |(number, (question, _)): (usize, &(String, String))| {
        json!({
            "name": format!("field{number}"), "displayName": question, "description": "",
            "required": true, "readOnly": false, "stringField": {"textField": {"multiline": false}},
        })
    };
    let fields: Vec<Value> = task.more.answers.iter().enumerate().map(field).collect();
    json!({"id": task.id, "displayName": "Request", "description": "", "fields": fields})
}

/// The answers, by the names of their fields.
fn answers(task: &Task) -> Value {
    let answers = task.more.answers.iter().enumerate();
    let members: Map<String, Value> = answers
        .map(|(number, (_, answer))| (format!("field{number}"), json!(answer)))
        .collect();
    if members.is_empty() {
        return Value::Null;
    }
    Value::Object(members)
}

fn processing(task: &Task) -> &'static str {
    match (task.open(), &task.pending) {
        (true, Some(_)) => "TASK_PROCESSING_TYPE_PROCESSING",
        (true, None) => "TASK_PROCESSING_TYPE_WAITING",
        (false, _) => "TASK_PROCESSING_TYPE_DONE",
    }
}

fn decided_by(step: &Step) -> Option<&str> {
    step.decision
        .as_ref()
        .map(|decision| decision.user.as_str())
}

/// What this person may do now (c1.md 3.4); everybody may comment.
fn actions(task: &Task, me: &Person) -> Vec<&'static str> {
    let mut actions = Vec::new();
    if let Some(step) = task.current_step()
        && task.is_for(&me.id)
    {
        actions.push(match step.requirement {
            Some(_) => "TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP",
            None => "TASK_ACTION_TYPE_APPROVE",
        });
        actions.push("TASK_ACTION_TYPE_DENY");
        if !step.reassignment.forbidden {
            actions.push("TASK_ACTION_TYPE_REASSIGN");
        }
        if task.kind == Kind::Grant {
            actions.push("TASK_ACTION_TYPE_UPDATE_GRANT_DURATION");
            if !task.more.emergency {
                actions.push("TASK_ACTION_TYPE_ESCALATE_TO_EMERGENCY_ACCESS");
            }
        }
    }
    actions.push("TASK_ACTION_TYPE_COMMENT");
    actions
}

/// Every step-up that the task names for an approval is called this from here on.
pub(super) fn rename_step_up(view: &mut Value, name: &str) {
    let steps = view.pointer_mut("/task/policy/history");
    for step in steps.and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(id) = step.pointer_mut("/approval/approved/stepUpTransactionId") {
            *id = json!(name);
        }
    }
}

/// Whether C1 lists the plain approval beside the one with step-up is not publicly known (c1.md 8.5).
pub(super) fn list_both(view: &mut Value) {
    let actions = view
        .pointer_mut("/task/actions")
        .and_then(Value::as_array_mut);
    if let Some(actions) = actions
        && actions.contains(&json!("TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP"))
    {
        actions.insert(0, json!("TASK_ACTION_TYPE_APPROVE"));
    }
}

/// A step that demands a step-up provider is shown to demand this one.
pub(super) fn demand(view: &mut Value, provider_id: &str) {
    let shown = view.pointer_mut("/task/policy/current/approval/approval/requiresStepUpProviderId");
    if let Some(shown) = shown.filter(|shown| **shown != json!("")) {
        *shown = json!(provider_id);
    }
}

/// What became of a task, in the words of its type.
pub(super) fn outcome(task: &Task) -> String {
    let (outcomes, done, refused) = match task.kind {
        Kind::Grant => ("GRANT_OUTCOME", "GRANTED", "DENIED"),
        Kind::Revoke => ("REVOKE_OUTCOME", "REVOKED", "DENIED"),
        Kind::Certify => ("CERTIFY_OUTCOME", "CERTIFIED", "DECERTIFIED"),
        Kind::Offboarding => ("OFFBOARDING_OUTCOME", "DONE", "CANCELLED"),
        Kind::Action => ("ACTION_OUTCOME", "SUCCESS", "DENIED"),
        Kind::Finding => ("FINDING_TASK_OUTCOME", "REMEDIATED", "RISK_ACCEPTED"),
    };
    let outcome = match task.outcome {
        TaskOutcome::Open => "UNSPECIFIED",
        TaskOutcome::Granted => done,
        TaskOutcome::Denied => refused,
    };
    format!("{outcomes}_{outcome}")
}

/// `TaskType`: one member, by the kind.
fn kind(task: &Task) -> Value {
    let mut members = match task.kind {
        Kind::Grant | Kind::Revoke | Kind::Certify => access(task),
        Kind::Offboarding => json!({"subjectUserId": task.requester}),
        Kind::Action => json!({"actionId": task.entitlement_id, "displayName": task.entitlement}),
        Kind::Finding => json!({"findingId": task.entitlement_id, "findingType": task.entitlement}),
    };
    let outcome_time = if task.open() {
        Value::Null
    } else {
        json!(task.updated_at)
    };
    if let Some(members) = members.as_object_mut() {
        members.insert("outcome".into(), json!(outcome(task)));
        members.insert("outcomeTime".into(), outcome_time);
    }
    json!({ task.kind.name(): members })
}

/// What types about an entitlement have in common, and what they have not.
fn access(task: &Task) -> Value {
    let mut members = json!({
        "appId": task.app_id, "appEntitlementId": task.entitlement_id, "appUserId": task.app_user_id,
        "identityUserId": task.requester,
    });
    let resource = task.more.resource.as_ref();
    let resource =
        resource.map(|(id, _)| json!({"appId": task.app_id, "appResourceTypeId": "", "id": id}));
    let review = task.more.review_id.as_str();
    let more = match task.kind {
        Kind::Grant => vec![
            ("grantDuration", json!(format!("{}s", task.seconds()))),
            ("source", Value::Null),
        ],
        Kind::Revoke if review.is_empty() => {
            vec![("source", Value::Null), ("resource", json!(resource))]
        }
        Kind::Revoke => vec![
            (
                "source",
                json!({"review": {"accessReviewId": review, "certTicketId": ""}}),
            ),
            ("resource", json!(resource)),
        ],
        _ => vec![
            ("accessReviewId", json!(review)),
            ("resource", json!(resource)),
        ],
    };
    if let Some(members) = members.as_object_mut() {
        members.extend(
            more.into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
    }
    members
}

fn policy(task: &Task) -> Value {
    let configured: Vec<Value> = task.steps.iter().map(step).collect();
    let decided = task.steps.iter().filter(|step| step.decision.is_some());
    let history: Vec<Value> = decided
        .map(|step| instance(task, step))
        .chain(task.restarts.iter().filter_map(|one| former(task, one)))
        .collect();
    let next = task.steps.iter().skip(task.current + 1).map(step);
    json!({
        "policy": {
            "id": task.policy_id, "displayName": task.policy_name, "policyType": "POLICY_TYPE_GRANT",
            "policySteps": {"grant": {"steps": configured}}, "rules": null,
        },
        "current": task.current_step().map(|step| instance(task, step)),
        "history": history,
        "next": if task.open() { next.collect() } else { Vec::new() },
    })
}

/// `PolicyStep`: the configuration alone, without an id.
pub(super) fn step(step: &Step) -> Value {
    json!({"approval": approval(step, false)})
}

/// `PolicyStepInstance`.
fn instance(task: &Task, step: &Step) -> Value {
    let done = step.decision.is_some();
    json!({
        "id": step.id,
        "state": if done { "POLICY_STEP_STATE_DONE" } else { "POLICY_STEP_STATE_ACTIVE" },
        "policyGenerationId": task.generation,
        "approval": approval_instance(task, step),
    })
}

/// A step under the id it had before it was begun anew.
fn former(task: &Task, restart: &Restart) -> Option<Value> {
    let mut step = task.steps.get(restart.step)?.clone();
    if let Some(approver) = &restart.reassigned_from {
        step.approver.clone_from(approver);
    }
    let (name, outcome) = if restart.reassigned_from.is_some() {
        let outcome = json!({
            "newPolicyStepId": restart.new_step_id, "userId": restart.user,
            "reassignedAt": restart.at,
        });
        ("reassigned", outcome)
    } else {
        let outcome = json!({
            "oldPolicyStepId": restart.step_id, "userId": restart.user, "restartedAt": restart.at,
        });
        ("restarted", outcome)
    };
    Some(json!({
        "id": restart.step_id, "state": "POLICY_STEP_STATE_DONE",
        "policyGenerationId": task.generation,
        "approval": {
            "approval": approval(&step, true), "state": "APPROVAL_INSTANCE_STATE_DONE",
            "assignedAt": task.created_at, "escalationInstance": null, name: outcome,
        },
    }))
}

fn approval_instance(task: &Task, step: &Step) -> Value {
    let mut instance = json!({
        "approval": approval(step, true),
        "state": if step.decision.is_some() { "APPROVAL_INSTANCE_STATE_DONE" } else { "APPROVAL_INSTANCE_STATE_WAITING" },
        "assignedAt": task.created_at,
        "escalationInstance": task.more.due_at.map(|at| json!({
            "expiresAt": at, "alreadyEscalated": false, "escalationComment": "",
            "reassignToApprovers": {"approverIds": null},
        })),
    });
    if let (Some(decision), Some(fields)) = (&step.decision, instance.as_object_mut()) {
        let (name, value) = if decision.approved {
            let entitlement =
                json!({"appId": task.app_id, "appEntitlementId": task.entitlement_id});
            let approved = json!({
                "approvedAt": decision.at, "userId": decision.user, "entitlements": [entitlement],
                "stepUpTransactionId": decision.transaction,
            });
            ("approved", approved)
        } else {
            (
                "denied",
                json!({"deniedAt": decision.at, "userId": decision.user}),
            )
        };
        fields.insert(name.to_owned(), value);
    }
    instance
}

/// `Approval`: the step's configuration, of a policy or of a task that it was assigned to.
fn approval(step: &Step, assigned: bool) -> Value {
    let only = &step.reassignment.only;
    json!({
        "users": {"userIds": [step.approver], "allowSelfApproval": false, "requireDistinctApprovers": false},
        "requireApprovalReason": step.needs_reason,
        "requireDenialReason": step.needs_denial_reason,
        "requireReassignmentReason": step.reassignment.needs_reason,
        "requiresStepUpProviderId": Task::step_up_provider(step),
        "allowReassignment": !step.reassignment.forbidden,
        "allowedReassignees": if only.is_empty() { Value::Null } else { json!(only) },
        "allowDelegation": false,
        "escalationEnabled": false, "escalation": null, "assigned": assigned,
    })
}
