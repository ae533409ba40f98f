//! What a person is asked, where one is there. Only what is typed after a question is shown answers it, and an
//! error of the terminal is no answer.

use std::io;

use console::{Key, Term};
use textwrap::core::display_width;

use super::Terminal;
use super::picker::Wanted;
use super::typed_line::TypedLine;
use crate::adapters::credentials::Secret;
use crate::adapters::modes::EchoOff;
use crate::adapters::pending;
use crate::adapters::sanitize::sanitize;
use crate::adapters::wrapped::fitted;

/// Why a question that was asked has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoAnswer {
    /// Ctrl-C. A question reads the keyboard raw, so the signal comes late, if at all.
    #[error("Ctrl-C")]
    CtrlC,
    /// A terminal on Windows that is no console, so that no key can be read: Git Bash's, for one.
    #[error("the answer could not be read: this terminal is no Windows console")]
    NoConsole,
    /// The terminal ended, was hung up, or cannot be read.
    #[error("the answer could not be read: {0}")]
    Unreadable(io::Error),
}

impl From<io::Error> for NoAnswer {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => Self::CtrlC,
            io::ErrorKind::Unsupported => Self::NoConsole,
            _ => Self::Unreadable(error),
        }
    }
}

/// A line of the keyboard, whose echo is off. What was typed since the question is part of it, which
/// `read_secure_line` would throw away.
#[cfg(unix)]
fn unseen_line(term: &Term) -> io::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    // Enter makes it an answer; a terminal that ended does not.
    if !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    term.write_line("")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A line of keys, none of which the console shows when they are read one by one. `read_secure_line` takes Backspace for
/// nothing.
#[cfg(windows)]
fn unseen_line(term: &Term) -> io::Result<String> {
    let line = line_of(|| term.read_key())?;
    term.write_line("")?;
    Ok(line)
}

/// The line that these keys type, up to Enter.
#[cfg(any(windows, test))]
fn line_of(mut key: impl FnMut() -> io::Result<Key>) -> io::Result<String> {
    let mut line = TypedLine::default();
    loop {
        match key()? {
            Key::CtrlC => return Err(io::ErrorKind::Interrupted.into()),
            // Where nobody sees the cursor, it stays at the end.
            Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End | Key::Del => {}
            key if line.press(&key) => return Ok(line.text()),
            _ => {}
        }
    }
}

impl Terminal {
    /// Asks for consent: a yes-or-no question; no is the default, and what Escape says. `None` when nobody is there to ask.
    pub(crate) fn confirm(&self, question: &str) -> Result<Option<bool>, NoAnswer> {
        if !self.can_ask() {
            return Ok(None);
        }
        let answer = self.yes_or_no(question, false)?;
        Ok(Some(answer.unwrap_or(false)))
    }

    /// Asks a yes-or-no question whose answer consents to nothing, with this default. `None` when nobody is there to ask,
    /// or Escape was pressed.
    pub(crate) fn yes_or_no(
        &self,
        question: &str,
        default: bool,
    ) -> Result<Option<bool>, NoAnswer> {
        if !self.can_ask() {
            return Ok(None);
        }
        let _asking = self.asking();
        let choice = if default { " [Y/n] " } else { " [y/N] " };
        let term = Term::stderr();
        loop {
            // Nor does what came with an answer that was none, such as the rest of a paste.
            pending::discard()?;
            let row = begin(&term, question, choice.len() + "yes".len())? + choice;
            let Some(answer) = self.line(&term, &row)? else {
                return Ok(None);
            };
            // One word of two, and Enter: no letter of another word consents.
            match answer.trim().to_lowercase().as_str() {
                "" => return Ok(Some(default)),
                "y" | "yes" => return Ok(Some(true)),
                "n" | "no" => return Ok(Some(false)),
                _ => term.write_line("type `y` for yes or `n` for no, then Enter")?,
            }
        }
    }

    /// A line that is typed behind this; `None` when Escape was pressed.
    fn line(&self, term: &Term, row: &str) -> io::Result<Option<String>> {
        self.in_a_row(|| {
            if self.options.dumb_terminal {
                plain_line(term, row).map(Some)
            } else {
                typed_line(term, row)
            }
        })
    }

    /// Asks for a line of text; `None` when nobody is there or nothing was typed.
    pub(crate) fn ask(&self, question: &str) -> Result<Option<String>, NoAnswer> {
        if !self.can_ask() {
            return Ok(None);
        }
        let _asking = self.asking();
        pending::discard()?;
        let term = Term::stderr();
        let row = begin(&term, &format!("{question}: "), ROOM)?;
        let answer = self.line(&term, &row)?;
        Ok(answer.filter(|text| !text.trim().is_empty()))
    }

