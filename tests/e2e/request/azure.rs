//! A resource server with the wire shapes that Microsoft documents for Azure Resource Manager and Microsoft Graph, as far
//! as Privileged Identity Management needs them. It refuses what theirs refuse: nobody, a token for somebody else, and
//! one without the authentication context that a policy requires.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};

use crate::browser;
use crate::elsewhere::{Elsewhere, answer};
use crate::world::World;

pub(crate) const APPROVALS: &str = "/providers/Microsoft.Authorization/roleAssignmentApprovals";
pub(crate) const STAGE: &str = "/providers/Microsoft.Authorization/roleAssignmentApprovals/488a6d0e-0a63-4946-86e3-1f5bbc934661/stages/4135f961-be78-4005-8101-c72a5af307a2";
pub(crate) const ACTIVATION: &str = "/providers/Microsoft.Subscription/subscriptions/dfa2a084-766f-4003-8ae1-c4aeb893a99f/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/fea7a502-9a96-4806-a26f-eee560e52045";
pub(crate) const GROUP_STAGE: &str = "/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals/abd306ef-f7b2-4a10-9fd1-493454322489/stages/d4fa4045-4716-436d-aec5-57b0a713f095";
pub(crate) const DIRECTORY: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
/// Where the first token that comes was revoked already.
pub(crate) const REVOKED: &str = "/subscriptions";
/// Where no context is ever enough.
pub(crate) const NEVER: &str = "/never";

/// The server, whose tokens are those of the world's provider.
pub(crate) struct Azure(pub(crate) Elsewhere);

impl Azure {
    /// It takes tokens of this world's provider that are for itself.
    pub(crate) fn trusting(world: &World) -> Self {
        let issuer = world.issuer();
        let metadata = browser::get(&format!("{issuer}/.well-known/openid-configuration"), &[]);
        let keys = metadata.json()["jwks_uri"].as_str().unwrap().to_owned();
        let mut first = None;
        Self(Elsewhere::deciding(move |request| {
            match admitted(request, &keys) {
                Ok(claims) => served(request, &claims, &mut first),
                Err(refusal) => refusal,
            }
        }))
    }

    /// The line of each request, and whether it had a token.
    pub(crate) fn saw(&self) -> Vec<(String, bool)> {
        let seen = self.0.seen();
        let line = |request: &String| {
            let words: Vec<&str> = request.split(' ').take(2).collect();
            let path = words[1].split('?').next().unwrap_or_default();
            (format!("{} {path}", words[0]), token(request).is_some())
        };
        seen.iter().map(line).collect()
    }

    /// What was done: the last body that was not refused.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        let seen = self.0.seen();
        let bodies = seen
            .iter()
            .filter_map(|request| request.split("\r\n\r\n").nth(1));
        bodies
            .filter_map(|body| serde_json::from_str(body).ok())
            .collect()
    }
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    request.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn token(request: &str) -> Option<&str> {
    header(request, "authorization")?.strip_prefix("Bearer ")
}

/// The claims of a token that is the provider's and for this server.
fn admitted(request: &str, keys: &str) -> Result<Value, String> {
    let Some(token) = token(request) else {
        return Err(unauthorized(
            "AuthenticationFailed",
            "Authentication failed. The 'Authorization' header is missing.",
        ));
    };
    let Some(claims) = verified(token, keys) else {
        return Err(unauthorized(
            "InvalidAuthenticationToken",
            "The access token is invalid.",
        ));
    };
    let own = format!("http://{}", header(request, "host").unwrap());
    if claims["aud"] != own {
        return Err(unauthorized(
            "InvalidAuthenticationTokenAudience",
            "The access token has been obtained for wrong audience or resource.",
        ));
    }
    Ok(claims)
}

