//! Secrets in the system's keyring, through the `keyring` crate, on a thread of their own with a time
//! limit.
//!
//! Locked is not one answer. gnome-keyring says `NoStorageAccess` for an entry it holds (its prompt was
//! refused or could not be shown) and `NoEntry` for any other; a Secret Service that hides everything
//! while it is locked says only `NoEntry`. Hence [`HIDES_WHEN_LOCKED`].

use std::sync::mpsc::sync_channel;
use std::time::Duration;

use keyring::{Entry, Error};

use super::error::CredentialError;
#[cfg(windows)]
use super::packed;
use super::secret::Secret;

const SERVICE: &str = "stepup";

/// Whether `NoEntry` may also mean a locked keyring on this system.
pub(super) const HIDES_WHEN_LOCKED: bool = !cfg!(any(windows, target_os = "macos"));

pub(super) fn get(name: &str, patience: Duration) -> Result<Option<Secret>, CredentialError> {
    let secret = on_entry(name, patience, kept)?;
    found(secret)
}

pub(super) fn set(name: &str, secret: &Secret, patience: Duration) -> Result<(), CredentialError> {
    let secret = secret.clone();
    on_entry(name, patience, move |entry| keep(entry, &secret))?.map_err(explain)
}

#[cfg(not(windows))]
fn kept(entry: &Entry) -> Result<Secret, Error> {
    entry.get_password().map(Secret::new)
}

#[cfg(not(windows))]
fn keep(entry: &Entry, secret: &Secret) -> Result<(), Error> {
    entry.set_password(secret.expose())
}

#[cfg(not(windows))]
fn open(name: &str) -> Result<Entry, Error> {
    Entry::new(SERVICE, name)
}

/// As a password, two bytes a character, a key would not fit.
#[cfg(windows)]
fn kept(entry: &Entry) -> Result<Secret, Error> {
    match packed::unpacked(&entry.get_secret()?) {
        Some(text) => Ok(Secret::new(text)),
        // From before, or by another program.
        None => entry.get_password().map(Secret::new),
    }
}

#[cfg(windows)]
fn keep(entry: &Entry, secret: &Secret) -> Result<(), Error> {
    let mut bytes = packed::packed(secret.expose());
    let kept = entry.set_secret(&bytes);
    bytes.fill(0);
    std::hint::black_box(&bytes);
    kept
}

/// What is kept stays on this machine, where the default would follow the person to others.
#[cfg(windows)]
fn open(name: &str) -> Result<Entry, Error> {
    if Entry::store_status().is_err() {
        return Err(Error::NoDefaultStore);
    }
    let local = std::collections::HashMap::from([("persistence", "Local")]);
    let inner = keyring_core::Entry::new_with_modifiers(SERVICE, name, &local)?;
    Ok(Entry { inner })
}

pub(super) fn delete(name: &str, patience: Duration) -> Result<bool, CredentialError> {
    let deleted = on_entry(name, patience, Entry::delete_credential)?;
    Ok(found(deleted)?.is_some())
}

/// What another program keeps in the Secret Service by this service and account. Elsewhere such programs name and write
/// their items in ways of their own, which nobody here could try (c1.md 9.3): nothing is found.
#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn of_another(service: &str, account: &str, patience: Duration) -> Option<Secret> {
    let (service, account) = (service.to_owned(), account.to_owned());
    let read = move || Entry::new(&service, &account)?.get_password();
    let answer = within(patience, read).map(|answer| answer.map_err(explain));
    match answer {
        Ok(Ok(kept)) => Some(Secret::new(kept)),
        Ok(Err(error)) | Err(error) => {
            tracing::debug!("no credential of another program: {error}");
            None
        }
    }
}

/// See above.
#[cfg(any(windows, target_os = "macos"))]
pub(super) const fn of_another(_: &str, _: &str, _: Duration) -> Option<Secret> {
    None
}

fn found<T>(answer: Result<T, Error>) -> Result<Option<T>, CredentialError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(explain(error)),
    }
}

/// Opens the entry and asks it. Opening may hang as well: on Linux it connects to the session bus.
fn on_entry<T: Send + 'static>(
    name: &str,
    patience: Duration,
    ask: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
) -> Result<Result<T, Error>, CredentialError> {
    let name = name.to_owned();
    within(patience, move || ask(&open(&name)?))
}

/// What `call` says, if it does so in time. Otherwise its thread is left behind; the process ends soon.
fn within<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CredentialError> {
    let (answer, answered) = sync_channel(1);
    std::thread::spawn(move || answer.send(call()));
    answered
        .recv_timeout(patience)
        .map_err(|_| CredentialError::KeyringHangs {
            seconds: patience.as_secs(),
        })
}

/// Takes the words of the error only: some variants carry the bytes of the secret.
fn explain(error: Error) -> CredentialError {
    let reason = error.to_string();
    match error {
        Error::NoDefaultStore => CredentialError::NoKeyring {
            reason: match Entry::store_status() {
                Err(Error::PlatformFailure(cause)) => cause.to_string(),
                Err(error) => error.to_string(),
                Ok(()) => reason,
            },
        },
        Error::NoStorageAccess(cause) => CredentialError::KeyringLocked {
            reason: cause.to_string(),
        },
        Error::PlatformFailure(cause) => CredentialError::Keyring {
            reason: cause.to_string(),
        },
        Error::TooLong(_, most) => CredentialError::TooLarge { most },
        Error::Ambiguous(entries) => CredentialError::Keyring {
            reason: format!("it holds {} entries of that name", entries.len()),
        },
        _ => CredentialError::Keyring { reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_hangs_is_given_up() {
        let (never, wait) = std::sync::mpsc::channel::<()>();
        let error = within(Duration::from_millis(5), move || wait.recv()).unwrap_err();
        assert!(matches!(error, CredentialError::KeyringHangs { .. }));
        drop(never);
        assert_eq!(within(PATIENT, || 1).unwrap(), 1);
    }

    const PATIENT: Duration = Duration::from_secs(60);

    #[test]
    fn what_the_keyring_says_is_told_without_its_bytes() {
        for (error, expected) in [
            (
                Error::NoStorageAccess("SS error: prompt dismissed".into()),
                "the system keyring is locked or was never set up: SS error: prompt dismissed",
            ),
            (
                Error::PlatformFailure("zbus error".into()),
                "the system keyring failed: zbus error",
            ),
            (
                Error::Ambiguous(Vec::new()),
                "the system keyring failed: it holds 0 entries of that name",
            ),
            (
                Error::TooLong("secret".into(), 2560),
                "the secret is too large for the system keyring, which takes 2560 bytes of it",
            ),
            (
                Error::BadEncoding(b"hunter2\xff".to_vec()),
                "the system keyring failed: Password data is not valid UTF-8",
            ),
        ] {
            let error = explain(error);
            assert_eq!(error.to_string(), expected);
            assert!(!format!("{error:?}").contains("104, 117"));
        }
    }

    #[test]
    fn no_entry_is_an_answer() {
        assert!(found::<()>(Err(Error::NoEntry)).unwrap().is_none());
        assert!(found(Ok(1)).unwrap().is_some());
    }
}
