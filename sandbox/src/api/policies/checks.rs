//! What C1 refuses in a policy that is sent to it (c1.md 3.7). Much of it is an error without a status there, and so
//! comes as a 500 with nothing but its message.

use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use super::super::world::World;

/// What a new policy may say. `future` stands for what a later API adds.
const MEMBERS: [&str; 11] = [
    "displayName",
    "description",
    "policyType",
    "policySteps",
    "rules",
    "postActions",
    "reassignTasksToDelegates",
    "annotations",
    "baselinePolicyId",
    "scope",
    "future",
];

/// The types that have steps of their own; what else C1's description lists is of the server's own making or old.
const TYPES: [&str; 3] = [
    "POLICY_TYPE_GRANT",
    "POLICY_TYPE_REVOKE",
    "POLICY_TYPE_CERTIFY",
];

/// Approvers that may have others in their place.
const WITH_FALLBACK: [&str; 6] = [
    "manager",
    "group",
    "self",
    "expression",
    "entitlementOwners",
    "resourceOwners",
];

pub(super) fn new(members: &Map<String, Value>) -> Result<(), Refusal> {
    if let Some(unknown) = members
        .keys()
        .find(|name| !MEMBERS.contains(&name.as_str()))
    {
        return Err(Refusal::invalid(format!("unknown field \"{unknown}\"")));
    }
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    if text("displayName").is_none_or(str::is_empty) {
        return Err(Refusal::invalid("displayName is required"));
    }
    if !text("policyType").is_some_and(|kind| TYPES.contains(&kind)) {
        return Err(Refusal::invalid(
            "invalid PolicyType: value must not be in list [0]",
        ));
    }
    Ok(())
}

pub(super) fn steps(policy: &Map<String, Value>, world: &World) -> Result<(), Refusal> {
    let sequences = policy.get("policySteps").and_then(Value::as_object);
    for sequence in sequences.into_iter().flat_map(Map::values) {
        let Some(steps) = sequence.get("steps").and_then(Value::as_array) else {
            continue;
        };
        if steps.is_empty() {
            return Err(Refusal::invalid(
                "invalid PolicySteps.Steps: value must contain at least 1 item(s)",
            ));
        }
        steps.iter().try_for_each(|step| checked(step, world))?;
    }
    Ok(())
}

fn checked(step: &Value, world: &World) -> Result<(), Refusal> {
    let set = |name: &str| step.get(name).is_some_and(Value::is_object);
    if step.as_object().is_none_or(Map::is_empty) {
        return Err(unexplained("policy step is nil"));
    }
    if set("provision") {
        return Err(unexplained("provision steps are not allowed in policies"));
    }
    match step.get("approval").filter(|approval| approval.is_object()) {
        Some(approval) => checked_approval(approval, world),
        None => Ok(()),
    }
}

fn checked_approval(approval: &Value, world: &World) -> Result<(), Refusal> {
    let is = |value: &Value, name: &str| value.get(name) == Some(&Value::Bool(true));
    if is(approval, "assigned") {
        return Err(unexplained(
            "assigned is a read-only field and must be false by default",
        ));
    }
    let approvers = WITH_FALLBACK.iter().filter_map(|name| approval.get(name));
    for approvers in approvers.filter(|approvers| is(approvers, "fallback")) {
        let others = if is(approvers, "isGroupFallbackEnabled") {
            "fallbackGroupIds"
        } else {
            "fallbackUserIds"
        };
        let others = approvers.get(others).and_then(Value::as_array);
        if others.is_none_or(Vec::is_empty) {
            return Err(unexplained("fallback is enabled without anybody"));
        }
    }
    let ids = approval.pointer("/users/userIds").and_then(Value::as_array);
    let mut ids = ids.into_iter().flatten().filter_map(Value::as_str);
    if ids.any(|id| world.people.with_id(id).is_none()) {
        return Err(Refusal::invalid("there is no such user"));
    }
    let demanded = approval.get("requiresStepUpProviderId");
    let demanded = demanded.and_then(Value::as_str).unwrap_or_default();
    if !demanded.is_empty() && world.provider(demanded).is_none() {
        return Err(Refusal::invalid("there is no such step-up provider"));
    }
    Ok(())
}

/// An error that C1 has no status for.
fn unexplained(message: &str) -> Refusal {
    Refusal::new(500, 2, message)
}
