//! `stepup task show`: one task, its steps done, now and to come, and what they demand.

use std::collections::BTreeMap;
use std::thread;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use super::trail::{Entry, Trail};
use super::{Access, READ, Row, web};
use crate::adapters::access_api::{AccessApi, HostedProvider};
use crate::adapters::sanitize::sanitize;
use crate::adapters::terminal::ignore_broken_pipe;
use crate::adapters::threads::joined;
use crate::adapters::when::{age, local};
use crate::cli::TaskShow;
use crate::commands::shared::card;
use crate::commands::shared::people::{People, Person};
use crate::context::Context;
use crate::domain::task::{
    ApprovalStep, NotApprovable, Recommendation, SettledStep, Task, TaskState,
};
use crate::domain::transaction::ProviderTerms;
use crate::error::Error;
use crate::session::Session;
use crate::session::who::me_and_task;

/// Approvers of one step whose names are asked for; the rest are counted.
const NAMED: usize = 8;

/// Columns of a terminal on which the values have a column of their own.
const ROOMY: usize = 60;

/// One task, and what its steps demand.
pub(in super::super) fn show(context: &Context, args: &TaskShow) -> Result<(), Error> {
    let session = Session::open(context)?;
    let id = session.task_id(&args.task)?;
    if args.web.web {
        return web::open(context, &session, &args.web, Some(&id));
    }
    let api = session.api(context).map_err(|error| error.of_task(&id))?;
    let (user_id, task) =
        me_and_task(&api, &id).map_err(|error| Error::from(error).of_task(&id))?;
    let task = api.described(&task);
    let mut about = About::gather(&api, &task, &user_id);
    let trail = Trail {
        api: &api,
        task: &task,
        newest_first: args.newest_first,
    };
    if context.terminal.format().is_document() {
        let audit = args.audit.then(|| trail.entries()).transpose()?;
        let document = json!({ "schema": "stepup.task/1", "task": about.detail(audit) });
        return context.show_text(READ, "", &document);
    }
    let roomy = context
        .terminal
        .columns()
        .is_none_or(|width| width >= ROOMY);
    let described = context
        .terminal
        .result(&about.description(roomy), &Value::Null);
    if let Err(error) = described {
        return ignore_broken_pipe(READ)(error);
    }
    if args.audit {
        let printed = trail.print(context, &mut about.people)?;
        return printed.or_else(ignore_broken_pipe(READ));
    }
    Ok(())
}

/// The task, and what was read around it.
struct About<'a> {
    task: &'a Task,
    user_id: &'a str,
    web_url: String,
    now: Timestamp,
    people: People<'a>,
    providers: BTreeMap<String, HostedProvider>,
}

/// A task in full as scripts see it.
#[derive(Serialize)]
struct Detail {
    #[serde(flatten)]
    row: Row,
    description: String,
    #[serde(flatten)]
    access: Access,
    answers: Vec<Value>,
    recommendation: Option<&'static str>,
    insights: Vec<String>,
    insight_ids: Vec<String>,
    deadline: Option<Timestamp>,
    requested_by: Option<Person>,
    subject: Option<Person>,
    steps_done: Vec<Value>,
    current_step: Option<Value>,
    steps_ahead: Vec<Value>,
    web_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<Vec<Entry>>,
}

impl<'a> About<'a> {
    /// Reads the names of people and providers, side by side. Whatever cannot be read is left out.
    fn gather(api: &'a AccessApi, task: &'a Task, user_id: &'a str) -> Self {
        let ids = [&task.created_by_user_id, &task.subject_user_id];
        let done = task.history.iter().map(|step| &step.user_id);
        let now = task.step_approver_ids.iter().take(NAMED);
        let ids = ids.into_iter().chain(done).chain(now).map(String::as_str);
        let mut people = People::new(api, user_id);
        people.told(&task.details);
        let providers = thread::scope(|scope| {
            let providers = scope.spawn(|| providers(api, task));
            people.meet(ids);
            joined(providers.join())
        });
        Self {
            task,
            user_id,
            web_url: api.web_url(task),
            now: api.now(),
            people,
            providers,
        }
    }

    /// As lines for people: a column of values where there is room, else what belongs to a step indented below it.
    fn description(&mut self, roomy: bool) -> String {
        let mut lines = vec![sanitize(&self.task.title)];
        let mut facts = self.facts();
        facts.extend(self.steps());
        facts.push(("in the web".to_owned(), self.web_url.clone()));
        for (label, value) in facts {
            let value = sanitize(&value);
            lines.push(match (label.as_str(), roomy) {
                ("", true) => format!("{:<16}{value}", ""),
                ("", false) => format!("    {value}"),
                (label, true) => format!("  {:<13} {value}", format!("{label}:")),
                (label, false) => format!("  {label}: {value}"),
            });
        }
        lines.join("\n")
    }

