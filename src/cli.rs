//! What was typed: flags, arguments and their help texts, nothing derived. Flags that are settings have a
//! `STEPUP_*` variable; see [`variables`].

mod approve;
mod browsing;
mod config;
mod entry;
mod first_guesses;
mod global;
mod help;
mod layout;
mod login;
mod mistake;
mod policy;
mod provider;
mod reason;
mod receipt;
mod request;
#[cfg(feature = "sandbox")]
mod sandbox;
mod settings;
mod task;
mod task_id;
#[cfg(test)]
mod tests;
pub(crate) mod variables;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

pub(crate) use approve::Approve;
pub(crate) use browsing::{Browsing, OwnBrowser};
pub(crate) use config::{ConfigCommand, ConfigGet, ConfigList, Flags, SetSecret};
pub(crate) use entry::{
    Doctor, EntryAdd, EntryEdit, EntryName, EntryRemove, EntrySettings, Presets, issuer,
};
pub(crate) use first_guesses::{command_of, takes_the_next};
pub(crate) use global::Global;
pub(crate) use help::{Help, Man, Topic};
pub(crate) use login::{Login, Store};
use mistake::Mistake;
pub(crate) use policy::{
    ApproverChoice, PolicyCommand, PolicyCreate, PolicyShow, PolicyStepChoice, RequireStepUp,
};
pub(crate) use provider::{
    MicrosoftMode, ProviderCommand, ProviderTest, RemoteCommand, RemoteConsent, RemoteCreate,
    RemoteProvider, RemoteSetSecret, RemoteSettings, RemoteTest, RemoteUpdate,
};
pub(crate) use reason::Reason;
pub(crate) use receipt::{
    EvidenceTrust, ReceiptCommand, ReceiptExport, ReceiptList, ReceiptPrune, ReceiptShow,
    ReceiptVerify, Which,
};
pub(crate) use request::Request;
#[cfg(feature = "sandbox")]
pub(crate) use sandbox::{Demo, Sandbox, SandboxCommand, SignIn};
pub(crate) use task::{
    Comment, InTheWeb, State, TaskCommand, TaskDecision, TaskList, TaskReassign, TaskShow,
    TaskWatch, Type,
};

/// Approve sensitive access requests from the terminal, with step-up authentication that is verified.
#[derive(Debug, Parser)]
#[command(
    name = "stepup",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    subcommand_required = true,
    disable_help_subcommand = true,
    after_help = after_help()
)]
pub(crate) struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Whether the person is asked to consent to what is shown to them.
    #[arg(skip)]
    pub(crate) asks: bool,
}

impl Cli {
    /// Reads a command line, the program's name first, and the variables of its flags; the error is clap's, help
    /// and version included, and says what was meant where that can be guessed.
    pub(crate) fn read(words: &[OsString]) -> Result<Self, clap::Error> {
        let can_be_run = |words: &[OsString]| Self::parsed(words).is_ok();
        Self::parsed(words)
            .map_err(|error| first_guesses::explained(error, words, Self::command(), can_be_run))
    }

    /// What is wrong with a command line that could not be read, as an error with the usage of its command.
    pub(crate) fn mistake(found: &clap::Error, words: &[OsString]) -> Mistake {
        Mistake::of(found, words, &Self::command())
    }

    fn parsed(words: &[OsString]) -> Result<Self, clap::Error> {
        let definition = || {
            let command = variables::without_empty(Self::command());
            let command = layout::parents_in_short(variables::out_of_sight(command));
            settings::as_typed(command, words)
        };
        let mut command = definition();
        let typed = command
            .try_get_matches_from_mut(words)
            .map_err(|error| variables::without_variables(error, words, definition()))?;
        let defaults = settings::of(&typed);
        let matches = if defaults.is_empty() {
            typed
        } else {
            settings::matches(definition(), &defaults, words)?
        };
        let mut cli =
            Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
        cli.asks = asks(&matches);
        if let Command::Approve(approve) = &cli.command {
            approve
                .refuse_stray_time(words)
                .map_err(|sentence| command.error(ErrorKind::ValueValidation, sentence))?;
        }
        match &cli.command {
            Command::Help(help) if help.topic().is_none() && !help.is_of_topics() => {
                Err(help_of(command, help))
            }
            _ => Ok(cli),
        }
    }
}

