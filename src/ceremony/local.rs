//! The local ceremony: we are the relying party, on a loopback listener. Used by
//! approvals, by `stepup request`, and by `provider test`, which approves nothing.
//!
//! The provider is discovered while the person reads; a sign-in is begun when the challenge is known, ended in the browser when the
//! outcome is known. What comes out is authentic; whether it suffices is for the caller to judge.

mod requests;

use std::cell::Cell;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use openidconnect::RedirectUrl;

use super::browse::{self, Elsewhere, Keys, Overdue, Paste, Place};
use super::moment::Moment;
use super::registration::{http_for, registration};
use crate::adapters::access_api::AccessApi;
use crate::adapters::browser::Opener;
use crate::adapters::credentials::Credentials;
use crate::adapters::http::IDLE;
use crate::adapters::keyboard::Keyboard;
use crate::adapters::loopback::{
    Begun, CallbackParameters, Loopback, LoopbackEvent, LoopbackHost, RedirectTarget, Repeated,
    ResultPage, ServeOptions, Waiting,
};
use crate::adapters::threads::joined;
use crate::cli::Browsing;
use crate::config::{self, ProviderEntry, ResponseMode};
use crate::context::Context;
use crate::domain::challenge::Challenge;
use crate::domain::event::{AuthenticationEvent, Facts};
use crate::domain::judge::Attempt;
use crate::domain::person::ExpectedPerson;
use crate::domain::proof::StepUpToken;
use crate::error::Error;
use crate::oidc::backchannel::BackchannelError;
use crate::oidc::callback::{CallbackError, described};
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::provider::Providers;
use crate::oidc::redeem_error::RedeemError;
use crate::oidc::relying_party::RelyingParty;
use requests::Requests;

/// What the person is told when a second browser was there, so that an answer may be somebody else's.
const ANOTHER_BROWSER: &str = "another browser opened the sign-in page too, so the sign-in that finishes has to be \
                               accepted here; if that was not you, stop (`q`) and run the command again";

/// What goes to provider and API after the callback finds connections that were used within [`IDLE`].
const KEEP_WARM: Duration = Duration::from_secs(15);
const _: () = assert!(KEEP_WARM.as_secs() < IDLE.as_secs());

/// A provider whose metadata is on its way.
pub(crate) struct Discovering<'a> {
    context: &'a Context,
    entry: ProviderEntry,
    discovery: JoinHandle<Result<RelyingParty, DiscoveryError>>,
}

/// An attempt that is under way in the person's browser.
pub(crate) struct Local<'a> {
    context: &'a Context,
    /// Kept warm meanwhile, if there is one to talk to afterwards.
    api: Option<AccessApi>,
    /// Seconds.
    skew: i64,
    limit: Duration,
    /// The entry, where its provider is told `max_age=0`.
    forced: Option<String>,
    requests: Arc<Requests>,
    waiting: Waiting,
    /// The browser, if it is on another machine.
    elsewhere: Option<Elsewhere>,
    /// Given back when the answer is there, at the latest when all is over.
    keyboard: Option<Keyboard>,
    /// Whether more than one browser began to sign in.
    several_browsers: Cell<bool>,
}

impl<'a> Local<'a> {
    /// Begins to fetch the provider's metadata, and then its keys, in the background, if the run has not yet.
    pub(crate) fn discover(
        context: &'a Context,
        credentials: &Credentials,
        providers: &Providers,
        entry: &ProviderEntry,
    ) -> Result<Discovering<'a>, Error> {
        let http = http_for(&context.http, entry)?;
        let registration = registration(context, credentials, entry)?;
        let (providers, name) = (providers.clone(), entry.name.clone());
        Ok(Discovering {
            context,
            entry: entry.clone(),
            discovery: thread::spawn(move || {
                let provider = providers.get(&name, &http, &registration.issuer)?;
                RelyingParty::at(provider, &http, registration)
            }),
        })
    }
}

impl<'a> Discovering<'a> {
    /// Waits for the provider's metadata.
    pub(crate) fn discovered(self) -> Result<Discovered<'a>, DiscoveryError> {
        let (context, entry) = (self.context, self.entry);
        Ok(Discovered {
            context,
            entry,
            relying_party: joined(self.discovery.join())?,
        })
    }
}

/// A provider whose metadata was fetched and checked.
pub(crate) struct Discovered<'a> {
    context: &'a Context,
    entry: ProviderEntry,
    relying_party: RelyingParty,
}

pub(crate) struct SignInRequest<'a> {
    /// The purpose for a small display: the task's number.
    pub(crate) about: String,
    /// Shown in the browser: "approve task 4211".
    pub(crate) title: String,
    /// Whom to sign in, as far as that is known.
    pub(crate) expected: &'a ExpectedPerson,
    /// How the person gets to the provider.
    pub(crate) browsing: &'a Browsing,
}

