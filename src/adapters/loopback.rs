//! The loopback redirect listener (RFC 8252 §7.3): one attempt, one genuine callback, and an honest page
//! at the end. Whatever else knocks is answered and forgotten.
//!
//! Why not `tiny_http::Server` at the door: it reads heads without bound or time limit, queues a
//! connection behind idle ones, and stops for good at the first failed `accept`. So the `acceptor` accepts
//! and `request` reads, both bounded, and `tiny_http` is the HTTP under them: methods, header fields and
//! every answer are its own. No inner server and no second socket, hence nothing to guard or clean up.

mod acceptor;
mod attempt;
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
mod waiting;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc;

pub(crate) use attempt::{Begun, LoopbackEvent, ServeOptions};
pub use callback::CallbackParameters;
pub(crate) use callback::Repeated;
pub(crate) use pages::ResultPage;
pub(crate) use parting::Parting;
pub(crate) use ports::{LoopbackError, LoopbackHost, RedirectTarget};
pub(crate) use router::Pasted;
pub(crate) use waiting::{Waiting, hint_sender};

use acceptor::Acceptor;
use router::Router;

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
