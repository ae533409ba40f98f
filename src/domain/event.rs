//! An authentication event: facts about a sign-in that a provider asserted and `oidc` has verified to be
//! authentic. Whether they suffice is not decided here.

/// A claim that is read leniently and judged strictly: a wrong type is a fact to report, no parse error.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Claim<T> {
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
    pub const fn present(&self) -> Option<&T> {
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
}

/// The verified claims, as the provider spelled them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub subject: String,
    /// `acr`; a case-sensitive string (B9.23).
    pub acr: Claim<String>,
    /// `acrs`, Microsoft Entra's authentication contexts; an array of strings (providers.md, A4).
    pub acrs: Claim<Vec<String>>,
    /// `amr`; an array of strings (B11.1).
    pub amr: Claim<Vec<String>>,
    /// `auth_time`, seconds since the epoch, fractions dropped.
    pub auth_time: Claim<i64>,
    /// `iat`, seconds since the epoch, fractions dropped.
    pub issued_at: i64,
    /// `email`, unless the provider says it is not verified.
    pub email: Option<String>,
    /// `preferred_username`.
    pub preferred_username: Option<String>,
}

impl AuthenticationEvent {
    /// Asserts that these facts were verified: signature, issuer, audience, nonce and times. Only the
    /// ID token checks may say so.
    pub(crate) const fn assertion(facts: Facts) -> Self {
        Self { facts }
    }

    /// The facts.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }
}

impl Facts {
    /// When the sign-in happened, seconds since the epoch; `None` where `auth_time` is missing, unreadable or 0,
    /// which providers send that do not fill it in.
    pub fn signed_in_at(&self) -> Option<i64> {
        self.auth_time.present().copied().filter(|at| *at != 0)
    }
}
