//! `stepup config`: its words.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use clap::builder::FalseyValueParser;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use crate::config::Asked;

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the configuration file's path
    Path,
    /// List the settings that are in effect
    List(ConfigList),
    /// Print one setting's value
    Get(ConfigGet),
    /// Write a setting into the configuration file
    Set(ConfigSet),
    /// Remove a setting from the configuration file
    Unset(ConfigUnset),
    /// Keep a confidential client's secret, read from stdin
    SetSecret(SetSecret),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ConfigList {
    /// Say where each value comes from: a flag, a variable, the file, or a default
    #[arg(long, env = "STEPUP_ORIGIN", value_parser = FalseyValueParser::new())]
    pub(crate) origin: bool,
    #[command(flatten)]
    pub(crate) flags: Flags,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ConfigGet {
    /// The setting; `stepup config list` names all
    #[arg(value_name = "SETTING")]
    pub(crate) setting: String,
    #[command(flatten)]
    pub(crate) flags: Flags,
}

#[derive(Args, Clone, Debug)]
#[command(
    after_help = "`default_profile` is the file's; everything else is the profile's, which `--profile` names. `store` is the file's unless `--profile` names one. Provider entries: `stepup provider edit`.\n\nExamples:\n  stepup config set ceremony local\n  stepup config set store file\n  stepup config set provider okta --profile acme\n  stepup config set provider \"okta entra\" --profile acme"
)]
pub(crate) struct ConfigSet {
    /// The setting
    #[arg(value_name = "SETTING")]
    pub(crate) setting: String,
    /// Its new value
    pub(crate) value: String,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ConfigUnset {
    /// The setting
    #[arg(value_name = "SETTING")]
    pub(crate) setting: String,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct SetSecret {
    /// The provider entry whose `client_auth` needs it
    pub(crate) entry: String,
    /// Take over the secret that an older stepup kept without its provider's URL, for this entry's issuer
    #[arg(long)]
    pub(crate) adopt: bool,
}

/// The flags that were typed on this command line, rather than set by a variable or left at their
/// default, by id; and what they say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flags(BTreeMap<String, String>);

impl Flags {
    /// What the flag with this id says, if it was typed.
    pub(crate) fn typed(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// The provider entry of this name, which `--provider` or its variable says.
    pub(crate) fn entry<'a>(&self, name: Option<&'a str>) -> Option<Asked<'a>> {
        let by_flag = self.typed("provider").is_some();
        name.map(|name| Asked { name, by_flag })
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let typed = matches.ids().map(clap::Id::as_str);
        let typed = typed.filter(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
        let said = |id| matches.get_raw(id)?.next().map(OsStr::to_string_lossy);
        let typed = typed.filter_map(|id| Some((id.to_owned(), said(id)?.into_owned())));
        Ok(Self(typed.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}
