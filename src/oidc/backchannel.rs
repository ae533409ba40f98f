//! The backchannel ceremony's protocol (OpenID CIBA Core 1.0, poll mode; B13): the person is asked by the
//! provider on a device of theirs, and we ask the token endpoint until they answered.
//!
//! What comes out was verified exactly as in the code flow; only the nonce, of which this flow knows none, is
//! replaced by the id of the request. Ping and push need an address of ours that the provider can reach, and
//! are not spoken.

use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;

use super::begun::Begun;
use super::callback::described;
use super::claims;
use super::dpop::NoProofAlgorithm;
use super::id_token::Binding;
use super::jose;
use super::redeem_error::RedeemError;
use super::registration::Backchannel;
use super::relying_party::RelyingParty;
use super::token_request::{self, Granted, TokenRequestError, refusal};
use crate::adapters::backoff::{Pace, Poll};
use crate::adapters::http::{HttpError, Repeat};
use crate::domain::authorization_details::AuthorizationDetails;
use crate::domain::challenge::Challenge;
use crate::domain::event::AuthenticationEvent;
use crate::domain::person::SubjectRule;
use crate::domain::proof::StepUpToken;
use crate::domain::requirement::RequestStyle;

const GRANT: &str = "urn:openid:params:grant-type:ciba";

/// Seconds between polls where the provider names none (CIBA §7.3).
const INTERVAL: u64 = 5;

/// Longest `auth_req_id` taken, bytes.
const LONGEST: usize = 2048;

