//! What stands beside a task: the objects that a search expands (c1.md 1.2), and the answers to the request's form
//! (`task.form`, `task.data`). All of it only explains: what cannot be read is left out, and nothing fails for it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::domain::excerpt::excerpt;
use crate::domain::person::Approver;
use crate::domain::task::{Details, Task};

/// The longest answer and the longest insight that is kept, characters.
const LONGEST: usize = 300;

/// More answers than any form has questions that somebody reads before a decision.
const MOST_ANSWERS: usize = 40;

/// `expanded`. The form of plural paths is not known, so objects are found by their type and id.
#[derive(Default, Deserialize)]
pub(super) struct Expanded(Vec<Value>);

impl Expanded {
    /// What is told of the objects that this task names.
    pub(super) fn details_of(&self, task: &Task) -> Details {
        let mut details = Details::default();
        let objects = [
            ("app.v1.App", &task.app_id),
            ("app.v1.AppEntitlement", &task.entitlement_id),
            ("app.v1.AppResource", &task.resource_id),
            ("app.v1.AppUser", &task.account_id),
        ];
        for (kind, id) in objects {
            let id = id.as_deref().unwrap_or_default();
            if let Some(name) = self.find(kind, id).and_then(name) {
                details.names.insert(id.to_owned(), name);
            }
        }
        let people = [&task.subject_user_id, &task.created_by_user_id];
        let people = people.into_iter().chain(&task.step_approver_ids);
        for id in people.chain(task.history.iter().map(|step| &step.user_id)) {
            if let Some(person) = self
                .find("user.v1.User", id)
                .and_then(|one| person(id, one))
            {
                details.people.insert(id.clone(), person);
            }
        }
        let insights = task.insight_ids.iter().filter_map(|id| self.insight(id));
        details.insights = insights.collect();
        details
    }

    /// The one object of this type and id. Two that differ contradict each other, and tell nothing.
    fn find(&self, kind: &str, id: &str) -> Option<&Map<String, Value>> {
        if id.is_empty() {
            return None;
        }
        let end = format!("c1.api.{kind}");
        let is_it = |object: &&Map<String, Value>| {
            let named = object.get("@type").and_then(Value::as_str);
            let named = named.map(|name| name.rsplit('/').next().unwrap_or(name));
            named == Some(end.as_str()) && object.get("id").and_then(Value::as_str) == Some(id)
        };
        let mut found = self.0.iter().filter_map(Value::as_object).filter(is_it);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// What an insight says. Its type is not in the public description; its id is the task's.
    fn insight(&self, id: &str) -> Option<String> {
        let objects = self.0.iter().filter_map(Value::as_object);
        let mut named = objects.filter(|one| one.get("id").and_then(Value::as_str) == Some(id));
        let insight = named.next()?;
        ["displayName", "description", "message"]
            .into_iter()
            .find_map(|member| text(insight, member))
    }
}

fn text(object: &Map<String, Value>, member: &str) -> Option<String> {
    let text = excerpt(object.get(member)?.as_str()?, LONGEST);
    Some(text).filter(|text| !text.is_empty())
}

/// An account may have no other name than its address or login.
fn name(object: &Map<String, Value>) -> Option<String> {
    ["displayName", "email", "username"]
        .into_iter()
        .find_map(|member| text(object, member))
}

/// A person whose every name is blank may not be read, and is asked for by id.
fn person(id: &str, object: &Map<String, Value>) -> Option<Approver> {
    let person = Approver {
        user_id: id.to_owned(),
        display_name: text(object, "displayName"),
        email: text(object, "email"),
        username: text(object, "username"),
        is_service: object.get("type").and_then(Value::as_str) == Some("USER_TYPE_SERVICE"),
    };
    let known = [&person.display_name, &person.email, &person.username];
    let is_named = known.into_iter().any(Option::is_some);
    is_named.then_some(person)
}

/// `task.form`: the questions, by the names of their answers.
#[derive(Default)]
pub(super) struct Form(BTreeMap<String, Question>);

struct Question {
    /// As the requester read it.
    words: String,
    /// Its answer is not for other eyes.
    secret: bool,
}

impl Form {
    pub(super) fn read(form: &Value) -> Self {
        let fields = form.get("fields").and_then(Value::as_array);
        let fields = fields.into_iter().flatten().filter_map(Value::as_object);
        let question = |field: &Map<String, Value>| {
            let name = field.get("name")?.as_str()?.to_owned();
            let words = text(field, "displayName").unwrap_or_else(|| name.clone());
            let secret = field
                .get("stringField")
                .and_then(|field| field.get("passwordField"))
                .is_some_and(|field| !field.is_null());
            Some((name, Question { words, secret }))
        };
        Self(fields.filter_map(question).collect())
    }

