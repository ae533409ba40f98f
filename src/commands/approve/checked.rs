//! What is wrong with an approval that is in: it rests on no step-up, is of something else than was shown, or is not
//! seen to be done.

use crate::commands::shared::confirmation::unconfirmed;
use crate::domain::receipt::ApprovalReceipt;
use crate::domain::statement::{Difference, in_words};
use crate::error::Error;

/// The receipt's approval, if nothing is wrong with it.
pub(super) fn checked(receipt: &ApprovalReceipt) -> Result<(), Error> {
    trusted(receipt)?;
    confirmed(receipt)
}

/// An approval that is in, and does not rest on what the step demands.
fn trusted(receipt: &ApprovalReceipt) -> Result<(), Error> {
    let Some(caveat) = receipt.alarm() else {
        return Ok(());
    };
    Err(Error::untrusted(caveat.in_words()).hint(format!(
        "the approval is in: look at it with `stepup task show {} --audit`, and show this to the administrator of the API",
        receipt.task.handle()
    )))
}

/// An approval that the API took and the task does not show is not done yet.
fn confirmed(receipt: &ApprovalReceipt) -> Result<(), Error> {
    let changes = receipt.changes();
    if !changes.is_empty() {
        return Err(changed(receipt, &changes));
    }
    if receipt.approval.confirmed {
        return Ok(());
    }
    let reread_error = receipt.approval.reread_error.as_ref();
    Err(unconfirmed("approval", receipt.task.handle(), reread_error))
}

/// The approval is in, and not of what was shown: somebody has to look at it.
fn changed(receipt: &ApprovalReceipt, changes: &[Difference]) -> Error {
    let handle = receipt.task.handle();
    Error::untrusted(format!(
        "task `{handle}` is approved, and it is not what was shown: {}",
        in_words(changes)
    ))
    .hint(format!(
        "the approval is in; look at it with `stepup task show {handle} --audit`, and have it taken back if it is not what you meant"
    ))
}
