//! `stepup task escalate`: task → can it be left to the emergency policy → yes → escalation → re-read → whose it is now.

use crate::cli::TaskDecision;
use crate::commands::shared::confirmation::ActionWords;
use crate::commands::shared::settling::{Case, Settlement};
use crate::context::{Consent, Context};
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::Task;
use crate::error::Error;
use crate::interrupt::UnderWay;
use crate::meaning::{Decision, settled_otherwise};

const ESCALATION: Settlement = Settlement {
    action: statement::Action::Escalate,
    interrupted: UnderWay::ESCALATION,
    told: ActionWords {
        what: "escalation",
        done: "escalated",
    },
    consent: Consent {
        not_done: "not escalated",
        thing: "an escalation",
    },
};

pub(in super::super) fn escalate(context: &Context, args: &TaskDecision) -> Result<(), Error> {
    Case::settle(context, args, escalated)
}

fn escalated(case: &Case<'_>) -> Result<(), Error> {
    let (task, user_id) = (&case.task, &case.user_id);
    let step = task
        .escalatable_by(user_id)
        .map_err(|reason| Decision::Escalation.cannot_change(&reason, task))?;
    case.show(Decision::Escalation, false)?;
    case.context
        .terminal
        .say("The emergency policy takes the place of the task's own; its approvers decide from then on.");
    let comment = case.comment.as_deref();
    let text = format!("escalate task {} to emergency access?", task.handle());
    let send = || case.api.escalate(task, &step.id, comment);
    let happened = |now: &Task| match now.settled(&step.id) {
        // How the step shows that was left is not publicly known.
        Some(settled) if !now.emergency => Err(settled_otherwise(settled, task)),
        _ => Ok(now.emergency),
    };
    let (action_id, seen) = ESCALATION.settle(case, (&step.id, comment), &text, send, happened)?;
    let document = serde_json::json!({
        "schema": "stepup.escalation/1",
        "outcome": seen.outcome("escalated"),
        "task": TaskRef::of(task, &step.id),
        "escalated_by": { "user_id": user_id },
        "comment": comment,
        "escalation": { "ticket_action_id": action_id, "confirmed": seen.confirmed },
        "policy_step_id": seen.task.current.as_ref().map(|step| &step.id),
        "waits_for_user_ids": seen.task.step_approver_ids,
    });
    case.report_waiting(&seen, &ESCALATION.told, &document)
}
