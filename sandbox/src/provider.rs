//! The identity provider: discovery, keys, authorization, sign-in, backchannel, token, userinfo.
//!
//! RFC 6749, 7636, 8252, 9207, 9700 and OIDC Core; the duties are numbered in docs/duties.md.
//! Honest unless a switch says otherwise.

mod ask;
mod authorize;
mod backchannel;
mod client;
mod client_key;
mod clients;
mod details;
mod discovery;
mod errors;
mod granting;
mod id_token;
mod levels;
pub(super) mod pages;
mod personality;
mod pushed;
mod requested_claims;
pub(super) mod sign_in;
mod state;
mod store;
mod token;
mod userinfo;
mod workload;

use super::http::{Call, Reply};
use super::page::problem;
pub(crate) use client::{API_CLIENT, PUBLIC_CLIENT};
pub(crate) use clients::ApiClient;
pub use personality::Personality;
pub(crate) use personality::{Demands, Persona};
pub(crate) use state::Provider;

impl Provider {
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
            _ => problem(
                404,
                "There is no such page",
                "Nothing is served at this address.",
            ),
        }
    }
}
