//! What was typed, as keys of an entry; and the entry that they would produce.

use std::path::{Path, PathBuf};

use crate::ceremony::registration::http_for;
use crate::cli::EntrySettings;
use crate::commands::shared::metadata::{self, Grade};
use crate::config::{Config, Draft, EntryChange, ProviderEntry, Setting};
use crate::context::Context;
use crate::error::{Error, ErrorKind};
use crate::meaning::not_written;

/// The keys that were typed.
pub(super) fn set(settings: &EntrySettings) -> Result<Vec<(&'static str, Setting)>, Error> {
    let text = |text: &Option<String>| text.clone().map(Setting::Text);
    let texts = |texts: &[String]| (!texts.is_empty()).then(|| Setting::Texts(texts.to_vec()));
    let truth = |truth: bool| truth.then_some(Setting::Truth(true));
    let ports = &settings.ports;
    let ports = (!ports.is_empty()).then(|| Setting::Numbers(ports.clone()));
    let ca_file = settings.ca_file.as_deref().map(absolute).transpose()?;
    let keys = [
        ("issuer", text(&settings.issuer)),
        ("client_id", text(&settings.client_id)),
        ("client_auth", text(&settings.client_auth)),
        ("backchannel", truth(settings.backchannel)),
        ("acr_values", texts(&settings.acr_values)),
        ("allow_weak", truth(settings.allow_weak)),
        ("accept_stronger", truth(settings.accept_stronger)),
        ("rank", texts(&settings.rank)),
        ("max_age", settings.max_age.map(Setting::Number)),
        ("skew", settings.skew.map(Setting::Number)),
        ("ports", ports),
        ("redirect_path", text(&settings.redirect_path)),
        ("scopes", texts(&settings.scopes)),
        ("audience", text(&settings.audience)),
        ("resource", text(&settings.resource)),
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
    let path: PathBuf = std::path::absolute(path).map_err(|error| {
        Error::new(ErrorKind::Usage, "the CA file's path cannot be used").caused_by(error)
    })?;
    let text = path.to_str().ok_or_else(|| {
        Error::new(ErrorKind::Usage, "the CA file's path is not UTF-8").hint("choose another path")
    })?;
    Ok(Setting::Text(text.to_owned()))
}

/// The configuration with the change, and the entry in it; both checked, nothing written.
pub(super) fn drafted(path: &Path, change: &EntryChange) -> Result<(Draft, ProviderEntry), Error> {
    let draft = Config::with_entry(path, change).map_err(not_written)?;
    let entry = draft.config.entry(&change.name)?.clone();
    Ok((draft, entry))
}

/// Reads the provider's metadata, and says what does not fit; what cannot work is an error.
pub(super) fn check(context: &Context, entry: &ProviderEntry) -> Result<(), Error> {
    let unchecked = "to write it all the same, add `--no-check`";
    let http = http_for(context, entry)?;
    let findings = metadata::examine(&http, entry).map_err(|error| error.hint(unchecked))?;
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
        Some(finding) => Err(Error::new(ErrorKind::Usage, finding.says)
            .hint(finding.hint.unwrap_or_default())
            .hint(unchecked)),
        None => Ok(()),
    }
}
