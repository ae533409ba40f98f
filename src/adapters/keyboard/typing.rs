//! Keys and lines out of the bytes that a keyboard sends.

use super::typed::Typed;

/// Longest line taken, bytes; the rest is dropped with it.
const LONGEST: usize = 64 * 1024;

/// How an address begins, as far as is needed to know it. No key is the first letter of one.
const ADDRESSES: [&[u8]; 4] = [b"http", b"localhost", b"127.", b"[::1]"];

/// A line that is being typed, or none.
pub(super) struct Typing {
    keys: String,
    addresses: bool,
    line: Vec<u8>,
    /// What the line is, if it is neither empty nor an address.
    begun: Begun,
}

/// What was typed of a line that is no address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    Nothing,
    /// Keys, which may be followed by Enter.
    Keys,
    Stray,
}

impl Typing {
    /// With the letters, in lower case, that count when they are pressed alone, and whether addresses are taken
    /// beside them. Without keys every line is taken.
    pub(super) fn new(keys: &str, addresses: bool) -> Self {
        Self {
            keys: keys.to_owned(),
            addresses,
            line: Vec::new(),
            begun: Begun::Nothing,
        }
    }

    /// Takes bytes that came together, and tells `heard` of the keys and lines that they complete. A key is a letter
    /// at the start of a line that comes with nothing but other keys. What is pasted may come in pieces of any size:
    /// an address is known by its beginning, and nothing in it is a key. Other bytes are dropped.
    pub(super) fn take(&mut self, bytes: &[u8], heard: &impl Fn(Typed)) {
        if self.keys.is_empty() {
            return self.push(bytes, heard);
        }
        let mut stray = false;
        for (place, piece) in bytes.split_inclusive(|byte| is_end(*byte)).enumerate() {
            if self.goes_on(piece) {
                self.push(piece, heard);
                continue;
            }
            // Whatever was begun was no address.
            self.line.clear();
            if place == 0
                && let Some(keys) = self.all_keys(bytes)
            {
                return self.pressed(keys, bytes, heard);
            }
            if self.goes_on(piece) {
                self.push(piece, heard);
            } else {
                stray |= self.strays(piece);
            }
        }
        if stray {
            heard(Typed::Stray);
        }
    }

    /// Keys alone, or an Enter, which may be that of an earlier key.
    fn pressed(&mut self, keys: Vec<char>, bytes: &[u8], heard: &impl Fn(Typed)) {
        let entered = bytes.iter().any(|byte| is_end(*byte));
        if keys.is_empty() && entered && self.begun == Begun::Nothing {
            heard(Typed::Empty);
        }
        if entered {
            self.begun = Begun::Nothing;
        } else if !keys.is_empty() {
            self.begun = Begun::Keys;
        }
        keys.into_iter().map(Typed::Key).for_each(heard);
    }

    /// Takes a piece that is neither a key nor of an address; whether it is the first such of its line.
    fn strays(&mut self, piece: &[u8]) -> bool {
        let first = piece.trim_ascii().first();
        let stray = first.is_some_and(|byte| !byte.is_ascii_control());
        let told = self.begun == Begun::Stray;
        if piece.last().is_some_and(|byte| is_end(*byte)) {
            self.begun = Begun::Nothing;
        } else if stray {
            self.begun = Begun::Stray;
        }
        stray && !told
    }

    /// Whether the line is, or can still become, an address with this piece.
    fn goes_on(&self, piece: &[u8]) -> bool {
        let joined = [self.line.as_slice(), piece].concat();
        let joined = joined.trim_ascii();
        self.addresses
            && !joined.is_empty()
            && ADDRESSES.iter().any(|start| {
                let mut both = joined.iter().zip(*start);
                both.all(|(one, other)| one.eq_ignore_ascii_case(other))
            })
    }

    fn push(&mut self, bytes: &[u8], heard: &impl Fn(Typed)) {
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

    fn all_keys(&self, bytes: &[u8]) -> Option<Vec<char>> {
        bytes
            .trim_ascii()
            .iter()
            .map(|byte| self.key(*byte))
            .collect()
    }

    fn key(&self, byte: u8) -> Option<char> {
        let letter = char::from(byte.to_ascii_lowercase());
        self.keys.contains(letter).then_some(letter)
    }
}

/// Whether it ends a line.
const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use proptest::prelude::*;

