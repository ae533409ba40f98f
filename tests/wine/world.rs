//! A sandbox that is the Windows program, and the same program that acts in it.

use std::path::{Path, PathBuf};

use serde_json::Value;
use stepup_harness::{Run, Running};
use tempfile::TempDir;

/// The sandbox ends with it.
pub(crate) struct World {
    home: TempDir,
    info: Value,
    _sandbox: Running,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// A sandbox with these switches.
    pub(crate) fn with(switches: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut run = on_windows(home.path())
            .args("sandbox -o json --log")
            .arg(windows_path(&home.path().join("log.jsonl")));
        for switch in switches {
            run = run.arg("--set").arg(switch);
        }
        let sandbox = run.start();
        let info = serde_json::from_str(&sandbox.first_line()).unwrap();
        Self {
            home,
            info,
            _sandbox: sandbox,
        }
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program with the sandbox's configuration.
    pub(crate) fn stepup(&self, words: &str) -> Run {
        on_windows(self.home())
            .env("STEPUP_CONFIG", self.config())
            .args(words)
    }

    pub(crate) fn approve(&self) -> Run {
        self.stepup("approve 4211 --yes")
    }

    /// The built-in person, as a `--browser` command line by Windows' rules.
    pub(crate) fn person(&self, factor: &str) -> String {
        let program = windows_path(&program());
        format!("\"{program}\" sandbox sign-in --with {factor}")
    }

    /// The folder with the configuration, as Windows calls it.
    pub(crate) fn config(&self) -> &str {
        self.info["config"].as_str().unwrap()
    }

    pub(crate) fn api_url(&self) -> &str {
        self.info["api_url"].as_str().unwrap()
    }

    pub(crate) fn issuer(&self) -> &str {
        self.info["issuer"].as_str().unwrap()
    }

    /// A file in that folder, or the folder itself.
    pub(crate) fn kept(&self, name: &str) -> PathBuf {
        on_unix(self.config()).join(name)
    }

    /// What is kept in the sandbox's file of secrets.
    pub(crate) fn secrets(&self) -> Value {
        let path = self.kept("credentials.json");
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    /// The credential that the API accepts.
    pub(crate) fn credential(&self) -> String {
        let secrets = self.secrets();
        let kept = &secrets[format!("api/sandbox@{}", self.api_url())];
        kept.as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn saw_no_approval(&self) {
        assert_eq!(self.approvals(), 0);
    }

    #[track_caller]
    pub(crate) fn saw_one_approval(&self) {
        assert_eq!(self.approvals(), 1);
    }

    fn approvals(&self) -> usize {
        let log = std::fs::read_to_string(self.home().join("log.jsonl")).unwrap();
        let lines = log
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["approved"].is_string()).count()
    }
}

/// The Windows program.
pub(crate) fn program() -> PathBuf {
    from_platforms("STEPUP_WINDOWS_PROGRAM")
}

/// The keyboard for a console, `keys.c`.
pub(crate) fn keyboard() -> PathBuf {
    from_platforms("STEPUP_WINDOWS_KEYBOARD")
}

/// The Windows program under wine, which says nothing of its own.
pub(crate) fn on_windows(home: &Path) -> Run {
    wine(Run::of("wine", home)).arg(program())
}

/// What wine has to know.
pub(crate) fn wine(run: Run) -> Run {
    run.env("WINEPREFIX", prefix()).env("WINEDEBUG", "-all")
}

fn prefix() -> PathBuf {
    from_platforms("WINEPREFIX")
}

fn from_platforms(name: &str) -> PathBuf {
    match std::env::var_os(name) {
        Some(path) => path.into(),
        None => panic!("{name} is not set: run tests/platforms"),
    }
}

/// How Windows calls this path: wine has the whole tree as a drive.
pub(crate) fn windows_path(path: &Path) -> String {
    format!("Z:{}", path.display()).replace('/', "\\")
}

/// Where a path on drive C is in the prefix.
pub(crate) fn on_unix(path: &str) -> PathBuf {
    let below = path.strip_prefix("C:\\").unwrap().replace('\\', "/");
    prefix().join("drive_c").join(below)
}
