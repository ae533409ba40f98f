//! What approving and denying share: why a step cannot be decided.

use crate::domain::task::{NotApprovable, SettledStep, Task};
use crate::error::{Error, ErrorKind};

/// What is decided about a step.
#[derive(Clone, Copy)]
pub(super) enum Decision {
    /// `stepup approve`.
    Approval,
    /// `stepup deny`.
    Denial,
}

impl Decision {
    /// Why it cannot be made, and what to do.
    pub(super) fn impossible(self, reason: &NotApprovable, task: &Task) -> Error {
        let handle = task.handle();
        let (wanted, verb, demanding) = match self {
            Self::Approval => ("an approval", "approve", ""),
            Self::Denial => ("a decision", "deny", "a denial of "),
        };
        let refused = |message: String| Error::new(ErrorKind::Refused, message);
        match reason {
            NotApprovable::Closed => refused(format!("task `{handle}` is closed"))
                .hint(format!("see how it ended with `stepup task show {handle}`")),
            NotApprovable::NoApprovalStep => refused(format!(
                "task `{handle}` does not wait for {wanted} at the moment"
            ))
            .hint(format!(
                "see what it waits for with `stepup task show {handle}`"
            )),
            NotApprovable::NotYours => refused(format!(
                "the current step of task `{handle}` is not yours to {verb}"
            ))
            .hint("`stepup task list` shows what waits for you"),
            NotApprovable::CommentMissing => refused(format!(
                "{demanding}the current step of task `{handle}` demands a comment"
            ))
            .hint("say why with `--comment \"...\"`"),
        }
    }
}

/// Somebody was faster: another approver, or the same in another terminal.
pub(super) fn settled_otherwise(settled: &SettledStep, task: &Task) -> Error {
    Error::new(
        ErrorKind::Refused,
        format!(
            "the step was {} in the meantime, not by this command",
            settled.outcome
        ),
    )
    .hint(format!("see how with `stepup task show {}`", task.handle()))
}
