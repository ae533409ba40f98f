//! Which algorithm a client's assertion is signed with at a provider (RFC 7523).

use super::keys::algorithm_name;
use super::metadata::Metadata;

/// The provider verifies no signature that the client's key could make.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the client's key signs with {able}, and the provider takes client assertions signed with {listed}"
)]
pub(crate) struct NoAssertionAlgorithm {
    /// What the key can.
    able: String,
    listed: String,
}

/// The first that the provider lists; one that lists nothing takes RS256 (OpenID Discovery §3), or tells.
pub(super) fn algorithm(
    able: &[&'static str],
    metadata: &Metadata,
) -> Result<&'static str, NoAssertionAlgorithm> {
    let listed = metadata.token_endpoint_auth_signing_alg_values_supported();
    let listed: Vec<String> = listed.into_iter().flatten().map(algorithm_name).collect();
    let takes = |alg: &&&str| listed.is_empty() || listed.iter().any(|listed| listed == **alg);
    let quoted = |names: &[&str]| format!("`{}`", names.join("`, `"));
    let fits = able.iter().find(takes).copied();
    fits.ok_or_else(|| NoAssertionAlgorithm {
        able: quoted(able),
        listed: quoted(&listed.iter().map(String::as_str).collect::<Vec<_>>()),
    })
}
