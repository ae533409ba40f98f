//! Every setting with the value that holds: flag, variable, profile, file, default, in this order.

use std::fmt;

use clap::{Command, CommandFactory};
use serde_json::{Value, json};

use crate::adapters::bearer::KeyForm;
use crate::adapters::credentials::StoreKind;
use crate::cli::{Cli, Flags};
use crate::config::{CeremonyChoice, Choice, Config, ConfigError, Keeping, Written};
use crate::context::Context;
use crate::environment;
use crate::error::Error;
use crate::session::Session;

/// The settings: what `config set` writes. What holds for one run, such as `--quiet`, is not one.
pub(super) const NAMES: [&str; 19] = [
    "api_key_form",
    "api_url",
    "browser",
    "ceremony",
    "color",
    "completion_titles",
    "default_profile",
    "evidence",
    "http_timeout",
    "login_client_id",
    "login_hint",
    "no_browser",
    "output",
    "person",
    "provider",
    "receipt_log",
    "remote",
    "store",
    "timeout",
];

pub(super) struct Settled {
    pub(super) name: &'static str,
    pub(super) value: Option<String>,
    pub(super) origin: Origin,
}

/// Where a value comes from.
pub(super) enum Origin {
    Flag(String),
    Variable(String),
    Profile(String),
    File,
    /// The only profile, which needs no choice.
    OnlyOne,
    /// A credential that C1's own tools left.
    LeftByC1,
    Default,
    Unset,
}

impl Origin {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Flag(_) => "flag",
            Self::Variable(_) => "variable",
            Self::Profile(_) => "profile",
            Self::File => "file",
            Self::OnlyOne => "only-profile",
            Self::LeftByC1 => "c1-tools",
            Self::Default => "default",
            Self::Unset => "unset",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::Profile(name) => write!(f, "profile {name}"),
            Self::File => f.write_str("the file"),
            Self::OnlyOne => f.write_str("the only profile"),
            Self::LeftByC1 => f.write_str("C1's own tools"),
            Self::Default => f.write_str("default"),
            Self::Unset => f.write_str("-"),
        }
    }
}

impl Settled {
    pub(super) fn record(&self) -> Value {
        let name = match &self.origin {
            Origin::Flag(name) | Origin::Variable(name) | Origin::Profile(name) => Some(name),
            _ => None,
        };
        json!({
            "name": self.name,
            "value": self.value,
            "origin": { "kind": self.origin.kind(), "name": name },
        })
    }
}

/// All settings as they hold for a command with these flags.
pub(super) fn settled(context: &Context, flags: &Flags) -> Result<Vec<Settled>, Error> {
    let config = Config::load(context.global.config.as_deref())?;
    // An address that no command would take is no setting either; and it may hold a password.
    let asked = context.global.profile.as_deref();
    if let Err(error @ ConfigError::UnknownProfile { .. }) = Session::profile(context, &config)?
        && Session::left_by_c1(asked)?.is_none()
    {
        return Err(error.into());
    }
    let path = Config::location(context.global.config.as_deref())?;
    let mut typed_by = Cli::command();
    typed_by.build();
    let sources = Sources {
        flags,
        typed_by,
        written: Written::read(&path)?,
        profile: config
            .profile(asked)
            .ok()
            .map(|profile| profile.name.clone()),
    };
    let settled = NAMES.map(|name| {
        let (value, origin) = sources.value(name);
        Settled {
            name,
            value,
            origin,
        }
    });
    Ok(settled.into())
}

struct Sources<'a> {
    flags: &'a Flags,
    typed_by: Command,
    written: Written,
    /// The profile in use, if there is one.
    profile: Option<String>,
}

impl Sources<'_> {
    /// The first source that says something.
    fn value(&self, name: &str) -> (Option<String>, Origin) {
        let found = self
            .by_flag(name)
            .or_else(|| self.in_file(name))
            .or_else(|| self.without_choice(name))
            .or_else(|| self.by_default(name));
        found.map_or((None, Origin::Unset), |(value, origin)| {
            (Some(value), origin)
        })
    }

    /// The flag of this setting: of every command, or of an approval.
    fn flag(&self, name: &str) -> Option<&clap::Arg> {
        let id = match name {
            "default_profile" => "profile",
            name => name,
        };
        let commands = ["approve", "login"].map(|name| self.typed_by.find_subcommand(name));
        std::iter::once(Some(&self.typed_by))
            .chain(commands)
            .flatten()
            .flat_map(Command::get_arguments)
            .find(|flag| flag.get_id() == id && flag.get_long().is_some())
    }

    fn by_flag(&self, name: &str) -> Option<(String, Origin)> {
        let flag = self.flag(name)?;
        if let Some(said) = self.flags.typed(flag.get_id().as_str()) {
            let typed = format!("--{}", flag.get_long()?);
            return Some((said.to_owned(), Origin::Flag(typed)));
        }
        let variable = flag.get_env()?.to_str()?;
        let said = environment::variable(variable)?;
        Some((said, Origin::Variable(variable.to_owned())))
    }

    fn in_file(&self, name: &str) -> Option<(String, Origin)> {
        let own = self.profile.as_deref().and_then(|profile| {
            let said = self.written.value(Some(profile), name)?;
            Some((said, Origin::Profile(profile.to_owned())))
        });
        own.or_else(|| Some((self.written.value(None, name)?, Origin::File)))
    }

    /// A value that needs no choice, such as the only profile.
    fn without_choice(&self, name: &str) -> Option<(String, Origin)> {
        match name {
            "default_profile" => Some((self.profile.clone()?, Origin::OnlyOne)),
            "api_url" => {
                let found = Session::left_by_c1(None).ok()??;
                Some((found.api_url?.to_string(), Origin::LeftByC1))
            }
            _ => None,
        }
    }

    fn by_default(&self, name: &str) -> Option<(String, Origin)> {
        let value = match name {
            "api_key_form" => KeyForm::default().word(),
            "ceremony" => CeremonyChoice::default().word(),
            "evidence" => Keeping::default().word(),
            "store" => StoreKind::Keyring.word(),
            "completion_titles" => "true",
            name => self.flag(name)?.get_default_values().first()?.to_str()?,
        };
        Some((value.to_owned(), Origin::Default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{FLAG_KEYS, PROFILE_KEYS};

    #[test]
    fn every_key_of_a_profile_is_a_setting() {
        let missing = PROFILE_KEYS.iter().find(|key| !NAMES.contains(key));
        assert_eq!(missing, None);
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn a_default_of_a_flag_is_named_after_it() {
        for name in FLAG_KEYS {
            let mut typed_by = Cli::command();
            typed_by.build();
            let sources = Sources {
                flags: &Flags::default(),
                typed_by,
                written: Written::default(),
                profile: None,
            };
            let flag = sources.flag(name);
            assert!(flag.is_some_and(|flag| flag.get_env().is_some()), "{name}");
        }
    }
}
