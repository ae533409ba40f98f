//! The terminal: stdout is data, stderr is for people.
//!
//! Lower case, no full stops on one-liners, meaning never only in colour. Nothing that came from outside
//! reaches the terminal with a control character in it. Nothing prompts without a terminal at both ends.

mod busy;
mod bytes;
mod last_line;
mod picker;
mod qr;
mod questions;
mod results;
mod trace;
mod typed_line;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use colored::Colorize;
use console::Term;
#[cfg(feature = "sandbox")]
use textwrap::core::display_width;

use super::modes;
use super::sanitize::{sanitize, shown};
pub(crate) use super::style::Style;
use super::wrapped::wrapped;
pub(crate) use busy::Busy;
use last_line::LastLine;
pub(crate) use questions::NoAnswer;
pub(crate) use results::{ignore_broken_pipe, undelivered};
pub(crate) use trace::TraceWriter;

use crate::domain::excerpt::excerpt;
use crate::error::Error;

/// Whether the terminals here take escape sequences. An older Windows console has to be told to, and may not be able to:
/// it would print them.
pub(crate) fn takes_sequences() -> bool {
    let takes = |stream: Term| {
        let features = stream.features();
        !features.is_attended() || features.is_msys_tty() || features.colors_supported()
    };
    // Asking for colours is what tells the console; elsewhere the environment says all.
    !cfg!(windows) || [Term::stdout(), Term::stderr()].into_iter().all(takes)
}

/// Longest value of a field and longest warning, characters: a part of either may come from outside.
const LONGEST: usize = 1000;

/// Whether a line may be drawn, and drawn again.
fn can_draw(options: OutputOptions) -> bool {
    !options.dumb_terminal && io::stderr().is_terminal()
}

/// What stdout carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Lines for people.
    #[default]
    Text,
    /// Exactly one JSON document.
    Json,
    /// Exactly one YAML document, with the same members.
    Yaml,
}

