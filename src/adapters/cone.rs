//! What C1's own tools left on this machine: cone's profiles, c1i's keyring items or file, and the `CONE_*`,
//! `CONDUCTORONE_*` and `C1I_*` variables (c1.md 9.2, 9.3). Read as they are, never written.

mod c1i;
mod error;
mod file;

pub(crate) use error::ConeError;

use std::path::PathBuf;

use url::Url;

use super::api_key::{ApiKey, ApiKeyError, api_of};
use super::credentials::Secret;
use super::http::is_acceptable;
use crate::domain::loopback::is_loopback;

/// A credential of C1's tools.
#[derive(Clone, Debug)]
pub(crate) enum Credential {
    Token(Secret),
    /// A client id and its secret.
    Key(Box<ApiKey>),
    /// A workload's OIDC token, and the client id that exchanges it (c1.md 1.5).
    Workload {
        client_id: String,
        token: Secret,
    },
}

impl Credential {
    /// What the store of secrets keeps: a key, or else a token.
    pub(crate) fn kept(kept: Secret) -> Result<Self, ApiKeyError> {
        Ok(match ApiKey::from_kept(&kept) {
            Some(key) => Self::Key(Box::new(key?)),
            None => Self::Token(kept),
        })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) credential: Credential,
    /// The API it is for: named by a variable, else by the client id.
    pub(crate) api_url: Option<Url>,
    /// In words: a variable's name, cone's profile, or where c1i keeps it.
    pub(crate) place: String,
    /// The file of such a tool, if it was used and other users of this machine can read it.
    pub(crate) exposed: Option<PathBuf>,
}

/// Where to look: the environment, the person's folders, and the keyring.
pub(crate) struct Surroundings<'a> {
    /// A variable's value, if it is set and not empty.
    pub(crate) variable: &'a dyn Fn(&str) -> Option<String>,
    pub(crate) home: Option<PathBuf>,
    /// The folder for configurations, as the system has it.
    pub(crate) configurations: Option<PathBuf>,
    /// What the keyring holds by this service and account.
    pub(crate) keyring: &'a dyn Fn(&str, &str) -> Option<Secret>,
}

/// A key, or half of one, in words where it is, and the file if others can read it.
type Place = (Halves, String, Option<PathBuf>);

/// Both halves of a key, as far as they are there.
#[derive(Default)]
struct Halves {
    id: Option<String>,
    secret: Option<Secret>,
}

impl Halves {
    const fn is_whole(&self) -> bool {
        self.id.is_some() && self.secret.is_some()
    }
}

