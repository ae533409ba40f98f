//! A world of one story: a running sandbox, a private home, and the binary that acts in it.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::browser::{self, Page};
use crate::process::{BIN, Outcome, Run, Running};

/// Everything a story needs. The sandbox ends with it.
pub(crate) struct World {
    pub(crate) home: TempDir,
    pub(crate) sandbox: Running,
    /// What the sandbox said about itself.
    pub(crate) info: Value,
    before: Value,
}

impl World {
    /// An honest sandbox.
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// A sandbox with these switches.
    pub(crate) fn with(switches: &[&str]) -> Self {
        Self::at(tempfile::tempdir().unwrap(), switches)
    }

    /// Starts a sandbox in a home that may hold a state file already.
    pub(crate) fn at(home: TempDir, switches: &[&str]) -> Self {
        Self::start(home, &[], switches)
    }

    /// A sandbox whose provider is somebody (`--as`), with these switches.
    pub(crate) fn imitating(name: &str, switches: &[&str]) -> Self {
        Self::start(tempfile::tempdir().unwrap(), &["--as", name], switches)
    }

    /// A sandbox that speaks TLS, with these switches.
    pub(crate) fn by_tls(switches: &[&str]) -> Self {
        Self::start(tempfile::tempdir().unwrap(), &["--tls"], switches)
    }

    fn start(home: TempDir, words: &[&str], switches: &[&str]) -> Self {
        let path = |name: &str| home.path().join(name);
        let mut run = Run::of(BIN, home.path())
            .args("sandbox -o json")
            .arg("--info")
            .arg(path("info.json"))
            .arg("--log")
            .arg(path("log.jsonl"))
            .arg("--state")
            .arg(path("state.json"));
        run = run.words(words);
        for switch in switches {
            run = run.arg("--set").arg(switch);
        }
        // Compared with C1's published description afterwards: see `tests/contract`.
        if let Some(folder) = std::env::var_os("STEPUP_TESTS_RECORD") {
            let name = home.path().file_name().unwrap();
            let mut record = PathBuf::from(folder).join(name);
            record.set_extension("jsonl");
            run = run.arg("--record").arg(record);
        }
        let sandbox = run.start();
        // Written when everything answers; the file is there by then, too.
        let info = serde_json::from_str(&sandbox.first_line()).unwrap();
        let written: Value = read_json(&path("info.json"));
        assert_eq!(info, written);
        let before = read_json(&path("state.json"))["tasks"].clone();
        Self {
            home,
            sandbox,
            info,
            before,
        }
    }

