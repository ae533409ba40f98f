//! What can be wrong with the configuration file, or with a name looked up in it.
//!
//! Sentences only; what each kind means to the caller, and what to do next, is for `crate::meaning`. The
//! data for a hint (a suggestion, the known names) is in the variant.

use std::fmt;
use std::path::PathBuf;

use super::name::{RULE, nothing_has};
use crate::adapters::tampering::Tampering;

/// Why there is no configuration, or not this part of it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConfigError {
    /// `--config` or `STEPUP_CONFIG` names nothing that exists.
    #[error("there is no configuration at `{}`", path.display())]
    NotThere { path: PathBuf },
    /// `--config` or `STEPUP_CONFIG` names a folder without a configuration.
    #[error("the folder `{}` holds no `config.toml`", path.display())]
    NotInFolder { path: PathBuf },
    /// The system knows no home folder, so there is no default place either.
    #[error("there is no home folder to keep a configuration in")]
    NoHome,
    /// The file is there and cannot be read.
    #[error("the configuration `{}` could not be read: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    /// Others could have written it, and it decides where tokens go.
    #[error("the configuration is not read: {0}")]
    Tampered(#[from] Tampering),
    /// A new profile could not be written into the file.
    #[error("the configuration `{}` could not be written: {reason}", path.display())]
    Unwritable { path: PathBuf, reason: String },
    #[error("the configuration is not UTF-8 text{place}")]
    NotText {
        /// The first line that is not.
        place: Box<Place>,
    },
    #[error("the configuration is not valid TOML{place}: {reason}")]
    NotToml {
        /// Where parsing stopped.
        place: Box<Place>,
        /// What the parser said; it names syntax, not content.
        reason: String,
    },
    /// A key nobody reads.
    #[error("unknown key `{key}`{place}")]
    UnknownKey {
        key: String,
        place: Box<Place>,
        /// The nearest key that is read there.
        suggestion: Option<String>,
    },
    /// A secret in the file, by the name of its key. The value is not repeated here.
    #[error(
        "`{key}` is refused{place}: secrets live in the credential store, never in the configuration"
    )]
    SecretKey { key: String, place: Box<Place> },
    /// A token or an address that proves nothing (providers.md A11). The value is not repeated here.
    #[error("`{key}` is not used{place}: {reason}")]
    NoProof {
        key: String,
        /// Why.
        reason: &'static str,
        place: Box<Place>,
    },
    /// A key that must be there and is not.
    #[error("`{key}` is missing{place}")]
    MissingKey {
        key: String,
        /// The table it is missing from.
        place: Box<Place>,
    },
    /// A value of another type than the key takes.
    #[error("`{key}` must be of type {expected}{place}, not {found}")]
    WrongType {
        key: String,
        /// The type it takes, in TOML's words.
        expected: &'static str,
        /// The type it has, in TOML's words.
        found: &'static str,
        place: Box<Place>,
    },
    /// A value outside a closed list.
    #[error("`{key}` cannot be `{value}`{place}: it is one of {}", Names(allowed))]
    UnknownValue {
        key: String,
        value: String,
        /// Every value the key takes.
        allowed: Vec<String>,
        suggestion: Option<String>,
        place: Box<Place>,
    },
    /// A value that breaks the key's rule.
    #[error("`{key}` cannot be `{value}`{place}: {reason}")]
    BadValue {
        key: String,
        value: String,
        /// The rule.
        reason: String,
        place: Box<Place>,
    },
    /// A profile or provider entry with a name that could not be typed, or used in a path.
    #[error("`{name}` is not a name{place}: {RULE}")]
    BadName { name: String, place: Box<Place> },
    /// A profile asked for by a name that none has.
    #[error("{}", nothing_has("profile", name))]
    UnknownProfile {
        name: String,
        known: Vec<String>,
        suggestion: Option<String>,
    },
    #[error("no profile is configured")]
    NoProfile,
    /// Several profiles, no default, none asked for.
    #[error(
        "several profiles are configured and none of them is the default: {}",
        Names(known)
    )]
    ManyProfiles { known: Vec<String> },
    /// A provider entry asked for by a name that none has.
    #[error("{}", nothing_has("provider entry", name))]
    UnknownEntry {
        name: String,
        known: Vec<String>,
        suggestion: Option<String>,
    },
    #[error("no provider is configured")]
    NoEntry,
    /// Several provider entries, and nothing says which.
    #[error("several providers are configured and nothing says which to use{}: {}", For(c1_provider_id.as_deref()), Names(known))]
    ManyEntries {
        known: Vec<String>,
        /// The step-up provider the step demands, if it names one.
        c1_provider_id: Option<String>,
    },
    /// The entry asked for is for other servers than the API.
    #[error(
        "the provider entry `{name}` is for requests to other servers (`request_origins`), not for this API"
    )]
    ForRequests { name: String },
    /// No entry belongs to the API, or the one that serves what it asks for does not.
    #[error(
        "no provider entry belongs to the API `{api}`; configured: {}",
        Names(known)
    )]
    Unlinked {
        api: String,
        /// The entries that could.
        known: Vec<String>,
        /// The profile of the API, if the address is a profile's.
        profile: Option<String>,
        /// The entries that the profile names already.
        named: Vec<String>,
    },
    /// The entry asked for belongs to other APIs, or to none yet.
    #[error(
        "the provider entry `{name}` does not belong to the API `{api}`: it belongs to {}",
        Apis(apis)
    )]
    NotForApi {
        name: String,
        api: String,
        /// The origins of the APIs that it belongs to.
        apis: Vec<String>,
        /// The profile of the API, if the address is a profile's.
        profile: Option<String>,
    },
    /// An API asks for what an entry of another API serves. [RFC 9700 §4.9.1]
    #[error(
        "the API `{api}` requires the step-up provider `{c1_provider_id}`, which the entry `{name}` serves, and `{name}` belongs to {}",
        Apis(apis)
    )]
    ForeignEntry {
        /// The step-up provider that the API names.
        c1_provider_id: String,
        /// The entry that serves it.
        name: String,
        api: String,
        /// The origins of the APIs that the entry belongs to.
        apis: Vec<String>,
    },
    /// The entry asked for is not for this server.
    #[error("the tokens of the provider entry `{name}` may not go to `{origin}`")]
    NotForOrigin { name: String, origin: String },
    /// The entry asked for serves other step-up providers than the one the step demands.
    #[error(
        "the step requires the step-up provider `{c1_provider_id}`, which the entry `{mapped}` serves and `{name}` does not"
    )]
    OtherEntry {
        name: String,
        c1_provider_id: String,
        /// The entry that serves it.
        mapped: String,
    },
}

