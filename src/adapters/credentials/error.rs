//! Why a secret could not be fetched, kept or forgotten.

use std::path::PathBuf;

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
    #[error("{}: {place} holds no credential{}", without(name), or_locked(*maybe_locked))]
    NotStored {
        name: String,
        /// What [`super::Credentials::place`] says.
        place: String,
        /// Some keyrings hide what they hold while they are locked, so it may be there after all.
        maybe_locked: bool,
    },
    /// One is kept by this name without an origin, from before names knew it.
    #[error(
        "the credential `{older}` in {place} was kept without the URL of its {}, and `{origin}` is asked for",
        owner(older)
    )]
    WithoutOrigin {
        /// The name that it has.
        older: String,
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

/// What cannot be done without the credential of this name.
fn without(name: &str) -> String {
    let (owner, origin) = parts(name).unwrap_or((name, ""));
    let host = origin.rsplit("//").next().unwrap_or_default();
    match owner.split_once('/') {
        Some(("api", profile)) if host.is_empty() => format!("not signed in (profile `{profile}`)"),
        Some(("api", profile)) => format!("not signed in to {host} (profile `{profile}`)"),
        Some((_, entry)) => format!("no client secret of the provider entry `{entry}` for {host}"),
        None => format!("no credential `{name}`"),
    }
}

fn or_locked(maybe: bool) -> &'static str {
    if maybe {
        ", or the keyring is locked"
    } else {
        ""
    }
}

pub(crate) fn owner(name: &str) -> &'static str {
    if name.starts_with("client-secret/") {
        "provider"
    } else {
        "API"
    }
}

/// What a name is made of, if it has an origin.
pub(super) fn parts(name: &str) -> Option<(&str, &str)> {
    name.split_once('@')
}
