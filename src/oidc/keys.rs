//! The provider's signing keys (RFC 7517): fetched while the person is in the browser, fetched again
//! once when a token names a key we do not have (Core §10.1.1), and used to verify signatures (Core §3.1.3.7).

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;
use openidconnect::core::CoreJwsSigningAlgorithm;
use openidconnect::http::{Request, header};
use serde_json::Value;

use super::jose;
pub(crate) use super::public_key::MIN_RSA_BITS;
use super::public_key::{self, PublicKey};
use crate::adapters::http::{Http, HttpError, Repeat};
use crate::adapters::threads::joined;

#[cfg(test)]
mod tests;

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// They could not be fetched.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Another status than 200.
    #[error("the provider's key set answered HTTP {0}")]
    Status(u16),
    #[error("the provider's key set cannot be read: {0}")]
    NotKeys(String),
}

/// Keys of one provider, fetched in the background from the moment this is made, and kept.
pub struct KeySource {
    http: Http,
    url: String,
    fetched: Mutex<Fetched>,
}

enum Fetched {
    /// They are on their way.
    Begun(JoinHandle<Result<Keys, KeysError>>),
    /// They are here, for every token of the sign-in.
    Here(Arc<Keys>),
    /// They did not come.
    Nothing,
}

impl KeySource {
    pub(crate) fn fetching(http: &Http, url: &str) -> Self {
        let source = Self {
            http: http.clone(),
            url: url.to_owned(),
            fetched: Mutex::new(Fetched::Nothing),
        };
        source.refresh();
        source
    }

    /// Keys that are at hand already; nobody answers at the address.
    #[cfg(any(test, fuzzing))]
    pub(super) fn of(keys: Keys) -> Self {
        Self {
            http: Http::new(std::time::Duration::from_secs(1)),
            url: "http://127.0.0.1:9/".into(),
            fetched: Mutex::new(Fetched::Here(Arc::new(keys))),
        }
    }

    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self::of(Keys::default())
    }

    /// The keys of this set, as if they had been fetched.
    #[cfg(any(test, fuzzing))]
    pub fn holding(jwks: &Value) -> Self {
        Self::of(Keys::parse(jwks.to_string().as_bytes()).unwrap_or_default())
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Starts fetching anew; what was fetched before is forgotten.
    pub(crate) fn refresh(&self) {
        let (client, address) = (self.http.clone(), self.url.clone());
        let begun = thread::spawn(move || Keys::fetch(&client, &address));
        *self.slot() = Fetched::Begun(begun);
    }

    /// The keys at hand; waited for while they are on their way, and fetched now if they did not come.
    pub(crate) fn keys(&self) -> Result<Arc<Keys>, KeysError> {
        let mut slot = self.slot();
        let keys = match mem::replace(&mut *slot, Fetched::Nothing) {
            Fetched::Here(keys) => keys,
            Fetched::Begun(begun) => match joined(begun.join()) {
                Ok(keys) => Arc::new(keys),
                Err(_) => self.fetch()?,
            },
            Fetched::Nothing => self.fetch()?,
        };
        *slot = Fetched::Here(Arc::clone(&keys));
        Ok(keys)
    }

    /// Fetches anew, for a key id that the keys at hand do not have.
    pub(crate) fn fetch_again(&self) -> Result<Arc<Keys>, KeysError> {
        let keys = self.fetch()?;
        *self.slot() = Fetched::Here(Arc::clone(&keys));
        Ok(keys)
    }

    fn fetch(&self) -> Result<Arc<Keys>, KeysError> {
        Keys::fetch(&self.http, &self.url).map(Arc::new)
    }

    /// Nobody leaves it half changed.
    fn slot(&self) -> MutexGuard<'_, Fetched> {
        self.fetched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A JWK set: the keys that can be understood and relied on. Others are passed over (RFC 7517 §5).
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// When they were fetched, seconds since the epoch.
    fetched_at: i64,
    usable: Vec<VerificationKey>,
    /// They verify nothing, and are kept to say why.
    short: Vec<ShortKey>,
}

