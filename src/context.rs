//! What every command runs in: the flags, the terminal, the HTTP client, the interrupt; and what each of them does with
//! these: asking for consent, handing out the result, leaving something for afterwards.

use std::any::Any;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::adapters::credentials::Secret;
use crate::adapters::files::state_folder;
use crate::adapters::http::Http;
use crate::adapters::loopback::{Parting, ResultPage, Waiting};
use crate::adapters::table::{Cell, Column};
use crate::adapters::terminal::{Busy, NoAnswer, Terminal, ignore_broken_pipe, undelivered};
use crate::cli::Global;
use crate::error::{Error, SameApi};
use crate::interrupt::Interrupt;

/// What every command has: flags, the terminal, the HTTP client, the interrupt. Nothing else is reachable
/// through it.
pub(crate) struct Context {
    /// Flags of every command.
    pub(crate) global: Global,
    /// The person.
    pub(crate) terminal: Arc<Terminal>,
    pub(crate) http: Http,
    /// Ctrl-C.
    pub(crate) interrupt: Interrupt,
    /// An API credential for this run only, from the environment.
    pub(crate) token: Option<Secret>,
    /// Where a demo remembers what it has to, instead of in the user's state folder. No option names it.
    state: Option<PathBuf>,
    /// Pages that are to be shown when the result was reported.
    pages: Mutex<Vec<(Waiting, ResultPage)>>,
    /// Those that are shown already, and still there.
    partings: Mutex<Vec<Parting>>,
    afterwards: Mutex<Vec<Box<dyn FnOnce() + Send>>>,
    /// Answers that hold for the whole run, by question.
    answers: Mutex<BTreeMap<&'static str, Option<bool>>>,
}

/// What is asked about, for the sentences of a question that was not answered with yes.
pub(crate) struct Consent {
    /// What remains true after a no: "not approved".
    pub(crate) not_done: &'static str,
    /// What needs the answer: "an approval".
    pub(crate) thing: &'static str,
}

impl Context {
    pub(crate) fn new(
        global: Global,
        terminal: Arc<Terminal>,
        interrupt: Interrupt,
        token: Option<Secret>,
    ) -> Self {
        Self {
            http: Http::new(global.http_timeout)
                .patient(waits(&terminal, &interrupt))
                .watched(shows(&terminal)),
            global,
            terminal,
            interrupt,
            token,
            state: None,
            pages: Mutex::default(),
            partings: Mutex::default(),
            afterwards: Mutex::new(Vec::new()),
            answers: Mutex::default(),
        }
    }

    /// Where used sign-ins and known people are remembered; `None` without a home.
    pub(crate) fn state_folder(&self) -> Option<PathBuf> {
        self.state.clone().or_else(state_folder)
    }

    /// Whether what is kept now goes with the sandbox of a demo.
    pub(crate) const fn goes_with_the_demo(&self) -> bool {
        self.state.is_some()
    }

    /// The command is about this API from here on.
    pub(crate) fn is_about(&self, api: SameApi) {
        self.interrupt.is_about(api);
    }

    /// What commands in hints need to be about the API in use.
    pub(crate) fn same_api(&self) -> SameApi {
        self.interrupt.same_api()
    }

    /// A context with these streams and this interrupt, other flags, and nothing else of the person's.
    #[must_use]
    pub(crate) fn elsewhere(&self, global: Global) -> Self {
        Self::new(
            global,
            Arc::clone(&self.terminal),
            self.interrupt.clone(),
            None,
        )
    }

    /// Remembers in this folder, which goes with the demo.
    #[cfg(feature = "sandbox")]
    #[must_use]
    pub(crate) fn remembering_in(self, folder: PathBuf) -> Self {
        Self {
            state: Some(folder),
            ..self
        }
    }

    /// Asks before something is done, unless `--yes` was given. The words are those of the thing: "not
    /// approved", "an approval". What it is about was shown before.
    pub(crate) fn consent(&self, yes: bool, question: &str, words: &Consent) -> Result<(), Error> {
        if yes {
            return Ok(());
        }
        match self.answered(self.terminal.confirm(question))? {
            Some(true) => Ok(()),
            Some(false) => Err(Error::incomplete(format!("cancelled, {}", words.not_done))
                .says_the_state()
                .hint("run the command again if you change your mind")),
            None => Err(Error::usage(format!(
                "{} needs your confirmation, and {}",
                words.thing,
                if self.global.no_input {
                    "`--no-input` asks nothing"
                } else {
                    "there is no terminal to ask on"
                }
            ))
            .hint("add `--yes` if you are sure")),
        }
    }

