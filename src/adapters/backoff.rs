//! Paces repeated reads: the first is immediate, then pauses that double up to a limit. The only place
//! that sleeps, and never before a first look.

use std::thread;
use std::time::{Duration, Instant};

/// A bounded series of looks.
pub(crate) struct Backoff {
    deadline: Instant,
    pause: Option<Duration>,
    longest: Duration,
}

impl Backoff {
    /// For an accepted action whose effects are queued: ten seconds in all.
    pub(crate) fn for_effects() -> Self {
        Self::within(Duration::from_secs(10))
    }

    /// For an action whose answer was lost: long enough for a server to come back.
    pub(crate) fn for_doubt() -> Self {
        Self::within(Duration::from_secs(4))
    }

    /// For a file that another run holds: each holds it for milliseconds.
    pub(crate) fn for_a_lock() -> Self {
        Self {
            longest: Duration::from_millis(100),
            ..Self::within(Duration::from_secs(10))
        }
    }

    pub(super) fn within(limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            pause: None,
            longest: Duration::from_secs(2),
        }
    }

    /// When the time is over.
    pub(crate) const fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Waits until the next look is due; false when the time is over.
    #[expect(clippy::disallowed_methods, reason = "pacing is what this is for")]
    pub(crate) fn look(&mut self) -> bool {
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

/// Polls of something that a person does elsewhere: 2 s apart, and slower up to 5 s (c1.md 8.15).
/// The caller waits, since it has other things to hear meanwhile.
pub(crate) struct Polls {
    deadline: Instant,
    pause: Duration,
}

impl Polls {
    const LONGEST: Duration = Duration::from_secs(5);

    /// Polls for so long in all.
    pub(crate) fn within(limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            pause: Duration::from_secs(2),
        }
    }

    /// Ends them earlier, if that is earlier.
    pub(crate) fn end_by(&mut self, limit: Duration) {
        self.deadline = self.deadline.min(Instant::now() + limit);
    }

    /// How long to wait before the next poll; `None` when the time is over. The last pause is cut short,
    /// so that there is a poll at the end.
    pub(crate) fn pause(&mut self) -> Option<Duration> {
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
    pub(crate) fn rest(pause: Duration) {
        thread::sleep(pause);
    }
}

pub(crate) enum Poll<T> {
    /// What was waited for.
    Answered(T),
    /// No answer yet.
    Pending,
    /// No answer yet, and the next polls come less often: `slow_down`, or trouble on the way.
    Later,
}

/// Polls of a token endpoint while a person answers elsewhere: a pause before each, longer when the server
/// asks for it (RFC 8628 §3.5, CIBA §11).
pub(crate) struct Pace {
    /// What the pauses are counted from: the request, then the answer to the latest poll.
    from: Instant,
    deadline: Instant,
    interval: Duration,
}

impl Pace {
    /// So long between polls, and so long in all. Where both are the same, there is one poll, at the end.
    pub(crate) fn new(interval: Duration, limit: Duration) -> Self {
        let from = Instant::now();
        Self {
            from,
            deadline: from + limit,
            interval,
        }
    }

    /// Asks until there is an answer; `None`, at once, when the next poll would come after the end.
    #[expect(clippy::disallowed_methods, reason = "pacing is what this is for")]
    pub(crate) fn poll<T, E>(
        mut self,
        mut ask: impl FnMut() -> Result<Poll<T>, E>,
    ) -> Result<Option<T>, E> {
        while let Some(due) = self.due() {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            match ask()? {
                Poll::Answered(answer) => return Ok(Some(answer)),
                Poll::Pending => {}
                Poll::Later => self.slower(),
            }
            self.from = Instant::now();
        }
        Ok(None)
    }

    /// Five seconds more from now on (RFC 8628 section 3.5).
    fn slower(&mut self) {
        self.interval += Duration::from_secs(5);
    }

    /// When the next poll is due, if there is time for one.
    fn due(&self) -> Option<Instant> {
        let due = self.from.checked_add(self.interval)?;
        (due <= self.deadline).then_some(due)
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

    /// fapi-ciba-id1-client-respects-interval, -slow-down; CIBA §11, RFC 8628 §3.5.
    #[test]
    fn a_pace_is_kept_and_slower_for_good_and_ends_without_a_last_wait() {
        let seconds = Duration::from_secs;
        let mut pace = Pace::new(seconds(31), seconds(120));
        let began = pace.from;
        let due_after = |pace: &mut Pace, second| {
            pace.from = began + seconds(second);
            pace.due().map(|due| (due - began).as_secs())
        };
        assert_eq!(due_after(&mut pace, 0), Some(31));
        assert_eq!(due_after(&mut pace, 31), Some(62));
        pace.slower();
        assert_eq!(due_after(&mut pace, 62), Some(98));
        pace.slower();
        assert_eq!(due_after(&mut pace, 79), Some(120));
        assert_eq!(due_after(&mut pace, 80), None);
        let once = Pace::new(seconds(60), seconds(60));
        assert_eq!(once.due(), Some(once.deadline));
        assert_eq!(Pace::new(seconds(61), seconds(60)).due(), None);
        assert_eq!(Pace::new(seconds(u64::MAX), seconds(60)).due(), None);
    }

    #[test]
    fn polls_end_with_the_answer_with_an_error_or_with_the_time() {
        let pace = |limit| Pace::new(Duration::from_millis(1), Duration::from_millis(limit));
        let mut left = 3;
        let answer = pace(60_000).poll(|| {
            left -= 1;
            Ok::<_, ()>(if left == 0 {
                Poll::Answered("it")
            } else {
                Poll::Pending
            })
        });
        assert_eq!((answer, left), (Ok(Some("it")), 0));
        let mut asked = 0;
        let refused = pace(60_000).poll(|| {
            asked += 1;
            Err::<Poll<()>, _>("no")
        });
        assert_eq!((refused, asked), (Err("no"), 1));
        // Told to be slower, the next one would be too late.
        let mut asked = 0;
        let over = pace(2_000).poll(|| {
            asked += 1;
            Ok::<_, ()>(Poll::<()>::Later)
        });
        assert_eq!((over, asked), (Ok(None), 1));
    }
}
