//! The keys of the scripted provider and what it does with them: every JWS algorithm a client may
//! accept, signed for real, and the two it never may.

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rand::RngCore;
use rand::rngs::OsRng;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, pkcs1v15, pss};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Base64url without padding.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The inverse of [`encode`].
pub(crate) fn decode(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// A key of the provider's, made once a test process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Rsa,
    /// A second one of the same kind: another provider's, or the next after a rotation.
    NextRsa,
    /// 512 bits.
    TinyRsa,
    /// 1024 bits.
    WeakRsa,
    /// 2047 bits, in as many bytes as 2048.
    ShortRsa,
    P256,
    P384,
    P521,
    Ed25519,
}

static RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| rsa_key(2048));
static NEXT_RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| rsa_key(2048));
static TINY_RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| rsa_key(512));
static WEAK_RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| rsa_key(1024));
static SHORT_RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| rsa_key(2047));
static P256: LazyLock<p256::ecdsa::SigningKey> =
    LazyLock::new(|| lucky::<32, _>(|bytes| p256::ecdsa::SigningKey::from_slice(bytes).ok()));
static P384: LazyLock<p384::ecdsa::SigningKey> =
    LazyLock::new(|| lucky::<48, _>(|bytes| p384::ecdsa::SigningKey::from_slice(bytes).ok()));
static P521: LazyLock<p521::ecdsa::SigningKey> = LazyLock::new(|| {
    lucky::<66, _>(|bytes| {
        let mut scalar = *bytes;
        scalar[0] &= 1;
        p521::ecdsa::SigningKey::from_slice(&scalar).ok()
    })
});
static ED25519: LazyLock<ed25519_dalek::SigningKey> =
    LazyLock::new(|| lucky::<32, _>(|bytes| Some(ed25519_dalek::SigningKey::from_bytes(bytes))));

fn rsa_key(bits: usize) -> RsaPrivateKey {
    RsaPrivateKey::new(&mut OsRng, bits).unwrap()
}

/// Random bytes until they make a key.
fn lucky<const N: usize, T>(key: impl Fn(&[u8; N]) -> Option<T>) -> T {
    loop {
        let mut bytes = [0; N];
        OsRng.fill_bytes(&mut bytes);
        if let Some(key) = key(&bytes) {
            return key;
        }
    }
}

impl Key {
    /// Its `kid`.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Rsa => "rsa-1",
            Self::NextRsa => "rsa-2",
            Self::TinyRsa => "rsa-tiny",
            Self::WeakRsa => "rsa-weak",
            Self::ShortRsa => "rsa-short",
            Self::P256 => "p-256",
            Self::P384 => "p-384",
            Self::P521 => "p-521",
            Self::Ed25519 => "ed-25519",
        }
    }

    fn rsa(self) -> &'static RsaPrivateKey {
        match self {
            Self::NextRsa => &NEXT_RSA,
            Self::TinyRsa => &TINY_RSA,
            Self::WeakRsa => &WEAK_RSA,
            Self::ShortRsa => &SHORT_RSA,
            _ => &RSA,
        }
    }

    /// The public half (RFC 7517, RFC 7518 §6, RFC 8037 §2).
    pub(crate) fn jwk(self) -> Value {
        let ec = |crv: &str, point: &[u8]| {
            let (x, y) = point[1..].split_at(point.len() / 2);
            json!({ "kty": "EC", "crv": crv, "x": encode(x), "y": encode(y) })
        };
        let mut jwk = match self {
            Self::Rsa | Self::NextRsa | Self::TinyRsa | Self::WeakRsa | Self::ShortRsa => json!({
                "kty": "RSA",
                "n": encode(self.modulus()),
                "e": encode(self.rsa().e().to_bytes_be()),
            }),
            Self::P256 => ec(
                "P-256",
                P256.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::P384 => ec(
                "P-384",
                P384.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::P521 => {
                let verifying = p521::ecdsa::VerifyingKey::from(&*P521);
                ec("P-521", verifying.to_sec1_point(false).as_bytes())
            }
            Self::Ed25519 => json!({
                "kty": "OKP", "crv": "Ed25519", "x": encode(ED25519.verifying_key().as_bytes()),
            }),
        };
        jwk["kid"] = self.id().into();
        jwk["use"] = "sig".into();
        jwk
    }

    /// The private half of an RSA key, as a client keeps it.
    pub(crate) fn private_pem(self) -> String {
        self.rsa().to_pkcs8_pem(LineEnding::LF).unwrap().to_string()
    }

    /// The RSA modulus, known to everybody.
    pub(crate) fn modulus(self) -> Vec<u8> {
        self.rsa().n().to_bytes_be()
    }

    /// The public key in the form that libraries load, known to everybody.
    pub(crate) fn pem(self) -> Vec<u8> {
        let public = self.rsa().to_public_key();
        let pem = public.to_public_key_pem(LineEnding::LF).unwrap();
        pem.into_bytes()
    }
}

/// A JWS algorithm (RFC 7518 §3.1).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Alg {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EdDSA,
    /// Keyed with what this function says.
    HS256(fn(Key) -> Vec<u8>),
    None,
}

