//! What people type first where the command is called something else: it is not done, and the right command is named.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::task_id;
use crate::domain::nearest::nearest;
use crate::domain::unseen::is_unseen;

/// Words that are no command, and the command that was meant.
const GUESSES: &[(&[&str], &str)] = &[
    (&["accept"], "approve"),
    (&["auth", "login"], "login"),
    (&["auth", "logout"], "logout"),
    (&["auth", "status"], "whoami"),
    (&["auth"], "login"),
    (&["config", "edit"], "config set SETTING VALUE"),
    (&["config", "show"], "config list"),
    (&["configure"], "config set api_url URL"),
    (&["escalate"], "task escalate"),
    (&["init"], "login"),
    (&["inbox"], "task list"),
    (&["list"], "task list"),
    (&["ls"], "task list"),
    (&["me"], "whoami"),
    (&["pending"], "task list"),
    (&["reassign"], "task reassign"),
    (&["profile", "use"], "config set default_profile NAME"),
    (&["profile"], "config list"),
    (&["profiles"], "config list"),
    (&["receipts"], "receipt list"),
    (&["setup"], "login"),
    (&["show"], "task show"),
    (&["status"], "whoami"),
    (&["task", "approve"], "approve"),
    (&["task", "comment"], "comment"),
    (&["task", "deny"], "deny"),
    (&["task", "reject"], "deny"),
    (&["tasks"], "task list"),
    (&["test"], "provider test"),
    (&["verify"], "receipt verify"),
    (&["version"], "--version"),
    (&["watch"], "task watch"),
];

/// Words after a command that it does not take, and what takes them. Their values are not repeated: there may be a
/// secret among them.
const ELSEWHERE: &[(&[&str], &str)] = &[
    (&["comment"], "comment TASK \"TEXT\""),
    (&["demo"], "demo --task TASK"),
    (&["deny"], "deny TASK --comment \"TEXT\""),
    (
        &["login"],
        "login TENANT --client-id ID --client-secret-stdin < FILE",
    ),
    (&["logout"], "logout --profile NAME"),
    (&["policy", "list"], "policy show POLICY"),
    (&["provider", "list"], "provider show NAME"),
    (
        &["provider", "remote", "list"],
        "provider remote show PROVIDER",
    ),
    (&["receipt", "list"], "receipt show N"),
    (&["task", "list"], "task list --query WORDS"),
    (&["whoami"], "whoami --profile NAME"),
];

/// Flags that a command does not have, and what is typed instead.
const FLAGS: &[(&[&str], &str, &str)] = &[
    (
        &["login"],
        "--api-key",
        "TENANT --client-id ID --client-secret-stdin < FILE",
    ),
    (&["login"], "--token", "TENANT --token-stdin < FILE"),
    (&["provider", "add"], "--preset", "PRESET --name NAME"),
];

/// Words that stand for every task, which no flag does: each approval is a decision.
const EVERY_TASK: [&str; 5] = ["all", "everything", "any", "*", "--all"];

/// The error of a command line, the program's name first, with the way on where it can be guessed, and the usage of the
/// whole command: clap's own has the flags that were given, as if they had to be. `can_be_run` says whether a command line
/// is one.
pub(super) fn explained(
    mut error: Error,
    words: &[OsString],
    mut definition: Command,
    can_be_run: fn(&[OsString]) -> bool,
) -> Error {
    if !error.use_stderr() {
        return error;
    }
    definition.build();
    let line = Line::read(words, &error, &definition, can_be_run);
    // clap finds more alike than is, and has the nearest last.
    error.remove(ContextKind::SuggestedSubcommand);
    let mut tips = Vec::new();
    if let Some(tip) = line.tip(&error) {
        error.remove(ContextKind::SuggestedArg);
        tips.push(tip.into());
    }
    if let Some(ContextValue::StyledStrs(others)) = error.remove(ContextKind::Suggested) {
        // How a flag would be passed as a value, which nothing here takes, is no way on.
        let others = others.into_iter();
        tips.extend(others.filter(|tip| !tip.to_string().starts_with("to pass ")));
    }
    if !tips.is_empty() {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
    let kinds = [ErrorKind::ArgumentConflict, ErrorKind::UnknownArgument];
    if kinds.contains(&error.kind()) {
        let usage = line.command.clone().render_usage();
        error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
    }
    error
}

/// The command that these words begin with: its name, of several words perhaps, and what it is.
pub(crate) fn command_of<'a>(
    words: impl Iterator<Item = &'a str>,
    root: &Command,
) -> (Vec<&'a str>, &Command) {
    let (mut path, mut command) = (Vec::new(), root);
    let mut is_value = false;
    for word in words {
        if std::mem::take(&mut is_value) {
            continue;
        }
        is_value = takes_the_next(word, root);
        if let Some(next) = command.find_subcommand(word) {
            path.push(word);
            command = next;
        }
    }
    (path, command)
}

