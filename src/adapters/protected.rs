//! A request to a protected resource, whoever's it is: with the API credential, with nothing, or with a
//! step-up token (RFC 6750, RFC 9449 section 7, RFC 9470 section 5).
//!
//! The credential goes where its owner says, a step-up token to the request that it was made for, and neither
//! anywhere else, since the HTTP client follows no redirect.

use openidconnect::http::{HeaderValue, Request, Response, StatusCode, header};
use url::Url;

use super::api_error::ApiError;
use super::bearer::Bearer;
use super::credentials::Secret;
use super::demanded::demand_of;
use super::http::{Http, HttpError, Repeat, challenge_lines};
use super::resource_metadata::{ResourceError, trusted_issuers};
use crate::domain::proof::{StepUpProof, StepUpToken};
use crate::domain::www_authenticate;

/// Largest answer read, MiB.
const LARGEST: u64 = 16;

/// A server that requests of the person's own go to.
#[derive(Clone)]
pub(crate) struct Resource {
    http: Http,
    /// Its credential, if there is one.
    bearer: Option<Bearer>,
}

impl Resource {
    /// A server, and the credential that is for it and no other.
    pub(crate) fn new(http: Http, bearer: Option<Bearer>) -> Self {
        let http = http.reading(LARGEST);
        Self { http, bearer }
    }

    /// Sends the request with the server's credential, or with none.
    pub(crate) fn ask(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ApiError> {
        let repeat = repeatable(request);
        let Some(bearer) = &self.bearer else {
            return Ok(self.http.send_patiently(request, repeat)?);
        };
        with_credential(bearer, |token| {
            let request = authorized(request, &format!("Bearer {}", token.expose()))?;
            Ok(self.http.send_patiently(&request, repeat)?)
        })
    }

    /// Sends the same request with the token of a proof that was made for it.
    pub(crate) fn ask_again(
        &self,
        request: &Request<Vec<u8>>,
        url: &Url,
        proof: &StepUpProof,
    ) -> Result<Response<Vec<u8>>, ApiError> {
        if !proof.is_for_request(request.method().as_str(), url) {
            return Err(ApiError::OtherProof);
        }
        let token = proof.token();
        let request = authorized(request, &token.authorization())?;
        let repeat = repeatable(&request);
        Ok(with_token(&self.http, &request, url, token, repeat)?)
    }

    /// The issuers that this server trusts, by the metadata which its challenge names (RFC 9728).
    pub(crate) fn trusted_issuers(
        &self,
        address: &str,
        url: &Url,
    ) -> Result<Vec<String>, ResourceError> {
        trusted_issuers(&self.http, address, url)
    }
}

/// What changes nothing may be asked again when the server fails (RFC 9110 section 9.2.1); else it is sent once.
fn repeatable(request: &Request<Vec<u8>>) -> Repeat {
    if request.method().is_safe() {
        Repeat::Read
    } else {
        Repeat::Never
    }
}

fn authorized(
    request: &Request<Vec<u8>>,
    authorization: &str,
) -> Result<Request<Vec<u8>>, ApiError> {
    let mut request = request.clone();
    let value = HeaderValue::from_str(authorization).map_err(|_| ApiError::SignedOut {
        reason: "it cannot be sent in a header".into(),
        variable: false,
    })?;
    request.headers_mut().insert(header::AUTHORIZATION, value);
    Ok(request)
}

/// With the credential, and once more with a new one if it was refused: before anything was done (c1.md
/// 10), so for actions too.
pub(super) fn with_credential(
    bearer: &Bearer,
    send: impl Fn(&Secret) -> Result<Response<Vec<u8>>, ApiError>,
) -> Result<Response<Vec<u8>>, ApiError> {
    let token = bearer.token()?;
    let answer = send(&token)?;
    if !refuses_credential(&answer) {
        return Ok(answer);
    }
    match bearer.instead_of(&token)? {
        Some(fresh) => send(&fresh),
        None => Ok(answer),
    }
}

/// With the proof of possession that a bound token needs: a new one for every try (RFC 9449 §4.3), and once more with
/// the server's nonce if it wants that in it (RFC 9449 §8).
pub(crate) fn with_token(
    http: &Http,
    authorized: &Request<Vec<u8>>,
    url: &Url,
    token: &StepUpToken,
    repeat: Repeat,
) -> Result<Response<Vec<u8>>, HttpError> {
    let proven = |nonce: Option<&str>| {
        let mut request = authorized.clone();
        let proof = token.possession(request.method().as_str(), url, nonce);
        if let Some(proof) = proof.and_then(|proof| HeaderValue::from_str(&proof).ok()) {
            request.headers_mut().insert("dpop", proof);
        }
        request
    };
    let answer = http.send_each(|| proven(None), repeat)?;
    match dpop_nonce(&answer) {
        // Refused before anything was done.
        Some(nonce) => http.send_each(|| proven(Some(&nonce)), repeat),
        None => Ok(answer),
    }
}

/// The nonce that the server wants to see in a proof (RFC 9449 §9); it is not the provider's.
fn dpop_nonce(answer: &Response<Vec<u8>>) -> Option<String> {
    let lines = challenge_lines(answer);
    let wanted = answer.status() == StatusCode::UNAUTHORIZED
        && lines
            .iter()
            .any(|line| www_authenticate::asks_for_a_nonce(line));
    let nonces = answer.headers().get_all("dpop-nonce").iter();
    www_authenticate::sound_nonce(nonces.map(HeaderValue::as_bytes)).filter(|_| wanted)
}

/// A 401 that is not about step-up, nor may be; or says that the credential is too old (B1.19).
fn refuses_credential(answer: &Response<Vec<u8>>) -> bool {
    let demand = demand_of(answer);
    answer.status() == StatusCode::UNAUTHORIZED
        && demand.is_ok_and(|demand| demand.is_none_or(|demand| demand.token_only))
}