    /// What is asked for: by whom, for whom, why.
    fn facts(&mut self) -> Vec<(String, String)> {
        let task = self.task;
        let mut facts = Vec::new();
        let mut add = |label: &str, value: String| facts.push((label.to_owned(), value));
        let processing = task.processing.title().to_lowercase();
        let state = task.outcome.as_ref().unwrap_or(&processing);
        let state = format!("{} ({}, {state})", task.handle(), task.state.word());
        add("task", state);
        add("type", task.kind.to_string());
        for (label, value) in card::access(task) {
            add(label, value);
        }
        if !task.created_by_user_id.is_empty() {
            let at = task.created_at.map(|at| {
                let age = age(at, self.now);
                format!(", {} ({age})", local(at))
            });
            let who = self.people.name_and_email(&task.created_by_user_id);
            add("asked by", format!("{who}{}", at.unwrap_or_default()));
        }
        if !task.subject_user_id.is_empty() {
            add("for", self.people.name_and_email(&task.subject_user_id));
        }
        if task.lasts() {
            add("duration", task.duration.to_string());
        }
        let why = Some(task.description.clone()).filter(|why| !why.is_empty());
        add(
            "reason",
            why.unwrap_or_else(|| "no reason was given".to_owned()),
        );
        if task.emergency {
            add("note", "emergency access".to_owned());
        }
        for (label, value) in card::advice(task, usize::MAX) {
            add(label, value);
        }
        facts
    }

    /// The steps: done, the current one, and those to come.
    fn steps(&mut self) -> Vec<(String, String)> {
        let task = self.task;
        let mut steps = Vec::new();
        let mut number = 0;
        let mut step = |now: &str| {
            number += 1;
            format!("step {number}{now}")
        };
        for settled in &task.history {
            steps.push((step(""), self.settled(settled)));
        }
        if task.current.is_some() {
            let (demand, at) = self.current();
            steps.push((step(", now"), demand));
            steps.extend(at.into_iter().map(|line| (String::new(), line)));
            let until = card::until(task, self.now);
            steps.extend(until.map(|until| ("until".to_owned(), until)));
        } else {
            let none = match task.state {
                TaskState::Closed => "none, it is closed",
                TaskState::Open => "none at the moment",
            };
            steps.push(("current step".to_owned(), none.to_owned()));
        }
        for ahead in &task.ahead {
            let demand = ahead
                .approval
                .as_ref()
                .map(|approval| self.demand(approval));
            let demand = demand.unwrap_or_default();
            steps.push((step(""), format!("{}{demand}", step_kind(ahead.kind))));
        }
        steps
    }

    fn settled(&mut self, step: &SettledStep) -> String {
        let by = match step.user_id.as_str() {
            "" => None,
            id => Some(format!(" by {}", self.people.name(id))),
        };
        let at = step.at.map(|at| format!(", {}", local(at)));
        let id = step.step_up_transaction_id.as_ref();
        let transaction = id.map(|id| format!(", step-up transaction {id}"));
        let more: String = [by, at, transaction].into_iter().flatten().collect();
        format!("{}{more}", step.outcome)
    }

    /// What the current step is to the caller, and what else is to be said of it.
    fn current(&mut self) -> (String, Vec<String>) {
        let task = self.task;
        let step = task.current.as_ref();
        let approval = step.and_then(|step| step.approval.as_ref());
        let whose = match task.approvable_by(self.user_id) {
            Ok(_) => "yours to approve",
            Err(NotApprovable::NotYours) => "somebody else's to approve",
            Err(NotApprovable::Closed) => "none, it is closed",
            Err(NotApprovable::Contradiction) => {
                "nobody's to approve while its type is contradictory"
            }
            Err(_) => {
                let kind = step_kind(step.map_or("", |step| step.kind));
                return (format!("{kind}, which is not an approval"), Vec::new());
            }
        };
        let mut demand = whose.to_owned();
        if task.demands_step_up() {
            demand.push_str(", with step-up authentication");
        }
        if approval.is_some_and(|approval| approval.comment_required) {
            demand.push_str(", with a comment");
        }
        let mut more = Vec::new();
        if let Some(provider) = approval.and_then(|approval| self.provider(approval)) {
            more.push(format!("step-up at {provider}"));
        }
        if approval.is_some_and(|approval| approval.denial_comment_required) {
            more.push("a denial needs a comment".to_owned());
        }
        let some = task.step_approver_ids.iter().take(NAMED);
        let mut approvers: Vec<String> = some.map(|id| self.people.name(id)).collect();
        match task.step_approver_ids.len() {
            all if all > NAMED => approvers.push(format!("{} more", all - NAMED)),
            _ => {}
        }
        if !approvers.is_empty() {
            more.push(format!("waits for {}", approvers.join(", ")));
        }
        (demand, more)
    }

