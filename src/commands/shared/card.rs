//! A task as it is shown before somebody decides on it: the whole statement, and what stands beside it.
//!
//! Most of it is a stranger's text. The reason comes before the facts and is cut, so that it can neither push
//! them out of sight nor imitate them.

use std::borrow::Cow;

use jiff::Timestamp;

use super::people::People;
use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::{Style, Terminal};
use crate::adapters::when::{age, local};
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::task::{Task, TaskKind, TaskState};

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
    for (label, value) in access(task) {
        field(label, &value);
    }
    let (subject, requester) = (&task.subject_user_id, &task.created_by_user_id);
    people.told(&task.details);
    people.meet([subject.as_str(), requester.as_str()]);
    field("for", &named(people, subject));
    if requester != subject {
        field("requested by", &named(people, requester));
    }
    if task.lasts() {
        field("duration", &task.duration.to_string());
    }
    if task.emergency {
        field("note", "emergency access");
    }
    if task.kind == TaskKind::Known("certify") {
        terminal.field("note", REVIEW);
    }
    for (label, value) in advice(task, MOST_LINES) {
        field(label, &value);
    }
    field("step", &step(people, task));
    if let Some(until) = until(task, api.now()) {
        field("until", &until);
    }
    // However many rows they take: two apps can have one name.
    field("ids", &ids(task));
}

/// What an approval by API does in an access review, and what it does not. (c1.md, "Certify tasks")
const REVIEW: &str = "access review: to approve is your decision that the access stays; it may count only when the review is submitted in C1, \
    which `stepup` cannot do and which may need a signature of its own";

fn named(people: &mut People<'_>, id: &str) -> String {
    match id {
        "" => UNKNOWN.to_owned(),
        id => people.name_and_email(id),
    }
}

/// What nobody told.
const UNKNOWN: &str = "unknown";

/// The app, what is granted or taken away there, and the account: by name, since a title is what somebody wrote.
/// What an access task does not tell is said to be unknown; other tasks are about none of it.
pub(in crate::commands) fn access(task: &Task) -> Vec<(&'static str, String)> {
    let is_access = !matches!(
        task.kind,
        TaskKind::Known("offboarding" | "action" | "finding")
    );
    let objects = [
        ("app", &task.app_id, is_access),
        ("entitlement", &task.entitlement_id, is_access),
        ("resource", &task.resource_id, false),
        ("account", &task.account_id, is_access),
    ];
    let told = objects.into_iter().filter_map(|(label, id, is_due)| {
        let words = match id.as_deref() {
            Some(id) => {
                let name = task.details.name(id).map(str::to_owned);
                name.unwrap_or_else(|| format!("{UNKNOWN} ({})", excerpt(id, 40)))
            }
            None if is_due => UNKNOWN.to_owned(),
            None => return None,
        };
        Some((label, words))
    });
    told.collect()
}

/// What the requester answered, and what the API thinks of it; of each kind at most so many lines.
pub(in crate::commands) fn advice(task: &Task, most: usize) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for (question, answer) in task.answers.iter().take(most) {
        let words = format!("{}: {}", excerpt(question, 60), excerpt(answer, TITLE));
        lines.push(("answer", words));
    }
    let more = task.answers.len().saturating_sub(most);
    if more > 0 {
        let handle = task.handle();
        lines.push((
            "answer",
            format!("... {more} more: `stepup task show {handle}`"),
        ));
    }
    if let Some(recommendation) = task.recommendation {
        lines.push((
            "advice",
            format!("the API recommends: {}", recommendation.word()),
        ));
    }
    let insights = &task.details.insights;
    for insight in insights.iter().take(most) {
        lines.push(("insight", excerpt(insight, TITLE)));
    }
    let shown = insights.len().min(most);
    let unread = task.insight_ids.len().saturating_sub(shown);
    if unread > 0 {
        let where_to = if shown == insights.len() {
            "the API does not tell it here".to_owned()
        } else {
            format!("`stepup task show {}`", task.handle())
        };
        lines.push(("insight", format!("{unread} more: {where_to}")));
    }
    lines
}

/// Until when the step waits, if the API says.
pub(in crate::commands) fn until(task: &Task, now: Timestamp) -> Option<String> {
    let step = task.current.as_ref()?;
    let deadline = step.deadline?;
    let (at, left) = (local(deadline), age(deadline, now));
    Some(format!("{at} ({left}); {}", step.overdue.in_words()))
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
fn step(people: &mut People<'_>, task: &Task) -> String {
    let done = task.history.len();
    if task.state == TaskState::Closed {
        return "none, the task is closed".to_owned();
    }
    let all = done + 1 + task.steps_to_come;
    let others = match task.step_approver_ids.len() {
        0 | 1 => String::new(),
        2 => "; 1 other person may decide, too".to_owned(),
        many => format!("; {} others may decide, too", many - 1),
    };
    let named = people.among(&task.step_approver_ids);
    let others = match others.as_str() {
        "" => others,
        _ if named.is_empty() => others,
        _ => format!("{others} ({})", named.join(", ")),
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
