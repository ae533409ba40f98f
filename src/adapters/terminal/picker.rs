//! A list to choose from: type to filter, space selects, Enter takes what is selected or else the row under the cursor.
//! Where one row is wanted nothing is selected, and a space is part of the filter. No crate does all of this.
//!
//! The list itself knows nothing of the terminal: keys in, lines out.

use console::{Key, Term};
use textwrap::core::display_width;

use super::{Style, Terminal};
use crate::adapters::modes::EchoOff;
use crate::adapters::table::cut;

/// Most rows shown at a time.
const MOST: usize = 15;

/// Lines around the rows: the question, the filter, what Enter does, and where the cursor rests.
const AROUND: usize = 4;

/// How many rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Exactly one.
    One,
    /// Any number.
    Any,
}

impl Wanted {
    /// What the keys do, but for Enter, of which the last line tells: the words that fit beside the question are shown,
    /// the longest first.
    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::One => &["(type to filter)"],
            Self::Any => &["(type to filter, space: select)", "(space: select)"],
        }
    }
}

/// The question with the keys, as far as there is room for them.
fn heading(question: &str, wanted: Wanted, width: usize) -> String {
    let mut with_keys = wanted
        .keys()
        .iter()
        .map(|keys| format!("{question} {keys}"));
    let fitting = with_keys.find(|line| display_width(line) <= width);
    fitting.unwrap_or_else(|| cut(question, width))
}

#[derive(Debug, PartialEq, Eq)]
enum Ended {
    /// With these rows, in their order.
    With(Vec<usize>),
    /// With Escape.
    Left,
}

struct Picker<'a> {
    rows: &'a [String],
    wanted: Wanted,
    selected: Vec<bool>,
    filter: String,
    /// Counted among the rows that pass the filter.
    cursor: usize,
    /// How many rows are shown at a time.
    page: usize,
}

impl<'a> Picker<'a> {
    fn new(rows: &'a [String], wanted: Wanted, page: usize) -> Self {
        Self {
            rows,
            wanted,
            selected: vec![false; rows.len()],
            filter: String::new(),
            cursor: 0,
            page: page.max(1),
        }
    }

    /// The rows that pass the filter, in whatever case it was typed.
    fn passing(&self) -> Vec<usize> {
        let filter = self.filter.to_lowercase();
        let rows = self.rows.iter().enumerate();
        let passing = rows.filter(|(_, row)| row.to_lowercase().contains(&filter));
        passing.map(|(at, _)| at).collect()
    }

    fn press(&mut self, key: &Key) -> Option<Ended> {
        let passing = self.passing();
        let last = passing.len().saturating_sub(1);
        let here = passing.get(self.cursor).copied();
        match key {
            Key::ArrowUp | Key::BackTab if self.cursor == 0 => self.cursor = last,
            Key::ArrowUp | Key::BackTab => self.cursor -= 1,
            Key::ArrowDown | Key::Tab if self.cursor == last => self.cursor = 0,
            Key::ArrowDown | Key::Tab => self.cursor += 1,
            Key::PageUp | Key::ArrowLeft => self.cursor = self.cursor.saturating_sub(self.page),
            Key::PageDown | Key::ArrowRight => self.cursor = last.min(self.cursor + self.page),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = last,
            Key::Char(' ') if self.wanted == Wanted::Any => {
                if let Some(selected) = here.and_then(|at| self.selected.get_mut(at)) {
                    *selected = !*selected;
                }
            }
            Key::Backspace | Key::Char('\u{8}' | '\u{7f}') => {
                self.filter.pop();
                self.cursor = 0;
            }
            Key::Char('\u{15}') => self.unfilter(),
            Key::Char(letter) if !letter.is_control() => {
                self.filter.push(*letter);
                self.cursor = 0;
            }
            Key::Escape if self.filter.is_empty() => return Some(Ended::Left),
            Key::Escape => self.unfilter(),
            Key::Enter | Key::Char('\r' | '\n') => {
                let mut taken = self.selection();
                if taken.is_empty() {
                    taken.extend(here);
                }
                // Nothing passes the filter: nothing to take yet.
                return (!taken.is_empty()).then_some(Ended::With(taken));
            }
            _ => {}
        }
        None
    }

