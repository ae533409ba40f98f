//! One public key of a provider, of which it is established that it is strong enough and written as it must be
//! (B9.27: RFC 7518 §3.3 and §6, RFC 8037 §2, RFC 8725 §3.5). There is no other way to make one, so a key that
//! cannot be read verifies nothing.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey as Ed25519;
use openidconnect::core::CoreJwsSigningAlgorithm as Alg;
use p256::ecdsa::VerifyingKey as P256;
use p256::ecdsa::signature::Verifier as _;
use p384::ecdsa::VerifyingKey as P384;
use p521::ecdsa::VerifyingKey as P521;
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::jose;
use crate::domain::canonical::canonical;

/// Shortest RSA modulus accepted, in bits (RFC 7518 §3.3).
pub(crate) const MIN_RSA_BITS: usize = 2048;

/// Whether an RSA key is long enough to sign or to verify with.
pub(super) fn is_long_enough(key: &impl PublicKeyParts) -> bool {
    key.n().bits() >= MIN_RSA_BITS
}

/// Whether signatures of this algorithm are made with RSA keys.
pub(super) const fn is_of_rsa(alg: &Alg) -> bool {
    matches!(
        alg,
        Alg::RsaSsaPkcs1V15Sha256
            | Alg::RsaSsaPkcs1V15Sha384
            | Alg::RsaSsaPkcs1V15Sha512
            | Alg::RsaSsaPssSha256
            | Alg::RsaSsaPssSha384
            | Alg::RsaSsaPssSha512
    )
}

#[derive(Debug)]
pub(super) enum PublicKey {
    Rsa(RsaPublicKey),
    P256(P256),
    P384(P384),
    P521(Box<P521>),
    Ed25519(Ed25519),
}

impl PublicKey {
    /// Reads a JWK. `None` for another kind, and for any parameter that is not exactly as it should be.
    pub(super) fn of(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let part = |name: &str| jose::base64url(text(name)?);
        let point = |size| sec1(size, &part("x")?, &part("y")?);
        match (text("kty")?, text("crv")) {
            ("RSA", _) => rsa(&part("n")?, &part("e")?).map(Self::Rsa),
            ("EC", Some("P-256")) => P256::from_sec1_bytes(&point(32)?).ok().map(Self::P256),
            ("EC", Some("P-384")) => P384::from_sec1_bytes(&point(48)?).ok().map(Self::P384),
            ("EC", Some("P-521")) => {
                let key = P521::from_sec1_bytes(&point(66)?).ok()?;
                Some(Self::P521(Box::new(key)))
            }
            ("OKP", Some("Ed25519")) => ed25519(&part("x")?).map(Self::Ed25519),
            _ => None,
        }
    }

    /// Whether signatures of this algorithm are made with keys of this kind.
    pub(super) const fn suits(&self, alg: &Alg) -> bool {
        match self {
            Self::Rsa(_) => is_of_rsa(alg),
            Self::P256(_) => matches!(alg, Alg::EcdsaP256Sha256),
            Self::P384(_) => matches!(alg, Alg::EcdsaP384Sha384),
            Self::P521(_) => matches!(alg, Alg::EcdsaP521Sha512),
            Self::Ed25519(_) => matches!(alg, Alg::EdDsa),
        }
    }

    /// Whether the other half of this key made the signature, by this algorithm.
    pub(super) fn made(&self, alg: &Alg, message: &[u8], signature: &[u8]) -> bool {
        self.suits(alg) && self.verify(alg, message, signature).is_some()
    }

    fn verify(&self, alg: &Alg, message: &[u8], signature: &[u8]) -> Option<()> {
        match self {
            Self::Rsa(key) => verify_rsa(key, alg, message, signature),
            Self::P256(key) => {
                let signature = p256::ecdsa::Signature::from_slice(signature).ok()?;
                key.verify(message, &signature).ok()
            }
            Self::P384(key) => {
                let signature = p384::ecdsa::Signature::from_slice(signature).ok()?;
                key.verify(message, &signature).ok()
            }
            Self::P521(key) => {
                let signature = p521::ecdsa::Signature::from_slice(signature).ok()?;
                key.verify(message, &signature).ok()
            }
            Self::Ed25519(key) => {
                let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
                key.verify_strict(message, &signature).ok()
            }
        }
    }
}

