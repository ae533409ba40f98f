//! The comment of a decision: as given, or asked for where a step demands one.

use crate::adapters::text;
use crate::cli::Reason;
use crate::context::Context;
use crate::domain::task::{NotApprovable, Task};
use crate::error::Error;
use crate::meaning::Decision;

/// Longest comment taken from a file or stdin, bytes.
const MAX_COMMENT: u64 = 64 * 1024;

/// What was given as a comment, as a text or in a file (`-` is stdin); one of white space only is none.
pub(in crate::commands) fn given(reason: &Reason) -> Result<Option<String>, Error> {
    let written = |text: &String| !text.trim().is_empty();
    let Some(path) = &reason.comment_file else {
        return Ok(reason.comment.clone().filter(written));
    };
    let read = if path.as_os_str() == "-" {
        text::read(std::io::stdin(), MAX_COMMENT)
    } else {
        std::fs::File::open(path).and_then(|file| text::read(file, MAX_COMMENT))
    };
    let text = read.map_err(|error| {
        Error::usage(format!(
            "the comment file `{}` could not be read: {error}",
            path.display()
        ))
        .hint("give a text file, `-` for stdin, or the text itself")
    })?;
    Ok(Some(text.trim_end().to_owned()).filter(written))
}

/// Refuses, before anybody is asked for anything, a step that demands a comment where none was given and nobody can be
/// asked for one.
pub(in crate::commands) fn obtainable(
    context: &Context,
    decision: Decision,
    task: &Task,
    required: bool,
    is_given: bool,
) -> Result<(), Error> {
    if !required || is_given || context.terminal.can_ask() {
        return Ok(());
    }
    Err(decision.cannot_decide(&NotApprovable::CommentMissing, task))
}

/// The comment that was given; else, where the step demands one, what the person answers, who is asked again after an
/// Enter alone. Refused before any browser opens.
pub(in crate::commands) fn asked(
    context: &Context,
    decision: Decision,
    task: &Task,
    required: bool,
    given: Option<&str>,
) -> Result<Option<String>, Error> {
    if given.is_some() || !required {
        return Ok(given.map(str::to_owned));
    }
    let question = match decision {
        Decision::Approval => "this step requires a comment",
        Decision::Denial => "a denial of this step requires a comment",
        Decision::Reassignment => "a reassignment of this step requires a comment",
        Decision::Escalation => "an escalation of this step requires a comment",
        Decision::Shortening => "another duration of this step requires a comment",
    };
    for _ in 0..ASKED {
        let answer = context.answered(context.terminal.ask(question))?;
        if answer.is_some() {
            return Ok(answer);
        }
    }
    Err(decision.cannot_decide(&NotApprovable::CommentMissing, task))
}

/// How often somebody is asked who answers nothing.
const ASKED: u8 = 3;
