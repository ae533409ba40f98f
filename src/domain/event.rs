//! An authentication event: facts about a sign-in that a provider asserted and `oidc` has verified to be
//! authentic. Whether they suffice is not decided here.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::authorization_details::GrantedDetails;
use super::salt::Salt;

/// A claim that is read leniently and judged strictly: a wrong type is a fact to report, no parse error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Claim<T> {
    /// Not in the token, or null.
    #[default]
    Absent,
    /// There, with the type the specification demands.
    Present(T),
    /// There, with another type; the text shows what came.
    Malformed(String),
}

impl<T> Claim<T> {
    /// The value, if there is a well-formed one.
    pub(crate) const fn present(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Malformed(_) => None,
        }
    }
}

/// Who authenticated, how, and when (RFC 9470 §1's "authentication event").
///
/// There is one constructor, `AuthenticationEvent::assertion`, with one caller: the ID token checks.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthenticationEvent {
    facts: Facts,
    signed: Option<Box<Signed>>,
    granted: Option<Box<GrantedDetails>>,
}

/// The signed token that the facts were read from, for whoever wants to verify it again. Not printable.
#[derive(Clone, PartialEq)]
pub(crate) struct Signed {
    pub(crate) id_token: String,
    /// The key that made its signature, as the provider publishes it.
    pub(crate) key: Arc<Value>,
    /// Where the key was fetched.
    pub(crate) jwks_uri: String,
    /// When the key was fetched, seconds since the epoch.
    pub(crate) fetched_at: i64,
    /// When the token arrived, seconds since the epoch.
    pub(crate) received_at: i64,
    /// The salt of its nonce, where that is a commitment.
    pub(crate) salt: Option<Salt>,
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signed(redacted)")
    }
}

/// The verified claims, as the provider spelled them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub(crate) subject: String,
    /// `acr`; a case-sensitive string (Core §2).
    pub(crate) acr: Claim<String>,
    /// `acrs`, Microsoft Entra's authentication contexts; an array of strings (providers.md, A4).
    pub(crate) acrs: Claim<Vec<String>>,
    /// `amr`; an array of strings (RFC 8176 §1).
    pub(crate) amr: Claim<Vec<String>>,
    /// `auth_time`, seconds since the epoch, fractions dropped.
    pub(crate) auth_time: Claim<i64>,
    /// `iat`, seconds since the epoch, fractions dropped.
    pub(crate) issued_at: i64,
    pub(crate) email: Claim<String>,
    /// `email_verified`, of the same document as `email`.
    pub(crate) email_verified: EmailVerified,
    pub(crate) preferred_username: Claim<String>,
    /// Whether `UserInfo` was asked for the claim that is compared (Core §5.3), and its answer.
    pub(crate) userinfo: UserInfo,
}

impl Facts {
    /// What to call the person: by their address, their user name, or `sub`.
    pub(crate) fn name(&self) -> &str {
        let name = self.email.present().or(self.preferred_username.present());
        name.unwrap_or(&self.subject)
    }

    /// When the sign-in happened, seconds since the epoch; `None` where `auth_time` is missing, unreadable or 0,
    /// which providers send that do not fill it in.
    pub(crate) fn signed_in_at(&self) -> Option<i64> {
        self.auth_time.present().copied().filter(|at| *at != 0)
    }
}

/// What a provider says of whether an address is the person's (`email_verified`, Core §5.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum EmailVerified {
    Yes,
    /// The claim is there and says anything else, which is shown.
    No(String),
    #[default]
    Unsaid,
}

/// What came of asking `UserInfo` for a claim that the ID token lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum UserInfo {
    /// Not asked: the ID token has the claim.
    #[default]
    NotAsked,
    /// The provider has no such endpoint.
    NotOffered,
    /// It does not take the access token, whose audience is the API: this status (401 or 403).
    Refused(u16),
    /// It answered, about the person of the ID token.
    Answered,
}

/// What `UserInfo` calls the person of the ID token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) email: Claim<String>,
    pub(crate) email_verified: EmailVerified,
    pub(crate) preferred_username: Claim<String>,
}

impl AuthenticationEvent {
    /// Asserts that these facts were verified: signature, issuer, audience, nonce and times. Only the
    /// ID token checks may say so.
    pub(crate) const fn assertion(facts: Facts) -> Self {
        Self {
            facts,
            signed: None,
            granted: None,
        }
    }

    /// With the token that the facts were read from.
    #[must_use]
    pub(crate) fn with_token(self, signed: Signed) -> Self {
        Self {
            signed: Some(Box::new(signed)),
            ..self
        }
    }

    /// With the salt of the nonce that is in its token.
    #[must_use]
    pub(crate) fn committed_with(mut self, salt: Option<Salt>) -> Self {
        if let Some(signed) = &mut self.signed {
            signed.salt = salt;
        }
        self
    }

    /// With what the provider granted of a rich authorization request (RFC 9396), compared with what it was asked for.
    #[must_use]
    pub(crate) fn granting(self, granted: GrantedDetails) -> Self {
        Self {
            granted: Some(Box::new(granted)),
            ..self
        }
    }

    /// What the provider granted, where it was asked for something in particular.
    pub(crate) fn granted(&self) -> Option<&GrantedDetails> {
        self.granted.as_deref()
    }

    /// The token that the facts were read from, if it is kept.
    pub(crate) fn signed(&self) -> Option<&Signed> {
        self.signed.as_deref()
    }

    /// Adds the answer of `UserInfo`, whose `sub` was compared. The ID token goes first: only names that it lacks are
    /// taken, and an address comes with the `email_verified` that stands beside it.
    pub(crate) fn with_userinfo(mut self, outcome: UserInfo, names: Option<Names>) -> Self {
        let facts = &mut self.facts;
        facts.userinfo = outcome;
        if let Some(names) = names {
            if facts.email.present().is_none() {
                facts.email = names.email;
                facts.email_verified = names.email_verified;
            }
            if facts.preferred_username.present().is_none() {
                facts.preferred_username = names.preferred_username;
            }
        }
        self
    }

    /// The verified claims.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }
}
