//! A provider entry: one registration of this tool at one identity provider, and how that provider wants
//! to be asked. Every setting is resolved here; nothing behind this file knows a default.
//!
//! Numbers in brackets are the duties of `providers.md`, part B; A14, P1 and P2 there say what real
//! providers need an entry to express.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use openidconnect::core::CoreJwsSigningAlgorithm;

use super::choices::{ClientAuthMethod, Prompt, Pushing, RedirectHost, RequestStyle, ResponseMode};
use super::error::ConfigError;
use super::reader::{Item, Table};
use super::rules;
use crate::domain::challenge::EntryTerms;
use crate::domain::person::SubjectRule;
use crate::domain::requirement::Freshness;

/// The keys of `[providers.NAME]`.
pub(super) const KEYS: [&str; 23] = [
    "acr_values",
    "amr",
    "audience",
    "c1_provider_ids",
    "ca_file",
    "client_auth",
    "client_id",
    "dpop",
    "freshness",
    "id_token_algs",
    "issuer",
    "max_age",
    "par",
    "ports",
    "prompt",
    "redirect_host",
    "redirect_path",
    "request",
    "resource",
    "response_mode",
    "scopes",
    "skew",
    "subject",
];

/// A year: more would be no limit, and could not be added to a clock safely.
const LONGEST_AGE: u32 = 365 * 24 * 60 * 60;

/// One `[providers.NAME]` table, checked and complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderEntry {
    /// The entry's name, `[a-z0-9_-]{1,64}`.
    pub name: String,
    /// The issuer, letter for letter as the provider spells it; no other entry has the same. [B4.5]
    pub issuer: String,
    /// The client id that the provider gave this tool.
    pub client_id: String,
    /// How the client proves itself at the token endpoint.
    pub client_auth: ClientAuthMethod,
    /// How the provider is told what is demanded.
    pub request: RequestStyle,
    /// Whether authorization requests are pushed. [RFC 9126]
    pub par: Pushing,
    /// Whether the step-up token must be bound to a key of this tool. [RFC 9449]
    pub dpop: bool,
    /// acr values known to this provider, in preference order; asked for when a challenge names none,
    /// and the only ones passed on when it does. [B1.5, B1.15]
    pub acr_values: Vec<String>,
    /// The entry's own upper limit of age, seconds.
    pub max_age: Option<u64>,
    /// Whether every approval needs an authentication of its own.
    pub freshness: Freshness,
    /// Values that must all be in the `amr` claim, beside everything else.
    pub amr: Vec<String>,
    /// The `prompt` parameter.
    pub prompt: Prompt,
    /// Ids of the C1 step-up providers that this entry serves; no other entry lists the same.
    pub c1_provider_ids: Vec<String>,
    /// The host of the redirect URI.
    pub redirect_host: RedirectHost,
    /// Registered ports, tried in order; empty means any free port.
    pub ports: Vec<u16>,
    /// The path of the redirect URI, with its leading `/`.
    pub redirect_path: String,
    /// How the provider sends its answer to the redirect URI.
    pub response_mode: ResponseMode,
    /// Accepted signature algorithms of ID tokens, never empty, all asymmetric. [B9.12]
    pub id_token_algs: Vec<CoreJwsSigningAlgorithm>,
    /// PEM certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Scopes to ask for beside `openid`; never `offline_access`. [B5.15]
    pub scopes: Vec<String>,
    /// The `audience` parameter of providers that want one.
    pub audience: Option<String>,
    /// The `resource` parameter. [RFC 8707]
    pub resource: Option<String>,
    /// How far the provider's clock may be off, seconds, 0 to 300.
    pub skew: i64,
    /// The claim that must name the person whom the API knows.
    pub subject: SubjectRule,
}

impl ProviderEntry {
    /// The name of the client secret in the credential store.
    pub fn credential(&self) -> String {
        format!("client-secret/{}", self.name)
    }

