//! `stepup task show --audit`: everything that happened to a task, paged to the end, rows for people as
//! they arrive.

use std::io;

use serde::Serialize;

use crate::adapters::access_api::AccessApi;
use crate::adapters::paging::Pages;
use crate::adapters::when::local;
use crate::commands::shared::people::People;
use crate::context::Context;
use crate::domain::task::Task;
use crate::domain::task::audit::{AuditEvent, AuditEventKind, TrailQuery};
use crate::error::Error;

pub(super) struct Trail<'a> {
    pub(super) api: &'a AccessApi,
    pub(super) task: &'a Task,
    pub(super) newest_first: bool,
}

/// An event as scripts see it.
#[derive(Serialize)]
pub(super) struct Entry {
    id: String,
    time: Option<jiff::Timestamp>,
    user_id: Option<String>,
    user_name: Option<String>,
    error: bool,
    event: String,
    comment: Option<String>,
    action: Option<String>,
    policy_step_id: Option<String>,
    step_up_transaction_id: Option<String>,
}

impl Trail<'_> {
    /// All of it, for scripts.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        self.each(|event| {
            entries.push(Entry::of(event));
            Ok(())
        })?
        .ok();
        Ok(entries)
    }

    /// All of it, for people; an inner error is that of stdout.
    pub(super) fn print(
        &self,
        context: &Context,
        people: &mut People<'_>,
    ) -> Result<io::Result<()>, Error> {
        let mut any = false;
        let printed = self.each(|event| {
            if !any {
                context.terminal.row("  trail:")?;
            }
            any = true;
            context.terminal.row(&line(event, people))
        })?;
        if !any && printed.is_ok() {
            context.terminal.say("the API shows no trail of this task");
        }
        Ok(printed)
    }

    fn each(
        &self,
        mut show: impl FnMut(AuditEvent) -> io::Result<()>,
    ) -> Result<io::Result<()>, Error> {
        let query = TrailQuery {
            newest_first: self.newest_first,
            comments_only: false,
        };
        let mut pages = Pages::default();
        while !pages.ended() {
            let (events, next) = self.api.audit(&self.task.id, query, pages.token())?;
            for event in events {
                if let Err(error) = show(event) {
                    return Ok(Err(error));
                }
            }
            pages.turn(next);
        }
        Ok(Ok(()))
    }
}

fn line(event: AuditEvent, people: &mut People<'_>) -> String {
    let at = event.at.map_or_else(|| "-".to_owned(), local);
    let who = match event.user_name {
        Some(name) => people.marked(&event.user_id, &name),
        None if event.user_id.is_empty() => "the API".to_owned(),
        None => people.name(&event.user_id),
    };
    let error = if event.is_error { "error: " } else { "" };
    format!("    {at:<20}  {who}: {error}{}", event.what.in_words())
}

impl Entry {
    fn of(event: AuditEvent) -> Self {
        let known = |text: String| Some(text).filter(|text| !text.is_empty());
        let key = event.what.key().to_owned();
        let (mut comment, mut action, mut step, mut transaction) = (None, None, None, None);
        match event.what {
            AuditEventKind::Commented(text) => comment = Some(text),
            AuditEventKind::Submitted {
                action: name,
                policy_step_id,
            } => {
                action = known(name.to_lowercase());
                step = known(policy_step_id);
            }
            AuditEventKind::StepUpApproval { transaction_id } => {
                transaction = known(transaction_id);
            }
            _ => {}
        }
        Self {
            id: event.id,
            time: event.at,
            user_id: known(event.user_id),
            user_name: event.user_name,
            error: event.is_error,
            event: key,
            comment,
            action,
            policy_step_id: step,
            step_up_transaction_id: transaction,
        }
    }
}
