//! Lines of text on a terminal: broken between words, with what goes on below them indented.

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// Breaks lines between words where a terminal of so many columns would break them anywhere. Addresses stay whole, and
/// what goes to a pipe, which has no columns, stays as it is.
pub(super) fn wrapped(text: &str, columns: Option<usize>) -> String {
    let text = columns.map_or_else(|| text.to_owned(), |columns| fitted(text, columns));
    text.replace(UNBROKEN, " ")
}

/// A space at which no line is broken.
const UNBROKEN: char = '\u{a0}';

/// A command to copy: a line feed in it would make two of it.
#[cfg(feature = "sandbox")]
pub(crate) fn unbroken(command: &str) -> String {
    command.replace(' ', &UNBROKEN.to_string())
}

/// The line with its commands, which stand between backticks, in one piece each, as far as so many columns have room for
/// them: who copies half of one runs another.
fn with_whole_commands(line: &str, room: usize) -> String {
    let parts = line.split('`').enumerate().map(|(place, part)| {
        if place % 2 == 1 && display_width(part) + 2 <= room {
            part.replace(' ', &UNBROKEN.to_string())
        } else {
            part.to_owned()
        }
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Wraps at this width. A line that fits stays as it is, with the spaces that align it.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let aligned: Vec<usize> = text
        .lines()
        .filter_map(Value::of)
        .filter(|value| value.gap > 1)
        .map(|value| value.at)
        .collect();
    let lines = text.lines().map(|line| {
        let words = line.trim_start();
        let indent = " ".repeat(line.len() - words.len());
        // Deeper than any line of ours begins: what goes on must not look like a field.
        let below = indent.len() + 4;
        let value = Value::of(line).map(|value| value.at);
        let below = value
            .filter(|at| aligned.contains(at) && at * 3 <= width)
            .unwrap_or(below);
        let options = Options::new(width)
            .initial_indent(&indent)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        let words = with_whole_commands(words, width.saturating_sub(below));
        let below = " ".repeat(below);
        textwrap::fill(&words, options.subsequent_indent(&below)).replace(UNBROKEN, " ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The value of a field, `  label:   value`: what goes on of it stands under it where several are aligned.
struct Value {
    /// The column where it begins.
    at: usize,
    /// Spaces in front of it.
    gap: usize,
}

impl Value {
    fn of(line: &str) -> Option<Self> {
        let (label, rest) = line.strip_prefix("  ")?.split_once(':')?;
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let is_label = !label.starts_with(' ') && gap > 0 && gap < rest.len();
        is_label.then(|| Self {
            at: display_width(label) + 3 + gap,
            gap,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_an_address_never_is() {
        let address = "http://127.0.0.1:46019/start/BQs1OfeiYbzhzPqc44A_Uw";
        for (text, shown) in [
            (
                "  redirect: an address and a word".to_owned(),
                "  redirect: an\n      address and\n      a word".to_owned(),
            ),
            (format!("  {address}"), format!("  {address}")),
            (format!("at: {address}"), format!("at:\n    {address}")),
            (
                "look: say `a b` or `a b c d e f g h`".to_owned(),
                "look: say `a b` or\n    `a b c d e f g\n    h`".to_owned(),
            ),
            (
                "look with `a b c` now".to_owned(),
                "look with `a b c`\n    now".to_owned(),
            ),
            (
                "have a look with `a b c`".to_owned(),
                "have a look with\n    `a b c`".to_owned(),
            ),
            (
                "it fits as it is\n\nso does this".to_owned(),
                "it fits as it is\n\nso does this".to_owned(),
            ),
        ] {
            assert_eq!(fitted(&text, 18), shown);
            // Once more changes nothing.
            assert_eq!(fitted(&fitted(&text, 18), 18), shown);
        }
    }

    #[test]
    fn what_goes_on_of_an_aligned_value_stands_under_it() {
        let text = "4211: a title of so many words\n  user:     mira.chen@example.com (the person)\n  \
                    provider: the one of the entry that serves it\n  one: of no such block, as it begins elsewhere";
        let wide = "4211: a title of so many words\n  user:     mira.chen@example.com (the\n            person)\n  \
                    provider: the one of the entry that\n            serves it\n  one: of no such block, as it begins\n      elsewhere";
        assert_eq!(fitted(text, 38), wide);
        assert_eq!(fitted(wide, 38), wide);
        // No room for it.
        let narrow = fitted(text, 30);
        assert!(
            narrow.contains("\n  provider: the one of the\n      entry"),
            "{narrow}"
        );
    }

    #[cfg(feature = "sandbox")]
    #[test]
    fn a_command_to_copy_is_one_line() {
        let command = "export STEPUP_CONFIG=/tmp/stepup-sandbox";
        let line = format!("  {}", unbroken(command));
        for columns in [None, Some(20), Some(80)] {
            assert_eq!(wrapped(&line, columns), format!("  {command}"));
        }
    }
}
