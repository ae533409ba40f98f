//! A client of one access API: where it is, with which credential, and what a run remembers of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::Url;

use crate::adapters::api_error::ApiError;
use crate::adapters::bearer::Bearer;
use crate::adapters::http::{Http, host_and_port};
use crate::adapters::protected::Resource;
use crate::adapters::reach::may_name;
use crate::adapters::text;
use crate::domain::person::Approver;
use crate::domain::task::Task;

/// Rows asked for at once, the most that the API gives (c1.md 3.6).
pub(super) const PAGE: usize = 100;

#[derive(Clone)]
pub(crate) struct AccessApi {
    pub(super) http: Http,
    pub(super) base: Url,
    pub(super) bearer: Bearer,
    /// The API's clock less ours, seconds, as its last answer showed it.
    pub(super) ahead: Arc<AtomicI64>,
    /// The people who were read, each once a run.
    pub(super) met: Arc<Mutex<BTreeMap<String, Approver>>>,
    /// How many tasks to ask for at once: fewer, once a page of them was too large.
    pub(super) rows: Arc<AtomicUsize>,
}

/// No answer with a `Date` has come yet.
const UNKNOWN: i64 = i64::MIN;

impl AccessApi {
    /// `base` is the tenant's address; `bearer` goes there and nowhere else.
    pub(crate) fn new(http: Http, base: Url, bearer: Bearer) -> Self {
        Self {
            http,
            base,
            bearer,
            ahead: Arc::new(AtomicI64::new(UNKNOWN)),
            met: Arc::default(),
            rows: Arc::new(AtomicUsize::new(PAGE)),
        }
    }

    /// How many seconds the API's clock is ahead of ours; `None` until an answer told.
    pub(crate) fn ahead(&self) -> Option<i64> {
        Some(self.ahead.load(Ordering::Relaxed)).filter(|ahead| *ahead != UNKNOWN)
    }

    /// Now by the API's clock, as far as it is known.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = jiff::SignedDuration::from_secs(self.ahead().unwrap_or_default());
        let ours = Timestamp::now();
        ours.checked_add(ahead).unwrap_or(ours)
    }

    /// This API, which repeats no request after this moment.
    #[must_use]
    pub(crate) fn until(&self, deadline: Instant) -> Self {
        let http = self.http.clone().until(deadline);
        Self {
            http,
            ..self.clone()
        }
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// Host and port, for people.
    pub(crate) fn host(&self) -> String {
        host_and_port(&self.base)
    }

    /// Whether the API may send the person's browser there. [B9.8]
    pub(crate) fn may_name(&self, url: &Url) -> bool {
        may_name(&self.base, url)
    }

    /// Where a person finds the task in the web app (c1.md 3.2).
    pub(crate) fn web_url(&self, task: &Task) -> String {
        self.page_of(task.handle())
    }

    pub(super) fn page_of(&self, task: &str) -> String {
        let url = self.base.join(&format!("task/{task}"));
        url.unwrap_or_else(|_| self.base.clone()).into()
    }

    /// The API as a server for requests of the person's own.
    pub(crate) fn as_resource(&self) -> Resource {
        Resource::new(self.http.clone(), Some(self.bearer.clone()))
    }
}

/// An object, and nothing that could be taken for one: serde would read a list as members in order.
pub(super) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let body = &*text::document(body);
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(ApiError::Unreadable("it is a list".to_owned()));
    }
    serde_json::from_slice(body).or_else(|error| {
        let unreadable = ApiError::Unreadable(error.to_string());
        let whole = text::without_half_characters(body).ok_or(unreadable)?;
        serde_json::from_slice(&whole).map_err(|error| ApiError::Unreadable(error.to_string()))
    })
}
