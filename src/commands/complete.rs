//! `stepup __complete`: what a shell offers at Tab, asked for by the scripts in `completions/`. It reads the configuration
//! and what is remembered of tasks and receipts; never the keyring, never the network.
//!
//! The walk through the command line is `clap_complete`'s. What starts it is a hidden word and not its variable: no variable
//! may turn an `approve` into something that ends with code 0 and has approved nothing.

mod values;

use std::ffi::OsString;
use std::io::Write;

use clap::{Command, CommandFactory};
use clap_complete::engine::{CompletionCandidate, complete};

use crate::adapters::sanitize::sanitize;
use crate::cli::{Cli, takes_the_next};
use values::{FILES, with_values};

/// The word that asks for candidates.
pub(crate) const WORD: &str = "__complete";

/// Longest description, characters.
const LONGEST: usize = 72;

/// Prints the candidates for what was typed: `bash LINE`, or `SHELL INDEX WORD...`, where the word with this index is
/// being typed. Where nothing can be offered nothing is said: the person is in the middle of a line.
pub(crate) fn run(asked: &[OsString]) {
    let Some(words) = words(asked) else {
        return;
    };
    let lines = candidates(words);
    // The shell may have gone away.
    let _ = std::io::stdout().write_all(lines.as_bytes());
}

/// What was typed; the last word is the one that is being typed.
fn words(asked: &[OsString]) -> Option<Vec<OsString>> {
    let (shell, rest) = asked.split_first()?;
    let (first, rest) = rest.split_first()?;
    if shell == "bash" {
        return Some(split(&first.to_string_lossy()));
    }
    let index: usize = first.to_str()?.parse().ok()?;
    // Some shells leave out an empty word at the end.
    let empty = std::iter::repeat(OsString::new());
    Some(rest.iter().cloned().chain(empty).take(index + 1).collect())
}

/// Candidates, one a line, each with a tab and what it is.
fn candidates(mut words: Vec<OsString>) -> String {
    // At one dash the short flags would take the place of the long ones, which say what they are.
    if let Some(typed) = words.last_mut().filter(|typed| *typed == "-") {
        *typed = "--".into();
    }
    let Some((typed, before)) = words.split_last() else {
        return String::new();
    };
    let typed = typed.to_string_lossy().into_owned();
    let mut command = with_values(Cli::command(), before);
    let index = words.len() - 1;
    take_values_away(&mut words, &command);
    let Ok(found) = complete(&mut command, words, index, None) else {
        return String::new();
    };
    let value = |one: &CompletionCandidate| one.get_value().to_string_lossy().into_owned();
    if found.iter().any(|one| value(one).ends_with(FILES)) {
        return format!("{FILES}\n");
    }
    let is_flag = |one: &&CompletionCandidate| value(one).starts_with('-');
    // Short flags say nothing by themselves, and a flag is in the way of values until it is begun.
    let is_short = |one: &CompletionCandidate| value(one).len() == 2 && value(one).starts_with('-');
    let wanted = |one: &&CompletionCandidate| {
        let in_the_way = !typed.starts_with('-') && !found.iter().all(|one| is_flag(&one));
        !(is_short(one) || in_the_way && is_flag(one))
    };
    found.iter().filter(wanted).map(line).collect()
}

/// Takes away the values of flags, which are read already: the engine takes any word that is the name of a command for
/// that command, a profile's name after `-p` among them.
fn take_values_away(words: &mut [OsString], root: &Command) {
    let mut command = root;
    let mut is_value = false;
    let last = words.len().saturating_sub(1);
    for word in words.iter_mut().take(last).skip(1) {
        if std::mem::take(&mut is_value) {
            word.clear();
            continue;
        }
        let text = word.to_string_lossy();
        is_value = takes_the_next(&text, root) || takes_the_next(&text, command);
        if let Some(next) = command.find_subcommand(word) {
            command = next;
        }
    }
}

fn line(candidate: &CompletionCandidate) -> String {
    let value = sanitize(&candidate.get_value().to_string_lossy());
    let help = candidate.get_help().map(ToString::to_string);
    let help = help.unwrap_or_default();
    let help = shortened(&sanitize(help.lines().next().unwrap_or_default()));
    match help.as_str() {
        "" => format!("{value}\n"),
        help => format!("{value}\t{help}\n"),
    }
}

/// A description, in a line of the list that the shell shows.
fn shortened(help: &str) -> String {
    let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", words.split_at(at).0.trim_end()),
        None => words,
    }
}

