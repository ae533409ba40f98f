//! A world of one story: the provider, the sandbox's API that trusts it, and a private home in which the
//! binary and the browser act. Everything ends with it.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;
use stepup_harness::{Run, Running};
use tempfile::TempDir;

use crate::browser::{Plan, Report, Written};
use crate::http;
use crate::process::{BIN, at_home_in, kill, program, within};
use crate::provider::{Provider, read_json, wait_for_json};

/// How long the person may take, as `stepup` is told.
const TIMEOUT: &str = "100s";

/// How long children may take to leave.
const LEAVING: Duration = Duration::from_secs(20);

pub(crate) struct World {
    // Dropped in this order.
    provider: Option<Provider>,
    sandbox: Option<Running>,
    home: TempDir,
    info: Value,
}

/// A provider of another kind, and the entry for it.
pub(crate) struct Other<'a> {
    /// What starts it, and what that is told.
    pub(crate) script: &'a str,
    pub(crate) told: &'a [&'a str],
    /// More of what the sandbox is told.
    pub(crate) set: &'a [&'a str],
    /// The entry's client, and more flags for `provider add`.
    pub(crate) client: &'a str,
    pub(crate) flags: &'a [&'a str],
}

impl World {
    /// The public client, in the query, a new sign-in each time.
    pub(crate) fn new() -> Self {
        Self::with("stepup-cli", "")
    }

    /// A client of the provider, with more lines in the entry.
    pub(crate) fn with(client: &str, entry: &str) -> Self {
        Self::trusting(client, client, entry, &[])
    }

    /// An API that takes this long to answer.
    pub(crate) fn with_a_slow_api(milliseconds: u32) -> Self {
        let slow = format!("slow_api_ms={milliseconds}");
        Self::trusting("stepup-cli", "stepup-cli", "", &["--set", &slow])
    }

    /// An API that takes the tokens of one client, and an entry that may be another's.
    pub(crate) fn trusting(trusted: &str, client: &str, entry: &str, more: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let provider = Provider::start(home.path());
        let issuer = provider.issuer();
        let trust = ["--issuer", issuer, "--client-id", trusted];
        let (sandbox, info) = sandbox(home.path(), &[&trust, more].concat());
        let world = Self {
            provider: Some(provider),
            sandbox: Some(sandbox),
            home,
            info,
        };
        world.provider().serves(world.api_url());
        // The entry is named after the path that the provider knows: `/callback/interop`.
        let config = world.config_text();
        let config = config
            .replace("provider = \"sandbox\"", "provider = \"interop\"")
            .replace("[providers.sandbox]", "[providers.interop]")
            .replace(
                &format!("client_id = \"{trusted}\""),
                &format!("client_id = \"{client}\""),
            );
        world.write_config(&format!(
            "{config}scopes = [\"email\", \"task:approve\"]\n{entry}\n"
        ));
        world
    }

    /// At another provider than the certified one, by an entry that `provider add` writes. Its access tokens hold
    /// nothing about the sign-in, so that the client's own checks alone stand before an approval.
    pub(crate) fn at(other: &Other) -> Self {
        let home = tempfile::tempdir().unwrap();
        let provider = Provider::of(other.script, home.path(), other.told);
        let issuer = provider.issuer().to_owned();
        let trust = ["--issuer", &issuer, "--client-id", other.client];
        let set = ["--set", "foreign_tokens=userinfo"];
        let (sandbox, info) = sandbox(home.path(), &[&trust[..], &set, other.set].concat());
        let world = Self {
            provider: Some(provider),
            sandbox: Some(sandbox),
            home,
            info,
        };
        // The profile names an entry that is to be written.
        let config = world.config_text();
        let (profile, _) = config.split_once("[providers.sandbox]").unwrap();
        world.write_config(&profile.replace("\"sandbox\"\nlogin", "\"interop\"\nlogin"));
        let named = ["provider", "add", "generic", "--name", "interop"];
        let port = world
            .provider()
            .redirect_port()
            .map(|port| port.to_string());
        let port = port.iter().flat_map(|port| ["--port", port]);
        let added = world.stepup(&named).words(trust).words(port);
        added.words(other.flags).exits(0);
        world
    }

    /// An API at which nobody is signed in, and whose device sign-in is done at the provider.
    pub(crate) fn signed_out() -> Self {
        let home = tempfile::tempdir().unwrap();
        let provider = Provider::start(home.path());
        let device = format!("device_issuer={}", provider.issuer());
        let (sandbox, info) = sandbox(home.path(), &["--set", &device]);
        let world = Self {
            provider: Some(provider),
            sandbox: Some(sandbox),
            home,
            info,
        };
        std::fs::write(world.credentials(), "{}").unwrap();
        world
    }