impl<'a> Discovered<'a> {
    pub(crate) const fn context(&self) -> &'a Context {
        self.context
    }

    /// For the ceremony that needs no browser.
    pub(crate) fn into_parts(self) -> (&'a Context, ProviderEntry, RelyingParty) {
        (self.context, self.entry, self.relying_party)
    }

    /// Binds the listener, builds the request, opens the browser.
    pub(crate) fn begin(
        self,
        api: Option<&AccessApi>,
        challenge: &Challenge,
        asked: SignInRequest<'_>,
    ) -> Result<Local<'a>, Error> {
        let (context, browsing) = (self.context, asked.browsing);
        let can_paste = self.entry.response_mode != ResponseMode::FormPost;
        if browsing.remote && !can_paste {
            return Err(not_to_be_pasted(&self.entry.name));
        }
        if browsing.remote && !Keyboard::can_listen() {
            return Err(nothing_to_paste_into());
        }
        let (listener, redirect_uri) = listener(context, &self.entry)?;
        let hint = browsing.login_hint.as_deref();
        let requests = Arc::new(Requests::begin(
            self.relying_party,
            challenge.clone(),
            redirect_uri,
            hint.or(asked.expected.login_hint()).map(ToOwned::to_owned),
            asked.expected.sought(),
        )?);
        let start_page = StartPage {
            title: asked.title,
            browsing,
            can_paste,
            requests: &requests,
        };
        let (waiting, elsewhere, keyboard) = start_page.serve(context, listener)?;
        let is_forced = challenge.requirement.requested_max_age() == Some(0);
        Ok(Local {
            context,
            api: api.cloned(),
            skew: self.entry.skew,
            limit: browsing.timeout,
            forced: is_forced.then_some(self.entry.name),
            requests,
            waiting,
            elsewhere,
            keyboard,
            several_browsers: Cell::new(false),
        })
    }
}

/// The page of ours on which the person's browser begins.
struct StartPage<'a> {
    title: String,
    browsing: &'a Browsing,
    /// Whether the answer can be pasted from a browser on another machine.
    can_paste: bool,
    requests: &'a Arc<Requests>,
}

impl StartPage<'_> {
    /// Serves the page and opens it here, or says where it is to be opened; keys can do so again.
    fn serve(
        self,
        context: &Context,
        listener: Loopback,
    ) -> Result<(Waiting, Option<Elsewhere>, Option<Keyboard>), Error> {
        let (browsing, can_paste) = (self.browsing, self.can_paste);
        let opener = browse::opener(browsing)?;
        let place = if can_paste {
            browse::place(context, browsing, &opener)?
        } else {
            Place::Unknown
        };
        let elsewhere = (place == Place::Elsewhere)
            .then(|| elsewhere(context, self.requests, browsing.timeout));
        let (elsewhere, state) = elsewhere.transpose()?.unzip();
        let start_url = listener.start_url().to_owned();
        let waiting = listener.serve(ServeOptions {
            begin: visits(self.requests),
            elsewhere: state,
            several: context.terminal.can_ask(),
            title: self.title,
        })?;
        let address = if let Some(elsewhere) = &elsewhere {
            elsewhere.shown()
        } else {
            if opener == Opener::None {
                browse::to_be_opened(context, &start_url, place, can_paste);
            } else {
                browse::open(context, &opener, &start_url, &waiting);
            }
            start_url.into()
        };
        let keys = Keys {
            opener,
            address,
            events: waiting.sender(),
            anywhere: false,
            paste: can_paste.then(|| Paste {
                take: waiting.paste(),
                begins: waiting.answers_at(),
            }),
            piped: browsing.remote && can_paste,
        };
        let keyboard = keys.listen(context);
        Ok((waiting, elsewhere, keyboard))
    }
}

/// The address for a browser on another machine, which is shown, and the state of its answer.
fn elsewhere(
    context: &Context,
    requests: &Requests,
    limit: Duration,
) -> Result<(Elsewhere, String), Error> {
    let request = requests.unused()?;
    let elsewhere = Elsewhere::begin(context, request.authorization, limit)?;
    Ok((elsewhere, request.state))
}

/// Begins a sign-in for each visit to the start page.
fn visits(requests: &Arc<Requests>) -> Box<dyn Fn() -> Option<Begun> + Send + Sync> {
    let requests = Arc::clone(requests);
    Box::new(move || {
        let begun = requests.visit();
        let begun = begun.inspect_err(|error| tracing::debug!("no request: {error}"));
        begun.ok()
    })
}

