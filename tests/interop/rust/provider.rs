//! A provider as a child, and its control port.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stepup_harness::Running;

use crate::http;
use crate::process::{program, within};

/// Lives as long as its standard input, which is ours.
pub(crate) struct Provider {
    child: Running,
    pub(crate) state_file: PathBuf,
    state: Value,
}

impl Provider {
    /// The certified one.
    pub(crate) fn start(home: &Path) -> Self {
        Self::of("provider.mjs", home, &[])
    }

    /// Another one, by the script that starts it.
    pub(crate) fn of(name: &str, home: &Path, more: &[&str]) -> Self {
        let state_file = home.join("provider.json");
        let child = program("node", home)
            .arg(script(name))
            .arg("--state")
            .arg(&state_file)
            .words(more)
            .with_open_stdin()
            .start();
        // Its last word before it answers; the file is there by then, whole.
        child.stderr_line(|line| line.strip_prefix("provider: http").map(drop));
        let state = read_json(&state_file);
        Self {
            child,
            state_file,
            state,
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        self.state["issuer"].as_str().unwrap()
    }

    /// The port that the redirect URI has to name, where the provider compares it.
    pub(crate) fn redirect_port(&self) -> Option<u64> {
        self.state["redirect_port"].as_u64()
    }

    /// The secret of a confidential client, or its private key.
    pub(crate) fn secret_of(&self, client: &str) -> String {
        let clients = self.state["clients"].as_array().unwrap();
        let found = clients.iter().find(|one| one["client_id"] == client);
        let found = found.unwrap();
        let secret = found["client_secret"].as_str();
        let secret = secret.or_else(|| found["private_key"].as_str());
        secret.unwrap().to_owned()
    }

    /// The requests that wait on the telephone, by their words.
    pub(crate) fn on_the_telephone(&self) -> Vec<Value> {
        let waiting = self.control("GET", "/telephone", None);
        waiting.as_array().unwrap().clone()
    }

    /// The person answers one, by showing this; null refuses.
    pub(crate) fn answer(&self, words: &str, shown: &Value) {
        let answer = json!({ "binding_message": words, "shown": shown });
        self.control("POST", "/telephone", Some(&answer));
    }

    /// Access tokens are for this API.
    pub(crate) fn serves(&self, api_url: &str) {
        self.control("PUT", "/api", Some(&json!({ "url": api_url })));
    }

    /// Device codes live so many seconds from here on.
    pub(crate) fn device_codes_live(&self, seconds: u32) {
        self.control("PUT", "/device", Some(&json!({ "lifetime": seconds })));
    }

    /// An order for the next sign-in or request, used once.
    pub(crate) fn next(&self, order: Value) {
        self.control("POST", "/next", Some(&order));
    }

    /// What the authorization requests so far meant.
    pub(crate) fn asked(&self) -> Vec<Value> {
        let log = self.control("GET", "/log", None);
        let entries = log.as_array().unwrap().iter();
        entries
            .filter(|entry| !entry["asked"].is_null())
            .map(|entry| entry["asked"].clone())
            .collect()
    }

    /// When this path was requested, in seconds since the epoch, and what was answered.
    pub(crate) fn answers(&self, path: &str) -> Vec<(f64, u64)> {
        let log = self.control("GET", "/log", None);
        let entries = log.as_array().unwrap().iter();
        let at = |entry: &Value| {
            let at: jiff::Timestamp = entry["at"].as_str().unwrap().parse().unwrap();
            at.as_duration().as_secs_f64()
        };
        entries
            .filter(|entry| entry["path"] == path)
            .map(|entry| (at(entry), entry["status"].as_u64().unwrap()))
            .collect()
    }

    /// How often this path was requested.
    pub(crate) fn requests(&self, path: &str) -> usize {
        let log = self.control("GET", "/log", None);
        let entries = log.as_array().unwrap().iter();
        entries.filter(|entry| entry["path"] == path).count()
    }

    #[track_caller]
    fn control(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let control = &self.state["control"];
        let url = format!("{}{path}", control["url"].as_str().unwrap());
        let (status, answer) = http::call(method, &url, control["token"].as_str().unwrap(), body);
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }

    /// Asks it to end after a story that went wrong, so that what it started ends as well.
    pub(crate) fn leave(mut self) {
        self.child.close_stdin();
        let deadline = Instant::now() + Duration::from_secs(20);
        within(deadline, || (!self.state_file.exists()).then_some(()));
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn end(mut self) {
        self.child.close_stdin();
        let outcome = self.child.end_within(Duration::from_secs(20));
        assert_eq!(outcome.code, Some(0), "{outcome}");
    }
}

/// One of the scripts of `tests/interop`.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/interop")
        .join(name)
}

/// The document in a file.
pub(crate) fn read_json(path: &Path) -> Value {
    wait_for_json(path).unwrap_or_else(|| panic!("{} never appeared", path.display()))
}

/// The document in a file that may still be to come, but then appears whole.
pub(crate) fn wait_for_json(path: &Path) -> Option<Value> {
    let deadline = Instant::now() + Duration::from_secs(100);
    let bytes = within(deadline, || std::fs::read(path).ok())?;
    Some(serde_json::from_slice(&bytes).unwrap())
}
