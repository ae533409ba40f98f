//! What every room needs: random text, the clock in whole seconds, and locks that outlive a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::Rng;
use rand::distributions::Alphanumeric;
use rand::rngs::OsRng;

/// Random letters and digits. 27 of them have the shape of a C1 object id (c1.md 1.1).
pub(crate) fn random(length: usize) -> String {
    OsRng
        .sample_iter(Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}

/// A C1 object id.
pub(crate) fn new_id() -> String {
    random(27)
}

/// Seconds since 1970, as tokens count.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Locks; a panic elsewhere does not make the sandbox unusable.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
