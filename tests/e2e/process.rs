//! One run of the binary: what goes in, what comes out, and a hard limit of time.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// The binary under test.
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_stepup");

/// No run may take longer, whatever happens.
const LIMIT: Duration = Duration::from_secs(30);

/// A command line that is being put together.
#[must_use]
pub(crate) struct Run {
    command: Command,
    stdin: Option<String>,
}

impl Run {
    /// Any program, with nothing of our own environment but `PATH`.
    pub(crate) fn of(program: impl AsRef<OsStr>, home: &Path) -> Self {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("TMPDIR", home)
            .current_dir(home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self {
            command,
            stdin: None,
        }
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Words, split at spaces.
    pub(crate) fn args(mut self, words: &str) -> Self {
        self.command.args(words.split_whitespace());
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// What the program reads from its stdin.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.to_owned());
        self.command.stdin(Stdio::piped());
        self
    }

    /// A stdin that stays open, for what is typed later.
    pub(crate) fn with_open_stdin(mut self) -> Self {
        self.command.stdin(Stdio::piped());
        self
    }

    /// A stdout whose reader has gone.
    pub(crate) fn with_closed_stdout(mut self) -> Self {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        self.command.stdout(writer);
        self
    }

    /// Adds `--browser` with the built-in person.
    pub(crate) fn signing_in_with(self, factor: &str) -> Self {
        self.arg("--browser").arg(person(factor))
    }

    /// Runs it to its end.
    pub(crate) fn run(self) -> Outcome {
        self.start().end()
    }

    /// Starts it and leaves it running.
    pub(crate) fn start(mut self) -> Running {
        let words = format!("{:?}", self.command);
        let started = Instant::now();
        let mut child = self.command.spawn().unwrap();
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
            ended: false,
        }
    }
}

/// The built-in person as a `--browser` command line.
pub(crate) fn person(factor: &str) -> String {
    format!(
        "{} sandbox sign-in --with {factor}",
        shell_words::quote(BIN)
    )
}

fn start_url(text: &str) -> Option<String> {
    let (before, rest) = text.split_once("/start/")?;
    let (token, _) = rest.split_once(['\r', '\n'])?;
    let address = &before[before.rfind("http://")?..];
    Some(format!("{address}/start/{token}"))
}

/// A run that goes on. Killed when dropped before its end.
pub(crate) struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Stream,
    stderr: Stream,
    words: String,
    started: Instant,
    ended: bool,
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The address that the person has to open, as soon as it is printed.
    pub(crate) fn start_url(&self) -> String {
        self.stderr(start_url)
    }

    /// The same on a terminal, where both streams arrive on stdout.
    pub(crate) fn start_url_on_terminal(&self) -> String {
        self.stdout(start_url)
    }

