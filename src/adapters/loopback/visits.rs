//! The visits to the start page. Each one is a sign-in of its own, with its own state and a cookie that only the
//! browser which made it sends back: nobody can finish, or end, what another browser began.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::callback::{CallbackParameters, Repeated};
use super::ports::LoopbackError;
use super::request::HttpRequest;
use super::secret;

/// Visits in one attempt: each takes memory, and may take a pushed request at the provider.
const MOST: usize = 16;

/// How long a browser keeps a cookie that no answer took away, seconds. Longer than any sign-in.
const COOKIE_LASTS: u32 = 24 * 60 * 60;

/// The visits of one attempt, oldest first.
pub(super) struct Visits(Mutex<Vec<Visit>>);

struct Visit {
    /// The browser that made it, counted from 1 in the order of their first visits; 0 where there was no visit.
    browser: usize,
    /// What shows that it is the same browser. `None` where the state alone decides.
    cookie: Option<Cookie>,
    /// What the answer has to carry; `None` before the sign-in began, and after it ended.
    state: Option<String>,
}

pub(super) struct Entered {
    /// Which one, for [`Visits::begun`].
    pub(super) number: usize,
    /// The value of `Set-Cookie`.
    pub(super) set_cookie: String,
    /// Whether it is the first visit of a browser other than the first.
    pub(super) another_browser: bool,
}

/// Why a visit is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotEntered {
    /// Another browser was here first, and there may be one only.
    AnotherBrowser,
    /// There were as many as there may be.
    TooMany,
    /// The system has no randomness for a cookie.
    NoCookie,
}

pub(super) enum Answered {
    /// To no sign-in of this attempt.
    Nothing,
    InAnotherBrowser,
    Visit {
        /// Which one, for [`Visits::end`].
        number: usize,
        /// The value of `Set-Cookie` that takes the cookie away.
        forget_cookie: Option<String>,
        /// What it says.
        answer: Result<CallbackParameters, Repeated>,
    },
}

impl Visits {
    /// None so far, except a sign-in that was begun without the start page and whose answer has this state.
    pub(super) fn new(elsewhere: Option<String>) -> Self {
        let elsewhere = elsewhere.map(|state| Visit {
            browser: 0,
            cookie: None,
            state: Some(state),
        });
        Self(Mutex::new(elsewhere.into_iter().collect()))
    }

    /// Counts a visit, if it is let in. `several` says whether more than one browser may come. A browser that has a
    /// cookie of ours is the one that got it: a reload and a second tab are nobody else's.
    pub(super) fn enter(
        &self,
        request: &HttpRequest,
        several: bool,
    ) -> Result<Entered, NotEntered> {
        let cookie = Cookie::new().map_err(|_| NotEntered::NoCookie)?;
        let mut visits = self.lock();
        let known = visits.iter().find(|visit| visit.is_by(request));
        let known = known.map(|visit| visit.browser);
        let browsers = browsers(&visits);
        let another_browser = known.is_none() && browsers > 0;
        if another_browser && !several {
            return Err(NotEntered::AnotherBrowser);
        }
        if visits.len() >= MOST {
            return Err(NotEntered::TooMany);
        }
        let set_cookie = cookie.set();
        visits.push(Visit {
            browser: known.unwrap_or(browsers + 1),
            cookie: Some(cookie),
            state: None,
        });
        Ok(Entered {
            number: visits.len() - 1,
            set_cookie,
            another_browser,
        })
    }

    /// From now on an answer with this state is the visit's.
    pub(super) fn begun(&self, number: usize, state: Option<String>) {
        if let Some(visit) = self.lock().get_mut(number) {
            visit.state = state;
        }
    }

    /// An answer to this visit counts no longer.
    pub(super) fn end(&self, number: usize) {
        self.begun(number, None);
    }

    /// Whether more than one browser was let in.
    pub(super) fn by_several_browsers(&self) -> bool {
        browsers(&self.lock()) > 1
    }

    /// What these parameters are the answer to. With `carrier`, the request that brought them, the visit's cookie
    /// counts too; without, the state alone.
    pub(super) fn answered(&self, parameters: &[u8], carrier: Option<&HttpRequest>) -> Answered {
        let visits = self.lock();
        let answer =
            |visit: &Visit| CallbackParameters::answering(parameters, visit.state.as_deref()?);
        let mut found = visits.iter().enumerate();
        let found = found.find_map(|(number, visit)| Some((number, visit, answer(visit)?)));
        let Some((number, Visit { cookie, .. }, answer)) = found else {
            return Answered::Nothing;
        };
        let cookie = cookie.as_ref();
        let missing = |request: &HttpRequest| cookie.is_some_and(|cookie| !cookie.is_in(request));
        if carrier.is_some_and(missing) {
            return Answered::InAnotherBrowser;
        }
        Answered::Visit {
            number,
            forget_cookie: cookie.map(Cookie::forget),
            answer,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Visit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visit {
    fn is_by(&self, request: &HttpRequest) -> bool {
        let cookie = self.cookie.as_ref();
        cookie.is_some_and(|cookie| cookie.is_in(request))
    }
}

fn browsers(visits: &[Visit]) -> usize {
    visits.iter().map(|visit| visit.browser).max().unwrap_or(0)
}

/// A cookie (RFC 6265). Its name is unique, because cookies know no port: other runs on this host have theirs.
struct Cookie {
    name: String,
    value: String,
}

impl Cookie {
    fn new() -> Result<Self, LoopbackError> {
        Ok(Self {
            name: format!("stepup-{}", secret::random_segment()?),
            value: secret::random_segment()?,
        })
    }

    /// `Lax`, so that the browser sends it when the provider redirects back.
    fn set(&self) -> String {
        let Self { name, value } = self;
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={COOKIE_LASTS}")
    }

    fn forget(&self) -> String {
        format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0", self.name)
    }

    fn is_in(&self, request: &HttpRequest) -> bool {
        let Ok(Some(cookies)) = request.header("Cookie") else {
            return false;
        };
        let mut pairs = cookies.split(';').filter_map(|pair| pair.split_once('='));
        pairs.any(|(name, value)| {
            name.trim() == self.name && secret::same(value.trim(), &self.value)
        })
    }
}
