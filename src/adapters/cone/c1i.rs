//! Where c1i, C1's second command line, keeps its key (c1.md 9.3): two items of the keyring, or a file where it found no
//! keyring. Both are named after the host of its URL, and are for no other API.

use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use super::{ConeError, Halves, Place, Surroundings, address, file};
use crate::adapters::credentials::Secret;

/// Whose files these are, in words.
const C1I: &str = "c1i";

/// The API that c1i is told of.
pub(super) struct Host {
    pub(super) url: Url,
    /// Host and port as c1i has them in names.
    name: String,
}

impl Host {
    fn of(url: Url) -> Option<Self> {
        let host = url.host_str()?;
        let name = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Some(Self { url, name })
    }
}

/// What its file holds.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
}

impl Surroundings<'_> {
    /// By its variable.
    pub(super) fn c1i(&self) -> Result<Option<Host>, ConeError> {
        let name = "C1I_URL";
        let host = |text: String| address(&text).and_then(Host::of);
        let named = self.get(name).map(host);
        named
            .map(|host| host.ok_or(ConeError::Address(name)))
            .transpose()
    }

    /// By `~/.c1i.yaml`.
    pub(super) fn c1is_file(&self) -> Result<Option<Host>, ConeError> {
        let Some(home) = &self.home else {
            return Ok(None);
        };
        let url = file::top_level(&home.join(".c1i.yaml"), C1I, "url")?;
        Ok(url.and_then(|text| address(&text)).and_then(Host::of))
    }

    /// The key for this API.
    pub(super) fn kept_by_c1i(&self, host: &Host) -> Result<Option<Place>, ConeError> {
        let service = format!("{C1I}/{}", host.name);
        let item = |account| (self.keyring)(&service, account);
        if let (Some(id), Some(secret)) = (item("client_id"), item("client_secret")) {
            let halves = Halves {
                id: Some(id.expose().to_owned()),
                secret: Some(secret),
            };
            return Ok(Some((
                halves,
                format!("c1i's keyring item `{service}`"),
                None,
            )));
        }
        let Some(path) = self.c1is_credentials(&service) else {
            return Ok(None);
        };
        let Some((text, exposed)) = file::read(&path, C1I)? else {
            return Ok(None);
        };
        let kept: Kept = serde_json::from_str(&text).map_err(|error| ConeError::Unreadable {
            tool: C1I,
            path: path.clone(),
            reason: format!("line {} is not as c1i writes it", error.line()),
        })?;
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let halves = Halves {
            id: some(kept.client_id),
            secret: some(kept.client_secret).map(Secret::new),
        };
        let place = format!("c1i's file `{}`", path.display());
        Ok(Some((halves, place, exposed.then_some(path))))
    }

    /// The file of this service. c1i takes everything out of the name that means something in a path.
    fn c1is_credentials(&self, service: &str) -> Option<PathBuf> {
        let name = service.replace(['/', '\\', ':'], "_").replace("..", "_");
        let folder = self.configurations.as_ref()?.join(C1I).join("credentials");
        Some(folder.join(format!("{name}.json")))
    }
}
