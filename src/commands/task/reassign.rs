//! `stepup task reassign`: task → is it mine to hand on → to whom → yes → reassignment → re-read → whose it is now.
//! The id of the step pins what is handed on: another step is refused by the API.

use crate::adapters::sanitize::sanitize;
use crate::cli::TaskReassign;
use crate::commands::shared::comment;
use crate::commands::shared::confirmation::ActionWords;
use crate::commands::shared::settling::{Case, Settlement};
use crate::commands::shared::whom::{called, person};
use crate::context::{Consent, Context};
use crate::domain::person::Approver;
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::Task;
use crate::error::Error;
use crate::interrupt::UnderWay;
use crate::meaning::{Decision, settled_otherwise};

const REASSIGNMENT: Settlement = Settlement {
    action: statement::Action::Reassign,
    interrupted: UnderWay::REASSIGNMENT,
    told: ActionWords {
        what: "reassignment",
        done: "reassigned",
    },
    consent: Consent {
        not_done: "not reassigned",
        thing: "a reassignment",
    },
};

pub(in super::super) fn reassign(context: &Context, args: &TaskReassign) -> Result<(), Error> {
    Case::settle(context, &args.decision, |case| reassigned(case, &args.to))
}

fn reassigned(case: &Case<'_>, to: &[String]) -> Result<(), Error> {
    let (task, user_id) = (&case.task, &case.user_id);
    let decision = Decision::Reassignment;
    let impossible = |reason| decision.cannot_change(&reason, task);
    // Whether it can go to anybody, before the API is asked for people.
    task.reassignable_by(user_id, &[]).map_err(impossible)?;
    let to = to.iter().map(|one| person(&case.api, one));
    let to = to.collect::<Result<Vec<_>, Error>>()?;
    let ids: Vec<String> = to.iter().map(|one| one.user_id.clone()).collect();
    let (step, approval) = task.reassignable_by(user_id, &ids).map_err(impossible)?;
    let required = approval.reassignment_comment_required;
    case.show(decision, required)?;
    let names = to.iter().map(called).collect::<Vec<_>>().join(", ");
    case.context.terminal.field("to", &names);
    let comment = case.comment.as_deref();
    let comment = comment::asked(case.context, decision, task, required, comment)?;
    let comment = comment.as_deref();
    let text = format!("reassign task {} to {}?", task.handle(), sanitize(&names));
    let send = || case.api.reassign(task, &step.id, &ids, comment);
    let happened = |now: &Task| reassigned_in(now, &step.id, &ids, task);
    let (action_id, seen) =
        REASSIGNMENT.settle(case, (&step.id, comment), &text, send, happened)?;
    let document = serde_json::json!({
        "schema": "stepup.reassignment/1",
        "outcome": seen.outcome("reassigned"),
        "task": TaskRef::of(task, &step.id),
        "reassigned_by": { "user_id": user_id },
        "to": to.iter().map(told).collect::<Vec<_>>(),
        "comment": comment,
        "reassignment": { "ticket_action_id": action_id, "confirmed": seen.confirmed },
        "policy_step_id": seen.task.current.as_ref().map(|step| &step.id),
        "waits_for_user_ids": seen.task.step_approver_ids,
    });
    case.report_waiting(&seen, &REASSIGNMENT.told, &document)
}

fn told(person: &Approver) -> serde_json::Value {
    serde_json::json!({
        "user_id": person.user_id, "name": person.display_name, "email": person.email,
    })
}

/// Whether our step is handed on. Where the history does not tell, another step that waits for these people does.
fn reassigned_in(now: &Task, step_id: &str, to: &[String], task: &Task) -> Result<bool, Error> {
    match now.settled(step_id) {
        Some(settled) if settled.outcome == "reassigned" => Ok(true),
        Some(settled) => Err(settled_otherwise(settled, task)),
        None => {
            let another = now.current.as_ref().is_some_and(|step| step.id != step_id);
            let theirs = |id: &String| now.step_approver_ids.contains(id);
            Ok(another && to.iter().all(theirs))
        }
    }
}
