//! Step-up: what a step needs, the challenge, and the judgement on the claims that answer it.
//!
//! RFC 9470 on the resource server's side.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::provider::StepUpProvider;
use super::refusal::Refusal;
use crate::basics::now;
use crate::switches::Switches;
use crate::tokens::AccessClaims;

/// Seconds between the clocks of provider and API, and between sign-in and approval at `max_age=0`.
const LEEWAY: i64 = 10;

/// The context that a claims challenge demands.
const CONTEXT: &str = "c1";

/// What a step-up must prove for one step. C1 publishes only the provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Requirement {
    pub(super) provider_id: String,
    /// Any one of them suffices (RFC 9470 §3).
    acr_values: Vec<String>,
    max_age: Option<u64>,
}

impl Requirement {
    pub(super) fn of(provider: &StepUpProvider, max_age: Option<u64>) -> Self {
        Self {
            provider_id: provider.id.clone(),
            acr_values: provider.demanded(),
            max_age,
        }
    }

    /// What is demanded by no provider's registration: values separated by spaces.
    pub(super) fn asked(acr_values: &str, max_age: Option<u64>) -> Self {
        Self {
            provider_id: String::new(),
            acr_values: acr_values.split_whitespace().map(str::to_owned).collect(),
            max_age,
        }
    }

    /// What counts of it: no value where a new sign-in is all that is required.
    pub(super) fn as_switched(&self, switches: &Switches) -> Self {
        let mut counts = self.clone();
        if switches.is("challenge", "fresh") {
            counts.acr_values.clear();
        }
        counts
    }

    pub(super) fn max_age(&self, switches: &Switches) -> Option<u64> {
        switches.number("max_age").or(self.max_age)
    }

    /// The 401 that asks for it.
    pub(super) fn challenge(&self, switches: &Switches, why: &str) -> Refusal {
        let header = match switches.text("challenge") {
            Some("junk") => "Bearer realm=\"sandbox, error==,, \"acr_values".to_owned(),
            Some("entra") => entra(
                &STANDARD,
                &json!({"essential": true, "value": CONTEXT}),
                "acrs",
            ),
            Some("entra-unpadded") => {
                let context = json!({"essential": true, "value": CONTEXT});
                entra(&STANDARD_NO_PAD, &context, "acrs")
            }
            Some("entra-nbf") => {
                let later = json!({"essential": true, "value": "1604106651"});
                entra(&STANDARD, &later, "nbf")
            }
            Some("entra-other") => {
                let policies = json!({"essential": true, "values": ["5dd7b5a4"]});
                entra(&STANDARD, &policies, "polids")
            }
            kind => {
                let named =
                    !matches!(kind, Some("no-acr" | "fresh")) && !self.acr_values.is_empty();
                let acr = named.then(|| self.acr_values.join(" "));
                let age = if kind == Some("other-max-age") {
                    Some(60)
                } else {
                    self.max_age(switches)
                };
                challenge(kind, why, acr, age) + &scope(switches)
            }
        };
        let refusal = Refusal::challenge(why, header);
        if switches.is("challenge", "okta-older") {
            refusal.with_status(403)
        } else {
            refusal
        }
    }

    /// Whether the claims meet it, or which check they fail.
    pub(super) fn judge(
        &self,
        claims: &AccessClaims,
        max_age: Option<u64>,
        by_context: bool,
    ) -> Result<(), &'static str> {
        if by_context {
            let granted = claims.acrs.iter().any(|id| id == CONTEXT);
            return if granted {
                Ok(())
            } else {
                Err("the acrs of the token lack the context")
            };
        }
        // A provider that is asked otherwise than by acr values proves a fresh sign-in and no more.
        let named = |id: &String| self.acr_values.contains(id);
        if !self.acr_values.is_empty() && !named(&claims.acr) && !claims.acrs.iter().any(named) {
            return Err("the acr of the token is not one of those required");
        }
        let age = now().saturating_sub(claims.auth_time);
        if age < -LEEWAY {
            return Err("the auth_time of the token is in the future");
        }
        match max_age.map(|max| i64::try_from(max).unwrap_or(i64::MAX)) {
            Some(max) if age > max.saturating_add(LEEWAY) => {
                Err("the authentication is older than allowed")
            }
            _ => Ok(()),
        }
    }
}

/// RFC 9470 §3, in the form of RFC 6750 §3.
fn challenge(
    kind: Option<&str>,
    why: &str,
    acr_values: Option<String>,
    max_age: Option<u64>,
) -> String {
    let (scheme, error) = match kind {
        Some("dpop") => ("DPoP", "insufficient_user_authentication"),
        Some("okta-older") => ("Bearer", "insufficient_authentication_context"),
        _ => ("Bearer", "insufficient_user_authentication"),
    };
    // More than is read (B1.22).
    let realm = if kind == Some("long") {
        "sandbox".repeat(4096)
    } else {
        "sandbox".to_owned()
    };
    let mut header =
        format!("{scheme} realm=\"{realm}\", error=\"{error}\", error_description=\"{why}\"");
    if let Some(acr_values) = acr_values {
        let _ = write!(header, ", acr_values=\"{acr_values}\"");
    }
    if let Some(max_age) = max_age {
        let _ = write!(header, ", max_age=\"{max_age}\"");
    }
    header
}

/// RFC 6750 §3: what the API says that it wants the token for.
fn scope(switches: &Switches) -> String {
    let scope = switches.text("challenge_scope");
    scope.map_or_else(String::new, |scope| format!(", scope=\"{scope}\""))
}

/// Microsoft Entra's claims challenge (providers.md, A4), with an address that nobody should go to.
fn entra(base64: &impl Engine, asked: &Value, claim: &str) -> String {
    let claims = json!({"access_token": {claim: asked}}).to_string();
    format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.other.example/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", \
         claims=\"{}\", cc_type=\"authcontext\"",
        base64.encode(claims)
    )
}
