//! The result page before and after it is known: who asks early is held until it is, and whoever
//! publishes it can wait until it has been seen.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

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

    /// Waits until everyone who asked has the page, and at least one did.
    pub(super) fn wait_until_shown(&self, patience: Duration) {
        let unseen = |state: &mut State| !state.shown || state.viewing > 0;
        let _ = self
            .changed
            .wait_timeout_while(self.lock(), patience, unseen);
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
