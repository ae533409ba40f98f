//! `stepup approve`: task → requirement → challenge → ceremony → event → judge → proof → submit →
//! re-read → receipt. Each step uses up the one before; nothing travels back.

use std::io::Read;
use std::thread;

use super::Context;
use super::session::Session;
use crate::adapters::access_api::{AccessApi, ApiError, Endpoint};
use crate::adapters::terminal::{CtrlC, undelivered};
use crate::cli::Approve;
use crate::config::ProviderEntry;
use crate::domain::challenge::{Agreed, Challenge, Demand};
use crate::domain::person::Approver;
use crate::domain::proof::StepUpProof;
use crate::domain::receipt::{ApprovalReceipt, ProofRecord, RequirementRecord};
use crate::domain::task::{ApprovalStep, NotApprovable, Task};
use crate::error::{Error, ErrorKind};

mod ceremony;
mod present;
mod submission;

use ceremony::{Ceremony, Prepared};
use submission::Submission;

/// Longest comment taken from a file or stdin, bytes.
const MAX_COMMENT: u64 = 64 * 1024;

/// Approves one task.
pub fn run(context: &Context, args: &Approve) -> Result<(), Error> {
    let session = Session::open(context)?;
    let signed_in = session.sign_in(context)?;
    let api = signed_in.api.clone();
    let comment = comment(args)?;
    let (approver, task) = who_and_what(&api, &args.task)?;
    signed_in.warn_of_service(context, &approver);
    let (step, approval) = task
        .approvable_by(&approver.user_id)
        .map_err(|reason| not_approvable(&reason, &task))?;
    let provider_id = approval.step_up_provider_id.as_deref();
    let entry_for = || {
        let chosen =
            session
                .config
                .entry_for(provider_id, &session.profile, args.provider.as_deref());
        chosen.map_err(Error::from)
    };

    if approval.comment_required && comment.is_none() && !context.terminal.can_ask() {
        return Err(not_approvable(&NotApprovable::CommentMissing, &task));
    }
    // The provider is asked for its metadata while the person reads. A step that demands step-up and has
    // no entry is refused now, not after a question.
    let prepared = if task.demands_step_up() {
        Some(Ceremony::prepare(context, &session, entry_for()?)?)
    } else {
        None
    };
    present::task(context, &api, &task);
    let comment = asked_comment(context, approval, &task, comment)?;
    if args.dry_run {
        return dry_run(context, &task, prepared.as_ref());
    }
    confirm(context, args, &task)?;

    let submission = Submission {
        context,
        api: &api,
        task: &task,
        policy_step_id: &step.id,
        approver: &approver,
        comment: comment.as_deref(),
    };
    let endpoint = if task.demands_step_up() {
        Endpoint::StepUp
    } else {
        Endpoint::Plain
    };
    match submission.first(endpoint)? {
        submission::First::Settled(receipt) => report(context, &receipt, None),
        submission::First::Challenged(endpoint, demand) => {
            let entry = entry_for()?;
            let prepared = match prepared {
                Some(prepared) => prepared,
                None => Ceremony::prepare(context, &session, entry)?,
            };
            let challenge = challenge(context, &demand, entry, &task, &step.id)?;
            present::challenge(context, &api, &challenge, entry);
            let mut ceremony = prepared.begin(&api, &challenge, &approver, args, &task)?;
            let outcome = ceremony
                .prove(&challenge, &approver)
                .and_then(|proof| step_up(&submission, endpoint, &challenge, &proof));
            ceremony.end(&outcome, &task);
            let (receipt, proof) = outcome?;
            report(context, &receipt, Some(&proof))
        }
    }
}

/// Submits with the proof and makes the receipt.
fn step_up(
    submission: &Submission<'_>,
    endpoint: Endpoint,
    challenge: &Challenge,
    proof: &StepUpProof,
) -> Result<(ApprovalReceipt, present::Proven), Error> {
    let record = (
        RequirementRecord::of(&challenge.provider, &challenge.requirement),
        ProofRecord::of(proof.event().facts()),
    );
    let receipt = submission.with_proof(endpoint, proof, record)?;
    Ok((receipt, present::Proven::of(proof)))
}

/// Introspection and the task side by side; then the person, whom the login hint and the subject check
/// need. A person the role may not read is left to the API.
fn who_and_what(api: &AccessApi, task: &str) -> Result<(Approver, Task), Error> {
    let (approver, task) = thread::scope(|scope| {
        let approver = scope.spawn(|| {
            let user_id = api.introspect()?;
            match api.user(&user_id) {
                Ok(approver) => Ok(approver),
                Err(ApiError::Forbidden(_) | ApiError::NotFound(_)) => Ok(Approver {
                    user_id,
                    ..Approver::default()
                }),
                Err(error) => Err(error),
            }
        });
        let task = api.task(task);
        let approver = approver
            .join()
            .unwrap_or_else(|_| Err(ApiError::Unreadable("the reading of it broke off".into())));
        (approver, task)
    });
    Ok((approver?, task?))
}

