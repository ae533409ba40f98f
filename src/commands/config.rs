//! `stepup config path|list|get|set|unset`: the settings of this machine, and where each comes from.

mod settings;

use std::path::Path;

use serde_json::{Value, json};

use crate::adapters::http::host_and_port;
use crate::adapters::sanitize::{sanitize, sanitize_lines};
use crate::adapters::table::Cell;
use crate::cli::{ConfigGet, ConfigList};
use crate::commands::shared::columns;
use crate::config::{
    Config, ConfigError, ENTRY_KEYS, FLAG_KEYS, Profile, SWITCHES, Setting, is_name,
};
use crate::context::Context;
use crate::domain::nearest::nearest;
use crate::error::Error;
use crate::meaning::not_written;
use crate::session::address::api_url;
use crate::session::{Session, next_commands};
use settings::{NAMES, Settled, settled};

/// What people call a setting.
const OTHER_NAMES: [(&str, &str); 8] = [
    ("api", "api_url"),
    ("client_id", "login_client_id"),
    ("colour", "color"),
    ("entry", "provider"),
    ("host", "api_url"),
    ("profile", "default_profile"),
    ("tenant", "api_url"),
    ("url", "api_url"),
];

/// Flags that hold for one run, and are not settings.
const ONE_RUN: [&str; 4] = ["json", "no_input", "quiet", "verbose"];
pub(super) const SETTINGS: [&str; NAMES.len()] = NAMES;

/// Prints where the configuration is, or would be.
pub(super) fn path(context: &Context) -> Result<(), Error> {
    let path = Config::location(context.global.config.as_deref())?;
    let document = json!({
        "schema": "stepup.config-path/1",
        "path": path,
        "exists": path.is_file(),
    });
    context.show_text("the path is known", &path.display().to_string(), &document)
}

/// A line for each setting: what holds here and now.
pub(super) fn list(context: &Context, args: &ConfigList) -> Result<(), Error> {
    let settings = settled(context, &args.flags)?;
    let config = Config::load(context.global.config.as_deref())?;
    let in_use = config.profile(context.global.profile.as_deref()).ok();
    let in_use = in_use.map(|profile| profile.name.as_str());
    let profiles = config.profiles.values();
    let profile = |profile: &Profile| -> Value {
        json!({
            "name": profile.name,
            "api_url": profile.api_url,
            "in_use": in_use == Some(profile.name.as_str()),
        })
    };
    let document = json!({
        "schema": "stepup.settings/1",
        "settings": settings.iter().map(Settled::record).collect::<Vec<_>>(),
        "profiles": profiles.map(profile).collect::<Vec<_>>(),
    });
    let rows: Vec<Vec<Cell>> = settings
        .iter()
        .map(|setting| {
            let value = setting.value.as_deref().unwrap_or("-");
            vec![
                setting.name.into(),
                setting.origin.to_string().into(),
                value.into(),
            ]
        })
        .collect();
    let done = "the settings are known";
    if args.origin {
        context.show_table(done, &columns::SETTINGS_WITH_ORIGIN, &rows, &document)?;
    } else {
        let without = |mut row: Vec<Cell>| {
            row.remove(1);
            row
        };
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(without).collect();
        context.show_table(done, &columns::SETTINGS, &rows, &document)?;
    }
    say_profiles(context, &config, in_use);
    Ok(())
}

/// Every profile and its API, for people, where there are several; a document has them.
fn say_profiles(context: &Context, config: &Config, in_use: Option<&str>) {
    let terminal = &context.terminal;
    if config.profiles.len() < 2 || terminal.format().is_document() {
        return;
    }
    terminal.say("");
    for profile in config.profiles.values() {
        let used = match in_use {
            Some(name) if name == profile.name => " (in use)",
            _ => "",
        };
        let host = host_and_port(&profile.api_url);
        terminal.say(sanitize(&format!("profile {}: {host}{used}", profile.name)));
    }
    terminal.say("another one for one command: `--profile NAME`; for good: `stepup config set default_profile NAME`");
}

/// One setting's value; an empty line if it has none.
pub(super) fn get(context: &Context, args: &ConfigGet) -> Result<(), Error> {
    let name = known(&args.setting)?;
    let settings = settled(context, &args.flags)?;
    let setting = settings.iter().find(|setting| setting.name == name);
    let value = setting.and_then(|setting| setting.value.as_deref());
    let document = json!({
        "schema": "stepup.setting/1",
        "setting": setting.map(Settled::record),
    });
    context.show_text(
        "the setting is known",
        &sanitize(value.unwrap_or_default()),
        &document,
    )
}

/// Writes one setting, or takes it out; the rest of the file stays.
pub(super) fn change(context: &Context, name: &str, value: Option<&str>) -> Result<(), Error> {
    if value.is_none() {
        known(name)?;
    }
    let asked = context.global.profile.as_deref();
    let config = loaded(context, name, value)?;
    let profile = match asked {
        _ if ["completion_titles", "default_profile", "evidence"].contains(&name) => None,
        None if at_the_top(name) => None,
        asked => match (config.profile(asked), name, value) {
            (Ok(profile), ..) => Some(profile.name.clone()),
            (
                Err(ConfigError::NoProfile | ConfigError::UnknownProfile { .. }),
                "api_url",
                Some(url),
            ) => return new_profile(context, url),
            (Err(error), ..) => return Err(unknown_profile(error)),
        },
    };
    if let ("provider", Some(names)) = (name, value) {
        let mut names = names.split_whitespace();
        names.try_for_each(|name| entry(&config, name))?;
    }
    let path = Config::location(context.global.config.as_deref())?;
    let setting = value.map(|value| setting(name, value)).transpose()?;
    if name == "api_url"
        && setting.is_none()
        && let Some(profile) = &profile
    {
        return Err(needed(profile, &path));
    }
    let draft = Config::with_setting(&path, profile.as_deref(), name, setting.as_ref());
    draft.map_err(|error| refused(name, error))?.write(&path)?;
    let place = profile.as_ref().map_or_else(
        || "the configuration".to_owned(),
        |profile| format!("the profile `{profile}`"),
    );
    let text = match &setting {
        Some(setting) => format!("{place} has {name} = {}", sanitize(&setting.to_string())),
        None => format!("{place} has no {name} of its own"),
    };
    let document = json!({
        "schema": "stepup.setting-change/1",
        "name": name,
        "value": setting.as_ref().map(ToString::to_string),
        "profile": profile,
    });
    context.deliver("it is written", &text, &document)
}

