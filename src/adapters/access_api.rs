//! The access-management API, C1's wire contract: who am I, tasks, approvals. Domain types out; the
//! JSON stays in `wire`.
//!
//! Reads are repeated when the API fails. A POST action is sent once; a second time only when its credential, or a
//! proof without the API's nonce, was refused before anything was done. The credential goes to the configured
//! host only, since the HTTP client follows no redirect.

mod exchange;
pub(crate) mod policies;
mod providers;
mod resource;
mod tasks;
mod transactions;
mod wire;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use openidconnect::http::{Method, Response};
use serde::de::DeserializeOwned;
use serde_json::json;
use url::Url;

use super::api_key::ApiKey;
use super::bearer::Bearer;
use super::http::{Http, HttpError, challenge_lines, host_and_port};
use super::reach::may_name;
use super::text;
use super::token_endpoint::TokenError;
use crate::domain::challenge::Demand;
use crate::domain::excerpt::excerpt;
use crate::domain::person::Approver;
use crate::domain::proof::StepUpProof;
use crate::domain::task::{Task, is_task_id};
use crate::domain::transaction::HostedProof;
use crate::domain::www_authenticate::{self, MalformedChallenge};

pub(crate) use exchange::location_host;
pub(crate) use resource::{ResourceError, covers, trusted_issuers};
pub(crate) use tasks::TaskPage;
pub(crate) use transactions::{HostedProvider, Narrowed};

/// Why the API gave nothing usable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// No answer at all. For an action: whether it happened is unknown.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// No access token for the call, which was not made or was refused before.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// 401 without a step-up challenge: the credential is missing, expired or revoked.
    #[error("the API did not accept the credential: {0}")]
    SignedOut(String),
    /// A challenge that cannot be followed or read: whether it is one for step-up is not known then, and the
    /// credential was not refused (B1.22).
    #[error("the API's challenge cannot be followed: {0}")]
    Challenge(#[from] MalformedChallenge),
    /// The API refuses this caller (403).
    #[error("the API does not allow it: {0}")]
    Forbidden(String),
    /// 404, or an endpoint that is not there (405, 501).
    #[error("the API does not know what was asked for: {0}")]
    NotFound(String),
    /// 404 even for the question whose the credential is: a server that is not the API.
    #[error("`{0}` is not an access API that stepup knows: it has no `/api/v1/auth/introspect`")]
    NotTheApi(String),
    /// Another 4xx: the action is refused, nothing happened.
    #[error("the API refused: {0}")]
    Refused(String),
    /// 429, with the time that the API wants to be left alone if it says so.
    #[error("the API is asked too often{}", wished(*.0))]
    TooMany(Option<Duration>),
    /// 5xx. For an action: whether it happened is unknown.
    #[error("the API failed with HTTP {status}: {message}")]
    Server {
        /// The status.
        status: u16,
        /// Its explanation.
        message: String,
    },
    /// A redirect, which is never followed with a credential in hand.
    #[error("the API answered with a redirect to `{to}`, which is not followed")]
    Redirect {
        /// Host and port of where it leads; its path and query may hold a secret.
        to: String,
        /// Where a person can do it in the browser.
        page: String,
    },
    /// A 200 or a 403 that is a web page: something sits between us and the API (c1.md 4.3).
    #[error("`{host}` answered with a web page instead of JSON")]
    WebPage {
        /// Host and port.
        host: String,
        /// Where a person can do it in the browser.
        page: String,
    },
    /// A 200 whose JSON is not what the contract says.
    #[error("the API's answer cannot be read: {0}")]
    Unreadable(String),
    /// A proof made for another step or task: nothing was sent.
    #[error("the proof was made for another approval")]
    OtherProof,
    /// Another task than the one that was asked for: whatever is done next would be done to that one.
    #[error("task `{asked}` was asked for, and the API answered with task `{answered}`")]
    OtherTask {
        /// The id or number.
        asked: String,
        /// What came.
        answered: String,
    },
    /// The id cannot be one.
    #[error("`{0}` is not a task ID")]
    BadId(String),
}

