//! What a provider knows of us: an entry of the configuration and, if it has one, its secret or its key.

use openidconnect::ClientSecret;

use crate::adapters::credentials::{CredentialError, Credentials, Secret};
use crate::adapters::http::{Http, HttpError};
use crate::config::{Backchannel, ClientAuthMethod, ProviderEntry, ResponseMode};
use crate::context::Context;
use crate::error::Error;
use crate::oidc::assertion::{AssertionKey, NotAKey};
use crate::oidc::registration::{ClientAuth, Registration};
use crate::session::adopted;

/// The relying party's registration for an entry. No API is needed for it.
pub(crate) fn registration(
    context: &Context,
    credentials: &Credentials,
    entry: &ProviderEntry,
) -> Result<Registration, Error> {
    Ok(Registration {
        issuer: entry.issuer.clone(),
        client_id: entry.client_id.clone(),
        client_auth: match entry.client_auth {
            ClientAuthMethod::None => ClientAuth::Public,
            _ => client_auth(entry, &kept(context, credentials, entry)?)?,
        },
        assertion_audience: entry
            .preset
            .map(|preset| preset.assertion_audience)
            .unwrap_or_default(),
        id_token_algs: entry.id_token_algs.clone(),
        pushing: entry.par,
        dpop: entry.dpop,
        scopes: entry.asked_scopes(),
        audience: entry.audience.clone(),
        resource: entry.resource.clone(),
        authorization_details: entry.authorization_details.clone(),
        extra: entry.extra.clone().into_iter().collect(),
        prompt: entry.prompt.parameter().map(str::to_owned),
        form_post: entry.response_mode == ResponseMode::FormPost,
        backchannel: entry.backchannel.unwrap_or(Backchannel::CORE),
        skew: entry.skew,
    })
}

/// The client's secret or key, which may have been kept when names did not know the provider yet.
fn kept(
    context: &Context,
    credentials: &Credentials,
    entry: &ProviderEntry,
) -> Result<Secret, Error> {
    let name = entry.credential();
    match credentials.require(&name) {
        Err(error @ CredentialError::WithoutOrigin { .. }) => {
            adopted(context, credentials, &name, error)
        }
        kept => Ok(kept?),
    }
}

/// How the client proves itself with what is kept for it, or is to be. Secret and key share one place, so each is
/// looked at before it is used as the other: a key sent as a secret is a key given away.
pub(crate) fn client_auth(entry: &ProviderEntry, kept: &Secret) -> Result<ClientAuth, Error> {
    let secret = || {
        if AssertionKey::is_meant(kept.expose()) {
            return Err(no_secret(&entry.name));
        }
        Ok(ClientSecret::new(kept.expose().to_owned()))
    };
    Ok(match entry.client_auth {
        ClientAuthMethod::None => return Err(public(&entry.name)),
        ClientAuthMethod::SecretBasic => ClientAuth::Basic(secret()?),
        ClientAuthMethod::SecretPost => ClientAuth::Post(secret()?),
        ClientAuthMethod::PrivateKeyJwt => {
            let key = AssertionKey::parse(kept.expose());
            ClientAuth::PrivateKey(key.map_err(|reason| no_key(reason, &entry.name))?)
        }
    })
}

/// There is nothing to keep.
pub(crate) fn public(entry: &str) -> Error {
    Error::usage(format!("`{entry}` is a public client, which has neither secret nor key"))
    .hint(format!("if it was registered as another kind, run `stepup provider edit {entry} --client-auth METHOD` first"))
}

/// What is kept, or was to be, is a key.
fn no_secret(entry: &str) -> Error {
    Error::usage(format!("the client secret of `{entry}` is a private key, which is never sent"))
    .hint(format!("keep the secret with `stepup config set-secret {entry} < FILE`; or, if the client proves itself with this key, run `stepup provider edit {entry} --client-auth private_key_jwt`"))
}

fn no_key(reason: NotAKey, entry: &str) -> Error {
    Error::usage(format!("the client key of `{entry}` cannot be used: {reason}"))
    .hint(format!("keep another with `stepup config set-secret {entry} < FILE`; such a key is made by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`"))
}

/// The client for an entry's provider, which may have certificates of its own.
pub(crate) fn http_for(http: &Http, entry: &ProviderEntry) -> Result<Http, HttpError> {
    match &entry.ca_file {
        Some(ca_file) => http.trusting(ca_file),
        None => Ok(http.clone()),
    }
}
