//! The name under which a secret is kept. It never changes: what is kept would be lost.

use std::fmt;

/// `api/<profile>@<origin>` or `client-secret/<entry>@<origin>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CredentialName {
    pub(crate) owner: Owner,
    /// Where alone the secret may go; `None` in what was kept before names knew it.
    pub(super) origin: Option<String>,
}

/// Whose secret it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A profile's, for its API.
    Profile(String),
    /// A provider entry's, for its provider: a client secret or a client's key.
    Entry(String),
}

impl Owner {
    /// Who gets it, in words.
    pub(crate) const fn gets_it(&self) -> &'static str {
        match self {
            Self::Profile(_) => "API",
            Self::Entry(_) => "provider",
        }
    }
}

impl CredentialName {
    pub(crate) fn of_profile(name: &str, origin: Option<String>) -> Self {
        let owner = Owner::Profile(name.to_owned());
        Self { owner, origin }
    }

    pub(crate) fn of_entry(name: &str, origin: String) -> Self {
        Self {
            owner: Owner::Entry(name.to_owned()),
            origin: Some(origin),
        }
    }

    /// The name without its origin, from before names knew it; `None` if this is one.
    pub(super) fn older(&self) -> Option<Self> {
        self.origin.as_ref().map(|_| Self {
            owner: self.owner.clone(),
            origin: None,
        })
    }

    /// What cannot be done without the secret, in words.
    pub(super) fn without(&self) -> String {
        let origin = self.origin.as_deref().unwrap_or_default();
        let host = origin.rsplit("//").next().unwrap_or_default();
        match &self.owner {
            Owner::Profile(profile) if host.is_empty() => {
                format!("not signed in (profile `{profile}`)")
            }
            Owner::Profile(profile) => format!("not signed in to {host} (profile `{profile}`)"),
            Owner::Entry(entry) => {
                format!("no client secret of the provider entry `{entry}` for {host}")
            }
        }
    }
}

/// As it is kept.
impl fmt::Display for CredentialName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.owner {
            Owner::Profile(name) => write!(f, "api/{name}")?,
            Owner::Entry(name) => write!(f, "client-secret/{name}")?,
        }
        match &self.origin {
            Some(origin) => write!(f, "@{origin}"),
            None => Ok(()),
        }
    }
}
