//! The authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1) and what has to be
//! remembered until its answer comes. Duties B2.10, B3.1 to B3.5, B5.3, B9.1 to B9.6.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::{CoreAuthDisplay, CoreAuthPrompt, CoreClient, CoreResponseType};
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, ClientId, CsrfToken, LoginHint, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
};
use rand::Rng;
use rand::rngs::OsRng;
use url::Url;

use super::begun::Begun;
use super::claims;
use super::dpop::NoProofAlgorithm;
use super::pushed::{self, Address, PushError, Pushed};
use super::registration::Registration;
use super::relying_party::RelyingParty;
use crate::adapters::hidden::hide;
use crate::domain::authorization_details::AuthorizationDetails;
use crate::domain::challenge::Challenge;
use crate::domain::person::SubjectRule;
use crate::domain::requirement::RequestStyle;
use crate::domain::salt::Salt;

/// An authorization request that is being written.
type Parameters<'r> =
    openidconnect::AuthorizationRequest<'r, CoreAuthDisplay, CoreAuthPrompt, CoreResponseType>;

/// Longest URL that a browser is sent to, bytes: what every server and proxy should take (RFC 9110 §4.1).
const LONGEST_URL: usize = 8000;

#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthorizationError {
    /// It had to be pushed, and was not.
    #[error(transparent)]
    Push(#[from] PushError),
    /// The token has to be bound to a key, and cannot be.
    #[error(transparent)]
    NoProofAlgorithm(#[from] NoProofAlgorithm),
    /// It is not pushed, and is longer than a URL can be.
    #[error(
        "the URL of the sign-in would be {0} bytes long, and no more than {LONGEST_URL} can be relied on"
    )]
    TooLong(usize),
}

/// The URL for the person's browser. Not printable: it holds state and nonce, or a reference to them.
pub(crate) struct AuthorizationRequest(Form);

enum Form {
    Whole(Url),
    /// The provider has it already.
    Pushed(Box<Pushed>),
}

impl AuthorizationRequest {
    /// The URL for one visit. A pushed request is pushed again for every further one (RFC 9126 §4).
    pub(crate) fn address(&self) -> Result<Address, PushError> {
        match &self.0 {
            Form::Whole(url) => Ok(Address {
                url: url.clone(),
                lasts: None,
            }),
            Form::Pushed(pushed) => pushed.address(),
        }
    }
}

impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationRequest(redacted)")
    }
}

/// What must match later: state, nonce, verifier, redirect URI, issuer (RFC 9700 §2.1). Used up by the answer.
pub(crate) struct PendingAuthorization {
    pub(super) relying_party: Arc<RelyingParty>,
    pub(super) redirect_uri: RedirectUrl,
    pub(super) state: CsrfToken,
    pub(super) nonce: Nonce,
    /// What makes the nonce a commitment, where it is one.
    pub(super) salt: Option<Salt>,
    pub(super) verifier: PkceCodeVerifier,
    pub(super) begun: Begun,
}

impl PendingAuthorization {
    /// The state by which the listener tells this attempt's answer from any other request.
    pub(crate) fn state(&self) -> &str {
        self.state.secret()
    }
}

impl RelyingParty {
    /// Begins a sign-in: fresh state, nonce and verifier (RFC 7636 §4.1, RFC 9700 §2.1), nothing that an earlier
    /// one used. `person` is the rule whose claim will be compared, `started` in seconds since the epoch.
    pub(crate) fn begin(
        self: &Arc<Self>,
        challenge: &Challenge,
        redirect_uri: RedirectUrl,
        login_hint: Option<&str>,
        person: Option<SubjectRule>,
        started: i64,
    ) -> Result<(AuthorizationRequest, PendingAuthorization), AuthorizationError> {
        let registration = &self.registration;
        let pushing = pushed::endpoint(&self.metadata, registration.pushing)?;
        let begun = Begun::new(self, challenge, person, started)?;
        let client_id = ClientId::new(registration.client_id.clone());
        let client =
            CoreClient::from_provider_metadata(self.metadata.as_ref().clone(), client_id, None)
                .set_redirect_uri(redirect_uri.clone());
        let (code_challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (nonce, salt) = nonce(challenge);
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                move || nonce,
            )
            .set_pkce_challenge(code_challenge);
        request = self.parameters(request, challenge, &begun, person);
        if let Some(hint) = login_hint {
            request = request.set_login_hint(LoginHint::new(hint.to_owned()));
        }
        let (url, state, nonce) = request.url();
        for secret in [state.secret(), nonce.secret(), verifier.secret()] {
            hide(secret);
        }
        let form = match pushing {
            None if url.as_str().len() > LONGEST_URL => {
                return Err(AuthorizationError::TooLong(url.as_str().len()));
            }
            None => Form::Whole(url),
            Some(endpoint) => {
                let own = self.metadata.authorization_endpoint().url();
                let pushed = Pushed::push(self, endpoint, own, &url)?;
                Form::Pushed(Box::new(pushed))
            }
        };
        let pending = PendingAuthorization {
            redirect_uri,
            state,
            nonce,
            salt,
            verifier,
            begun,
            relying_party: Arc::clone(self),
        };
        Ok((AuthorizationRequest(form), pending))
    }

    /// What the entry and the challenge ask the provider for.
    fn parameters<'r>(
        &self,
        mut request: Parameters<'r>,
        challenge: &Challenge,
        begun: &Begun,
        person: Option<SubjectRule>,
    ) -> Parameters<'r> {
        for scope in self.registration.scopes.iter().chain(&challenge.scopes) {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let requirement = &challenge.requirement;
        // RFC 9470 §3, §4: the challenge's values in its order, and its age.
        if requirement.request == RequestStyle::AcrValues {
            for acr in &requirement.acr_values {
                request =
                    request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
            }
        }
        let names = self.names_to_ask_for(person);
        if let Some(claims) = claims::parameter(Some(requirement), names) {
            request = request.add_extra_param("claims", claims);
        }
        if let Some(possession) = begun.possession() {
            request = request.add_extra_param("dpop_jkt", possession.thumbprint());
        }
        if let Some(details) = begun.details() {
            request = request.add_extra_param(AuthorizationDetails::NAME, details.parameter());
        }
        if let Some(max_age) = requirement.requested_max_age() {
            request = request.set_max_age(Duration::from_secs(max_age));
        }
        for (name, value) in self.registration.extra_parameters() {
            request = request.add_extra_param(name, value);
        }
        request
    }
}

/// A nonce that nobody can guess and that no other request has (B5.2, B9.2). Where there is something to commit to, it
/// is the hash of that and of a fresh salt.
fn nonce(challenge: &Challenge) -> (Nonce, Option<Salt>) {
    let Some(committed) = &challenge.committed else {
        return (Nonce::new_random(), None);
    };
    let salt = Salt::new(OsRng.r#gen());
    (Nonce::new(committed.nonce(&salt)), Some(salt))
}

impl Registration {
    fn extra_parameters(&self) -> Vec<(String, String)> {
        let response_mode = self.form_post.then(|| "form_post".to_owned());
        [
            ("prompt", self.prompt.clone()),
            ("response_mode", response_mode),
            ("audience", self.audience.clone()),
            ("resource", self.resource.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .chain(self.extra.clone())
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_not_printed_with_its_state_and_nonce() {
        let url = "https://acme.okta.com/authorize?state=s3cret"
            .parse()
            .unwrap();
        let printed = format!("{:?}", AuthorizationRequest(Form::Whole(url)));
        assert_eq!(printed, "AuthorizationRequest(redacted)");
    }
}
