//! The whole state of the API, and the file it is kept in (`--state`).

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::policy::Policy;
use super::provider::StepUpProvider;
use super::refusal::Refusal;
use super::task::Task;
use super::transaction::Transaction;
use crate::files::write_private;
use crate::people::People;

/// People, providers, tasks and step-up transactions. Survives a restart when there is a state file.
#[derive(Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) people: People,
    pub(crate) providers: Vec<StepUpProvider>,
    pub(super) policies: Vec<Policy>,
    pub(crate) tasks: Vec<Task>,
    #[serde(default)]
    pub(super) transactions: Vec<Transaction>,
    /// `jti` of every step-up token and id of every transaction that approved something: one proof, one
    /// approval.
    pub(super) spent: BTreeSet<String>,
    pub(super) tenant: String,
    pub(super) created_at: Timestamp,
}

impl World {
    /// The task with this 27-character id or number (c1.md 3.1).
    pub(super) fn find(&self, id: &str) -> Result<&Task, Refusal> {
        let index = self.index(id)?;
        self.tasks.get(index).ok_or_else(Refusal::not_found)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Result<&mut Task, Refusal> {
        let index = self.index(id)?;
        self.tasks.get_mut(index).ok_or_else(Refusal::not_found)
    }

    pub(super) fn provider(&self, id: &str) -> Option<&StepUpProvider> {
        self.providers.iter().find(|one| one.id == id)
    }

    pub(super) fn provider_mut(&mut self, id: &str) -> Option<&mut StepUpProvider> {
        self.providers.iter_mut().find(|one| one.id == id)
    }

    fn index(&self, id: &str) -> Result<usize, Refusal> {
        let numeric = !id.is_empty() && id.len() < 20 && id.bytes().all(|b| b.is_ascii_digit());
        if !numeric && !is_id(id) {
            return Err(Refusal::malformed_id());
        }
        let number = id.parse::<u64>().ok().filter(|_| numeric);
        self.tasks
            .iter()
            .position(|task| task.id == id || Some(task.numeric_id) == number)
            .ok_or_else(Refusal::not_found)
    }

    /// Lets due effects happen; whether anything changed.
    pub(super) fn settle(&mut self) -> bool {
        let now = Timestamp::now();
        let mut changed = false;
        for task in &mut self.tasks {
            changed |= task.settle(now);
        }
        changed
    }
}

/// The shape of a C1 object id.
pub(super) fn is_id(id: &str) -> bool {
    id.len() == 27 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Where the world is kept, if anywhere.
pub(crate) struct Store {
    path: Option<PathBuf>,
}

impl Store {
    pub(crate) const fn new(path: Option<PathBuf>) -> Self {
        Self { path }
    }

    /// What an earlier run left.
    pub(crate) fn load(&self) -> io::Result<Option<World>> {
        let Some(path) = self.path.as_deref() else {
            return Ok(None);
        };
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps the world. A full disk must not change an answer that is already decided.
    pub(super) fn save(&self, world: &World) {
        if let Err(error) = self.try_save(world) {
            tracing::warn!("the sandbox's state could not be written: {error}");
        }
    }

    /// Keeps the world, or says why not.
    pub(crate) fn try_save(&self, world: &World) -> io::Result<()> {
        match &self.path {
            Some(path) => write_private(path, &serde_json::to_vec_pretty(world)?),
            None => Ok(()),
        }
    }
}
