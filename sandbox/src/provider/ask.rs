//! The authorization request: parameters read, checked, and either understood or refused.
//!
//! RFC 6749 section 4.1.1, RFC 7636 section 4.3, OIDC Core section 3.1.2.1.

use super::client::Client;
use super::details::Details;
use super::errors::OAuthError;
use super::levels::Level;
use super::requested_claims::RequestedClaims;
use crate::http::Params;

/// How the answer travels to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResponseMode {
    Query,
    FormPost,
}

/// A redirect that may be trusted: client and URI are registered. Everything after this point can be
/// answered to the client, everything before only to the person (RFC 6749 §4.1.2.1).
#[derive(Clone, Debug)]
pub(super) struct ReturnPath {
    pub(super) client: Client,
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) mode: ResponseMode,
}

/// A whole, valid authorization request.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word of the request"
)]
pub(super) struct Ask {
    pub(super) back: ReturnPath,
    pub(super) scope: Vec<String>,
    pub(super) nonce: Option<String>,
    /// PKCE, S256 only.
    pub(super) challenge: String,
    /// In order of preference, as sent; unknown values are kept here and never met.
    pub(super) acr_values: Vec<String>,
    /// Whether one of them must be reached (OIDC Core section 5.5.1.1).
    essential: bool,
    /// Whether it came as one `value`.
    pub(super) single: bool,
    /// Authentication contexts, of which one must be granted.
    pub(super) contexts: Vec<String>,
    /// What the access token is for, where a provider wants to be told by `audience`.
    pub(super) audience: Option<String>,
    /// Whether the client understands claims challenges.
    pub(super) capable: bool,
    /// Whether the `claims` parameter asks for the address.
    pub(super) email: bool,
    /// The key that the code is bound to (RFC 9449 section 10).
    pub(super) dpop_jkt: Option<String>,
    /// What the access token is for (RFC 8707).
    pub(super) resource: Option<String>,
    /// What is to be shown and granted (RFC 9396).
    pub(super) details: Option<Details>,
    pub(super) max_age: Option<i64>,
    pub(super) prompt: Vec<String>,
    pub(super) login_hint: Option<String>,
    /// What the ID token says of the backchannel request, if anything.
    pub(super) auth_req_id: Option<String>,
}

impl Ask {
    /// A backchannel request (CIBA section 7.1): nobody is redirected anywhere, and there is no PKCE.
    pub(super) fn backchannel(params: &Params, client: Client) -> Result<Self, OAuthError> {
        if params.repeated().is_some() {
            return Err(("invalid_request", "a parameter is repeated"));
        }
        if params.get("request").is_some() {
            return Err(("invalid_request", "signed requests are not supported"));
        }
        let back = ReturnPath {
            client,
            redirect_uri: String::new(),
            state: None,
            mode: ResponseMode::Query,
        };
        Self::complete(params, back, String::new())
    }

    pub(super) fn read(params: &Params, back: ReturnPath) -> Result<Self, OAuthError> {
        if params.repeated().is_some() {
            return Err(("invalid_request", "a parameter is repeated"));
        }
        check_response(params)?;
        for (name, code) in [
            ("request", "request_not_supported"),
            ("request_uri", "request_uri_not_supported"),
            ("registration", "registration_not_supported"),
        ] {
            if params.get(name).is_some() {
                return Err((code, "this parameter is not supported"));
            }
        }
        let challenge = challenge(params)?;
        Self::complete(params, back, challenge)
    }

    fn complete(params: &Params, back: ReturnPath, challenge: String) -> Result<Self, OAuthError> {
        let words = |name| split(params.get(name).unwrap_or_default());
        let requested = RequestedClaims::read(params)?;
        let essential = !requested.acr_values.is_empty();
        let ask = Self {
            back,
            scope: words("scope"),
            nonce: params.get("nonce").map(Into::into),
            challenge,
            acr_values: if essential {
                requested.acr_values
            } else {
                words("acr_values")
            },
            essential,
            single: requested.single,
            contexts: requested.contexts,
            audience: params.get("audience").map(Into::into),
            capable: requested.capable,
            email: requested.email,
            dpop_jkt: params.get("dpop_jkt").map(Into::into),
            resource: params.get("resource").map(Into::into),
            details: None,
            max_age: max_age(params)?,
            prompt: words("prompt"),
            login_hint: params.get("login_hint").map(Into::into),
            auth_req_id: None,
        };
        if !ask.has_scope("openid") {
            return Err(("invalid_scope", "the scope openid is missing")); // B9.1
        }
        if ask.prompts("none") && ask.prompt.len() > 1 {
            return Err(("invalid_request", "prompt=none stands alone"));
        }
        Ok(ask)
    }

