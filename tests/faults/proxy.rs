//! A proxy in front of the sandbox that knows which request of an approval passes, and spoils one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// A request of the approval path, in the order of an undisturbed run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Introspect,
    Task,
    Approver,
    Discovery,
    /// What the ids of the task stand for.
    Names,
    Keys,
    /// The approval without a proof, which is answered with a challenge.
    FirstLeg,
    /// The browser's request, not ours.
    Authorize,
    Token,
    /// The task beside the token: is it still what was shown?
    Recheck,
    /// The approval with the proof.
    SecondLeg,
    Reread,
}

impl Step {
    pub(crate) const ALL: [Self; 12] = [
        Self::Introspect,
        Self::Task,
        Self::Approver,
        Self::Discovery,
        Self::Names,
        Self::Keys,
        Self::FirstLeg,
        Self::Authorize,
        Self::Token,
        Self::Recheck,
        Self::SecondLeg,
        Self::Reread,
    ];
}

/// What happens to the one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed, and the request goes nowhere.
    CutBefore,
    /// It is processed; the connection is closed in the middle of the answer's header.
    CutInHeader,
    /// It is processed; the connection is closed in the middle of the answer's body.
    CutInBody,
    /// It is processed; the connection is closed instead of an answer.
    CutAfter,
    /// It goes on a second late.
    Late,
    /// It is processed; the answer is HTTP 500.
    Failure,
    /// It stays here until it is released.
    HeldBefore,
    /// It is processed; the answer stays here until it is released.
    HeldAfter,
}

/// What becomes of a held request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    GoesOn,
    Closed,
}

#[derive(Default)]
struct State {
    fault: Option<(Step, Fault)>,
    held: Option<Held>,
    seen: Vec<SeenRequest>,
    /// Counts the stories; what belongs to an earlier one is let go.
    story: u64,
}

/// A request that came by.
#[derive(Clone, Debug)]
pub(crate) struct SeenRequest {
    pub(crate) step: Step,
    pub(crate) authorization: String,
}

