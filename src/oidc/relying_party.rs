//! Us, at one provider: what every request to it is made of.

use std::sync::Arc;

use url::Url;

use super::client_authentication::ClientAuthentication;
use super::discovery::{self, DiscoveryError};
use super::keys::KeySource;
use super::metadata::Metadata;
use super::provider::Provider;
use super::registration::Registration;
use crate::adapters::http::Http;
use crate::domain::person::SubjectRule;

/// Us, at one provider whose metadata is known (OpenID Connect Core §1.2).
pub(crate) struct RelyingParty {
    pub(super) http: Http,
    pub(super) registration: Registration,
    /// How we prove ourselves here.
    pub(super) client: ClientAuthentication,
    pub(super) token_endpoint: Url,
    pub(super) metadata: Arc<Metadata>,
    pub(super) keys: Arc<KeySource>,
}

impl RelyingParty {
    /// Us, at the provider that was fetched for this registration.
    pub(crate) fn at(
        provider: Provider,
        http: &Http,
        registration: Registration,
    ) -> Result<Self, DiscoveryError> {
        let Provider { metadata, keys } = provider;
        let token_endpoint = metadata.token_endpoint();
        let token_endpoint = token_endpoint.ok_or(DiscoveryError::NoTokenEndpoint)?;
        if let Some(kind) = &registration.authorization_details {
            discovery::lists_details(&metadata, kind)?;
        }
        Ok(Self {
            http: http.clone(),
            client: ClientAuthentication::new(&registration, &metadata)?,
            token_endpoint: token_endpoint.url().clone(),
            registration,
            metadata,
            keys,
        })
    }

    /// A relying party with metadata at hand and without keys.
    #[cfg(test)]
    pub(super) fn known(
        http: &Http,
        registration: Registration,
        metadata: Metadata,
    ) -> Result<Self, DiscoveryError> {
        let provider = Provider {
            metadata: Arc::new(metadata),
            keys: Arc::new(KeySource::none()),
        };
        Self::at(provider, http, registration)
    }

    /// Whether the provider promises `iss` in its answers (RFC 9207 §3).
    pub(super) fn promises_iss(&self) -> bool {
        self.metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported
    }

    /// Fetches the provider's keys anew in the background, over the connection that the code will take.
    pub(crate) fn refresh_keys(&self) {
        self.keys.refresh();
    }

    /// The claims that the `claims` parameter is to ask for, because they will be compared (B9.19): wherever the
    /// provider understands it, for it costs nothing.
    pub(super) fn names_to_ask_for(&self, person: Option<SubjectRule>) -> &'static [&'static str] {
        match (person, self.metadata.claims_parameter_supported()) {
            (Some(rule), Some(true)) => rule.claims(),
            _ => &[],
        }
    }
}
