//! Text from outside, made harmless for a terminal: no control characters (escape sequences), no
//! characters that reorder, hide or are hidden in what is read. The terminal's writers let through nothing else,
//! our own emphasis aside.

use std::io;

use serde_json::ser::{Formatter, PrettyFormatter};

use super::hidden::without_secrets;
use crate::domain::excerpt::{TITLE, excerpt};
use crate::domain::unseen::{is_unseen, unpiled};

/// The text on one line: white space becomes a space, dangerous characters go.
pub(crate) fn sanitize(text: &str) -> String {
    let seen = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_unseen(c) => None,
        c => Some(c),
    });
    unpiled(seen).collect()
}

/// A title, or what somebody or something is called, among words of ours: no longer than is read, and not padded until
/// what follows looks like a line of ours.
pub(crate) fn short(text: &str) -> String {
    sanitize(&excerpt(text, TITLE))
}

/// The text as [`sanitize`] leaves it, without the secrets of this run, also where they were spelled with characters that
/// nobody sees.
pub(super) fn harmless(text: &str) -> String {
    without_secrets(&sanitize(&without_secrets(text))).into_owned()
}

/// Each line of a text of ours as [`sanitize`] leaves it.
pub(crate) fn sanitize_lines(text: &str) -> String {
    text.lines().map(sanitize).collect::<Vec<_>>().join("\n")
}

/// Lines of our own, in which a value from outside may have been left as it came: emphasis stays, everything else
/// that is dangerous goes. A line feed of a value cannot be told from ours: [`sanitize`] is for values.
///
/// Nor do the secrets of this run get through.
pub(super) fn shown(lines: &str) -> String {
    let lines = without_secrets(lines);
    let lines: Vec<String> = lines.split('\n').map(shown_line).collect();
    // Once more: one may have been spelled with characters that nobody sees.
    without_secrets(&lines.join("\n")).into_owned()
}

/// The sequences that the terminal's emphasis is made of (SGR). None of them hides anything.
pub(super) const EMPHASIS: [&str; 6] = [
    "\u{1b}[0m",
    "\u{1b}[1m",
    "\u{1b}[1;31m",
    "\u{1b}[1;32m",
    "\u{1b}[2m",
    "\u{1b}[33m",
];

fn shown_line(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        shown.push_str(&sanitize(before));
        let ours = EMPHASIS
            .iter()
            .find_map(|ours| Some((*ours, after.strip_prefix(ours.strip_prefix('\u{1b}')?)?)));
        let (kept, after) = ours.unwrap_or(("", after));
        shown.push_str(kept);
        rest = after;
    }
    shown + &sanitize(rest)
}

/// JSON in which dangerous characters are escaped, so that the document keeps them and a terminal does
/// not see them. (JSON itself escapes C0 only.)
pub(super) enum EscapingFormatter {
    /// Beyond U+FFFF by two surrogates (RFC 8259 section 7).
    Json,
    /// By `\U` and eight digits there (YAML 1.2 section 5.7): YAML knows no surrogates.
    Yaml,
}

impl Formatter for EscapingFormatter {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut units = [0; 2];
        for c in fragment.chars() {
            if !is_unseen(c) {
                write!(writer, "{c}")?;
                continue;
            }
            if matches!(self, Self::Yaml) && c > '\u{FFFF}' {
                write!(writer, "\\U{:08x}", u32::from(c))?;
                continue;
            }
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

/// JSON on lines of their own, with the same escapes.
#[derive(Default)]
pub(super) struct Indented(PrettyFormatter<'static>);

impl Formatter for Indented {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        EscapingFormatter::Json.write_string_fragment(writer, fragment)
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
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
            // Tag characters, which spell ASCII that nobody sees.
            ("4211\u{e0031}\u{e007f}", "4211"),
            (
                "pro\u{ad}d \u{3164}\u{2800}\u{115f}\u{ffa0}x\u{fe0f}",
                "prod x",
            ),
        ] {
            assert_eq!(sanitize(text), expected);
        }
    }

    #[test]
    fn our_own_emphasis_is_all_that_is_left() {
        let own: String = EMPHASIS.concat();
        assert_eq!(shown(&own), own);
        for (text, expected) in [
            ("\u{1b}[1ma\u{1b}[0m\nb", "\u{1b}[1ma\u{1b}[0m\nb"),
            // Conceal, a cursor, a clipboard, and one that only begins like ours.
            ("a\u{1b}[8mb\u{1b}[2Jc", "a[8mb[2Jc"),
            ("\u{1b}]52;c;eA==\u{7}4211", "]52;c;eA==4211"),
            ("\u{1b}\u{1b}[1mx\u{1b}[1;8mx\u{1b}", "\u{1b}[1mx[1;8mx"),
            ("a\rb\u{9b}1mc\u{202e}", "a b1mc"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_secret_is_hidden_with_unseen_characters_in_it_too() {
        crate::adapters::hidden::hide("sanitize-test-secret");
        let spelled = "a sanitize-\u{200b}test-\u{1b}secret b";
        assert_eq!(shown(spelled), "a (hidden) b");
        assert_eq!(harmless(spelled), "a (hidden) b");
    }

    #[test]
    fn json_keeps_what_it_escapes() {
        let text = "a\u{9b}b\u{202e}c\u{7f}\u{1b}\u{e0041}";
        let mut bytes = Vec::new();
        let mut serializer =
            serde_json::Serializer::with_formatter(&mut bytes, EscapingFormatter::Json);
        text.serialize(&mut serializer).unwrap();
        assert!(bytes.is_ascii());
        assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), text);
    }
}
