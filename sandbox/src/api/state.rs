//! What the API knows, and what its answers are made with.

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::Value;

use super::kept::Hosted;
use super::presented::Presented;
use super::refusal::Refusal;
use super::world::{Store, World};
use crate::auth::Auth;
use crate::basics::{locked, random};
use crate::dpop::Proofs;
use crate::http::Reply;
use crate::people::Person;
use crate::switches::Switches;
use crate::tokens::Tokens;

/// An answer, or why there is none.
pub(super) type ApiResult = Result<Reply, Refusal>;

pub(crate) struct Api {
    pub(super) tokens: Arc<Tokens>,
    pub(super) switches: Arc<Switches>,
    pub(super) credential: String,
    /// Sign-in, and the access tokens that came of it.
    pub(super) auth: Auth,
    pub(super) hosted: Hosted,
    pub(super) proofs: Proofs,
    pub(super) world: Mutex<World>,
    pub(super) store: Store,
    /// How often each task was read, by id, for `task_changes`.
    pub(super) task_reads: Mutex<HashMap<String, u64>>,
    /// Requests that the switches refused, or let pass afterwards.
    pub(super) asked: AtomicU64,
}

/// Who calls.
pub(super) enum Caller {
    /// Somebody with the API credential.
    Credential(Person),
    /// Somebody with what may be a step-up access token; not verified yet.
    StepUp(Presented),
}

impl Api {
    /// An API over this world; changes go to the store.
    pub(crate) fn new(
        tokens: Arc<Tokens>,
        switches: Arc<Switches>,
        auth: Auth,
        hosted: Hosted,
        world: World,
        store: Store,
    ) -> Self {
        Self {
            tokens,
            switches,
            auth,
            hosted,
            proofs: Proofs::new(),
            credential: format!("sandbox-{}", random(40)),
            world: Mutex::new(world),
            store,
            task_reads: Mutex::default(),
            asked: AtomicU64::new(0),
        }
    }

    pub(crate) fn credential(&self) -> &str {
        &self.credential
    }

    /// The world as it is now: effects that are due have happened.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        let mut world = locked(&self.world);
        if world.settle() {
            self.store.save(&world);
        }
        world
    }
}

impl Caller {
    /// A step-up token is for approvals only.
    pub(super) fn with_credential(self) -> Result<Person, Refusal> {
        match self {
            Self::Credential(person) => Ok(person),
            Self::StepUp(_) => Err(Refusal::unauthenticated()),
        }
    }

    pub(super) fn person(&self) -> Result<&Person, Refusal> {
        match self {
            Self::Credential(person) => Ok(person),
            Self::StepUp(_) => Err(Refusal::unauthenticated()),
        }
    }
}

pub(super) fn ok(body: &Value) -> Reply {
    Reply::json(200, body)
}

/// A JSON body; an empty one counts as `{}`.
pub(super) fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body)
        .map_err(|error| Refusal::invalid(format!("the request is not valid: {error}")))
}