    /// With what is to be shown and granted.
    pub(super) fn asking_for(self, details: Option<Details>) -> Self {
        Self { details, ..self }
    }

    /// Whether nobody is sent back anywhere.
    pub(super) fn is_backchannel(&self) -> bool {
        self.back.redirect_uri.is_empty()
    }

    /// The values of `acr_values`.
    pub(super) fn voluntary(&self) -> &[String] {
        if self.essential {
            &[]
        } else {
            &self.acr_values
        }
    }

    /// The values of an essential claim.
    pub(super) fn essential(&self) -> &[String] {
        if self.essential {
            &self.acr_values
        } else {
            &[]
        }
    }

    /// What a provider without the `claims` parameter sees of the demand.
    pub(super) fn wished(&self) -> impl Iterator<Item = &str> {
        self.voluntary().iter().map(String::as_str)
    }

    /// Why a sign-in like this is no success: an essential acr that was not reached (B12.1), or a context
    /// whose policy was not met, which is answered as Microsoft does (providers.md, A4).
    pub(super) fn unmet(&self, level: Level) -> Option<OAuthError> {
        if self.essential && !level.meets(&self.acr_values) {
            return Some((
                "unmet_authentication_requirements",
                "the demanded acr was not reached",
            ));
        }
        if !self.contexts.is_empty() && self.granted(level).is_empty() {
            return Some((
                "access_denied",
                "AADSTS53003: Access has been blocked by Conditional Access policies.",
            ));
        }
        None
    }

    /// The contexts that a sign-in like this is granted, of those asked for.
    pub(super) fn granted(&self, level: Level) -> Vec<String> {
        let asked = self.contexts.iter();
        asked.filter(|id| level.enters(id)).cloned().collect()
    }

    pub(super) fn has_scope(&self, scope: &str) -> bool {
        self.scope.iter().any(|word| word == scope)
    }

    pub(super) fn prompts(&self, prompt: &str) -> bool {
        self.prompt.iter().any(|word| word == prompt)
    }
}

fn split(words: &str) -> Vec<String> {
    words.split_ascii_whitespace().map(Into::into).collect()
}

fn check_response(params: &Params) -> Result<(), OAuthError> {
    match params.get("response_type") {
        Some("code") => {}
        Some(_) => return Err(("unsupported_response_type", "only code is supported")),
        None => return Err(("invalid_request", "response_type is missing")),
    }
    match params.get("response_mode") {
        None | Some("query" | "form_post") => Ok(()),
        Some(_) => Err((
            "invalid_request",
            "response_mode must be query or form_post",
        )),
    }
}

/// RFC 7636 §4.4.1; `plain` is not accepted, nor is leaving PKCE out (B5.1).
fn challenge(params: &Params) -> Result<String, OAuthError> {
    let challenge = params
        .get("code_challenge")
        .ok_or(("invalid_request", "code_challenge is required"))?;
    if params.get("code_challenge_method") != Some("S256") {
        return Err(("invalid_request", "code_challenge_method must be S256"));
    }
    let base64url = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if challenge.len() == 43 && challenge.chars().all(base64url) {
        Ok(challenge.to_owned())
    } else {
        Err(("invalid_request", "code_challenge is not a SHA-256 hash"))
    }
}

fn max_age(params: &Params) -> Result<Option<i64>, OAuthError> {
    let Some(text) = params.get("max_age") else {
        return Ok(None);
    };
    text.parse()
        .ok()
        .filter(|age| (0..=0x7fff_ffff).contains(age))
        .map(Some)
        .ok_or((
            "invalid_request",
            "max_age must be a whole number of seconds",
        ))
}