/// Two listeners, one in front of the API and one in front of the provider.
pub(crate) struct Proxy {
    shared: Arc<Shared>,
    listeners: [TcpListener; 2],
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Proxy {
    /// Bound; nobody is answered before [`Self::forward`].
    pub(crate) fn bind() -> Self {
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self {
            shared: Arc::default(),
            listeners: [bind(), bind()],
        }
    }

    pub(crate) fn api_url(&self) -> String {
        format!("http://{}", self.listeners[0].local_addr().unwrap())
    }

    pub(crate) fn provider_url(&self) -> String {
        format!("http://{}", self.listeners[1].local_addr().unwrap())
    }

    /// Begins to forward to these two.
    pub(crate) fn forward(&self, api: SocketAddr, provider: SocketAddr) {
        for (listener, target) in self.listeners.iter().zip([api, provider]) {
            let listener = listener.try_clone().unwrap();
            let shared = Arc::clone(&self.shared);
            thread::spawn(move || {
                for client in listener.incoming().flatten() {
                    let shared = Arc::clone(&shared);
                    thread::spawn(move || shared.serve(&client, target));
                }
            });
        }
    }

    /// A new story: everything held is closed, everything seen forgotten.
    pub(crate) fn begin(&self, fault: Option<(Step, Fault)>) {
        let mut state = self.shared.state();
        *state = State {
            fault,
            story: state.story + 1,
            ..State::default()
        };
        self.shared.changed.notify_all();
    }

    /// Waits until the spoiled request is held here; false if that takes too long.
    pub(crate) fn holds(&self, limit: Duration) -> bool {
        let state = self.shared.state();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(state, limit, |state| state.held != Some(Held::Yes));
        !waited.unwrap().1.timed_out()
    }

    /// What is held goes on.
    pub(crate) fn release(&self) {
        self.shared.state().held = Some(Held::GoesOn);
        self.shared.changed.notify_all();
    }

    /// What is held is cut off.
    pub(crate) fn drop_held(&self) {
        self.shared.state().held = Some(Held::Closed);
        self.shared.changed.notify_all();
    }

    pub(crate) fn seen(&self) -> Vec<SeenRequest> {
        self.shared.state().seen.clone()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// One connection. Any trouble ends it, as in every proxy.
    fn serve(&self, client: &TcpStream, target: SocketAddr) -> Option<()> {
        let mut requests = BufReader::new(client);
        let mut server = None;
        while let Some(request) = Message::read(&mut requests) {
            let fault = self.note(&request);
            self.spoil(
                fault,
                &request,
                client,
                server.get_or_insert_with(|| BufReader::new(TcpStream::connect(target).unwrap())),
            );
            if fault.is_some_and(|(fault, _)| fault != Fault::Late) {
                // The next request of this client finds a fresh connection.
                let _ = client.shutdown(Shutdown::Both);
                return None;
            }
        }
        None
    }

    /// Does to the request what has to be done; `None` means that the connection is over.
    fn spoil(
        &self,
        fault: Option<(Fault, u64)>,
        request: &Message,
        mut client: &TcpStream,
        server: &mut BufReader<TcpStream>,
    ) -> Option<()> {
        let mut forward = || -> Option<Message> {
            server.get_mut().write_all(&request.bytes()).ok()?;
            Message::read(server)
        };
        let Some((fault, story)) = fault else {
            return client.write_all(&forward()?.bytes()).ok();
        };
        let answer = match fault {
            Fault::CutInHeader => half(&forward()?.head),
            Fault::CutInBody => {
                let Message { head, body } = forward()?;
                [head, half(&body)].concat()
            }
            Fault::CutAfter => {
                forward()?;
                Vec::new()
            }
            Fault::Late => {
                self.late(story);
                forward()?.bytes()
            }
            Fault::Failure => {
                forward()?;
                b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n".to_vec()
            }
            Fault::HeldBefore if self.hold(story) => forward()?.bytes(),
            Fault::CutBefore | Fault::HeldBefore => Vec::new(),
            Fault::HeldAfter => {
                let answer = forward()?;
                if self.hold(story) {
                    answer.bytes()
                } else {
                    Vec::new()
                }
            }
        };
        client.write_all(&answer).ok()
    }

    /// Notes the request; the fault if this is the one, and its story.
    fn note(&self, request: &Message) -> Option<(Fault, u64)> {
        let mut state = self.state();
        let step = request.step(&state.seen)?;
        let authorization = request.header("authorization").unwrap_or_default();
        state.seen.push(SeenRequest {
            step,
            authorization: authorization.to_owned(),
        });
        let (_, fault) = state.fault.take_if(|(spoiled, _)| *spoiled == step)?;
        Some((fault, state.story))
    }

    /// Holds a request; whether it goes on.
    fn hold(&self, story: u64) -> bool {
        let mut state = self.state();
        state.held = Some(Held::Yes);
        self.changed.notify_all();
        let state = self.changed.wait_while(state, |state| {
            state.story == story && state.held == Some(Held::Yes)
        });
        let state = state.unwrap();
        state.story == story && state.held == Some(Held::GoesOn)
    }

    /// A second of latency, or less if nobody cares any more.
    fn late(&self, story: u64) {
        let state = self.state();
        let second = Duration::from_secs(1);
        drop(
            self.changed
                .wait_timeout_while(state, second, |state| state.story == story),
        );
    }
}

/// A request or an answer.
struct Message {
    head: Vec<u8>,
    body: Vec<u8>,
}

impl Message {
    fn read(from: &mut BufReader<impl Read>) -> Option<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if from.read_until(b'\n', &mut head).ok()? == 0 {
                return None;
            }
        }
        let mut message = Self {
            head,
            body: Vec::new(),
        };
        let length = message
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        message.body.resize(length, 0);
        from.read_exact(&mut message.body).ok()?;
        Some(message)
    }

    fn bytes(&self) -> Vec<u8> {
        [self.head.as_slice(), &self.body].concat()
    }

    fn header(&self, wanted: &str) -> Option<&str> {
        std::str::from_utf8(&self.head)
            .ok()?
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim())
    }

    /// Which step it is, given those before it.
    fn step(&self, before: &[SeenRequest]) -> Option<Step> {
        let line = std::str::from_utf8(&self.head).ok()?.lines().next()?;
        let mut words = line.split([' ', '?']);
        let (method, path) = (words.next()?, words.next()?);
        let passed = |step| before.iter().any(|seen| seen.step == step);
        let first = |step, then| if passed(step) { then } else { step };
        Some(match (method, path) {
            (_, "/api/v1/auth/introspect") => Step::Introspect,
            (_, "/.well-known/openid-configuration") => Step::Discovery,
            (_, "/jwks") => Step::Keys,
            ("GET", "/authorize") => Step::Authorize,
            ("POST", "/token") => Step::Token,
            ("GET", path) if path.starts_with("/api/v1/users/") => Step::Approver,
            ("POST", "/api/v1/search/tasks") => Step::Names,
            ("GET", path) if path.starts_with("/api/v1/tasks/") => {
                match (passed(Step::FirstLeg), passed(Step::SecondLeg)) {
                    (_, true) => Step::Reread,
                    (true, false) => Step::Recheck,
                    (false, false) => Step::Task,
                }
            }
            ("POST", path) if path.contains("/action/approve") => {
                first(Step::FirstLeg, Step::SecondLeg)
            }
            _ => return None,
        })
    }
}

fn half(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}