/// An RSA key that is too short.
#[derive(Debug)]
struct ShortKey {
    id: KeyId,
    bits: usize,
}

/// `kid`, if it has one.
#[derive(Debug)]
struct KeyId(Option<String>);

#[derive(Debug)]
struct VerificationKey {
    id: KeyId,
    /// The one algorithm that it is for, where the set says so (RFC 7517 §4.4).
    alg: Option<Value>,
    public: PublicKey,
    /// As it was published.
    jwk: Arc<Value>,
}

/// The key that made a signature.
#[derive(Clone, Debug)]
pub(crate) struct Maker {
    /// As it was published.
    pub(crate) jwk: Arc<Value>,
    /// When, seconds since the epoch.
    pub(crate) fetched_at: i64,
}

/// Why no key of a set verifies a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotMade {
    /// There are keys for it, and none of them made it.
    Bad,
    /// The set has no key of that id and kind.
    NoKey,
    /// The key that it has is of so many bits, which are too few.
    TooShort(usize),
}

impl Keys {
    fn fetch(http: &Http, url: &str) -> Result<Self, KeysError> {
        Ok(Self {
            fetched_at: Timestamp::now().as_second(),
            ..Self::parse(&Self::body(http, url)?)?
        })
    }

    fn body(http: &Http, url: &str) -> Result<Vec<u8>, KeysError> {
        let request = Request::get(url)
            .header(header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|error| KeysError::NotKeys(error.to_string()))?;
        let answer = http.send_patiently(&request, Repeat::Busy)?;
        if answer.status().as_u16() != 200 {
            return Err(KeysError::Status(answer.status().as_u16()));
        }
        Ok(answer.into_body())
    }

    /// The set as it is published: its members, and among them the keys.
    pub(crate) fn published(http: &Http, url: &str) -> Result<Vec<Value>, KeysError> {
        let body = Self::body(http, url)?;
        Self::parse(&body)?;
        let document =
            jose::parse_document(&body).map_err(|error| KeysError::NotKeys(error.to_string()))?;
        let keys = document.get("keys").and_then(Value::as_array);
        Ok(keys.cloned().unwrap_or_default())
    }

    pub(crate) fn parse(body: &[u8]) -> Result<Self, KeysError> {
        let document =
            jose::parse_document(body).map_err(|error| KeysError::NotKeys(error.to_string()))?;
        let Some(keys) = document.get("keys").and_then(Value::as_array) else {
            return Err(KeysError::NotKeys("it has no `keys`".into()));
        };
        Ok(Self {
            fetched_at: 0,
            usable: keys.iter().filter_map(VerificationKey::read).collect(),
            short: keys.iter().filter_map(ShortKey::read).collect(),
        })
    }

    /// How many of the keys could verify a signature of one of these algorithms.
    pub(crate) fn usable(&self, algs: &[CoreJwsSigningAlgorithm]) -> usize {
        let fits = |key: &&VerificationKey| algs.iter().any(|alg| key.fits(alg));
        self.usable.iter().filter(fits).count()
    }

    /// The size of a key for signatures that is too short to be usable, if there is one.
    pub(crate) fn too_short(&self) -> Option<usize> {
        self.short.first().map(|key| key.bits)
    }

    /// The size of the too short RSA key that this signature is meant to be of.
    fn short_for(&self, kid: Option<&str>, alg: &CoreJwsSigningAlgorithm) -> Option<usize> {
        let key = self.short.iter().find(|key| key.id.may_be(kid))?;
        public_key::is_of_rsa(alg).then_some(key.bits)
    }

