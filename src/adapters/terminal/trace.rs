//! Our own events on stderr (`-v`), whose text may quote somebody else's.

use std::io::{self, Write};

use crate::adapters::sanitize::shown;

/// stderr for `tracing`, which writes one whole event at a time. Nothing in an event drives the terminal.
#[derive(Debug)]
pub(crate) struct TraceWriter;

impl Write for TraceWriter {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        // Nobody listens: there is nobody to tell, and `tracing` would panic in its attempt to.
        let _ = io::stderr().write_all(shown(&text).as_bytes());
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
