//! The keys that a verifier trusts, by what the flags name. Only an address that a flag names is fetched.

use std::path::Path;
use std::sync::Arc;

use url::Url;

use crate::adapters::http::Http;
use crate::cli::EvidenceTrust;
use crate::context::Context;
use crate::error::Error;
use crate::evidence::Trust;
use crate::oidc::discovery;
use crate::oidc::keys::{KeySource, Keys};

/// Largest file of keys, bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

pub(super) fn trust(context: &Context, named: &EvidenceTrust) -> Result<Trust, Error> {
    let mut keys = Vec::new();
    for place in &named.jwks {
        keys.push(match Url::parse(place) {
            Ok(url) if ["http", "https"].contains(&url.scheme()) => fetched(&context.http, &url)?,
            _ => read(Path::new(place))?,
        });
    }
    if let Some(issuer) = &named.issuer
        && named.jwks.is_empty()
        && named.keys.is_empty()
    {
        let metadata = discovery::discover(&context.http, issuer)?;
        keys.push(fetched(&context.http, metadata.jwks_uri().url())?);
    }
    Ok(Trust {
        keys,
        issuer: named.issuer.clone(),
        thumbprints: named.keys.clone(),
    })
}

fn fetched(http: &Http, url: &Url) -> Result<Arc<Keys>, Error> {
    Ok(KeySource::fetching(http, url.as_str()).keys()?)
}

fn read(path: &Path) -> Result<Arc<Keys>, Error> {
    let name = path.display().to_string();
    let unreadable = |reason: String| {
        Error::usage(format!("`{name}` cannot be read: {reason}"))
            .hint("`--jwks` names a file with a JWK set, or the https URL of one")
    };
    let size = path
        .metadata()
        .map_err(|error| unreadable(error.to_string()))?;
    if size.len() > LARGEST {
        return Err(unreadable("it is larger than 16 MiB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let keys = Keys::parse(&bytes);
    keys.map(Arc::new).map_err(|error| {
        Error::usage(format!("`{name}` has no keys: {error}"))
            .hint("`stepup provider keys NAME` prints the keys of a provider entry")
            .caused_by(error)
    })
}
