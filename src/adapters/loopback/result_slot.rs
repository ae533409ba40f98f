//! The result page before and after it is known: who asks early is held until it is, and whoever
//! publishes it can wait until it has been seen.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What the attempt came to, as a page.
#[derive(Default)]
pub(super) struct ResultSlot {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    page: Option<String>,
    closed: bool,
    viewing: usize,
    shown: bool,
    /// When nobody waits any longer for anybody to look.
    end: Option<Instant>,
}

/// Someone is being shown the page, until this is dropped.
pub(super) struct Viewing(Arc<ResultSlot>);

impl ResultSlot {
    /// Waits for the page; `None` if the listener closes without one.
    pub(super) fn view(self: &Arc<Self>) -> (Option<String>, Viewing) {
        let mut state = self.lock();
        state.viewing += 1;
        let state = self
            .changed
            .wait_while(state, |state| state.page.is_none() && !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        (state.page.clone(), Viewing(Arc::clone(self)))
    }

    /// Makes the page known to everyone who waits or will ask.
    pub(super) fn publish(&self, page: String) {
        self.lock().page = Some(page);
        self.changed.notify_all();
    }

    /// Ends every wait for the page, and gives those who waited the time to get what there is.
    pub(super) fn close(&self, patience: Duration) {
        let mut state = self.lock();
        state.closed = true;
        self.changed.notify_all();
        let _ = self
            .changed
            .wait_timeout_while(state, patience, |state| state.viewing > 0);
    }

    /// Waits until everyone who asked has the page, and at least one did; then for so long; or until it is hurried.
    pub(super) fn stay(&self, patience: Duration, afterwards: Duration) {
        let mut end = Instant::now() + patience;
        let mut seen = false;
        let mut state = self.lock();
        loop {
            if !seen && state.shown && state.viewing == 0 {
                seen = true;
                end = Instant::now() + afterwards;
            }
            let end = state.end.map_or(end, |hurried| hurried.min(end));
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let woken = self.changed.wait_timeout(state, left);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends [`Self::stay`] at this moment, at the latest.
    pub(super) fn hurry(&self, end: Instant) {
        self.lock().end = Some(end);
        self.changed.notify_all();
    }

    #[cfg(test)]
    pub(super) fn viewing(&self) -> usize {
        self.lock().viewing
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Viewing {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.viewing = state.viewing.saturating_sub(1);
        state.shown = state.page.is_some();
        drop(state);
        self.0.changed.notify_all();
    }
}
