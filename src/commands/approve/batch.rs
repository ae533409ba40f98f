//! Several approvals in one run: the facts of all of them first, one question, then one ceremony each, never
//! shared, and a line for each result as it ends. Anything untrusted ends the run, and so does the person.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::io;

use serde::Serialize;
use serde_json::Value;

use super::announced::Announced;
use super::checked::checked;
use super::dry_run;
use super::one::{Approvals, confirm};
use super::present;
use crate::adapters::access_api::AccessApi;
use crate::adapters::sanitize::{sanitize, short};
use crate::adapters::terminal::{Style, undelivered};
use crate::adapters::threads::side_by_side;
use crate::ceremony::browse::Quit;
use crate::commands::shared::card;
use crate::commands::shared::confirmation::unconfirmed_in_words;
use crate::commands::shared::people::People;
use crate::commands::shared::receipt_lines;
use crate::context::Context;
use crate::domain::excerpt::excerpt;
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::statement::Statement;
use crate::domain::task::{Task, TaskState};
use crate::error::{Became, Error, ErrorKind, SameApi};
use crate::meaning::{Decision, nothing_approved};

/// Why a task of the list cannot even be tried, with the name it was given.
pub(super) struct TaskReadError {
    name: String,
    error: Error,
}

impl From<TaskReadError> for Error {
    fn from(failed: TaskReadError) -> Self {
        failed.error
    }
}

struct TaskResult {
    name: String,
    /// What was shown of it, where it could be approved.
    statement: Option<Statement>,
    /// Who signed in, as the provider calls them.
    person: Option<String>,
    result: Result<Box<ApprovalReceipt>, Error>,
}

/// A result as scripts see it.
#[derive(Serialize)]
struct Line<'a> {
    task: &'a str,
    outcome: &'static str,
    /// In the receipt where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<&'a Statement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a ApprovalReceipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

/// Reads the tasks, in order, each once, and what their ids stand for.
pub(super) fn read(
    context: &Context,
    api: &AccessApi,
    ids: &[String],
) -> Vec<Result<Task, TaskReadError>> {
    let mut tasks = side_by_side(ids.iter(), |id| {
        api.task(id).map_err(|error| TaskReadError {
            name: id.clone(),
            error: error.into(),
        })
    });
    let mut seen = BTreeSet::new();
    tasks.retain(|task| {
        let Ok(task) = task else { return true };
        let first = seen.insert(task.id.clone());
        if !first {
            // By its number and by its id, which only the API can tell.
            let handle = task.handle();
            let terminal = &context.terminal;
            terminal.say(format_args!(
                "task {handle} is named more than once: it is one"
            ));
        }
        first
    });
    api.describe(tasks.iter_mut().flatten());
    tasks
}

/// Shows them all, asks once, approves one after the other, and reports each as it ends.
pub(super) fn run(
    approvals: &Approvals<'_>,
    tasks: Vec<Result<Task, TaskReadError>>,
) -> Result<(), Error> {
    let (context, user_id) = (approvals.context, &approvals.approver.user_id);
    let announced = announced(approvals, &tasks);
    let tasks = foreseen(approvals, tasks, &announced);
    show(approvals, &tasks, &announced);
    if approvals.args.dry_run || !approvals.args.yes {
        approvals.warn_of_no_entry(tasks.iter().flatten());
    }
    if approvals.args.dry_run {
        return dry_run(approvals, tasks, &announced);
    }
    let approvable = |task: &&Task| task.approvable_by(user_id).is_ok();
    let possible: Vec<&Task> = tasks.iter().flatten().filter(approvable).collect();
    if !possible.is_empty() {
        confirm(context, approvals.args, &question(&possible, tasks.len()))?;
        approvals.consented();
    }
    let tasks: Vec<_> = tasks.into_iter().map(|task| ours(task, user_id)).collect();
    let mut run = Run {
        approvals,
        all: tasks.len(),
        possible: tasks
            .iter()
            .flatten()
            .map(|task| task.handle().to_owned())
            .collect(),
        results: Vec::new(),
        unwritten: None,
    };
    for (task, announced) in tasks.into_iter().zip(announced) {
        run.next(task, &announced);
    }
    run.wait_for_all();
    run.report()
}

