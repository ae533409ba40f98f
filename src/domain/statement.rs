//! The statement: what a person is shown and consents to. Made of the task as it was read, and compared
//! with the task as it is read again, so that nothing else is approved or denied. No I/O.
//!
//! What changes by itself while a task waits (who else may decide, comments) is the [`TaskContext`]: shown,
//! hashed into the receipt, never compared.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::excerpt::excerpt;
use super::task::{GrantDuration, Recommendation, Task};

/// What is done with the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Action {
    Approve,
    Deny,
    Reassign,
    Escalate,
}

impl Action {
    /// As documents spell it.
    const fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Deny => "deny",
            Self::Reassign => "reassign",
            Self::Escalate => "escalate",
        }
    }
}

/// An object of the API. Its name is null where the task does not tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Schema {
    #[serde(rename = "stepup.statement/1")]
    One,
}

/// What was consented to. Members are null where the API does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    /// `stepup.statement/1`.
    pub(crate) schema: Schema,
    /// The API's origin: scheme, host, port.
    pub(crate) api: String,
    /// The task's 27-character id.
    pub(crate) task_id: String,
    pub(crate) task_number: Option<String>,
    pub(crate) policy_step_id: String,
    pub(crate) action: Action,
    /// What the task asks for, in the API's word, known or not: `grant`, `revoke`, ...
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) title: String,
    pub(crate) app: Option<Named>,
    /// What is granted or taken away there.
    pub(crate) entitlement: Option<Named>,
    /// What the entitlement is of, where the task names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resource: Option<Named>,
    /// The account in the application, by its id.
    pub(crate) account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) account_name: Option<String>,
    /// Whose access it is, by the API's id.
    pub(crate) subject: Option<String>,
    /// Who asked, by the API's id.
    pub(crate) requester: Option<String>,
    pub(crate) duration: GrantDuration,
    pub(crate) emergency: bool,
    /// SHA-256 of the reason, hexadecimal.
    pub(crate) reason_sha256: String,
    /// The reason itself, to tell how it changed; `None` where it was read back from a receipt.
    #[serde(skip)]
    reason: Option<String>,
}

/// A member of the statement that reads otherwise now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Difference {
    /// The member's name, in words.
    pub(crate) what: &'static str,
    /// As it was shown.
    pub(crate) was: String,
    /// As it reads now.
    pub(crate) is: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, was, is } = self;
        let [was, is] = [was, is].map(|text| excerpt(text, LONGEST_VALUE));
        write!(f, "{what} was `{was}`, is `{is}`")
    }
}

/// Longest value in a sentence, characters.
const LONGEST_VALUE: usize = 120;

pub(crate) fn in_words(differences: &[Difference]) -> String {
    let all: Vec<String> = differences.iter().map(ToString::to_string).collect();
    all.join("; ")
}