/// A profile names entries that are there.
fn entry(config: &Config, name: &str) -> Result<(), Error> {
    let found = config.entry(name).map(drop);
    found.map_err(|error| Error::from(error).hint("nothing was written"))
}

/// The configuration; an empty one where the first profile is made and the file is not there yet.
fn loaded(context: &Context, name: &str, value: Option<&str>) -> Result<Config, ConfigError> {
    match Config::load_for_repair(context.global.config.as_deref()) {
        Err(ConfigError::NotThere { .. } | ConfigError::NotInFolder { .. })
            if name == "api_url" && value.is_some() =>
        {
            Ok(Config::default())
        }
        config => config,
    }
}

/// Whether a setting belongs to this machine rather than to one API, unless a profile is named.
fn at_the_top(name: &str) -> bool {
    let of_the_machine = FLAG_KEYS.contains(&name) && name != "login_hint";
    name == "store" || of_the_machine
}

/// An API's address makes the profile that has it.
fn new_profile(context: &Context, url: &str) -> Result<(), Error> {
    let url = api_url(url)?;
    let session = Session::for_tenant(context, url, None, None)?;
    session.keep_profile()?;
    let profile = &session.profile;
    let next = next_commands(context, &profile.name);
    let text = format!(
        "the profile `{}` is made, with api_url = {}\n{}",
        profile.name,
        profile.api_url,
        next.completed("sign in with `stepup login`")
    );
    let document = json!({
        "schema": "stepup.setting-change/1",
        "name": "api_url",
        "value": profile.api_url,
        "profile": profile.name,
    });
    context.deliver("it is written", &sanitize_lines(&text), &document)
}

/// No profile is without the API that it is of.
fn needed(profile: &str, path: &Path) -> Error {
    Error::usage(format!("`api_url` cannot be unset: the profile `{profile}` is nothing without it"))
        .hint(format!("another API: `stepup config set api_url URL --profile {profile}`"))
        .hint(format!(
            "to remove the profile: `stepup logout --profile {profile}`, then delete `[profiles.{profile}]` in `{}`",
            path.display()
        ))
}

fn unknown_profile(error: ConfigError) -> Error {
    match error {
        ConfigError::UnknownProfile { ref name, .. } if is_name(name) => {
            let make = format!("make it first: `stepup config set api_url URL --profile {name}`");
            Error::usage(error.to_string()).hint(make)
        }
        other => other.into(),
    }
}

/// What is wrong with a setting that is not written: its name, if that is not one.
fn refused(name: &str, error: ConfigError) -> Error {
    match error {
        ConfigError::UnknownKey { .. } => unknown(name).hint("nothing was written"),
        error => not_written(error),
    }
}

/// What is written for this value: a profile may name several entries.
fn setting(name: &str, value: &str) -> Result<Setting, Error> {
    if name == "api_url" {
        let url = api_url(value).map_err(|error| error.hint("nothing was written"))?;
        return Ok(Setting::Text(url.into()));
    }
    if name == "completion_titles" || SWITCHES.contains(&name) {
        return value.parse().map(Setting::Truth).map_err(|_| {
            let sentence = format!(
                "`{name}` cannot be `{}`: it is one of `true`, `false`",
                sanitize(value)
            );
            Error::usage(sentence)
                .hint("nothing was written; run the command again with another value")
        });
    }
    let words: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
    if name == "provider" && words.len() > 1 {
        return Ok(Setting::Texts(words));
    }
    Ok(Setting::Text(value.to_owned()))
}

/// The setting of this name, or what was meant.
fn known(name: &str) -> Result<&'static str, Error> {
    let found = NAMES.iter().find(|known| **known == name);
    found.copied().ok_or_else(|| unknown(name))
}

/// What a name is that is no setting's.
fn unknown(name: &str) -> Error {
    let error = Error::usage(format!("unknown setting `{}`", sanitize(name)));
    let plain_name = name
        .trim_start_matches('-')
        .to_ascii_lowercase()
        .replace('-', "_");
    let meant = OTHER_NAMES.iter().find(|(other, _)| *other == plain_name);
    let meant = meant.map(|(_, meant)| *meant);
    if ONE_RUN.contains(&plain_name.as_str()) {
        let (flag, variable) = (
            plain_name.replace('_', "-"),
            plain_name.to_ascii_uppercase(),
        );
        return error.hint(format!(
            "it is for one run: `--{flag}`, or the variable `STEPUP_{variable}`"
        ));
    }
    if ENTRY_KEYS.contains(&plain_name.as_str()) {
        return error.hint("it belongs to a provider entry: see `stepup provider edit --help`");
    }
    match meant.or_else(|| nearest(&plain_name, NAMES)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`stepup config list` names all settings"),
    }
}
