//! A command line that could not be read, in the words and the form of every other error.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error as ParseError, ErrorKind};

use super::first_guesses::command_of;
use crate::adapters::sanitize::short;
use crate::error::Error;

/// What is wrong with a command line, and the usage of its command.
pub(crate) struct Mistake {
    pub(crate) error: Error,
    pub(crate) usage: Option<String>,
}

impl Mistake {
    /// What the parser found, on this command line, by this definition.
    pub(super) fn of(found: &ParseError, words: &[OsString], definition: &Command) -> Self {
        let words = words.iter().skip(1).filter_map(|word| word.to_str());
        let (path, _) = command_of(words, definition);
        let sentence = if takes_a_secret(&path) && is_loose(found) {
            // It may be the secret, in the wrong place.
            "unexpected argument".to_owned()
        } else {
            sentence(found).unwrap_or_else(|| as_the_parser_says(found))
        };
        let hints = hints(found);
        let error = hints.into_iter().fold(Error::usage(sentence), Error::hint);
        let error = if error.hints().is_empty() {
            error.hint(help_about(&path))
        } else {
            error
        };
        let usage = texts(found, ContextKind::Usage).pop();
        Self { error, usage }
    }
}

/// Whether a secret is handed to this command, so that a word too many may be one.
fn takes_a_secret(path: &[&str]) -> bool {
    matches!(path.last(), Some(&("login" | "set-secret")))
}

/// Whether a word that is no flag stands where none is taken.
fn is_loose(found: &ParseError) -> bool {
    let word = texts(found, ContextKind::InvalidArg).pop();
    found.kind() == ErrorKind::UnknownArgument && word.is_some_and(|word| !word.starts_with('-'))
}

/// The help to read about a command line that could not be read.
fn help_about(path: &[&str]) -> String {
    format!("see `{} --help`", [&["stepup"], path].concat().join(" "))
}

fn sentence(found: &ParseError) -> Option<String> {
    let wrong = |kind| texts(found, kind).pop();
    Some(match found.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "unknown command `{}`",
                short(&wrong(ContextKind::InvalidSubcommand)?)
            )
        }
        ErrorKind::UnknownArgument => {
            let word = wrong(ContextKind::InvalidArg)?;
            let what = if word.starts_with('-') {
                "unknown flag"
            } else {
                "unexpected argument"
            };
            format!("{what} `{}`", short(&word))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let what = name(&wrong(ContextKind::InvalidArg)?);
            let value = wrong(ContextKind::InvalidValue)?;
            if value.is_empty() {
                return Some(format!("`{what}` needs a value"));
            }
            let why = std::error::Error::source(found).map(|why| format!(": {why}"));
            format!(
                "`{what}` cannot be `{}`{}",
                short(&value),
                why.unwrap_or_default()
            )
        }
        ErrorKind::TooManyValues => {
            let what = name(&wrong(ContextKind::InvalidArg)?);
            // Not which: it may be a secret behind `--token-stdin`.
            format!("`{what}` takes no value")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(found, ContextKind::InvalidArg);
            let missing: Vec<String> = missing
                .iter()
                .map(|arg| format!("`{}`", name(arg)))
                .collect();
            format!("missing: {}", missing.join(", "))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "no command given".to_owned(),
        ErrorKind::MissingSubcommand => {
            let command = wrong(ContextKind::InvalidSubcommand)?;
            let below = texts(found, ContextKind::ValidSubcommand).join(", ");
            format!("`{command}` needs one of its commands: {below}")
        }
        ErrorKind::ArgumentConflict => {
            let one = name(&wrong(ContextKind::InvalidArg)?);
            let others = texts(found, ContextKind::PriorArg);
            let others: Vec<String> = others.iter().map(|arg| name(arg)).collect();
            if others.is_empty() || others == [one.as_str()] {
                format!("`{one}` cannot be given twice")
            } else {
                format!("`{one}` cannot be used with `{}`", others.join("`, `"))
            }
        }
        _ => return None,
    })
}

/// What an argument is called in a sentence: a flag without its value, and what stands in its place without brackets.
fn name(arg: &str) -> String {
    let flag = arg
        .strip_prefix('-')
        .and_then(|_| arg.split([' ', '=', '[']).next());
    let place = || {
        arg.trim_end_matches("...")
            .trim_matches(['<', '>', '[', ']'])
    };
    flag.unwrap_or_else(place).to_owned()
}

/// The parser's own sentence, without what stands around it.
fn as_the_parser_says(found: &ParseError) -> String {
    let text = found.render().to_string();
    let sentence = text.split("\n\n").next().unwrap_or_default();
    sentence
        .trim_start_matches("error: ")
        .replace(":\n  ", ": ")
        .replace("\n  ", ", ")
}

/// What was meant, where that can be guessed, or what can be typed.
fn hints(found: &ParseError) -> Vec<String> {
    let meant = |kind| {
        texts(found, kind)
            .into_iter()
            .map(|near| format!("did you mean `{near}`?"))
    };
    let mut hints = texts(found, ContextKind::Suggested);
    hints.extend(meant(ContextKind::SuggestedArg));
    hints.extend(meant(ContextKind::SuggestedValue));
    let values = texts(found, ContextKind::ValidValue);
    if !values.is_empty() {
        hints.push(format!("possible values: {}", values.join(", ")));
    }
    hints
}

fn texts(found: &ParseError, kind: ContextKind) -> Vec<String> {
    match found.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
