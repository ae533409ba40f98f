//! The environment, read here and by clap's `STEPUP_*` variables, nowhere else.

/// Holds an API credential for one run.
pub const TOKEN: &str = "STEPUP_API_TOKEN";

/// Whether a variable is set and says nothing.
pub fn is_empty(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value.is_empty())
}

/// A variable that is set and not empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
