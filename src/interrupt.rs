//! Ctrl-C, SIGTERM and a terminal that is closed: answered at once, and truthfully.
//!
//! Until something is submitted the answer is "nothing was submitted", and holding the lock while saying
//! so keeps it true. While an approval is on its way, it is awaited, because the truth is better than a
//! fast prompt. Once it is in, an interruption ends the waiting for what follows from it. After the result was
//! reported, nothing is left to say. A panic is answered in the same words.

mod panics;
mod signals;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use self::signals::Received;
use crate::adapters::terminal::Terminal;
use crate::error::{Error, ErrorKind, SameApi};
pub(crate) use panics::end_at_panics;

/// How far the command is, as far as an interruption cares.
enum Phase {
    /// Nothing was sent that could change anything.
    Free,
    /// An action is on its way; the flag tells whether an interruption was asked for meanwhile.
    Submitting { asked: bool, action: UnderWay },
    /// The API took it on; only its effects are awaited. The flag tells whether an interruption was asked for before.
    WentIn { asked: bool, task: String },
    /// A request of the person's own is answered; the answer is being printed.
    Answered,
    /// What goes on until it is told to stop (a server, a list that is watched); told by this.
    Serving(Sender<()>),
    /// The result was reported, and this is its exit code.
    Settled(u8),
}

impl Phase {
    /// Whether an interruption was asked for that has no answer yet.
    const fn is_asked(&self) -> bool {
        matches!(
            self,
            Self::Submitting { asked: true, .. } | Self::WentIn { asked: true, .. }
        )
    }

    /// Whether something may be in, or is, that was not reported yet.
    const fn is_under_way(&self) -> bool {
        matches!(self, Self::Submitting { .. } | Self::WentIn { .. })
    }
}

/// What is on its way, in the words of an interruption.
#[derive(Clone, Debug)]
pub(crate) struct UnderWay {
    what: Cow<'static, str>,
    /// Where its outcome shows.
    look: Cow<'static, str>,
}

/// Stands for the task in the words of an action.
const TASK: &str = "TASK";

impl UnderWay {
    pub(crate) const APPROVAL: Self = Self::on_a_task("the approval of task TASK");
    pub(crate) const DENIAL: Self = Self::on_a_task("the denial of task TASK");
    pub(crate) const REASSIGNMENT: Self = Self::on_a_task("the reassignment of task TASK");
    pub(crate) const ESCALATION: Self = Self::on_a_task("the escalation of task TASK");
    pub(crate) const SHORTENING: Self = Self::on_a_task("the shorter duration of task TASK");
    pub(crate) const COMMENT: Self = Self::new(
        "the comment on task TASK",
        "`stepup task show TASK --audit`",
    );
    /// A request of the person's own.
    pub(crate) const REQUEST: Self = Self::new("the request", "a GET");
    /// A change of the API's own settings.
    pub(crate) const CHANGE: Self = Self::new("the change", "`list` or `show`");

    const fn new(what: &'static str, look: &'static str) -> Self {
        Self {
            what: Cow::Borrowed(what),
            look: Cow::Borrowed(look),
        }
    }

    const fn on_a_task(what: &'static str) -> Self {
        Self::new(what, "`stepup task show TASK`")
    }

    /// On this task, by the number that a person would type.
    pub(crate) fn on(&self, task: &str) -> Self {
        Self {
            what: self.what.replace(TASK, task).into(),
            look: self.look.replace(TASK, task).into(),
        }
    }
}

/// What the signal handler and the command share.
#[derive(Clone)]
pub(crate) struct Interrupt {
    terminal: Arc<Terminal>,
    phase: Arc<Mutex<Phase>>,
    /// The last one that came.
    received: Received,
    asked: Arc<Condvar>,
    clean_up: Arc<Mutex<Vec<CleanUp>>>,
    left_behind: Arc<Mutex<Option<String>>>,
    so_far: Arc<Mutex<Option<SoFar>>>,
    keeps: Arc<Mutex<Option<Keep>>>,
    nothing: Arc<Mutex<&'static str>>,
    api: Arc<Mutex<SameApi>>,
}

