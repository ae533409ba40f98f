//! The provider's signing keys and compact JWS (RFC 7515, RFC 7518), sound and deliberately unsound.
//!
//! Keys are made in the background, because an RSA key takes longer than everything else at start.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use rand::rngs::OsRng;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use rsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, pkcs1v15, pss};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};

use super::basics::random;

/// A signature algorithm by its JWA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alg {
    Rs256,
    Rs512,
    Ps256,
    Es256,
    /// Unsound: keyed with what everybody can read in the key set.
    Hs256,
    /// Unsound: not signed.
    None,
}

impl Alg {
    /// From the JWA name; RS256, the default of OIDC, for anything else.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "RS512" => Self::Rs512,
            "PS256" => Self::Ps256,
            "ES256" => Self::Es256,
            "HS256" => Self::Hs256,
            "none" => Self::None,
            _ => Self::Rs256,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::Hs256 => "HS256",
            Self::None => "none",
        }
    }
}

struct RsaKey {
    kid: String,
    key: RsaPrivateKey,
}

impl RsaKey {
    /// The main key.
    fn first() -> Self {
        // Unit tests start many sandboxes; for them one key a process is enough.
        static SHARED: LazyLock<RsaPrivateKey> = LazyLock::new(rsa_key);
        match kept() {
            _ if cfg!(test) => Self::of(SHARED.clone()),
            Some(path) => Self::of(read_or_made(&path)),
            None => Self::new(),
        }
    }

    fn new() -> Self {
        Self::of(rsa_key())
    }

    fn of(key: RsaPrivateKey) -> Self {
        let kid = random(16);
        Self { kid, key }
    }

    fn jwk(&self) -> Value {
        json!({
            "kty": "RSA", "use": "sig", "kid": self.kid,
            "n": encode(&self.key.n().to_bytes_be()), "e": encode(&self.key.e().to_bytes_be()),
        })
    }
}

/// Where stories keep one main key for all their sandboxes: making it would take most of the time of each. What is shipped
/// makes its own at every start.
fn kept() -> Option<PathBuf> {
    let path = env::var_os("STEPUP_TESTS_RSA_KEY").filter(|_| cfg!(debug_assertions))?;
    Some(path.into())
}

fn read_or_made(path: &Path) -> RsaPrivateKey {
    let read = fs::read_to_string(path).ok();
    if let Some(key) = read.and_then(|pem| RsaPrivateKey::from_pkcs8_pem(&pem).ok()) {
        return key;
    }
    let key = rsa_key();
    // Under another name first: whoever reads meanwhile gets all of it. Where it cannot be kept, the next one makes its own.
    let new = path.with_extension(random(8));
    if key.write_pkcs8_pem_file(&new, LineEnding::LF).is_ok() {
        let _ = fs::rename(new, path);
    }
    key
}

fn rsa_key() -> RsaPrivateKey {
    loop {
        // Fails only if the random numbers were unlucky.
        if let Ok(key) = RsaPrivateKey::new(&mut OsRng, 2048) {
            return key;
        }
    }
}

/// A P-256 key, ours or a client's.
pub(crate) struct EcKey {
    kid: String,
    key: p256::ecdsa::SigningKey,
}

impl EcKey {
    pub(crate) fn new() -> Self {
        let kid = random(16);
        loop {
            let mut scalar = [0; 32];
            OsRng.fill_bytes(&mut scalar);
            // Fails only if the scalar is zero or beyond the group order.
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&scalar) {
                return Self { kid, key };
            }
        }
    }

    /// With what only its owner knows.
    pub(crate) fn private_jwk(&self) -> Value {
        let mut jwk = self.jwk();
        if let Some(members) = jwk.as_object_mut() {
            members.insert("d".to_owned(), encode(&self.key.to_bytes()).into());
        }
        jwk
    }

    pub(crate) fn jwk(&self) -> Value {
        let point = self.key.verifying_key().to_sec1_point(false);

        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "kid": self.kid,
            "x": point.x().map(|x| encode(x)),
            "y": point.y().map(|y| encode(y)),
        })
    }
}

/// Which RSA key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generation {
    Current,
    /// The one that is published late (`jwks=rotate`).
    Next,
}

/// All keys, each made when first needed.
pub(crate) struct Keys {
    usual: Alg,
    current: LazyLock<RsaKey>,
    next: LazyLock<RsaKey>,
    ec: LazyLock<EcKey>,
}

