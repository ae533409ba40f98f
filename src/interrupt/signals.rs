//! What the system sends to end the command.

use std::io;

use crate::error::Signal;

/// Calls this for each signal that asks for the end, from now on, in a thread of its own.
#[cfg(unix)]
pub(super) fn on_each(handle: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let each = move || {
        for signal in signals.forever() {
            handle(match signal {
                SIGHUP => Signal::HangUp,
                SIGTERM => Signal::Terminate,
                _ => Signal::Interrupt,
            });
        }
    };
    std::thread::Builder::new().spawn(each).map(drop)
}

/// Windows has Ctrl-C alone.
#[cfg(windows)]
pub(super) fn on_each(handle: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || handle(Signal::Interrupt)).map_err(io::Error::other)
}
