//! What a provider knows of us: an entry of the configuration and, if it has one, its secret or its key.

use openidconnect::ClientSecret;

use crate::adapters::credentials::Credentials;
use crate::config::{Backchannel, ClientAuthMethod, ProviderEntry, ResponseMode};
use crate::error::{Error, ErrorKind};
use crate::oidc::assertion::{AssertionKey, NotAKey};
use crate::oidc::registration::{ClientAuth, Registration};

/// The relying party's registration for an entry. No API is needed for it.
pub(super) fn registration(
    credentials: &Credentials,
    entry: &ProviderEntry,
) -> Result<Registration, Error> {
    let kept = || credentials.require(&entry.credential());
    let secret =
        || -> Result<ClientSecret, Error> { Ok(ClientSecret::new(kept()?.expose().to_owned())) };
    Ok(Registration {
        name: entry.name.clone(),
        issuer: entry.issuer.clone(),
        client_id: entry.client_id.clone(),
        client_auth: match entry.client_auth {
            ClientAuthMethod::None => ClientAuth::Public,
            ClientAuthMethod::SecretBasic => ClientAuth::Basic(secret()?),
            ClientAuthMethod::SecretPost => ClientAuth::Post(secret()?),
            ClientAuthMethod::PrivateKeyJwt => {
                let key = AssertionKey::parse(kept()?.expose());
                ClientAuth::PrivateKey(key.map_err(|reason| no_key(reason, &entry.name))?)
            }
        },
        assertion_audience: entry
            .preset
            .map(|preset| preset.assertion_audience)
            .unwrap_or_default(),
        id_token_algs: entry.id_token_algs.clone(),
        request: entry.request,
        pushing: entry.par,
        dpop: entry.dpop,
        scopes: scopes(entry),
        audience: entry.audience.clone(),
        resource: entry.resource.clone(),
        prompt: entry.prompt.parameter().map(str::to_owned),
        form_post: entry.response_mode == ResponseMode::FormPost,
        backchannel: entry.backchannel.unwrap_or(Backchannel::CORE),
        skew: entry.skew,
    })
}

/// What is kept, or was to be, is no key.
pub(super) fn no_key(reason: NotAKey, entry: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("the client key of `{entry}` cannot be used: {reason}"),
    )
    .hint(format!("keep another with `stepup config set-secret {entry} < FILE`; such a key is made by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`"))
}

/// The entry's scopes, and the one without which nobody could be compared.
fn scopes(entry: &ProviderEntry) -> Vec<String> {
    let mut scopes = entry.scopes.clone();
    let implied = entry.subject.scope().map(str::to_owned);
    scopes.extend(implied.filter(|scope| !entry.scopes.contains(scope)));
    scopes
}
