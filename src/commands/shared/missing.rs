//! What was not given: chosen or typed on a terminal, and named where there is none, before anything is read or sent.

use crate::context::Context;
use crate::error::Error;

/// What is missing.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Missing<'a> {
    /// What it is, as in "which policy?".
    pub(in crate::commands) what: &'a str,
    /// How to give it without a terminal.
    pub(in crate::commands) instead: &'a str,
}

impl Missing<'_> {
    /// The one of these that the person chooses, by its line.
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
            return Err(Error::usage(sentence).hint("nothing was changed"));
        }
        let lines: Vec<String> = all.iter().map(line).collect();
        let question = format!("which {}?", self.what);
        let chosen = context.answered(context.terminal.choose_one(&question, &lines))?;
        let chosen = chosen.filter(|at| *at < all.len());
        chosen
            .map(|at| all.swap_remove(at))
            .ok_or_else(|| self.refused())
    }

    /// What the person types; the question says more than its first words where there is more to know.
    pub(in crate::commands) fn typed(
        self,
        context: &Context,
        question: &str,
    ) -> Result<String, Error> {
        let answer = context.answered(context.terminal.ask(question))?;
        let answer = answer.map(|text| text.trim().to_owned());
        answer.ok_or_else(|| self.refused())
    }

    fn refused(self) -> Error {
        Error::usage(format!("which {}?", self.what)).hint(self.instead)
    }
}
