//! Bytes of somebody else on stdout: as they are for a program, made harmless for a terminal.

use std::io::{self, IsTerminal, Write};

use super::Terminal;
use crate::adapters::sanitize::sanitize;

impl Terminal {
    /// Writes what came from outside. A terminal gets text only, and none that could drive it.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if !out.is_terminal() {
            out.write_all(bytes)?;
            return out.flush();
        }
        let text = std::str::from_utf8(bytes).map_err(|_| {
            io::Error::other("it is not text, and stdout is a terminal; redirect it into a file")
        })?;
        for line in text.lines() {
            writeln!(out, "{}", sanitize(line))?;
        }
        out.flush()
    }
}
