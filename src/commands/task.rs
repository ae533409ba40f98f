//! `stepup task`: the tasks that wait, one of them in full, and new ones as they come. What is shared is
//! here: a task as scripts see it.

use serde::Serialize;

use crate::commands::shared::people::Person;
use crate::domain::statement::Named;
use crate::domain::task::{GrantDuration, Task, TaskName};

mod escalate;
mod list;
mod reassign;
mod show;
mod trail;
mod watch;
mod web;

pub(super) use escalate::escalate;
pub(super) use list::list;
pub(super) use reassign::reassign;
pub(super) use show::show;
pub(super) use watch::watch;

/// What is done when only stdout fails.
const READ: &str = "the task was read";

/// What the lists say of the current step.
fn step_up(task: &Task) -> &'static str {
    if task.demands_step_up() {
        "step-up"
    } else {
        "-"
    }
}

/// A task as scripts see it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a member of its own")]
struct Row {
    #[serde(flatten)]
    name: TaskName,
    #[serde(rename = "type")]
    kind: Option<String>,
    state: &'static str,
    processing: &'static str,
    outcome: Option<String>,
    step_up: bool,
    policy_step_id: Option<String>,
    comment_required: bool,
    denial_comment_required: bool,
    emergency: bool,
    created_at: Option<jiff::Timestamp>,
    subject_user_id: Option<String>,
    created_by_user_id: Option<String>,
    grant_seconds: Option<u64>,
    /// What the caller may do, in the API's words.
    actions: Vec<String>,
}

impl Row {
    fn of(task: &Task) -> Self {
        let step = task.current.as_ref();
        let approval = step.and_then(|step| step.approval.as_ref());
        let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Self {
            name: task.name(),
            kind: task.kind.word().map(str::to_owned),
            state: task.state.word(),
            processing: task.processing.word(),
            outcome: task.outcome.clone(),
            step_up: task.demands_step_up(),
            policy_step_id: step.map(|step| step.id.clone()),
            comment_required: approval.is_some_and(|approval| approval.comment_required),
            denial_comment_required: approval
                .is_some_and(|approval| approval.denial_comment_required),
            emergency: task.emergency,
            created_at: task.created_at,
            subject_user_id: known(&task.subject_user_id),
            created_by_user_id: known(&task.created_by_user_id),
            actions: task.actions.clone(),
            grant_seconds: match task.duration {
                GrantDuration::Seconds(seconds) => Some(seconds),
                GrantDuration::NoEnd | GrantDuration::Unknown | GrantDuration::Unreadable(_) => {
                    None
                }
            },
        }
    }
}

/// What the task is about, as in the statement.
#[derive(Serialize)]
struct Access {
    app: Option<Named>,
    entitlement: Option<Named>,
    resource: Option<Named>,
    account: Option<Named>,
    access_review_id: Option<String>,
}

impl Access {
    fn of(task: &Task) -> Self {
        let named = |id: &Option<String>| {
            let id = id.clone()?;
            let name = task.details.name(&id).map(str::to_owned);
            Some(Named { id, name })
        };
        Self {
            app: named(&task.app_id),
            entitlement: named(&task.entitlement_id),
            resource: named(&task.resource_id),
            account: named(&task.account_id),
            access_review_id: task.access_review_id.clone(),
        }
    }
}

/// A task of a list, with the names that came with it.
#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    row: Row,
    #[serde(flatten)]
    access: Access,
    requested_by: Option<Person>,
    subject: Option<Person>,
}

impl Listed {
    fn of(task: &Task) -> Self {
        let person = |id: &str| Person::of(id, task.details.people.get(id));
        Self {
            row: Row::of(task),
            access: Access::of(task),
            requested_by: person(&task.created_by_user_id),
            subject: person(&task.subject_user_id),
        }
    }
}
