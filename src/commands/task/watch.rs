//! `stepup task watch`: tasks that the caller can approve, as they come. The API is asked at a bounded
//! rate; trouble is said once and waited through, unless waiting cannot end it.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{Listed, READ, step_up};
use crate::adapters::access_api::{AccessApi, ApiError, TaskPage};
use crate::adapters::paging::Pages;
use crate::adapters::table::{Cell, Table};
use crate::adapters::terminal::ignore_broken_pipe;
use crate::adapters::token_endpoint::TokenError;
use crate::cli::TaskWatch;
use crate::commands::shared::columns;
use crate::context::Context;
use crate::domain::task::Task;
use crate::domain::task::search::{StateFilter, TaskSearch};
use crate::error::Error;
use crate::session::Session;

/// Longest pause after trouble, unless the person chose a longer interval.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Prints new approvable tasks until interrupted, or until there were enough.
pub(in super::super) fn watch(context: &Context, args: &TaskWatch) -> Result<(), Error> {
    let api = Session::open(context)?.api(context)?;
    let user_id = api.introspect()?;
    let mut watch = Watch {
        context,
        api,
        search: TaskSearch {
            of_user: Some(user_id.clone()),
            state: StateFilter::Open,
            awaiting_approval: true,
            named: context.terminal.format().is_document(),
            ..TaskSearch::default()
        },
        user_id,
        seen: None,
        failures: 0,
        table: Table::new(&columns::WATCHED_TASKS, context.terminal.columns()),
    };
    let mut left = args.limit.unwrap_or(usize::MAX);
    loop {
        let began = Instant::now();
        let pause = match watch.look() {
            Ok(new) => {
                for task in new {
                    if let Err(error) = watch.announce(&task) {
                        return ignore_broken_pipe(READ)(error);
                    }
                    left -= 1;
                    if left == 0 {
                        return Ok(());
                    }
                }
                // Never busy for more than half of the time.
                args.interval.max(began.elapsed())
            }
            Err(error) => watch.pause_after(error, args.interval)?,
        };
        if context.interrupt.comes_within(pause) {
            return Err(Error::new(context.interrupt.kind(), "no longer watching")
                .hint("`stepup task list` shows what waits for you"));
        }
    }
}

struct Watch<'a> {
    context: &'a Context,
    api: AccessApi,
    user_id: String,
    search: TaskSearch,
    /// Task and step of all that was approvable at some time; `None` before the first look.
    seen: Option<HashSet<(String, String)>>,
    /// Looks in a row that failed.
    failures: u32,
    table: Table,
}

impl Watch<'_> {
    /// What is approvable and was not before. A task comes again with its next step.
    fn look(&mut self) -> Result<Vec<Task>, ApiError> {
        let is_first = self.seen.is_none();
        let mut seen = self.seen.clone().unwrap_or_default();
        let mut new = Vec::new();
        let (mut pages, mut unreadable) = (Pages::default(), 0);
        while !pages.ended() {
            // The pauses between looks are ours, so a failure is told at once.
            let api = self.api.until(Instant::now());
            let page = api.search_tasks(&self.search, usize::MAX, pages.token())?;
            unreadable += page.unreadable;
            for task in page.tasks {
                let Ok((step, _)) = task.approvable_by(&self.user_id) else {
                    continue;
                };
                if seen.insert((task.id.clone(), step.id.clone())) && !is_first {
                    new.push(task);
                }
            }
            pages.turn(page.next);
        }
        let terminal = &self.context.terminal;
        if let Some(warning) = TaskPage::warning(unreadable).filter(|_| is_first) {
            terminal.warn(warning);
        }
        if std::mem::take(&mut self.failures) > 0 {
            terminal.say("the API answers again");
        }
        if is_first {
            terminal.say(match seen.len() {
                0 => "no tasks are waiting for you; watching".to_owned(),
                1 => "1 task is already waiting for you; watching for new ones".to_owned(),
                many => format!("{many} tasks are already waiting for you; watching for new ones"),
            });
        }
        self.seen = Some(seen);
        Ok(new)
    }

    fn announce(&mut self, task: &Task) -> std::io::Result<()> {
        let terminal = &self.context.terminal;
        let now = Timestamp::now();
        if terminal.format().is_document() {
            terminal.next_document(&serde_json::json!({
                "schema": "stepup.task-event/1", "event": "approvable", "time": now,
                "task": Listed::of(task),
            }))?;
        } else {
            let cells = vec![
                Cell::local(Some(now)),
                task.handle().into(),
                step_up(task).into(),
                task.title.as_str().into(),
            ];
            terminal.rows(&mut self.table, &[cells], true)?;
        }
        terminal.notify(&format!("stepup: task {}: {}", task.handle(), task.title));
        Ok(())
    }

    /// Says what is wrong, once, and how long to wait; an error if waiting will not help.
    fn pause_after(&mut self, error: ApiError, interval: Duration) -> Result<Duration, Error> {
        if !passes(&error) {
            return Err(error.into());
        }
        if self.failures == 0 {
            let terminal = &self.context.terminal;
            terminal.warn(format_args!("{error}; still trying"));
        }
        self.failures = self.failures.saturating_add(1);
        Ok(pause(&error, self.failures, interval))
    }
}

/// Longer with each failure in a row, and as long as the API asks for.
fn pause(error: &ApiError, failures: u32, interval: Duration) -> Duration {
    let doubled = interval.saturating_mul(1 << failures.min(8));
    let pause = doubled.min(LONGEST_PAUSE.max(interval));
    match error {
        ApiError::TooMany(Some(wish)) => (*wish).clamp(interval, LONGEST_PAUSE.max(interval)),
        _ => pause,
    }
}

/// Whether time may mend it.
const fn passes(error: &ApiError) -> bool {
    match error {
        ApiError::Http(_)
        | ApiError::TooMany(_)
        | ApiError::Server { .. }
        | ApiError::Redirect { .. }
        | ApiError::WebPage { .. }
        | ApiError::Unreadable(_) => true,
        ApiError::Token(error) => matches!(
            error,
            TokenError::Http(_) | TokenError::TooMany | TokenError::Status(500..)
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute_and_follow_what_the_api_asks_for() {
        let seconds = Duration::from_secs;
        let busy = |wish: u64| ApiError::TooMany(Some(seconds(wish)));
        for (error, failures, expected) in [
            (ApiError::TooMany(None), 1, 10),
            (ApiError::TooMany(None), 2, 20),
            (ApiError::TooMany(None), 9, 60),
            (ApiError::TooMany(None), u32::MAX, 60),
            (busy(1), 3, 5),
            (busy(17), 1, 17),
        ] {
            assert_eq!(pause(&error, failures, seconds(5)), seconds(expected));
        }
        let rare = seconds(3600);
        assert_eq!(pause(&busy(9999), 1, rare), rare);
    }

    #[test]
    fn only_what_passes_is_waited_through() {
        assert!(passes(&ApiError::TooMany(None)));
        assert!(passes(&ApiError::WebPage {
            host: String::new(),
            page: String::new()
        }));
        for lasting in [
            ApiError::SignedOut {
                reason: String::new(),
                variable: false,
            },
            ApiError::Forbidden(String::new()),
            ApiError::NotFound(String::new()),
            ApiError::Token(TokenError::Status(404)),
        ] {
            assert!(!passes(&lasting), "{lasting}");
        }
        assert!(passes(&ApiError::Token(TokenError::Status(503))));
    }
}
