//! Tasks beyond the one that is approved: searching, the trail, denying, commenting (c1.md 3.6,
//! 4, 7).

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use openidconnect::http::Method;
use serde_json::{Value, json};

use super::super::http::HttpError;
use super::client::{AccessApi, PAGE, decode};
use super::task_page::TaskPage;
use super::wire;
use crate::adapters::api_error::ApiError;
use crate::domain::task::audit::{AuditEvent, TrailQuery};
use crate::domain::task::search::{StateFilter, TaskSearch};
use crate::domain::task::{Details, Task};

/// Largest page, MiB. A task with all its steps is a few KiB; one that brings along what it names is several times that.
const LARGEST_PAGE: u64 = 4;
/// Largest page of a single row, MiB: the API may give ten for it, and there is no smaller page to ask for.
const LARGEST_ROW: u64 = 16;
/// The API gives no fewer (c1.md 3.6).
const SMALLEST_PAGE: usize = 10;

impl AccessApi {
    /// One page of the tasks that the search finds, oldest first. `wanted` is how many rows are still of use; the API
    /// may give more. A page that is too large is asked for again with half as many rows, down to one.
    pub(crate) fn search_tasks(
        &self,
        search: &TaskSearch,
        wanted: usize,
        page_token: Option<&str>,
    ) -> Result<TaskPage, ApiError> {
        let mut body = search_body(search);
        loop {
            let most = self.rows.load(Ordering::Relaxed);
            let rows = wanted.clamp(SMALLEST_PAGE, PAGE).min(most);
            if let Some(members) = body.as_object_mut() {
                members.insert("pageSize".into(), rows.into());
                members.insert("pageToken".into(), page_token.unwrap_or_default().into());
            }
            let mib = if rows == 1 { LARGEST_ROW } else { LARGEST_PAGE };
            let api = self.reading(mib);
            match api.exchange(&Method::POST, &["search", "tasks"], Some(&body)) {
                Err(ApiError::Http(HttpError::TooLarge { .. })) if rows > 1 => {
                    self.rows.store(rows / 2, Ordering::Relaxed);
                }
                answer => {
                    let list: wire::task::TaskList = decode(&answer?)?;
                    return Ok(list.into_page());
                }
            }
        }
    }

    /// Asks what the ids of these tasks stand for, in one search (c1.md 3.6). The tasks themselves stay as they were
    /// read: a search may be behind. What is not told, or may not be read, stays unknown.
    pub(crate) fn describe<'a>(&self, tasks: impl IntoIterator<Item = &'a mut Task>) {
        let mut tasks: Vec<&mut Task> = tasks.into_iter().collect();
        for some in tasks.chunks_mut(PAGE) {
            match self.expanded(some) {
                Ok(mut found) => {
                    for task in some {
                        if let Some(details) = found.remove(&task.id) {
                            task.details = details;
                        }
                    }
                }
                Err(error) => {
                    tracing::debug!("the names of a task's objects were not told: {error}");
                }
            }
        }
    }

    /// The task with what its ids stand for.
    pub(crate) fn described(&self, task: &Task) -> Task {
        let mut task = task.clone();
        self.describe([&mut task]);
        task
    }

    fn expanded(&self, tasks: &[&mut Task]) -> Result<BTreeMap<String, Details>, ApiError> {
        if tasks.is_empty() {
            return Ok(BTreeMap::new());
        }
        let refs: Vec<Value> = tasks.iter().map(|task| json!({ "id": task.id })).collect();
        let body = json!({
            "refs": refs,
            "expandMask": { "paths": ["*"] },
            "pageSize": tasks.len().max(SMALLEST_PAGE),
        });
        let bytes = self.exchange(&Method::POST, &["search", "tasks"], Some(&body))?;
        let found = decode::<wire::task::TaskList>(&bytes)?.into_page().tasks;
        let found = found.into_iter().map(|task| (task.id, task.details));
        Ok(found.collect())
    }

    /// A page of the open tasks that are assigned to `user_id`.
    pub(crate) fn my_open_tasks(
        &self,
        user_id: &str,
        page_token: Option<&str>,
    ) -> Result<TaskPage, ApiError> {
        let search = TaskSearch {
            of_user: Some(user_id.to_owned()),
            state: StateFilter::Open,
            ..TaskSearch::default()
        };
        self.search_tasks(&search, usize::MAX, page_token)
    }

    /// This API, for answers of many rows: up to so many MiB.
    fn reading(&self, mib: u64) -> Self {
        let http = self.http.clone().reading(mib);
        Self {
            http,
            ..self.clone()
        }
    }

    /// One page of a task's trail, and the token of the next.
    pub(crate) fn audit(
        &self,
        task_id: &str,
        query: TrailQuery,
        page_token: Option<&str>,
    ) -> Result<(Vec<AuditEvent>, Option<String>), ApiError> {
        let body = json!({
            "taskId": task_id,
            "newestFirst": query.newest_first,
            "commentsOnly": query.comments_only,
            "pageSize": PAGE,
            "pageToken": page_token.unwrap_or_default(),
        });
        let bytes =
            self.reading(LARGEST_PAGE)
                .exchange(&Method::POST, &["task", "audits"], Some(&body))?;
        decode::<wire::audit::AuditList>(&bytes).map(wire::audit::AuditList::into_page)
    }

    /// Denies the step. Sent once; the answer is the API's id of the action, which is queued.
    pub(crate) fn deny(
        &self,
        task: &Task,
        policy_step_id: &str,
        comment: Option<&str>,
    ) -> Result<Option<String>, ApiError> {
        let body = json!({ "policyStepId": policy_step_id });
        self.act(task, "deny", &commented(body, comment))
    }

    /// Comments on the task. Sent once.
    pub(crate) fn comment(&self, task: &Task, text: &str) -> Result<(), ApiError> {
        self.act(task, "comment", &json!({ "comment": text }))
            .map(drop)
    }

    /// Hands the step to others. Sent once.
    pub(crate) fn reassign(
        &self,
        task: &Task,
        policy_step_id: &str,
        to: &[String],
        comment: Option<&str>,
    ) -> Result<Option<String>, ApiError> {
        let body = json!({ "policyStepId": policy_step_id, "newStepUserIds": to });
        self.act(task, "reassign", &commented(body, comment))
    }

    /// Leaves the task to the emergency policy. Sent once.
    pub(crate) fn escalate(
        &self,
        task: &Task,
        policy_step_id: &str,
        comment: Option<&str>,
    ) -> Result<Option<String>, ApiError> {
        let body = json!({ "policyStepId": policy_step_id });
        self.act(task, "escalate", &commented(body, comment))
    }

    /// Lets the grant last so long. Sent once.
    pub(crate) fn update_grant_duration(
        &self,
        task: &Task,
        seconds: u64,
    ) -> Result<Option<String>, ApiError> {
        let body = json!({ "duration": format!("{seconds}s") });
        self.act(task, "update-grant-duration", &body)
    }

    fn act(&self, task: &Task, action: &str, body: &Value) -> Result<Option<String>, ApiError> {
        let path = ["tasks", task.id.as_str(), "action", action];
        let bytes = self.exchange(&Method::POST, &path, Some(body))?;
        let answer: wire::Submitted = decode(&bytes)?;
        Ok(Some(answer.ticket_action_id).filter(|id| !id.is_empty()))
    }
}

