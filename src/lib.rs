//! `stepup`: approve a sensitive access request from the terminal, with step-up authentication that is
//! verified instead of trusted.
//!
//! One approval takes this path, and each arrow uses up what is on its left:
//!
//! ```text
//! task id → Task → AcrRequirement → Challenge → ceremony → AuthenticationEvent → judge
//!         → StepUpProof → submit → re-read → ApprovalReceipt
//! ```
//!
//! - `cli`: what was typed. `commands`: what is done, a module each, read like the line above.
//! - `ceremony`: from a challenge to a proof. `session`: the profile, its API, and whose credential it is.
//! - `context`: what every command runs in. `meaning`: what each error means to the caller.
//! - `domain`: tasks, requirements, the judge, proofs. No I/O. *Is it enough?*
//! - `oidc`: the relying party. *Is it authentic?* `evidence`: what it verified, to be verified again years later.
//! - `config`: the configuration file. `adapters`: network, browser, loopback listener, keyring, terminal.
//! - `interrupt`: Ctrl-C. `error`, `environment`: on the ground, beside `domain`.
//! - `stepup-sandbox`, a crate of its own: an identity provider and an access API to try and to test against. It
//!   shares no code with what it tests.
//!
//! Which of them uses which is in `docs/architecture.md`, and a test holds the code against it; no two use each
//! other, and `domain` uses nobody. An `AuthenticationEvent` has one constructor with one caller
//! (`oidc::id_token`), and a `StepUpProof` is made of what the judge found sufficient alone.

mod adapters;
#[cfg(test)]
mod arbitrary;
mod ceremony;
mod cli;
mod commands;
mod config;
mod context;
mod domain;
mod environment;
mod error;
mod evidence;
mod interrupt;
mod meaning;
mod oidc;
mod session;

/// What tests and fuzz targets use of the inside. No promise to anybody else.
#[doc(hidden)]
pub mod internals {
    #[cfg(fuzzing)]
    pub use crate::adapters::access_api::fuzz as read_answer;
    pub use crate::adapters::http::{Http, HttpError};
    pub use crate::adapters::loopback::CallbackParameters;
    pub use crate::domain::www_authenticate::step_up_demand;
    pub use crate::oidc::id_token::{Binding, Expected, verify};
    pub use crate::oidc::jose::{UnverifiedJws, parse_json};
    pub use crate::oidc::keys::KeySource;

    /// The command line, with the variables that its settings may come from.
    pub fn command_line() -> clap::Command {
        <crate::cli::Cli as clap::CommandFactory>::command()
    }

    /// Verifies these bytes as evidence, long after it was made; whether it is trusted, by these keys.
    #[cfg(fuzzing)]
    pub fn is_trusted_evidence(bytes: &[u8], jwks: &[u8]) -> bool {
        use crate::evidence::{Trust, Verdict, verify};
        const LATER: i64 = 4_000_000_000;
        let keys = crate::oidc::keys::Keys::parse(jwks).map(std::sync::Arc::new);
        let trust = Trust {
            keys: keys.into_iter().collect(),
            ..Trust::default()
        };
        verify(bytes, &trust, LATER).is_ok_and(|verified| verified.verdict == Verdict::Trusted)
    }

    /// Reads these bytes as a configuration.
    #[cfg(fuzzing)]
    pub fn read_configuration(bytes: &[u8]) {
        crate::config::Config::fuzz(bytes);
    }
}

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;
use std::sync::Arc;

use adapters::browser::{OPEN_PAGE, open_here};
use adapters::credentials::Secret;
use adapters::terminal::{
    ColorChoice, Format, OutputOptions, Terminal, TraceWriter, takes_sequences,
};
use clap::ValueEnum;
use cli::Cli;
use context::Context;
use error::Error;
use interrupt::{Interrupt, end_at_panics};

/// Parses, runs, reports; the exit code is that of the error's kind.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    end_at_panics();
    let args: Vec<OsString> = args.into_iter().collect();
    if let [_, command, url] = args.as_slice()
        && command == OPEN_PAGE
    {
        return open_page(url);
    }
    if let [_, command, asked @ ..] = args.as_slice()
        && command == commands::complete::WORD
    {
        commands::complete::run(asked);
        return ExitCode::SUCCESS;
    }
    #[cfg(target_os = "linux")]
    leave_no_image();
    let read = Cli::read(&args);
    let is_help = read.as_ref().is_err_and(|error| !error.use_stderr());
    if !is_help && let Err(error) = cli::variables::refuse_removed() {
        return report(&unsettled(&args), &error);
    }
    let cli = match read {
        Ok(cli) => cli,
        Err(error) => return usage_error(&error, &args),
    };
    let terminal = Arc::new(Terminal::new(output_options(&cli)));
    let interrupt = match Interrupt::install(Arc::clone(&terminal)) {
        Ok(interrupt) => interrupt,
        Err(error) => return report(&terminal, &error),
    };
    if cli.global.verbose {
        trace();
    }
    let token = environment::variable(environment::TOKEN).map(Secret::new);
    let context = Context::new(cli.global, Arc::clone(&terminal), interrupt.clone(), token);
    let code = match commands::run(&context, cli.command) {
        Ok(()) => 0,
        Err(error) => {
            let error = error.about(&context.same_api());
            terminal.fail(&error);
            error.kind().exit_code()
        }
    };
    interrupt.settle(code);
    context.finish();
    ExitCode::from(code)
}

