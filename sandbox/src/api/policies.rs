//! Policies (c1.md 3.3 and 3.7): list, search, get, create, update. Kept as the JSON that callers sent,
//! so that what the sandbox knows nothing of survives an update.
//!
//! An update holds for tasks that are made afterwards; an open task goes on under the steps it was made
//! with. That is the sandbox's own choice.

mod checks;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::paging::page;
use super::policy::{Policy, Update};
use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::task::Task;
use super::view;
use super::world::{World, is_id};
use crate::http::Call;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Search {
    query: Option<String>,
    display_name: Option<String>,
    policy_types: Option<Vec<String>>,
    refs: Option<Vec<Ref>>,
    page_size: Option<i64>,
    page_token: Option<String>,
}

#[derive(Deserialize)]
struct Ref {
    id: String,
}

/// The policies behind these tasks; tasks of one name share one.
pub(super) fn behind(tasks: &mut [Task], at: Timestamp) -> Vec<Policy> {
    let mut policies: BTreeMap<String, Policy> = BTreeMap::new();
    for task in tasks {
        let policy = policies.entry(task.policy_name.clone()).or_insert_with(|| {
            let steps: Vec<Value> = task.steps.iter().map(view::step).collect();
            let body = json!({
                "displayName": task.policy_name, "policyType": "POLICY_TYPE_GRANT",
                "policySteps": {"grant": {"steps": steps}},
            });
            let members = body.as_object().cloned().unwrap_or_default();
            Policy::new(members, at)
        });
        task.policy_id.clone_from(&policy.id);
    }
    policies.into_values().collect()
}

impl Api {
    pub(super) fn policies(&self, call: &Call, rest: &[&str]) -> ApiResult {
        self.policy_readers_only()?;
        if call.method != "GET" {
            self.administrators_only()?;
        }
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let size = call
                    .query
                    .get("page_size")
                    .and_then(|size| size.parse().ok());
                self.list_policies(&Search {
                    page_size: size,
                    page_token: call.query.get("page_token").map(str::to_owned),
                    ..Search::default()
                })
            }
            ("POST", []) => self.create_policy(&call.body),
            ("GET", [id]) => {
                let world = self.world();
                let index = world.policy_index(id)?;
                let policy = world.policies.get(index).map(|policy| &policy.body);
                Ok(ok(&json!({ "policy": policy })))
            }
            ("POST", [id]) => self.update_policy(id, &call.body),
            _ => Err(Refusal::not_found()),
        }
    }

    /// `POST /api/v1/search/policies`.
    pub(super) fn search_policies(&self, body: &[u8]) -> ApiResult {
        self.policy_readers_only()?;
        self.list_policies(&parse(body)?)
    }

    /// Which roles may read policies is not publicly known.
    fn policy_readers_only(&self) -> Result<(), Refusal> {
        if self.switches.is("role", "providers-only") {
            return Err(Refusal::forbidden("permission denied"));
        }
        Ok(())
    }

    fn list_policies(&self, search: &Search) -> ApiResult {
        let query = search.query.as_ref().or(search.display_name.as_ref());
        let query = query.map(|text| text.to_lowercase()).unwrap_or_default();
        let types = search.policy_types.as_deref().unwrap_or_default();
        let refs = search.refs.as_deref().unwrap_or_default();
        let world = self.world();
        let wanted = |policy: &&Policy| {
            policy.name().to_lowercase().contains(&query)
                && (types.is_empty() || types.iter().any(|wanted| wanted == policy.kind()))
                && (refs.is_empty() || refs.iter().any(|wanted| wanted.id == policy.id))
        };
        let found: Vec<&Policy> = world.policies.iter().filter(wanted).collect();
        let (shown, next) = page(&found, search.page_size, search.page_token.as_deref())?;
        let list: Vec<_> = shown.iter().map(|policy| &policy.body).collect();
        Ok(ok(&json!({"list": list, "nextPageToken": next})))
    }

    fn create_policy(&self, body: &[u8]) -> ApiResult {
        let members: Map<String, Value> = parse(body)?;
        checks::new(&members)?;
        let mut world = self.world();
        checks::steps(&members, &world)?;
        let policy = Policy::new(members, Timestamp::now()).rejecting();
        let answer = ok(&json!({ "policy": policy.body }));
        world.policies.push(policy);
        self.store.save(&world);
        Ok(answer)
    }

    fn update_policy(&self, id: &str, body: &[u8]) -> ApiResult {
        let update: Update = parse(body)?;
        let mut world = self.world();
        let index = world.policy_index(id)?;
        let mut policy = world
            .policies
            .get(index)
            .cloned()
            .ok_or_else(Refusal::not_found)?;
        policy.change(&update)?;
        checks::steps(&policy.body, &world)?;
        let answer = ok(&json!({ "policy": policy.body }));
        if let Some(place) = world.policies.get_mut(index) {
            *place = policy;
        }
        self.store.save(&world);
        Ok(answer)
    }
}

impl World {
    fn policy_index(&self, id: &str) -> Result<usize, Refusal> {
        if !is_id(id) {
            return Err(Refusal::malformed_id());
        }
        let index = self.policies.iter().position(|one| one.id == id);
        index.ok_or_else(Refusal::not_found)
    }
}
