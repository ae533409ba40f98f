//! What was typed: flags, arguments and their help texts, nothing derived. Every flag has a `STEPUP_*`
//! variable.

mod config;
mod entry;
mod login;
mod policy;
mod provider;
mod receipt;
mod request;
mod task;

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use config::{ConfigCommand, ConfigGet, ConfigList, ConfigSet, ConfigUnset, Flags, SetSecret};
pub use entry::{Doctor, EntryAdd, EntryEdit, EntryName, EntryRemove, EntrySettings, Presets};
pub use login::{Login, Store};
pub use policy::{DropStepUp, PolicyCommand, PolicyShow, PolicyStepChoice, RequireStepUp};
pub use provider::{
    MicrosoftMode, ProviderCommand, ProviderTest, RemoteCommand, RemoteConsent, RemoteCreate,
    RemoteProvider, RemoteSetSecret, RemoteSettings, RemoteTest, RemoteUpdate,
};
pub use receipt::{ReceiptCommand, ReceiptList, ReceiptShow, ReceiptVerify, Which};
pub use request::Request;
pub use task::{Comment, Deny, State, TaskCommand, TaskList, TaskShow, TaskWatch, Type};

use crate::adapters::terminal::{ColorChoice, Format};
use crate::config::Ceremony;

/// Approve sensitive access requests from the terminal, with step-up authentication that is verified.
#[derive(Debug, Parser)]
#[command(
    name = "stepup",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    subcommand_required = true,
    after_help = "Try it without any set-up:\n  stepup demo\n\nExit codes: 0 done, 1 failed, 2 usage, 3 unmet, 4 signed out, 5 untrusted, 6 incomplete, 7 refused,\n8 pending, 9 partial, 130 interrupted. `stepup man` explains them."
)]
pub struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Global {
    /// Which profile of the configuration to use
    #[arg(
        long,
        short,
        global = true,
        value_name = "NAME",
        env = "STEPUP_PROFILE"
    )]
    pub profile: Option<String>,
    /// What stdout carries: lines for people, or exactly one document for scripts
    #[arg(
        long,
        short,
        global = true,
        value_enum,
        default_value_t,
        env = "STEPUP_OUTPUT"
    )]
    pub output: Format,
    /// Short for `--output json`
    #[arg(long, global = true, env = "STEPUP_JSON", value_parser = FalseyValueParser::new())]
    pub json: bool,
    /// Print only what is necessary
    #[arg(long, short, global = true, env = "STEPUP_QUIET", value_parser = FalseyValueParser::new())]
    pub quiet: bool,
    /// Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    #[arg(long, short, global = true, env = "STEPUP_VERBOSE", value_parser = FalseyValueParser::new())]
    pub verbose: bool,
    /// Never prompt, even on a terminal
    #[arg(long, global = true, env = "STEPUP_NO_INPUT", value_parser = FalseyValueParser::new())]
    pub no_input: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, env = "STEPUP_COLOR")]
    pub color: ColorChoice,
    /// The configuration: a file, or a folder that holds `config.toml`
    #[arg(long, global = true, value_name = "PATH", env = "STEPUP_CONFIG")]
    pub config: Option<PathBuf>,
    /// The API's address, instead of the profile's
    #[arg(long, global = true, value_name = "URL", env = "STEPUP_API_URL")]
    pub api_url: Option<String>,
    /// The log of receipts, instead of the one in the state folder of this machine
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "STEPUP_RECEIPT_LOG",
        hide_short_help = true
    )]
    pub receipt_log: Option<PathBuf>,
    /// Longest time one HTTP exchange may take
    #[arg(long, global = true, value_name = "TIME", default_value = "30s", value_parser = duration,
        env = "STEPUP_HTTP_TIMEOUT", hide_short_help = true)]
    pub http_timeout: Duration,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Approve tasks, with step-up authentication where their steps demand it
    Approve(Approve),
    /// Deny a task
    Deny(Deny),
    /// Comment on a task
    Comment(Comment),
    /// List, show and watch tasks
    #[command(subcommand)]
    Task(TaskCommand),
    /// List, show and verify the receipts of your approvals
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Look after who authenticates people
    #[command(subcommand)]
    Provider(ProviderCommand),
    /// Make any HTTP request, with step-up authentication where the server demands it
    Request(Request),
    /// Check this machine, the API and the provider entries, before they are needed
    Doctor(Doctor),
    /// Show and change which policy steps demand step-up, for administrators
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Sign in to an API and keep the credential
    Login(Login),
    /// Remove the stored API credential
    Logout,
    /// Show who the API says you are
    Whoami,
    /// Run the embedded identity provider and access API, to try and to test against
    Sandbox(Sandbox),
    /// Run the sandbox and approve one task in it, start to end
    Demo(Demo),
    /// Print a shell's completion script
    Completions(Completions),
    /// Print the manual page
    Man,
    /// Show and change the settings, and keep the secrets that do not belong in their file
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// How the person gets to the provider and back.
#[derive(Args, Clone, Debug, Default)]
pub struct Browsing {
    /// Do not open a browser; print the address to open
    #[arg(long, env = "STEPUP_NO_BROWSER", value_parser = FalseyValueParser::new())]
    pub no_browser: bool,
    /// The browser is on another machine: print the provider's own address, and paste the answer back
    #[arg(long, env = "STEPUP_REMOTE", conflicts_with = "browser", value_parser = FalseyValueParser::new())]
    pub remote: bool,
    /// The browser to open: a command, `%s` stands for the address (else it is appended)
    #[arg(
        long,
        value_name = "COMMAND",
        env = "STEPUP_BROWSER",
        conflicts_with = "no_browser"
    )]
    pub browser: Option<String>,
    /// How long to wait for the person in the browser
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration, env = "STEPUP_TIMEOUT")]
    pub timeout: Duration,
    /// Whom to sign in, as a hint to the provider (default: your email address)
    #[arg(long, value_name = "HINT", env = "STEPUP_LOGIN_HINT")]
    pub login_hint: Option<String>,
}

