//! The key of the client that proves itself with signed assertions (`private_key_jwt`: OIDC Core section 9,
//! RFC 7523 section 3). The client has the private half; each assertion counts once.

use std::collections::HashSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::basics::{locked, now};
use crate::jwt::Jwt;
use crate::keys::EcKey;

/// What `client_assertion_type` has to say.
pub(super) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What assertions are signed with.
pub(super) const ALG: &str = "ES256";

/// The longest that an assertion may live, seconds.
const LONGEST: i64 = 300;

/// Tolerated difference of clocks, seconds.
const SKEW: i64 = 60;

pub(super) struct ClientKey {
    private: String,
    public: Value,
    used: Mutex<HashSet<String>>,
}

impl ClientKey {
    pub(super) fn new() -> Self {
        let key = EcKey::new();
        Self {
            private: key.private_jwk().to_string(),
            public: json!({ "keys": [key.jwk()] }),
            used: Mutex::default(),
        }
    }

    /// The private half, as a JWK.
    pub(super) fn private(&self) -> &str {
        &self.private
    }

    /// Whether this client made this assertion, for this audience, now, and for the first time.
    pub(super) fn made(&self, assertion: &str, client_id: &str, audience: &str) -> bool {
        let Ok(jwt) = Jwt::id_token(assertion) else {
            return false;
        };
        let text = |name: &str| jwt.claim(name).and_then(Value::as_str);
        let named = text("iss") == Some(client_id) && text("sub") == Some(client_id);
        let ours = text("aud") == Some(audience);
        let exp = jwt.claim("exp").and_then(Value::as_i64).unwrap_or_default();
        let timely = exp > now() - SKEW && exp <= now() + LONGEST + SKEW;
        let signed = jwt.signed_by(&self.public, &[ALG]).unwrap_or(false);
        let Some(jti) = text("jti").filter(|_| named && ours && timely && signed) else {
            return false;
        };
        locked(&self.used).insert(jti.to_owned())
    }
}
