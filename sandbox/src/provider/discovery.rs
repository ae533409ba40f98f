//! What the provider publishes about itself: metadata (OIDC Discovery) and keys (RFC 7517).

use serde_json::{Map, Value, json};

use super::errors::CIBA_GRANT;
use super::levels::ACR_VALUES;
use super::{Provider, client_key};
use crate::basics::locked;
use crate::http::Reply;
use crate::keys::{Alg, Generation};

impl Provider {
    pub(super) fn discovery(&self) -> Reply {
        match self.error_of("discovery") {
            Some("503") => Reply::json(503, &json!({"error": "temporarily_unavailable"})),
            Some("500") => Reply::json(500, &json!({"error": "server_error"})),
            Some("html") => Reply::html(200, "<!doctype html><title>Welcome</title><p>Welcome"),
            Some("huge") => Reply::huge(),
            Some("redirect") => Reply::redirect(302, &format!("{}/elsewhere", self.base())),
            Some("many-members") => cacheable(&with_many_members(self.metadata())),
            _ => cacheable(&self.metadata()),
        }
    }

    pub(super) fn metadata(&self) -> Value {
        let issuer = self.issuer();
        // Not loopback, not https: a client must not send a code or a person there (B9.8).
        let endpoints = if self.switches.is("discovery", "http") {
            "http://idp.sandbox.example"
        } else {
            self.base()
        };
        let published_issuer = match self.switches.text("discovery_issuer") {
            Some("wrong") => format!("{issuer}INVALID"),
            Some("slash") => format!("{issuer}/"),
            _ => issuer.to_owned(),
        };
        let pkce = if self.switches.is("discovery", "no-s256") {
            "plain"
        } else {
            "S256"
        };
        let mut metadata = json!({
            "issuer": published_issuer,
            "authorization_endpoint": format!("{endpoints}/authorize"),
            "token_endpoint": format!("{endpoints}/token"),
            "userinfo_endpoint": format!("{endpoints}/userinfo"),
            "jwks_uri": format!("{endpoints}/jwks"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "form_post"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", "profile", "email"],
            "claims_supported": [
                "sub", "iss", "aud", "azp", "exp", "iat", "nonce", "auth_time", "acr", "amr", "at_hash",
                "email", "email_verified", "name", "preferred_username",
            ],
            "acr_values_supported": ACR_VALUES,
            "prompt_values_supported": ["none", "login"],
            "id_token_signing_alg_values_supported": [self.honest_alg().name()],
            "token_endpoint_auth_methods_supported":
                ["none", "client_secret_basic", "client_secret_post", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": [client_key::ALG],
            "code_challenge_methods_supported": [pkce],
            "authorization_response_iss_parameter_supported": true,
            "claims_parameter_supported": true,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "dpop_signing_alg_values_supported":
                if self.switches.is("dpop", "no-es256") { ["RS256"] } else { ["ES256"] },
        });
        if let Some(members) = metadata.as_object_mut() {
            self.extend(members, endpoints);
            self.persona.dress(members, issuer);
        }
        metadata
    }

    /// What is published by a provider that takes pushed requests, or asks people on a device of theirs.
    fn extend(&self, members: &mut Map<String, Value>, endpoints: &str) {
        let mut insert = |name: &str, value| members.insert(name.to_owned(), value);
        if self.takes_pushed() {
            let address = json!(format!("{endpoints}/par"));
            insert("pushed_authorization_request_endpoint", address);
        }
        if self.demands_pushed() {
            insert("require_pushed_authorization_requests", json!(true));
        }
        if self.has_backchannel() {
            let address = json!(format!("{endpoints}/bc-authorize"));
            insert("backchannel_authentication_endpoint", address);
            let ping_only = self.switches.is("backchannel", "ping-only");
            let modes = if ping_only { ["ping"] } else { ["poll"] };
            insert("backchannel_token_delivery_modes_supported", json!(modes));
            let grants = json!(["authorization_code", CIBA_GRANT]);
            insert("grant_types_supported", grants);
        }
        members.extend(self.details_types());
    }

    /// What ID tokens are signed with.
    pub(super) fn alg(&self) -> Alg {
        let asked_for = self.switches.text("alg").map(Alg::named);
        asked_for.unwrap_or(self.tokens.keys.usual())
    }

    /// An attacker does not announce what is unsound.
    fn honest_alg(&self) -> Alg {
        match self.alg() {
            Alg::Hs256 | Alg::None => Alg::Rs256,
            sound => sound,
        }
    }

    /// Which RSA key signs ID tokens.
    pub(super) fn generation(&self) -> Generation {
        if self.switches.is("jwks", "rotate") {
            Generation::Next
        } else {
            Generation::Current
        }
    }

    pub(super) fn jwks(&self) -> Reply {
        match self.switches.text("jwks") {
            Some("500") => Reply::json(500, &json!({"error": "server_error"})),
            Some("html") => Reply::html(200, "<!doctype html><title>Keys</title><p>Keys"),
            Some("empty") => cacheable(&json!({"keys": []})),
            _ => {
                let with_ec = self.alg() == Alg::Es256;
                let with_next =
                    self.generation() == Generation::Next && locked(&self.store).has_issued();
                cacheable(&self.tokens.keys.jwks(with_ec, with_next))
            }
        }
    }
}

/// Clients may keep metadata and keys for a while (OIDC Core §10.1.1).
fn cacheable(body: &Value) -> Reply {
    Reply::new(200, "application/json", body.to_string())
        .header("Cache-Control", "public, max-age=300")
}

/// A thousand members that no specification names. All that is there stays under 1 MiB.
fn with_many_members(mut metadata: Value) -> Value {
    if let Some(members) = metadata.as_object_mut() {
        for number in 0..1000 {
            members.insert(format!("x_sandbox_{number}"), json!("x".repeat(1000)));
        }
    }
    metadata
}
