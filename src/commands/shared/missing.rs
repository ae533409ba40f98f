//! What was not given: chosen or typed on a terminal, and named where nobody can be asked.

use crate::context::Context;
use crate::error::Error;

#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Missing<'a> {
    /// What it is, as in "which policy?" and "no policy given".
    pub(in crate::commands) what: &'a str,
    /// How to give it without a question: a sentence.
    pub(in crate::commands) instead: &'a str,
}

impl Missing<'_> {
    /// The one of these that the person chooses, by its line. They are read only where somebody can choose.
    pub(in crate::commands) fn chosen<T>(
        self,
        context: &Context,
        read: impl FnOnce() -> Result<Vec<T>, Error>,
        line: impl Fn(&T) -> String,
    ) -> Result<T, Error> {
        if !context.terminal.can_ask() {
            return Err(self.refused());
        }
        let mut all = read()?;
        if all.is_empty() {
            let sentence = format!("there is no {} to choose", self.what);
            return Err(Error::usage(sentence).hint(self.instead));
        }
        let lines: Vec<String> = all.iter().map(line).collect();
        let question = format!("which {}?", self.what);
        let chosen = context.answered(context.terminal.choose_one(&question, &lines))?;
        let chosen = chosen.filter(|at| *at < all.len());
        chosen
            .map(|at| all.swap_remove(at))
            .ok_or_else(|| self.refused())
    }

    /// What the person types. The question may say more than what is missing.
    pub(in crate::commands) fn typed(
        self,
        context: &Context,
        question: &str,
    ) -> Result<String, Error> {
        let answer = context.answered(context.terminal.ask(question))?;
        let answer = answer.map(|text| text.trim().to_owned());
        answer.ok_or_else(|| self.refused())
    }

    /// What the person types, or what is proposed where they type nothing. Without a person nothing is proposed.
    pub(in crate::commands) fn typed_or(
        self,
        context: &Context,
        question: &str,
        proposed: &str,
    ) -> Result<String, Error> {
        if !context.terminal.can_ask() {
            return Err(self.refused());
        }
        let question = format!("{question} [{proposed}]");
        let answer = context.answered(context.terminal.ask(&question))?;
        Ok(answer.map_or_else(|| proposed.to_owned(), |text| text.trim().to_owned()))
    }

    fn refused(self) -> Error {
        Error::usage(format!("no {} given", self.what)).hint(self.instead)
    }
}