    /// Every answer under its question, or under its own name where the form does not have it.
    pub(super) fn answers(&self, data: &Value) -> Vec<(String, String)> {
        let data = data.as_object().into_iter().flatten();
        let told = data.filter(|(_, value)| !is_empty(value));
        told.take(MOST_ANSWERS)
            .map(|(name, value)| match self.0.get(name) {
                Some(question) if question.secret => (question.words.clone(), HIDDEN.to_owned()),
                Some(question) => (question.words.clone(), answer(value)),
                None => (excerpt(name, LONGEST), answer(value)),
            })
            .collect()
    }
}

/// In the place of an answer to a question for a password.
const HIDDEN: &str = "(not shown)";

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn answer(value: &Value) -> String {
    match value {
        Value::String(text) => excerpt(text, LONGEST),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let all: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            excerpt(&all.join(", "), LONGEST)
        }
        other => excerpt(&other.to_string(), LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn task() -> Task {
        Task {
            app_id: Some("a".into()),
            entitlement_id: Some("e".into()),
            account_id: Some("u".into()),
            subject_user_id: "ada".into(),
            insight_ids: vec!["i2".into(), "i1".into()],
            ..Task::default()
        }
    }

    fn details(expanded: Value) -> Details {
        let expanded: Expanded = serde_json::from_value(expanded).unwrap();
        expanded.details_of(&task())
    }

    #[test]
    fn objects_are_found_by_type_and_id() {
        let details = details(json!([
            {"@type": "type.googleapis.com/c1.api.app.v1.AppEntitlement", "id": "e", "displayName": "prod-admin"},
            {"@type": "type.googleapis.com/c1.api.app.v1.App", "id": "a", "displayName": "AWS"},
            {"@type": "type.googleapis.com/c1.api.app.v1.App", "id": "e", "displayName": "not this"},
            {"@type": "type.googleapis.com/c1.api.app.v1.AppUser", "id": "u", "displayName": "", "email": "ada@aws"},
            {"@type": "type.googleapis.com/c1.api.user.v1.User", "id": "ada", "displayName": "Ada"},
            {"@type": "anything", "id": "i1", "displayName": "unusual for her group"},
            {"@type": "anything", "id": "i2", "description": "used by nobody"},
            "what is this", null, 3,
        ]));
        assert_eq!(details.name("a"), Some("AWS"));
        assert_eq!(details.name("e"), Some("prod-admin"));
        assert_eq!(details.name("u"), Some("ada@aws"));
        assert_eq!(details.people["ada"].display_name.as_deref(), Some("Ada"));
        assert_eq!(
            details.insights,
            ["used by nobody", "unusual for her group"]
        );
    }

    #[test]
    fn what_contradicts_itself_or_is_blank_tells_nothing() {
        let app =
            |name: &str| json!({"@type": "x/c1.api.app.v1.App", "id": "a", "displayName": name});
        assert_eq!(details(json!([app("AWS"), app("GCP")])).name("a"), None);
        assert_eq!(
            details(json!([app("AWS"), app("AWS")])).name("a"),
            Some("AWS")
        );
        assert_eq!(details(json!([app("")])).name("a"), None);
        let blank = json!([{"@type": "x/c1.api.user.v1.User", "id": "ada", "displayName": "", "email": null}]);
        assert!(details(blank).people.is_empty());
    }

    #[test]
    fn answers_stand_under_their_questions() {
        let form = Form::read(&json!({"fields": [
            {"name": "ticket", "displayName": "Ticket", "stringField": {}},
            {"name": "secret", "displayName": "Passphrase", "stringField": {"passwordField": {}}},
            {"displayName": "nameless"}, null,
        ]}));
        let answers = form.answers(&json!({
            "ticket": "INC-88", "secret": "hunter2", "hosts": ["a", "b"], "urgent": true, "size": 3, "none": "",
        }));
        let mut answers: Vec<(&str, &str)> = answers
            .iter()
            .map(|(question, answer)| (question.as_str(), answer.as_str()))
            .collect();
        answers.sort_unstable();
        assert_eq!(
            answers,
            [
                ("Passphrase", HIDDEN),
                ("Ticket", "INC-88"),
                ("hosts", "a, b"),
                ("size", "3"),
                ("urgent", "yes"),
            ]
        );
        assert!(
            Form::read(&json!("no form"))
                .answers(&json!([1]))
                .is_empty()
        );
    }
}