/// What ends this process, such as a stack that is full, writes its memory into no file: tokens are in it, and the
/// credential. Systems that are not Linux keep such files where only an administrator reads them, or none.
#[cfg(target_os = "linux")]
fn leave_no_image() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    // A system that cannot do it is as it was.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Opens a page for another run of ours, which says what became of it.
fn open_page(url: &OsStr) -> ExitCode {
    match open_here(&url.to_string_lossy()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report(&unsettled(&[]), &error.into()),
    }
}

fn output_options(cli: &Cli) -> OutputOptions {
    let global = &cli.global;
    let options = on_this_terminal(OutputOptions {
        format: if global.json {
            Format::Json
        } else {
            global.output
        },
        quiet: global.quiet,
        verbose: global.verbose,
        no_input: global.no_input,
        color: global.color,
        ..OutputOptions::default()
    });
    OutputOptions {
        // What is asked about is shown.
        quiet: global.quiet && !(cli.asks && options.can_ask()),
        ..options
    }
}

/// These options, with what this machine's terminal can.
fn on_this_terminal(options: OutputOptions) -> OutputOptions {
    let dumb = environment::variable("TERM").is_some_and(|term| term == "dumb");
    let dumb_terminal = dumb || !takes_sequences();
    OutputOptions {
        dumb_terminal,
        no_color: dumb_terminal || environment::variable("NO_COLOR").is_some(),
        ..options
    }
}

/// Help and version go to stdout with code 0; a mistake is an error as any other, with the usage below it.
fn usage_error(found: &clap::Error, args: &[OsString]) -> ExitCode {
    if !found.use_stderr() {
        // Nothing is left to do if the stream is closed.
        let _ = found.print();
        return ExitCode::SUCCESS;
    }
    let terminal = unsettled(args);
    let mistake = Cli::mistake(found, args);
    if found.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = found.print();
        terminal.document(&mistake.error);
    } else {
        terminal.fail(&mistake.error);
    }
    if let Some(usage) = mistake.usage {
        terminal.lines(&format!("\n{usage}"));
    }
    ExitCode::from(mistake.error.kind().exit_code())
}

/// A terminal for a command line that could not be read, or was not yet: of its flags those count that say how it is
/// answered.
fn unsettled(args: &[OsString]) -> Terminal {
    let format = typed(args, &["-o", "--output"], "STEPUP_OUTPUT");
    let is_json = args.iter().any(|word| word == "--json");
    let color: Option<ColorChoice> = typed(args, &["--color"], "STEPUP_COLOR");
    Terminal::new(on_this_terminal(OutputOptions {
        format: if is_json {
            Format::Json
        } else {
            format.unwrap_or_default()
        },
        color: color.unwrap_or_default(),
        ..OutputOptions::default()
    }))
}

/// What a flag says, or else its variable.
fn typed<T: ValueEnum>(args: &[OsString], names: &[&str], variable: &str) -> Option<T> {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let value = |word: &str| T::from_str(word.trim_start_matches('='), false).ok();
    let apart = words.windows(2).find_map(|two| match two {
        [name, word] if names.contains(name) => value(word),
        _ => None,
    });
    let joined = words.iter().find_map(|word| {
        let mut names = names.iter();
        names.find_map(|name| value(word.strip_prefix(name)?))
    });
    let variable = || value(&environment::variable(variable)?);
    apart.or(joined).or_else(variable)
}

fn report(terminal: &Terminal, error: &Error) -> ExitCode {
    terminal.fail(error);
    ExitCode::from(error.kind().exit_code())
}

/// Our own events to stderr. Nothing in them is secret: see `adapters::http`.
fn trace() {
    let subscriber = tracing_subscriber::fmt()
        .with_writer(|| TraceWriter)
        .with_max_level(tracing::Level::DEBUG)
        .with_target(false)
        .without_time()
        .with_ansi(false)
        .finish();
    // Only a second subscriber could make this fail, and there is none.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