fn verified(token: &str, keys: &str) -> Option<Value> {
    let (message, signature) = token.rsplit_once('.')?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
    let keys: CoreJsonWebKeySet = serde_json::from_str(&browser::get(keys, &[]).body).ok()?;
    let rs256 = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let signed = |key: &&_| {
        JsonWebKey::verify_signature(*key, &rs256, message.as_bytes(), &signature).is_ok()
    };
    keys.keys().iter().find(signed)?;
    let payload = message.split('.').nth(1)?;
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

fn served(request: &str, claims: &Value, first: &mut Option<Value>) -> String {
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let has = |context: &str| {
        claims["acrs"]
            .as_array()
            .is_some_and(|all| all.contains(&context.into()))
    };
    let first = first.get_or_insert_with(|| claims["jti"].clone());
    let ok = |status: &str, body: &Value| {
        answer(
            status,
            "Content-Type: application/json\r\n",
            &body.to_string(),
        )
    };
    match (method, path) {
        ("GET", APPROVALS) if query.contains("$filter=asApprover()") => ok("200 OK", &waiting()),
        // Azure's mandatory MFA for whatever changes something.
        ("PATCH", STAGE) if !has("p1") => challenged(claims, "acrs", "p1"),
        ("PATCH", STAGE) => ok("200 OK", &json!({"properties": {"status": "Completed"}})),
        ("PATCH", GROUP_STAGE) => answer("204 No Content", "", ""),
        ("PUT", ACTIVATION) | ("POST", DIRECTORY) if !has("c1") => {
            ok("400 Bad Request", &pim("c1"))
        }
        ("PUT", ACTIVATION) | ("POST", DIRECTORY) => {
            ok("201 Created", &json!({"status": "Granted"}))
        }
        ("GET", REVOKED) if claims["jti"] == *first => {
            let later = claims["iat"].as_i64().unwrap() + 1;
            challenged(claims, "nbf", &later.to_string())
        }
        ("GET", REVOKED) => ok("200 OK", &json!({"value": []})),
        ("GET", NEVER) => challenged(claims, "acrs", "p1"),
        _ => ok("404 Not Found", &json!({"error": {"code": "NotFound"}})),
    }
}

/// As documented for "Role Assignment Approval - List".
fn waiting() -> Value {
    json!({"value": [{
        "id": "/providers/Microsoft.Authorization/roleAssignmentApprovals/488a6d0e-0a63-4946-86e3-1f5bbc934661",
        "type": "Microsoft.Authorization/RoleAssignmentApprovals",
        "name": "488a6d0e-0a63-4946-86e3-1f5bbc934661",
        "properties": {"stages": [{
            "id": STAGE,
            "properties": {"displayName": "Owner of Production", "status": "InProgress", "assignedToMe": true, "reviewResult": "NotReviewed"},
        }]},
    }]})
}

/// RFC 6750 §3.1, and what Azure Resource Manager says with it. Nothing about step-up is in it.
fn unauthorized(code: &str, message: &str) -> String {
    let header = format!(
        "WWW-Authenticate: Bearer authorization_uri=\"https://login.windows.net/common\", error=\"invalid_token\", error_description=\"{message}\"\r\n"
    );
    let body = json!({"error": {"code": code, "message": message}});
    answer("401 Unauthorized", &header, &body.to_string())
}

/// A claims challenge, for those that can follow one.
fn challenged(claims: &Value, claim: &str, value: &str) -> String {
    let able = claims["xms_cc"]
        .as_array()
        .is_some_and(|all| all.contains(&"cp1".into()));
    if !able {
        return answer(
            "403 Forbidden",
            "",
            "{\"error\":{\"code\":\"RequestDisallowedByPolicy\"}}",
        );
    }
    let demanded = json!({"access_token": {claim: {"essential": true, "value": value}}});
    let header = format!(
        "WWW-Authenticate: Bearer realm=\"\", authorization_uri=\"https://login.windows.net/common\", error=\"insufficient_claims\", claims=\"{}\"\r\n",
        BASE64_STANDARD.encode(demanded.to_string())
    );
    answer(
        "401 Unauthorized",
        &header,
        "{\"error\":{\"code\":\"InsufficientClaims\"}}",
    )
}

/// As azure-powershell#25421 shows it.
fn pim(context: &str) -> Value {
    let claims = format!(
        "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22{context}%22%7D%7D%7D"
    );
    json!({"error": {"code": "RoleAssignmentRequestAcrsValidationFailed", "message": claims}})
}
