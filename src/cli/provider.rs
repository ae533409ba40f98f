//! The flags of `stepup provider`: the entries of this machine, and those of `stepup provider remote`, the
//! API's own step-up providers.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand, ValueEnum};

use super::browsing::{Browsing, OwnBrowser};
use super::entry::{EntryAdd, EntryEdit, EntryName, EntryRemove, Presets, issuer};
use crate::config::duration;

#[derive(Debug, Subcommand)]
pub(crate) enum ProviderCommand {
    /// List the provider entries of this machine's configuration
    List,
    /// Show one entry, with its defaults
    Show(EntryName),
    /// Write a new entry, checked against the provider's metadata
    Add(EntryAdd),
    /// Change an entry
    Edit(EntryEdit),
    /// Remove an entry
    Remove(EntryRemove),
    /// Sign in as an approval would, approve nothing, and show each check with its result
    Test(ProviderTest),
    /// Print the provider's keys as a JWK set to keep, so that evidence can be verified later
    Keys(EntryName),
    /// List the kinds of providers that stepup knows, and what each proves
    Presets(Presets),
    /// Manage the API's own step-up providers, for administrators
    #[command(subcommand)]
    Remote(RemoteCommand),
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup provider test okta\n  stepup provider test okta --acr-value phr --negative\n  stepup provider test okta -o json"
)]
pub(crate) struct ProviderTest {
    /// The provider entry [default: chosen on the terminal]
    pub(crate) name: Option<String>,
    /// Require this value (repeatable) [default: the strongest that the entry lists]
    #[arg(long = "acr-value", value_name = "ACR", value_delimiter = ' ')]
    pub(crate) acr_values: Vec<String>,
    /// Also ask for a value that the provider cannot know, and show what it makes of that
    #[arg(long, env = "STEPUP_NEGATIVE", value_parser = FalseyValueParser::new())]
    pub(crate) negative: bool,
    #[command(flatten)]
    pub(crate) browsing: Browsing,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RemoteCommand {
    /// List the API's step-up providers
    List,
    /// Show a provider
    Show(RemoteProvider),
    /// Register a provider
    Create(RemoteCreate),
    /// Change a provider
    Update(RemoteUpdate),
    /// Replace a provider's client secret
    SetSecret(RemoteSetSecret),
    /// Delete a provider
    Delete(RemoteConsent),
    /// Enable a provider
    Enable(RemoteConsent),
    /// Disable a provider
    Disable(RemoteConsent),
    /// Run the API's own test of a provider in your browser
    Test(RemoteTest),
}

/// Which provider.
#[derive(Args, Clone, Debug)]
pub(crate) struct RemoteProvider {
    /// The provider: its 27-character id, or its name if no other has it [default: chosen on the terminal]
    pub(crate) provider: Option<String>,
}

/// Which provider, and whether to ask first.
#[derive(Args, Clone, Debug)]
pub(crate) struct RemoteConsent {
    #[command(flatten)]
    pub(crate) which: RemoteProvider,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

/// What a provider is asked for.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct RemoteSettings {
    /// An `acr` value to ask for, which says how strong a sign-in was, such as `phr` (repeatable)
    #[arg(
        long = "acr-value",
        value_name = "ACR",
        value_delimiter = ' ',
        conflicts_with = "microsoft"
    )]
    pub(crate) acr_values: Vec<String>,
    /// It is Microsoft Entra, validated by authentication contexts (acrs) or a fresh sign-in (oidc)
    #[arg(long, value_name = "MODE", value_enum)]
    pub(crate) microsoft: Option<MicrosoftMode>,
    /// The Entra tenant: its id, or its domain [default: the id in the issuer]
    #[arg(long, value_name = "TENANT")]
    pub(crate) tenant: Option<String>,
    /// An authentication context of the tenant, `C1` to `C99` (repeatable)
    #[arg(long = "context", value_name = "ID", value_delimiter = ' ')]
    pub(crate) contexts: Vec<String>,
}

/// How Entra's answers are validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MicrosoftMode {
    /// By authentication contexts (`acrs`)
    Acrs,
    /// By a fresh sign-in (`max_age`)
    Oidc,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Examples:\n  stepup provider remote create --name \"Okta, phishing-resistant\" \\\n    --issuer https://acme.okta.com --client-id 0oa1b2c3 --acr-value phr \\\n    --secret-file secret.txt\n  stepup provider remote create --name Entra --microsoft acrs \\\n    --tenant TENANT_ID --context C1 --client-id CLIENT_ID \\\n    --secret-file - < secret.txt\n\nWhat is missing is asked for on a terminal, the client secret without echo."
)]
pub(crate) struct RemoteCreate {
    /// The name that people see
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The issuer, as the provider spells it (Entra: made from the tenant's id if left out)
    #[arg(long, value_name = "URL", value_parser = issuer)]
    pub(crate) issuer: Option<String>,
    /// The API's client at the provider
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    #[command(flatten)]
    pub(crate) settings: RemoteSettings,
    /// Read the client secret from a file, or from stdin with `-`
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct RemoteUpdate {
    #[command(flatten)]
    pub(crate) consent: RemoteConsent,
    /// A new name, as people see it
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// A new issuer
    #[arg(long, value_name = "URL", value_parser = issuer)]
    pub(crate) issuer: Option<String>,
    /// A new client id
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    #[command(flatten)]
    pub(crate) settings: RemoteSettings,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct RemoteSetSecret {
    #[command(flatten)]
    pub(crate) consent: RemoteConsent,
    /// Read the client secret from a file, or from stdin with `-` [default: asked for without echo]
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct RemoteTest {
    #[command(flatten)]
    pub(crate) which: RemoteProvider,
    #[command(flatten)]
    pub(crate) own: OwnBrowser,
    /// How long to wait for the sign-in in the browser
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration, env = "STEPUP_TIMEOUT")]
    pub(crate) timeout: Duration,
}
