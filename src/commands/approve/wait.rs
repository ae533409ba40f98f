//! `--wait`: after the approval, until the task is closed.

use std::time::{Duration, Instant};

use super::one::Approvals;
use crate::adapters::backoff::Polls;
use crate::commands::shared::confirmation::still_open;
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::task::{Task, TaskState};
use crate::error::Error;

impl Approvals<'_> {
    /// Reads the task until it is closed, if that was asked for, and brings the receipt up to date.
    pub(super) fn await_closed(&self, receipt: &mut ApprovalReceipt) -> Result<(), Error> {
        let Some(limit) = self.args.wait else {
            return Ok(());
        };
        if receipt.task_state == TaskState::Closed {
            return Ok(());
        }
        self.context.interrupt.went_in(receipt.task.handle());
        self.context.interrupt.may_end();
        self.until_closed(receipt, limit)
    }

    /// How to go on with a task that is approved and not done with, unless it is waited for.
    pub(super) fn say_still_open(&self, receipt: &ApprovalReceipt) {
        let is_open = receipt.approval.confirmed && receipt.task_state == TaskState::Open;
        if is_open && self.args.wait.is_none() {
            still_open(self.context, receipt.task.handle());
        }
    }

    fn until_closed(&self, receipt: &mut ApprovalReceipt, limit: Duration) -> Result<(), Error> {
        let terminal = &self.context.terminal;
        let number = receipt.task.handle().to_owned();
        let _line = terminal.waiting(
            &format!(
                "{}, waiting for task {number} to close",
                receipt.outcome.word()
            ),
            limit,
        );
        let api = self.api.until(Instant::now() + limit);
        let mut polls = Polls::within(limit);
        let mut is_ours = false;
        while let Some(pause) = polls.pause() {
            Polls::rest(pause);
            match api.task(&receipt.task.id) {
                Ok(task) if task.state == TaskState::Closed => {
                    receipt.task_state = task.state;
                    return Ok(());
                }
                Ok(task) => {
                    let was_ours = is_ours;
                    is_ours = self.is_next(&task, &receipt.task.policy_step_id);
                    if is_ours && !was_ours {
                        let next = format!(
                            "the next step of task {number} waits for you, too: `stepup approve {number}` on another terminal"
                        );
                        terminal.say(self.context.same_api().completed(&next));
                    }
                }
                Err(error) => tracing::debug!("re-reading the task failed: {error}"),
            }
        }
        Err(Error::pending(if receipt.approval.confirmed {
            format!("task {number} is approved, but it was not closed in time")
        } else {
            format!("the API accepted the approval of task {number}, which was not closed in time")
        })
        .hint(if is_ours {
            format!("its next step waits for you: `stepup approve {number}`")
        } else {
            format!("it may wait for others; look with `stepup task show {number}`")
        }))
    }

    /// Whether the task waits for the same person again, in another step than the one that is approved.
    fn is_next(&self, task: &Task, approved: &str) -> bool {
        let user = &self.approver.user_id;
        let next = task.approvable_by(user);
        next.is_ok_and(|(step, _)| step.id != approved && task.step_approver_ids.contains(user))
    }
}