impl Statement {
    /// What the task says of this step; `api` is the API's origin.
    pub(crate) fn of(api: &str, task: &Task, policy_step_id: &str, action: Action) -> Self {
        let name = |id: &str| task.details.name(id).map(str::to_owned);
        let named = |id: &Option<String>| {
            let id = id.clone()?;
            let name = name(&id);
            Some(Named { id, name })
        };
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            schema: Schema::One,
            api: api.to_owned(),
            task_id: task.id.clone(),
            task_number: known(&task.numeric_id).or_else(|| task.unreadable_number.clone()),
            policy_step_id: policy_step_id.to_owned(),
            action,
            kind: task.kind.word().map(str::to_owned),
            title: task.title.clone(),
            app: named(&task.app_id),
            entitlement: named(&task.entitlement_id),
            resource: named(&task.resource_id),
            account: task.account_id.clone(),
            account_name: task.account_id.as_deref().and_then(name),
            subject: known(&task.subject_user_id),
            requester: known(&task.created_by_user_id),
            duration: task.duration.clone(),
            emergency: task.emergency,
            reason_sha256: sha256(task.description.as_bytes()),
            reason: Some(task.description.clone()),
        }
    }

    /// What the task says now, of the step that waits now.
    #[must_use]
    pub(crate) fn again(&self, now: &Task) -> Self {
        let step = now.current.as_ref().map_or("", |step| step.id.as_str());
        self.naming(Self::of(&self.api, now, step, self.action))
    }

    /// A task that is read alone tells ids and no names. An object of the same id has the name that was shown.
    fn naming(&self, mut now: Self) -> Self {
        let keep = |was: &Option<Named>, is: &mut Option<Named>| {
            if let (Some(was), Some(is)) = (was, is)
                && is.name.is_none()
                && was.id == is.id
            {
                is.name.clone_from(&was.name);
            }
        };
        keep(&self.app, &mut now.app);
        keep(&self.entitlement, &mut now.entitlement);
        keep(&self.resource, &mut now.resource);
        if now.account_name.is_none() && now.account == self.account {
            now.account_name.clone_from(&self.account_name);
        }
        now
    }

    /// What the task says after this step was settled. An account that was not known comes of the approval:
    /// it is provisioned then.
    #[must_use]
    pub(crate) fn afterwards(&self, now: &Task) -> Self {
        let after = Self::of(&self.api, now, &self.policy_step_id, self.action);
        let mut after = self.naming(after);
        if self.account.is_none() {
            after.account = None;
            after.account_name = None;
        }
        after
    }

    /// In which members `now` differs, in the order in which they are shown; empty when in none.
    pub(crate) fn differences(&self, now: &Self) -> Vec<Difference> {
        let (before, after) = (self.members(), now.members());
        let pairs = before.into_iter().zip(after);
        let differing = pairs.filter(|((_, was), (_, is))| was != is);
        let told = |words: Option<String>| words.unwrap_or_else(|| "not told".to_owned());
        differing
            .map(|((what, was), (_, is))| Difference {
                what,
                was: told(was),
                is: told(is),
            })
            .collect()
    }

    /// Every member in words, none where the API does not tell it: no words are equal to that. The pattern names all
    /// of them, so that a new member does not compile before it is compared.
    fn members(&self) -> [(&'static str, Option<String>); 16] {
        let Self {
            schema: Schema::One,
            api,
            task_id,
            task_number,
            policy_step_id,
            action,
            kind,
            title,
            app,
            entitlement,
            resource,
            account,
            account_name,
            subject,
            requester,
            duration,
            emergency,
            reason_sha256,
            reason,
        } = self;
        let words = |id: &str, name: &Option<String>| match name {
            None => id.to_owned(),
            Some(name) => format!("{name} ({id})"),
        };
        let named = |object: &Option<Named>| {
            let Named { id, name } = object.as_ref()?;
            Some(words(id, name))
        };
        let account = account.as_ref().map(|id| words(id, account_name));
        let text = |text: &str| Some(text.to_owned());
        [
            ("API", text(api)),
            ("task", text(task_id)),
            ("task number", task_number.clone()),
            ("step", text(policy_step_id)),
            ("action", text(action.word())),
            ("type", kind.clone()),
            ("title", text(title)),
            ("app", named(app)),
            ("entitlement", named(entitlement)),
            ("resource", named(resource)),
            ("account", account),
            ("user", subject.clone()),
            ("requester", requester.clone()),
            ("duration", Some(duration.to_string())),
            ("emergency access", Some(emergency.to_string())),
            ("reason", reason.clone().or_else(|| text(reason_sha256))),
        ]
    }
}

/// What is shown beside the statement, and changes by itself while a task waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TaskContext<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    answers: &'a [(String, String)],
    approvers: &'a [String],
    comments: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<Timestamp>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    insights: &'a [String],
    processing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommendation: Option<&'static str>,
    state: &'static str,
    steps_done: usize,
    steps_to_come: usize,
}

impl<'a> TaskContext<'a> {
    pub(crate) fn of(task: &'a Task) -> Self {
        Self {
            answers: &task.answers,
            approvers: &task.step_approver_ids,
            comments: task.comments,
            deadline: task.current.as_ref().and_then(|step| step.deadline),
            insights: &task.details.insights,
            processing: task.processing.word(),
            recommendation: task.recommendation.map(Recommendation::word),
            state: task.state.word(),
            steps_done: task.history.len(),
            steps_to_come: task.steps_to_come,
        }
    }

    /// SHA-256 of its JSON, hexadecimal: members in alphabetical order, no white space.
    pub(crate) fn sha256(&self) -> String {
        // A struct of numbers and texts is always JSON.
        sha256(&serde_json::to_vec(self).unwrap_or_default())
    }
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::{PolicyStep, Processing, SettledStep, TaskKind, TaskState};

