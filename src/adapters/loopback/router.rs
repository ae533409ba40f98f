//! What each request gets, and which one ends the wait: exact path, exact host, right method, the state and the
//! cookie of one visit, once (B2.12, B2.13).

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tiny_http::Method;

use super::acceptor::Connection;
use super::attempt::{LoopbackEvent, ServeOptions};
use super::callback::{CallbackParameters, Repeated};
use super::pages::{self, ResultPage};
use super::peer::Peer;
use super::request::{self, HttpRequest, RequestError};
use super::response::HttpResponse;
use super::result_slot::ResultSlot;
use super::secret;
use super::visits::{Answered, NotEntered, Visits};

const HTTPS_HINT: &str = "a browser tried https on the http port: turn its HTTPS-only mode off for this \
                          address, and open the URL again";

const OTHER_BROWSER_HINT: &str = "a sign-in came back in another browser than it began in, or the browser lost its \
                                  cookie, and it was not taken: finish in the same browser, or paste the URL of the \
                                  page that it ended at";

const COOKIES_HINT: &str = "a browser sent more cookies than are read here, and was not understood: delete its cookies \
                            for this address, or use a private window, and open the URL again; if a sign-in ended so, \
                            paste the URL of that page";

const ONE_BROWSER_HINT: &str = "another browser opened the sign-in page and was refused: without a terminal only the \
                                first one counts; if that was not yours, end this run and run it again";

const NO_STATE_HINT: &str = "a page of this machine's browser came with an error that belongs to no sign-in (it has no \
                             `state`), and was not taken: if your provider shows an error, end this run with Ctrl-C";

const TOO_MANY_HINT: &str = "the sign-in page was opened too often and is closed: finish a sign-in that was begun, or \
                             run the command again";

/// What a URL is that the person pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pasted {
    Answer,
    /// The page where a sign-in begins, of this attempt.
    StartPage,
    /// It came where answers do, and is that of another attempt or not all of this one's.
    OtherAnswer,
    /// Nothing of this attempt, or an answer that comes too late.
    NotOurs,
}

/// The addresses of this attempt.
pub(super) struct Rules {
    /// Host and port as advertised: the only acceptable `Host`.
    pub(super) authority: String,
    pub(super) callback_path: String,
    pub(super) form_post: bool,
    pub(super) start_path: String,
    pub(super) done_path: String,
}

/// What a request to a known path gets.
type Handler = fn(&Router, &HttpRequest, &TcpStream) -> HttpResponse;

/// Answers requests for one attempt.
pub(super) struct Router {
    rules: Rules,
    options: ServeOptions,
    events: Sender<LoopbackEvent>,
    result: Arc<ResultSlot>,
    visits: Visits,
    opened: AtomicBool,
    answered: AtomicBool,
    browser: AtomicBool,
    hints: Hints,
}

/// What was told already, so that nobody who repeats a request repeats the message.
#[derive(Default)]
struct Hints {
    https: AtomicBool,
    other_user: AtomicBool,
    other_browser: AtomicBool,
    one_browser: AtomicBool,
    too_many: AtomicBool,
    cookies: AtomicBool,
    no_state: AtomicBool,
}

/// What becomes of an answer to one of the visits.
enum Acceptance {
    /// It is the attempt's result.
    AsResult,
    /// It ended its own visit, no more.
    AsEnd,
    /// There is a result already.
    TooLate,
}

impl Router {
    pub(super) fn new(
        rules: Rules,
        mut options: ServeOptions,
        events: Sender<LoopbackEvent>,
    ) -> Self {
        Self {
            rules,
            visits: Visits::new(options.elsewhere.take()),
            options,
            events,
            result: Arc::default(),
            opened: AtomicBool::new(false),
            answered: AtomicBool::new(false),
            browser: AtomicBool::new(false),
            hints: Hints::default(),
        }
    }

