//! Switches: each makes the sandbox misbehave, or answer one of the documented unknowns, in exactly one
//! way (`--set NAME=VALUE`). Without switches the sandbox is honest.
//!
//! Wrong values follow the conformance suite of OIDC where it defines them (`tests/conformance.md`).

mod set;

pub(crate) use set::Switches;

/// The table of all switches, as `--help` shows it: `NAME=VALUES` in a line, and what it changes in the next.
pub const SWITCH_HELP: &str = include_str!("switches.txt");

/// What a switch accepts after the `=`.
const NUMBER: &str = "a whole number";
const TEXT: &str = "TEXT";

/// Name, what it takes, and what it changes, of every switch.
fn table() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut lines = SWITCH_HELP.lines();
    std::iter::from_fn(move || {
        let (name, takes) = lines.next()?.split_once('=')?;
        Some((name, takes, lines.next()?.trim_start()))
    })
}

/// Every switch as it is typed, with what it changes; `NAME=` where anything may follow.
pub fn switches() -> Vec<(String, &'static str)> {
    let typed = |(name, takes, about): (_, &'static str, _)| {
        let words = match takes {
            NUMBER | TEXT => "",
            words => words,
        };
        let words = words.split('|');
        words.map(move |word| (format!("{name}={word}"), about))
    };
    table().flat_map(typed).collect()
}
