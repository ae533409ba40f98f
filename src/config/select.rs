//! Which profile and which provider entry are meant, when several are configured.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::{Config, ConfigError, Profile, ProviderEntry};
use crate::domain::nearest::nearest;

/// A provider entry that was asked for by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked<'a> {
    pub(crate) name: &'a str,
    /// Whether it was typed on the command line, rather than set in a variable.
    pub(crate) by_flag: bool,
}

impl Config {
    /// The profile of this name; without a name the default one, or the only one.
    pub(crate) fn profile(&self, name: Option<&str>) -> Result<&Profile, ConfigError> {
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
                suggestion: nearest(name, self.profiles.keys().map(String::as_str))
                    .map(str::to_owned),
                known: names(&self.profiles),
            })
    }

    pub(crate) fn entry(&self, name: &str) -> Result<&ProviderEntry, ConfigError> {
        self.providers
            .get(name)
            .ok_or_else(|| ConfigError::UnknownEntry {
                name: name.to_owned(),
                suggestion: nearest(name, self.providers.keys().map(String::as_str))
                    .map(str::to_owned),
                known: names(&self.providers),
            })
    }

    /// The provider entry for a step at the profile's API: the one that was `asked` for; else the one that
    /// lists the step's C1 provider; else the profile's; else the only one that belongs to the API. An entry
    /// that belongs to another API is none of these. [B5.16]
    ///
    /// An asked one made for other C1 providers is an error if another entry of the API is made for this one:
    /// the person would authenticate at the wrong place and the approval be refused.
    pub(crate) fn entry_for(
        &self,
        c1_provider_id: Option<&str>,
        profile: &Profile,
        asked: Option<Asked<'_>>,
    ) -> Result<&ProviderEntry, ConfigError> {
        let api = &profile.api_url;
        let c1_provider_id = c1_provider_id.filter(|id| !id.is_empty());
        let listing = c1_provider_id.and_then(|id| Some((id, self.entry_listing(id)?)));
        if let Some(asked) = asked {
            let mapped = listing.filter(|(_, entry)| self.belongs(entry, api));
            return agree(self.asked_for(asked, profile)?, mapped);
        }
        if let Some((id, entry)) = listing {
            return self.listed(id, entry, profile);
        }
        let own = match profile.providers.as_slice() {
            [own] => self.providers.get(own),
            _ => None,
        };
        if let Some(own) = own.filter(|own| self.belongs(own, api)) {
            return Ok(own);
        }
        match one_of(self.entries_for_api(api), c1_provider_id) {
            Err(ConfigError::NoEntry) => Err(self.unlinked(profile, None)),
            found => found,
        }
    }

    /// The entries that belong to the API of this address.
    pub(crate) fn entries_for_api<'a>(
        &'a self,
        api: &Url,
    ) -> impl Iterator<Item = &'a ProviderEntry> + use<'a> {
        let origin = api.origin().ascii_serialization();
        let entries = self.providers.values();
        entries.filter(move |entry| self.apis_of(entry).contains(&origin))
    }

    /// The origins of the APIs that an entry belongs to: of the profiles that name it, and those that it lists.
    pub(crate) fn apis_of(&self, entry: &ProviderEntry) -> BTreeSet<String> {
        let naming = self.profiles.values();
        let naming = naming.filter(|profile| profile.providers.contains(&entry.name));
        let named = naming.map(|profile| &profile.api_url);
        let apis = named.chain(&entry.api_origins);
        apis.map(|api| api.origin().ascii_serialization()).collect()
    }

    /// The only profile and the only entry that could be its API's, where nothing says yet that it is.
    pub(crate) fn to_be_linked(&self) -> Option<(&Profile, &ProviderEntry)> {
        Some((only(&self.profiles)?, self.only_free_entry()?))
    }

    /// The only entry that could be an API's, if it belongs to none yet.
    pub(super) fn only_free_entry(&self) -> Option<&ProviderEntry> {
        let mut entries = self.entries_for_apis();
        let only = entries.next().filter(|_| entries.next().is_none());
        only.filter(|entry| self.apis_of(entry).is_empty())
    }

    /// Whether this is the address of the configured profile of the same name, and not one of this run only.
    pub(crate) fn is_address_of(&self, profile: &Profile) -> bool {
        let configured = self.profiles.get(&profile.name);
        configured.is_some_and(|own| own.api_url.origin() == profile.api_url.origin())
    }

    fn belongs(&self, entry: &ProviderEntry, api: &Url) -> bool {
        self.apis_of(entry)
            .contains(&api.origin().ascii_serialization())
    }

    /// A name that was typed may bring an entry to an address that was typed, and one that belongs to no API to
    /// the profile's; a name that came in a variable chooses among the API's own.
    fn asked_for(
        &self,
        asked: Asked<'_>,
        profile: &Profile,
    ) -> Result<&ProviderEntry, ConfigError> {
        let entry = self.entry(asked.name)?;
        let name = entry.name.clone();
        if !entry.request_origins.is_empty() {
            return Err(ConfigError::ForRequests { name });
        }
        let apis = self.apis_of(entry);
        let free = apis.is_empty() || !self.is_address_of(profile);
        if self.belongs(entry, &profile.api_url) || (asked.by_flag && free) {
            return Ok(entry);
        }
        Err(ConfigError::NotForApi {
            name,
            api: profile.api_url.origin().ascii_serialization(),
            apis: apis.into_iter().collect(),
            profile: self.is_address_of(profile).then(|| profile.name.clone()),
        })
    }

    /// The entry that lists the step's C1 provider, if it belongs to the API that demands it.
    fn listed<'a>(
        &'a self,
        c1_provider_id: &str,
        entry: &'a ProviderEntry,
        profile: &Profile,
    ) -> Result<&'a ProviderEntry, ConfigError> {
        let apis = self.apis_of(entry);
        if self.belongs(entry, &profile.api_url) {
            Ok(entry)
        } else if apis.is_empty() || !self.is_address_of(profile) {
            Err(self.unlinked(profile, Some(entry)))
        } else {
            Err(ConfigError::ForeignEntry {
                c1_provider_id: c1_provider_id.to_owned(),
                name: entry.name.clone(),
                api: profile.api_url.origin().ascii_serialization(),
                apis: apis.into_iter().collect(),
            })
        }
    }

    /// No entry belongs to the API; `meant` is the one that lists what it asks for.
    fn unlinked(&self, profile: &Profile, meant: Option<&ProviderEntry>) -> ConfigError {
        let known: Vec<String> = match meant {
            Some(entry) => vec![entry.name.clone()],
            None => self
                .entries_for_apis()
                .map(|entry| entry.name.clone())
                .collect(),
        };
        if known.is_empty() {
            return ConfigError::NoEntry;
        }
        ConfigError::Unlinked {
            api: profile.api_url.origin().ascii_serialization(),
            known,
            profile: self.is_address_of(profile).then(|| profile.name.clone()),
            named: profile.providers.clone(),
        }
    }

    /// The entries whose tokens may go to some API.
    fn entries_for_apis(&self) -> impl Iterator<Item = &ProviderEntry> {
        let entries = self.providers.values();
        entries.filter(|entry| entry.request_origins.is_empty())
    }

    /// The entries whose tokens may go to the origin of this URL, which is not the API's.
    pub(crate) fn entries_for_origin<'a>(
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
pub(crate) fn one_of<'a>(
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
    const FREE: &str = "2freefreefreefreefreefreefr";
    const OTHER: &str = "2otherotherotherotherothero";

    /// Entries `okta` and `entra` list their ids, `spare` lists none; profile `a` names no entry, `b` names
    /// `spare`, `c` both others, `d` all of them; nobody names `free`.
    fn config() -> Config {
        let text = format!(
            "profiles.a = {{ api_url = 'https://a.example' }}
             profiles.b = {{ api_url = 'https://b.example/base', provider = 'spare' }}
             profiles.c = {{ api_url = 'https://c.example', provider = ['okta', 'entra'] }}
             profiles.d = {{ api_url = 'https://d.example', provider = ['okta', 'spare'] }}
             [providers]
             okta = {{ issuer = 'https://o.example', client_id = 'c', c1_provider_ids = ['{OKTA}'] }}
             entra = {{ issuer = 'https://e.example', client_id = 'c', c1_provider_ids = ['{ENTRA}'] }}
             free = {{ issuer = 'https://f.example', client_id = 'c', c1_provider_ids = ['{FREE}'] }}
             lists = {{ issuer = 'https://l.example', client_id = 'c', api_origins = ['https://l1.example', 'https://l2.example:8443'] }}
             spare = {{ issuer = 'https://s.example', client_id = 'c' }}"
        );
        Config::parse(Path::new("F"), text.as_bytes()).unwrap()
    }

    const fn typed(name: &str) -> Asked<'_> {
        let by_flag = true;
        Asked { name, by_flag }
    }

    const fn set(name: &str) -> Asked<'_> {
        let by_flag = false;
        Asked { name, by_flag }
    }

    #[track_caller]
    fn check(
        id: Option<&str>,
        profile: &Profile,
        asked: Option<Asked<'_>>,
        expected: Result<&str, &str>,
    ) {
        let config = config();
        let found = config.entry_for(id, profile, asked);
        let found = found.map(|entry| entry.name.clone());
        let found = found.map_err(|error| error.to_string());
        let found = found.as_deref().map_err(String::as_str);
        assert_eq!(found, expected, "{id:?} {profile:?} {asked:?}");
    }

    #[test]
    fn the_entry_for_a_step() {
        let several = "several providers are configured and nothing says which to use";
        let unlisted = format!("{several} for the step-up provider `{OTHER}`: `entra`, `okta`");
        let several = format!("{several}: `entra`, `okta`");
        let clash = format!(
            "the step requires the step-up provider `{ENTRA}`, which the entry `entra` serves and `okta` does not"
        );
        let config = config();
        for (id, profile, asked, expected) in [
            // The one that was asked for wins, unless it and another were made for different C1 providers.
            (None, "c", Some(typed("entra")), Ok("entra")),
            (None, "c", Some(set("entra")), Ok("entra")),
            (Some(OKTA), "d", Some(set("spare")), Ok("spare")),
            (Some(OTHER), "c", Some(typed("okta")), Ok("okta")),
            (Some(""), "c", Some(typed("okta")), Ok("okta")),
            (Some(ENTRA), "c", Some(typed("okta")), Err(clash.as_str())),
            (
                None,
                "a",
                Some(typed("otka")),
                Err("there is no provider entry `otka`"),
            ),
            // Then the entry that lists the id.
            (Some(OKTA), "c", None, Ok("okta")),
            (Some(ENTRA), "c", None, Ok("entra")),
            (Some(OKTA), "d", None, Ok("okta")),
            // Then the profile's.
            (None, "b", None, Ok("spare")),
            (Some(""), "b", None, Ok("spare")),
            (Some(OTHER), "b", None, Ok("spare")),
            // Then nobody guesses.
            (None, "c", None, Err(several.as_str())),
            (Some(OTHER), "c", None, Err(unlisted.as_str())),
        ] {
            check(id, &config.profiles[profile], asked, expected);
        }
    }

    #[test]
    fn b5_16_an_entry_of_another_api_is_never_used() {
        let foreign = |id: &str, name: &str, apis: &str, api: &str| {
            format!(
                "the API `https://{api}.example` requires the step-up provider `{id}`, which the entry `{name}` serves, and `{name}` belongs to {apis}"
            )
        };
        let at_c = foreign(ENTRA, "entra", "`https://c.example`", "b");
        let at_both = foreign(
            OKTA,
            "okta",
            "`https://c.example`, `https://d.example`",
            "b",
        );
        let not_for = "the provider entry `okta` does not belong to the API `https://b.example`: it belongs to `https://c.example`, `https://d.example`";
        let unlinked =
            "no provider entry belongs to the API `https://b.example`; configured: `free`";
        let config = config();
        for (id, asked, expected) in [
            (Some(ENTRA), None, at_c.as_str()),
            (Some(OKTA), None, at_both.as_str()),
            (None, Some(typed("okta")), not_for),
            (Some(OKTA), Some(set("okta")), not_for),
            (Some(FREE), None, unlinked),
        ] {
            check(id, &config.profiles["b"], asked, Err(expected));
        }
        // What another API is asked for changes nothing here.
        check(
            Some(ENTRA),
            &config.profiles["b"],
            Some(typed("spare")),
            Ok("spare"),
        );
    }

    #[test]
    fn b5_16_an_entry_that_belongs_to_no_api_is_used_where_it_is_typed() {
        let nobody = "the provider entry `free` does not belong to the API `https://b.example`: it belongs to no API yet";
        let config = config();
        let own = &config.profiles["b"];
        check(None, own, Some(typed("free")), Ok("free"));
        check(None, own, Some(set("free")), Err(nobody));
        let all = "no provider entry belongs to the API `https://a.example`; configured: `entra`, `free`, `lists`, `okta`, `spare`";
        check(None, &config.profiles["a"], None, Err(all));
    }

    #[test]
    fn b5_16_an_address_of_this_run_takes_an_entry_that_is_typed_or_lists_it() {
        let config = config();
        let at = |api: &str| Profile {
            api_url: api.parse().unwrap(),
            ..config.profiles["b"].clone()
        };
        let run = at("https://evil.example");
        let all = "no provider entry belongs to the API `https://evil.example`; configured: `entra`, `free`, `lists`, `okta`, `spare`";
        check(None, &run, None, Err(all));
        let meant =
            "no provider entry belongs to the API `https://evil.example`; configured: `okta`";
        check(Some(OKTA), &run, None, Err(meant));
        let set_only = "the provider entry `spare` does not belong to the API `https://evil.example`: it belongs to `https://b.example`, `https://d.example`";
        check(None, &run, Some(set("spare")), Err(set_only));
        check(None, &run, Some(typed("spare")), Ok("spare"));
        // Scheme and port are part of an origin, and the path is not.
        check(None, &at("https://l1.example/path"), None, Ok("lists"));
        check(None, &at("https://l2.example:8443"), None, Ok("lists"));
        for other in [
            "http://l1.example",
            "https://l1.example:8443",
            "https://l2.example",
        ] {
            let found = config.entry_for(None, &at(other), None);
            assert!(
                matches!(found, Err(ConfigError::Unlinked { .. })),
                "{other}"
            );
        }
        // Another profile's API has that profile's entries, whichever profile is named.
        check(Some(ENTRA), &at("https://c.example"), None, Ok("entra"));
    }

    #[test]
    fn the_only_profile_and_the_only_entry_may_be_linked() {
        let mut config = config();
        assert_eq!(config.to_be_linked(), None);
        config.profiles.retain(|name, _| name == "a");
        config.providers.retain(|name, _| name == "okta");
        let (profile, entry) = config.to_be_linked().unwrap();
        assert_eq!((profile.name.as_str(), entry.name.as_str()), ("a", "okta"));
        // It is not taken for that.
        let found = config.entry_for(None, profile, None);
        assert!(
            matches!(found, Err(ConfigError::Unlinked { .. })),
            "{found:?}"
        );

        let mut linked = config.clone();
        linked.profiles.get_mut("a").unwrap().providers = vec!["okta".into()];
        assert_eq!(linked.to_be_linked(), None);
        let mut listing = config.clone();
        let elsewhere = vec!["https://e.example".parse().unwrap()];
        listing.providers.get_mut("okta").unwrap().api_origins = elsewhere;
        assert_eq!(listing.to_be_linked(), None);

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
            "several profiles are configured and none of them is the default: `a`, `b`, `c`, `d`"
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
        assert_eq!(known, ["entra", "free", "lists", "okta", "spare"]);
    }
}
