//! The binary under test, and the harness that starts and reads it.

pub(crate) use stepup_harness::{Outcome, Run, Running, plain};

/// The binary under test.
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_stepup");

/// The built-in person as a `--browser` command line.
pub(crate) fn person(factor: &str) -> String {
    stepup_harness::person(BIN, factor)
}
