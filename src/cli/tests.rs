//! The command line and its help texts as a whole.

// The guides name `demo` and `sandbox`.
#[cfg(feature = "sandbox")]
mod named_commands;

use super::*;

#[test]
fn the_command_line_is_sound() {
    Cli::command().debug_assert();
}

/// Paragraphs are broken by the terminal's width, and examples fit in 80 columns.
#[test]
fn what_is_said_after_the_flags_fits_everywhere() {
    fn check(command: &clap::Command) {
        let after = command.get_after_help().map(ToString::to_string);
        let after = after.unwrap_or_default();
        let lines: Vec<&str> = after.lines().collect();
        let set = |line: &str| line.starts_with("  ");
        for line in &lines {
            let fits = !set(line) || line.chars().count() < 78;
            assert!(fits, "{}: {line}", command.get_name());
        }
        for two in lines.windows(2).filter(|two| !two.contains(&"")) {
            assert!(set(two[1]), "{} breaks: {two:?}", command.get_name());
        }
        command.get_subcommands().for_each(check);
    }
    check(&Cli::command());
}
