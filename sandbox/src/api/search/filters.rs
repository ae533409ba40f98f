//! What a search for tasks can be narrowed by (c1.md 3.6). A filter is applied, or refused by its name: nobody gets a
//! list for narrowed that is not. What some of them mean is C1's to say; the sandbox's reading of those is marked.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use super::super::task::{Step, Task};
use super::super::view;

/// Nothing is narrowed by no ids, and by an empty list of them.
type Ids = Option<Vec<String>>;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(super) struct SearchRequest {
    my_work_user_ids: Ids,
    assignees_in_ids: Ids,
    assigned_or_step_approver_user_id: Option<String>,
    previously_acted_on_ids: Ids,
    opener_ids: Ids,
    subject_ids: Ids,
    opener_or_subject_user_id: Option<String>,
    account_owner_ids: Ids,
    account_statuses: Ids,
    account_types: Ids,
    app_user_subject_ids: Ids,
    application_ids: Ids,
    exclude_application_ids: Ids,
    app_entitlement_ids: Ids,
    exclude_app_entitlement_ids: Ids,
    app_resource_ids: Ids,
    app_resource_type_ids: Ids,
    exclude_app_resource_type_ids: Ids,
    access_review_ids: Ids,
    task_types: Option<Vec<Map<String, Value>>>,
    task_states: Ids,
    grant_outcomes: Ids,
    revoke_outcomes: Ids,
    certify_outcomes: Ids,
    emergency_status: Option<String>,
    current_step: Option<String>,
    step_approval_types: Ids,
    require_approval_reason: bool,
    require_denial_reason: bool,
    created_after: Option<Timestamp>,
    created_before: Option<Timestamp>,
    outcome_after: Option<Timestamp>,
    outcome_before: Option<Timestamp>,
    refs: Option<Vec<Ref>>,
    exclude_ids: Ids,
    query: Option<String>,
    /// Nothing is ever deleted here.
    #[serde(rename = "includeDeleted")]
    _include_deleted: bool,
    sort_by: Option<String>,
    pub(super) expand_mask: Option<ExpandMask>,
    pub(super) page_size: Option<i64>,
    pub(super) page_token: Option<String>,
}

