//! Settings of the configuration file as defaults of flags: what is typed goes first, then the flag's variable, then
//! the file.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use crate::config::{Config, FLAG_KEYS, FlagDefaults};
use crate::environment;

/// Three ways to get to a browser; to name one is to refuse the others.
const BROWSERS: [&str; 3] = ["browser", "no_browser", "remote"];

/// What the file says for the flags of this command line.
pub(super) fn of(typed: &ArgMatches) -> FlagDefaults {
    let config = typed.get_one::<PathBuf>("config");
    let profile = typed.get_one::<String>("profile");
    defaults(config.map(PathBuf::as_path), profile.map(String::as_str))
}

/// What the file says for flags. A file that cannot be read says nothing: the command itself reads it, and says what
/// is wrong.
pub(super) fn defaults(config: Option<&Path>, profile: Option<&str>) -> FlagDefaults {
    if !Config::mentions(config, &FLAG_KEYS) {
        return FlagDefaults::new();
    }
    let config = Config::load(config);
    config.map_or_else(
        |_| FlagDefaults::new(),
        |config| config.flag_defaults(profile),
    )
}

/// The definition for these words: a way to a browser that is typed replaces the variables of all three.
pub(super) fn as_typed(command: Command, words: &[OsString]) -> Command {
    let variables = ["STEPUP_BROWSER", "STEPUP_NO_BROWSER", "STEPUP_REMOTE"];
    if !variables
        .into_iter()
        .any(|name| environment::variable(name).is_some())
    {
        return command;
    }
    let without = without_browsers(command.clone());
    match without.clone().try_get_matches_from(words) {
        Ok(typed) if names_a_browser(&typed) => without,
        _ => command,
    }
}

/// Reads these words with these defaults.
pub(super) fn matches(
    command: Command,
    defaults: &FlagDefaults,
    words: &[OsString],
) -> Result<ArgMatches, clap::Error> {
    let typed = command.clone().try_get_matches_from(words)?;
    let mut defaults = defaults.clone();
    if names_a_browser(&typed) {
        defaults.retain(|name, _| !BROWSERS.contains(name));
    }
    with(command, &defaults).try_get_matches_from(words)
}

fn with(command: Command, defaults: &FlagDefaults) -> Command {
    let command = command.mut_args(|arg| match defaults.get(arg.get_id().as_str()) {
        // clap wants it for as long as the program runs, and a command line is read once.
        Some(value) => arg.default_value(&*value.clone().leak()),
        None => arg,
    });
    command.mut_subcommands(|subcommand| with(subcommand, defaults))
}

/// The definition in which no variable says how to get to a browser.
fn without_browsers(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        if BROWSERS.contains(&arg.get_id().as_str()) {
            arg.env(None::<&'static str>)
        } else {
            arg
        }
    });
    command.mut_subcommands(without_browsers)
}

fn names_a_browser(given: &ArgMatches) -> bool {
    BROWSERS.into_iter().any(|name| is_given(given, name))
}

/// Whether a flag was typed, or set by its variable, in this command or the one below it.
fn is_given(matches: &ArgMatches, name: &str) -> bool {
    let here = matches.try_contains_id(name).is_ok()
        && matches!(
            matches.value_source(name),
            Some(ValueSource::CommandLine | ValueSource::EnvVariable)
        );
    let below = matches.subcommand();
    here || below.is_some_and(|(_, matches)| is_given(matches, name))
}
