//! The issuer whose access tokens the API accepts.

use std::sync::LazyLock;

use serde_json::json;

use crate::http::{Reply, Server, value};
use crate::keys::{Alg, Key, encode};
use crate::provider::{CLIENT_ID, EMAIL, now};

/// Whose access tokens the API accepts. It is honest, and apart from every scripted provider, so that the
/// API would approve what comes with each of their answers: only the client's own checks are in the way.
pub(crate) struct Authority(Server);

pub(crate) static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| {
    Authority(Server::start(|request| {
        let base = format!("http://{}", value(&request.headers, "host"));
        match request.path.as_str() {
            "/keys" => Reply::json(&json!({ "keys": [Key::Rsa.jwk()] })),
            _ => Reply::json(&json!({ "issuer": base, "jwks_uri": format!("{base}/keys") })),
        }
    }))
});

impl Authority {
    pub(crate) fn issuer(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// A token that this API takes as proof of a strong and fresh sign-in (RFC 9068).
    /// With a thumbprint it is bound to that key (RFC 9449 §6.1).
    pub(crate) fn access_token(&self, api: &str, thumbprint: Option<&str>) -> String {
        let header = json!({ "typ": "at+jwt", "alg": "RS256", "kid": Key::Rsa.id() });
        let mut claims = json!({
            "iss": self.issuer(),
            "aud": api,
            "sub": "mira",
            "client_id": CLIENT_ID,
            "iat": now(),
            "exp": now() + 300,
            "jti": encode(rand::random::<[u8; 16]>()),
            "acr": "phr",
            "auth_time": now(),
            "email": EMAIL,
        });
        if let Some(jkt) = thumbprint {
            claims["cnf"] = json!({ "jkt": jkt });
        }
        let message = format!(
            "{}.{}",
            encode(header.to_string()),
            encode(claims.to_string())
        );
        let signature = Alg::RS256.sign(Key::Rsa, message.as_bytes());
        format!("{message}.{}", encode(signature))
    }
}
