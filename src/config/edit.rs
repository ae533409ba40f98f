//! Changes in the configuration file; every comment and every other line stays. What was written has to
//! be readable, or nothing is written.

use std::fmt;
use std::path::Path;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::reader::Choice;
use super::{Config, ConfigError, Missing, Profile};
use crate::adapters::files::write_private;
use crate::adapters::text;

/// A key's new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Text(String),
    Texts(Vec<String>),
    Number(u32),
    Numbers(Vec<u16>),
    /// Yes or no.
    Truth(bool),
    /// Names, and what each says.
    Pairs(Vec<(String, String)>),
}

/// As it is typed.
impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |words: Vec<String>| words.join(" ");
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Texts(texts) => f.write_str(&joined(texts.clone())),
            Self::Number(number) => number.fmt(f),
            Self::Numbers(numbers) => {
                f.write_str(&joined(numbers.iter().map(u16::to_string).collect()))
            }
            Self::Truth(is_on) => is_on.fmt(f),
            Self::Pairs(pairs) => {
                let pair = |(name, value): &(String, String)| format!("{name}={value}");
                f.write_str(&joined(pairs.iter().map(pair).collect()))
            }
        }
    }
}

/// A provider entry that is new or changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntryChange {
    pub(crate) name: String,
    /// Keys and what they say now.
    pub(crate) set: Vec<(&'static str, Setting)>,
    /// Keys that are taken out.
    pub(crate) unset: Vec<String>,
    /// The profile that names the entry from now on, so that it belongs to its API.
    pub(crate) named_by: Option<String>,
}

/// A configuration that was changed, checked, and not written yet.
pub(crate) struct Draft {
    /// What it says.
    pub(crate) config: Config,
    text: String,
}

impl Draft {
    pub(crate) fn write(&self, path: &Path) -> Result<(), ConfigError> {
        write_private(path, self.text.as_bytes())
            .map_err(|error| unwritable(path, error.to_string()))
    }
}

/// The file as it is written, defaults aside. It was checked before.
#[derive(Default)]
pub(crate) struct Written(DocumentMut);

impl Written {
    /// What stands in the file; nothing without one.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        document(path).map(|(file, _)| Self(file))
    }

    /// What this key says at the top or, with its name, in a profile.
    pub(crate) fn value(&self, profile: Option<&str>, key: &str) -> Option<String> {
        let item = match profile {
            Some(name) => self.0.get("profiles")?.get(name)?.get(key)?,
            None => self.0.get(key)?,
        };
        let value = item.as_value()?;
        let text = value.as_str().map(str::to_owned);
        Some(text.unwrap_or_else(|| value.to_string().trim().to_owned()))
    }
}

impl Config {
    /// The configuration with this key set, or taken out with `None`: at the top or, with its name, in a
    /// profile that is there.
    pub(crate) fn with_setting(
        path: &Path,
        profile: Option<&str>,
        key: &str,
        setting: Option<&Setting>,
    ) -> Result<Draft, ConfigError> {
        draft(path, |file| {
            let table: &mut dyn TableLike = match profile {
                Some(name) => self::profile(file, name)?,
                None => file.as_table_mut(),
            };
            match setting {
                Some(setting) => put(table, key, setting),
                None => drop(table.remove(key)),
            }
            Ok(())
        })
    }

    /// Writes a profile that is not there yet. Where another one was the only one, it becomes the
    /// default, so that it stays what is used without a name. The first one names the only entry.
    pub(crate) fn add_profile(&self, path: &Path, profile: &Profile) -> Result<(), ConfigError> {
        let mut only = self.profiles.keys();
        let only = match (&self.default_profile, only.next(), only.next()) {
            (None, Some(only), None) => Some(only),
            _ => None,
        };
        let named = self.only_free_entry();
        let named = named.filter(|_| self.profiles.is_empty());
        let draft = draft(path, |file| {
            if let Some(only) = only {
                file.insert("default_profile", value(only));
            }
            let mut table = Table::new();
            table.insert("api_url", value(profile.api_url.as_str()));
            if let Some(entry) = named {
                table.insert("provider", value(&entry.name));
            }
            if let Some(store) = profile.store {
                table.insert("store", value(store.word()));
            }
            if let Some(client) = &profile.login_client_id {
                table.insert("login_client_id", value(client));
            }
            tables(file, "profiles")?.insert(&profile.name, Item::Table(table));
            Ok(())
        })?;
        draft.write(path)
    }

