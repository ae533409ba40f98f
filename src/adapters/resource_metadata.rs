//! Protected resource metadata (RFC 9728): which issuers the API trusts. Read without a credential, from the
//! API's own host only, and used for nothing but a choice among what is configured.

use openidconnect::http::{Request, header};
use serde::Deserialize;
use url::Url;

use super::http::{Http, HttpError, Repeat, host_and_port, media_type};
use super::reach::may_name;

/// Most issuers looked at.
const MOST: usize = 16;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ResourceError {
    /// Not https, or not where the API is (RFC 9728 §7.3 and §7.7).
    #[error("the API's challenge names metadata at `{0}`, which is not the API's own address")]
    Elsewhere(String),
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Another status than 200.
    #[error("the API's metadata answered HTTP {0}")]
    Status(u16),
    /// Not such metadata.
    #[error("the API's metadata cannot be read: {0}")]
    Unreadable(&'static str),
    /// They are about something else (RFC 9728 §3.3).
    #[error("the API's metadata are about `{0}`, which is not this API")]
    OtherResource(String),
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    resource: String,
    #[serde(default)]
    authorization_servers: Vec<String>,
}

/// The issuers that the server of a URL trusts, by metadata at this address. Nothing about them has been
/// verified.
pub(crate) fn trusted_issuers(
    http: &Http,
    address: &str,
    resource: &Url,
) -> Result<Vec<String>, ResourceError> {
    let url = Url::parse(address)
        .ok()
        .filter(|url| may_name(resource, url) && url.origin() == resource.origin())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| ResourceError::Elsewhere(host_in(address)))?;
    let request = Request::get(url.as_str())
        .header(header::ACCEPT, "application/json")
        .body(Vec::new())
        .map_err(|_| ResourceError::Unreadable("the URL cannot be used"))?;
    let answer = http.send_patiently(&request, Repeat::Read)?;
    match answer.status().as_u16() {
        200 if media_type(&answer) == "text/html" => {
            return Err(ResourceError::Unreadable("it is a web page"));
        }
        200 => {}
        status => return Err(ResourceError::Status(status)),
    }
    let metadata: Metadata = serde_json::from_slice(answer.body())
        .map_err(|_| ResourceError::Unreadable("it is not JSON, or not as RFC 9728 has it"))?;
    if !covers(&metadata.resource, resource) {
        let resource = metadata.resource.chars().take(256).collect();
        return Err(ResourceError::OtherResource(resource));
    }
    let issuers = metadata.authorization_servers.into_iter();
    Ok(issuers.take(MOST).collect())
}

/// Host and port of what may be no address at all.
fn host_in(address: &str) -> String {
    let cut = || address.chars().take(64).collect();
    Url::parse(address).map_or_else(|_| cut(), |url| host_and_port(&url))
}

/// Whether a resource's name is that of the server at `url`: the same origin, and a path that leads there.
pub(crate) fn covers(resource: &str, url: &Url) -> bool {
    let Ok(resource) = Url::parse(resource) else {
        return false;
    };
    let segments = |url: &Url| -> Vec<String> {
        let parts = url.path().split('/').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    resource.origin() == url.origin()
        && resource.origin().is_tuple()
        && resource.query().is_none()
        && resource.fragment().is_none()
        && segments(url).starts_with(&segments(&resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc9728_3_3_the_resource_must_be_this_api() {
        let api = Url::parse("https://acme.example/base/api/v1").unwrap();
        for (resource, same) in [
            ("https://acme.example", true),
            ("https://acme.example/", true),
            ("https://acme.example:443/base", true),
            ("https://acme.example/base/api/v1", true),
            ("https://acme.example/base/api/v1/", true),
            ("https://acme.example/bas", false),
            ("https://acme.example/other", false),
            ("https://acme.example/base/api/v1/tasks", false),
            ("https://acme.example?x", false),
            ("https://acme.example/#x", false),
            ("http://acme.example", false),
            ("https://acme.example:8443", false),
            ("https://acme.example.evil.example", false),
            ("https://evil.example/?acme.example", false),
            ("data:acme.example", false),
            ("acme.example", false),
            ("", false),
        ] {
            assert_eq!(covers(resource, &api), same, "{resource}");
        }
    }
}
