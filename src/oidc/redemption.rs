//! The code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), and the ID token for an authentication event.

use std::cell::Cell;

use openidconnect::core::{
    CoreErrorResponseType, CoreGenderClaim, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreTokenType,
};
use openidconnect::http::StatusCode;
use openidconnect::{
    AdditionalClaims, ExtraTokenFields, HttpRequest, HttpResponse, IdToken, OAuth2TokenResponse,
    RequestTokenError, StandardErrorResponse, StandardTokenResponse,
};
use serde::{Deserialize, Serialize};

use super::authorization::PendingAuthorization;
use super::callback::{Callback, CallbackError, described};
use super::dpop::Possession;
use super::id_token::{self, Expected, IdTokenError};
use super::jose;
use crate::adapters::http::{Http, HttpError, Repeat};
use crate::domain::event::AuthenticationEvent;
use crate::domain::proof::StepUpToken;

/// Why a callback did not become an authentication event.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
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
    /// A token type that we did not ask for (B7.9, B15.4).
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
}

impl PendingAuthorization {
    /// Redeems the answer of the provider: one request to the token endpoint, then every check. `now`
    /// is asked for after the answer came, in seconds since the epoch.
    pub fn redeem(
        self,
        callback: Callback,
        now: impl Fn() -> i64,
    ) -> Result<(AuthenticationEvent, StepUpToken), RedeemError> {
        let code = self.code(callback)?;
        let registration = self.relying_party.registration();
        let http = self.relying_party.http();
        let request = self
            .client
            .exchange_code(code)
            .map_err(|error| RedeemError::Unreadable(error.to_string()))?
            .set_pkce_verifier(self.verifier);
        // RFC 8707 §2.2: the code may be good for more than this token is to be.
        let request = match &registration.resource {
            Some(resource) => request.add_extra_param("resource", resource.clone()),
            None => request,
        };
        let possession = self.possession;
        // The crate does not say what the status was, and a server in trouble says nothing else.
        let status = Cell::new(StatusCode::OK);
        let response = request
            .request(&|request: HttpRequest| {
                let answer = exchange(http, possession.as_ref(), request)?;
                status.set(answer.status());
                Ok(answer)
            })
            .map_err(|error| refusal(error, status.get()))?;
        let wanted = if possession.is_some() {
            "DPoP"
        } else {
            "bearer"
        };
        let got = response.token_type().as_ref();
        if !got.eq_ignore_ascii_case(wanted) {
            let got = got.to_owned();
            return Err(RedeemError::TokenType { wanted, got });
        }
        let access_token = response.access_token().secret();
        if access_token.is_empty() || !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(RedeemError::Unreadable(
                "its `access_token` cannot be sent in a header".into(),
            ));
        }
        let id_token = response.extra_fields().id_token.as_deref();
        let expected = Expected {
            issuer: &registration.issuer,
            client_id: &registration.client_id,
            nonce: self.nonce.secret(),
            access_token,
            algs: &registration.id_token_algs,
            started: self.started,
            now: now(),
            skew: registration.skew,
        };
        let event = id_token::verify(
            id_token.ok_or(RedeemError::NoIdToken)?,
            &expected,
            self.relying_party.keys(),
        )?;
        let secret = access_token.clone();
        let token = match possession {
            Some(possession) => StepUpToken::bound(secret, possession.into_key()),
            None => StepUpToken::bearer(secret),
        };
        Ok((event, token))
    }
}

/// Why the exchange gave nothing for the crate to read.
#[derive(Debug, thiserror::Error)]
enum ExchangeError {
    #[error(transparent)]
    Http(#[from] HttpError),
    /// B9.22; the crate's parser would take the last of two members.
    #[error(transparent)]
    Ambiguous(serde_json::Error),
}

fn exchange(
    http: &Http,
    possession: Option<&Possession>,
    request: HttpRequest,
) -> Result<HttpResponse, ExchangeError> {
    let answer = match possession {
        Some(possession) => possession.send(http, request)?,
        // What was refused as too many was not done: the code is still good.
        None => http.send_patiently(&request, Repeat::Refused)?,
    };
    match jose::parse_json(answer.body()) {
        Err(error) if error.is_data() => Err(ExchangeError::Ambiguous(error)),
        // What is no JSON at all is for the crate to say.
        _ => Ok(answer),
    }
}

type Refusal = RequestTokenError<ExchangeError, StandardErrorResponse<CoreErrorResponseType>>;

fn refusal(error: Refusal, status: StatusCode) -> RedeemError {
    match error {
        RequestTokenError::ServerResponse(refused) => RedeemError::Refused {
            code: refused.error().as_ref().to_owned(),
            description: refused.error_description().cloned(),
        },
        RequestTokenError::Request(ExchangeError::Http(error)) => RedeemError::Http(error),
        RequestTokenError::Request(ExchangeError::Ambiguous(error)) => {
            RedeemError::Unreadable(error.to_string())
        }
        RequestTokenError::Parse(_, body) if status != StatusCode::OK => match api_error(&body) {
            Some((code, description)) => RedeemError::Refused { code, description },
            None => RedeemError::Unreadable(format!("it came with status {status}")),
        },
        RequestTokenError::Other(_) if status != StatusCode::OK => {
            RedeemError::Unreadable(format!("it came with status {status}"))
        }
        // The path says which member is at fault; the body itself may hold tokens and is not shown.
        RequestTokenError::Parse(error, _) => {
            RedeemError::Unreadable(format!("`{}` is not as RFC 6749 §5.1 has it", error.path()))
        }
        RequestTokenError::Other(reason) => RedeemError::Unreadable(reason),
    }
}

/// Code and description of an error in the shape of Okta's API, in which its OAuth endpoints answer too
/// (providers.md, A1).
pub(super) fn api_error(body: &[u8]) -> Option<(String, Option<String>)> {
    let body = jose::parse_json(body).ok()?;
    let text = |name: &str| {
        let text = body.get(name).and_then(serde_json::Value::as_str);
        text.map(|text| text.chars().take(256).collect::<String>())
    };
    Some((text("errorCode")?, text("errorSummary")))
}

/// A token response whose ID token is kept as it came.
pub(super) type TokenResponse = StandardTokenResponse<OpaqueIdToken, CoreTokenType>;

/// The `id_token` member, unparsed.
#[derive(Deserialize, Serialize)]
pub(super) struct OpaqueIdToken {
    id_token: Option<String>,
}

impl std::fmt::Debug for OpaqueIdToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpaqueIdToken(redacted)")
    }
}

impl ExtraTokenFields for OpaqueIdToken {}

/// No claims for the crate's own ID token type, which is never made.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct NoClaims {}

impl AdditionalClaims for NoClaims {}

impl
    openidconnect::TokenResponse<
        NoClaims,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    > for TokenResponse
{
    fn id_token(
        &self,
    ) -> Option<
        &IdToken<
            NoClaims,
            CoreGenderClaim,
            CoreJweContentEncryptionAlgorithm,
            CoreJwsSigningAlgorithm,
        >,
    > {
        None
    }
}
