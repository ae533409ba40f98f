//! What C1's own tools left on this machine: cone's profiles and the `CONE_*`, `CONDUCTORONE_*` and `C1I_*`
//! variables (c1.md 9.2, 9.3). Read as they are, never written.

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
    /// A bearer token.
    Token(Secret),
    /// A client id and its secret.
    Key(Box<ApiKey>),
    /// A workload's OIDC token, and the client id that exchanges it (c1.md 1.5).
    Workload {
        client_id: String,
        /// The token.
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

/// What was found, and where.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) credential: Credential,
    /// The API it is for: named by a variable, else by the client id.
    pub(crate) api_url: Option<Url>,
    /// In words: a variable's name, or cone's profile.
    pub(crate) place: String,
    /// cone's file, if it was used and other users of this machine can read it.
    pub(crate) exposed: Option<PathBuf>,
}

/// Where to look: the environment, and the person's home.
pub(crate) struct Surroundings<'a> {
    /// A variable's value, if it is set and not empty.
    pub(crate) variable: &'a dyn Fn(&str) -> Option<String>,
    pub(crate) home: Option<PathBuf>,
}

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
    /// then a key from `CONE_*` variables over cone's profile, from the pair `CONDUCTORONE_CLIENT_ID` and `..._SECRET`, or
    /// from c1i's `C1I_CLIENT_ID` and `..._SECRET`.
    pub(crate) fn look(&self, profile: Option<&str>) -> Result<Option<Found>, ConeError> {
        let mut named = self.address()?;
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
        let found = match self.variables("CONE_CLIENT_ID", "CONE_CLIENT_SECRET") {
            // Half a pair is completed from the profile, as cone does.
            Halves {
                id: None,
                secret: None,
            } => match ["CONDUCTORONE", "C1I"].map(|tool| self.pair(tool)) {
                [Some(pair), _] => Some((pair, "CONDUCTORONE_CLIENT_ID".to_owned(), None)),
                [None, Some(pair)] => {
                    named = named.or(self.c1i()?);
                    Some((pair, "C1I_CLIENT_ID".to_owned(), None))
                }
                [None, None] => self.in_profile(profile, Halves::default())?,
            },
            pair if pair.is_whole() => Some((pair, "CONE_CLIENT_ID".to_owned(), None)),
            half => self.in_profile(profile, half)?,
        };
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

    /// The API that c1i is told of. Its pair is for no other.
    fn c1i(&self) -> Result<Option<Url>, ConeError> {
        let name = "C1I_URL";
        let url = self.get(name).map(|text| address(&text));
        url.map(|url| url.ok_or(ConeError::Address(name)))
            .transpose()
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
    fn in_profile(
        &self,
        name: Option<&str>,
        over: Halves,
    ) -> Result<Option<(Halves, String, Option<PathBuf>)>, ConeError> {
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
