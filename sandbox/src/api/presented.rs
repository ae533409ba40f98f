//! A step-up access token as it was presented: alone, or with a proof of its key (RFC 9449 section 7).

use super::Api;
use super::refusal::Refusal;
use crate::dpop::{Bad, Wanted};
use crate::http::Call;
use crate::tokens::AccessClaims;

/// A token, and the thumbprint of the key that was proven with it.
pub(super) struct Presented {
    pub(super) token: String,
    key: Option<String>,
}

impl Presented {
    pub(super) fn bearer(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            key: None,
        }
    }

    /// RFC 9449 section 7.2: a bound token counts only with its key, a bearer token only as such.
    pub(super) fn fits(&self, claims: &AccessClaims) -> Result<(), &'static str> {
        let bound = claims.cnf.as_ref().map(|cnf| cnf.jkt.as_str());
        match (bound, self.key.as_deref()) {
            (None, None) => Ok(()),
            (Some(bound), Some(key)) if bound == key => Ok(()),
            (Some(_), Some(_)) => Err("the token is bound to another key"),
            (Some(_), None) => Err("the token is bound to a key, and came without a proof"),
            (None, Some(_)) => Err("the token is not bound to the key of the proof"),
        }
    }

    /// Whether it came with a proof.
    pub(super) const fn is_bound(&self) -> bool {
        self.key.is_some()
    }
}

impl Api {
    /// `Authorization: DPoP`, with the proof that belongs to it.
    pub(super) fn with_proof(&self, call: &Call, token: &str) -> Result<Presented, Refusal> {
        let always = self.switches.is("api_dpop", "nonce-always");
        let wanted = Wanted {
            url: &format!("{}{}", self.tokens.audience(), call.path),
            token: Some(token),
            nonce: always || self.switches.is("api_dpop", "nonce"),
        };
        let refuse = |error: &str, why: &str| {
            let header =
                format!("DPoP error=\"{error}\", error_description=\"{why}\", algs=\"ES256\"");
            Refusal::challenge(why, header)
        };
        let nonce = || {
            let refusal = refuse("use_dpop_nonce", "the proof must hold the nonce");
            refusal.with_nonce(&self.proofs.nonce())
        };
        match self.proofs.key(call, &wanted) {
            Ok(Some(_)) if always => Err(nonce()),
            Ok(Some(key)) => Ok(Presented {
                token: token.to_owned(),
                key: Some(key),
            }),
            Ok(None) => Err(refuse("invalid_dpop_proof", "there is no proof")),
            Err(Bad::Nonce) => Err(nonce()),
            Err(Bad::Proof(why)) => Err(refuse("invalid_dpop_proof", why)),
        }
    }
}
