//! A line on the terminal while a server has not answered for a moment. There is one such place on the screen; a person
//! who is waited for, or asked, has it before any server.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::last_line::{self, LastLine};
use super::{Terminal, can_draw, span};
use crate::adapters::modes::KeptModes;

const SILENCE: Duration = Duration::from_millis(500);

/// An exchange that goes on until this is dropped.
pub(crate) struct Busy {
    over: Option<Sender<()>>,
    watch: Option<JoinHandle<()>>,
}

impl Busy {
    /// An exchange with this host begins. Nothing where nothing may be drawn.
    pub(crate) fn with(terminal: &Arc<Terminal>, host: &str) -> Option<Self> {
        if terminal.options.quiet || !can_draw(terminal.options) {
            return None;
        }
        let (over, ended) = mpsc::channel::<()>();
        let (terminal, host) = (Arc::clone(terminal), host.to_owned());
        let watch = thread::spawn(move || {
            let mut shown = false;
            while matches!(ended.recv_timeout(SILENCE), Err(RecvTimeoutError::Timeout)) {
                shown |= terminal.shows_server(&host);
            }
            if shown {
                terminal.forget_server();
            }
        });
        Some(Self {
            over: Some(over),
            watch: Some(watch),
        })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        drop(self.over.take());
        // What is written next finds the line free.
        let _ = self.watch.take().map(JoinHandle::join);
    }
}

impl Terminal {
    /// Shows that this server is waited for, unless the line is taken.
    fn shows_server(&self, host: &str) -> bool {
        let Ok(mut line) = self.last_line.lock() else {
            return false;
        };
        if line.is_some() {
            return false;
        }
        let what = format!("waiting for {host}");
        let shown = last_line::bar(&what, |state| span(SILENCE + state.elapsed()));
        *line = shown.map(LastLine::Server);
        line.is_some()
    }

    fn forget_server(&self) {
        let taken = self.last_line.lock().ok();
        let taken =
            taken.and_then(|mut line| line.take_if(|line| matches!(line, LastLine::Server(_))));
        if let Some(LastLine::Server(bar)) = taken {
            bar.finish_and_clear();
        }
    }

    /// Takes the line for a question, until the guard is dropped.
    pub(super) fn asking(&self) -> Asking<'_> {
        self.take_line(LastLine::Question);
        Asking {
            terminal: self,
            _modes: KeptModes::begin(),
        }
    }

    /// Reads an answer behind a question. A row that is broken off is ended when the question is over.
    pub(super) fn in_a_row<T, E>(&self, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.now_in(LastLine::OpenRow);
        let answer = read()?;
        self.now_in(LastLine::Question);
        Ok(answer)
    }

    fn now_in(&self, row: LastLine) {
        if let Ok(mut line) = self.last_line.lock() {
            *line = Some(row);
        }
    }

    pub(super) fn take_line(&self, taken: LastLine) {
        self.stop_waiting();
        if let Ok(mut line) = self.last_line.lock() {
            *line = Some(taken);
        }
    }
}

/// While this lives, somebody is asked.
pub(super) struct Asking<'a> {
    terminal: &'a Terminal,
    _modes: KeptModes,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.terminal.stop_waiting();
    }
}
