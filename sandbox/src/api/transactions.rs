//! Step-up transactions: what they are, how C1 shows and finds them (c1.md 6).
//!
//! Sandbox choices, no claims about C1: a person sees their own transactions only, and a list comes in the
//! order of creation, as `null` when it is empty.

mod index;
mod shown;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::search::page;
use super::world::is_id;
use super::{Api, ApiResult, ok, parse};
use crate::basics::{locked, new_id, random};
use crate::people::Person;
pub(super) use index::Index;

/// One step-up, from leg 1 to its end. There is no state for expired or used (c1.md 6).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Transaction {
    pub(super) id: String,
    /// The secret of its `redirectUrl`.
    pub(super) ticket: String,
    pub(super) target: TransactionTarget,
    pub(super) provider_id: String,
    pub(super) user_id: String,
    pub(super) state: State,
    /// What the ID token proved.
    pub(super) claims: Option<Value>,
    pub(super) error_message: String,
    /// The comment of leg 1, for an approval that the server finishes.
    pub(super) comment: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) expires_at: Timestamp,
    /// A browser has been at its `redirectUrl`.
    pub(super) opened: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum TransactionTarget {
    /// The approval of one step of one task.
    Task {
        task_id: String,
        policy_step_id: String,
    },
    /// Nothing but to see whether the provider works.
    Test,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    Pending,
    Verified,
    Error,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Pending => "STEP_UP_TRANSACTION_STATE_PENDING",
            Self::Verified => "STEP_UP_TRANSACTION_STATE_VERIFIED",
            Self::Error => "STEP_UP_TRANSACTION_STATE_ERROR",
        }
    }
}

impl Transaction {
    /// A pending one that lives from `now` for so many seconds.
    pub(super) fn new(
        target: TransactionTarget,
        provider_id: &str,
        user: &Person,
        now: Timestamp,
        seconds: u64,
    ) -> Self {
        let life = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        Self {
            id: new_id(),
            ticket: random(43),
            target,
            provider_id: provider_id.to_owned(),
            user_id: user.id.clone(),
            state: State::Pending,
            claims: None,
            error_message: String::new(),
            comment: None,
            created_at: now,
            updated_at: now,
            expires_at: now.saturating_add(life).unwrap_or(now),
            opened: false,
        }
    }

    pub(super) fn end(&mut self, outcome: Result<Value, String>, now: Timestamp) {
        self.updated_at = now;
        match outcome {
            Ok(claims) => {
                self.state = State::Verified;
                self.claims = Some(claims);
            }
            Err(message) => {
                self.state = State::Error;
                self.error_message = message;
            }
        }
    }

    /// `StepUpTransaction`.
    fn view(&self) -> Value {
        let (approve_task, test) = match &self.target {
            TransactionTarget::Task {
                task_id,
                policy_step_id,
            } => (
                json!({"taskId": task_id, "policyStepId": policy_step_id}),
                Value::Null,
            ),
            TransactionTarget::Test => (Value::Null, json!({})),
        };
        json!({
            "id": self.id, "state": self.state.name(), "providerId": self.provider_id,
            "userId": self.user_id, "approveTask": approve_task, "test": test,
            "claims": self.claims, "errorMessage": self.error_message,
            "createdAt": self.created_at, "updatedAt": self.updated_at, "expiresAt": self.expires_at,
        })
    }
}

/// The body of a search; unspecified members ask for nothing.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TransactionSearch {
    #[serde(alias = "task_id")]
    task_id: Option<String>,
    #[serde(alias = "user_id")]
    user_id: Option<String>,
    #[serde(alias = "provider_id")]
    provider_id: Option<String>,
    state: Option<String>,
    #[serde(alias = "target_type")]
    target_type: Option<String>,
    #[serde(alias = "created_after")]
    created_after: Option<Timestamp>,
    #[serde(alias = "created_before")]
    created_before: Option<Timestamp>,
    #[serde(alias = "page_size")]
    page_size: Option<i64>,
    #[serde(alias = "page_token")]
    page_token: Option<String>,
}

