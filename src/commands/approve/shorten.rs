//! `approve --duration`: the grant is shortened before it is shown and approved. What is approved is what the API says
//! afterwards; where the shorter duration is not seen there, nothing is approved.

use super::batch::TaskReadError;
use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::sanitize;
use crate::ceremony::recheck::Recheck;
use crate::cli::Approve;
use crate::commands::shared::confirmation::{Confirmation, unconfirmed};
use crate::context::{Consent, Context};
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::person::Approver;
use crate::domain::statement;
use crate::domain::task::{GrantDuration, NotApprovable, Task};
use crate::error::{Error, ErrorKind};
use crate::interrupt::Action;
use crate::meaning::Decision;

/// The tasks to approve: as they were read, or the only one of them with the duration that was asked for.
pub(super) fn first(
    context: &Context,
    args: &Approve,
    api: &AccessApi,
    approver: &Approver,
    tasks: Vec<Result<Task, TaskReadError>>,
) -> Result<Vec<Result<Task, TaskReadError>>, Error> {
    let Some(seconds) = args.duration else {
        return Ok(tasks);
    };
    let [task] = <[_; 1]>::try_from(tasks).map_err(|_| {
        Error::new(
            ErrorKind::Usage,
            "`--duration` shortens one task, and several are to be approved",
        )
        .hint("approve them one by one")
    })?;
    let task = task?;
    let shortened = shortened(context, args, api, approver, &task, seconds)
        .map_err(|error| error.hint("nothing was approved"))?;
    Ok(vec![Ok(shortened)])
}

fn shortened(
    context: &Context,
    args: &Approve,
    api: &AccessApi,
    approver: &Approver,
    task: &Task,
    seconds: u64,
) -> Result<Task, Error> {
    let (user_id, terminal) = (&approver.user_id, &context.terminal);
    let shortens = task
        .is_shortened_by(user_id, seconds)
        .map_err(|reason| Decision::Shortening.not_possible(&reason, task))?;
    if !shortens {
        return Ok(task.clone());
    }
    // What would end the approval ends it before anything is changed.
    let (step, approval) = task
        .approvable_by(user_id)
        .map_err(|reason| Decision::Approval.impossible(&reason, task))?;
    if approval.comment_required && !args.reason.is_given() && !terminal.can_ask() {
        return Err(Decision::Approval.impossible(&NotApprovable::CommentMissing, task));
    }
    let wanted = GrantDuration::Seconds(seconds);
    let title = sanitize(&excerpt(&task.title, TITLE));
    terminal.say(format_args!("{}: {title}", task.handle()));
    terminal.field(
        "duration",
        format_args!("{}, to be {wanted}", task.duration),
    );
    let question = format!("shorten it to {wanted}?");
    let words = Consent {
        not_done: "not shortened, and not approved",
        thing: "an approval",
    };
    context.consent(args.yes, &question, &words)?;

    if !args.yes {
        // People take their time, and what somebody shortened meanwhile would be made longer.
        Recheck::of(api, task, &step.id, statement::Action::Approve).now()?;
    }
    let confirmation = Confirmation {
        api,
        task,
        policy_step_id: &step.id,
        what: "shorter duration",
    };
    let send = || api.update_grant_duration(task, seconds);
    let happened = |now: &Task| Ok(now.duration == wanted);
    let (_, seen) = confirmation.send(context, Action::SHORTENING, send, happened)?;
    context.interrupt.nothing_submitted();
    if !seen.confirmed {
        let reread_error = seen.reread_error.as_ref();
        return Err(unconfirmed("shorter duration", task.handle(), reread_error));
    }
    // Names of what the ids stand for were asked for before.
    let mut now = seen.task;
    now.details.clone_from(&task.details);
    Ok(now)
}
