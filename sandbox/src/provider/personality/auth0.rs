//! Auth0 with an Action that calls for MFA when the one value is asked for (providers.md A5).
//!
//! `acr` and `amr` only where MFA was passed in this transaction; nothing at all without the Action
//! (`assurance=ignored`), and in a remembered browser (`assurance=remembered`). The access token has the acr too, as an Action for such an API would add it.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::generic::{PLAIN, token_failure};
use super::{Assurance, Behaviour, Demands, Quirk, Redirects, SignInDecision};
use crate::provider::ask::Ask;
use crate::provider::errors::OTHER_VERIFIER;
use crate::provider::levels::Level;
use crate::provider::store::SignIn;

const MULTI_FACTOR: &str = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    issuer: "/",
    paths: &[
        ("/token", "/oauth/token"),
        ("/jwks", "/.well-known/jwks.json"),
        ("/par", "/oauth/par"),
    ],
    metadata,
    redirects: Redirects::Exact,
    wrong_redirect: (
        403,
        "Callback URL mismatch",
        "The provided redirect_uri is not in the list of allowed callback URLs.",
    ),
    iss: false,
    reached,
    claims,
    opaque_without_audience: true,
    confirms: true,
    blocked: |_| ("access_denied", "Access to stepup is denied by an Action."),
    words: |code, _| (code == "login_required").then_some(Cow::Borrowed("Login required")),
    token_failure: |status, code, told| match code {
        // RFC 6749 section 5.2 has another status for it.
        "invalid_grant" if told == OTHER_VERIFIER => {
            token_failure(403, code, "Failed to verify code verifier")
        }
        "invalid_grant" => token_failure(403, code, "Invalid authorization code"),
        _ => token_failure(status, code, told),
    },
    demands: Demands {
        strong: &[MULTI_FACTOR],
        two: &[MULTI_FACTOR],
        hardware: &[MULTI_FACTOR],
    },
    entry: "audience = \"{api}\"\n",
    ..PLAIN
};

fn metadata(members: &mut Map<String, Value>, _: &str) {
    for silent in [
        "acr_values_supported",
        "prompt_values_supported",
        "claims_parameter_supported",
        "dpop_signing_alg_values_supported",
        "authorization_response_iss_parameter_supported",
    ] {
        members.remove(silent);
    }
    if let Some(Value::Array(claims)) = members.get_mut("claims_supported") {
        claims.retain(|claim| claim != "acr" && claim != "amr");
    }
    members.insert(
        "code_challenge_methods_supported".into(),
        json!(["S256", "plain"]),
    );
    members.insert(
        "id_token_signing_alg_values_supported".into(),
        json!(["HS256", "RS256", "PS256"]),
    );
}

fn reached(ask: &Ask, sign_in: &SignIn, quirk: Quirk) -> SignInDecision {
    let asked = ask.wished().any(|acr| acr == MULTI_FACTOR);
    let spared = matches!(quirk, Quirk::Ignored | Quirk::Remembered);
    let acts = asked && !spared && !sign_in.silent;
    if !acts {
        return SignInDecision::Granted(Assurance {
            // The sample Action passes over a session that has MFA already, and with `allowRememberBrowser`
            // over a browser that had it once.
            meets: true,
            ..Assurance::default()
        });
    }
    if sign_in.level == Level::Password {
        return SignInDecision::Refused((
            "access_denied",
            "Multi-factor authentication was not completed.",
        ));
    }
    SignInDecision::Granted(Assurance {
        acr: Some(MULTI_FACTOR.to_owned()),
        acrs: Vec::new(),
        amr: vec!["mfa"],
        meets: true,
    })
}

/// `auth_time` comes with `max_age` or `prompt=login`.
fn claims(claims: &mut Map<String, Value>, ask: &Ask) {
    if ask.max_age.is_none() && !ask.prompts("login") {
        claims.remove("auth_time");
    }
    claims.remove("azp");
    claims.remove("at_hash");
}
