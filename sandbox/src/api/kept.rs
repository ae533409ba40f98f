//! What the hosted ceremony keeps: the browsers on their way, and what happened once.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use super::transaction::Transaction;
use super::transaction_index::Index;
use crate::basics::locked;
use crate::relying_party::{PendingAuthorization, RelyingParty};
use crate::switches::Switches;

/// What the hosted ceremony needs beside the world.
pub(crate) struct Hosted {
    /// What searches for transactions know.
    pub(super) index: Mutex<Index>,
    /// Reads of a task after its sign-in, by transaction.
    pub(super) reads: Mutex<HashMap<String, u32>>,
    /// What goes wrong once only.
    happened: Mutex<HashSet<String>>,
    /// The API's own URL, without a slash at its end.
    api_url: String,
    pub(super) relying_party: RelyingParty,
    /// Sign-ins under way, by `state`.
    pub(super) attempts: Mutex<HashMap<String, Visit>>,
}

impl Hosted {
    /// A ceremony at this API, with this registration at the provider.
    pub(crate) fn new(api_url: &str, relying_party: RelyingParty) -> Self {
        Self {
            index: Mutex::default(),
            reads: Mutex::default(),
            happened: Mutex::default(),
            api_url: api_url.to_owned(),
            relying_party,
            attempts: Mutex::default(),
        }
    }

    /// Whether this happens for the first time.
    pub(super) fn is_first(&self, what: &str) -> bool {
        locked(&self.happened).insert(what.to_owned())
    }

    /// Where the browser leg of this transaction starts. The secret is in the query, which no log shows.
    pub(super) fn redirect_url(&self, transaction: &Transaction) -> String {
        format!("{}/step-up?ticket={}", self.api_url, transaction.ticket)
    }

    /// The page's address as leg 1 answers it; what else may stand there is not publicly known (c1.md 8.3).
    pub(super) fn told_url(&self, transaction: &Transaction, switches: &Switches) -> String {
        let honest = self.redirect_url(transaction);
        match switches.text("redirect_url") {
            Some("plain-http") => "http://step-up.sandbox.example/start".to_owned(),
            Some("script") => "javascript:alert(document.domain)".to_owned(),
            Some(_) => String::new(),
            None if switches.is("redirect_id", "yes") => format!("{honest}&id={}", transaction.id),
            None => honest,
        }
    }
}

/// A browser on its way to the provider and back.
pub(super) struct Visit {
    pub(super) transaction: String,
    /// The value of its cookie.
    pub(super) browser: String,
    pub(super) pending: PendingAuthorization,
    pub(super) party: RelyingParty,
}
