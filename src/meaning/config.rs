//! What is wrong with the configuration, or not in it, and the command that mends it.

use crate::config::ConfigError;
use crate::domain::no_proof;
use crate::error::{Error, ErrorKind};

/// Whoever runs an installed binary has no README at hand.
const FIRST_PROFILE: &str =
    "`stepup login TENANT` makes one; `stepup config path` says where the configuration is";
const FIRST_ENTRY: &str =
    "`stepup provider add PRESET` makes one; `stepup provider presets` shows which there are";

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        let did_you_mean = |suggestion: &Option<String>| {
            suggestion
                .as_ref()
                .map(|name| format!("did you mean `{name}`?"))
        };
        let known = |names: &[String]| Some(format!("there is: `{}`", names.join("`, `")));
        let hint = match &error {
            ConfigError::UnknownKey { suggestion, .. }
            | ConfigError::UnknownValue { suggestion, .. } => did_you_mean(suggestion),
            ConfigError::UnknownProfile { known, .. } if known.is_empty() => Some(FIRST_PROFILE.into()),
            ConfigError::UnknownEntry { known, .. } if known.is_empty() => Some(FIRST_ENTRY.into()),
            ConfigError::UnknownProfile { suggestion, known: names, .. }
            | ConfigError::UnknownEntry { suggestion, known: names, .. } => {
                did_you_mean(suggestion).or_else(|| known(names))
            }
            ConfigError::ManyProfiles { .. } => {
                Some("choose one with `--profile`, or set `default_profile`".into())
            }
            ConfigError::Unlinked { .. } | ConfigError::NotForApi { .. } => Some(link(&error)),
            ConfigError::ForeignEntry { name, api, .. } => Some(format!(
                "nothing was approved: a token of `{name}` could be used at its own API; show this to whoever runs `{api}`. If that is the same API under another address, `stepup provider edit {name} --api-origin {api}`"
            )),
            ConfigError::ManyEntries { .. } => Some(
                "choose one with `--provider`, or list the step's provider id in its `c1_provider_ids`".into(),
            ),
            ConfigError::NoProfile => Some(FIRST_PROFILE.into()),
            ConfigError::NoEntry => Some(FIRST_ENTRY.into()),
            ConfigError::Tampered(tampering) => Some(format!(
                "it decides where your tokens go; look at it, then `{}`",
                tampering.remedy()
            )),
            ConfigError::NoProof { .. } => Some(no_proof::INSTEAD.into()),
            ConfigError::SecretKey { .. } => Some(
                "remove it from the file, and store it with `stepup login --token-stdin` or in the keyring".into(),
            ),
            ConfigError::NotForOrigin { .. } => {
                Some("list it in the entry's `request_origins`, or choose another entry with `--provider`".into())
            }
            ConfigError::ForRequests { .. } => {
                Some("choose another entry with `--provider`; `stepup provider list` shows them".into())
            }
            ConfigError::OtherEntry { mapped, .. } => {
                Some(format!("leave `--provider` out, or use `--provider {mapped}`"))
            }
            ConfigError::NotThere { .. }
            | ConfigError::NotInFolder { .. }
            | ConfigError::NoHome
            | ConfigError::Unreadable { .. } => {
                Some("`--config` takes a file, or a folder that holds `config.toml`".into())
            }
            _ => None,
        };
        let hint = hint.unwrap_or_else(|| {
            "correct that line; docs/guide/configuration.md lists every key and what it takes"
                .into()
        });
        let kind = match &error {
            ConfigError::ForeignEntry { .. } => ErrorKind::Untrusted,
            _ => ErrorKind::Usage,
        };
        Self::new(kind, error.to_string()).hint(hint)
    }
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
        _ => "the address is no configured profile's: name the entry whose tokens may go there with the flag `--provider NAME` (the variable `STEPUP_PROVIDER` is not enough), or list the address for good with `stepup provider edit NAME --api-origin ORIGIN`".to_owned(),
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

/// An error of what would be written: the mistake is on the command line, though the file would be where it shows.
pub(crate) fn not_written(error: ConfigError) -> Error {
    let sentence = error.to_string();
    match error {
        ConfigError::BadValue { .. }
        | ConfigError::MissingKey { .. }
        | ConfigError::WrongType { .. }
        | ConfigError::BadName { .. } => Error::new(ErrorKind::Usage, sentence)
            .hint("nothing was written; run the command again with another value"),
        ConfigError::Unwritable { .. } => {
            Error::new(ErrorKind::Usage, sentence).hint("nothing was written; look at the file")
        }
        other => Error::from(other).hint("nothing was written"),
    }
}