    /// Asks for a secret, which is not shown; `None` when nobody is there or nothing was typed.
    pub(crate) fn ask_secretly(&self, question: &str) -> Result<Option<Secret>, NoAnswer> {
        if !self.can_ask() {
            return Ok(None);
        }
        let _asking = self.asking();
        let term = Term::stderr();
        let read = || {
            // What was typed with the echo on was seen, and was no secret.
            pending::discard()?;
            term.write_str(&begin(&term, &format!("{question}: "), 1)?)?;
            unseen_line(&term)
        };
        let echo_off = EchoOff::begin();
        let answer = self.in_a_row(read);
        drop(echo_off);
        let text = Secret::new(answer?);
        Ok(Some(text).filter(|text| !text.expose().trim().is_empty()))
    }

    /// Lets the person choose any number of these lines; the indices of those chosen. Empty when nobody is
    /// there.
    pub(crate) fn choose(&self, question: &str, lines: &[String]) -> Result<Vec<usize>, NoAnswer> {
        self.chosen(question, lines, Wanted::Any)
    }

    /// Lets the person choose one of these lines: its index. `None` when nobody is there, or nothing was chosen.
    pub(crate) fn choose_one(
        &self,
        question: &str,
        lines: &[String],
    ) -> Result<Option<usize>, NoAnswer> {
        let chosen = self.chosen(question, lines, Wanted::One)?;
        Ok(chosen.first().copied())
    }

    fn chosen(
        &self,
        question: &str,
        lines: &[String],
        wanted: Wanted,
    ) -> Result<Vec<usize>, NoAnswer> {
        if !self.can_ask() {
            return Ok(Vec::new());
        }
        let _asking = self.asking();
        pending::discard()?;
        let lines: Vec<String> = lines.iter().map(|line| sanitize(line)).collect();
        if self.options.dumb_terminal {
            return Ok(choose_by_number(question, &lines, wanted)?);
        }
        Ok(self.pick(question, &lines, wanted)?)
    }
}

/// Columns that a line of text is given, if the terminal has them.
const ROOM: usize = 16;
/// Columns that what is typed has at least, one of them the cursor's.
const SMALLEST: usize = 4;

/// Shows a question up to its last row, which is handed back: the answer, which takes so many columns, goes behind it.
/// Only that row is ever drawn again.
fn begin(term: &Term, question: &str, answer: usize) -> io::Result<String> {
    let (above, row) = laid_out(&sanitize(question), answer, columns(term));
    for row in above {
        term.write_line(&row)?;
    }
    Ok(row)
}

/// The rows of a question, and the one that the answer goes on.
fn laid_out(question: &str, answer: usize, columns: usize) -> (Vec<String>, String) {
    // Spaces at the end keep the answer apart.
    let words = question.trim_end();
    let gap = question.get(words.len()..).unwrap_or_default();
    let room = columns.saturating_sub(answer + gap.len());
    let mut rows = fitted(words, columns);
    if rows
        .lines()
        .last()
        .is_some_and(|row| display_width(row) > room)
    {
        rows = fitted(words, room.max(columns / 2));
    }
    let mut rows: Vec<String> = rows.lines().map(str::to_owned).collect();
    let last = rows.pop().unwrap_or_default() + gap;
    (rows, last)
}

/// Columns of a row; the last one stays free, since some terminals wrap there.
fn columns(term: &Term) -> usize {
    usize::from(term.size().1).max(20) - 1
}

/// A line that is typed behind this, and changed until Enter; `None` when it was left with Escape, or with
/// Ctrl-D before anything was typed.
fn typed_line(term: &Term, before: &str) -> io::Result<Option<String>> {
    let _echo_off = EchoOff::for_keys();
    let mut line = TypedLine::default();
    let entered = loop {
        let room = columns(term).saturating_sub(display_width(before));
        let seen = line.in_sight(room.max(SMALLEST));
        term.clear_line()?;
        term.write_str(&format!("{before}{}", seen.row))?;
        term.move_cursor_left(seen.behind)?;
        let key = term.read_key()?;
        let ended = key == Key::Char('\u{4}') && line.text().is_empty();
        if key == Key::Escape || ended {
            break None;
        }
        if line.press(&key) {
            break Some(line.text());
        }
    };
    term.clear_line()?;
    let text = entered.as_deref().map(sanitize).unwrap_or_default();
    term.write_line(&format!("{before}{text}"))?;
    Ok(entered)
}

/// A line that is typed behind this on a terminal that understands nothing but text.
fn plain_line(term: &Term, before: &str) -> io::Result<String> {
    term.write_str(before)?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    // Enter makes it an answer; a terminal that ended does not.
    if !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim().to_owned())
}

