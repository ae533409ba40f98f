//! The only HTTP client: one pooled agent for everything, redirects off, bodies bounded, time limited,
//! https only (http for loopback), system trust store, proxies as [`super::proxy`] decides.
//!
//! It knows nothing of OAuth or tasks. What a status means is for the caller to say; [`Repeat`] says what
//! may be asked again.

mod error;
mod idle;
mod names;
mod patience;
#[cfg(test)]
pub(crate) mod scripted;

use std::any::Any;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use idle::Idle;
use names::Names;
use openidconnect::http::{HeaderValue, Method, Request, Response, header};
use patience::{MOST, Patience, pause};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, AsSendBody, Body};
use url::Url;

pub use error::HttpError;
pub(crate) use idle::IDLE;
pub(crate) use patience::Repeat;
pub(super) use patience::retry_after;

use super::proxy::{Proxies, Proxy, ProxyError};
use super::tampering::refuse_tampering;
use super::threads::SIDE_BY_SIDE;
use crate::domain::loopback::is_loopback;

/// Largest answer read, in bytes, unless more is asked for. Discovery, keys, tokens and tasks are all far smaller.
pub(crate) const MAX_BODY: u64 = 1024 * 1024;

/// Told the host as an exchange begins; what it gives back is dropped as the exchange ends.
type Watch = dyn Fn(&str) -> Option<Box<dyn Any>> + Send + Sync;

/// The client. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Http {
    agent: Agent,
    names: Names,
    idle: Idle,
    /// By the file of their authorities: agents that trust others too, each with its connections.
    trusting: Arc<Mutex<HashMap<PathBuf, Agent>>>,
    timeout: Duration,
    largest: u64,
    patience: Patience,
    watch: Option<Arc<Watch>>,
    proxies: Arc<Result<Proxies, ProxyError>>,
}

impl Http {
    /// A client whose exchanges may take `timeout` each. Loads nothing until the first https request.
    pub fn new(timeout: Duration) -> Self {
        Self::looking_up(timeout, DefaultResolver::default())
    }

    /// Such a client, which asks there for the addresses of hosts.
    fn looking_up(timeout: Duration, lookup: impl Resolver) -> Self {
        let names = Names::new(lookup);
        Self {
            agent: agent(timeout, &names, RootCerts::PlatformVerifier),
            names,
            idle: Idle::at_most(IDLE),
            trusting: Arc::default(),
            timeout,
            largest: MAX_BODY,
            patience: Patience::default(),
            watch: None,
            proxies: Arc::new(Proxies::of_environment()),
        }
    }

    /// This client, waiting before a repetition by `wait`. Without `wait` nothing is repeated.
    #[must_use]
    pub(crate) fn patient(self, wait: impl Fn(Duration) -> bool + Send + Sync + 'static) -> Self {
        Self {
            patience: Patience {
                wait: Some(Arc::new(wait)),
                ..self.patience
            },
            ..self
        }
    }

    /// This client, starting no repetition after this moment.
    #[must_use]
    pub(crate) fn until(self, deadline: Instant) -> Self {
        Self {
            patience: Patience {
                deadline: Some(deadline),
                ..self.patience
            },
            ..self
        }
    }

    /// One exchange, repeated as far as [`Repeat`] allows: at most four times, after a pause that the
    /// server names or that grows. The last answer is the answer.
    pub(crate) fn send_patiently(
        &self,
        request: &Request<Vec<u8>>,
        repeat: Repeat,
    ) -> Result<Response<Vec<u8>>, HttpError> {
        self.send_each(|| request.clone(), repeat)
    }

    /// Like [`Self::send_patiently`], with a new request for each try: a `DPoP` proof counts once (RFC 9449 §4.3).
    pub(crate) fn send_each(
        &self,
        request: impl Fn() -> Request<Vec<u8>>,
        repeat: Repeat,
    ) -> Result<Response<Vec<u8>>, HttpError> {
        for turn in 0..MOST {
            let answer = self.send(request());
            match pause(&answer, repeat, turn) {
                Some(pause) if self.patience.wait(pause) => {}
                _ => return answer,
            }
        }
        self.send(request())
    }

    /// This client, trusting the certificates in this PEM file beside the system's. The file is read once a run.
    pub fn trusting(&self, ca_file: &Path) -> Result<Self, HttpError> {
        let trusting = self.trusting.lock();
        let mut trusting = trusting.unwrap_or_else(PoisonError::into_inner);
        let agent = if let Some(agent) = trusting.get(ca_file) {
            agent.clone()
        } else {
            let agent = agent(self.timeout, &self.names, authorities(ca_file)?);
            trusting.insert(ca_file.to_owned(), agent.clone());
            agent
        };
        drop(trusting);
        Ok(Self {
            agent,
            ..self.clone()
        })
    }
    /// This client, reading answers of up to so many MiB.
    #[must_use]
    pub(crate) fn reading(self, mib: u64) -> Self {
        let largest = mib * 1024 * 1024;
        Self { largest, ..self }
    }

