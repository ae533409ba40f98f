//! A desktop session of our own: a private bus, a keyring on it, a home, and an API to sign in to.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::Value;
use stepup_harness::{LIMIT, Outcome, Run, Running};
use stepup_sandbox::{Options, Sandbox};
use tempfile::TempDir;

pub(crate) struct Session {
    // Ended in this order.
    keyring: Option<Running>,
    bus: Option<Running>,
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
            es256: true,
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
        let bus = session
            .program("dbus-daemon")
            .args("--nofork --nopidfile --nosyslog --print-address --config-file")
            .arg(config)
            .start();
        // It prints its address once it listens.
        session.address = Some(bus.first_line());
        session.bus = Some(bus);
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
        let daemon = self
            .program("gnome-keyring-daemon")
            .args("--foreground --components=secrets")
            .words(password.map(|_| "--unlock"))
            // The end of the input is the end of the password.
            .stdin(password.unwrap_or_default());
        self.keyring = Some(daemon.start());
        self.wait_until_it_answers();
    }

    /// Asks the bus until our keyring owns the name. Each question is a process, which is pause enough.
    fn wait_until_it_answers(&self) {
        let deadline = Instant::now() + LIMIT;
        let ours = format!("uint32 {}\n", self.keyring.as_ref().unwrap().id());
        let ask = || {
            self.program("dbus-send")
                .args("--session --print-reply --dest=org.freedesktop.DBus /")
                .arg("org.freedesktop.DBus.GetConnectionUnixProcessID")
                .arg("string:org.freedesktop.secrets")
        };
        while !ask().run().stdout.ends_with(&ours) {
            assert!(
                Instant::now() < deadline,
                "the keyring never came to the bus"
            );
        }
    }

    /// From here on the keyring says nothing any more, though it is there.
    pub(crate) fn freeze_keyring(&self) {
        self.keyring.as_ref().unwrap().signal("STOP");
    }

    /// `stepup` in this session.
    pub(crate) fn stepup(&self, words: &str) -> Outcome {
        self.stepup_with(words, "", None)
    }

    /// `stepup login --token-stdin` with the API's credential.
    pub(crate) fn login(&self) -> Outcome {
        self.stepup_with("login --token-stdin", &self.credential(), None)
    }

    /// A key of the API's, which a sign-in brought and which is not kept any more.
    pub(crate) fn key(&self) -> Value {
        let binary = env!("CARGO_BIN_EXE_stepup");
        let login = self
            .program(binary)
            .env("STEPUP_CONFIG", self.path("config.toml"))
            .args("login --login-client-id stepup-sandbox-login --api-url")
            .arg(self.api_url())
            .signing_in_with("key");
        login.exits(0);
        let key = serde_json::from_str(&self.found_by_secret_tool()).unwrap();
        self.stepup("logout").exits(0);
        key
    }

    /// Keeps half of a key as c1i does, which is told of this API.
    pub(crate) fn c1i_keeps(&self, account: &str, value: &Value) {
        let url = self.api_url();
        std::fs::write(self.path(".c1i.yaml"), format!("url: {url}\n")).unwrap();
        let host = url.trim_start_matches("http://");
        self.program("secret-tool")
            .args("store --label c1i service")
            .arg(format!("c1i/{host}"))
            .arg("username")
            .arg(account)
            .stdin(value.as_str().unwrap())
            .exits(0);
    }

    /// Runs `stepup` with a stdin, and a credential in the environment.
    pub(crate) fn stepup_with(&self, words: &str, stdin: &str, token: Option<&str>) -> Outcome {
        let mut run = self
            .program(env!("CARGO_BIN_EXE_stepup"))
            .args(words)
            .env("STEPUP_CONFIG", self.path("config.toml"))
            .stdin(stdin);
        if let Some(token) = token {
            run = run.env("STEPUP_API_TOKEN", token);
        }
        run.run()
    }

    /// What another program finds in the keyring.
    pub(crate) fn found_by_secret_tool(&self) -> String {
        self.program("secret-tool")
            .args("lookup service stepup username")
            .arg(self.kept_as())
            .run()
            .stdout
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
        let secret = secrets.get(format!("api/sandbox@{}", self.api_url()));
        secret.and_then(Value::as_str).unwrap().to_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A program of this session. Debian has them as gnome-keyring, libsecret-tools and dbus.
    fn program(&self, name: impl AsRef<OsStr>) -> Run {
        let run = Run::of(name, self.home.path()).env("XDG_RUNTIME_DIR", self.path("run"));
        match &self.address {
            Some(address) => run.env("DBUS_SESSION_BUS_ADDRESS", address),
            None => run,
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop();
        }
    }
}
