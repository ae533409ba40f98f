//! What every room needs: random text, the clock in whole seconds, and locks that outlive a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::Rng;
use rand::distributions::Alphanumeric;
use rand::rngs::OsRng;
use url::{Host, Url};

/// Random letters and digits. 27 of them have the shape of a C1 object id (c1.md 1.1).
pub(crate) fn random(length: usize) -> String {
    OsRng
        .sample_iter(Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}

pub(crate) fn new_id() -> String {
    random(27)
}

/// Seconds since 1970, as tokens count.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether a server may be there: https, or http on this machine.
pub(crate) fn is_acceptable(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

/// Locks; a panic elsewhere does not make the sandbox unusable.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