    fn demand(&self, approval: &ApprovalStep) -> String {
        match (self.provider(approval), &approval.step_up_provider_id) {
            (Some(provider), _) => format!(", with step-up authentication at {provider}"),
            (None, Some(_)) => ", with step-up authentication".to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The provider in words, if it may be read.
    fn provider(&self, approval: &ApprovalStep) -> Option<String> {
        let id = approval.step_up_provider_id.as_ref()?;
        let provider = self.providers.get(id)?;
        let accepts = provider.terms.in_words().map(|words| format!(" ({words})"));
        Some(format!("{}{}", provider.name, accepts.unwrap_or_default()))
    }

    fn detail(&mut self, audit: Option<Vec<Entry>>) -> Detail {
        let task = self.task;
        let done = task.history.iter().map(|step| {
            json!({
                "policy_step_id": step.id, "outcome": step.outcome, "time": step.at,
                "by": self.people.person(&step.user_id),
                "step_up_transaction_id": step.step_up_transaction_id,
            })
        });
        let steps_done = done.collect();
        let named = task.step_approver_ids.iter().take(NAMED);
        let approvers: Vec<_> = named.map(|id| self.people.person(id)).collect();
        let current_step = task.current.as_ref().map(|step| {
            json!({
                "policy_step_id": step.id, "kind": step.kind,
                "yours": task.approvable_by(self.user_id).is_ok(),
                "approvers": approvers, "approver_ids": task.step_approver_ids,
                "step_up_provider": self.provider_json(step.approval.as_ref()),
            })
        });
        let ahead = task.ahead.iter().map(|step| {
            json!({
                "kind": step.kind,
                "step_up_provider": self.provider_json(step.approval.as_ref()),
            })
        });
        Detail {
            row: Row::of(task),
            description: task.description.clone(),
            access: Access::of(task),
            answers: task
                .answers
                .iter()
                .map(|(question, answer)| json!({ "question": question, "answer": answer }))
                .collect(),
            recommendation: task.recommendation.map(Recommendation::word),
            insights: task.details.insights.clone(),
            insight_ids: task.insight_ids.clone(),
            deadline: task.current.as_ref().and_then(|step| step.deadline),
            steps_done,
            current_step,
            steps_ahead: ahead.collect(),
            web_url: self.web_url.clone(),
            requested_by: self.people.person(&task.created_by_user_id),
            subject: self.people.person(&task.subject_user_id),
            audit,
        }
    }

    /// Null where no step-up is demanded; the members beside the id where it may be read.
    fn provider_json(&self, approval: Option<&ApprovalStep>) -> Value {
        let id = approval.and_then(|approval| approval.step_up_provider_id.as_ref());
        let Some(id) = id else { return Value::Null };
        let provider = self.providers.get(id);
        let (mut acr_values, mut contexts) = (None, None);
        match provider.map(|provider| &provider.terms) {
            Some(ProviderTerms::Acr(values)) => acr_values = Some(values),
            Some(ProviderTerms::Contexts(ids)) => contexts = Some(ids),
            _ => {}
        }
        json!({
            "id": id,
            "name": provider.map(|provider| &provider.name),
            "acr_values": acr_values,
            "contexts": contexts,
        })
    }
}

/// The providers that the task's steps name, as far as the role may read them.
fn providers(api: &AccessApi, task: &Task) -> BTreeMap<String, HostedProvider> {
    let current = task
        .current
        .as_ref()
        .and_then(|step| step.approval.as_ref());
    let ahead = task.ahead.iter().filter_map(|step| step.approval.as_ref());
    let mut ids: Vec<&String> = current
        .into_iter()
        .chain(ahead)
        .filter_map(|approval| approval.step_up_provider_id.as_ref())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let read = ids.into_iter().filter_map(|id| {
        let provider = api.hosted_provider(id).ok()?;
        (!provider.name.is_empty()).then(|| (id.clone(), provider))
    });
    read.collect()
}

/// The API's word, for a reader who has not seen its documents.
fn step_kind(kind: &str) -> &str {
    match kind {
        "provision" => "provisioning",
        "wait" => "waiting",
        "" => "a step of another kind",
        kind => kind,
    }
}