/// The time that it wants to be left alone.
fn wished(pause: Option<Duration>) -> String {
    pause.map_or_else(String::new, |pause| {
        format!(
            ", and wants to be left alone for {} s",
            pause.as_secs().max(1)
        )
    })
}

impl ApiError {
    /// Whether an action that ended like this may have happened all the same. A redirect after a POST is how many
    /// servers say that they have done it (303, RFC 9110 §15.4.4).
    pub(crate) const fn leaves_doubt(&self) -> bool {
        matches!(
            self,
            Self::Http(_)
                | Self::Server { .. }
                | Self::Redirect { .. }
                | Self::WebPage { .. }
                | Self::Unreadable(_)
        )
    }
}

/// What an approval came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApproveAnswer {
    /// Accepted; effects follow, so the task has to be re-read.
    Accepted {
        /// C1's `ticketActionId`.
        ticket_action_id: String,
    },
    /// Not without step-up: RFC 9470.
    Challenged(Demand),
    /// C1 hosts the ceremony itself; the person has to go to this page.
    Hosted {
        /// `redirectUrl`; may hold a one-time secret, so no more than its host is shown or logged.
        page: Url,
    },
}

/// Which approve endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// `approve`.
    Plain,
    /// `approve-with-step-up`.
    StepUp,
}

/// What an approval carries beside the API credential.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Evidence<'a> {
    /// Nothing: the API says what it demands.
    Nothing,
    /// The step-up token of a local ceremony, instead of the API credential.
    Token(&'a StepUpProof),
    /// The transaction of a hosted ceremony.
    Transaction(&'a HostedProof),
    /// A transaction that only the API can look at; the person named it.
    Named(&'a str),
}

impl Evidence<'_> {
    /// Whether this may be sent with an approval of this step of this task.
    fn is_for(&self, task_id: &str, policy_step_id: &str) -> bool {
        match self {
            // The API judges.
            Self::Nothing | Self::Named(_) => true,
            Self::Token(proof) => proof.is_for(task_id, policy_step_id),
            Self::Transaction(proof) => proof.is_for(task_id, policy_step_id),
        }
    }

    fn transaction_id(&self) -> &str {
        match self {
            Self::Nothing | Self::Token(_) => "",
            Self::Transaction(proof) => &proof.transaction().id,
            Self::Named(id) => id,
        }
    }
}

/// Whose a credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The API's id of the person.
    pub(crate) user_id: String,
    /// The tenant's id, empty if the API does not say.
    pub(crate) tenant_id: String,
    /// Roles in the API, in its words.
    pub(crate) roles: Vec<String>,
}

/// A client of one API with one credential.
#[derive(Clone)]
pub(crate) struct AccessApi {
    http: Http,
    base: Url,
    bearer: Bearer,
    /// The API's clock less ours, seconds, as its last answer showed it.
    ahead: Arc<AtomicI64>,
    /// The people who were read, each once a run.
    met: Arc<Mutex<BTreeMap<String, Approver>>>,
    /// How many tasks to ask for at once: fewer, once a page of them was too large.
    rows: Arc<AtomicUsize>,
}

/// No answer with a `Date` has come yet.
const UNKNOWN: i64 = i64::MIN;

impl AccessApi {
    /// `base` is the tenant's address; `bearer` goes there and nowhere else.
    pub(crate) fn new(http: Http, base: Url, bearer: Bearer) -> Self {
        Self {
            http,
            base,
            bearer,
            ahead: Arc::new(AtomicI64::new(UNKNOWN)),
            met: Arc::default(),
            rows: Arc::new(AtomicUsize::new(tasks::PAGE)),
        }
    }

    /// How many seconds the API's clock is ahead of ours; `None` until an answer told.
    pub(crate) fn ahead(&self) -> Option<i64> {
        Some(self.ahead.load(Ordering::Relaxed)).filter(|ahead| *ahead != UNKNOWN)
    }

