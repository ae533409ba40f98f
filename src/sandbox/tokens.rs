//! Step-up access tokens: the provider mints them, the API verifies them (RFC 9068, duty B8), and a code
//! used twice revokes them (B15.2).
//!
//! They always tell the truth. The switches that falsify an answer falsify the ID token, so that only the
//! client's own checks stand between a bad sign-in and an approval.

use std::collections::HashSet;
use std::sync::Mutex;

use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::files::{locked, now};
use super::keys::{Alg, Generation, Keys, decode};

/// What an access token says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct AccessClaims {
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) sub: String,
    pub(crate) client_id: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    pub(crate) jti: String,
    pub(crate) acr: String,
    pub(crate) amr: Vec<String>,
    pub(crate) auth_time: i64,
    pub(crate) scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
}

/// The registry both servers share.
pub(crate) struct Tokens {
    pub(crate) keys: Keys,
    issuer: String,
    /// The API's URL.
    audience: String,
    lifetime: i64,
    revoked: Mutex<HashSet<String>>,
}

impl Tokens {
    /// Tokens of this issuer for this API, living so many seconds.
    pub(crate) fn new(issuer: &str, audience: &str, lifetime: u64) -> Self {
        Self {
            keys: Keys::new(),
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            lifetime: i64::try_from(lifetime).unwrap_or(i64::MAX),
            revoked: Mutex::default(),
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// How long a new token lives, in seconds.
    pub(crate) const fn lifetime(&self) -> i64 {
        self.lifetime
    }

    /// Fills in what every token has in common: issuer, audience, times.
    pub(crate) fn complete(&self, claims: AccessClaims) -> AccessClaims {
        AccessClaims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            iat: now(),
            exp: now().saturating_add(self.lifetime),
            ..claims
        }
    }

    /// The signed token (RFC 9068 §2).
    pub(crate) fn mint(&self, claims: &AccessClaims) -> String {
        let kid = self.keys.kid(Alg::Rs256, Generation::Current);
        let header = json!({"typ": "at+jwt", "alg": "RS256", "kid": kid});
        let payload = json!(claims).to_string();
        self.keys
            .sign(Alg::Rs256, Generation::Current, &header, &payload)
    }

    /// Withdraws a token before its time.
    pub(crate) fn revoke(&self, jti: &str) {
        locked(&self.revoked).insert(jti.to_owned());
    }

    /// The resource server's checks of RFC 9068 §4. The error says which one failed.
    pub(crate) fn verify(&self, token: &str) -> Result<AccessClaims, &'static str> {
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err("the token is not a signed JWT");
        };
        let fields: Value = parse(header).ok_or("the token's header is not JSON")?;
        let text = |name| fields.get(name).and_then(Value::as_str);
        // B8.1: an ID token must never pass as an access token.
        if !matches!(text("typ"), Some("at+jwt" | "application/at+jwt")) {
            return Err("the token is not of type at+jwt");
        }
        // B8.2: one asymmetric algorithm, never what the token wishes.
        if text("alg") != Some("RS256") {
            return Err("the token's alg is not RS256");
        }
        let message = format!("{header}.{payload}");
        if !self.signed(text("kid"), message.as_bytes(), signature) {
            return Err("the token's signature is not valid");
        }
        let claims: AccessClaims = parse(payload).ok_or("a required claim is missing")?;
        self.accept(claims)
    }

    fn accept(&self, claims: AccessClaims) -> Result<AccessClaims, &'static str> {
        if claims.iss != self.issuer {
            return Err("the token has another issuer");
        }
        if claims.aud != self.audience {
            return Err("the token is for another audience");
        }
        if claims.exp <= now() {
            return Err("the token has expired");
        }
        if locked(&self.revoked).contains(&claims.jti) {
            return Err("the token was revoked");
        }
        Ok(claims)
    }

    fn signed(&self, kid: Option<&str>, message: &[u8], signature: &str) -> bool {
        let Some(signature) = decode(signature) else {
            return false;
        };
        let jwks = self.keys.jwks(false, false);
        let keys = serde_json::from_value::<CoreJsonWebKeySet>(jwks).ok();
        let named = |key: &&CoreJsonWebKey| key.key_id().map(|id| id.as_str()) == kid;
        keys.as_ref()
            .and_then(|keys| keys.keys().iter().find(named))
            .is_some_and(|key| {
                key.verify_signature(
                    &CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                    message,
                    &signature,
                )
                .is_ok()
            })
    }
}

fn parse<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&decode(part)?).ok()
}
