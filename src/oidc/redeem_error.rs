//! Why an answer of the provider became no authentication event.

use super::callback::{CallbackError, described};
use super::id_token::IdTokenError;
use super::token_request::TokenRequestError;
use super::userinfo::UserInfoError;
use crate::adapters::http::HttpError;
use crate::domain::authorization_details::NotGranted;

/// Why a callback did not become an authentication event.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RedeemError {
    /// The authorization response is no success.
    #[error(transparent)]
    Callback(#[from] CallbackError),
    /// No answer from the token endpoint.
    #[error(transparent)]
    Http(HttpError),
    /// The token endpoint said no (RFC 6749 §5.2).
    #[error("{} `{code}`{}", refused(*.status), described(.description.as_deref()))]
    Refused {
        /// Of HTTP.
        status: u16,
        code: String,
        description: Option<String>,
    },
    /// The token endpoint's answer is not a token response.
    #[error("the provider's token endpoint gave an answer that cannot be read: {0}")]
    Unreadable(String),
    /// Only an OAuth answer: `openid` is not switched on for this client.
    #[error("ID token not found in response")]
    NoIdToken,
    /// A token type that we did not ask for (RFC 9449 §5, RFC 6749 §7.1).
    #[error("the provider issued a `{got}` token, wanted `{wanted}`")]
    TokenType { wanted: &'static str, got: String },
    #[error(transparent)]
    IdToken(#[from] IdTokenError),
    /// What was granted is not what was asked for (RFC 9396 §7).
    #[error("the provider did not grant what it was given to show (`authorization_details`): {0}")]
    NotGranted(#[from] NotGranted),
    /// `UserInfo` had to be asked who signed in, and its answer is none.
    #[error(transparent)]
    UserInfo(#[from] UserInfoError),
}

/// An endpoint that is broken has refused nothing.
fn refused(status: u16) -> String {
    match status {
        500.. => format!("the provider failed (HTTP {status}) when the code was redeemed:"),
        _ => "the provider refused the code with".to_owned(),
    }
}

impl From<TokenRequestError> for RedeemError {
    fn from(error: TokenRequestError) -> Self {
        match error {
            TokenRequestError::Http(error) => Self::Http(error),
            TokenRequestError::Refused {
                status,
                code,
                description,
            } => Self::Refused {
                status,
                code,
                description,
            },
            TokenRequestError::Unreadable { reason, .. } => Self::Unreadable(reason),
            TokenRequestError::TokenType { wanted, got } => Self::TokenType { wanted, got },
        }
    }
}
