//! Okta: Identity Engine with org and custom authorization server, and Classic (providers.md A1, A2).
//!
//! Redirects exact to the port; unknown acr values ignored; one requested value echoed; an error where
//! none of them can be met; no `iss`, and nothing about acr in metadata.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::generic::PLAIN;
use super::{
    Assurance, BackchannelRules, Behaviour, Demands, MaxAge, Quirk, Redirects, SignInDecision,
};
use crate::basics::random;
use crate::http::Reply;
use crate::provider::ask::Ask;
use crate::provider::errors::OAuthError;
use crate::provider::errors::{EXPIRED, OTHER_VERIFIER, USED};
use crate::provider::levels::Level;
use crate::provider::store::SignIn;

/// Satisfied by anybody who could have done no better (A1: never proof of two factors).
const IF_POSSIBLE: &str = "urn:okta:loa:2fa:any:ifpossible";
/// All that Classic knows.
const CLASSIC_VALUES: [&str; 3] = [
    "urn:okta:loa:1fa:any",
    "urn:okta:loa:1fa:pwd",
    "urn:okta:loa:2fa:any",
];

/// The org authorization server: the issuer has no path, every endpoint has.
pub(super) const ORG: Behaviour = Behaviour {
    paths: &[
        ("/authorize", "/oauth2/v1/authorize"),
        ("/token", "/oauth2/v1/token"),
        ("/jwks", "/oauth2/v1/keys"),
        ("/userinfo", "/oauth2/v1/userinfo"),
        ("/par", "/oauth2/v1/par"),
        ("/bc-authorize", "/oauth2/v1/bc/authorize"),
    ],
    metadata,
    special: |_, path, _| special(path, "idx"),
    par: true,
    request_uris: ("urn:okta:", 3600),
    dpop_nonce: true,
    backchannel: Some(&BACKCHANNEL),
    endpoint_audience: true,
    redirects: Redirects::Exact,
    wrong_redirect: (
        400,
        "400 Bad Request",
        "Your request resulted in an error. The 'redirect_uri' parameter must be a Login redirect URI in \
         the client app settings (illegal_redirect_uri).",
    ),
    iss: false,
    reached: |ask, sign_in, quirk| reached(ask, sign_in, quirk, false),
    blocked,
    words,
    token_failure,
    entry: "",
    ..PLAIN
};

/// A custom authorization server, which other resource servers can rely on.
pub(super) const CUSTOM: Behaviour = Behaviour {
    issuer: "/oauth2/default",
    paths: &[
        ("/authorize", "/oauth2/default/v1/authorize"),
        ("/token", "/oauth2/default/v1/token"),
        ("/jwks", "/oauth2/default/v1/keys"),
        ("/userinfo", "/oauth2/default/v1/userinfo"),
        ("/par", "/oauth2/default/v1/par"),
        ("/bc-authorize", "/oauth2/default/v1/bc/authorize"),
    ],
    special: |_, path, metadata| custom(path, metadata),
    ..ORG
};

/// Classic Engine: three values, and `max_age=0` leaves a session good.
pub(super) const CLASSIC: Behaviour = Behaviour {
    special: |_, path, _| special(path, "v1"),
    backchannel: None,
    max_age: MaxAge::ZeroIsNone,
    reached: |ask, sign_in, quirk| reached(ask, sign_in, quirk, true),
    demands: Demands {
        strong: &["urn:okta:loa:2fa:any"],
        two: &["urn:okta:loa:2fa:any"],
        // The first is no value of Classic: ignored, which only the client can find out.
        hardware: &["phr", "urn:okta:loa:2fa:any"],
    },
    ..ORG
};

/// CIBA for web applications alone, with a name of its own for the time, and no word about acr (A10).
const BACKCHANNEL: BackchannelRules = BackchannelRules {
    expiry: ("request_expiry", 300),
    public: (
        403,
        "access_denied",
        "The client is not allowed to use CIBA (ciba_feature_not_supported).",
    ),
    unknown: "invalid_request",
    gone: "expired_token",
    acr: false,
};

fn metadata(members: &mut Map<String, Value>, _: &str) {
    for silent in [
        "acr_values_supported",
        "prompt_values_supported",
        "claims_parameter_supported",
        "authorization_response_iss_parameter_supported",
    ] {
        members.remove(silent);
    }
    if let Some(Value::Array(claims)) = members.get_mut("claims_supported") {
        claims.retain(|claim| claim != "acr");
    }
    members.insert(
        "response_modes_supported".into(),
        json!(["query", "fragment", "form_post", "okta_post_message"]),
    );
}

