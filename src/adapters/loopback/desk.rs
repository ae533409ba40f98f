//! What each request gets, and which one ends the wait: exact path, exact host, right method, this
//! attempt's state, once (B2.12, B2.13).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use tiny_http::Method;

use super::answer::Answer;
use super::doorman::Guest;
use super::outcome::Outcome;
use super::pages::{self, ResultPage};
use super::request::{self, Refusal, Request};
use super::{Attempt, CallbackParameters, Event, Repeated, secret};

const HTTPS_HINT: &str = "a browser tried https on the http port: turn its HTTPS-only mode off for this \
                          address, and open the URL again";

/// The addresses of this attempt.
pub(super) struct Rules {
    /// Host and port as advertised: the only acceptable `Host`.
    pub(super) authority: String,
    pub(super) callback_path: String,
    pub(super) form_post: bool,
    pub(super) start_path: String,
    pub(super) done_path: String,
}

/// Answers requests for one attempt.
pub(super) struct Desk {
    rules: Rules,
    attempt: Attempt,
    events: Sender<Event>,
    outcome: Arc<Outcome>,
    opened: AtomicBool,
    answered: AtomicBool,
    hinted: AtomicBool,
    browser: AtomicBool,
}

impl Desk {
    pub(super) fn new(rules: Rules, attempt: Attempt, events: Sender<Event>) -> Self {
        Self {
            rules,
            attempt,
            events,
            outcome: Arc::default(),
            opened: AtomicBool::new(false),
            answered: AtomicBool::new(false),
            hinted: AtomicBool::new(false),
            browser: AtomicBool::new(false),
        }
    }

    /// Serves one connection, from its first byte to its last.
    pub(super) fn receive(&self, guest: &Guest) {
        match Request::read(guest.stream(), request::TIME) {
            Ok(request) => {
                guest.has_spoken();
                let head_only = request.method == Method::Head;
                self.answer(&request).send(guest.stream(), head_only);
            }
            Err(Refusal::Status(status)) => {
                self.refuse(status).send(guest.stream(), false);
                request::drain(guest.stream());
            }
            Err(Refusal::Tls) if first(&self.hinted) => self.tell(Event::Hint(HTTPS_HINT.into())),
            Err(Refusal::Tls | Refusal::Gone) => {}
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

    /// Makes the result page known.
    pub(super) fn publish(&self, page: &ResultPage) {
        self.outcome
            .publish(pages::result(&self.attempt.title, page));
    }

    /// Waits until the result page was delivered.
    pub(super) fn wait_until_shown(&self, patience: Duration) {
        self.outcome.wait_until_shown(patience);
    }

    /// Lets go of everyone who waits for a result.
    pub(super) fn close(&self, patience: Duration) {
        self.outcome.close(patience);
    }

    /// How many wait for the result.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.outcome.viewing()
    }

    fn answer(&self, request: &Request) -> Answer {
        // B2.12, and against DNS rebinding: a page on evil.example cannot make this header say otherwise.
        match request.header("Host") {
            Ok(Some(host)) if host.eq_ignore_ascii_case(&self.rules.authority) => {}
            _ => return self.refuse(400),
        }
        let get_or_post = if self.rules.form_post {
            Method::Post
        } else {
            Method::Get
        };
        let (method, reply): (Method, fn(&Self, &Request) -> Answer) =
            if request.path == self.rules.callback_path {
                (get_or_post, Self::callback)
            } else if secret::same(&request.path, &self.rules.start_path) {
                (Method::Get, Self::start)
            } else if secret::same(&request.path, &self.rules.done_path) {
                (Method::Get, Self::done)
            } else {
                return self.refuse(404);
            };
        if request.method == method {
            reply(self, request)
        } else {
            self.refuse(405).with("Allow", method.as_str())
        }
    }

    /// On to the provider. It may be opened more than once, until the answer is in.
    fn start(&self, request: &Request) -> Answer {
        if self.has_answer() {
            return self.refuse(409);
        }
        self.notice(request);
        if first(&self.opened) {
            self.tell(Event::Opened);
        }
        match (self.attempt.authorization_url)() {
            Some(address) => Answer::redirect(302, &address),
            None => self.refuse(502),
        }
    }

    /// The one request that matters. The code leaves the address bar at once: the result has its own URL.
    fn callback(&self, request: &Request) -> Answer {
        let parameters = match (self.rules.form_post, is_form(request)) {
            (false, _) => request.query.as_bytes(),
            (true, true) => request.body.as_slice(),
            (true, false) => return self.refuse(415),
        };
        let Some(answer) = CallbackParameters::answering(parameters, &self.attempt.state) else {
            return self.refuse(400);
        };
        if !self.accept(answer) {
            return self.refuse(409);
        }
        self.notice(request);
        Answer::redirect(303, &self.rules.done_path)
    }

    /// The same answer, from the address that the person copied out of a browser elsewhere. State-checked
    /// like any other; false if it is not this attempt's, or if there is an answer already.
    pub(super) fn paste(&self, address: &str) -> bool {
        // Terminals break long lines; an address has no white space of its own.
        let address: String = address.chars().filter(|c| !c.is_whitespace()).collect();
        let Ok(url) = url::Url::parse(&address) else {
            return false;
        };
        let authority = url.host_str().zip(url.port_or_known_default());
        let ours = authority.is_some_and(|(host, port)| {
            format!("{host}:{port}").eq_ignore_ascii_case(&self.rules.authority)
        });
        if url.scheme() != "http" || !ours || url.path() != self.rules.callback_path {
            return false;
        }
        let query = url.query().unwrap_or_default().as_bytes();
        let answer = CallbackParameters::answering(query, &self.attempt.state);
        answer.is_some_and(|answer| self.accept(answer))
    }

    /// Passes on the first answer, and no other.
    fn accept(&self, answer: Result<CallbackParameters, Repeated>) -> bool {
        let accepted = first(&self.answered);
        if accepted {
            self.tell(match answer {
                Ok(parameters) => Event::Callback(parameters),
                Err(repeated) => Event::Repeated(repeated),
            });
        }
        accepted
    }

    /// Held until the outcome is known: the page says what happened, not what was hoped for.
    fn done(&self, request: &Request) -> Answer {
        self.notice(request);
        let (page, viewing) = self.outcome.view();
        let page = page.unwrap_or_else(|| pages::interrupted(&self.attempt.title));
        Answer::outcome(page, viewing)
    }

    fn refuse(&self, status: u16) -> Answer {
        Answer::page(status, pages::refusal(&self.attempt.title, status))
    }

    fn notice(&self, request: &Request) {
        if request.is_navigation() {
            self.browser.store(true, Ordering::Release);
        }
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more: then there is nothing to tell.
        let _ = self.events.send(event);
    }
}

/// True for the first caller only.
fn first(flag: &AtomicBool) -> bool {
    !flag.swap(true, Ordering::AcqRel)
}

fn is_form(request: &Request) -> bool {
    let Ok(Some(value)) = request.header("Content-Type") else {
        return false;
    };
    let media_type = value.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
