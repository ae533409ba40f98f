//! The search index of transactions, which may be behind the truth or closed to the caller
//! (c1.md 8.1, 8.2, 8.14, 8.15).

use std::collections::HashMap;

use super::refusal::Refusal;
use super::transaction::{State, Transaction};
use crate::people::Person;
use crate::switches::Switches;

/// How many searches `lag` is behind.
const BEHIND: u32 = 2;

/// What searches have shown so far, by transaction.
#[derive(Default)]
pub(super) struct Index(HashMap<String, Entry>);

#[derive(Default)]
struct Entry {
    shown: Option<Transaction>,
    /// Searches since it was last like the truth.
    late: u32,
}

/// Whether this person may search at all.
pub(super) fn admit(
    switches: &Switches,
    user_id: Option<&str>,
    is_narrowed: bool,
    me: &Person,
) -> Result<(), Refusal> {
    match switches.text("transactions") {
        Some("400") => Err(Refusal::invalid("this search is not supported")),
        Some("400-filters") if is_narrowed => Err(Refusal::invalid("this filter is not supported")),
        Some("403") => Err(Refusal::forbidden("action not permitted")),
        Some("403-unless-user") if user_id != Some(me.id.as_str()) => {
            Err(Refusal::forbidden("action not permitted"))
        }
        Some("404") => Err(Refusal::not_found()),
        Some("501") => Err(Refusal::new(501, 12, "not implemented")),
        _ => Ok(()),
    }
}

impl Index {
    /// The transaction as this search knows it, if it knows it.
    pub(super) fn find(&mut self, truth: &Transaction, switches: &Switches) -> Option<Transaction> {
        let mode = switches.text("transactions").unwrap_or_default();
        if mode == "never" || truth.is_hidden(switches) {
            return None;
        }
        if mode != "lag" && mode != "empty-first" {
            return Some(truth.clone());
        }
        let entry = self.0.entry(truth.id.clone()).or_default();
        let current = match &entry.shown {
            Some(shown) => mode == "empty-first" || shown.state == truth.state,
            None => false,
        };
        entry.late += 1;
        let behind = if mode == "lag" { BEHIND } else { 1 };
        if current || entry.late > behind {
            entry.shown = Some(truth.clone());
            entry.late = 0;
        }
        entry.shown.clone()
    }
}

impl Transaction {
    /// Not there yet for anybody who asks (`pending=late`).
    pub(super) fn is_hidden(&self, switches: &Switches) -> bool {
        switches.is("pending", "late") && self.state == State::Pending && !self.opened
    }
}