impl Format {
    /// Whether it is for scripts.
    pub(crate) const fn is_document(self) -> bool {
        !matches!(self, Self::Text)
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal that can, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to write to the streams and whether to ask; from flags and environment.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct OutputOptions {
    pub(crate) format: Format,
    /// Whether people get errors and warnings only (`--quiet`).
    pub(crate) quiet: bool,
    /// Whether an error is shown with its causes (`--verbose`).
    pub(crate) verbose: bool,
    /// Whether nobody may be asked (`--no-input`).
    pub(crate) no_input: bool,
    /// When to colour (`--color`).
    pub(crate) color: ColorChoice,
    /// The environment speaks against colour (`NO_COLOR`, `TERM=dumb`).
    pub(crate) no_color: bool,
    /// The terminal understands nothing but text (`TERM=dumb`).
    pub(crate) dumb_terminal: bool,
}

impl OutputOptions {
    /// Whether a person can be asked.
    pub(crate) fn can_ask(self) -> bool {
        !self.no_input && io::stdin().is_terminal() && io::stderr().is_terminal()
    }
}

/// The two output streams and the person behind them.
pub(crate) struct Terminal {
    options: OutputOptions,
    /// What the last line of the screen is taken up by.
    last_line: Mutex<Option<LastLine>>,
    /// Whether stdout has its one document.
    documented: AtomicBool,
}

impl Terminal {
    /// A terminal on this process's own streams.
    pub(crate) fn new(options: OutputOptions) -> Self {
        // Each call decides by the stream it writes to; the crate's own guess looks at stdout only.
        colored::control::set_override(true);
        Self {
            options,
            last_line: Mutex::new(None),
            documented: AtomicBool::new(false),
        }
    }

    /// What stdout carries.
    pub(crate) const fn format(&self) -> Format {
        self.options.format
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.options.can_ask()
    }

    /// Whether people get errors and warnings only.
    pub(crate) const fn is_quiet(&self) -> bool {
        self.options.quiet
    }

    /// A line for people; left out with `--quiet`.
    pub(crate) fn say(&self, line: impl Display) {
        if !self.options.quiet {
            self.say_always(line);
        }
    }

    /// A line for people that `--quiet` does not silence: a URL to open, a warning.
    pub(crate) fn say_always(&self, line: impl Display) {
        // One line, whatever a value in it holds.
        let line = line.to_string().replace('\n', " ");
        self.write_err(&line);
    }

    /// Lines for people that are laid out already; `--quiet` does not silence them.
    pub(crate) fn lines(&self, lines: &str) {
        self.write_err(lines.trim_end_matches('\n'));
    }

    /// An address to open, which the person asked for by name: a state in it stays.
    pub(crate) fn address(&self, address: impl Display) {
        self.write_sanitized(&sanitize(&format!("  {address}")));
    }

    /// `label: value`, the value from outside.
    pub(crate) fn field(&self, label: &str, value: impl Display) {
        let label = self.style(Style::Faint, &format!("{label}:"));
        let value = sanitize(&excerpt(&value.to_string(), LONGEST));
        self.say(format_args!("  {label} {value}"));
    }

    /// Something the person should know though the command goes on.
    pub(crate) fn warn(&self, what: impl Display) {
        let word = self.style(Style::Notice, "warning:");
        let what = sanitize(&excerpt(&what.to_string(), LONGEST));
        self.say_always(format_args!("stepup: {word} {what}"));
    }

    /// Reports an error: a document on stdout if that is the format, and always a sentence with its hints for
    /// people.
    pub(crate) fn fail(&self, error: &Error) {
        self.explain("error", error);
        self.document(error);
    }

    /// An error for people alone: what it is of, its sentence and its hints.
    pub(crate) fn explain(&self, label: &str, error: &Error) {
        let word = self.style(Style::Bad, &format!("{}:", sanitize(label)));
        self.write_err(&format!("stepup: {word} {}", sanitize(error.message())));
        if self.options.verbose {
            let mut cause = std::error::Error::source(error);
            while let Some(source) = cause {
                let text = source.to_string();
                // Most errors carry the sentence of their cause already.
                if text != error.message() {
                    self.write_err(&format!("stepup: cause: {}", sanitize(&text)));
                }
                cause = source.source();
            }
        }
        for hint in error.hints() {
            let word = self.style(Style::Notice, "hint:");
            self.write_err(&format!("stepup: {word} {}", sanitize(hint)));
        }
    }

    /// How many columns what people read may have: the terminal's, or 80.
    pub(crate) fn width(&self) -> usize {
        if io::stderr().is_terminal() {
            usize::from(Term::stderr().size().1).max(20)
        } else {
            80
        }
    }

    /// Whether a person sees none of these lines broken anywhere but between words.
    #[cfg(feature = "sandbox")]
    pub(crate) fn fits(&self, lines: &str) -> bool {
        let width = self.width();
        !io::stderr().is_terminal() || lines.lines().all(|line| display_width(line) <= width)
    }

    /// How many columns stdout has, if it is a terminal.
    pub(crate) fn columns(&self) -> Option<usize> {
        io::stdout()
            .is_terminal()
            .then(|| usize::from(Term::stdout().size().1).max(20))
    }

    /// Whether somebody reads stdout and stderr on one screen, as far as can be told.
    pub(crate) fn is_one_screen(&self) -> bool {
        io::stdout().is_terminal() && io::stderr().is_terminal()
    }

    /// Rings the bell and shows a notification (OSC 9), where a terminal listens that may.
    pub(crate) fn notify(&self, text: &str) {
        if self.options.quiet || self.options.dumb_terminal || !io::stderr().is_terminal() {
            return;
        }
        // A terminal that does not know the sequence swallows it; nobody is left to tell of a closed one.
        let _ = write!(io::stderr(), "\x07\x1b]9;{}\x07", sanitize(text));
    }

    /// Whether the terminal may understand [`Self::copy`].
    pub(crate) fn can_copy(&self) -> bool {
        !self.options.dumb_terminal && io::stderr().is_terminal()
    }

    /// Asks the terminal to copy a text (OSC 52), which needs no program here and works by SSH. Whether it
    /// does is not known: a terminal that may not, swallows it.
    pub(crate) fn copy(&self, text: &str) {
        if self.can_copy() {
            let text = BASE64.encode(text);
            self.undisturbed(|| {
                let _ = write!(io::stderr(), "\x1b]52;c;{text}\x07");
            });
        }
    }

    /// Shows that we wait, and how long still; ends when dropped. On a terminal a line that counts down,
    /// elsewhere one plain line.
    pub(crate) fn waiting(&self, what: &str, limit: Duration) -> WaitLine<'_> {
        let until = Instant::now() + limit;
        if self.options.no_color || self.options.quiet || !can_draw(self.options) {
            self.say(format_args!("{what} (up to {})", span(limit)));
            return WaitLine { terminal: self };
        }
        let left = move |_: &_| {
            let left = until.saturating_duration_since(Instant::now());
            format!("{} left", span(left))
        };
        if let Some(bar) = last_line::bar(what, left) {
            self.take_line(LastLine::Person(bar));
        }
        WaitLine { terminal: self }
    }

    /// Emphasis for stderr, if it is wanted and the stream is a terminal.
    pub(crate) fn style(&self, style: Style, text: &str) -> String {
        self.paint(style, text, io::stderr().is_terminal())
    }

    /// Emphasis for stdout.
    pub(crate) fn style_out(&self, style: Style, text: &str) -> String {
        self.paint(style, text, io::stdout().is_terminal())
    }

    fn paint(&self, style: Style, text: &str, on_terminal: bool) -> String {
        let wanted = match self.options.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => on_terminal && !self.options.no_color,
        };
        if !wanted {
            return text.to_owned();
        }
        match style {
            Style::Good => text.green().bold(),
            Style::Bad => text.red().bold(),
            Style::Notice => text.yellow(),
            Style::Faint => text.dimmed(),
            Style::Strong => text.bold(),
        }
        .to_string()
    }

