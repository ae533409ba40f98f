//! The configuration file: where it is, what it says, and which profile and provider entry are meant.
//!
//! One TOML file, read once and checked as a whole, so that what comes out needs no further checking.
//! It never holds a secret; those are in `adapters::credentials`. Flags and environment are laid over it
//! by the commands.

mod choices;
mod edit;
mod entry;
mod error;
mod flag_defaults;
mod name;
pub(crate) mod preset;
#[cfg(test)]
mod properties;
mod reader;
mod rules;
mod select;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use toml::de::DeTable;
use url::Url;

use crate::adapters::bearer::KeyForm;
use crate::adapters::credentials::{CredentialName, StoreKind};
use crate::adapters::files::config_folder;
use crate::adapters::tampering::refuse_tampering;
use crate::adapters::text;
use crate::domain::ceremony::Ceremony;
use reader::{Source, Table};

pub(crate) use choices::{
    Backchannel, CeremonyChoice, ClientAuthMethod, Keeping, Prompt, Pushing, RedirectHost,
    RequestStyle, ResponseMode,
};
pub(crate) use edit::{Draft, EntryChange, Setting, Written};
pub(crate) use entry::{KEYS as ENTRY_KEYS, ProviderEntry};
pub(crate) use error::ConfigError;
pub(crate) use flag_defaults::{FLAG_KEYS, FlagDefaults, SWITCHES, duration};
pub(crate) use name::is_name;
pub(crate) use reader::Choice;
pub(crate) use rules::{api_address, public};
pub(crate) use select::{Asked, one_of};

/// The file's name in its folder.
const FILE: &str = "config.toml";

/// Far more than anyone writes, bytes; keeps a device or a wrong path from filling the memory.
const LARGEST: u64 = 1024 * 1024;

/// The keys of the top level.
const KEYS: [&str; 15] = [
    "browser",
    "color",
    "completion_titles",
    "default_profile",
    "evidence",
    "http_timeout",
    "login_hint",
    "no_browser",
    "output",
    "profiles",
    "providers",
    "receipt_log",
    "remote",
    "store",
    "timeout",
];

/// The keys of `[profiles.NAME]`.
pub(crate) const PROFILE_KEYS: [&str; 16] = [
    "api_key_form",
    "api_url",
    "browser",
    "ceremony",
    "color",
    "http_timeout",
    "login_client_id",
    "login_hint",
    "no_browser",
    "output",
    "person",
    "provider",
    "receipt_log",
    "remote",
    "store",
    "timeout",
];

/// The whole configuration. Empty when there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// The profile used when none is named; exists in `profiles`.
    pub(crate) default_profile: Option<String>,
    /// Where secrets are kept, unless a profile says otherwise.
    pub(crate) store: Option<StoreKind>,
    pub(crate) evidence: Keeping,
    /// Whether titles of tasks are remembered and shown where a shell completes their ids.
    pub(crate) completion_titles: bool,
    pub(crate) profiles: BTreeMap<String, Profile>,
    pub(crate) providers: BTreeMap<String, ProviderEntry>,
    /// What flags say by default, unless a profile says otherwise.
    pub(crate) flag_defaults: FlagDefaults,
    /// The file that was read.
    pub(crate) path: Option<PathBuf>,
    /// What profiles need of provider entries that is not there. A configuration with anything here is for repairs.
    missing: Vec<String>,
}

/// Whether a configuration is taken whose profiles name entries that are not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It cannot be used.
    Refused,
    /// It is read by a command that may repair it.
    Kept,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            default_profile: None,
            store: None,
            evidence: Keeping::default(),
            completion_titles: true,
            profiles: BTreeMap::new(),
            providers: BTreeMap::new(),
            flag_defaults: FlagDefaults::default(),
            path: None,
            missing: Vec::new(),
        }
    }
}

/// One `[profiles.NAME]` table: an API, and what to use with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    /// The profile's name, `[a-z0-9_-]{1,64}`.
    pub(crate) name: String,
    /// The API's base URL: https, or http on loopback; no query, no fragment.
    pub(crate) api_url: Url,
    /// Whose profile it is: the address, user name or id of the only person whose credential may be used.
    pub(crate) person: Option<String>,
    /// The provider entries whose tokens may go to this API; each exists in `Config::providers`. The only one
    /// of them serves every step whose step-up provider no entry lists.
    pub(crate) providers: Vec<String>,
    pub(crate) store: Option<StoreKind>,
    /// The public client of device sign-in. C1 lets nobody register one, so there is no default.
    pub(crate) login_client_id: Option<String>,
    pub(crate) api_key_form: KeyForm,
    /// Which ceremony to use; auto follows the API.
    pub(crate) ceremony: CeremonyChoice,
    pub(crate) flag_defaults: FlagDefaults,
}

impl Profile {
    /// A profile with nothing but its API.
    pub(crate) fn new(name: &str, api_url: Url) -> Self {
        Self {
            name: name.to_owned(),
            api_url,
            person: None,
            providers: Vec::new(),
            store: None,
            login_client_id: None,
            api_key_form: KeyForm::default(),
            ceremony: CeremonyChoice::default(),
            flag_defaults: FlagDefaults::new(),
        }
    }

