//! Typed reading of a TOML table in which every value knows its line.
//!
//! A table is opened with the keys it may hold, so that a misspelt key is found before the key it was
//! meant to be is missed. serde would do the types, but not the line and the nearest name of a mistake.

use std::ops::RangeInclusive;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Place, shown};
use super::name::is_name;
use crate::domain::nearest::nearest;
use crate::domain::no_proof;

/// Keys under which people keep secrets elsewhere.
const SECRETS: [&str; 12] = [
    "access_token",
    "api_key",
    "api_token",
    "client_secret",
    "credential",
    "credentials",
    "passphrase",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "token",
];

/// Keys under which people keep Okta's API tokens.
const SSWS: [&str; 5] = [
    "okta_api_token",
    "okta_client_token",
    "okta_token",
    "ssws",
    "ssws_token",
];

/// A setting that takes one of a closed list of words.
pub(crate) trait Choice: Clone + PartialEq + 'static {
    /// The words of the file and what each means.
    const ALL: &'static [(&'static str, Self)];

    fn word(&self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, choice)| choice == self)
            .map_or("", |(word, _)| word)
    }
}

/// The file being read.
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Source<'_> {
    pub(super) fn place(&self, table: &str, offset: usize) -> Place {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        Place {
            path: self.path.to_owned(),
            table: table.to_owned(),
            line: before.split(|byte| *byte == b'\n').count(),
        }
    }
}

/// A table whose keys are all known.
pub(super) struct Table<'a> {
    source: &'a Source<'a>,
    path: String,
    offset: usize,
    items: &'a DeTable<'a>,
}

/// A value, and where it was written.
pub(super) struct Item<'a, T> {
    pub(super) value: T,
    key: &'a str,
    place: Place,
}

/// A name of a table, and what it says.
pub(super) type Pair<'k, 'a> = (Item<'k, &'a str>, Item<'k, &'a str>);

impl<'a> Table<'a> {
    /// The file's top level.
    pub(super) fn top(
        source: &'a Source<'a>,
        items: &'a DeTable<'a>,
        keys: &[&str],
    ) -> Result<Self, ConfigError> {
        let table = Self {
            source,
            path: String::new(),
            offset: 0,
            items,
        };
        table.only(keys)
    }

    /// The last part of the table's path.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// The tables under `key`, each with these keys.
    pub(super) fn tables(&self, key: &str, keys: &[&str]) -> Result<Vec<Self>, ConfigError> {
        let Some(value) = self.items.get(key) else {
            return Ok(Vec::new());
        };
        let tables = value.get_ref().as_table();
        let tables = tables.ok_or_else(|| self.wrong_type(key, "table", value))?;
        tables
            .iter()
            .map(|(name, value)| self.table(key, name, value)?.only(keys))
            .collect()
    }

    fn table(
        &self,
        key: &str,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Self, ConfigError> {
        let items = value.get_ref().as_table();
        let items = items.ok_or_else(|| self.wrong_type(name.get_ref(), "table", value))?;
        if !is_name(name.get_ref()) {
            return Err(ConfigError::BadName {
                name: shown(name.get_ref()),
                place: self.source.place(key, name.span().start).into(),
            });
        }
        Ok(Self {
            source: self.source,
            path: format!("{key}.{}", name.get_ref()),
            offset: name.span().start,
            items,
        })
    }

    fn only(self, keys: &[&str]) -> Result<Self, ConfigError> {
        let unknown = self
            .items
            .keys()
            .find(|key| !keys.contains(&key.get_ref().as_ref()));
        let Some(unknown) = unknown else {
            return Ok(self);
        };
        let key = unknown.get_ref().to_string();
        let place = self.source.place(&self.path, unknown.span().start).into();
        let plain = key.to_ascii_lowercase().replace('-', "_");
        if SSWS.contains(&plain.as_str()) {
            let (key, reason) = (shown(&key), no_proof::SSWS);
            return Err(ConfigError::NoProof { key, reason, place });
        }
        if SECRETS.contains(&plain.as_str()) {
            return Err(ConfigError::SecretKey { key, place });
        }
        Err(ConfigError::UnknownKey {
            suggestion: nearest(&plain, keys.iter().copied()).map(str::to_owned),
            key: shown(&key),
            place,
        })
    }

    pub(super) fn text<'k>(&self, key: &'k str) -> Result<Option<Item<'k, &'a str>>, ConfigError> {
        let item = self.one(key, "string", DeValue::as_str)?;
        item.map(Item::no_ssws).transpose()
    }

