//! A configuration from before entries belonged to APIs: one profile, one entry, and nothing that says that the
//! one's API may have the other's tokens. On a terminal the person is asked, once for all.

use std::path::Path;

use super::Context;
use super::metadata::{Finding, Grade};
use super::session::Session;
use crate::config::{Config, ConfigError, Profile, ProviderEntry, Setting};

/// The entry that was found; else the only one, if the person lets the only profile name it from now on.
pub(super) fn entry<'a>(
    context: &Context,
    session: &'a Session,
    found: Result<&'a ProviderEntry, ConfigError>,
) -> Result<&'a ProviderEntry, ConfigError> {
    let error = match found {
        Err(error @ ConfigError::Unlinked { .. }) => error,
        found => return found,
    };
    let config = &session.config;
    let pair = config.to_be_linked();
    let Some((profile, entry)) = pair.filter(|_| config.is_address_of(&session.profile)) else {
        return Err(error);
    };
    if let Some(agreed) = session.linked.get() {
        return if *agreed { Ok(entry) } else { Err(error) };
    }
    let agreed = *session
        .linked
        .get_or_init(|| agreed(context, profile, entry));
    if !agreed {
        return Err(error);
    }
    link(session.path(), profile, entry)?;
    Ok(entry)
}

fn link(path: &Path, profile: &Profile, entry: &ProviderEntry) -> Result<(), ConfigError> {
    let named = Setting::Text(entry.name.clone());
    Config::with_setting(path, Some(&profile.name), "provider", Some(&named))?.write(path)
}

fn agreed(context: &Context, profile: &Profile, entry: &ProviderEntry) -> bool {
    let question = format!(
        "may the API `{}` (profile `{}`) get tokens of the provider entry `{}`? Yes is written to the configuration",
        profile.api_url.origin().ascii_serialization(),
        profile.name,
        entry.name
    );
    let answer = context.terminal.confirm(&question);
    // An answer that could not be read is none, and the refusal stands.
    context
        .answered(answer)
        .is_ok_and(|answer| answer == Some(true))
}

/// An entry that no approval can use yet, as a line of a check.
pub(super) fn unlinked(config: &Config, entry: &ProviderEntry) -> Option<Finding> {
    let for_apis = entry.request_origins.is_empty();
    (for_apis && config.apis_of(entry).is_empty()).then(|| {
        let says = "it belongs to no API yet, so that no approval uses it";
        Finding::new("api", Grade::Warn, says).hint(format!(
            "let a profile name it: `stepup config set provider {} --profile PROFILE`",
            entry.name
        ))
    })
}
