//! Texts from outside, shortened for people: an API may send a title of 200 kB. Pure.

/// Longest title and longest name that is shown, characters.
pub const TITLE: usize = 200;

/// The text on one line, white space folded, with at most `most` characters; how many were left out is
/// said.
pub fn excerpt(text: &str, most: usize) -> String {
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
        ] {
            assert_eq!(excerpt(text, 5), shown);
        }
    }
}
