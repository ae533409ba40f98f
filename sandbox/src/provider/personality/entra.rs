//! Microsoft Entra: fresh sign-ins with Conditional Access, and authentication contexts (providers.md A3, A4).
//!
//! `localhost` with any port; no `acr`, no `amr`; `auth_time` only with `max_age`, which shortens the token's
//! life; policies fire for protected scopes and for contexts, never for a plain `openid`; AADSTS numbers.

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::generic::PLAIN;
use super::{Assurance, Behaviour, Demands, Quirk, Redirects, SignInDecision};
use crate::basics::random;
use crate::http::Reply;
use crate::keys::encode;
use crate::page::problem;
use crate::provider::ask::Ask;
use crate::provider::client::Client;
use crate::provider::errors::OAuthError;
use crate::provider::errors::{OTHER_VERIFIER, USED};
use crate::provider::levels::Level;
use crate::provider::store::SignIn;

/// The sandbox's tenant, and the domain that is another name for it.
const TENANT: &str = "8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63";
const DOMAIN: &str = "sandbox.example";
/// The tenant of personal accounts (A3).
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
const DISCOVERY: &str = "/v2.0/.well-known/openid-configuration";

const BLOCKED: &str = "AADSTS53003: Access has been blocked by Conditional Access policies. The access \
    policy does not allow token issuance.";

/// A fresh sign-in, and MFA if a protected API's scope is asked for.
pub(super) const OIDC: Behaviour = Behaviour {
    issuer: "/8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63/v2.0",
    paths: &[
        (
            "/authorize",
            "/8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63/oauth2/v2.0/authorize",
        ),
        (
            "/token",
            "/8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63/oauth2/v2.0/token",
        ),
        (
            "/jwks",
            "/8a6f2c1e-3b7d-4e59-9c40-5d1e7f0a2b63/discovery/v2.0/keys",
        ),
        ("/userinfo", "/oidc/userinfo"),
    ],
    metadata,
    special,
    redirects: Redirects::AnyPortOrRoot(&["localhost"]),
    wrong_redirect: (
        400,
        "Sorry, but we're having trouble signing you in.",
        "AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured \
         for the application.",
    ),
    iss: false,
    reached,
    audience,
    subject: pairwise,
    claims,
    blocked,
    words,
    token_failure,
    demands: Demands {
        strong: &[],
        two: &[],
        hardware: &[],
    },
    entry: "scopes = [\"api://stepup-cli/approve\"]\n",
    backchannel: None,
    ..PLAIN
};

/// Authentication contexts, asked for by `claims`.
pub(super) const ACRS: Behaviour = Behaviour {
    demands: Demands {
        strong: &["c1"],
        two: &["c1"],
        hardware: &["c2", "c1"],
    },
    entry: "acr_values = [\"c1\", \"c2\"]\n",
    ..OIDC
};

fn metadata(members: &mut Map<String, Value>, _: &str) {
    for silent in [
        "acr_values_supported",
        "prompt_values_supported",
        "claims_parameter_supported",
        "code_challenge_methods_supported",
        "dpop_signing_alg_values_supported",
        "authorization_response_iss_parameter_supported",
    ] {
        members.remove(silent);
    }
    if let Some(Value::Array(claims)) = members.get_mut("claims_supported") {
        claims.retain(|claim| claim != "acr" && claim != "amr");
        claims.push(json!("tid"));
    }
    members.insert(
        "token_endpoint_auth_methods_supported".into(),
        json!([
            "client_secret_post",
            "private_key_jwt",
            "client_secret_basic"
        ]),
    );
    members.insert("subject_types_supported".into(), json!(["pairwise"]));
}

