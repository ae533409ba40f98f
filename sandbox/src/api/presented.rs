//! A step-up access token as it was presented: alone, or with a proof of its key (RFC 9449 section 7).

use crate::tokens::AccessClaims;

/// A token, and the thumbprint of the key that was proven with it.
pub(super) struct Presented {
    pub(super) token: String,
    pub(super) key: Option<String>,
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
