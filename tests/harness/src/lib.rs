//! One run of the binary: what goes in, what comes out, and a hard limit of time.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::missing_panics_doc,
    reason = "a test may stop where it stands"
)]

mod outcome;
mod stream;
mod threads;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

pub use outcome::{Outcome, plain};
use stream::Stream;
pub use threads::Machine;

/// The rows of a table: tuples that end with `;`, each on a line of its own however long it is.
#[macro_export]
macro_rules! rows {
    ($($($cell:expr),+;)*) => { [$(($($cell),+)),*] };
}

/// No run may take longer, whatever happens, unless it is told to.
pub const LIMIT: Duration = Duration::from_secs(30);

/// A command line that is being put together.
#[must_use]
pub struct Run {
    command: Command,
    stdin: Option<String>,
    limit: Duration,
}

impl Run {
    /// Any program, with nothing of our own environment but `PATH`.
    pub fn of(program: impl AsRef<OsStr>, home: &Path) -> Self {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("TMPDIR", home)
            // One for all sandboxes of a development build: see `keys.rs` there.
            .env("STEPUP_TESTS_RSA_KEY", beside("sandbox.pem"))
            .current_dir(home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self {
            command,
            stdin: None,
            limit: LIMIT,
        }
    }

    /// A line of the shell on a terminal of its own, both streams as stdout, with a keyboard.
    pub fn on_a_terminal(line: &str, home: &Path) -> Self {
        // `script` is part of every Debian; a terminal cannot be had from safe code alone.
        Self::of("script", home)
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .arg("-qec")
            .arg(line)
            .arg("/dev/null")
            .with_open_stdin()
    }

    /// Another limit of time than [`LIMIT`].
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// One word.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Words, split at spaces.
    pub fn args(mut self, words: &str) -> Self {
        self.command.args(words.split_whitespace());
        self
    }

    /// Words as they are, spaces and all.
    pub fn words(mut self, words: impl IntoIterator<Item: AsRef<OsStr>>) -> Self {
        self.command.args(words);
        self
    }

    /// A variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Without a variable that it would have.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// What the program reads from its stdin.
    pub fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.to_owned());
        self.command.stdin(Stdio::piped());
        self
    }

    /// A stdin that stays open, for what is typed later.
    pub fn with_open_stdin(mut self) -> Self {
        self.command.stdin(Stdio::piped());
        self
    }

    /// A stdout whose reader has gone.
    pub fn with_closed_stdout(mut self) -> Self {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        self.command.stdout(writer);
        self
    }

    /// A stderr whose reader has gone.
    pub fn with_closed_stderr(mut self) -> Self {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        self.command.stderr(writer);
        self
    }

    /// Adds `--browser` with the built-in person of the same binary.
    pub fn signing_in_with(self, factor: &str) -> Self {
        let person = person(self.command.get_program(), factor);
        self.arg("--browser").arg(person)
    }

    /// Runs it to its end, with the built-in person who signs in with this factor.
    #[must_use]
    pub fn run_with(self, factor: &str) -> Outcome {
        self.signing_in_with(factor).run()
    }

    /// Runs it to its end.
    #[must_use]
    pub fn run(self) -> Outcome {
        self.start().end()
    }

    /// Runs it to its end, which is as [`Outcome::exits`] says.
    #[track_caller]
    pub fn exits(self, code: i32) -> Outcome {
        let outcome = self.run();
        outcome.exits(code);
        outcome
    }

    /// Starts it and leaves it running.
    pub fn start(mut self) -> Running {
        let words = format!("{:?}", self.command);
        let started = Instant::now();
        let mut child = match self.command.spawn() {
            Ok(child) => child,
            Err(error) => panic!("{words}: {error}"),
        };
        // Our copy of a pipe's end would keep it open.
        drop(self.command);
        if let Some(text) = self.stdin {
            let mut stdin = child.stdin.take().unwrap();
            thread::spawn(move || stdin.write_all(text.as_bytes()));
        }
        Running {
            stdin: child.stdin.take(),
            stdout: Stream::of(child.stdout.take()),
            stderr: Stream::of(child.stderr.take()),
            child,
            words,
            started,
            limit: self.limit,
            ended: false,
        }
    }
}

/// The built-in person of this binary as a `--browser` command line.
pub fn person(binary: impl AsRef<OsStr>, factor: &str) -> String {
    let binary = binary.as_ref().to_str().unwrap();
    shell_words::join([binary, "sandbox", "sign-in", "--with", factor])
}

