//! The protocol's own words: errors for clients, and those of ours for which personalities have words of their own.

use serde_json::json;

use crate::http::Reply;

/// An error for the client: code and description (RFC 6749 §4.1.2.1).
pub(super) type OAuthError = (&'static str, &'static str);

pub(super) const WRONG_REDIRECT: &str = "The redirect URI is not registered for this client.";

/// What is wrong with a code; personalities have their own words for it.
pub(super) const USED: &str = "the code was used before";
pub(super) const EXPIRED: &str = "the code is unknown or expired";
pub(super) const OTHER_VERIFIER: &str = "code_verifier does not match";

pub(super) const CIBA_GRANT: &str = "urn:openid:params:grant-type:ciba";

pub(super) fn failure(code: &str, description: &str) -> Reply {
    Reply::json(
        400,
        &json!({"error": code, "error_description": description}),
    )
}
