//! A secret, which nothing prints.

use std::fmt;

use crate::adapters::hidden;

/// A secret: printed as redacted, wiped when dropped.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// Takes the secret in. It is not shown any more from now on.
    pub(crate) fn new(secret: impl Into<String>) -> Self {
        let secret = secret.into();
        hidden::hide(&secret);
        Self(secret)
    }

    /// The secret itself, for the request that needs it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        // Without a reader the compiler might leave the zeros out.
        std::hint::black_box(&bytes);
    }
}
