//! Google (providers.md A8): a sign-in that says nothing of how or when. Unknown parameters are ignored, and
//! `acr_values`, `max_age` and `prompt=login` are unknown ones. A desktop client has a secret, which everybody knows,
//! and codes are not redeemed without it.

use serde_json::{Map, Value, json};

use super::generic::{LOOPBACK, PLAIN, token_failure};
use super::{Assurance, Behaviour, MaxAge, Redirects, SignInDecision};
use crate::http::Reply;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    paths: &[
        ("/authorize", "/o/oauth2/v2/auth"),
        ("/jwks", "/oauth2/v3/certs"),
        ("/userinfo", "/v1/userinfo"),
    ],
    metadata,
    // Nothing is registered for a desktop client.
    redirects: Redirects::Anything(LOOPBACK),
    wrong_redirect: (
        400,
        "Access blocked: this app's request is invalid",
        "Error 400: redirect_uri_mismatch",
    ),
    max_age: MaxAge::Ignored,
    prompt_login: false,
    reached: |_, _, _| {
        SignInDecision::Granted(Assurance {
            meets: true,
            ..Assurance::default()
        })
    },
    desktop_secret: true,
    claims: |claims, _| {
        claims.remove("auth_time");
    },
    blocked: |_| {
        (
            "access_denied",
            "The administrator of the Workspace blocked this app (admin_policy_enforced).",
        )
    },
    token_failure: |status, code, told| match (code, told) {
        ("invalid_client", "the client did not prove itself") => {
            token_failure(400, "invalid_request", "client_secret is missing.")
        }
        ("invalid_client", "a public client sent a secret") => {
            refused("The provided client secret is invalid.")
        }
        ("invalid_client", _) => refused("The OAuth client was not found."),
        _ => token_failure(status, code, told),
    },
    entry: "acr_values = [\"urn:okta:loa:2fa:any\", \"phr\", \"phrh\"]\n\
        client_auth = \"client_secret_post\"\n",
    backchannel: None,
    ..PLAIN
};

/// Google explains also a 401.
fn refused(told: &str) -> Reply {
    let body = json!({"error": "invalid_client", "error_description": told});
    Reply::json(401, &body)
}

fn metadata(members: &mut Map<String, Value>, _: &str) {
    members.remove("acr_values_supported");
    members.remove("dpop_signing_alg_values_supported");
    members.remove("claims_parameter_supported");
    members.insert(
        "prompt_values_supported".into(),
        json!(["none", "consent", "select_account"]),
    );
    if let Some(Value::Array(claims)) = members.get_mut("claims_supported") {
        claims.retain(|claim| !["acr", "amr", "auth_time"].iter().any(|name| claim == name));
    }
}
