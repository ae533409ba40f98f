//! A stream that is read while it comes.

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Instant;

/// What a stream has brought so far.
#[derive(Clone)]
pub(crate) struct Stream {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<SoFar>,
    changed: Condvar,
}

#[derive(Default)]
struct SoFar {
    bytes: Vec<u8>,
    ended: bool,
}

impl Stream {
    pub(crate) fn of(source: Option<impl Read + Send + 'static>) -> Self {
        let shared = Arc::new(Shared::default());
        match source {
            None => shared.state.lock().unwrap().ended = true,
            Some(source) => {
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.fill(source));
            }
        }
        Self { shared }
    }

    pub(crate) fn find<T>(&self, find: impl Fn(&str) -> Option<T>, deadline: Instant) -> Option<T> {
        let mut state = self.shared.state.lock().unwrap();
        loop {
            if let Some(found) = find(&String::from_utf8_lossy(&state.bytes)) {
                return Some(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.ended || left.is_zero() {
                return None;
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    pub(crate) fn wait_for_end(&self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        let state = self.shared.state.lock().unwrap();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(state, left, |state| !state.ended);
        waited.unwrap().0.ended
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.shared.state.lock().unwrap().bytes).into_owned()
    }
}

impl Shared {
    fn fill(&self, mut source: impl Read) {
        let mut chunk = [0; 4096];
        loop {
            // A terminal that closes is an error to read from, and an end like any other.
            let read = source.read(&mut chunk).unwrap_or(0);
            let mut state = self.state.lock().unwrap();
            state.bytes.extend_from_slice(&chunk[..read]);
            state.ended = read == 0;
            self.changed.notify_all();
            if read == 0 {
                return;
            }
        }
    }
}
