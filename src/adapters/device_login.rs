//! Device sign-in (RFC 8628, c1.md 1.3): the person approves in any browser, this program polls.
//! The first token is good for one thing: to make a personal key.

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use super::backoff::{Pace, Poll};
use super::credentials::Secret;
use super::http::{Http, Repeat};
use super::reach::may_name;
use super::token_endpoint::{self, TokenError};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeviceError {
    /// The API did not start it, or ended it with an error of its own.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// No address, or one that may not be opened.
    #[error("the API gave no https URL at which to approve the sign-in")]
    NoAddress,
    /// The person said no.
    #[error("the sign-in was declined in the browser")]
    Declined,
    /// Nobody answered in time.
    #[error("nobody approved the sign-in in time")]
    Expired,
}

/// A sign-in that waits for the person.
pub(crate) struct Invitation {
    /// What the page shows too.
    pub(crate) user_code: String,
    /// What to open.
    pub(crate) url: String,
    /// Whether the address holds the code, which is then only compared (RFC 8628 section 3.3.1).
    pub(crate) complete: bool,
    /// How long it can be answered.
    pub(crate) lifetime: Duration,
    device_code: Secret,
    interval: Duration,
}

#[derive(Deserialize)]
struct DeviceAuthorizationResponse {
    device_code: String,
    #[serde(default)]
    user_code: String,
    #[serde(default)]
    verification_uri_complete: String,
    #[serde(default)]
    verification_uri: String,
    expires_in: u64,
    #[serde(default)]
    interval: u64,
}

/// Asks the API for a code. `client_id` is public.
pub(crate) fn invite(http: &Http, api: &Url, client_id: &str) -> Result<Invitation, DeviceError> {
    let form = [("client_id", client_id)];
    let answer: DeviceAuthorizationResponse =
        token_endpoint::post(http, api, "device_authorization", &form, Repeat::Refused)?;
    let complete = !answer.verification_uri_complete.is_empty();
    let address = if complete {
        &answer.verification_uri_complete
    } else {
        &answer.verification_uri
    };
    let url = Url::parse(address).map_err(|_| DeviceError::NoAddress)?;
    if !may_name(api, &url) {
        return Err(DeviceError::NoAddress);
    }
    let interval = match answer.interval {
        0 => 5,
        seconds => seconds,
    };
    Ok(Invitation {
        user_code: answer.user_code,
        url: url.into(),
        complete,
        lifetime: Duration::from_secs(answer.expires_in.min(3600)),
        device_code: Secret::new(answer.device_code),
        interval: Duration::from_secs(interval),
    })
}

impl Invitation {
    /// Polls until the person answered, the code expired or this time is over; the answer is a short-lived bearer
    /// token.
    pub(crate) fn wait(
        &self,
        http: &Http,
        api: &Url,
        client_id: &str,
        limit: Duration,
    ) -> Result<Secret, DeviceError> {
        let form = [
            ("client_id", client_id),
            ("device_code", self.device_code.expose()),
            ("grant_type", GRANT),
        ];
        let answered = Pace::new(self.interval, limit.min(self.lifetime)).poll(|| {
            // The polls have a pace of their own.
            match token_endpoint::token(http, api, &form, Repeat::Never) {
                Ok(token) => Ok(Poll::Answered(token.secret)),
                Err(TokenError::Refused { code, description }) => match code.as_str() {
                    "authorization_pending" => Ok(Poll::Pending),
                    "slow_down" => Ok(Poll::Later),
                    // B14.4: each in the specification's spelling and in Entra's.
                    "access_denied" | "authorization_declined" => Err(DeviceError::Declined),
                    "expired_token" | "bad_verification_code" => Err(DeviceError::Expired),
                    _ => Err(TokenError::Refused { code, description }.into()),
                },
                // RFC 8628 section 3.5: trouble on the way is no reason to give up, but to ask less often.
                Err(TokenError::Http(_) | TokenError::TooMany | TokenError::Status(500..)) => {
                    Ok(Poll::Later)
                }
                Err(error) => Err(error.into()),
            }
        })?;
        answered.ok_or(DeviceError::Expired)
    }
}
