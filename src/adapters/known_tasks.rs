//! Tasks that were listed here, so that a shell can complete them without a request. Losing it costs nothing:
//! failures to read or write it are ignored.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::files::{read_private, write_private};

/// The file's name, in the state folder.
const FILE: &str = "known-tasks.json";

/// APIs that are remembered, the one that was used last first.
const MOST_APIS: usize = 8;

/// Tasks of each.
const MOST_TASKS: usize = 100;

/// After this many days a task has most likely been decided elsewhere.
const DAYS: i64 = 14;

#[derive(Clone, Debug)]
pub(crate) struct KnownTasks {
    path: PathBuf,
    origin: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownTask {
    /// What people type for it.
    pub(crate) id: String,
    /// What it says, unless titles are not wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct OfApi {
    origin: String,
    seen: Timestamp,
    tasks: Vec<KnownTask>,
}

impl KnownTasks {
    pub(crate) fn new(folder: &Path, api: &Url) -> Self {
        Self {
            path: folder.join(FILE),
            origin: api.origin().ascii_serialization(),
        }
    }

    /// What was listed last.
    pub(crate) fn all(&self) -> Vec<KnownTask> {
        let oldest = Timestamp::now().as_second() - DAYS * 24 * 3600;
        let mut apis = self.read().into_iter();
        let known = apis.find(|api| api.origin == self.origin && api.seen.as_second() > oldest);
        known.map_or_else(Vec::new, |api| api.tasks)
    }

    pub(crate) fn replace(&self, mut tasks: Vec<KnownTask>) {
        tasks.truncate(MOST_TASKS);
        let mut apis = self.read();
        apis.retain(|api| api.origin != self.origin);
        let origin = self.origin.clone();
        let seen = Timestamp::now();
        apis.insert(
            0,
            OfApi {
                origin,
                seen,
                tasks,
            },
        );
        apis.truncate(MOST_APIS);
        self.write(&apis);
    }

    pub(crate) fn forget(&self, id: &str) {
        let mut apis = self.read();
        let own = apis.iter_mut().find(|api| api.origin == self.origin);
        let Some(own) = own.filter(|api| api.tasks.iter().any(|task| task.id == id)) else {
            return;
        };
        own.tasks.retain(|task| task.id != id);
        self.write(&apis);
    }

    fn read(&self) -> Vec<OfApi> {
        let bytes = read_private(&self.path).ok().flatten();
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    fn write(&self, apis: &[OfApi]) {
        let written = serde_json::to_vec(apis).map(|bytes| write_private(&self.path, &bytes));
        if let Ok(Err(error)) = written {
            tracing::debug!("the tasks are not kept for completion: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str) -> KnownTask {
        KnownTask {
            id: id.to_owned(),
            title: None,
        }
    }

    #[test]
    fn the_memory_is_bounded_private_and_may_be_damaged() {
        let home = tempfile::tempdir().unwrap();
        let of = |n: usize| {
            let api = Url::parse(&format!("https://api{n}.example")).unwrap();
            KnownTasks::new(home.path(), &api)
        };
        let many: Vec<KnownTask> = (0..500).map(|id| task(&id.to_string())).collect();
        for n in 0..20 {
            of(n).replace(many.clone());
        }
        assert_eq!(of(19).all().len(), MOST_TASKS);
        assert_eq!(of(0).all(), []);
        let path = home.path().join(FILE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(&path, "[{").unwrap();
        assert_eq!(of(19).all(), []);
        of(1).replace(vec![task("1")]);
        assert_eq!(of(1).all(), [task("1")]);
    }

    #[test]
    fn what_was_listed_long_ago_is_not_offered() {
        let home = tempfile::tempdir().unwrap();
        let acme = KnownTasks::new(home.path(), &Url::parse("https://acme.example").unwrap());
        acme.write(&[OfApi {
            origin: "https://acme.example".into(),
            seen: Timestamp::now() - jiff::SignedDuration::from_hours(24 * (DAYS + 1)),
            tasks: vec![task("1")],
        }]);
        assert_eq!(acme.all(), []);
    }
}