type CleanUp = Box<dyn FnOnce() + Send>;
/// Keeps what is known of an approval that is on its way; where it is kept, for a hint.
type Keep = Box<dyn FnMut() -> Option<&'static str> + Send>;

/// What went in of several, before what is under way.
struct SoFar {
    what: String,
    /// The command for the rest; `None` where there is none.
    rest: Option<String>,
}

impl Interrupt {
    /// Installs the handler. Called once per process.
    pub(crate) fn install(terminal: Arc<Terminal>) -> Result<Self, Error> {
        let interrupt = Self {
            terminal,
            phase: Arc::new(Mutex::new(Phase::Free)),
            received: Received::default(),
            asked: Arc::default(),
            clean_up: Arc::default(),
            left_behind: Arc::default(),
            so_far: Arc::default(),
            keeps: Arc::default(),
            nothing: Arc::new(Mutex::new("nothing was submitted")),
            api: Arc::default(),
        };
        let unprepared = |what| Error::failed(format!("{what} could not be prepared for"));
        let shared = interrupt.clone();
        panics::answer_panics(move |what| shared.end(&shared.phase(), what, ErrorKind::Failed))
            .map_err(|error| unprepared("bugs").caused_by(error))?;
        let shared = interrupt.clone();
        interrupt
            .received
            .on_each(move || shared.handle())
            .map_err(|error| unprepared("Ctrl-C").caused_by(error))?;
        Ok(interrupt)
    }

    /// From here on this action is on its way; an interruption waits for its end.
    pub(crate) fn submitting(&self, action: UnderWay) {
        *self.phase() = Phase::Submitting {
            asked: false,
            action,
        };
    }

    /// The API took the approval of this task on. From here on an interruption ends the waiting for what follows from it;
    /// one that was asked for before has its answer when that is reported.
    pub(crate) fn went_in(&self, task: &str) {
        let mut phase = self.phase();
        let asked = phase.is_asked();
        *phase = Phase::WentIn {
            asked,
            task: task.to_owned(),
        };
    }

    /// From here on somebody waits for longer than for an answer: an interruption asked for meanwhile is answered now.
    pub(crate) fn may_end(&self) {
        if self.phase().is_asked() {
            self.handle();
        }
    }

    /// The request is answered. From here on an interruption breaks off the printing.
    pub(crate) fn answered(&self) {
        *self.phase() = Phase::Answered;
    }