impl ConfigError {
    /// The same mistake in what was typed: no line of a file that was never written is named.
    #[must_use]
    pub(crate) fn typed(mut self) -> Self {
        if let Self::UnknownKey { place, .. }
        | Self::SecretKey { place, .. }
        | Self::NoProof { place, .. }
        | Self::MissingKey { place, .. }
        | Self::WrongType { place, .. }
        | Self::UnknownValue { place, .. }
        | Self::BadValue { place, .. }
        | Self::BadName { place, .. } = &mut self
        {
            **place = Place::nowhere();
        }
        self
    }
}

/// Where in the file something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    /// The table, such as `providers.okta`; empty for the top level.
    pub(crate) table: String,
    /// The line, from 1.
    pub(crate) line: usize,
}

impl Place {
    /// Of what was typed, and stands in no file.
    fn nowhere() -> Self {
        Self {
            path: PathBuf::new(),
            table: String::new(),
            line: 0,
        }
    }
}

/// ` in ...`, and nothing for what stands in no file.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return Ok(());
        }
        f.write_str(" in ")?;
        if !self.table.is_empty() {
            write!(f, "`[{}]`, ", self.table)?;
        }
        write!(f, "line {} of `{}`", self.line, self.path.display())
    }
}

/// At most 64 characters of a value, for a sentence.
pub(super) fn shown(value: &str) -> String {
    match value.char_indices().nth(64) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

struct Names<'a>(&'a [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}`{name}`")?;
        }
        Ok(())
    }
}

struct Apis<'a>(&'a [String]);

impl fmt::Display for Apis<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str("no API yet"),
            apis => Names(apis).fmt(f),
        }
    }
}

struct For<'a>(Option<&'a str>);

impl fmt::Display for For<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(id) => write!(f, " for the step-up provider `{id}`"),
            None => Ok(()),
        }
    }
}
