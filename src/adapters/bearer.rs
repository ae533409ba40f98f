//! The bearer token of API calls: fixed, or minted from an API key or a workload's OIDC token, held in
//! memory, and replaced before it expires or after a 401 (c1.md 1.4, 1.5 and 10).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use url::Url;

use super::api_key::ApiKey;
use super::credentials::Secret;
use super::http::{Http, Repeat};
use super::token_endpoint::{AccessToken, TokenError, token};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// What tokens are minted from.
#[derive(Clone)]
pub(crate) enum Grant {
    /// An API key, which proves itself in this form.
    Key(Box<ApiKey>, KeyForm),
    /// A workload's OIDC token, exchanged by this client (RFC 8693).
    Exchange {
        /// The client id, `<name>@<host>/wfe`.
        client_id: String,
        /// The workload's token.
        subject: Secret,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum KeyForm {
    /// By a signed assertion; the secret stays here.
    #[default]
    Assertion,
    /// By the secret in the request, for servers that know nothing else.
    Plain,
}

/// Where bearer tokens come from. Clones share what was minted.
#[derive(Clone)]
pub(crate) struct Bearer(Arc<Source>);

enum Source {
    Fixed(Secret),
    /// Sent as it is, from our variable.
    Variable(Secret),
    Minted(Box<Mint>),
}

/// A grant, where it is used, and the token that came of it.
struct Mint {
    http: Http,
    api: Url,
    grant: Grant,
    current: Mutex<Option<AccessToken>>,
}

impl Bearer {
    pub(crate) fn fixed(token: Secret) -> Self {
        Self(Arc::new(Source::Fixed(token)))
    }

    /// The token in our variable, which no sign-in replaces.
    pub(crate) fn of_variable(token: Secret) -> Self {
        Self(Arc::new(Source::Variable(token)))
    }

    pub(crate) fn is_of_variable(&self) -> bool {
        matches!(&*self.0, Source::Variable(_))
    }

    /// Tokens for this grant from this API. Asks for none yet.
    pub(crate) fn minted(http: Http, api: Url, grant: Grant) -> Self {
        Self(Arc::new(Source::Minted(Box::new(Mint {
            http,
            api,
            grant,
            current: Mutex::default(),
        }))))
    }

    /// A token that is good by the clock.
    pub(crate) fn token(&self) -> Result<Secret, TokenError> {
        match &*self.0 {
            Source::Fixed(secret) | Source::Variable(secret) => Ok(secret.clone()),
            Source::Minted(mint) => {
                mint.unless(|token| token.stale.is_some_and(|stale| Instant::now() >= stale))
            }
        }
    }

    /// Another token than the one that was refused; `None` if there can be no other.
    pub(crate) fn instead_of(&self, refused: &Secret) -> Result<Option<Secret>, TokenError> {
        match &*self.0 {
            Source::Fixed(_) | Source::Variable(_) => Ok(None),
            Source::Minted(mint) => mint
                .unless(|token| token.secret.expose() == refused.expose())
                .map(Some),
        }
    }
}

impl Mint {
    /// The current token unless it is `spent`, else a new one. Others wait meanwhile, so that one is
    /// minted and not several.
    fn unless(&self, spent: impl Fn(&AccessToken) -> bool) -> Result<Secret, TokenError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = current.as_ref().filter(|token| !spent(token)) {
            return Ok(token.secret.clone());
        }
        let fresh = self.mint()?;
        Ok(current.insert(fresh).secret.clone())
    }

    fn mint(&self) -> Result<AccessToken, TokenError> {
        match &self.grant {
            Grant::Key(key, form) => self.by_key(key, *form),
            Grant::Exchange { client_id, subject } => {
                let form = [
                    ("grant_type", EXCHANGE),
                    ("client_id", client_id),
                    ("subject_token", subject.expose()),
                    ("subject_token_type", JWT),
                ];
                match token(&self.http, &self.api, &form, Repeat::Refused) {
                    Err(TokenError::Refused { description, .. }) => {
                        Err(TokenError::NotExchanged(description))
                    }
                    answer => answer,
                }
            }
        }
    }

    /// The grant of c1.md 1.4, in the form that is configured.
    fn by_key(&self, key: &ApiKey, form: KeyForm) -> Result<AccessToken, TokenError> {
        let id = ("client_id", key.id());
        let grant = ("grant_type", "client_credentials");
        match form {
            KeyForm::Assertion => {
                let host = self.api.host_str().unwrap_or_default();
                let now = jiff::Timestamp::now().as_second();
                let assertion = key.assertion(host, now);
                let kind = ("client_assertion_type", JWT_BEARER);
                let form = [grant, id, kind, ("client_assertion", &assertion)];
                token(&self.http, &self.api, &form, Repeat::Refused)
            }
            KeyForm::Plain => {
                let secret = ("client_secret", key.secret().expose());
                token(&self.http, &self.api, &[grant, id, secret], Repeat::Refused)
            }
        }
    }
}
