//! Unguessable path segments, and comparing what a stranger sent with a secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};

use super::ports::LoopbackError;

/// 128 random bits in 22 characters.
pub(super) fn random_segment() -> Result<String, LoopbackError> {
    let mut bytes = [0; 16];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| LoopbackError::Randomness(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Whether two strings are equal. The time it takes tells nothing about where they differ, because what
/// is compared are digests.
pub(super) fn same(left: &str, right: &str) -> bool {
    Sha256::digest(left) == Sha256::digest(right)
}
