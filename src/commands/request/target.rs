//! Where a request may go, and with what: to the profile's API with its credential, to an origin that a provider
//! entry lists with nothing until it wants a token, and nowhere else.

use openidconnect::http::{Response, StatusCode};
use url::Url;

use super::outgoing::Outgoing;
use crate::adapters::access_api::{AccessApi, ApiError};
use crate::adapters::credentials::Credentials;
use crate::adapters::demanded::{demand_of, token_demand_of};
use crate::adapters::protected::Resource;
use crate::ceremony::linking;
use crate::config::{Asked, CeremonyChoice, Config, ConfigError, Profile, ProviderEntry, one_of};
use crate::context::Context;
use crate::domain::challenge::Demand;
use crate::domain::path_words;
use crate::domain::person::Approver;
use crate::error::Error;
use crate::session::Session;
use crate::session::who::{belongs, person_if_said};

/// A server that is configured.
pub(super) struct Target {
    pub(super) resource: Resource,
    pub(super) credentials: Credentials,
    config: Config,
    url: Url,
    whose: Whose,
}

enum Whose {
    Api(Box<AccessApi>, Box<Session>),
    /// Another server; the API of the profile, if there is one, may know the person.
    Other(Option<Box<Session>>),
}

impl Target {
    /// The server of a request. Refused before any connection if nothing names it.
    pub(super) fn of(
        context: &Context,
        outgoing: &Outgoing,
        asked: Option<Asked<'_>>,
    ) -> Result<Self, Error> {
        let url = outgoing.url.clone();
        // Wherever it goes: another profile's API is a server like any other here.
        if approves(&url) {
            return Err(Error::usage("an approval is not a request like any other: nobody would have seen what is approved")
            .hint("use `stepup approve TASK`, which shows it, checks the step and keeps a receipt"));
        }
        match Session::find(context)? {
            Ok(session) if session.covers(&url) => Self::of_api(context, session, url),
            Ok(session) => {
                let (config, credentials) = (session.config.clone(), session.credentials.clone());
                if config.entries_for_origin(&url).next().is_none() {
                    return Err(not_configured(&url, &session.profile.api_url));
                }
                Self::of_other(context, Some(session), config, credentials, url, asked)
            }
            // An entry may name the server without any profile. One that is wrong or ambiguous is a mistake,
            // and without it nobody would compare the person (B9.19).
            Err(error @ ConfigError::NoProfile) => {
                let config = Config::load(context.global.config.as_deref())?;
                if config.entries_for_origin(&url).next().is_none() {
                    return Err(error.into());
                }
                let (_, credentials) = Session::local(context, &config)?;
                Self::of_other(context, None, config, credentials, url, asked)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn of_api(context: &Context, session: Session, url: Url) -> Result<Self, Error> {
        let api = session.api(context)?;
        Ok(Self {
            resource: api.as_resource(),
            credentials: session.credentials.clone(),
            config: session.config.clone(),
            url,
            whose: Whose::Api(Box::new(api), Box::new(session)),
        })
    }

    fn of_other(
        context: &Context,
        session: Option<Session>,
        config: Config,
        credentials: Credentials,
        url: Url,
        asked: Option<Asked<'_>>,
    ) -> Result<Self, Error> {
        let target = Self {
            resource: Resource::new(context.http.clone(), None),
            credentials,
            config,
            url,
            whose: Whose::Other(session.map(Box::new)),
        };
        if asked.is_some() {
            target.listed(asked)?;
        }
        Ok(target)
    }

    /// The API, if the request goes there.
    pub(super) fn api(&self) -> Option<&AccessApi> {
        match &self.whose {
            Whose::Api(api, _) => Some(api),
            Whose::Other(_) => None,
        }
    }

    /// The entries whose tokens may go there.
    pub(super) fn candidates(&self) -> Box<dyn Iterator<Item = &ProviderEntry> + '_> {
        match &self.whose {
            Whose::Api(_, session) => {
                Box::new(self.config.entries_for_api(&session.profile.api_url))
            }
            Whose::Other(_) => Box::new(self.config.entries_for_origin(&self.url)),
        }
    }

    /// The sign-in that its first answer demands, if it does. Elsewhere than at an API of ours no credential was sent,
    /// and a plain 401 is a demand for one (B1.21).
    pub(super) fn demand(&self, answer: &Response<Vec<u8>>) -> Result<Option<Demand>, Error> {
        let demand = match (&self.whose, demand_of(answer).map_err(ApiError::from)?) {
            // Its credential is too old, and `stepup login` gets another (B1.19).
            (Whose::Api(..), Some(demand)) if demand.token_only => None,
            (Whose::Other(_), None) if answer.status() == StatusCode::UNAUTHORIZED => {
                token_demand_of(answer).map_err(ApiError::from)?
            }
            (_, demand) => demand,
        };
        Ok(demand)
    }

    /// The entry that is named, by flag, by profile or by being the only one of the server's.
    pub(super) fn entry(
        &self,
        context: &Context,
        asked: Option<Asked<'_>>,
    ) -> Result<Result<&ProviderEntry, ConfigError>, Error> {
        if let Whose::Api(_, session) = &self.whose {
            let found = session.config.entry_for(None, &session.profile, asked);
            return linking::entry(context, session, found);
        }
        Ok(self.listed(asked))
    }

    /// Elsewhere than at an API of ours.
    fn listed(&self, asked: Option<Asked<'_>>) -> Result<&ProviderEntry, ConfigError> {
        let Some(Asked { name, .. }) = asked else {
            return one_of(self.candidates(), None);
        };
        let entry = self.config.entry(name)?;
        let listed = self.candidates().any(|listed| listed.name == entry.name);
        if listed {
            Ok(entry)
        } else {
            Err(ConfigError::NotForOrigin {
                name: name.to_owned(),
                origin: self.url.origin().ascii_serialization(),
            })
        }
    }

    /// The ceremony that the profile wants at its API; elsewhere the entry alone decides.
    pub(super) fn ceremony(&self) -> CeremonyChoice {
        match &self.whose {
            Whose::Api(_, session) => session.profile.ceremony,
            Whose::Other(_) => CeremonyChoice::Auto,
        }
    }

    /// The profile whose API may know the person.
    pub(super) fn profile(&self) -> Option<&Profile> {
        match &self.whose {
            Whose::Api(_, session) => Some(&session.profile),
            Whose::Other(session) => session.as_ref().map(|session| &session.profile),
        }
    }

    /// Whom the API knows, if it says. For another server a hint goes first: the API need not be asked then.
    pub(super) fn person(&self, context: &Context, hint: Option<&str>) -> Result<Approver, Error> {
        let approver = match &self.whose {
            Whose::Api(api, _) => person_if_said(api, true)?,
            Whose::Other(Some(session)) if hint.is_none() => {
                let named = "or say who signs in with `--login-hint`";
                let api = session.api(context).map_err(|error| error.hint(named))?;
                person_if_said(&api, false)?
            }
            Whose::Other(_) => Approver::default(),
        };
        if let Some(profile) = self.profile() {
            belongs(profile, &approver)?;
        }
        Ok(approver)
    }
}

/// Whether a URL is that of an approval, however it is written.
fn approves(url: &Url) -> bool {
    let words = path_words::words(url);
    let [.., action, approve] = words.as_slice() else {
        return false;
    };
    let approvals = ["approve", "approve-with-step-up"];
    action.eq_ignore_ascii_case("action")
        && approvals
            .iter()
            .any(|name| approve.eq_ignore_ascii_case(name))
}

fn not_configured(url: &Url, api: &Url) -> Error {
    let origin = url.origin().ascii_serialization();
    Error::usage(format!(
        "`{origin}` is not configured: a request goes to the profile's API (`{api}`), or to an origin that a provider entry lists"
    ))
    .hint("list it in `request_origins` of the provider entry whose tokens it takes")
    .hint("or give it a profile of its own, with it as `api_url`, if it wants a credential before any step-up")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_is_known_however_it_is_written() {
        for (path, approval) in [
            ("/api/v1/tasks/x/action/approve", true),
            ("/base/api/v1/tasks/x/action/approve-with-step-up?a=b", true),
            ("/api/v1/tasks/x/action/%61pprove", true),
            ("/api/v1/tasks/x//action//approve/", true),
            ("/api/v1/tasks/x/action%2Fapprove", true),
            ("/api/v1/tasks/x%2faction%2fapprove%2f", true),
            ("/api/v1/tasks/x/Action;a/Approve;v=1", true),
            ("/api/v1/tasks/x/action/deny", false),
            ("/api/v1/tasks/x", false),
            ("/approve", false),
        ] {
            let url = Url::parse(&format!("https://acme.example{path}")).unwrap();
            assert_eq!(approves(&url), approval, "{path}");
        }
    }
}
