//! Identities of workloads, for the token exchange of the API (c1.md 1.5): what a CI system gives its
//! jobs. Anybody on this machine may ask; there is nothing to protect.

use serde_json::json;

use super::Provider;
use crate::basics::{now, random};
use crate::http::{Params, Reply};

/// Seconds an identity lives.
const LIFETIME: i64 = 300;

impl Provider {
    /// `GET /workload?audience=HOST`: the answer has the form of a well-known CI system's.
    pub(super) fn workload(&self, query: &Params) -> Reply {
        let Some(audience) = query.get("audience") else {
            return Reply::json(400, &json!({"message": "audience is missing"}));
        };
        let at = match self.switches.text("workload") {
            Some("old") => now() - 660,
            _ => now(),
        };
        let issuer = match self.switches.text("workload") {
            Some("other-issuer") => format!("{}1", self.issuer()),
            _ => self.issuer().to_owned(),
        };
        let claims = json!({
            "iss": issuer, "aud": audience, "sub": "repo:sandbox/deploy:ref:refs/heads/main",
            "jti": random(24), "iat": at, "nbf": at, "exp": now() + LIFETIME,
        });
        let token = self.tokens.keys.sign_as("JWT", &claims);
        Reply::json(200, &json!({"value": token}))
    }
}
