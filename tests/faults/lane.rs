//! A sandbox with a proxy before it and many tasks in it, and a few of them to share among the stories.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, OnceLock, Weak};

use serde_json::{Value, json};
use stepup_harness::{Run, Running};
use stepup_sandbox::{Factor, Options, Sandbox, sign_in};
use tempfile::TempDir;
use url::Url;

use crate::proxy::{Fault, Proxy, SeenRequest, Step};

/// How many stories go on at a time. They mostly wait.
const LANES: usize = 12;

/// Tasks in a sandbox: three times what the stories of a lane need.
const TASKS: u64 = 64;
const FIRST: u64 = 100_000;

pub(crate) struct Lane {
    home: TempDir,
    sandbox: Option<Sandbox>,
    pub(crate) proxy: Proxy,
    next: u64,
}

impl Lane {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("state.json");
        std::fs::write(&state, world()).unwrap();
        let proxy = Proxy::bind();
        let sandbox = Sandbox::start(Options {
            log: Some(home.path().join("log.jsonl")),
            state: Some(state),
            config_dir: Some(home.path().join("config")),
            // An RSA key takes seconds where many are made at once. No story is about that.
            es256: true,
            switches: vec![format!("issuer={}", proxy.provider_url())],
            ..Options::default()
        })
        .unwrap();
        let info = sandbox.info();
        proxy.forward(address(&info.api_url), address(&info.provider_url));
        // The profile's API is the proxy, and its credential is kept for that.
        for file in ["config.toml", "credentials.json"] {
            let path = home.path().join("config").join(file);
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace(&info.api_url, &proxy.api_url())).unwrap();
        }
        Self {
            home,
            sandbox: Some(sandbox),
            proxy,
            next: FIRST,
        }
    }

    /// A task that no story has touched.
    pub(crate) fn fresh_task(&mut self) -> u64 {
        self.next += 1;
        assert!(self.next < FIRST + TASKS, "more tasks are needed");
        self.next
    }

    /// `stepup approve` through the proxy, where this fault waits, with a person who signs in as soon as an address is
    /// printed.
    pub(crate) fn approve(&self, task: u64, fault: Option<(Step, Fault)>) -> Running {
        self.approve_with("", task, fault)
    }

    /// Approves with more flags.
    pub(crate) fn approve_with(
        &self,
        flags: &str,
        task: u64,
        fault: Option<(Step, Fault)>,
    ) -> Running {
        self.proxy.begin(fault);
        let words = format!("approve {task} --yes --no-browser -o json {flags}");
        let running = Run::of(env!("CARGO_BIN_EXE_stepup"), self.home.path())
            .env("STEPUP_CONFIG", self.path("config"))
            .args(&words)
            .start();
        // Whether the person gets through is what the story is about.
        running.at_start_url(|url| drop(sign_in(url, Factor::Key)));
        running
    }

    /// How often the API let the task be approved.
    pub(crate) fn approvals(&self, task: u64) -> usize {
        let log = std::fs::read_to_string(self.path("log.jsonl")).unwrap();
        let id = task_id(task);
        log.lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|line| line["approved"] == id.as_str())
            .count()
    }

    /// Every approval that was sent, by what opened it.
    pub(crate) fn approvals_sent(&self) -> Vec<String> {
        let posts = |seen: &SeenRequest| matches!(seen.step, Step::FirstLeg | Step::SecondLeg);
        let seen = self.proxy.seen().into_iter().filter(posts);
        seen.map(|seen| seen.authorization).collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.proxy.begin(None);
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop();
        }
    }
}

fn address(url: &str) -> std::net::SocketAddr {
    Url::parse(url).unwrap().socket_addrs(|| None).unwrap()[0]
}

fn task_id(number: u64) -> String {
    format!("{number:0>27}")
}

/// A sandbox's state with many copies of the task that demands a phishing-resistant factor.
fn world() -> &'static str {
    static WORLD: OnceLock<String> = OnceLock::new();
    WORLD.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state.json");
        let sandbox = Sandbox::start(Options {
            state: Some(path.clone()),
            ..Options::default()
        });
        sandbox.unwrap().stop();
        let mut world: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let tasks = world["tasks"].as_array().unwrap();
        let one = tasks
            .iter()
            .find(|task| task["what"] == "phr")
            .unwrap()
            .clone();
        let copy = |number: u64| {
            let mut task = one.clone();
            task["id"] = json!(task_id(number));
            task["numeric_id"] = json!(number);
            task
        };
        world["tasks"] = (FIRST..FIRST + TASKS).map(copy).collect();
        world.to_string()
    })
}

/// The lanes. They live as long as any test uses them.
pub(crate) struct Lanes {
    state: Mutex<(Vec<Lane>, usize)>,
    returned: Condvar,
}

impl Lanes {
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Lanes>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap();
        shared.upgrade().unwrap_or_else(|| {
            let lanes = Arc::new(Self {
                state: Mutex::default(),
                returned: Condvar::new(),
            });
            *shared = Arc::downgrade(&lanes);
            lanes
        })
    }

    /// A lane to oneself, for one story.
    pub(crate) fn borrow(&self) -> Borrowed<'_> {
        Borrowed {
            lane: Some(self.take().unwrap_or_else(Lane::new)),
            lanes: self,
        }
    }

    /// A lane that is free; none means that there is room for one more.
    fn take(&self) -> Option<Lane> {
        let state = self.state.lock().unwrap();
        let busy = |(free, made): &mut (Vec<Lane>, usize)| free.is_empty() && *made == LANES;
        let mut state = self.returned.wait_while(state, busy).unwrap();
        let lane = state.0.pop();
        state.1 += usize::from(lane.is_none());
        lane
    }
}

/// A lane that goes back when the story ends, however it ends.
pub(crate) struct Borrowed<'a> {
    lane: Option<Lane>,
    lanes: &'a Lanes,
}

impl Deref for Borrowed<'_> {
    type Target = Lane;

    fn deref(&self) -> &Lane {
        self.lane.as_ref().unwrap()
    }
}

impl DerefMut for Borrowed<'_> {
    fn deref_mut(&mut self) -> &mut Lane {
        self.lane.as_mut().unwrap()
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        self.lanes.state.lock().unwrap().0.extend(self.lane.take());
        self.lanes.returned.notify_one();
    }
}