fn choose_by_number(question: &str, lines: &[String], wanted: Wanted) -> io::Result<Vec<usize>> {
    let term = Term::stderr();
    let keys = match wanted {
        Wanted::One => "a number; enter: none",
        Wanted::Any => "numbers, such as 1 3; enter: none",
    };
    for (at, line) in lines.iter().enumerate() {
        let line = fitted(&format!("{:>3}  {line}", at + 1), columns(&term));
        term.write_line(&line)?;
    }
    loop {
        let row = begin(&term, &format!("{question} ({keys}) "), 1)?;
        let answer = plain_line(&term, &row)?;
        match numbers(&answer, lines.len()) {
            Ok(several) if wanted == Wanted::One && several.len() > 1 => {
                term.write_line("only one can be chosen")?;
            }
            Ok(chosen) => return Ok(chosen),
            Err(word) => {
                let word = sanitize(word);
                term.write_line(&format!(
                    "`{word}` is not a number from 1 to {}",
                    lines.len()
                ))?;
            }
        }
    }
}

/// The rows with these numbers, each once, or the first word that is none.
fn numbers(answer: &str, most: usize) -> Result<Vec<usize>, &str> {
    let words = answer.split([' ', ',']).filter(|word| !word.is_empty());
    let mut chosen = Vec::new();
    for word in words {
        let number: usize = word.parse().map_err(|_| word)?;
        if number == 0 || number > most {
            return Err(word);
        }
        if !chosen.contains(&(number - 1)) {
            chosen.push(number - 1);
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(keys: &[Key]) -> io::Result<String> {
        let mut keys = keys.iter().cloned();
        line_of(|| keys.next().ok_or(io::ErrorKind::UnexpectedEof.into()))
    }

    fn typed(text: &str) -> String {
        let keys = text.chars().map(|letter| match letter {
            '<' => Key::Backspace,
            '^' => Key::ArrowLeft,
            '\n' => Key::Enter,
            letter => Key::Char(letter),
        });
        line(&keys.collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn backspace_takes_a_character_of_a_secret_away() {
        assert_eq!(typed("s3crXX<<et\nmore"), "s3cret");
        assert_eq!(typed("<<a\u{e9}\u{1f511}<<b\n"), "ab");
        assert_eq!(typed("wrong\u{15}right\n"), "right");
        assert_eq!(typed("ab\u{8}\u{7f}c\r"), "c");
    }

    #[test]
    fn keys_that_are_no_characters_are_no_part_of_a_secret() {
        assert_eq!(typed("a^\u{0}\u{1a}b\t\n"), "ab");
        assert_eq!(typed("\n"), "");
    }

    #[test]
    fn a_secret_that_is_broken_off_is_none() {
        let ctrl_c = [Key::Char('a'), Key::CtrlC, Key::Enter];
        assert!(matches!(
            NoAnswer::from(line(&ctrl_c).unwrap_err()),
            NoAnswer::CtrlC
        ));
        assert!(matches!(
            NoAnswer::from(line(&[Key::Char('a')]).unwrap_err()),
            NoAnswer::Unreadable(_)
        ));
    }

    #[test]
    fn a_question_is_broken_between_words_and_keeps_room_for_its_answer() {
        let long = "approve task 4211 with step-up at Sandbox, phishing-resistant (phr)?";
        for (question, answer, columns, above, last) in [
            (long, 7, 79, &[][..], long),
            (
                long,
                7,
                39,
                &["approve task 4211 with step-up", "    at Sandbox,"],
                "    phishing-resistant (phr)?",
            ),
            ("comment: ", 16, 39, &[], "comment: "),
            (
                "C1 tenant or URL of the API (such as `acme`): ",
                16,
                39,
                &["C1 tenant or URL of the API (such as"],
                "    `acme`): ",
            ),
        ] {
            let above: Vec<String> = above.iter().map(|row| (*row).to_owned()).collect();
            let wanted = (above, last.to_owned());
            assert_eq!(laid_out(question, answer, columns), wanted);
        }
        for columns in 19..120 {
            let (above, last) = laid_out(long, 7, columns);
            let words = above.join(" ") + " " + &last;
            assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), long);
        }
    }

    #[test]
    fn rows_are_chosen_by_their_numbers() {
        for (answer, chosen) in [
            ("", Ok(&[][..])),
            ("2", Ok(&[1])),
            ("3 1, 3", Ok(&[2, 0])),
            ("0", Err("0")),
            ("1 4", Err("4")),
            ("1 all", Err("all")),
            ("-1", Err("-1")),
        ] {
            let chosen = chosen.map(<[usize]>::to_vec);
            assert_eq!(numbers(answer, 3), chosen, "{answer:?}");
        }
    }

    #[test]
    fn a_terminal_without_keys_is_told_from_one_that_ended() {
        let error = io::Error::from(io::ErrorKind::Unsupported);
        assert!(matches!(NoAnswer::from(error), NoAnswer::NoConsole));
    }
}
