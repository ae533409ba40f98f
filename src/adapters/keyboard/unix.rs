//! The terminal's modes while it is ours, and the reading of it.

use std::io::{self, IsTerminal};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, getpgrp, kill_current_process_group};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};

use super::Typed;
use super::typing::Typing;
use crate::adapters::pending;

/// How often the reader looks whether it is still wanted, and whether the terminal is still ours: a read
/// cannot be called off.
const TURN: Timespec = Timespec {
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

#[derive(Default)]
struct State {
    before: Option<Termios>,
    over: bool,
}

/// Whether stdin may be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Ours,
    /// It was not until now.
    OursAgain,
    NotNow,
    Over,
}

impl Held {
    /// A terminal neither echoes nor waits for whole lines from here on.
    pub(super) fn new() -> Self {
        let held = Self {
            terminal: io::stdin().is_terminal(),
            state: Mutex::default(),
        };
        held.turn();
        held
    }

    pub(super) const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// As it was before, for good. What was typed and not read is dropped: it may be a code.
    pub(super) fn give_back(&self) {
        let mut state = self.state();
        state.over = true;
        state.restore();
    }

    /// Reads until the keyboard is given back or stdin ends.
    pub(super) fn listen(&self, mut typing: Typing, heard: impl Fn(Typed)) {
        let mut bytes = [0; 4096];
        loop {
            match self.turn() {
                Turn::Over => return,
                Turn::NotNow => {
                    pause();
                    continue;
                }
                Turn::OursAgain => heard(Typed::Back),
                Turn::Ours => {}
            }
            let stdin = io::stdin();
            let mut ready = [PollFd::new(&stdin, PollFlags::IN)];
            match poll(&mut ready, Some(&TURN)) {
                Ok(0) | Err(rustix::io::Errno::INTR) => continue,
                Ok(_) => {}
                Err(_) => return,
            }
            // Given back meanwhile: what came is the answer to the next question.
            if self.state().over {
                return;
            }
            let Ok(read @ 1..) = rustix::io::read(&stdin, &mut bytes) else {
                return;
            };
            let bytes = bytes.get(..read).unwrap_or_default();
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

    /// Makes the terminal quiet where it is ours and is not: at first, and whenever a shell had it meanwhile.
    fn turn(&self) -> Turn {
        let mut state = self.state();
        if state.over {
            return Turn::Over;
        }
        if !self.terminal {
            return Turn::Ours;
        }
        // A job in the background would be stopped for touching the terminal.
        if !in_foreground() {
            return Turn::NotNow;
        }
        let Ok(now) = tcgetattr(io::stdin()) else {
            return Turn::NotNow;
        };
        let loud = now
            .local_modes
            .intersects(LocalModes::ECHO | LocalModes::ICANON);
        if !loud && state.before.is_some() {
            return Turn::Ours;
        }
        // A terminal that cannot be made quiet is not read: it would show the code. What was typed before the keys
        // are named presses none of them.
        if tcsetattr(io::stdin(), OptionalActions::Now, &quiet(&now)).is_err()
            || pending::discard().is_err()
        {
            return Turn::NotNow;
        }
        state.before = Some(now);
        Turn::OursAgain
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
        // The stop comes within this time, before the terminal would be ours again.
        pause();
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

fn in_foreground() -> bool {
    tcgetpgrp(io::stdin()).is_ok_and(|group| group == getpgrp())
}

fn pause() {
    // Whatever ends it early is as good.
    let _ = poll(&mut [], Some(&TURN));
}
