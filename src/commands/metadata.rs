//! A provider's metadata against its entry: what does not fit is found when the entry is written or by
//! `doctor`, not at the first approval (providers.md, P5).

use super::Context;
use crate::adapters::http::Http;
use crate::config::preset::{Client, Pkce};
use crate::config::{ClientAuthMethod, ProviderEntry, RequestStyle, ResponseMode};
use crate::error::Error;
use crate::oidc::discovery::{Metadata, discover};

/// How a check ended. The order is that of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// As it should be.
    Ok,
    /// It cannot be checked from here; the person has to look.
    Manual,
    /// It may be trouble.
    Warn,
    /// It will not work.
    Fail,
}

impl Grade {
    /// The word of a line and of the document.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Manual => "manual",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// What one check found.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) check: &'static str,
    pub(super) grade: Grade,
    pub(super) says: String,
    pub(super) hint: Option<String>,
}

impl Finding {
    pub(super) fn new(check: &'static str, grade: Grade, says: impl Into<String>) -> Self {
        Self {
            check,
            grade,
            says: says.into(),
            hint: None,
        }
    }

    pub(super) fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self::new(check, Grade::Ok, says)
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The client for an entry's provider, which may have certificates of its own.
pub(super) fn http_for(context: &Context, entry: &ProviderEntry) -> Result<Http, Error> {
    Ok(match &entry.ca_file {
        Some(ca_file) => context.http.trusting(ca_file)?,
        None => context.http.clone(),
    })
}

/// Reads the metadata and says of everything in it whether it fits. The error is one of reading it: the
/// issuer's spelling, a missing endpoint, no S256.
pub(super) fn examine(http: &Http, entry: &ProviderEntry) -> Result<Vec<Finding>, Error> {
    let metadata = discover(http, &entry.issuer)?;
    let findings = [
        Some(Finding::ok(
            "issuer",
            format!("`{}`, spelled as the provider does", entry.issuer),
        )),
        Some(Finding::ok("endpoints", "all there, all https")),
        Some(pkce(entry, &metadata)),
        Some(code(&metadata)),
        Some(algorithms(entry, &metadata)),
        client(entry, &metadata),
        form_post(entry, &metadata),
        values(entry, &metadata),
        claims(entry, &metadata),
        Some(iss(&metadata)),
    ];
    Ok(findings.into_iter().flatten().collect())
}

/// B3.6; listing other methods only was refused when the metadata was read.
fn pkce(entry: &ProviderEntry, metadata: &Metadata) -> Finding {
    let check = "pkce";
    let methods = &metadata
        .additional_metadata()
        .code_challenge_methods_supported;
    if methods.is_some() {
        return Finding::ok(check, "S256 is listed");
    }
    match entry.preset {
        Some(preset) if preset.pkce == Pkce::Assumed => {
            Finding::ok(check, "not listed, as always there; S256 works")
        }
        Some(preset) if preset.name == "generic" => Finding::new(
            check,
            Grade::Fail,
            "the provider does not list PKCE with S256",
        )
        .hint(
            "without PKCE a stolen code is a stolen sign-in; its administrator has to switch it on",
        ),
        _ => Finding::new(
            check,
            Grade::Warn,
            "the provider does not say whether it knows S256",
        )
        .hint("make sure that the client demands PKCE with S256 there"),
    }
}

fn code(metadata: &Metadata) -> Finding {
    let types = metadata.response_types_supported();
    let has_code = types
        .iter()
        .any(|types| matches!(words(types).as_slice(), [one] if one == "code"));
    if has_code {
        return Finding::ok("response type", "`code` is listed");
    }
    Finding::new(
        "response type",
        Grade::Fail,
        "the provider does not list the response type `code`",
    )
    .hint("its administrator has to allow the authorization code flow")
}

fn algorithms(entry: &ProviderEntry, metadata: &Metadata) -> Finding {
    let listed = metadata.id_token_signing_alg_values_supported();
    let common: Vec<String> = entry
        .id_token_algs
        .iter()
        .filter(|alg| listed.contains(alg))
        .flat_map(words)
        .collect();
    if !common.is_empty() {
        return Finding::ok("signatures", format!("{} is listed", quoted(&common)));
    }
    let listed: Vec<String> = listed.iter().flat_map(words).collect();
    Finding::new(
        "signatures",
        Grade::Fail,
        format!(
            "the provider signs with {}, and the entry accepts none of these",
            quoted(&listed)
        ),
    )
    .hint("let it sign with RS256, or name the algorithm in `id_token_algs` (never `none` or HS*)")
}

/// Whether the client's kind is among those that are listed. Entra lists no `none`, and accepts it. [P5]
fn client(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    let listed = metadata.token_endpoint_auth_methods_supported()?;
    if entry
        .preset
        .is_some_and(|preset| preset.pkce == Pkce::Assumed)
    {
        return None;
    }
    let listed: Vec<String> = listed.iter().flat_map(words).collect();
    let method = match entry.client_auth {
        ClientAuthMethod::None => "none",
        ClientAuthMethod::SecretBasic => "client_secret_basic",
        ClientAuthMethod::SecretPost => "client_secret_post",
    };
    if listed.iter().any(|listed| listed == method) {
        return Some(Finding::ok(
            "client",
            format!("client authentication `{method}` is listed"),
        ));
    }
    let native = entry
        .preset
        .is_some_and(|preset| preset.client == Client::Native);
    let hint = if native {
        "register the client as a native app, which has no secret"
    } else {
        "set `client_auth` to what the client was registered with"
    };
    let says = format!("the provider does not list client authentication `{method}`");
    Some(Finding::new("client", Grade::Warn, says).hint(hint))
}

fn form_post(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    let listed = metadata.response_modes_supported()?;
    if entry.response_mode != ResponseMode::FormPost {
        return None;
    }
    let says = "the provider does not list the response mode `form_post`";
    if listed
        .iter()
        .flat_map(words)
        .any(|mode| mode == "form_post")
    {
        return Some(Finding::ok("response mode", "`form_post` is listed"));
    }
    Some(
        Finding::new("response mode", Grade::Fail, says)
            .hint("take `response_mode` out of the entry"),
    )
}

/// Few providers publish their values; what those do not list they ignore, or answer with less.
fn values(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    let listed = metadata
        .acr_values_supported()
        .filter(|listed| !listed.is_empty())?;
    let listed: Vec<String> = listed.iter().flat_map(words).collect();
    let unknown: Vec<String> = entry
        .acr_values
        .iter()
        .filter(|value| !listed.contains(value))
        .cloned()
        .collect();
    if entry.acr_values.is_empty() || entry.request == RequestStyle::EntraContexts {
        return None;
    }
    if unknown.is_empty() {
        return Some(Finding::ok("acr values", "each of them is listed"));
    }
    let says = format!(
        "the provider does not list acr {}; it lists {}",
        quoted(&unknown),
        quoted(&listed)
    );
    Some(
        Finding::new("acr values", Grade::Warn, says)
            .hint("a value that it does not know is ignored in silence: correct the spelling, or set the value up there"),
    )
}

fn claims(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    if entry.request != RequestStyle::EssentialClaims {
        return None;
    }
    if metadata.claims_parameter_supported() == Some(true) {
        return Some(Finding::ok("claims parameter", "is supported"));
    }
    Some(
        Finding::new(
            "claims parameter",
            Grade::Warn,
            "the provider does not say that it reads the `claims` parameter",
        )
        .hint("with `request = \"acr_values\"` the wish is sent in the usual way; the token is verified in either case"),
    )
}

fn iss(metadata: &Metadata) -> Finding {
    let promises = metadata
        .additional_metadata()
        .authorization_response_iss_parameter_supported;
    Finding::ok(
        "answers",
        if promises {
            "name their issuer (RFC 9207), which is demanded"
        } else {
            "name no issuer; the redirect path of this entry tells them apart"
        },
    )
}

/// The protocol's words for a value of the metadata.
fn words(value: &impl serde::Serialize) -> Vec<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => vec![word],
        Ok(serde_json::Value::Array(words)) => {
            let words = words.iter().filter_map(serde_json::Value::as_str);
            words.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn quoted(words: &[String]) -> String {
    if words.is_empty() {
        return "nothing".to_owned();
    }
    let shown: Vec<String> = words
        .iter()
        .take(12)
        .map(|word| format!("`{word}`"))
        .collect();
    shown.join(", ")
}