/// `stepup approve`.
#[derive(Args, Clone, Debug, Default)]
#[command(
    after_help = "Examples:\n  stepup approve 4211\n  stepup approve 4211 -m \"on-call, INC-88\" --yes -o json\n  stepup approve 4211 4212 --wait=10m         several, each with a sign-in of its own\n  stepup approve 4211 --no-browser            open the printed address yourself\n  stepup approve 4211 --browser \"firefox --private-window %s\""
)]
pub struct Approve {
    /// The tasks: numbers, or 27-character ids; without one, on a terminal, choose from a list
    #[arg(env = "STEPUP_TASK", value_name = "TASK")]
    pub tasks: Vec<String>,
    /// Read tasks from stdin, one a line
    #[arg(long, env = "STEPUP_STDIN", conflicts_with = "tasks", value_parser = FalseyValueParser::new())]
    pub stdin: bool,
    /// Say why; some steps demand it
    #[arg(
        long,
        short = 'm',
        value_name = "TEXT",
        env = "STEPUP_COMMENT",
        conflicts_with = "comment_file"
    )]
    pub comment: Option<String>,
    /// Read the comment from a file, or from stdin with `-`
    #[arg(long, value_name = "FILE", env = "STEPUP_COMMENT_FILE")]
    pub comment_file: Option<PathBuf>,
    /// How to authenticate [default: the profile's `ceremony`, else auto: what the API asks for]
    #[arg(long, value_enum, value_name = "CEREMONY", env = "STEPUP_CEREMONY")]
    pub ceremony: Option<Ceremony>,
    /// Which provider entry to use, instead of the one that serves the step
    #[arg(long, value_name = "NAME", env = "STEPUP_PROVIDER")]
    pub provider: Option<String>,
    /// How the person gets to the provider.
    #[command(flatten)]
    pub browsing: Browsing,
    /// Wait until the task is closed, at most so long
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "5m",
        value_parser = duration, env = "STEPUP_WAIT")]
    pub wait: Option<Duration>,
    /// Last resort: the step-up was done elsewhere, and this is its transaction's id
    #[arg(
        long,
        value_name = "ID",
        env = "STEPUP_TRANSACTION_ID",
        hide_short_help = true
    )]
    pub transaction_id: Option<String>,
    /// Show what would be approved and what it demands as far as known, and stop
    #[arg(long, env = "STEPUP_DRY_RUN", value_parser = FalseyValueParser::new())]
    pub dry_run: bool,
    /// Do not ask for confirmation
    #[arg(long, short, env = "STEPUP_YES", value_parser = FalseyValueParser::new())]
    pub yes: bool,
}

