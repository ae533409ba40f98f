//! The comment, asked for where a step demands one and none was given.

use super::super::decision::Decision;
use super::Context;
use crate::domain::task::{ApprovalStep, NotApprovable, Task};
use crate::error::Error;

/// The comment, asked for where one is demanded and none was given; refused before any browser opens.
pub(super) fn asked(
    context: &Context,
    approval: &ApprovalStep,
    task: &Task,
    comment: Option<&str>,
) -> Result<Option<String>, Error> {
    if comment.is_some() || !approval.comment_required {
        return Ok(comment.map(str::to_owned));
    }
    let question = "this step demands a comment";
    context
        .answered(context.terminal.ask(question))?
        .map(Some)
        .ok_or_else(|| Decision::Approval.impossible(&NotApprovable::CommentMissing, task))
}