    /// The name of the API credential in the credential store: it is for this origin and no other.
    pub(crate) fn credential(&self) -> CredentialName {
        let origin = self.api_url.origin().ascii_serialization();
        CredentialName::of_profile(&self.name, Some(origin))
    }
}

impl Config {
    /// What the file says for flags with this profile, or with the default one.
    pub(crate) fn flag_defaults(&self, profile: Option<&str>) -> FlagDefaults {
        let mut defaults = self.flag_defaults.clone();
        if let Ok(profile) = self.profile(profile) {
            defaults.extend(profile.flag_defaults.clone());
        }
        defaults
    }

    /// Where the configuration is, or would be: `explicit` (a file, or a folder that holds
    /// `config.toml`), else in [`config_folder`].
    pub(crate) fn location(explicit: Option<&Path>) -> Result<PathBuf, ConfigError> {
        match explicit {
            Some(path) if path.is_dir() => Ok(path.join(FILE)),
            Some(path) => Ok(path.to_owned()),
            None => config_folder()
                .map(|folder| folder.join(FILE))
                .ok_or(ConfigError::NoHome),
        }
    }

    /// Reads and checks the configuration. Without a file in the default place it is empty; an
    /// `explicit` path must be there.
    pub(crate) fn load(explicit: Option<&Path>) -> Result<Self, ConfigError> {
        Self::load_with(explicit, Missing::Refused)
    }

    /// The configuration for a command that may repair it: a profile may name provider entries that are not there.
    pub(crate) fn load_for_repair(explicit: Option<&Path>) -> Result<Self, ConfigError> {
        Self::load_with(explicit, Missing::Kept)
    }

    fn load_with(explicit: Option<&Path>, missing: Missing) -> Result<Self, ConfigError> {
        let path = match Self::location(explicit) {
            Err(ConfigError::NoHome) => return Ok(Self::default()),
            path => path?,
        };
        refuse_tampering(&path)?;
        match (read(&path), explicit) {
            (Ok(bytes), _) => Self::parse_with(&path, &bytes, missing),
            (Err(error), None) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            (Err(error), Some(given)) if error.kind() == ErrorKind::NotFound => {
                Err(not_there(given))
            }
            (Err(error), _) => Err(ConfigError::Unreadable {
                path,
                reason: error.to_string(),
            }),
        }
    }

    /// Whether the file holds one of these words: where it does not, it need not be read for them.
    pub(crate) fn mentions(explicit: Option<&Path>, words: &[&str]) -> bool {
        let bytes = Self::location(explicit)
            .ok()
            .and_then(|path| read(&path).ok());
        let bytes = bytes.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        words.iter().any(|word| text.contains(word))
    }

    /// Where secrets are kept: as this profile says, as the file says, or in the keyring.
    pub(crate) fn store(&self, profile: Option<&Profile>) -> StoreKind {
        let own = profile.and_then(|profile| profile.store);
        own.or(self.store).unwrap_or(StoreKind::Keyring)
    }

    /// Reads these bytes as a configuration.
    #[cfg(fuzzing)]
    pub(crate) fn fuzz(bytes: &[u8]) {
        let _ = Self::parse(Path::new("config.toml"), bytes).map_err(|error| error.to_string());
    }

    fn parse(path: &Path, bytes: &[u8]) -> Result<Self, ConfigError> {
        Self::parse_with(path, bytes, Missing::Refused)
    }

    fn parse_with(path: &Path, bytes: &[u8], missing: Missing) -> Result<Self, ConfigError> {
        let bytes = text::document(bytes);
        let source = Source {
            path,
            text: text(path, &bytes)?,
        };
        let document = DeTable::parse(source.text).map_err(|error| ConfigError::NotToml {
            place: source
                .place("", error.span().map_or(0, |span| span.start))
                .into(),
            reason: error.message().to_owned(),
        })?;
        let top = Table::top(&source, document.get_ref(), &KEYS)?;
        let folder = folder_of(path);
        let providers = providers(&top, folder)?;
        let profiles = profiles(&top, &providers, folder, missing)?;
        let missing = missing_entries(&profiles, &providers);
        Ok(Self {
            default_profile: known(&top, "default_profile", &profiles)?,
            store: top.choice("store")?,
            evidence: top.choice("evidence")?.unwrap_or_default(),
            completion_titles: top.truth("completion_titles")?.unwrap_or(true),
            profiles,
            providers,
            flag_defaults: flag_defaults::read(&top, folder)?,
            path: Some(path.to_owned()),
            missing,
        })
    }
}

/// The folder of a configuration file, where the rest is that belongs to it.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(std::io::Error::other("it is larger than 1 MiB"));
    }
    Ok(bytes)
}

fn not_there(given: &Path) -> ConfigError {
    let path = given.to_owned();
    if given.is_dir() {
        ConfigError::NotInFolder { path }
    } else {
        ConfigError::NotThere { path }
    }
}