    /// An API that runs the step-up itself, by `stepup provider remote` set to do so at the provider.
    pub(crate) fn hosted() -> Self {
        let home = tempfile::tempdir().unwrap();
        let provider = Provider::start(home.path());
        let (sandbox, info) = sandbox(home.path(), &["--set", "ceremony=hosted"]);
        let world = Self {
            provider: Some(provider),
            sandbox: Some(sandbox),
            home,
            info,
        };
        std::fs::write(
            world.home().join("secret"),
            world.provider().secret_of("api"),
        )
        .unwrap();
        let run = |words: &[&str]| world.stepup(words).run();
        let remote = ["provider", "remote"];
        let listed = run(&[&remote[..], &["list", "-o", "json"]].concat());
        for one in listed.exits(0).stdout_json()["providers"]
            .as_array()
            .unwrap()
        {
            let id = one["id"].as_str().unwrap();
            let issuer = ["--issuer", world.provider().issuer(), "--client-id", "api"];
            run(&[&remote[..], &["update", id, "--yes"], &issuer].concat()).exits(0);
            let secret = ["set-secret", id, "--yes", "--secret-file", "secret"];
            run(&[&remote[..], &secret].concat()).exits(0);
        }
        world
    }

    /// The sandbox's own provider and API, and no other provider.
    pub(crate) fn of_the_sandbox() -> Self {
        let home = tempfile::tempdir().unwrap();
        let (sandbox, info) = sandbox(home.path(), &[]);
        Self {
            provider: None,
            sandbox: Some(sandbox),
            home,
            info,
        }
    }

    pub(crate) fn provider(&self) -> &Provider {
        self.provider.as_ref().unwrap()
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn api_url(&self) -> &str {
        self.info["api_url"].as_str().unwrap()
    }

    fn config(&self) -> PathBuf {
        PathBuf::from(self.info["config"].as_str().unwrap())
    }

    /// The file with the secrets.
    pub(crate) fn credentials(&self) -> PathBuf {
        self.config().join("credentials.json")
    }

    pub(crate) fn config_text(&self) -> String {
        std::fs::read_to_string(self.config().join("config.toml")).unwrap()
    }

    /// Replaces a text in the configuration, which must be there.
    pub(crate) fn change_config(&self, from: &str, to: &str) {
        let text = self.config_text();
        assert!(text.contains(from), "{text}");
        self.write_config(&text.replace(from, to));
    }

    fn write_config(&self, text: &str) {
        std::fs::write(self.config().join("config.toml"), text).unwrap();
    }

    /// The binary with this world's configuration.
    pub(crate) fn stepup(&self, words: &[&str]) -> Run {
        self.configured(program(BIN, self.home.path())).words(words)
    }

    /// A program that starts the binary with this world's configuration.
    pub(crate) fn configured(&self, run: Run) -> Run {
        run.env("STEPUP_CONFIG", self.config())
    }

    /// Keeps a client's secret or key as an administrator would.
    pub(crate) fn keep_secret(&self, secret: &str) {
        let words = ["config", "set-secret", "interop", "-o", "json"];
        self.stepup(&words).stdin(secret).exits(0);
    }

    /// Writes a plan down.
    pub(crate) fn write(&self, plan: Plan) -> Written {
        let nowhere = PathBuf::from("none");
        let state = self
            .provider
            .as_ref()
            .map_or(&nowhere, |one| &one.state_file);
        plan.write(self.home.path(), state)
    }

    /// Approves a task; `stepup` itself opens the browser, in which the plan is played.
    pub(crate) fn approve(&self, task: &str, plan: Plan) -> Outcome {
        self.approve_with(&["--comment", "on call"], task, plan)
    }

    /// Approves with more flags; the last of a kind counts.
    pub(crate) fn approve_with(&self, flags: &[&str], task: &str, plan: Plan) -> Outcome {
        let plan = self.write(plan);
        let browser = plan.command_line();
        let run = self.start(task, &[&["--browser", &browser], flags].concat());
        let mut outcome = Outcome::of(run);
        match wait_for_json(&plan.report) {
            Some(report) => outcome.report.0 = report,
            None => panic!("the browser left no report{outcome}"),
        }
        outcome
    }

    /// Approves by a person who knows the request by the words that the terminal shows, and answers with this.
    pub(crate) fn approve_by_telephone(
        &self,
        task: &str,
        flags: &[&str],
        shown: &Value,
    ) -> Outcome {
        let run = self.start(task, &[&["--comment", "on call"], flags].concat());
        self.provider().answer(&words_of(task, &run), shown);
        Outcome::of(run)
    }

    /// Starts an approval and leaves it running.
    pub(crate) fn start(&self, task: &str, flags: &[&str]) -> Running {
        let mut words = vec!["approve", task, "--yes", "-o", "json"];
        words.extend(flags);
        if !flags.contains(&"--timeout") {
            words.extend(["--timeout", TIMEOUT]);
        }
        self.stepup(&words).start()
    }

    /// Whether the API still waits for an approval of this task.
    #[track_caller]
    pub(crate) fn is_untouched(&self, task: &str) {
        assert_eq!(self.task(task)["state"], "TASK_STATE_OPEN");
        let history = &self.task(task)["policy"]["history"];
        assert!(history.as_array().is_none_or(Vec::is_empty), "{history}");
        let approvals = self.approvals();
        assert!(approvals.is_empty(), "{approvals:?}");
    }

    /// Whether the API has these approvals, one each, in this order, and no other.
    #[track_caller]
    pub(crate) fn approved(&self, tasks: &[&str]) {
        let ids: Vec<Value> = tasks
            .iter()
            .map(|task| self.task(task)["id"].clone())
            .collect();
        assert_eq!(self.approvals(), ids);
    }

    /// The task as the API shows it.
    pub(crate) fn task(&self, number: &str) -> Value {
        let url = format!("{}/api/v1/tasks/{number}", self.api_url());
        let credentials = read_json(&self.credentials());
        let credential = credentials[format!("api/sandbox@{}", self.api_url())]
            .as_str()
            .unwrap();
        let (status, answer) = http::call("GET", &url, credential, None);
        assert_eq!(status, 200, "{answer}");
        answer["taskView"]["task"].clone()
    }

    fn approvals(&self) -> Vec<Value> {
        let log = std::fs::read_to_string(self.home.path().join("log.jsonl")).unwrap_or_default();
        log.lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["approved"].clone())
            .filter(|approved| !approved.is_null())
            .collect()
    }
}