/// The words of a line as bash would read it. It is not finished, so that a quote may be open.
fn split(line: &str) -> Vec<OsString> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut characters = line.trim_start().chars();
    let push = |words: &mut Vec<String>, c| words.last_mut().map(|word| word.push(c));
    while let Some(c) = characters.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => {
                if let Some(c) = characters.next() {
                    push(&mut words, c);
                }
            }
            (None, c) if c.is_whitespace() => {
                if words.last().is_some_and(|word| !word.is_empty()) {
                    words.push(String::new());
                }
            }
            (_, c) => {
                push(&mut words, c);
            }
        }
    }
    words.into_iter().map(OsString::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(line: &str) -> Vec<String> {
        let words = words(&["bash".into(), line.into()]).unwrap();
        candidates(words).lines().map(str::to_owned).collect()
    }

    fn values(line: &str) -> Vec<String> {
        let lines = offered(line).into_iter();
        lines
            .map(|line| line.split('\t').next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn a_line_is_read_as_far_as_it_is_typed() {
        for (line, expected) in [
            ("stepup ", vec!["stepup", ""]),
            ("stepup  app", vec!["stepup", "app"]),
            (
                "stepup a -m \"on call\" 4",
                vec!["stepup", "a", "-m", "on call", "4"],
            ),
            ("stepup a -m 'it", vec!["stepup", "a", "-m", "it"]),
            ("stepup a\\ b", vec!["stepup", "a b"]),
        ] {
            assert_eq!(split(line), expected, "{line}");
        }
    }

    #[test]
    fn a_shell_that_drops_the_empty_word_is_understood() {
        let words = |asked: &[&str]| {
            let asked: Vec<OsString> = asked.iter().map(OsString::from).collect();
            words(&asked)
        };
        let expected = ["stepup", "approve", ""].map(OsString::from).to_vec();
        assert_eq!(
            words(&["fish", "2", "stepup", "approve"]),
            Some(expected.clone())
        );
        assert_eq!(
            words(&["zsh", "2", "stepup", "approve", ""]),
            Some(expected)
        );
        for wrong in [vec![], vec!["zsh"], vec!["zsh", "x"], vec!["bash"]] {
            assert_eq!(words(&wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn commands_flags_and_their_values_are_offered_with_what_they_are() {
        let approve = offered("stepup app");
        assert_eq!(approve.len(), 1, "{approve:?}");
        assert!(approve[0].starts_with("approve\tApprove "), "{approve:?}");
        assert_eq!(values("stepup approve --cer"), ["--ceremony"]);
        assert_eq!(values("stepup approve --ceremony=lo"), ["--ceremony=local"]);
        assert_eq!(values("stepup --color "), ["auto", "always", "never"]);
        assert_eq!(values("stepup completions f"), ["fish"]);
    }

    #[test]
    fn flags_come_when_they_are_begun_or_nothing_else_is_there() {
        let all = values("stepup ");
        assert!(all.contains(&"approve".to_owned()), "{all:?}");
        assert!(all.iter().all(|value| !value.starts_with('-')), "{all:?}");
        let flags = values("stepup whoami ");
        assert!(flags.contains(&"--profile".to_owned()), "{flags:?}");
        let flags = values("stepup approve -");
        assert!(flags.contains(&"--yes".to_owned()), "{flags:?}");
        assert!(flags.iter().all(|flag| flag.starts_with("--")), "{flags:?}");
    }

    #[test]
    fn the_value_of_a_flag_is_no_command() {
        for flag in ["-p", "--profile"] {
            let tasks = values(&format!("stepup {flag} task "));
            assert!(tasks.contains(&"approve".to_owned()), "{flag}: {tasks:?}");
            assert_eq!(values(&format!("stepup {flag} task task sh")), ["show"]);
        }
        assert_eq!(values("stepup approve -m help --cer"), ["--ceremony"]);
    }

    #[test]
    fn what_is_hidden_stays_hidden() {
        assert!(!values("stepup provider presets okta --").contains(&"--page".to_owned()));
        assert!(!values("stepup ").iter().any(|word| word.starts_with("__")));
    }

    #[test]
    fn names_that_are_known_without_a_configuration_are_offered() {
        assert_eq!(
            values("stepup provider add ent"),
            ["entra-oidc", "entra-acrs"]
        );
        assert!(!values("stepup provider add ").contains(&"google".to_owned()));
        assert!(values("stepup config set cer").contains(&"ceremony".to_owned()));
        assert_eq!(values("stepup config set ceremony h"), ["hosted"]);
        assert_eq!(values("stepup config set output j"), ["json"]);
        assert_eq!(values("stepup help env"), ["environment"]);
        assert!(values("stepup help ").contains(&"approve".to_owned()));
        assert_eq!(values("stepup help task sh"), ["show"]);
        assert_eq!(values("stepup man ta"), ["task"]);
        assert_eq!(values("stepup man task li"), ["list"]);
        assert_eq!(values("stepup man conf"), ["config", "config.5"]);
        assert_eq!(values("stepup man env"), ["environment"]);
        assert!(!values("stepup man task ").contains(&"environment".to_owned()));
        assert_eq!(values("stepup --config "), [FILES]);
        assert_eq!(values("stepup --config=x"), [FILES]);
        #[cfg(feature = "sandbox")]
        {
            assert_eq!(values("stepup sandbox --set acr=low"), ["acr=lower"]);
            assert!(values("stepup sandbox --set us").contains(&"userinfo=html".to_owned()));
        }
    }
}
