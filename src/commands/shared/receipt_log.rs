//! The log of receipts: where it is, how a receipt gets into it, and the evidence beside it.

use serde_json::Value;

use crate::adapters::evidence_store::{EvidenceError, EvidenceStore};
use crate::adapters::hidden::without_secrets;
use crate::adapters::http::host_and_port;
use crate::adapters::journal::{Entry, Journal, JournalError, Log};
use crate::adapters::pending_receipts::{PendingReceipt, PendingReceipts};
use crate::config::Keeping;
use crate::context::Context;
use crate::domain::receipt::ApprovalReceipt;
use crate::evidence::Made;
use crate::session::Session;

/// The log of receipts, beside which the rest is that is remembered.
pub(in crate::commands) fn journal(context: &Context) -> Result<Journal, JournalError> {
    Journal::new(context.global.receipt_log.as_deref())
}

/// The log as it is read, with the receipts of approvals that were cut off in it.
pub(in crate::commands) fn read(context: &Context) -> Result<(Journal, Log), JournalError> {
    let journal = journal(context)?;
    if let Err(error) = take_in(&journal) {
        context.terminal.warn(format_args!(
            "receipts of approvals that were cut off could not be added to the log: {error}"
        ));
    }
    let log = journal.read()?;
    Ok((journal, log))
}

/// Adds the receipts of approvals whose process has ended before anybody saw what became of them.
pub(in crate::commands) fn take_in(journal: &Journal) -> Result<(), JournalError> {
    let pending = PendingReceipts::beside(journal);
    let mut first = Ok(());
    for path in pending.paths()? {
        // One that cannot be read is no reason to leave the others; a log that takes none takes no other either.
        let (written, receipt) = match pending.taken(path) {
            Ok(Some(taken)) => taken,
            Ok(None) => continue,
            Err(error) => {
                first = first.and(Err(error));
                continue;
            }
        };
        // The receipt is what counts: evidence that cannot be kept changes nothing about it.
        if let Err(error) = add(journal, &receipt)?.evidence {
            tracing::debug!("the evidence could not be kept: {error}");
        }
        written.remove();
    }
    first
}

/// What became of a receipt that is in the log.
pub(in crate::commands) struct Added {
    /// Whether its evidence is kept, or why not.
    pub(in crate::commands) evidence: Result<bool, EvidenceError>,
    /// Why the log could not be sealed.
    pub(in crate::commands) unsealed: Option<JournalError>,
}

/// Adds a receipt to the log, and then its evidence to what is beside it.
pub(in crate::commands) fn add(
    journal: &Journal,
    receipt: &PendingReceipt,
) -> Result<Added, JournalError> {
    let unsealed = journal.append(&receipt.entry)?;
    let evidence = receipt.evidence.as_ref().map_or(Ok(false), |evidence| {
        let document = evidence.to_string().into_bytes();
        let store = EvidenceStore::beside(journal);
        let kept = store.keep(&receipt.entry.receipt, &document);
        kept.map(|()| true)
    });
    Ok(Added { evidence, unsealed })
}

/// Makes what is kept of the approvals of a session.
#[derive(Clone)]
pub(in crate::commands) struct Recorder {
    profile: String,
    api: String,
    evidence: bool,
}

impl Recorder {
    pub(in crate::commands) fn of(session: &Session) -> Self {
        Self {
            profile: session.profile.name.clone(),
            api: host_and_port(&session.profile.api_url),
            evidence: session.config.evidence == Keeping::Keep,
        }
    }

    /// The line of a receipt: a server may have sent a secret back.
    pub(in crate::commands) fn entry(&self, receipt: &ApprovalReceipt) -> Entry {
        let receipt = serde_json::to_value(receipt).unwrap_or_default();
        let text = receipt.to_string();
        Entry {
            time: jiff::Timestamp::now(),
            profile: self.profile.clone(),
            api: self.api.clone(),
            receipt: serde_json::from_str(&without_secrets(&text)).unwrap_or(receipt),
        }
    }

    /// The evidence that belongs to this line, where there is some and the configuration does not say otherwise; or why
    /// it cannot be kept.
    pub(in crate::commands) fn evidence(
        &self,
        entry: &Entry,
        evidence: Option<Made>,
    ) -> Result<Option<Value>, &'static str> {
        let Some(evidence) = evidence.filter(|_| self.evidence) else {
            return Ok(None);
        };
        let evidence = evidence.with_receipt(entry.receipt.clone());
        let open = evidence.beside_the_token();
        if without_secrets(&open) != open {
            return Err("a server put a secret of this run into it");
        }
        let document = evidence.document().ok_or("it is larger than 1 MiB")?;
        Ok(serde_json::from_slice(&document).ok())
    }
}

/// Keeps a receipt, and its evidence. The approval is in, so that no failure to write changes anything but a warning.
/// Whether evidence is kept; `None` where not even the receipt is. `written` is whether one is on the disk since before
/// the approval was sent.
pub(in crate::commands) fn keep(
    context: &Context,
    session: &Session,
    receipt: &ApprovalReceipt,
    evidence: Option<Made>,
    written: bool,
) -> Option<bool> {
    super::completable::forget(context, session, receipt.task.handle());
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
    let recorder = Recorder::of(session);
    let entry = recorder.entry(receipt);
    let evidence = recorder.evidence(&entry, evidence);
    let evidence = evidence.unwrap_or_else(|why| {
        warn("evidence", &why);
        None
    });
    let added = journal(context).and_then(|journal| {
        let added = add(&journal, &PendingReceipt { entry, evidence })?;
        if let Err(error) = take_in(&journal) {
            tracing::debug!("receipts that were left could not be added: {error}");
        }
        Ok(added)
    });
    match added {
        Ok(Added { evidence, unsealed }) => {
            if let Some(error) = unsealed {
                context.terminal.warn(format_args!(
                    "{done}, and its receipt is in the log, which could not be sealed: {error}"
                ));
            }
            Some(evidence.unwrap_or_else(|error| {
                warn("evidence", &error);
                false
            }))
        }
        Err(error) => {
            warn("receipt", &error);
            if written {
                let later = "what was written before it was sent stays on the disk; the next command that can adds it to the log, with the outcome `unknown`";
                context.terminal.warn(later);
            }
            None
        }
    }
}
