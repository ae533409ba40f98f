//! The authorization requests of one attempt: each visit to the start page gets its own state, nonce and verifier,
//! and an answer is redeemed with those of the visit that it answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use openidconnect::RedirectUrl;

use crate::adapters::loopback::Begun;
use crate::ceremony::moment::Moment;
use crate::domain::challenge::Challenge;
use crate::domain::person::SubjectRule;
use crate::oidc::authorization::{AuthorizationError, AuthorizationRequest, PendingAuthorization};
use crate::oidc::relying_party::RelyingParty;

/// The requests of one attempt, those that may still be answered.
pub(super) struct Requests {
    relying_party: Arc<RelyingParty>,
    challenge: Challenge,
    redirect_uri: RedirectUrl,
    login_hint: Option<String>,
    /// The rule whose claim will be compared.
    person: Option<SubjectRule>,
    /// Made in advance, for the first visit.
    first: Mutex<Option<UnusedRequest>>,
    pending: Mutex<HashMap<String, (Moment, PendingAuthorization)>>,
}

/// A request that nobody has been sent with, and the state of its answer.
pub(super) struct UnusedRequest {
    pub(super) authorization: Arc<AuthorizationRequest>,
    pub(super) state: String,
}

impl Requests {
    /// Makes the first request, so that what is wrong with it is found before a browser opens.
    pub(super) fn begin(
        relying_party: RelyingParty,
        challenge: Challenge,
        redirect_uri: RedirectUrl,
        login_hint: Option<String>,
        person: Option<SubjectRule>,
    ) -> Result<Self, AuthorizationError> {
        let requests = Self {
            relying_party: Arc::new(relying_party),
            challenge,
            redirect_uri,
            login_hint,
            person,
            first: Mutex::default(),
            pending: Mutex::default(),
        };
        let first = requests.make()?;
        *lock(&requests.first) = Some(first);
        Ok(requests)
    }

    /// A request that nobody has: the first, or a new one.
    pub(super) fn unused(&self) -> Result<UnusedRequest, AuthorizationError> {
        let first = lock(&self.first).take();
        first.map_or_else(|| self.make(), Ok)
    }

    /// A sign-in for a visit to the start page.
    pub(super) fn visit(&self) -> Result<Begun, AuthorizationError> {
        let request = self.unused()?;
        Ok(Begun {
            address: request.authorization.address()?.url.into(),
            state: Some(request.state),
        })
    }

    /// The request that an answer with this state belongs to, and when it was made; an answer uses it up.
    pub(super) fn answered(&self, state: &str) -> Option<(Moment, PendingAuthorization)> {
        lock(&self.pending).remove(state)
    }

    /// Fetches the provider's keys anew in the background, over the connection that the code will take.
    pub(super) fn refresh_keys(&self) {
        self.relying_party.refresh_keys();
    }

    fn make(&self) -> Result<UnusedRequest, AuthorizationError> {
        let began = Moment::now();
        let (authorization, pending) = RelyingParty::begin(
            &self.relying_party,
            &self.challenge,
            self.redirect_uri.clone(),
            self.login_hint.as_deref(),
            self.person,
            began.at,
        )?;
        let state = pending.state().to_owned();
        lock(&self.pending).insert(state.clone(), (began, pending));
        Ok(UnusedRequest {
            authorization: Arc::new(authorization),
            state,
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
