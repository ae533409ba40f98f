//! The clocks, which the switches `clock` (the API's) and `provider_clock` set wrong, and when to come back.

use jiff::{SignedDuration, Timestamp};

use super::http::Reply;
use super::switches::Switches;

/// What `ahead` and `behind` mean of the API's clock.
const OFF: SignedDuration = SignedDuration::from_mins(10);

/// What they mean of the provider's, seconds: more than any skew that an entry may tolerate.
const HOUR: i64 = 3600;

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

    /// What the provider's clock is off, seconds: added to every time that it stamps into an ID token.
    pub(crate) fn provider_off(&self) -> i64 {
        match self.text("provider_clock") {
            Some("ahead") => HOUR,
            Some("behind") => -HOUR,
            _ => 0,
        }
    }

    /// A 429 with the time to come back. Whether C1 sends one is not publicly known (c1.md 10).
    pub(crate) fn retry_after(&self, busy: Reply) -> Reply {
        match self.text("retry_after") {
            Some("none") => busy,
            Some("date") => {
                let soon = Timestamp::now() + SignedDuration::from_secs(2);
                busy.header("Retry-After", http_date(soon))
            }
            _ => busy.header("Retry-After", "1"),
        }
    }

    /// The answer with the API's `Date`, if that is not the server's own.
    pub(crate) fn dated(&self, reply: Reply) -> Reply {
        if self.text("clock").is_none() {
            return reply;
        }
        reply.header("Date", http_date(self.clock()))
    }
}

/// RFC 9110 section 5.6.7.
fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