    fn write_err(&self, line: &str) {
        self.write_sanitized(&shown(line));
    }

    fn write_sanitized(&self, line: &str) {
        let columns = io::stderr().is_terminal().then(|| self.width());
        let line = wrapped(line, columns);
        // A closed stderr is nobody listening; there is nobody to tell.
        self.undisturbed(|| {
            let _ = writeln!(io::stderr(), "{line}");
        });
    }

    /// Writes something without the waiting line in its way.
    fn undisturbed<T>(&self, write: impl FnOnce() -> T) -> T {
        // Nobody who wants the line waits for a reader that has stopped reading.
        let line = self.last_line.lock().ok();
        let bar = line.and_then(|line| line.as_ref()?.bar().cloned());
        match bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Gives the terminal back: no waiting line, and the cursor that a question broken off had hidden.
    pub(crate) fn give_back(&self) {
        // First, since it waits for nobody.
        modes::restore();
        self.stop_waiting();
        if self.can_ask() && !self.options.no_color {
            let _ = Term::stderr().show_cursor();
        }
    }

    /// Takes the waiting line away, so that what comes next starts on a clean line.
    pub(crate) fn stop_waiting(&self) {
        match self.taken_line() {
            Some(LastLine::Person(bar) | LastLine::Server(bar)) => bar.finish_and_clear(),
            // What comes next is no part of the answer. Nobody is left to tell of a closed terminal.
            Some(LastLine::OpenRow) => drop(Term::stderr().write_line("")),
            Some(LastLine::Question) | None => {}
        }
    }

    fn taken_line(&self) -> Option<LastLine> {
        self.last_line.lock().ok().and_then(|mut line| line.take())
    }
}

/// While this lives, the person sees that we wait.
pub(crate) struct WaitLine<'a> {
    terminal: &'a Terminal,
}

impl Drop for WaitLine<'_> {
    fn drop(&mut self) {
        self.terminal.stop_waiting();
    }
}

/// A length of time in words: `4m 32s`.
pub(crate) fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s}s"),
        (0, m, 0) => format!("{m}m"),
        (0, m, s) => format!("{m}m {s}s"),
        (h, 0, _) => format!("{h}h"),
        (h, m, _) => format!("{h}h {m}m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_passes_the_writers() {
        let terminal = Terminal::new(OutputOptions {
            color: ColorChoice::Always,
            ..OutputOptions::default()
        });
        let styles = [
            Style::Good,
            Style::Bad,
            Style::Notice,
            Style::Faint,
            Style::Strong,
        ];
        for style in styles {
            let painted = terminal.style(style, "text");
            assert_ne!(painted, "text");
            assert_eq!(shown(&painted), painted);
        }
    }
}
