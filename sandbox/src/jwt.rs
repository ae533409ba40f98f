//! A signed token as a resource server or a relying party reads it (RFC 7519, RFC 9068 section 4, duty B8).

use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::keys::decode;

/// Header and payload of a token whose signature has not been looked at yet.
pub(crate) struct Jwt<'a> {
    header: Value,
    payload: Value,
    message: &'a str,
    signature: Vec<u8>,
}

impl<'a> Jwt<'a> {
    /// Takes an access token apart. B8.1: only `at+jwt`, so that an ID token never passes as one.
    pub(crate) fn read(token: &'a str) -> Result<Self, &'static str> {
        let jwt = Self::any(token)?;
        match jwt.header("typ") {
            Some("at+jwt" | "application/at+jwt") => Ok(jwt),
            _ => Err("the token is not of type at+jwt"),
        }
    }

    /// Takes an ID token apart; an access token never passes as one (RFC 8725 §3.11).
    pub(crate) fn id_token(token: &'a str) -> Result<Self, &'static str> {
        let jwt = Self::any(token)?;
        match jwt.header("typ") {
            None | Some("JWT") => Ok(jwt),
            Some(_) => Err("the token is not an ID token"),
        }
    }

    fn any(token: &'a str) -> Result<Self, &'static str> {
        let (message, signature) = token.rsplit_once('.').ok_or("the token is not a JWT")?;
        let (header, payload) = message.split_once('.').ok_or("the token is not a JWT")?;
        Ok(Self {
            header: parse(header).ok_or("the token's header is not JSON")?,
            payload: parse(payload).ok_or("the token's claims are not JSON")?,
            message,
            signature: decode(signature).ok_or("the token's signature is not valid")?,
        })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// Who the token says it is from.
    pub(crate) fn issuer(&self) -> &str {
        self.payload
            .get("iss")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// A claim as it was sent; the signature is the caller's business.
    pub(crate) fn claim(&self, name: &str) -> Option<&Value> {
        self.payload.get(name)
    }

    /// Whether a key of this set signed it. B8.2: with an algorithm we allow, not one the token wishes.
    pub(crate) fn signed_by(&self, jwks: &Value, allowed: &[&str]) -> Result<bool, &'static str> {
        let alg = self
            .header("alg")
            .filter(|alg| allowed.contains(alg))
            .and_then(algorithm)
            .ok_or("the token's alg is not allowed")?;
        let keys: CoreJsonWebKeySet =
            serde_json::from_value(jwks.clone()).map_err(|_| "the issuer's keys are unreadable")?;
        let kid = self.header("kid");
        Ok(keys
            .keys()
            .iter()
            .filter(|key| kid.is_none() || key.key_id().map(|id| id.as_str()) == kid)
            .any(|key| {
                key.verify_signature(&alg, self.message.as_bytes(), &self.signature)
                    .is_ok()
            }))
    }

    /// The claims, if the token is for this audience (alone or among others).
    pub(crate) fn claims<T: DeserializeOwned>(&self, audience: &str) -> Result<T, &'static str> {
        let mut claims = self.payload.clone();
        let aud = claims.get("aud").cloned().unwrap_or_default();
        let one = aud == audience;
        let among = aud
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == audience));
        if !one && !among {
            return Err("the token is for another audience");
        }
        if let Some(fields) = claims.as_object_mut() {
            fields.insert("aud".to_owned(), audience.into());
        }
        serde_json::from_value(claims).map_err(|_| "a required claim is missing or malformed")
    }
}

fn algorithm(name: &str) -> Option<CoreJwsSigningAlgorithm> {
    serde_json::from_value(name.into()).ok()
}

fn parse(part: &str) -> Option<Value> {
    serde_json::from_slice(&decode(part)?).ok()
}
