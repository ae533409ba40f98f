//! The command line and its help texts as a whole.

// The guides name `demo` and `sandbox`.
#[cfg(feature = "sandbox")]
mod named_commands;

use super::*;

#[test]
fn the_command_line_is_sound() {
    Cli::command().debug_assert();
}

/// A line that cannot be broken is broken by the terminal, in the middle of a word.
#[test]
fn every_help_fits_in_80_columns() {
    fn check(command: &mut clap::Command) {
        for help in [command.render_help(), command.render_long_help()] {
            for line in help.to_string().lines() {
                let columns = line.chars().count();
                assert!(columns <= 80, "{}: {line}", command.get_name());
            }
        }
        command.get_subcommands_mut().for_each(check);
    }
    let mut command = Cli::command().term_width(80);
    command.build();
    check(&mut command);
}

/// clap indents the second line of a value by less than the first.
#[cfg(feature = "sandbox")]
#[test]
fn each_personality_is_one_line_of_the_help() {
    let mut command = Cli::command().term_width(80);
    let sandbox = command.find_subcommand_mut("sandbox").unwrap();
    let help = sandbox.render_long_help().to_string();
    let stands = |line: &str| line.starts_with("          - ") || !line.starts_with("            ");
    let broken = help.lines().find(|line| !stands(line));
    assert_eq!(broken, None);
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
