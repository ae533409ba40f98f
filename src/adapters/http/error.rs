//! Why an exchange gave no answer.

use std::path::PathBuf;

use crate::adapters::proxy::ProxyError;

/// Why an exchange gave no answer. A `host` is host and port.
#[expect(missing_docs, reason = "the names of the members say it")]
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// Plain http to a host that is not loopback, or another scheme.
    #[error("`{0}` is not https (plain http is for loopback hosts only)")]
    InsecureUrl(String),
    /// DNS has no such host.
    #[error("the host `{0}` could not be found")]
    HostNotFound(String),
    /// Nobody listens, or the way is closed.
    #[error("could not connect to `{host}`: {reason}")]
    Connect { host: String, reason: String },
    /// The environment names a proxy that cannot be used. Nothing goes past it.
    #[error(transparent)]
    ProxySetting(#[from] ProxyError),
    /// The proxy did not let us through, or was not reached.
    #[error("the proxy `{proxy}` (`{variable}`) cannot be used to reach `{host}`: {reason}")]
    Proxy {
        /// Its host and port.
        proxy: String,
        variable: &'static str,
        /// Host and port that were wanted.
        host: String,
        reason: String,
    },
    /// The certificate was not accepted, or TLS failed otherwise.
    #[error("the TLS connection to `{host}` was refused: {reason}")]
    Tls { host: String, reason: String },
    /// No complete answer within the limit.
    #[error("`{host}` did not answer within {seconds} s")]
    Timeout { host: String, seconds: u64 },
    /// The body is over the limit.
    #[error("the answer of `{host}` is larger than {mib} MiB")]
    TooLarge { host: String, mib: u64 },
    /// The body is packed, which was not asked for, and is not unpacked: what is small here may be huge there.
    #[error("the answer of `{host}` is coded as `{coding}`, which was not asked for")]
    Coded {
        host: String,
        /// The content coding (RFC 9110 §8.4).
        coding: String,
    },
    /// The connection broke, or what came is not HTTP.
    #[error("the connection to `{host}` broke: {reason}")]
    Broken { host: String, reason: String },
    /// The extra CA file of a provider entry cannot be used.
    #[error("the CA file `{path}` could not be read: {reason}")]
    CaFile { path: PathBuf, reason: String },
}
