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

/// Polls of something that a person does elsewhere: 2 s apart, and slower up to 5 s (wire contract 8.15).
/// The caller waits, since it has other things to hear meanwhile.
pub struct Polls {
    deadline: Instant,
    pause: Duration,
}

impl Polls {
    const LONGEST: Duration = Duration::from_secs(5);

    /// Polls for so long in all.
    pub fn within(limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            pause: Duration::from_secs(2),
        }
    }

    /// Ends them earlier, if that is earlier.
    pub fn end_by(&mut self, limit: Duration) {
        self.deadline = self.deadline.min(Instant::now() + limit);
    }

    /// How long to wait before the next poll; `None` when the time is over. The last pause is cut short,
    /// so that there is a poll at the end.
    pub fn pause(&mut self) -> Option<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        let pause = self.pause;
        self.pause = (pause + pause / 4).min(Self::LONGEST);
        Some(pause.min(left))
    }

    /// Waits where there is nothing to hear meanwhile.
    #[expect(clippy::disallowed_methods, reason = "pacing is what this is for")]
    pub fn rest(pause: Duration) {
        thread::sleep(pause);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_slow_down_to_five_seconds_and_end() {
        let mut polls = Polls::within(Duration::from_secs(3600));
        let pauses: Vec<_> = std::iter::from_fn(|| polls.pause()).take(8).collect();
        assert_eq!(pauses.first(), Some(&Duration::from_secs(2)));
        assert!(pauses.is_sorted(), "{pauses:?}");
        assert_eq!(pauses.last(), Some(&Duration::from_secs(5)));

        polls.end_by(Duration::from_secs(1));
        assert!(
            polls
                .pause()
                .is_some_and(|pause| pause <= Duration::from_secs(1))
        );
        polls.end_by(Duration::ZERO);
        assert_eq!(polls.pause(), None);
    }
}
