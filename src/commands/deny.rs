//! `stepup deny`: task → is it mine to deny → yes → denial → re-read → what became of it. No step-up: the
//! API has none for a denial (c1.md 4).

use crate::adapters::sanitize::sanitize;
use crate::cli::Deny;
use crate::commands::shared::confirmation::Told;
use crate::commands::shared::people::People;
use crate::commands::shared::settling::{Question, Settlement};
use crate::commands::shared::{card, comment, completable};
use crate::context::{Consent, Context};
use crate::domain::receipt::TaskRef;
use crate::domain::statement;
use crate::domain::task::{NotApprovable, Task, TaskState};
use crate::error::Error;
use crate::interrupt::Action;
use crate::meaning::{Decision, settled_otherwise};
use crate::session::Session;
use crate::session::who::actor_and_task;

const DENIAL: Settlement = Settlement {
    action: statement::Action::Deny,
    interrupted: Action::DENIAL,
    told: Told {
        what: "denial",
        done: "denied",
    },
    consent: Consent {
        not_done: "not denied",
        thing: "a denial",
    },
};

pub(super) fn run(context: &Context, args: &Deny) -> Result<(), Error> {
    let session = Session::open(context)?;
    let id = session.task_id(&args.task)?;
    denied(context, args, &session, &id).map_err(|error| error.of_task(&id))
}

fn denied(context: &Context, args: &Deny, session: &Session, id: &str) -> Result<(), Error> {
    let api = session.api(context)?;
    let comment = comment::given(&args.reason)?;
    let (user_id, task) = actor_and_task(&api, &session.profile, id)?;
    let deniable = task.deniable_by(&user_id);
    deniable.map_err(|reason| Decision::Denial.impossible(&reason, &task))?;
    let task = api.described(&task);
    let (step, approval) = task
        .deniable_by(&user_id)
        .map_err(|reason| Decision::Denial.impossible(&reason, &task))?;
    if approval.denial_comment_required && comment.is_none() && !context.terminal.can_ask() {
        return Err(Decision::Denial.impossible(&NotApprovable::CommentMissing, &task));
    }
    card::show(&context.terminal, &api, &mut People::new(&api), &task);
    let given = comment.is_some();
    let comment = comment::asked(
        context,
        Decision::Denial,
        &task,
        approval.denial_comment_required,
        comment.as_deref(),
    )?;
    let happened = |now: &Task| denied_in(now, &step.id, &user_id, &task);
    let deny = || api.deny(&task, &step.id, comment.as_deref());
    let question = Question {
        api: &api,
        task: &task,
        policy_step_id: &step.id,
        text: &format!("deny task {}?", task.handle()),
        yes: args.yes,
        after_another: comment.is_some() != given,
    };
    let (action_id, seen) = DENIAL.ask_and_send(context, &question, deny, happened)?;
    completable::forget(context, session, task.handle());
    let document = serde_json::json!({
        "schema": "stepup.denial/1",
        "outcome": seen.outcome("denied"),
        "task": TaskRef::of(&task, &step.id),
        "denied_by": { "user_id": user_id },
        "comment": comment,
        "denial": { "ticket_action_id": action_id, "confirmed": seen.confirmed },
        "task_state": seen.task.state.word(),
        "task_outcome": seen.task.outcome,
    });
    let state = format!("task:     {}", state(&seen.task, seen.confirmed));
    seen.report(context, &DENIAL.told, &state, &document)
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
