//! `POST /api/v1/search/tasks`: paging and expansion (c1.md 3.6).

mod filters;

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

pub(super) use filters::ExpandMask;
use filters::SearchRequest;

use super::paging::page;
use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::task::Task;
use super::world::{World, is_id};
use super::{people, view};
use crate::people::Person;

impl Api {
    pub(super) fn search(&self, body: &[u8], me: &Person) -> ApiResult {
        let request: SearchRequest = parse(body)?;
        // Numbers are for paths only.
        if request.named().any(|id| !is_id(id)) {
            return Err(Refusal::malformed_id());
        }
        let world = self.world();
        let found = request.of(&world.tasks)?;
        let (page, next) = self.page(&found, &request)?;
        let paths = request
            .expand_mask
            .and_then(|mask| mask.paths)
            .unwrap_or_default();
        let (mut list, expanded) =
            views(&world, page, me, &paths, self.switches.is("users", "403"));
        self.disturb(&mut list);
        Ok(ok(
            &json!({"list": list, "expanded": expanded, "nextPageToken": next}),
        ))
    }
}

impl Api {
    /// Rows as the switch wants them.
    fn disturb(&self, list: &mut [Value]) {
        let mut tasks = list
            .iter_mut()
            .filter_map(|row| row.get_mut("task")?.as_object_mut());
        match self.switches.text("task_search") {
            Some("heavy") => {
                for task in tasks {
                    task.insert("description".into(), "x".repeat(100_000).into());
                }
            }
            Some("odd-row") => {
                if let Some(task) = tasks.next() {
                    task.insert("policy".into(), json!(["none"]));
                }
            }
            _ => {}
        }
    }

    /// One page, with the quirk that the switch asks for.
    fn page<'a, T>(
        &self,
        rows: &'a [T],
        request: &SearchRequest,
    ) -> Result<(&'a [T], String), Refusal> {
        let (size, token) = (request.page_size, request.page_token.as_deref());
        match self.switches.text("task_search") {
            Some("403") => Err(Refusal::forbidden("searching is not permitted")),
            Some("500-once") if self.asked.fetch_add(1, Ordering::Relaxed) == 0 => {
                Err(Refusal::internal())
            }
            // Seen on live tenants: 23 rows for 10. The next page starts behind them.
            Some("more-rows") => page(rows, Some(size.unwrap_or(0).clamp(10, 97) + 3), token),
            Some("repeat-token") => {
                let (first, next) = page(rows, size, None)?;
                Ok(match token {
                    None | Some("") => (first, next),
                    Some(token) => (page(rows, size, Some(token))?.0, token.to_owned()),
                })
            }
            _ => page(rows, size, token),
        }
    }
}

/// The expanded objects of an answer, each of them once.
#[derive(Default)]
struct Expanded(Vec<Value>);

impl Expanded {
    /// The path to an object.
    fn place(&mut self, object: Value) -> Value {
        let known = self.0.iter().position(|known| *known == object);
        let index = known.unwrap_or_else(|| {
            self.0.push(object);
            self.0.len() - 1
        });
        json!(format!("$.expanded[{index}]"))
    }
}

/// Views whose paths point into one shared list of expanded objects (c1.md 1.2).
fn views(
    world: &World,
    tasks: &[&Task],
    me: &Person,
    paths: &[String],
    hides_people: bool,
) -> (Vec<Value>, Vec<Value>) {
    let shown = |person: &Person| people::expanded(person, hides_people && person.id != me.id);
    let wants = |path: &str| paths.iter().any(|wanted| wanted == path || wanted == "*");
    let mut expanded = Expanded::default();
    let mut list = Vec::new();
    for task in tasks {
        let mut view = view::task_view(task, me);
        for (field, object) in pointed_to(world, task, wants, shown) {
            let path = expanded.place(object);
            if let Some(fields) = view.as_object_mut() {
                fields.insert(field.to_owned(), path);
            }
        }
        for object in listed(world, task, wants, shown) {
            expanded.place(object);
        }
        list.push(view);
    }
    (list, expanded.0)
}

/// The objects of a task to which its view points, by the field that does.
fn pointed_to(
    world: &World,
    task: &Task,
    wants: impl Fn(&str) -> bool,
    shown: impl Fn(&Person) -> Value,
) -> Vec<(&'static str, Value)> {
    let requester = world.people.with_id(&task.requester);
    let mut objects = Vec::new();
    for (path, field) in [
        ("user_id", "userPath"),
        ("created_by_user_id", "createdByUserPath"),
        ("identity_user_id", "identityUserPath"),
    ] {
        if let (true, Some(person)) = (wants(path), requester) {
            objects.push((field, typed("user.v1.User", shown(person))));
        }
    }
    if wants("app_id") && task.kind.is_access() {
        let app = json!({"id": task.app_id, "displayName": task.app});
        objects.push(("appPath", typed("app.v1.App", app)));
    }
    if wants("app_user_id") && task.kind.is_access() {
        let name = requester.map_or("", |person| person.username.as_str());
        let account = json!({"id": task.app_user_id, "appId": task.app_id, "displayName": name});
        objects.push(("appUserPath", typed("app.v1.AppUser", account)));
    }
    objects
}

/// The objects of a task that its view names by their ids. The form of plural paths is unknown; readers look the object
/// up by type and id.
fn listed(
    world: &World,
    task: &Task,
    wants: impl Fn(&str) -> bool,
    shown: impl Fn(&Person) -> Value,
) -> Vec<Value> {
    let mut objects = Vec::new();
    if wants("app_entitlement_ids") && task.kind.is_access() {
        let entitlement = json!({"id": task.entitlement_id, "appId": task.app_id, "displayName": task.entitlement});
        objects.push(typed("app.v1.AppEntitlement", entitlement));
    }
    if wants("step_approver_ids") {
        let people = task.deciders().into_iter();
        let people = people.filter_map(|id| world.people.with_id(id));
        objects.extend(people.map(|person| typed("user.v1.User", shown(person))));
    }
    if let (true, Some((id, name))) = (wants("resource"), &task.more.resource) {
        let resource = json!({"id": id, "appId": task.app_id, "displayName": name});
        objects.push(typed("app.v1.AppResource", resource));
    }
    // What an insight is called is not in the public description.
    for (id, words) in task.more.insights.iter().filter(|_| wants("insight_ids")) {
        let insight = json!({"id": id, "displayName": words});
        objects.push(typed("insight.v1.Insight", insight));
    }
    objects
}

pub(super) fn typed(name: &str, mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(
            "@type".into(),
            json!(format!("type.googleapis.com/c1.api.{name}")),
        );
    }
    object
}
