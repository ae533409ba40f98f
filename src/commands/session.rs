//! A session with one API: the configuration, the profile, the credential, and the clients made of them.

use std::path::Path;

use openidconnect::ClientSecret;
use url::Url;

use super::Context;
use crate::adapters::access_api::AccessApi;
use crate::adapters::credentials::Credentials;
use crate::adapters::http::is_acceptable;
use crate::config::{ClientAuthMethod, Config, ConfigError, Profile, ProviderEntry, ResponseMode};
use crate::error::{Error, ErrorKind};
use crate::oidc::registration::{ClientAuth, Registration};

/// Configuration and profile, with the flags applied.
pub(super) struct Session {
    /// The configuration file.
    pub(super) config: Config,
    /// The profile in use.
    pub(super) profile: Profile,
    /// Where secrets are.
    pub(super) credentials: Credentials,
}

impl Session {
    /// Reads the configuration and chooses the profile. Precedence: flag, variable, profile.
    pub(super) fn open(context: &Context) -> Result<Self, Error> {
        let config = Config::load(context.global.config.as_deref())?;
        let mut profile = match (
            config.profile(context.global.profile.as_deref()),
            &context.global.api_url,
        ) {
            (Ok(profile), _) => profile.clone(),
            // An address alone is enough to talk to an API.
            (Err(ConfigError::NoProfile), Some(url)) => Profile {
                name: "default".into(),
                api_url: api_url(url)?,
                provider: None,
                store: None,
            },
            (Err(error), _) => return Err(error.into()),
        };
        if let Some(url) = &context.global.api_url {
            profile.api_url = api_url(url)?;
        }
        let path = Config::location(context.global.config.as_deref())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let credentials = Credentials::new(config.store(&profile), folder);
        Ok(Self {
            config,
            profile,
            credentials,
        })
    }

    /// The API with its credential: from the environment, else from the store.
    pub(super) fn api(&self, context: &Context) -> Result<AccessApi, Error> {
        let credential = match &context.token {
            Some(token) => token.clone(),
            None => self.credentials.require(&self.profile.credential())?,
        };
        Ok(AccessApi::new(
            context.http.clone(),
            self.profile.api_url.clone(),
            credential.expose(),
        ))
    }

    /// The relying party's registration for an entry, with its secret if it has one.
    pub(super) fn registration(&self, entry: &ProviderEntry) -> Result<Registration, Error> {
        let secret = || -> Result<ClientSecret, Error> {
            let secret = self.credentials.require(&entry.credential())?;
            Ok(ClientSecret::new(secret.expose().to_owned()))
        };
        Ok(Registration {
            name: entry.name.clone(),
            issuer: entry.issuer.clone(),
            client_id: entry.client_id.clone(),
            client_auth: match entry.client_auth {
                ClientAuthMethod::None => ClientAuth::Public,
                ClientAuthMethod::SecretBasic => ClientAuth::Basic(secret()?),
                ClientAuthMethod::SecretPost => ClientAuth::Post(secret()?),
            },
            id_token_algs: entry.id_token_algs.clone(),
            scopes: scopes(entry),
            audience: entry.audience.clone(),
            resource: entry.resource.clone(),
            prompt: entry.prompt.parameter().map(str::to_owned),
            form_post: entry.response_mode == ResponseMode::FormPost,
            skew: entry.skew,
        })
    }
}

/// The entry's scopes, and the one without which nobody could be compared.
fn scopes(entry: &ProviderEntry) -> Vec<String> {
    let mut scopes = entry.scopes.clone();
    let implied = entry.subject.scope().map(str::to_owned);
    scopes.extend(implied.filter(|scope| !entry.scopes.contains(scope)));
    scopes
}

fn api_url(text: &str) -> Result<Url, Error> {
    match Url::parse(text) {
        Ok(url) if is_acceptable(&url) => Ok(url),
        _ => Err(Error::new(
            ErrorKind::Usage,
            format!("`{text}` cannot be the API's address"),
        )
        .hint("give the whole address: `https://acme.conductor.one` (plain http is for loopback only)")),
    }
}
