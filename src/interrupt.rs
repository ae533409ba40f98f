//! Ctrl-C, SIGTERM and a terminal that is closed: answered at once, and truthfully.
//!
//! Until something is submitted the answer is "nothing was submitted", and holding the lock while saying
//! so keeps it true. While an approval is on its way, it is awaited, because the truth is better than a
//! fast prompt. After the result was reported, nothing is left to say. A panic is answered in the same words.

mod panics;
mod signals;
#[cfg(test)]
mod tests;

use std::process;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::adapters::terminal::Terminal;
use crate::error::{Error, ErrorKind, Signal};
pub(crate) use panics::end_at_panics;

/// How far the command is, as far as an interruption cares.
enum Phase {
    /// Nothing was sent that could change anything.
    Free,
    /// An action is on its way; the flag tells whether an interruption was asked for meanwhile.
    Submitting { asked: bool, action: Action },
    /// The approval is in; only its effects are awaited.
    Approved,
    /// A request of the person's own is answered; the answer is being printed.
    Answered,
    /// A server runs until it is told to stop.
    Serving(Sender<()>),
    /// The result was reported, and this is its exit code.
    Settled(u8),
}

/// What is on its way, in the words of an interruption.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Action {
    what: &'static str,
    /// Where its outcome shows.
    look: &'static str,
}

impl Action {
    pub(crate) const APPROVAL: Self = Self::on_a_task("the approval");
    pub(crate) const DENIAL: Self = Self::on_a_task("the denial");
    pub(crate) const REASSIGNMENT: Self = Self::on_a_task("the reassignment");
    pub(crate) const ESCALATION: Self = Self::on_a_task("the escalation");
    pub(crate) const SHORTENING: Self = Self::on_a_task("the shorter duration");
    pub(crate) const COMMENT: Self = Self::new("the comment", "`stepup task show --audit`");
    /// A request of the person's own.
    pub(crate) const REQUEST: Self = Self::new("the request", "a GET");
    /// A change of the API's own settings.
    pub(crate) const CHANGE: Self = Self::new("the change", "`list` or `show`");

    const fn new(what: &'static str, look: &'static str) -> Self {
        Self { what, look }
    }

    const fn on_a_task(what: &'static str) -> Self {
        Self::new(what, "`stepup task show`")
    }
}

/// What the signal handler and the command share.
#[derive(Clone)]
pub(crate) struct Interrupt {
    terminal: Arc<Terminal>,
    phase: Arc<Mutex<Phase>>,
    /// The last one that came.
    signal: Arc<Mutex<Signal>>,
    asked: Arc<Condvar>,
    clean_up: Arc<Mutex<Vec<CleanUp>>>,
    left_behind: Arc<Mutex<Option<&'static str>>>,
    so_far: Arc<Mutex<Option<String>>>,
}

type CleanUp = Box<dyn FnOnce() + Send>;

impl Interrupt {
    /// Installs the handler. Called once per process.
    pub(crate) fn install(terminal: Arc<Terminal>) -> Result<Self, Error> {
        let interrupt = Self {
            terminal,
            phase: Arc::new(Mutex::new(Phase::Free)),
            signal: Arc::default(),
            asked: Arc::default(),
            clean_up: Arc::default(),
            left_behind: Arc::default(),
            so_far: Arc::default(),
        };
        let unprepared = |what| Error::failed(format!("{what} could not be prepared for"));
        let shared = interrupt.clone();
        panics::answer_panics(move |what| shared.end(&shared.phase(), what, ErrorKind::Failed))
            .map_err(|error| unprepared("bugs").caused_by(error))?;
        let shared = interrupt.clone();
        signals::on_each(move |signal| shared.handle(signal))
            .map_err(|error| unprepared("Ctrl-C").caused_by(error))?;
        Ok(interrupt)
    }

    /// From here on an approval is on its way; an interruption waits for its end.
    pub(crate) fn submitting(&self) {
        self.submitting_an(Action::APPROVAL);
    }

    /// From here on this action is on its way; an interruption waits for its end.
    pub(crate) fn submitting_an(&self, action: Action) {
        *self.phase() = Phase::Submitting {
            asked: false,
            action,
        };
    }

    /// The approval went in. From here on an interruption ends the waiting for what follows from it.
    pub(crate) fn approved(&self) {
        self.submitted(Phase::Approved);
    }

    /// The request is answered. From here on an interruption breaks off the printing.
    pub(crate) fn answered(&self) {
        *self.phase() = Phase::Answered;
    }

    /// What was on its way changed nothing. An interruption asked for meanwhile is answered now.
    pub(crate) fn nothing_submitted(&self) {
        self.submitted(Phase::Free);
    }

    fn submitted(&self, now: Phase) {
        let before = std::mem::replace(&mut *self.phase(), now);
        if matches!(before, Phase::Submitting { asked: true, .. }) {
            self.answer();
        }
    }