    /// The configuration with this entry written or changed.
    pub(crate) fn with_entry(path: &Path, change: &EntryChange) -> Result<Draft, ConfigError> {
        draft(path, |file| {
            let entries = tables(file, "providers")?;
            if !entries.contains_key(&change.name) {
                entries.insert(&change.name, Item::Table(Table::new()));
            }
            let entry = entries
                .get_mut(&change.name)
                .and_then(Item::as_table_like_mut)
                .ok_or_else(|| format!("`providers.{}` is not a table", change.name))?;
            for key in &change.unset {
                entry
                    .remove(key)
                    .ok_or_else(|| format!("`{}` has no key `{key}` to take out", change.name))?;
            }
            for (key, setting) in &change.set {
                put(entry, key, setting);
            }
            if let Some(profile) = &change.named_by {
                let name = Setting::Text(change.name.clone());
                put(self::profile(file, profile)?, "provider", &name);
            }
            Ok(())
        })
    }

    pub(crate) fn without_entry(path: &Path, name: &str) -> Result<Draft, ConfigError> {
        draft(path, |file| {
            tables(file, "providers")?.remove(name);
            Ok(())
        })
    }
}

/// The file with this change, read again as a whole.
fn draft(
    path: &Path,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), String>,
) -> Result<Draft, ConfigError> {
    let (mut file, has_crlf) = document(path)?;
    let before = file.to_string();
    change(&mut file).map_err(|reason| unwritable(path, reason))?;
    let mut text = file.to_string();
    if has_crlf {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    let config = Config::parse(path, text.as_bytes());
    let config = config.or_else(|error| repaired(path, &before, &text).ok_or(error))?;
    Ok(Draft { config, text })
}

/// The changed file, where all that is wrong with it was wrong before: who adds the first of two entries that a
/// profile names already is on the way to a good one.
fn repaired(path: &Path, before: &str, after: &str) -> Option<Config> {
    let read = |text: &str| Config::parse_with(path, text.as_bytes(), Missing::Kept).ok();
    let before = read(before)?.missing;
    let after = read(after)?;
    let all_old = after.missing.iter().all(|one| before.contains(one));
    all_old.then_some(after)
}

/// The file, empty if there is none; and whether its lines end as on Windows, which is kept.
fn document(path: &Path) -> Result<(DocumentMut, bool), ConfigError> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        bytes => bytes.map_err(|error| unwritable(path, error.to_string()))?,
    };
    let text = text::decoded(&bytes).map_err(|error| unwritable(path, error.to_string()))?;
    let file = text
        .parse()
        .map_err(|_| unwritable(path, "it is not TOML".to_owned()))?;
    Ok((file, text.contains("\r\n")))
}

fn unwritable(path: &Path, reason: String) -> ConfigError {
    ConfigError::Unwritable {
        path: path.to_owned(),
        reason,
    }
}

/// The tables under this key, which appears with the first of them.
fn tables<'a>(file: &'a mut DocumentMut, key: &str) -> Result<&'a mut dyn TableLike, String> {
    let tables = file.entry(key).or_insert_with(|| {
        let mut tables = Table::new();
        tables.set_implicit(true);
        Item::Table(tables)
    });
    tables
        .as_table_like_mut()
        .ok_or_else(|| format!("`{key}` is not a table"))
}

fn profile<'a>(file: &'a mut DocumentMut, name: &str) -> Result<&'a mut dyn TableLike, String> {
    tables(file, "profiles")?
        .get_mut(name)
        .and_then(Item::as_table_like_mut)
        .ok_or_else(|| format!("it has no profile `{name}`"))
}

/// Sets a key; what stands around its value, such as a comment behind it, stays.
fn put(table: &mut dyn TableLike, key: &str, setting: &Setting) {
    let mut new = Value::from(setting);
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        _ => {
            table.insert(key, Item::Value(new));
        }
    }
}

