//! The identity provider: discovery, keys, authorization, sign-in, backchannel, token, userinfo.
//!
//! RFC 6749, 7636, 8252, 9207, 9700 and OIDC Core; the duties are numbered in docs/duties.md.
//! Honest unless a switch says otherwise.

mod ask;
mod authorize;
mod backchannel;
mod client_key;
mod clients;
mod details;
mod discovery;
mod id_token;
mod levels;
pub(super) mod pages;
mod personality;
mod pushed;
mod requested_claims;
pub(super) mod sign_in;
mod store;
mod token;
mod userinfo;
mod workload;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::basics::random;
use super::dpop::Proofs;
use super::http::{Call, Reply};
use super::people::{Factors, People};
use super::switches::Switches;
use super::tokens::Tokens;
use clients::Clients;
pub(crate) use clients::{API_CLIENT, ApiClient, PUBLIC_CLIENT};
pub use personality::Personality;
pub(crate) use personality::{Demands, Persona};
use store::ProviderStore;

/// Everything the provider knows.
pub(crate) struct Provider {
    tokens: Arc<Tokens>,
    people: People,
    factors: Arc<Factors>,
    clients: Clients,
    persona: Persona,
    switches: Arc<Switches>,
    store: Mutex<ProviderStore>,
    proofs: Proofs,
    cookie: String,
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
    fn error_of(&self, name: &str) -> Option<&str> {
        let value = self.switches.text(name)?;
        let many = self.switches.number("provider_errors").unwrap_or(u64::MAX);
        let one_more = |made| (made < many).then_some(made + 1);
        let left = self
            .errors
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
        left.is_ok().then_some(value)
    }

    fn issuer(&self) -> &str {
        self.tokens.issuer()
    }

    /// Where the endpoints are.
    fn base(&self) -> &str {
        self.persona.base(self.issuer())
    }

    pub(crate) fn answer(&self, call: &Call) -> Reply {
        let special = || {
            self.persona
                .special(self.issuer(), &call.path, &self.metadata())
        };
        if let Some(reply) = special() {
            return reply;
        }
        let path = self.persona.plain_path(&call.path).unwrap_or_default();
        match (path, call.method.as_str()) {
            ("/.well-known/openid-configuration", "GET") => self.discovery(),
            ("/jwks", "GET") => self.jwks(),
            ("/authorize", "GET") => self.authorize(call, &call.query),
            ("/authorize", "POST") => self.authorize(call, &call.form()),
            ("/sign-in", "POST") => self.sign_in(&call.form()),
            ("/par", "POST") if self.takes_pushed() => self.push(call),
            ("/bc-authorize", "POST") if self.has_backchannel() => self.backchannel(call),
            ("/phone", "GET") if self.has_backchannel() => self.phone(),
            ("/phone", "POST") if self.has_backchannel() => self.answered(&call.form()),
            ("/token", "POST") => self.token(call),
            ("/userinfo", "GET" | "POST") => self.userinfo(call),
            ("/workload", "GET") => self.workload(&call.query),
            ("/", "GET") => pages::home(self.issuer()),
            ("/" | "/.well-known/openid-configuration" | "/jwks" | "/workload", _) => {
                Reply::method_not_allowed("GET")
            }
            ("/authorize" | "/userinfo", _) => Reply::method_not_allowed("GET, POST"),
            ("/sign-in" | "/token", _) => Reply::method_not_allowed("POST"),
            _ => pages::problem(
                404,
                "There is no such page",
                "Nothing is served at this address.",
            ),
        }
    }
}
