//! The flags of `stepup approve`, and those that it shares: how the person gets to a browser, and a comment.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, FromArgMatches};

use super::task::task_id;
use super::{Flags, Global, duration, settings};
use crate::config::{Asked, CeremonyChoice};
use crate::domain::task::{is_object_id, is_task_id};

/// A browser on this machine.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OwnBrowser {
    /// Do not open a browser; print the URL to open
    #[arg(long, env = "STEPUP_NO_BROWSER", value_parser = FalseyValueParser::new())]
    pub(crate) no_browser: bool,
    /// The browser to open: a command, `%s` stands for the URL (else it is appended)
    #[arg(
        long,
        value_name = "COMMAND",
        env = "STEPUP_BROWSER",
        conflicts_with = "no_browser"
    )]
    pub(crate) browser: Option<String>,
}

/// A comment, typed or from a file.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Reason {
    /// Say why; some steps require it
    #[arg(
        long,
        short = 'm',
        aliases = ["message", "reason"],
        value_name = "TEXT",
        conflicts_with = "comment_file"
    )]
    pub(crate) comment: Option<String>,
    /// Read the comment from a file, or from stdin with `-`
    #[arg(long, value_name = "FILE")]
    pub(crate) comment_file: Option<PathBuf>,
}

impl Reason {
    /// Whether something was given, whatever is in it.
    pub(crate) const fn is_given(&self) -> bool {
        self.comment.is_some() || self.comment_file.is_some()
    }
}

/// How the person gets to the provider and back.
#[derive(Args, Clone, Debug)]
pub(crate) struct Browsing {
    /// The browser here.
    #[command(flatten)]
    pub(crate) own: OwnBrowser,
    /// The browser is on another machine: print the provider's own URL, and paste the answer back
    #[arg(long, env = "STEPUP_REMOTE", conflicts_with = "browser", value_parser = FalseyValueParser::new())]
    pub(crate) remote: bool,
    /// How long to wait for the person in the browser
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration, env = "STEPUP_TIMEOUT")]
    pub(crate) timeout: Duration,
    /// Whom to sign in, as a hint to the provider (default: your email address)
    #[arg(long, value_name = "HINT", env = "STEPUP_LOGIN_HINT")]
    pub(crate) login_hint: Option<String>,
}

/// What it is where no flag and no variable says anything.
impl Default for Browsing {
    fn default() -> Self {
        Self {
            own: OwnBrowser::default(),
            remote: false,
            timeout: Duration::from_secs(5 * 60),
            login_hint: None,
        }
    }
}

impl Browsing {
    /// What the variables and the configuration say to a command without flags; the sentence is what that command
    /// would say of them.
    pub(crate) fn of_settings(global: &Global) -> Result<Self, String> {
        let flags = Self::augment_args(clap::Command::new("stepup").no_binary_name(true));
        let flags = super::variables::without_empty(flags);
        let defaults = settings::defaults(global.config.as_deref(), global.profile.as_deref());
        let read = settings::matches(flags, &defaults, &[]);
        let read = read.and_then(|matches| Self::from_arg_matches(&matches));
        read.map_err(|error| {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        })
    }
}

