//! The world of one test: the scripted provider, the sandbox's API, a private configuration that points
//! at both, and the real binary.

use std::fmt::Write as _;
use std::fs;
use std::ops::Deref;
use std::path::Path;

use serde_json::Value;
use stepup_harness::Run;
use stepup_sandbox::{Options, Sandbox};
use tempfile::TempDir;

use crate::authority::AUTHORITY;
use crate::provider::{CLIENT_ID, Provider};
use crate::script::{Endpoint, Script};

/// Exit codes, as README lists them.
pub(crate) const FAILED: i32 = 1;
pub(crate) const USAGE: i32 = 2;
pub(crate) const UNMET: i32 = 3;
pub(crate) const UNTRUSTED: i32 = 5;
pub(crate) const INCOMPLETE: i32 = 6;

const BINARY: &str = env!("CARGO_BIN_EXE_stepup");

/// The sandbox's API, whose own provider is nobody's and need not have an RSA key.
struct Laboratory {
    sandbox: Option<Sandbox>,
    api_url: String,
    folder: TempDir,
}

impl Laboratory {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(Options {
            log: Some(folder.path().join("log")),
            config_dir: Some(folder.path().to_owned()),
            es256: true,
            switches: vec![format!("trusted_issuer={}", AUTHORITY.issuer())],
            ..Options::default()
        })
        .unwrap();
        Self {
            api_url: sandbox.info().api_url.clone(),
            sandbox: Some(sandbox),
            folder,
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    /// The ids of its step-up providers, as TOML.
    fn provider_ids(&self) -> String {
        let config = self.read("config.toml");
        let ids = |line: &&str| line.starts_with("c1_provider_ids");
        config.lines().find(ids).unwrap().to_owned()
    }

    fn log(&self) -> Vec<Value> {
        let log = self.read("log");
        log.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Drop for Laboratory {
    fn drop(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop();
        }
    }
}

/// Where a test happens.
pub(crate) struct World {
    pub(crate) provider: Provider,
    laboratory: Laboratory,
    home: TempDir,
    entry: String,
    more: String,
    task: &'static str,
    arguments: Vec<String>,
}

impl World {
    pub(crate) fn with(script: Script) -> Self {
        let laboratory = Laboratory::new();
        Self {
            provider: Provider::start(script, &laboratory.api_url),
            laboratory,
            home: tempfile::tempdir().unwrap(),
            entry: String::new(),
            more: String::new(),
            task: "4211",
            arguments: Vec::new(),
        }
    }

    /// Another task of the sandbox than the first.
    pub(crate) fn task(mut self, task: &'static str) -> Self {
        self.task = task;
        self
    }

    /// A setting of the provider entry, in TOML.
    pub(crate) fn entry(mut self, line: &str) -> Self {
        writeln!(self.entry, "{line}").unwrap();
        self
    }

    /// A second provider entry, for another provider.
    pub(crate) fn and_entry(mut self, name: &str, other: &Provider) -> Self {
        let issuer = other.issuer();
        write!(
            self.more,
            "[providers.{name}]\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\n"
        )
        .unwrap();
        self
    }

    /// More words on the command line.
    pub(crate) fn arguments(mut self, words: &[&str]) -> Self {
        self.arguments
            .extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    /// A client secret in the credential store.
    fn credentials(&self) -> String {
        let text = self.laboratory.read("credentials.json");
        let mut secrets: Value = serde_json::from_str(&text).unwrap();
        let issuer = url::Url::parse(&self.provider.issuer()).unwrap();
        let origin = issuer.origin().ascii_serialization();
        secrets[format!("client-secret/hostile@{origin}")] = match self.provider.wanted_key() {
            Some(key) => key.private_pem().into(),
            None => SECRET.into(),
        };
        secrets.to_string()
    }

    fn furnish(&self) {
        let laboratory = &self.laboratory;
        let config = format!(
            "default_profile = \"sandbox\"\n\
             store = \"file\"\n\
             [profiles.sandbox]\n\
             api_url = \"{api_url}\"\n\
             provider = \"hostile\"\n\
             [providers.hostile]\n\
             issuer = \"{issuer}\"\n\
             client_id = \"{CLIENT_ID}\"\n\
             acr_values = [\"phr\"]\n\
             {ids}\n\
             {entry}{more}",
            api_url = laboratory.api_url,
            issuer = self.provider.issuer(),
            ids = laboratory.provider_ids(),
            entry = self.entry,
            more = self.more,
        );
        for (name, text) in [
            ("config.toml", config),
            ("credentials.json", self.credentials()),
        ] {
            let file = self.home.path().join(name);
            fs::write(&file, text).unwrap();
            private(&file);
        }
    }

    /// `stepup approve TASK --yes`, with a person who opens the address and follows where it leads.
    pub(crate) fn approve(self) -> Outcome {
        let (world, outcome) = self.approve_and_stay();
        drop(world);
        outcome
    }

    /// Approves, and keeps the world for tests that go on.
    pub(crate) fn approve_and_stay(self) -> (Self, Outcome) {
        self.furnish();
        let home = self.home.path();
        let before = (self.laboratory.log().len(), self.provider.seen().len());
        let run = Run::of(BINARY, home)
            .env("STEPUP_CONFIG", home)
            .args("--verbose --output json approve --yes")
            .arg(self.task)
            .words(&self.arguments)
            .run_with("key");
        let calls = self.laboratory.log().split_off(before.0);
        let posts = calls.iter().filter(|call| {
            let path = call["path"].as_str().unwrap_or_default();
            call["method"] == "POST" && path.contains("/action/approve")
        });
        let outcome = Outcome {
            run,
            attempts: 1,
            way: self.provider.way(),
            seen: self.provider.seen().split_off(before.1),
            complaints: self.provider.complaints(),
            secrets: self.provider.secrets(),
            submissions: posts.count(),
            approvals: calls
                .iter()
                .filter(|call| !call["approved"].is_null())
                .count(),
        };
        (self, outcome)
    }
}

/// The client secret of [`World::credentials`].
pub(crate) const SECRET: &str = r#"a "secret": with/odd\characters"#;

#[cfg(unix)]
fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn private(_: &Path) {}

/// With this script the answer of the token endpoint is the last that is asked for, and is not believed.
#[track_caller]
pub(crate) fn untrusted(script: Script, sentence: &str) -> Outcome {
    let outcome = World::with(script).approve();
    outcome.refused(UNTRUSTED, sentence, Endpoint::Token)
}

/// What came of it, at all three places.
#[derive(Debug)]
pub(crate) struct Outcome {
    run: stepup_harness::Outcome,
    /// How often the person was sent to the provider.
    attempts: usize,
    way: Vec<Endpoint>,
    seen: Vec<Endpoint>,
    complaints: Vec<String>,
    secrets: Vec<String>,
    submissions: usize,
    approvals: usize,
}

impl Deref for Outcome {
    type Target = stepup_harness::Outcome;

    fn deref(&self) -> &Self::Target {
        &self.run
    }
}

impl Outcome {
    /// It is one of those that have a further attempt (providers.md P4), each like the first.
    pub(crate) fn after(self, attempts: usize) -> Self {
        Self { attempts, ..self }
    }

    /// Ended with this code and its kind, this sentence, a next step, no result, no proof submitted, nothing
    /// approved; and the last the provider saw was a request to `last`.
    #[track_caller]
    pub(crate) fn refused(self, code: i32, sentence: &str, last: Endpoint) -> Self {
        let kind = match code {
            FAILED => "failed",
            USAGE => "usage",
            UNMET => "unmet",
            UNTRUSTED => "untrusted",
            INCOMPLETE => "incomplete",
            _ => unreachable!("no refusal has code {code}"),
        };
        self.fails(code, kind, sentence).says(sentence);
        assert_eq!(self.approvals, 0, "{self:#?}");
        assert!(self.submissions <= 1, "a proof was submitted: {self:#?}");
        self.well_behaved(last)
    }

    /// Ended in a receipt: the API has approved.
    #[track_caller]
    pub(crate) fn accepted(self) -> Self {
        assert_eq!(self.exits(0).stdout_json()["outcome"], "approved");
        assert_eq!(self.approvals, 1, "{self:#?}");
        let last = self.way.iter().max().copied();
        self.well_behaved(last.unwrap())
    }

    /// Every request was as it should be, none came twice (but for the keys, at most), none after `last`,
    /// and no secret was shown.
    #[track_caller]
    fn well_behaved(self, last: Endpoint) -> Self {
        assert_eq!(self.complaints, [""; 0], "{self:#?}");
        let way = self.way.iter().copied();
        let expected: Vec<_> = way.filter(|step| *step <= last).collect();
        // A further attempt asks the provider again for everything but its metadata.
        let again = expected.iter().filter(|step| **step != Endpoint::Discovery);
        let again: Vec<_> = again.copied().collect();
        let expected = [expected, again.repeat(self.attempts - 1)].concat();
        let (keys, others): (Vec<_>, Vec<_>) = self
            .seen
            .iter()
            .copied()
            .partition(|seen| *seen == Endpoint::Keys);
        assert_eq!(others, expected, "{self:#?}");
        let fetches = if last == Endpoint::Discovery {
            0
        } else {
            2 * self.attempts
        };
        assert!(keys.len() <= fetches, "{self:#?}");
        for secret in self.secrets.iter().filter(|secret| secret.len() > 8) {
            let shown = self.stdout.contains(secret) || self.stderr.contains(secret);
            assert!(!shown, "`{secret}` was shown: {self:#?}");
        }
        self
    }

    /// Whether there was a request to this endpoint.
    pub(crate) fn called(&self, endpoint: Endpoint) -> bool {
        self.seen.contains(&endpoint)
    }

    /// How often the keys were fetched.
    pub(crate) fn key_fetches(&self) -> usize {
        let keys = self.seen.iter().filter(|seen| **seen == Endpoint::Keys);
        keys.count()
    }
}