/// Whether a word is a flag of this command whose value is the word after it.
pub(crate) fn takes_the_next(word: &str, command: &Command) -> bool {
    let long = word.strip_prefix("--");
    let short = word.strip_prefix('-').filter(|rest| rest.len() == 1);
    let short = short.and_then(|rest| rest.chars().next());
    let mut flags = command.get_arguments();
    flags.any(|arg| {
        let is_it =
            long.is_some() && arg.get_long() == long || short.is_some() && arg.get_short() == short;
        is_it && arg.get_action().takes_values()
    })
}

/// A command line that cannot be run.
struct Line<'a> {
    /// The command, as far as there is one.
    path: Vec<&'a str>,
    command: &'a Command,
    root: &'a Command,
    can_be_run: fn(&[OsString]) -> bool,
    /// All words that were typed, without `help`.
    words: Vec<&'a str>,
    /// What is typed before a command to be told about it: nothing, or `help `.
    before: &'static str,
    /// What is wrong: a word, a flag, or a value.
    wrong: String,
    /// The words after it, or after the command where nothing is wrong but missing; without flags.
    after: Vec<&'a str>,
}

impl<'a> Line<'a> {
    fn read(
        words: &'a [OsString],
        error: &Error,
        definition: &'a Command,
        can_be_run: fn(&[OsString]) -> bool,
    ) -> Self {
        let words = words.iter().skip(1).filter_map(|word| word.to_str());
        let mut words: Vec<&str> = words.collect();
        let first = words.iter().position(|word| !word.starts_with('-'));
        let help = first.filter(|at| words.get(*at) == Some(&"help"));
        if let Some(at) = help {
            words.remove(at);
        }
        let wrong = [
            ContextKind::InvalidSubcommand,
            ContextKind::InvalidValue,
            ContextKind::InvalidArg,
        ];
        let wrong = wrong.iter().find_map(|kind| match error.get(*kind)? {
            ContextValue::String(text) => Some(text.clone()),
            _ => None,
        });
        let wrong = wrong.unwrap_or_default();
        // clap names the first letter of several: of `-4211` it is `-4`.
        let is_it = |word: &str| word == wrong || is_short(&wrong) && word.starts_with(&wrong);
        let at = words.iter().position(|word| is_it(word));
        let wrong = at
            .and_then(|at| words.get(at))
            .map_or(wrong.clone(), |word| (*word).to_owned());
        let (known, rest) = words.split_at(at.unwrap_or(words.len()));
        let (path, command) = command_of(known.iter().copied(), definition);
        let after: Vec<&str> = match at {
            Some(_) => rest.iter().skip(1).copied().collect(),
            None => known
                .iter()
                .copied()
                .filter(|word| !path.contains(word))
                .collect(),
        };
        Self {
            path,
            command,
            root: definition,
            can_be_run,
            before: if help.is_some() { "help " } else { "" },
            wrong,
            after: after
                .into_iter()
                .filter(|word| !word.starts_with('-'))
                .collect(),
            words,
        }
    }

    fn tip(&self, error: &Error) -> Option<String> {
        let is = |command: String| format!("the command is `stepup {command}`");
        match error.kind() {
            ErrorKind::InvalidSubcommand => self.command_meant(),
            ErrorKind::UnknownArgument if self.wrong.starts_with('-') => self.flag_meant(),
            ErrorKind::UnknownArgument => self.elsewhere().map(is),
            ErrorKind::ValueValidation => self.value_meant(),
            ErrorKind::MissingRequiredArgument => self.form_meant(),
            _ => None,
        }
    }

    fn command_meant(&self) -> Option<String> {
        if self.before.is_empty()
            && let Some(command) = self.task_first().or_else(|| self.guessed())
        {
            return Some(format!("the command is `stepup {command}`"));
        }
        let visible = self.command.get_subcommands();
        let visible = visible.filter(|command| !command.is_hide_set());
        let topics = super::Topic::ALL.map(super::Topic::name);
        let topics = topics
            .iter()
            .copied()
            .filter(|_| !self.before.is_empty() && self.path.is_empty());
        let names = visible.map(Command::get_name).chain(topics);
        let near = nearest(&self.wrong, names)?;
        let words = [self.path.as_slice(), &[near]].concat().join(" ");
        Some(format!("did you mean `stepup {}{words}`?", self.before))
    }

    /// A task's number stands where a command has to.
    fn task_first(&self) -> Option<String> {
        let task = task_id::task_id(&self.wrong).ok()?;
        let of_task = |word: &&str| self.command.find_subcommand(word).is_some();
        match self.path.as_slice() {
            [] => Some(format!("approve {task}")),
            ["task"] => {
                let named = self.after.iter().copied().find(of_task);
                Some(format!("task {} {task}", named.unwrap_or("show")))
            }
            _ => None,
        }
    }