    use super::*;

    fn heard(keys: &str, chunks: &[&str]) -> Vec<Typed> {
        let heard = RefCell::new(Vec::new());
        let mut typing = Typing::new(keys, true);
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
    }

    #[test]
    fn an_enter_alone_is_an_empty_line_unless_a_key_is_before_it() {
        assert_eq!(heard("oq", &["\r"]), [Typed::Empty]);
        assert_eq!(heard("oq", &["o", "\r"]), [Typed::Key('o')]);
        for twice in [["o\r", "\r"].as_slice(), &["o", "\r", "\n"]] {
            assert_eq!(heard("oq", twice), [Typed::Key('o'), Typed::Empty]);
        }
        assert_eq!(heard("oq", &["x", "\r"]), [Typed::Stray]);
        assert_eq!(heard("oq", &["\u{1b}[A", " "]), []);
    }

    /// A code that is pasted comes in pieces; another one is another line.
    #[test]
    fn a_line_that_means_nothing_is_told_once() {
        assert_eq!(heard("oq", &["Splx", "lOBe", "\r"]), [Typed::Stray]);
        let twice = [Typed::Stray, Typed::Stray];
        assert_eq!(heard("oq", &["Splx\r", "Splx\r"]), twice);
        assert_eq!(heard("oq", &["x", "\r", "x", "x"]), twice);
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

    proptest! {
        /// However a terminal splits what is pasted, and whatever was typed before it.
        #[test]
        fn nothing_in_a_split_address_is_a_key(
            start in "(https?://|HTTP://|Localhost:|127\\.0\\.0\\.1:|\\[::1\\]:)",
            rest in "[ocpqOCPQ0-9a-z/?&=._~%-]{0,80}",
            before in prop::sample::select(vec!["", "x", "\u{439}", "\u{1b}[A", "hx"]),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let address = format!("{start}{rest}");
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(address.len())).collect();
            cuts.extend([0, address.len()]);
            cuts.sort_unstable();
            let mut chunks = vec![before];
            chunks.extend(cuts.windows(2).map(|two| &address[two[0]..two[1]]).filter(|chunk| !chunk.is_empty()));
            chunks.extend(["\r", "q"]);
            let mut said = heard("ocpq", &chunks);
            said.retain(|typed| *typed != Typed::Stray);
            prop_assert_eq!(said, [line(&address), Typed::Key('q')]);
        }

        #[test]
        fn where_nothing_is_pasted_nothing_is_ever_a_line(text in "\\PC{0,20}", enter in any::<bool>()) {
            let mut typing = Typing::new("cq", false);
            let said = RefCell::new(Vec::new());
            let hear = |typed| said.borrow_mut().push(typed);
            for chunk in text.chars().map(String::from).chain(enter.then(|| "\r".to_owned())) {
                typing.take(chunk.as_bytes(), &hear);
            }
            prop_assert!(!said.borrow().iter().any(|typed| matches!(typed, Typed::Line(_))));
            said.borrow_mut().clear();
            typing.take(b"q", &hear);
            prop_assert_eq!(said.into_inner(), [Typed::Key('q')]);
        }
    }

    #[test]
    fn a_stray_stroke_is_no_key_and_spoils_none() {
        let key = Typed::Key;
        let silent = ["\u{1b}[A", "\u{1b}", " ", "\u{7f}", "o"];
        assert_eq!(heard("oq", &silent), [key('o')]);
        for stray in ["x", "\u{439}", "hello, q\r", "hx", "\rq no"] {
            assert_eq!(
                heard("oq", &[stray, "o"]),
                [Typed::Stray, key('o')],
                "{stray}"
            );
        }
        // A beginning of an address that comes to nothing.
        assert_eq!(heard("oq", &["h", "q"]), [key('q')]);
        assert_eq!(heard("oq", &["h", "t", "x", "q"]), [Typed::Stray, key('q')]);
        assert_eq!(heard("oq", &["h", "\u{7f}", "q"]), [key('q')]);
        let address = "http://127.0.0.1/?code=q";
        assert_eq!(heard("oq", &["h", address, "\r"]), [line(address)]);
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