/// The words by which the person knows a request on the other device.
pub(crate) fn words_of(task: &str, run: &Running) -> String {
    let beginning = format!("stepup-{task}-");
    run.stderr_line(|line| {
        let words = line.trim();
        words.starts_with(&beginning).then(|| words.to_owned())
    })
}

fn sandbox(home: &Path, more: &[&str]) -> (Running, Value) {
    let run = program(BIN, home).args("sandbox -o json --log log.jsonl --info info.json");
    let sandbox = run.words(more).start();
    // Written when everything answers; the file is there by then, too.
    let printed: Value = serde_json::from_str(&sandbox.first_line()).unwrap();
    let info = read_json(&home.join("info.json"));
    assert_eq!(printed, info);
    (sandbox, info)
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.sandbox.take());
        match self.provider.take() {
            Some(provider) if std::thread::panicking() => provider.leave(),
            Some(provider) => provider.end(),
            None => {}
        }
        let home = self.home.path();
        let deadline = Instant::now() + LEAVING;
        let gone = within(deadline, || at_home_in(home).is_empty().then_some(()));
        if gone.is_none() {
            let left = at_home_in(home);
            left.iter().copied().for_each(kill);
            assert!(std::thread::panicking(), "still running: {left:?}");
        }
    }
}

/// How an approval ended, and what the browser saw.
pub(crate) struct Outcome {
    run: stepup_harness::Outcome,
    pub(crate) report: Report,
}

impl Deref for Outcome {
    type Target = stepup_harness::Outcome;

    fn deref(&self) -> &Self::Target {
        &self.run
    }
}

impl Outcome {
    pub(crate) fn of(run: Running) -> Self {
        Self {
            run: run.end(),
            report: Report(Value::Null),
        }
    }

    /// It was approved, with a receipt that says this acr, and the browser had a good time.
    #[track_caller]
    pub(crate) fn is_approved_with(&self, acr: &str) -> &Self {
        let receipt = self.exits(0).stdout_json();
        assert_eq!(receipt["schema"], "stepup.receipt/2", "{self}");
        assert_eq!(receipt["proof"]["acr"], acr, "{self}");
        assert_eq!(receipt["approval"]["confirmed"], true, "{self}");
        self.report.went_well();
        self
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n-- report\n{:#}", self.run, self.report.0)
    }
}