    fn task() -> Task {
        Task {
            id: "t".into(),
            numeric_id: "4211".into(),
            title: "Grant viewer".into(),
            description: "on call".into(),
            kind: TaskKind::Known("grant"),
            subject_user_id: "ada".into(),
            created_by_user_id: "ada".into(),
            app_id: Some("app".into()),
            entitlement_id: Some("viewer".into()),
            duration: GrantDuration::Seconds(28_800),
            current: Some(PolicyStep {
                id: "s".into(),
                ..PolicyStep::default()
            }),
            ..Task::default()
        }
    }

    fn statement() -> Statement {
        Statement::of("https://api.example", &task(), "s", Action::Approve)
    }

    #[test]
    fn every_member_is_compared() {
        type Change = fn(&mut Task);
        let changes: [(&str, Change); 14] = [
            ("task", |task| task.id = "u".into()),
            ("task number", |task| task.numeric_id = "9999".into()),
            ("step", |task| task.current = None),
            ("type", |task| task.kind = TaskKind::Known("revoke")),
            ("title", |task| task.title = "Grant owner".into()),
            ("app", |task| task.app_id = None),
            ("entitlement", |task| {
                task.entitlement_id = Some("owner".into());
            }),
            ("resource", |task| task.resource_id = Some("r".into())),
            ("account", |task| task.account_id = Some("root".into())),
            ("user", |task| task.subject_user_id = "eve".into()),
            ("requester", |task| task.created_by_user_id = "eve".into()),
            ("duration", |task| task.duration = GrantDuration::NoEnd),
            ("emergency access", |task| task.emergency = true),
            ("reason", |task| task.description = "on call ".into()),
        ];
        assert_eq!(statement().differences(&statement().again(&task())), []);
        for (what, change) in changes {
            let mut now = task();
            change(&mut now);
            let found = statement().differences(&statement().again(&now));
            let found: Vec<&str> = found.iter().map(|one| one.what).collect();
            assert_eq!(found, [what]);
        }
    }

    #[test]
    fn other_apis_and_actions_differ() {
        let other = Statement::of("http://api.example", &task(), "s", Action::Deny);
        let words = in_words(&statement().differences(&other));
        assert_eq!(
            words,
            "API was `https://api.example`, is `http://api.example`; action was `approve`, is `deny`"
        );
        for now in [other.again(&task()), other.afterwards(&task())] {
            assert_eq!(other.differences(&now), []);
        }
    }

    #[test]
    fn what_cannot_be_read_equals_neither_what_is_not_told_nor_anything_else() {
        let unreadable = |words: &str| GrantDuration::Unreadable(words.to_owned());
        let durations = [
            GrantDuration::Unknown,
            GrantDuration::NoEnd,
            unreadable("0.0s"),
            unreadable("-5s"),
            unreadable(""),
        ];
        for (at, was) in durations.iter().enumerate() {
            for (also_at, is) in durations.iter().enumerate() {
                let mut then = statement();
                then.duration = was.clone();
                let mut now = statement();
                now.duration = is.clone();
                assert_eq!(then.differences(&now).is_empty(), at == also_at);
            }
        }
        let mut shown = statement();
        shown.account = Some("not told".into());
        assert_eq!(shown.differences(&statement()).len(), 1);
        let mut now = task();
        now.kind = TaskKind::Unknown("wizardry".into());
        now.numeric_id = String::new();
        now.unreadable_number = Some("-1".into());
        let found = statement().differences(&statement().again(&now));
        let found: Vec<&str> = found.iter().map(|one| one.what).collect();
        assert_eq!(found, ["task number", "type"]);
    }

    #[test]
    fn a_difference_is_a_sentence_of_bounded_length() {
        let mut now = task();
        now.duration = GrantDuration::Seconds(86_400);
        now.title = "x".repeat(200_000);
        let words = in_words(&statement().differences(&statement().again(&now)));
        assert!(
            words.starts_with("title was `Grant viewer`, is `xxx"),
            "{words}"
        );
        assert!(words.ends_with("; duration was `8h`, is `24h`"), "{words}");
        assert!(words.len() < 300, "{words}");
    }

    #[test]
    fn an_account_that_comes_of_the_approval_is_no_difference() {
        let mut now = task();
        now.current = None;
        now.account_id = Some("made".into());
        assert_eq!(statement().differences(&statement().afterwards(&now)), []);
        let mut known = task();
        known.account_id = Some("ada".into());
        let shown = Statement::of("https://api.example", &known, "s", Action::Approve);
        let found = shown.differences(&shown.afterwards(&now));
        assert_eq!(in_words(&found), "account was `ada`, is `made`");
    }

