//! `approve --dry-run`: what would be approved and what it requires, or why that would be refused. Nothing is sent and
//! no provider is asked.

use serde_json::Value;

use super::announced::Announced;
use super::one::Approvals;
use crate::commands::shared::card;
use crate::commands::shared::people::People;
use crate::domain::task::Task;
use crate::error::Error;
use crate::meaning::nothing_approved;

/// A task that can be approved.
pub(super) struct Approvable {
    pub(super) text: String,
    /// `stepup.dry-run/1`.
    pub(super) document: Value,
}

/// What can be said of one task, alone or among several; refused for what its approval would be refused for.
pub(super) fn of(
    approvals: &Approvals<'_>,
    task: &Task,
    announced: &Announced,
) -> Result<Approvable, Error> {
    looked_at(approvals, task, announced).map_err(|error| nothing_approved(error, false))
}

/// The dry run of one task alone.
pub(super) fn of_one(approvals: &Approvals<'_>, task: &Task) -> Result<(), Error> {
    let (context, api) = (approvals.context, approvals.api);
    let id = task.step_up_provider_id();
    let provider = id.and_then(|id| api.hosted_provider(id).ok());
    let announced = approvals.announced(task, provider.as_ref());
    let approvable = of(approvals, task, &announced)?;
    let people = &mut People::new(api, &approvals.approver.user_id);
    card::show(&context.terminal, api, people, task);
    approvals.warn_of_no_entry([task]);
    let Approvable { text, document } = approvable;
    context.show_text("the task was read", &text, &document)
}

fn looked_at(
    approvals: &Approvals<'_>,
    task: &Task,
    announced: &Announced,
) -> Result<Approvable, Error> {
    let (step, approval) = approvals.step(task)?;
    approvals.foresee(task, announced)?;
    let demands = approvals.demands(approval, announced).unwrap_or_else(|| {
        "nothing beyond your API credential, as far as the task tells".to_owned()
    });
    let handle = task.handle();
    Ok(Approvable {
        text: format!("task {handle} can be approved by you; it requires {demands}"),
        document: serde_json::json!({
            "schema": "stepup.dry-run/1",
            "task": task.name(),
            "statement": approvals.recheck(task, step).statement(),
            "step_up": task.demands_step_up(),
            "provider": announced.provider(),
            "values": announced.values,
        }),
    })
}
