//! How the switches falsify what is shown of a transaction. Leg 2 judges by the truth, so that only the
//! client's own checks stand between a false transaction and an approval.

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::super::transaction::{State, Transaction, TransactionTarget};
use crate::api::world::World;
use crate::basics;
use crate::switches::Switches;

/// The transaction as the API shows it.
pub(super) fn shown(transaction: &Transaction, world: &World, switches: &Switches) -> Value {
    let mut view = transaction.view();
    if let Some(fields) = view.as_object_mut() {
        falsify_parties(fields, transaction, world, switches);
        falsify_target(fields, transaction, world, switches);
        let old = transaction.created_at - SignedDuration::from_hours(1);
        match switches.text("transaction_created") {
            Some("none") => drop(fields.insert("createdAt".into(), Value::Null)),
            Some(_) => drop(fields.insert("createdAt".into(), json!(old))),
            None => {}
        }
        match switches.text("transaction_expires") {
            Some("none") => drop(fields.insert("expiresAt".into(), Value::Null)),
            Some(_) => drop(fields.insert("expiresAt".into(), json!("in a while"))),
            None => {}
        }
        if transaction.claims.is_some() {
            falsify_claims(fields, switches);
        }
    }
    view
}

fn falsify_parties(
    fields: &mut Map<String, Value>,
    transaction: &Transaction,
    world: &World,
    switches: &Switches,
) {
    match switches.text("transaction_user") {
        Some("other") => drop(fields.insert("userId".into(), json!(world.people.other.id))),
        Some(_) if transaction.state == State::Pending => {
            fields.insert("userId".into(), json!(""));
        }
        _ => {}
    }
    match switches.text("transaction_provider") {
        Some("none") => drop(fields.insert("providerId".into(), json!(""))),
        Some(_) => {
            let mut providers = world.providers.iter();
            let other = providers.find(|one| one.id != transaction.provider_id);
            fields.insert("providerId".into(), json!(other.map(|one| &one.id)));
        }
        None => {}
    }
}

fn falsify_target(
    fields: &mut Map<String, Value>,
    transaction: &Transaction,
    world: &World,
    switches: &Switches,
) {
    let TransactionTarget::Task {
        task_id,
        policy_step_id,
    } = &transaction.target
    else {
        return;
    };
    let other_task = world.tasks.iter().find(|task| task.id != *task_id);
    let task_id = match (switches.is("transaction_task", "other"), other_task) {
        (true, Some(task)) => &task.id,
        _ => task_id,
    };
    let step_id = match switches.text("transaction_step") {
        Some("empty") => String::new(),
        // Of the right shape, and nobody's.
        Some(_) => policy_step_id.chars().rev().collect(),
        None => policy_step_id.clone(),
    };
    fields.insert(
        "approveTask".into(),
        json!({"taskId": task_id, "policyStepId": step_id}),
    );
}

fn falsify_claims(fields: &mut Map<String, Value>, switches: &Switches) {
    match switches.text("claims") {
        Some("none") => drop(fields.insert("claims".into(), Value::Null)),
        Some("hidden") => {
            fields.insert("claims".into(), json!({"evidence": "sealed", "version": 2}));
        }
        Some(how) => {
            if let Some(claims) = fields.get_mut("claims").and_then(Value::as_object_mut) {
                let (name, value) = match how {
                    "old" => ("auth_time", json!(basics::now() - 2 * 60 * 60)),
                    _ => ("acr", json!("urn:okta:loa:1fa:pwd")),
                };
                claims.insert(name.into(), value);
            }
        }
        None => {}
    }
}
