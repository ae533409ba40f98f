//! An API that stops answering while it is watched: a person is told.

use std::time::Instant;

use crate::adapters::access_api::ApiError;
use crate::adapters::terminal::{Terminal, span};
use crate::commands::approve::hosted::meanwhile::MAY_STILL;
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

    /// Why the watch ends, if the API was silent at last.
    pub(super) fn error(&self) -> Option<Error> {
        let since = self.since.filter(|_| self.told)?;
        let silent = span(since.elapsed());
        Some(Error::failed(format!("the API has not answered for {silent}")).hint(MAY_STILL))
    }
}
