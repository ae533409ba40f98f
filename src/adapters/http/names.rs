//! Addresses of hosts, looked up once a run. The client asks for a host's address before it looks for an open
//! connection, so without this every request waits for the name service, and one that does not answer fails the
//! request that carries the proof.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use openidconnect::http::Uri;
use ureq::config::Config;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The addresses that are known. Clones share them.
#[derive(Clone)]
pub(super) struct Names(Arc<Shared>);

struct Shared {
    lookup: Box<dyn Resolver>,
    known: Mutex<HashMap<String, Known>>,
    changed: Condvar,
}

enum Known {
    /// Somebody asks for it just now.
    Asked,
    Addresses(Vec<SocketAddr>),
}

impl Names {
    pub(super) fn new(lookup: impl Resolver) -> Self {
        Self(Arc::new(Shared {
            lookup: Box::new(lookup),
            known: Mutex::default(),
            changed: Condvar::new(),
        }))
    }

    /// After trouble with a connection: the host may have moved.
    pub(super) fn forget(&self) {
        let mut known = self.known();
        known.retain(|_, known| matches!(known, Known::Asked));
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn addresses(&self, addresses: &[SocketAddr]) -> ResolvedSocketAddrs {
        let mut resolved = self.0.lookup.empty();
        for address in addresses {
            resolved.push(*address);
        }
        resolved
    }

    /// What is known of the name; nothing if the caller has to look it up. Waits for others who do so already.
    fn recall(
        &self,
        name: &str,
        timeout: NextTimeout,
    ) -> Result<Option<Vec<SocketAddr>>, ureq::Error> {
        let began = Instant::now();
        let mut known = self.known();
        loop {
            match known.get(name) {
                Some(Known::Addresses(addresses)) => return Ok(Some(addresses.clone())),
                None => {
                    known.insert(name.to_owned(), Known::Asked);
                    return Ok(None);
                }
                Some(Known::Asked) => {}
            }
            let left = timeout.after.saturating_sub(began.elapsed());
            if left.is_zero() {
                return Err(ureq::Error::Timeout(timeout.reason));
            }
            let woken = self.0.changed.wait_timeout(known, left);
            known = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().or(match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            // A proxy's: the lookup knows what is usual.
            _ => None,
        });
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        if let (Some(ip), Some(port)) = (literal, port) {
            return Ok(self.addresses(&[SocketAddr::new(ip, port)]));
        }
        let scheme = uri.scheme_str().unwrap_or_default();
        let name = format!("{scheme}://{host}:{}", port.unwrap_or_default());
        if let Some(addresses) = self.recall(&name, timeout)? {
            return Ok(self.addresses(&addresses));
        }
        let found = self.0.lookup.resolve(uri, config, timeout);
        match &found {
            Ok(addresses) => {
                let addresses = Known::Addresses(addresses.to_vec());
                self.known().insert(name, addresses)
            }
            Err(_) => self.known().remove(&name),
        };
        self.0.changed.notify_all();
        found
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use openidconnect::http::Request;
    use ureq::unversioned::resolver::{ArrayVec, DefaultResolver};

    use super::super::{Http, HttpError, scripted};
    use super::*;

    /// A name service that counts its questions, and takes its time.
    #[derive(Clone, Debug, Default)]
    struct Counting {
        asked: Arc<AtomicUsize>,
        /// The only address there is, whatever the port that is asked for; without it no host is found.
        address: Option<SocketAddr>,
    }

    impl Resolver for Counting {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let mut found = ArrayVec::from_fn(|_| SocketAddr::from(([0, 0, 0, 0], 0)));
            found.push(self.address.ok_or(ureq::Error::HostNotFound)?);
            Ok(found)
        }
    }

    fn client(names: &Counting) -> Http {
        Http::looking_up(Duration::from_secs(20), names.clone())
    }

    fn get(http: &Http, url: &str) -> Result<u16, HttpError> {
        let answer = http.send(Request::get(url).body(Vec::new()).unwrap());
        answer.map(|answer| answer.status().as_u16())
    }

    #[test]
    fn a_name_is_looked_up_once_whoever_asks_and_again_after_a_failed_connect() {
        let (names, came) = scripted::answering(&[], |base| {
            let names = Counting {
                address: base.strip_prefix("http://").unwrap().parse().ok(),
                ..Counting::default()
            };
            let http = client(&names);
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| assert_eq!(get(&http, "http://localhost/").unwrap(), 500));
                }
            });
            assert_eq!(get(&http.clone(), "http://localhost/").unwrap(), 500);
            assert_eq!(names.asked.load(Ordering::SeqCst), 1);
            names
        });
        assert_eq!(came, 5);

        let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
        let names = Counting {
            address: nobody.local_addr().ok(),
            asked: names.asked,
        };
        drop(nobody);
        let http = client(&names);
        for asked in [2, 3] {
            let error = get(&http, "http://localhost/").unwrap_err();
            assert!(matches!(error, HttpError::Connect { .. }), "{error:?}");
            assert_eq!(names.asked.load(Ordering::SeqCst), asked);
        }
    }

    #[test]
    fn what_was_not_found_is_asked_for_again_and_what_is_an_address_never() {
        let names = Counting::default();
        let http = client(&names);
        for asked in [1, 2] {
            let error = get(&http, "http://localhost/").unwrap_err();
            assert!(matches!(error, HttpError::HostNotFound(_)), "{error:?}");
            assert_eq!(names.asked.load(Ordering::SeqCst), asked);
        }
        let (status, _) = scripted::answering(&[], |base| get(&http, base).unwrap());
        assert_eq!((status, names.asked.load(Ordering::SeqCst)), (500, 2));
    }

    #[test]
    fn who_waits_for_the_answer_to_others_waits_no_longer_than_it_may() {
        let names = Names::new(DefaultResolver::default());
        let timeout = |after| NextTimeout {
            after: ureq::unversioned::transport::time::Duration::from_millis(after),
            ..NextTimeout::default()
        };
        assert!(names.recall("a", timeout(20)).unwrap().is_none());
        let waited = names.recall("a", timeout(20));
        assert!(matches!(waited, Err(ureq::Error::Timeout(_))));
        // To forget what is known takes nothing from somebody who asks.
        names.forget();
        assert!(names.recall("a", timeout(20)).is_err());
    }
}
