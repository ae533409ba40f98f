//! Threads of one's own.

use std::panic::resume_unwind;
use std::thread;

/// What a thread came to. Nobody goes on without it: a panic ends the process at once (`interrupt::panics`), and in a
/// test goes on in the thread that waits.
pub(crate) fn joined<T>(ended: thread::Result<T>) -> T {
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}