    /// Leaves the evidence of this story, and the provider's keys, for another verifier: see `tests/evidence`.
    fn leave_evidence(&self, folder: &Path) {
        let kept = self.config().join("receipts.evidence");
        let Ok(files) = std::fs::read_dir(kept) else {
            return;
        };
        let folder = folder.join(self.home.path().file_name().unwrap());
        std::fs::create_dir_all(&folder).unwrap();
        for file in files.flatten() {
            let document = read_json(&file.path());
            // What the API showed names no key.
            if let Some(keys) = document["key"]["jwks_uri"].as_str() {
                let keys = browser::get(keys, &[]).body;
                std::fs::write(folder.join("keys.jwks"), keys).unwrap();
            }
            std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
    }

    /// The binary with the sandbox's configuration, in a system that trusts the sandbox's authority.
    pub(crate) fn stepup(&self, words: &str) -> Run {
        let run = Run::of(BIN, self.home.path())
            .env("STEPUP_CONFIG", self.config())
            .args(words);
        match self.info["ca_file"].as_str() {
            Some(ca_file) => run.env("SSL_CERT_FILE", ca_file),
            None => run,
        }
    }

    /// `approve TASK --yes`.
    pub(crate) fn approve(&self, task: &str) -> Run {
        self.stepup("approve --yes").arg(task)
    }

    /// The binary on a terminal of its own, both streams as stdout, with a keyboard.
    pub(crate) fn on_a_terminal(&self, words: &str) -> Run {
        self.shell_on_a_terminal(&format!("{} {words}", shell_words::quote(BIN)))
    }

    /// Runs `stepup` on a terminal of so many columns.
    pub(crate) fn on_columns(&self, columns: u16, words: &str) -> Run {
        let size = format!("stty rows 200 cols {columns}");
        self.shell_on_a_terminal(&format!("{size}; {} {words}", shell_words::quote(BIN)))
    }

    /// A line of shell on a pseudo-terminal; both output streams arrive on stdout.
    pub(crate) fn shell_on_a_terminal(&self, line: &str) -> Run {
        Run::on_a_terminal(line, self.home.path()).env("STEPUP_CONFIG", self.config())
    }

    /// A sandbox with this switch refuses an approval by the person with the key, in text and JSON alike.
    #[track_caller]
    pub(crate) fn refuses_with(switch: &str, code: i32, kind: &str, reason: &str) {
        Self::with(&[switch]).refuses(code, kind, reason, "");
    }

    /// An approval in this world is refused so, with this in a hint.
    #[track_caller]
    pub(crate) fn refuses(&self, code: i32, kind: &str, reason: &str, hint: &str) {
        let outcome = self.approve("4211").args("-o json").run_with("key");
        outcome.exits(code).says(reason).hints(hint);
        outcome.fails_in_json(kind);
        self.api().saw_no_approval();
    }

    /// The API as its log and its state show it.
    pub(crate) fn api(&self) -> Api<'_> {
        Api(self)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A shell script in the home folder.
    pub(crate) fn script(&self, name: &str, lines: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        set_mode(&path, 0o700);
        path
    }

    /// The folder with the configuration.
    pub(crate) fn config(&self) -> PathBuf {
        PathBuf::from(self.info["config"].as_str().unwrap())
    }

    /// The provider entry there: `sandbox`, or the name of whom the provider imitates.
    pub(crate) fn entry(&self) -> &str {
        self.info["entry"].as_str().unwrap()
    }

    pub(crate) fn config_text(&self) -> String {
        std::fs::read_to_string(self.config().join("config.toml")).unwrap()
    }

    pub(crate) fn write_config(&self, text: &str) {
        std::fs::write(self.config().join("config.toml"), text).unwrap();
    }

    pub(crate) fn write_secrets(&self, secrets: &Value) {
        // The file's mode stays as it is.
        std::fs::write(self.config().join("credentials.json"), secrets.to_string()).unwrap();
    }

    /// Adds lines to the provider entry, which is the last table.
    pub(crate) fn add_to_entry(&self, lines: &str) {
        self.write_config(&format!("{}{lines}\n", self.config_text()));
    }

    /// Takes the sandbox's own acr values out of the provider entry, so that other lines can say them.
    pub(crate) fn drop_acr_values(&self) {
        self.drop_lines("acr_values");
    }

    /// An entry without its preset: what the provider does is then not known beforehand.
    pub(crate) fn drop_preset(&self) {
        self.drop_lines("preset");
    }

    /// A second entry of the profile's, and nothing that says which of the two a step is for.
    pub(crate) fn add_second_entry(&self, name: &str, issuer: &str) {
        self.drop_lines("c1_provider_ids");
        let both = format!("provider = [\"sandbox\", \"{name}\"]");
        let text = self.config_text().replace("provider = \"sandbox\"", &both);
        let second = format!("[providers.{name}]\nissuer = \"{issuer}\"\nclient_id = \"{name}\"\n");
        self.write_config(&format!("{text}\n{second}"));
    }

    /// Takes an entry's secret out of the store.
    pub(crate) fn forget_secret(&self, entry: &str) -> Value {
        let mut secrets = self.secrets();
        let members = secrets.as_object_mut().unwrap();
        let secret = members.remove(&self.secret_of(entry)).unwrap();
        self.write_secrets(&secrets);
        secret
    }

    fn drop_lines(&self, begin: &str) {
        let text = self.config_text();
        let lines = text.lines().filter(|line| !line.starts_with(begin));
        self.write_config(&(lines.collect::<Vec<_>>().join("\n") + "\n"));
    }

    pub(crate) fn secrets(&self) -> Value {
        read_json(&self.config().join("credentials.json"))
    }

    /// The name of the API credential in the store of secrets.
    pub(crate) fn kept_as(&self) -> String {
        format!("api/sandbox@{}", self.api_url())
    }

    /// The name of an entry's client secret there, if the sandbox's provider is the entry's.
    pub(crate) fn secret_of(&self, entry: &str) -> String {
        let issuer = url::Url::parse(self.issuer()).unwrap();
        let origin = issuer.origin().ascii_serialization();
        format!("client-secret/{entry}@{origin}")
    }

    /// The profile's API is at another address, such as a proxy's, and its credential is kept for that.
    pub(crate) fn goes_through(&self, url: &str) {
        for file in ["config.toml", "credentials.json"] {
            let path = self.config().join(file);
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace(self.api_url(), url)).unwrap();
        }
    }