impl Surroundings<'_> {
    /// The first credential there is: `CONDUCTORONE_ACCESS_TOKEN`, then `CONDUCTORONE_OIDC_TOKEN`,
    /// then a key from `CONE_*` variables over cone's profile, from the pair `CONDUCTORONE_CLIENT_ID` and `..._SECRET`,
    /// from c1i's `C1I_CLIENT_ID` and `..._SECRET`, from cone's profile, or from where c1i keeps it.
    pub(crate) fn look(&self, profile: Option<&str>) -> Result<Option<Found>, ConeError> {
        let named = self.address()?;
        if let Some(token) = self.get("CONDUCTORONE_ACCESS_TOKEN") {
            return Ok(Some(Found {
                credential: Credential::Token(Secret::new(token)),
                api_url: named,
                place: "CONDUCTORONE_ACCESS_TOKEN".into(),
                exposed: None,
            }));
        }
        if let Some(token) = self.get("CONDUCTORONE_OIDC_TOKEN") {
            return self.workload(token, named, profile).map(Some);
        }
        let (found, own) = self.pair_and_api(profile)?;
        let named = named.or(own);
        let Some((
            Halves {
                id: Some(id),
                secret: Some(secret),
            },
            place,
            exposed,
        )) = found
        else {
            return Ok(None);
        };
        let key = ApiKey::new(&id, secret).map_err(|source| ConeError::Key {
            place: place.clone(),
            source,
        })?;
        Ok(Some(Found {
            api_url: named.or_else(|| key.api_url()),
            credential: Credential::Key(Box::new(key)),
            place,
            exposed,
        }))
    }

    /// The first pair there is, and the API that it is for where something beside it says so.
    fn pair_and_api(
        &self,
        profile: Option<&str>,
    ) -> Result<(Option<Place>, Option<Url>), ConeError> {
        let pair = self.variables("CONE_CLIENT_ID", "CONE_CLIENT_SECRET");
        if pair.is_whole() {
            return Ok((Some((pair, "CONE_CLIENT_ID".to_owned(), None)), None));
        }
        if pair.id.is_some() || pair.secret.is_some() {
            // Half a pair is completed from the profile, as cone does.
            return Ok((self.in_profile(profile, pair)?, None));
        }
        if let Some(pair) = self.pair("CONDUCTORONE") {
            let place = "CONDUCTORONE_CLIENT_ID".to_owned();
            return Ok((Some((pair, place, None)), None));
        }
        if let Some(pair) = self.pair("C1I") {
            let url = self.c1i()?.map(|host| host.url);
            return Ok((Some((pair, "C1I_CLIENT_ID".to_owned(), None)), url));
        }
        let found = self.in_profile(profile, Halves::default())?;
        // A profile is cone's; c1i has none.
        if profile.is_some() || found.as_ref().is_some_and(|(pair, ..)| pair.is_whole()) {
            return Ok((found, None));
        }
        let kept = match self.c1i()?.or(self.c1is_file()?) {
            Some(host) => self.kept_by_c1i(&host)?.map(|kept| (kept, host.url)),
            None => None,
        };
        Ok(kept.map_or((found, None), |(kept, url)| (Some(kept), Some(url))))
    }

    /// The client id is `CONE_CLIENT_ID`, the profile's, or `CONDUCTORONE_CLIENT_ID`.
    fn workload(
        &self,
        token: String,
        named: Option<Url>,
        profile: Option<&str>,
    ) -> Result<Found, ConeError> {
        let client_id = match self.get("CONE_CLIENT_ID") {
            Some(id) => Some(id),
            None => match self.in_profile(profile, Halves::default())? {
                Some((Halves { id: Some(id), .. }, ..)) => Some(id),
                _ => self.get("CONDUCTORONE_CLIENT_ID"),
            },
        };
        let client_id = client_id.ok_or(ConeError::NoClient)?;
        let own = api_of(&client_id).ok_or(ConeError::NoClient)?;
        Ok(Found {
            credential: Credential::Workload {
                client_id,
                token: Secret::new(token),
            },
            api_url: named.or(Some(own)),
            place: "CONDUCTORONE_OIDC_TOKEN".into(),
            exposed: None,
        })
    }

    fn get(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    fn variables(&self, id: &str, secret: &str) -> Halves {
        Halves {
            id: self.get(id),
            secret: self.get(secret).map(Secret::new),
        }
    }

    /// Both variables of one tool; half a pair is none.
    fn pair(&self, tool: &str) -> Option<Halves> {
        let halves = self.variables(
            &format!("{tool}_CLIENT_ID"),
            &format!("{tool}_CLIENT_SECRET"),
        );
        halves.is_whole().then_some(halves)
    }

    /// A URL, a host, or host and port; https always, but for loopback.
    fn address(&self) -> Result<Option<Url>, ConeError> {
        for name in ["CONDUCTORONE_SERVER_URL", "CONE_API_ENDPOINT"] {
            if let Some(text) = self.get(name) {
                return address(&text).map(Some).ok_or(ConeError::Address(name));
            }
        }
        let name = "CONDUCTORONE_TENANT_DOMAIN";
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        // A tenant's bare name means C1's own domain.
        let bare = !text.contains(['.', ':', '/']) && text != "localhost";
        let full = if bare {
            format!("{text}.conductor.one")
        } else {
            text
        };
        address(&full).map(Some).ok_or(ConeError::Address(name))
    }

    /// The profile of this name, or of `CONE_PROFILE`, or `default`, under what the variables say.
    fn in_profile(&self, name: Option<&str>, over: Halves) -> Result<Option<Place>, ConeError> {
        let folder = self.get("CONE_CONFIG_PATH").map(PathBuf::from);
        let folder = folder.or_else(|| Some(self.home.as_ref()?.join(".conductorone")));
        let Some(path) = folder.map(|folder| folder.join("config.yaml")) else {
            return Ok(None);
        };
        let name = name.map(str::to_owned).or_else(|| self.get("CONE_PROFILE"));
        let name = name.unwrap_or_else(|| "default".to_owned());
        let Some(profile) = file::profile(&path, &name)? else {
            return Ok(None);
        };
        let halves = Halves {
            id: over.id.or(profile.id),
            secret: over.secret.or(profile.secret),
        };
        let place = format!("cone's profile `{name}` in `{}`", path.display());
        Ok(Some((halves, place, profile.exposed.then_some(path))))
    }
}

/// An address as C1's tools take it: a URL, a host, or host and port.
pub(crate) fn address(text: &str) -> Option<Url> {
    let text = text.trim().to_ascii_lowercase();
    let (scheme, host) = text.split_once("://").unwrap_or(("", &text));
    let mut url = Url::parse(&format!("https://{host}")).ok()?;
    if is_loopback(&url) && scheme != "https" {
        url = Url::parse(&format!("http://{host}")).ok()?;
    }
    let nobody = url.username().is_empty() && url.password().is_none();
    let plain = url.query().is_none() && url.fragment().is_none() && nobody;
    (plain && is_acceptable(&url) && url.host_str().is_some()).then_some(url)
}

#[cfg(test)]
mod tests;
