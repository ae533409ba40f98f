//! The key of a client that proves itself with a signed assertion instead of a secret (`private_key_jwt`:
//! OpenID Connect Core §9, RFC 7523 §2.2 and §3).
//!
//! Read from what administrators have: PEM (PKCS#8, SEC1, PKCS#1) or a private JWK. P-256 signs with ES256,
//! RSA with RS256 or PS256.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::Signer as _;
use p256::pkcs8::DecodePrivateKey as _;
use rand::RngCore;
use rand::rngs::OsRng;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::rand_core::CryptoRngCore;
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use rsa::{BigUint, RsaPrivateKey, pkcs1v15, pss};
use serde::Deserialize;
use serde_json::json;
use sha2::Sha256;

use super::assertion_algorithm::{NoAssertionAlgorithm, algorithm};
use super::metadata::Metadata;
use super::public_key::is_long_enough;
use crate::adapters::jws;

/// How long an assertion may be used, seconds: one request, and clocks that differ a little.
const LIFETIME: i64 = 60;

/// Why a text is no key. Nothing of it is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotAKey {
    /// Neither PEM nor a JWK, or damaged.
    #[error(
        "it is neither a PEM private key (PKCS#8, SEC1 or PKCS#1, not encrypted) nor a private JWK"
    )]
    Unreadable,
    #[error(
        "it is a key of a kind that is not used here: take P-256 (ES256) or RSA (RS256, PS256)"
    )]
    Kind,
    #[error("it is an RSA key of less than 2048 bits")]
    Short,
}

/// The private key of a client. Cheap to clone; Debug shows nothing of it.
#[derive(Clone)]
pub(crate) struct AssertionKey(Arc<Inner>);

struct Inner {
    key: PrivateKey,
    /// The key's name at the provider, where a JWK tells it.
    kid: Option<String>,
    /// What the key may sign with, preferred first.
    algs: &'static [&'static str],
}

enum PrivateKey {
    P256(p256::ecdsa::SigningKey),
    Rsa(Box<RsaPrivateKey>),
}

/// A private JWK (RFC 7517, RFC 7518 §6), as far as it is looked at.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(default)]
    crv: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    d: String,
    #[serde(default)]
    p: String,
    #[serde(default)]
    q: String,
}

impl AssertionKey {
    pub(crate) fn parse(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        let (key, kid, alg) = if text.starts_with('{') {
            let jwk: Jwk = serde_json::from_str(text).map_err(|_| NotAKey::Unreadable)?;
            (jwk.key()?, jwk.kid, jwk.alg)
        } else {
            (pem(text)?, None, None)
        };
        let algs = match (&key, alg.as_deref()) {
            (PrivateKey::P256(_), None | Some("ES256")) => &["ES256"][..],
            (PrivateKey::Rsa(_), None) => &["RS256", "PS256"],
            (PrivateKey::Rsa(_), Some("RS256")) => &["RS256"],
            (PrivateKey::Rsa(_), Some("PS256")) => &["PS256"],
            _ => return Err(NotAKey::Kind),
        };
        match &key {
            PrivateKey::Rsa(rsa) if !is_long_enough(rsa.as_ref()) => Err(NotAKey::Short),
            PrivateKey::Rsa(rsa) if rsa.validate().is_err() => Err(NotAKey::Unreadable),
            _ => Ok(Self(Arc::new(Inner { key, kid, algs }))),
        }
    }

    /// Whether a text is a key or was meant to be one, of any kind and in any state. Such a text goes nowhere
    /// as a secret.
    pub(crate) fn is_meant(text: &str) -> bool {
        text.contains("-----BEGIN ") || text.contains("\"kty\"") || Self::parse(text).is_ok()
    }

