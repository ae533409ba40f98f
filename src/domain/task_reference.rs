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
    use crate::arbitrary::rows;

    #[test]
    fn a_task_is_named_in_several_ways() {
        let named = "
            4213                                            | 4213 |
            #4213                                           | 4213 |
            2zTask0123456789abcdefghijk                     | 2zTask0123456789abcdefghijk |
            https://acme.conductor.one/task/4213            | 4213 | acme.conductor.one
            https://Acme.conductor.one/task/4213/?tab=log#x | 4213 | acme.conductor.one
            acme.conductor.one/task/4213                    | 4213 | acme.conductor.one
            http://127.0.0.1:4000/api/v1/tasks/4213         | 4213 | 127.0.0.1:4000
            ##4213                                          | |
            #                                               | |
                                                            | |
            4213.5                                          | |
            task/4213                                       | |
            https://acme.conductor.one/                     | |
            https://acme.conductor.one/task/                | |
            https://acme.conductor.one/task/abc             | |
            https://mira:pw@acme.conductor.one/task/4213    | |
            ftp://acme.conductor.one/task/4213              | |
            https://acme.conductor.one?x=/task/4213         | |";
        for [text, id, host] in rows(named) {
            let found = TaskReference::parse(text);
            let parts = found.map(|task| (task.id, task.host.unwrap_or_default()));
            let parts = parts.unwrap_or_default();
            assert_eq!((parts.0.as_str(), parts.1.as_str()), (id, host), "{text}");
        }
    }
}