    /// This client, whose exchanges are watched.
    #[must_use]
    pub(crate) fn watched(
        self,
        watch: impl Fn(&str) -> Option<Box<dyn Any>> + Send + Sync + 'static,
    ) -> Self {
        let watch: Option<Arc<Watch>> = Some(Arc::new(watch));
        Self { watch, ..self }
    }

    /// One exchange, once. Any status is an answer; only the lack of an answer is an error.
    pub fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, HttpError> {
        let started = Instant::now();
        let plain = HeaderValue::from_static("identity");
        request.headers_mut().insert(header::ACCEPT_ENCODING, plain);
        let destination = Destination::of(request.uri().to_string().as_str())?;
        let method = request.method().clone();
        let path = request.uri().path().to_owned();

        let via = self.via(&destination)?;
        let watching = self.watch.as_ref().map(|watch| watch(&destination.host));
        let answer = if has_no_body(&request) {
            self.run(request.map(drop), via)
        } else {
            self.run(request, via)
        };
        let answer = answer.and_then(|answer| read(answer, self.largest));
        drop(watching);
        if matches!(&answer, Err(error) if !matches!(error, ureq::Error::BodyExceedsLimit(_))) {
            self.names.forget();
        }
        match &answer {
            Ok(answer) => tracing::debug!(
                "{method} {host}{path} -> {status} in {ms} ms",
                host = destination.host,
                status = answer.status().as_u16(),
                ms = started.elapsed().as_millis()
            ),
            Err(error) => {
                tracing::debug!("{method} {host}{path} -> {error}", host = destination.host);
            }
        }
        let answer = match (answer, via) {
            (Ok(answer), _) => answer,
            (Err(error), Some(proxy)) => {
                return Err(self.explain_through(proxy, error, destination.host));
            }
            (Err(error), None) => return Err(self.explain(error, destination.host)),
        };
        match coding(&answer) {
            Some(coding) => Err(HttpError::Coded {
                host: destination.host,
                coding,
            }),
            None => Ok(answer),
        }
    }

    fn run(
        &self,
        request: Request<impl AsSendBody>,
        via: Option<&Proxy>,
    ) -> Result<Response<Body>, ureq::Error> {
        let configured = self.agent.configure_request(request);
        let mut configured = configured.max_idle_age(self.idle.limit());
        if let Some(proxy) = via {
            configured = configured.proxy(Some(proxy.settings.clone()));
        }
        self.agent.run(configured.build())
    }

    /// The proxy to go through.
    fn via(&self, destination: &Destination) -> Result<Option<&Proxy>, HttpError> {
        if destination.loopback {
            return Ok(None);
        }
        match self.proxies.as_ref() {
            Ok(proxies) => Ok(proxies.for_url(&destination.url)),
            Err(error) => Err(error.clone().into()),
        }
    }

    /// What is the proxy's fault is told as such.
    fn explain_through(&self, proxy: &Proxy, error: ureq::Error, host: String) -> HttpError {
        use std::io::ErrorKind::{ConnectionRefused, Other, PermissionDenied};
        let reason = match error {
            ureq::Error::ConnectProxyFailed(reason) if reason.contains("407") => {
                "it wants a user name and a password (HTTP 407)".to_owned()
            }
            ureq::Error::ConnectProxyFailed(reason) => reason,
            ureq::Error::ConnectionFailed => "it could not be reached".to_owned(),
            ureq::Error::HostNotFound => "a name could not be found".to_owned(),
            ureq::Error::Io(error) if is_lookup(&error) => "a name could not be found".to_owned(),
            ureq::Error::Io(error) if error.kind() == ConnectionRefused => {
                "nothing listens there".to_owned()
            }
            // So the SOCKS client says what it was answered.
            ureq::Error::Io(error) if matches!(error.kind(), Other | PermissionDenied) => {
                error.to_string()
            }
            other => return self.explain(other, host),
        };
        HttpError::Proxy {
            proxy: proxy.to_string(),
            variable: proxy.variable,
            host,
            reason,
        }
    }

