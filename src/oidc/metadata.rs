//! The metadata document (OpenID Connect Discovery 1.0 §3), with the members that are used here.

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, ProviderMetadata};
use serde::{Deserialize, Serialize};
use url::Url;

/// Metadata beside what the crate knows.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Extensions {
    /// RFC 9207 §3.
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
    /// RFC 8414 §2; absent says nothing.
    pub(crate) code_challenge_methods_supported: Option<Vec<String>>,
    /// RFC 9126 §5.
    pub(crate) pushed_authorization_request_endpoint: Option<Url>,
    /// RFC 9126 §5.
    #[serde(default)]
    pub(crate) require_pushed_authorization_requests: bool,
    /// CIBA §4.
    pub(crate) backchannel_authentication_endpoint: Option<Url>,
    /// CIBA §4; absent says nothing.
    pub(crate) backchannel_token_delivery_modes_supported: Option<Vec<String>>,
    /// RFC 9396 §10; absent says nothing.
    pub(crate) authorization_details_types_supported: Option<Vec<String>>,
    /// RFC 9449 §5.1; absent says nothing.
    pub(crate) dpop_signing_alg_values_supported: Option<Vec<String>>,
}

impl AdditionalProviderMetadata for Extensions {}

pub(crate) type Metadata = ProviderMetadata<
    Extensions,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A document of the provider at this address, with these members more, or others; null takes one away.
#[cfg(test)]
pub(super) fn document(base: &str, change: &serde_json::Value) -> serde_json::Value {
    let mut document = serde_json::json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    let members = document.as_object_mut().unwrap();
    members.extend(change.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    document
}
