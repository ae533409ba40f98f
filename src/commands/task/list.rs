//! `stepup task list`: a search, paged to its end, rows for people as they arrive. Nothing is kept of a
//! row that was printed, so ten thousand take no more memory than fifty.

use super::{READ, Row};
use crate::adapters::access_api::AccessApi;
use crate::adapters::paging::Pages;
use crate::adapters::table::{Column, Table};
use crate::adapters::terminal::ignore_broken_pipe;
use crate::cli::{State, TaskList, Type};
use crate::context::Context;
use crate::domain::task::search::{StateFilter, TaskSearch, TaskType};
use crate::domain::task::{Task, TaskState};
use crate::error::Error;
use crate::session::Session;

/// cone's columns and words, and ours.
const COLUMNS: [Column; 4] = [
    Column {
        title: "Id",
        width: 8,
        may_go: false,
    },
    Column {
        title: "State",
        width: 6,
        may_go: true,
    },
    Column {
        title: "Processing",
        width: 18,
        may_go: true,
    },
    Column {
        title: "Step-Up",
        width: 7,
        may_go: false,
    },
];

/// Prints the tasks that were asked for.
pub(in super::super) fn list(context: &Context, args: &TaskList) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let search = search(&api, args)?;
    let mut found = Found {
        api: &api,
        search,
        step_up_only: args.step_up,
        left: args.limit.unwrap_or(usize::MAX),
    };
    if context.terminal.format().is_document() {
        let mut rows = Vec::new();
        found
            .each(|task| {
                rows.push(Row::of(task));
                Ok(())
            })?
            .or_else(ignore_broken_pipe(READ))?;
        let document = serde_json::json!({ "schema": "stepup.tasks/1", "tasks": rows });
        return context
            .terminal
            .result("", &document)
            .or_else(ignore_broken_pipe(READ));
    }
    let table = Table::new(&COLUMNS, "Display Name", context.terminal.columns());
    let mut header = table.header();
    let mut any = false;
    let printed = found.each(|task| {
        any = true;
        if let Some(header) = header.take() {
            context.terminal.row(&header)?;
        }
        context.terminal.row(&line(&table, task))
    })?;
    if !any && printed.is_ok() {
        let narrowed = args.all
            || args.step_up
            || args.query.is_some()
            || !args.types.is_empty()
            || args.state != State::Open;
        context.terminal.say(if narrowed {
            "there is no such task"
        } else {
            "nothing waits for you"
        });
    }
    printed.or_else(ignore_broken_pipe(READ))
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
        awaiting_approval: false,
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
}

impl Found<'_> {
    /// Every task in turn, until the limit or until `show` has enough.
    fn each(
        &mut self,
        mut show: impl FnMut(&Task) -> std::io::Result<()>,
    ) -> Result<std::io::Result<()>, Error> {
        let mut pages = Pages::default();
        while !pages.ended() {
            // Of those that we leave out, nobody knows how many there are.
            let wanted = if self.step_up_only {
                usize::MAX
            } else {
                self.left
            };
            let (tasks, next) = self.api.search_tasks(&self.search, wanted, pages.token())?;
            // The API gives more rows than asked now and then (c1.md 3.6).
            let wanted = tasks
                .iter()
                .filter(|task| !self.step_up_only || task.demands_step_up())
                .take(self.left);
            let mut shown = 0;
            for task in wanted {
                if let Err(error) = show(task) {
                    return Ok(Err(error));
                }
                shown += 1;
            }
            self.left -= shown;
            pages.turn(next.filter(|_| self.left > 0));
        }
        Ok(Ok(()))
    }
}

fn line(table: &Table, task: &Task) -> String {
    let state = match task.state {
        TaskState::Open => "Open",
        TaskState::Closed => "Closed",
    };
    let step_up = if task.demands_step_up() {
        "step-up"
    } else {
        "-"
    };
    let cells = [task.handle(), state, task.processing.title(), step_up];
    table.row(&cells, &task.title)
}