    /// Now by the API's clock, as far as it is known.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = jiff::SignedDuration::from_secs(self.ahead().unwrap_or_default());
        let ours = Timestamp::now();
        ours.checked_add(ahead).unwrap_or(ours)
    }

    /// This API, which repeats no request after this moment.
    #[must_use]
    pub(crate) fn until(&self, deadline: Instant) -> Self {
        let http = self.http.clone().until(deadline);
        Self {
            http,
            ..self.clone()
        }
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// Host and port, for people.
    pub(crate) fn host(&self) -> String {
        host_and_port(&self.base)
    }

    /// Whether the API may send the person's browser there. [B9.8]
    pub(crate) fn may_name(&self, url: &Url) -> bool {
        may_name(&self.base, url)
    }

    /// Where a person finds the task in the web app (c1.md 3.2).
    pub(crate) fn web_url(&self, task: &Task) -> String {
        self.page_of(task.handle())
    }

    fn page_of(&self, task: &str) -> String {
        let url = self.base.join(&format!("task/{task}"));
        url.unwrap_or_else(|_| self.base.clone()).into()
    }

    /// The id of the credential's person (`auth/introspect`).
    pub(crate) fn introspect(&self) -> Result<String, ApiError> {
        self.identity().map(|identity| identity.user_id)
    }

    /// Whose the credential is, where, and in which roles (`auth/introspect`).
    pub(crate) fn identity(&self) -> Result<Identity, ApiError> {
        let answer = self.read(&["auth", "introspect"]);
        // Every access API says whose a credential is; a server that does not know the question is something else.
        let answer: wire::Introspection = answer.map_err(|error| match error {
            ApiError::NotFound(_) => ApiError::NotTheApi(self.host()),
            error => error,
        })?;
        if answer.user_id.is_empty() {
            // c1.md 2: a 200 without `userId` is a fault of the server.
            return Err(ApiError::Unreadable("it does not say who we are".into()));
        }
        Ok(Identity {
            user_id: answer.user_id,
            tenant_id: answer.tenant_id,
            roles: answer.roles,
        })
    }

    /// Makes a personal key for the caller, whose secret is shown this once (c1.md 1.3).
    pub(crate) fn create_personal_key(&self, name: &str) -> Result<ApiKey, ApiError> {
        let body = json!({ "displayName": name });
        let path = ["iam", "personal_clients"];
        let bytes = self.exchange(&Method::POST, &path, Some(&body))?;
        let answer: wire::PersonalClient = serde_json::from_slice(&bytes)
            .map_err(|_| ApiError::Unreadable("it holds no key".into()))?;
        ApiKey::new(&answer.client.client_id, answer.client_secret)
            .map_err(|error| ApiError::Unreadable(error.to_string()))
    }

    /// A person, read once. Fields the role may not see come back empty.
    pub(crate) fn user(&self, id: &str) -> Result<Approver, ApiError> {
        let met = || self.met.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = met().get(id) {
            return Ok(known.clone());
        }
        let answer: wire::UserAnswer = self.read(&["users", id])?;
        let person = answer.into_approver(id);
        met().insert(id.to_owned(), person.clone());
        Ok(person)
    }

    /// The people who have this email address. What a search finds beside them is left out.
    pub(crate) fn people_at(&self, email: &str) -> Result<Vec<Approver>, ApiError> {
        let body = json!({ "email": email });
        let bytes = self.exchange(&Method::POST, &["search", "users"], Some(&body))?;
        let found = decode::<wire::UserList>(&bytes)?.into_people().into_iter();
        let is_theirs = |person: &Approver| {
            let address = person.email.as_deref().unwrap_or_default();
            address.to_lowercase() == email.to_lowercase()
        };
        Ok(found.filter(is_theirs).collect())
    }

    /// A task by its numeric or 27-character id; it is that one and no other.
    pub(crate) fn task(&self, id: &str) -> Result<Task, ApiError> {
        // c1.md 1.1 and 3.1: an empty segment turns a read into a list; a number or 27 letters
        // and digits is an id, nothing else is.
        if !is_task_id(id) {
            return Err(ApiError::BadId(id.chars().take(64).collect()));
        }
        let answer: wire::task::TaskAnswer = self.read(&["tasks", id])?;
        let task = answer.into_task().ok_or_else(|| {
            ApiError::Unreadable("it holds no task, or one without a task ID".to_owned())
        })?;
        if !task.answers_to(id) {
            let (asked, answered) = (id.to_owned(), excerpt(task.handle(), 40));
            return Err(ApiError::OtherTask { asked, answered });
        }
        Ok(task)
    }

    /// Submits an approval: with the API credential and, where there is one, a transaction's id (c1.md
    /// 4.1), or with the step-up token (RFC 9470 §5). Sent once.
    pub(crate) fn approve(
        &self,
        endpoint: Endpoint,
        task: &Task,
        policy_step_id: &str,
        comment: Option<&str>,
        evidence: Evidence<'_>,
    ) -> Result<ApproveAnswer, ApiError> {
        if !evidence.is_for(&task.id, policy_step_id) {
            return Err(ApiError::OtherProof);
        }
        let mut body = json!({ "policyStepId": policy_step_id });
        if let Some(members) = body.as_object_mut() {
            if let Some(comment) = comment {
                members.insert("comment".into(), comment.into());
            }
            if endpoint == Endpoint::StepUp {
                // Declared required and a plain string, so it is always sent (c1.md 4.1).
                let id = evidence.transaction_id();
                members.insert("stepUpTransactionId".into(), id.into());
            }
        }
        let path = ["tasks", task.id.as_str(), "action", endpoint.name()];
        let answer = match evidence {
            Evidence::Token(proof) => self.send_as(&path, &body, proof.token())?,
            _ => self.send(&Method::POST, &path, Some(&body))?,
        };
        // A credential that is too old is a refused one (B1.19): that is no demand for step-up.
        let stepped_up = matches!(evidence, Evidence::Token(_));
        let demand = demand_of(&answer)?.filter(|demand| stepped_up || !demand.token_only);
        if let Some(demand) = demand {
            return Ok(ApproveAnswer::Challenged(demand));
        }
        let answer: wire::ActionAnswer = decode(&self.successful(answer, &path)?)?;
        answer.into_approve_answer(!matches!(evidence, Evidence::Nothing))
    }
}

