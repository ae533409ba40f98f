//! The ceremonies in which we are the relying party: `local`, in the person's browser, and
//! `backchannel`, on a device of theirs. Which of them, is for the entry to say, or for the person by name.

use super::backchannel::Backchannel;
use super::local::{CeremonyError, Discovered, Local, SignInRequest};
use super::sign_ins::wait_for_the_next_second;
use crate::adapters::access_api::AccessApi;
use crate::adapters::loopback::ResultPage;
use crate::config::{CeremonyChoice, ProviderEntry};
use crate::domain::ceremony::Ceremony;
use crate::domain::challenge::Challenge;
use crate::domain::event::AuthenticationEvent;
use crate::domain::judge::Attempt;
use crate::domain::proof::StepUpToken;
use crate::error::Error;

/// The ceremonies in which the person signs in for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignInCeremony {
    /// In a browser that comes back to us.
    Local,
    /// On a device of theirs, by the provider.
    Backchannel,
}

impl SignInCeremony {
    /// The one at this entry. Without a name the entry decides, and `backchannel = true` is how it says so; a
    /// ceremony that was asked for by name is never replaced by another.
    pub(crate) fn at(entry: &ProviderEntry, choice: CeremonyChoice) -> Result<Self, Error> {
        match (choice.named(), &entry.backchannel) {
            (Some(Ceremony::Backchannel), None) => Err(not_for_it(&entry.name)),
            (Some(Ceremony::Backchannel | Ceremony::Hosted) | None, Some(_)) => {
                Ok(Self::Backchannel)
            }
            (Some(Ceremony::Local), _) | (Some(Ceremony::Hosted) | None, None) => Ok(Self::Local),
        }
    }
}

impl From<SignInCeremony> for Ceremony {
    fn from(ceremony: SignInCeremony) -> Self {
        match ceremony {
            SignInCeremony::Local => Self::Local,
            SignInCeremony::Backchannel => Self::Backchannel,
        }
    }
}

fn not_for_it(entry: &str) -> Error {
    Error::usage(format!("the provider entry `{entry}` is not one for the backchannel ceremony"))
    .hint(format!(
        "choose one that is with `--provider`; or, if its client is registered for it, `stepup provider edit {entry} --backchannel --client-auth METHOD`"
    ))
}

/// An attempt that the person has not answered yet.
pub(crate) enum RunningCeremony<'a> {
    Local(Box<Local<'a>>),
    Backchannel(Box<Backchannel<'a>>),
}

impl<'a> RunningCeremony<'a> {
    /// Opens the browser, or has the provider ask; not within a second of the sign-in that was used last.
    pub(crate) fn begin(
        ceremony: SignInCeremony,
        discovered: Discovered<'a>,
        api: Option<&AccessApi>,
        challenge: &Challenge,
        sign_in_request: SignInRequest<'_>,
    ) -> Result<Self, Error> {
        wait_for_the_next_second(discovered.context());
        match ceremony {
            SignInCeremony::Local => {
                let local = discovered.begin(api, challenge, sign_in_request)?;
                Ok(Self::Local(Box::new(local)))
            }
            SignInCeremony::Backchannel => {
                let backchannel = Backchannel::ask(discovered, challenge, &sign_in_request)?;
                Ok(Self::Backchannel(Box::new(backchannel)))
            }
        }
    }

    /// Waits for the person, and verifies what the provider says of them.
    /// `back` is called when they have answered, before what is left to do with the provider: what takes
    /// its time can be begun beside it.
    pub(crate) fn answer(self, back: impl FnOnce()) -> (Answer, AnsweredCeremony<'a>) {
        match self {
            Self::Local(mut local) => (local.answer(back), AnsweredCeremony::Local(local)),
            Self::Backchannel(asked) => (asked.answer(back), AnsweredCeremony::Backchannel),
        }
    }
}

/// What the provider says of the person, or why it says nothing.
type Answer = Result<(AuthenticationEvent, StepUpToken, Attempt), CeremonyError>;

/// What is left of an attempt that was answered, or never will be: the page in the person's browser.
pub(crate) enum AnsweredCeremony<'a> {
    Local(Box<Local<'a>>),
    Backchannel,
}

impl AnsweredCeremony<'_> {
    /// Shows the outcome in the browser too, where there is one.
    pub(crate) fn end(self, page: ResultPage) {
        if let Self::Local(local) = self {
            local.end(page);
        }
    }

    pub(crate) const fn ceremony(&self) -> SignInCeremony {
        match self {
            Self::Local(_) => SignInCeremony::Local,
            Self::Backchannel => SignInCeremony::Backchannel,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn entry(lines: &str) -> ProviderEntry {
        let home = tempfile::tempdir().unwrap();
        let text =
            format!("[providers.a]\nclient_id = 'c'\nissuer = 'https://a.example'\n{lines}\n");
        std::fs::write(home.path().join("config.toml"), text).unwrap();
        let config = Config::load(Some(home.path())).unwrap();
        config.entry("a").unwrap().clone()
    }

    #[test]
    fn auto_follows_the_entry_and_a_name_is_followed_or_refused() {
        let plain = entry("");
        let phone = entry("client_auth = 'client_secret_basic'\nbackchannel = true");
        let at = |entry, ceremony| SignInCeremony::at(entry, ceremony).ok();
        assert_eq!(
            at(&plain, CeremonyChoice::Auto),
            Some(SignInCeremony::Local)
        );
        assert_eq!(
            at(&plain, CeremonyChoice::Named(Ceremony::Local)),
            Some(SignInCeremony::Local)
        );
        assert_eq!(
            at(&plain, CeremonyChoice::Named(Ceremony::Backchannel)),
            None
        );
        assert_eq!(
            at(&phone, CeremonyChoice::Auto),
            Some(SignInCeremony::Backchannel)
        );
        assert_eq!(
            at(&phone, CeremonyChoice::Named(Ceremony::Local)),
            Some(SignInCeremony::Local)
        );
        assert_eq!(
            at(&phone, CeremonyChoice::Named(Ceremony::Backchannel)),
            Some(SignInCeremony::Backchannel)
        );
    }
}