    /// Names are told beside the task, when it is shown: a reading of the task alone has the ids.
    #[test]
    fn names_belong_to_ids_and_what_has_another_id_has_another_name() {
        let mut shown = task();
        shown.account_id = Some("acc".into());
        for (id, name) in [("app", "AWS"), ("viewer", "Viewer"), ("acc", "ada@aws")] {
            shown.details.names.insert(id.into(), name.into());
        }
        let statement = Statement::of("https://api.example", &shown, "s", Action::Approve);
        let json = serde_json::to_value(&statement).unwrap();
        assert_eq!(json["app"]["name"], "AWS");
        assert_eq!(json["entitlement"]["name"], "Viewer");
        assert_eq!(json["account_name"], "ada@aws");
        let mut now = task();
        now.account_id = Some("acc".into());
        assert_eq!(statement.differences(&statement.again(&now)), []);
        assert_eq!(statement.differences(&statement.afterwards(&now)), []);
        now.entitlement_id = Some("owner".into());
        now.account_id = None;
        assert_eq!(
            in_words(&statement.differences(&statement.again(&now))),
            "entitlement was `Viewer (viewer)`, is `owner`; account was `ada@aws (acc)`, is `not told`"
        );
        now.details.names.insert("viewer".into(), "Owner".into());
        now.entitlement_id = Some("viewer".into());
        now.account_id = Some("acc".into());
        assert_eq!(
            in_words(&statement.differences(&statement.again(&now))),
            "entitlement was `Viewer (viewer)`, is `Owner (viewer)`"
        );
    }

    #[test]
    fn a_statement_that_was_read_back_differs_in_its_reason_too() {
        let mut now = task();
        now.description = "on call?".into();
        let read = |statement: &Statement| -> Statement {
            serde_json::from_value(serde_json::to_value(statement).unwrap()).unwrap()
        };
        let (before, after) = (read(&statement()), read(&statement().again(&now)));
        assert_eq!(before.differences(&before), []);
        let found = before.differences(&after);
        assert_eq!(
            found.iter().map(|one| one.what).collect::<Vec<_>>(),
            ["reason"]
        );
    }

    #[test]
    fn the_context_is_hashed_and_never_compared() {
        let mut now = task();
        now.comments = 3;
        now.step_approver_ids = vec!["me".into()];
        assert_eq!(statement().differences(&statement().again(&now)), []);
        let (before, after) = (
            TaskContext::of(&task()).sha256(),
            TaskContext::of(&now).sha256(),
        );
        assert!(before.len() == 64 && before != after);
    }

    #[test]
    fn every_member_of_the_context_is_the_tasks_and_counts_in_its_hash() {
        type Change = fn(&mut Task);
        let changes: [Change; 10] = [
            |task| task.answers = vec![("Ticket".into(), "INC-88".into())],
            |task| {
                let step = task.current.get_or_insert_default();
                step.deadline = Some(Timestamp::UNIX_EPOCH);
            },
            |task| task.details.insights = vec!["unusual".into()],
            |task| task.recommendation = Some(Recommendation::Deny),
            |task| task.step_approver_ids = vec!["me".into()],
            |task| task.comments = 1,
            |task| task.processing = Processing::Waiting,
            |task| task.state = TaskState::Closed,
            |task| task.history = vec![SettledStep::default()],
            |task| task.steps_to_come = 1,
        ];
        let mut hashes = vec![TaskContext::of(&task()).sha256()];
        for change in changes {
            let mut now = task();
            change(&mut now);
            hashes.push(TaskContext::of(&now).sha256());
        }
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 11);
    }

    #[test]
    fn scripts_get_every_member_and_the_reason_as_its_hash_only() {
        let json = serde_json::to_value(statement()).unwrap();
        assert_eq!(json["schema"], "stepup.statement/1");
        assert_eq!(json["duration"]["seconds"], 28_800);
        assert_eq!(json["app"]["id"], "app");
        assert_eq!(json["account"], serde_json::Value::Null);
        assert_eq!(json["reason_sha256"].as_str().unwrap().len(), 64);
        assert!(json.get("reason").is_none());
        let silent = Statement::of("", &Task::default(), "", Action::Approve);
        let json = serde_json::to_value(silent).unwrap();
        for name in [
            "task_number",
            "type",
            "app",
            "entitlement",
            "account",
            "subject",
            "requester",
        ] {
            assert_eq!(json[name], serde_json::Value::Null, "{name}");
        }
    }
}
