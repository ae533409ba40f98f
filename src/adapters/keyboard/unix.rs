//! The terminal's modes while it is ours, and the reading of it.

use std::fs::File;
use std::io::{self, IsTerminal, PipeReader, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use nix::errno::Errno;
use nix::sys::select::{FdSet, select};
use nix::sys::time::TimeVal;
use rustix::event::{Timespec, poll};
use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use signal_hook::SigId;
use signal_hook::consts::SIGCONT;
use signal_hook::low_level::{pipe as signal_pipe, unregister};

use super::typed::Typed;
use super::typing::Typing;
use crate::adapters::modes::in_foreground;
use crate::adapters::pending;

/// How often a command in the background looks whether the terminal is its own again: a shell that takes a running
/// job to the foreground tells it nothing. In the foreground nothing is looked at unless something happens.
const BACKGROUND: TimeVal = TimeVal::new(1, 0);

/// Within this time a stop that was asked for comes.
const STOPPING: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};

/// A special character that is not there (POSIX's `_POSIX_VDISABLE`).
const NONE: u8 = if cfg!(any(target_os = "linux", target_os = "android")) {
    0
} else {
    0xff
};

/// What stops, and what quits: after their signals it would be too late to give the terminal back. Ctrl-C is
/// not among them, its signal is handled.
const SIGNAL_KEYS: [SpecialCodeIndex; 2] = [SpecialCodeIndex::VSUSP, SpecialCodeIndex::VQUIT];

/// stdin, and how it was before if it is a terminal that is quiet because of us.
pub(super) struct Held {
    terminal: bool,
    state: Mutex<State>,
}

struct State {
    before: Option<Termios>,
    /// What writes to the reader's pipe when the command goes on after a stop, as a shell may have had the terminal.
    /// Without it the keyboard was given back, and the pipe has ended.
    continued: Option<SigId>,
}

/// Whether somebody can type, or something was redirected to stdin that can bring lines.
pub(super) fn can_listen() -> bool {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return true;
    }
    let file = stdin.as_fd().try_clone_to_owned().map(File::from);
    let metadata = file.and_then(|file| file.metadata());
    metadata.is_ok_and(|metadata| !metadata.file_type().is_char_device())
}

/// Whether stdin may be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ownership {
    Ours,
    /// It was not until now.
    OursAgain,
    NotNow,
    Over,
}

impl Held {
    /// A terminal neither echoes nor waits for whole lines from here on. The pipe wakes [`Self::listen`].
    pub(super) fn new() -> io::Result<(Self, PipeReader)> {
        let (woken, wake) = io::pipe()?;
        let held = Self {
            terminal: io::stdin().is_terminal(),
            state: Mutex::new(State {
                before: None,
                continued: Some(signal_pipe::register(SIGCONT, wake)?),
            }),
        };
        held.claim();
        Ok((held, woken))
    }

    pub(super) const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// As it was before, for good. What was typed and not read is dropped: it may be a code.
    pub(super) fn give_back(&self) {
        let mut state = self.state();
        state.continued.take().map(unregister);
        state.restore();
    }

