//! Provider metadata (OpenID Connect Discovery 1.0 §4): fetched, and refused unless it is what a native
//! client with PKCE needs. OpenID Discovery §4.3; duties B9.8 and B3.6 of `docs/duties.md`.

mod used;

use openidconnect::UserInfoUrl;
use openidconnect::http::{Request, header};
use url::Url;

use super::assertion_algorithm::NoAssertionAlgorithm;
use super::jose;
use super::metadata::Metadata;
use crate::adapters::http::{Http, HttpError, Repeat, media_type};
use crate::adapters::reach::may_name;

/// Why a provider's metadata cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiscoveryError {
    /// The document could not be fetched.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Another status than 200.
    #[error("`{url}` answered HTTP {status} instead of metadata")]
    Status { url: String, status: u16 },
    /// Not JSON, or not metadata.
    #[error("`{url}` does not hold OpenID provider metadata: {reason}")]
    NotMetadata { url: String, reason: String },
    /// B9.8: a member that is used cannot be.
    #[error("the provider's metadata cannot be used: `{name}` {reason}")]
    BadMember {
        name: &'static str,
        reason: &'static str,
    },
    /// Discovery §4.3: the document speaks for another issuer.
    #[error("the provider calls itself `{got}`, the configuration says `{wanted}`")]
    IssuerDiffers { wanted: String, got: String },
    /// B9.8: an endpoint that is not https; plain http is for loopback, where the issuer is there too.
    #[error("the provider's {endpoint} `{url}` is not https")]
    InsecureEndpoint { endpoint: &'static str, url: String },
    /// B9.8: an endpoint on this machine, named by a provider that is not on it.
    #[error("the provider's {endpoint} `{url}` is on this machine, and the provider is not")]
    LocalEndpoint { endpoint: &'static str, url: String },
    /// B17.1: what the entry has shown to the person, this provider does not know to show.
    #[error("the provider does not list the type `{0}` in `authorization_details_types_supported`")]
    DetailsNotListed(String),
    #[error("the provider has no token endpoint")]
    NoTokenEndpoint,
    /// RFC 7523: the client's key cannot sign what the provider takes.
    #[error(transparent)]
    NoAssertionAlgorithm(#[from] NoAssertionAlgorithm),
    /// B3.6: methods are listed, and S256 is not among them.
    #[error("the provider does not support PKCE with S256 (it lists {0})")]
    NoS256(String),
}

/// Fetches and checks the metadata of `issuer`, which must be spelled exactly as the provider does.
pub(crate) fn discover(http: &Http, issuer: &str) -> Result<Metadata, DiscoveryError> {
    // Discovery §4.1: a trailing slash is removed before the well-known path is appended.
    let url = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let metadata = parse(issuer, &url, &fetch(http, &url)?)?;
    check(&metadata)?;
    Ok(metadata)
}

fn fetch(http: &Http, url: &str) -> Result<Vec<u8>, DiscoveryError> {
    let not_metadata = |reason: &str| DiscoveryError::NotMetadata {
        url: url.to_owned(),
        reason: reason.to_owned(),
    };
    let request = Request::get(url)
        .header(header::ACCEPT, "application/json")
        .body(Vec::new())
        .map_err(|_| not_metadata("the URL cannot be used"))?;
    let answer = http.send_patiently(&request, Repeat::Busy)?;
    if answer.status().as_u16() != 200 {
        return Err(DiscoveryError::Status {
            url: url.to_owned(),
            status: answer.status().as_u16(),
        });
    }
    if media_type(&answer) == "text/html" {
        return Err(not_metadata("it is a web page"));
    }
    Ok(answer.into_body())
}

/// Discovery §4.3 comes first: of a document that speaks for somebody else nothing more is believed, or read.
fn parse(issuer: &str, url: &str, body: &[u8]) -> Result<Metadata, DiscoveryError> {
    let not_metadata = |reason: String| DiscoveryError::NotMetadata {
        url: url.to_owned(),
        reason,
    };
    let document = jose::parse_document(body).map_err(|error| not_metadata(error.to_string()))?;
    let got = document
        .get("issuer")
        .and_then(serde_json::Value::as_str)
        .ok_or_else(|| not_metadata("it names no issuer".to_owned()))?;
    if got != issuer {
        return Err(DiscoveryError::IssuerDiffers {
            wanted: issuer.to_owned(),
            got: got.chars().take(256).collect(),
        });
    }
    let members = used::members(&document).map_err(|bad| DiscoveryError::BadMember {
        name: bad.name,
        reason: bad.reason,
    })?;
    serde_json::from_value(members).map_err(|error| not_metadata(error.to_string()))
}

fn check(metadata: &Metadata) -> Result<(), DiscoveryError> {
    let token_endpoint = metadata
        .token_endpoint()
        .ok_or(DiscoveryError::NoTokenEndpoint)?;
    let issuer = metadata.issuer().url();
    let extensions = metadata.additional_metadata();
    let pushing = extensions.pushed_authorization_request_endpoint.as_ref();
    let backchannel = extensions.backchannel_authentication_endpoint.as_ref();
    for (endpoint, url) in [
        (
            "authorization endpoint",
            Some(metadata.authorization_endpoint().url()),
        ),
        ("token endpoint", Some(token_endpoint.url())),
        ("key set", Some(metadata.jwks_uri().url())),
        (
            "UserInfo endpoint",
            metadata.userinfo_endpoint().map(UserInfoUrl::url),
        ),
        ("pushed authorization request endpoint", pushing),
        ("backchannel authentication endpoint", backchannel),
    ] {
        url.map_or(Ok(()), |url| secure(issuer, endpoint, url))?;
    }
    match &extensions.code_challenge_methods_supported {
        Some(methods) if !methods.iter().any(|method| method == "S256") => Err(
            DiscoveryError::NoS256(format!("`{}`", methods.join("`, `"))),
        ),
        _ => Ok(()),
    }
}

/// B17.1: whether the provider takes rich authorization requests of this type (RFC 9396 §10). One that does not is to
/// ignore them (RFC 6749 §3.1), so the person would see nothing.
pub(crate) fn lists_details(metadata: &Metadata, kind: &str) -> Result<(), DiscoveryError> {
    let listed = &metadata
        .additional_metadata()
        .authorization_details_types_supported;
    let is_listed = listed.iter().flatten().any(|one| one == kind);
    is_listed
        .then_some(())
        .ok_or_else(|| DiscoveryError::DetailsNotListed(kind.to_owned()))
}

fn secure(issuer: &Url, endpoint: &'static str, url: &Url) -> Result<(), DiscoveryError> {
    if may_name(issuer, url) {
        return Ok(());
    }
    let address = url.to_string();
    Err(if url.scheme() == "https" {
        DiscoveryError::LocalEndpoint {
            endpoint,
            url: address,
        }
    } else {
        DiscoveryError::InsecureEndpoint {
            endpoint,
            url: address,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oidc::metadata::document;
    use serde_json::json;

    fn checked(change: &serde_json::Value) -> Result<(), DiscoveryError> {
        let issuer = "https://idp.example/a/";
        let mut document = document("https://idp.example", &json!({ "issuer": issuer }));
        for (name, value) in change.as_object().unwrap() {
            document[name] = value.clone();
        }
        check(&parse(issuer, "u", document.to_string().as_bytes())?)
    }

    #[test]
    fn b9_8_every_endpoint_is_https() {
        for endpoint in [
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "userinfo_endpoint",
            "pushed_authorization_request_endpoint",
            "backchannel_authentication_endpoint",
        ] {
            for plain in ["http://idp.example/x", "http://127.0.0.1:4000/x"] {
                assert!(matches!(
                    checked(&json!({ endpoint: plain })),
                    Err(DiscoveryError::InsecureEndpoint { .. })
                ));
            }
            assert!(matches!(
                checked(&json!({ endpoint: "https://localhost:4000/x" })),
                Err(DiscoveryError::LocalEndpoint { .. })
            ));
        }
    }
}
