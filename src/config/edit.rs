//! A new profile in the configuration file; every comment and every other line stays.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, value};

use super::reader::Choice;
use super::{Config, ConfigError, Profile};
use crate::adapters::files::write_private;

impl Config {
    /// Writes a profile that is not there yet. Where another one was the only one, it becomes the
    /// default, so that it stays what is used without a name.
    pub fn add_profile(&self, path: &Path, profile: &Profile) -> Result<(), ConfigError> {
        let failed = |reason: String| ConfigError::Unwritable {
            path: path.to_owned(),
            reason,
        };
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            text => text.map_err(|error| failed(error.to_string()))?,
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut file: DocumentMut = text
            .parse()
            .map_err(|_| failed("it is no TOML".to_owned()))?;
        let mut only = self.profiles.keys();
        if let (None, Some(only), None) = (&self.default_profile, only.next(), only.next()) {
            file.insert("default_profile", value(only));
        }
        let profiles = file
            .entry("profiles")
            .or_insert_with(|| {
                let mut profiles = Table::new();
                profiles.set_implicit(true);
                Item::Table(profiles)
            })
            .as_table_like_mut()
            .ok_or_else(|| failed("`profiles` is no table".to_owned()))?;
        let mut table = Table::new();
        table.insert("api_url", value(profile.api_url.as_str()));
        if let Some(store) = profile.store {
            table.insert("store", value(store.word()));
        }
        if let Some(client) = &profile.login_client_id {
            table.insert("login_client_id", value(client));
        }
        profiles.insert(&profile.name, Item::Table(table));
        let text = file.to_string();
        // What was written has to be readable, or nothing is written.
        Self::parse(path, text.as_bytes())?;
        write_private(path, text.as_bytes()).map_err(|error| failed(error.to_string()))
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
                "[profiles.acme]\napi_url = \"https://acme.conductor.one/\"\nstore = \"file\"\n"
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
}
