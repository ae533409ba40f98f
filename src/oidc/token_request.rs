//! Tokens for a grant, whichever it is (RFC 6749 §4.1.3 and §5, CIBA §10.1): one request, and what an answer
//! has to be before any of it is used.
//!
//! `openidconnect` knows no backchannel grant, and one way to ask is better than two.

use openidconnect::HttpResponse;
use openidconnect::http::StatusCode;
use serde_json::{Map, Value};

use super::dpop::Possession;
use super::jose;
use super::relying_party::RelyingParty;
use crate::adapters::hidden::hide;
use crate::adapters::http::{HttpError, Repeat, media_type};
use crate::domain::authorization_details::AuthorizationDetails;
use crate::domain::proof::StepUpToken;

/// Longest error code or description repeated, characters.
const LONGEST: usize = 256;

#[derive(Debug, thiserror::Error)]
pub(super) enum TokenRequestError {
    /// No answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The endpoint said no (RFC 6749 §5.2).
    #[error("`{code}`")]
    Refused {
        status: u16,
        code: String,
        description: Option<String>,
    },
    /// Neither tokens nor an error.
    #[error("{reason}")]
    Unreadable {
        status: u16,
        /// What was wrong, without what came.
        reason: String,
    },
    /// A token type that we did not ask for (RFC 9449 §5, RFC 6749 §7.1).
    #[error("`{got}`, wanted `{wanted}`")]
    TokenType { wanted: &'static str, got: String },
}

/// Tokens of the type that was asked for.
pub(super) struct Granted {
    pub(super) access_token: String,
    /// As it came, unverified.
    pub(super) id_token: Option<String>,
    /// What was granted of a rich authorization request (RFC 9396 §7), as it came.
    pub(super) authorization_details: Option<Value>,
}

impl Granted {
    /// The access token, with the key that it is bound to.
    pub(super) fn into_token(self, possession: Option<Possession>) -> StepUpToken {
        match possession {
            Some(possession) => StepUpToken::bound(self.access_token, possession.into_key()),
            None => StepUpToken::bearer(self.access_token),
        }
    }
}

/// Asks for tokens, with a proof of possession if they are to be bound to a key (B7). What was refused as too
/// many was not done, and may be asked again where nobody else paces it.
pub(super) fn tokens(
    relying_party: &RelyingParty,
    possession: Option<&Possession>,
    parameters: &[(String, String)],
    repeat: Repeat,
) -> Result<Granted, TokenRequestError> {
    let (http, client) = (&relying_party.http, &relying_party.client);
    let endpoint = &relying_party.token_endpoint;
    let request = || client.post(endpoint, parameters);
    let answer = match possession {
        Some(possession) => possession.send(http, request, repeat)?,
        None => http.send_each(request, repeat)?,
    };
    let wanted = if possession.is_some() {
        "DPoP"
    } else {
        "bearer"
    };
    granted(&answer, wanted)
}

fn granted(answer: &HttpResponse, wanted: &'static str) -> Result<Granted, TokenRequestError> {
    let status = answer.status().as_u16();
    let unreadable = |reason: String| TokenRequestError::Unreadable { status, reason };
    let body = match jose::parse_document(answer.body()) {
        Ok(Value::Object(body)) => Some(body),
        // B9.22: a member that stands there twice, also in an error.
        Err(error) if error.is_data() => return Err(unreadable(error.to_string())),
        _ => None,
    };
    if answer.status() != StatusCode::OK {
        let refusal = body.as_ref().and_then(refusal);
        let (code, description) =
            refusal.ok_or_else(|| unreadable(format!("it came with status {status}")))?;
        return Err(TokenRequestError::Refused {
            status,
            code,
            description,
        });
    }
    let is_json = matches!(media_type(answer).as_str(), "" | "application/json");
    let body = body.ok_or_else(|| unreadable("it is not a JSON object".into()))?;
    if !is_json {
        let named = media_type(answer).chars().take(64).collect::<String>();
        return Err(unreadable(format!(
            "it is called `{named}`, which is not JSON"
        )));
    }
    // The body may hold tokens and is not shown.
    let text = |name: &str| match body.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        _ => Err(unreadable(format!(
            "`{name}` is not as RFC 6749 §5.1 has it"
        ))),
    };
    let (access_token, got) = (text("access_token")?, text("token_type")?);
    if !got.eq_ignore_ascii_case(wanted) {
        return Err(TokenRequestError::TokenType { wanted, got });
    }
    if access_token.is_empty() || !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(unreadable(
            "its `access_token` cannot be sent in a header".into(),
        ));
    }
    let id_token = match body.get("id_token") {
        None | Some(Value::Null) => None,
        Some(_) => Some(text("id_token")?),
    };
    hide(&access_token);
    if let Some(id_token) = &id_token {
        hide(id_token);
    }
    Ok(Granted {
        access_token,
        id_token,
        authorization_details: body.get(AuthorizationDetails::NAME).cloned(),
    })
}