/// The bytes as text, or where they stop being text.
fn text<'a>(path: &'a Path, bytes: &'a [u8]) -> Result<&'a str, ConfigError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let text = std::str::from_utf8(good).unwrap_or_default();
        ConfigError::NotText {
            place: Source { path, text }.place("", text.len()).into(),
        }
    })
}

fn providers(
    top: &Table<'_>,
    folder: &Path,
) -> Result<BTreeMap<String, ProviderEntry>, ConfigError> {
    let mut providers = BTreeMap::new();
    for table in top.tables("providers", &entry::KEYS)? {
        let entry = ProviderEntry::read(&table, folder, &providers)?;
        providers.insert(entry.name.clone(), entry);
    }
    Ok(providers)
}

fn profiles(
    top: &Table<'_>,
    providers: &BTreeMap<String, ProviderEntry>,
    folder: &Path,
    missing: Missing,
) -> Result<BTreeMap<String, Profile>, ConfigError> {
    let tables = top.tables("profiles", &PROFILE_KEYS)?;
    let profiles = tables.iter().map(|table| {
        let profile = Profile {
            name: table.name().to_owned(),
            api_url: rules::web_url(&table.required("api_url")?)?,
            person: table
                .text("person")?
                .map(|text| rules::person(&text))
                .transpose()?,
            providers: named_entries(table, providers, missing)?,
            store: table.choice("store")?,
            login_client_id: table
                .text("login_client_id")?
                .map(|text| rules::word(&text))
                .transpose()?,
            api_key_form: table.choice("api_key_form")?.unwrap_or_default(),
            ceremony: ceremony(table, providers, missing)?,
            flag_defaults: flag_defaults::read(table, folder)?,
        };
        Ok((profile.name.clone(), profile))
    });
    profiles.collect()
}

/// The profile's ceremony, which some entry has to be able to do.
fn ceremony(
    table: &Table<'_>,
    providers: &BTreeMap<String, ProviderEntry>,
    missing: Missing,
) -> Result<CeremonyChoice, ConfigError> {
    let ceremony: CeremonyChoice = table.choice("ceremony")?.unwrap_or_default();
    if missing == Missing::Refused
        && ceremony.named() == Some(Ceremony::Backchannel)
        && !any_backchannel(providers)
        && let Some(text) = table.text("ceremony")?
    {
        return Err(text.refused(
            "no provider entry has `backchannel = true`; see `stepup provider edit --help`",
        ));
    }
    Ok(ceremony)
}

fn any_backchannel(providers: &BTreeMap<String, ProviderEntry>) -> bool {
    let mut entries = providers.values();
    entries.any(|entry| entry.backchannel.is_some())
}

/// What the profiles need that is not there.
fn missing_entries(
    profiles: &BTreeMap<String, Profile>,
    providers: &BTreeMap<String, ProviderEntry>,
) -> Vec<String> {
    let of_one = |profile: &Profile| {
        let absent = |name: &&String| !providers.contains_key(*name);
        let absent = profile.providers.iter().filter(absent);
        let mut missing: Vec<String> = absent
            .map(|name| format!("{}: {name}", profile.name))
            .collect();
        let by_backchannel = profile.ceremony.named() == Some(Ceremony::Backchannel);
        if by_backchannel && !any_backchannel(providers) {
            missing.push(format!("{}: a backchannel", profile.name));
        }
        missing
    };
    profiles.values().flat_map(of_one).collect()
}

/// The profile's entries, whose tokens will go to its API.
fn named_entries(
    table: &Table<'_>,
    entries: &BTreeMap<String, ProviderEntry>,
    missing: Missing,
) -> Result<Vec<String>, ConfigError> {
    let mut named = Vec::new();
    for text in table.one_or_more("provider")? {
        let name = match missing {
            Missing::Refused => among(&text, entries)?,
            Missing::Kept => text.value,
        };
        if entries
            .get(name)
            .is_some_and(|entry| !entry.request_origins.is_empty())
        {
            return Err(text.refused(
                "that entry is for requests to other servers (`request_origins`), and its tokens go to no API",
            ));
        }
        named.push(name.to_owned());
    }
    Ok(named)
}

/// A setting that names something which is configured.
fn known<T>(
    table: &Table<'_>,
    key: &str,
    things: &BTreeMap<String, T>,
) -> Result<Option<String>, ConfigError> {
    let text = table.text(key)?;
    let name = text.map(|text| among(&text, things).map(str::to_owned));
    name.transpose()
}

/// The name, if it is one of these things'.
fn among<'a, T>(
    name: &reader::Item<'_, &'a str>,
    things: &BTreeMap<String, T>,
) -> Result<&'a str, ConfigError> {
    match things.contains_key(name.value) {
        true => Ok(name.value),
        false if things.is_empty() => Err(name.refused("none is configured")),
        false => Err(name.unknown(things.keys().map(String::as_str))),
    }
}
