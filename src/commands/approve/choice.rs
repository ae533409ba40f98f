//! Which tasks: typed, from stdin, or picked from a list of those that wait.

use std::collections::HashSet;
use std::path::Path;

use super::shorten;
use crate::adapters::access_api::{AccessApi, TaskPage};
use crate::adapters::paging::Pages;
use crate::adapters::text;
use crate::cli::Approve;
use crate::commands::shared::completable::Completable;
use crate::context::Context;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::person::Approver;
use crate::domain::task::Task;
use crate::domain::task_reference::TaskReference;
use crate::error::Error;
use crate::session::{Session, not_a_task};

/// Longest list of tasks from stdin, bytes.
const LONGEST: u64 = 64 * 1024;

/// More than anybody picks from; the rest is for `task list`.
const MOST_TO_PICK: usize = 100;

/// What was asked for.
pub(super) enum Chosen {
    /// One task.
    One(String),
    /// Several, in this order, each once.
    Several(Vec<String>),
    /// None was named: let the person choose.
    Ask,
}

/// The tasks on the command line or on stdin, as they are named there.
pub(super) fn typed(args: &Approve) -> Result<Vec<String>, Error> {
    if args.dry_run && args.duration.is_some() {
        return Err(
            Error::usage("`--dry-run` cannot be used with `--duration`").hint(
                "`--duration` shortens the access before the task is shown, and `--dry-run` changes nothing",
            ),
        );
    }
    if !args.stdin {
        return Ok(args.tasks.clone());
    }
    if args.reason.comment_file.as_deref() == Some(Path::new("-")) {
        return Err(
            Error::usage("stdin cannot hold both the tasks and the comment")
                .hint("give the comment with `--comment \"...\"` or in a file"),
        );
    }
    from_stdin()
}

/// Which tasks those are, by number or id, each once; what is an address has to be one of this session's API.
pub(super) fn of(
    context: &Context,
    args: &Approve,
    session: &Session,
    typed: &[String],
) -> Result<Chosen, Error> {
    let ids = typed.iter().map(|typed| session.task_id(typed));
    let mut ids = ids.collect::<Result<Vec<_>, _>>()?;
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    if args.duration.is_some() && ids.len() > 1 {
        return Err(shorten::several());
    }
    if args.transaction_id.is_some() && ids.len() != 1 {
        return Err(Error::usage("a step-up transaction is for one task")
            .hint("name that task: `stepup approve TASK --transaction-id ID`"));
    }
    match <[String; 1]>::try_from(ids) {
        // One line on stdin is a list of one.
        Ok([id]) if args.stdin => Ok(Chosen::Several(vec![id])),
        Ok([id]) => Ok(Chosen::One(id)),
        Err(ids) if !ids.is_empty() => Ok(Chosen::Several(ids)),
        Err(_) if args.stdin => Err(Error::usage("stdin named no task")
            .hint("give one task a line, by number or by 27-character id")),
        Err(_) if context.terminal.can_ask() => Ok(Chosen::Ask),
        Err(_) => Err(
            Error::usage("no task given, and no terminal to choose one on").hint(
                "name it: `stepup approve 4211`; `stepup task list` shows what waits for you",
            ),
        ),
    }
}

fn from_stdin() -> Result<Vec<String>, Error> {
    let text = text::read(std::io::stdin(), LONGEST).map_err(|error| {
        Error::usage(format!("stdin could not be read: {error}"))
            .hint("give one task a line, by number or by 27-character id")
    })?;
    let lines = text.lines().map(str::trim);
    let named = lines.filter(|line| !line.is_empty());
    named
        .map(|line| {
            let refused = || {
                not_a_task(line)
                    .hint("give one task a line, by number or by 27-character id; nothing was read or approved")
            };
            match TaskReference::parse(line) {
                Some(_) => Ok(line.to_owned()),
                None => Err(refused()),
            }
        })
        .collect()
}

/// Lets the person pick from the tasks that they may approve now.
pub(super) fn pick(
    context: &Context,
    session: &Session,
    api: &AccessApi,
    approver: &Approver,
) -> Result<Vec<String>, Error> {
    let tasks = approvable(context, api, &approver.user_id)?;
    let mut completable = Completable::default();
    for task in &tasks {
        completable.add(task);
    }
    completable.keep(context, session, false);
    if tasks.is_empty() {
        return Err(Error::refused("no tasks are waiting for your approval")
            .hint("`stepup task list --all` shows the tasks of others"));
    }
    let rows: Vec<String> = tasks.iter().map(row).collect();
    let picked = context.answered(context.terminal.choose("which tasks?", &rows))?;
    if picked.is_empty() {
        return Err(Error::incomplete("nothing was chosen")
            .hint("choose from the list, or name tasks: `stepup approve 4211`"));
    }
    let ids = picked.into_iter().filter_map(|index| tasks.get(index));
    Ok(ids.map(|task| task.id.clone()).collect())
}

fn approvable(context: &Context, api: &AccessApi, user_id: &str) -> Result<Vec<Task>, Error> {
    let (mut tasks, mut pages) = (Vec::new(), Pages::default());
    let mut unreadable = 0;
    while !pages.ended() {
        let page = api.my_open_tasks(user_id, pages.token())?;
        unreadable += page.unreadable;
        let mine = page.tasks.into_iter();
        tasks.extend(mine.filter(|task| task.approvable_by(user_id).is_ok()));
        pages.turn(page.next.filter(|_| tasks.len() < MOST_TO_PICK));
    }
    if let Some(warning) = TaskPage::warning(unreadable) {
        context.terminal.warn(warning);
    }
    tasks.truncate(MOST_TO_PICK);
    Ok(tasks)
}

/// One task in a table: number, what it demands, title.
pub(super) fn row(task: &Task) -> String {
    let demands = if task.demands_step_up() {
        "step-up"
    } else {
        "-"
    };
    format!(
        "{:<8} {demands:<8} {}",
        task.handle(),
        excerpt(&task.title, TITLE)
    )
}
