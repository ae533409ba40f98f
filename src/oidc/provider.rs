//! What a run has fetched of its providers: metadata and keys, once each, however many sign-ins there are.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::discovery::{self, DiscoveryError};
use super::keys::KeySource;
use super::metadata::Metadata;
use crate::adapters::http::Http;

/// A provider whose metadata was fetched and checked, and whose keys are here or on their way.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) metadata: Arc<Metadata>,
    pub(crate) keys: Arc<KeySource>,
}

impl Provider {
    /// Reads the metadata, and begins to fetch the keys.
    pub(crate) fn fetch(http: &Http, issuer: &str) -> Result<Self, DiscoveryError> {
        let metadata = discovery::discover(http, issuer)?;
        let keys = KeySource::fetching(http, metadata.jwks_uri().as_str());
        Ok(Self {
            metadata: Arc::new(metadata),
            keys: Arc::new(keys),
        })
    }
}

/// The providers of a run, by the names of their entries: what they are trusted by is the entry's. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Providers(Arc<Mutex<BTreeMap<String, Provider>>>);

impl Providers {
    /// The provider of this entry; fetched, if it was not yet.
    pub(crate) fn get(
        &self,
        entry: &str,
        http: &Http,
        issuer: &str,
    ) -> Result<Provider, DiscoveryError> {
        if let Some(known) = self.known().get(entry) {
            return Ok(known.clone());
        }
        let fetched = Provider::fetch(http, issuer)?;
        self.known().insert(entry.to_owned(), fetched.clone());
        Ok(fetched)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Provider>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
