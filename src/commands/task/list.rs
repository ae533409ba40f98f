//! `stepup task list`: a search, paged to its end, rows for people page by page. Nothing is kept of a
//! page that was printed, so ten thousand tasks take no more memory than fifty.

use jiff::Timestamp;

use super::{Listed, READ, step_up, web};
use crate::adapters::access_api::{AccessApi, TaskPage};
use crate::adapters::paging::Pages;
use crate::adapters::table::{Cell, Table};
use crate::adapters::terminal::{Style, ignore_broken_pipe};
use crate::cli::{State, TaskList, Type};
use crate::commands::shared::columns;
use crate::commands::shared::completable::Completable;
use crate::context::Context;
use crate::domain::task::search::{StateFilter, TaskSearch, TaskType};
use crate::domain::task::{Processing, Task, TaskState};
use crate::error::Error;
use crate::session::Session;

/// Prints the tasks that were asked for.
pub(in super::super) fn list(context: &Context, args: &TaskList) -> Result<(), Error> {
    let session = Session::open(context)?;
    if args.web.web {
        return web::open(context, &session, &args.web, None);
    }
    let api = session.api(context)?;
    let is_document = context.terminal.format().is_document();
    let search = TaskSearch {
        named: is_document,
        ..search(&api, args)?
    };
    let mut found = Found {
        api: &api,
        search,
        step_up_only: args.step_up,
        left: args.limit.unwrap_or(usize::MAX),
        seen: Completable::default(),
        unreadable: 0,
    };
    if is_document {
        let mut rows = Vec::new();
        found
            .pages(|tasks, _| {
                rows.extend(tasks.iter().map(Listed::of));
                Ok(())
            })?
            .or_else(ignore_broken_pipe(READ))?;
        found.end(context, &session, args);
        let document = serde_json::json!({ "schema": "stepup.tasks/1", "tasks": rows });
        return context.show_text(READ, "", &document);
    }
    let mut any = false;
    let mut table = Table::new(&columns::TASKS, context.terminal.columns());
    let printed = found.pages(|tasks, more| {
        any |= !tasks.is_empty();
        let now = api.now();
        let rows: Vec<Vec<Cell>> = tasks.iter().map(|task| row(task, now)).collect();
        context.terminal.rows(&mut table, &rows, more)
    })?;
    found.end(context, &session, args);
    if !any && printed.is_ok() {
        context.terminal.say(none_found(args));
    }
    printed.or_else(ignore_broken_pipe(READ))
}

/// Whether only some of the tasks that are searched are wanted.
fn is_narrowed(args: &TaskList) -> bool {
    args.step_up || args.query.is_some() || !args.types.is_empty()
}

/// Says what was searched, and where else to look.
fn none_found(args: &TaskList) -> &'static str {
    match (args.all, args.state, is_narrowed(args)) {
        (false, State::Open, false) => "no tasks are waiting for you",
        (false, State::Open, true) => {
            "no open task of yours matches; `--state all` searches closed ones too, `--all` those of others"
        }
        _ => "no task matches",
    }
}

fn search(api: &AccessApi, args: &TaskList) -> Result<TaskSearch, Error> {
    Ok(TaskSearch {
        of_user: if args.all {
            None
        } else {
            Some(api.introspect()?)
        },
        state: match args.state {
            State::Open => StateFilter::Open,
            State::Closed => StateFilter::Closed,
            State::All => StateFilter::All,
        },
        types: args.types.iter().map(|kind| (*kind).into()).collect(),
        query: args.query.clone().filter(|words| !words.trim().is_empty()),
        ..TaskSearch::default()
    })
}

impl From<Type> for TaskType {
    fn from(kind: Type) -> Self {
        match kind {
            Type::Grant => Self::Grant,
            Type::Revoke => Self::Revoke,
            Type::Certify => Self::Certify,
        }
    }
}

struct Found<'a> {
    api: &'a AccessApi,
    search: TaskSearch,
    step_up_only: bool,
    left: usize,
    seen: Completable,
    /// Rows that are no task of a form that is known.
    unreadable: usize,
}

impl Found<'_> {
    /// Says what is missing, and keeps what a shell may complete: a list of one's own open tasks.
    fn end(self, context: &Context, session: &Session, args: &TaskList) {
        if let Some(warning) = TaskPage::warning(self.unreadable) {
            context.terminal.warn(warning);
        }
        if !args.all && args.state == State::Open {
            let all = !is_narrowed(args) && args.limit.is_none();
            self.seen.keep(context, session, all);
        }
    }

    /// The tasks page by page, until the limit or until `show` has enough; `show` is told whether more may follow.
    fn pages(
        &mut self,
        mut show: impl FnMut(&[Task], bool) -> std::io::Result<()>,
    ) -> Result<std::io::Result<()>, Error> {
        let mut pages = Pages::default();
        while !pages.ended() {
            // Of those that we leave out, nobody knows how many there are.
            let wanted = if self.step_up_only {
                usize::MAX
            } else {
                self.left
            };
            let page = self.api.search_tasks(&self.search, wanted, pages.token())?;
            let (mut tasks, next) = (page.tasks, page.next);
            self.unreadable += page.unreadable;
            tasks.retain(|task| !self.step_up_only || task.demands_step_up());
            // The API gives more rows than asked now and then (c1.md 3.6).
            tasks.truncate(self.left);
            self.left -= tasks.len();
            for task in &tasks {
                self.seen.add(task);
            }
            let next = next.filter(|_| self.left > 0);
            if let Err(error) = show(&tasks, next.is_some()) {
                return Ok(Err(error));
            }
            pages.turn(next);
        }
        Ok(Ok(()))
    }
}

fn row(task: &Task, now: Timestamp) -> Vec<Cell> {
    let (status, style) = status(task);
    vec![
        task.handle().into(),
        Cell::text(status).styled(style),
        step_up(task).into(),
        Cell::age(task.created_at, now),
        task.title.as_str().into(),
    ]
}

/// How the task stands, in a word: what it waits for, or what became of it.
fn status(task: &Task) -> (&str, Option<Style>) {
    let outcome = task.outcome.as_deref();
    match (task.state, task.processing, outcome) {
        (TaskState::Closed, _, Some(outcome @ ("granted" | "revoked" | "certified"))) => {
            (outcome, Some(Style::Good))
        }
        (TaskState::Closed, _, Some(outcome)) => (outcome, Some(Style::Bad)),
        (TaskState::Closed, _, None) => ("closed", None),
        (TaskState::Open, Processing::Waiting, _) if task.offers_approval() == Some(false) => {
            ("not yours", None)
        }
        (TaskState::Open, Processing::Waiting, _) => ("waiting", Some(Style::Notice)),
        (TaskState::Open, Processing::Processing, _) => ("in progress", None),
        (TaskState::Open, _, _) => ("open", None),
    }
}
