//! Workload federation (RFC 8693, c1-api.md 1.5): a program shows its platform's OIDC token and gets an
//! access token of a service principal. The platform is the sandbox's own, at `/ci/token`.

use ed25519_dalek::{Signature, Signer, SigningKey};
use rand::Rng;
use rand::rngs::OsRng;
use serde_json::{Value, json};

use super::{Auth, refuse};
use crate::sandbox::basics::now;
use crate::sandbox::http::{Params, Reply};
use crate::sandbox::keys::{decode, encode};

const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const ISSUER: &str = "https://ci.sandbox.example";

/// Seconds that a subject token is good for (c1-api.md 1.5).
const OLDEST: i64 = 600;

/// The platform's key, which the API trusts.
pub(super) struct Workload(SigningKey);

impl Workload {
    pub(super) fn new() -> Self {
        Self(SigningKey::from_bytes(&OsRng.r#gen()))
    }

    /// A token for this audience that was issued so many seconds ago.
    fn issue(&self, audience: &str, age: i64) -> String {
        let part = |value: Value| encode(value.to_string().as_bytes());
        let issued = now().saturating_sub(age);
        let header = part(json!({"alg": "EdDSA", "typ": "JWT"}));
        let claims = part(json!({
            "iss": ISSUER, "sub": "repo:acme/infra", "aud": [audience],
            "iat": issued, "exp": issued.saturating_add(3600),
        }));
        let message = format!("{header}.{claims}");
        let signature = self.0.sign(message.as_bytes());
        format!("{message}.{}", encode(&signature.to_bytes()))
    }

    /// The error is the reason as C1's system log names it.
    fn verify(&self, token: &str, host: &str) -> Result<(), &'static str> {
        let malformed = "invalid_jwt_format";
        let (message, signature) = token.rsplit_once('.').ok_or(malformed)?;
        let signature = decode(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
        let signature = signature.ok_or(malformed)?;
        let key = self.0.verifying_key();
        key.verify_strict(message.as_bytes(), &signature)
            .map_err(|_| malformed)?;
        let (_, claims) = message.split_once('.').ok_or(malformed)?;
        let claims = decode(claims).ok_or(malformed)?;
        let claims: Value = serde_json::from_slice(&claims).map_err(|_| malformed)?;
        let member = |name: &str| claims.get(name).unwrap_or(&Value::Null);
        let audience = member("aud").as_array();
        if member("iss") != ISSUER {
            Err("issuer_mismatch")
        } else if !audience.is_some_and(|all| all.iter().any(|one| one == host)) {
            Err("trust_not_found")
        } else if member("iat")
            .as_i64()
            .is_none_or(|iat| now() - iat > OLDEST)
        {
            Err("token_too_old")
        } else {
            Ok(())
        }
    }
}

impl Auth {
    /// `GET /ci/token?audience=HOST&age=SECONDS`: what a platform gives its workloads.
    pub(super) fn subject_token(&self, query: &Params) -> Reply {
        let age = query.get("age").and_then(|age| age.parse().ok());
        let audience = query.get("audience").unwrap_or_default();
        let token = self.workload.issue(audience, age.unwrap_or_default());
        Reply::json(200, &json!({ "value": token }))
    }

    /// The grant `token-exchange`.
    pub(super) fn exchange(&self, form: &Params) -> Reply {
        let id = format!("sandbox-workload@{}/wfe", self.authority());
        if form.get("client_id") != Some(&id) {
            return refuse(401, "invalid_client", "there is no such client");
        }
        if form.get("subject_token_type") != Some(JWT) {
            return refuse(400, "invalid_request", "the subject token is no JWT");
        }
        let token = form.get("subject_token").unwrap_or_default();
        if let Err(reason) = self.workload.verify(token, &self.host()) {
            return refuse(400, "invalid_grant", reason);
        }
        // It has no person of its own here, so that its tasks can be looked at.
        let mut answer = self.access(self.people.approver.clone());
        if let Some(members) = answer.as_object_mut() {
            members.insert("issued_token_type".into(), ACCESS_TOKEN.into());
        }
        Reply::json(200, &answer)
    }

    /// Host and port, as client ids name them.
    fn authority(&self) -> &str {
        self.api_url.trim_start_matches("http://")
    }
}