    /// Lets this time pass; false, at once, when an interruption is asked for while an action is on its way
    /// (before that, one ends the process).
    pub(crate) fn pause(&self, time: Duration) -> bool {
        let asked = |phase: &mut Phase| matches!(phase, Phase::Submitting { asked: true, .. });
        let waited = self
            .asked
            .wait_timeout_while(self.phase(), time, |phase| !asked(phase));
        let (mut phase, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !asked(&mut phase)
    }

    /// Waits until an interruption is asked for.
    #[cfg(feature = "sandbox")]
    pub(crate) fn wait(&self) {
        let (sender, asked) = mpsc::channel();
        *self.phase() = Phase::Serving(sender);
        // An error means that nobody can ask any more, which ends the wait as well.
        let _ = asked.recv();
        *self.phase() = Phase::Free;
    }

    /// Waits for this long, or until an interruption is asked for; whether it was.
    pub(crate) fn comes_within(&self, time: Duration) -> bool {
        let (sender, asked) = mpsc::channel();
        *self.phase() = Phase::Serving(sender);
        let interrupted = !matches!(asked.recv_timeout(time), Err(RecvTimeoutError::Timeout));
        *self.phase() = Phase::Free;
        interrupted
    }

    /// Answers an interruption that came as a key and not, or not yet, as a signal, before anything was
    /// submitted.
    pub(crate) fn interrupt_and_exit(&self) -> ! {
        self.handle(Signal::Interrupt);
        self.exit(self.kind().exit_code())
    }

    /// Something to do before an interruption ends the process.
    pub(crate) fn before_exit(&self, action: impl FnOnce() + Send + 'static) {
        let mut actions = self.clean_up.lock().unwrap_or_else(PoisonError::into_inner);
        actions.push(Box::new(action));
    }

    /// What an interruption from here on leaves behind elsewhere, for its hint.
    pub(crate) fn leaves_behind(&self, what: Option<&'static str>) {
        *self
            .left_behind
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = what;
    }

    /// What went in before what is under way, of several: an interruption says it.
    pub(crate) fn so_far(&self, what: String) {
        *self.so_far.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }

    /// What an interruption says after `how`, which is about what is under way.
    fn told(&self, how: &str) -> String {
        let so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        match &*so_far {
            Some(so_far) => format!("{how}; before that {so_far}"),
            None => how.to_owned(),
        }
    }

    /// From here on an interruption ends the process with this code and says nothing.
    pub(crate) fn settle(&self, code: u8) {
        *self.phase() = Phase::Settled(code);
    }

    /// What an interruption is, by the signal that asked for it.
    pub(crate) fn kind(&self) -> ErrorKind {
        ErrorKind::Interrupted(*self.signal.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers a signal according to the phase.
    pub(crate) fn handle(&self, signal: Signal) {
        *self.signal.lock().unwrap_or_else(PoisonError::into_inner) = signal;
        self.answer();
    }

    fn answer(&self) {
        let mut phase = self.phase();
        match &mut *phase {
            Phase::Submitting { asked, action } if !*asked => {
                *asked = true;
                let what = action.what;
                drop(phase);
                self.asked.notify_all();
                self.terminal.warn(format_args!(
                    "{what} is being submitted, waiting for the API's answer"
                ));
            }
            Phase::Serving(stop) => {
                let _ = stop.send(());
            }
            phase => self.end(phase, "interrupted", self.kind()),
        }
    }

    /// Ends the process, and says what is true now of what was under way; `what` happened to it. The phase is held,
    /// so that it stays true.
    fn end(&self, phase: &Phase, what: &str, kind: ErrorKind) -> ! {
        let (told, hint) = match phase {
            Phase::Free | Phase::Serving(_) => (
                format!("{what}, nothing was submitted"),
                "run the same command again when you are ready".to_owned(),
            ),
            Phase::Submitting { action, .. } => (
                format!(
                    "{what} while submitting, it is unknown whether {} went in",
                    action.what
                ),
                format!("look with {} before you run it again", action.look),
            ),
            Phase::Approved => (
                format!("{what} after the approval went in"),
                "look at it with `stepup task show`".to_owned(),
            ),
            Phase::Answered => (
                format!("{what} after the request was answered"),
                "what was printed is not all of the answer".to_owned(),
            ),
            Phase::Settled(code) => self.exit(*code),
        };
        self.terminal.give_back();
        let error = Error::new(kind, self.told(&told)).hint(hint);
        let left = self.left_behind.lock();
        let left = left.unwrap_or_else(PoisonError::into_inner);
        let left = left.filter(|_| matches!(phase, Phase::Free));
        self.terminal
            .fail(&left.into_iter().fold(error, Error::hint));
        self.exit(kind.exit_code())
    }

    fn exit(&self, code: u8) -> ! {
        let actions = self
            .clean_up
            .lock()
            .map(|mut actions| std::mem::take(&mut *actions));
        actions.into_iter().flatten().for_each(|action| action());
        process::exit(i32::from(code))
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
