//! The `claims` parameter (OIDC Core section 5.5): an essential `acr`, Microsoft Entra's contexts, the address.

use serde_json::Value;

use super::errors::OAuthError;
use crate::http::Params;

/// What was asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RequestedClaims {
    /// `acr`, of which one must be reached.
    pub(super) acr_values: Vec<String>,
    /// Whether they came as one `value`, which Keycloak did not read for long.
    pub(super) single: bool,
    /// `acrs`, of which one must be granted.
    pub(super) contexts: Vec<String>,
    /// Whether the client understands claims challenges (`xms_cc`).
    pub(super) capable: bool,
    /// Whether the address is to be in the ID token.
    pub(super) email: bool,
}

impl RequestedClaims {
    pub(super) fn read(params: &Params) -> Result<Self, OAuthError> {
        let Some(text) = params.get("claims") else {
            return Ok(Self::default());
        };
        let Ok(claims @ Value::Object(_)) = serde_json::from_str::<Value>(text) else {
            return Err(("invalid_request", "claims is not a JSON object"));
        };
        let requested = Self {
            acr_values: essential(claims.pointer("/id_token/acr")),
            single: claims.pointer("/id_token/acr/values").is_none(),
            contexts: essential(claims.pointer("/id_token/acrs")),
            capable: values(claims.pointer("/access_token/xms_cc")).contains(&"cp1".to_owned()),
            email: claims.pointer("/id_token/email").is_some(),
        };
        // Core section 5.5.1.1 leaves it open; an honest client does not get there (B9.5).
        if !requested.acr_values.is_empty() && params.get("acr_values").is_some() {
            return Err(("invalid_request", "acr is asked for in two ways"));
        }
        Ok(requested)
    }
}

fn essential(asked: Option<&Value>) -> Vec<String> {
    let essential = asked.filter(|asked| asked.get("essential") == Some(&Value::Bool(true)));
    values(essential)
}

fn values(asked: Option<&Value>) -> Vec<String> {
    let Some(asked) = asked else {
        return Vec::new();
    };
    let several = asked.get("values").and_then(Value::as_array);
    let all = asked
        .get("value")
        .into_iter()
        .chain(several.into_iter().flatten());
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}
