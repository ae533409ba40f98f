//! A browser that does not come to the start page.

use std::time::{Duration, Instant};

use crate::adapters::terminal::Terminal;

/// After this long without a visit to the start page, the person is told.
const BROWSER_OVERDUE: Duration = Duration::from_secs(15);

/// What is told, once, if no browser opens the start page.
pub(crate) struct Overdue(Option<Instant>);

impl Overdue {
    /// Due some time from now.
    pub(crate) fn begin() -> Self {
        Self(Some(Instant::now() + BROWSER_OVERDUE))
    }

    /// Never due: the browser does not come by here.
    pub(crate) const fn never() -> Self {
        Self(None)
    }

    /// When it is due, if it still can be.
    pub(crate) const fn at(&self) -> Option<Instant> {
        self.0
    }

    /// A browser was there.
    pub(crate) const fn opened(&mut self) {
        self.0 = None;
    }

    pub(crate) fn tell(&mut self, terminal: &Terminal) {
        if self.0.take_if(|at| Instant::now() >= *at).is_some() {
            terminal
                .say("no browser has opened the URL above yet; open it yourself if none appears");
        }
    }
}
