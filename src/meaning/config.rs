//! What is wrong with the configuration, or not in it, and the command that mends it.

use std::ffi::OsStr;
use std::path::Path;

use crate::config::preset::Preset;
use crate::config::{ConfigError, is_name};
use crate::domain::no_proof;
use crate::error::{Error, ErrorKind};

/// Whoever runs an installed binary has no README at hand: the ways on, each as it is typed.
pub(crate) const WAYS_ON: &[&str] = &[
    #[cfg(feature = "sandbox")]
    "to try it without any set-up: `stepup demo`",
    "to sign in: `stepup login` on a terminal asks for all that it needs",
    "without a terminal, with an API key of C1: `stepup login TENANT --client-id ID --client-secret-stdin < FILE`",
    "with cone, C1's own command line: `cone login TENANT`; stepup uses that sign-in",
];
const FIRST_ENTRY: &str =
    "add one with `stepup provider add PRESET`; `stepup provider presets` lists the presets";

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        let kind = match &error {
            ConfigError::ForeignEntry { .. } => ErrorKind::Untrusted,
            _ => ErrorKind::Usage,
        };
        if let ConfigError::NoProfile = error {
            return not_set_up(Self::new(
                kind,
                "stepup is not set up yet: no profile is configured",
            ));
        }
        let hints = near(&error).unwrap_or_else(|| vec![remedy(&error)]);
        let error = Self::new(kind, error.to_string());
        hints.into_iter().fold(error, Self::hint)
    }
}

/// What was perhaps meant by a name or a word that is unknown, or what there is.
fn near(error: &ConfigError) -> Option<Vec<String>> {
    let did_you_mean = |suggestion: &Option<String>| {
        let name = suggestion.as_ref()?;
        Some(vec![format!("did you mean `{name}`?")])
    };
    match error {
        ConfigError::UnknownKey { suggestion, .. }
        | ConfigError::UnknownValue { suggestion, .. } => did_you_mean(suggestion),
        ConfigError::UnknownProfile { name, known, .. } if known.is_empty() && !is_name(name) => {
            Some(vec!["choose another name: `--profile NAME`".to_owned()])
        }
        ConfigError::UnknownProfile { name, known, .. } if known.is_empty() => Some(vec![format!(
            "make it with `stepup config set api_url URL --profile {name}`, or with `stepup login TENANT --profile {name}`"
        )]),
        ConfigError::UnknownEntry {
            name,
            known,
            suggestion: None,
        } => {
            let mut hints = Vec::new();
            hints.extend((!known.is_empty()).then(|| available(known)));
            hints.extend(is_name(name).then(|| made_by(name)));
            hints.extend(hints.is_empty().then(|| FIRST_ENTRY.to_owned()));
            Some(hints)
        }
        ConfigError::UnknownProfile {
            suggestion, known, ..
        }
        | ConfigError::UnknownEntry {
            suggestion, known, ..
        } => {
            did_you_mean(suggestion).or_else(|| (!known.is_empty()).then(|| vec![available(known)]))
        }
        _ => None,
    }
}

/// What there is.
fn available(names: &[String]) -> String {
    format!("available: `{}`", names.join("`, `"))
}

/// What mends it.
fn remedy(error: &ConfigError) -> String {
    match error {
        ConfigError::ManyProfiles { .. } => {
            "choose one with `--profile`, or set `default_profile`".into()
        }
        ConfigError::Unlinked { .. } | ConfigError::NotForApi { .. } => link(error),
        ConfigError::ForeignEntry { name, api, .. } => format!(
            "a token of `{name}` could be used at its own API; show this to the administrator of `{api}`. If that is the same API under another URL, `stepup provider edit {name} --api-origin {api}`"
        ),
        ConfigError::ManyEntries { .. } => {
            "choose one with `--provider`, or list the step's provider id in its `c1_provider_ids`".into()
        }
        ConfigError::NoEntry => FIRST_ENTRY.into(),
        ConfigError::Tampered(tampering) => format!(
            "it decides where your tokens go; look at it, then `{}`",
            tampering.remedy()
        ),
        ConfigError::NoProof { .. } => no_proof::INSTEAD.into(),
        ConfigError::SecretKey { .. } => {
            "store it with `stepup login --token-stdin` or `stepup config set-secret`; if it is in the file already, remove it there".into()
        }
        ConfigError::NotForOrigin { .. } => {
            "list it in the entry's `request_origins`, or choose another entry with `--provider`".into()
        }
        ConfigError::ForRequests { .. } => {
            "choose another entry with `--provider`; `stepup provider list` shows them".into()
        }
        ConfigError::OtherEntry { mapped, .. } => {
            format!("leave `--provider` out, or use `--provider {mapped}`")
        }
        ConfigError::NotThere { path } | ConfigError::NotInFolder { path } if is_a_sandboxs(path) => {
            "the sandbox that had it has ended: run `stepup sandbox` again, and set `STEPUP_CONFIG` as it says".into()
        }
        ConfigError::NotThere { .. }
        | ConfigError::NotInFolder { .. }
        | ConfigError::NoHome
        | ConfigError::Unreadable { .. } => {
            "`--config` takes a file, or a folder that holds `config.toml`; so does the variable `STEPUP_CONFIG`".into()
        }
        _ => "correct that line; `stepup help configuration` lists every key and what it takes".into(),
    }
}

