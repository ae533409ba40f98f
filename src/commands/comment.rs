//! `stepup comment`.

use std::collections::HashSet;

use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::backoff::Backoff;
use crate::adapters::sanitize::{sanitize, short};
use crate::adapters::terminal::Style;
use crate::cli::Comment;
use crate::commands::shared::comment::given;
use crate::commands::shared::confirmation::LostAction;
use crate::context::Context;
use crate::domain::task::Task;
use crate::domain::task::audit::{AuditEventKind, TrailQuery};
use crate::error::Error;
use crate::interrupt::UnderWay;
use crate::session::Session;
use crate::session::who::actor_and_task;

/// Comments on one task. Anybody who can read it may (c1.md 3.4).
pub(super) fn run(context: &Context, args: &Comment) -> Result<(), Error> {
    let mut reason = args.said.clone();
    match args.text.clone() {
        Some(text) if text == "-" => reason.comment_file = Some(text.into()),
        Some(text) => reason.comment = Some(text),
        None => {}
    }
    let comment = given(&reason)?.ok_or_else(|| {
        Error::usage("the comment is empty")
            .hint("write it in quotes: `stepup comment 4211 \"which account is this for?\"`")
    })?;
    let session = Session::open(context)?;
    let id = session.task_id(&args.task)?;
    commented(context, &session, &id, &comment).map_err(|error| error.of_task(&id))
}

fn commented(context: &Context, session: &Session, id: &str, comment: &str) -> Result<(), Error> {
    let api = session.api(context)?;
    let (user_id, task) = actor_and_task(&api, &session.profile, id)?;
    let search = Search {
        api: &api,
        task: &task,
        user_id: &user_id,
        text: comment,
    };
    // Without what was there before, nothing that is there afterwards proves anything.
    let before = search.comments().ok();
    context
        .interrupt
        .submitting(UnderWay::COMMENT.on(task.handle()));
    let confirmed = match api.comment(&task, comment) {
        Ok(()) => search.new_one(before.as_ref(), Backoff::for_effects()),
        Err(lost) if lost.leaves_doubt() => {
            match search.new_one(before.as_ref(), Backoff::for_doubt()) {
                Some(true) => Some(true),
                seen => return Err(search.failed(lost, seen.is_some())),
            }
        }
        Err(error) => {
            context.interrupt.nothing_submitted();
            return Err(error.into());
        }
    };
    report(context, &task, comment, confirmed)
}

/// Our comment among those of the task.
struct Search<'a> {
    api: &'a AccessApi,
    task: &'a Task,
    user_id: &'a str,
    text: &'a str,
}

impl Search<'_> {
    /// The ids of the newest comments that read like ours.
    fn comments(&self) -> Result<HashSet<String>, ApiError> {
        let query = TrailQuery {
            newest_first: true,
            comments_only: true,
        };
        let (events, _) = self.api.audit(&self.task.id, query, None)?;
        let ours = events.into_iter().filter(|event| {
            event.user_id == self.user_id
                && matches!(&event.what, AuditEventKind::Commented(text) if text.trim() == self.text.trim())
        });
        Ok(ours.map(|event| event.id).collect())
    }

    /// Whether there is one that was not there before; `None` if the trail cannot be read.
    fn new_one(&self, before: Option<&HashSet<String>>, mut backoff: Backoff) -> Option<bool> {
        let before = before?;
        let mut seen = None;
        while backoff.look() {
            match self.comments() {
                Ok(now) if !now.is_subset(before) => return Some(true),
                Ok(_) => seen = Some(false),
                Err(ApiError::Forbidden(_) | ApiError::NotFound(_)) => return None,
                Err(error) => tracing::debug!("reading the trail failed: {error}"),
            }
        }
        seen
    }

    fn failed(&self, lost: ApiError, readable: bool) -> Error {
        let handle = self.task.handle();
        let seen = "the task's trail was read again and does not show it";
        let action = LostAction {
            what: "comment",
            on: &format!("on task {handle}"),
            look: &format!("stepup task show {handle} --audit"),
        };
        action.error(lost, readable.then_some(seen))
    }
}

fn report(
    context: &Context,
    task: &Task,
    comment: &str,
    confirmed: Option<bool>,
) -> Result<(), Error> {
    let terminal = &context.terminal;
    let handle = task.handle();
    let seen = match confirmed {
        Some(true) => "confirmed by reading the trail",
        Some(false) => "not visible in the trail yet",
        None => "accepted; the trail is not yours to read",
    };
    let commented = terminal.style_out(Style::Good, "commented on");
    let text = format!(
        "{commented} task {handle}: {}\n  comment:  {} ({seen})",
        short(&task.title),
        sanitize(comment)
    );
    let document = serde_json::json!({
        "schema": "stepup.comment/1",
        "outcome": if confirmed == Some(true) { "commented" } else { "accepted" },
        "task": task.name(),
        "comment": comment,
        "confirmed": confirmed,
    });
    context.deliver("the comment is in", &text, &document)?;
    if confirmed == Some(false) {
        return Err(Error::pending(
            "the API accepted the comment, but the task's trail does not show it yet",
        )
        .hint(format!(
            "look again with `stepup task show {handle} --audit`"
        )));
    }
    Ok(())
}
