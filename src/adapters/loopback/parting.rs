//! The last page of an attempt, after its result was reported: shown in the background, and for as long as nobody
//! waits for the prompt or for the port.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::pages::ResultPage;
use super::router::Router;
use super::waiting::{SCRIPT_PATIENCE, Waiting};
use crate::adapters::threads::joined;

/// How long a browser that was sent to the result page may take to ask for it.
const BROWSER_PATIENCE: Duration = Duration::from_secs(2);

/// How long it may load the page again, while the run goes on anyway.
const RELOAD: Duration = Duration::from_secs(2);

/// How long after the result the prompt, or the next sign-in at the same port, may wait for all that.
const LAST_MOMENT: Duration = Duration::from_millis(250);

/// A listener that has nothing left to do but to show the outcome.
pub(crate) struct Parting {
    router: Arc<Router>,
    port: u16,
    published: Instant,
    ending: JoinHandle<()>,
}

impl Waiting {
    /// Shows the outcome to the browser that brought the callback. The listener stays in the background until the page was
    /// loaded, and a while longer for a real browser, whose reload still finds it.
    pub(crate) fn part(self, page: &ResultPage) -> Parting {
        self.router.publish(page);
        Parting {
            router: Arc::clone(&self.router),
            port: self.port,
            published: Instant::now(),
            ending: thread::spawn(move || {
                if self.router.has_answer() {
                    if self.router.saw_browser() {
                        self.router.stay(BROWSER_PATIENCE, RELOAD);
                    } else {
                        self.router.stay(SCRIPT_PATIENCE, Duration::ZERO);
                    }
                }
                // The port closes with it.
                drop(self);
            }),
        }
    }
}

impl Parting {
    /// Whether it listens at one of these ports.
    pub(crate) fn is_at(&self, ports: &[u16]) -> bool {
        ports.contains(&self.port)
    }

    /// Closes the port, soon if not at once.
    pub(crate) fn end(self) {
        self.router.hurry(self.published + LAST_MOMENT);
        joined(self.ending.join());
    }
}