/// Whether a sandbox makes folders of this name, which go with it.
fn is_a_sandboxs(path: &Path) -> bool {
    let mut names = path.iter().filter_map(OsStr::to_str);
    names.any(|name| name.starts_with("stepup-sandbox-"))
}

/// An entry that is to be removed and is not there: no command is named that makes it.
pub(crate) fn nothing_to_remove(error: ConfigError) -> Error {
    let hint = match &error {
        ConfigError::UnknownEntry { known, .. } if known.is_empty() => {
            "no provider entry is configured".to_owned()
        }
        ConfigError::UnknownEntry {
            suggestion: None,
            known,
            ..
        } => available(known),
        _ => return error.into(),
    };
    Error::usage(error.to_string()).hint(hint)
}

/// The command that makes a provider entry of this name.
fn made_by(name: &str) -> String {
    if Preset::usable().any(|preset| preset.name == name) {
        return format!("make it with `stepup provider add {name}`");
    }
    let commands: Vec<String> = match Preset::meant(name).as_slice() {
        family @ [_, _, ..] => {
            let command =
                |preset: &&Preset| format!("`stepup provider add {} --name {name}`", preset.name);
            family.iter().map(command).collect()
        }
        _ => {
            return format!(
                "make it with `stepup provider add PRESET --name {name}`; `stepup provider presets` lists the presets"
            );
        }
    };
    format!("make it with {}", commands.join(" or "))
}

/// The error with the ways on of somebody who has not set anything up.
pub(crate) fn not_set_up(error: Error) -> Error {
    WAYS_ON.iter().fold(error, |error, way| error.hint(*way))
}

/// How an entry comes to belong to an API: in the configuration, or for one run by a name that is typed.
fn link(error: &ConfigError) -> String {
    match error {
        ConfigError::Unlinked { profile: Some(profile), known, named, .. } => {
            let name = match known.as_slice() {
                [only] => only.as_str(),
                _ => "NAME",
            };
            format!("if this API may have the entry's tokens, say so once: {}", set_provider(named, name, profile))
        }
        ConfigError::NotForApi { profile: Some(profile), name, apis, .. } if apis.is_empty() => {
            format!("if this API may have the entry's tokens, say so once: {}", set_provider(&[], name, profile))
        }
        ConfigError::NotForApi { profile: Some(_), .. } => {
            "an entry's tokens go to its own APIs only: choose another with `--provider`, or make one with a client of its own for this API".to_owned()
        }
        _ => "the URL belongs to no configured profile: name the entry whose tokens may go there with the flag `--provider NAME` (the variable `STEPUP_PROVIDER` is not enough), or list its origin for good with `stepup provider edit NAME --api-origin ORIGIN`".to_owned(),
    }
}

/// The command that lets a profile name an entry beside those that it names already.
fn set_provider(named: &[String], name: &str, profile: &str) -> String {
    let all: Vec<&str> = named.iter().map(String::as_str).chain([name]).collect();
    match all.as_slice() {
        [only] => format!("`stepup config set provider {only} --profile {profile}`"),
        all => format!(
            "`stepup config set provider \"{}\" --profile {profile}`",
            all.join(" ")
        ),
    }
}

/// An error of what would be written: the mistake is on the command line, so no line of the file is named.
pub(crate) fn not_written(error: ConfigError) -> Error {
    let error = error.typed();
    let sentence = error.to_string();
    match error {
        ConfigError::BadValue { .. }
        | ConfigError::MissingKey { .. }
        | ConfigError::WrongType { .. }
        | ConfigError::BadName { .. }
        | ConfigError::UnknownValue {
            suggestion: None, ..
        } => Error::usage(sentence)
            .hint("nothing was written; run the command again with another value"),
        ConfigError::Unwritable { .. } => {
            Error::usage(sentence).hint("nothing was written; look at the file")
        }
        other => Error::from(other).hint("nothing was written"),
    }
}
