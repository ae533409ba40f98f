//! What was typed before it was asked for: a `y` from before the question is no answer to it.

use std::io;

/// Throws away what waits to be read from the terminal at stdin. Nothing of it is in a buffer of ours: a terminal
/// hands out one line at a time, or single keys, and both are read to their end.
#[cfg(unix)]
pub(super) fn discard() -> io::Result<()> {
    use rustix::termios::{QueueSelector, tcflush};
    Ok(tcflush(io::stdin(), QueueSelector::IFlush)?)
}

/// The console's events, read without waiting until there are none.
#[cfg(windows)]
pub(super) fn discard() -> io::Result<()> {
    use crossterm_winapi::{Console, Handle};
    Console::from(Handle::current_in_handle()?)
        .read_console_input()
        .map(drop)
}

/// No way is known here: what was typed early counts.
#[cfg(not(any(unix, windows)))]
pub(super) fn discard() -> io::Result<()> {
    Ok(())
}