    /// The API credential that the configuration holds.
    pub(crate) fn credential(&self) -> String {
        let secrets = self.secrets();
        let mut kept = secrets.as_object().unwrap().iter();
        let kept = kept.find(|(name, _)| name.starts_with("api/sandbox@"));
        kept.unwrap().1.as_str().unwrap().to_owned()
    }

    pub(crate) fn api_url(&self) -> &str {
        self.info["api_url"].as_str().unwrap()
    }

    pub(crate) fn issuer(&self) -> &str {
        self.info["issuer"].as_str().unwrap()
    }

    /// Signs in at a start address, as the built-in person in another process.
    pub(crate) fn sign_in(&self, url: &str, factor: &str) -> Outcome {
        self.stepup("sandbox sign-in -o json --with")
            .arg(factor)
            .arg(url)
            .run()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(folder) = std::env::var_os("STEPUP_TESTS_EVIDENCE")
            && !std::thread::panicking()
        {
            self.leave_evidence(Path::new(&folder));
        }
    }
}

/// One line of the request log.
#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct Line {
    pub(crate) server: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) connection: Option<u16>,
    pub(crate) approved: Option<String>,
    time: String,
}

impl Line {
    /// `provider POST /token`, with ids left out.
    pub(crate) fn what(&self) -> String {
        let path: Vec<&str> = self
            .path
            .split('/')
            .map(|part| if part.len() == 27 { "*" } else { part })
            .collect();
        format!("{} {} {}", self.server, self.method, path.join("/"))
    }

    /// Whether it is asked for whenever it suits, to have keys and connections at hand.
    pub(crate) fn beside(&self) -> bool {
        ["/jwks", "/api/v1/auth/introspect"].contains(&self.path.as_str())
    }

    pub(crate) fn is_approval(&self) -> bool {
        self.method == "POST" && self.path.contains("/action/approve")
    }
}

/// The access API, seen from behind.
pub(crate) struct Api<'a>(&'a World);