    fn guessed(&self) -> Option<String> {
        let words = [self.path.as_slice(), &[self.wrong.as_str()], &self.after].concat();
        let mut guesses = GUESSES.iter();
        let (guess, meant) = guesses.find(|(guess, _)| words.starts_with(guess))?;
        let whole = || self.with_the_rest(guess, meant);
        Some(whole().unwrap_or_else(|| (*meant).to_owned()))
    }

    /// The command that was meant with all else that was typed, if that can be run: with less it would do something else.
    /// Where there may be a secret among it, nothing is repeated.
    fn with_the_rest(&self, guess: &[&str], meant: &str) -> Option<String> {
        let meant = meant.strip_suffix(" NAME").unwrap_or(meant);
        if meant == "login" || meant.contains(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let first = guess.first();
        let mut guess = guess.iter().peekable();
        let (mut before, mut is_value) = (0, false);
        let mut rest = self.words.clone();
        rest.retain(|word| {
            let stays = std::mem::take(&mut is_value) || guess.next_if_eq(&word).is_none();
            is_value = stays && takes_the_next(word, self.root);
            before += usize::from(guess.peek() == first.as_ref());
            stays
        });
        // Flags that stood before the command go behind it.
        rest.rotate_left(before);
        // What cannot be shown as it was typed would be another thing to run.
        if rest.is_empty() || rest.iter().any(|word| word.contains(is_unseen)) {
            return None;
        }
        let words = ["stepup"].into_iter().chain(meant.split(' '));
        let words = words.chain(rest.iter().copied());
        let words: Vec<OsString> = words.map(OsString::from).collect();
        (self.can_be_run)(&words).then(|| format!("{meant} {}", shell_words::join(rest)))
    }

    fn flag_meant(&self) -> Option<String> {
        if self.path == ["approve"] && EVERY_TASK.contains(&self.wrong.as_str()) {
            return Some(choose());
        }
        let digits = self.wrong.trim_start_matches('-');
        if digits.parse::<u64>().is_ok() {
            let path = self.path.join(" ");
            return Some(format!("did you mean `stepup {path} {digits}`?"));
        }
        let mut flags = self.command.get_arguments();
        if self.wrong == "--force" && flags.any(|arg| arg.get_long() == Some("yes")) {
            return Some("did you mean `--yes`?".to_owned());
        }
        let mut known = FLAGS.iter();
        let known = known.find(|(path, flag, _)| self.path == *path && self.wrong == *flag);
        let meant = known.map(|(_, _, meant)| (*meant).to_owned());
        let meant = meant.or_else(|| self.flag_below());
        let words = [self.path.as_slice(), &[meant.as_deref()?]].concat();
        Some(format!("the command is `stepup {}`", words.join(" ")))
    }

    /// The flag of the one command below that has it.
    fn flag_below(&self) -> Option<String> {
        let flag = self.wrong.strip_prefix("--")?;
        let takes = |command: &&Command| {
            let mut flags = command.get_arguments();
            !command.is_hide_set() && flags.any(|arg| arg.get_long() == Some(flag))
        };
        let mut below = self.command.get_subcommands().filter(takes);
        let only = below.next().filter(|_| below.next().is_none())?;
        Some(format!("{} {}", only.get_name(), self.wrong))
    }

    fn elsewhere(&self) -> Option<String> {
        if matches!(self.path.as_slice(), ["task", "list" | "watch"])
            && let Ok(task) = task_id::task_id(&self.wrong)
        {
            return Some(format!("task show {task}"));
        }
        let known = ELSEWHERE.iter().find(|(path, _)| self.path == *path);
        known.map(|(_, meant)| (*meant).to_owned())
    }

    fn value_meant(&self) -> Option<String> {
        if self.path == ["receipt", "verify"] && self.wrong.contains(['.', '/', '\\']) {
            return Some("the command is `stepup receipt verify --file FILE`".to_owned());
        }
        let takes_tasks = self.command.get_positionals().any(|arg| {
            let id = arg.get_id();
            id == "task" || id == "tasks"
        });
        if !takes_tasks {
            return None;
        }
        if EVERY_TASK.contains(&self.wrong.to_ascii_lowercase().as_str()) {
            return Some(choose());
        }
        // The value of a flag may be one, and is wrong all the same.
        let task = task_id::meant(&self.wrong).filter(|task| *task != self.wrong)?;
        Some(format!("did you mean `{task}`?"))
    }

    /// Neither value is repeated: there may be a secret in it.
    fn form_meant(&self) -> Option<String> {
        let form = match (self.path.as_slice(), self.after.first()) {
            (["request"], Some(url)) if url.contains("://") => "request GET URL",
            (["config", "set"], Some(pair)) if pair.contains('=') => "config set SETTING VALUE",
            _ => return None,
        };
        Some(format!("the command is `stepup {form}`"))
    }
}

fn is_short(flag: &str) -> bool {
    flag.starts_with('-') && flag.len() == 2
}

fn choose() -> String {
    "name the tasks, or choose from a list: `stepup approve` on a terminal".to_owned()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    /// What is said of a line that cannot be run.
    fn said(line: &str) -> String {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        Cli::read(&words).unwrap_err().render().to_string()
    }

    #[test]
    fn no_guess_is_a_command_and_what_is_meant_is_one() {
        let root = Cli::command();
        let known = |words: &[&str]| command_of(words.iter().copied(), &root).0.len();
        for (guess, meant) in GUESSES {
            assert!(known(guess) < guess.len(), "{guess:?} is a command");
            let meant: Vec<&str> = meant.split(' ').collect();
            assert!(known(&meant) > 0 || meant == ["--version"], "{meant:?}");
        }
        for (command, meant) in ELSEWHERE {
            assert_eq!(known(command), command.len(), "{command:?} is no command");
            let meant: Vec<&str> = meant.split(' ').collect();
            assert!(known(&meant) > 0, "{meant:?}");
        }
    }

    #[test]
    fn flags_do_not_stand_in_the_way() {
        let approve = "tip: the command is `stepup approve";
        for line in [
            "stepup --json task approve 4211",
            "stepup -p acme task approve 4211",
            "stepup --profile task accept 4211",
            "stepup accept",
        ] {
            assert!(said(line).contains(approve), "{}", said(line));
        }
        assert!(!said("stepup nonsense").contains("tip:"));
        // What clap takes for alike, and is not.
        assert!(!said("stepup help me").contains("similar"));
        let below = said("stepup task --audit");
        assert!(
            below.contains("the command is `stepup task show --audit`"),
            "{below}"
        );
    }

    #[test]
    fn what_was_typed_stays_in_the_command_that_was_meant() {
        for (words, meant) in [
            (&["show", "4211"][..], "task show 4211"),
            (&["accept", "4211", "--yes"], "approve 4211 --yes"),
            (&["-p", "acme", "show", "4211"], "task show 4211 -p acme"),
            (
                &["task", "comment", "4211", "it's $1"],
                "comment 4211 'it'\\''s $1'",
            ),
            (
                &["profile", "use", "acme"],
                "config set default_profile acme",
            ),
            (&["verify", "12"], "receipt verify 12"),
            // Without what the command does not take it would be another one.
            (&["show", "4211", "--bogus", "x"], "task show"),
            (
                &["accept", "4211", "--comment", "4300", "--bogus"],
                "approve",
            ),
            (&["accept", "4211", "--dry-rum"], "approve"),
            (&["-p", "acme", "accept", "4211", "--bogus"], "approve"),
            // It would be shown as something else than was typed.
            (&["accept", "4211", "--comment", "a\nb"], "approve"),
            (&["accept", "4211", "--comment", "a\u{202e}b"], "approve"),
            (&["tasks", "list"], "task list"),
            (&["profile", "use"], "config set default_profile NAME"),
            // There may be a secret among it.
            (&["auth", "login", "hunter2"], "login"),
            (
                &["configure", "https://u:p@a.example"],
                "config set api_url URL",
            ),
        ] {
            let words = [&["stepup"], words].concat();
            let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
            let said = Cli::read(&words).unwrap_err().render().to_string();
            let tip = format!("the command is `stepup {meant}`\n");
            assert!(said.contains(&tip), "{tip}{said}");
        }
    }

    #[test]
    fn the_nearest_command_alone_is_named() {
        for (line, near) in [
            ("stepup aprove 1", "stepup approve"),
            ("stepup APPROVE 1", "stepup approve"),
            ("stepup provder list", "stepup provider"),
            ("stepup task shw 1", "stepup task show"),
            ("stepup help aprove", "stepup help approve"),
            ("stepup help exit-code", "stepup help exit-codes"),
            ("stepup --json help task shw", "stepup help task show"),
        ] {
            let said = said(line);
            assert!(said.contains(&format!("did you mean `{near}`?")), "{said}");
            assert!(!said.contains("similar"), "{said}");
        }
    }

    #[test]
    fn the_usage_is_that_of_the_whole_command() {
        let create = said("stepup policy create Prod --manager --like x");
        let whole = "Usage: stepup policy create [OPTIONS] [NAME]\n";
        assert!(create.contains(whole), "{create}");
        let force = said("stepup whoami --nothing");
        assert!(
            force.contains("Usage: stepup whoami [OPTIONS]\n"),
            "{force}"
        );
        assert!(!force.contains("as a value"), "{force}");
    }
}