/// The tasks, without those that would be refused after the question for what is known before it.
fn foreseen(
    approvals: &Approvals<'_>,
    tasks: Vec<Result<Task, TaskReadError>>,
    announced: &[Announced],
) -> Vec<Result<Task, TaskReadError>> {
    if approvals.args.dry_run || approvals.args.yes {
        return tasks;
    }
    let user_id = &approvals.approver.user_id;
    let foreseen = |(task, announced): (Result<Task, TaskReadError>, &Announced)| {
        let task = task?;
        if task.approvable_by(user_id).is_ok()
            && let Err(error) = approvals.foresee(&task, announced)
        {
            let (name, error) = (task.handle().to_owned(), nothing_approved(error, false));
            return Err(TaskReadError { name, error });
        }
        Ok(task)
    };
    tasks.into_iter().zip(announced).map(foreseen).collect()
}

/// Which of the tasks are approved, where not all are.
fn question(possible: &[&Task], all: usize) -> String {
    let names = || possible.iter().map(|task| task.handle());
    match possible.len() {
        1 if all == 1 => "approve 1 task?".to_owned(),
        some if some == all || some > NAMED => format!("approve {some} of {all} tasks?"),
        some => format!(
            "approve {} ({some} of {all} tasks)?",
            names().collect::<Vec<_>>().join(", ")
        ),
    }
}

/// So many tasks are named in a question.
const NAMED: usize = 8;

/// The step-up of each, as far as it is known; none of what could not be read. The API's providers are read once each.
fn announced(approvals: &Approvals<'_>, tasks: &[Result<Task, TaskReadError>]) -> Vec<Announced> {
    let mut providers = BTreeMap::new();
    let mut one = |task: &Task| {
        let provider = task.step_up_provider_id().and_then(|id| {
            let read = || approvals.api.hosted_provider(id).ok();
            let known = providers.entry(id.to_owned()).or_insert_with(read);
            known.as_ref()
        });
        approvals.announced(task, provider)
    };
    let all = tasks.iter().map(|task| task.as_ref().map(&mut one));
    all.map(Result::unwrap_or_default).collect()
}

/// The facts of every task, before anybody is asked.
fn show(approvals: &Approvals<'_>, tasks: &[Result<Task, TaskReadError>], announced: &[Announced]) {
    let terminal = &approvals.context.terminal;
    let mut people = People::new(approvals.api, &approvals.approver.user_id);
    for task in tasks.iter().flatten() {
        people.told(&task.details);
    }
    let ids = tasks.iter().flatten();
    people.meet(ids.flat_map(|task| [&*task.subject_user_id, &*task.created_by_user_id]));
    for ((task, announced), number) in tasks.iter().zip(announced).zip(1..) {
        let place = format!("{number} of {}", tasks.len());
        match task {
            Ok(task) => {
                terminal.say(format_args!("{place}:"));
                card::show(terminal, approvals.api, &mut people, task);
                match task.approvable_by(&approvals.approver.user_id) {
                    Ok((_, approval)) => {
                        if let Some(demands) = approvals.demands(approval, announced) {
                            terminal.field("requires", demands);
                        }
                    }
                    Err(reason) => {
                        let why = Decision::Approval.cannot_decide(&reason, task);
                        terminal.field("not possible", why);
                    }
                }
            }
            Err(failed) => {
                let line = format!("{place}: {} is not possible: {}", failed.name, failed.error);
                terminal.say(sanitize(&excerpt(&line, 500)));
                for hint in failed.error.hints() {
                    let hint = approvals.context.same_api().completed(hint);
                    terminal.say(format_args!("  {}", sanitize(&hint)));
                }
            }
        }
        terminal.say("");
    }
}

