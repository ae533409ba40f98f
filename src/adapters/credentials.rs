//! Where secrets are kept: the system's keyring, or, only when that was chosen, a private file.
//!
//! There is no way from one to the other by itself: a machine without a keyring is an error until the
//! person chooses the file. Names ([`CredentialName`]) have an origin, so that a credential is found for the API, and a
//! client's secret for the provider, that it was kept for, and for no other.

mod error;
mod file;
mod keyring;
mod name;
#[cfg(any(windows, test))]
mod packed;
mod secret;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) use error::CredentialError;
pub(crate) use name::{CredentialName, Owner};
pub(crate) use secret::Secret;

/// The file's name beside `config.toml`.
const FILE: &str = "credentials.json";

/// A desktop's keyring can hang, or wait for a person who is not looking.
const PATIENCE: Duration = Duration::from_secs(3);

/// macOS asks the person itself, whenever the program that asks is a new one: by Homebrew's update, for example.
const PATIENCE_WITH_A_PERSON: Duration = Duration::from_secs(120);

/// How long the keyring is waited for.
fn patience() -> Duration {
    if cfg!(target_os = "macos") && std::io::stderr().is_terminal() {
        PATIENCE_WITH_A_PERSON
    } else {
        PATIENCE
    }
}

/// What another program keeps in the system's keyring by this service and account; read, never written.
pub(crate) fn of_another(service: &str, account: &str) -> Option<Secret> {
    keyring::of_another(service, account, patience())
}

/// The two places for secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreKind {
    /// Keychain, Credential Manager, or the Secret Service.
    Keyring,
    /// A file that only its owner can read.
    File,
}

/// The secrets of one configuration.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    kind: StoreKind,
    file: PathBuf,
}

impl Credentials {
    /// Secrets of this kind of store; a file is in `folder`, where the configuration is. Touches nothing
    /// yet.
    pub(crate) fn new(kind: StoreKind, folder: &Path) -> Self {
        Self {
            kind,
            file: folder.join(FILE),
        }
    }

    /// The secret of this name, if one is kept. See [`Self::require`] for what `None` may mean.
    pub(crate) fn get(&self, name: &CredentialName) -> Result<Option<Secret>, CredentialError> {
        let name = name.to_string();
        match self.kind {
            StoreKind::Keyring => keyring::get(&name, patience()),
            StoreKind::File => file::get(&self.file, &name),
        }
    }

    /// The secret of this name, which must be there. One that was kept without an origin is an error of its own:
    /// nothing says that it is for this API.
    pub(crate) fn require(&self, name: &CredentialName) -> Result<Secret, CredentialError> {
        if let Some(secret) = self.get(name)? {
            return Ok(secret);
        }
        let place = self.place();
        Err(match (self.older(name)?, name.older(), &name.origin) {
            (Some(_), Some(older), Some(origin)) => CredentialError::WithoutOrigin {
                older,
                origin: origin.clone(),
                place,
            },
            _ => CredentialError::NotStored {
                name: name.clone(),
                place,
                maybe_locked: self.kind == StoreKind::Keyring && keyring::HIDES_WHEN_LOCKED,
            },
        })
    }

    /// What is kept by this name without its origin, from before names knew it.
    pub(crate) fn older(&self, name: &CredentialName) -> Result<Option<Secret>, CredentialError> {
        name.older().map_or(Ok(None), |older| self.get(&older))
    }

    /// Keeps the secret under this name, in place of an earlier one, also of one without an origin.
    pub(crate) fn set(
        &self,
        name: &CredentialName,
        secret: &Secret,
    ) -> Result<(), CredentialError> {
        let kept = name.to_string();
        match self.kind {
            StoreKind::Keyring => keyring::set(&kept, secret, patience()),
            StoreKind::File => file::set(&self.file, &kept, secret),
        }?;
        self.remove_older(name).map(|_| ())
    }

    /// Forgets the secret of this name, also one without an origin; whether there was one.
    pub(crate) fn delete(&self, name: &CredentialName) -> Result<bool, CredentialError> {
        let older = self.remove_older(name)?;
        Ok(self.remove(name)? || older)
    }

    fn remove_older(&self, name: &CredentialName) -> Result<bool, CredentialError> {
        name.older().map_or(Ok(false), |older| self.remove(&older))
    }

    fn remove(&self, name: &CredentialName) -> Result<bool, CredentialError> {
        let name = name.to_string();
        match self.kind {
            StoreKind::Keyring => keyring::delete(&name, patience()),
            StoreKind::File => file::delete(&self.file, &name),
        }
    }

    /// The place in words for people: `the system keyring`, or the file's path.
    pub(crate) fn place(&self) -> String {
        match self.kind {
            StoreKind::Keyring => "the system keyring".to_owned(),
            StoreKind::File => format!("`{}`", self.file.display()),
        }
    }
}

/// A place as documents have it: without the marks that a sentence puts around a path.
pub(crate) fn unmarked(place: &str) -> String {
    place.replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "[redacted]");
    }
}
