//! The access-management API, C1's wire contract: who am I, tasks, approvals. Domain types out; the
//! JSON stays in `wire`.
//!
//! Reads are repeated when the API fails. A POST action is sent once; a second time only when its credential, or a
//! proof without the API's nonce, was refused before anything was done. The credential goes to the configured
//! host only, since the HTTP client follows no redirect.

mod approval;
mod client;
mod exchange;
pub(crate) mod policies;
mod providers;
mod task_page;
mod tasks;
mod transactions;
mod wire;

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use openidconnect::http::Method;
use serde_json::json;

pub(crate) use super::api_error::ApiError;
use super::api_key::ApiKey;
use super::demanded::demand_of;
use super::resource_metadata::{ResourceError, trusted_issuers};
use crate::domain::excerpt::excerpt;
use crate::domain::person::Approver;
use crate::domain::task::{Task, is_task_id};

pub(crate) use approval::{ApproveAnswer, Endpoint, SentProof};
pub(crate) use client::AccessApi;
use client::decode;
pub(crate) use exchange::location_host;
pub(crate) use task_page::TaskPage;
pub(crate) use transactions::{HostedProvider, Narrowed};

/// Whose a credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) user_id: String,
    /// The tenant's id, empty if the API does not say.
    pub(crate) tenant_id: String,
    pub(crate) roles: Vec<String>,
}

impl AccessApi {
    /// The issuers that this API trusts, by the metadata which its challenge names.
    pub(crate) fn trusted_issuers(&self, address: &str) -> Result<Vec<String>, ResourceError> {
        trusted_issuers(&self.http, address, &self.url(&[]))
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
        if let Some(known) = self.known_user(id) {
            return Ok(known);
        }
        let answer: wire::UserAnswer = self.read(&["users", id])?;
        let person = answer.into_approver(id);
        self.met().insert(id.to_owned(), person.clone());
        Ok(person)
    }

    /// The person, if they were read in this run already.
    pub(crate) fn known_user(&self, id: &str) -> Option<Approver> {
        self.met().get(id).cloned()
    }

    fn met(&self) -> MutexGuard<'_, BTreeMap<String, Approver>> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
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
        let answer: Result<wire::task::TaskAnswer, _> = self.read(&["tasks", id]);
        let answer = answer.map_err(|error| match error {
            ApiError::NotFound(words) => {
                let (host, asked) = (self.host(), id.to_owned());
                ApiError::NoTask { host, asked, words }
            }
            error => error,
        })?;
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
    /// 4.1), or with the step-up token (RFC 9470 §2, step 5). Sent once.
    pub(crate) fn approve(
        &self,
        endpoint: Endpoint,
        task: &Task,
        policy_step_id: &str,
        comment: Option<&str>,
        proof: SentProof<'_>,
    ) -> Result<ApproveAnswer, ApiError> {
        if !proof.is_for(&task.id, policy_step_id) {
            return Err(ApiError::OtherProof);
        }
        let mut body = json!({ "policyStepId": policy_step_id });
        if let Some(members) = body.as_object_mut() {
            if let Some(comment) = comment {
                members.insert("comment".into(), comment.into());
            }
            if endpoint == Endpoint::StepUp {
                // Declared required and a plain string, so it is always sent (c1.md 4.1).
                let id = proof.transaction_id();
                members.insert("stepUpTransactionId".into(), id.into());
            }
        }
        let path = ["tasks", task.id.as_str(), "action", endpoint.name()];
        let answer = match proof {
            SentProof::Token(proof) => self.send_as(&path, &body, proof.token())?,
            _ => self.send(&Method::POST, &path, Some(&body))?,
        };
        // A credential that is too old is a refused one (B1.19): that is no demand for step-up.
        let stepped_up = matches!(proof, SentProof::Token(_));
        let demand = demand_of(&answer)?.filter(|demand| stepped_up || !demand.token_only);
        if let Some(demand) = demand {
            return Ok(ApproveAnswer::Challenged(demand));
        }
        let answer: wire::ActionAnswer = decode(&self.successful(answer, &path)?)?;
        answer.into_approve_answer(!matches!(proof, SentProof::Nothing))
    }
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
