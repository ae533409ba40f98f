//! `stepup task reassign`: task → is it mine to hand on → to whom → yes → reassignment → re-read → whose it is now.
//! The id of the step pins what is handed on: another step is refused by the API.

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::sanitize::sanitize;
use crate::cli::TaskReassign;
use crate::commands::shared::confirmation::{Confirmation, Told};
use crate::commands::shared::people::People;
use crate::commands::shared::settling::{Question, Settlement};
use crate::commands::shared::{card, comment, completable};
use crate::context::{Consent, Context};
use crate::domain::person::Approver;
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::{NotApprovable, Task, is_object_id};
use crate::error::{Error, ErrorKind};
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
    let impossible = |reason| Decision::Reassignment.not_possible(&reason, &task);
    // Whether it can go to anybody, before the API is asked for people.
    task.reassignable_by(&user_id, &[]).map_err(impossible)?;
    let to = args.to.iter().map(|one| person(&api, one));
    let to = to.collect::<Result<Vec<_>, Error>>()?;
    let ids: Vec<String> = to.iter().map(|one| one.user_id.clone()).collect();
    let (step, approval) = task.reassignable_by(&user_id, &ids).map_err(impossible)?;
    let required = approval.reassignment_comment_required;
    if required && comment.is_none() && !context.terminal.can_ask() {
        let reason = NotApprovable::CommentMissing;
        return Err(Decision::Reassignment.impossible(&reason, &task));
    }
    let names: Vec<String> = to.iter().map(called).collect();
    let names = names.join(", ");
    let shown = api.described(&task);
    card::show(&context.terminal, &api, &mut People::new(&api), &shown);
    context.terminal.field("to", &names);
    let given = comment.is_some();
    let decision = Decision::Reassignment;
    let comment = comment::asked(context, decision, &task, required, comment.as_deref())?;
    let confirmation = Confirmation {
        api: &api,
        task: &task,
        policy_step_id: &step.id,
        what: REASSIGNMENT.told.what,
    };
    let send = || api.reassign(&task, &step.id, &ids, comment.as_deref());
    let happened = |now: &Task| reassigned_in(now, &step.id, &ids, &task);
    let question = Question {
        text: &format!("reassign task {} to {}?", task.handle(), sanitize(&names)),
        yes: args.yes,
        after_another: comment.is_some() != given,
    };
    let (action_id, seen) =
        REASSIGNMENT.ask_and_send(context, &confirmation, &question, send, happened)?;
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

/// Whom an address or an id means: exactly one, as far as the API tells.
fn person(api: &AccessApi, wanted: &str) -> Result<Approver, Error> {
    let usage = |message: String| Error::new(ErrorKind::Usage, message);
    if is_object_id(wanted) {
        return match api.user(wanted) {
            // Whom the caller may not read can decide all the same.
            Err(ApiError::Forbidden(_)) => Ok(Approver {
                user_id: wanted.to_owned(),
                ..Approver::default()
            }),
            Err(ApiError::NotFound(_)) => {
                Err(usage(format!("the API knows nobody of the id `{wanted}`"))
                    .hint("nothing was changed; give the person's email address"))
            }
            answer => Ok(answer?),
        };
    }
    let found = match api.people_at(wanted) {
        Err(error @ (ApiError::Forbidden(_) | ApiError::NotFound(_))) => {
            return Err(Error::new(
                ErrorKind::Refused,
                format!("you may not search for `{wanted}` at this API: {error}"),
            )
            .hint("nothing was changed; give the API's id of the person, which the web app shows in the person's address")
            .caused_by(error));
        }
        answer => answer?,
    };
    let ids: Vec<&str> = found.iter().map(|one| one.user_id.as_str()).collect();
    match ids.as_slice() {
        [] => Err(usage(format!("the API knows nobody at `{wanted}`"))
            .hint("nothing was changed; check the address, or give the API's id of the person")),
        [_] => Ok(found.into_iter().next().unwrap_or_default()),
        several => Err(usage(format!("several people have the address `{wanted}`"))
            .hint(format!("choose one by its id: {}", several.join(", ")))),
    }
}

/// The name with the address, or whatever there is to call them by.
fn called(person: &Approver) -> String {
    match (&person.display_name, &person.email) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => person.user_id.clone(),
    }
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
