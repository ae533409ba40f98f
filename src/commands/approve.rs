//! `stepup approve`: task → requirement → challenge → ceremony → event → judge → proof → submit →
//! re-read → receipt. Each step uses up the one before; nothing travels back.
//!
//! `choice` says which tasks, `one` is the path of one approval, `batch` walks it for several.
//! `hosted` is the ceremony that the API runs (those of ours are in `ceremony`), `submission` is how an approval
//! goes in.

use std::cell::OnceCell;

use crate::adapters::access_api::AccessApi;
use crate::cli::Approve;
use crate::commands::shared::comment::given;
use crate::commands::shared::on_its_way::OnItsWay;
use crate::context::Context;
use crate::domain::person::Approver;
use crate::domain::task::Task;
use crate::error::Error;
use crate::meaning::nothing_approved;
use crate::oidc::provider::Providers;
use crate::session::Session;
use crate::session::who::{api_person, belongs, beside, who_and_what};

mod announced;
mod batch;
mod checked;
mod choice;
mod commitment;
mod done;
mod dry_run;
mod foreseen;
mod hosted;
mod one;
mod present;
mod shorten;
mod submission;
mod wait;

use batch::TaskReadError;
use checked::checked;
use choice::Chosen;
use one::Approvals;

/// Approves one task, or several one after the other.
pub(crate) fn run(context: &Context, args: &Approve) -> Result<(), Error> {
    let typed = choice::typed(args)?;
    let session = Session::open(context)?;
    let chosen = choice::of(context, args, &session, &typed)?;
    match &chosen {
        Chosen::One(id) => {
            let id = id.clone();
            chosen_ones(context, args, &session, chosen).map_err(|error| error.of_task(&id))
        }
        Chosen::Several(_) | Chosen::Ask => chosen_ones(context, args, &session, chosen),
    }
}

fn chosen_ones(
    context: &Context,
    args: &Approve,
    session: &Session,
    chosen: Chosen,
) -> Result<(), Error> {
    let signed_in = session.sign_in(context)?;
    let api = signed_in.api.clone();
    let comment = given(&args.reason)?;
    let read = read(context, session, &api, chosen);
    let (approver, tasks) = read.map_err(|error| nothing_approved(error, false))?;
    belongs(&session.profile, &approver)?;
    signed_in.warn_of_service(context, &approver);
    present::clock(context, &api);
    let tasks = shorten::first(context, args, &api, &approver, tasks)?;
    let approvals = Approvals {
        context,
        args,
        session,
        api: &api,
        approver: &approver,
        providers: Providers::default(),
        comment: comment.as_deref(),
        several: args.stdin || tasks.len() > 1,
        consented_at: OnceCell::new(),
        on_its_way: OnItsWay::watched(context, session),
    };
    match <[_; 1]>::try_from(tasks) {
        Ok([task]) if !args.stdin => one(&approvals, &task?),
        Ok([task]) => batch::run(&approvals, vec![task]),
        Err(tasks) => batch::run(&approvals, tasks),
    }
}

type Read = Vec<Result<Task, TaskReadError>>;

/// Whose the credential is, and the tasks that are meant.
fn read(
    context: &Context,
    session: &Session,
    api: &AccessApi,
    chosen: Chosen,
) -> Result<(Approver, Read), Error> {
    Ok(match chosen {
        Chosen::One(id) => {
            let (approver, task) = who_and_what(api, &id)?;
            (approver, vec![Ok(task)])
        }
        Chosen::Several(ids) => {
            let (approver, tasks) = beside(|| api_person(api), || batch::read(context, api, &ids));
            (approver?, tasks)
        }
        Chosen::Ask => {
            let approver = api_person(api)?;
            let picked = choice::pick(context, session, api, &approver)?;
            // Choosing takes time: what is shown and consented to is read now.
            (approver, batch::read(context, api, &picked))
        }
    })
}

fn one(approvals: &Approvals<'_>, task: &Task) -> Result<(), Error> {
    if approvals.args.dry_run {
        return dry_run::of_one(approvals, task);
    }
    let mut done = approvals.approve(task, None)?;
    let waited = approvals.await_closed(&mut done.receipt);
    let context = approvals.context;
    let text = present::receipt(context, &done);
    let deed = if done.receipt.approval.confirmed {
        "the task is approved"
    } else {
        "the approval is accepted"
    };
    context.deliver(deed, &text, &done.receipt)?;
    approvals.say_still_open(&done.receipt);
    checked(&done.receipt)?;
    waited
}
