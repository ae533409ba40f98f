//! `stepup deny`: task → is it mine to deny → yes → denial → re-read → what became of it. No step-up: the
//! API has none for a denial (c1.md 4).

use crate::adapters::sanitize::sanitize;
use crate::cli::TaskDecision;
use crate::commands::shared::confirmation::{ActionWords, still_open};
use crate::commands::shared::settling::{Case, Settlement};
use crate::commands::shared::{comment, completable};
use crate::context::{Consent, Context};
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::{Task, TaskState};
use crate::error::Error;
use crate::interrupt::UnderWay;
use crate::meaning::{Decision, settled_otherwise};

const DENIAL: Settlement = Settlement {
    action: statement::Action::Deny,
    interrupted: UnderWay::DENIAL,
    told: ActionWords {
        what: "denial",
        done: "denied",
    },
    consent: Consent {
        not_done: "not denied",
        thing: "a denial",
    },
};

pub(super) fn run(context: &Context, args: &TaskDecision) -> Result<(), Error> {
    Case::settle(context, args, denied)
}

fn denied(case: &Case<'_>) -> Result<(), Error> {
    let (task, user_id) = (&case.task, &case.user_id);
    let (step, approval) = task
        .deniable_by(user_id)
        .map_err(|reason| Decision::Denial.cannot_decide(&reason, task))?;
    let required = approval.denial_comment_required;
    case.show(Decision::Denial, required)?;
    let comment = case.comment.as_deref();
    let comment = comment::asked(case.context, Decision::Denial, task, required, comment)?;
    let comment = comment.as_deref();
    let text = format!("deny task {}?", task.handle());
    let deny = || case.api.deny(task, &step.id, comment);
    let happened = |now: &Task| denied_in(now, &step.id, user_id, task);
    let (action_id, seen) = DENIAL.settle(case, (&step.id, comment), &text, deny, happened)?;
    completable::forget(case.context, case.session, task.handle());
    let document = serde_json::json!({
        "schema": "stepup.denial/1",
        "outcome": seen.outcome("denied"),
        "task": TaskRef::of(task, &step.id),
        "denied_by": { "user_id": user_id },
        "comment": comment,
        "denial": { "ticket_action_id": action_id, "confirmed": seen.confirmed },
        "task_state": seen.task.state.word(),
        "task_outcome": seen.task.outcome,
    });
    let state = format!("task:     {}", state(&seen.task, seen.confirmed));
    seen.report(case.context, &DENIAL.told, &state, &document)?;
    if seen.task.state == TaskState::Open {
        still_open(case.context, task.handle());
    }
    Ok(())
}

/// Whether our step shows as denied by us. Settled otherwise is an answer too: somebody was faster.
fn denied_in(now: &Task, step_id: &str, user_id: &str, task: &Task) -> Result<bool, Error> {
    let Some(settled) = now.settled(step_id) else {
        return Ok(false);
    };
    if settled.outcome == "denied" && settled.user_id == user_id {
        return Ok(true);
    }
    Err(settled_otherwise(settled, task))
}

/// Where the task is now. One denial ends it, unless its policy goes on elsewhere (c1.md 4).
fn state(now: &Task, confirmed: bool) -> String {
    match (&now.outcome, now.state) {
        (Some(outcome), TaskState::Closed) => format!("closed, {}", sanitize(outcome)),
        (_, TaskState::Open) if confirmed => "open: its policy goes on to another step".to_owned(),
        (_, state) => state.word().to_owned(),
    }
}