    /// Reads until the keyboard is given back or stdin ends.
    pub(super) fn listen(&self, mut woken: PipeReader, mut typing: Typing, heard: impl Fn(Typed)) {
        let mut bytes = [0; 4096];
        loop {
            let ours = match self.claim() {
                Ownership::Over => return,
                Ownership::NotNow => false,
                Ownership::OursAgain => {
                    heard(Typed::Back);
                    true
                }
                Ownership::Ours => true,
            };
            match ready(&mut woken, ours) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(_) => return,
            }
            let Some(bytes) = self.read(&mut bytes) else {
                return;
            };
            let [stop, quit] = self.signal_keys();
            let signal = |byte: &u8| [stop, quit].contains(&Some(*byte));
            // What comes after it is dropped, as at a signal.
            let (typed, signal) = match bytes.iter().position(signal) {
                Some(at) => (bytes.get(..at).unwrap_or_default(), bytes.get(at).copied()),
                None => (bytes, None),
            };
            typing.take(typed, &heard);
            match signal {
                None => {}
                signal if signal == stop => self.stop(),
                Some(_) => heard(Typed::Interrupt),
            }
        }
    }

    /// What can be read of stdin; `None` where it has ended. Under the lock: once the keyboard was given back, what
    /// comes is the answer to the next question.
    fn read<'a>(&self, bytes: &'a mut [u8]) -> Option<&'a [u8]> {
        let state = self.state();
        state.continued?;
        let read = rustix::io::read(io::stdin(), &mut *bytes).ok()?;
        drop(state);
        bytes.get(..read).filter(|read| !read.is_empty())
    }

    /// Makes the terminal quiet where it is ours and is not: at first, and whenever a shell had it meanwhile.
    fn claim(&self) -> Ownership {
        let mut state = self.state();
        if state.continued.is_none() {
            return Ownership::Over;
        }
        if !self.terminal {
            return Ownership::Ours;
        }
        // A job in the background would be stopped for touching the terminal.
        if !in_foreground() {
            return Ownership::NotNow;
        }
        let Ok(now) = tcgetattr(io::stdin()) else {
            return Ownership::NotNow;
        };
        let loud = now
            .local_modes
            .intersects(LocalModes::ECHO | LocalModes::ICANON);
        if !loud && state.before.is_some() {
            return Ownership::Ours;
        }
        // A terminal that cannot be made quiet is not read: it would show the code. What was typed before the keys
        // are named presses none of them.
        if tcsetattr(io::stdin(), OptionalActions::Now, &quiet(&now)).is_err()
            || pending::discard().is_err()
        {
            return Ownership::NotNow;
        }
        state.before = Some(now);
        Ownership::OursAgain
    }

    /// Ctrl-Z and Ctrl-\, or whatever the person set for them, while they reach us as characters.
    fn signal_keys(&self) -> [Option<u8>; 2] {
        let state = self.state();
        SIGNAL_KEYS.map(|index| {
            let key = state.before.as_ref()?.special_codes[index];
            (key != NONE).then_some(key)
        })
    }

    /// What the terminal itself does at Ctrl-Z, with the terminal given back first. It comes to us as a
    /// character because after the signal it would be too late.
    fn stop(&self) {
        self.state().restore();
        // Without a shell that could continue us the kernel ignores it, and so do we.
        let _ = kill_current_process_group(Signal::TSTP);
        // Otherwise the terminal would be ours again before the stop. Whatever ends it early is as good.
        let _ = poll(&mut [], Some(&STOPPING));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn restore(&mut self) {
        // In the background the terminal is another's, who has set it for themselves.
        if let Some(before) = self.before.take().filter(|_| in_foreground()) {
            // A terminal that went away needs nothing back.
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &before);
        }
    }
}

fn quiet(now: &Termios) -> Termios {
    let mut quiet = now.clone();
    quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON;
    for index in SIGNAL_KEYS {
        quiet.special_codes[index] = NONE;
    }
    quiet
}

/// Waits until there is something to read, or to look at anew; stdin is waited for only while it is ours. By `select`,
/// since macOS' `poll` knows no terminals: it would say at once that there is something.
fn ready(woken: &mut PipeReader, ours: bool) -> io::Result<bool> {
    let stdin = io::stdin();
    let mut ready = FdSet::new();
    ready.insert(woken.as_fd());
    if ours {
        ready.insert(stdin.as_fd());
    }
    let mut patience = (!ours).then_some(BACKGROUND);
    match select(None, &mut ready, None, None, &mut patience) {
        Ok(_) => {}
        Err(Errno::EINTR) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    let is_woken = ready.contains(woken.as_fd());
    let is_typed = ready.contains(stdin.as_fd());
    if is_woken {
        // An error when the pipe has ended: the keyboard was given back.
        woken.read_exact(&mut [0])?;
    }
    Ok(is_typed && !is_woken)
}
