//! What a provider knows of us: an entry of the configuration and, if it has one, its secret.

use openidconnect::ClientSecret;

use crate::adapters::credentials::Credentials;
use crate::config::{ClientAuthMethod, ProviderEntry, ResponseMode};
use crate::error::Error;
use crate::oidc::registration::{ClientAuth, Registration};

/// The relying party's registration for an entry. No API is needed for it.
pub(super) fn registration(
    credentials: &Credentials,
    entry: &ProviderEntry,
) -> Result<Registration, Error> {
    let secret = || -> Result<ClientSecret, Error> {
        let secret = credentials.require(&entry.credential())?;
        Ok(ClientSecret::new(secret.expose().to_owned()))
    };
    Ok(Registration {
        name: entry.name.clone(),
        issuer: entry.issuer.clone(),
        client_id: entry.client_id.clone(),
        client_auth: match entry.client_auth {
            ClientAuthMethod::None => ClientAuth::Public,
            ClientAuthMethod::SecretBasic => ClientAuth::Basic(secret()?),
            ClientAuthMethod::SecretPost => ClientAuth::Post(secret()?),
        },
        id_token_algs: entry.id_token_algs.clone(),
        request: entry.request,
        pushing: entry.par,
        dpop: entry.dpop,
        scopes: scopes(entry),
        audience: entry.audience.clone(),
        resource: entry.resource.clone(),
        prompt: entry.prompt.parameter().map(str::to_owned),
        form_post: entry.response_mode == ResponseMode::FormPost,
        skew: entry.skew,
    })
}

/// The entry's scopes, and the one without which nobody could be compared.
fn scopes(entry: &ProviderEntry) -> Vec<String> {
    let mut scopes = entry.scopes.clone();
    let implied = entry.subject.scope().map(str::to_owned);
    scopes.extend(implied.filter(|scope| !entry.scopes.contains(scope)));
    scopes
}