    /// A string that must be there.
    pub(super) fn required<'k>(&self, key: &'k str) -> Result<Item<'k, &'a str>, ConfigError> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    /// An array of strings; absent is empty.
    pub(super) fn texts<'k>(&self, key: &'k str) -> Result<Vec<Item<'k, &'a str>>, ConfigError> {
        let items = self.many(key, "array of strings", DeValue::as_str)?;
        items.into_iter().map(Item::no_ssws).collect()
    }

    /// A string, or an array of strings; absent is empty.
    pub(super) fn one_or_more<'k>(
        &self,
        key: &'k str,
    ) -> Result<Vec<Item<'k, &'a str>>, ConfigError> {
        match self.items.get(key).map(|value| value.get_ref().is_array()) {
            Some(true) => self.texts(key),
            _ => Ok(self.text(key)?.into_iter().collect()),
        }
    }

    /// An integer in this range.
    pub(super) fn number(
        &self,
        key: &str,
        range: RangeInclusive<u32>,
    ) -> Result<Option<u32>, ConfigError> {
        let item = self.one(key, "integer", |value| value.as_integer())?;
        item.map(|item| item.within(range)).transpose()
    }

    /// `true` or `false`.
    pub(super) fn truth(&self, key: &str) -> Result<Option<bool>, ConfigError> {
        Ok(self.flag(key)?.map(|item| item.value))
    }

    /// `true` or `false`, and where it stands in the file.
    pub(super) fn flag<'k>(&self, key: &'k str) -> Result<Option<Item<'k, bool>>, ConfigError> {
        self.one(key, "boolean", DeValue::as_bool)
    }

    /// Whether the key is there, with whatever value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.items.contains_key(key)
    }

    /// An array of port numbers; absent is empty.
    pub(super) fn ports(&self, key: &str) -> Result<Vec<u16>, ConfigError> {
        self.many(key, "array of integers", |value| value.as_integer())?
            .into_iter()
            .map(|item| item.within(1..=u16::MAX))
            .collect()
    }

    /// One of a closed list.
    pub(super) fn choice<T: Choice>(&self, key: &str) -> Result<Option<T>, ConfigError> {
        self.text(key)?.map(|item| item.choice()).transpose()
    }

    /// Some of a closed list; absent is empty.
    pub(super) fn choices<T: Choice>(&self, key: &str) -> Result<Vec<T>, ConfigError> {
        let items = self.texts(key)?;
        items.into_iter().map(|item| item.choice()).collect()
    }

    /// The names of a table of strings and what each says; absent is empty. A name is an item like its value, so that what
    /// is refused of it is said with its line.
    pub(super) fn pairs<'k>(&'k self, key: &'k str) -> Result<Vec<Pair<'k, 'a>>, ConfigError> {
        const EXPECTED: &str = "table of strings";
        let Some(value) = self.items.get(key) else {
            return Ok(Vec::new());
        };
        let table = value.get_ref().as_table();
        let table = table.ok_or_else(|| self.wrong_type(key, EXPECTED, value))?;
        let pairs = table.iter().map(|(name, value)| {
            let value = self
                .item(key, value, EXPECTED, DeValue::as_str)?
                .no_ssws()?;
            let name = Item {
                value: name.get_ref().as_ref(),
                key,
                place: self.source.place(&self.path, name.span().start),
            };
            Ok((name, value))
        });
        pairs.collect()
    }

    /// The key is missing, though another makes it necessary.
    pub(super) fn missing(&self, key: &str) -> ConfigError {
        ConfigError::MissingKey {
            key: key.to_owned(),
            place: self.source.place(&self.path, self.offset).into(),
        }
    }

    fn one<'k, T>(
        &self,
        key: &'k str,
        expected: &'static str,
        take: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Result<Option<Item<'k, T>>, ConfigError> {
        let value = self.items.get(key);
        value
            .map(|value| self.item(key, value, expected, take))
            .transpose()
    }

    fn many<'k, T>(
        &self,
        key: &'k str,
        expected: &'static str,
        take: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Result<Vec<Item<'k, T>>, ConfigError> {
        let Some(value) = self.items.get(key) else {
            return Ok(Vec::new());
        };
        let values = value.get_ref().as_array();
        let values = values.ok_or_else(|| self.wrong_type(key, expected, value))?;
        values
            .iter()
            .map(|value| self.item(key, value, expected, &take))
            .collect()
    }

    fn item<'k, T>(
        &self,
        key: &'k str,
        value: &'a Spanned<DeValue<'a>>,
        expected: &'static str,
        take: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Result<Item<'k, T>, ConfigError> {
        let taken = take(value.get_ref()).ok_or_else(|| self.wrong_type(key, expected, value))?;
        Ok(Item {
            value: taken,
            key,
            place: self.source.place(&self.path, value.span().start),
        })
    }

    fn wrong_type(
        &self,
        key: &str,
        expected: &'static str,
        value: &Spanned<DeValue<'_>>,
    ) -> ConfigError {
        ConfigError::WrongType {
            key: key.to_owned(),
            expected,
            found: value.get_ref().type_str(),
            place: self.source.place(&self.path, value.span().start).into(),
        }
    }
}

