//! The code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), and the ID token for an authentication event.

use openidconnect::AuthorizationCode;

use super::authorization::PendingAuthorization;
use super::callback::CallbackError;
use super::id_token::Binding;
use super::redeem_error::RedeemError;
use super::token_request;
use crate::adapters::hidden::hide;
use crate::adapters::http::Repeat;
use crate::adapters::loopback::CallbackParameters;
use crate::domain::event::AuthenticationEvent;
use crate::domain::proof::StepUpToken;

impl PendingAuthorization {
    /// Redeems the answer of the provider: one request to the token endpoint, then every check, and `UserInfo`
    /// where the ID token lacks the name that will be compared. `now` is asked for after the tokens came, in
    /// seconds since the epoch.
    pub(crate) fn redeem(
        self,
        callback: CallbackParameters,
        now: impl Fn() -> i64,
    ) -> Result<(AuthenticationEvent, StepUpToken), RedeemError> {
        let code = self.code(callback)?;
        hide(code.secret());
        let registration = &self.relying_party.registration;
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

    /// The code, if this is a genuine and successful answer to this attempt.
    ///
    /// The issuer is checked before an error is believed (RFC 9207 §2.4).
    fn code(&self, callback: CallbackParameters) -> Result<AuthorizationCode, CallbackError> {
        if callback.state != *self.state.secret() {
            return Err(CallbackError::State);
        }
        self.same_issuer(callback.iss.as_deref())?;
        match (callback.code, callback.error) {
            (Some(code), None) if !code.is_empty() => Ok(AuthorizationCode::new(code)),
            (_, Some(code)) => Err(CallbackError::Provider {
                code,
                description: callback.error_description,
            }),
            _ => Err(CallbackError::Empty),
        }
    }

    /// RFC 9207 §2.4, B4.4: equal if present, present if promised.
    fn same_issuer(&self, iss: Option<&str>) -> Result<(), CallbackError> {
        let wanted = &self.relying_party.registration.issuer;
        match iss {
            Some(iss) if iss == wanted => Ok(()),
            Some(iss) => Err(CallbackError::Issuer {
                wanted: wanted.clone(),
                got: iss.to_owned(),
            }),
            None if self.relying_party.promises_iss() => {
                Err(CallbackError::NoIssuer(wanted.clone()))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
