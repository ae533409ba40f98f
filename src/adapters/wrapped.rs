//! Lines of text on a terminal: broken between words, with what goes on below them indented.

use dialoguer::console::Term;
use textwrap::{Options, WordSplitter};

/// Breaks lines between words where a terminal would break them anywhere. Addresses stay whole, and what
/// goes to a pipe stays as it is.
pub(super) fn wrapped(text: &str, on_terminal: bool) -> String {
    if !on_terminal {
        return text.to_owned();
    }
    let (_, width) = Term::stderr().size();
    fitted(text, usize::from(width).max(20))
}

/// Wraps at this width. A line that fits stays as it is, with the spaces that align it.
fn fitted(text: &str, width: usize) -> String {
    let lines = text.lines().map(|line| {
        let words = line.trim_start();
        let indent = " ".repeat(line.len() - words.len());
        let options = Options::new(width)
            .initial_indent(&indent)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        // Deeper than any line of ours begins: what goes on must not look like a field.
        textwrap::fill(words, options.subsequent_indent(&format!("{indent}    ")))
    });
    lines.collect::<Vec<_>>().join("\n")
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
                "it fits as it is\n\nso does this".to_owned(),
                "it fits as it is\n\nso does this".to_owned(),
            ),
        ] {
            assert_eq!(fitted(&text, 18), shown);
            // Once more changes nothing.
            assert_eq!(fitted(&fitted(&text, 18), 18), shown);
        }
    }
}
