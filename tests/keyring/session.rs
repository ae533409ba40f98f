//! A desktop session of our own: a private bus, a keyring on it, a home, and an API to sign in to.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use stepup_sandbox::{Options, Sandbox};
use tempfile::TempDir;

/// No program may take longer, whatever happens.
const LIMIT: Duration = Duration::from_secs(30);

/// A process of the session, ended with it.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) struct Session {
    // Ended in this order.
    keyring: Option<Service>,
    bus: Option<Service>,
    sandbox: Option<Sandbox>,
    /// What programs are told about the bus.
    pub(crate) address: Option<String>,
    pub(crate) home: TempDir,
}

impl Session {
    /// A home and an API, and neither bus nor keyring.
    pub(crate) fn bare() -> Self {
        let home = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(Options {
            config_dir: Some(home.path().join("sandbox")),
            ..Options::default()
        })
        .unwrap();
        let config = format!(
            "[profiles.work]\napi_url = \"{}\"\n",
            sandbox.info().api_url
        );
        std::fs::write(home.path().join("config.toml"), config).unwrap();
        std::fs::create_dir(home.path().join("run")).unwrap();
        Self {
            keyring: None,
            bus: None,
            sandbox: Some(sandbox),
            address: None,
            home,
        }
    }

    /// With a bus on which nobody is, and which starts nobody by itself.
    pub(crate) fn with_bus() -> Self {
        let mut session = Self::bare();
        let config = session.path("bus.conf");
        let socket = session.path("bus");
        let text = format!(
            "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            socket.display()
        );
        std::fs::write(&config, text).unwrap();
        let mut bus = session.program("dbus-daemon");
        bus.args(["--nofork", "--nopidfile", "--nosyslog", "--print-address"]);
        bus.arg("--config-file").arg(config);
        bus.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut bus = Service(started(&mut bus));
        // It prints its address once it listens.
        let mut address = String::new();
        BufReader::new(bus.0.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        session.bus = Some(bus);
        session.address = Some(address.trim().to_owned());
        session
    }

    /// With a keyring that this password has unlocked, made now if there was none.
    pub(crate) fn with_keyring() -> Self {
        let mut session = Self::with_bus();
        session.start_keyring(Some("a password"));
        session
    }

    /// Starts the keyring; without a password what it holds stays locked.
    pub(crate) fn start_keyring(&mut self, password: Option<&str>) {
        self.keyring = None;
        let mut daemon = self.program("gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets"]);
        daemon.args(password.map(|_| "--unlock"));
        daemon
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut daemon = started(&mut daemon);
        // Closed afterwards: the end of the input is the end of the password.
        let mut stdin = daemon.stdin.take().unwrap();
        stdin
            .write_all(password.unwrap_or_default().as_bytes())
            .unwrap();
        drop(stdin);
        self.keyring = Some(Service(daemon));
        self.wait_until_it_answers();
    }

    /// Asks the bus until our keyring owns the name. Each question is a process, which is pause enough.
    fn wait_until_it_answers(&self) {
        let deadline = Instant::now() + LIMIT;
        let ours = format!("uint32 {}\n", self.keyring.as_ref().unwrap().0.id());
        let owner = || {
            let mut ask = self.program("dbus-send");
            ask.args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
            ]);
            ask.arg("org.freedesktop.DBus.GetConnectionUnixProcessID");
            ask.arg("string:org.freedesktop.secrets");
            String::from_utf8(run(ask, "").stdout).unwrap()
        };
        while !owner().ends_with(&ours) {
            assert!(
                Instant::now() < deadline,
                "the keyring never came to the bus"
            );
        }
    }

    /// From here on the keyring says nothing any more, though it is there.
    pub(crate) fn freeze_keyring(&self) {
        let id = self.keyring.as_ref().unwrap().0.id().to_string();
        let mut kill = self.program("kill");
        kill.args(["-STOP", &id]);
        assert!(run(kill, "").status.success());
    }

    /// `stepup` in this session.
    pub(crate) fn stepup(&self, words: &str) -> Outcome {
        self.stepup_with(words, "", None)
    }

    /// `stepup login --token-stdin` with the API's credential.
    pub(crate) fn login(&self) -> Outcome {
        self.stepup_with("login --token-stdin", &self.credential(), None)
    }

    /// The same with a stdin, and a credential in the environment.
    pub(crate) fn stepup_with(&self, words: &str, stdin: &str, token: Option<&str>) -> Outcome {
        let mut command = self.program(env!("CARGO_BIN_EXE_stepup"));
        command
            .args(words.split(' '))
            .env("STEPUP_CONFIG", self.path("config.toml"));
        command.envs(token.map(|token| ("STEPUP_API_TOKEN", token)));
        let begun = Instant::now();
        let output = run(command, stdin);
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            took: begun.elapsed(),
        }
    }

    /// What another program finds in the keyring.
    pub(crate) fn found_by_secret_tool(&self) -> String {
        let mut tool = self.program("secret-tool");
        let name = self.kept_as();
        tool.args(["lookup", "service", "stepup", "username", &name]);
        String::from_utf8(run(tool, "").stdout).unwrap()
    }

    /// The name of the credential in the keyring.
    pub(crate) fn kept_as(&self) -> String {
        format!("api/work@{}", self.api_url())
    }

    fn api_url(&self) -> &str {
        &self.sandbox.as_ref().unwrap().info().api_url
    }

    /// The credential that the API accepts.
    pub(crate) fn credential(&self) -> String {
        let file = std::fs::read(self.path("sandbox/credentials.json")).unwrap();
        let secrets: Value = serde_json::from_slice(&file).unwrap();
        secrets[format!("api/sandbox@{}", self.api_url())]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A program with nothing of our own environment but `PATH`.
    fn program(&self, name: impl AsRef<Path>) -> Command {
        let mut command = Command::new(name.as_ref());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .envs(
                self.address
                    .iter()
                    .map(|address| ("DBUS_SESSION_BUS_ADDRESS", address)),
            )
            .current_dir(self.home.path());
        command
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop();
        }
    }
}

/// How a run of `stepup` ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) took: Duration,
}

impl Outcome {
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn prints(&self, text: &str) -> &Self {
        assert!(self.stdout.contains(text), "not printed: {text}\n{self:?}");
        self
    }

    /// One error sentence with the first text, and a hint with the second.
    #[track_caller]
    pub(crate) fn says(&self, sentence: &str, hint: &str) -> &Self {
        let said = |start: &str, text: &str| {
            self.stderr
                .lines()
                .any(|line| line.starts_with(start) && line.contains(text))
        };
        assert!(
            said("stepup: error: ", sentence),
            "not said: {sentence}\n{self:?}"
        );
        assert!(said("stepup: hint: ", hint), "no hint: {hint}\n{self:?}");
        self
    }
}

fn started(command: &mut Command) -> Child {
    command.spawn().unwrap_or_else(|error| {
        panic!("{command:?}: {error} (Debian: gnome-keyring libsecret-tools dbus)")
    })
}

/// Runs it to its end, or ends it by its id.
fn run(mut command: Command, stdin: &str) -> Output {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = started(&mut command);
    let id = child.id().to_string();
    // Whether it reads its stdin is its own affair.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let (ended, end) = mpsc::channel();
    thread::spawn(move || ended.send(child.wait_with_output()));
    end.recv_timeout(LIMIT).map_or_else(
        |_| {
            let _ = Command::new("kill").args(["-KILL", &id]).status();
            panic!("still running after {LIMIT:?}: {command:?}")
        },
        Result::unwrap,
    )
}