    fn explain(&self, error: ureq::Error, host: String) -> HttpError {
        use std::io::ErrorKind::{ConnectionRefused, InvalidData, TimedOut};
        match error {
            ureq::Error::HostNotFound => HttpError::HostNotFound(host),
            ureq::Error::Timeout(_) => HttpError::Timeout {
                host,
                seconds: self.timeout.as_secs(),
            },
            ureq::Error::BodyExceedsLimit(_) => HttpError::TooLarge {
                host,
                mib: self.largest / 1024 / 1024,
            },
            ureq::Error::Rustls(error) => HttpError::Tls {
                host,
                reason: error.to_string(),
            },
            ureq::Error::Tls(reason) => HttpError::Tls {
                host,
                reason: reason.to_owned(),
            },
            ureq::Error::Io(error) if is_lookup(&error) => HttpError::HostNotFound(host),
            ureq::Error::Io(error) => match error.kind() {
                ConnectionRefused => HttpError::Connect {
                    host,
                    reason: "nothing listens there".into(),
                },
                TimedOut => HttpError::Timeout {
                    host,
                    seconds: self.timeout.as_secs(),
                },
                // So rustls hands up what the other side did wrong: its certificate, or no TLS at all.
                InvalidData => HttpError::Tls {
                    host,
                    reason: error.to_string(),
                },
                _ => HttpError::Broken {
                    host,
                    reason: error.to_string(),
                },
            },
            ureq::Error::ConnectionFailed => HttpError::Connect {
                host,
                reason: "no address could be reached".into(),
            },
            other => HttpError::Broken {
                host,
                reason: other.to_string(),
            },
        }
    }
}

/// Whether a name could not be resolved. The standard library has no kind for it: it says so in words, and
/// on Windows by `WSAHOST_NOT_FOUND`, `WSATRY_AGAIN` and `WSANO_DATA`.
fn is_lookup(error: &std::io::Error) -> bool {
    let windows = [11001, 11002, 11004];
    let by_number = cfg!(windows) && error.raw_os_error().is_some_and(|n| windows.contains(&n));
    by_number
        || error
            .to_string()
            .starts_with("failed to lookup address information")
}

/// The certificates in this PEM file, and the system's.
fn authorities(ca_file: &Path) -> Result<RootCerts, HttpError> {
    let fail = |reason: String| HttpError::CaFile {
        path: ca_file.to_owned(),
        reason,
    };
    refuse_tampering(ca_file)
        .map_err(|tampering| fail(format!("{tampering}; `{}`", tampering.remedy())))?;
    let pem = std::fs::read(ca_file).map_err(|error| fail(error.to_string()))?;
    let mut roots = Vec::new();
    for item in ureq::tls::parse_pem(&pem) {
        if let ureq::tls::PemItem::Certificate(certificate) =
            item.map_err(|error| fail(error.to_string()))?
        {
            roots.push(certificate);
        }
    }
    if roots.is_empty() {
        return Err(fail("it holds no PEM certificate".into()));
    }
    let system = rustls_native_certs::load_native_certs();
    roots.extend(
        system
            .certs
            .iter()
            .map(|certificate| Certificate::from_der(certificate).to_owned()),
    );
    Ok(RootCerts::Specific(Arc::new(roots)))
}

/// What sends requests, and keeps connections.
fn agent(timeout: Duration, names: &Names, roots: RootCerts) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(timeout))
        .timeout_connect(Some(timeout.min(Duration::from_secs(10))))
        .max_idle_age(IDLE)
        .max_idle_connections_per_host(SIDE_BY_SIDE)
        .proxy(None)
        .user_agent(concat!("stepup/", env!("CARGO_PKG_VERSION")))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .build();
    Agent::with_parts(config, DefaultConnector::default(), names.clone())
}

/// Where nobody expects a body its length is not told either (RFC 9110 §8.6).
fn has_no_body(request: &Request<Vec<u8>>) -> bool {
    let expected = ![Method::GET, Method::HEAD, Method::DELETE].contains(request.method());
    !expected && request.body().is_empty()
}

fn read(answer: Response<Body>, largest: u64) -> Result<Response<Vec<u8>>, ureq::Error> {
    let (parts, mut body) = answer.into_parts();
    let bytes = body.with_config().limit(largest).read_to_vec()?;
    Ok(Response::from_parts(parts, bytes))
}

struct Destination {
    url: Url,
    host: String,
    loopback: bool,
}

impl Destination {
    fn of(url: &str) -> Result<Self, HttpError> {
        let insecure = || HttpError::InsecureUrl(without_query(url));
        let parsed = Url::parse(url).map_err(|_| insecure())?;
        if !is_acceptable(&parsed) {
            return Err(insecure());
        }
        Ok(Self {
            host: host_and_port(&parsed),
            loopback: is_loopback(&parsed),
            url: parsed,
        })
    }
}

