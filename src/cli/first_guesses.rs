//! What people type first where the command is called something else: it is not done, and the right command is named.

use std::ffi::OsString;

/// Words that are no command, and the command that was meant.
const GUESSES: &[(&[&str], &str)] = &[
    (&["accept"], "approve"),
    (&["auth", "login"], "login"),
    (&["auth", "logout"], "logout"),
    (&["auth", "status"], "whoami"),
    (&["auth"], "login"),
    (&["configure"], "config set api_url URL"),
    (&["escalate"], "task escalate"),
    (&["init"], "login"),
    (&["inbox"], "task list"),
    (&["list"], "task list"),
    (&["ls"], "task list"),
    (&["me"], "whoami"),
    (&["pending"], "task list"),
    (&["reassign"], "task reassign"),
    (&["receipts"], "receipt list"),
    (&["setup"], "login"),
    (&["show"], "task show"),
    (&["status"], "whoami"),
    (&["task", "approve"], "approve"),
    (&["task", "comment"], "comment"),
    (&["task", "deny"], "deny"),
    (&["task", "reject"], "deny"),
    (&["tasks"], "task list"),
    (&["verify"], "receipt verify"),
    (&["version"], "--version"),
    (&["watch"], "task watch"),
];

/// The command that was meant by this command line, the program's name first, if it can be guessed.
pub(crate) fn meant(words: &[OsString]) -> Option<&'static str> {
    let words: Vec<&str> = words
        .iter()
        .skip(1)
        .filter_map(|word| word.to_str())
        .filter(|word| !word.starts_with('-'))
        .collect();
    let guessed = GUESSES.iter().find(|(guess, _)| words.starts_with(guess));
    guessed.map(|(_, meant)| *meant)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn no_guess_is_a_command_and_what_is_meant_is_one() {
        for (guess, meant) in GUESSES {
            let known = |words: &[&str]| {
                let root = Cli::command();
                let (mut command, mut found) = (&root, 0);
                for word in words {
                    match command.find_subcommand(word) {
                        Some(next) => command = next,
                        None => break,
                    }
                    found += 1;
                }
                found
            };
            assert!(known(guess) < guess.len(), "{guess:?} is a command");
            let meant: Vec<&str> = meant.split(' ').collect();
            assert!(known(&meant) > 0 || meant == ["--version"], "{meant:?}");
        }
    }

    #[test]
    fn flags_do_not_stand_in_the_way() {
        let words = ["stepup", "--json", "task", "approve", "4211"].map(OsString::from);
        assert_eq!(meant(&words), Some("approve"));
        let words = ["stepup", "nonsense"].map(OsString::from);
        assert_eq!(meant(&words), None);
    }
}
