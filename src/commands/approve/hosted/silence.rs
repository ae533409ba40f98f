//! An API that stops answering while it is watched: a person is told, and nothing is claimed that was not seen.

use std::time::Instant;

use crate::adapters::access_api::ApiError;
use crate::adapters::terminal::{Terminal, span};
use crate::error::Error;

/// The looks that had no answer since the last one that had.
#[derive(Default)]
pub(super) struct Silence {
    since: Option<Instant>,
    told: bool,
}

impl Silence {
    /// A look had an answer.
    pub(super) fn ended(&mut self, terminal: &Terminal) {
        if std::mem::take(self).told {
            terminal.say("the API answers again");
        }
    }

    /// A look had none. The first may be chance.
    pub(super) fn goes_on(&mut self, terminal: &Terminal, error: &ApiError) {
        if self.since.is_some() && !self.told {
            self.told = true;
            terminal.warn(format_args!("{error}; still trying, and Ctrl-C ends it"));
        }
        self.since.get_or_insert_with(Instant::now);
    }

    /// What is true at the end of the time, if the API was silent at last.
    pub(super) fn error(&self, handle: &str) -> Option<Error> {
        let since = self.since.filter(|_| self.told)?;
        let sentence = format!(
            "the API has not answered for {}, and it is unknown whether the browser finished the approval of task {handle}",
            span(since.elapsed())
        );
        let look = format!("look with `stepup task show {handle}` before you run it again");
        Some(Error::failed(sentence).says_the_state().hint(look))
    }
}
