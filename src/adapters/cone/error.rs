//! Why what C1's own tools left cannot be used.

use std::path::PathBuf;

use crate::adapters::api_key::ApiKeyError;

/// Why what is there cannot be used. No variant holds a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConeError {
    /// The file is there and cannot be read.
    #[error("{tool}'s file `{}` could not be read: {reason}", path.display())]
    Unreadable {
        tool: &'static str,
        path: PathBuf,
        /// What the system said, or that it is no YAML or JSON.
        reason: String,
    },
    /// A half of a key that is none.
    #[error("the key in {place} cannot be used: {source}")]
    Key { place: String, source: ApiKeyError },
    /// An OIDC token alone says nothing about the trust it is for.
    #[error("`CONDUCTORONE_OIDC_TOKEN` is set, and no client id of the form `name@host/use`")]
    NoClient,
    /// A variable that holds no address.
    #[error("`{0}` does not hold the URL of an API")]
    Address(&'static str),
}