#[derive(Deserialize)]
struct Ref {
    id: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct ExpandMask {
    pub(in super::super) paths: Option<Vec<String>>,
}

impl SearchRequest {
    /// The tasks that are wanted, in the order that is.
    pub(super) fn of<'a>(&self, tasks: &'a [Task]) -> Result<Vec<&'a Task>, Refusal> {
        let steps = ["UNSPECIFIED", "APPROVAL", "PROVISION"];
        known(
            "currentStep",
            "TASK_SEARCH_CURRENT_STEP_",
            self.current_step.as_deref(),
            &steps,
        )?;
        let emergencies = ["UNSPECIFIED", "ALL", "NON_EMERGENCY", "EMERGENCY"];
        known(
            "emergencyStatus",
            "",
            self.emergency_status.as_deref(),
            &emergencies,
        )?;
        let mut found: Vec<&Task> = tasks.iter().filter(|task| self.wants(task)).collect();
        self.sort(&mut found)?;
        Ok(found)
    }

    /// Every id of a task that is named.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        let refs = self.refs.iter().flatten().map(|one| one.id.as_str());
        refs.chain(self.exclude_ids.iter().flatten().map(String::as_str))
    }

    fn wants(&self, task: &Task) -> bool {
        let refs = self.refs.as_deref().unwrap_or_default();
        (refs.is_empty() || refs.iter().any(|wanted| wanted.id == task.id))
            && excludes(&self.exclude_ids, &task.id)
            && self.wants_kind(task)
            && self.wants_people(task)
            && self.wants_access(task)
            && self.wants_step(task)
            && self.wants_time(task)
            && self.wants_text(task)
    }

    /// Types are objects with one member: `{"grant": {}}`.
    fn wants_kind(&self, task: &Task) -> bool {
        let state = if task.open() { "OPEN" } else { "CLOSED" };
        let types = self.task_types.as_deref().unwrap_or_default();
        let outcomes = [
            &self.grant_outcomes,
            &self.revoke_outcomes,
            &self.certify_outcomes,
        ];
        let outcomes: Vec<&String> = outcomes.into_iter().flatten().flatten().collect();
        let outcome = view::outcome(task);
        let is_emergency = match self.emergency_status.as_deref() {
            Some("EMERGENCY") => task.more.emergency,
            Some("NON_EMERGENCY") => !task.more.emergency,
            _ => true,
        };
        (types.is_empty() || types.iter().any(|kind| kind.contains_key(task.kind.name())))
            && includes(&self.task_states, &format!("TASK_STATE_{state}"))
            && (outcomes.is_empty() || outcomes.into_iter().any(|wanted| *wanted == outcome))
            && is_emergency
    }

    /// Each task is asked for by the person whom it is for.
    fn wants_people(&self, task: &Task) -> bool {
        let assigned = |users: &Ids| {
            let users = users.as_deref().unwrap_or_default();
            users.is_empty() || users.iter().any(|user| task.is_for(user))
        };
        let decided = |user: &str| {
            let by = |step: &Step| step.decision.as_ref().is_some_and(|one| one.user == user);
            task.steps.iter().any(by)
        };
        let is_given = |user: &Option<String>, holds: &dyn Fn(&str) -> bool| {
            let user = user.as_deref().filter(|user| !user.is_empty());
            user.is_none_or(holds)
        };
        let acted = self.previously_acted_on_ids.as_deref().unwrap_or_default();
        assigned(&self.my_work_user_ids)
            && assigned(&self.assignees_in_ids)
            && is_given(&self.assigned_or_step_approver_user_id, &|user| {
                task.is_for(user) || (!task.open() && decided(user))
            })
            && is_given(&self.opener_or_subject_user_id, &|user| {
                task.requester == user
            })
            && (acted.is_empty() || acted.iter().any(|user| decided(user)))
            && includes(&self.opener_ids, &task.requester)
            && includes(&self.subject_ids, &task.requester)
    }

    /// Accounts are those of people, and enabled. No resource has a type.
    fn wants_access(&self, task: &Task) -> bool {
        let of_app = |id: &str| {
            if task.kind.is_access() {
                id.to_owned()
            } else {
                String::new()
            }
        };
        let resource = task
            .more
            .resource
            .as_ref()
            .map_or("", |(id, _)| id.as_str());
        let (app, entitlement) = (of_app(&task.app_id), of_app(&task.entitlement_id));
        includes(&self.application_ids, &app)
            && excludes(&self.exclude_application_ids, &app)
            && includes(&self.app_entitlement_ids, &entitlement)
            && excludes(&self.exclude_app_entitlement_ids, &entitlement)
            && includes(&self.app_user_subject_ids, &of_app(&task.app_user_id))
            && includes(&self.account_owner_ids, &of_app(&task.requester))
            && includes(&self.account_statuses, &of_app("STATUS_ENABLED"))
            && includes(&self.account_types, &of_app("APP_USER_TYPE_USER"))
            && includes(&self.app_resource_ids, resource)
            && includes(&self.app_resource_type_ids, "")
            && excludes(&self.exclude_app_resource_type_ids, "")
            && includes(&self.access_review_ids, &task.more.review_id)
    }

    /// Nothing here is ever provisioned by hand, and approvers are always named.
    fn wants_step(&self, task: &Task) -> bool {
        let step = task.current_step();
        let has = |rule: fn(&Step) -> bool| step.is_some_and(rule);
        let kind = if step.is_some() {
            "STEP_APPROVAL_TYPE_USERS"
        } else {
            ""
        };
        (match self.current_step.as_deref() {
            Some("TASK_SEARCH_CURRENT_STEP_APPROVAL") => step.is_some(),
            Some("TASK_SEARCH_CURRENT_STEP_PROVISION") => false,
            _ => true,
        }) && includes(&self.step_approval_types, kind)
            && (!self.require_approval_reason || has(|step| step.needs_reason))
            && (!self.require_denial_reason || has(|step| step.needs_denial_reason))
    }

    /// A task has its outcome since it was changed last.
    fn wants_time(&self, task: &Task) -> bool {
        let within =
            |at: Option<Timestamp>, after: Option<Timestamp>, before: Option<Timestamp>| {
                after.is_none_or(|after| at.is_some_and(|at| at > after))
                    && before.is_none_or(|before| at.is_some_and(|at| at < before))
            };
        let closed = (!task.open()).then_some(task.updated_at);
        within(
            Some(task.created_at),
            self.created_after,
            self.created_before,
        ) && within(closed, self.outcome_after, self.outcome_before)
    }

    fn wants_text(&self, task: &Task) -> bool {
        let query = self.query.as_deref().unwrap_or_default().to_lowercase();
        let number = task.numeric_id.to_string();
        let texts = [&task.title, &task.reason, &task.id, &number];
        texts
            .iter()
            .any(|text| text.to_lowercase().contains(&query))
    }

    /// Tasks are made in the order of their numbers.
    fn sort(&self, found: &mut [&Task]) -> Result<(), Refusal> {
        const PREFIX: &str = "TASK_SEARCH_SORT_BY_";
        let orders = [
            "UNSPECIFIED",
            "TICKET_ID",
            "CREATED_AT",
            "REVERSE_TICKET_ID",
            "REVERSE_CREATED_AT",
        ];
        known("sortBy", PREFIX, self.sort_by.as_deref(), &orders)?;
        let order = self.sort_by.as_deref().unwrap_or_default();
        let order = order.strip_prefix(PREFIX).unwrap_or_default();
        match order {
            "CREATED_AT" => found.sort_by_key(|task| task.created_at),
            "REVERSE_CREATED_AT" => found.sort_by_key(|task| std::cmp::Reverse(task.created_at)),
            "REVERSE_TICKET_ID" => found.reverse(),
            _ => {}
        }
        Ok(())
    }
}

fn includes(wanted: &Ids, id: &str) -> bool {
    let wanted = wanted.as_deref().unwrap_or_default();
    wanted.is_empty() || wanted.iter().any(|one| one == id)
}

fn excludes(unwanted: &Ids, id: &str) -> bool {
    unwanted.iter().flatten().all(|one| one != id)
}

/// A word that the sandbox knows, or none.
fn known(filter: &str, prefix: &str, word: Option<&str>, known: &[&str]) -> Result<(), Refusal> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(());
    };
    match word.strip_prefix(prefix) {
        Some(word) if known.contains(&word) => Ok(()),
        _ => Err(Refusal::invalid(format!(
            "`{filter}`: `{word}` is not known to the sandbox"
        ))),
    }
}
