//! What presets say, in words.

use crate::config::preset::{Client, Others, Pkce, Preset};
use crate::oidc::registration::AssertionAudience;

pub(super) fn ports(preset: &Preset) -> String {
    if preset.ports.is_empty() {
        return "/callback/NAME, any port".to_owned();
    }
    let ports: Vec<String> = preset.ports.iter().map(u16::to_string).collect();
    format!(
        ":PORT/callback/NAME, each port registered: {}",
        ports.join(", ")
    )
}

pub(super) fn client(preset: &Preset) -> &'static str {
    match preset.client {
        Client::Native => "native app, no secret",
        Client::Operator => "as its operator chose; a public client if possible",
    }
}

pub(super) fn backchannel(preset: &Preset) -> String {
    match preset.backchannel {
        None => "none that could be polled".to_owned(),
        Some(style) => format!(
            "for confidential clients (CIBA): {}, {} up to {} s",
            if style.acr_values {
                "acr_values"
            } else {
                "no acr to ask for"
            },
            style.expiry,
            style.longest
        ),
    }
}

pub(super) fn pkce(preset: &Preset) -> &'static str {
    match preset.pkce {
        Pkce::Listed => "S256, listed in the metadata",
        Pkce::Assumed => "S256, though the metadata does not list it",
    }
}

pub(super) fn others(preset: &Preset) -> Option<&'static str> {
    match preset.others {
        Others::Any => Some("any other: the provider's own names, as the entry lists them"),
        Others::Contexts => Some("c1 to c99: as strong as the tenant's policy for the context"),
        Others::Refused if preset.values.is_empty() => Some("none: it cannot be asked"),
        Others::Refused => None,
    }
}

/// The value to ask for, of a provider that can be asked for one.
pub(super) fn suggested(preset: &Preset) -> Option<&'static str> {
    let unaskable = preset.others == Others::Refused && preset.values.is_empty();
    (!unaskable).then(|| preset.suggested())
}

/// Whom the assertions of a client with a key are for.
pub(super) const fn assertion_audience(preset: &Preset) -> &'static str {
    match preset.assertion_audience {
        AssertionAudience::Issuer => "issuer",
        AssertionAudience::Endpoint => "endpoint",
    }
}