impl Local<'_> {
    /// Waits for the person, calls `back`, redeems the answer and verifies it.
    pub(crate) fn answer(
        &mut self,
        back: impl FnOnce(),
    ) -> Result<(AuthenticationEvent, StepUpToken, Attempt), CeremonyError> {
        let elsewhere = self.elsewhere.take();
        let callback = self.callback(elsewhere);
        self.keyboard = None;
        let callback = callback?;
        back();
        // An answer whose request is used up is one that came twice.
        let again = || RedeemError::from(CallbackError::Repeated("state".to_owned()));
        let (began, pending) = self.requests.answered(&callback.state).ok_or_else(again)?;
        let arrived = Cell::new(began);
        let (event, token) = pending.redeem(callback, || {
            arrived.set(Moment::now());
            arrived.get().at
        })?;
        let attempt = began.until(arrived.get(), self.skew);
        if self.several_browsers.get() {
            self.accept(event.facts())?;
        }
        Ok((event, token, attempt))
    }

    /// Several browsers began to sign in, and one of them finished: only the person knows whether it is theirs.
    fn accept(&self, facts: &Facts) -> Result<(), CeremonyError> {
        let name = facts.name();
        let question =
            format!("several browsers opened the sign-in page; accept the sign-in of {name}?");
        let answer = self.context.terminal.confirm(&question);
        let answer = self
            .context
            .answered(answer)
            .map_err(CeremonyError::NotAccepted)?;
        match answer {
            Some(true) => Ok(()),
            Some(false) | None => Err(CeremonyError::NotAccepted(not_accepted(name))),
        }
    }

    /// Shows the outcome in the browser too, after it was reported in the terminal.
    pub(crate) fn end(self, page: ResultPage) {
        self.context.show_afterwards(self.waiting, page);
    }

    /// The genuine callback; whatever else happens meanwhile is said and waited through.
    fn callback(
        &self,
        mut elsewhere: Option<Elsewhere>,
    ) -> Result<CallbackParameters, CeremonyError> {
        let terminal = &self.context.terminal;
        let _line = terminal.waiting("waiting for you in the browser", self.limit);
        let deadline = Instant::now() + self.limit;
        let mut overdue = match elsewhere {
            None => Overdue::begin(),
            Some(_) => Overdue::never(),
        };
        // A browser on another machine does not come by here.
        let mut opened = elsewhere.is_some();
        let mut cold = Instant::now() + KEEP_WARM;
        loop {
            let now = Instant::now();
            if now >= deadline {
                return Err(self.not_in_time(opened));
            }
            overdue.tell(terminal);
            if now >= cold {
                self.keep_warm();
                cold = now + KEEP_WARM;
            }
            if let Some(elsewhere) = &mut elsewhere {
                elsewhere.renew(self.context);
            }
            let forgotten = elsewhere.as_ref().and_then(Elsewhere::forgotten);
            let until = [overdue.at(), forgotten]
                .into_iter()
                .flatten()
                .fold(deadline.min(cold), Instant::min);
            match self.waiting.next(until.saturating_duration_since(now)) {
                Some(LoopbackEvent::Callback(parameters)) => return Ok(parameters),
                Some(LoopbackEvent::Repeated(name)) => {
                    let repeated = CallbackError::Repeated(name.0.to_owned());
                    return Err(CeremonyError::Refused(RedeemError::from(repeated)));
                }
                Some(LoopbackEvent::Opened) => {
                    opened = true;
                    overdue.opened();
                }
                Some(LoopbackEvent::AnotherBrowser) => {
                    self.several_browsers.set(true);
                    terminal.warn(ANOTHER_BROWSER);
                }
                Some(LoopbackEvent::Ended(answer)) => terminal.warn(ended(answer)),
                Some(LoopbackEvent::Hint(text)) => terminal.warn(text),
                Some(LoopbackEvent::Quit) => return Err(CeremonyError::Quit),
                None => {}
            }
        }
    }

    fn not_in_time(&self, opened: bool) -> CeremonyError {
        CeremonyError::NotInTime {
            limit: self.limit,
            opened,
            forced: self.forced.clone(),
        }
    }

    /// Uses the connections to provider and API before they go stale, so that after the callback two round
    /// trips remain. Nobody waits for the answers.
    fn keep_warm(&self) {
        self.requests.refresh_keys();
        if let Some(api) = self.api.clone() {
            thread::spawn(move || api.introspect());
        }
    }
}

/// What an answer said that ended its own sign-in only. Whose it was is not known, so it is nobody's word.
fn ended(answer: Result<CallbackParameters, Repeated>) -> String {
    let said = match answer {
        Ok(CallbackParameters {
            error: Some(error),
            error_description,
            ..
        }) => format!("`{error}`{}", described(error_description.as_deref())),
        Ok(_) => "neither a code nor an error".to_owned(),
        Err(Repeated(name)) => format!("`{name}` twice"),
    };
    format!("one of the sign-ins ended, and the others go on; its answer said {said}")
}

