//! What the system sends to end the command.

use std::io;

use crate::error::Signal;

#[cfg(unix)]
pub(super) use unix::Received;
#[cfg(windows)]
pub(super) use windows::Received;

#[cfg(unix)]
mod unix {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    use super::{Signal, io};

    /// Which signals came, known as soon as they came: a question that one breaks off asks at once, and then `console`
    /// raises SIGINT, whichever it was.
    #[derive(Clone, Debug, Default)]
    pub(in super::super) struct Received {
        hang_up: Arc<AtomicBool>,
        terminate: Arc<AtomicBool>,
    }

    impl Received {
        /// What asked for the end; Ctrl-C, which may be a key and no signal, where no other came.
        pub(in super::super) fn signal(&self) -> Signal {
            if self.hang_up.load(Ordering::SeqCst) {
                Signal::HangUp
            } else if self.terminate.load(Ordering::SeqCst) {
                Signal::Terminate
            } else {
                Signal::Interrupt
            }
        }

        /// Calls this for each signal that asks for the end, from now on, in a thread of its own.
        pub(in super::super) fn on_each(
            &self,
            handle: impl Fn() + Send + 'static,
        ) -> io::Result<()> {
            flag::register(SIGHUP, self.hang_up.clone())?;
            flag::register(SIGTERM, self.terminate.clone())?;
            let mut coming = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
            let each = move || coming.forever().for_each(|_| handle());
            std::thread::Builder::new().spawn(each).map(drop)
        }
    }
}

/// Windows has Ctrl-C alone.
#[cfg(windows)]
mod windows {
    use super::{Signal, io};

    #[derive(Clone, Copy, Debug, Default)]
    pub(in super::super) struct Received {}

    impl Received {
        #[expect(clippy::unused_self, reason = "elsewhere there are several signals")]
        pub(in super::super) const fn signal(self) -> Signal {
            Signal::Interrupt
        }

        /// Calls this for each Ctrl-C, from now on, in a thread of its own.
        #[expect(clippy::unused_self, reason = "elsewhere it is remembered which came")]
        pub(in super::super) fn on_each(
            self,
            handle: impl Fn() + Send + 'static,
        ) -> io::Result<()> {
            ctrlc::set_handler(handle).map_err(io::Error::other)
        }
    }
}
