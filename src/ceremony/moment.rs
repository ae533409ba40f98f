//! A moment by two clocks: the one that others compare theirs with, and one that nobody can set.

use std::time::Instant;

use jiff::Timestamp;

use crate::domain::judge::Attempt;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Seconds since the epoch.
    pub(crate) at: i64,
    clock: Instant,
}

impl Moment {
    pub(crate) fn now() -> Self {
        Self {
            at: Timestamp::now().as_second(),
            clock: Instant::now(),
        }
    }

    /// The attempt that began at this moment and ended when the token `arrived`; `skew` in seconds.
    pub(crate) fn until(self, arrived: Self, skew: i64) -> Attempt {
        Attempt {
            started: self.at,
            received: arrived.at,
            elapsed: arrived.clock.saturating_duration_since(self.clock),
            skew,
        }
    }
}
