//! The lines of a test: what each check found, in words.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;

use super::super::super::approve::rejection;
use super::super::super::local::Unanswered;
use super::super::super::metadata::{Finding, Grade};
use crate::config::ProviderEntry;
use crate::domain::challenge::Challenge;
use crate::domain::event::{AuthenticationEvent, Claim};
use crate::domain::judge::{Attempt, Findings, Rejection};
use crate::domain::person::SubjectMatch;
use crate::domain::proof::StepUpToken;
use crate::error::Error;
use crate::oidc::callback::CallbackError;
use crate::oidc::id_token::IdTokenError;
use crate::oidc::redemption::RedeemError;

/// The checks between the browser and the judge, in their order.
const CHECKS: [(&str, &str); 9] = [
    ("browser leg", "the person came back"),
    ("state", "is this attempt's"),
    ("iss", "the answer is from the provider that was asked"),
    (
        "code exchange",
        "the code was redeemed with the PKCE verifier",
    ),
    ("ID token", "is there and can be read"),
    ("issuer claim", "is the provider"),
    ("audience", "is this client alone"),
    ("signature", "is the provider's, with an accepted algorithm"),
    (
        "times, nonce, at_hash",
        "fit this attempt and this access token",
    ),
];

/// All of them passed.
pub(super) fn authentic(entry: &ProviderEntry) -> Vec<Finding> {
    let mut passed = passed(CHECKS.len());
    if let Some(audience) = passed.iter_mut().find(|line| line.check == "audience") {
        audience.says = format!("is `{}` alone", entry.client_id);
    }
    passed
}

fn passed(count: usize) -> Vec<Finding> {
    let checks = CHECKS.iter().take(count);
    checks
        .map(|(check, says)| Finding::ok(check, *says))
        .collect()
}

/// Those that passed before it ended, and the name of the one that did not.
pub(super) fn until(unanswered: &Unanswered) -> (Vec<Finding>, &'static str) {
    let failed = match unanswered {
        Unanswered::NotInTime(_) | Unanswered::Quit => 0,
        Unanswered::Refused(error) => match error {
            RedeemError::Callback(CallbackError::Provider { .. }) => 0,
            RedeemError::Callback(CallbackError::Issuer { .. } | CallbackError::NoIssuer(_)) => 2,
            RedeemError::Callback(_) => 1,
            RedeemError::NoIdToken => 4,
            RedeemError::IdToken(error) => match error {
                IdTokenError::Unreadable(_) | IdTokenError::Header(_) => 4,
                IdTokenError::Issuer { .. } => 5,
                IdTokenError::Audience { .. } | IdTokenError::AuthorizedParty { .. } => 6,
                IdTokenError::Algorithm { .. }
                | IdTokenError::Signature
                | IdTokenError::UnknownKey
                | IdTokenError::Keys(_) => 7,
                _ => 8,
            },
            _ => 3,
        },
    };
    let name = CHECKS.get(failed).map_or("", |(check, _)| check);
    (passed(failed), name)
}

/// What the judge says, line by line.
pub(super) fn judged(
    challenge: &Challenge,
    event: &AuthenticationEvent,
    findings: &Findings,
    attempt: Attempt,
) -> Vec<Finding> {
    let (requirement, facts) = (&challenge.requirement, event.facts());
    let acr = match &facts.acr {
        Claim::Present(acr) => format!("`{acr}`"),
        Claim::Absent => "none".to_owned(),
        Claim::Malformed(raw) => raw.clone(),
    };
    let wanted = match requirement.acr_values.as_slice() {
        [] => "nothing in particular".to_owned(),
        values => format!("`{}`", values.join("` or `")),
    };
    let amr = facts.amr.present().cloned().unwrap_or_default();
    let when = facts.auth_time.present().map_or_else(
        || "no auth_time".to_owned(),
        |at| {
            let age = attempt.received.saturating_sub(*at);
            let at = Timestamp::from_second(*at).map(|at| at.to_string());
            format!("auth_time {}, {age} s ago", at.unwrap_or_default())
        },
    );
    let who = facts.email.clone().unwrap_or_else(|| facts.subject.clone());
    let person = match &findings.person {
        Ok(SubjectMatch::LeftToTheApi) => Finding::new(
            "person",
            Grade::Warn,
            format!("`{who}` signed in; there is nobody to compare with"),
        )
        .hint("sign in to the API (`stepup login`), or let the provider return the claim that `subject` names"),
        Ok(SubjectMatch::Same) => Finding::ok("person", format!("`{who}`, the person of the API credential")),
        Err(error) => Finding::new("person", Grade::Fail, error.to_string()),
    };
    vec![
        grade("acr", &findings.acr, format!("wanted {wanted}, got {acr}")),
        grade(
            "amr",
            &findings.amr,
            match amr.as_slice() {
                [] => "none".to_owned(),
                amr => amr.join(" "),
            },
        ),
        grade("auth_time", &findings.age, when),
        grade(
            "clocks",
            &findings.time,
            "the sign-in is not from the future".to_owned(),
        ),
        person,
    ]
}

fn grade<E: std::fmt::Display>(
    check: &'static str,
    found: &Result<(), E>,
    says: String,
) -> Finding {
    match found {
        Ok(()) => Finding::ok(check, says),
        Err(error) => Finding::new(check, Grade::Fail, error.to_string()),
    }
}

/// The error that an approval would end with.
pub(super) fn worst(findings: Findings, entry: &str) -> Option<Error> {
    let Findings {
        time,
        person,
        acr,
        amr,
        age,
    } = findings;
    let judged = (|| -> Result<(), Rejection> {
        time?;
        person?;
        acr?;
        amr?;
        age?;
        Ok(())
    })();
    judged.err().map(|found| rejection(found, entry))
}

/// What the API will get. Opaque to us by right (B8.5); shown where it can be read, and never judged.
pub(super) fn access_token(token: &StepUpToken) -> Finding {
    let header = token.authorization();
    let (kind, token) = header.split_once(' ').unwrap_or_default();
    let claims = token.split('.').nth(1).and_then(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<Value>(&bytes).ok()
    });
    let says = match claims {
        None => format!("`{kind}`, opaque to us"),
        Some(claims) => {
            let acr = claims
                .get("acr")
                .map_or("no acr".to_owned(), |acr| format!("acr {acr}"));
            format!("`{kind}`, a JWT with {acr} (not judged here: that is the API's)")
        }
    };
    Finding::ok("access token", says)
}
