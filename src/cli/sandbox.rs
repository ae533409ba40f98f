//! The flags of `stepup sandbox` and `stepup demo`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use stepup_sandbox::{Factor, Personality, SWITCH_HELP};

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, after_long_help = switches())]
pub(crate) struct Sandbox {
    /// Address of the API; the provider takes the next port (loopback only, port 0 picks free ones)
    #[arg(
        long,
        value_name = "ADDR",
        default_value = "127.0.0.1:0",
        env = "STEPUP_SANDBOX_LISTEN"
    )]
    pub(crate) listen: std::net::SocketAddr,
    /// Identity provider to imitate, error pages included; its entry gets that name and preset
    #[arg(
        long = "as",
        value_enum,
        value_name = "NAME",
        conflicts_with = "issuer",
        env = "STEPUP_SANDBOX_AS"
    )]
    pub(crate) personality: Option<Personality>,
    /// Serve over TLS, with an authority made for this run; its certificate is named when ready
    #[arg(long, env = "STEPUP_SANDBOX_TLS", value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) tls: bool,
    /// Write a JSON description here when ready: URLs, config folder, tasks
    #[arg(long, value_name = "FILE", env = "STEPUP_SANDBOX_INFO")]
    pub(crate) info: Option<PathBuf>,
    /// Write one JSON line per request here
    #[arg(long, value_name = "FILE", env = "STEPUP_SANDBOX_LOG")]
    pub(crate) log: Option<PathBuf>,
    /// Write the API's requests and answers here, bodies and all
    #[arg(
        long,
        value_name = "FILE",
        env = "STEPUP_SANDBOX_RECORD",
        hide_short_help = true
    )]
    pub(crate) record: Option<PathBuf>,
    /// Keep the tasks' state here between runs
    #[arg(long, value_name = "FILE", env = "STEPUP_SANDBOX_STATE")]
    pub(crate) state: Option<PathBuf>,
    /// Run the API alone, for the step-up tokens of a provider elsewhere
    #[arg(
        long,
        value_name = "URL",
        requires = "client_id",
        value_parser = web_url,
        env = "STEPUP_SANDBOX_ISSUER"
    )]
    pub(crate) issuer: Option<String>,
    /// The client at that provider whose tokens count
    #[arg(
        long,
        value_name = "ID",
        requires = "issuer",
        env = "STEPUP_SANDBOX_CLIENT_ID"
    )]
    pub(crate) client_id: Option<String>,
    /// Change one behaviour; `--help` lists them (repeatable)
    #[arg(
        long = "set",
        value_name = "SWITCH=VALUE",
        env = "STEPUP_SANDBOX_SET",
        value_delimiter = ','
    )]
    pub(crate) switches: Vec<String>,
    /// The built-in user.
    #[command(subcommand)]
    pub(crate) command: Option<SandboxCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    /// Sign in as the sandbox's built-in user, without a browser; usable as `--browser`
    SignIn(SignIn),
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example:\n  stepup approve 4211 --browser \"stepup sandbox sign-in --with key\""
)]
pub(crate) struct SignIn {
    /// The URL to start from
    pub(crate) url: String,
    /// How to sign in
    #[arg(
        long,
        value_enum,
        value_name = "FACTOR",
        default_value = "key",
        env = "STEPUP_SANDBOX_WITH"
    )]
    pub(crate) with: Factor,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup demo                       with your browser\n  stepup demo --sign-in key         the built-in user signs in\n  stepup demo --sign-in password    see an approval that is refused"
)]
pub(crate) struct Demo {
    /// Let the built-in user sign in with this factor, instead of opening a browser
    #[arg(long, value_enum, value_name = "FACTOR", env = "STEPUP_DEMO_SIGN_IN")]
    pub(crate) sign_in: Option<Factor>,
    /// Which of the sandbox's tasks to approve
    #[arg(long, value_name = "TASK", default_value = "4211", value_parser = super::task_id::task_id)]
    pub(crate) task: String,
}

/// Every switch and what it changes, in lines of at most 80 columns: a terminal would break a long list of values in the
/// middle of one.
fn switches() -> String {
    let mut text = "Behaviours that `--set` changes:\n".to_owned();
    for line in SWITCH_HELP.lines() {
        let mut width = 0;
        let is_description = line.starts_with(' ');
        for value in line.split_inclusive('|') {
            if !is_description && width + value.len() > 80 {
                text.push_str("\n        ");
                width = 8;
            }
            text.push_str(value);
            width += value.len();
        }
        text.push('\n');
    }
    text
}

/// An issuer, kept letter for letter: it is compared as a string.
fn web_url(text: &str) -> Result<String, String> {
    let web = url::Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()));
    if web {
        Ok(text.to_owned())
    } else {
        Err("it must be an http or https URL".to_owned())
    }
}
