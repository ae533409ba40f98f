//! How the person gets to a browser.

use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, FromArgMatches};

use super::global::Global;
use super::mistake::Mistake;
use super::{settings, variables};
use crate::config::duration;

/// A browser on this machine.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OwnBrowser {
    /// Do not open a browser; print the URL to open
    #[arg(long, env = "STEPUP_NO_BROWSER", value_parser = FalseyValueParser::new())]
    pub(crate) no_browser: bool,
    /// The browser to open: a command, `%s` stands for the URL (else it is appended)
    #[arg(
        long,
        value_name = "COMMAND",
        env = "STEPUP_BROWSER",
        conflicts_with = "no_browser"
    )]
    pub(crate) browser: Option<String>,
}

/// How the person gets to the provider and back.
#[derive(Args, Clone, Debug)]
pub(crate) struct Browsing {
    #[command(flatten)]
    pub(crate) own: OwnBrowser,
    /// The browser is on another machine: print the provider's own URL, and paste the answer back
    #[arg(long, env = "STEPUP_REMOTE", conflicts_with = "browser", value_parser = FalseyValueParser::new())]
    pub(crate) remote: bool,
    /// How long to wait for the sign-in in the browser
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration, env = "STEPUP_TIMEOUT")]
    pub(crate) timeout: Duration,
    /// Whom to sign in, as a hint to the provider [default: your email address]
    #[arg(long, value_name = "HINT", env = "STEPUP_LOGIN_HINT")]
    pub(crate) login_hint: Option<String>,
}

/// What it is where no flag and no variable says anything.
impl Default for Browsing {
    fn default() -> Self {
        Self {
            own: OwnBrowser::default(),
            remote: false,
            timeout: Duration::from_secs(5 * 60),
            login_hint: None,
        }
    }
}

impl Browsing {
    /// What the variables and the configuration say to a command without flags; the sentence is what that command
    /// would say of them.
    pub(crate) fn of_settings(global: &Global) -> Result<Self, String> {
        let flags = Self::augment_args(clap::Command::new("stepup").no_binary_name(true));
        let flags = variables::without_empty(flags);
        let defaults = settings::defaults(global.config.as_deref(), global.profile.as_deref());
        let read = settings::matches(flags, &defaults, &[]);
        let read = read.and_then(|matches| Self::from_arg_matches(&matches));
        read.map_err(|error| {
            Mistake::of(&error, &[], &clap::Command::new("stepup"))
                .error
                .message()
                .to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_what_a_command_line_without_flags_says() {
        let flags = Browsing::augment_args(clap::Command::new("stepup"));
        let flags = flags.mut_args(|flag| flag.env(clap::builder::Resettable::Reset));
        let matches = flags.try_get_matches_from(["stepup"]).unwrap();
        let typed = Browsing::from_arg_matches(&matches).unwrap();
        assert_eq!(format!("{typed:?}"), format!("{:?}", Browsing::default()));
    }
}
