//! Opens a URL in the person's own browser (RFC 8252 §6): the system's, or a command of theirs. Never waits for
//! it, never lets it write to our terminal, and never takes "it started" for "it opened": callers print
//! the URL as well.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, thread};

use url::Url;

use super::sanitize::sanitize;
use crate::environment;

/// Browsers that would draw on our terminal. No provider's sign-in page works in them anyway.
const TEXT_BROWSERS: [&str; 9] = [
    "lynx", "links", "links2", "elinks", "w3m", "eww", "netrik", "retawq", "curl",
];

/// What stands between the commands in `$BROWSER`, as between the folders in `$PATH`.
const BETWEEN: char = if cfg!(windows) { ';' } else { ':' };

/// The first word of the command line on which we start ourselves to call [`open_here`]. No command for people: help
/// does not know it.
pub(crate) const OPEN_PAGE: &str = "open-page";

/// How to open a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opener {
    /// The system's default browser.
    System,
    /// The first of these programs that can be started, with its arguments; no shell is involved.
    Commands(Vec<Vec<String>>),
    /// Not at all: the person copies the URL.
    None,
}

/// Why nothing was opened. Never fatal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BrowserError {
    /// A `--browser` or `$BROWSER` that has no words, or a quote without its pair.
    #[error("`{0}` is not a command line")]
    NotACommand(String),
    /// Only web addresses are opened, whatever an API says.
    #[error("only http and https URLs are opened in a browser")]
    NotWeb,
    /// The program is not there or may not be run.
    #[error("`{program}` could not be started: {reason}")]
    NotStarted { program: String, reason: String },
}

impl Opener {
    /// Reads `--browser`: words as in a shell of this system, with `%s` or `{url}` where the URL goes (else it is
    /// added at the end).
    pub(crate) fn parse(command: &str) -> Result<Self, BrowserError> {
        Ok(Self::Commands(vec![words(command)?]))
    }

    /// Reads `$BROWSER`: by convention several command lines, the first that can be started counts; each as
    /// [`Self::parse`] reads one.
    fn named(commands: &str) -> Result<Self, BrowserError> {
        let commands = commands
            .split(BETWEEN)
            .filter(|command| !command.is_empty());
        commands
            .map(words)
            .collect::<Result<_, _>>()
            .map(Self::Commands)
    }

    /// The opener for `--browser` and `--no-browser`.
    pub(crate) fn choose(
        command: Option<&str>,
        none: bool,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, BrowserError> {
        match (command, variable("BROWSER")) {
            (Some(command), _) => Self::parse(command),
            (None, _) if none || !Self::likely(variable) => Ok(Self::None),
            (None, Some(named)) if !named.is_empty() => Self::named(&named),
            (None, _) => Ok(Self::System),
        }
    }

    /// Whether a graphical browser is plausible here, going by the environment. Where it is not,
    /// [`Self::System`] would at best start a text browser on top of us.
    pub(crate) fn likely(variable: impl Fn(&str) -> Option<String>) -> bool {
        Self::obstacle(variable).is_none()
    }

    /// Why no browser is opened that nobody named.
    pub(crate) fn obstacle(variable: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        if let Some(command) = variable("BROWSER").filter(|command| !command.is_empty()) {
            let text = command.split(BETWEEN).any(is_text_browser);
            return text
                .then_some("the variable `BROWSER` names one for text, in which no sign-in works");
        }
        if Self::has_a_screen(&variable) {
            return None;
        }
        Some(if is_set("SSH_CONNECTION") {
            "connected by SSH, and neither `DISPLAY` nor `WAYLAND_DISPLAY` is set"
        } else {
            "neither `DISPLAY` nor `WAYLAND_DISPLAY` is set"
        })
    }

    /// Whether there is a screen for a graphical browser, and somebody who sits before it.
    pub(crate) fn has_a_screen(variable: impl Fn(&str) -> Option<String>) -> bool {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        if is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
            return true;
        }
        // By SSH it would open where nobody sits.
        !is_set("SSH_CONNECTION") && (!cfg!(target_os = "linux") || is_set("WSL_DISTRO_NAME"))
    }

