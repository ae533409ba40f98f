//! `POST /api/v1/task/grant` and `revoke` (c1.md 3.7): somebody asks for access, or for its end, and a
//! task comes of it, under the policy as it is then.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::task::{AuditEntryKind, Kind, More, Task, TaskOutcome};
use super::view;
use super::world::{World, is_id};
use crate::basics::new_id;
use crate::people::Person;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AccessRequest {
    app_id: String,
    app_entitlement_id: String,
    identity_user_id: Option<String>,
    description: Option<String>,
}

impl Api {
    pub(super) fn request_access(&self, kind: Kind, body: &[u8], me: &Person) -> ApiResult {
        let request: AccessRequest = parse(body)?;
        let mut world = self.world();
        let task = world.requested(kind, &request, me)?;
        let view = view::task_view(&task, me);
        world.tasks.push(task);
        self.store.save(&world);
        Ok(ok(&json!({"taskView": view, "expanded": []})))
    }
}

impl World {
    /// A task for the access that is asked for, and whom it is for.
    fn wanted<'a>(
        &'a self,
        kind: Kind,
        request: &AccessRequest,
        me: &Person,
    ) -> Result<(&'a Task, &'a Person), Refusal> {
        if !is_id(&request.app_id) || !is_id(&request.app_entitlement_id) {
            return Err(Refusal::malformed_id());
        }
        let mut same = self.tasks.iter().filter(|task| {
            task.app_id == request.app_id && task.entitlement_id == request.app_entitlement_id
        });
        let known = same.clone().next().ok_or_else(Refusal::not_found)?;
        let id = request.identity_user_id.as_deref();
        let id = id.filter(|id| !id.is_empty()).unwrap_or(&me.id);
        let person = self.people.with_id(id).ok_or_else(Refusal::not_found)?;
        match same.find(|task| task.open() && task.kind == kind && task.requester == person.id) {
            Some(task) => Err(Refusal::duplicate(&task.id)),
            None => Ok((known, person)),
        }
    }

    /// A task for this request. What can be asked for is known from the tasks that are there.
    fn requested(&self, kind: Kind, request: &AccessRequest, me: &Person) -> Result<Task, Refusal> {
        let (known, person) = self.wanted(kind, request, me)?;
        let (verb, whom, name) = match kind {
            Kind::Grant => ("Grant", "to", "grant"),
            Kind::Revoke => ("Revoke", "from", "revoke"),
            // Reviews, joiners and leavers make these; nobody asks for one.
            _ => return Err(Refusal::not_found()),
        };
        let policy = self.policies.iter().find(|one| one.id == known.policy_id);
        let policy = policy.ok_or_else(Refusal::not_found)?;
        let steps = policy.steps(name, &self.policies, &self.providers);
        // Nobody approves what is for themselves (c1.md 3.7).
        if steps.iter().any(|step| step.approver == person.id) {
            return Err(Refusal::forbidden(
                "target user is not allowed to request that resource",
            ));
        }
        let last = self.tasks.iter().map(|task| task.numeric_id).max();
        let now = Timestamp::now();
        let mut task = Task {
            id: new_id(),
            numeric_id: last.unwrap_or(0) + 1,
            title: format!(
                "{verb} {} on {} {whom} {}",
                known.entitlement, known.app, person.name
            ),
            reason: request.description.clone().unwrap_or_default(),
            kind,
            what: "requested".to_owned(),
            requester: person.id.clone(),
            policy_name: policy.name().to_owned(),
            generation: policy.generation.clone(),
            app_user_id: new_id(),
            steps,
            current: 0,
            outcome: TaskOutcome::Open,
            created_at: now,
            updated_at: now,
            pending: None,
            events: Vec::new(),
            restarts: Vec::new(),
            more: More::default(),
            ..known.clone()
        };
        task.note(&me.id, AuditEntryKind::Created);
        Ok(task)
    }
}
