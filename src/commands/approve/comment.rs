//! The comment: given by flag, file or stdin, or asked for where a step demands one.

use std::io::Read;

use super::Context;
use super::one::not_approvable;
use crate::adapters::terminal::CtrlC;
use crate::cli::Approve;
use crate::domain::task::{ApprovalStep, NotApprovable, Task};
use crate::error::{Error, ErrorKind};

/// Longest comment taken from a file or stdin, bytes.
const LONGEST: u64 = 64 * 1024;

/// What was given as a comment; one of white space only is none.
pub(super) fn given(args: &Approve) -> Result<Option<String>, Error> {
    let written = |text: &String| !text.trim().is_empty();
    let Some(path) = &args.comment_file else {
        return Ok(args.comment.clone().filter(written));
    };
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().take(LONGEST).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text))
    };
    read.map_err(|error| {
        let path = path.display();
        let message = format!("the comment file `{path}` could not be read: {error}");
        Error::new(ErrorKind::Usage, message)
            .hint("give a text file, `-` for stdin, or the text itself with `--comment \"...\"`")
    })?;
    Ok(Some(text.trim_end().to_owned()).filter(written))
}

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
    let answer = context.terminal.ask("this step demands a comment");
    answer
        .unwrap_or_else(|CtrlC| context.interrupt.now())
        .map(Some)
        .ok_or_else(|| not_approvable(&NotApprovable::CommentMissing, task))
}