fn commented(mut body: Value, comment: Option<&str>) -> Value {
    if let (Some(comment), Some(members)) = (comment, body.as_object_mut()) {
        members.insert("comment".into(), comment.into());
    }
    body
}

/// What a list names beside its tasks.
const NAMED: [&str; 6] = [
    "app_id",
    "app_entitlement_ids",
    "app_user_id",
    "resource",
    "user_id",
    "created_by_user_id",
];

fn search_body(search: &TaskSearch) -> Value {
    // An order that new tasks do not disturb while we page.
    let mut body = json!({ "sortBy": "TASK_SEARCH_SORT_BY_TICKET_ID" });
    let mut set = |name: &str, value: Value| {
        if let Some(members) = body.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
    };
    match (&search.of_user, search.state) {
        (Some(user), StateFilter::Open) => set("myWorkUserIds", json!([user])),
        // Nobody's work any more, once it is closed.
        (Some(user), _) => set("assignedOrStepApproverUserId", json!(user)),
        (None, _) => {}
    }
    match search.state {
        StateFilter::All => {}
        StateFilter::Open => set("taskStates", json!(["TASK_STATE_OPEN"])),
        StateFilter::Closed => set("taskStates", json!(["TASK_STATE_CLOSED"])),
    }
    if !search.types.is_empty() {
        let types = search.types.iter().map(|kind| json!({ kind.word(): {} }));
        set("taskTypes", types.collect());
    }
    if let Some(query) = &search.query {
        set("query", json!(query));
    }
    if search.awaiting_approval {
        set("currentStep", json!("TASK_SEARCH_CURRENT_STEP_APPROVAL"));
    }
    if search.named {
        set("expandMask", json!({ "paths": NAMED }));
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::search::TaskType;

    #[test]
    fn mine_and_open_is_asked_as_c1s_own_client_asks_it() {
        let search = TaskSearch {
            of_user: Some("me".into()),
            state: StateFilter::Open,
            awaiting_approval: true,
            ..TaskSearch::default()
        };
        assert_eq!(
            search_body(&search),
            json!({
                "myWorkUserIds": ["me"], "taskStates": ["TASK_STATE_OPEN"],
                "currentStep": "TASK_SEARCH_CURRENT_STEP_APPROVAL",
                "sortBy": "TASK_SEARCH_SORT_BY_TICKET_ID",
            })
        );
    }

    #[test]
    fn mine_and_closed_is_what_i_approved() {
        let search = TaskSearch {
            of_user: Some("me".into()),
            state: StateFilter::Closed,
            types: vec![TaskType::Grant, TaskType::Certify],
            query: Some("prod".into()),
            named: true,
            ..TaskSearch::default()
        };
        assert_eq!(
            search_body(&search),
            json!({
                "assignedOrStepApproverUserId": "me", "taskStates": ["TASK_STATE_CLOSED"],
                "taskTypes": [{"grant": {}}, {"certify": {}}], "query": "prod",
                "expandMask": { "paths": NAMED },
                "sortBy": "TASK_SEARCH_SORT_BY_TICKET_ID",
            })
        );
        let everything = search_body(&TaskSearch::default());
        assert_eq!(
            everything,
            json!({ "sortBy": "TASK_SEARCH_SORT_BY_TICKET_ID" })
        );
    }
}