/// Code and description of an OAuth error, or of one in the shape of Okta's API, in which its OAuth endpoints
/// answer too (providers.md, A1).
pub(super) fn refusal(body: &Map<String, Value>) -> Option<(String, Option<String>)> {
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str);
        text.map(|text| text.chars().take(LONGEST).collect::<String>())
    };
    match text("error") {
        Some(code) => Some((code, text("error_description"))),
        None => Some((text("errorCode")?, text("errorSummary"))),
    }
}

#[cfg(test)]
mod tests {
    use openidconnect::http::Response;

    use super::*;
    use crate::arbitrary::rows;

    fn answered(status: u16, kind: &str, body: &str) -> Result<Granted, TokenRequestError> {
        let answer = Response::builder()
            .status(status)
            .header("Content-Type", kind)
            .body(body.as_bytes().to_vec())
            .unwrap();
        granted(&answer, "bearer")
    }

    #[test]
    fn b15_3_tokens_need_their_type_and_nothing_that_is_not_used() {
        let token = r#""access_token":"a","token_type":"bEARER""#;
        for (kind, more, id_token) in [
            ("application/json", r#","id_token":"i""#, Some("i")),
            (
                "application/json; charset=UTF-8",
                r#","id_token":null"#,
                None,
            ),
            ("", r#","expires_in":"soon","scope":7,"x":[]"#, None),
        ] {
            let granted = answered(200, kind, &format!("{{{token}{more}}}")).unwrap();
            assert_eq!(granted.access_token, "a");
            assert_eq!(granted.id_token.as_deref(), id_token);
        }
    }

    #[test]
    fn what_is_no_token_response_is_told_without_its_content() {
        let answers = r#"
            200 | application/json |
            200 | application/json | ["hunter2"]
            200 | text/html        | {"access_token":"hunter2","token_type":"Bearer"}
            200 | application/json | {"access_token":"hunter2"}
            200 | application/json | {"token_type":"Bearer","id_token":"hunter2"}
            200 | application/json | {"access_token":7,"token_type":"Bearer"}
            200 | application/json | {"access_token":"","token_type":"Bearer"}
            200 | application/json | {"access_token":"a b","token_type":"Bearer"}
            200 | application/json | {"access_token":"a","token_type":"Bearer","id_token":{"x":"hunter2"}}
            200 | application/json | {"access_token":"a","access_token":"hunter2","token_type":"Bearer"}
            400 | application/json | {"error":"a","error":"b"}
            502 | text/html        | hunter2
            201 | application/json | {"access_token":"hunter2","token_type":"Bearer"}"#;
        for [status, kind, body] in rows(answers) {
            let status = status.parse().unwrap();
            let Err(TokenRequestError::Unreadable {
                status: told,
                reason,
            }) = answered(status, kind, body)
            else {
                panic!("{body}");
            };
            assert_eq!(told, status);
            assert!(!reason.contains("hunter2"), "{reason}");
        }
        let other = answered(200, "", r#"{"access_token":"a","token_type":"mac"}"#);
        assert!(matches!(other, Err(TokenRequestError::TokenType { .. })));
    }

    /// Okta's OAuth endpoints answer in the shape of its API too (providers.md, A1).
    #[test]
    fn an_error_is_read_in_both_shapes() {
        for body in [
            r#"{"error":"code","error_description":"why"}"#,
            r#"{"errorCode":"code","errorSummary":"why"}"#,
            r#"{"error":"code","error_description":"why","errorCode":"other"}"#,
        ] {
            let Err(TokenRequestError::Refused {
                status,
                code,
                description,
            }) = answered(401, "application/json", body)
            else {
                panic!("{body}");
            };
            assert_eq!((status, code.as_str()), (401, "code"));
            assert_eq!(description.as_deref(), Some("why"));
        }
    }
}
