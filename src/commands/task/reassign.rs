//! `stepup task reassign`: task → is it mine to hand on → to whom → yes → reassignment → re-read → whose it is now.
//! The id of the step pins what is handed on: another step is refused by the API.

use crate::adapters::sanitize::sanitize;
use crate::cli::TaskReassign;
use crate::commands::shared::confirmation::Told;
use crate::commands::shared::people::People;
use crate::commands::shared::settling::{Question, Settlement};
use crate::commands::shared::whom::{called, person};
use crate::commands::shared::{card, comment, completable};
use crate::context::{Consent, Context};
use crate::domain::person::Approver;
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::{NotApprovable, Task};
use crate::error::Error;
use crate::interrupt::Action;
use crate::meaning::{Decision, settled_otherwise};
use crate::session::Session;
use crate::session::who::actor_and_task;

const REASSIGNMENT: Settlement = Settlement {
    action: statement::Action::Reassign,
    interrupted: Action::REASSIGNMENT,
    told: Told {
        what: "reassignment",
        done: "reassigned",
    },
    consent: Consent {
        not_done: "not reassigned",
        thing: "a reassignment",
    },
};

/// Hands one step to others.
pub(in super::super) fn reassign(context: &Context, args: &TaskReassign) -> Result<(), Error> {
    let session = Session::open(context)?;
    let id = session.task_id(&args.task)?;
    reassigned(context, args, &session, &id).map_err(|error| error.of_task(&id))
}

fn reassigned(
    context: &Context,
    args: &TaskReassign,
    session: &Session,
    id: &str,
) -> Result<(), Error> {
    let api = session.api(context)?;
    let comment = comment::given(&args.reason)?;
    let (user_id, task) = actor_and_task(&api, &session.profile, id)?;
    let decision = Decision::Reassignment;
    let impossible = |reason| decision.not_possible(&reason, &task);
    // Whether it can go to anybody, before the API is asked for people.
    task.reassignable_by(&user_id, &[]).map_err(impossible)?;
    let to = args.to.iter().map(|one| person(&api, one));
    let to = to.collect::<Result<Vec<_>, Error>>()?;
    let ids: Vec<String> = to.iter().map(|one| one.user_id.clone()).collect();
    let (step, approval) = task.reassignable_by(&user_id, &ids).map_err(impossible)?;
    let required = approval.reassignment_comment_required;
    if required && comment.is_none() && !context.terminal.can_ask() {
        return Err(decision.impossible(&NotApprovable::CommentMissing, &task));
    }
    let names = to.iter().map(called).collect::<Vec<_>>().join(", ");
    let shown = api.described(&task);
    card::show(&context.terminal, &api, &mut People::new(&api), &shown);
    context.terminal.field("to", &names);
    let given = comment.is_some();
    let comment = comment::asked(context, decision, &task, required, comment.as_deref())?;
    let send = || api.reassign(&task, &step.id, &ids, comment.as_deref());
    let happened = |now: &Task| reassigned_in(now, &step.id, &ids, &task);
    let question = Question {
        api: &api,
        task: &task,
        policy_step_id: &step.id,
        text: &format!("reassign task {} to {}?", task.handle(), sanitize(&names)),
        yes: args.yes,
        after_another: comment.is_some() != given,
    };
    let (action_id, seen) = REASSIGNMENT.ask_and_send(context, &question, send, happened)?;
    if !seen.task.step_approver_ids.contains(&user_id) {
        completable::forget(context, session, task.handle());
    }
    let document = serde_json::json!({
        "schema": "stepup.reassignment/1",
        "outcome": seen.outcome("reassigned"),
        "task": TaskRef::of(&task, &step.id),
        "reassigned_by": { "user_id": user_id },
        "to": to.iter().map(told).collect::<Vec<_>>(),
        "comment": comment,
        "reassignment": { "ticket_action_id": action_id, "confirmed": seen.confirmed },
        "policy_step_id": seen.task.current.as_ref().map(|step| &step.id),
        "waits_for_user_ids": seen.task.step_approver_ids,
    });
    // A policy or a delegation may have put others in their place.
    let waits_for = People::new(&api).waited_for(&seen.task);
    let state = format!("waits for: {}", sanitize(&waits_for));
    seen.report(context, &REASSIGNMENT.told, &state, &document)
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