/// What was given as a comment; one of white space only is none.
fn comment(args: &Approve) -> Result<Option<String>, Error> {
    let written = |text: &String| !text.trim().is_empty();
    let Some(path) = &args.comment_file else {
        return Ok(args.comment.clone().filter(written));
    };
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().take(MAX_COMMENT).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_COMMENT).read_to_string(&mut text))
    };
    read.map_err(|error| {
        Error::new(
            ErrorKind::Usage,
            format!(
                "the comment file `{}` could not be read: {error}",
                path.display()
            ),
        )
        .hint("give a text file, `-` for stdin, or the text itself with `--comment \"...\"`")
    })?;
    Ok(Some(text.trim_end().to_owned()).filter(written))
}

/// The comment, asked for where one is demanded and none was given; refused before any browser opens.
fn asked_comment(
    context: &Context,
    approval: &ApprovalStep,
    task: &Task,
    comment: Option<String>,
) -> Result<Option<String>, Error> {
    if comment.is_some() || !approval.comment_required {
        return Ok(comment);
    }
    let answer = context.terminal.ask("this step demands a comment");
    answer
        .unwrap_or_else(|CtrlC| context.interrupt.now())
        .map(Some)
        .ok_or_else(|| not_approvable(&NotApprovable::CommentMissing, task))
}

fn not_approvable(reason: &NotApprovable, task: &Task) -> Error {
    let handle = task.handle();
    let refused = |message: String| Error::new(ErrorKind::Refused, message);
    match reason {
        NotApprovable::Closed => refused(format!("task `{handle}` is closed"))
            .hint(format!("see how it ended with `stepup task show {handle}`")),
        NotApprovable::NoApprovalStep => refused(format!(
            "task `{handle}` does not wait for an approval at the moment"
        ))
        .hint(format!(
            "see what it waits for with `stepup task show {handle}`"
        )),
        NotApprovable::NotYours => refused(format!(
            "the current step of task `{handle}` is not yours to approve"
        ))
        .hint("`stepup task list` shows what waits for you"),
        NotApprovable::CommentMissing => refused(format!(
            "the current step of task `{handle}` demands a comment"
        ))
        .hint("say why with `--comment \"...\"`"),
    }
}

fn confirm(context: &Context, args: &Approve, task: &Task) -> Result<(), Error> {
    if args.yes {
        return Ok(());
    }
    let question = format!("approve task {}?", task.handle());
    let answer = context.terminal.confirm(&question);
    match answer.unwrap_or_else(|CtrlC| context.interrupt.now()) {
        Some(true) => Ok(()),
        Some(false) => Err(
            Error::new(ErrorKind::Incomplete, "not approved: you said no")
                .hint("nothing was submitted; run the command again if you change your mind"),
        ),
        None => Err(Error::new(
            ErrorKind::Usage,
            "an approval needs your confirmation, and there is no terminal to ask on",
        )
        .hint("add `--yes` if you are sure")),
    }
}

/// The API's demand, put to the entry that can answer it.
fn challenge(
    context: &Context,
    demand: &Demand,
    entry: &ProviderEntry,
    task: &Task,
    policy_step_id: &str,
) -> Result<Challenge, Error> {
    let Agreed {
        requirement,
        left_out,
    } = demand
        .agree(&entry.terms())
        .map_err(|reason| present::unanswerable(&reason, &entry.name))?;
    if !left_out.is_empty() {
        context.terminal.warn(format_args!(
            "not asked for, because the provider entry `{}` does not list it: {}",
            entry.name,
            left_out.join(" ")
        ));
    }
    Ok(Challenge {
        task_id: task.id.clone(),
        policy_step_id: policy_step_id.to_owned(),
        provider: entry.name.clone(),
        requirement,
        scopes: demand.scopes.clone(),
    })
}

fn dry_run(context: &Context, task: &Task, prepared: Option<&Prepared<'_>>) -> Result<(), Error> {
    let demands = match prepared {
        Some(prepared) => format!("step-up authentication at `{}`", prepared.entry().name),
        None => "nothing beyond your API credential, as far as the task tells".to_owned(),
    };
    let text = format!(
        "task {} can be approved by you; it demands {demands}",
        task.handle()
    );
    let document = serde_json::json!({
        "schema": "stepup.dry-run/1",
        "task": { "id": task.id, "numeric_id": task.numeric_id, "title": task.title },
        "step_up": task.demands_step_up(),
        "provider": prepared.map(|prepared| prepared.entry().name.clone()),
    });
    context
        .terminal
        .result(&text, &document)
        .map_err(|error| undelivered("the task was read", error))
}

fn report(
    context: &Context,
    receipt: &ApprovalReceipt,
    proven: Option<&present::Proven>,
) -> Result<(), Error> {
    let text = present::receipt(context, receipt, proven);
    context
        .terminal
        .result(&text, receipt)
        .map_err(|error| undelivered("the task is approved", error))?;
    if receipt.approval.confirmed {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Pending,
        "the API accepted the approval, but the task does not show it yet",
    )
    .hint(format!(
        "look again with `stepup task show {}`",
        receipt.task.numeric_id
    )))
}
