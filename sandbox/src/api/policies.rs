//! Policies (c1.md 3.3 and 3.7): list, search, get, create, update. Kept as the JSON that callers sent,
//! so that what the sandbox knows nothing of survives an update.
//!
//! An update holds for tasks that are made afterwards; an open task goes on under the steps it was made
//! with. That is the sandbox's own choice.

mod checks;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::search::page;
use super::step_up::Requirement;
use super::task::{Reassignment, Step, Task};
use super::view;
use super::world::{World, is_id};
use super::{Api, ApiResult, ok, parse};
use crate::basics::new_id;
use crate::http::Call;

/// Members that only the server sets.
const READ_ONLY: [&str; 5] = ["id", "createdAt", "updatedAt", "deletedAt", "systemBuiltin"];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Policy {
    pub(super) id: String,
    /// Changes with every update.
    pub(super) generation: String,
    body: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Update {
    policy: Map<String, Value>,
    update_mask: Option<String>,
}

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

impl Policy {
    /// A policy of these members, as of now.
    fn new(mut body: Map<String, Value>, at: Timestamp) -> Self {
        let id = new_id();
        let defaults = json!({
            "description": "", "policyType": "POLICY_TYPE_GRANT", "policySteps": {}, "rules": null,
            "postActions": [], "reassignTasksToDelegates": false, "annotations": {},
            "baselinePolicyId": "", "scope": null,
        });
        if let Value::Object(defaults) = defaults {
            for (name, value) in defaults {
                body.entry(name).or_insert(value);
            }
        }
        body.insert("id".into(), json!(id));
        body.insert("systemBuiltin".into(), json!(false));
        body.insert("createdAt".into(), json!(at));
        body.insert("updatedAt".into(), json!(at));
        body.insert("deletedAt".into(), Value::Null);
        Self {
            id,
            generation: new_id(),
            body,
        }
    }

    pub(super) fn name(&self) -> &str {
        let name = self.body.get("displayName").and_then(Value::as_str);
        name.unwrap_or_default()
    }

    fn kind(&self) -> &str {
        let kind = self.body.get("policyType").and_then(Value::as_str);
        kind.unwrap_or_default()
    }

    /// The lower-cased type.
    fn baseline_name(&self) -> String {
        let kind = self.kind().trim_start_matches("POLICY_TYPE_");
        kind.to_lowercase()
    }

    /// The steps of this name, or of the baseline.
    fn sequence(&self, name: &str) -> &[Value] {
        let baseline = self.baseline_name();
        let all = self.body.get("policySteps");
        let steps = all.and_then(|all| all.get(name).or_else(|| all.get(&baseline)));
        let steps = steps.and_then(|steps| steps.get("steps")?.as_array());
        steps.map(Vec::as_slice).unwrap_or_default()
    }

    fn change(&mut self, update: &Update) -> Result<(), Refusal> {
        let mask = update.update_mask.as_deref().unwrap_or_default();
        for path in mask.split(',') {
            if path.is_empty() || READ_ONLY.contains(&path) || !self.body.contains_key(path) {
                return Err(Refusal::invalid(format!("invalid update mask: {path}")));
            }
            let value = update.policy.get(path).cloned().unwrap_or_default();
            self.body.insert(path.to_owned(), value);
        }
        self.body
            .insert("updatedAt".into(), json!(Timestamp::now()));
        self.generation = new_id();
        Ok(())
    }

    /// The policy whose steps are its baseline: another one, or itself. One that leads back to where it was is not
    /// followed, which is the sandbox's own choice.
    fn baseline<'a>(&'a self, world: &'a World) -> &'a Self {
        let mut seen = vec![self];
        while let Some(policy) = seen.last() {
            let id = policy.body.get("baselinePolicyId").and_then(Value::as_str);
            let next = id.and_then(|id| world.policies.iter().find(|one| one.id == id));
            match next {
                Some(next) if !seen.iter().any(|one| one.id == next.id) => seen.push(next),
                _ => break,
            }
        }
        seen.last().copied().unwrap_or(self)
    }

    /// The approval steps that a new task gets for this, first approver each. Rules are not evaluated: no sandbox's task
    /// meets their conditions.
    pub(super) fn steps(&self, name: &str, world: &World) -> Vec<Step> {
        let step = |step: &Value| {
            let approval = step.get("approval")?;
            let text = |pointer| approval.pointer(pointer).and_then(Value::as_str);
            let flag = |name| approval.get(name).and_then(Value::as_bool);
            let demanded = text("/requiresStepUpProviderId").unwrap_or_default();
            let provider = world.providers.iter().find(|one| one.id == demanded);
            Some(Step {
                id: new_id(),
                approver: text("/users/userIds/0").unwrap_or_default().to_owned(),
                needs_reason: flag("requireApprovalReason").unwrap_or_default(),
                needs_denial_reason: flag("requireDenialReason").unwrap_or_default(),
                requirement: provider.map(|one| Requirement::of(one, Some(300))),
                decision: None,
                reassignment: Reassignment {
                    forbidden: !flag("allowReassignment").unwrap_or_default(),
                    needs_reason: flag("requireReassignmentReason").unwrap_or_default(),
                    only: approval
                        .get("allowedReassignees")
                        .and_then(|ids| serde_json::from_value(ids.clone()).ok())
                        .unwrap_or_default(),
                },
            })
        };
        let own = self.baseline(world).sequence(name);
        own.iter().filter_map(step).collect()
    }

    /// Where a policy has no steps of its type, and another policy is not its baseline, C1 makes one that refuses everybody.
    fn rejecting(mut self) -> Self {
        let baseline = self.baseline_name();
        let elsewhere = self.body.get("baselinePolicyId").and_then(Value::as_str);
        if elsewhere.is_some_and(|id| !id.is_empty()) {
            return self;
        }
        let steps = self.body.get_mut("policySteps");
        if let Some(steps) = steps.and_then(Value::as_object_mut) {
            let reject = json!({"steps": [{"reject": {}}]});
            steps.entry(baseline).or_insert(reject);
        }
        self
    }
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
    /// Answers what is about policies.
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
