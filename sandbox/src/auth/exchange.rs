//! Token exchange: an identity of a workload elsewhere for an access token of its service principal
//! (c1.md 1.5, RFC 8693).
//!
//! The names of what can be wrong are those of C1's system log. That they are in the answer too is the
//! sandbox's own choice.

use serde_json::{Value, json};

use super::{Auth, refuse};
use crate::http::{Params, Reply};
use crate::jwt::Jwt;

const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// Seconds an identity may be old.
const OLDEST: i64 = 600;

/// Tolerated difference of clocks, seconds.
const SKEW: i64 = 60;

/// Seconds the access token lives, in C1's examples.
const LIFETIME: u64 = 1800;

impl Auth {
    /// The one service principal that has a trust: `sandbox-ci@HOST/wfe`.
    fn workload_client(&self) -> String {
        format!("sandbox-ci@{}/wfe", self.authority())
    }

    /// A token request of the grant `token-exchange`.
    pub(super) fn exchange(&self, form: &Params) -> Reply {
        if form.get("client_id") != Some(self.workload_client().as_str()) {
            return refuse(401, "invalid_client", "trust_not_found");
        }
        if form.get("subject_token_type") != Some(JWT) {
            return refuse(400, "invalid_request", "subject_token_type is not jwt");
        }
        if self.switches.is("workload", "disabled") {
            return refuse(401, "invalid_client", "sp_disabled");
        }
        let token = form.get("subject_token").unwrap_or_default();
        match self.check_identity(token) {
            Ok(()) => {
                let mut answer = self.access(self.people.workload.clone(), LIFETIME);
                if let Some(members) = answer.as_object_mut() {
                    members.insert("issued_token_type".into(), json!(ACCESS_TOKEN));
                }
                Reply::json(200, &answer)
            }
            Err(why) => refuse(400, "invalid_grant", why),
        }
    }

    /// Signature, issuer, audience and age of an identity.
    fn check_identity(&self, token: &str) -> Result<(), &'static str> {
        let jwt = Jwt::id_token(token).map_err(|_| "invalid_jwt_format")?;
        if jwt.issuer() != self.tokens.issuer() {
            return Err("issuer_mismatch");
        }
        let keys = self.tokens.jwks().map_err(|_| "trust_not_found")?;
        let signed = jwt.signed_by(&keys, &["RS256", "PS256", "ES256"]);
        if signed != Ok(true) {
            return Err("invalid_jwt_format");
        }
        let hosts = [self.host(), self.authority().to_owned()];
        let for_us = |host: &String| jwt.claims::<Value>(host).is_ok();
        if !hosts.iter().any(for_us) {
            return Err("the token is for another audience");
        }
        let now = self.switches.clock().as_second();
        let time = |name| jwt.claim(name).and_then(Value::as_i64);
        let young = |iat: i64| iat >= now - OLDEST && iat <= now + SKEW;
        if !time("iat").is_some_and(young) || time("exp").is_some_and(|exp| exp <= now - SKEW) {
            return Err("token_too_old");
        }
        Ok(())
    }
}