    /// What opens it, as a person would call it: `firefox`, `stepup sandbox sign-in`. Nothing where the system chooses,
    /// or nothing is opened.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Self::Commands(commands) => commands.iter().map(|words| name(words)).collect(),
            Self::System | Self::None => Vec::new(),
        }
    }

    /// Opens the URL and returns at once. `on_trouble` is called, from another thread, with one sentence
    /// if the browser could not be started or ends in failure while we still run.
    pub(crate) fn open(
        &self,
        url: &str,
        on_trouble: impl FnOnce(String) + Send + 'static,
    ) -> Result<(), BrowserError> {
        let url = web(url)?;
        match self {
            Self::None => Ok(()),
            Self::System => {
                let (_, child) = start(&system()?, &url)?;
                in_background(move || watch_system(child), on_trouble)
            }
            Self::Commands(commands) => {
                let (program, child) = start_first(commands, &url)?;
                in_background(move || watch(&program, child), on_trouble)
            }
        }
    }
}

/// The program without its folder, and the words after it up to the first that is a flag or holds the URL.
fn name(words: &[String]) -> String {
    let program = words.first().map(Path::new).and_then(Path::file_name);
    let program = program.unwrap_or_default().to_string_lossy();
    let is_word = |word: &&String| {
        let mut characters = word.chars();
        !word.starts_with('-') && characters.all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let rest = words.iter().skip(1).take_while(is_word);
    let program = program.trim_end_matches(".exe");
    let all = [program].into_iter().chain(rest.map(String::as_str));
    sanitize(&all.collect::<Vec<_>>().join(" "))
}

/// Opens the URL with the system's opener, from this process and with its whole environment: see `system`.
pub(crate) fn open_here(url: &str) -> Result<(), BrowserError> {
    let url = web(url)?;
    webbrowser::open(url.as_str()).map_err(|error| BrowserError::NotStarted {
        program: "browser".into(),
        reason: sanitize(&error.to_string()),
    })
}

/// The system's opener: ourselves as a program of its own, since the browser inherits the whole environment of the
/// process that asks for it, and ours may hold secrets.
fn system() -> Result<Vec<String>, BrowserError> {
    let not_started = |reason: String| BrowserError::NotStarted {
        program: "browser".into(),
        reason,
    };
    let ourselves = env::current_exe().map_err(|error| not_started(error.to_string()))?;
    let ourselves = ourselves
        .into_os_string()
        .into_string()
        .map_err(|_| not_started("the path of this program is not UTF-8".into()))?;
    Ok(vec![ourselves, OPEN_PAGE.to_owned()])
}

fn watch_system(mut child: Child) -> Result<(), String> {
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        _ => Err("no browser could be opened".to_owned()),
    }
}

/// Only web addresses are opened.
fn web(url: &str) -> Result<Url, BrowserError> {
    let url = Url::parse(url).map_err(|_| BrowserError::NotWeb)?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err(BrowserError::NotWeb)
    }
}

/// One command line. Never empty.
fn words(command: &str) -> Result<Vec<String>, BrowserError> {
    let words = if !cfg!(windows) {
        shell_words::split(command).ok()
    } else if Path::new(command).is_file() {
        Some(vec![command.to_owned()])
    } else {
        windows_words(command)
    };
    let words = words.filter(|words| !words.is_empty());
    words.ok_or_else(|| BrowserError::NotACommand(sanitize(command)))
}

/// Starts the first that can be started. Where none can, the error is the first one's.
fn start_first(commands: &[Vec<String>], url: &Url) -> Result<(String, Child), BrowserError> {
    let mut failed = None;
    for words in commands {
        match start(words, url) {
            Ok(started) => return Ok(started),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Err(failed.unwrap_or_else(|| BrowserError::NotACommand(String::new())))
}

fn start(words: &[String], url: &Url) -> Result<(String, Child), BrowserError> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(BrowserError::NotACommand(String::new()));
    };
    let mut command = environment::child(program);
    command.args(fill_in(arguments, url.as_str()));
    // Not even a pipe for stderr: a browser that outlives us would die of it, writing to nobody.
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    detach(&mut command);
    let child = command.spawn().map_err(|error| BrowserError::NotStarted {
        program: sanitize(program),
        reason: error.to_string(),
    })?;
    Ok((sanitize(program), child))
}

/// The command line that [`Opener::parse`] reads as these words.
#[cfg(feature = "sandbox")]
pub(crate) fn command_line(words: &[String]) -> String {
    if cfg!(windows) {
        windows_line(words)
    } else {
        shell_words::join(words)
    }
}

