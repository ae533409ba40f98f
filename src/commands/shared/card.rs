//! A task as it is shown before somebody decides on it: the whole statement, and what stands beside it.
//!
//! Most of it is a stranger's text. The reason comes before the facts and is cut, so that it can neither push
//! them out of sight nor imitate them.

use std::borrow::Cow;

use super::people::People;
use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::{Style, Terminal};
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::task::Task;

/// Most lines of the requester's reason.
const MOST_LINES: usize = 6;

/// Shows the task; people are named where they may be read.
pub(in crate::commands) fn show(
    terminal: &Terminal,
    api: &AccessApi,
    people: &mut People<'_>,
    task: &Task,
) {
    let field = |label, value: &str| terminal.field(label, excerpt(value, TITLE));
    let title = excerpt(&task.title, TITLE);
    terminal.say(terminal.style(Style::Strong, &sanitize(&title)));
    reason(terminal, task);
    field("task", &format!("{} at {}", task.handle(), api.host()));
    field("type", &task.kind.to_string());
    let (subject, requester) = (&task.subject_user_id, &task.created_by_user_id);
    people.meet([subject.as_str(), requester.as_str()]);
    if !subject.is_empty() {
        field("for", &people.name_and_email(subject));
    }
    if !requester.is_empty() && requester != subject {
        field("requested by", &people.name_and_email(requester));
    }
    if task.lasts() {
        field("duration", &task.duration.to_string());
    }
    if task.emergency {
        field("note", "emergency access");
    }
    field("step", &step(task));
    field("ids", &ids(task));
}

/// The requester's words, each line marked as theirs where there are several.
fn reason(terminal: &Terminal, task: &Task) {
    let words = sanitize(&excerpt(&task.description, usize::MAX));
    if words.is_empty() {
        terminal.field("reason", "no reason was given");
        return;
    }
    let width = terminal.width();
    let shown = lines(&words, width.saturating_sub("    | ".len()));
    if let [only] = shown.as_slice()
        && "  reason: ".len() + only.len() <= width
    {
        terminal.field("reason", only);
        return;
    }
    terminal.say(format_args!(
        "  {}",
        terminal.style(Style::Faint, "reason:")
    ));
    for line in shown.iter().take(MOST_LINES) {
        terminal.say(format_args!("    | {line}"));
    }
    if let Some(more) = shown.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        terminal.say(format_args!(
            "    ... {more} more lines; all of it: `stepup task show {}`",
            task.handle()
        ));
    }
}

fn lines(words: &str, width: usize) -> Vec<String> {
    let options =
        textwrap::Options::new(width.max(10)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(words, options).into_iter();
    lines.map(Cow::into_owned).collect()
}

/// Which step it is, and who else may decide on it.
fn step(task: &Task) -> String {
    let done = task.history.len();
    let all = done + 1 + task.steps_to_come;
    let others = match task.step_approver_ids.len() {
        0 | 1 => String::new(),
        2 => "; 1 other person may decide, too".to_owned(),
        many => format!("; {} others may decide, too", many - 1),
    };
    let comments = match task.comments {
        0 => String::new(),
        1 => "; 1 comment".to_owned(),
        many => format!("; {many} comments"),
    };
    format!("{} of {all}{others}{comments}", done + 1)
}

/// What the API calls all of it, for whoever has to find it there.
fn ids(task: &Task) -> String {
    let step = task.current.as_ref().map(|step| &step.id);
    let ids = [
        ("task", Some(&task.id)),
        ("step", step),
        ("app", task.app_id.as_ref()),
        ("entitlement", task.entitlement_id.as_ref()),
        ("account", task.account_id.as_ref()),
    ];
    let told = ids
        .into_iter()
        .filter_map(|(what, id)| Some(format!("{what} {}", excerpt(id?, 40))));
    told.collect::<Vec<_>>().join(", ")
}
