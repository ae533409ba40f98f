//! How a provider spells its issuer, and the spellings that are known to be wrong.

use url::Url;

use super::definition::Preset;
use super::table::PRESETS;
use crate::domain::known_issuers::{entra_issuer, is_entra, is_google, is_guid};
use crate::domain::loopback::is_loopback;

/// Entra's names that stand for many tenants, or for none of an organisation's.
const TENANTLESS: [&str; 4] = [
    "common",
    "organizations",
    "consumers",
    "9188040d-6c67-4c5b-b112-36a304b66dad",
];

/// See [`Preset::refuse_issuer`].
pub(super) fn refuse(preset: &Preset, issuer: &str) -> Option<String> {
    let fits = |issuer: &str| preset.issuers.iter().any(|form| is_like(issuer, form));
    if fits(issuer) {
        return None;
    }
    let other = match issuer.strip_suffix('/') {
        Some(without) => without.to_owned(),
        None => format!("{issuer}/"),
    };
    if fits(&other) {
        let verb = if other.ends_with('/') {
            "ends"
        } else {
            "does not end"
        };
        return Some(format!(
            "this provider's issuer {verb} with a slash: `{other}`"
        ));
    }
    if let Some(reason) = wrong_tenant(preset, issuer) {
        return Some(reason);
    }
    // One that proves less is not proposed.
    let sibling = PRESETS.iter().find(|other| {
        let is_sibling = other.family() == preset.family() && other.assurance == preset.assurance;
        is_sibling && other.issuers.iter().any(|form| is_like(issuer, form))
    });
    if let Some(sibling) = sibling {
        return Some(format!(
            "that is an issuer of {}: use the preset `{}`",
            sibling.title, sibling.name
        ));
    }
    Some(format!(
        "with the preset `{}` it looks like `{}`, such as `{}`",
        preset.name,
        preset.issuers.join("` or `"),
        preset.example_issuer
    ))
}

/// See [`Preset::issuer_at`].
pub(super) fn at(preset: &Preset, host: &str) -> String {
    let form = preset.issuers.first().copied().unwrap_or_default();
    let (_, path) = parts(form);
    let words = path
        .split_inclusive(['{', '}'])
        .map(|part| match part.strip_suffix('}') {
            Some(word) => word.to_ascii_uppercase(),
            None => part.trim_end_matches('{').to_owned(),
        });
    format!("https://{host}{}", words.collect::<String>())
}

/// See [`super::refuse_any_issuer`].
pub(super) fn refuse_any(issuer: &str) -> Option<String> {
    let url = Url::parse(issuer).ok()?;
    if is_loopback(&url) {
        return None;
    }
    let host = url.host_str().unwrap_or_default();
    if is_google(host) {
        let google = PRESETS.iter().find(|preset| preset.name == "google")?;
        return google.refused.map(str::to_owned);
    }
    if host == "sts.windows.net" {
        let tenant = url.path_segments()?.next().unwrap_or_default();
        return Some(format!(
            "it is the issuer of Entra's tokens of version 1: give `{}`",
            entra_issuer(tenant)
        ));
    }
    let first = url.path_segments()?.next().unwrap_or_default();
    if is_entra(host) && TENANTLESS.contains(&first.to_ascii_lowercase().as_str()) {
        return Some(tenantless(first));
    }
    // providers.md A11: such an API proves nothing to anybody, whoever holds its token.
    if url.path().contains("/api/v1/") {
        return Some(
            "it is the URL of an Okta API, which is not a proof of a sign-in; give the authorization server's issuer"
                .to_owned(),
        );
    }
    None
}

fn wrong_tenant(preset: &Preset, issuer: &str) -> Option<String> {
    if !preset.issuers.iter().any(|form| form.contains("{tenant}")) {
        return None;
    }
    let url = Url::parse(issuer).ok()?;
    let mut segments = url.path_segments()?;
    let tenant = segments.next().filter(|tenant| !tenant.is_empty())?;
    if TENANTLESS.contains(&tenant.to_ascii_lowercase().as_str()) {
        return Some(tenantless(tenant));
    }
    (!is_guid(tenant)).then(|| {
        format!("`{tenant}` is not the tenant's id: Entra's issuer holds its GUID, also where a domain was typed")
    })
}

fn tenantless(name: &str) -> String {
    format!("`{name}` is not a tenant of yours: a step-up needs one organisation's, by its GUID")
}

/// Whether an issuer has this form. On loopback, where sandboxes are, only the path is compared.
fn is_like(issuer: &str, form: &str) -> bool {
    if form == "{issuer}" {
        return true;
    }
    let Ok(url) = Url::parse(issuer) else {
        return false;
    };
    let (host, path) = parts(issuer);
    let (form_host, form_path) = parts(form);
    let hosts_fit = is_loopback(&url) || fits(host, form_host);
    let (path, form_path): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), form_path.split('/').collect());
    hosts_fit
        && path.len() == form_path.len()
        && path
            .iter()
            .zip(form_path)
            .all(|(part, form)| fits(part, form))
}

/// Host, and everything behind it. A path of nothing and one of `/` are different issuers.
fn parts(address: &str) -> (&str, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    }
}

/// One part of a form: literal text around at most one `{word}`.
fn fits(part: &str, form: &str) -> bool {
    let Some((before, rest)) = form.split_once('{') else {
        return part.eq_ignore_ascii_case(form);
    };
    let (word, after) = rest.split_once('}').unwrap_or((rest, ""));
    let inner = part
        .strip_prefix(before)
        .and_then(|part| part.strip_suffix(after));
    match inner {
        Some(inner) if word == "tenant" => is_guid(inner) && !TENANTLESS.contains(&inner),
        Some(inner) => !inner.is_empty(),
        None => false,
    }
}
