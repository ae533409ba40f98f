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
    console()?.read_console_input().map(drop)
}

/// The console at stdin. Terminals that are none, such as Git Bash's, look like one and have no keys that could be read:
/// they are [`io::ErrorKind::Unsupported`].
#[cfg(windows)]
pub(super) fn console() -> io::Result<crossterm_winapi::Console> {
    use crossterm_winapi::{ConsoleMode, Handle};
    let stdin = Handle::input_handle()?;
    let mode = ConsoleMode::from(stdin.clone()).mode();
    mode.map_err(|_| io::ErrorKind::Unsupported)?;
    Ok(stdin.into())
}
