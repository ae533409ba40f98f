//! Who am I, and who is that (c1.md 2).

use serde::Deserialize;
use serde_json::{Value, json};

use super::paging::page;
use super::refusal::Refusal;
use super::state::{Api, ApiResult, ok, parse};
use super::world::is_id;
use crate::http::Reply;
use crate::people::Person;

/// Of C1's filters those that the sandbox applies; any other is refused by its name.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct UserSearch {
    email: Option<String>,
    query: Option<String>,
    exclude_ids: Option<Vec<String>>,
    page_size: Option<i64>,
    page_token: Option<String>,
}

impl UserSearch {
    fn wants(&self, person: &Person) -> bool {
        let email = self.email.as_deref().unwrap_or_default();
        let query = self.query.as_deref().unwrap_or_default().to_lowercase();
        let excluded = self.exclude_ids.as_deref().unwrap_or_default();
        let texts = [&person.name, &person.email];
        (email.is_empty() || person.email.eq_ignore_ascii_case(email))
            && texts
                .iter()
                .any(|text| text.to_lowercase().contains(&query))
            && !excluded.contains(&person.id)
    }
}

impl Api {
    /// `POST /api/v1/search/users`.
    pub(super) fn search_users(&self, body: &[u8]) -> ApiResult {
        let search: UserSearch = parse(body)?;
        if self.switches.is("users", "403") {
            return Err(Refusal::forbidden("people are not yours to search"));
        }
        let world = self.world();
        let people = world.people.all();
        let everybody = self.switches.is("users", "unfiltered");
        let found: Vec<&Person> = people
            .into_iter()
            .filter(|person| everybody || search.wants(person))
            .collect();
        let (shown, next) = page(&found, search.page_size, search.page_token.as_deref())?;
        let shared = self.switches.is("users", "one-address");
        let mut list: Vec<Value> = shown
            .iter()
            .map(|person| json!({ "user": user(person, false) }))
            .collect();
        if let (true, [one]) = (shared, list.as_slice()) {
            let mut twin = one.clone();
            if let Some(id) = twin.pointer_mut("/user/id") {
                *id = json!(world.people.requester.id);
            }
            list.push(twin);
        }
        Ok(ok(
            &json!({"list": list, "expanded": [], "nextPageToken": next}),
        ))
    }

    pub(super) fn introspect(&self, me: &Person) -> Reply {
        let world = self.world();
        // `principleId` is C1's spelling.
        ok(&json!({
            "userId": me.id, "principleId": me.id, "tenantId": world.tenant,
            "roles": self.roles(), "permissions": [], "features": [], "disabledModules": null,
            "deviceClientId": "",
        }))
    }

    /// C1's names of its roles.
    fn roles(&self) -> &'static [&'static str] {
        match self.switches.text("role") {
            Some("approver") => &["Basic User"],
            _ => &["Basic User", "Super Administrator"],
        }
    }

    pub(super) fn user(&self, id: &str, me: &Person) -> ApiResult {
        if !is_id(id) {
            return Err(Refusal::malformed_id());
        }
        if self.switches.is("users", "403") && id != me.id {
            return Err(Refusal::forbidden("this person is not yours to read"));
        }
        if self.switches.is("api_person", "500") && id == me.id {
            return Err(Refusal::new(500, 13, "the directory does not answer"));
        }
        let world = self.world();
        let service = self.switches.is("api_person", "service") || world.people.workload.id == id;
        let person = world.people.with_id(id).ok_or_else(Refusal::not_found)?;
        let mut user = user(person, service);
        if self.switches.is("api_person", "unnamed")
            && let Some(members) = user.as_object_mut()
        {
            members.extend(["email", "username"].map(|name| (name.to_owned(), json!(""))));
        }
        Ok(ok(&json!({"userView": {"user": user}, "expanded": []})))
    }
}

/// `User`.
pub(super) fn user(person: &Person, service: bool) -> Value {
    let kind = if service {
        "USER_TYPE_SERVICE"
    } else {
        "USER_TYPE_HUMAN"
    };
    json!({
        "id": person.id, "displayName": person.name, "email": person.email,
        "username": person.username, "status": "ENABLED", "type": kind,
        "jobTitle": "", "department": "", "managerIds": null,
    })
}

/// `User` beside something else; of one whom the caller may not read all but the id is blank (c1.md 2).
pub(super) fn expanded(person: &Person, is_hidden: bool) -> Value {
    let mut user = user(person, false);
    if let (true, Some(members)) = (is_hidden, user.as_object_mut()) {
        members
            .extend(["displayName", "email", "username"].map(|name| (name.to_owned(), json!(""))));
    }
    user
}