/// The thumbprint of a key (RFC 7638, SHA-256, base64url); `None` for a kind of key that verifies nothing here.
pub(crate) fn thumbprint(jwk: &Value) -> Option<String> {
    let names: &[&str] = match jwk.get("kty")?.as_str()? {
        "RSA" => &["e", "kty", "n"],
        "EC" => &["crv", "kty", "x", "y"],
        "OKP" => &["crv", "kty", "x"],
        _ => return None,
    };
    let member = |name: &&str| {
        let value = jwk.get(*name)?.as_str()?;
        Some(((*name).to_owned(), Value::from(value)))
    };
    let members: Option<Map<String, Value>> = names.iter().map(member).collect();
    // Texts in alphabetical order and without white space are what RFC 7638 §3 wants.
    let text = canonical(&Value::Object(members?)).ok()?;
    Some(BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text)))
}

/// A key as it was published, without what belongs to nobody else (RFC 7518 §6.2.2, §6.3.2, §6.4), should somebody
/// publish that.
pub(crate) fn public_members(jwk: &Value) -> Value {
    const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
    let mut public = jwk.clone();
    if let Some(members) = public.as_object_mut() {
        members.retain(|name, _| !PRIVATE.contains(&name.as_str()));
    }
    public
}

/// The crate refuses even moduli, and exponents that are 1, even or very long.
fn rsa(n: &[u8], e: &[u8]) -> Option<RsaPublicKey> {
    let number = BigUint::from_bytes_be;
    let key = RsaPublicKey::new(number(n), number(e)).ok()?;
    is_long_enough(&key).then_some(key)
}

/// The size in bits of an RSA key that is written as it must be, and is too short to rely on.
pub(super) fn too_short(jwk: &Value) -> Option<usize> {
    let text = |name: &str| jwk.get(name)?.as_str();
    if text("kty") != Some("RSA") {
        return None;
    }
    let bits = BigUint::from_bytes_be(&jose::base64url(text("n")?)?).bits();
    (bits < MIN_RSA_BITS).then_some(bits)
}

/// An uncompressed point; the curves' readers refuse those that are not on them. Coordinates have their full
/// length (RFC 7518 §6.2.1.2).
fn sec1(size: usize, x: &[u8], y: &[u8]) -> Option<Vec<u8>> {
    (x.len() == size && y.len() == size).then(|| [&[4], x, y].concat())
}

/// Points of small order verify what nobody signed.
fn ed25519(x: &[u8]) -> Option<Ed25519> {
    let key = Ed25519::from_bytes(x.try_into().ok()?).ok()?;
    (!key.is_weak()).then_some(key)
}

fn verify_rsa(key: &RsaPublicKey, alg: &Alg, message: &[u8], signature: &[u8]) -> Option<()> {
    let (sha256, sha384, sha512) = (
        || Sha256::digest(message),
        || Sha384::digest(message),
        || Sha512::digest(message),
    );
    let verified = match alg {
        Alg::RsaSsaPkcs1V15Sha256 => {
            key.verify(Pkcs1v15Sign::new::<Sha256>(), &sha256(), signature)
        }
        Alg::RsaSsaPkcs1V15Sha384 => {
            key.verify(Pkcs1v15Sign::new::<Sha384>(), &sha384(), signature)
        }
        Alg::RsaSsaPkcs1V15Sha512 => {
            key.verify(Pkcs1v15Sign::new::<Sha512>(), &sha512(), signature)
        }
        Alg::RsaSsaPssSha256 => key.verify(Pss::new::<Sha256>(), &sha256(), signature),
        Alg::RsaSsaPssSha384 => key.verify(Pss::new::<Sha384>(), &sha384(), signature),
        Alg::RsaSsaPssSha512 => key.verify(Pss::new::<Sha512>(), &sha512(), signature),
        _ => return None,
    };
    verified.ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The example of RFC 7638 §3.1.
    #[test]
    fn the_thumbprint_is_that_of_the_rfc() {
        let key = json!({
            "kty": "RSA",
            "n": concat!(
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi",
                "FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb",
                "9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls",
                "1jF44-csFCur-kEgU8awapJzKnqDKgw",
            ),
            "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
        });
        let expected = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
        assert_eq!(thumbprint(&key).as_deref(), Some(expected));
        for (member, value) in [("kty", json!("oct")), ("n", json!(1)), ("e", Value::Null)] {
            let mut other = key.clone();
            other[member] = value;
            assert_eq!(thumbprint(&other), None, "{member}");
        }
    }

    #[test]
    fn private_members_are_left_out_should_somebody_publish_them() {
        let key = json!({ "kty": "EC", "d": "secret", "k": "secret", "x": "1", "kid": "d" });
        assert_eq!(
            public_members(&key),
            json!({ "kty": "EC", "x": "1", "kid": "d" })
        );
    }
}
