//! The loopback redirect listener (RFC 8252 §7.3): one attempt, one genuine callback, and an honest page
//! at the end. Whatever else knocks is answered and forgotten.
//!
//! Why not `tiny_http::Server` at the door: it reads heads without bound or time limit, queues a
//! connection behind idle ones, and stops for good at the first failed `accept`. So the `acceptor` accepts
//! and `request` reads, both bounded, and `tiny_http` is the HTTP under them: methods, header fields and
//! every answer are its own. No inner server and no second socket, hence nothing to guard or clean up.

mod acceptor;
mod callback;
mod pages;
mod parting;
mod peer;
mod ports;
mod request;
mod response;
mod result_slot;
mod router;
mod secret;
#[cfg(test)]
mod tests;
mod visits;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

pub use callback::CallbackParameters;
pub(crate) use callback::Repeated;
pub(crate) use pages::ResultPage;
pub(crate) use parting::Parting;
pub(crate) use ports::{LoopbackError, LoopbackHost, RedirectTarget};
pub(crate) use router::Pasted;

use acceptor::Acceptor;
use router::Router;

/// How long a client that is no browser may take: it may not follow redirects at all.
const SCRIPT_PATIENCE: Duration = Duration::from_millis(250);

/// A bound listener that does not answer yet (RFC 8252 §8.3: bound when the attempt begins, closed when dropped).
pub(crate) struct Loopback {
    listeners: Vec<TcpListener>,
    port: u16,
    authority: String,
    callback_path: String,
    form_post: bool,
    redirect_uri: String,
    start_path: String,
    start_url: String,
}

/// What the listener must know about the attempt that is under way.
pub(crate) struct ServeOptions {
    /// Begins a sign-in for one visit to the start page; `None` if there is no way on.
    pub(crate) begin: Box<dyn Fn() -> Option<Begun> + Send + Sync>,
    /// The state of a sign-in that was begun without the start page, in whatever browser.
    pub(crate) elsewhere: Option<String>,
    /// Whether a browser may open the start page after another one did. Only where somebody can be asked whose
    /// sign-in counts.
    pub(crate) several: bool,
    /// What the person is doing, shown on the pages: "approve task 4211".
    pub(crate) title: String,
}

/// A sign-in that begins with a visit to the start page.
pub(crate) struct Begun {
    /// Where the browser is sent.
    pub(crate) address: String,
    /// The state that a genuine callback carries; `None` where no callback is waited for.
    pub(crate) state: Option<String>,
}

/// Something that happened while waiting.
#[derive(Debug)]
pub(crate) enum LoopbackEvent {
    /// A browser fetched the start page, and is on its way to the provider. Sent once.
    Opened,
    /// A browser other than the first fetched the start page: an answer may be somebody else's sign-in.
    AnotherBrowser,
    /// The genuine callback: right path, right host, the state and the cookie of one visit. Sent at most once.
    Callback(CallbackParameters),
    /// A callback with the right state that says something twice (B4.6): end the wait as untrusted.
    Repeated(Repeated),
    /// After [`LoopbackEvent::AnotherBrowser`]: an answer that is no success. Its own visit has ended, and the wait goes on.
    Ended(Result<CallbackParameters, Repeated>),
    /// Something the person should hear about. The wait goes on.
    Hint(String),
    /// The person wants no more of it: end the wait as declined.
    Quit,
}

/// A listener that answers. Dropping it closes the port, whatever happened.
pub(crate) struct Waiting {
    router: Arc<Router>,
    port: u16,
    _acceptor: Acceptor,
    sender: Sender<LoopbackEvent>,
    events: Receiver<LoopbackEvent>,
}

impl Loopback {
    /// Binds on loopback and nothing else (RFC 8252 §8.3): the port is known before the request is built.
    pub(crate) fn bind(target: &RedirectTarget) -> Result<Self, LoopbackError> {
        let (listeners, port) = ports::bind(target)?;
        let authority = format!("{}:{port}", target.host.name());
        let start_path = format!("/start/{}", secret::random_segment()?);
        Ok(Self {
            listeners,
            port,
            redirect_uri: format!("http://{authority}{}", target.path),
            start_url: format!("http://{authority}{start_path}"),
            authority,
            callback_path: target.path.clone(),
            form_post: target.form_post,
            start_path,
        })
    }

    /// The redirect URI for the authorization and the token request, with the port actually bound (RFC 8252 §7.3).
    pub(crate) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The URL for the browser and the terminal. It leads to the authorization URL, so that state and
    /// nonce are in no argv, no process list and no scrollback.
    pub(crate) fn start_url(&self) -> &str {
        &self.start_url
    }

    /// Starts answering, connections that came since [`Self::bind`] included: they wait in the backlog.
    pub(crate) fn serve(self, options: ServeOptions) -> Result<Waiting, LoopbackError> {
        let (sender, events) = mpsc::channel();
        let router = Arc::new(Router::new(
            router::Rules {
                authority: self.authority,
                callback_path: self.callback_path,
                form_post: self.form_post,
                start_path: self.start_path,
                done_path: format!("/done/{}", secret::random_segment()?),
            },
            options,
            sender.clone(),
        ));
        let handling = Arc::clone(&router);
        let acceptor = Acceptor::start(self.listeners, move |connection| {
            handling.receive(connection);
        })
        .map_err(LoopbackError::CannotBind)?;
        Ok(Waiting {
            router,
            port: self.port,
            _acceptor: acceptor,
            sender,
            events,
        })
    }
}

/// Tells whoever waits of trouble with the browser.
pub(crate) fn hint_sender(events: Sender<LoopbackEvent>) -> impl FnOnce(String) + Send {
    move |sentence| {
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

    /// Takes an answer that the person copied out of a browser elsewhere; false if it is not this
    /// attempt's, or if one is there already.
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
