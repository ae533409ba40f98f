//! The topics: what is about no single command.

use std::collections::BTreeMap;
use std::fmt::Write;

use clap::{Command, CommandFactory};

use super::page::Page;
use crate::cli::{Cli, Topic};
use crate::error::ErrorKind;

const SETUP: &str = include_str!("../../../docs/guide/getting-started.md");
const CONFIGURATION: &str = include_str!("../../../docs/guide/configuration.md");
const ELSEWHERE: &str = include_str!("../../../docs/guide/ssh-and-containers.md");
const SCRIPTING: &str = include_str!("../../../docs/guide/scripting.md");
const TROUBLESHOOTING: &str = include_str!("../../../docs/guide/troubleshooting.md");
const SECURITY: &str = include_str!("../../../docs/guide/security.md");

pub(crate) fn page(topic: Topic) -> Page {
    match topic {
        Topic::Environment => Page::read(&variables()),
        Topic::ExitCodes => Page::read(&exit_codes()),
        Topic::Setup => Page::read(SETUP),
        Topic::Configuration => Page::read(CONFIGURATION),
        Topic::Elsewhere => Page::read(ELSEWHERE),
        Topic::Scripting => Page::read(SCRIPTING),
        Topic::Troubleshooting => Page::read(TROUBLESHOOTING),
        Topic::Security => Page::read(SECURITY),
    }
}

/// What else is read of the environment.
const OTHERS: &str = "
## Credentials

| Variable | Is |
| --- | --- |
| `STEPUP_API_TOKEN` | a credential for one run; it goes to the API of the profile |
| `CONE_*`, `CONDUCTORONE_*` | those of C1's own tools, read as they are: profile, client id and secret, access token |

## The machine

| Variable | Is |
| --- | --- |
| `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` | proxies, by curl's rules |
| `BROWSER` | the browser to open, written as for `--browser`; several with `:` (`;` on Windows) between them |
| `NO_COLOR`, `TERM=dumb` | no colour |
| `HOME`, `XDG_CONFIG_HOME`, `XDG_STATE_HOME` | where the configuration and the receipts are |
";

/// Each variable with the flags that it stands for, from the definition of the command line.
fn variables() -> String {
    let mut found = BTreeMap::new();
    let root = Cli::command();
    flags(&root, &[], &mut found);
    let mut text = String::from(
        "A flag that is a setting has a variable; the flag on the command line comes first. No variable consents, names what is \
         acted on, or weakens a check. A variable that is set and empty counts as unset.\n\n\
         | Variable | Is |\n| --- | --- |\n",
    );
    for (variable, flag) in found {
        // Nothing fails that writes into a string.
        let _ = writeln!(
            text,
            "| `{variable}` | {} ({}) |",
            flag.help,
            flag.of.join(", ")
        );
    }
    text + OTHERS
}

/// What a variable stands for.
struct Flag {
    help: String,
    of: Vec<String>,
}

fn flags(command: &Command, path: &[&str], found: &mut BTreeMap<String, Flag>) {
    for arg in command.get_arguments() {
        let (Some(variable), Some(long)) = (arg.get_env(), arg.get_long()) else {
            continue;
        };
        let of = match path {
            [] => format!("`--{long}`"),
            path => format!("`{} --{long}`", path.join(" ")),
        };
        let flag = found
            .entry(variable.to_string_lossy().into_owned())
            .or_insert_with(|| Flag {
                help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
                of: Vec::new(),
            });
        flag.of.push(of);
    }
    for subcommand in command.get_subcommands() {
        let path: Vec<&str> = path
            .iter()
            .copied()
            .chain([subcommand.get_name()])
            .collect();
        flags(subcommand, &path, found);
    }
}

pub(crate) fn exit_codes() -> String {
    let mut text = String::from(
        "The exit code says what to do next; its name is `kind` in an error document. Codes never change their meaning.\n\n\
         | Code | What to do |\n| --- | --- |\n\
         | `0` | Done, confirmed by reading the task again. |\n",
    );
    for kind in ErrorKind::ALL {
        let (code, name, advice) = (kind.exit_code(), kind.name(), kind.advice());
        // Nothing fails that writes into a string.
        let _ = writeln!(text, "| `{code}` {name} | {advice} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_says_the_same_of_each_exit_code() {
        for kind in ErrorKind::ALL {
            let (code, name, advice) = (kind.exit_code(), kind.name(), kind.advice());
            let row = format!("\n| {code} | `{name}` | {advice} |\n");
            assert!(SCRIPTING.contains(&row), "{row}");
        }
    }

    #[test]
    fn the_credential_of_one_run_is_named() {
        assert!(OTHERS.contains(crate::environment::TOKEN));
    }
}