/// Other names of the tenant, and the authorities that are no tenant.
fn special(base: &str, path: &str, metadata: &Value) -> Option<Reply> {
    if path.ends_with("/oauth2/v2.0/authorize") && !path.starts_with(&format!("/{TENANT}/")) {
        return Some(problem(
            400,
            "Sorry, but we're having trouble signing you in.",
            "AADSTS50194: Application 'stepup-cli' is not configured as a multi-tenant application. Usage \
             of the /common endpoint is not supported for such apps. Use a tenant-specific endpoint.",
        ));
    }
    let named = |issuer: String| {
        let mut metadata = metadata.clone();
        if let Some(members) = metadata.as_object_mut() {
            members.insert("issuer".into(), json!(issuer));
        }
        Some(Reply::json(200, &metadata))
    };
    // Version 1 has another authority, whose issuer is elsewhere.
    if path == format!("/{TENANT}/.well-known/openid-configuration") {
        return named(version_1());
    }
    let tenant = path.strip_prefix('/')?.strip_suffix(DISCOVERY)?;
    let of = |name: &str| named(format!("{base}/{name}/v2.0"));
    match tenant {
        TENANT => None,
        DOMAIN => of(TENANT),
        "common" | "organizations" => of("{tenantid}"),
        "consumers" | CONSUMERS => of(CONSUMERS),
        _ => {
            let told =
                "AADSTS90002: Tenant not found. Check to make sure you have the correct tenant ID.";
            Some(Reply::json(400, &body("invalid_tenant", 90002, told)))
        }
    }
}

fn reached(ask: &Ask, sign_in: &SignIn, quirk: Quirk) -> SignInDecision {
    let strong = sign_in.level != Level::Password;
    let open = quirk == Quirk::Unprotected;
    // A policy on an app fires for its API, and for a confidential client that signs somebody in; none is on
    // this app where it asks for contexts, as Microsoft advises (A4).
    let of_the_api = || ask.scope.iter().any(|scope| scope.contains("://"));
    let targeted = ask.contexts.is_empty() && (ask.back.client != Client::Public || of_the_api());
    let fires = targeted && !matches!(quirk, Quirk::Ignored | Quirk::Unprotected);
    if fires && !strong {
        return SignInDecision::Refused((
            "interaction_required",
            "AADSTS50076: Due to a configuration change made by your administrator, you must use \
             multi-factor authentication.",
        ));
    }
    let mut contexts = match quirk {
        Quirk::Ignored => Vec::new(),
        _ => ask.contexts.clone(),
    };
    for id in &mut contexts {
        id.make_ascii_lowercase();
    }
    let granted = |id: &String| open || sign_in.level.enters(id);
    if !contexts.is_empty() && !contexts.iter().any(granted) {
        return SignInDecision::Refused(("access_denied", BLOCKED));
    }
    if quirk == Quirk::Opportunistic {
        contexts = ["c1", "c2"].map(str::to_owned).to_vec();
    }
    let mut acrs: Vec<String> = contexts.into_iter().filter(granted).collect();
    if !acrs.is_empty() {
        // No policy uses it, so everybody has it (the matrix of A4, last rows).
        acrs.push("c99".to_owned());
    }
    SignInDecision::Granted(Assurance {
        acrs,
        meets: true,
        ..Assurance::default()
    })
}

/// The resource whose scope was asked for: `https://management.azure.com/user_impersonation` is for
/// `https://management.azure.com`. A scope of the app's own API (`api://`) is for the sandbox's API.
fn audience(ask: &Ask) -> Option<String> {
    let mut resources = ask.scope.iter().filter_map(|scope| scope.rsplit_once('/'));
    let (resource, _) = resources.find(|(resource, _)| resource.starts_with("http"))?;
    Some(resource.to_owned())
}

/// The issuer of tokens of version 1 (A3).
pub(super) fn version_1() -> String {
    format!("https://sts.windows.net/{TENANT}/")
}

/// Another name of the same person for each client; `oid` is the same for all (A3, OIDC Core section 8.1).
fn pairwise(client_id: &str, subject: &str) -> String {
    encode(&Sha256::digest(format!("{TENANT} {client_id} {subject}")))
}