impl Alg {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::ES512 => "ES512",
            Self::EdDSA => "EdDSA",
            Self::HS256(_) => "HS256",
            Self::None => "none",
        }
    }

    /// The key it needs.
    pub(crate) const fn key(self) -> Key {
        match self {
            Self::ES256 => Key::P256,
            Self::ES384 => Key::P384,
            Self::ES512 => Key::P521,
            Self::EdDSA => Key::Ed25519,
            _ => Key::Rsa,
        }
    }

    /// The left half of the hash that belongs to it (OpenID Connect Core §3.1.3.6).
    pub(crate) fn left_half(self, text: &str) -> String {
        let hash = match self {
            Self::RS384 | Self::PS384 | Self::ES384 => Sha384::digest(text).to_vec(),
            Self::RS512 | Self::PS512 | Self::ES512 | Self::EdDSA => Sha512::digest(text).to_vec(),
            _ => Sha256::digest(text).to_vec(),
        };
        encode(&hash[..hash.len() / 2])
    }

    pub(crate) fn sign(self, key: Key, message: &[u8]) -> Vec<u8> {
        use p256::ecdsa::signature::Signer as EcSigner;
        let rsa = || key.rsa().clone();
        match self {
            Self::RS256 => pkcs1v15::SigningKey::<Sha256>::new(rsa())
                .sign(message)
                .to_vec(),
            Self::RS384 => pkcs1v15::SigningKey::<Sha384>::new(rsa())
                .sign(message)
                .to_vec(),
            Self::RS512 => pkcs1v15::SigningKey::<Sha512>::new(rsa())
                .sign(message)
                .to_vec(),
            Self::PS256 => pss::SigningKey::<Sha256>::new(rsa())
                .sign_with_rng(&mut OsRng, message)
                .to_vec(),
            Self::PS384 => pss::SigningKey::<Sha384>::new(rsa())
                .sign_with_rng(&mut OsRng, message)
                .to_vec(),
            Self::PS512 => pss::SigningKey::<Sha512>::new(rsa())
                .sign_with_rng(&mut OsRng, message)
                .to_vec(),
            Self::ES256 => {
                let signature: p256::ecdsa::Signature = EcSigner::sign(&*P256, message);
                signature.to_bytes().to_vec()
            }
            Self::ES384 => {
                let signature: p384::ecdsa::Signature = EcSigner::sign(&*P384, message);
                signature.to_bytes().to_vec()
            }
            Self::ES512 => {
                let signature: p521::ecdsa::Signature = EcSigner::sign(&*P521, message);
                signature.to_bytes().to_vec()
            }
            Self::EdDSA => EcSigner::sign(&*ED25519, message).to_bytes().to_vec(),
            Self::HS256(secret) => hmac_sha256(&secret(key), message),
            Self::None => Vec::new(),
        }
    }
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
    block[..key.len()].copy_from_slice(key);
    let inner = Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x36))
        .chain_update(message)
        .finalize();
    let outer = Sha256::new()
        .chain_update(block.map(|byte| byte ^ 0x5c))
        .chain_update(inner);
    outer.finalize().to_vec()
}