    /// Serves one connection, from its first byte to its last.
    pub(super) fn receive(&self, connection: &Connection) {
        match HttpRequest::read(connection.stream(), request::TIME) {
            Ok(request) => {
                connection.mark_request_complete();
                let answer = self.answer(&request, connection.stream());
                answer.send(connection.stream(), request.method == Method::Head);
            }
            Err(RequestError::Status(status)) => {
                if status == request::HEAD_TOO_LARGE {
                    self.hint(&self.hints.cookies, COOKIES_HINT);
                }
                refuse(status).send(connection.stream(), false);
                request::drain(connection.stream());
            }
            Err(RequestError::Tls) => self.hint(&self.hints.https, HTTPS_HINT),
            Err(RequestError::Gone) => {}
        }
    }

    /// Whether the genuine callback has come in here.
    pub(super) fn has_answer(&self) -> bool {
        self.answered.load(Ordering::Acquire)
    }

    /// Whether a person's browser has been here.
    pub(super) fn saw_browser(&self) -> bool {
        self.browser.load(Ordering::Acquire)
    }

    pub(super) fn publish(&self, page: &ResultPage) {
        self.result
            .publish(pages::result(&self.options.title, page));
    }

    /// Waits until the result page was delivered, with so much patience, and then for so long; or until it is hurried.
    pub(super) fn stay(&self, patience: Duration, afterwards: Duration) {
        self.result.stay(patience, afterwards);
    }

    /// Ends that at this moment, at the latest.
    pub(super) fn hurry(&self, end: Instant) {
        self.result.hurry(end);
    }

    /// Ends the wait of everyone who waits for a result.
    pub(super) fn close(&self, patience: Duration) {
        self.result.close(patience);
    }

