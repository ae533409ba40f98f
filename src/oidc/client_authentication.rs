//! How this client proves itself, in one place for every endpoint that wants it (RFC 6749 §2.3, RFC 7523
//! §2.2): the token endpoint, pushed requests (RFC 9126 §2), the backchannel (CIBA §7.1).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use openidconnect::HttpRequest;
use openidconnect::http::{HeaderValue, Request, header};
use url::{Url, form_urlencoded};

use super::assertion_algorithm::{NoAssertionAlgorithm, algorithm};
use super::metadata::Metadata;
use super::registration::{AssertionAudience, ClientAuth, Registration};

/// What `client_assertion_type` says (RFC 7523 §2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The client, and how it proves itself at one provider.
#[derive(Clone, Debug)]
pub(super) struct ClientAuthentication {
    client_id: String,
    auth: ClientAuth,
    issuer: String,
    audience: AssertionAudience,
    alg: &'static str,
}

impl ClientAuthentication {
    /// The client of this registration, at the provider of this metadata.
    pub(super) fn new(
        registration: &Registration,
        metadata: &Metadata,
    ) -> Result<Self, NoAssertionAlgorithm> {
        let alg = match &registration.client_auth {
            ClientAuth::PrivateKey(key) => algorithm(key.algs(), metadata)?,
            ClientAuth::Public | ClientAuth::Basic(_) | ClientAuth::Post(_) => "",
        };
        Ok(Self {
            client_id: registration.client_id.clone(),
            auth: registration.client_auth.clone(),
            issuer: registration.issuer.clone(),
            audience: registration.assertion_audience,
            alg,
        })
    }

    /// A form, as this client posts it to an endpoint. With a key, every call signs an assertion of its own,
    /// which counts once.
    pub(super) fn post(&self, endpoint: &Url, parameters: &[(String, String)]) -> HttpRequest {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(parameters);
        let named = parameters.iter().any(|(name, _)| name == "client_id");
        // The header of `client_secret_basic` names the client already.
        if !named && !matches!(self.auth, ClientAuth::Basic(_)) {
            form.append_pair("client_id", &self.client_id);
        }
        match &self.auth {
            ClientAuth::Public | ClientAuth::Basic(_) => {}
            ClientAuth::Post(secret) => {
                form.append_pair("client_secret", secret.secret());
            }
            ClientAuth::PrivateKey(key) => {
                let now = Timestamp::now().as_second();
                let audience = match self.audience {
                    AssertionAudience::Issuer => &self.issuer,
                    AssertionAudience::Endpoint => endpoint.as_str(),
                };
                let assertion = key.assertion(self.alg, &self.client_id, audience, now);
                form.append_pair("client_assertion_type", JWT_BEARER)
                    .append_pair("client_assertion", &assertion);
            }
        }
        let mut request = Request::new(form.finish().into_bytes());
        *request.method_mut() = openidconnect::http::Method::POST;
        if let Ok(uri) = endpoint.as_str().parse() {
            *request.uri_mut() = uri;
        }
        let headers = request.headers_mut();
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::ACCEPT, json);
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, kind);
        if let Some(basic) = self.basic() {
            headers.insert(header::AUTHORIZATION, basic);
        }
        request
    }

    /// RFC 6749 §2.3.1: both are form-encoded first.
    fn basic(&self) -> Option<HeaderValue> {
        let ClientAuth::Basic(secret) = &self.auth else {
            return None;
        };
        let encoded =
            |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
        let pair = format!("{}:{}", encoded(&self.client_id), encoded(secret.secret()));
        // Base64 is always a header's value.
        HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(pair))).ok()
    }
}

#[cfg(test)]
mod tests;
