//! Step-up transactions: what they are, how C1 shows and finds them (c1.md 6).
//!
//! Sandbox choices, no claims about C1: a person sees their own transactions only, and a list comes in the
//! order of creation, as `null` when it is empty.

mod shown;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::paging::page;
use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::transaction::{Transaction, TransactionTarget};
use super::transaction_index::admit;
use super::world::is_id;
use crate::basics::locked;
use crate::people::Person;

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
        admit(&self.switches, request.user_id.as_deref(), narrowed, me)?;
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
