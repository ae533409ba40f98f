//! The log of receipts: where it is, and how a receipt gets into it.

use crate::adapters::http::host_and_port;
use crate::adapters::journal::{Entry, Journal, JournalError};
use crate::context::Context;
use crate::domain::receipt::ApprovalReceipt;
use crate::session::Session;

/// The log of receipts, beside which the rest is that is remembered.
pub(in crate::commands) fn journal(context: &Context) -> Result<Journal, JournalError> {
    Journal::new(context.global.receipt_log.as_deref())
}

/// Keeps a receipt. The approval is in, so that no failure to write changes anything but a warning.
pub(in crate::commands) fn keep(context: &Context, session: &Session, receipt: &ApprovalReceipt) {
    let kept = journal(context).and_then(|journal| {
        let api = &session.profile.api_url;
        journal.append(&Entry {
            time: jiff::Timestamp::now(),
            profile: session.profile.name.clone(),
            api: host_and_port(api),
            receipt: serde_json::to_value(receipt).unwrap_or_default(),
        })
    });
    if let Err(error) = kept {
        let handle = receipt.task.handle();
        let done = if receipt.approval.confirmed {
            format!("task {handle} is approved")
        } else {
            format!("the approval of task {handle} is accepted")
        };
        context.terminal.warn(format_args!(
            "{done}, but its receipt could not be kept: {error}"
        ));
    }
}
