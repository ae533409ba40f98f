//! `stepup provider add`: a new entry, checked against what the preset knows and what the provider says,
//! before anything is written.

use std::path::Path;

use super::super::presets;
use super::report;
use super::settings::{check, drafted, fetched, offered, set};
use crate::cli::{EntryAdd, EntrySettings, issuer};
use crate::commands::shared::missing::Missing;
use crate::config::preset::Preset;
use crate::config::{
    ClientAuthMethod, Config, ConfigError, EntryChange, ProviderEntry, RequestStyle, Setting,
};
use crate::context::Context;
use crate::domain::challenge::{Demand, Unanswerable};
use crate::domain::known_values::Accept;
use crate::error::Error;
use crate::meaning::no_acr;
use crate::oidc::provider::Provider;

/// Writes the entry, and says what to register.
pub(in super::super) fn run(context: &Context, args: &EntryAdd) -> Result<(), Error> {
    let preset = preset(context, args.preset.as_deref())?;
    if let Some(reason) = preset.refused {
        return Err(Error::usage(reason)
            .hint("choose a provider that can: `stepup provider presets` shows what each proves"));
    }
    let path = Config::location(context.global.config.as_deref())?;
    let config = match Config::load_for_repair(context.global.config.as_deref()) {
        Err(ConfigError::NotThere { .. } | ConfigError::NotInFolder { .. }) => Config::default(),
        config => config?,
    };
    let name = args.name.clone().unwrap_or_else(|| preset.name.to_owned());
    if config.providers.contains_key(&name) {
        return Err(
            Error::usage(format!("there is a provider entry `{name}` already")).hint(format!(
                "choose another name with `--name`, or change it with `stepup provider edit {name}`"
            )),
        );
    }
    let mut settings = args.settings.clone();
    issuer_asked(context, preset, &mut settings)?;
    let found = looked_at(context, preset, &path, &name, &settings)?;
    let settings = completed(context, preset, settings)?;
    unique(&config, &settings)?;
    let mut change = change(preset, name, &settings)?;
    change.named_by = to_name_it(&config, &settings);
    let (mut draft, mut entry) = drafted(&path, &change)?;
    if !settings.no_check {
        let provider = match found {
            Some(provider) => provider,
            None => fetched(context, &entry)?,
        };
        let is_left_open = settings.id_token_algs.is_empty();
        if let Some(offer) = is_left_open.then(|| offered(&provider)).flatten() {
            change.set.push(("id_token_algs", offer));
            (draft, entry) = drafted(&path, &change)?;
        }
        check(context, &provider, &entry)?;
    }
    draft.write(&path)?;
    advise(context, preset, &entry);
    let name = &entry.name;
    if let Some(profile) = &change.named_by {
        context.terminal.say(format_args!(
            "the profile `{profile}` uses `{name}` from now on: its API may have the tokens of this entry"
        ));
    } else if entry.request_origins.is_empty() && draft.config.apis_of(&entry).is_empty() {
        context.terminal.warn(format_args!(
            "`{name}` belongs to no API yet: `stepup config set provider {name} --profile PROFILE` lets a profile's API have its tokens"
        ));
    }
    report(context, "added", &draft.config, &entry)?;
    context.terminal.say(format_args!(
        "next: `stepup provider test {}`, a sign-in that approves nothing",
        entry.name
    ));
    Ok(())
}

const PRESET: Missing<'static> = Missing {
    what: "preset",
    instead: "nothing was written; name it (`stepup provider presets` shows them)",
};

/// The preset of this name, or the one that is chosen among those that an entry can be made of.
fn preset(context: &Context, name: Option<&str>) -> Result<&'static Preset, Error> {
    if let Some(name) = name {
        return presets::named(name).map_err(|error| {
            error.hint("an entry is named after its preset; `--name NAME` gives it another name")
        });
    }
    let usable = || Ok(Preset::usable().collect());
    PRESET.chosen(context, usable, |preset: &&Preset| {
        format!("{}: {}", preset.name, preset.title)
    })
}

/// The profile whose API the entry is for, if there is one profile only and it names no entry yet.
fn to_name_it(config: &Config, settings: &EntrySettings) -> Option<String> {
    let mut profiles = config.profiles.values();
    let only = profiles.next().filter(|_| profiles.next().is_none());
    let for_apis = settings.request_origins.is_empty() && settings.api_origins.is_empty();
    only.filter(|profile| for_apis && profile.providers.is_empty())
        .map(|profile| profile.name.clone())
}

/// One client of a provider is one entry; the file's own check would name the later of the two.
fn unique(config: &Config, settings: &EntrySettings) -> Result<(), Error> {
    let mut entries = config.providers.values();
    let same = entries.find(|entry| {
        settings.issuer.as_ref() == Some(&entry.issuer)
            && settings.client_id.as_ref() == Some(&entry.client_id)
    });
    match same {
        Some(entry) => Err(Error::usage(format!(
            "the entry `{}` has the same issuer and the same client",
            entry.name
        ))
        .hint(format!(
            "change it with `stepup provider edit {}`",
            entry.name
        ))),
        None => Ok(()),
    }
}

