//! What the provider remembers between requests: open sign-in pages, sessions, codes.
//!
//! Codes live briefly and once; a second use is reported with the token it was good for, so that the
//! token can be revoked (RFC 6749 §4.1.2, B15.2).

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::ask::Ask;
use super::errors::OAuthError;
use super::levels::Level;
use crate::basics::{now, random};
use crate::http::Params;
use crate::people::Person;

/// More open sign-in pages than this are an accident or an attack; the old ones go.
const MANY: usize = 10_000;

#[derive(Clone, Debug)]
pub(super) struct SignIn {
    pub(super) person: Person,
    pub(super) level: Level,
    pub(super) auth_time: i64,
    /// A session that answered; the person was asked nothing.
    pub(super) silent: bool,
}

/// What a code stands for.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) ask: Ask,
    pub(super) sign_in: SignIn,
    issued_at: i64,
    used: Option<String>,
}

impl Grant {
    pub(super) fn new(ask: Ask, sign_in: SignIn) -> Self {
        Self {
            ask,
            sign_in,
            issued_at: now(),
            used: None,
        }
    }
}

/// What became of a code at the token endpoint.
pub(super) enum Redeemed {
    Once(Box<Grant>),
    /// Used before, for the token with this `jti`.
    Again(String),
    Unknown,
}

/// A backchannel request that waits for its person.
pub(super) struct Waiting {
    pub(super) ask: Ask,
    pub(super) person: Person,
    pub(super) binding_message: String,
    /// What the page knows it by.
    pub(super) number: String,
    pub(super) since: Instant,
    pub(super) until: Instant,
    pub(super) interval: Duration,
    pub(super) asked: Option<Instant>,
    pub(super) answer: Option<Result<SignIn, OAuthError>>,
}

impl Waiting {
    pub(super) fn is_open(&self) -> bool {
        self.answer.is_none() && Instant::now() < self.until
    }
}

/// A pushed request that waits for its visit.
pub(super) struct Kept {
    pub(super) params: Params,
    pub(super) until: i64,
}

#[derive(Default)]
pub(super) struct ProviderStore {
    asks: HashMap<String, Ask>,
    sessions: HashMap<String, SignIn>,
    /// The first sign-in of all (`session=kept`).
    first: Option<SignIn>,
    codes: HashMap<String, Grant>,
    pushed: HashMap<String, Kept>,
    kept: bool,
    waiting: HashMap<String, Waiting>,
    issued: bool,
}

impl ProviderStore {
    /// An ID token was issued; from now on the next key is published (`jwks=rotate`).
    pub(super) fn note_issued(&mut self) {
        self.issued = true;
    }

    pub(super) const fn has_issued(&self) -> bool {
        self.issued
    }

    /// Keeps a pushed request under this name.
    pub(super) fn keep(&mut self, name: String, kept: Kept) {
        if self.pushed.len() >= MANY {
            self.pushed.clear();
        }
        self.pushed.insert(name, kept);
        self.kept = true;
    }

    /// Whether a request was pushed before.
    pub(super) const fn has_kept(&self) -> bool {
        self.kept
    }

    /// A pushed request, for its one visit.
    pub(super) fn take(&mut self, name: &str) -> Option<Kept> {
        self.pushed.remove(name)
    }

    /// Keeps a backchannel request under its `auth_req_id`.
    pub(super) fn wait(&mut self, auth_req_id: String, waiting: Waiting) {
        if self.waiting.len() >= MANY {
            self.waiting.clear();
        }
        self.waiting.insert(auth_req_id, waiting);
    }

    /// The backchannel request of a poll.
    pub(super) fn waiting(&mut self, auth_req_id: &str) -> Option<&mut Waiting> {
        self.waiting.get_mut(auth_req_id)
    }

    /// One that can still be answered, by the number on its page.
    pub(super) fn numbered(&mut self, number: &str) -> Option<&mut Waiting> {
        let mut waiting = self.waiting.values_mut();
        waiting.find(|one| one.number == number && one.is_open())
    }

    /// All that can still be answered, the oldest first.
    pub(super) fn open_waiting(&self) -> Vec<&Waiting> {
        let open = self.waiting.values().filter(|one| one.is_open());
        let mut open: Vec<_> = open.collect();
        open.sort_by_key(|one| one.since);
        open
    }

    /// Tokens were issued for it.
    pub(super) fn finish_waiting(&mut self, auth_req_id: &str) {
        self.waiting.remove(auth_req_id);
    }

    /// Opens a sign-in page; the answer is its number.
    pub(super) fn open(&mut self, ask: Ask) -> String {
        if self.asks.len() >= MANY {
            self.asks.clear();
        }
        let number = random(32);
        self.asks.insert(number.clone(), ask);
        number
    }

    pub(super) fn ask(&self, number: &str) -> Option<Ask> {
        self.asks.get(number).cloned()
    }

    /// A sign-in page was answered and cannot be answered again.
    pub(super) fn close(&mut self, number: &str) {
        self.asks.remove(number);
    }

    /// The first sign-in of all, in whichever browser.
    pub(super) fn first_sign_in(&self) -> Option<SignIn> {
        self.first.clone()
    }

    pub(super) fn session(&self, cookie: &str) -> Option<SignIn> {
        self.sessions.get(cookie).cloned()
    }

    /// Remembers a sign-in; the answer is the cookie's value.
    pub(super) fn remember(&mut self, sign_in: SignIn) -> String {
        let cookie = random(40);
        let silent = true;
        let session = SignIn { silent, ..sign_in };
        self.first.get_or_insert_with(|| session.clone());
        self.sessions.insert(cookie.clone(), session);
        cookie
    }

    pub(super) fn code(&mut self, ask: Ask, sign_in: SignIn) -> String {
        let code = random(40);
        self.codes.insert(code.clone(), Grant::new(ask, sign_in));
        code
    }

    /// Uses a code up, for the token with this `jti`.
    pub(super) fn redeem(&mut self, code: &str, lifetime: i64, jti: &str) -> Redeemed {
        let Some(grant) = self.codes.get_mut(code) else {
            return Redeemed::Unknown;
        };
        if let Some(earlier) = grant.used.replace(jti.to_owned()) {
            grant.used = Some(earlier.clone());
            return Redeemed::Again(earlier);
        }
        if now() - grant.issued_at >= lifetime {
            return Redeemed::Unknown;
        }
        Redeemed::Once(Box::new(grant.clone()))
    }
}