/// A URL's host, with its port where the address names one.
pub(crate) fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether we are willing to talk to this URL: https, or http on loopback.
pub(crate) fn is_acceptable(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

fn without_query(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The media type of an answer, lower case and without parameters; empty when none was sent.
pub(crate) fn media_type<T>(answer: &Response<T>) -> String {
    answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The content coding of a body that cannot be read as it is.
fn coding(answer: &Response<Vec<u8>>) -> Option<String> {
    let named = answer.headers().get(header::CONTENT_ENCODING)?;
    let named = String::from_utf8_lossy(named.as_bytes());
    let named: String = named.trim().chars().take(64).collect();
    let plain = named.is_empty() || named.eq_ignore_ascii_case("identity");
    (!plain && !answer.body().is_empty()).then_some(named)
}

/// The lines of `WWW-Authenticate`. What is not UTF-8 in them, such as somebody's realm, is replaced: it hides no
/// challenge.
pub(crate) fn challenge_lines<T>(answer: &Response<T>) -> Vec<Cow<'_, str>> {
    let lines = answer.headers().get_all(header::WWW_AUTHENTICATE).iter();
    lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    #[test]
    fn the_port_is_told_where_the_address_names_another_than_usual() {
        for (url, told) in [
            (
                "https://user:word@acme.conductor.one/path",
                "acme.conductor.one",
            ),
            ("https://acme.conductor.one:443", "acme.conductor.one"),
            ("http://127.0.0.1:8080/?q", "127.0.0.1:8080"),
            ("http://[::1]:80", "[::1]"),
            ("http://[::1]:81", "[::1]:81"),
        ] {
            assert_eq!(host_and_port(&Url::parse(url).unwrap()), told);
        }
    }

    #[test]
    fn only_https_or_loopback_http_is_acceptable() {
        for (url, acceptable) in [
            ("https://acme.conductor.one", true),
            ("http://127.0.0.1:80", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:80", true),
            ("http://localhost:80", true),
            ("http://acme.conductor.one", false),
            ("http://localhost.evil.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://10.0.0.1", false),
            ("ftp://127.0.0.1", false),
        ] {
            assert_eq!(
                is_acceptable(&Url::parse(url).unwrap()),
                acceptable,
                "{url}"
            );
        }
    }

    /// Two dots are refused by the resolver itself, without asking anybody.
    #[test]
    fn a_name_that_does_not_resolve_is_said_to_be_unknown() {
        let http = Http::new(Duration::from_secs(20));
        let request = Request::get("https://acme..okta.invalid/");
        let error = http.send(request.body(Vec::new()).unwrap());
        let error = error.map(drop).unwrap_err();
        assert!(
            matches!(&error, HttpError::HostNotFound(host) if host.starts_with("acme..okta.invalid")),
            "{error:?}"
        );
    }

    #[test]
    fn what_has_no_body_and_needs_none_tells_no_length_of_it() {
        for (method, told) in [
            ("GET", false),
            ("HEAD", false),
            ("DELETE", false),
            ("POST", true),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let head = thread::scope(|scope| {
                let server = scope.spawn(|| {
                    let mut client = BufReader::new(listener.accept().unwrap().0);
                    let mut head = String::new();
                    while !head.ends_with("\r\n\r\n") {
                        client.read_line(&mut head).unwrap();
                    }
                    client
                        .get_mut()
                        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                        .unwrap();
                    head
                });
                let request = Request::builder().method(method).uri(url.as_str());
                let http = Http::new(Duration::from_secs(20));
                assert!(http.send(request.body(Vec::new()).unwrap()).is_ok());
                server.join().unwrap().to_lowercase()
            });
            assert_eq!(head.contains("content-length: 0"), told, "{head}");
            assert!(!head.contains("transfer-encoding"), "{head}");
        }
    }

    /// One connection: the first so many requests are answered, the next is read and the connection cut.
    /// How many came.
    fn fickle(listener: &TcpListener, answered: usize) -> usize {
        let mut came = 0;
        let mut client = BufReader::new(listener.accept().unwrap().0);
        loop {
            let mut line = String::new();
            while line != "\r\n" {
                line.clear();
                client.read_line(&mut line).unwrap();
            }
            client.read_exact(&mut [0; 2]).unwrap();
            came += 1;
            if came > answered {
                return came;
            }
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            client.get_mut().write_all(answer).unwrap();
        }
    }

    #[test]
    fn what_was_sent_is_never_sent_again_on_a_fresh_connection_or_a_used_one() {
        for answered in [0, 1, 2] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let http = Http::new(Duration::from_secs(20));
            let send = || http.send(Request::post(url.as_str()).body(b"hi".to_vec()).unwrap());
            thread::scope(|scope| {
                let server = scope.spawn(|| fickle(&listener, answered));
                for _ in 0..answered {
                    assert!(send().is_ok());
                }
                assert!(matches!(send(), Err(HttpError::Broken { .. })));
                assert_eq!(server.join().unwrap(), answered + 1);
            });
            // A second try would wait in the backlog.
            listener.set_nonblocking(true).unwrap();
            assert!(listener.accept().is_err(), "it was sent again");
        }
    }
}
