//! Text from outside, made harmless for a terminal: no control characters (escape sequences), no
//! characters that reorder or hide what is read.

use std::io;

use serde_json::ser::Formatter;

/// The text on one line: white space becomes a space, dangerous characters go.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if is_dangerous(c) => None,
            c => Some(c),
        })
        .collect()
}

/// C0, DEL and C1 controls; characters that change the direction of text or are invisible.
fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}')
}

/// JSON in which dangerous characters are escaped, so that the document keeps them and a terminal does
/// not see them. (JSON itself escapes C0 only.)
pub(super) struct EscapingFormatter;

impl Formatter for EscapingFormatter {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut units = [0; 2];
        for c in fragment.chars() {
            if !is_dangerous(c) {
                write!(writer, "{c}")?;
                continue;
            }
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[test]
    fn escape_sequences_and_reordering_do_not_survive() {
        for (text, expected) in [
            ("a\u{1b}[31mred\u{7}", "a[31mred"),
            ("one\ntwo\r\nthree", "one two  three"),
            ("\u{9b}2J", "2J"),
            ("user\u{202e}gnp.exe", "usergnp.exe"),
            ("Mira Chén ✓ 日本", "Mira Chén ✓ 日本"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn json_keeps_what_it_escapes() {
        let text = "a\u{9b}b\u{202e}c\u{7f}\u{1b}";
        let mut bytes = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, EscapingFormatter);
        text.serialize(&mut serializer).unwrap();
        assert!(bytes.is_ascii());
        assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), text);
    }
}