    /// What the entry brings to a challenge.
    pub fn terms(&self) -> EntryTerms {
        EntryTerms {
            acr_values: self.acr_values.clone(),
            max_age: self.max_age,
            freshness: self.freshness,
            amr: self.amr.clone(),
            request: self.request,
        }
    }

    /// Reads one entry. `folder` is where relative paths start; `others` have been read already.
    pub(super) fn read(
        table: &Table<'_>,
        folder: &Path,
        others: &BTreeMap<String, Self>,
    ) -> Result<Self, ConfigError> {
        let name = table.name().to_owned();
        let freshness = table.choice("freshness")?.unwrap_or_default();
        Ok(Self {
            issuer: issuer(table, others)?,
            client_id: rules::word(&table.required("client_id")?)?,
            client_auth: table.choice("client_auth")?.unwrap_or_default(),
            request: table.choice("request")?.unwrap_or_default(),
            par: table.choice("par")?.unwrap_or_default(),
            dpop: table.truth("dpop")?.unwrap_or_default(),
            acr_values: rules::words(&table.texts("acr_values")?)?,
            max_age: table.number("max_age", 0..=LONGEST_AGE)?.map(u64::from),
            freshness,
            amr: rules::words(&table.texts("amr")?)?,
            prompt: table.choice("prompt")?.unwrap_or(match freshness {
                Freshness::EachTime => Prompt::Login,
                Freshness::AsChallenged => Prompt::NoneAtAll,
            }),
            c1_provider_ids: c1_provider_ids(table, others)?,
            redirect_host: table.choice("redirect_host")?.unwrap_or_default(),
            ports: table.ports("ports")?,
            redirect_path: optional(table.text("redirect_path")?, rules::redirect_path)?
                // One path an entry: a callback meant for another provider is not even seen. [B2.11]
                .unwrap_or_else(|| format!("/callback/{name}")),
            response_mode: table.choice("response_mode")?.unwrap_or_default(),
            id_token_algs: id_token_algs(table)?,
            ca_file: optional(table.text("ca_file")?, |text| rules::file(text, folder))?,
            scopes: rules::scopes(&table.texts("scopes")?)?,
            audience: optional(table.text("audience")?, rules::word)?,
            resource: optional(table.text("resource")?, rules::resource)?,
            skew: table.number("skew", 0..=300)?.unwrap_or(60).into(),
            subject: table.choice("subject")?.unwrap_or_default(),
            name,
        })
    }
}

fn issuer(
    table: &Table<'_>,
    others: &BTreeMap<String, ProviderEntry>,
) -> Result<String, ConfigError> {
    let text = table.required("issuer")?;
    let issuer = rules::issuer(&text)?;
    match others.values().find(|other| other.issuer == issuer) {
        Some(other) => Err(text.refused(format!("the entry `{}` has the same", other.name))),
        None => Ok(issuer),
    }
}

fn c1_provider_ids(
    table: &Table<'_>,
    others: &BTreeMap<String, ProviderEntry>,
) -> Result<Vec<String>, ConfigError> {
    let texts = table.texts("c1_provider_ids")?;
    let ids = texts.iter().map(|text| {
        let id = rules::c1_id(text)?;
        match others
            .values()
            .find(|other| other.c1_provider_ids.contains(&id))
        {
            Some(other) => Err(text.refused(format!("the entry `{}` lists it too", other.name))),
            None => Ok(id),
        }
    });
    ids.collect()
}

/// RS256 is what a provider signs with unless registered otherwise. [OIDC Core §3.1.3.7]
fn id_token_algs(table: &Table<'_>) -> Result<Vec<CoreJwsSigningAlgorithm>, ConfigError> {
    let mut algs = table.choices("id_token_algs")?;
    if algs.is_empty() {
        algs.push(CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256);
    }
    Ok(algs)
}

fn optional<'a, T>(
    text: Option<Item<'a, &'a str>>,
    rule: impl Fn(&Item<'a, &'a str>) -> Result<T, ConfigError>,
) -> Result<Option<T>, ConfigError> {
    text.map(|text| rule(&text)).transpose()
}