impl Endpoint {
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "approve",
            Self::StepUp => "approve-with-step-up",
        }
    }
}

/// The step-up that an answer demands, if it does (RFC 9470 §3, B1.19).
pub(crate) fn demand_of(answer: &Response<Vec<u8>>) -> Result<Option<Demand>, MalformedChallenge> {
    let lines = challenge_lines(answer);
    let lines = lines.iter().map(AsRef::as_ref);
    www_authenticate::demand_of(answer.status().as_u16(), lines, answer.body())
}

/// The sign-in that a 401 to an anonymous request asks for (B1.21).
pub(crate) fn token_demand_of(
    answer: &Response<Vec<u8>>,
) -> Result<Option<Demand>, MalformedChallenge> {
    let lines = challenge_lines(answer);
    www_authenticate::token_demand(lines.iter().map(AsRef::as_ref))
}

/// An object, and nothing that could be taken for one: serde would read a list as members in order.
fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let body = &*text::document(body);
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(ApiError::Unreadable("it is a list".to_owned()));
    }
    serde_json::from_slice(body).or_else(|error| {
        let unreadable = ApiError::Unreadable(error.to_string());
        let whole = text::without_half_characters(body).ok_or(unreadable)?;
        serde_json::from_slice(&whole).map_err(|error| ApiError::Unreadable(error.to_string()))
    })
}

/// Reads these bytes as every kind of answer there is.
#[cfg(fuzzing)]
pub fn fuzz(body: &[u8]) {
    let _ = decode(body).map(wire::task::TaskAnswer::into_task);
    let _ = decode(body).map(wire::task::TaskList::into_page);
    let _ = decode(body).map(wire::audit::AuditList::into_page);
    let _ = decode(body).map(wire::UserList::into_people);
    let _ = decode(body).map(|user: wire::UserAnswer| user.into_approver("u"));
    let _ = decode(body).map(|answer: wire::ActionAnswer| answer.into_approve_answer(false));
    let _ = decode::<wire::Introspection>(body);
    providers::fuzz(body);
    policies::fuzz(body);
    let _ = wire::message(body);
}
