//! How people name a task: its number, `#4213`, its id, or its address, copied from the web application or from
//! `stepup task show`.

use super::task::is_task_id;

/// Segments of a path that stand before a task's number or id.
const BEFORE_A_TASK: [&str; 2] = ["task", "tasks"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaskReference {
    pub(crate) id: String,
    /// Host and port of the address, if it was one, in lower case.
    pub(crate) host: Option<String>,
}

impl TaskReference {
    /// Reads what was typed; `None` if it names no task.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let id = text.strip_prefix('#').unwrap_or(text);
        if is_task_id(id) {
            return Some(Self {
                id: id.to_owned(),
                host: None,
            });
        }
        let address = ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))
            .unwrap_or(text);
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let mut parts = address.get(..end)?.split('/');
        let host = parts.next()?;
        let in_a_host = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
        if host.is_empty() || host.ends_with(':') || !host.chars().all(in_a_host) {
            return None;
        }
        let parts: Vec<&str> = parts.collect();
        let id = parts
            .windows(2)
            .find_map(|two| (BEFORE_A_TASK.contains(two.first()?)).then_some(two.get(1)?))?;
        is_task_id(id).then(|| Self {
            id: (*id).to_owned(),
            host: Some(host.to_ascii_lowercase()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_named_in_several_ways() {
        let id = "2zTask0123456789abcdefghijk";
        for (text, expected) in [
            ("4213", Some(("4213", None))),
            ("#4213", Some(("4213", None))),
            (id, Some((id, None))),
            (
                "https://acme.conductor.one/task/4213",
                Some(("4213", Some("acme.conductor.one"))),
            ),
            (
                "https://Acme.conductor.one/task/4213/?tab=log#x",
                Some(("4213", Some("acme.conductor.one"))),
            ),
            (
                "acme.conductor.one/task/4213",
                Some(("4213", Some("acme.conductor.one"))),
            ),
            (
                "http://127.0.0.1:4000/api/v1/tasks/4213",
                Some(("4213", Some("127.0.0.1:4000"))),
            ),
            ("##4213", None),
            ("#", None),
            ("", None),
            ("4213.5", None),
            ("task/4213", None),
            ("https://acme.conductor.one/", None),
            ("https://acme.conductor.one/task/", None),
            ("https://acme.conductor.one/task/abc", None),
            ("https://mira:pw@acme.conductor.one/task/4213", None),
            ("ftp://acme.conductor.one/task/4213", None),
            ("https://acme.conductor.one?x=/task/4213", None),
        ] {
            let found = TaskReference::parse(text);
            let found = found
                .as_ref()
                .map(|task| (task.id.as_str(), task.host.as_deref()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
