//! The flags of `stepup task`, `stepup deny` and `stepup comment`.

use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand, ValueEnum};

use super::browsing::OwnBrowser;
use super::reason::Reason;
use super::task_id::task_id;
use crate::config::duration;
use crate::domain::task::is_object_id;

/// The API is not asked more often than this.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(2);

#[derive(Debug, Subcommand)]
pub(crate) enum TaskCommand {
    /// List tasks: by default the open ones that wait for you
    List(TaskList),
    /// Show one task: who asks for what, its steps, and what they require
    Show(TaskShow),
    /// Wait for tasks that you can approve, and print each as it appears
    Watch(TaskWatch),
    /// Hand the current step of a task to somebody else
    Reassign(TaskReassign),
    /// Hand a task over to the emergency policy
    #[command(
        after_help = "The emergency policy takes the place of the task's own, and its approvers decide from then on.\n\nExample:\n  stepup task escalate 4211 -m \"production is down, INC-88\""
    )]
    Escalate(TaskDecision),
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup task list\n  stepup task list --web                  in your browser\n  stepup task list --step-up --query prod\n  stepup task list --all --state closed --type revoke -L 20\n  stepup task list -o json | jq -r '.tasks[].id'"
)]
pub(crate) struct TaskList {
    /// Include other people's tasks, as far as you may read them
    #[arg(long, short, env = "STEPUP_ALL", value_parser = FalseyValueParser::new())]
    pub(crate) all: bool,
    /// Filter by state
    #[arg(long, value_enum, default_value_t, env = "STEPUP_STATE")]
    pub(crate) state: State,
    /// Only tasks whose current step requires step-up authentication
    #[arg(long, env = "STEPUP_STEP_UP", value_parser = FalseyValueParser::new())]
    pub(crate) step_up: bool,
    /// Only tasks with these words in name, description or id
    #[arg(long, value_name = "WORDS", env = "STEPUP_QUERY")]
    pub(crate) query: Option<String>,
    /// Only tasks of this type (repeatable)
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_enum,
        env = "STEPUP_TYPE",
        value_delimiter = ','
    )]
    pub(crate) types: Vec<Type>,
    /// Maximum number to list
    #[arg(long, short = 'L', value_name = "N", value_parser = limit, env = "STEPUP_LIMIT")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) web: InTheWeb,
}

/// The web app of the API, instead of the terminal.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct InTheWeb {
    /// Open the web app of the API in your browser instead, and print its URL
    #[arg(long)]
    pub(crate) web: bool,
    #[command(flatten)]
    pub(crate) own: OwnBrowser,
}

/// In which state tasks are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum State {
    /// Something is left to decide or to do
    #[default]
    Open,
    /// Finished, whatever the outcome
    Closed,
    /// Either
    All,
}

/// What tasks ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Type {
    /// Access is given
    Grant,
    /// Access is taken away
    Revoke,
    /// Access is confirmed in a review
    Certify,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct TaskShow {
    /// The task: its number, its URL, or its 27-character id
    #[arg(value_parser = task_id)]
    pub(crate) task: String,
    /// Print the trail too: everything that happened to the task
    #[arg(long, env = "STEPUP_AUDIT", value_parser = FalseyValueParser::new())]
    pub(crate) audit: bool,
    /// Begin the trail with the newest event
    #[arg(long, env = "STEPUP_NEWEST_FIRST", value_parser = FalseyValueParser::new(), requires = "audit")]
    pub(crate) newest_first: bool,
    #[command(flatten)]
    pub(crate) web: InTheWeb,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Tasks already waiting are counted, not printed; `stepup task list` shows them. With `-o json` every task is one line with one document. Ctrl-C ends it with exit code 130.\n\nExample:\n  stepup task watch --limit 1 -o json"
)]
pub(crate) struct TaskWatch {
    /// Polling interval, at least 2 s
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = interval, env = "STEPUP_INTERVAL")]
    pub(crate) interval: Duration,
    /// Stop after this many tasks
    #[arg(long, short = 'L', value_name = "N", value_parser = limit, env = "STEPUP_LIMIT")]
    pub(crate) limit: Option<usize>,
}

/// A maximum that leaves something to list.
pub(super) fn limit(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("give a number from 1".to_owned()),
    }
}

/// A decision on the current step of a task.
#[derive(Args, Clone, Debug)]
pub(crate) struct TaskDecision {
    /// The task: its number, its URL, or its 27-character id
    #[arg(value_parser = task_id)]
    pub(crate) task: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The policy of a step can forbid it, limit to whom, and require a comment.\n\nExample:\n  stepup task reassign 4211 --to noor@acme.example -m \"on leave\""
)]
pub(crate) struct TaskReassign {
    /// Who decides instead: an email address, or the API's 27-character id of a person (repeatable)
    #[arg(long, value_name = "PERSON", required = true, value_parser = person)]
    pub(crate) to: Vec<String>,
    #[command(flatten)]
    pub(crate) decision: TaskDecision,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup comment 4211 \"which account is this for?\"\n  stepup comment 4211 -m \"which account is this for?\"\n  stepup comment 4211 - < question.txt"
)]
pub(crate) struct Comment {
    /// The task: its number, its URL, or its 27-character id
    #[arg(value_parser = task_id)]
    pub(crate) task: String,
    /// What to say; `-` reads it from stdin
    #[arg(
        required_unless_present_any = ["comment", "comment_file"],
        conflicts_with_all = ["comment", "comment_file"]
    )]
    pub(crate) text: Option<String>,
    #[command(flatten)]
    pub(crate) said: Reason,
}

/// An address or an id; several people can have one name.
fn person(text: &str) -> Result<String, String> {
    if text.contains('@') || is_object_id(text) {
        Ok(text.to_owned())
    } else {
        Err("give an email address, or the API's id of a person: 27 letters and digits".to_owned())
    }
}

fn interval(text: &str) -> Result<Duration, String> {
    duration(text).and_then(|time| {
        if time < SHORTEST_INTERVAL {
            Err("it must be at least 2 s".to_owned())
        } else {
            Ok(time)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_is_not_asked_too_often() {
        assert_eq!(interval("2s"), Ok(SHORTEST_INTERVAL));
        assert_eq!(interval("1s"), Err("it must be at least 2 s".to_owned()));
    }
}