    /// The answer to a question about where the person is, which is asked once in a run, however many tasks it has; yes is
    /// the default. `None` when nobody is there, or Escape was pressed.
    pub(crate) fn answered_once(
        &self,
        question: &'static str,
        after: impl FnOnce(Option<bool>),
    ) -> Result<Option<bool>, Error> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers.get(question) {
            return Ok(*answer);
        }
        let answer = self.answered(self.terminal.yes_or_no(question, true))?;
        answers.insert(question, answer);
        after(answer);
        Ok(answer)
    }

    /// The answer to a question. A terminal that could not be read gave none, whatever the default is.
    pub(crate) fn answered<T>(&self, answer: Result<T, NoAnswer>) -> Result<T, Error> {
        answer.map_err(|no_answer| match no_answer {
            NoAnswer::CtrlC => self.interrupt.interrupt_and_exit(),
            NoAnswer::NoConsole => Error::incomplete(no_answer.to_string())
                .says_the_state()
                .hint("nothing was submitted; in Git Bash say `winpty stepup ...`, or use PowerShell or the Command Prompt")
                .caused_by(no_answer),
            NoAnswer::Unreadable(_) => Error::incomplete(no_answer.to_string())
                .says_the_state()
                .hint("nothing was submitted; run the command again on a terminal that stays open")
                .caused_by(no_answer),
        })
    }

    /// Hands out the result, in text or as a document; `done` is what remains true where stdout takes neither.
    pub(crate) fn deliver(
        &self,
        done: &str,
        text: &str,
        document: &impl Serialize,
    ) -> Result<(), Error> {
        let delivered = self.terminal.result(text, document);
        delivered.map_err(|error| undelivered(done, error))
    }

    /// As [`Self::deliver`], for a command that only reads: a reader that has seen enough (`| head`) is no error.
    pub(crate) fn show_text(
        &self,
        done: &'static str,
        text: &str,
        document: &impl Serialize,
    ) -> Result<(), Error> {
        let shown = self.terminal.result(text, document);
        shown.or_else(ignore_broken_pipe(done))
    }

    /// Shows what was read as a table or as a document; `done` as for [`Self::show_text`].
    pub(crate) fn show_table(
        &self,
        done: &'static str,
        columns: &[Column],
        rows: &[Vec<Cell>],
        document: &impl Serialize,
    ) -> Result<(), Error> {
        let shown = self.terminal.table(columns, rows, document);
        shown.or_else(ignore_broken_pipe(done))
    }

    /// Prints a text for another program, as it is; `done` as for [`Self::show_text`].
    pub(crate) fn show_as_is(&self, done: &'static str, text: &str) -> Result<(), Error> {
        let shown = self.terminal.text(text);
        shown.or_else(ignore_broken_pipe(done))
    }

    /// Something to do after the result was reported.
    #[cfg(feature = "sandbox")]
    pub(crate) fn afterwards(&self, action: impl FnOnce() + Send + 'static) {
        lock(&self.afterwards).push(Box::new(action));
    }

    /// A result to show in the browser too, after it was reported.
    pub(crate) fn show_afterwards(&self, waiting: Waiting, mut page: ResultPage) {
        if let ResultPage::Failure { next_steps, .. } = &mut page {
            let api = self.same_api();
            for step in next_steps {
                *step = api.completed(step);
            }
        }
        lock(&self.pages).push((waiting, page));
    }

    /// The result was reported: shows the pages that tell it, in the background.
    pub(crate) fn show(&self) {
        let pages = std::mem::take(&mut *lock(&self.pages));
        let partings = pages.into_iter().map(|(waiting, page)| waiting.part(&page));
        lock(&self.partings).extend(partings);
    }

    /// Ends the pages of earlier sign-ins at these ports: the next one needs the port.
    pub(crate) fn free(&self, ports: &[u16]) {
        self.show();
        let in_the_way = |parting: &mut Parting| parting.is_at(ports);
        let ended = lock(&self.partings).extract_if(.., in_the_way).collect();
        end(ended);
    }

    /// Shows what is left to be shown, for a moment, and does what was left for afterwards.
    pub(crate) fn finish(&self) {
        self.show();
        end(std::mem::take(&mut *lock(&self.partings)));
        let actions = std::mem::take(&mut *lock(&self.afterwards));
        for action in actions {
            action();
        }
    }
}

fn end(partings: Vec<Parting>) {
    partings.into_iter().for_each(Parting::end);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a pause between two tries of one exchange is spent: named where it can be felt, and left early on
/// Ctrl-C.
fn waits(terminal: &Arc<Terminal>, interrupt: &Interrupt) -> impl Fn(Duration) -> bool + use<> {
    let (terminal, interrupt) = (Arc::clone(terminal), interrupt.clone());
    move |pause| {
        if pause >= Duration::from_secs(1) {
            let seconds = pause.as_secs_f64().ceil();
            terminal.say(format_args!(
                "the server cannot answer now, trying again in {seconds} s"
            ));
        }
        interrupt.pause(pause)
    }
}

/// How an exchange is shown that takes long.
fn shows(terminal: &Arc<Terminal>) -> impl Fn(&str) -> Option<Box<dyn Any>> + use<> {
    let terminal = Arc::clone(terminal);
    move |host| Busy::with(&terminal, host).map(|busy| Box::new(busy) as Box<dyn Any>)
}
