//! Threads of one's own.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::{iter, thread};

/// So much is done at a time: the most exchanges with one host that are worth a connection each.
pub(crate) const SIDE_BY_SIDE: usize = 8;

/// What comes of each, in their order; some at a time, as many as there are threads to be had.
pub(crate) fn side_by_side<T, R: Send>(
    all: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let most = all.size_hint().1.unwrap_or(SIDE_BY_SIDE).min(SIDE_BY_SIDE);
    let all = Mutex::new(all.enumerate());
    let next = || all.lock().unwrap_or_else(PoisonError::into_inner).next();
    let share = || {
        let done = iter::from_fn(next).map(|(place, one)| (place, work(one)));
        done.collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..most)
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, share).ok())
            .collect();
        let own = share();
        let others = others.into_iter().flat_map(|other| joined(other.join()));
        own.into_iter().chain(others).collect::<Vec<_>>()
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What a thread came to. Nobody goes on without it: a panic ends the process at once (`interrupt::panics`), and in a
/// test goes on in the thread that waits.
pub(crate) fn joined<T>(ended: thread::Result<T>) -> T {
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_what_they_come_of() {
        for some in [0, 1, 7, 100] {
            let squares: Vec<usize> = (0..some).map(|one| one * one).collect();
            assert_eq!(side_by_side(0..some, |one| one * one), squares);
        }
    }
}
