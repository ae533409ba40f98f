//! One HTTP server on a loopback port: several workers, keep-alive, a request log, an optional delay.
//!
//! What is answered is the business of the handler. A request that names another host is refused, so
//! that no web page can reach the sandbox by DNS rebinding.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tiny_http::{Header, Request, Response};
use url::Url;

use super::basics::{is_loopback, locked};
use super::http::{Call, Params, Reply};
use super::log::Log;
use super::tls::{Authority, Front};

const WORKERS: usize = 6;
const MAX_BODY: u64 = 1024 * 1024;

pub(crate) type Handler = Box<dyn Fn(&Call) -> Reply + Send + Sync>;

pub(crate) struct Service {
    /// Its name in the log.
    pub(crate) name: &'static str,
    /// Waited before each answer.
    pub(crate) delay: Duration,
    pub(crate) handler: Handler,
}

pub(crate) struct Server {
    /// Where clients arrive, if they speak TLS.
    front: Option<Front>,
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

struct Shared {
    service: Service,
    http: tiny_http::Server,
    /// Ports of clients that were heard of.
    clients: Mutex<HashSet<u16>>,
    log: Arc<Log>,
    stopped: Mutex<bool>,
    stopping: Condvar,
}

impl Server {
    /// Starts answering on a bound listener, over TLS if there is an authority.
    pub(crate) fn start(
        service: Service,
        listener: TcpListener,
        authority: Option<&Authority>,
        log: Arc<Log>,
    ) -> std::io::Result<Self> {
        let (front, listener) = match authority {
            Some(authority) => {
                let (front, behind) = Front::start(listener, authority)?;
                (Some(front), behind)
            }
            None => (None, listener),
        };
        let http =
            tiny_http::Server::from_listener(listener, None).map_err(std::io::Error::other)?;
        let shared = Arc::new(Shared {
            service,
            http,
            clients: Mutex::default(),
            log,
            stopped: Mutex::new(false),
            stopping: Condvar::new(),
        });
        let workers = (0..WORKERS)
            .map(|_| {
                let shared = Arc::clone(&shared);
                std::thread::Builder::new()
                    .name(format!("sandbox {}", shared.service.name))
                    .spawn(move || shared.work())
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            front,
            shared,
            workers,
        })
    }

    /// Stops answering and closes the port.
    pub(crate) fn stop(self) {
        if let Some(front) = self.front {
            front.stop();
        }
        *locked(&self.shared.stopped) = true;
        self.shared.stopping.notify_all();
        for _ in &self.workers {
            self.shared.http.unblock();
        }
        for worker in self.workers {
            let _ = worker.join();
        }
    }
}

impl Shared {
    fn work(&self) {
        while !*locked(&self.stopped) {
            // An error is how `unblock` wakes a worker.
            if let Ok(request) = self.http.recv() {
                self.serve(request);
            }
        }
    }

    fn serve(&self, mut request: Request) {
        let started = Instant::now();
        self.greet(&request);
        self.pause();
        let answer = |call: Call| {
            let reply = (self.service.handler)(&call);
            self.log.exchange(&call, &reply);
            reply
        };
        let reply = read(&mut request).map_or_else(|refusal| refusal, answer);
        // Logged before it is sent: whoever has the answer can count on the line.
        self.log
            .request(self.service.name, &request, &reply, started);
        send(request, &reply);
    }

    /// `tiny_http` hands a connection to a thread that it believes to be free. Of two that come at once the
    /// second may wait for a thread that never comes, until a third makes it look again: this one, which
    /// says nothing.
    fn greet(&self, request: &Request) {
        let port = request.remote_addr().map(SocketAddr::port);
        if port.is_some_and(|port| locked(&self.clients).insert(port))
            && let Some(own) = self.http.server_addr().to_ip()
        {
            drop(TcpStream::connect(own));
        }
    }

    /// The delay of the `slow_*_ms` switches; ends early when the sandbox stops.
    fn pause(&self) {
        if self.service.delay.is_zero() {
            return;
        }
        let stopped = locked(&self.stopped);
        drop(
            self.stopping
                .wait_timeout_while(stopped, self.service.delay, |stopped| !*stopped),
        );
    }
}

fn read(request: &mut Request) -> Result<Call, Reply> {
    let headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .map(|header| (header.field.to_string(), header.value.to_string()))
        .collect();
    let mut body = Vec::new();
    request
        .as_reader()
        .take(MAX_BODY + 1)
        .read_to_end(&mut body)
        .map_err(|_| Reply::new(400, "text/plain", "unreadable body\n"))?;
    if body.len() as u64 > MAX_BODY {
        return Err(Reply::new(413, "text/plain", "body over 1 MiB\n"));
    }
    let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
    let method = match request.method().as_str() {
        // The body is left out by `send`.
        "HEAD" => "GET",
        other => other,
    };
    let call = Call {
        method: method.to_owned(),
        path: path.to_owned(),
        query: Params::parse(query.as_bytes()),
        headers,
        body,
    };
    let host = format!("http://{}", call.header("host").unwrap_or_default());
    if Url::parse(&host).is_ok_and(|url| is_loopback(&url)) {
        Ok(call)
    } else {
        Err(Reply::new(
            421,
            "text/plain",
            "the sandbox answers to loopback hosts only\n",
        ))
    }
}

/// Head and body leave in one write, so that neither waits for the acknowledgement of the other.
fn send(request: Request, reply: &Reply) {
    let mut bytes = Vec::new();
    if reply.broken {
        // tiny_http cannot close a connection; what is not HTTP ends it just as well for the client.
        bytes.extend_from_slice(b"connection lost\r\n\r\n");
    } else {
        let headers = reply
            .headers
            .iter()
            .filter_map(|(name, value)| header(name, value));
        let length = reply.body.len();
        let head_only = *request.method() == tiny_http::Method::Head;
        let _ = Response::new(
            reply.status.into(),
            headers.collect(),
            reply.body.as_slice(),
            Some(length),
            None,
        )
        .with_chunked_threshold(usize::MAX)
        .raw_print(
            &mut bytes,
            request.http_version().clone(),
            request.headers(),
            head_only,
            None,
        );
    }
    let mut writer = request.into_writer();
    // A client that went away is not our trouble.
    let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
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
