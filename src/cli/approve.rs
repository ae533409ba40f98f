//! The flags of `stepup approve`.

use std::ffi::OsString;
use std::time::Duration;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::browsing::Browsing;
use super::config::Flags;
use super::reason::Reason;
use super::task_id::task_id;
use crate::config::{Asked, CeremonyChoice, duration};
use crate::domain::length_of_time::{Unit, length_of_time};
use crate::domain::task::{is_object_id, is_task_id};

#[derive(Args, Clone, Debug, Default)]
#[command(
    after_help = "Examples:\n  stepup approve 4211\n  stepup approve 4211 -m \"on-call, INC-88\" --yes -o json\n  stepup approve 4211 4212 --wait=10m   several, a sign-in for each\n  stepup approve 4211 --no-browser      open the printed URL yourself\n  stepup approve 4211 --browser \"firefox --private-window %s\""
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Approve {
    /// The flags that were typed; read first, as the others are taken out.
    #[command(flatten)]
    pub(crate) flags: Flags,
    /// Numbers, URLs or 27-character ids; with none, on a terminal, choose from a list
    #[arg(value_name = "TASK", value_parser = task)]
    pub(crate) tasks: Vec<String>,
    /// Read tasks from stdin, one on each line
    #[arg(long, conflicts_with = "tasks")]
    pub(crate) stdin: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    /// How to authenticate [default: the profile's `ceremony`, else auto: what the API asks for]
    #[arg(long, value_enum, value_name = "CEREMONY", env = "STEPUP_CEREMONY")]
    pub(crate) ceremony: Option<CeremonyChoice>,
    /// Which provider entry to use, instead of the one that serves the step
    #[arg(long, value_name = "NAME", env = "STEPUP_PROVIDER")]
    pub(crate) provider: Option<String>,
    #[command(flatten)]
    pub(crate) browsing: Browsing,
    /// Where the API runs the sign-in: show its page as a QR code for your phone, and open no browser here
    #[arg(long)]
    pub(crate) qr: bool,
    /// Wait until the task is closed, up to this time if it is given
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "5m",
        value_parser = duration, env = "STEPUP_WAIT")]
    pub(crate) wait: Option<Duration>,
    /// Shorten the access to this time first, and approve that
    #[arg(long, value_name = "TIME", value_parser = grant_duration, conflicts_with = "stdin")]
    pub(crate) duration: Option<u64>,
    /// Last resort: the step-up was done elsewhere, and this is its transaction's id
    #[arg(long, value_name = "ID", hide_short_help = true, value_parser = transaction_id)]
    pub(crate) transaction_id: Option<String>,
    /// Show what would be approved and what it requires, as far as that is known, and stop
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
                "`--wait {time}` could be a time or a task: write `--wait={time}s` for a time, and a task before `--wait`"
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
    length_of_time(text, &[Unit::Days, Unit::Clock])
        .map(|time| time.as_secs())
        .filter(|seconds| (1..=LONGEST_GRANT).contains(seconds))
        .ok_or_else(|| "write it with its unit, like `30m`, `8h` or `7d`".to_owned())
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
}