    fn unfilter(&mut self) {
        self.filter.clear();
        self.cursor = 0;
    }

    fn selection(&self) -> Vec<usize> {
        let rows = self.selected.iter().enumerate();
        rows.filter_map(|(at, selected)| selected.then_some(at))
            .collect()
    }

    /// What stands below the question.
    fn lines(&self) -> Vec<String> {
        let passing = self.passing();
        let first = self.cursor / self.page * self.page;
        let mut lines = Vec::new();
        if !self.filter.is_empty() {
            lines.push(format!("filter: {} (esc: all)", self.filter));
        }
        let rows = passing.iter().enumerate().skip(first).take(self.page);
        lines.extend(rows.map(|(place, &at)| {
            let cursor = if place == self.cursor { '>' } else { ' ' };
            let selected = self.selected.get(at).is_some_and(|selected| *selected);
            let row = self.rows.get(at).map_or("", String::as_str);
            match (self.wanted, selected) {
                (Wanted::One, _) => format!("{cursor} {row}"),
                (Wanted::Any, true) => format!("{cursor} [x] {row}"),
                (Wanted::Any, false) => format!("{cursor} [ ] {row}"),
            }
        }));
        let enter = match (self.selection().len(), passing.len()) {
            (0, 0) => "nothing matches".to_owned(),
            (0, _) => "enter takes the row at >".to_owned(),
            (count, _) => format!("enter takes the {count} selected"),
        };
        lines.push(if passing.len() > self.page {
            let last = passing.len().min(first + self.page);
            let count = passing.len();
            format!(
                "{enter}; {} to {last} of {count}, page down: more",
                first + 1
            )
        } else {
            enter
        });
        lines
    }
}

