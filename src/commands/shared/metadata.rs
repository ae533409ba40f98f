//! A provider's metadata against its entry: what does not fit is found when the entry is written or by
//! `doctor`, not at the first approval (providers.md, P5).

mod checks;
mod finding;
mod layout;

pub(in crate::commands) use finding::{Finding, Grade};
pub(in crate::commands) use layout::Layout;

use crate::adapters::http::Http;
use crate::config::{Config, ProviderEntry};
use crate::error::Error;
use crate::oidc::id_token::IdTokenError;
use crate::oidc::keys::{KeySource, MIN_RSA_BITS};
use crate::oidc::provider::Provider;

/// Reads the metadata and the keys and says of everything in them whether it fits. The error is one of
/// reading the former: the issuer's spelling, a missing endpoint, no S256.
pub(in crate::commands) fn examine(
    http: &Http,
    entry: &ProviderEntry,
) -> Result<Vec<Finding>, Error> {
    Ok(examined(&Provider::fetch(http, &entry.issuer)?, entry))
}

/// What is found of a provider that was fetched.
pub(in crate::commands) fn examined(provider: &Provider, entry: &ProviderEntry) -> Vec<Finding> {
    let read = [
        Finding::ok(
            "issuer",
            format!("`{}`, spelled as the provider does", entry.issuer),
        ),
        Finding::ok("endpoints", "all there; https, or this machine's own"),
    ];
    read.into_iter()
        .chain(checks::all(entry, &provider.metadata))
        .chain([keys(&provider.keys, entry)])
        .collect()
}

/// Whether there is a key that a signature could be checked with (Core §3.1.3.7).
fn keys(keys: &KeySource, entry: &ProviderEntry) -> Finding {
    let check = "keys";
    let keys = match keys.keys() {
        Ok(keys) => keys,
        Err(error) => {
            let error = Error::from(IdTokenError::from(error));
            return Finding::failed(check, &error);
        }
    };
    match (keys.usable(&entry.id_token_algs), keys.too_short()) {
        (0, Some(bits)) => Finding::new(
            check,
            Grade::Fail,
            format!("the provider's key is too weak: {bits} bits, at least {MIN_RSA_BITS} are required"),
        )
        .hint("its administrator has to make a longer key"),
        (0, None) => Finding::new(
            check,
            Grade::Fail,
            "the provider publishes no key for an algorithm that the entry accepts",
        )
        .hint("its administrator has to publish the signing keys, or the entry's `id_token_algs` to name the algorithm"),
        (1, _) => Finding::ok(check, "1 signing key published"),
        (some, _) => Finding::ok(check, format!("{some} are published")),
    }
}

/// An entry that no approval can use yet, as a line of a check.
pub(in crate::commands) fn unlinked(config: &Config, entry: &ProviderEntry) -> Option<Finding> {
    let for_apis = entry.request_origins.is_empty();
    (for_apis && config.apis_of(entry).is_empty()).then(|| {
        let says = "it belongs to no API yet, so that no approval uses it";
        Finding::new("api", Grade::Warn, says).hint(format!(
            "let a profile name it: `stepup config set provider {} --profile PROFILE`",
            entry.name
        ))
    })
}