/// Why there is no authentic answer.
#[derive(Debug)]
pub(crate) enum CeremonyError {
    /// Nobody came back in time.
    NotInTime {
        /// The time.
        limit: Duration,
        /// Whether a browser was at our page, as far as that can be known.
        opened: bool,
        /// The entry, if its provider was told `max_age=0`.
        forced: Option<String>,
    },
    /// The person wants no more of it.
    Quit,
    /// What came is no success, or not authentic.
    Refused(RedeemError),
    /// The person was asked whether the sign-in that finished is theirs, and did not say so.
    NotAccepted(Error),
    Backchannel(BackchannelError),
}

impl From<RedeemError> for CeremonyError {
    fn from(error: RedeemError) -> Self {
        Self::Refused(error)
    }
}

impl From<BackchannelError> for CeremonyError {
    fn from(error: BackchannelError) -> Self {
        match error {
            BackchannelError::Token(error) => Self::Refused(error),
            error => Self::Backchannel(error),
        }
    }
}

impl From<CeremonyError> for Error {
    fn from(unanswered: CeremonyError) -> Self {
        match unanswered {
            CeremonyError::NotInTime {
                limit,
                opened: false,
                ..
            } => never_opened(limit),
            CeremonyError::NotInTime { limit, forced, .. } => timed_out(limit, forced.as_deref()),
            CeremonyError::Quit => browse::quit(),
            CeremonyError::Refused(error) => error.into(),
            CeremonyError::NotAccepted(error) => error,
            CeremonyError::Backchannel(error) => error.into(),
        }
    }
}

fn not_completed(limit: Duration) -> Error {
    Error::incomplete(format!(
        "timed out: no sign-in was completed within {}",
        crate::adapters::terminal::span(limit)
    ))
}

/// Nothing is known of the provider then: it was not asked.
fn never_opened(limit: Duration) -> Error {
    not_completed(limit)
        .hint(
            "no browser opened the URL: open it yourself, or name another browser with `--browser`",
        )
        .hint("run the command again, with more time if need be: `--timeout 10m`")
}

/// providers.md P4, "silence until timeout": a wrong redirect URI or an unreachable acr never calls back, and to some
/// providers no sign-in is new enough for `max_age=0`.
fn timed_out(limit: Duration, forced: Option<&str>) -> Error {
    let error = not_completed(limit)
    .hint("look at the page in your browser: if it shows an error, the provider refused the redirect URI or the acr value");
    let error = match forced {
        None => error,
        Some(entry) => error.hint(format!(
            "if it asks you to sign in over and over, `max_age=0` is never met there: run `stepup provider edit {entry} --prompt login --fresh-max-age 60`, or set `--freshness as-challenged`, which takes an earlier sign-in"
        )),
    };
    error.hint("run the command again, with more time if need be: `--timeout 10m`")
}

/// The person saw a name that is not theirs, or was not there to say that it is.
fn not_accepted(name: &str) -> Error {
    Error::untrusted(format!("several browsers opened the sign-in page, and the sign-in of `{name}` was not accepted"))
    .hint("if none but yours should have opened it, find out which program on this machine did; then run the command again")
}

/// What is posted to the other machine leaves nothing in an address bar.
fn not_to_be_pasted(entry: &str) -> Error {
    Error::usage(format!("with `response_mode = \"form_post\"` in `[providers.{entry}]` there is no URL to paste back"))
    .hint("set `response_mode` to `query`; or use `--no-browser` and the tunnel that it names")
}

/// Nobody could answer, and the wait would be in vain.
fn nothing_to_paste_into() -> Error {
    Error::usage("`--remote` needs a terminal to paste the answer into, or a pipe that brings it")
        .hint("run the command on a terminal, or use `--no-browser` and a tunnel to this machine")
}

/// A listener where the entry's provider sends the browser back. RFC 8252 §7.3: the port is known before the URL is built.
fn listener(context: &Context, entry: &ProviderEntry) -> Result<(Loopback, RedirectUrl), Error> {
    context.free(&entry.ports);
    let listener = Loopback::bind(&redirect_target(entry))?;
    let redirect_uri = RedirectUrl::new(listener.redirect_uri().to_owned())
        .map_err(|error| Error::usage("the redirect URI cannot be used").caused_by(error))?;
    Ok((listener, redirect_uri))
}

fn redirect_target(entry: &ProviderEntry) -> RedirectTarget {
    RedirectTarget {
        host: match entry.redirect_host {
            config::RedirectHost::Ipv4 => LoopbackHost::V4,
            config::RedirectHost::Localhost => LoopbackHost::Localhost,
        },
        ports: entry.ports.clone(),
        path: entry.redirect_path.clone(),
        form_post: entry.response_mode == ResponseMode::FormPost,
    }
}
