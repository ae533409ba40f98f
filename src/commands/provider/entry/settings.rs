//! What was typed, as keys of an entry; and the entry that they would produce.

use std::path::{Path, PathBuf};

use openidconnect::core::CoreJwsSigningAlgorithm;

use crate::ceremony::registration::http_for;
use crate::cli::EntrySettings;
use crate::commands::shared::metadata::{self, Grade};
use crate::config::{Choice, Config, Draft, EntryChange, ProviderEntry, Setting};
use crate::context::Context;
use crate::error::Error;
use crate::meaning::not_written;
use crate::oidc::provider::Provider;

/// The keys that were typed.
pub(super) fn set(settings: &EntrySettings) -> Result<Vec<(&'static str, Setting)>, Error> {
    let text = |text: &Option<String>| text.clone().map(Setting::Text);
    let texts = |texts: &[String]| (!texts.is_empty()).then(|| Setting::Texts(texts.to_vec()));
    let truth = |truth: bool| truth.then_some(Setting::Truth(true));
    let ports = &settings.ports;
    let ports = (!ports.is_empty()).then(|| Setting::Numbers(ports.clone()));
    let extra = (!settings.extra.is_empty()).then(|| Setting::Pairs(settings.extra.clone()));
    let ca_file = settings.ca_file.as_deref().map(absolute).transpose()?;
    let keys = [
        ("issuer", text(&settings.issuer)),
        ("client_id", text(&settings.client_id)),
        ("client_auth", text(&settings.client_auth)),
        ("backchannel", truth(settings.backchannel)),
        ("login_hint_form", text(&settings.login_hint_form)),
        ("id_token_algs", texts(&settings.id_token_algs)),
        ("request", text(&settings.request)),
        ("acr_values", texts(&settings.acr_values)),
        ("amr", texts(&settings.amr)),
        ("allow_weak", truth(settings.allow_weak)),
        ("accept_stronger", truth(settings.accept_stronger)),
        ("rank", texts(&settings.rank)),
        ("max_age", settings.max_age.map(Setting::Number)),
        ("freshness", text(&settings.freshness)),
        ("fresh_max_age", settings.fresh_max_age.map(Setting::Number)),
        ("prompt", text(&settings.prompt)),
        ("subject", text(&settings.subject)),
        (
            "accept_unverified_email",
            truth(settings.accept_unverified_email),
        ),
        ("extra", extra),
        ("skew", settings.skew.map(Setting::Number)),
        ("ports", ports),
        ("redirect_host", text(&settings.redirect_host)),
        ("response_mode", text(&settings.response_mode)),
        ("redirect_path", text(&settings.redirect_path)),
        ("scopes", texts(&settings.scopes)),
        ("challenge_scopes", texts(&settings.challenge_scopes)),
        ("par", text(&settings.par)),
        ("dpop", truth(settings.dpop)),
        ("audience", text(&settings.audience)),
        ("resource", text(&settings.resource)),
        (
            "authorization_details",
            text(&settings.authorization_details),
        ),
        ("ca_file", ca_file),
        ("c1_provider_ids", texts(&settings.c1_providers)),
        ("api_origins", texts(&settings.api_origins)),
        ("request_origins", texts(&settings.request_origins)),
    ];
    Ok(keys
        .into_iter()
        .filter_map(|(key, setting)| Some((key, setting?)))
        .collect())
}

/// The file reads relative paths from its own folder, and the person typed one from here.
fn absolute(path: &Path) -> Result<Setting, Error> {
    let path: PathBuf = std::path::absolute(path)
        .map_err(|error| Error::usage("the CA file's path cannot be used").caused_by(error))?;
    let text = path.to_str().ok_or_else(|| {
        Error::usage("the CA file's path is not UTF-8").hint("choose another path")
    })?;
    Ok(Setting::Text(text.to_owned()))
}

/// The configuration with the change, and the entry in it; both checked, nothing written.
pub(super) fn drafted(path: &Path, change: &EntryChange) -> Result<(Draft, ProviderEntry), Error> {
    let draft = Config::with_entry(path, change).map_err(not_written)?;
    let entry = draft.config.entry(&change.name)?.clone();
    Ok((draft, entry))
}

const UNCHECKED: &str = "to write it all the same, add `--no-check`";

pub(super) fn fetched(context: &Context, entry: &ProviderEntry) -> Result<Provider, Error> {
    let http = http_for(&context.http, entry)?;
    Provider::fetch(&http, &entry.issuer).map_err(|error| Error::from(error).hint(UNCHECKED))
}

/// The algorithms that the provider signs with by its metadata and has keys for, as the entry names them, unless the
/// default says the same. Without any, the check of the entry says why.
pub(super) fn offered(provider: &Provider) -> Option<Setting> {
    let listed = provider.metadata.id_token_signing_alg_values_supported();
    let keys = provider.keys.keys().ok()?;
    // Those that an entry may name: neither `none` nor HS*.
    let usable = CoreJwsSigningAlgorithm::ALL
        .iter()
        .filter(|(_, alg)| listed.contains(alg) && keys.usable(std::slice::from_ref(alg)) > 0);
    let names: Vec<String> = usable.map(|(name, _)| (*name).to_owned()).collect();
    (!names.is_empty() && names != ["RS256"]).then_some(Setting::Texts(names))
}

/// Says what does not fit; what cannot work is an error.
pub(super) fn check(
    context: &Context,
    provider: &Provider,
    entry: &ProviderEntry,
) -> Result<(), Error> {
    let findings = metadata::examined(provider, entry);
    for finding in &findings {
        if finding.grade == Grade::Warn {
            let hint = finding.hint.as_deref().unwrap_or_default();
            context
                .terminal
                .warn(format_args!("{}; {hint}", finding.says));
        }
    }
    match findings
        .into_iter()
        .find(|finding| finding.grade == Grade::Fail)
    {
        Some(finding) => Err(Error::usage(finding.says)
            .hint(finding.hint.unwrap_or_default())
            .hint(UNCHECKED)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Command, ProviderCommand};
    use crate::config::ENTRY_KEYS;

    /// A flag for each key, with something to say; the preset's is `--preset`, or the first word of `add`.
    const ALL: &str = "--issuer https://a.example --client-id c --client-auth none --backchannel --login-hint-form username --request claims \
        --acr-value phr --amr hwk --allow-weak --accept-stronger --rank phr --max-age 1 --freshness each-time \
        --fresh-max-age 1 --prompt login --subject sub --accept-unverified-email --extra connection=corp --skew 1 \
        --authorization-details a --port 1 --redirect-host localhost --redirect-path /a --response-mode query --scope a --challenge-scope b \
        --par never --dpop --audience a --resource https://a.example --ca-file /a --c1-provider 1 \
        --api-origin https://a.example --request-origin https://a.example --id-token-alg ES256";

    #[test]
    fn every_key_of_an_entry_has_a_flag() {
        let words = ["stepup", "provider", "edit", "a"].into_iter();
        let cli = Cli::try_parse_from(words.chain(ALL.split_whitespace())).unwrap();
        let Command::Provider(command) = cli.command else {
            panic!("not `provider`");
        };
        let ProviderCommand::Edit(edit) = *command else {
            panic!("not `provider edit`");
        };
        let keys = set(&edit.settings).unwrap();
        let mut keys: Vec<&str> = keys.iter().map(|(key, _)| *key).chain(["preset"]).collect();
        keys.sort_unstable();
        assert_eq!(keys, ENTRY_KEYS);
    }
}
