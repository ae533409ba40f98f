//! One run of `stepup approve`, with a person who signs in as soon as an address is printed.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use stepup_sandbox::{Factor, sign_in};
use url::Url;

/// No run may take longer, whatever happens.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// A run that goes on. Killed when dropped.
pub(crate) struct Running {
    child: Child,
    stdout: Arc<Stream>,
    stderr: Arc<Stream>,
    deadline: Instant,
}

impl Running {
    pub(crate) fn start<S: AsRef<OsStr>>(home: &Path, args: impl IntoIterator<Item = S>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_stepup"))
            .args(args)
            .env_clear()
            .env("HOME", home)
            .current_dir(home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = Stream::of(child.stdout.take().unwrap(), |_| ());
        let stderr = Stream::of(child.stderr.take().unwrap(), |line| {
            if let Some(url) = start_url(line) {
                // Whether the person gets through is what the story is about.
                thread::spawn(move || sign_in(url.as_str(), Factor::Key));
            }
        });
        Self {
            child,
            stdout,
            stderr,
            deadline: Instant::now() + LIMIT,
        }
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Ctrl-C.
    pub(crate) fn interrupt(&self) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args(["-INT", &id]).status();
        assert!(status.unwrap().success());
    }

    /// Waits until stderr says it.
    pub(crate) fn says(&self, text: &str) {
        let said = self
            .stderr
            .wait(self.deadline, |state| state.text.contains(text));
        assert!(said, "never said: {text}\n{}", self.stderr.text());
    }

    /// Waits for the end.
    pub(crate) fn end(mut self) -> Outcome {
        let over = |stream: &Stream| stream.wait(self.deadline, |state| state.ended);
        assert!(
            over(&self.stdout) && over(&self.stderr),
            "no end: {}",
            self.stderr.text()
        );
        // Both streams are closed, so it is as good as gone.
        let status = self.child.wait().unwrap();
        Outcome {
            code: status.code(),
            stdout: self.stdout.text(),
            stderr: self.stderr.text(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a run ended.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// The schema of the one document on stdout, if there is one.
    pub(crate) fn schema(&self) -> String {
        let document: Value = serde_json::from_str(&self.stdout).unwrap_or_default();
        document["schema"].as_str().unwrap_or_default().to_owned()
    }

    /// Where the loopback listener was, if it came to that.
    pub(crate) fn listener(&self) -> Option<SocketAddr> {
        let url = self.stderr.lines().find_map(start_url)?;
        Some(url.socket_addrs(|| None).unwrap()[0])
    }

    /// Whether anything listens there still.
    pub(crate) fn leaves_a_listener(&self) -> bool {
        self.listener()
            .is_some_and(|at| TcpStream::connect(at).is_ok())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {:?}\n{}{}", self.code, self.stdout, self.stderr)
    }
}

fn start_url(line: &str) -> Option<Url> {
    let line = line.trim();
    let start = line.starts_with("http://") && line.contains("/start/");
    start.then(|| line.parse().unwrap())
}

#[derive(Default)]
struct StreamState {
    text: String,
    ended: bool,
}

/// What a stream has brought so far.
#[derive(Default)]
struct Stream {
    state: Mutex<StreamState>,
    changed: Condvar,
}

impl Stream {
    fn of(source: impl Read + Send + 'static, each: impl Fn(&str) + Send + 'static) -> Arc<Self> {
        let stream = Arc::new(Self::default());
        let shared = Arc::clone(&stream);
        thread::spawn(move || {
            for line in BufReader::new(source).lines().map_while(Result::ok) {
                each(&line);
                shared.change(|state| state.text.push_str(&format!("{line}\n")));
            }
            shared.change(|state| state.ended = true);
        });
        stream
    }

    fn change(&self, change: impl FnOnce(&mut StreamState)) {
        change(&mut self.state.lock().unwrap());
        self.changed.notify_all();
    }

    fn wait(&self, deadline: Instant, until: impl Fn(&StreamState) -> bool) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        let state = self.state.lock().unwrap();
        let waited = self
            .changed
            .wait_timeout_while(state, left, |state| !until(state));
        !waited.unwrap().1.timed_out()
    }

    fn text(&self) -> String {
        self.state.lock().unwrap().text.clone()
    }
}
