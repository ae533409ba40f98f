//! Why the access API, or a server of the person's own, gave nothing usable.

use std::time::Duration;

use super::http::HttpError;
use super::token_endpoint::TokenError;
use crate::domain::www_authenticate::MalformedChallenge;

/// Why the API gave nothing usable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// No answer at all. For an action: whether it happened is unknown.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// No access token for the call, which was not made or was refused before.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// 401 without a step-up challenge: the credential is missing, expired or revoked.
    #[error("the API did not accept the credential: {reason}")]
    SignedOut {
        reason: String,
        /// Whether it is the one in our variable, which goes before any that `stepup login` keeps.
        variable: bool,
    },
    /// A challenge that cannot be followed or read: whether it is one for step-up is not known then, and the
    /// credential was not refused (B1.22).
    #[error("the API's challenge cannot be followed: {0}")]
    Challenge(#[from] MalformedChallenge),
    /// The API refuses this caller (403).
    #[error("the API does not allow it: {0}")]
    Forbidden(String),
    /// 404, or an endpoint that is not there (405, 501).
    #[error("the API does not know what was asked for: {0}")]
    NotFound(String),
    /// 404 for a task: it is not there, or not for this caller.
    #[error("`{host}` has no task `{asked}`, or you may not see it: {words}")]
    NoTask {
        host: String,
        /// Its number or id, as it was asked for.
        asked: String,
        words: String,
    },
    /// 404 even for the question whose the credential is: a server that is not the API.
    #[error("`{0}` is not an access API that stepup knows: it has no `/api/v1/auth/introspect`")]
    NotTheApi(String),
    /// Another 4xx: the action is refused, nothing happened.
    #[error("the API refused: {0}")]
    Refused(String),
    /// 429, with the time that the API wants to be left alone if it says so.
    #[error("the API is asked too often{}", wished(*.0))]
    TooMany(Option<Duration>),
    /// 5xx. For an action: whether it happened is unknown.
    #[error("the API failed with HTTP {status}: {message}")]
    Server { status: u16, message: String },
    /// A redirect, which is never followed with a credential in hand.
    #[error("the API answered with a redirect to `{to}`, which is not followed")]
    Redirect {
        /// Host and port of where it leads; its path and query may hold a secret.
        to: String,
        /// Where a person can do it in the browser.
        page: String,
    },
    /// A 200 or a 403 that is a web page: something sits between us and the API (c1.md 4.3).
    #[error("`{host}` answered with a web page instead of JSON")]
    WebPage {
        host: String,
        /// Where a person can do it in the browser.
        page: String,
    },
    /// A 200 whose JSON is not what the contract says.
    #[error("the API's answer cannot be read: {0}")]
    Unreadable(String),
    /// A proof made for another step or task: nothing was sent.
    #[error("the proof was made for another approval")]
    OtherProof,
    /// Another task than the one that was asked for: whatever is done next would be done to that one.
    #[error("task `{asked}` was asked for, and the API answered with task `{answered}`")]
    OtherTask {
        /// The id or number.
        asked: String,
        answered: String,
    },
    #[error("`{0}` is not a task ID")]
    BadId(String),
}

/// The time that it wants to be left alone.
fn wished(pause: Option<Duration>) -> String {
    pause.map_or_else(String::new, |pause| {
        format!(
            ", and wants to be left alone for {} s",
            pause.as_secs().max(1)
        )
    })
}

impl ApiError {
    /// Whether an action that ended like this may have happened all the same. A redirect after a POST is how many
    /// servers say that they have done it (303, RFC 9110 §15.4.4).
    pub(crate) const fn leaves_doubt(&self) -> bool {
        matches!(
            self,
            Self::Http(_)
                | Self::Server { .. }
                | Self::Redirect { .. }
                | Self::WebPage { .. }
                | Self::Unreadable(_)
        )
    }
}
