//! What a person is asked, where one is there.

use std::io;
use std::sync::atomic::Ordering;

use dialoguer::console::Term;

use super::Terminal;
use crate::adapters::credentials::Secret;
use crate::adapters::echo::Hush;
use crate::adapters::plain::plain;

/// Ctrl-C instead of an answer. A question reads the keyboard raw, so the signal comes late, if at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CtrlC;

fn typed<T>(answer: dialoguer::Result<T>) -> Result<Option<T>, CtrlC> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
            Err(CtrlC)
        }
        Err(_) => Ok(None),
    }
}

/// A line of the keyboard, whose echo is off. What was typed since the question is part of it, which
/// `read_secure_line` would throw away.
#[cfg(unix)]
fn unseen_line(term: &Term) -> io::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    term.write_line("")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(not(unix))]
fn unseen_line(term: &Term) -> io::Result<String> {
    term.read_secure_line()
}

impl Terminal {
    /// Asks a yes-or-no question; no is the default. `None` when nobody is there to ask.
    pub fn confirm(&self, question: &str) -> Result<Option<bool>, CtrlC> {
        if !self.can_ask() {
            return Ok(None);
        }
        let answer = dialoguer::Confirm::new()
            .with_prompt(plain(question))
            .default(false)
            .interact_on_opt(&Term::stderr());
        Ok(Some(typed(answer)?.flatten().unwrap_or(false)))
    }

    /// Asks for a line of text; `None` when nobody is there or nothing was typed.
    pub fn ask(&self, question: &str) -> Result<Option<String>, CtrlC> {
        if !self.can_ask() {
            return Ok(None);
        }
        let answer = dialoguer::Input::<String>::new()
            .with_prompt(plain(question))
            .allow_empty(true)
            .interact_text_on(&Term::stderr());
        Ok(typed(answer)?.filter(|text| !text.trim().is_empty()))
    }

    /// Asks for a secret, which is not shown; `None` when nobody is there or nothing was typed.
    pub fn ask_secretly(&self, question: &str) -> Result<Option<Secret>, CtrlC> {
        if !self.can_ask() {
            return Ok(None);
        }
        let term = Term::stderr();
        let read = || {
            term.write_str(&format!("{}: ", plain(question)))?;
            unseen_line(&term)
        };
        self.secretive.store(true, Ordering::Release);
        let hush = Hush::begin();
        let answer = read();
        drop(hush);
        self.secretive.store(false, Ordering::Release);
        let text = typed(answer.map_err(dialoguer::Error::IO))?.map(Secret::new);
        Ok(text.filter(|text| !text.expose().trim().is_empty()))
    }

    /// Lets the person choose any number of these lines; the indices of those chosen. Empty when nobody is
    /// there.
    pub fn choose(&self, question: &str, lines: &[String]) -> Result<Vec<usize>, CtrlC> {
        if !self.can_ask() {
            return Ok(Vec::new());
        }
        let lines: Vec<String> = lines.iter().map(|line| plain(line)).collect();
        let answer = dialoguer::MultiSelect::new()
            .with_prompt(plain(question))
            .items(&lines)
            .max_length(15)
            .report(false)
            .interact_on_opt(&Term::stderr());
        Ok(typed(answer)?.flatten().unwrap_or_default())
    }
}
