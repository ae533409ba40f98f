//! The authorization response (RFC 6749 §4.1.2, RFC 9207): its parameters, once the state is right.
//! Whether they can be trusted and redeemed is for `oidc` to say.

use std::fmt;

use url::form_urlencoded;

use super::secret;

/// Parameters that may occur once (B4.6).
const ONCE: [&str; 5] = ["state", "code", "iss", "error", "error_description"];

/// Longest error code that is repeated to the person, bytes.
const LONGEST_CODE: usize = 64;

/// The parameters of a response that carries this attempt's state. Absent and empty are the same
/// (RFC 6749 §3.1); unknown ones are ignored.
#[derive(Clone)]
pub struct CallbackParameters {
    /// The authorization code.
    pub code: Option<String>,
    /// The state, equal to the one that was sent.
    pub state: String,
    /// The issuer, if the provider names itself.
    pub(crate) iss: Option<String>,
    /// The error code. Text from outside.
    pub(crate) error: Option<String>,
    /// More about the error. Text from outside.
    pub(crate) error_description: Option<String>,
}

/// A response with the right state that gives a parameter twice: not from an honest provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the callback gives `{0}` twice")]
pub struct Repeated(pub(crate) &'static str);

impl CallbackParameters {
    /// Whether it holds a code, and no error.
    pub(super) const fn is_success(&self) -> bool {
        self.code.is_some() && self.error.is_none()
    }

    /// The code of an error that comes without any state: a provider's that forgets it, or anybody's. What is no code by
    /// its letters is not repeated.
    pub(super) fn error_without_state(query: &[u8]) -> Option<String> {
        let mut pairs = form_urlencoded::parse(query);
        if pairs
            .clone()
            .any(|(name, value)| name == "state" && !value.is_empty())
        {
            return None;
        }
        let (_, code) = pairs.find(|(name, _)| name == "error")?;
        let is_code = (1..=LONGEST_CODE).contains(&code.len())
            && code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        Some(if is_code {
            code.into_owned()
        } else {
            "?".to_owned()
        })
    }

    /// Reads a query or form body. `None` if it does not carry `state`, and so is not for us (B2.13).
    pub fn answering(query: &[u8], state: &str) -> Option<Result<Self, Repeated>> {
        let pairs: Vec<_> = form_urlencoded::parse(query).collect();
        let values = |wanted: &'static str| {
            pairs
                .iter()
                .filter(move |(name, _)| name == wanted)
                .map(|(_, value)| value)
        };
        if state.is_empty() || !values("state").any(|value| secret::same(value, state)) {
            return None;
        }
        if let Some(name) = ONCE.into_iter().find(|name| values(name).nth(1).is_some()) {
            return Some(Err(Repeated(name)));
        }
        let value = |name| {
            values(name)
                .find(|value| !value.is_empty())
                .map(ToString::to_string)
        };
        Some(Ok(Self {
            code: value("code"),
            state: state.to_owned(),
            iss: value("iss"),
            error: value("error"),
            error_description: value("error_description"),
        }))
    }
}

impl fmt::Debug for CallbackParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackParameters")
            .field("code", &self.code.as_ref().map(|_| "<redacted>"))
            .field("iss", &self.iss)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod properties;