/// `stepup approve`.
#[derive(Args, Clone, Debug, Default)]
#[command(
    after_help = "Examples:\n  stepup approve 4211\n  stepup approve 4211 -m \"on-call, INC-88\" --yes -o json\n  stepup approve 4211 4212 --wait=10m   several, a sign-in for each\n  stepup approve 4211 --no-browser      open the printed URL yourself\n  stepup approve 4211 --browser \"firefox --private-window %s\""
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Approve {
    /// The flags that were typed; read first, as the others are taken out.
    #[command(flatten)]
    pub(crate) flags: Flags,
    /// The tasks: numbers, or 27-character ids; without one, on a terminal, choose from a list
    #[arg(value_name = "TASK", value_parser = task)]
    pub(crate) tasks: Vec<String>,
    /// Read tasks from stdin, one a line
    #[arg(long, conflicts_with = "tasks")]
    pub(crate) stdin: bool,
    /// Why.
    #[command(flatten)]
    pub(crate) reason: Reason,
    /// How to authenticate [default: the profile's `ceremony`, else auto: what the API asks for]
    #[arg(long, value_enum, value_name = "CEREMONY", env = "STEPUP_CEREMONY")]
    pub(crate) ceremony: Option<CeremonyChoice>,
    /// Which provider entry to use, instead of the one that serves the step
    #[arg(long, value_name = "NAME", env = "STEPUP_PROVIDER")]
    pub(crate) provider: Option<String>,
    /// How the person gets to the provider.
    #[command(flatten)]
    pub(crate) browsing: Browsing,
    /// Where the API runs the sign-in: show its page as a QR code for your phone, and open no browser here
    #[arg(long)]
    pub(crate) qr: bool,
    /// Wait until the task is closed, at most so long
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "5m",
        value_parser = duration, env = "STEPUP_WAIT")]
    pub(crate) wait: Option<Duration>,
    /// Shorten the access first, to so long, and approve that
    #[arg(long, value_name = "TIME", value_parser = grant_duration, conflicts_with_all = ["stdin", "dry_run"])]
    pub(crate) duration: Option<u64>,
    /// Last resort: the step-up was done elsewhere, and this is its transaction's id
    #[arg(long, value_name = "ID", hide_short_help = true, value_parser = transaction_id)]
    pub(crate) transaction_id: Option<String>,
    /// Show what would be approved and what it requires as far as known, and stop
    #[arg(long, env = "STEPUP_DRY_RUN", value_parser = FalseyValueParser::new())]
    pub(crate) dry_run: bool,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

impl Approve {
    /// The provider entry that was asked for by name.
    pub(crate) fn asked(&self) -> Option<Asked<'_>> {
        self.flags.entry(self.provider.as_deref())
    }

    /// Refuses a number behind `--wait`, which takes its time after `=` only: meant as a time, it would be one more
    /// task to approve. Behind a `--wait` that comes before the only task it is that task.
    pub(super) fn refuse_stray_time(&self, words: &[OsString]) -> Result<(), String> {
        let stray = words.windows(2).find_map(|two| match two {
            [wait, time] if wait == "--wait" => time.to_str().filter(|time| is_task_id(time)),
            _ => None,
        });
        match stray.filter(|_| self.tasks.len() > 1) {
            Some(time) => Err(format!(
                "`--wait {time}` could be a time or a task: write `--wait={time}` for a time, and a task before `--wait`"
            )),
            None => Ok(()),
        }
    }
}

fn transaction_id(text: &str) -> Result<String, String> {
    if is_object_id(text) {
        Ok(text.to_owned())
    } else {
        Err("not the ID of a step-up transaction, which has 27 letters and digits".to_owned())
    }
}

/// How long access lasts, in seconds: longer than other times here, so days are known, too.
fn grant_duration(text: &str) -> Result<u64, String> {
    let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
    let seconds = match days {
        Some(days) => Some(days).and_then(|days: u64| days.checked_mul(24 * 3600)),
        None => text
            .parse::<jiff::SignedDuration>()
            .ok()
            .and_then(|span| u64::try_from(span.as_secs()).ok()),
    };
    seconds
        .filter(|seconds| (1..=LONGEST_GRANT).contains(seconds))
        .ok_or_else(|| "write it like `30m`, `8h` or `7d`".to_owned())
}

/// A hundred years.
const LONGEST_GRANT: u64 = 100 * 366 * 24 * 3600;

/// A task, and no time that was meant for `--wait`.
fn task(text: &str) -> Result<String, String> {
    task_id(text).map_err(|error| match duration(text) {
        Ok(_) => format!("not a task ID but a time, which goes with its flag: `--wait={text}`"),
        Err(_) => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_lasts_minutes_hours_or_days() {
        for (text, seconds) in [
            ("30m", 1800),
            ("1h", 3600),
            ("1h30m", 5400),
            ("7d", 604_800),
        ] {
            assert_eq!(grant_duration(text), Ok(seconds), "{text}");
        }
        for text in ["", "0s", "0d", "-1h", "3600", "1 moon", "99999999d", "0.2s"] {
            assert!(grant_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_default_is_what_a_command_line_without_flags_says() {
        let flags = Browsing::augment_args(clap::Command::new("stepup"));
        let flags = flags.mut_args(|flag| flag.env(clap::builder::Resettable::Reset));
        let matches = flags.try_get_matches_from(["stepup"]).unwrap();
        let typed = Browsing::from_arg_matches(&matches).unwrap();
        assert_eq!(format!("{typed:?}"), format!("{:?}", Browsing::default()));
    }
}
