//! An issuer elsewhere whose step-up tokens the API accepts (`--issuer URL` instead of our own provider's,
//! `trusted_issuer=URL` beside them), so that real identity providers can be tried with it. Keys are found through discovery (OIDC Discovery section 4, RFC 8414).

use std::time::Duration;

use serde_json::Value;
use ureq::http::request::Builder;
use ureq::http::{Request, header};
use url::form_urlencoded;

use crate::client::Client;

/// The trusted issuer.
pub(crate) struct Foreign {
    issuer: String,
    client_id: Option<String>,
    client: Client,
}

impl Foreign {
    /// Only tokens of this client count, if one is named.
    pub(crate) fn new(issuer: &str, client_id: Option<&str>) -> Self {
        Self {
            issuer: issuer.to_owned(),
            client_id: client_id.map(str::to_owned),
            client: Client::new(Duration::from_secs(10), None),
        }
    }

    /// The same issuer, whose certificate this authority has signed.
    pub(crate) fn signed_by(self, authority: Option<&str>) -> Self {
        Self {
            client: Client::new(Duration::from_secs(10), authority),
            ..self
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether this is its name; compared as a string.
    pub(crate) fn is(&self, issuer: &str) -> bool {
        self.issuer == issuer
    }

    /// The client whose tokens count, if not every client's do.
    pub(crate) fn client_id(&self) -> Option<&str> {
        self.client_id.as_deref()
    }

    pub(crate) fn metadata(&self) -> Result<Value, &'static str> {
        let base = self.issuer.trim_end_matches('/');
        let metadata = self
            .get(&format!("{base}/.well-known/openid-configuration"))
            .ok_or("the issuer's metadata could not be read")?;
        if metadata.get("issuer").and_then(Value::as_str) != Some(&self.issuer) {
            return Err("the issuer's metadata names another issuer");
        }
        Ok(metadata)
    }

    /// Its keys as they are now. Not cached: approvals are rare, and keys may turn over.
    pub(crate) fn keys(&self) -> Result<Value, &'static str> {
        self.metadata()?
            .get("jwks_uri")
            .and_then(Value::as_str)
            .and_then(|url| self.get(url))
            .ok_or("the issuer's keys could not be read")
    }

    /// Posts a form; status and JSON body of the answer.
    pub(crate) fn post(&self, url: &str, form: &[(&str, &str)]) -> Option<(u16, Value)> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = Request::post(url)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .ok()?;
        let answer = self.client.send(request).ok()?;
        let status = answer.status().as_u16();
        Some((status, serde_json::from_slice(answer.body()).ok()?))
    }

    /// What the bearer of this token may read there.
    pub(crate) fn get_as(&self, url: &str, token: &str) -> Option<Value> {
        let bearer = format!("Bearer {token}");
        self.read(Request::get(url).header(header::AUTHORIZATION, bearer))
    }

    fn get(&self, url: &str) -> Option<Value> {
        self.read(Request::get(url))
    }

    fn read(&self, request: Builder) -> Option<Value> {
        let request = request.body(Vec::new()).ok()?;
        let answer = self.client.send(request).ok()?;
        serde_json::from_slice(answer.body()).ok()
    }
}
