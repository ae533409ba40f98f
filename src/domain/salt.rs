//! What makes a commitment unguessable.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Length of a salt, bytes: 128 bits.
const SALT: usize = 16;

/// What makes a commitment unguessable. Not printable: with it, the nonce could be computed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Salt([u8; SALT]);

impl Salt {
    /// Of these random bytes.
    pub(crate) const fn new(random: [u8; SALT]) -> Self {
        Self(random)
    }

    /// As evidence has it: base64url without padding.
    pub(crate) fn reveal(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// As evidence has it; `None` for what is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The nonce that commits to a statement, given its canonical text.
    pub(crate) fn nonce(&self, canonical: &[u8]) -> String {
        let digest = Sha256::new().chain_update(self.0).chain_update(canonical);
        BASE64_URL_SAFE_NO_PAD.encode(digest.finalize())
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(redacted)")
    }
}
