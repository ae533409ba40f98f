//! Exchanges that may be repeated: which, when, and how often (c1.md 10).
//!
//! An action is sent once, so that nobody has to count what was sent. A token request that was refused with a 429 may
//! be asked again, as nothing was done; a failing server or a broken connection leaves doubt, so only reads are.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use openidconnect::http::{Response, StatusCode, header};
use rand::Rng;

use super::error::HttpError;

/// Repetitions of one exchange.
pub(super) const MOST: u32 = 4;

/// The first pause where the server names none; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(500);

/// Bounds of what a server may ask for.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(30);

/// What an exchange is, which decides after what it may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It is an action, or somebody else paces it.
    Never,
    /// It uses something up: after a 429 only.
    Refused,
    /// It changes nothing, and others wait for it: after 429, 502, 503 and 504, which pass.
    Busy,
    /// It changes nothing: after 500, 502, 503, 504 and a broken connection as well.
    Read,
}

/// Waits before a repetition; false when there shall be none.
type Wait = dyn Fn(Duration) -> bool + Send + Sync;

/// Who waits, and until when at most.
#[derive(Clone, Default)]
pub(super) struct Patience {
    pub(super) wait: Option<Arc<Wait>>,
    pub(super) deadline: Option<Instant>,
}

impl Patience {
    pub(super) fn wait(&self, pause: Duration) -> bool {
        let late = |deadline: Instant| Instant::now() + pause > deadline;
        let Some(wait) = self.wait.as_ref() else {
            return false;
        };
        !self.deadline.is_some_and(late) && wait(pause)
    }
}

/// How long to wait before the next try, if there may be one.
pub(super) fn pause(
    answer: &Result<Response<Vec<u8>>, HttpError>,
    repeat: Repeat,
    turn: u32,
) -> Option<Duration> {
    let again = match answer {
        Ok(answer) => match answer.status() {
            StatusCode::TOO_MANY_REQUESTS => repeat != Repeat::Never,
            StatusCode::INTERNAL_SERVER_ERROR => repeat == Repeat::Read,
            StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => matches!(repeat, Repeat::Read | Repeat::Busy),
            _ => false,
        },
        // The other errors speak of the address, the machine or a limit that is used up: told at once.
        Err(HttpError::Broken { .. }) => repeat == Repeat::Read,
        Err(_) => false,
    };
    let asked = || retry_after(answer.as_ref().ok()?, SystemTime::now());
    again.then(|| asked().unwrap_or_else(|| jittered(FIRST * 2_u32.pow(turn))))
}

/// Between half of it and all of it, so that those who were refused together do not return together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::thread_rng().gen_range(0.5..=1.0))
}

/// `Retry-After`: seconds, or a date (RFC 9110 section 10.2.3).
pub(in crate::adapters) fn retry_after(
    answer: &Response<Vec<u8>>,
    now: SystemTime,
) -> Option<Duration> {
    let text = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    let text = text.trim();
    let asked = if let Ok(seconds) = text.parse::<u64>() {
        Duration::from_secs(seconds)
    } else {
        let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
        let date = SystemTime::from(date);
        date.duration_since(now).unwrap_or_default()
    };
    Some(asked.clamp(SHORTEST, LONGEST))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn answered(status: u16, retry_after: &str) -> Response<Vec<u8>> {
        let mut answer = Response::builder().status(status);
        if !retry_after.is_empty() {
            answer = answer.header(header::RETRY_AFTER, retry_after);
        }
        answer.body(Vec::new()).unwrap()
    }

    #[test]
    fn only_what_did_nothing_or_changes_nothing_is_repeated() {
        for (status, refused, read) in [
            (200, false, false),
            (302, false, false),
            (400, false, false),
            (401, false, false),
            (408, false, false),
            (429, true, true),
            (500, false, true),
            (501, false, false),
            (502, false, true),
            (503, false, true),
            (504, false, true),
            (505, false, false),
        ] {
            let repeats = |repeat| pause(&Ok(answered(status, "")), repeat, 0).is_some();
            assert!(!repeats(Repeat::Never), "{status}");
            assert_eq!(repeats(Repeat::Busy), read && status != 500, "{status}");
            assert_eq!(repeats(Repeat::Refused), refused, "{status}");
            assert_eq!(repeats(Repeat::Read), read, "{status}");
        }
        let broken = || HttpError::Broken {
            host: "h".into(),
            reason: "r".into(),
        };
        assert!(pause(&Err(broken()), Repeat::Read, 0).is_some());
        assert!(pause(&Err(broken()), Repeat::Refused, 0).is_none());
        let nowhere = Err(HttpError::HostNotFound("h".into()));
        assert!(pause(&nowhere, Repeat::Read, 0).is_none());
    }

    #[test]
    fn the_server_names_the_pause_within_bounds() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (text, pause) in [
            ("7", Some(7000)),
            (" 7 ", Some(7000)),
            ("0", Some(100)),
            ("86400", Some(30_000)),
            ("Sun, 06 Nov 1994 08:49:42 GMT", Some(5000)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(100)),
            ("Sun, 06 Nov 1994 07:49:37 GMT", Some(100)),
            ("Sat, 06 Nov 2094 08:49:37 GMT", Some(30_000)),
            ("-1", None),
            ("soon", None),
        ] {
            let asked = retry_after(&answered(429, text), now);
            assert_eq!(asked, pause.map(Duration::from_millis), "{text}");
        }
    }

    #[test]
    fn without_a_word_from_the_server_pauses_double_and_vary() {
        for (turn, most) in [(0, 500), (1, 1000), (2, 2000), (3, 4000)] {
            let most = Duration::from_millis(most);
            for _ in 0..50 {
                let pause = pause(&Ok(answered(429, "soon")), Repeat::Refused, turn).unwrap();
                assert!(pause <= most && pause >= most / 2, "{turn}: {pause:?}");
            }
        }
    }

    #[test]
    fn nobody_waits_beyond_the_limit_or_without_a_clock() {
        let waits = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&waits);
        let mut patience = Patience::default();
        assert!(!patience.wait(SHORTEST));
        patience.wait = Some(Arc::new(move |pause| {
            seen.lock().unwrap().push(pause);
            true
        }));
        assert!(patience.wait(LONGEST));
        patience.deadline = Some(Instant::now() + Duration::from_secs(15));
        assert!(!patience.wait(LONGEST));
        assert!(patience.wait(SHORTEST));
        assert_eq!(*waits.lock().unwrap(), [LONGEST, SHORTEST]);
    }
}