/// Says which could be approved; those that could not give the exit code that the approvals would have.
fn dry_run(
    approvals: &Approvals<'_>,
    tasks: Vec<Result<Task, TaskReadError>>,
    announced: &[Announced],
) -> Result<(), Error> {
    let (context, all) = (approvals.context, tasks.len());
    let api = context.same_api();
    let (mut lines, mut approvable, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for (task, announced) in tasks.into_iter().zip(announced) {
        let (name, shown) = (name(&task), shown_as_impossible(approvals, &task));
        let looked_at = task
            .map_err(Error::from)
            .and_then(|task| dry_run::of(approvals, &task, announced));
        match looked_at {
            Ok(one) => {
                lines.push(one.text);
                approvable.push(one.document);
            }
            Err(error) => failed.push((TaskResult::failed(name, error).about(&api), shown)),
        }
    }
    lines.push(format!(
        "{} of {all} tasks can be approved by you",
        approvable.len()
    ));
    let not_approvable: Vec<Line<'_>> = failed.iter().map(|(one, _)| one.line()).collect();
    let document = serde_json::json!({
        "schema": "stepup.dry-runs/1", "approvable": approvable, "not_approvable": not_approvable,
    });
    context.show_text("the tasks were read", &lines.join("\n"), &document)?;
    for (one, _) in failed.iter().filter(|(_, shown)| !shown) {
        one.explain(context);
    }
    let mut kinds: Vec<_> = failed.iter().map(|(one, _)| one.kind(false)).collect();
    kinds.resize(all, None);
    match of_all(&kinds) {
        None => Ok(()),
        Some(kind) => {
            let names: Vec<&str> = failed.iter().map(|(one, _)| one.name.as_str()).collect();
            let message = format!("cannot be approved by you: {}", names.join(", "));
            Err(Error::new(kind, message).hint("the lines above say for each task why"))
        }
    }
}

/// Whether it was shown with the facts why it is not possible.
fn shown_as_impossible(approvals: &Approvals<'_>, task: &Result<Task, TaskReadError>) -> bool {
    let user_id = &approvals.approver.user_id;
    let impossible = |task: &Task| task.approvable_by(user_id).is_err();
    !approvals.context.terminal.is_quiet() && task.as_ref().map_or(true, impossible)
}

/// The tasks, one after the other.
struct Run<'a> {
    approvals: &'a Approvals<'a>,
    /// How many there are.
    all: usize,
    /// Those that can be tried, by the names that people call them.
    possible: Vec<String>,
    results: Vec<TaskResult>,
    /// Why a line could not be written to stdout.
    unwritten: Option<io::Error>,
}