    /// How many wait for the result.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.result.viewing()
    }

    fn answer(&self, request: &HttpRequest, stream: &TcpStream) -> HttpResponse {
        // B2.12, and against DNS rebinding: a page on evil.example cannot make this header say otherwise.
        match request.header("Host") {
            Ok(Some(host)) if host.eq_ignore_ascii_case(&self.rules.authority) => {}
            _ => return refuse(400),
        }
        let get_or_post = if self.rules.form_post {
            Method::Post
        } else {
            Method::Get
        };
        let (method, handler): (Method, Handler) = if request.path == self.rules.callback_path {
            (get_or_post, Self::callback)
        } else if secret::same(&request.path, &self.rules.start_path) {
            (Method::Get, Self::start)
        } else if secret::same(&request.path, &self.rules.done_path) {
            (Method::Get, Self::done)
        } else {
            return refuse(404);
        };
        if request.method == method {
            handler(self, request, stream)
        } else {
            refuse(405).with("Allow", method.as_str())
        }
    }

    /// On to the provider, as a sign-in of its own. It may be opened more than once, until the answer is in.
    fn start(&self, request: &HttpRequest, stream: &TcpStream) -> HttpResponse {
        if let Err(refusal) = self.admit(stream) {
            return refusal;
        }
        if self.has_answer() {
            return refuse(409);
        }
        if request.is_speculative() {
            // Nobody has gone there yet: no visit, and nothing for a browser to keep.
            return refuse(503);
        }
        if request.is_part_of_a_page() {
            // Whoever reads the URL in a list of processes can put it into a page that the person looks at. Such a
            // visit would take the place of the person's own.
            return refuse(403);
        }
        let visit = match self.visits.enter(request, self.options.several) {
            Ok(visit) => visit,
            Err(reason) => return self.not_entered(reason),
        };
        self.notice(request);
        if first(&self.opened) {
            self.tell(LoopbackEvent::Opened);
        }
        if visit.another_browser {
            // Before it can bring an answer.
            self.tell(LoopbackEvent::AnotherBrowser);
        }
        let answer = match (self.options.begin)() {
            Some(begun) => {
                self.visits.begun(visit.number, begun.state);
                HttpResponse::redirect(302, &begun.address)
            }
            None => refuse(502),
        };
        answer.with("Set-Cookie", &visit.set_cookie)
    }

    fn not_entered(&self, reason: NotEntered) -> HttpResponse {
        match reason {
            NotEntered::AnotherBrowser => {
                self.hint(&self.hints.one_browser, ONE_BROWSER_HINT);
                HttpResponse::page(403, pages::only_one_browser())
            }
            NotEntered::TooMany => {
                self.hint(&self.hints.too_many, TOO_MANY_HINT);
                refuse(429)
            }
            NotEntered::NoCookie => refuse(500),
        }
    }

    /// The callback. The code leaves the address bar at once: the result has its own URL.
    fn callback(&self, request: &HttpRequest, stream: &TcpStream) -> HttpResponse {
        // A POST from the provider's page brings no `Lax` cookie, so there the state alone decides.
        let (parameters, carrier) = match (self.rules.form_post, is_form(request)) {
            (false, _) => (request.query.as_bytes(), Some(request)),
            (true, true) => (request.body.as_slice(), None),
            (true, false) => return refuse(415),
        };
        let (number, forget_cookie, answer) = match self.visits.answered(parameters, carrier) {
            Answered::Visit {
                number,
                forget_cookie,
                answer,
            } => (number, forget_cookie, answer),
            Answered::InAnotherBrowser => {
                self.hint(&self.hints.other_browser, OTHER_BROWSER_HINT);
                return HttpResponse::page(403, pages::began_elsewhere());
            }
            Answered::Nothing => {
                self.misses_state(parameters);
                return refuse(400);
            }
        };
        if let Err(refusal) = self.admit(stream) {
            return refusal;
        }
        match self.take(number, answer) {
            Acceptance::AsResult => {
                self.notice(request);
                let done = HttpResponse::redirect(303, &self.rules.done_path);
                match forget_cookie {
                    Some(forget) => done.with("Set-Cookie", &forget),
                    None => done,
                }
            }
            Acceptance::AsEnd => HttpResponse::page(200, pages::ended()),
            Acceptance::TooLate => refuse(409),
        }
    }

    /// An error that names no sign-in (RFC 6749 §4.1.2.1 obliges a provider to send the state back): nobody's word, so the
    /// wait goes on, but the person should not have to wait for its end to hear of it.
    fn misses_state(&self, parameters: &[u8]) {
        if let Some(code) = CallbackParameters::error_without_state(parameters) {
            let hint = format!("{NO_STATE_HINT} (`{code}`)");
            self.hint(&self.hints.no_state, &hint);
        }
    }

    /// Takes the answer out of a URL that the person copied from a browser elsewhere. Its state is checked
    /// like any other's.
    pub(super) fn paste(&self, address: &str) -> Pasted {
        // Terminals break long lines; an address has no white space of its own.
        let address: String = address.chars().filter(|c| !c.is_whitespace()).collect();
        let Ok(url) = url::Url::parse(&address) else {
            return Pasted::NotOurs;
        };
        let authority = url.host_str().zip(url.port_or_known_default());
        let ours = authority.is_some_and(|(host, port)| {
            format!("{host}:{port}").eq_ignore_ascii_case(&self.rules.authority)
        });
        if url.scheme() != "http" || !ours {
            return Pasted::NotOurs;
        }
        if url.path() == self.rules.start_path {
            return Pasted::StartPage;
        }
        if url.path() != self.rules.callback_path {
            return Pasted::NotOurs;
        }
        let query = url.query().unwrap_or_default().as_bytes();
        match self.visits.answered(query, None) {
            Answered::Visit { number, answer, .. } => match self.take(number, answer) {
                Acceptance::TooLate => Pasted::NotOurs,
                _ => Pasted::Answer,
            },
            Answered::Nothing | Answered::InAnotherBrowser => Pasted::OtherAnswer,
        }
    }

    /// Where answers arrive.
    pub(super) fn answers_at(&self) -> String {
        format!(
            "http://{}{}",
            self.rules.authority, self.rules.callback_path
        )
    }

    /// Passes on the first result, and no other. Where several browsers were here, what is no success ends its own
    /// visit only: nobody can end the sign-in of somebody else.
    fn take(&self, visit: usize, answer: Result<CallbackParameters, Repeated>) -> Acceptance {
        if self.has_answer() {
            return Acceptance::TooLate;
        }
        let success = answer.as_ref().is_ok_and(CallbackParameters::is_success);
        if !success && self.visits.by_several_browsers() {
            self.visits.end(visit);
            self.tell(LoopbackEvent::Ended(answer));
            return Acceptance::AsEnd;
        }
        if !first(&self.answered) {
            return Acceptance::TooLate;
        }
        self.tell(match answer {
            Ok(parameters) => LoopbackEvent::Callback(parameters),
            Err(repeated) => LoopbackEvent::Repeated(repeated),
        });
        Acceptance::AsResult
    }

    /// Whether this is no other user of the machine. Looked up only for requests with an unguessable path or state,
    /// because the system has to go through every socket.
    fn admit(&self, stream: &TcpStream) -> Result<(), HttpResponse> {
        match Peer::of(stream) {
            Peer::Ours => Ok(()),
            Peer::OtherUser(uid) => {
                let hint = format!(
                    "another user of this machine (uid {uid}) opened the sign-in page and was refused"
                );
                self.hint(&self.hints.other_user, &hint);
                Err(HttpResponse::page(403, pages::other_user()))
            }
            Peer::Gone => Err(refuse(400)),
        }
    }

    /// Held until the outcome is known: the page says what happened, not what was hoped for.
    fn done(&self, request: &HttpRequest, stream: &TcpStream) -> HttpResponse {
        if let Err(refusal) = self.admit(stream) {
            return refusal;
        }
        self.notice(request);
        let (page, viewing) = self.result.view();
        let page = page.unwrap_or_else(|| pages::interrupted(&self.options.title));
        HttpResponse::result(page, viewing)
    }

    fn notice(&self, request: &HttpRequest) {
        if request.is_navigation() {
            self.browser.store(true, Ordering::Release);
        }
    }

    fn hint(&self, said: &AtomicBool, sentence: &str) {
        if first(said) {
            self.tell(LoopbackEvent::Hint(sentence.to_owned()));
        }
    }

    fn tell(&self, event: LoopbackEvent) {
        // Nobody listens any more: then there is nothing to tell.
        let _ = self.events.send(event);
    }
}

