//! Pushed authorization requests (RFC 9126, B6): the parameters go to the provider directly, so that nobody
//! in the browser can take `acr_values`, `max_age` or `prompt` away, and the URL holds a reference only.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use url::Url;

use super::callback::described;
use super::client_authentication::ClientAuthentication;
use super::jose;
use super::metadata::Metadata;
use super::registration::Pushing;
use super::relying_party::RelyingParty;
use super::token_request::refusal;
use crate::adapters::http::{Http, HttpError};

/// Longest reference taken, bytes.
const LONGEST: usize = 2048;

/// Why a request could not be pushed. It is never sent in the URL instead (RFC 9126 §5).
#[derive(Debug, thiserror::Error)]
pub(crate) enum PushError {
    /// The entry wants it, the provider does not offer it.
    #[error(
        "the entry says `par = \"always\"`, and the provider has no pushed authorization request endpoint"
    )]
    NotOffered,
    /// The provider demands it, the entry forbids it (RFC 9126 §5).
    #[error(
        "the provider requires pushed authorization requests, and the entry says `par = \"never\"`"
    )]
    Forbidden,
    /// The provider demands it, and does not say where.
    #[error("the provider requires pushed authorization requests and has no endpoint for them")]
    NoEndpoint,
    /// No answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The provider said no (RFC 9126 §2.3).
    #[error("the provider refused the pushed request with `{code}`{}", described(.description.as_deref()))]
    Refused {
        code: String,
        description: Option<String>,
    },
    /// Neither success nor an OAuth error.
    #[error("the provider answered the pushed request with HTTP {0}")]
    Status(u16),
    /// A success that refers to nothing (RFC 9126 §2.2).
    #[error("the provider's answer to the pushed request cannot be read: {0}")]
    Unreadable(String),
}

/// Where to push this provider's requests, if they are to be pushed at all.
pub(super) fn endpoint(metadata: &Metadata, pushing: Pushing) -> Result<Option<Url>, PushError> {
    let extensions = metadata.additional_metadata();
    let offered = extensions.pushed_authorization_request_endpoint.clone();
    let demanded = extensions.require_pushed_authorization_requests;
    match (pushing, offered) {
        (Pushing::Never, _) if demanded => Err(PushError::Forbidden),
        (Pushing::Never, _) => Ok(None),
        (Pushing::Auto, None) if demanded => Err(PushError::NoEndpoint),
        (Pushing::Always, None) => Err(PushError::NotOffered),
        (Pushing::Auto | Pushing::Always, offered) => Ok(offered),
    }
}

/// A request that is pushed anew whenever its reference was used or has expired (RFC 9126 §4).
pub(super) struct Pushed {
    http: Http,
    endpoint: Url,
    authorization_endpoint: Url,
    client_id: String,
    client: ClientAuthentication,
    parameters: Vec<(String, String)>,
    unused: Mutex<Option<Reference>>,
}

struct Reference {
    request_uri: String,
    until: Instant,
}

pub(crate) struct Address {
    pub(crate) url: Url,
    /// How long the provider knows it, if it tells.
    pub(crate) lasts: Option<Duration>,
}

impl Pushed {
    /// Pushes `request`, a whole authorization URL.
    pub(super) fn push(
        relying_party: &RelyingParty,
        endpoint: Url,
        authorization_endpoint: &Url,
        request: &Url,
    ) -> Result<Self, PushError> {
        // What the provider itself put into its address stays there.
        let own = authorization_endpoint.query_pairs().count();
        let parameters = request.query_pairs().skip(own);
        let pushed = Self {
            http: relying_party.http.clone(),
            endpoint,
            authorization_endpoint: authorization_endpoint.clone(),
            client_id: relying_party.registration.client_id.clone(),
            client: relying_party.client.clone(),
            parameters: parameters
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
            unused: Mutex::new(None),
        };
        let reference = pushed.ask()?;
        *pushed.unused() = Some(reference);
        Ok(pushed)
    }