impl Run<'_> {
    /// Approves the next, unless the run was stopped, and says what came of it.
    fn next(&mut self, task: Result<Task, TaskReadError>, announced: &Announced) {
        let (context, number) = (self.approvals.context, self.results.len() + 1);
        // A person on a terminal saw it before the question.
        let known =
            context.terminal.columns().is_some() && shown_as_impossible(self.approvals, &task);
        let result = match task {
            Err(failed) => TaskResult::failed(failed.name, failed.error),
            Ok(task) if self.results.iter().any(TaskResult::stops) => TaskResult::not_tried(&task),
            Ok(task) => {
                let title = short(&task.title);
                let all = self.all;
                let line = format!("{number} of {all}: task {}: {title}", task.handle());
                context
                    .terminal
                    .say(context.terminal.style(Style::Strong, &line));
                self.approve(&task, announced)
            }
        };
        let result = result.about(&context.same_api());
        if !known {
            result.explain(context);
        }
        self.say(&result);
        context.show();
        self.results.push(result);
        let rest = self.rest();
        context
            .interrupt
            .so_far(tally(&self.results, self.all), rest);
    }

    /// The command for those that may be tried, or tried again.
    fn rest(&self) -> Option<String> {
        let again = |result: &&TaskResult| {
            matches!(
                result.kind(false),
                Some(ErrorKind::Incomplete | ErrorKind::Unmet)
            )
        };
        let again = self.results.iter().filter(again).map(|result| &result.name);
        let ended = |name: &&String| self.results.iter().any(|result| result.name == **name);
        let to_come = self.possible.iter().filter(|name| !ended(name));
        let rest: Vec<&str> = again.chain(to_come).map(String::as_str).collect();
        (!rest.is_empty()).then(|| format!("stepup approve {}", rest.join(" ")))
    }

    /// What was consented to is what is approved: the task is read again before its ceremony.
    fn approve(&self, task: &Task, announced: &Announced) -> TaskResult {
        let approvals = self.approvals;
        let step = task.approvable_by(&approvals.approver.user_id).ok();
        let recheck = step.map(|(step, _)| approvals.recheck(task, step));
        let result = recheck
            .as_ref()
            .map_or_else(
                || Ok(task.clone()),
                |recheck| approvals.again(recheck, task),
            )
            .and_then(|now| approvals.approve(&now, Some(announced)));
        let (person, result) = match result {
            Ok(done) => (done.person, Ok(done.receipt)),
            Err(error) => (None, Err(error)),
        };
        TaskResult {
            name: task.handle().to_owned(),
            statement: recheck.map(|recheck| recheck.statement().clone()),
            person,
            result,
        }
    }

    /// The line of one result: on stdout for people, and beside a document on stderr; and what was verified. On a
    /// terminal a failure was explained already.
    fn say(&mut self, result: &TaskResult) {
        let terminal = &self.approvals.context.terminal;
        if result.result.is_err() && terminal.columns().is_some() {
            return;
        }
        let line = result.text(self.approvals);
        if terminal.format().is_document() {
            terminal.say(line);
        } else if let Err(error) = terminal.row_block(&line) {
            self.unwritten.get_or_insert(error);
        }
        if let Ok(receipt) = &result.result
            && receipt.requirement.is_some()
        {
            for line in receipt_lines::of(receipt, result.person.as_deref()) {
                terminal.say(line);
            }
        }
        if let Ok(receipt) = &result.result {
            self.approvals.say_still_open(receipt);
        }
    }

    /// `--wait` starts when all approvals are in, so that no ceremony waits for another task's provisioning.
    fn wait_for_all(&mut self) {
        for result in &mut self.results {
            if let Ok(receipt) = &mut result.result
                && let Err(error) = self.approvals.await_closed(receipt)
            {
                let label = format!("task {} {}", result.name, error.kind().name());
                self.approvals.context.terminal.explain(&label, &error);
            }
        }
    }

    fn report(self) -> Result<(), Error> {
        let done = "the approvals were tried";
        let terminal = &self.approvals.context.terminal;
        if terminal.format().is_document() {
            let lines: Vec<Line<'_>> = self.results.iter().map(TaskResult::line).collect();
            let document = serde_json::json!({ "schema": "stepup.results/1", "results": lines });
            self.approvals.context.deliver(done, "", &document)?;
        } else if let Some(error) = self.unwritten {
            return Err(undelivered(done, error));
        }
        let Some((kind, message)) = verdict(&self.results, self.approvals.args.wait.is_some())
        else {
            return Ok(());
        };
        // The lines are out; this is the exit code and a sentence.
        let error = Error::new(kind, message)
            .hint("the lines above say for each task what happened and what to do");
        // What could not be trusted has to be understood first.
        let rest = self.rest().filter(|_| kind != ErrorKind::Untrusted);
        Err(match rest {
            Some(command) => error.hint(format!("for those that can be tried again: `{command}`")),
            None => error,
        })
    }
}

