//! Why a secret could not be fetched, kept or forgotten.

use std::path::PathBuf;

use super::name::CredentialName;
use crate::adapters::files::PrivateFileError;

/// Why a secret could not be fetched, kept or forgotten. No variant holds one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CredentialError {
    /// The keyring gave no answer in time; it may be waiting for the person to unlock it.
    #[error("the system keyring did not answer within {seconds} s")]
    KeyringHangs { seconds: u64 },
    /// No session bus, no Secret Service on it, or a system without a keyring.
    #[error("there is no system keyring here: {reason}")]
    NoKeyring { reason: String },
    /// The keyring is there and keeps its doors shut.
    #[error("the system keyring is locked or was never set up: {reason}")]
    KeyringLocked { reason: String },
    /// Windows' Credential Manager takes so much and no more.
    #[error("the secret is too large for the system keyring, which takes {most} bytes of it")]
    TooLarge {
        /// The limit, bytes.
        most: u32,
    },
    /// Other trouble with the keyring.
    #[error("the system keyring failed: {reason}")]
    Keyring { reason: String },
    /// Nothing is kept under this name.
    #[error("{}: {place} holds no credential{}", name.without(), or_locked(*maybe_locked))]
    NotStored {
        name: CredentialName,
        /// What [`super::Credentials::place`] says.
        place: String,
        /// Some keyrings hide what they hold while they are locked, so it may be there after all.
        maybe_locked: bool,
    },
    /// One is kept by this name without an origin, from before names knew it.
    #[error(
        "the credential `{older}` in {place} was kept without the URL of its {}, and `{origin}` is asked for",
        older.owner.gets_it()
    )]
    WithoutOrigin {
        /// The name that it has.
        older: CredentialName,
        /// The API or the provider that would get it.
        origin: String,
        /// What [`super::Credentials::place`] says.
        place: String,
    },
    /// The file cannot be read or written, or others can read it.
    #[error(transparent)]
    File(#[from] PrivateFileError),
    /// The file is there and is not ours, or was damaged. What it says is not repeated.
    #[error("the credential file `{}` is not a JSON object of strings (line {line})", path.display())]
    Damaged {
        path: PathBuf,
        /// Where reading stopped, from 1.
        line: usize,
    },
}

fn or_locked(maybe: bool) -> &'static str {
    if maybe {
        ", or the keyring is locked"
    } else {
        ""
    }
}
