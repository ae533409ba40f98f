//! What C1's own tools left on this machine: cone's profiles and the `CONE_*` and `CONDUCTORONE_*`
//! variables (wire contract 9.2). Read as they are, never written.
//!
//! cone's file is YAML of a known, flat shape; `yaml-rust2` reads it without a serde layer.

use std::io::Read;
use std::path::{Path, PathBuf};

use url::Url;
use yaml_rust2::{Yaml, YamlLoader};

use super::api_key::{ApiKey, ApiKeyError, api_of};
use super::credentials::Secret;
use super::http::{is_acceptable, is_loopback};

/// Far more than cone writes, bytes.
const LARGEST: u64 = 256 * 1024;

/// Why what is there cannot be used. No variant holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConeError {
    /// The file is there and cannot be read.
    #[error("cone's file `{}` could not be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said, or that it is no YAML.
        reason: String,
    },
    /// A half of a key that is none.
    #[error("the key in {place} cannot be used: {source}")]
    Key {
        /// Where it was found.
        place: String,
        /// What is wrong with it.
        source: ApiKeyError,
    },
    /// An OIDC token alone says nothing about the trust it is for.
    #[error("`CONDUCTORONE_OIDC_TOKEN` is set, and no client id of the form `name@host/use`")]
    NoClient,
    /// A variable that holds no address.
    #[error("`{0}` does not hold the address of an API")]
    Address(&'static str),
}

/// A credential of C1's tools.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A bearer token.
    Token(Secret),
    /// A client id and its secret.
    Key(Box<ApiKey>),
    /// A workload's OIDC token, and the client id that exchanges it (wire contract 1.5).
    Workload {
        /// The client id.
        client_id: String,
        /// The token.
        token: Secret,
    },
}

/// What was found, and where.
#[derive(Clone, Debug)]
pub struct Found {
    /// The credential.
    pub credential: Credential,
    /// The API it is for: named by a variable, else by the client id.
    pub api_url: Option<Url>,
    /// In words: a variable's name, or cone's profile.
    pub place: String,
    /// cone's file, if it was used and other users of this machine can read it.
    pub exposed: Option<PathBuf>,
}

/// Where to look: the environment, and the person's home.
pub struct Surroundings<'a> {
    /// A variable's value, if it is set and not empty.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The home folder.
    pub home: Option<PathBuf>,
}

/// Both halves of a key, as far as they are there.
#[derive(Default)]
struct Halves {
    id: Option<String>,
    secret: Option<Secret>,
}

impl Surroundings<'_> {
    /// The first credential there is: `CONDUCTORONE_ACCESS_TOKEN`, then `CONDUCTORONE_OIDC_TOKEN`, then a key from `CONE_*` variables
    /// over cone's profile, or from the pair `CONDUCTORONE_CLIENT_ID` and `..._SECRET`.
    pub fn look(&self, profile: Option<&str>) -> Result<Option<Found>, ConeError> {
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
        let found = match self.variables("CONE_CLIENT_ID", "CONE_CLIENT_SECRET") {
            // Half a pair is completed from the profile, as cone does.
            Halves {
                id: None,
                secret: None,
            } => match self.variables("CONDUCTORONE_CLIENT_ID", "CONDUCTORONE_CLIENT_SECRET") {
                pair @ Halves {
                    id: Some(_),
                    secret: Some(_),
                } => Some((pair, "CONDUCTORONE_CLIENT_ID".to_owned(), None)),
                _ => self.in_profile(profile, Halves::default())?,
            },
            pair @ Halves {
                id: Some(_),
                secret: Some(_),
            } => Some((pair, "CONE_CLIENT_ID".to_owned(), None)),
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
        let Some((text, exposed)) = read(&path)? else {
            return Ok(None);
        };
        let name = name.map(str::to_owned).or_else(|| self.get("CONE_PROFILE"));
        let name = name.unwrap_or_else(|| "default".to_owned());
        // The parser's words may repeat what it stumbled over.
        let documents =
            YamlLoader::load_from_str(&text).map_err(|error| ConeError::Unreadable {
                path: path.clone(),
                reason: format!("line {} is no YAML", error.marker().line()),
            })?;
        let file = documents.first().unwrap_or(&Yaml::BadValue);
        let Some(profile) = member(file, "profiles").and_then(|all| member(all, &name)) else {
            return Ok(None);
        };
        let value = |keys: [&str; 2]| {
            let mut values = keys.iter().filter_map(|key| member(profile, key)?.as_str());
            values
                .next()
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        let halves = Halves {
            id: over.id.or_else(|| value(["client-id", "client_id"])),
            secret: over
                .secret
                .or_else(|| value(["client-secret", "client_secret"]).map(Secret::new)),
        };
        let place = format!("cone's profile `{name}` in `{}`", path.display());
        Ok(Some((halves, place, exposed.then_some(path))))
    }
}

/// An address as C1's tools take it: a URL, a host, or host and port.
pub fn address(text: &str) -> Option<Url> {
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

/// A member by a name that has no case.
fn member<'y>(yaml: &'y Yaml, name: &str) -> Option<&'y Yaml> {
    let members = yaml.as_hash()?;
    let same = |key: &Yaml| {
        key.as_str()
            .is_some_and(|key| key.eq_ignore_ascii_case(name))
    };
    members
        .iter()
        .find(|(key, _)| same(key))
        .map(|(_, value)| value)
}

