//! How long a connection may have been idle to be used again. Servers cut idle connections, and what lies between
//! forgets them in silence: a request over such a one is lost, and with it what can be sent only once, such as the
//! answer of a person who signed in.
//!
//! The pool counts by a clock that stands still while the machine sleeps (on Linux and macOS), so a sleep is found by
//! comparing it with the clock on the wall. After one, no connection of before is used.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// Well under a minute, after which the first of them are cut.
pub(crate) const IDLE: Duration = Duration::from_secs(20);

/// A shorter sleep is no longer than a connection may be idle; and clocks are set by less than this every day.
const SLEEP: Duration = Duration::from_secs(10);

/// What is known of sleeps. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Idle {
    most: Duration,
    last: Arc<Mutex<Clocks>>,
}

/// The last look at both clocks.
#[derive(Debug)]
struct Clocks {
    looked: Instant,
    wall: SystemTime,
    /// The last waking that was noticed.
    woke: Option<Instant>,
}

impl Idle {
    /// At most so long; from now on sleeps are noticed.
    pub(super) fn at_most(most: Duration) -> Self {
        Self {
            most,
            last: Arc::new(Mutex::new(Clocks {
                looked: Instant::now(),
                wall: SystemTime::now(),
                woke: None,
            })),
        }
    }

    /// How long ago a connection may have been used last to be used now.
    pub(super) fn limit(&self) -> Duration {
        self.limit_at(Instant::now(), SystemTime::now())
    }

    fn limit_at(&self, now: Instant, wall: SystemTime) -> Duration {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let by_the_wall = wall.duration_since(last.wall).unwrap_or_default();
        let awake = now.saturating_duration_since(last.looked);
        if by_the_wall > awake + SLEEP {
            last.woke = Some(now);
        }
        (last.looked, last.wall) = (now, wall);
        let since = last.woke.map(|woke| now.saturating_duration_since(woke));
        since.unwrap_or(self.most).min(self.most)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use openidconnect::http::Request;
    use tiny_http::{Response, Server};

    use super::super::Http;
    use super::*;

    #[test]
    fn after_a_sleep_nothing_of_before_is_used() {
        let idle = Idle::at_most(IDLE);
        let (start, wall) = {
            let last = idle.last.lock().unwrap();
            (last.looked, last.wall)
        };
        let at = |awake, by_the_wall| {
            let seconds = Duration::from_secs;
            idle.limit_at(start + seconds(awake), wall + seconds(by_the_wall))
        };
        assert_eq!(at(0, 0), IDLE);
        assert_eq!(at(30, 30), IDLE);
        assert_eq!(at(31, 40), IDLE, "a clock that was set");
        assert_eq!(at(32, 30), IDLE, "a clock that was set back");
        assert_eq!(at(33, 93), Duration::ZERO);
        assert_eq!(at(40, 100), Duration::from_secs(7));
        assert_eq!(at(80, 140), IDLE);
    }

    /// Over how many connections two requests go, one after the other.
    fn connections(most: Duration) -> usize {
        let server = Server::http("127.0.0.1:0").unwrap();
        let url = format!("http://{}", server.server_addr());
        let http = Http {
            idle: Idle::at_most(most),
            ..Http::new(Duration::from_secs(20))
        };
        thread::scope(|scope| {
            let serving = scope.spawn(|| {
                let ports = [0, 1].map(|_| {
                    let request = server.recv().unwrap();
                    let port = request.remote_addr().unwrap().port();
                    request.respond(Response::from_string("ok")).unwrap();
                    port
                });
                if ports[0] == ports[1] { 1 } else { 2 }
            });
            for _ in 0..2 {
                let request = Request::get(url.as_str()).body(Vec::new()).unwrap();
                assert!(http.send(request).is_ok());
            }
            serving.join().unwrap()
        })
    }

    #[test]
    fn what_was_idle_too_long_is_opened_anew() {
        assert_eq!(connections(IDLE), 1);
        assert_eq!(connections(Duration::ZERO), 2);
    }
}
