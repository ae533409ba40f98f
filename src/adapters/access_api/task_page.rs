//! A page of tasks.

use crate::domain::task::Task;

#[derive(Debug, Default)]
pub(crate) struct TaskPage {
    /// Those that can be read.
    pub(crate) tasks: Vec<Task>,
    pub(crate) next: Option<String>,
    /// How many rows cannot be read; they hide no other.
    pub(crate) unreadable: usize,
}

impl TaskPage {
    /// What a person has to know of rows that are not shown.
    pub(crate) fn warning(unreadable: usize) -> Option<String> {
        match unreadable {
            0 => None,
            1 => Some("1 task of the list cannot be read, and is left out; the administrator of the API can say why".to_owned()),
            many => Some(format!(
                "{many} tasks of the list cannot be read, and are left out; the administrator of the API can say why"
            )),
        }
    }
}
