//! Which profile and which provider entry are meant, when several are configured.

use std::collections::BTreeMap;

use url::Url;

use super::error::nearest;
use super::{Config, ConfigError, Profile, ProviderEntry};

impl Config {
    /// The profile of this name; without a name the default one, or the only one.
    pub fn profile(&self, name: Option<&str>) -> Result<&Profile, ConfigError> {
        let Some(name) = name.or(self.default_profile.as_deref()) else {
            return only(&self.profiles).ok_or_else(|| match names(&self.profiles) {
                known if known.is_empty() => ConfigError::NoProfile,
                known => ConfigError::ManyProfiles { known },
            });
        };
        self.profiles
            .get(name)
            .ok_or_else(|| ConfigError::UnknownProfile {
                name: name.to_owned(),
                suggestion: nearest(name, self.profiles.keys().map(String::as_str)),
                known: names(&self.profiles),
            })
    }

    /// The provider entry of this name.
    pub fn entry(&self, name: &str) -> Result<&ProviderEntry, ConfigError> {
        self.providers
            .get(name)
            .ok_or_else(|| ConfigError::UnknownEntry {
                name: name.to_owned(),
                suggestion: nearest(name, self.providers.keys().map(String::as_str)),
                known: names(&self.providers),
            })
    }

    /// The provider entry for a step: the `explicit` one; else the one that lists the step's C1
    /// provider; else the profile's; else the only one.
    ///
    /// An explicit entry made for other C1 providers is an error if another entry is made for this one:
    /// the person would authenticate at the wrong place and the approval be refused.
    pub fn entry_for(
        &self,
        c1_provider_id: Option<&str>,
        profile: &Profile,
        explicit: Option<&str>,
    ) -> Result<&ProviderEntry, ConfigError> {
        let c1_provider_id = c1_provider_id.filter(|id| !id.is_empty());
        let mapped = c1_provider_id.and_then(|id| Some((id, self.entry_listing(id)?)));
        if let Some(name) = explicit {
            let entry = self.entry(name)?;
            if !entry.request_origins.is_empty() {
                let name = entry.name.clone();
                return Err(ConfigError::ForRequests { name });
            }
            return agree(entry, mapped);
        }
        if let Some((_, entry)) = mapped {
            return Ok(entry);
        }
        if let Some(name) = &profile.provider {
            return self.entry(name);
        }
        one_of(self.entries_for_the_api(), c1_provider_id)
    }

    /// The entries whose tokens may go to an API.
    pub fn entries_for_the_api(&self) -> impl Iterator<Item = &ProviderEntry> {
        let entries = self.providers.values();
        entries.filter(|entry| entry.request_origins.is_empty())
    }

    /// The entries whose tokens may go to the origin of this URL, which is not the API's.
    pub fn entries_for_origin<'a>(
        &'a self,
        url: &Url,
    ) -> impl Iterator<Item = &'a ProviderEntry> + use<'a> {
        let origin = url.origin();
        let listed = move |entry: &&ProviderEntry| {
            let mut origins = entry.request_origins.iter();
            origins.any(|listed| listed.origin() == origin)
        };
        self.providers.values().filter(listed)
    }

    fn entry_listing(&self, c1_provider_id: &str) -> Option<&ProviderEntry> {
        let lists = |entry: &&ProviderEntry| {
            let mut ids = entry.c1_provider_ids.iter();
            ids.any(|id| id == c1_provider_id)
        };
        self.providers.values().find(lists)
    }
}

/// The entry that was asked for, unless it is made for other C1 providers and another for this one.
fn agree<'a>(
    asked: &'a ProviderEntry,
    mapped: Option<(&str, &ProviderEntry)>,
) -> Result<&'a ProviderEntry, ConfigError> {
    match mapped {
        Some((id, mapped)) if mapped.name != asked.name && !asked.c1_provider_ids.is_empty() => {
            Err(ConfigError::OtherEntry {
                name: asked.name.clone(),
                c1_provider_id: id.to_owned(),
                mapped: mapped.name.clone(),
            })
        }
        _ => Ok(asked),
    }
}

/// The only one of these entries.
pub fn one_of<'a>(
    entries: impl Iterator<Item = &'a ProviderEntry>,
    c1_provider_id: Option<&str>,
) -> Result<&'a ProviderEntry, ConfigError> {
    let entries: Vec<_> = entries.collect();
    match entries.as_slice() {
        [] => Err(ConfigError::NoEntry),
        [only] => Ok(only),
        several => Err(ConfigError::ManyEntries {
            known: several.iter().map(|entry| entry.name.clone()).collect(),
            c1_provider_id: c1_provider_id.map(str::to_owned),
        }),
    }
}

fn only<T>(things: &BTreeMap<String, T>) -> Option<&T> {
    let mut things = things.values();
    things.next().filter(|_| things.next().is_none())
}