impl<T: ToString> Item<'_, T> {
    /// The value breaks this rule.
    pub(super) fn refused(&self, reason: impl Into<String>) -> ConfigError {
        self.refused_as(&self.value.to_string(), reason)
    }

    /// The value breaks this rule, and only `value` of it is shown.
    pub(super) fn refused_as(&self, value: &str, reason: impl Into<String>) -> ConfigError {
        ConfigError::BadValue {
            key: self.key.to_owned(),
            value: shown(value),
            reason: reason.into(),
            place: self.place.clone().into(),
        }
    }
}

impl Item<'_, &str> {
    /// The value, unless it is Okta's API token (providers.md A11): not repeated, whatever else is wrong with it.
    fn no_ssws(self) -> Result<Self, ConfigError> {
        if no_proof::is_ssws(self.value) {
            return Err(self.proves_nothing(no_proof::SSWS));
        }
        Ok(self)
    }

    /// The value is an address or a token that proves nothing.
    pub(super) fn proves_nothing(&self, reason: &'static str) -> ConfigError {
        ConfigError::NoProof {
            key: self.key.to_owned(),
            reason,
            place: self.place.clone().into(),
        }
    }

    /// The value is none of these.
    pub(super) fn unknown<'n>(&self, allowed: impl IntoIterator<Item = &'n str>) -> ConfigError {
        let allowed: Vec<String> = allowed.into_iter().map(str::to_owned).collect();
        ConfigError::UnknownValue {
            key: self.key.to_owned(),
            value: shown(self.value),
            suggestion: nearest(self.value, allowed.iter().map(String::as_str)).map(str::to_owned),
            allowed,
            place: self.place.clone().into(),
        }
    }

    fn choice<T: Choice>(&self) -> Result<T, ConfigError> {
        let found = T::ALL.iter().find(|(word, _)| *word == self.value);
        found
            .map(|(_, choice)| choice.clone())
            .ok_or_else(|| self.unknown(T::ALL.iter().map(|(word, _)| *word)))
    }
}

impl Item<'_, &toml::de::DeInteger<'_>> {
    fn within<N>(&self, range: RangeInclusive<N>) -> Result<N, ConfigError>
    where
        N: TryFrom<i64> + PartialOrd + ToString,
    {
        i64::from_str_radix(self.value.as_str(), self.value.radix())
            .ok()
            .and_then(|number| N::try_from(number).ok())
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                let (least, most) = (range.start().to_string(), range.end().to_string());
                self.refused(format!("it must be from {least} to {most}"))
            })
    }
}
