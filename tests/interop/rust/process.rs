//! Children: started in a private home, read to their end, limited in time, ended by their own ids.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// The binary under test.
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_stepup");

/// How often something is looked at that nobody announces.
const LOOK: Duration = Duration::from_millis(10);

/// A program with nothing of our own environment but `PATH`. Whatever it starts carries `home` in its
/// arguments or its own folder, which is how leftovers are found.
pub(crate) fn program(name: impl AsRef<OsStr>, home: &Path) -> Command {
    let mut command = Command::new(name);
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("TMPDIR", home)
        .current_dir(home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A child whose output is collected, line by line. Killed when dropped.
pub(crate) struct Running {
    child: Child,
    stdout: Lines,
    stderr: Lines,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self {
            stdout: Lines::of(child.stdout.take().unwrap()),
            stderr: Lines::of(child.stderr.take().unwrap()),
            child,
        }
    }

    /// The next line of stdout.
    #[track_caller]
    pub(crate) fn stdout_line(&mut self, limit: Duration) -> String {
        match self.stdout.next(limit) {
            Some(line) => line,
            None => panic!("no line came; stderr: {}", self.stderr.rest(Duration::ZERO)),
        }
    }

    /// The first line of stderr, from here on, that this finds something in.
    #[track_caller]
    pub(crate) fn stderr_find<T>(
        &mut self,
        limit: Duration,
        find: impl Fn(&str) -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + limit;
        while let Some(line) = self.stderr.next(deadline - Instant::now()) {
            if let Some(found) = find(&line) {
                return found;
            }
        }
        panic!("it was never said: {}", self.stderr.seen);
    }

    /// The first line of stdout, from here on, that this finds something in.
    #[track_caller]
    pub(crate) fn stdout_find<T>(
        &mut self,
        limit: Duration,
        find: impl Fn(&str) -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + limit;
        let left = || deadline.saturating_duration_since(Instant::now());
        while let Some(line) = self.stdout.next(left()) {
            if let Some(found) = find(&line) {
                return found;
            }
        }
        panic!("it was never said: {}", self.stdout.seen);
    }

    /// Types something; the stdin must have been piped.
    pub(crate) fn types(&mut self, text: &str) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).unwrap();
        stdin.flush().unwrap();
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Closes the child's stdin, which asks the provider to end.
    pub(crate) fn close_stdin(&mut self) {
        drop(self.child.stdin.take());
    }

    /// Waits for the end: the code, stdout and stderr.
    #[track_caller]
    pub(crate) fn end(mut self, limit: Duration) -> (Option<i32>, String, String) {
        let deadline = Instant::now() + limit;
        let stdout = self.stdout.rest(limit);
        let stderr = self
            .stderr
            .rest(deadline.saturating_duration_since(Instant::now()));
        let ended = within(deadline, || self.child.try_wait().unwrap());
        match ended {
            Some(status) => (status.code(), stdout, stderr),
            None => panic!("still running after {limit:?}:\n{stdout}\n{stderr}"),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a stream has said so far, and what is still to come.
struct Lines {
    seen: String,
    coming: Receiver<String>,
}

impl Lines {
    fn of(source: impl Read + Send + 'static) -> Self {
        let (sender, coming) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(source).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            seen: String::new(),
            coming,
        }
    }

    fn next(&mut self, limit: Duration) -> Option<String> {
        let line = self.coming.recv_timeout(limit).ok()?;
        self.seen.push_str(&line);
        self.seen.push('\n');
        Some(line)
    }

    /// Everything, once the stream has ended.
    fn rest(&mut self, limit: Duration) -> String {
        let deadline = Instant::now() + limit;
        while self
            .next(deadline.saturating_duration_since(Instant::now()))
            .is_some()
        {}
        self.seen.clone()
    }
}

/// Looks until there is something to see or the time is over.
pub(crate) fn within<T>(deadline: Instant, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    loop {
        let seen = look();
        if seen.is_some() || Instant::now() >= deadline {
            return seen;
        }
        thread::sleep(LOOK);
    }
}

/// Processes that carry this folder's name in their arguments: what was started there and lives on.
pub(crate) fn at_home_in(folder: &Path) -> BTreeSet<u32> {
    let name = folder.to_str().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id| {
            let arguments = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&arguments).contains(name)
        })
        .collect()
}

/// Ends one process.
pub(crate) fn kill(id: u32) {
    let _ = Command::new("kill").arg(id.to_string()).status();
}
