//! `STEPUP_*` variables: settings of a run only. None consents, names what is acted on, says what is written, or
//! weakens a check; those that once did are refused. An empty variable is an unset one.

use std::ffi::OsString;

use clap::Command;
use clap::error::ErrorKind;

use crate::environment;
use crate::error::Error;

/// Variables of earlier versions, and what is typed instead.
const REMOVED: &[(&str, &str)] = &[
    ("STEPUP_ACR_VALUE", "--acr-value"),
    ("STEPUP_CLIENT_ID", "--client-id"),
    ("STEPUP_CLIENT_SECRET_STDIN", "--client-secret-stdin"),
    ("STEPUP_COMMENT", "--comment"),
    ("STEPUP_COMMENT_FILE", "--comment-file"),
    ("STEPUP_DATA", "--data"),
    ("STEPUP_DEMO_TASK", "--task"),
    ("STEPUP_HEADER", "--header"),
    ("STEPUP_METHOD", "METHOD"),
    ("STEPUP_POLICY", "POLICY"),
    ("STEPUP_POLICY_OF", "--of"),
    ("STEPUP_POLICY_STEP", "--step"),
    ("STEPUP_PRESET", "PRESET"),
    ("STEPUP_PROVIDER_ACCEPT_STRONGER", "--accept-stronger"),
    ("STEPUP_PROVIDER_ACR_VALUE", "--acr-value"),
    ("STEPUP_PROVIDER_ALLOW_WEAK", "--allow-weak"),
    ("STEPUP_PROVIDER_AUDIENCE", "--audience"),
    ("STEPUP_PROVIDER_BACKCHANNEL", "--backchannel"),
    ("STEPUP_PROVIDER_C1_PROVIDER", "--c1-provider"),
    ("STEPUP_PROVIDER_CA_FILE", "--ca-file"),
    ("STEPUP_PROVIDER_CLIENT_AUTH", "--client-auth"),
    ("STEPUP_PROVIDER_CLIENT_ID", "--client-id"),
    ("STEPUP_PROVIDER_ISSUER", "--issuer"),
    ("STEPUP_PROVIDER_MAX_AGE", "--max-age"),
    ("STEPUP_PROVIDER_NAME", "--name"),
    ("STEPUP_PROVIDER_NO_CHECK", "--no-check"),
    ("STEPUP_PROVIDER_PORT", "--port"),
    ("STEPUP_PROVIDER_RANK", "--rank"),
    ("STEPUP_PROVIDER_REDIRECT_PATH", "--redirect-path"),
    ("STEPUP_PROVIDER_REQUEST_ORIGIN", "--request-origin"),
    ("STEPUP_PROVIDER_RESOURCE", "--resource"),
    ("STEPUP_PROVIDER_SCOPE", "--scope"),
    ("STEPUP_PROVIDER_SKEW", "--skew"),
    ("STEPUP_PROVIDER_UNSET", "--unset"),
    ("STEPUP_RECEIPT", "N"),
    ("STEPUP_REMOTE_ACR_VALUE", "--acr-value"),
    ("STEPUP_REMOTE_CLIENT_ID", "--client-id"),
    ("STEPUP_REMOTE_CONTEXT", "--context"),
    ("STEPUP_REMOTE_ISSUER", "--issuer"),
    ("STEPUP_REMOTE_MICROSOFT", "--microsoft"),
    ("STEPUP_REMOTE_NAME", "--name"),
    ("STEPUP_REMOTE_PROVIDER", "PROVIDER"),
    ("STEPUP_REMOTE_SECRET_FILE", "--secret-file"),
    ("STEPUP_REMOTE_TENANT", "--tenant"),
    ("STEPUP_SANDBOX_URL", "URL"),
    ("STEPUP_SETTING", "SETTING"),
    ("STEPUP_SHELL", "SHELL"),
    ("STEPUP_STDIN", "--stdin"),
    ("STEPUP_TASK", "TASK"),
    ("STEPUP_TENANT", "TENANT"),
    ("STEPUP_TOKEN_STDIN", "--token-stdin"),
    ("STEPUP_TRANSACTION_ID", "--transaction-id"),
    ("STEPUP_URL", "URL"),
    ("STEPUP_VALUE", "VALUE"),
    ("STEPUP_YES", "--yes"),
];

/// Refuses a variable of earlier versions: somebody relies on it, and would be left believing that it counts.
pub(crate) fn refuse_removed() -> Result<(), Error> {
    let set = REMOVED
        .iter()
        .find(|(variable, _)| environment::variable(variable).is_some());
    let Some((variable, instead)) = set else {
        return Ok(());
    };
    Err(Error::usage(format!(
        "`{variable}` is set, but variables no longer give consent, name a target or weaken a check"
    ))
    .hint(format!(
        "unset `{variable}`, and give `{instead}` on the command line"
    )))
}