fn refuse(status: u16) -> HttpResponse {
    HttpResponse::page(status, pages::refusal(status))
}

/// True for the first caller only.
fn first(flag: &AtomicBool) -> bool {
    !flag.swap(true, Ordering::AcqRel)
}

fn is_form(request: &HttpRequest) -> bool {
    let Ok(Some(value)) = request.header("Content-Type") else {
        return false;
    };
    let media_type = value.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;
    use std::sync::mpsc;

    use super::*;

    /// Whose connection it was cannot be told any more: it may have been another user's.
    #[test]
    fn a_request_whose_sender_has_gone_begins_nothing_and_sees_nothing() {
        let rules = Rules {
            authority: "here".into(),
            callback_path: "/callback".into(),
            form_post: false,
            start_path: "/start".into(),
            done_path: "/done".into(),
        };
        let options = ServeOptions {
            begin: Box::new(|| panic!("a sign-in was begun")),
            elsewhere: None,
            several: true,
            title: String::new(),
        };
        let (events, seen) = mpsc::channel();
        let router = Router::new(rules, options, events);
        router.close(Duration::ZERO);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        for path in ["/start", "/done"] {
            let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let head =
                format!("GET {path} HTTP/1.1\r\nHost: here\r\nSec-Fetch-Mode: navigate\r\n\r\n");
            client.write_all(head.as_bytes()).unwrap();
            drop(client);
            let (stream, _) = listener.accept().unwrap();
            let request = HttpRequest::read(&stream, request::TIME).ok().unwrap();
            router.answer(&request, &stream);
            assert!(seen.try_recv().is_err(), "{path}");
            assert!(!router.saw_browser(), "{path}");
        }
    }
}
