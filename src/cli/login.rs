//! The flags of `stepup login`: which API, and where the credential comes from and goes to.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::browsing::OwnBrowser;
use crate::config::duration;

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup login acme                  asks for what is missing\n  stepup login --client-id ID --client-secret-stdin < secret.txt\n  stepup login --token-stdin < token.txt\n\nThe credential goes into the system keyring. On a machine without one, `--store file` keeps it in a file that only you can read, and the profile remembers that."
)]
pub(crate) struct Login {
    /// The API to sign in to: `acme`, `acme.c1eu.ai`, or a URL [default: the profile's]
    pub(crate) tenant: Option<String>,
    #[command(flatten)]
    pub(crate) own: OwnBrowser,
    /// The public client id for signing in with the browser, instead of the profile's
    #[arg(long, value_name = "ID", env = "STEPUP_LOGIN_CLIENT_ID")]
    pub(crate) login_client_id: Option<String>,
    /// The client id of an API key; on a terminal its client secret is asked for
    #[arg(long, value_name = "ID", conflicts_with = "token_stdin")]
    pub(crate) client_id: Option<String>,
    /// Read the API key's client secret from stdin
    #[arg(long, requires = "client_id", conflicts_with = "token_stdin")]
    pub(crate) client_secret_stdin: bool,
    /// Read the API token from stdin
    #[arg(long)]
    pub(crate) token_stdin: bool,
    /// Take over the credential that an older stepup kept without the URL of its API; TENANT names that API
    #[arg(long, requires = "tenant", conflicts_with_all = ["client_id", "token_stdin"])]
    pub(crate) adopt: bool,
    /// How long to wait for the sign-in in the browser, at most as long as its code is valid
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration, env = "STEPUP_TIMEOUT")]
    pub(crate) timeout: Duration,
    /// Where to keep the credential, instead of the configured place
    #[arg(long, value_enum, env = "STEPUP_STORE")]
    pub(crate) store: Option<Store>,
}

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    /// The system keyring
    Keyring,
    /// A file with mode 0600 beside the configuration
    File,
}
