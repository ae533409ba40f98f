//! `stepup task escalate`: task → can it be left to the emergency policy → yes → escalation → re-read → whose it is now.

use crate::adapters::sanitize::sanitize;
use crate::cli::TaskEscalate;
use crate::commands::shared::confirmation::Told;
use crate::commands::shared::people::People;
use crate::commands::shared::settling::{Question, Settlement};
use crate::commands::shared::{card, comment, completable};
use crate::context::{Consent, Context};
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::Task;
use crate::error::Error;
use crate::interrupt::Action;
use crate::meaning::{Decision, settled_otherwise};
use crate::session::Session;
use crate::session::who::actor_and_task;

const ESCALATION: Settlement = Settlement {
    action: statement::Action::Escalate,
    interrupted: Action::ESCALATION,
    told: Told {
        what: "escalation",
        done: "escalated",
    },
    consent: Consent {
        not_done: "not escalated",
        thing: "an escalation",
    },
};

/// Leaves one task to the emergency policy.
pub(in super::super) fn escalate(context: &Context, args: &TaskEscalate) -> Result<(), Error> {
    let session = Session::open(context)?;
    let id = session.task_id(&args.task)?;
    escalated(context, args, &session, &id).map_err(|error| error.of_task(&id))
}

fn escalated(
    context: &Context,
    args: &TaskEscalate,
    session: &Session,
    id: &str,
) -> Result<(), Error> {
    let api = session.api(context)?;
    let comment = comment::given(&args.reason)?;
    let (user_id, task) = actor_and_task(&api, &session.profile, id)?;
    let step = task
        .escalatable_by(&user_id)
        .map_err(|reason| Decision::Escalation.not_possible(&reason, &task))?;
    let shown = api.described(&task);
    card::show(&context.terminal, &api, &mut People::new(&api), &shown);
    context
        .terminal
        .say("The emergency policy takes the place of the task's own; its approvers decide from then on.");
    let send = || api.escalate(&task, &step.id, comment.as_deref());
    let happened = |now: &Task| match now.settled(&step.id) {
        // How the step shows that was left is not publicly known.
        Some(settled) if !now.emergency => Err(settled_otherwise(settled, &task)),
        _ => Ok(now.emergency),
    };
    let question = Question {
        api: &api,
        task: &task,
        policy_step_id: &step.id,
        text: &format!("escalate task {} to emergency access?", task.handle()),
        yes: args.yes,
        after_another: false,
    };
    let (action_id, seen) = ESCALATION.ask_and_send(context, &question, send, happened)?;
    if !seen.task.step_approver_ids.contains(&user_id) {
        completable::forget(context, session, task.handle());
    }
    let document = serde_json::json!({
        "schema": "stepup.escalation/1",
        "outcome": seen.outcome("escalated"),
        "task": TaskRef::of(&task, &step.id),
        "escalated_by": { "user_id": user_id },
        "comment": comment,
        "escalation": { "ticket_action_id": action_id, "confirmed": seen.confirmed },
        "policy_step_id": seen.task.current.as_ref().map(|step| &step.id),
        "waits_for_user_ids": seen.task.step_approver_ids,
    });
    let waits_for = People::new(&api).waited_for(&seen.task);
    let state = format!("waits for: {}", sanitize(&waits_for));
    seen.report(context, &ESCALATION.told, &state, &document)
}
