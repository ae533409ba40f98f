//! What people type first where the command is called something else: it is not done, and the right command is named.

use std::ffi::OsString;

use clap::error::ErrorKind;

use super::task_id::task_id;

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
///
/// `kind` is what is wrong with it.
pub(crate) fn meant(kind: ErrorKind, words: &[OsString]) -> Option<String> {
    let words = words.iter().skip(1).filter_map(|word| word.to_str());
    let (flags, words): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with('-'));
    match (kind, words.as_slice()) {
        (ErrorKind::InvalidSubcommand, [task, ..]) if task_id(task).is_ok() => {
            Some(format!("approve {task}"))
        }
        (ErrorKind::InvalidSubcommand, words) => {
            let guessed = GUESSES.iter().find(|(guess, _)| words.starts_with(guess));
            guessed.map(|(_, meant)| (*meant).to_owned())
        }
        (ErrorKind::UnknownArgument, ["provider", "add", ..])
            if flags.iter().any(|flag| flag.starts_with("--preset")) =>
        {
            Some("provider add PRESET --name NAME".to_owned())
        }
        // Neither value is repeated: there may be a secret in it.
        (ErrorKind::MissingRequiredArgument, ["request", url, ..]) if url.contains("://") => {
            Some("request GET URL".to_owned())
        }
        (ErrorKind::MissingRequiredArgument, ["config", "set", pair]) if pair.contains('=') => {
            Some("config set SETTING VALUE".to_owned())
        }
        _ => None,
    }
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
        let unknown = ErrorKind::InvalidSubcommand;
        assert_eq!(meant(unknown, &words).as_deref(), Some("approve"));
        assert_eq!(meant(ErrorKind::UnknownArgument, &words), None);
        let words = ["stepup", "nonsense"].map(OsString::from);
        assert_eq!(meant(unknown, &words), None);
    }
}
