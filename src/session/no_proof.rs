//! What proves nothing, and is not used for a proof.

use crate::domain::no_proof;
use crate::error::Error;

/// providers.md A11: a token or an address that proves nothing, which is never repeated.
pub(crate) fn refused_as_no_proof(what: &str, reason: &str) -> Error {
    let sentence = format!("{what} is not used: {reason}");
    Error::usage(sentence).hint(no_proof::INSTEAD)
}