    /// Types something; the stdin must have been left open.
    pub(crate) fn types(&mut self, text: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).unwrap();
        stdin.flush().unwrap();
    }

    /// Waits until stderr holds what is looked for.
    pub(crate) fn stderr<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.stderr
            .find(find, self.started + LIMIT)
            .unwrap_or_else(|| panic!("it never came: {}\n{}", self.words, self.stderr.text()))
    }

    /// Waits until stdout holds what is looked for.
    pub(crate) fn stdout<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        self.stdout
            .find(find, self.started + LIMIT)
            .unwrap_or_else(|| {
                let (out, err) = (self.stdout.text(), self.stderr.text());
                panic!("it never came: {}\n{out}\n{err}", self.words)
            })
    }

    /// The first line of stdout.
    pub(crate) fn first_line(&self) -> String {
        self.stdout(|text| Some(text.split_once('\n')?.0.to_owned()))
    }

    /// Everything on both streams so far.
    pub(crate) fn said_so_far(&self) -> String {
        self.stdout.text() + &self.stderr.text()
    }

    /// Sends a signal: `INT`, `TERM`, `HUP`.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.id().to_string())
            .status();
        assert!(status.unwrap().success());
    }

    /// Waits for the end, for as long as a run may take.
    pub(crate) fn end(mut self) -> Outcome {
        let deadline = self.started + LIMIT;
        let on_time = self.stdout.wait_for_end(deadline) && self.stderr.wait_for_end(deadline);
        let status = on_time.then(|| self.exit_status(deadline)).flatten();
        let Some(status) = status else {
            let _ = self.child.kill();
            panic!(
                "still running after {LIMIT:?}: {}\n{}\n{}",
                self.words,
                self.stdout.text(),
                self.stderr.text()
            );
        };
        self.ended = true;
        let outcome = Outcome {
            words: std::mem::take(&mut self.words),
            code: status.code(),
            stdout: self.stdout.text(),
            stderr: self.stderr.text(),
            took: self.started.elapsed(),
        };
        assert!(!outcome.stderr.contains("panicked at"), "{outcome}");
        outcome
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

/// What a stream has brought so far.
struct Stream {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<SoFar>,
    changed: Condvar,
}

#[derive(Default)]
struct SoFar {
    bytes: Vec<u8>,
    ended: bool,
}

impl Stream {
    fn of(source: Option<impl Read + Send + 'static>) -> Self {
        let shared = Arc::new(Shared::default());
        match source {
            None => shared.state.lock().unwrap().ended = true,
            Some(source) => {
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.fill(source));
            }
        }
        Self { shared }
    }

    fn find<T>(&self, find: impl Fn(&str) -> Option<T>, deadline: Instant) -> Option<T> {
        let mut state = self.shared.state.lock().unwrap();
        loop {
            if let Some(found) = find(&String::from_utf8_lossy(&state.bytes)) {
                return Some(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.ended || left.is_zero() {
                return None;
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    fn wait_for_end(&self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        let state = self.shared.state.lock().unwrap();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(state, left, |state| !state.ended);
        waited.unwrap().0.ended
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.shared.state.lock().unwrap().bytes).into_owned()
    }
}

impl Shared {
    fn fill(&self, mut source: impl Read) {
        let mut chunk = [0; 4096];
        loop {
            // A terminal that closes is an error to read from, and an end like any other.
            let read = source.read(&mut chunk).unwrap_or(0);
            let mut state = self.state.lock().unwrap();
            state.bytes.extend_from_slice(&chunk[..read]);
            state.ended = read == 0;
            self.changed.notify_all();
            if read == 0 {
                return;
            }
        }
    }
}

/// How a run ended.
#[must_use]
pub(crate) struct Outcome {
    words: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) took: Duration,
}

impl Outcome {
    /// The exit code; and that an error comes with one sentence and at least one hint.
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self}");
        let coloured = self.words.contains("--color");
        for text in [&self.stdout, &self.stderr] {
            let odd = |c: char| c.is_control() && c != '\n';
            assert!(
                coloured || !text.contains(odd),
                "control characters: {self}"
            );
        }
        let lines = |start: &str| self.stderr.lines().filter(|l| l.starts_with(start)).count();
        if code == 0 {
            assert_eq!(lines("stepup: error: "), 0, "{self}");
        } else if lines("error: ") == 1 {
            // clap's own words.
            assert!(self.stderr.contains("For more information"), "{self}");
        } else {
            assert_eq!(lines("stepup: error: "), 1, "{self}");
            assert!(lines("stepup: hint: ") >= 1, "no hint: {self}");
        }
        self
    }

    /// stderr contains it.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "not said: {text}\n{self}");
        self
    }

    /// stderr does not contain it.
    #[track_caller]
    pub(crate) fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.stderr.contains(text), "said: {text}\n{self}");
        self
    }

    /// A hint contains it; any hint does if it is empty.
    #[track_caller]
    pub(crate) fn hints(&self, text: &str) -> &Self {
        let found = self
            .stderr
            .lines()
            .any(|line| line.starts_with("stepup: hint: ") && line.contains(text));
        assert!(found, "no hint with: {text}\n{self}");
        self
    }

    /// stdout contains it.
    #[track_caller]
    pub(crate) fn prints(&self, text: &str) -> &Self {
        assert!(self.stdout.contains(text), "not printed: {text}\n{self}");
        self
    }

    /// All of stdout.
    pub(crate) fn stdout_text(&self) -> &str {
        &self.stdout
    }

    /// The one document on stdout.
    #[track_caller]
    pub(crate) fn stdout_json(&self) -> Value {
        assert!(self.stdout.ends_with('\n'), "{self}");
        match serde_json::from_str(&self.stdout) {
            Ok(document) => document,
            Err(error) => panic!("not one JSON document: {error}\n{self}"),
        }
    }

    /// The one document on stdout is an error of this kind, and says what stderr says.
    #[track_caller]
    pub(crate) fn fails_in_json(&self, kind: &str) -> &Self {
        let document = self.stdout_json();
        let keys = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&document), ["error", "schema"], "{self}");
        assert_eq!(document["schema"], "stepup.error/1", "{self}");
        let error = &document["error"];
        assert_eq!(keys(error), ["hints", "kind", "message"], "{self}");
        assert_eq!(error["kind"], kind, "{self}");
        let message = error["message"].as_str().unwrap();
        assert!(self.stderr.contains(message), "{self}");
        assert!(!error["hints"].as_array().unwrap().is_empty(), "{self}");
        self
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "\n$ {}\n-- code {:?} after {:?}\n-- stdout\n{}\n-- stderr\n{}",
            self.words, self.code, self.took, self.stdout, self.stderr
        )
    }
}