    /// What an assertion for the provider of this metadata is signed with, or that it takes none of this key's.
    pub(crate) fn alg_for(
        &self,
        metadata: &Metadata,
    ) -> Result<&'static str, NoAssertionAlgorithm> {
        algorithm(self.algs(), metadata)
    }

    /// What an assertion would be signed with if every kind of key could be chosen from.
    pub(crate) fn alg_of_any(metadata: &Metadata) -> Result<&'static str, NoAssertionAlgorithm> {
        algorithm(&["ES256", "RS256", "PS256"], metadata)
    }

    /// What it can sign with, preferred first.
    pub(super) fn algs(&self) -> &'static [&'static str] {
        self.0.algs
    }

    /// A new assertion, for one request (RFC 7523 §3: `iss` and `sub` are the client).
    pub(super) fn assertion(&self, alg: &str, client_id: &str, audience: &str, now: i64) -> String {
        let mut jti = [0; 16];
        OsRng.fill_bytes(&mut jti);
        let mut header = json!({ "typ": "JWT", "alg": alg });
        if let (Some(kid), Some(members)) = (&self.0.kid, header.as_object_mut()) {
            members.insert("kid".into(), kid.as_str().into());
        }
        let claims = json!({
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "jti": BASE64.encode(jti),
            "iat": now,
            "exp": now.saturating_add(LIFETIME),
        });
        jws::compact(&header, &claims, |message| {
            self.sign(alg, message, &mut OsRng)
        })
    }

    /// RSA signatures are blinded by the random numbers, so that the time they take tells nothing of the key
    /// (RUSTSEC-2023-0071).
    fn sign(&self, alg: &str, message: &[u8], random: &mut impl CryptoRngCore) -> Vec<u8> {
        match &self.0.key {
            PrivateKey::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            PrivateKey::Rsa(key) if alg == "PS256" => {
                let key = pss::BlindedSigningKey::<Sha256>::new(key.as_ref().clone());
                key.sign_with_rng(random, message).to_vec()
            }
            PrivateKey::Rsa(key) => {
                let key = pkcs1v15::SigningKey::<Sha256>::new(key.as_ref().clone());
                key.sign_with_rng(random, message).to_vec()
            }
        }
    }
}

impl fmt::Debug for AssertionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssertionKey(redacted)")
    }
}

/// OpenSSL writes PKCS#8 nowadays, and wrote SEC1 and PKCS#1; a SEC1 file of its `ecparam` begins with a block of
/// parameters.
fn pem(text: &str) -> Result<PrivateKey, NotAKey> {
    let blocks = text.match_indices("-----BEGIN ").map(|(at, _)| &text[at..]);
    let labelled = blocks.filter_map(|block| {
        let (label, _) = block.strip_prefix("-----BEGIN ")?.split_once("-----")?;
        Some((block, label))
    });
    let mut keys = labelled.filter(|(_, label)| label.ends_with("PRIVATE KEY"));
    let (text, label) = keys.next().ok_or(NotAKey::Unreadable)?;
    let p256 = |key: Option<p256::SecretKey>| key.map(|key| PrivateKey::P256(key.into()));
    let rsa = |key: Option<RsaPrivateKey>| key.map(|key| PrivateKey::Rsa(Box::new(key)));
    match label {
        "PRIVATE KEY" => p256(p256::SecretKey::from_pkcs8_pem(text).ok())
            .or_else(|| rsa(RsaPrivateKey::from_pkcs8_pem(text).ok()))
            .ok_or(NotAKey::Kind),
        "EC PRIVATE KEY" => p256(p256::SecretKey::from_sec1_pem(text).ok()).ok_or(NotAKey::Kind),
        "RSA PRIVATE KEY" => {
            rsa(RsaPrivateKey::from_pkcs1_pem(text).ok()).ok_or(NotAKey::Unreadable)
        }
        _ => Err(NotAKey::Unreadable),
    }
}

impl Jwk {
    fn key(&self) -> Result<PrivateKey, NotAKey> {
        match (self.kty.as_str(), self.crv.as_str()) {
            ("EC", "P-256") => {
                let scalar = BASE64.decode(&self.d).ok();
                let key = scalar.and_then(|d| p256::ecdsa::SigningKey::from_slice(&d).ok());
                key.map(PrivateKey::P256).ok_or(NotAKey::Unreadable)
            }
            ("RSA", _) => {
                let part = |text: &str| {
                    let bytes = BASE64.decode(text).ok().filter(|bytes| !bytes.is_empty());
                    bytes.map(|bytes| BigUint::from_bytes_be(&bytes))
                };
                let parts = || {
                    let primes = vec![part(&self.p)?, part(&self.q)?];
                    let (n, e, d) = (part(&self.n)?, part(&self.e)?, part(&self.d)?);
                    let key = RsaPrivateKey::from_components(n, e, d, primes).ok()?;
                    Some(PrivateKey::Rsa(Box::new(key)))
                };
                parts().ok_or(NotAKey::Unreadable)
            }
            _ => Err(NotAKey::Kind),
        }
    }
}

#[cfg(test)]
mod tests;
