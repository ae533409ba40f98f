//! The environment, read here and by clap's `STEPUP_*` variables, nowhere else; and what programs that we start
//! inherit of it.

use std::ffi::{OsStr, OsString};
use std::process::Command;

/// Holds an API credential for one run.
pub(crate) const TOKEN: &str = "STEPUP_API_TOKEN";

/// Whether a variable is set and says nothing.
pub(crate) fn is_empty(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value.is_empty())
}

/// A variable that is set and not empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable's value with what is not Unicode replaced, so that it is not taken for unset.
pub(crate) fn lossy(name: &str) -> Option<String> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}

/// Whose variables may hold secrets that are meant for us or for C1's own tools: ours, cone's, C1's libraries',
/// c1i's, and Terraform's workload identity.
const FAMILIES: [&str; 5] = ["STEPUP_", "CONE_", "CONDUCTORONE_", "C1I_", "TFC_WORKLOAD_"];

/// What the name of a secret is made of.
const SECRET_WORDS: [&str; 4] = ["TOKEN", "SECRET", "PASSWORD", "KEY"];

/// Whether a variable holds a secret that no other program should get from us.
fn is_secret(name: &OsStr) -> bool {
    // The system compares names without case on Windows.
    let name = name.to_string_lossy().to_ascii_uppercase();
    FAMILIES.iter().any(|family| name.starts_with(family))
        && SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// A program to start, which inherits everything but secrets. No program is started otherwise.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that programs are started from"
)]
pub(crate) fn child(program: &str) -> Command {
    let mut command = Command::new(program);
    let names = std::env::vars_os().map(|(name, _)| name);
    let secrets: Vec<OsString> = names.filter(|name| is_secret(name)).collect();
    for name in secrets {
        command.env_remove(name);
    }
    command
}

/// The line that sets a variable in the shell that people have on this system.
#[cfg(feature = "sandbox")]
pub(crate) fn setting(name: &str, value: &str) -> String {
    if cfg!(windows) {
        in_powershell(name, value)
    } else {
        format!("export {name}={}", shell_words::quote(value))
    }
}

/// A program's path as it is typed in that shell.
#[cfg(feature = "sandbox")]
pub(crate) fn typed(path: &str) -> String {
    if cfg!(windows) {
        called_in_powershell(path)
    } else {
        shell_words::quote(path).into_owned()
    }
}

/// What is quoted is a text there, and no program.
#[cfg(feature = "sandbox")]
fn called_in_powershell(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || ":\\/._-".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("& '{}'", path.replace('\'', "''"))
    }
}

#[cfg(feature = "sandbox")]
fn in_powershell(name: &str, value: &str) -> String {
    format!("$env:{name} = '{}'", value.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "sandbox")]
    #[test]
    fn a_variable_is_set_in_the_words_of_the_shell() {
        let set = in_powershell("STEPUP_CONFIG", r"C:\it's here");
        assert_eq!(set, r"$env:STEPUP_CONFIG = 'C:\it''s here'");
        if cfg!(unix) {
            let set = setting("STEPUP_CONFIG", "/it is here");
            assert_eq!(set, "export STEPUP_CONFIG='/it is here'");
        }
    }

    #[cfg(feature = "sandbox")]
    #[test]
    fn a_path_is_typed_in_the_words_of_the_shell() {
        let plain = r"C:\bin\stepup.exe";
        assert_eq!(called_in_powershell(plain), plain);
        let spaced = called_in_powershell(r"C:\it's here\stepup.exe");
        assert_eq!(spaced, r"& 'C:\it''s here\stepup.exe'");
        if cfg!(unix) {
            assert_eq!(typed("/it is here/stepup"), "'/it is here/stepup'");
        }
    }

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            TOKEN,
            "CONE_CLIENT_SECRET",
            "CONDUCTORONE_ACCESS_TOKEN",
            "CONDUCTORONE_OIDC_TOKEN",
            "CONDUCTORONE_CLIENT_SECRET",
            "conductorone_client_secret",
            "C1I_CLIENT_SECRET",
            "TFC_WORKLOAD_IDENTITY_TOKEN_C1",
        ] {
            assert!(is_secret(OsStr::new(name)), "{name}");
        }
        for name in [
            "PATH",
            "STEPUP_CONFIG",
            "CONE_PROFILE",
            "SSH_KEY",
            "DISPLAY",
        ] {
            assert!(!is_secret(OsStr::new(name)), "{name}");
        }
    }
}
