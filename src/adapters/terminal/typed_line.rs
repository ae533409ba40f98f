//! A line of text that is typed on a row of the terminal, and can be changed until Enter. The row scrolls: what is typed is
//! never broken over two rows, of which one would stay behind.
//!
//! The line itself knows nothing of the terminal: keys in, a row and the cursor's place out.

use console::Key;
use textwrap::core::display_width;

use crate::adapters::table::cut;

/// What was typed so far, and where the cursor is.
#[derive(Debug, Default)]
pub(super) struct TypedLine {
    letters: Vec<char>,
    cursor: usize,
}

/// As much of the line as a row has room for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InSight {
    /// The row, with a mark at each end that is out of sight.
    pub(super) row: String,
    /// Columns from the cursor to the end of the row.
    pub(super) behind: usize,
}

impl TypedLine {
    /// Takes a key; whether it ended the line.
    pub(super) fn press(&mut self, key: &Key) -> bool {
        match key {
            Key::Enter | Key::Char('\r' | '\n') => return true,
            Key::Backspace | Key::Char('\u{8}' | '\u{7f}') => {
                self.take(self.cursor.saturating_sub(1));
            }
            Key::Del if self.cursor < self.letters.len() => drop(self.letters.remove(self.cursor)),
            Key::Char('\u{15}') => self.take(0),
            Key::Char('\u{17}') => self.take(self.word()),
            Key::ArrowLeft => self.cursor = self.cursor.saturating_sub(1),
            Key::ArrowRight => self.cursor = self.letters.len().min(self.cursor + 1),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.letters.len(),
            Key::Char(letter) if !letter.is_control() => {
                self.letters.insert(self.cursor, *letter);
                self.cursor += 1;
            }
            _ => {}
        }
        false
    }

    /// Takes away what stands from here to the cursor.
    fn take(&mut self, from: usize) {
        self.letters.drain(from..self.cursor);
        self.cursor = from;
    }

    /// Where the word before the cursor begins.
    fn word(&self) -> usize {
        let before = self.letters.iter().take(self.cursor).rev();
        let mut in_word = false;
        let length = before
            .take_while(|letter| {
                in_word |= !letter.is_whitespace();
                !(in_word && letter.is_whitespace())
            })
            .count();
        self.cursor - length
    }

    /// What was typed.
    pub(super) fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// What a row of so many columns shows; one of them is the cursor's.
    pub(super) fn in_sight(&self, columns: usize) -> InSight {
        let room = columns.saturating_sub(1);
        let (before, behind) = self.letters.split_at(self.cursor);
        // What was typed last matters most: it is the other end that goes.
        let from_cursor: String = before.iter().rev().collect();
        let kept = cut(
            &from_cursor,
            room.saturating_sub(usize::from(!behind.is_empty())),
        );
        let before: String = kept.chars().rev().collect();
        let behind: String = behind.iter().collect();
        let behind = cut(&behind, room.saturating_sub(display_width(&before)));
        InSight {
            behind: display_width(&behind),
            row: before + &behind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> TypedLine {
        let mut line = TypedLine::default();
        for letter in keys.chars() {
            let key = match letter {
                '<' => Key::ArrowLeft,
                '>' => Key::ArrowRight,
                '^' => Key::Home,
                '$' => Key::End,
                '#' => Key::Backspace,
                '*' => Key::Del,
                '\t' => Key::Tab,
                letter => Key::Char(letter),
            };
            assert!(!line.press(&key));
        }
        line
    }

    #[test]
    fn a_line_can_be_changed_until_enter() {
        for (keys, text) in [
            ("acme", "acme"),
            ("acne#", "acn"),
            ("acne<#*me", "acme"),
            ("cme^a", "acme"),
            ("^^<#*", ""),
            ("cme^a$.", "acme."),
            ("ace<m>>>.", "acme."),
            ("wrong\u{15}right", "right"),
            ("one two  \u{17}", "one "),
            ("one two\u{17}\u{17}\u{17}", ""),
            ("日本x#", "日本"),
            // Neither is a letter.
            ("a\t\u{1a}b", "ab"),
        ] {
            assert_eq!(typed(keys).text(), text, "{keys:?}");
        }
        assert!(typed("acme").press(&Key::Enter));
    }

    #[test]
    fn a_row_shows_where_the_cursor_is() {
        for (keys, columns, row, behind) in [
            ("acme", 10, "acme", 0),
            ("acme<<", 10, "acme", 2),
            ("0123456789", 11, "0123456789", 0),
            ("0123456789", 8, "…456789", 0),
            ("0123456789^", 8, "012345…", 7),
            ("0123456789^>", 8, "012345…", 6),
            ("0123456789<<<", 8, "…23456…", 1),
            ("日本日本日本", 8, "…本日本", 0),
        ] {
            let seen = typed(keys).in_sight(columns);
            let wanted = InSight {
                row: row.to_owned(),
                behind,
            };
            assert_eq!(seen, wanted, "{keys:?}");
        }
    }

    #[test]
    fn no_row_is_wider_than_there_is_room() {
        for text in ["0123456789abcdef", "日本日本日本日本日本", "a日b本c日d本"] {
            for back in 0..20 {
                for columns in 3..40 {
                    let seen = typed(&format!("{text}{}", "<".repeat(back))).in_sight(columns);
                    let width = display_width(&seen.row);
                    assert!(width < columns && seen.behind <= width, "{seen:?}");
                }
            }
        }
    }
}