impl From<&Setting> for Value {
    fn from(setting: &Setting) -> Self {
        match setting {
            Setting::Text(text) => text.as_str().into(),
            Setting::Texts(texts) => Self::Array(texts.iter().map(String::as_str).collect()),
            Setting::Number(number) => i64::from(*number).into(),
            Setting::Numbers(numbers) => {
                let numbers = numbers.iter().map(|&number| i64::from(number));
                Self::Array(numbers.collect::<Array>())
            }
            Setting::Truth(truth) => (*truth).into(),
            Setting::Pairs(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()));
                Self::InlineTable(pairs.collect::<InlineTable>())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::credentials::StoreKind;

    fn added(before: &str) -> String {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        std::fs::write(&path, before).unwrap();
        let config = Config::parse(&path, before.as_bytes()).unwrap();
        let profile = Profile {
            store: Some(StoreKind::File),
            ..Profile::new("acme", "https://acme.conductor.one".parse().unwrap())
        };
        config.add_profile(&path, &profile).unwrap();
        std::fs::read_to_string(&path).unwrap()
    }

    #[test]
    fn comments_and_order_stay() {
        let before = "# mine\nstore = \"file\" # really\n\n[providers.okta] # ours\nissuer = \"https://o.example\"\nclient_id = 'c'\n";
        let after = added(before);
        assert!(after.starts_with(before), "{after}");
        assert!(
            after.ends_with(
                "[profiles.acme]\napi_url = \"https://acme.conductor.one/\"\nprovider = \"okta\"\nstore = \"file\"\n"
            ),
            "{after}"
        );
    }

    #[test]
    fn the_only_profile_stays_the_one_that_is_used() {
        let one = "[profiles.old]\napi_url = \"https://o.example\"\n";
        let after = added(one);
        assert!(after.contains("default_profile = \"old\"\n"), "{after}");
        let config = Config::parse(Path::new("F"), after.as_bytes()).unwrap();
        assert_eq!(config.profile(None).unwrap().name, "old");
        assert!(!added("").contains("default_profile"));
    }

    const ENTRIES: &str = "# mine\n[providers.okta] # ours\nissuer = \"https://o.example\" # typed\nclient_id = 'c'\n\n# theirs\n[providers.b]\nissuer = \"https://b.example\"\nclient_id = \"c\"\n";

    fn edited(before: &str, change: &EntryChange) -> Result<String, String> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        std::fs::write(&path, before).unwrap();
        let written = Config::with_entry(&path, change).and_then(|draft| draft.write(&path));
        let after = std::fs::read_to_string(&path).unwrap();
        match written {
            Ok(()) => Ok(after),
            Err(error) => {
                assert_eq!(after, before);
                Err(error.to_string())
            }
        }
    }

    fn change(name: &str, set: Vec<(&'static str, Setting)>) -> EntryChange {
        EntryChange {
            name: name.into(),
            set,
            ..EntryChange::default()
        }
    }

    #[test]
    fn an_entry_is_changed_in_its_place_and_its_comments_stay() {
        let text = |text: &str| Setting::Text(text.into());
        let after = edited(
            ENTRIES,
            &change(
                "okta",
                vec![
                    ("issuer", text("https://p.example")),
                    ("skew", Setting::Number(5)),
                ],
            ),
        );
        let after = after.unwrap();
        let wanted = ENTRIES
            .replace("https://o.example", "https://p.example")
            .replace("client_id = 'c'\n", "client_id = 'c'\nskew = 5\n");
        assert_eq!(after, wanted);
        let back = EntryChange {
            unset: vec!["skew".into()],
            ..change("okta", vec![("issuer", text("https://o.example"))])
        };
        assert_eq!(edited(&after, &back).unwrap(), ENTRIES);
    }

    #[test]
    fn ends_of_lines_stay_those_of_windows() {
        let windows = |text: &str| text.replace('\n', "\r\n");
        let number = change("okta", vec![("skew", Setting::Number(5))]);
        let after = edited(&windows(ENTRIES), &number).unwrap();
        assert_eq!(after, windows(&edited(ENTRIES, &number).unwrap()));
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written() {
        let http = change(
            "okta",
            vec![("issuer", Setting::Text("http://o.example".into()))],
        );
        assert!(
            edited(ENTRIES, &http)
                .unwrap_err()
                .contains("it must be https")
        );
        let unset = EntryChange {
            unset: vec!["prompt".into()],
            ..change("okta", vec![])
        };
        let error = edited(ENTRIES, &unset).unwrap_err();
        assert!(error.contains("has no key `prompt`"), "{error}");
        let nameless = change("Okta!", vec![]);
        assert!(
            edited(ENTRIES, &nameless)
                .unwrap_err()
                .contains("is not a name")
        );
    }

    #[test]
    fn an_entry_goes_and_the_others_stay() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        std::fs::write(&path, ENTRIES).unwrap();
        let draft = Config::without_entry(&path, "okta").unwrap();
        assert_eq!(draft.config.providers.len(), 1);
        draft.write(&path).unwrap();
        let after = std::fs::read_to_string(&path).unwrap();
        assert!(after.contains("# theirs\n[providers.b]"), "{after}");
        assert!(!after.contains("okta"), "{after}");
    }
}