/// The address that the person has to open, once its line is whole.
pub fn start_url(text: &str) -> Option<String> {
    let (before, rest) = text.split_once("/start/")?;
    let (token, _) = rest.split_once(['\r', '\n'])?;
    let address = &before[before.rfind("http://")?..];
    Some(format!("{address}/start/{token}"))
}

/// A run that goes on. Killed when dropped before its end.
pub struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Stream,
    stderr: Stream,
    words: String,
    started: Instant,
    limit: Duration,
    ended: bool,
}

impl Running {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The address that the person has to open, as soon as it is printed.
    pub fn start_url(&self) -> String {
        self.stderr(start_url)
    }

    /// The start URL on a terminal, where both streams arrive on stdout.
    pub fn start_url_on_terminal(&self) -> String {
        self.stdout(start_url)
    }

    /// Does this in the background as soon as that address is printed, if it ever is.
    pub fn at_start_url(&self, visit: impl FnOnce(&str) + Send + 'static) {
        let (stderr, deadline) = (self.stderr.clone(), self.deadline());
        thread::spawn(move || {
            if let Some(url) = stderr.find(start_url, deadline) {
                visit(&url);
            }
        });
    }

    /// Closes what it reads from.
    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// Types something; the stdin must have been left open.
    pub fn types(&mut self, text: &(impl AsRef<[u8]> + ?Sized)) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(text.as_ref()).unwrap();
        stdin.flush().unwrap();
    }

    /// Waits until stderr holds what is looked for.
    pub fn stderr<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.stderr
            .find(find, self.deadline())
            .unwrap_or_else(|| panic!("it never came: {}\n{}", self.words, self.stderr.text()))
    }

    /// Waits until stdout holds what is looked for.
    pub fn stdout<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.stdout.find(find, self.deadline()).unwrap_or_else(|| {
            let (out, err) = (self.stdout.text(), self.stderr.text());
            panic!("it never came: {}\n{out}\n{err}", self.words)
        })
    }

    /// Waits until stderr holds this.
    pub fn says(&self, text: &str) {
        self.stderr(|said| said.contains(text).then_some(()));
    }

    /// Waits until stdout holds this, where a terminal shows both streams.
    pub fn prints(&self, text: &str) {
        self.stdout(|shown| shown.contains(text).then_some(()));
    }

    /// Waits until a line of stderr holds what is looked for.
    pub fn stderr_line<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.stderr(|text| whole_lines(text).find_map(&find))
    }

    /// Waits until a line of stdout holds what is looked for.
    pub fn stdout_line<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.stdout(|text| whole_lines(text).find_map(&find))
    }

    /// The first line of stdout.
    pub fn first_line(&self) -> String {
        self.stdout_line(|line| Some(line.to_owned()))
    }

    /// Everything on both streams so far.
    pub fn said_so_far(&self) -> String {
        self.stdout.text() + &self.stderr.text()
    }

    /// Sends a signal: `INT`, `TERM`, `HUP`.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.id().to_string())
            .status();
        assert!(status.unwrap().success());
    }

    /// Waits for the end, for as long as the run may take.
    #[must_use]
    pub fn end(self) -> Outcome {
        let deadline = self.deadline();
        self.end_before(deadline)
    }

    /// Waits for the end, which has this exit code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Outcome {
        let outcome = self.end();
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome
    }

    /// Waits for the end, for so long from here on.
    #[must_use]
    pub fn end_within(self, limit: Duration) -> Outcome {
        self.end_before(Instant::now() + limit)
    }

    fn end_before(mut self, deadline: Instant) -> Outcome {
        let on_time = self.stdout.wait_for_end(deadline) && self.stderr.wait_for_end(deadline);
        let status = on_time.then(|| self.exit_status(deadline)).flatten();
        let took = self.started.elapsed();
        let outcome = Outcome {
            words: std::mem::take(&mut self.words),
            code: status.and_then(|status| status.code()),
            stdout: self.stdout.text(),
            stderr: self.stderr.text(),
            took,
        };
        assert!(status.is_some(), "still running after {took:?}: {outcome}");
        assert!(!outcome.stderr.contains("panicked at"), "{outcome}");
        self.ended = true;
        outcome
    }

    fn deadline(&self) -> Instant {
        self.started + self.limit
    }

    fn exit_status(&mut self, deadline: Instant) -> Option<ExitStatus> {
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A file in the folder of the test programs.
fn beside(name: &str) -> PathBuf {
    std::env::current_exe().unwrap().with_file_name(name)
}

fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    text[..whole].lines()
}
