//! The API's policies (c1.md 3.3 and 3.7). A policy is kept as the JSON that the API sent: it goes
//! back with one member changed, whatever else is in it.

mod new;

use openidconnect::http::Method;
use serde_json::{Value, json};

use super::client::{AccessApi, decode};
use crate::adapters::api_error::ApiError;
use crate::domain::policy::{ConfiguredStep, Policy, PolicyRule};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PolicyDocument(Value);

impl PolicyDocument {
    /// What of it is understood.
    pub(crate) fn policy(&self) -> Policy {
        let kind = text(&self.0, "policyType");
        let sequences = self.0.get("policySteps").and_then(Value::as_object);
        Policy {
            id: text(&self.0, "id").to_owned(),
            display_name: text(&self.0, "displayName").to_owned(),
            kind: kind
                .strip_prefix("POLICY_TYPE_")
                .unwrap_or(kind)
                .to_lowercase(),
            sequences: sequences
                .into_iter()
                .flatten()
                .map(|(key, value)| (key.clone(), steps(value)))
                .collect(),
            baseline: named(&self.0, "baselinePolicyId"),
            rules: rules(&self.0),
        }
    }

    /// A copy in which this approval step requires this provider, or none; `None` if there is no such step.
    /// Steps are counted from one.
    #[must_use]
    pub(crate) fn demanding(
        &self,
        sequence: &str,
        number: usize,
        provider: Option<&str>,
    ) -> Option<Self> {
        let mut changed = self.clone();
        let step = changed
            .0
            .get_mut("policySteps")?
            .get_mut(sequence)?
            .get_mut("steps")?
            .get_mut(number.checked_sub(1)?)?;
        let approval = step.get_mut("approval")?.as_object_mut()?;
        let provider = provider.unwrap_or_default();
        approval.insert("requiresStepUpProviderId".to_owned(), json!(provider));
        Some(changed)
    }

    pub(crate) fn same_steps(&self, other: &Self) -> bool {
        self.0.get("policySteps") == other.0.get("policySteps")
    }
}

impl AccessApi {
    pub(crate) fn policies(&self) -> Result<Vec<PolicyDocument>, ApiError> {
        let rows: Vec<Value> = self.search_all(&["search", "policies"])?;
        Ok(rows.into_iter().map(PolicyDocument).collect())
    }

    /// One policy by its 27-character id.
    pub(crate) fn policy(&self, id: &str) -> Result<PolicyDocument, ApiError> {
        self.policy_answer(&Method::GET, &["policies", id], None)
    }

    /// Puts the steps of this document into the policy, and nothing else of it.
    pub(crate) fn update_policy_steps(&self, changed: &PolicyDocument) -> Result<(), ApiError> {
        let body = json!({ "policy": changed.0, "updateMask": "policySteps" });
        let id = text(&changed.0, "id").to_owned();
        self.policy_answer(&Method::POST, &["policies", &id], Some(&body))
            .map(|_| ())
    }