/// Why nobody was authenticated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BackchannelError {
    /// The metadata names no endpoint.
    #[error("the provider has no backchannel authentication endpoint")]
    NoEndpoint,
    /// The metadata lists other ways of delivery only.
    #[error("the provider cannot be polled: it delivers by {0} only")]
    NoPoll(String),
    /// The token has to be bound to a key, and cannot be.
    #[error(transparent)]
    NoProofAlgorithm(#[from] NoProofAlgorithm),
    /// No answer to the request, or none to the last poll.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The provider does not ask the person (CIBA §13).
    #[error("the provider refused the backchannel request with `{code}`{}", described(.description.as_deref()))]
    Refused {
        code: String,
        description: Option<String>,
    },
    /// Neither success nor an OAuth error.
    #[error("the provider answered the backchannel request with HTTP {0}")]
    Status(u16),
    /// A success without what it needs (CIBA §7.3).
    #[error("the provider's answer to the backchannel request cannot be read: {0}")]
    Unreadable(&'static str),
    /// The first poll would come after the end.
    #[error("the provider wants to be asked every {interval} s, and the wait ends after {limit} s")]
    TooShort {
        /// Seconds between polls.
        interval: u64,
        /// Seconds of the wait.
        limit: u64,
    },
    /// The person, or a policy, said no.
    #[error("the request was refused on the other device{}", described(.0.as_deref()))]
    Declined(Option<String>),
    /// Nobody answered while the request was good.
    #[error("nobody answered the request on the other device in time")]
    Expired,
    /// The token endpoint ended it otherwise (CIBA §11).
    #[error("the provider ended the backchannel request with `{code}`{}", described(.description.as_deref()))]
    Ended {
        code: String,
        description: Option<String>,
    },
    /// The token response, or the ID token in it, is not as it must be.
    #[error(transparent)]
    Token(#[from] RedeemError),
}

impl BackchannelError {
    /// Whether the person may have been asked, when this came of asking the provider.
    pub(crate) const fn may_have_rung(&self) -> bool {
        matches!(
            self,
            Self::Http(
                HttpError::Timeout { .. }
                    | HttpError::Broken { .. }
                    | HttpError::Coded { .. }
                    | HttpError::Tls { .. }
            ) | Self::Status(_)
                | Self::Unreadable(_)
                | Self::TooShort { .. }
        )
    }
}

/// What the provider is told of this request.
pub(crate) struct Asking<'a> {
    /// Whom to ask: the one hint that is sent (CIBA §7.1).
    pub(crate) login_hint: &'a str,
    /// What their device shows, and the terminal too (B13.4).
    pub(crate) binding_message: &'a str,
    /// How long to wait.
    pub(crate) limit: Duration,
    /// When the attempt began, seconds since the epoch.
    pub(crate) started: i64,
    /// The rule whose claim will be compared, if there is somebody to compare with.
    pub(crate) person: Option<SubjectRule>,
}

/// A request that the person has not answered yet. Good for one answer, and used up by it.
pub(crate) struct PendingBackchannel {
    relying_party: RelyingParty,
    auth_req_id: String,
    interval: Duration,
    /// How long it can be answered.
    lifetime: Duration,
    begun: Begun,
}

impl RelyingParty {
    /// Has the provider ask the person (CIBA §7.1). One request, never sent twice: each may ring a telephone.
    pub(crate) fn ask(
        self,
        challenge: &Challenge,
        asking: &Asking<'_>,
    ) -> Result<PendingBackchannel, BackchannelError> {
        let endpoint = endpoint(&self)?;
        let begun = Begun::new(&self, challenge, asking.person, asking.started)?;
        let parameters = self.request(challenge, asking);
        let answer = self.http.send(self.client.post(&endpoint, &parameters))?;
        let status = answer.status().as_u16();
        let body = jose::parse_document(answer.body()).unwrap_or_default();
        let body = body.as_object();
        if status != 200 {
            return Err(match body.and_then(refusal) {
                Some((code, description)) => BackchannelError::Refused { code, description },
                None => BackchannelError::Status(status),
            });
        }
        let accepted = Accepted::read(body, asking.limit)?;
        Ok(PendingBackchannel {
            relying_party: self,
            auth_req_id: accepted.auth_req_id,
            interval: accepted.interval,
            lifetime: accepted.lifetime,
            begun,
        })
    }

    fn request(&self, challenge: &Challenge, asking: &Asking<'_>) -> Vec<(String, String)> {
        let registration = &self.registration;
        let style = registration.backchannel;
        let requirement = &challenge.requirement;
        let scopes = registration.scopes.iter().chain(&challenge.scopes);
        let scope = scopes.fold("openid".to_owned(), |all, one| format!("{all} {one}"));
        let wish = style.acr_values && requirement.request == RequestStyle::AcrValues;
        let acr_values =
            (wish && !requirement.acr_values.is_empty()).then(|| requirement.acr_values.join(" "));
        let asked = style.acr_values.then_some(requirement);
        let claims = claims::parameter(asked, self.names_to_ask_for(asking.person));
        // RFC 9396 §3: wherever a scope may be asked for.
        let details = challenge.authorization_details.as_ref();
        let details = details.map(|details| details.parameter());
        // A little longer than the wait, so that the last poll, at its end, finds the answer still there.
        let expiry = asking.limit.as_secs().saturating_add(INTERVAL);
        let expiry = expiry.min(style.longest).to_string();
        [
            ("scope", Some(scope)),
            ("login_hint", Some(asking.login_hint.to_owned())),
            ("binding_message", Some(asking.binding_message.to_owned())),
            (style.expiry, Some(expiry)),
            ("acr_values", acr_values),
            ("claims", claims),
            (AuthorizationDetails::NAME, details),
            ("audience", registration.audience.clone()),
            ("resource", registration.resource.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .chain(registration.extra.clone())
        .collect()
    }
}

/// Where to ask, of a provider that can be polled.
fn endpoint(relying_party: &RelyingParty) -> Result<Url, BackchannelError> {
    let extensions = relying_party.metadata.additional_metadata();
    let endpoint = extensions.backchannel_authentication_endpoint.clone();
    let endpoint = endpoint.ok_or(BackchannelError::NoEndpoint)?;
    match &extensions.backchannel_token_delivery_modes_supported {
        Some(modes) if !modes.iter().any(|mode| mode == Backchannel::POLL) => {
            let modes = format!("`{}`", modes.join("`, `"));
            Err(BackchannelError::NoPoll(modes))
        }
        _ => Ok(endpoint),
    }
}

/// What the provider answers to a request that it took (CIBA §7.3).
struct Accepted {
    auth_req_id: String,
    interval: Duration,
    lifetime: Duration,
}

impl Accepted {
    fn read(body: Option<&Map<String, Value>>, limit: Duration) -> Result<Self, BackchannelError> {
        let bad = BackchannelError::Unreadable;
        let body = body.ok_or(bad("it is not a JSON object"))?;
        let usable = |id: &&str| {
            (1..=LONGEST).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let auth_req_id = body.get("auth_req_id").and_then(Value::as_str);
        let auth_req_id = auth_req_id
            .filter(usable)
            .ok_or(bad("it has no usable `auth_req_id`"))?;
        let expires_in = body.get("expires_in").and_then(Value::as_u64);
        let expires_in = expires_in
            .filter(|seconds| *seconds > 0)
            .ok_or(bad("its `expires_in` is not in the future"))?;
        let interval = match body.get("interval") {
            None | Some(Value::Null) => INTERVAL,
            // No interval at all is a loop without a pause.
            Some(told) => told
                .as_u64()
                .ok_or(bad("its `interval` is not a number of seconds"))?
                .max(1),
        };
        let lifetime = Duration::from_secs(expires_in).min(limit);
        if Duration::from_secs(interval) > lifetime {
            return Err(BackchannelError::TooShort {
                interval,
                limit: lifetime.as_secs(),
            });
        }
        Ok(Self {
            auth_req_id: auth_req_id.to_owned(),
            interval: Duration::from_secs(interval),
            lifetime,
        })
    }
}

impl PendingBackchannel {
    /// How long the person has.
    pub(crate) const fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// Polls until the person answered, no faster than told (CIBA §10.1), and verifies the answer. `now` is asked
    /// for after it came, in seconds since the epoch; `came` is called before it is verified.
    pub(crate) fn redeem(
        self,
        now: impl Fn() -> i64,
        came: impl FnOnce(),
    ) -> Result<(AuthenticationEvent, StepUpToken), BackchannelError> {
        let granted = self.granted()?;
        came();
        let binding = Binding::AuthReqId(&self.auth_req_id);
        Ok(self
            .begun
            .verify(&self.relying_party, granted, binding, now())?)
    }

    fn granted(&self) -> Result<Granted, BackchannelError> {
        let parameters = self.poll();
        let mut unanswered = None;
        let granted = Pace::new(self.interval, self.lifetime).poll(|| {
            unanswered = None;
            let possession = self.begun.possession();
            match token_request::tokens(&self.relying_party, possession, &parameters, Repeat::Never)
            {
                Ok(granted) => Ok(Poll::Answered(granted)),
                Err(TokenRequestError::Http(error)) => {
                    unanswered = Some(error);
                    Ok(Poll::Later)
                }
                Err(error) => meaning(error),
            }
        })?;
        // Whoever could not even ask does not know what the person did.
        let over = || unanswered.map_or(BackchannelError::Expired, BackchannelError::Http);
        granted.ok_or_else(over)
    }

    fn poll(&self) -> Vec<(String, String)> {
        let resource = self.relying_party.registration.resource.clone();
        [
            ("grant_type", Some(GRANT.to_owned())),
            ("auth_req_id", Some(self.auth_req_id.clone())),
            ("resource", resource),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }
}

/// What an error of the token endpoint means to the polling (CIBA §10.1, §11).
fn meaning(error: TokenRequestError) -> Result<Poll<Granted>, BackchannelError> {
    match error {
        TokenRequestError::Refused {
            status: 429 | 500..,
            ..
        }
        | TokenRequestError::Unreadable {
            status: 429 | 500..,
            ..
        } => Ok(Poll::Later),
        TokenRequestError::Refused {
            code, description, ..
        } => match code.as_str() {
            "authorization_pending" => Ok(Poll::Pending),
            "slow_down" => Ok(Poll::Later),
            "access_denied" => Err(BackchannelError::Declined(description)),
            "expired_token" => Err(BackchannelError::Expired),
            _ => Err(BackchannelError::Ended { code, description }),
        },
        other => Err(RedeemError::from(other).into()),
    }
}

#[cfg(test)]
mod tests;
