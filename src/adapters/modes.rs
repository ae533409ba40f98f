//! The terminal's modes while somebody is asked: a question reads single keys, and one for a secret shows none of them.
//! Whatever ends the process meanwhile puts back what was before. Unix only: elsewhere no question changes them.

#[cfg(unix)]
use unix as system;
#[cfg(unix)]
pub(super) use unix::in_foreground;

/// While this lives, a question is being asked, and [`restore`] puts back the modes of before it.
#[must_use]
pub(crate) struct KeptModes(());

impl KeptModes {
    pub(crate) fn begin() -> Self {
        #[cfg(unix)]
        system::keep();
        Self(())
    }
}

impl Drop for KeptModes {
    fn drop(&mut self) {
        #[cfg(unix)]
        system::forget();
    }
}

/// While this lives, nothing that is typed is shown. Dropping it shows again what was shown before.
#[must_use]
pub(crate) struct EchoOff {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl EchoOff {
    /// Lines are read; called before the question is printed, so that a fast answer is not shown either.
    pub(crate) fn begin() -> Self {
        Self {
            #[cfg(unix)]
            before: system::turn_echo_off(true),
        }
    }

    /// Single keys are read. `console` sets the terminal up for one key at a time: without this the terminal would act on
    /// the keys that come in between two of them, such as Ctrl-U, and show them.
    pub(crate) fn for_keys() -> Self {
        Self {
            #[cfg(unix)]
            before: system::turn_echo_off(false),
        }
    }
}

#[cfg(unix)]
impl Drop for EchoOff {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            system::set(before);
        }
    }
}

/// Puts the modes back, if a question is broken off by the end of the process.
pub(crate) fn restore() {
    #[cfg(unix)]
    system::restore();
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::{Mutex, PoisonError};

    use rustix::process::getpgrp;
    use rustix::termios::{
        LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
    };

    /// The modes of before the question that is being asked; `None` where none is.
    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    pub(super) fn keep() {
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = tcgetattr(io::stdin()).ok();
    }

    pub(super) fn forget() {
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn restore() {
        // Never waits for the lock: a thread that a bug ended may hold it. Nobody holds it while a question is asked.
        if let Ok(before) = BEFORE.try_lock()
            && let Some(before) = before.as_ref().filter(|_| in_foreground())
        {
            set(before);
        }
    }

    pub(super) fn turn_echo_off(lines: bool) -> Option<Termios> {
        let before = tcgetattr(io::stdin()).ok()?;
        let mut silent = before.clone();
        silent.local_modes -= LocalModes::ECHO;
        if !lines {
            silent.local_modes -= LocalModes::ICANON;
            silent.special_codes[SpecialCodeIndex::VMIN] = 1;
            silent.special_codes[SpecialCodeIndex::VTIME] = 0;
        }
        tcsetattr(io::stdin(), OptionalActions::Now, &silent).ok()?;
        Some(before)
    }

    pub(super) fn set(modes: &Termios) {
        // A terminal that went away needs nothing back.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
    }

    /// In the background the terminal is another's, and touching it would stop us.
    pub(in super::super) fn in_foreground() -> bool {
        tcgetpgrp(io::stdin()).is_ok_and(|group| group == getpgrp())
    }
}