/// A task of ours; one that is not is refused for that, whenever the run ends.
fn ours(task: Result<Task, TaskReadError>, user_id: &str) -> Result<Task, TaskReadError> {
    let task = task?;
    match task.approvable_by(user_id) {
        Ok(_) => Ok(task),
        Err(reason) => Err(TaskReadError {
            name: task.handle().to_owned(),
            error: nothing_approved(Decision::Approval.cannot_decide(&reason, &task), false),
        }),
    }
}

fn name(task: &Result<Task, TaskReadError>) -> String {
    match task {
        Ok(task) => task.handle().to_owned(),
        Err(failed) => failed.name.clone(),
    }
}

/// What went in so far: `1 of 3 approved: 4211`, and of how many nobody knows: `none of 2 approved, 1 unknown`.
fn tally(results: &[TaskResult], all: usize) -> String {
    let became = |wanted| results.iter().filter(move |one| one.became() == wanted);
    let approved = became(Became::Done);
    let names: Vec<&str> = approved.map(|result| result.name.as_str()).collect();
    let unknown = match became(Became::Unknown).count() {
        0 => String::new(),
        some => format!(", {some} unknown"),
    };
    match names.as_slice() {
        [] => format!("none of {all} approved{unknown}"),
        names => {
            let some = names.len();
            format!("{some} of {all} approved{unknown}: {}", names.join(", "))
        }
    }
}

/// Those that are not as they should be, by what became of them: `; unmet: 4213; refused: 4215, 4216`.
fn failures(results: &[TaskResult], waited: bool) -> String {
    let mut failed: Vec<(&str, Vec<&str>)> = Vec::new();
    for result in results {
        let Some(kind) = result.kind(waited) else {
            continue;
        };
        let word = match (result.became(), kind) {
            (Became::Unknown, _) => "unknown",
            (_, ErrorKind::Pending) => "not seen to be done yet",
            _ => kind.name(),
        };
        match failed.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(&result.name),
            None => failed.push((word, vec![&result.name])),
        }
    }
    let group = |(word, names): &(&str, Vec<&str>)| format!("; {word}: {}", names.join(", "));
    failed.iter().map(group).collect::<Vec<_>>().concat()
}

/// The exit code of all: anything untrusted outranks the rest, the same for all is that, else mixed.
fn verdict(results: &[TaskResult], waited: bool) -> Option<(ErrorKind, String)> {
    let kinds: Vec<Option<ErrorKind>> = results.iter().map(|result| result.kind(waited)).collect();
    let kind = of_all(&kinds)?;
    let tally = tally(results, kinds.len()) + &failures(results, waited);
    if kinds.contains(&Some(ErrorKind::Untrusted)) {
        let message = format!("stopped, because something could not be trusted: {tally}");
        return Some((ErrorKind::Untrusted, message));
    }
    if results.iter().any(TaskResult::stops) {
        // What was approved before stays approved: that is a mixed result.
        let some = results.iter().any(|result| result.result.is_ok());
        let kind = if some {
            ErrorKind::Partial
        } else {
            ErrorKind::Incomplete
        };
        return Some((kind, format!("you quit: {tally}")));
    }
    Some((kind, tally))
}

/// The kind of several results, `None` where all went well: that of each, if it is one, else a mixed result.
fn of_all(kinds: &[Option<ErrorKind>]) -> Option<ErrorKind> {
    let first = kinds.iter().flatten().next().copied()?;
    let same = kinds.iter().all(|kind| *kind == Some(first));
    Some(if same { first } else { ErrorKind::Partial })
}

impl TaskResult {
    /// It could not be tried.
    const fn failed(name: String, error: Error) -> Self {
        Self {
            name,
            statement: None,
            person: None,
            result: Err(error),
        }
    }

    /// The result, with its hints about this API.
    fn about(self, api: &SameApi) -> Self {
        Self {
            result: self.result.map_err(|error| error.about(api)),
            ..self
        }
    }

    /// Says why it failed, if it did.
    fn explain(&self, context: &Context) {
        if let Err(error) = &self.result {
            let label = format!("task {} {}", self.name, error.kind().name());
            context.terminal.explain(&label, error);
        }
    }