    fn policy_answer(
        &self,
        method: &Method,
        path: &[&str],
        body: Option<&Value>,
    ) -> Result<PolicyDocument, ApiError> {
        let mut answer: Value = decode(&self.exchange(method, path, body)?)?;
        let policy = answer.get_mut("policy").map(Value::take);
        policy
            .filter(|policy| !text(policy, "id").is_empty())
            .map(PolicyDocument)
            .ok_or_else(|| ApiError::Unreadable("it holds no policy".to_owned()))
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn named(value: &Value, name: &str) -> Option<String> {
    Some(text(value, name).to_owned()).filter(|text| !text.is_empty())
}

/// `policyKey` is the older name of `stepKey`.
fn rules(policy: &Value) -> Vec<PolicyRule> {
    let rules = policy.get("rules").and_then(Value::as_array);
    let rule = |rule: &Value| PolicyRule {
        condition: text(rule, "condition").to_owned(),
        policy_id: named(rule, "policyId"),
        sequence: named(rule, "stepKey").or_else(|| named(rule, "policyKey")),
    };
    rules.into_iter().flatten().map(rule).collect()
}

/// What decides in an approval step without a person: an agent that may, or a webhook; an `accept` step always does.
fn automatic(kind: &str, approval: &Value) -> Option<&'static str> {
    let agent = approval.pointer("/agent/agentMode").and_then(Value::as_str);
    let set = |name: &str| approval.get(name).is_some_and(Value::is_object);
    match kind {
        "accept" => Some("accepts by itself"),
        "reject" => Some("rejects by itself"),
        _ if agent == Some("APPROVAL_AGENT_MODE_FULL_CONTROL") => Some("an agent decides"),
        _ if set("webhook") => Some("a webhook decides"),
        _ => None,
    }
}

fn steps(sequence: &Value) -> Vec<ConfiguredStep> {
    let steps = sequence.get("steps").and_then(Value::as_array);
    steps.into_iter().flatten().map(step).collect()
}

/// One of its members is set, and names the kind.
fn step(step: &Value) -> ConfiguredStep {
    let set = |value: &Value| value.as_object().is_some();
    let members = step.as_object().into_iter().flatten();
    let kind = members
        .filter(|(_, value)| set(value))
        .map(|(name, _)| name.clone())
        .next();
    let approval = step.get("approval").unwrap_or(&Value::Null);
    let approvers = [
        "users",
        "manager",
        "appOwners",
        "group",
        "self",
        "entitlementOwners",
    ]
    .into_iter()
    .chain(["expression", "webhook", "resourceOwners", "agent"])
    .find(|name| approval.get(name).is_some_and(set));
    let kind = kind.unwrap_or_default();
    ConfiguredStep {
        automatic: automatic(&kind, approval),
        kind,
        approvers: approvers.unwrap_or_default().to_owned(),
        reason_required: approval
            .get("requireApprovalReason")
            .and_then(Value::as_bool)
            .unwrap_or_default(),
        step_up_provider_id: named(approval, "requiresStepUpProviderId"),
    }
}

/// Reads these bytes as a policy, and changes it.
#[cfg(fuzzing)]
pub(super) fn fuzz(body: &[u8]) {
    if let Ok(document) = decode::<Value>(body).map(PolicyDocument) {
        let _ = document.policy();
        let _ = document.demanding("grant", 1, Some("p"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> PolicyDocument {
        PolicyDocument(json!({
            "id": "p", "displayName": "Prod", "policyType": "POLICY_TYPE_GRANT", "future": [1, null],
            "policySteps": {
                "grant": {"steps": [
                    {"approval": {"manager": {"fallback": true}, "users": null, "future": {"x": 1},
                        "requireApprovalReason": true}, "provision": null},
                    {"provision": {"assigned": false}},
                    {"novelty": {}},
                ], "future": true},
                "emergency": null,
            },
        }))
    }

    #[test]
    fn steps_are_read_with_whatever_else_is_there() {
        let policy = document().policy();
        assert_eq!((policy.kind.as_str(), policy.sequences.len()), ("grant", 2));
        let (_, steps) = policy.sequence(None).unwrap();
        let kinds: Vec<&str> = steps.iter().map(|step| step.kind.as_str()).collect();
        assert_eq!(kinds, ["approval", "provision", "novelty"]);
        assert_eq!(steps[0].approvers, "manager");
        assert!(steps[0].reason_required && steps[0].step_up_provider_id.is_none());
        for odd in [
            json!({}),
            json!(null),
            json!({"policySteps": [], "policyType": 3}),
        ] {
            assert_eq!(PolicyDocument(odd).policy(), Policy::default());
        }
    }

    #[test]
    fn one_member_changes_and_nothing_else() {
        let before = document();
        let after = before.demanding("grant", 1, Some("okta")).unwrap();
        let mut expected = before.0.clone();
        expected["policySteps"]["grant"]["steps"][0]["approval"]["requiresStepUpProviderId"] =
            json!("okta");
        assert_eq!(after.0, expected);
        assert!(!after.same_steps(&before));
        let dropped = after.demanding("grant", 1, None).unwrap();
        assert_eq!(dropped.policy(), before.policy());
        for (sequence, number) in [("grant", 0), ("grant", 2), ("grant", 4), ("emergency", 1)] {
            assert_eq!(before.demanding(sequence, number, None), None);
        }
    }
}