fn claims(claims: &mut Map<String, Value>, ask: &Ask) {
    claims.remove("at_hash");
    claims.remove("azp");
    claims.insert("tid".into(), json!(TENANT));
    claims.insert("ver".into(), json!("2.0"));
    if let Some(oid) = claims.remove("sub") {
        let sub = pairwise(ask.back.client.id(), oid.as_str().unwrap_or_default());
        claims.insert("sub".into(), json!(sub));
        claims.insert("oid".into(), oid);
    }
    let auth_time = claims.get("auth_time").and_then(Value::as_i64);
    match (ask.max_age, auth_time) {
        (None, _) => drop(claims.remove("auth_time")),
        (Some(age), Some(at)) => {
            let end = at.saturating_add(age);
            let exp = claims.get("exp").and_then(Value::as_i64);
            claims.insert("exp".into(), json!(exp.map_or(end, |exp| exp.min(end))));
        }
        (Some(_), None) => {}
    }
}

/// The numbers of P4 that a policy answers with, in Microsoft's words.
fn blocked(policy: &str) -> OAuthError {
    match policy {
        "mfa" => (
            "interaction_required",
            "AADSTS50079: Due to a configuration change made by your administrator, you must enroll in \
             multi-factor authentication.",
        ),
        "50072" => (
            "interaction_required",
            "AADSTS50072: User needs to enroll for second factor authentication (interactive).",
        ),
        "50074" => (
            "interaction_required",
            "AADSTS50074: Strong Authentication is required.",
        ),
        "50078" => (
            "interaction_required",
            "AADSTS50078: Presented multi-factor authentication has expired due to policies configured by \
             your administrator.",
        ),
        "50158" => (
            "interaction_required",
            "AADSTS50158: External security challenge not satisfied.",
        ),
        "not-assigned" => (
            "access_denied",
            "AADSTS50105: Your administrator has configured the application to block users unless they are \
             specifically granted access.",
        ),
        "device" => (
            "access_denied",
            "AADSTS53000: Your device is required to be compliant to access this resource.",
        ),
        "53001" => (
            "access_denied",
            "AADSTS53001: Device is not in required device state. Conditional Access policy requires a \
             domain joined device.",
        ),
        "53002" => (
            "access_denied",
            "AADSTS53002: The app used is not an approved app for Conditional Access.",
        ),
        "53004" => (
            "access_denied",
            "AADSTS53004: User needs to complete the multi-factor authentication registration process \
             before accessing this content.",
        ),
        "530035" => (
            "access_denied",
            "AADSTS530035: Access has been blocked by security defaults.",
        ),
        _ => ("access_denied", BLOCKED),
    }
}

fn words(code: &str, told: &str) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match (code, told) {
        ("access_denied", "the person declined") => {
            "AADSTS65004: User declined to consent to access the app."
        }
        ("login_required", _) => {
            "AADSTS50058: A silent sign-in request was sent but no user is signed in."
        }
        ("invalid_request", "code_challenge is not a SHA-256 hash") => {
            "AADSTS50147: The size of the code challenge parameter is not valid."
        }
        _ => return None,
    }))
}

/// The numbers of A3's table; an unknown refusal is a malformed request.
fn token_failure(status: u16, code: &str, told: &str) -> Reply {
    let (code, number, text) = match (code, told) {
        ("invalid_grant", OTHER_VERIFIER) => (
            code,
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        ),
        ("invalid_grant", USED) => (
            code,
            54005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code.",
        ),
        ("invalid_grant", _) => (
            code,
            70008,
            "The provided authorization code or refresh token has expired.",
        ),
        ("invalid_client", "a public client sent a secret") => (
            code,
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        ),
        ("invalid_client", "the client is unknown") => (
            "unauthorized_client",
            700_016,
            "Application was not found in the directory 'Sandbox'.",
        ),
        ("invalid_client", _) => (
            code,
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
        ("temporarily_unavailable", _) => (code, 90006, "External server error. Try again."),
        _ => (
            code,
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        ),
    };
    let told = format!("AADSTS{number}: {text}");
    Reply::json(status, &body(code, number, &told))
}

fn body(code: &str, number: u32, told: &str) -> Value {
    let trace = random(16);
    json!({
        "error": code,
        "error_description": format!("{told} Trace ID: {trace}"),
        "error_codes": [number],
        "timestamp": jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
        "trace_id": trace,
        "correlation_id": random(16),
        "error_uri": format!("https://login.sandbox.example/error?code={number}"),
    })
}