/// What is written: the preset, and what was typed.
fn change(preset: &Preset, name: String, settings: &EntrySettings) -> Result<EntryChange, Error> {
    let mut keys = vec![("preset", Setting::Text(preset.name.to_owned()))];
    keys.extend(set(settings)?);
    Ok(EntryChange {
        name,
        set: keys,
        unset: Vec::new(),
        named_by: None,
    })
}

/// The provider of the issuer, where something else is still to be asked for: whoever mistyped the issuer would fetch a
/// client id in vain.
fn looked_at(
    context: &Context,
    preset: &Preset,
    path: &Path,
    name: &str,
    settings: &EntrySettings,
) -> Result<Option<Provider>, Error> {
    if settings.client_id.is_some() || !context.terminal.can_ask() {
        return Ok(None);
    }
    // Some value, so that there is an entry: nothing of it is written, or sent.
    let mut draft = settings.clone();
    draft.client_id = Some("not-asked-for-yet".to_owned());
    if draft.acr_values.is_empty() && preset.request == RequestStyle::EntraContexts {
        draft.acr_values = vec!["c1".to_owned()];
    }
    let (_, entry) = drafted(path, &change(preset, name.to_owned(), &draft)?)?;
    if settings.no_check {
        return Ok(None);
    }
    fetched(context, &entry).map(Some)
}

/// Asks for the issuer, if it is missing.
fn issuer_asked(
    context: &Context,
    preset: &Preset,
    settings: &mut EntrySettings,
) -> Result<(), Error> {
    if settings.issuer.is_none() {
        let question = format!("issuer URL (such as {})", preset.example_issuer);
        let typed = asked(context, &question, "--issuer URL")?;
        let Ok(issuer) = issuer(&typed);
        settings.issuer = Some(issuer);
    }
    Ok(())
}

/// Asks for what else is missing.
fn completed(
    context: &Context,
    preset: &Preset,
    mut settings: EntrySettings,
) -> Result<EntrySettings, Error> {
    if settings.client_id.is_none() {
        settings.client_id = Some(asked(context, "client id", "--client-id ID")?);
    }
    let needs_context =
        preset.request == RequestStyle::EntraContexts && settings.request_origins.is_empty();
    if needs_context && settings.acr_values.is_empty() {
        let context_id = asked(
            context,
            "authentication context (c1 to c99)",
            "--acr-value c1",
        )?;
        settings.acr_values = context_id.split_whitespace().map(str::to_owned).collect();
    }
    Ok(settings)
}

fn asked(context: &Context, question: &str, flag: &str) -> Result<String, Error> {
    let missing = Missing {
        what: question.split(" (").next().unwrap_or(question),
        instead: &format!("nothing was written; give it with `{flag}`"),
    };
    missing.typed(context, question)
}

/// What remains for a person to do at the provider.
fn advise(context: &Context, preset: &Preset, entry: &ProviderEntry) {
    let terminal = &context.terminal;
    terminal.say("register it at the provider, if that is not done:");
    for step in entry.steps() {
        terminal.say(format_args!("  - {step}"));
    }
    if entry.backchannel.is_none() {
        terminal.say("redirect URIs:");
        for uri in entry.redirect_uris() {
            terminal.say(format_args!("  {uri}"));
        }
    }
    let what = match entry.client_auth {
        ClientAuthMethod::None => None,
        ClientAuthMethod::SecretBasic | ClientAuthMethod::SecretPost => Some("secret"),
        ClientAuthMethod::PrivateKeyJwt => Some("private key"),
    };
    if let Some(what) = what {
        terminal.say(format_args!(
            "then keep the client's {what}: `stepup config set-secret {} < FILE`",
            entry.name
        ));
    }
    let default = Demand::default().agree(&entry.terms());
    if default == Err(Unanswerable::NothingDemanded) {
        terminal.warn(format_args!(
            "this entry asks for nothing by default; say what with `stepup provider edit {} --acr-value {}`",
            entry.name,
            preset.suggested()
        ));
    }
    if entry.tells_no_acr() && !entry.acr_values.is_empty() {
        terminal.warn(no_acr(&entry.name));
    }
    if entry.proves_freshness_only() {
        terminal.warn("this provider proves freshness only, and every receipt will say so");
    }
    let weak = |value: &&String| {
        let known = preset.value(value);
        known.is_some_and(|known| known.accept == Accept::Weak) && entry.weak.contains(value)
    };
    for value in entry.acr_values.iter().filter(weak) {
        terminal.warn(format_args!(
            "`{value}` is weak, and every receipt will name it"
        ));
    }
}
