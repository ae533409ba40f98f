//! Paces repeated reads: the first is immediate, then pauses that double up to a limit. The only place
//! that sleeps, and never before a first look.

use std::thread;
use std::time::{Duration, Instant};

/// A bounded series of looks.
pub struct Backoff {
    deadline: Instant,
    pause: Option<Duration>,
    longest: Duration,
}

impl Backoff {
    /// For an accepted action whose effects are queued: ten seconds in all.
    pub fn for_effects() -> Self {
        Self::within(Duration::from_secs(10))
    }

    /// For an action whose answer was lost: long enough for a server to come back.
    pub fn for_doubt() -> Self {
        Self::within(Duration::from_secs(4))
    }

    fn within(limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            pause: None,
            longest: Duration::from_secs(2),
        }
    }

    /// When the time is over.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Waits until the next look is due; false when the time is over.
    #[expect(clippy::disallowed_methods, reason = "pacing is what this is for")]
    pub fn look(&mut self) -> bool {
        let Some(pause) = self.pause else {
            self.pause = Some(Duration::from_millis(50));
            return true;
        };
        if Instant::now() + pause > self.deadline {
            return false;
        }
        thread::sleep(pause);
        self.pause = Some((pause * 2).min(self.longest));
        true
    }
}

/// The polls of a device sign-in: a pause before each, longer when the server asks for it (RFC 8628).
pub struct Pace {
    deadline: Instant,
    interval: Duration,
}

impl Pace {
    /// So long between polls, and so long in all.
    pub fn new(interval: Duration, limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            interval,
        }
    }

    /// Five seconds more from now on (RFC 8628 section 3.5).
    pub fn slower(&mut self) {
        self.interval += Duration::from_secs(5);
    }

    /// Waits until the next poll is due; false, at once, when the time would be over by then.
    #[expect(clippy::disallowed_methods, reason = "pacing is what this is for")]
    pub fn wait(&self) -> bool {
        if Instant::now() + self.interval > self.deadline {
            return false;
        }
        thread::sleep(self.interval);
        true
    }
}