impl Keys {
    /// Keys of a provider that signs so where nothing else is asked for: RS256, or ES256 and with no RSA key at all.
    pub(crate) const fn new(usual: Alg) -> Self {
        Self {
            usual,
            current: LazyLock::new(RsaKey::first),
            next: LazyLock::new(RsaKey::new),
            ec: LazyLock::new(EcKey::new),
        }
    }

    /// What is signed with where nothing else is asked for.
    pub(crate) const fn usual(&self) -> Alg {
        self.usual
    }

    /// Makes the main key now; meant for a thread of its own.
    pub(crate) fn prepare(&self) {
        self.kid(self.usual, Generation::Current);
    }

    /// The JSON Web Keys for these purposes (RFC 7517).
    pub(crate) fn jwks(&self, with_ec: bool, with_next: bool) -> Value {
        if self.usual == Alg::Es256 {
            return json!({ "keys": [self.ec.jwk()] });
        }
        let mut keys = vec![self.current.jwk()];
        if with_next {
            keys.push(self.next.jwk());
        }
        if with_ec {
            keys.push(self.ec.jwk());
        }
        json!({ "keys": keys })
    }

    /// The name of the key that this algorithm uses.
    pub(crate) fn kid(&self, alg: Alg, generation: Generation) -> &str {
        match (alg, generation) {
            (Alg::Es256, _) => &self.ec.kid,
            (_, Generation::Current) => &self.current.kid,
            (_, Generation::Next) => &self.next.kid,
        }
    }

    /// A token of this type, signed in the usual way.
    pub(crate) fn sign_as(&self, typ: &str, claims: &Value) -> String {
        let (alg, generation) = (self.usual, Generation::Current);
        let header = json!({"typ": typ, "alg": alg.name(), "kid": self.kid(alg, generation)});
        self.sign(alg, generation, &header, &claims.to_string())
    }

    /// A compact JWS over this header and payload.
    pub(crate) fn sign(
        &self,
        alg: Alg,
        generation: Generation,
        header: &Value,
        payload: &str,
    ) -> String {
        let message = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(payload.as_bytes())
        );
        let signature = self.signature(alg, generation, message.as_bytes());
        format!("{message}.{}", encode(&signature))
    }

    fn signature(&self, alg: Alg, generation: Generation, message: &[u8]) -> Vec<u8> {
        // Made only where it is needed.
        let rsa = || match generation {
            Generation::Current => &self.current.key,
            Generation::Next => &self.next.key,
        };
        match alg {
            Alg::Rs256 => pkcs1v15::SigningKey::<Sha256>::new(rsa().clone())
                .sign(message)
                .to_vec(),
            Alg::Rs512 => pkcs1v15::SigningKey::<Sha512>::new(rsa().clone())
                .sign(message)
                .to_vec(),
            Alg::Ps256 => pss::SigningKey::<Sha256>::new(rsa().clone())
                .sign_with_rng(&mut OsRng, message)
                .to_vec(),
            Alg::Es256 => {
                let signature: p256::ecdsa::Signature =
                    p256::ecdsa::signature::Signer::sign(&self.ec.key, message);
                signature.to_bytes().to_vec()
            }
            // Algorithm confusion (RFC 8725 §2.1): the public modulus used as a shared secret.
            Alg::Hs256 => hmac_sha256(&rsa().n().to_bytes_be(), message),
            Alg::None => Vec::new(),
        }
    }
}

/// Base64url without padding (RFC 7515 §2).
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// RFC 2104.
fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0_u8; 64];
    let hashed = Sha256::digest(key);
    let key = if key.len() > block.len() {
        hashed.as_slice()
    } else {
        key
    };
    for (place, byte) in block.iter_mut().zip(key) {
        *place = *byte;
    }
    let inner = Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_matches_rfc_4231_case_2() {
        let mac = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }

    #[test]
    fn every_sound_signature_verifies_with_the_published_key() {
        use openidconnect::JsonWebKey;
        use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm as Jws};
        let keys = Keys::new(Alg::Rs256);
        let jwks = keys.jwks(true, false);
        for (alg, jws, index) in [
            (Alg::Rs256, Jws::RsaSsaPkcs1V15Sha256, 0),
            (Alg::Rs512, Jws::RsaSsaPkcs1V15Sha512, 0),
            (Alg::Ps256, Jws::RsaSsaPssSha256, 0),
            (Alg::Es256, Jws::EcdsaP256Sha256, 1),
        ] {
            let key: CoreJsonWebKey = serde_json::from_value(jwks["keys"][index].clone()).unwrap();
            let signature = keys.signature(alg, Generation::Current, b"message");
            assert!(
                key.verify_signature(&jws, b"message", &signature).is_ok(),
                "{alg:?}"
            );
        }
    }
}