fn reached(ask: &Ask, sign_in: &SignIn, quirk: Quirk, classic: bool) -> SignInDecision {
    let level = sign_in.level;
    let satisfied = |acr: &str| level.satisfies().contains(&acr) || acr == IF_POSSIBLE;
    let supported = |acr: &&str| {
        let known = super::super::levels::ACR_VALUES.contains(acr) || *acr == IF_POSSIBLE;
        quirk != Quirk::Ignored && known && (!classic || CLASSIC_VALUES.contains(acr))
    };
    let asked: Vec<&str> = ask.wished().filter(supported).collect();
    let own = level.satisfies().iter();
    let own = own
        .copied()
        .find(|acr| !classic || CLASSIC_VALUES.contains(acr));
    let met = asked.iter().copied().find(|acr| satisfied(acr));
    if met.is_none() && !asked.is_empty() {
        return SignInDecision::Refused((
            "unmet_authentication_requirements",
            "The user cannot meet the requested authentication requirements.",
        ));
    }
    SignInDecision::Granted(Assurance {
        acr: met.or(own).map(str::to_owned),
        acrs: Vec::new(),
        amr: match level {
            Level::Password => vec!["pwd"],
            Level::PasswordAndCode => vec!["pwd", "otp", "mfa"],
            Level::SecurityKey => vec!["hwk", "pop", "mfa"],
        },
        meets: true,
    })
}

/// The causes that Okta keeps for itself are in brackets.
fn blocked(policy: &str) -> OAuthError {
    let why = match policy {
        "no-match" => {
            "Policy evaluation failed for this request, please check the policy configurations \
             (no_matching_policy)."
        }
        "not-assigned" => "User is not assigned to the client application (user_not_assigned).",
        "mfa" => "MFA is required but the user has none configured (mfa_required).",
        _ => "Access to this resource is denied by policy.",
    };
    ("access_denied", why)
}

fn words(code: &str, _: &str) -> Option<Cow<'static, str>> {
    let told = "The client specified not to prompt, but the user is not logged in.";
    (code == "login_required").then_some(Cow::Borrowed(told))
}

/// Okta's API shape where no client could be told apart, OAuth's elsewhere.
fn token_failure(status: u16, code: &str, told: &str) -> Reply {
    if status == 429 {
        let body = error(
            "E0000047",
            "API call exceeded rate limit due to too many requests.",
        );
        return Reply::json(429, &body);
    }
    if code == "invalid_client" {
        return Reply::json(
            401,
            &error(code, "Invalid value for 'client_id' parameter."),
        );
    }
    let told = match told {
        OTHER_VERIFIER => "PKCE verification failed.",
        EXPIRED | USED => "The authorization code is invalid or has expired.",
        other => other,
    };
    Reply::json(status, &json!({"error": code, "error_description": told}))
}

/// The older of Okta's two shapes.
fn error(code: &str, summary: &str) -> Value {
    json!({
        "errorCode": code,
        "errorSummary": summary,
        "errorLink": code,
        "errorId": format!("oae{}", random(22)),
        "errorCauses": [],
    })
}

/// Authorization servers that do not exist, and which engine this is.
fn special(path: &str, pipeline: &str) -> Option<Reply> {
    if path == "/.well-known/okta-organization" {
        return Some(Reply::json(200, &json!({"pipeline": pipeline})));
    }
    let server = path.strip_prefix("/oauth2/")?;
    let server = server.strip_suffix("/.well-known/openid-configuration")?;
    let summary = format!("Not found: Resource not found: {server} (AuthorizationServer)");
    Some(Reply::json(404, &error("E0000007", &summary)))
}

/// The metadata of RFC 8414, at both places (A1).
fn custom(path: &str, metadata: &Value) -> Option<Reply> {
    match path {
        "/oauth2/default/.well-known/openid-configuration" => None,
        "/oauth2/default/.well-known/oauth-authorization-server"
        | "/.well-known/oauth-authorization-server/oauth2/default" => {
            Some(Reply::json(200, metadata))
        }
        _ => special(path, "idx"),
    }
}
