//! One HTTP server on a loopback port: a thread for each connection, keep-alive, a request log, an optional delay.
//!
//! What is answered is the business of the handler. A request that names another host is refused, so
//! that no web page can reach the sandbox by DNS rebinding.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tiny_http::{HTTPVersion, Header, Response};
use url::Url;

use super::basics::{is_loopback, locked};
use super::connection::{Connection, Head, Trouble};
use super::http::{Call, Params, Reply};
use super::log::Log;
use super::tls::Authority;

/// A client that reads nothing for this long gets no more.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) type Handler = Box<dyn Fn(&Call) -> Reply + Send + Sync>;

pub(crate) struct Service {
    pub(crate) name: &'static str,
    /// Waited before each answer.
    pub(crate) delay: Duration,
    pub(crate) handler: Handler,
}

pub(crate) struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

struct Shared {
    service: Service,
    /// Where clients speak TLS.
    tls: Option<Arc<ServerConfig>>,
    log: Arc<Log>,
    state: Mutex<State>,
    stopping: Condvar,
    /// Told whenever a request is answered or a connection ends.
    answered: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    /// What is open, by the client's address.
    connections: HashMap<SocketAddr, TcpStream>,
    /// How many requests are being answered.
    answering: usize,
}

impl Server {
    /// Starts answering on a bound listener, over TLS if there is an authority.
    pub(crate) fn start(
        service: Service,
        listener: TcpListener,
        authority: Option<&Authority>,
        log: Arc<Log>,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            service,
            tls: authority.map(|authority| Arc::clone(&authority.config)),
            log,
            state: Mutex::default(),
            stopping: Condvar::new(),
            answered: Condvar::new(),
        });
        let accepting = thread::Builder::new()
            .name(format!("sandbox {}", shared.service.name))
            .spawn({
                let shared = Arc::clone(&shared);
                move || accept(&shared, &listener)
            })?;
        Ok(Self {
            shared,
            address,
            accepting,
        })
    }

    /// Stops answering and closes the port. Requests that are there are answered.
    pub(crate) fn stop(self) {
        let mut state = locked(&self.shared.state);
        state.stopped = true;
        for connection in state.connections.values() {
            let _ = connection.shutdown(Shutdown::Read);
        }
        drop(state);
        self.shared.stopping.notify_all();
        // A visit, so that it looks.
        if TcpStream::connect(self.address).is_ok() {
            let _ = self.accepting.join();
        }
        let state = locked(&self.shared.state);
        let left = |state: &mut State| {
            if cfg!(windows) {
                // Whoever waits for a request there goes on waiting.
                state.answering > 0
            } else {
                !state.connections.is_empty()
            }
        };
        drop(self.shared.answered.wait_while(state, left));
    }
}

fn accept(shared: &Arc<Shared>, listener: &TcpListener) {
    for stream in listener.incoming().flatten() {
        // One that was reset before it was taken has no address any more.
        let Ok(client) = stream.peer_addr() else {
            continue;
        };
        let mut state = locked(&shared.state);
        if state.stopped {
            return;
        }
        if let Ok(kept) = stream.try_clone() {
            state.connections.insert(client, kept);
            let shared = Arc::clone(shared);
            thread::spawn(move || shared.converse(stream, client));
        }
    }
}

/// While this lives, a connection is open.
struct Open<'a>(&'a Shared, SocketAddr);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        locked(&self.0.state).connections.remove(&self.1);
        self.0.answered.notify_all();
    }
}

/// While this lives, a request is being answered.
struct Answering<'a>(&'a Shared);

impl<'a> Answering<'a> {
    fn begin(shared: &'a Shared) -> Self {
        locked(&shared.state).answering += 1;
        Self(shared)
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        locked(&self.0.state).answering -= 1;
        self.0.answered.notify_all();
    }
}

impl Shared {
    /// A client that goes away, or does not like the certificate, is not our trouble.
    fn converse(&self, stream: TcpStream, client: SocketAddr) {
        let _open = Open(self, client);
        // Small writes wait for nobody's acknowledgement.
        let _ = stream.set_nodelay(true);
        let _ = stream.set_write_timeout(Some(PATIENCE));
        match &self.tls {
            Some(config) => {
                if let Ok(tls) = ServerConnection::new(Arc::clone(config)) {
                    self.serve(StreamOwned::new(tls, stream), client);
                }
            }
            None => self.serve(stream, client),
        }
    }

    /// One request after the other.
    fn serve(&self, stream: impl Read + Write, client: SocketAddr) {
        let mut connection = Connection::new(stream);
        loop {
            let head = match connection.head() {
                Ok(head) => head,
                Err(Trouble::Refused(reply)) => {
                    let _ = connection.send(&written(&reply, 1, false));
                    return;
                }
                Err(Trouble::Gone) => return,
            };
            let started = Instant::now();
            self.pause();
            let body = connection.body(&head);
            let _answering = Answering::begin(self);
            let (reply, goes_on) = match body {
                Ok(body) => (self.answer(&head, body), head.goes_on()),
                Err(Trouble::Refused(reply)) => (reply, false),
                Err(Trouble::Gone) => return,
            };
            // Logged before it is sent: whoever has the answer can count on the line.
            self.log
                .request(self.service.name, &head, client, &reply, started);
            let bytes = written(&reply, head.version, head.method == "HEAD");
            if reply.broken || connection.send(&bytes).is_err() || !goes_on {
                return;
            }
        }
    }

    fn answer(&self, head: &Head, body: Vec<u8>) -> Reply {
        let call = called(head, body);
        let host = format!("http://{}", call.header("host").unwrap_or_default());
        if !Url::parse(&host).is_ok_and(|url| is_loopback(&url)) {
            let why = "the sandbox answers to loopback hosts only\n";
            return Reply::new(421, "text/plain", why);
        }
        let reply = (self.service.handler)(&call);
        self.log.exchange(&call, &reply);
        reply
    }

    /// The delay of the `slow_*_ms` switches; ends early when the sandbox stops.
    fn pause(&self) {
        if self.service.delay.is_zero() {
            return;
        }
        let state = locked(&self.state);
        let delay = self.service.delay;
        let waited = self
            .stopping
            .wait_timeout_while(state, delay, |state| !state.stopped);
        drop(waited);
    }
}

fn called(head: &Head, body: Vec<u8>) -> Call {
    let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
    let method = match head.method.as_str() {
        // The body is left out when it is written.
        "HEAD" => "GET",
        other => other,
    };
    Call {
        method: method.to_owned(),
        path: path.to_owned(),
        query: Params::parse(query.as_bytes()),
        headers: head.headers.clone(),
        body,
    }
}

/// Head and body, to leave in one write, so that neither waits for the acknowledgement of the other.
fn written(reply: &Reply, version: u8, head_only: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let headers = reply
        .headers
        .iter()
        .filter_map(|(name, value)| header(name, value));
    let length = reply.body.len();
    let _ = Response::new(
        reply.status.into(),
        headers.collect(),
        reply.body.as_slice(),
        Some(length),
        None,
    )
    .with_chunked_threshold(usize::MAX)
    .raw_print(&mut bytes, HTTPVersion(1, version), &[], head_only, None);
    bytes
}

/// Control characters are dropped: no value may start a header of its own.
fn header(name: &str, value: &str) -> Option<Header> {
    let value: String = value.chars().filter(|c| !c.is_control()).collect();
    Header::from_bytes(name, value).ok()
}

/// Binds `address`, which the caller has checked to be loopback.
pub(crate) fn bind(address: SocketAddr) -> std::io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)?;
    let bound = listener.local_addr()?;
    Ok((listener, bound))
}
