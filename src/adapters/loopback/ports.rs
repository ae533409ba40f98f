//! Which address and port to listen on: loopback only (RFC 8252 §8.3), both families for `localhost` (RFC 8252 §7.3), and
//! the registered ports in their order where the provider wants exact ones (providers.md A14).

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};

use LoopbackError::{CannotBind, NoPortFree};

/// How often an unlisted port is tried again because its twin of the other family is taken.
const TWIN_ATTEMPTS: usize = 16;

/// Where the provider sends the browser back to.
#[derive(Clone, Debug)]
pub(crate) struct RedirectTarget {
    pub(crate) host: LoopbackHost,
    /// Ports to try in this order; none means any free port.
    pub(crate) ports: Vec<u16>,
    /// The path of the redirect URI, with its slash: `/callback/okta`. One per provider (RFC 8252 §8.10).
    pub(crate) path: String,
    /// The provider answers by a form POST instead of a query.
    pub(crate) form_post: bool,
}

/// How the redirect URI spells this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoopbackHost {
    /// `127.0.0.1`, the default (RFC 8252 §7.3).
    V4,
    /// `localhost`, for providers that accept nothing else (RFC 8252 §8.3). It may resolve to either family, so
    /// both are bound, on one port.
    Localhost,
}

impl LoopbackHost {
    /// As in the redirect URI.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::V4 => "127.0.0.1",
            Self::Localhost => "localhost",
        }
    }
}

/// Why there is no listener.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoopbackError {
    /// All ports that the provider entry allows are taken or forbidden; each is named.
    #[error("no redirect port is free: {0}")]
    NoPortFree(String),
    /// The system gave no socket or thread at all.
    #[error("cannot listen on loopback: {0}")]
    CannotBind(#[source] io::Error),
    /// The system gave no random bytes.
    #[error("the system has no randomness: {0}")]
    Randomness(String),
}

/// The bound sockets (one a family) and their common port.
pub(super) fn bind(target: &RedirectTarget) -> Result<(Vec<TcpListener>, u16), LoopbackError> {
    let listeners = if target.ports.is_empty() {
        any_port(target.host).map_err(CannotBind)?
    } else {
        listed_port(target.host, &target.ports)?
    };
    let port = match listeners.first() {
        Some(listener) => listener.local_addr().map_err(CannotBind)?.port(),
        None => return Err(CannotBind(ErrorKind::AddrNotAvailable.into())),
    };
    Ok((listeners, port))
}

fn any_port(host: LoopbackHost) -> io::Result<Vec<TcpListener>> {
    let mut result = open(host, 0);
    for _ in 1..TWIN_ATTEMPTS {
        match &result {
            Err(error) if error.kind() == ErrorKind::AddrInUse => result = open(host, 0),
            _ => break,
        }
    }
    result
}

fn listed_port(host: LoopbackHost, ports: &[u16]) -> Result<Vec<TcpListener>, LoopbackError> {
    let mut refused = Vec::new();
    for &port in ports {
        match open(host, port) {
            Ok(listeners) => return Ok(listeners),
            Err(error) => refused.push(format!("{port} ({})", reason(&error))),
        }
    }
    Err(NoPortFree(refused.join(", ")))
}

fn open(host: LoopbackHost, port: u16) -> io::Result<Vec<TcpListener>> {
    let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if host == LoopbackHost::V4 {
        return v4.map(|listener| vec![listener]);
    }
    let port = match &v4 {
        Ok(listener) => listener.local_addr()?.port(),
        Err(_) => port,
    };
    match (v4, TcpListener::bind((Ipv6Addr::LOCALHOST, port))) {
        (Ok(v4), Ok(v6)) => Ok(vec![v4, v6]),
        // RFC 8252 §7.3: a family that this machine lacks is no loss. One that somebody else holds is: the
        // browser might take the code there.
        (Ok(listener), Err(error)) | (Err(error), Ok(listener)) if !is_taken(&error) => {
            Ok(vec![listener])
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::AddrInUse | ErrorKind::PermissionDenied
    )
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => "in use".into(),
        ErrorKind::PermissionDenied => "not permitted".into(),
        _ => error.to_string(),
    }
}
