//! Each member of the metadata that an entry depends on.

use crate::commands::shared::metadata::{Finding, Grade};
use crate::config::preset::{Client, Pkce};
use crate::config::{
    Backchannel, Choice, ClientAuthMethod, ProviderEntry, Pushing, RequestStyle, ResponseMode,
};
use crate::oidc::assertion::AssertionKey;
use crate::oidc::discovery;
use crate::oidc::metadata::Metadata;

/// What can be said of this entry at this provider.
pub(super) fn all(entry: &ProviderEntry, metadata: &Metadata) -> Vec<Finding> {
    if entry.backchannel.is_some() {
        // Nobody is sent there, or comes back.
        let findings = [
            Some(algorithms(entry, metadata)),
            client(entry, metadata),
            assertions(entry, metadata),
            values(entry, metadata),
            claims(entry, metadata),
            details(entry, metadata),
            dpop(entry, metadata),
            Some(backchannel(metadata)),
        ];
        return findings.into_iter().flatten().collect();
    }
    let findings = [
        Some(pkce(entry, metadata)),
        Some(code(metadata)),
        Some(algorithms(entry, metadata)),
        client(entry, metadata),
        assertions(entry, metadata),
        form_post(entry, metadata),
        values(entry, metadata),
        claims(entry, metadata),
        pushing(entry, metadata),
        details(entry, metadata),
        dpop(entry, metadata),
        Some(iss(metadata)),
    ];
    findings.into_iter().flatten().collect()
}

/// B3.6; listing other methods only was refused when the metadata was read. Silence is refused nowhere.
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
        _ => Finding::new(
            check,
            Grade::Warn,
            "the provider does not say whether it knows S256",
        )
        .hint("make sure that the client requires PKCE with S256 there"),
    }
}

fn code(metadata: &Metadata) -> Finding {
    let types = metadata.response_types_supported();
    if types.is_empty() {
        let says = "the provider does not say which response types it knows";
        return Finding::new("response type", Grade::Warn, says)
            .hint("it has to allow the authorization code flow (`code`)");
    }
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
    if listed.is_empty() {
        let says = "the provider does not say how it signs";
        return Finding::new("signatures", Grade::Warn, says)
            .hint("it has to sign ID tokens with one of the entry's `id_token_algs`");
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
    .hint(format!(
        "let it sign with RS256, or name the algorithm: `stepup provider edit {} --id-token-alg ES256` (never `none` or HS*)",
        entry.name
    ))
}

/// Whether the client's kind is among those that are listed. Entra lists no `none`, and accepts it. (providers.md P5)
fn client(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    let listed = metadata.token_endpoint_auth_methods_supported()?;
    if entry
        .preset
        .is_some_and(|preset| preset.pkce == Pkce::Assumed)
    {
        return None;
    }
    let listed: Vec<String> = listed.iter().flat_map(words).collect();
    let method = entry.client_auth.word();
    if listed.iter().any(|listed| listed == method) {
        return Some(Finding::ok(
            "client",
            format!("client authentication `{method}` is listed"),
        ));
    }
    let native = entry.backchannel.is_none()
        && entry
            .preset
            .is_some_and(|preset| preset.client == Client::Native);
    // The metadata list ways to authenticate, and many a provider takes `none` for no such way.
    let hint = if native {
        "register the client as a native app, which has no secret"
    } else if entry.client_auth == ClientAuthMethod::None {
        "many that take public clients do not: `stepup provider test` tells; with a secret, set `client_auth`"
    } else {
        "set `client_auth` to what the client was registered with"
    };
    let says = format!("the provider does not list client authentication `{method}`");
    Some(Finding::new("client", Grade::Warn, says).hint(hint))
}

/// Whether any key would do; `doctor` looks at the one that is kept.
fn assertions(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    if entry.client_auth != ClientAuthMethod::PrivateKeyJwt {
        return None;
    }
    let error = AssertionKey::alg_of_any(metadata).err()?;
    Some(
        Finding::new("assertions", Grade::Fail, error.to_string())
            .hint("its administrator has to allow ES256, RS256 or PS256; or register the client with another method"),
    )
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

/// B17.1: without the type no sign-in begins.
fn details(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    let check = "authorization details";
    let kind = entry.authorization_details.as_deref()?;
    Some(match discovery::lists_details(metadata, kind) {
        Ok(()) => Finding::ok(check, format!("type `{kind}` is listed (RFC 9396)")),
        Err(error) => Finding::failed(check, &error.into()),
    })
}

/// RFC 9126. A provider that demands it gets it, unless the entry says never.
fn pushing(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    let extensions = metadata.additional_metadata();
    let offered = extensions.pushed_authorization_request_endpoint.is_some();
    let fail = |says: &str, hint: &str| {
        Some(Finding::new("pushed requests", Grade::Fail, says).hint(hint))
    };
    match entry.par {
        Pushing::Always if !offered => fail(
            "the entry wants requests pushed, and the provider has no endpoint for that",
            "take `par` out of the entry",
        ),
        Pushing::Never if extensions.require_pushed_authorization_requests => fail(
            "the provider takes pushed requests only, and the entry forbids them",
            "take `par` out of the entry",
        ),
        Pushing::Always | Pushing::Auto if offered => {
            Some(Finding::ok("pushed requests", "are used (RFC 9126)"))
        }
        _ => None,
    }
}

/// RFC 9449; a provider that says nothing of it may do it all the same.
fn dpop(entry: &ProviderEntry, metadata: &Metadata) -> Option<Finding> {
    if !entry.dpop {
        return None;
    }
    let listed = &metadata
        .additional_metadata()
        .dpop_signing_alg_values_supported;
    Some(match listed {
        Some(algs) if algs.iter().any(|alg| alg == "ES256") => {
            Finding::ok("DPoP", "ES256 is listed")
        }
        Some(_) => Finding::new(
            "DPoP",
            Grade::Fail,
            "the provider does not list DPoP with ES256",
        )
        .hint("take `dpop` out of the entry, or let its administrator allow ES256"),
        None => Finding::new(
            "DPoP",
            Grade::Warn,
            "the provider does not say whether it knows DPoP",
        )
        .hint(
            "its administrator can switch it on for this client; without it no token is accepted",
        ),
    })
}

/// CIBA §4: where to ask, and whether the answer can be fetched.
fn backchannel(metadata: &Metadata) -> Finding {
    let extensions = metadata.additional_metadata();
    let check = "backchannel";
    if extensions.backchannel_authentication_endpoint.is_none() {
        let says = "the provider has no backchannel authentication endpoint";
        let hint =
            "its administrator has to switch CIBA on; or take `backchannel` out of the entry";
        return Finding::new(check, Grade::Fail, says).hint(hint);
    }
    match &extensions.backchannel_token_delivery_modes_supported {
        Some(modes) if modes.iter().any(|mode| mode == Backchannel::POLL) => {
            Finding::ok(check, "its endpoint is there, and the answer can be polled for")
        }
        Some(modes) => Finding::new(
            check,
            Grade::Fail,
            format!("the provider delivers answers by {} only", quoted(modes)),
        )
        .hint("nothing here can be called by the provider: its administrator has to allow the token delivery mode `poll`"),
        None => Finding::new(check, Grade::Warn, "the provider does not say whether it can be polled")
            .hint("the client has to be registered with the token delivery mode `poll`"),
    }
}

fn iss(metadata: &Metadata) -> Finding {
    let promises = metadata
        .additional_metadata()
        .authorization_response_iss_parameter_supported;
    Finding::ok(
        "answers",
        if promises {
            "name their issuer (RFC 9207), which is required"
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

#[cfg(test)]
mod tests;
