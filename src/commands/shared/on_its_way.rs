//! An approval that is on its way: its receipt is written before it is sent, so that there is one whatever ends this
//! process. An interruption keeps it with what is known by then.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::receipt_log::{self, Recorder};
use crate::adapters::journal::Journal;
use crate::adapters::pending_receipts::{PendingReceipt, PendingReceipts, Written};
use crate::context::Context;
use crate::domain::receipt::{ApprovalOutcome, ApprovalReceipt};
use crate::evidence::Made;
use crate::session::Session;

/// What the receipt of an unknown outcome is good for.
const ASK_LATER: &str = "its receipt is kept with the outcome `unknown`: `stepup receipt verify` asks the API later what became of it";

const KEPT: &str = "its receipt is kept: `stepup receipt show`";

/// The approval that is on its way, if one is. An interruption looks at it from its own thread.
#[derive(Clone)]
pub(in crate::commands) struct OnItsWay {
    log: Option<Journal>,
    recorder: Recorder,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
enum State {
    /// Nothing was sent yet.
    #[default]
    None,
    /// What was sent came to nothing.
    Nothing,
    Sent(Box<Sent>),
    /// Its receipt is in the log.
    Kept,
    /// It went in, and the log could not take its receipt.
    NotKept,
}

/// As it is known so far.
struct Sent {
    receipt: ApprovalReceipt,
    evidence: Option<Made>,
    /// On the disk, where that was possible.
    written: Option<Written>,
}

impl OnItsWay {
    /// Nothing yet. An interruption keeps what will be on its way.
    pub(in crate::commands) fn watched(context: &Context, session: &Session) -> Self {
        let log = receipt_log::journal(context);
        let on_its_way = Self {
            log: log.ok(),
            recorder: Recorder::of(session),
            state: Arc::default(),
        };
        let (watched, of_a_demo) = (on_its_way.clone(), context.goes_with_the_demo());
        let keeps = move || watched.keep().filter(|_| !of_a_demo);
        context.interrupt.keeps(keeps);
        on_its_way
    }

    /// This is sent next.
    pub(in crate::commands) fn send(&self, receipt: ApprovalReceipt, evidence: Option<Made>) {
        let mut sent = Sent {
            receipt: receipt.of_unknown_outcome(),
            evidence,
            written: None,
        };
        // Where nothing can be written, an approval goes in all the same, and a warning follows.
        sent.written = self.log.as_ref().and_then(|log| {
            let written = PendingReceipts::beside(log).write(&self.pending(&sent));
            written
                .inspect_err(|error| tracing::debug!("the receipt could not be written: {error}"))
                .ok()
        });
        // What was sent before was answered: nothing came of it.
        self.replace(State::Sent(Box::new(sent)));
    }

    /// The API took it on, as this action.
    pub(in crate::commands) fn accepted(&self, ticket_action_id: &str) {
        if let State::Sent(sent) = &mut *self.state() {
            sent.receipt.accepted(ticket_action_id);
        }
    }

    /// Nothing was approved by what was sent.
    pub(in crate::commands) fn nothing(&self) {
        self.replace(State::Nothing);
    }

    /// Another approval begins.
    pub(in crate::commands) fn begin(&self) {
        self.replace(State::None);
    }

    pub(in crate::commands) fn was_sent(&self) -> bool {
        !matches!(*self.state(), State::None)
    }

    /// Whether nobody knows yet what became of it.
    pub(in crate::commands) fn is_unknown(&self) -> bool {
        matches!(*self.state(), State::Sent(_))
    }

    /// Its outcome is known: `keep`, which is told whether a receipt was written before, keeps the receipt, and says whether
    /// its evidence too; `None` if it could not. Then what was written before stays, for a later command. An interruption
    /// meanwhile waits for that.
    pub(in crate::commands) fn done(
        &self,
        keep: impl FnOnce(bool) -> Option<bool>,
    ) -> Option<bool> {
        let mut state = self.state();
        let kept = keep(matches!(&*state, State::Sent(sent) if sent.written.is_some()));
        if kept.is_some() {
            std::mem::replace(&mut *state, State::Kept).ended();
        } else {
            *state = State::NotKept;
        }
        kept
    }

    /// Keeps the receipt of what is on its way, as far as its outcome is known; says so.
    pub(in crate::commands) fn keep(&self) -> Option<&'static str> {
        let mut state = self.state();
        let State::Sent(sent) = &*state else {
            return matches!(*state, State::Kept).then_some(KEPT);
        };
        let log = self.log.as_ref()?;
        let outcome = sent.receipt.outcome;
        // What is not kept now stays on the disk, and the next command keeps it.
        receipt_log::add(log, &self.pending(sent)).ok()?;
        std::mem::replace(&mut *state, State::Kept).ended();
        Some(match outcome {
            ApprovalOutcome::Unknown => ASK_LATER,
            _ => KEPT,
        })
    }

    fn pending(&self, sent: &Sent) -> PendingReceipt {
        let entry = self.recorder.entry(&sent.receipt);
        let evidence = self.recorder.evidence(&entry, sent.evidence.clone());
        PendingReceipt {
            evidence: evidence.unwrap_or_default(),
            entry,
        }
    }

    fn replace(&self, now: State) {
        std::mem::replace(&mut *self.state(), now).ended();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Nobody has to find it any more.
    fn ended(self) {
        if let Self::Sent(sent) = self {
            sent.written.into_iter().for_each(Written::remove);
        }
    }
}
