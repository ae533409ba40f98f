//! A configuration from before entries belonged to APIs: one profile, one entry, and no link between them. On a
//! terminal the person is asked, once, whether the profile's API may get the entry's tokens.

use std::path::Path;

use crate::config::{Config, ConfigError, Profile, ProviderEntry, Setting};
use crate::context::Context;
use crate::error::Error;
use crate::session::Session;

/// The entry that was found; else the only one, if the person lets the only profile name it from now on. The outer
/// error: the question got no answer (Ctrl-C, or a terminal that cannot be read).
pub(crate) fn entry<'a>(
    context: &Context,
    session: &'a Session,
    found: Result<&'a ProviderEntry, ConfigError>,
) -> Result<Result<&'a ProviderEntry, ConfigError>, Error> {
    let error = match found {
        Err(error @ ConfigError::Unlinked { .. }) => error,
        found => return Ok(found),
    };
    let config = &session.config;
    let pair = config.to_be_linked();
    let Some((profile, entry)) = pair.filter(|_| config.is_address_of(&session.profile)) else {
        return Ok(Err(error));
    };
    if let Some(agreed) = session.linked.get() {
        return Ok(if *agreed { Ok(entry) } else { Err(error) });
    }
    let agreed = agreed(context, profile, entry)?;
    let agreed = *session.linked.get_or_init(|| agreed);
    if !agreed {
        return Ok(Err(error));
    }
    Ok(link(session.path(), profile, entry).map(|()| entry))
}

fn link(path: &Path, profile: &Profile, entry: &ProviderEntry) -> Result<(), ConfigError> {
    let named = Setting::Text(entry.name.clone());
    Config::with_setting(path, Some(&profile.name), "provider", Some(&named))?.write(path)
}

fn agreed(context: &Context, profile: &Profile, entry: &ProviderEntry) -> Result<bool, Error> {
    let question = format!(
        "may the API `{}` (profile `{}`) get tokens of the provider entry `{}`? Yes is written to the configuration",
        profile.api_url.origin().ascii_serialization(),
        profile.name,
        entry.name
    );
    let answer = context.terminal.confirm(&question);
    Ok(context.answered(answer)? == Some(true))
}
