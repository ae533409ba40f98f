//! An HTTP client for the built-in person and for providers elsewhere. The tool's client is what is tested with the
//! sandbox, so none of it is used here. Redirects are the caller's, and any status is an answer.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{Request, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use url::Url;

use crate::basics::{is_acceptable, is_loopback};

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// Plain http to another machine, or another scheme.
    #[error("`{0}` is reached by https only (plain http is for loopback hosts)")]
    Insecure(String),
    /// The network, TLS, or what came is not HTTP.
    #[error("`{host}` gave no answer")]
    Failed {
        host: String,
        source: Box<ureq::Error>,
    },
}

pub(crate) struct Client(Agent);

impl Client {
    /// Each exchange may take this long. TLS is trusted as the system does, or if this authority has signed for it.
    pub(crate) fn new(timeout: Duration, authority: Option<&str>) -> Self {
        let authority = authority.and_then(|pem| Certificate::from_pem(pem.as_bytes()).ok());
        let roots = match authority {
            Some(authority) => RootCerts::Specific(Arc::new(vec![authority])),
            None => RootCerts::PlatformVerifier,
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .user_agent(concat!("stepup-sandbox/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Self(config.new_agent())
    }

    /// One exchange. A proxy of the environment is for other machines only.
    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        let uri = request.uri().clone();
        let host = uri.authority().map(ToString::to_string).unwrap_or_default();
        let url = Url::parse(&uri.to_string()).ok().filter(is_acceptable);
        let Some(url) = url else {
            return Err(NoAnswer::Insecure(host));
        };
        let method = request.method().clone();
        let mut request = self.0.configure_request(request);
        if is_loopback(&url) {
            request = request.proxy(None);
        }
        let answer = self.0.run(request.build()).and_then(|answer| {
            let (parts, mut body) = answer.into_parts();
            Ok(Response::from_parts(parts, body.read_to_vec()?))
        });
        let answer = answer.map_err(|error| NoAnswer::Failed {
            host: host.clone(),
            source: Box::new(error),
        })?;
        let (path, status) = (uri.path(), answer.status().as_u16());
        tracing::debug!("{method} {host}{path} -> {status}");
        Ok(answer)
    }
}