fn names<T>(things: &BTreeMap<String, T>) -> Vec<String> {
    things.keys().cloned().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const OKTA: &str = "2oktaoktaoktaoktaoktaoktaok";
    const ENTRA: &str = "2entraentraentraentraentrae";
    const OTHER: &str = "2otherotherotherotherothero";

    /// Entries `okta` and `entra` list their ids, `spare` lists none; profile `a` has no provider, `b`
    /// has `spare`, `c` has `okta`.
    fn config() -> Config {
        let text = format!(
            "profiles.a = {{ api_url = 'https://a.example' }}
             profiles.b = {{ api_url = 'https://b.example', provider = 'spare' }}
             profiles.c = {{ api_url = 'https://c.example', provider = 'okta' }}
             [providers]
             okta = {{ issuer = 'https://o.example', client_id = 'c', c1_provider_ids = ['{OKTA}'] }}
             entra = {{ issuer = 'https://e.example', client_id = 'c', c1_provider_ids = ['{ENTRA}'] }}
             spare = {{ issuer = 'https://s.example', client_id = 'c' }}"
        );
        Config::parse(Path::new("F"), text.as_bytes()).unwrap()
    }

    #[test]
    fn the_entry_for_a_step() {
        let several = "several providers are configured and nothing says which to use";
        let all = "`entra`, `okta`, `spare`";
        let unlisted = format!("{several} for the step-up provider `{OTHER}`: {all}");
        let clash = format!(
            "the step demands the step-up provider `{ENTRA}`, which the entry `entra` serves and `okta` does not"
        );
        let config = config();
        for (id, profile, explicit, expected) in [
            // The explicit entry wins, unless it and another were made for different C1 providers.
            (None, "c", Some("entra"), Ok("entra")),
            (Some(OKTA), "a", Some("okta"), Ok("okta")),
            (Some(OKTA), "a", Some("spare"), Ok("spare")),
            (Some(OTHER), "a", Some("okta"), Ok("okta")),
            (Some(""), "a", Some("okta"), Ok("okta")),
            (Some(ENTRA), "a", Some("okta"), Err(clash.as_str())),
            (
                None,
                "a",
                Some("otka"),
                Err("there is no provider entry `otka`"),
            ),
            // Then the entry that lists the id, also before the profile's own.
            (Some(OKTA), "a", None, Ok("okta")),
            (Some(ENTRA), "b", None, Ok("entra")),
            (Some(ENTRA), "c", None, Ok("entra")),
            // Then the profile's.
            (None, "b", None, Ok("spare")),
            (Some(""), "b", None, Ok("spare")),
            (Some(OTHER), "c", None, Ok("okta")),
            // Then nobody guesses.
            (None, "a", None, Err(&format!("{several}: {all}"))),
            (Some(OTHER), "a", None, Err(&unlisted)),
        ] {
            let found = config.entry_for(id, &config.profiles[profile], explicit);
            let found = found.map(|entry| entry.name.as_str());
            let found = found.map_err(|error| error.to_string());
            assert_eq!(
                found.as_ref().copied().map_err(String::as_str),
                expected,
                "{id:?} {profile} {explicit:?}"
            );
        }
    }

    #[test]
    fn the_only_entry_needs_no_choice() {
        let mut config = config();
        config.providers.retain(|name, _| name == "okta");
        let profile = &config.profiles["a"];
        assert_eq!(config.entry_for(None, profile, None).unwrap().name, "okta");
        let found = config.entry_for(Some(OTHER), profile, None);
        assert_eq!(found.unwrap().name, "okta");

        config.providers.clear();
        let error = config.entry_for(None, &config.profiles["a"], None);
        assert_eq!(error.unwrap_err(), ConfigError::NoEntry);
    }

    #[test]
    fn the_profile() {
        let mut config = config();
        assert_eq!(config.profile(Some("b")).unwrap().name, "b");
        assert_eq!(
            config.profile(None).unwrap_err().to_string(),
            "several profiles are configured and none of them is the default: `a`, `b`, `c`"
        );
        assert_eq!(
            config.profile(Some("z")).unwrap_err().to_string(),
            "there is no profile `z`"
        );
        config.default_profile = Some("c".into());
        assert_eq!(config.profile(None).unwrap().name, "c");
        assert_eq!(config.profile(Some("a")).unwrap().name, "a");

        config.default_profile = None;
        config.profiles.retain(|name, _| name == "b");
        assert_eq!(config.profile(None).unwrap().name, "b");
        config.profiles.clear();
        assert_eq!(config.profile(None).unwrap_err(), ConfigError::NoProfile);
    }

    #[test]
    fn a_near_miss_comes_with_a_suggestion() {
        let error = config().entry("otka").unwrap_err();
        let ConfigError::UnknownEntry {
            suggestion, known, ..
        } = error
        else {
            panic!("{error}");
        };
        assert_eq!(suggestion.as_deref(), Some("okta"));
        assert_eq!(known, ["entra", "okta", "spare"]);
    }
}
