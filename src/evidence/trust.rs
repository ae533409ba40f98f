//! Which signers a verifier trusts: keys that they have, the issuer whose keys those are, keys by their thumbprint.

use std::sync::Arc;

use crate::oidc::jose::UnverifiedJws;
use crate::oidc::keys::{Keys, NotMade};
use openidconnect::core::CoreJwsSigningAlgorithm;

/// What the verifier brings. Empty: nobody is trusted.
#[derive(Debug, Default)]
pub(crate) struct Trust {
    /// Sets of keys; any of them may have made the signature.
    pub(crate) keys: Vec<Arc<Keys>>,
    /// The only issuer whose evidence is looked for.
    pub(crate) issuer: Option<String>,
    /// Thumbprints (RFC 7638, SHA-256) of trusted keys.
    pub(crate) thumbprints: Vec<String>,
}

/// Who signed, by the verifier's own means.
pub(super) enum Signer {
    /// Somebody whom the verifier trusts; in words, by what.
    Established(&'static str),
    /// Nobody knows.
    NotEstablished(&'static str),
    /// Not the key that the verifier trusts.
    Refuted(&'static str),
}

impl Trust {
    /// Whether a trusted key made this signature; `thumbprint` is that of the key which the document names, and which
    /// did make it.
    pub(super) fn of(
        &self,
        jws: &UnverifiedJws<'_>,
        alg: &CoreJwsSigningAlgorithm,
        thumbprint: &str,
    ) -> Signer {
        if self.thumbprints.iter().any(|own| own == thumbprint) {
            return Signer::Established("the key has a thumbprint that you trust");
        }
        let kid = jws.header.get("kid").and_then(|kid| kid.as_str());
        let (input, signature) = (jws.signing_input, &jws.signature);
        let mut refuted = false;
        for keys in &self.keys {
            match keys.verify(kid, alg, input, signature) {
                Ok(_) => return Signer::Established("a key that you trust made the signature"),
                // An algorithm of another kind of key is no way around the key of that id.
                Err(NotMade::NoKey) => refuted |= kid.is_some_and(|kid| keys.has(kid)),
                Err(NotMade::Bad | NotMade::TooShort(_)) => refuted = true,
            }
        }
        if refuted {
            return Signer::Refuted(
                "the signature is not that of the trusted key with the same key id",
            );
        }
        if !self.keys.is_empty() {
            return Signer::NotEstablished("the trusted keys do not have this key");
        }
        if !self.thumbprints.is_empty() {
            return Signer::NotEstablished(
                "the key has another thumbprint than those that you trust",
            );
        }
        Signer::NotEstablished("no trusted keys were given")
    }
}