    /// What was on its way changed nothing. An interruption asked for meanwhile is answered now.
    pub(crate) fn nothing_submitted(&self) {
        let before = std::mem::replace(&mut *self.phase(), Phase::Free);
        if before.is_asked() {
            self.handle();
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
        self.handle();
        self.exit(self.kind().exit_code())
    }

    /// Something to do before an interruption ends the process.
    pub(crate) fn before_exit(&self, action: impl FnOnce() + Send + 'static) {
        let mut actions = self.clean_up.lock().unwrap_or_else(PoisonError::into_inner);
        actions.push(Box::new(action));
    }

    /// What an interruption from here on leaves behind elsewhere, for its hint.
    pub(crate) fn leaves_behind(&self, what: Option<&str>) {
        let left = self.left_behind.lock();
        *left.unwrap_or_else(PoisonError::into_inner) = what.map(str::to_owned);
    }

    /// What went in before what is under way, of several: an interruption says it.
    /// `rest` is the command for the others. Nothing is under way until the next one is submitted.
    pub(crate) fn so_far(&self, what: String, rest: Option<String>) {
        let so_far = SoFar { what, rest };
        *self.so_far.lock().unwrap_or_else(PoisonError::into_inner) = Some(so_far);
        self.nothing_submitted();
    }

    /// What is true as long as nothing is under way, where that is not "nothing was submitted". What was until now comes
    /// back.
    pub(crate) fn nothing_means(&self, words: &'static str) -> &'static str {
        let mut nothing = self.nothing.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *nothing, words)
    }

    /// The command is about this API from here on.
    pub(crate) fn is_about(&self, api: SameApi) {
        *self.api.lock().unwrap_or_else(PoisonError::into_inner) = api;
    }

    /// What commands in hints need to be about the API in use.
    pub(crate) fn same_api(&self) -> SameApi {
        let api = self.api.lock();
        api.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What an interruption keeps of an approval that is on its way, or has just gone in.
    pub(crate) fn keeps(&self, keep: impl FnMut() -> Option<&'static str> + Send + 'static) {
        let mut keeps = self.keeps.lock().unwrap_or_else(PoisonError::into_inner);
        *keeps = Some(Box::new(keep));
    }

    /// From here on an interruption ends the process with this code and says nothing.
    pub(crate) fn settle(&self, code: u8) {
        *self.phase() = Phase::Settled(code);
    }

    /// What an interruption is, by the signal that asked for it.
    pub(crate) fn kind(&self) -> ErrorKind {
        ErrorKind::Interrupted(self.received.signal())
    }

    /// Answers a signal according to the phase.
    pub(crate) fn handle(&self) {
        let mut phase = self.phase();
        match &mut *phase {
            Phase::Submitting { asked, action } if !*asked => {
                *asked = true;
                let what = action.what.clone();
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
        self.terminal.give_back();
        if let Phase::Settled(code) = phase {
            self.exit(*code);
        }
        let error = self.told(phase, what, kind);
        let left = self.left_behind.lock();
        let left = left.unwrap_or_else(PoisonError::into_inner);
        let left = left.clone().filter(|_| matches!(phase, Phase::Free));
        let kept = phase.is_under_way().then(|| self.kept()).flatten();
        let hints = left.into_iter().chain(kept.map(str::to_owned));
        let error = hints.fold(error, Error::hint);
        self.terminal.fail(&error.about(&self.same_api()));
        self.exit(kind.exit_code())
    }

    /// The truth in this phase, and what went in before of several.
    fn told(&self, phase: &Phase, what: &str, kind: ErrorKind) -> Error {
        let so_far = self.so_far.lock().unwrap_or_else(PoisonError::into_inner);
        let so_far = so_far.as_ref();
        let nothing = *self.nothing.lock().unwrap_or_else(PoisonError::into_inner);
        let (told, hint) = match phase {
            Phase::Submitting { action, .. } => (
                format!(
                    "{what} while submitting, it is unknown whether {} went in",
                    action.what
                ),
                format!("look with {} before you run it again", action.look),
            ),
            Phase::WentIn { task, .. } => (
                format!("{what} after the API accepted the approval of task {task}"),
                format!("look at it with `stepup task show {task}`"),
            ),
            Phase::Answered => (
                format!("{what} after the request was answered"),
                "what was printed is not all of the answer".to_owned(),
            ),
            Phase::Free | Phase::Serving(_) | Phase::Settled(_) => (
                format!("{what}, {nothing}"),
                match so_far.and_then(|so_far| so_far.rest.as_deref()) {
                    Some(rest) => format!("for the rest, when you are ready: `{rest}`"),
                    None => "run the same command again when you are ready".to_owned(),
                },
            ),
        };
        let before = so_far.map(|so_far| format!("; before that {}", so_far.what));
        Error::new(kind, told + &before.unwrap_or_default()).hint(hint)
    }

    /// Keeps what is under way, and says where.
    fn kept(&self) -> Option<&'static str> {
        let mut keeps = self.keeps.lock().unwrap_or_else(PoisonError::into_inner);
        keeps.as_mut().and_then(|keep| keep())
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
