//! What the last line of the screen is taken up by.

use indicatif::ProgressBar;

/// What the last line of the screen is taken up by.
pub(super) enum LastLine {
    /// Somebody in front of a browser is waited for.
    Person(ProgressBar),
    Server(ProgressBar),
    /// A question, which nothing is drawn over.
    Question,
}

impl LastLine {
    /// What has to be taken away before something is written.
    pub(super) const fn bar(&self) -> Option<&ProgressBar> {
        match self {
            Self::Person(bar) | Self::Server(bar) => Some(bar),
            Self::Question => None,
        }
    }
}
