//! The code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), and the ID token for an authentication event.

use super::authorization::PendingAuthorization;
use super::callback::{Callback, CallbackError, described};
use super::id_token::{Binding, IdTokenError};
use super::token_request::{self, TokenRequestError};
use super::userinfo::UserInfoError;
use crate::adapters::hidden::hide;
use crate::adapters::http::{HttpError, Repeat};
use crate::domain::authorization_details::NotGranted;
use crate::domain::event::AuthenticationEvent;
use crate::domain::proof::StepUpToken;

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
    #[error("the provider refused the code with `{code}`{}", described(.description.as_deref()))]
    Refused {
        /// The error code.
        code: String,
        /// What it adds, for people.
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
    TokenType {
        /// What we asked for.
        wanted: &'static str,
        /// What came.
        got: String,
    },
    /// The ID token is not authentic.
    #[error(transparent)]
    IdToken(#[from] IdTokenError),
    /// What was granted is not what was asked for (RFC 9396 §7).
    #[error("the provider did not grant what it was given to show (`authorization_details`): {0}")]
    NotGranted(#[from] NotGranted),
    /// `UserInfo` had to be asked who signed in, and its answer is none.
    #[error(transparent)]
    UserInfo(#[from] UserInfoError),
}

impl PendingAuthorization {
    /// Redeems the answer of the provider: one request to the token endpoint, then every check, and `UserInfo`
    /// where the ID token lacks the name that will be compared. `now` is asked for after the tokens came, in
    /// seconds since the epoch.
    pub(crate) fn redeem(
        self,
        callback: Callback,
        now: impl Fn() -> i64,
    ) -> Result<(AuthenticationEvent, StepUpToken), RedeemError> {
        let code = self.code(callback)?;
        hide(code.secret());
        let registration = self.relying_party.registration();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut parameters = vec![
            pair("grant_type", "authorization_code"),
            pair("code", code.secret()),
            pair("code_verifier", self.verifier.secret()),
            pair("redirect_uri", self.redirect_uri.as_str()),
        ];
        // RFC 8707 §2.2: the code may be good for more than this token is to be.
        if let Some(resource) = &registration.resource {
            parameters.push(pair("resource", resource));
        }
        let granted = token_request::tokens(
            &self.relying_party,
            self.begun.possession(),
            &parameters,
            Repeat::Refused,
        )?;
        let binding = Binding::Nonce(self.nonce.secret());
        let verified = self
            .begun
            .verify(&self.relying_party, granted, binding, now());
        let (event, token) = verified?;
        Ok((event.committed_with(self.salt), token))
    }
}

impl From<TokenRequestError> for RedeemError {
    fn from(error: TokenRequestError) -> Self {
        match error {
            TokenRequestError::Http(error) => Self::Http(error),
            TokenRequestError::Refused {
                code, description, ..
            } => Self::Refused { code, description },
            TokenRequestError::Unreadable { reason, .. } => Self::Unreadable(reason),
            TokenRequestError::TokenType { wanted, got } => Self::TokenType { wanted, got },
        }
    }
}
