//! The identity provider: discovery, keys, authorization, sign-in, token, userinfo.
//!
//! RFC 6749, 7636, 8252, 9207, 9700 and OIDC Core; the duties are numbered in providers.md
//! part B. Honest unless a switch says otherwise.

mod ask;
mod authorize;
mod clients;
mod desk;
mod discovery;
mod id_token;
mod levels;
pub(super) mod pages;
mod personality;
mod pushed;
pub(super) mod sign_in;
mod token;
mod userinfo;
mod wish;
mod workload;

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use super::basics::random;
use super::dpop::Proofs;
use super::http::{Call, Reply};
use super::people::{Factors, People};
use super::switches::Switches;
use super::tokens::Tokens;
use clients::Clients;
pub(crate) use clients::{API_CLIENT, ApiClient, PUBLIC_CLIENT};
use desk::Desk;
pub use personality::Personality;
pub(crate) use personality::{Demands, Persona};

/// Everything the provider knows.
pub(crate) struct Provider {
    tokens: Arc<Tokens>,
    people: People,
    factors: Arc<Factors>,
    clients: Clients,
    persona: Persona,
    switches: Arc<Switches>,
    desk: Mutex<Desk>,
    proofs: Proofs,
    cookie: String,
    /// Requests that the switches refused, or let pass afterwards.
    refused: AtomicU64,
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
        Self {
            tokens,
            people,
            factors,
            clients: Clients::new(random(40), api),
            persona,
            switches,
            desk: Mutex::default(),
            proofs: Proofs::new(),
            // Cookies do not tell ports apart; the name does.
            cookie: format!("stepup-sandbox-{port}"),
            refused: AtomicU64::new(0),
        }
    }

    /// The secret of the confidential client.
    pub(crate) fn client_secret(&self) -> &str {
        self.clients.secret()
    }

    /// The secret of the access-management API.
    pub(crate) fn api_secret(&self) -> &str {
        self.clients.api_secret()
    }

    fn issuer(&self) -> &str {
        self.tokens.issuer()
    }

    /// Where the endpoints are.
    fn base(&self) -> &str {
        self.persona.base(self.issuer())
    }

    /// Answers one request.
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
