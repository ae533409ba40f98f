//! C1's token endpoint, `/auth/v1` (c1.md 1.3 and 1.4): a form goes in, an access token or an
//! OAuth error comes out. Which grant, is for the caller to say.

use std::time::{Duration, Instant};

use openidconnect::http::{Method, Request, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::{Url, form_urlencoded};

use super::credentials::Secret;
use super::http::{Http, HttpError, Repeat};
use super::text;

#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The endpoint said no; C1's words where it used any.
    #[error("the API does not accept the credential: {description}")]
    Refused {
        /// The OAuth error code, empty if there was none.
        code: String,
        /// The description, or the code, or the status.
        description: String,
    },
    /// A workload's token that was not exchanged (c1.md 1.5).
    #[error("the API does not take the workload's OIDC token: {0}")]
    NotExchanged(String),
    /// 429.
    #[error("the API is asked for tokens too often")]
    TooMany,
    /// 5xx, a redirect, or another status that says nothing about the credential.
    #[error("the API's token endpoint answered with HTTP {0}")]
    Status(u16),
    /// A token that is bound to a key of the client's (c1.md 1.4).
    #[error(
        "the API issues tokens of the type `{0}` to this credential, which stepup does not use"
    )]
    NotBearer(String),
    /// A 200 without a usable token.
    #[error("the API's token endpoint answered with something that is not a token")]
    Unreadable,
}

/// An access token and how long to use it.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) secret: Secret,
    /// When to get another one; unknown if the server did not say.
    pub(crate) stale: Option<Instant>,
}

#[derive(Deserialize)]
struct Granted {
    #[serde(default)]
    access_token: String,
    #[serde(default)]
    token_type: String,
    expires_in: Option<u64>,
}

#[derive(Default, Deserialize)]
struct TokenErrorResponse {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Asks `/auth/v1/token` for a token; `repeat` says after what once more.
pub(crate) fn token(
    http: &Http,
    api: &Url,
    form: &[(&str, &str)],
    repeat: Repeat,
) -> Result<AccessToken, TokenError> {
    let asked = Instant::now();
    let granted: Granted = post(http, api, "token", form, repeat)?;
    if granted.access_token.is_empty() {
        return Err(TokenError::Unreadable);
    }
    if !granted.token_type.eq_ignore_ascii_case("bearer") {
        return Err(TokenError::NotBearer(
            granted.token_type.chars().take(32).collect(),
        ));
    }
    Ok(AccessToken {
        secret: Secret::new(granted.access_token),
        stale: granted
            .expires_in
            .and_then(|seconds| asked.checked_add(useful(seconds))),
    })
}

/// Ten seconds less than it lives, or half of it if it lives that briefly.
fn useful(seconds: u64) -> Duration {
    let life = Duration::from_secs(seconds);
    life.saturating_sub(Duration::from_secs(10)).max(life / 2)
}

/// Posts a form below `/auth/v1`. No redirect is followed.
pub(super) fn post<T: DeserializeOwned>(
    http: &Http,
    api: &Url,
    endpoint: &str,
    form: &[(&str, &str)],
    repeat: Repeat,
) -> Result<T, TokenError> {
    let mut url = api.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(["auth", "v1", endpoint]);
    }
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(url.as_str())
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body.into_bytes())
        .map_err(|_| TokenError::Unreadable)?;
    let answer = http.send_patiently(&request, repeat)?;
    match answer.status().as_u16() {
        // serde's words would repeat what did not fit, which may be a token.
        200 => serde_json::from_slice(&text::document(answer.body()))
            .map_err(|_| TokenError::Unreadable),
        429 => Err(TokenError::TooMany),
        status @ (400..=403) => Err(refused(status, answer.body())),
        status => Err(TokenError::Status(status)),
    }
}

fn refused(status: u16, body: &[u8]) -> TokenError {
    let response: TokenErrorResponse =
        serde_json::from_slice(&text::document(body)).unwrap_or_default();
    let short = |text: String| text.chars().take(256).collect::<String>();
    let code = short(response.error);
    let description = match short(response.error_description) {
        text if !text.is_empty() => text,
        _ if !code.is_empty() => code.clone(),
        _ => format!("HTTP {status}"),
    };
    TokenError::Refused { code, description }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_replaced_ten_seconds_early_or_at_half_its_life() {
        for (life, use_for) in [(600, 590), (20, 10), (12, 6), (2, 1), (0, 0)] {
            assert_eq!(useful(life), Duration::from_secs(use_for), "{life}");
        }
    }

    #[test]
    fn a_refusal_is_told_in_the_servers_words() {
        for (body, words) in [
            (r#"{"error":"a","error_description":"b c"}"#, "b c"),
            (r#"{"error":"a"}"#, "a"),
            ("<html>", "HTTP 401"),
        ] {
            let error = refused(401, body.as_bytes()).to_string();
            assert_eq!(
                error,
                format!("the API does not accept the credential: {words}")
            );
        }
    }
}