/// Whether it is a command that takes `--yes`, without it. What `request` sends was typed, and is not shown to be read.
fn asks(matches: &ArgMatches) -> bool {
    let is = |flag, value| matches.try_get_one(flag).is_ok_and(|is| is == Some(&value));
    match matches.subcommand() {
        Some(("request", _)) => false,
        Some((_, below)) => asks(below),
        None => is("yes", false) && !is("dry_run", true),
    }
}

/// The help of a command, which clap hands out as an error; or the error that there is no such command or topic.
fn help_of(mut command: clap::Command, help: &Help) -> clap::Error {
    let words = help.words.iter().map(String::as_str);
    let words = ["stepup"].into_iter().chain(words).chain(["--help"]);
    let mut error = match command.try_get_matches_from_mut(words) {
        Err(error) => error,
        Ok(_) => command.error(ErrorKind::InvalidSubcommand, "there is no help about that"),
    };
    if error.kind() == ErrorKind::InvalidSubcommand {
        let topics = format!("the topics are {}", Topic::ALL.map(Topic::name).join(", "));
        let tips = ContextValue::StyledStrs(vec![topics.into()]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}

/// What is said below the commands.
fn after_help() -> String {
    let trial = if cfg!(feature = "sandbox") {
        "Try it without any set-up:\n  stepup demo\n\n"
    } else {
        ""
    };
    format!(
        "{trial}Exit codes: 0 done, 1 failed, 2 usage, 3 unmet (the sign-in was too weak or too old), 4 signed out, 5 untrusted (an answer that does not hold), 6 incomplete (declined, or not finished), 7 refused, 8 pending, 9 partial, 130 interrupted. `stepup help exit-codes` says what to do.\n\nTopics, for `stepup help TOPIC`: {}. Manual: `stepup man`.",
        Topic::ALL.map(Topic::name).join(", ")
    )
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Approve tasks, with step-up authentication where their steps require it
    Approve(Approve),
    /// Deny a task
    #[command(
        aliases = ["reject", "decline"],
        after_help = "Denying needs no step-up authentication.\n\nExample:\n  stepup deny 4211 -m \"not on call this week\""
    )]
    Deny(TaskDecision),
    /// Comment on a task
    Comment(Comment),
    /// List, show and watch tasks
    #[command(subcommand)]
    Task(TaskCommand),
    /// List, show, verify and export the receipts of your approvals
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Sign in to an API and keep the credential
    Login(Login),
    /// Remove the stored API credential
    Logout,
    /// Show who the API says you are
    Whoami,
    /// Manage identity providers
    #[command(subcommand)]
    Provider(Box<ProviderCommand>),
    /// Show and change the settings, and keep client secrets
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Check this machine, the API and the provider entries, before they are needed
    Doctor(Doctor),
    /// Make any HTTP request, with step-up authentication where the server requires it
    Request(Request),
    /// Show and change which policy steps require step-up, for administrators
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Run the sandbox and approve one task in it, start to end
    #[cfg(feature = "sandbox")]
    Demo(Demo),
    /// Run the embedded identity provider and access API, to try and to test against
    #[cfg(feature = "sandbox")]
    Sandbox(Sandbox),
    /// Print a shell's completion script
    Completions(Completions),
    /// Print a page of the manual, or write all of them into a folder
    Man(Man),
    /// Explain a command or a topic
    Help(Help),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// A shell that completions exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
    /// Elvish
    Elvish,
    /// Nushell
    Nushell,
}
