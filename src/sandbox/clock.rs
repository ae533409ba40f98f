//! The API's clock, which the switch `clock` sets wrong. The provider's is always right.

use jiff::{SignedDuration, Timestamp};

use super::api::http_date;
use super::http::Reply;
use super::switches::Switches;

/// What `ahead` and `behind` mean.
const OFF: SignedDuration = SignedDuration::from_mins(10);

impl Switches {
    /// What the API takes for the present.
    pub(crate) fn clock(&self) -> Timestamp {
        let now = Timestamp::now();
        let told = match self.text("clock") {
            Some("ahead") => now.checked_add(OFF),
            Some("behind") => now.checked_sub(OFF),
            _ => return now,
        };
        told.unwrap_or(now)
    }

    /// The answer with the API's `Date`, if that is not the server's own.
    pub(crate) fn dated(&self, reply: Reply) -> Reply {
        if self.text("clock").is_none() {
            return reply;
        }
        reply.header("Date", http_date(self.clock()))
    }
}
