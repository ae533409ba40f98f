//! Texts from outside, shortened for people: an API may send a title of 200 kB. Pure.

use super::unseen::{is_unseen, unpiled};

/// Longest title and longest name that is shown, characters.
pub(crate) const TITLE: usize = 200;

/// The text on one line, white space folded, with at most `most` characters; how many were left out is
/// said.
///
/// What nobody sees goes first: it would count, so that nothing that is seen is left, and it would keep white space
/// apart, which pads a text until what follows looks like a line of ours.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let seen = |c: &char| c.is_whitespace() || !is_unseen(*c);
    let text: String = unpiled(text.chars().filter(seen)).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let Some((at, _)) = line.char_indices().nth(most) else {
        return line;
    };
    let (kept, rest) = line.split_at(at);
    format!(
        "{}... ({} more characters)",
        kept.trim_end(),
        rest.chars().count()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted() {
        for (text, shown) in [
            ("short", "short"),
            ("four", "four"),
            ("a  b\n\n c\t", "a b c"),
            ("abcdefgh", "abcde... (3 more characters)"),
            ("abcd efgh", "abcd... (4 more characters)"),
            ("日本語日本語", "日本語日本... (1 more characters)"),
            // What is not seen neither counts nor pads.
            ("\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}abc", "abc"),
            ("a \u{200b} \u{3164} \u{1b} b", "a b"),
            ("a\u{85}b\u{2028}c", "a b c"),
            ("\u{202e} \u{e0041}", ""),
        ] {
            assert_eq!(excerpt(text, 5), shown);
        }
    }
}