    /// The key of the set that made this signature. Without a `kid` every fitting key is tried; so are
    /// several keys of one id, which happens in the field.
    pub(crate) fn verify(
        &self,
        kid: Option<&str>,
        alg: &CoreJwsSigningAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<Maker, NotMade> {
        let mut refused = NotMade::NoKey;
        for key in &self.usable {
            if !key.id.may_be(kid) || !key.fits(alg) {
                continue;
            }
            if key.public.made(alg, message, signature) {
                return Ok(Maker {
                    jwk: Arc::clone(&key.jwk),
                    fetched_at: self.fetched_at,
                });
            }
            refused = NotMade::Bad;
        }
        Err(match (refused, self.short_for(kid, alg)) {
            (NotMade::NoKey, Some(bits)) => NotMade::TooShort(bits),
            (refused, _) => refused,
        })
    }

    /// Whether a key has this id, of whatever kind.
    pub(crate) fn has(&self, kid: &str) -> bool {
        let mut ids = self.usable.iter().map(|key| &key.id);
        ids.any(|id| id.0.as_deref() == Some(kid))
    }
}

impl KeyId {
    /// That of a key for signatures; `None` for what is no such key (RFC 7517 §4.2, §4.3).
    fn read(jwk: &Value) -> Option<Self> {
        match jwk.get("use") {
            None => {}
            Some(usage) if usage == "sig" => {}
            Some(_) => return None,
        }
        match jwk.get("key_ops") {
            None => {}
            Some(Value::Array(uses)) if uses.iter().any(|one| one == "verify") => {}
            Some(_) => return None,
        }
        match jwk.get("kid") {
            None => Some(Self(None)),
            Some(id) => Some(Self(Some(id.as_str()?.to_owned()))),
        }
    }

    /// Whether a header with this `kid`, or without one, may mean the key.
    fn may_be(&self, kid: Option<&str>) -> bool {
        kid.is_none() || self.0.as_deref() == kid
    }
}

impl ShortKey {
    fn read(jwk: &Value) -> Option<Self> {
        Some(Self {
            id: KeyId::read(jwk)?,
            bits: public_key::too_short(jwk)?,
        })
    }
}

impl VerificationKey {
    fn read(jwk: &Value) -> Option<Self> {
        Some(Self {
            id: KeyId::read(jwk)?,
            alg: jwk.get("alg").cloned(),
            public: PublicKey::of(jwk)?,
            jwk: Arc::new(jwk.clone()),
        })
    }

    fn fits(&self, alg: &CoreJwsSigningAlgorithm) -> bool {
        let named = match &self.alg {
            None => true,
            Some(named) => named.as_str() == Some(&algorithm_name(alg)),
        };
        named && self.public.suits(alg)
    }
}

/// The name of an algorithm, as headers and keys have it (RFC 7518 §3.1).
pub(super) fn algorithm_name(alg: &CoreJwsSigningAlgorithm) -> String {
    let name = serde_json::to_value(alg).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

/// Hashes with the algorithm's own hash function, for `at_hash`; empty where it has none.
///
/// No specification names one for `EdDSA`, which is Ed25519 here, the only curve the crate verifies. Most take SHA-512,
/// with which the curve signs, and some SHA-256 (Glewlwyd). Either binds the token no less than with RS256.
pub(crate) fn hashes(alg: &CoreJwsSigningAlgorithm, bytes: &[u8]) -> Vec<Vec<u8>> {
    use CoreJwsSigningAlgorithm as Alg;
    use sha2::{Digest, Sha256, Sha384, Sha512};
    match alg {
        Alg::RsaSsaPkcs1V15Sha256 | Alg::RsaSsaPssSha256 | Alg::EcdsaP256Sha256 => {
            vec![Sha256::digest(bytes).to_vec()]
        }
        Alg::RsaSsaPkcs1V15Sha384 | Alg::RsaSsaPssSha384 | Alg::EcdsaP384Sha384 => {
            vec![Sha384::digest(bytes).to_vec()]
        }
        Alg::RsaSsaPkcs1V15Sha512 | Alg::RsaSsaPssSha512 | Alg::EcdsaP521Sha512 => {
            vec![Sha512::digest(bytes).to_vec()]
        }
        Alg::EdDsa => vec![
            Sha512::digest(bytes).to_vec(),
            Sha256::digest(bytes).to_vec(),
        ],
        _ => Vec::new(),
    }
}
