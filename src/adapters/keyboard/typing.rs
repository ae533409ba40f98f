//! Keys and lines out of the bytes that a keyboard sends.

use super::Typed;

/// Longest line taken, bytes; the rest is dropped with it.
const LONGEST: usize = 64 * 1024;

const ESCAPE: u8 = 0x1b;

/// A line that is being typed, or none.
pub(super) struct Typing {
    keys: String,
    line: Vec<u8>,
}

impl Typing {
    /// With the letters, in lower case, that count when they are pressed alone.
    pub(super) fn new(keys: &str) -> Self {
        Self {
            keys: keys.to_owned(),
            line: Vec::new(),
        }
    }

    /// What these bytes, which came together, bring to an end. A key is a letter at the start of a line
    /// that comes with nothing but other keys: what is pasted comes in one piece and is longer. Other
    /// strokes there, such as an arrow or a stray letter, mean nothing and begin no line.
    pub(super) fn take(&mut self, bytes: &[u8], heard: &impl Fn(Typed)) {
        if self.line.is_empty() && !self.keys.is_empty() {
            let strokes = bytes.trim_ascii();
            let keys: Option<Vec<char>> = strokes.iter().map(|byte| self.key(*byte)).collect();
            if let Some(keys) = keys {
                return keys.into_iter().map(Typed::Key).for_each(heard);
            }
            let begins_an_address = |byte: &u8| byte.eq_ignore_ascii_case(&b'h');
            match strokes {
                [ESCAPE, ..] => return,
                [byte] if !begins_an_address(byte) => return,
                _ => {}
            }
        }
        for byte in bytes {
            match byte {
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    heard(Typed::Line(String::from_utf8_lossy(&line).into_owned()));
                }
                // Backspace, in both spellings.
                8 | 127 => drop(self.line.pop()),
                _ if self.line.len() < LONGEST => self.line.push(*byte),
                _ => {}
            }
        }
    }

    fn key(&self, byte: u8) -> Option<char> {
        let letter = char::from(byte.to_ascii_lowercase());
        self.keys.contains(letter).then_some(letter)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn heard(keys: &str, chunks: &[&str]) -> Vec<Typed> {
        let heard = RefCell::new(Vec::new());
        let mut typing = Typing::new(keys);
        for chunk in chunks {
            typing.take(chunk.as_bytes(), &|typed| heard.borrow_mut().push(typed));
        }
        heard.into_inner()
    }

    fn line(text: &str) -> Typed {
        Typed::Line(text.to_owned())
    }

    #[test]
    fn a_key_counts_alone_with_enter_and_in_capitals() {
        let (o, q) = (Typed::Key('o'), Typed::Key('q'));
        for chunks in [["o", "q"], ["o\r", "q\n"], ["O", "\rQ\r"]] {
            assert_eq!(heard("oq", &chunks), [o.clone(), q.clone()], "{chunks:?}");
        }
        assert_eq!(heard("oq", &["oq"]), [o, q]);
        assert_eq!(heard("oq", &["\r", "\n"]), []);
    }

    #[test]
    fn nothing_in_an_address_is_a_key() {
        let address = "http://127.0.0.1:4000/callback?code=q&state=o";
        assert_eq!(heard("oq", &[address, "\r"]), [line(address)]);
        let letters: Vec<String> = address.chars().map(String::from).collect();
        let mut typed: Vec<&str> = letters.iter().map(String::as_str).collect();
        typed.push("\r");
        assert_eq!(heard("oq", &typed), [line(address)]);
        // Broken by a terminal: the second part begins with a key.
        assert_eq!(
            heard("oq", &["http://127.0.0.1/?code=", "q", "\r"]),
            [line("http://127.0.0.1/?code=q")]
        );
    }

    #[test]
    fn a_stray_stroke_is_no_key_and_spoils_none() {
        let strays = ["x", "\u{1b}[A", "\u{1b}", " ", "\u{7f}", "o"];
        assert_eq!(heard("oq", &strays), [Typed::Key('o')]);
    }

    #[test]
    fn without_keys_lines_are_read_as_they_are() {
        assert_eq!(
            heard("", &["q\nhel", "lo\n\n"]),
            [line("q"), line("hello"), line("")]
        );
        assert_eq!(heard("", &["hx\u{8}i\n"]), [line("hi")]);
        let long = "a".repeat(LONGEST + 10);
        assert_eq!(heard("", &[&long, "\n"]), [line(&long[..LONGEST])]);
    }
}