/// What [`windows_words`] reads as these words; no path on Windows holds a quote.
#[cfg(feature = "sandbox")]
fn windows_line(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.join(" ")
}

/// The words of a Windows command line: double quotes keep spaces together, and a backslash is a part of a path.
/// `None` for a quote without its pair.
fn windows_words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    for letter in command.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            letter if letter.is_whitespace() && !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    (!quoted).then_some(words)
}

fn fill_in(arguments: &[String], url: &str) -> Vec<String> {
    let has_place = |argument: &String| argument.contains("%s") || argument.contains("{url}");
    if arguments.iter().any(has_place) {
        arguments
            .iter()
            .map(|argument| argument.replace("%s", "{url}").replace("{url}", url))
            .collect()
    } else {
        arguments.iter().cloned().chain([url.to_owned()]).collect()
    }
}

/// Ctrl-C in our terminal is for us, not for the person's browser.
#[cfg(unix)]
fn detach(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn detach(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    let flags = CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW;
    std::os::windows::process::CommandExt::creation_flags(command, flags);
}

fn watch(program: &str, mut child: Child) -> Result<(), String> {
    match child.wait() {
        Ok(status) if !status.success() => Err(format!("`{program}` ended with {status}")),
        _ => Ok(()),
    }
}

fn in_background(
    work: impl FnOnce() -> Result<(), String> + Send + 'static,
    on_trouble: impl FnOnce(String) + Send + 'static,
) -> Result<(), BrowserError> {
    thread::Builder::new()
        .name("browser".into())
        .spawn(move || {
            if let Err(trouble) = work() {
                on_trouble(trouble);
            }
        })
        .map(drop)
        .map_err(|error| BrowserError::NotStarted {
            program: "browser".into(),
            reason: error.to_string(),
        })
}

fn is_text_browser(command: &str) -> bool {
    let program = command.split_whitespace().next().unwrap_or_default();
    let name = program.rsplit('/').next().unwrap_or_default();
    TEXT_BROWSERS.contains(&name)
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::sync::mpsc;
    #[cfg(unix)]
    use std::time::Duration;

    use super::*;

    #[cfg(unix)]
    const URL: &str = "http://127.0.0.1:4000/start/abc";

    #[test]
    fn the_url_goes_where_the_command_says_or_to_its_end() {
        let words = |text: &str| match Opener::parse(text).unwrap() {
            Opener::Commands(commands) => fill_in(&commands[0][1..], "U"),
            other => panic!("{other:?}"),
        };
        assert_eq!(words("firefox -P work"), ["-P", "work", "U"]);
        assert_eq!(words("chromium --app=%s"), ["--app=U"]);
        assert_eq!(
            words("open -a \"Google Chrome\" {url} -g"),
            ["-a", "Google Chrome", "U", "-g"]
        );
        assert!(matches!(
            Opener::parse("  "),
            Err(BrowserError::NotACommand(_))
        ));
        assert!(matches!(
            Opener::parse("firefox \"x"),
            Err(BrowserError::NotACommand(_))
        ));
    }

    #[test]
    fn on_windows_a_backslash_is_part_of_a_path() {
        let words = |text: &str| windows_words(text).unwrap();
        assert_eq!(
            words(r"C:\dir\x.exe --new-window"),
            [r"C:\dir\x.exe", "--new-window"]
        );
        assert_eq!(
            words(r#""C:\Program Files\x.exe"  --app=%s "" 'a'"#),
            [r"C:\Program Files\x.exe", "--app=%s", "", "'a'"]
        );
        assert_eq!(
            words(r#""C:\dir\" -P"my profile""#),
            [r"C:\dir\", "-Pmy profile"]
        );
        assert_eq!(words("  "), [""; 0]);
        assert_eq!(windows_words(r#""C:\dir"#), None);
    }

    #[test]
    fn what_opens_is_named_as_a_person_would() {
        for (command, called) in [
            ("/opt/bin/firefox -P work", "firefox"),
            ("chromium --app=%s", "chromium"),
            (
                "/x/stepup sandbox sign-in --with key",
                "stepup sandbox sign-in",
            ),
            (
                "flatpak run org.mozilla.firefox {url} x",
                "flatpak run org.mozilla.firefox",
            ),
            ("curl http://user:secret@host", "curl"),
        ] {
            assert_eq!(Opener::parse(command).unwrap().names(), [called]);
        }
        assert_eq!(Opener::System.names(), [""; 0]);
        assert_eq!(Opener::None.names(), [""; 0]);
    }

    #[cfg(feature = "sandbox")]
    #[test]
    fn words_come_back_from_their_line() {
        let words = [
            r"C:\Program Files\it's\x.exe",
            "sandbox",
            "--with",
            "",
            "a b",
        ];
        let words = words.map(str::to_owned);
        assert_eq!(windows_words(&windows_line(&words)).unwrap(), words);
        let read = Opener::parse(&command_line(&words)).unwrap();
        assert_eq!(read, Opener::Commands(vec![words.to_vec()]));
    }

    #[test]
    fn a_graphical_browser_is_likely_only_where_someone_would_see_it() {
        let likely = |set: &[(&str, &str)]| {
            Opener::likely(|name| {
                set.iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(likely(&[("DISPLAY", ":0")]));
        assert!(likely(&[("WAYLAND_DISPLAY", "wayland-0")]));
        assert!(likely(&[("WSL_DISTRO_NAME", "Debian")]));
        assert!(likely(&[
            ("BROWSER", "/usr/bin/firefox %s"),
            ("SSH_CONNECTION", "a")
        ]));
        assert!(likely(&[
            ("DISPLAY", "localhost:10"),
            ("SSH_CONNECTION", "a")
        ]));
        assert!(!likely(&[("BROWSER", "/usr/bin/w3m"), ("DISPLAY", ":0")]));
        assert!(!likely(&[("SSH_CONNECTION", "a")]));
        assert_eq!(likely(&[("BROWSER", "")]), !cfg!(target_os = "linux"));
    }

    #[cfg(unix)]
    #[test]
    fn what_browser_names_is_read_as_the_flag_is_and_may_be_several() {
        let chosen = |named: &str| {
            let variable = |name: &str| (name == "BROWSER").then(|| named.to_owned());
            Opener::choose(None, false, variable)
        };
        let commands = |commands: &[&[&str]]| {
            let words = |words: &&[&str]| words.iter().map(|&word| word.to_owned()).collect();
            Opener::Commands(commands.iter().map(words).collect())
        };
        for (named, read) in [
            ("firefox", commands(&[&["firefox"]])),
            (
                "'/opt/my browser/x' -P \"a b\" %s",
                commands(&[&["/opt/my browser/x", "-P", "a b", "%s"]]),
            ),
            ("x -a:y", commands(&[&["x", "-a"], &["y"]])),
            ("firefox:", commands(&[&["firefox"]])),
            ("w3m", Opener::None),
        ] {
            assert_eq!(chosen(named).unwrap(), read, "{named}");
        }
        for named in ["firefox \"x", "  "] {
            let refused = chosen(named);
            assert!(matches!(refused, Err(BrowserError::NotACommand(_))));
        }
    }

    #[cfg(unix)]
    #[test]
    fn of_several_the_first_that_can_be_started_is() {
        let command = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let missing: Vec<String> = command(&["/no/such/browser"]);
        let failing = command(&["sh", "-c", "exit 3"]);
        let unasked = command(&["sh", "-c", "exit 4"]);
        let (sender, receiver) = mpsc::channel();
        Opener::Commands(vec![missing, failing, unasked])
            .open(URL, move |text| sender.send(text).unwrap())
            .unwrap();
        let trouble = receiver.recv_timeout(Duration::from_secs(10));
        assert_eq!(trouble.unwrap(), "`sh` ended with exit status: 3");
    }

    #[test]
    fn only_web_addresses_are_opened() {
        for url in ["file:///etc/passwd", "--version", "javascript:alert(1)", ""] {
            let opened = Opener::Commands(vec![vec!["true".into()]]).open(url, drop);
            assert!(matches!(opened, Err(BrowserError::NotWeb)), "{url}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_command_gets_the_url_as_one_argument_and_no_shell() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("argv");
        let script = format!("echo \"$# $1\" > '{}'; exit 1", file.display());
        let words = ["sh", "-c", &script, "browser"].map(str::to_owned).to_vec();
        let (sender, receiver) = mpsc::channel();
        let url = format!("{URL}?a=1&b=$(id)");
        Opener::Commands(vec![words])
            .open(&url, move |text| sender.send(text).unwrap())
            .unwrap();
        receiver.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(
            std::fs::read_to_string(&file).unwrap(),
            format!("1 {url}\n")
        );
    }
}
