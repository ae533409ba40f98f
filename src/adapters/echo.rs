//! The keyboard's echo, off for as long as a secret is asked for. Unix only: elsewhere the question itself
//! sees to it.

#[cfg(unix)]
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether an [`EchoOff`] lives.
static OFF: AtomicBool = AtomicBool::new(false);

/// While this lives, nothing that is typed is shown. Dropping it shows again what was shown before.
#[must_use]
pub(crate) struct EchoOff {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl EchoOff {
    /// Turns the echo off; called before the question is printed, so that a fast answer is not shown either.
    #[cfg(unix)]
    pub(crate) fn begin() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        OFF.store(true, Ordering::Release);
        let turn_off = || {
            let before = tcgetattr(io::stdin()).ok()?;
            let mut silent = before.clone();
            silent.local_modes -= LocalModes::ECHO;
            tcsetattr(io::stdin(), OptionalActions::Now, &silent).ok()?;
            Some(before)
        };
        Self { before: turn_off() }
    }

    /// Nothing to do here.
    #[cfg(not(unix))]
    pub(crate) fn begin() -> Self {
        Self {}
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            use rustix::termios::{OptionalActions, tcsetattr};
            // A terminal that went away needs nothing back.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
        OFF.store(false, Ordering::Release);
    }
}

/// Shows again what is typed, if a question for a secret is broken off by the end of the process.
pub(crate) fn again() {
    #[cfg(unix)]
    if OFF.load(Ordering::Acquire) {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        if let Ok(mut modes) = tcgetattr(io::stdin()) {
            modes.local_modes |= LocalModes::ECHO;
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
        }
    }
}
