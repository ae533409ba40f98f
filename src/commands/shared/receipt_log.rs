//! The log of receipts: where it is, how a receipt gets into it, and the evidence beside it.

use serde_json::Value;

use crate::adapters::evidence_store::EvidenceStore;
use crate::adapters::hidden::without_secrets;
use crate::adapters::http::host_and_port;
use crate::adapters::journal::{Entry, Journal, JournalError};
use crate::config::Keeping;
use crate::context::Context;
use crate::domain::receipt::ApprovalReceipt;
use crate::evidence::Made;
use crate::session::Session;

/// The log of receipts, beside which the rest is that is remembered.
pub(in crate::commands) fn journal(context: &Context) -> Result<Journal, JournalError> {
    Journal::new(context.global.receipt_log.as_deref())
}

/// Keeps a receipt, and its evidence where there is some and the configuration does not say otherwise. The approval is
/// in, so that no failure to write changes anything but a warning. Whether evidence is kept.
pub(in crate::commands) fn keep(
    context: &Context,
    session: &Session,
    receipt: &ApprovalReceipt,
    evidence: Option<Made>,
) -> bool {
    super::completable::forget(context, session, receipt.task.handle());
    let written = as_written(receipt);
    let kept = journal(context).and_then(|journal| {
        let api = &session.profile.api_url;
        journal.append(&Entry {
            time: jiff::Timestamp::now(),
            profile: session.profile.name.clone(),
            api: host_and_port(api),
            receipt: written.clone(),
        })?;
        Ok(journal)
    });
    let handle = receipt.task.handle();
    let done = if receipt.approval.confirmed {
        format!("task {handle} is approved")
    } else {
        format!("the approval of task {handle} is accepted")
    };
    let warn = |what: &str, error: &dyn std::fmt::Display| {
        let terminal = &context.terminal;
        terminal.warn(format_args!(
            "{done}, but its {what} could not be kept: {error}"
        ));
    };
    let journal = match kept {
        Ok(journal) => journal,
        Err(error) => {
            warn("receipt", &error);
            return false;
        }
    };
    let wanted = session.config.evidence == Keeping::Keep;
    let Some(evidence) = evidence.filter(|_| wanted) else {
        return false;
    };
    let evidence = evidence.with_receipt(written.clone());
    let open = evidence.beside_the_token();
    if without_secrets(&open) != open {
        warn("evidence", &"a server put a secret of this run into it");
        return false;
    }
    let Some(document) = evidence.document() else {
        warn("evidence", &"it is larger than 1 MiB");
        return false;
    };
    match EvidenceStore::beside(&journal).keep(&written, &document) {
        Ok(()) => true,
        Err(error) => {
            warn("evidence", &error);
            false
        }
    }
}

/// The receipt as the log has it: a server may have sent a secret back.
fn as_written(receipt: &ApprovalReceipt) -> Value {
    let receipt = serde_json::to_value(receipt).unwrap_or_default();
    let text = receipt.to_string();
    serde_json::from_str(&without_secrets(&text)).unwrap_or(receipt)
}
