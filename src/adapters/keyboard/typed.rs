//! What somebody typed.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// One of the keys that are listened for, in lower case; only ever from a terminal.
    Key(char),
    /// A whole line, pasted: an address, or what begins like one. From a pipe, any line.
    Line(String),
    /// A letter that means nothing here, or more of them; once for a line, and only ever from a terminal.
    Stray,
    /// A line with nothing in it; only ever from a terminal, and not the Enter behind a key.
    Empty,
    /// Ctrl-\, which is taken for Ctrl-C: its own signal would leave the terminal as it is.
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "a Windows console has no such key")
    )]
    Interrupt,
    /// The terminal is ours again, after the command was stopped and continued.
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "a Windows console stops nobody")
    )]
    Back,
}