/// `stepup sandbox`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, after_long_help = crate::sandbox::switch_help())]
pub struct Sandbox {
    /// Address of the API; the provider takes the next port (loopback only, port 0 picks free ones)
    #[arg(
        long,
        value_name = "ADDR",
        default_value = "127.0.0.1:0",
        env = "STEPUP_SANDBOX_LISTEN"
    )]
    pub listen: std::net::SocketAddr,
    /// Whom the provider imitates, with its error pages and its gaps
    #[arg(
        long = "as",
        value_enum,
        value_name = "NAME",
        default_value = "generic",
        conflicts_with = "issuer",
        env = "STEPUP_SANDBOX_AS"
    )]
    pub personality: crate::sandbox::Personality,
    /// Write a JSON description here when ready: addresses, config folder, tasks
    #[arg(long, value_name = "FILE", env = "STEPUP_SANDBOX_INFO")]
    pub info: Option<PathBuf>,
    /// Write one JSON line per request here
    #[arg(long, value_name = "FILE", env = "STEPUP_SANDBOX_LOG")]
    pub log: Option<PathBuf>,
    /// Write the API's requests and answers here, bodies and all
    #[arg(
        long,
        value_name = "FILE",
        env = "STEPUP_SANDBOX_RECORD",
        hide_short_help = true
    )]
    pub record: Option<PathBuf>,
    /// Keep the tasks' state here between runs
    #[arg(long, value_name = "FILE", env = "STEPUP_SANDBOX_STATE")]
    pub state: Option<PathBuf>,
    /// Run the API alone, for the step-up tokens of a provider elsewhere
    #[arg(
        long,
        value_name = "URL",
        requires = "client_id",
        value_parser = web_address,
        env = "STEPUP_SANDBOX_ISSUER"
    )]
    pub issuer: Option<String>,
    /// The client at that provider whose tokens count
    #[arg(
        long,
        value_name = "ID",
        requires = "issuer",
        env = "STEPUP_SANDBOX_CLIENT_ID"
    )]
    pub client_id: Option<String>,
    /// Change one behaviour; `--help` lists them (repeatable)
    #[arg(
        long = "set",
        value_name = "SWITCH=VALUE",
        env = "STEPUP_SANDBOX_SET",
        value_delimiter = ','
    )]
    pub switches: Vec<String>,
    /// The built-in person.
    #[command(subcommand)]
    pub command: Option<SandboxCommand>,
}

/// `stepup sandbox sign-in`.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// A built-in person: signs in at the sandbox provider by HTTP; usable as `--browser`
    SignIn(SignIn),
}

/// `stepup sandbox sign-in`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example:\n  stepup approve 4211 --browser \"stepup sandbox sign-in --with key\""
)]
pub struct SignIn {
    /// The address to start from
    #[arg(env = "STEPUP_SANDBOX_URL")]
    pub url: String,
    /// How to sign in
    #[arg(
        long,
        value_name = "FACTOR",
        default_value = "key",
        env = "STEPUP_SANDBOX_WITH"
    )]
    pub with: crate::sandbox::person::Factor,
}

/// `stepup demo`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup demo                       with your browser\n  stepup demo --sign-in key         the built-in person signs in\n  stepup demo --sign-in password    see an approval that is refused"
)]
pub struct Demo {
    /// Let the built-in person sign in with this factor, instead of opening a browser
    #[arg(long, value_name = "FACTOR", env = "STEPUP_DEMO_SIGN_IN")]
    pub sign_in: Option<crate::sandbox::person::Factor>,
    /// Which of the sandbox's tasks to approve
    #[arg(
        long,
        value_name = "TASK",
        default_value = "4211",
        env = "STEPUP_DEMO_TASK"
    )]
    pub task: String,
}

/// `stepup completions`.
#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, env = "STEPUP_SHELL")]
    pub shell: Shell,
}

/// A shell that completions exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
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

/// A length of time: `90s`, `5m`, `1h30m`, or a bare number of seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let parsed = match text.parse::<u64>() {
        Ok(seconds) => Ok(Duration::from_secs(seconds)),
        Err(_) => text
            .parse::<jiff::SignedDuration>()
            .ok()
            .and_then(|span| Duration::try_from(span).ok())
            .ok_or_else(|| "write it like `90s`, `5m` or `1h30m`".to_owned()),
    };
    parsed.and_then(|time| {
        if time.is_zero() || time > Duration::from_secs(24 * 3600) {
            Err("it must be between one second and a day".to_owned())
        } else {
            Ok(time)
        }
    })
}

/// An issuer, kept letter for letter: it is compared as a string.
fn web_address(text: &str) -> Result<String, String> {
    let web = url::Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()));
    if web {
        Ok(text.to_owned())
    } else {
        Err("it must be an http or https address".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_and_argument_has_a_variable_of_its_own_prefix() {
        fn check(command: &clap::Command) {
            for arg in command.get_arguments() {
                if ["help", "version"].contains(&arg.get_id().as_str()) {
                    continue;
                }
                let variable = arg.get_env().and_then(|name| name.to_str());
                assert!(
                    variable.is_some_and(|name| name.starts_with("STEPUP_")),
                    "`{}` of `{}` has no STEPUP_ variable",
                    arg.get_id(),
                    command.get_name()
                );
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }

    #[test]
    fn a_length_of_time_is_read_as_people_write_it() {
        for (text, seconds) in [
            ("90", 90),
            ("90s", 90),
            ("5m", 300),
            ("1h30m", 5400),
            ("2 min", 120),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "0", "-5s", "soon", "2d"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
