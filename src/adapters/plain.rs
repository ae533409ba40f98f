//! Text from outside, made harmless to show: control characters and those that turn the reading
//! direction or hide are taken out. Escaping for HTML or for JSON is another matter.

/// The text without what could move a cursor, recolour a terminal or disguise another text. Line breaks
/// and tabs become spaces.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|char| match char {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            // Marks, embeddings, overrides and isolates of the bidirectional algorithm; invisible ones.
            '\u{061c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => None,
            char if char.is_control() => None,
            char => Some(char),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn control_and_bidi_characters_are_taken_out() {
        for (text, shown) in [
            ("plain – ünïcode", "plain – ünïcode"),
            ("\u{1b}[31mred\u{1b}[0m\u{7}", "[31mred[0m"),
            ("two\r\nlines\tand\u{2028}more", "two  lines and more"),
            ("gpj.\u{202e}exe\u{202c}", "gpj.exe"),
            ("\u{9b}31m\u{2066}a\u{2069}\u{200f}\u{feff}\0", "31ma"),
        ] {
            assert_eq!(plain(text), shown);
        }
    }
}