impl TransactionSearch {
    /// Whether more than the task and its kind is asked for.
    const fn is_narrowed(&self) -> bool {
        self.user_id.is_some()
            || self.provider_id.is_some()
            || self.state.is_some()
            || self.created_after.is_some()
            || self.created_before.is_some()
            || self.page_size.is_some()
    }

    /// Ids have their pattern; an empty one has not, and C1's own clients never send it.
    fn check(&self) -> Result<(), Refusal> {
        let ids = [&self.task_id, &self.user_id, &self.provider_id];
        let malformed = ids.into_iter().flatten().any(|id| !is_id(id));
        if malformed {
            return Err(Refusal::malformed_id());
        }
        Ok(())
    }

    fn wants(&self, transaction: &Transaction) -> bool {
        let text = |wanted: &Option<String>, is: &str| {
            let wanted = wanted.as_deref().unwrap_or_default();
            wanted.is_empty() || wanted.ends_with("_UNSPECIFIED") || wanted == is
        };
        let ticket = self.target_type.as_deref() == Some("TARGET_TYPE_TICKET");
        let (kind, task_id) = match &transaction.target {
            TransactionTarget::Task { task_id, .. } => ("TARGET_TYPE_TICKET", task_id.as_str()),
            TransactionTarget::Test => ("TARGET_TYPE_TEST", ""),
        };
        text(&self.user_id, &transaction.user_id)
            && text(&self.provider_id, &transaction.provider_id)
            && text(&self.state, transaction.state.name())
            && text(&self.target_type, kind)
            // The task counts with this target only (c1.md 6).
            && (!ticket || text(&self.task_id, task_id))
            && self.created_after.is_none_or(|after| transaction.created_at >= after)
            && self.created_before.is_none_or(|before| transaction.created_at <= before)
    }
}

impl Api {
    /// `GET /api/v1/step-up/transactions/{id}`.
    pub(super) fn transaction(&self, id: &str, me: &Person) -> ApiResult {
        if !is_id(id) {
            return Err(Refusal::malformed_id());
        }
        match self.switches.text("transaction_get") {
            Some("403") => return Err(Refusal::forbidden("action not permitted")),
            Some(_) => return Err(Refusal::not_found()),
            None => {}
        }
        let world = self.world();
        let mut mine = world.transactions.iter().filter(|one| one.user_id == me.id);
        mine.find(|one| one.id == id && !one.is_hidden(&self.switches))
            .map(|one| ok(&json!({"transaction": shown::shown(one, &world, &self.switches)})))
            .ok_or_else(Refusal::not_found)
    }

    /// `POST /api/v1/search/step-up/transactions`.
    pub(super) fn search_transactions(&self, body: &[u8], me: &Person) -> ApiResult {
        let mut request: TransactionSearch = parse(body)?;
        request.check()?;
        let narrowed = request.is_narrowed();
        index::admit(&self.switches, request.user_id.as_deref(), narrowed, me)?;
        if self.switches.is("transactions", "unfiltered") {
            request.created_after = None;
        }
        let world = self.world();
        let mut index = locked(&self.hosted.index);
        let found: Vec<Value> = world
            .transactions
            .iter()
            .filter(|one| one.user_id == me.id)
            .filter_map(|one| index.find(one, &self.switches))
            .filter(|one| request.wants(one))
            .map(|one| shown::shown(&one, &world, &self.switches))
            .collect();
        let (page, next) = page(&found, request.page_size, request.page_token.as_deref())?;
        // Arrays without members are null now and then (c1.md 1.2).
        let list = if page.is_empty() {
            Value::Null
        } else {
            json!(page)
        };
        Ok(ok(&json!({"list": list, "nextPageToken": next})))
    }
}
