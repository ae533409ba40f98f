//! One policy, kept as the JSON that callers sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::provider::StepUpProvider;
use super::refusal::Refusal;
use super::requirement::Requirement;
use super::task::{Reassignment, Step};
use crate::basics::new_id;

/// Members that only the server sets.
const READ_ONLY: [&str; 5] = ["id", "createdAt", "updatedAt", "deletedAt", "systemBuiltin"];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Policy {
    pub(super) id: String,
    /// Changes with every update.
    pub(super) generation: String,
    pub(super) body: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Update {
    policy: Map<String, Value>,
    update_mask: Option<String>,
}

impl Policy {
    /// A policy of these members, as of now.
    pub(super) fn new(mut body: Map<String, Value>, at: Timestamp) -> Self {
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

    pub(super) fn kind(&self) -> &str {
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

    pub(super) fn change(&mut self, update: &Update) -> Result<(), Refusal> {
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
    fn baseline<'a>(&'a self, all: &'a [Self]) -> &'a Self {
        let mut seen = vec![self];
        while let Some(policy) = seen.last() {
            let id = policy.body.get("baselinePolicyId").and_then(Value::as_str);
            let next = id.and_then(|id| all.iter().find(|one| one.id == id));
            match next {
                Some(next) if !seen.iter().any(|one| one.id == next.id) => seen.push(next),
                _ => break,
            }
        }
        seen.last().copied().unwrap_or(self)
    }

    /// The approval steps that a new task gets for this, first approver each. Rules are not evaluated: no sandbox's task
    /// meets their conditions.
    pub(super) fn steps(
        &self,
        name: &str,
        all: &[Self],
        providers: &[StepUpProvider],
    ) -> Vec<Step> {
        let step = |step: &Value| {
            let approval = step.get("approval")?;
            let text = |pointer| approval.pointer(pointer).and_then(Value::as_str);
            let flag = |name| approval.get(name).and_then(Value::as_bool);
            let demanded = text("/requiresStepUpProviderId").unwrap_or_default();
            let provider = providers.iter().find(|one| one.id == demanded);
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
        let own = self.baseline(all).sequence(name);
        own.iter().filter_map(step).collect()
    }

    /// Where a policy has no steps of its type, and another policy is not its baseline, C1 makes one that refuses everybody.
    pub(super) fn rejecting(mut self) -> Self {
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
