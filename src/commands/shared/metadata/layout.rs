//! Findings as lines for people: the word of the grade, whom and what it is about, what was found, and the
//! hint below. A wide terminal and a pipe get a column of names where a table was wanted; a narrow terminal
//! gets `name: text`. What does not fit goes on under itself, between words.

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::{Style, Terminal};
use crate::commands::shared::metadata::{Finding, Grade};

/// The word of a grade, and a space.
const WORD: usize = 7;

/// A column of names needs this many columns of terminal.
const WIDE: usize = 72;

/// Where things go.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Layout {
    /// Columns of the terminal; `None` for a pipe.
    width: Option<usize>,
    /// Width of the names, if they have a column.
    names: Option<usize>,
}

impl Layout {
    /// `name: text`.
    pub(in crate::commands) const fn lines(width: Option<usize>) -> Self {
        Self { width, names: None }
    }

    /// A column for the names of these findings, where there is room.
    pub(in crate::commands) fn table(width: Option<usize>, findings: &[Finding]) -> Self {
        let longest = findings.iter().map(|finding| display_width(finding.check));
        let roomy = width.is_none_or(|width| width >= WIDE);
        Self {
            width,
            names: longest.max().filter(|_| roomy),
        }
    }

    /// One finding; whom it is about goes before its name.
    pub(in crate::commands) fn shown(
        self,
        terminal: &Terminal,
        subject: Option<&str>,
        finding: &Finding,
    ) -> String {
        let style = match finding.grade {
            Grade::Ok => Style::Good,
            Grade::Manual => Style::Faint,
            Grade::Warn => Style::Notice,
            Grade::Fail => Style::Bad,
        };
        let word = format!("{:<1$}", finding.grade.word(), WORD - 1);
        let body = self.body(subject, finding);
        format!(
            "{} {}",
            terminal.style_out(style, &word),
            body.get(WORD..).unwrap_or_default()
        )
    }

    /// A finding's line, with room at its start for the word of its grade.
    fn body(self, subject: Option<&str>, finding: &Finding) -> String {
        let subject = subject.map_or_else(String::new, |subject| format!("{subject}: "));
        let (name, text) = match self.names {
            Some(names) => (
                format!("{:<names$} ", sanitize(finding.check)),
                sanitize(&finding.says),
            ),
            None => (
                String::new(),
                sanitize(&format!("{subject}{}: {}", finding.check, finding.says)),
            ),
        };
        let margin = " ".repeat(WORD + self.names.map_or(0, |names| names + 1));
        let found = self.fill(&text, &format!("{}{name}", " ".repeat(WORD)), &margin);
        let Some(hint) = &finding.hint else {
            return found;
        };
        let hint = self.fill(
            &format!("hint: {}", sanitize(hint)),
            &margin,
            &format!("{margin}  "),
        );
        format!("{found}\n{hint}")
    }

    fn fill(self, text: &str, first: &str, others: &str) -> String {
        let Some(width) = self.width else {
            return format!("{first}{text}");
        };
        let options = Options::new(width)
            .initial_indent(first)
            .subsequent_indent(others)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings() -> [Finding; 2] {
        let hint = "let it sign with RS256, or name the algorithm in the entry";
        [
            Finding::ok("pkce", "S256 is listed"),
            Finding::new("auth_time", Grade::Fail, "the provider does not say when").hint(hint),
        ]
    }

    fn all(layout: Layout, subject: Option<&str>) -> String {
        let findings = findings();
        let bodies = findings.iter().map(|one| layout.body(subject, one));
        bodies.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_pipe_gets_whole_lines() {
        assert_eq!(
            all(Layout::lines(None), Some("okta")),
            "       okta: pkce: S256 is listed\n       okta: auth_time: the provider does not say when\n       \
             hint: let it sign with RS256, or name the algorithm in the entry"
        );
        assert_eq!(
            all(Layout::table(None, &findings()), None),
            "       pkce      S256 is listed\n       auth_time the provider does not say when\n                 \
             hint: let it sign with RS256, or name the algorithm in the entry"
        );
    }

    #[test]
    fn a_narrow_terminal_gets_lines_that_fit_and_stay_together() {
        assert_eq!(
            all(Layout::table(Some(40), &findings()), None),
            "       pkce: S256 is listed\n       auth_time: the provider does not\n       say when\n       \
             hint: let it sign with RS256, or\n         name the algorithm in the entry"
        );
    }

    #[test]
    fn a_wide_terminal_gets_a_column() {
        let long = Finding::ok(
            "redirect",
            "listens at http://127.0.0.1:40075/callback/sandbox or elsewhere",
        );
        let layout = Layout::table(Some(72), std::slice::from_ref(&long));
        assert_eq!(
            layout.body(None, &long),
            "       redirect listens at http://127.0.0.1:40075/callback/sandbox or\n                elsewhere"
        );
    }
}
