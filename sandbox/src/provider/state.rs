//! What the provider knows, and who asks it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use url::Url;

use super::client::Client;
use super::clients::{ApiClient, Clients};
use super::personality::Persona;
use super::store::ProviderStore;
use crate::basics::random;
use crate::dpop::Proofs;
use crate::http::{Call, Params, Reply};
use crate::people::{Factors, People};
use crate::switches::Switches;
use crate::tokens::Tokens;

pub(crate) struct Provider {
    pub(super) tokens: Arc<Tokens>,
    pub(super) people: People,
    pub(super) factors: Arc<Factors>,
    pub(super) clients: Clients,
    pub(super) persona: Persona,
    pub(super) switches: Arc<Switches>,
    pub(super) store: Mutex<ProviderStore>,
    pub(super) proofs: Proofs,
    pub(super) cookie: String,
    /// How many errors were made so far.
    errors: AtomicU64,
}

impl Provider {
    /// A provider for these people and for the API beside it. `port` is its own.
    pub(crate) fn new(
        tokens: Arc<Tokens>,
        people: People,
        factors: Arc<Factors>,
        switches: Arc<Switches>,
        api: ApiClient,
        persona: Persona,
        port: u16,
    ) -> Self {
        let clients = Clients::new(random(40), api);
        Self {
            tokens,
            people,
            factors,
            clients: if persona.desktop_secret {
                clients.with_desktop_secret()
            } else {
                clients
            },
            persona,
            switches,
            store: Mutex::default(),
            proofs: Proofs::new(),
            // Cookies do not tell ports apart; the name does.
            cookie: format!("stepup-sandbox-{port}"),
            errors: AtomicU64::new(0),
        }
    }

    /// The secrets of clients, by the names of the tool's entries; that of the public client is called `entry`.
    pub(crate) fn client_secrets<'a>(
        &'a self,
        entry: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let clients = &self.clients;
        let all = [
            ("sandbox-confidential", Some(clients.secret())),
            ("sandbox-signed", Some(clients.private_key())),
            ("sandbox-api", Some(clients.api_secret())),
            (entry, clients.desktop_secret()),
        ];
        all.into_iter()
            .filter_map(|(name, secret)| Some((name, secret?)))
    }

    /// The value of a switch that makes an error, as long as some are left (`provider_errors`).
    pub(super) fn error_of(&self, name: &str) -> Option<&str> {
        let value = self.switches.text(name)?;
        let many = self.switches.number("provider_errors").unwrap_or(u64::MAX);
        let one_more = |made| (made < many).then_some(made + 1);
        let left = self
            .errors
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
        left.is_ok().then_some(value)
    }

    pub(super) fn issuer(&self) -> &str {
        self.tokens.issuer()
    }

    /// Where the endpoints are.
    pub(super) fn base(&self) -> &str {
        self.persona.base(self.issuer())
    }

    /// The client of this request, or the refusal of one that did not prove itself.
    pub(super) fn client(&self, call: &Call, form: &Params) -> Result<Client, Reply> {
        let client = self
            .clients
            .authenticate(call, form, &self.assertion_audience(call));
        client.ok_or_else(|| {
            let why = Clients::why_not(call, form);
            self.persona.token_failure(401, "invalid_client", why)
        })
    }

    /// Whom an assertion in this request has to be for.
    fn assertion_audience(&self, call: &Call) -> String {
        if !self.persona.endpoint_audience {
            return self.issuer().to_owned();
        }
        let origin = Url::parse(self.issuer()).map(|url| url.origin().ascii_serialization());
        origin.unwrap_or_default() + &call.path
    }
}