impl Api<'_> {
    /// Every request so far, of API and provider.
    pub(crate) fn log(&self) -> Vec<Line> {
        std::fs::read_to_string(self.0.path("log.jsonl"))
            .unwrap_or_default()
            .lines()
            // The last line may be half written.
            .map_while(|line| serde_json::from_str(line).ok())
            .collect()
    }

    /// The requests to approve something, answered well or not.
    pub(crate) fn approval_requests(&self) -> usize {
        self.log().iter().filter(|line| line.is_approval()).count()
    }

    /// How often this was asked.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.log().iter().filter(|line| line.path == path).count()
    }

    /// When this was asked, in seconds.
    pub(crate) fn times(&self, path: &str) -> Vec<f64> {
        let log = self.log().into_iter().filter(|line| line.path == path);
        let since = |time: &str| time.parse::<jiff::Timestamp>().unwrap().as_duration();
        log.map(|line| since(&line.time).as_secs_f64()).collect()
    }

    /// Waits until the log holds a line like this.
    pub(crate) fn wait_for(&self, wanted: impl Fn(&Line) -> bool) {
        for _ in 0..10_000 {
            if self.log().iter().any(&wanted) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("it was never asked: {:#?}", self.log());
    }

    /// This was never asked of anybody.
    #[track_caller]
    pub(crate) fn never_saw(&self, path: &str) {
        let log = self.log();
        assert!(log.iter().all(|line| line.path != path), "{log:#?}");
    }

    fn approvals(&self) -> Vec<String> {
        self.log()
            .into_iter()
            .filter_map(|line| line.approved)
            .collect()
    }

    /// Nothing was approved, and no task is in any way other than it was: the line that is the product.
    #[track_caller]
    pub(crate) fn saw_no_approval(&self) {
        assert_eq!(self.approvals(), [""; 0], "{:#?}", self.log());
        assert_eq!(self.tasks(), self.0.before);
    }

    /// Nothing was approved or denied.
    #[track_caller]
    pub(crate) fn saw_no_decision(&self) {
        let decided = |action: &str| {
            let log = self.log();
            log.iter().any(|line| line.path.ends_with(action))
        };
        assert!(!decided("/deny") && self.approvals().is_empty());
        let open = |tasks: Value| {
            let tasks = tasks.as_array().unwrap().clone();
            let outcomes = tasks.into_iter().map(|task| task["outcome"].clone());
            outcomes.collect::<Vec<_>>()
        };
        assert_eq!(open(self.tasks()), open(self.0.before.clone()));
    }

    /// This task was approved once, and nothing else.
    #[track_caller]
    pub(crate) fn saw_one_approval(&self, number: &str) {
        assert_eq!(self.approvals(), [self.id(number)], "{:#?}", self.log());
    }

    /// The task's 27-character id.
    pub(crate) fn id(&self, number: &str) -> String {
        self.kept(number)["id"].as_str().unwrap().to_owned()
    }

    /// The tasks as the sandbox keeps them.
    fn tasks(&self) -> Value {
        read_json(&self.0.path("state.json"))["tasks"].clone()
    }

    /// One task as the sandbox keeps it.
    pub(crate) fn kept(&self, number: &str) -> Value {
        self.tasks()
            .as_array()
            .unwrap()
            .iter()
            .find(|task| task["numeric_id"].as_u64() == number.parse().ok())
            .unwrap_or_else(|| panic!("there is no task {number}"))
            .clone()
    }

    /// One task as the API shows it to the approver.
    pub(crate) fn task(&self, number: &str) -> Value {
        let url = format!("{}/api/v1/tasks/{number}", self.0.api_url());
        let page = browser::get(&url, &[("Authorization", &self.authorization())]);
        page.json()["taskView"]["task"].clone()
    }

    /// Posts as the approver, from another place than the tool under test.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Page {
        let headers = [
            ("Authorization", self.authorization()),
            ("Content-Type", "application/json".to_owned()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let url = format!("{}{path}", self.0.api_url());
        browser::post(&url, &headers, &body.to_string())
    }

    fn authorization(&self) -> String {
        format!("Bearer {}", self.0.credential())
    }
}

pub(crate) fn read_json(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap()
}

/// Who may do what with the file, as bits.
#[cfg(unix)]
pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().unwrap().permissions().mode() & 0o7777
}

/// Says who may do what with the file. Stories about others who may are Unix's: elsewhere files have no modes, and
/// what is made in a person's own folders is theirs.
#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
pub(crate) const fn set_mode(_: &Path, _: u32) {}
