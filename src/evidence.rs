//! Evidence of an approval: the receipt, and what anybody needs to verify it again, offline and years later. Made here
//! of what a ceremony verified, and verified here without a configuration and without a network.
//!
//! `docs/receipt.md` specifies the document (`stepup.evidence/1`), so that a stranger can implement it. What it shows is
//! the provider's signature over *this* approval, because the nonce that the provider signed commits to the statement.
//! It holds an ID token, and no access token, no code and no credential.

mod agreement;
mod document;
mod granted;
mod hosted;
mod made;
mod members;
mod sign_in;
#[cfg(test)]
mod tests;
mod trust;
mod verified;

use crate::domain::ceremony::Ceremony;
use crate::oidc::jose;
pub(crate) use agreement::NOT_SIGNED;
use document::SignInEvidence;
use hosted::HostedEvidence;
pub(crate) use hosted::{Showed, shown_by_the_api};
pub(crate) use made::{Made, made};
pub(crate) use members::{LARGEST, Malformed};
pub(crate) use trust::Trust;
pub(crate) use verified::{Check, CheckResult, Verdict, Verified};

/// Verifies a document, for somebody who trusts these keys; `now` in seconds since the epoch.
pub(crate) fn verify(bytes: &[u8], trust: &Trust, now: i64) -> Result<Verified, Malformed> {
    if bytes.len() > LARGEST {
        return Err(Malformed::TooLarge(bytes.len()));
    }
    let document =
        jose::parse_json(bytes).map_err(|error| Malformed::NotJson(error.to_string()))?;
    let ceremony = members::ceremony(&document)?;
    Ok(match ceremony {
        Ceremony::Local | Ceremony::Backchannel => {
            sign_in::verify(&SignInEvidence::read(ceremony, &document)?, trust, now)
        }
        Ceremony::Hosted => hosted::verify(&HostedEvidence::read(&document)?, trust, now),
    })
}
