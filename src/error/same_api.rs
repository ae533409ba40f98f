//! Commands in hints, as they are typed: for the API that the command was about, since as they stand they would be for the
//! default profile; and in the shell that people have on this system.

/// Commands that do something else with another profile; `stepup login` beside them.
const OTHERS: [&str; 13] = [
    "stepup approve",
    "stepup comment",
    "stepup config get api_url",
    "stepup config set api_url",
    "stepup config set provider",
    "stepup config set-secret",
    "stepup deny",
    "stepup doctor",
    "stepup policy",
    "stepup provider remote",
    "stepup provider test",
    "stepup task",
    "stepup whoami",
];

const LOGIN: &str = "stepup login";

/// What is added to a command, so that it is about this API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SameApi {
    /// Behind `stepup login`.
    login: String,
    /// Behind those that read and write the configuration.
    config: String,
    /// Behind the others.
    others: String,
}

impl SameApi {
    /// The API of a profile that is not the default one.
    pub(crate) fn of_profile(name: &str) -> Self {
        let flag = format!(" --profile {}", shell_words::quote(name));
        Self {
            login: flag.clone(),
            config: flag.clone(),
            others: flag,
        }
    }

    /// An API that no profile has yet; a sign-in there makes one, by this name if one was asked for.
    pub(crate) fn at(url: &str, profile: Option<&str>) -> Self {
        let flag = profile.map(|name| format!(" --profile {}", shell_words::quote(name)));
        let url = shell_words::quote(url);
        Self {
            login: format!(" {url}{}", flag.unwrap_or_default()),
            config: String::new(),
            others: format!(" --api-url {url}"),
        }
    }

    /// The text with its commands, each between backticks, completed.
    pub(crate) fn completed(&self, text: &str) -> String {
        let parts: Vec<String> = text
            .split('`')
            .enumerate()
            .map(|(place, part)| match place % 2 {
                1 if cfg!(windows) => piped(&self.command(part)),
                1 => self.command(part),
                _ => part.to_owned(),
            })
            .collect();
        parts.join("`")
    }

    fn command(&self, command: &str) -> String {
        if command.contains("--profile") || command.contains("--api-url") {
            return command.to_owned();
        }
        // With a word behind it the sign-in is to another API, or to one that is named.
        if let Some(flags) = behind(command, LOGIN)
            && (flags.is_empty() || flags.starts_with(" --"))
        {
            return format!("{LOGIN}{}{flags}", self.login);
        }
        if !OTHERS.iter().any(|other| behind(command, other).is_some()) {
            return command.to_owned();
        }
        let flag = match behind(command, "stepup config") {
            Some(_) => &self.config,
            None => &self.others,
        };
        match command.split_once(" <") {
            Some((words, from)) => format!("{words}{flag} <{from}"),
            None => format!("{command}{flag}"),
        }
    }
}

/// A command that reads a file, for PowerShell, which has no `<`.
fn piped(command: &str) -> String {
    match command.split_once(" < ") {
        Some((words, file)) => format!("Get-Content {file} | {words}"),
        None => command.to_owned(),
    }
}

/// What stands behind these words, if the command begins with them.
fn behind<'a>(command: &'a str, words: &str) -> Option<&'a str> {
    let rest = command.strip_prefix(words)?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_completed_where_the_profile_matters() {
        for (text, completed) in [
            (
                "sign in with `stepup login`",
                "sign in with `stepup login --profile b`",
            ),
            (
                "`stepup login --store file` again",
                "`stepup login --profile b --store file` again",
            ),
            (
                "stepup login, or `stepup login`, or",
                "stepup login, or `stepup login --profile b`, or",
            ),
            (
                "`stepup config set-secret okta < FILE`",
                "`stepup config set-secret okta --profile b < FILE`",
            ),
            (
                "`stepup config set api_url URL`",
                "`stepup config set api_url URL --profile b`",
            ),
            (
                "`stepup task list` shows",
                "`stepup task list --profile b` shows",
            ),
            (
                "its next step waits for you: `stepup approve 4217`",
                "its next step waits for you: `stepup approve 4217 --profile b`",
            ),
        ] {
            assert_eq!(SameApi::of_profile("b").completed(text), completed);
        }
        for text in [
            "",
            "an ` alone, stepup login",
            "`stepup login TENANT`",
            "`stepup login https://acme.example --adopt`",
            "`stepup login --profile c`",
            "`stepup logins`",
            "`stepup provider list`, `stepup config set store file`",
        ] {
            assert_eq!(SameApi::of_profile("b").completed(text), text);
        }
    }

    #[test]
    fn an_api_without_a_profile_is_named_by_its_address() {
        let api = SameApi::at("https://acme.example/", None);
        let text = "`stepup login --store file`, `stepup task list`";
        let completed = "`stepup login https://acme.example/ --store file`, `stepup task list --api-url https://acme.example/`";
        assert_eq!(api.completed(text), completed);
        let named = SameApi::at("https://acme.example/", Some("b"));
        let completed = "`stepup login https://acme.example/ --profile b`";
        assert_eq!(named.completed("`stepup login`"), completed);
    }

    #[test]
    fn powershell_reads_a_file_by_a_pipe() {
        let command = "stepup config set-secret okta < FILE";
        let expected = "Get-Content FILE | stepup config set-secret okta";
        assert_eq!(piped(command), expected);
        assert_eq!(piped("stepup login"), "stepup login");
    }

    /// What came from the command line goes back there as one word.
    #[test]
    fn a_name_and_an_address_are_quoted() {
        let api = SameApi::at("http://a.example/;id", Some("$(id)"));
        let login = "`stepup login 'http://a.example/;id' --profile '$(id)'`";
        assert_eq!(api.completed("`stepup login`"), login);
    }

    #[test]
    fn the_default_profile_is_not_named() {
        assert_eq!(
            SameApi::default().completed("`stepup login`"),
            "`stepup login`"
        );
    }
}
