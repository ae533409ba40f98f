//! Flags of every command.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::FalseyValueParser;

use crate::adapters::terminal::{ColorChoice, Format};
use crate::config::duration;

/// Flags of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Global {
    /// Which profile of the configuration to use
    #[arg(
        long,
        short,
        global = true,
        value_name = "NAME",
        env = "STEPUP_PROFILE"
    )]
    pub(crate) profile: Option<String>,
    /// What stdout carries: lines for people, or exactly one document for scripts
    #[arg(
        long,
        short,
        global = true,
        value_enum,
        default_value_t,
        env = "STEPUP_OUTPUT"
    )]
    pub(crate) output: Format,
    /// Short for `--output json`
    #[arg(long, global = true, env = "STEPUP_JSON", value_parser = FalseyValueParser::new())]
    pub(crate) json: bool,
    /// Print only what is necessary
    #[arg(long, short, global = true, env = "STEPUP_QUIET", value_parser = FalseyValueParser::new())]
    pub(crate) quiet: bool,
    /// Say more on stderr: causes of errors, HTTP exchanges (never a secret)
    #[arg(long, short, global = true, env = "STEPUP_VERBOSE", value_parser = FalseyValueParser::new())]
    pub(crate) verbose: bool,
    /// Never prompt, even on a terminal
    #[arg(long, global = true, env = "STEPUP_NO_INPUT", value_parser = FalseyValueParser::new())]
    pub(crate) no_input: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, env = "STEPUP_COLOR")]
    pub(crate) color: ColorChoice,
    /// The configuration: a file, or a folder that holds `config.toml`
    #[arg(long, global = true, value_name = "PATH", env = "STEPUP_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The API's URL, instead of the profile's
    #[arg(long, global = true, value_name = "URL", env = "STEPUP_API_URL")]
    pub(crate) api_url: Option<String>,
    /// The log of receipts, instead of the one in the state folder of this machine
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "STEPUP_RECEIPT_LOG",
        hide_short_help = true
    )]
    pub(crate) receipt_log: Option<PathBuf>,
    /// Longest time one HTTP exchange may take
    #[arg(long, global = true, value_name = "TIME", default_value = "30s", value_parser = duration,
        env = "STEPUP_HTTP_TIMEOUT", hide_short_help = true)]
    pub(crate) http_timeout: Duration,
}