impl Terminal {
    /// Shows the list until Enter or Escape, and takes it away again; empty after Escape.
    pub(super) fn pick(
        &self,
        question: &str,
        rows: &[String],
        wanted: Wanted,
    ) -> std::io::Result<Vec<usize>> {
        // Drawn at once, so that nothing flickers.
        let term = Term::buffered_stderr();
        let (height, width) = term.size();
        let page = usize::from(height).saturating_sub(AROUND).min(MOST);
        // The last column stays free: some terminals wrap there.
        let width = usize::from(width).max(20) - 1;
        let heading = heading(question, wanted, width);
        let mut picker = Picker::new(rows, wanted, page);
        let _echo_off = EchoOff::for_keys();
        term.hide_cursor()?;
        let ended = loop {
            let lines = picker.lines();
            term.write_line(&self.style(Style::Strong, &heading))?;
            for line in &lines {
                let line = cut(line, width);
                let line = if line.starts_with('>') {
                    self.style(Style::Strong, &line)
                } else {
                    line
                };
                term.write_line(&line)?;
            }
            term.flush()?;
            let ended = picker.press(&term.read_key()?);
            term.clear_last_lines(lines.len() + 1)?;
            if let Some(ended) = ended {
                break ended;
            }
        };
        term.show_cursor()?;
        term.flush()?;
        Ok(match ended {
            Ended::With(rows) => rows,
            Ended::Left => Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [&str; 5] = [
        "4211 AWS",
        "4212 Grafana",
        "4213 aws",
        "4214 Okta",
        "4215 Vault",
    ];

    #[test]
    fn a_narrow_terminal_shortens_the_keys_and_not_the_question() {
        let long = "which tasks? (type to filter, space: select)";
        let short = "which tasks? (space: select)";
        for (width, shown) in [
            (44, long),
            (43, short),
            (28, short),
            (27, "which tasks?"),
            (8, "which t…"),
        ] {
            assert_eq!(heading("which tasks?", Wanted::Any, width), shown);
        }
        assert_eq!(
            heading("which?", Wanted::One, 23),
            "which? (type to filter)"
        );
        assert_eq!(heading("which?", Wanted::One, 22), "which?");
    }

    fn rows() -> Vec<String> {
        ROWS.map(str::to_owned).to_vec()
    }

    fn key(letter: char) -> Key {
        match letter {
            '\n' => Key::Enter,
            '<' => Key::Backspace,
            '^' => Key::ArrowUp,
            'v' => Key::ArrowDown,
            '*' => Key::Escape,
            '+' => Key::PageDown,
            '-' => Key::PageUp,
            '$' => Key::End,
            letter => Key::Char(letter),
        }
    }

    fn ends(keys: &str) -> Option<Ended> {
        let rows = rows();
        let mut picker = Picker::new(&rows, Wanted::Any, 2);
        keys.chars().find_map(|letter| picker.press(&key(letter)))
    }

    fn with(rows: &[usize]) -> Ended {
        Ended::With(rows.to_vec())
    }

    #[test]
    fn enter_takes_what_is_selected_or_the_row_under_the_cursor() {
        for (keys, rows) in [
            ("\n", &[0][..]),
            ("vv\n", &[2]),
            ("^\n", &[4]),
            ("$v\n", &[0]),
            (" vv v\n", &[0, 2]),
            (" ^ \n", &[0, 4]),
            // Selected and unselected again.
            ("  v\n", &[1]),
            ("+\n", &[2]),
            ("+++\n", &[4]),
            ("++-\n", &[2]),
        ] {
            assert_eq!(ends(keys), Some(with(rows)), "{keys:?}");
        }
        assert_eq!(ends("*"), Some(Ended::Left));
    }

    #[test]
    fn what_is_typed_filters_in_any_case() {
        for (keys, rows) in [
            ("aWs\n", &[0][..]),
            ("awsv\n", &[2]),
            ("gr\n", &[1]),
            ("okx<\n", &[3]),
            ("ok*\n", &[0]),
            ("ok\u{15}\n", &[0]),
            // What was selected stays so while others are looked for.
            (" ok \n", &[0, 3]),
            // Nothing passes, and then something does.
            ("zzz\n<<<\n", &[0]),
            ("zzz <<<\n", &[0]),
        ] {
            assert_eq!(ends(keys), Some(with(rows)), "{keys:?}");
        }
        assert_eq!(ends("zzz\n"), None);
    }

    #[test]
    fn the_list_says_what_enter_takes_and_that_there_is_more() {
        let rows = rows();
        let mut picker = Picker::new(&rows, Wanted::Any, 2);
        let lines = [
            "> [ ] 4211 AWS",
            "  [ ] 4212 Grafana",
            "enter takes the row at >; 1 to 2 of 5, page down: more",
        ];
        assert_eq!(picker.lines(), lines);
        for letter in "$ ".chars() {
            picker.press(&key(letter));
        }
        let lines = [
            "> [x] 4215 Vault",
            "enter takes the 1 selected; 5 to 5 of 5, page down: more",
        ];
        assert_eq!(picker.lines(), lines);
        for letter in "gra".chars() {
            picker.press(&key(letter));
        }
        let lines = [
            "filter: gra (esc: all)",
            "> [ ] 4212 Grafana",
            "enter takes the 1 selected",
        ];
        assert_eq!(picker.lines(), lines);
    }

    #[test]
    fn where_one_is_wanted_a_space_is_part_of_the_filter() {
        let rows = rows();
        let mut picker = Picker::new(&rows, Wanted::One, 2);
        for letter in "11 a".chars() {
            assert_eq!(picker.press(&key(letter)), None);
        }
        let lines = [
            "filter: 11 a (esc: all)",
            "> 4211 AWS",
            "enter takes the row at >",
        ];
        assert_eq!(picker.lines(), lines);
        assert_eq!(picker.press(&key('\n')), Some(with(&[0])));
    }
}
