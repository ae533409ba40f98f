//! One exchange with the API: the request and its credential, what may be repeated, and what the status
//! means.

use std::sync::atomic::Ordering;
use std::time::SystemTime;

use jiff::Timestamp;
use openidconnect::http::{Method, Request, Response, header};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::super::http::{HttpError, Repeat, host_and_port, media_type, retry_after};
use super::super::protected::{with_credential, with_token};
use super::client::{AccessApi, decode};
use super::wire;
use crate::adapters::api_error::ApiError;
use crate::adapters::demanded::demand_of;
use crate::domain::proof::StepUpToken;

impl AccessApi {
    /// A GET whose answer is an object.
    pub(super) fn read<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ApiError> {
        decode(&self.exchange(&Method::GET, path, None)?)
    }

    /// One request with the API credential that has to succeed; its body.
    pub(super) fn exchange(
        &self,
        method: &Method,
        path: &[&str],
        body: Option<&Value>,
    ) -> Result<Vec<u8>, ApiError> {
        let answer = self.send(method, path, body)?;
        self.successful(answer, path)
    }

    /// With the API credential.
    pub(super) fn send(
        &self,
        method: &Method,
        path: &[&str],
        body: Option<&Value>,
    ) -> Result<Response<Vec<u8>>, ApiError> {
        with_credential(&self.bearer, |token| {
            let bearer = format!("Bearer {}", token.expose());
            let request = self.request(method, path, body, &bearer)?;
            self.heard(self.http.send_patiently(&request, repeatable(method, path)))
        })
    }

    /// An action with a step-up token.
    pub(super) fn send_as(
        &self,
        path: &[&str],
        body: &Value,
        token: &StepUpToken,
    ) -> Result<Response<Vec<u8>>, ApiError> {
        let method = Method::POST;
        let request = self.request(&method, path, Some(body), &token.authorization())?;
        let (url, repeat) = (self.url(path), repeatable(&method, path));
        self.heard(with_token(&self.http, &request, &url, token, repeat))
    }

    pub(super) fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["api", "v1"]).extend(path);
        }
        url
    }

    pub(super) fn request(
        &self,
        method: &Method,
        path: &[&str],
        body: Option<&Value>,
        authorization: &str,
    ) -> Result<Request<Vec<u8>>, ApiError> {
        let mut request = Request::builder()
            .method(method)
            .uri(self.url(path).as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, authorization);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.cloned().map(|body| {
            if only_asks(path) {
                without_empties(body)
            } else {
                body
            }
        });
        let bytes = body.map(|body| body.to_string()).unwrap_or_default();
        request
            .body(bytes.into_bytes())
            .map_err(|_| self.signed_out("it cannot be sent in a header".into()))
    }

    pub(super) fn heard(
        &self,
        answer: Result<Response<Vec<u8>>, HttpError>,
    ) -> Result<Response<Vec<u8>>, ApiError> {
        let answer = answer?;
        self.look_at_clock(&answer);
        Ok(answer)
    }

    fn look_at_clock(&self, answer: &Response<Vec<u8>>) {
        let date = answer.headers().get(header::DATE);
        let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date.to_str().ok()?).ok());
        if let Some(date) = date {
            let ahead = date.timestamp().as_second() - Timestamp::now().as_second();
            self.ahead.store(ahead, Ordering::Relaxed);
        }
    }

    fn signed_out(&self, reason: String) -> ApiError {
        let variable = self.bearer.is_of_variable();
        ApiError::SignedOut { reason, variable }
    }

    pub(super) fn web_page(&self, path: &[&str]) -> ApiError {
        ApiError::WebPage {
            host: self.host(),
            page: self.page_for(path),
        }
    }

    /// Where a person can do in the browser what a call is about.
    fn page_for(&self, path: &[&str]) -> String {
        match path {
            ["tasks", task, ..] => self.page_of(task),
            _ => self.base.to_string(),
        }
    }

    pub(super) fn successful(
        &self,
        answer: Response<Vec<u8>>,
        path: &[&str],
    ) -> Result<Vec<u8>, ApiError> {
        let status = answer.status().as_u16();
        let message = || explained(&answer);
        match status {
            // providers.md A12: also a gateway's own 403, which is no word of the API.
            200 | 403 if media_type(&answer) == "text/html" => Err(self.web_page(path)),
            200 => Ok(answer.into_body()),
            300..=399 => Err(ApiError::Redirect {
                to: location_host(&answer),
                page: self.page_for(path),
            }),
            401 => {
                demand_of(&answer)?;
                Err(self.signed_out(message()))
            }
            403 => Err(ApiError::Forbidden(message())),
            404 | 405 | 501 => Err(ApiError::NotFound(message())),
            429 => Err(ApiError::TooMany(retry_after(&answer, SystemTime::now()))),
            // Whoever gave up waiting (408, RFC 9110 §15.5.9) does not know what became of it.
            400..=407 | 409..=499 => Err(ApiError::Refused(message())),
            _ => Err(ApiError::Server {
                status,
                message: message(),
            }),
        }
    }
}

/// Whether a POST to it changes nothing.
fn only_asks(path: &[&str]) -> bool {
    matches!(path, ["search", ..] | ["task", "audits"])
}

/// A POST that only asks is a read as well; an action is sent once, whatever comes of it.
fn repeatable(method: &Method, path: &[&str]) -> Repeat {
    if *method == Method::GET || (*method == Method::POST && only_asks(path)) {
        Repeat::Read
    } else {
        Repeat::Never
    }
}

/// What is only asked has no members that say nothing: C1's own clients leave them out, and ids are checked by their
/// pattern. What an action carries stays as it is: there, an empty text can be meant.
fn without_empties(mut question: Value) -> Value {
    if let Some(members) = question.as_object_mut() {
        members.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
    }
    question
}

/// The API's words, with the id by which its people find the request.
fn explained(answer: &Response<Vec<u8>>) -> String {
    let message = wire::message(answer.body());
    let id = ["x-request-id", "request-id"]
        .into_iter()
        .find_map(|name| answer.headers().get(name)?.to_str().ok())
        .filter(|id| !id.is_empty() && id.len() <= 128 && !message.contains(id));
    match id {
        Some(id) => format!("{message} (request-id: {id})"),
        None => message,
    }
}

/// Only the host: a redirect's path and query may hold a secret.
pub(crate) fn location_host(answer: &Response<Vec<u8>>) -> String {
    answer
        .headers()
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|location| Url::parse(location).ok())
        .map_or_else(|| "another path".to_owned(), |url| host_and_port(&url))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_question_has_no_members_that_say_nothing_and_an_action_keeps_its_own() {
        let asked = without_empties(json!({
            "userId": "", "createdAfter": null, "pageToken": "", "taskId": "t", "newestFirst": false, "pageSize": 0,
        }));
        let expected = json!({ "taskId": "t", "newestFirst": false, "pageSize": 0 });
        assert_eq!(asked, expected);
        assert!(only_asks(&["search", "step-up", "transactions"]));
        assert!(only_asks(&["task", "audits"]));
        assert!(!only_asks(&[
            "tasks",
            "t",
            "action",
            "approve-with-step-up"
        ]));
        assert!(!only_asks(&["policies", "p"]));
    }
}
