//! What can be asked for, and who has it (c1.md 3.7): the questions that C1's own command line asks before it makes a
//! request. What there is here are the entitlements that tasks are about.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::paging::page;
use super::refusal::Refusal;
use super::search::{ExpandMask, typed};
use super::state::{Api, ApiResult, ok, parse};
use super::task::{Task, TaskOutcome};
use super::world::{World, is_id};
use crate::people::Person;

/// Any other filter is refused by its name.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct EntitlementSearch {
    query: Option<String>,
    entitlement_alias: Option<String>,
    granted_status: GrantedStatus,
    expand_mask: Option<ExpandMask>,
    page_size: Option<i64>,
    page_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum GrantedStatus {
    #[default]
    Unspecified,
    All,
    Granted,
    NotGranted,
}

impl EntitlementSearch {
    fn wants(&self, world: &World, task: &Task, me: &Person) -> bool {
        let query = self.query.as_deref().unwrap_or_default().to_lowercase();
        let alias = self.entitlement_alias.as_deref().unwrap_or_default();
        let has_it = world.grant(task, &me.id).is_some();
        let names = [&task.entitlement, &task.app, &alias_of(task)];
        (alias.is_empty() || alias == alias_of(task))
            && names
                .iter()
                .any(|name| name.to_lowercase().contains(&query))
            && match self.granted_status {
                GrantedStatus::Unspecified | GrantedStatus::All => true,
                GrantedStatus::Granted => has_it,
                GrantedStatus::NotGranted => !has_it,
            }
    }
}

impl Api {
    /// `POST /api/v1/search/request_catalog/entitlements`.
    pub(super) fn search_catalogue(&self, body: &[u8], me: &Person) -> ApiResult {
        let search: EntitlementSearch = parse(body)?;
        let world = self.world();
        let found: Vec<&Task> = world
            .entitlements()
            .filter(|task| search.wants(&world, task, me))
            .collect();
        let (shown, next) = page(&found, search.page_size, search.page_token.as_deref())?;
        let paths = search.expand_mask.and_then(|mask| mask.paths);
        let paths = paths.unwrap_or_default();
        let expands = paths.iter().any(|path| path == "app_id" || path == "*");
        let (mut list, mut expanded) = (Vec::new(), Vec::new());
        for task in shown {
            let mut path = String::new();
            if expands {
                path = format!("$.expanded[{}]", expanded.len());
                expanded.push(typed("app.v1.App", app(task)));
            }
            let view = entitlement_view(task, &path);
            let bindings: Vec<Value> = world.grant(task, &me.id).into_iter().map(binding).collect();
            list.push(json!({"entitlement": view, "appEntitlementUserBindings": bindings}));
        }
        Ok(ok(
            &json!({"list": list, "expanded": expanded, "nextPageToken": next}),
        ))
    }

    /// What is below `GET /api/v1/apps`.
    pub(super) fn apps(&self, rest: &[&str]) -> ApiResult {
        let world = self.world();
        let ids = rest
            .iter()
            .step_by(2)
            .chain(rest.get(3).filter(|_| rest.len() == 4));
        if ids.clone().any(|id| *id != "app_users" && !is_id(id)) {
            return Err(Refusal::malformed_id());
        }
        let of_app = |id: &str| world.entitlements().find(|task| task.app_id == id);
        let known = |app: &str, id: &str| {
            let mut all = world.entitlements();
            all.find(|task| task.app_id == app && task.entitlement_id == id)
                .ok_or_else(Refusal::not_found)
        };
        Ok(ok(&match *rest {
            [id] => json!({"app": app(of_app(id).ok_or_else(Refusal::not_found)?)}),
            [app, "entitlements", id] => {
                json!({"appEntitlementView": entitlement_view(known(app, id)?, ""), "expanded": []})
            }
            [app, "entitlements", id, "users", user, "grants"] => {
                let task = known(app, id)?;
                let bindings: Vec<Value> =
                    world.grant(task, user).into_iter().map(binding).collect();
                json!({ "bindings": bindings })
            }
            [id, "users", user, "app_users"] => {
                let task = of_app(id).ok_or_else(Refusal::not_found)?;
                let person = world.people.with_id(user).ok_or_else(Refusal::not_found)?;
                let list: Vec<Value> = (task.requester == person.id)
                    .then(|| json!({ "appUser": account(task, person) }))
                    .into_iter()
                    .collect();
                json!({"list": list, "expanded": [], "nextPageToken": ""})
            }
            _ => return Err(Refusal::not_found()),
        }))
    }
}

impl World {
    /// Each entitlement once, by the first task that is about it.
    fn entitlements(&self) -> impl Iterator<Item = &Task> {
        let is_first = |(place, task): &(usize, &Task)| {
            let mut earlier = self.tasks.iter().take(*place);
            !earlier.any(|one| one.entitlement_id == task.entitlement_id)
        };
        let all = self.tasks.iter().filter(|task| task.kind.is_access());
        all.enumerate().filter(is_first).map(|(_, task)| task)
    }

    /// The task that gave this person what the other is about.
    fn grant(&self, about: &Task, user_id: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| {
            task.entitlement_id == about.entitlement_id
                && task.requester == user_id
                && task.kind == super::task::Kind::Grant
                && task.outcome == TaskOutcome::Granted
        })
    }
}

/// The name under which an entitlement is asked for on a command line.
fn alias_of(task: &Task) -> String {
    format!("{}-{}", task.app, task.entitlement).to_lowercase()
}

fn app(task: &Task) -> Value {
    json!({"id": task.app_id, "displayName": task.app, "description": "", "createdAt": task.created_at})
}

fn entitlement_view(task: &Task, app_path: &str) -> Value {
    let resource = task
        .more
        .resource
        .as_ref()
        .map_or("", |(id, _)| id.as_str());
    json!({
        "appPath": app_path, "appResourcePath": "", "appResourceTypePath": "",
        "appEntitlement": {
            "id": task.entitlement_id, "appId": task.app_id, "displayName": task.entitlement,
            "alias": alias_of(task), "slug": task.entitlement, "description": "",
            "appResourceId": resource, "appResourceTypeId": "",
            "grantPolicyId": task.policy_id, "durationGrant": format!("{}s", task.seconds()),
            "emergencyGrantEnabled": false, "createdAt": task.created_at, "deletedAt": null,
        },
    })
}

fn binding(task: &Task) -> Value {
    let ends = task.updated_at
        + SignedDuration::from_secs(i64::try_from(task.seconds()).unwrap_or_default());
    json!({
        "appId": task.app_id, "appEntitlementId": task.entitlement_id, "appUserId": task.app_user_id,
        "createdAt": task.updated_at, "deletedAt": null, "deprovisionAt": ends,
    })
}

fn account(task: &Task, person: &Person) -> Value {
    json!({
        "id": task.app_user_id, "appId": task.app_id, "identityUserId": person.id,
        "displayName": person.username, "username": person.username, "email": person.email,
    })
}
