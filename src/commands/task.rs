//! `stepup task list` and `stepup task show`.

use std::collections::HashSet;
use std::io;

use serde::Serialize;

use super::Context;
use super::session::Session;
use crate::adapters::plain::plain;
use crate::adapters::terminal::{Format, span, undelivered};
use crate::cli::{TaskList, TaskShow};
use crate::domain::task::{NotApprovable, Task};
use crate::error::Error;

/// A task as scripts see it.
#[derive(Serialize)]
struct Row {
    id: String,
    numeric_id: String,
    title: String,
    state: &'static str,
    step_up: bool,
    policy_step_id: Option<String>,
    comment_required: bool,
}

impl Row {
    fn of(task: &Task) -> Self {
        let step = task.current.as_ref();
        let approval = step.and_then(|step| step.approval.as_ref());
        Self {
            id: task.id.clone(),
            numeric_id: task.numeric_id.clone(),
            title: task.title.clone(),
            state: task.state.word(),
            step_up: task.demands_step_up(),
            policy_step_id: step.map(|step| step.id.clone()),
            comment_required: approval.is_some_and(|approval| approval.comment_required),
        }
    }
}

/// The open tasks that wait for the caller, paged to the end; rows for people as they arrive.
pub(super) fn list(context: &Context, args: &TaskList) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let user_id = api.introspect()?;
    let limit = args.limit.unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    let mut count = 0;
    let mut seen_tokens = HashSet::new();
    let mut token: Option<String> = None;
    loop {
        let (tasks, next) = api.my_open_tasks(&user_id, token.as_deref())?;
        for task in tasks.iter().take(limit - count) {
            count += 1;
            if context.terminal.format() == Format::Json {
                rows.push(Row::of(task));
            } else if let Err(error) = context.terminal.row(&line(task)) {
                return closed(error);
            }
        }
        // Wire contract 3.6: a token that comes again would go round for ever.
        match next {
            Some(next) if count < limit && seen_tokens.insert(next.clone()) => token = Some(next),
            _ => break,
        }
    }
    if context.terminal.format() == Format::Json {
        let document = serde_json::json!({ "schema": "stepup.tasks/1", "tasks": rows });
        return context.terminal.result("", &document).or_else(closed);
    }
    if count == 0 {
        context.terminal.say("nothing waits for you");
    }
    Ok(())
}

fn line(task: &Task) -> String {
    let step_up = if task.demands_step_up() {
        "step-up"
    } else {
        "-"
    };
    format!("{:<8} {:<8} {}", task.handle(), step_up, task.title)
}

/// A reader that has seen enough (`| head`) is no error.
fn closed(error: io::Error) -> Result<(), Error> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    Err(undelivered("the list was read", error))
}

/// One task, and what its current step demands.
pub(super) fn show(context: &Context, args: &TaskShow) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let user_id = api.introspect()?;
    let task = api.task(&args.task)?;
    let document = serde_json::json!({ "schema": "stepup.task/1", "task": Row::of(&task) });
    context
        .terminal
        .result(
            &description(&task, &user_id, &api.web_url(&task)),
            &document,
        )
        .or_else(closed)
}

fn description(task: &Task, user_id: &str, web_url: &str) -> String {
    let next = match task.approvable_by(user_id) {
        Ok((_, approval)) => {
            let step_up = if task.demands_step_up() {
                ", with step-up authentication"
            } else {
                ""
            };
            let comment = if approval.comment_required {
                ", with a comment"
            } else {
                ""
            };
            format!("yours to approve{step_up}{comment}")
        }
        Err(NotApprovable::Closed) => "none, it is closed".to_owned(),
        Err(NotApprovable::NoApprovalStep) => {
            "waits for something else than an approval".to_owned()
        }
        Err(_) => "somebody else's to approve".to_owned(),
    };
    let lasts = task.grant_seconds.map_or_else(
        || "no end is set".to_owned(),
        |seconds| span(std::time::Duration::from_secs(seconds)),
    );
    let done: Vec<&str> = task
        .history
        .iter()
        .map(|step| step.outcome.as_str())
        .collect();
    let mut lines = vec![
        plain(&task.title),
        format!("  task:         {} ({})", task.handle(), task.state.word()),
        format!("  for how long: {lasts}"),
        format!("  why:          {}", plain(&task.description)),
        format!("  current step: {next}"),
    ];
    if !done.is_empty() {
        lines.push(format!("  steps done:   {}", plain(&done.join(", "))));
    }
    if task.steps_to_come > 0 {
        lines.push(format!("  steps after:  {}", task.steps_to_come));
    }
    lines.push(format!("  in the web:   {}", plain(web_url)));
    lines.join("\n")
}
