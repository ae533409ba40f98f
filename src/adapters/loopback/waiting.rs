//! A listener that answers, until it is dropped.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use super::acceptor::Acceptor;
use super::attempt::LoopbackEvent;
use super::router::{Pasted, Router};

/// How long a client that is no browser may take: it may not follow redirects at all.
pub(super) const SCRIPT_PATIENCE: Duration = Duration::from_millis(250);

/// A listener that answers. Dropping it closes the port, whatever happened.
pub(crate) struct Waiting {
    pub(super) router: Arc<Router>,
    pub(super) port: u16,
    pub(super) _acceptor: Acceptor,
    pub(super) sender: Sender<LoopbackEvent>,
    pub(super) events: Receiver<LoopbackEvent>,
}

/// Tells whoever waits of trouble with the browser, and what is left to do.
pub(crate) fn hint_sender(events: Sender<LoopbackEvent>) -> impl FnOnce(String) + Send {
    move |trouble| {
        let sentence = format!("{trouble}; open the URL above in a browser yourself");
        // Nobody waits any more: nobody needs to know.
        let _ = events.send(LoopbackEvent::Hint(sentence));
    }
}

impl Waiting {
    /// The next event, or nothing when the time is over.
    pub(crate) fn next(&self, timeout: Duration) -> Option<LoopbackEvent> {
        self.events.recv_timeout(timeout).ok()
    }

    /// Lets others be heard in the same wait: the keyboard, a browser that could not start.
    pub(crate) fn sender(&self) -> Sender<LoopbackEvent> {
        self.sender.clone()
    }

    /// How the URL of an answer begins.
    pub(crate) fn answers_at(&self) -> String {
        self.router.answers_at()
    }

    /// Takes an answer that the person copied out of a browser elsewhere, or says what was pasted instead.
    pub(crate) fn paste(&self) -> Box<dyn Fn(&str) -> Pasted + Send> {
        let router = Arc::clone(&self.router);
        Box::new(move |address| router.paste(address))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.router.close(SCRIPT_PATIENCE);
    }
}
