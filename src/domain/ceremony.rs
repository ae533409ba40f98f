//! How a person authenticates: one list of words for receipts, for what is remembered of an API, for the
//! configuration and for flags.

use serde::{Deserialize, Serialize};

/// Who asks the person, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ceremony {
    /// In the person's browser, which comes back to us.
    Local,
    /// On a page of the API, which verifies the answer itself.
    Hosted,
    /// On a device of the person's, by the provider (CIBA).
    Backchannel,
}

impl Ceremony {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Hosted => "hosted",
            Self::Backchannel => "backchannel",
        }
    }

    /// Whether we ask the provider, and judge its answer.
    pub(crate) const fn is_ours(self) -> bool {
        match self {
            Self::Local | Self::Backchannel => true,
            Self::Hosted => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_the_one_that_is_written() {
        for ceremony in [Ceremony::Local, Ceremony::Hosted, Ceremony::Backchannel] {
            let written = serde_json::to_value(ceremony).unwrap();
            assert_eq!(written, ceremony.word());
        }
    }
}
