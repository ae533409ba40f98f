//! The answer's checks one by one. The listener has looked at the state before; here it is looked at again.

use std::sync::Arc;

use openidconnect::RedirectUrl;
use serde_json::json;

use super::*;
use crate::adapters::http::Http;
use crate::domain::challenge::{Challenge, Purpose};
use crate::domain::requirement::AcrRequirement;
use crate::oidc::metadata::document;
use crate::oidc::registration::Registration;
use crate::oidc::relying_party::RelyingParty;

const ISSUER: &str = "https://idp.example";

fn pending(promises_iss: bool) -> PendingAuthorization {
    let promise = json!({ "authorization_response_iss_parameter_supported": promises_iss });
    let metadata = serde_json::from_value(document(ISSUER, &promise)).unwrap();
    let registration = Registration::of(ISSUER, "stepup");
    let challenge = Challenge::of(Purpose::Test, AcrRequirement::default());
    let http = Http::new(std::time::Duration::from_secs(1));
    let redirect = RedirectUrl::new("http://127.0.0.1:1/callback".into()).unwrap();
    let party = Arc::new(RelyingParty::known(&http, registration, metadata).unwrap());
    let (_, pending) = party.begin(&challenge, redirect, None, None, 0).unwrap();
    pending
}

/// What becomes of the right answer with something changed.
fn answered(
    promises_iss: bool,
    change: impl FnOnce(&mut CallbackParameters),
) -> Result<String, CallbackError> {
    let pending = pending(promises_iss);
    let mut callback = CallbackParameters {
        state: pending.state().to_owned(),
        code: Some("c".into()),
        iss: Some(ISSUER.into()),
        error: None,
        error_description: None,
    };
    change(&mut callback);
    pending.code(callback).map(|code| code.secret().clone())
}

#[test]
fn the_right_answer_gives_its_code() {
    assert_eq!(answered(true, |_| ()), Ok("c".into()));
    assert_eq!(answered(false, |answer| answer.iss = None), Ok("c".into()));
}

#[test]
fn another_state_is_refused_whatever_else_is_right() {
    for state in ["", "x"] {
        let verdict = answered(true, |answer| answer.state = state.into());
        assert_eq!(verdict, Err(CallbackError::State));
    }
    let verdict = answered(true, |answer| answer.state.push('1'));
    assert_eq!(verdict, Err(CallbackError::State));
}

#[test]
fn another_issuer_is_refused_and_a_promised_one_must_be_there() {
    for iss in ["", "https://idp.example/", "https://evil.example"] {
        for promised in [true, false] {
            let verdict = answered(promised, |answer| answer.iss = Some(iss.into()));
            assert!(matches!(verdict, Err(CallbackError::Issuer { .. })));
        }
    }
    let verdict = answered(true, |answer| answer.iss = None);
    assert!(matches!(verdict, Err(CallbackError::NoIssuer(_))));
}

#[test]
fn an_error_is_believed_only_after_state_and_issuer() {
    let failed = |answer: &mut CallbackParameters| {
        answer.code = None;
        answer.error = Some("access_denied".into());
        answer.error_description = Some("words".into());
    };
    let verdict = answered(true, failed);
    let told = CallbackError::Provider {
        code: "access_denied".into(),
        description: Some("words".into()),
    };
    assert_eq!(verdict, Err(told));
    let verdict = answered(true, |answer| {
        failed(answer);
        answer.iss = None;
    });
    assert!(matches!(verdict, Err(CallbackError::NoIssuer(_))));
    let verdict = answered(true, |answer| {
        failed(answer);
        answer.state.clear();
    });
    assert_eq!(verdict, Err(CallbackError::State));
}

#[test]
fn an_answer_is_either_a_code_or_an_error() {
    let verdict = answered(true, |answer| answer.code = None);
    assert_eq!(verdict, Err(CallbackError::Empty));
    let verdict = answered(true, |answer| answer.code = Some(String::new()));
    assert_eq!(verdict, Err(CallbackError::Empty));
    let verdict = answered(true, |answer| answer.error = Some("x".into()));
    assert!(matches!(verdict, Err(CallbackError::Provider { .. })));
}

#[test]
fn b9_25_an_error_is_told_in_the_providers_words_and_a_callback_in_none() {
    let error = |description: Option<&str>| CallbackError::Provider {
        code: "access_denied".into(),
        description: description.map(str::to_owned),
    };
    assert_eq!(
        error(Some("no such person")).to_string(),
        "the browser came back with `access_denied`: no such person"
    );
    assert_eq!(
        error(None).to_string(),
        "the browser came back with `access_denied`"
    );
    let long = error(Some(&"x".repeat(5000))).to_string();
    assert!(long.ends_with(&format!(": {}", "x".repeat(300))) && long.len() < 350);
    let callback = CallbackParameters {
        state: "s3cret".into(),
        code: Some("s3cret".into()),
        iss: None,
        error: None,
        error_description: Some("s3cret".into()),
    };
    assert!(!format!("{callback:?}").contains("s3cret"));
}
