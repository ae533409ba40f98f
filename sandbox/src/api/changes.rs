//! A task that reads otherwise the next time (`task_changes`): its requester, an administrator or the API
//! itself changes it while somebody decides on it. C1 has actions for that on open tasks
//! (`update-grant-duration`, `update-request-data`).

use serde_json::{Value, json};

use super::refusal::Refusal;
use super::state::Api;
use super::task::Task;
use super::view;
use super::world::World;
use crate::basics::{locked, new_id};
use crate::people::Person;

/// At which read it shows, if `task_changes_at` does not say.
const SECOND: u64 = 2;

impl Api {
    /// The task as this read shows it.
    pub(super) fn as_read(
        &self,
        world: &World,
        task: &Task,
        me: &Person,
    ) -> Result<Value, Refusal> {
        let honest = view::task_view(task, me);
        let Some(how) = self.switches.text("task_changes") else {
            return Ok(honest);
        };
        let mut reads = locked(&self.task_reads);
        let count = reads.entry(task.id.clone()).or_default();
        *count += 1;
        if *count < self.switches.number("task_changes_at").unwrap_or(SECOND) {
            return Ok(honest);
        }
        let other = &world.people.other.id;
        Ok(match how {
            "500" => return Err(Refusal::internal()),
            "other-task" => {
                let another = world
                    .tasks
                    .iter()
                    .find(|one| one.id != task.id && one.open());
                view::task_view(another.unwrap_or(task), me)
            }
            "title" => with(honest, "/task/displayName", json!("Grant owner on Payroll")),
            "long" => long(honest),
            "huge" => with(honest, "/task/displayName", json!("Grant ".repeat(33_334))),
            "reason" => with(honest, "/task/description", json!("nothing in particular")),
            "duration" => with(honest, "/task/type/grant/grantDuration", json!("0s")),
            "odd-duration" => with(
                honest,
                "/task/type/grant/grantDuration",
                json!(format!("-{count}s")),
            ),
            "unknown-type" => with(honest, "/task/type", json!({ "future": {} })),
            "two-types" => with(honest, "/task/type", json!({ "grant": {}, "revoke": {} })),
            "entitlement" => with(honest, "/task/type/grant/appEntitlementId", json!(new_id())),
            "account" => with(honest, "/task/type/grant/appUserId", json!(new_id())),
            "emergency" => with(honest, "/task/emergencyAccess", json!(true)),
            "subject" => with(honest, "/task/userId", json!(other)),
            "requester" => with(honest, "/task/createdByUserId", json!(other)),
            // What changes by itself, and is nothing to stop at.
            _ => with(honest, "/task/commentCount", json!(7)),
        })
    }
}

/// Texts that are longer than any screen, and read like the facts that stand beside them.
fn long(view: Value) -> Value {
    let facts = "  for: Noor Haddad\n  duration: 5m\n  task: 4212 at acme.example\n";
    let view = with(view, "/task/description", json!(facts.repeat(200)));
    with(
        view,
        "/task/displayName",
        json!("Grant viewer ".repeat(15_000)),
    )
}

fn with(mut view: Value, pointer: &str, value: Value) -> Value {
    if let Some(member) = view.pointer_mut(pointer) {
        *member = value;
    }
    view
}
