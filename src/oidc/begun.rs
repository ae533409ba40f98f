//! A sign-in from its beginning to its verified tokens: what the ceremonies of our own have in common.

use std::sync::Arc;

use super::dpop::{NoProofAlgorithm, Possession};
use super::id_token::{self, Binding, Expected, IdTokenError};
use super::jose::UnverifiedJws;
use super::redeem_error::RedeemError;
use super::relying_party::RelyingParty;
use super::token_request::Granted;
use super::userinfo;
use crate::domain::authorization_details::{AuthorizationDetails, GrantedDetails};
use crate::domain::challenge::Challenge;
use crate::domain::event::AuthenticationEvent;
use crate::domain::person::SubjectRule;
use crate::domain::proof::StepUpToken;

/// A sign-in that has begun. Used up by the tokens that come of it.
pub(super) struct Begun {
    started: i64,
    person: Option<SubjectRule>,
    possession: Option<Possession>,
    details: Option<Arc<AuthorizationDetails>>,
}

impl Begun {
    /// Makes a key where the token has to be bound to one. `person` is the rule whose claim will be compared, if
    /// there is somebody to compare with; `started` in seconds since the epoch.
    pub(super) fn new(
        relying_party: &RelyingParty,
        challenge: &Challenge,
        person: Option<SubjectRule>,
        started: i64,
    ) -> Result<Self, NoProofAlgorithm> {
        let possession = (relying_party.registration.dpop || challenge.dpop)
            .then(|| Possession::begin(&relying_party.metadata))
            .transpose()?;
        Ok(Self {
            started,
            person,
            possession,
            details: challenge.authorization_details.clone(),
        })
    }

    /// The key that the token will be bound to, if it has to be.
    pub(super) const fn possession(&self) -> Option<&Possession> {
        self.possession.as_ref()
    }

    /// What the provider is asked to grant, if anything.
    pub(super) fn details(&self) -> Option<&AuthorizationDetails> {
        self.details.as_deref()
    }

    /// Every check of the ID token and of what was granted, and `UserInfo` where it lacks the name that will be compared. `now` in seconds
    /// since the epoch.
    pub(super) fn verify(
        self,
        relying_party: &RelyingParty,
        granted: Granted,
        binding: Binding<'_>,
        now: i64,
    ) -> Result<(AuthenticationEvent, StepUpToken), RedeemError> {
        let registration = &relying_party.registration;
        let expected = Expected {
            issuer: &registration.issuer,
            client_id: &registration.client_id,
            binding,
            access_token: &granted.access_token,
            algs: &registration.id_token_algs,
            started: self.started,
            now,
            skew: registration.skew,
        };
        let id_token = granted.id_token.as_deref().ok_or(RedeemError::NoIdToken)?;
        let event = id_token::verify(id_token, &expected, &relying_party.keys)?;
        let event = match &self.details {
            None => event,
            Some(sent) => event.granting(compared(sent, &granted, id_token)?),
        };
        let token = granted.into_token(self.possession);
        let event = userinfo::complete(relying_party, self.person, event, &token)?;
        Ok((event, token))
    }
}

/// B17.3: what the provider says that it granted, in its answer and, where it does so, in the verified ID token.
fn compared(
    sent: &AuthorizationDetails,
    granted: &Granted,
    id_token: &str,
) -> Result<GrantedDetails, RedeemError> {
    let jws = UnverifiedJws::parse(id_token).map_err(IdTokenError::from)?;
    let claim = jws.claims.get(AuthorizationDetails::NAME);
    let answer = granted.authorization_details.as_ref();
    Ok(sent.granted(answer, claim)?)
}
