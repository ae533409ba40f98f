//! A listener with an attempt under way, and a client that sends exactly what it is told to.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::super::{
    Begun, CallbackParameters, Loopback, LoopbackEvent, LoopbackHost, RedirectTarget, ResultPage,
    ServeOptions, Waiting,
};

/// The state of a sign-in that was begun without the start page, so that no cookie is needed.
pub(super) const STATE: &str = "the-right-state-of-this-attempt";
pub(super) const PROVIDER: &str = "https://idp.example/authorize?state=s&nonce=n&acr_values=phr";
/// Long for a machine that is busy with other builds; never waited for when all is well.
pub(super) const SOON: Duration = Duration::from_secs(20);

pub(super) struct World {
    pub(super) waiting: Waiting,
    pub(super) port: u16,
    pub(super) host: &'static str,
    pub(super) start: String,
}

pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

pub(super) fn target() -> RedirectTarget {
    RedirectTarget {
        host: LoopbackHost::V4,
        ports: Vec::new(),
        path: "/callback/okta".into(),
        form_post: false,
    }
}

pub(super) fn success() -> ResultPage {
    ResultPage::Success {
        heading: "Approved".into(),
        about: String::new(),
        lines: vec!["task 4211".into()],
    }
}

impl World {
    pub(super) fn new() -> Self {
        Self::with(&target())
    }

    pub(super) fn with(target: &RedirectTarget) -> Self {
        let attempted = AtomicUsize::new(0);
        let begin = move || {
            Some(Begun {
                address: PROVIDER.into(),
                state: Some(state(attempted.fetch_add(1, Ordering::Relaxed))),
            })
        };
        Self::beginning(target, true, begin)
    }

    /// A world whose visits begin like this.
    pub(super) fn beginning(
        target: &RedirectTarget,
        several: bool,
        begin: impl Fn() -> Option<Begun> + Send + Sync + 'static,
    ) -> Self {
        let loopback = Loopback::bind(target).unwrap();
        let host = target.host.name();
        let port = loopback.listeners[0].local_addr().unwrap().port();
        assert_eq!(
            loopback.redirect_uri(),
            format!("http://{host}:{port}{}", target.path)
        );
        let start = loopback.start_url().to_owned();
        let start = start
            .strip_prefix(&format!("http://{host}:{port}"))
            .unwrap()
            .to_owned();
        let waiting = loopback
            .serve(ServeOptions {
                begin: Box::new(begin),
                elsewhere: Some(STATE.into()),
                several,
                title: "approve task 4211".into(),
            })
            .unwrap();
        Self {
            waiting,
            port,
            host,
            start,
        }
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((self.host, self.port)).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream
    }

    /// Sends these bytes and reads to the end of the connection.
    pub(super) fn send(&self, bytes: &[u8]) -> Option<Reply> {
        let mut stream = self.connect();
        // A listener that has heard enough may close before all is sent.
        let _ = stream.write_all(bytes);
        Reply::read(&mut stream)
    }

    pub(super) fn request(&self, method: &str, target: &str, headers: &str) -> Reply {
        self.send(&self.head(method, target, headers)).unwrap()
    }

    pub(super) fn head(&self, method: &str, target: &str, headers: &str) -> Vec<u8> {
        let Self { host, port, .. } = self;
        format!("{method} {target} HTTP/1.1\r\nHost: {host}:{port}\r\n{headers}\r\n").into_bytes()
    }

    pub(super) fn get(&self, target: &str) -> Reply {
        self.request("GET", target, "")
    }

    pub(super) fn post_form(&self, target: &str, body: &str) -> Reply {
        let headers = format!(
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            body.len()
        );
        let Self { host, port, .. } = self;
        let head = format!("POST {target} HTTP/1.1\r\nHost: {host}:{port}\r\n{headers}\r\n{body}");
        self.send(head.as_bytes()).unwrap()
    }

    /// The genuine callback, and proof that it arrives: what every hostile story ends with.
    pub(super) fn the_genuine_callback_still_works(&self) {
        let reply = self.get(&genuine("code=C"));
        assert_eq!(reply.status, 303, "{}", reply.head);
        assert_eq!(self.callback().code.as_deref(), Some("C"));
    }

    /// The next event, which must be the callback.
    pub(super) fn callback(&self) -> CallbackParameters {
        match self.waiting.next(SOON) {
            Some(LoopbackEvent::Callback(parameters)) => parameters,
            other => panic!("{other:?}"),
        }
    }

    /// One hint about the cookies, however many asked.
    pub(super) fn too_many_cookies_were_told_once(&self) {
        let heard = self.waiting.next(SOON);
        let Some(LoopbackEvent::Hint(hint)) = &heard else {
            panic!("{heard:?}");
        };
        assert!(hint.starts_with("a browser sent more cookies"), "{hint}");
        self.nothing_was_heard();
    }

    /// One hint about errors without a state, however many came.
    pub(super) fn an_error_without_state_was_told_once(&self) {
        let heard = self.waiting.next(SOON);
        let Some(LoopbackEvent::Hint(hint)) = &heard else {
            panic!("{heard:?}");
        };
        assert!(hint.ends_with("(`access_denied`)"), "{hint}");
        self.nothing_was_heard();
    }

    pub(super) fn nothing_was_heard(&self) {
        assert!(self.waiting.next(Duration::ZERO).is_none());
    }
}

impl Reply {
    pub(super) fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut bytes = Vec::new();
        // A reset after the answer is as good as an end.
        let _ = stream.read_to_end(&mut bytes);
        let _ = stream.shutdown(Shutdown::Both);
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n")?;
        Some(Self {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// The state of each visit to the start page, in their order.
pub(super) fn state(visit: usize) -> String {
    format!("the-state-of-visit-{visit}")
}

pub(super) fn genuine(more: &str) -> String {
    format!("/callback/okta?{more}&state={STATE}")
}