    fn not_tried(task: &Task) -> Self {
        let error = Error::incomplete("not tried, because the run was stopped before it")
            .hint("run it again when the reason is understood");
        Self::failed(task.handle().to_owned(), error)
    }

    /// Whether nothing is tried after it: something could not be trusted, or the person quit.
    fn stops(&self) -> bool {
        let quit = |error: &Error| matches!(error.source(), Some(source) if source.is::<Quit>());
        self.kind(false) == Some(ErrorKind::Untrusted)
            || self.result.as_ref().err().is_some_and(quit)
    }

    /// What became of its approval.
    fn became(&self) -> Became {
        let failed = self.result.as_ref().err();
        failed.map_or(Became::Done, Error::outcome)
    }

    /// The kind of its failure, if it failed.
    fn kind(&self, waited: bool) -> Option<ErrorKind> {
        match &self.result {
            Ok(receipt) => match checked(receipt) {
                Err(error) => Some(error.kind()),
                Ok(()) if waited && receipt.task_state != TaskState::Closed => {
                    Some(ErrorKind::Pending)
                }
                Ok(()) => None,
            },
            Err(error) => Some(error.kind()),
        }
    }

    fn line(&self) -> Line<'_> {
        match &self.result {
            Ok(receipt) => Line {
                task: &self.name,
                outcome: receipt.outcome.word(),
                statement: None,
                receipt: Some(receipt),
                error: None,
            },
            Err(error) => Line {
                task: &self.name,
                outcome: error.kind().name(),
                statement: self.statement.as_ref(),
                receipt: None,
                error: Some(serde_json::json!({
                    "kind": error.kind().name(), "message": error.message(), "hints": error.hints(),
                })),
            },
        }
    }

    fn text(&self, approvals: &Approvals<'_>) -> String {
        match &self.result {
            Ok(receipt) => {
                let open = match (receipt.approval.confirmed, receipt.task_state) {
                    (false, _) => {
                        let reread_error = receipt.approval.reread_error.as_ref();
                        format!(" ({})", unconfirmed_in_words(reread_error))
                    }
                    (true, TaskState::Open) => format!(" ({})", present::STILL_OPEN),
                    _ => String::new(),
                };
                format!("{}{open}", present::one_line(approvals.context, receipt))
            }
            Err(error) => {
                let word = approvals
                    .context
                    .terminal
                    .style_out(Style::Bad, error.kind().name());
                format!("{:<8} {word}: {}", self.name, sanitize(error.message()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(kind: ErrorKind) -> TaskResult {
        TaskResult::failed("1".into(), Error::new(kind, "no"))
    }

    #[test]
    fn untrusted_outranks_and_one_kind_for_all_is_that_kind() {
        use ErrorKind::{Refused, Unmet, Untrusted};
        let code = |kinds: &[ErrorKind]| {
            let results: Vec<TaskResult> = kinds.iter().copied().map(failed).collect();
            verdict(&results, false).map(|(kind, _)| kind)
        };
        assert_eq!(code(&[]), None);
        assert_eq!(code(&[Refused, Refused]), Some(Refused));
        assert_eq!(code(&[Refused, Unmet]), Some(ErrorKind::Partial));
        assert_eq!(code(&[Refused, Untrusted]), Some(Untrusted));
    }

    #[test]
    fn those_that_failed_are_named_by_what_became_of_them() {
        use ErrorKind::{Refused, Unmet};
        let named = |name: &str, kind| TaskResult {
            name: name.to_owned(),
            ..failed(kind)
        };
        let lost = TaskResult {
            result: Err(Error::failed("lost").became(Became::Unknown)),
            ..named("4", Refused)
        };
        let results = [
            named("1", Refused),
            named("2", Unmet),
            named("3", Refused),
            lost,
        ];
        assert_eq!(
            failures(&results, false),
            "; refused: 1, 3; unmet: 2; unknown: 4"
        );
    }
}
