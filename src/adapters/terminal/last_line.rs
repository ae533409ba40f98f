//! What the last line of the screen is taken up by.

use std::time::Duration;

use console::Term;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use textwrap::core::display_width;

use crate::adapters::sanitize::sanitize;
use crate::adapters::table::cut;

/// How often the countdown is drawn: it shows seconds, and each drawing wakes the machine.
const TICK: Duration = Duration::from_secs(1);

/// What the last line of the screen is taken up by.
pub(super) enum LastLine {
    /// Somebody in front of a browser is waited for.
    Person(ProgressBar),
    Server(ProgressBar),
    /// A question, which nothing is drawn over.
    Question,
    /// A question whose answer goes behind it: what is written next would, too.
    OpenRow,
}

impl LastLine {
    /// What has to be taken away before something is written.
    pub(super) const fn bar(&self) -> Option<&ProgressBar> {
        match self {
            Self::Person(bar) | Self::Server(bar) => Some(bar),
            Self::Question | Self::OpenRow => None,
        }
    }
}

/// A line that says what is waited for, and a time with it; it is drawn from here on.
pub(super) fn bar(
    what: &str,
    time: impl Fn(&ProgressState) -> String + Clone + Send + Sync + 'static,
) -> Option<ProgressBar> {
    let what = sanitize(what);
    let row = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = out.write_str(&row(&what, &time(state), Term::stderr().size().1.into()));
    };
    let style = ProgressStyle::with_template("{spinner} {row}").ok()?;
    let bar = ProgressBar::new_spinner().with_style(style.with_key("row", row));
    bar.enable_steady_tick(TICK);
    Some(bar)
}

/// What stands beside the spinner in one row: a second one would stay behind whenever the line is drawn again.
fn row(what: &str, time: &str, columns: usize) -> String {
    let taken = "⠁  ()".chars().count() + display_width(time);
    // The last column stays free: some terminals wrap there.
    let what = cut(what, columns.max(20).saturating_sub(taken + 1));
    format!("{what} ({time})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiting_line_is_one_row() {
        let what = "waiting for you in the browser";
        for (columns, shown) in [
            (80, "waiting for you in the browser (4m 59s left)"),
            (47, "waiting for you in the browser (4m 59s left)"),
            (40, "waiting for you in the… (4m 59s left)"),
        ] {
            assert_eq!(row(what, "4m 59s left", columns), shown);
        }
        for columns in 20..80 {
            assert!(display_width(&row(what, "59m 59s left", columns)) + 2 < columns);
        }
    }
}
