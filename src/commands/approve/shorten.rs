//! `approve --duration`: the grant is shortened before it is shown and approved. What is approved is what the API says
//! afterwards; where the shorter duration is not seen there, nothing is approved.

use super::batch::TaskReadError;
use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::short;
use crate::cli::Approve;
use crate::commands::shared::comment;
use crate::commands::shared::confirmation::{ActionWords, unconfirmed};
use crate::commands::shared::settling::{Question, Settlement};
use crate::context::{Consent, Context};
use crate::domain::person::Approver;
use crate::domain::statement;
use crate::domain::task::{GrantDuration, Task};
use crate::error::{Became, Error};
use crate::interrupt::UnderWay;
use crate::meaning::Decision;

const SHORTENING: Settlement = Settlement {
    action: statement::Action::Approve,
    interrupted: UnderWay::SHORTENING,
    told: ActionWords {
        what: "shorter duration",
        done: "shortened",
    },
    consent: Consent {
        not_done: "not shortened, and not approved",
        thing: "an approval",
    },
};

/// Refuses a duration for more than one task.
pub(super) fn several() -> Error {
    Error::usage("`--duration` shortens one task, and several are to be approved")
        .hint("approve them one by one")
}

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
    let [task] = <[_; 1]>::try_from(tasks).map_err(|_| several())?;
    let task = task?;
    let shortened = shortened(context, args, api, approver, &task, seconds);
    let shortened = shortened.map_err(nothing_approved)?;
    Ok(vec![Ok(shortened)])
}

/// What is not known of the shorter duration is known of the approval.
fn nothing_approved(error: Error) -> Error {
    const NOTHING: &str = "nothing was approved";
    if error.outcome() == Became::Unknown {
        return error.hint(NOTHING);
    }
    error.with_the_state(NOTHING)
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
        .map_err(|reason| Decision::Shortening.cannot_change(&reason, task))?;
    if !shortens {
        return Ok(task.clone());
    }
    // What would end the approval ends it before anything is changed.
    let (step, approval) = task
        .approvable_by(user_id)
        .map_err(|reason| Decision::Approval.cannot_decide(&reason, task))?;
    let (required, is_given) = (approval.comment_required, args.reason.is_given());
    comment::obtainable(context, Decision::Approval, task, required, is_given)?;
    let wanted = GrantDuration::Seconds(seconds);
    let title = short(&task.title);
    terminal.say(format_args!("{}: {title}", task.handle()));
    terminal.field(
        "duration",
        format_args!("{}, to be {wanted}", task.duration),
    );
    let send = || api.update_grant_duration(task, seconds);
    let happened = |now: &Task| Ok(now.duration == wanted);
    // What somebody shortened while the person was asked would be made longer.
    let question = Question {
        api,
        task,
        policy_step_id: &step.id,
        text: &format!("shorten it to {wanted}?"),
        yes: args.yes,
        after_another: false,
    };
    let (_, seen) = SHORTENING.ask_and_send(context, &question, send, happened)?;
    context.interrupt.nothing_means(if seen.confirmed {
        "nothing was approved; the duration is shortened already"
    } else {
        "nothing was approved; the API accepted the shorter duration, and the task does not show it yet"
    });
    context.interrupt.nothing_submitted();
    if !seen.confirmed {
        let reread_error = seen.reread_error.as_ref();
        return Err(unconfirmed(
            SHORTENING.told.what,
            task.handle(),
            reread_error,
        ));
    }
    // Names of what the ids stand for were asked for before.
    let mut now = seen.task;
    now.details.clone_from(&task.details);
    Ok(now)
}