/// The file's text, and whether others can read it; `None` if there is no file.
fn read(path: &Path) -> Result<Option<(String, bool)>, ConeError> {
    let failed = |error: std::io::Error| ConeError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let file = match std::fs::File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    let exposed = is_exposed(&file.metadata().map_err(failed)?);
    let mut text = String::new();
    file.take(LARGEST)
        .read_to_string(&mut text)
        .map_err(failed)?;
    Ok(Some((text, exposed)))
}

#[cfg(unix)]
fn is_exposed(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
const fn is_exposed(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;

    use super::*;

    fn secret() -> String {
        let jwk = format!(
            r#"{{"kty":"OKP","crv":"Ed25519","d":"{}"}}"#,
            BASE64.encode([7; 32])
        );
        format!("secret-token:conductorone.com:v1:{}", BASE64.encode(jwk))
    }

    /// What `look` finds: place, address, client id.
    fn look(
        file: Option<&str>,
        variables: &[(&str, &str)],
        profile: Option<&str>,
    ) -> Result<Option<(String, Option<String>, String)>, String> {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".conductorone");
        std::fs::create_dir(&folder).unwrap();
        if let Some(text) = file {
            std::fs::write(folder.join("config.yaml"), text).unwrap();
        }
        let variable = |name: &str| {
            let mut set = variables.iter();
            set.find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let surroundings = Surroundings {
            variable: &variable,
            home: Some(home.path().to_owned()),
        };
        let found = surroundings
            .look(profile)
            .map_err(|error| error.to_string())?;
        Ok(found.map(|found| {
            let id = match found.credential {
                Credential::Token(_) => "token".to_owned(),
                Credential::Key(key) => key.id().to_owned(),
                Credential::Workload { client_id, .. } => format!("workload {client_id}"),
            };
            let place = found.place.split(" in ").next().unwrap().to_owned();
            (place, found.api_url.map(String::from), id)
        }))
    }

    #[test]
    fn cones_file_is_read_as_cone_writes_it() {
        let secret = secret();
        let file = format!(
            "profiles:\n    default:\n        client-id: o-1@acme.conductor.one/pcc\n        client-secret: {secret}\n    Work:\n        client_id: 'o-2@work.c1eu.ai/spc'\n        client_secret: \"{secret}\"\n"
        );
        let found = |variables, profile| look(Some(&file), variables, profile).unwrap().unwrap();
        assert_eq!(
            found(&[], None),
            (
                "cone's profile `default`".into(),
                Some("https://acme.conductor.one/".into()),
                "o-1@acme.conductor.one/pcc".into()
            )
        );
        assert_eq!(found(&[], Some("work")).2, "o-2@work.c1eu.ai/spc");
        assert_eq!(
            found(&[("CONE_PROFILE", "WORK")], None).2,
            "o-2@work.c1eu.ai/spc"
        );
        // Half a pair in the variables is completed from the profile.
        let id = [("CONE_CLIENT_ID", "o-3@acme.conductor.one/pcc")];
        assert_eq!(found(&id, None).2, "o-3@acme.conductor.one/pcc");
        assert_eq!(look(Some(&file), &[], Some("other")), Ok(None));
    }

    #[test]
    fn variables_come_first_in_their_order() {
        let secret = secret();
        let id = "o-9@acme.conductor.one/pcc";
        let cone = [("CONE_CLIENT_ID", id), ("CONE_CLIENT_SECRET", &secret)];
        let c1 = [
            ("CONDUCTORONE_CLIENT_ID", id),
            ("CONDUCTORONE_CLIENT_SECRET", &secret),
        ];
        let token = [("CONDUCTORONE_ACCESS_TOKEN", "t")];
        let place = |set: &[_]| look(None, set, None).unwrap().unwrap().0;
        assert_eq!(place(&cone), "CONE_CLIENT_ID");
        assert_eq!(place(&c1), "CONDUCTORONE_CLIENT_ID");
        assert_eq!(place(&[cone, c1].concat()), "CONE_CLIENT_ID");
        let all = [&cone[..], &token].concat();
        assert_eq!(place(&all), "CONDUCTORONE_ACCESS_TOKEN");
        let oidc = [
            ("CONDUCTORONE_OIDC_TOKEN", "t"),
            ("CONDUCTORONE_CLIENT_ID", id),
        ];
        let found = look(None, &oidc, None).unwrap().unwrap();
        assert_eq!(found.0, "CONDUCTORONE_OIDC_TOKEN");
        assert_eq!(found.2, format!("workload {id}"));
        assert_eq!(place(&[&c1[..], &oidc].concat()), "CONDUCTORONE_OIDC_TOKEN");
        assert_eq!(
            place(&[&oidc[..], &token].concat()),
            "CONDUCTORONE_ACCESS_TOKEN"
        );
        assert!(look(None, &oidc[..1], None).is_err());
        assert_eq!(look(None, &c1[..1], None).unwrap(), None);
        let hosts = [
            ("CONDUCTORONE_SERVER_URL", "a.example"),
            ("CONE_API_ENDPOINT", "b.example"),
        ];
        let named = |hosts: &[_]| {
            look(None, &[&cone[..], hosts].concat(), None)
                .unwrap()
                .unwrap()
                .1
        };
        assert_eq!(named(&hosts).unwrap(), "https://a.example/");
        assert_eq!(named(&hosts[1..]).unwrap(), "https://b.example/");
        for (domain, url) in [
            ("Acme", "https://acme.conductor.one/"),
            ("acme.c1eu.ai", "https://acme.c1eu.ai/"),
        ] {
            let tenant = ("CONDUCTORONE_TENANT_DOMAIN", domain);
            assert_eq!(named(&[tenant]).unwrap(), url);
            assert_eq!(named(&[tenant, hosts[1]]).unwrap(), "https://b.example/");
        }
    }

    #[test]
    fn what_cannot_be_used_is_named_and_not_quoted() {
        for (file, said) in [
            (
                "profiles: {default: {client-id: x, client-secret: hunter2}}",
                "cannot be used",
            ),
            ("profiles: [\n  'hunter2", "is no YAML"),
        ] {
            let error = look(Some(file), &[], None).unwrap_err();
            assert!(
                error.contains(said) && !error.contains("hunter2"),
                "{error}"
            );
        }
        for file in ["", "profiles:", "- a", "profiles: {default: }"] {
            assert_eq!(look(Some(file), &[], None).unwrap(), None, "{file}");
        }
    }

    #[test]
    fn an_address_is_https_unless_it_is_loopback() {
        for (text, url) in [
            ("acme.conductor.one", Some("https://acme.conductor.one/")),
            (
                "http://acme.conductor.one",
                Some("https://acme.conductor.one/"),
            ),
            ("ACME.example:8443", Some("https://acme.example:8443/")),
            ("http://127.0.0.1:4000", Some("http://127.0.0.1:4000/")),
            ("127.0.0.1:4000", Some("http://127.0.0.1:4000/")),
            ("https://localhost:1", Some("https://localhost:1/")),
            ("", None),
            ("a b", None),
            ("x@evil.example", None),
        ] {
            assert_eq!(address(text).map(String::from).as_deref(), url, "{text}");
        }
    }
}