    /// The address for one visit: `client_id` and `request_uri`, nothing else of ours (RFC 9126 §4).
    pub(super) fn address(&self) -> Result<Address, PushError> {
        let kept = self.unused().take();
        let fresh = kept.filter(|kept| Instant::now() < kept.until);
        let reference = match fresh {
            Some(reference) => reference,
            None => self.ask()?,
        };
        let mut url = self.authorization_endpoint.clone();
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("request_uri", &reference.request_uri);
        let lasts = reference.until.saturating_duration_since(Instant::now());
        Ok(Address {
            url,
            lasts: Some(lasts),
        })
    }

    fn unused(&self) -> std::sync::MutexGuard<'_, Option<Reference>> {
        self.unused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self) -> Result<Reference, PushError> {
        let asked = Instant::now();
        // The endpoint takes the client authentication of the token endpoint (RFC 9126 §2).
        let request = self.client.post(&self.endpoint, &self.parameters);
        let answer = self.http.send(request)?;
        match answer.status().as_u16() {
            201 => {}
            200 => tracing::warn!("the provider answered a pushed request with 200, not with 201"),
            status => return Err(refused(status, answer.body())),
        }
        let body = jose::parse_document(answer.body())
            .map_err(|error| PushError::Unreadable(error.to_string()))?;
        let request_uri = body.get("request_uri").and_then(Value::as_str);
        let usable = |uri: &&str| {
            (1..=LONGEST).contains(&uri.len()) && uri.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let request_uri = request_uri
            .filter(usable)
            .ok_or_else(|| PushError::Unreadable("it has no usable `request_uri`".into()))?;
        let lifetime = body.get("expires_in").and_then(Value::as_u64);
        let until = lifetime
            .filter(|seconds| *seconds > 0)
            .and_then(|seconds| asked.checked_add(Duration::from_secs(seconds)))
            .ok_or_else(|| PushError::Unreadable("its `expires_in` is not in the future".into()))?;
        Ok(Reference {
            request_uri: request_uri.to_owned(),
            until,
        })
    }
}

/// JSON as from a token endpoint, where there is any (RFC 9126 §2.3).
fn refused(status: u16, body: &[u8]) -> PushError {
    let body = jose::parse_document(body).unwrap_or_default();
    match body.as_object().and_then(refusal) {
        Some((code, description)) if (400..500).contains(&status) => {
            PushError::Refused { code, description }
        }
        _ => PushError::Status(status),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::metadata::document;
    use super::super::registration::Registration;
    use super::*;

    /// A request whose reference is `urn:kept`, at a provider that gives `urn:fresh` for another push.
    fn visit(until: Instant, answers: usize) -> (Address, usize) {
        let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
        let base = format!("http://{}", server.server_addr());
        let metadata = document(&base, &json!({}));
        let metadata: Metadata = serde_json::from_value(metadata).unwrap();
        let http = Http::new(Duration::from_secs(20));
        let registration = Registration::of(&base, "c");
        let client = ClientAuthentication::new(&registration, &metadata).unwrap();
        let pushed = Pushed {
            http,
            endpoint: Url::parse(&format!("{base}/push")).unwrap(),
            authorization_endpoint: Url::parse(&format!("{base}/authorize")).unwrap(),
            client_id: "c".into(),
            client,
            parameters: Vec::new(),
            unused: Mutex::new(Some(Reference {
                request_uri: "urn:kept".into(),
                until,
            })),
        };
        std::thread::scope(|scope| {
            let server = &server;
            scope.spawn(move || {
                for request in server.incoming_requests().take(answers) {
                    let fresh = json!({ "request_uri": "urn:fresh", "expires_in": 60 });
                    let reply = tiny_http::Response::from_string(fresh.to_string());
                    request.respond(reply.with_status_code(201)).unwrap();
                }
            });
            let address = pushed.address().unwrap();
            let left = server.try_recv().unwrap().into_iter().count();
            (address, left)
        })
    }

    /// A reference counts once (RFC 9126 §4).
    #[test]
    fn b6_5_a_reference_that_has_expired_is_not_used() {
        let reference = |until, answers| {
            let (address, left) = visit(until, answers);
            assert_eq!(left, 0, "it was pushed once more than needed");
            let mut query = address.url.query_pairs();
            let (_, uri) = query.find(|(name, _)| name == "request_uri").unwrap();
            uri.into_owned()
        };
        let now = Instant::now();
        assert_eq!(reference(now + Duration::from_secs(60), 0), "urn:kept");
        assert_eq!(reference(now, 1), "urn:fresh");
    }
}