/// The definition without the variables that are set and empty, which would be read as empty values.
pub(super) fn without_empty(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let name = arg.get_env().and_then(std::ffi::OsStr::to_str);
        if name.is_some_and(environment::is_empty) {
            arg.env(None::<&'static str>)
        } else {
            arg
        }
    });
    command.mut_subcommands(without_empty)
}

/// The same error, if what was typed is as wrong without the variables: clap counts what a variable gave as typed, and
/// has it in the usage line as if it were required.
pub(super) fn without_variables(
    error: clap::Error,
    words: &[OsString],
    command: Command,
) -> clap::Error {
    let typed = without_any(command).try_get_matches_from(words).err();
    typed
        .filter(|typed| {
            let nothing = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            [error.kind(), nothing].contains(&typed.kind())
        })
        .unwrap_or(error)
}

fn without_any(command: Command) -> Command {
    let command = command.mut_args(|arg| arg.env(None::<&'static str>));
    command.mut_subcommands(without_any)
}

/// The definition with no variable in its help: `stepup help environment` and the manual name them.
pub(crate) fn out_of_sight(command: Command) -> Command {
    let command = command.mut_args(|arg| arg.hide_env(true));
    command.mut_subcommands(out_of_sight)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    /// Adding one is a decision: it may be a setting, and nothing that consents, is acted on or weakens a check.
    const SETTINGS: &[&str] = &[
        "STEPUP_ALL",
        "STEPUP_API_URL",
        "STEPUP_AUDIT",
        "STEPUP_BROWSER",
        "STEPUP_CEREMONY",
        "STEPUP_COLOR",
        "STEPUP_CONFIG",
        "STEPUP_DEMO_SIGN_IN",
        "STEPUP_DRY_RUN",
        "STEPUP_HTTP_TIMEOUT",
        "STEPUP_INCLUDE",
        "STEPUP_INTERVAL",
        "STEPUP_JSON",
        "STEPUP_LIMIT",
        "STEPUP_LOGIN_CLIENT_ID",
        "STEPUP_LOGIN_HINT",
        "STEPUP_NEGATIVE",
        "STEPUP_NEWEST_FIRST",
        "STEPUP_NO_BROWSER",
        "STEPUP_NO_INPUT",
        "STEPUP_ORIGIN",
        "STEPUP_OUTPUT",
        "STEPUP_PROFILE",
        "STEPUP_PROVIDER",
        "STEPUP_QUERY",
        "STEPUP_QUIET",
        "STEPUP_RECEIPT_LOG",
        "STEPUP_REMOTE",
        "STEPUP_SANDBOX_AS",
        "STEPUP_SANDBOX_CLIENT_ID",
        "STEPUP_SANDBOX_INFO",
        "STEPUP_SANDBOX_ISSUER",
        "STEPUP_SANDBOX_LISTEN",
        "STEPUP_SANDBOX_LOG",
        "STEPUP_SANDBOX_RECORD",
        "STEPUP_SANDBOX_SET",
        "STEPUP_SANDBOX_STATE",
        "STEPUP_SANDBOX_TLS",
        "STEPUP_SANDBOX_WITH",
        "STEPUP_STATE",
        "STEPUP_STEP_UP",
        "STEPUP_STORE",
        "STEPUP_TIMEOUT",
        "STEPUP_TYPE",
        "STEPUP_VERBOSE",
        "STEPUP_WAIT",
    ];

    fn each(command: &Command, look: &mut impl FnMut(&Command, &clap::Arg)) {
        command.get_arguments().for_each(|arg| look(command, arg));
        for subcommand in command.get_subcommands() {
            each(subcommand, look);
        }
    }

    #[test]
    fn variables_exist_for_settings_and_nothing_else() {
        let mut known = std::collections::BTreeSet::new();
        each(&Cli::command(), &mut |command, arg| {
            let variable = arg.get_env().and_then(|name| name.to_str());
            assert!(
                !arg.is_positional() || variable.is_none(),
                "`{}` of `{}` names what is acted on",
                arg.get_id(),
                command.get_name()
            );
            known.extend(variable.map(str::to_owned));
        });
        assert_eq!(known.into_iter().collect::<Vec<_>>(), SETTINGS);
    }

    #[test]
    fn what_is_typed_instead_of_a_removed_variable_exists() {
        let mut typed = std::collections::BTreeSet::new();
        each(&Cli::command(), &mut |_, arg| {
            typed.extend(arg.get_long().map(|name| format!("--{name}")));
            let names = arg.get_value_names().into_iter().flatten();
            typed.extend(names.map(ToString::to_string));
        });
        for (variable, instead) in REMOVED {
            assert!(typed.contains(*instead), "{variable}: {instead}");
            assert!(!SETTINGS.contains(variable), "{variable}");
        }
        assert!(REMOVED.is_sorted());
    }
}
