//! The local ceremony (design, section 3): we are the relying party, on a loopback listener.
//!
//! Prepared while the person reads, begun when the challenge is known, ended in the browser when the
//! outcome is known.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use openidconnect::RedirectUrl;

use super::super::session::Session;
use super::{Context, present};
use crate::adapters::access_api::AccessApi;
use crate::adapters::browser::Opener;
use crate::adapters::loopback::{
    Attempt as Listening, CallbackParameters, Event, Loopback, RedirectHost, RedirectTarget,
    Waiting,
};
use crate::adapters::pasted::Pasted;
use crate::adapters::surroundings;
use crate::cli::Approve;
use crate::config::{self, ProviderEntry, ResponseMode};
use crate::domain::challenge::Challenge;
use crate::domain::judge::Attempt;
use crate::domain::person::Approver;
use crate::domain::proof::StepUpProof;
use crate::domain::task::Task;
use crate::environment;
use crate::error::{Error, ErrorKind};
use crate::oidc::authorization::{AuthorizationError, PendingAuthorization, RelyingParty};
use crate::oidc::callback::{Callback, CallbackError};
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::redemption::RedeemError;

/// How long a real browser may reload the last page after the command's result was reported.
const RELOAD_GRACE: Duration = Duration::from_secs(2);

/// Idle connections are cut by servers and by what lies between, often after a minute.
const KEEP_WARM: Duration = Duration::from_secs(40);

/// After this long without a visit to the start page, the person is told.
const BROWSER_OVERDUE: Duration = Duration::from_secs(15);

/// A provider whose metadata is on its way.
pub(super) struct Prepared<'a> {
    context: &'a Context,
    entry: &'a ProviderEntry,
    discovery: JoinHandle<Result<RelyingParty, DiscoveryError>>,
}

/// An attempt that is under way in the person's browser.
pub(super) struct Local<'a> {
    context: &'a Context,
    api: AccessApi,
    entry: &'a ProviderEntry,
    started: i64,
    limit: Duration,
    pending: Option<PendingAuthorization>,
    waiting: Option<Waiting>,
    /// Gives the keyboard back when it is over.
    _pasted: Option<Pasted>,
}

impl<'a> Local<'a> {
    /// Begins to fetch the provider's metadata, and then its keys, in the background.
    pub(super) fn prepare(
        context: &'a Context,
        session: &Session,
        entry: &'a ProviderEntry,
    ) -> Result<Prepared<'a>, Error> {
        let http = match &entry.ca_file {
            Some(ca_file) => context.http.trusting(ca_file)?,
            None => context.http.clone(),
        };
        let registration = session.registration(entry)?;
        Ok(Prepared {
            context,
            entry,
            discovery: thread::spawn(move || RelyingParty::discover(&http, registration)),
        })
    }
}

impl<'a> Prepared<'a> {
    /// The provider entry.
    pub(super) const fn entry(&self) -> &'a ProviderEntry {
        self.entry
    }

    /// Binds the listener, builds the request, opens the browser.
    pub(super) fn begin(
        self,
        api: &AccessApi,
        challenge: &Challenge,
        approver: &Approver,
        args: &Approve,
        task: &Task,
    ) -> Result<Local<'a>, Error> {
        let relying_party = self.discovery.join().map_err(|_| {
            Error::new(
                ErrorKind::Failed,
                "the provider's metadata could not be read",
            )
        })??;
        // B2.2: the port is known before the URL is built.
        let listener = Loopback::bind(&redirect_target(self.entry))?;
        let redirect_uri =
            RedirectUrl::new(listener.redirect_uri().to_owned()).map_err(|error| {
                Error::new(ErrorKind::Usage, "the redirect URI cannot be used").caused_by(error)
            })?;
        let started = Timestamp::now().as_second();
        let login_hint = args.login_hint.as_deref().or(approver.email.as_deref());
        let (request, pending) =
            relying_party.begin(challenge, redirect_uri, login_hint, started)?;
        let elsewhere = match args.remote {
            true => Some(request.url().map_err(AuthorizationError::from)?),
            false => None,
        };
        let start_url = listener.start_url().to_owned();
        let waiting = listener.serve(Listening {
            authorization_url: Box::new(move || {
                let url = request.url();
                let url = url.inspect_err(|error| tracing::debug!("pushed again: {error}"));
                url.ok().map(String::from)
            }),
            state: pending.state().to_owned(),
            title: format!("approve task {}", task.handle()),
        })?;
        let opened = if let Some(address) = elsewhere {
            for_elsewhere(self.context, &address);
            false
        } else {
            open(self.context, args, &start_url, waiting.troubled())?
        };
        let pasted = paste(self.context, self.entry, args, &waiting, !opened);
        Ok(Local {
            context: self.context,
            api: api.clone(),
            entry: self.entry,
            started,
            limit: args.timeout,
            pending: Some(pending),
            waiting: Some(waiting),
            _pasted: pasted,
        })
    }
}

/// Listens for the answer on the keyboard too, where somebody is there: by SSH the listener may be out of
/// the browser's reach. Both race, both are state-checked.
fn paste(
    context: &Context,
    entry: &ProviderEntry,
    args: &Approve,
    waiting: &Waiting,
    tell: bool,
) -> Option<Pasted> {
    let terminal = Arc::clone(&context.terminal);
    let possible = entry.response_mode != ResponseMode::FormPost;
    if !possible || !(args.remote || terminal.can_ask()) {
        return None;
    }
    if tell {
        terminal.say(
        "if the browser is elsewhere and ends at a page that cannot be reached, paste that page's whole address here (it is not shown), then press enter",
    );
    }
    let paste = waiting.paste();
    let pasted = Pasted::listen(move |line| {
        if !line.trim().is_empty() && !paste(&line) {
            terminal.warn("that is not the address this attempt waits for; copy all of it from the browser's address bar");
        }
    });
    context.interrupt.before_exit(pasted.give_back());
    Some(pasted)
}

/// For a browser on another machine. The address holds this attempt's state and nonce, which is why it is
/// printed only where it was asked for; whoever has it can sign in, and not approve.
fn for_elsewhere(context: &Context, address: &url::Url) {
    let terminal = &context.terminal;
    terminal.necessarily("open this address in a browser, on whatever machine:");
    terminal.necessarily(format_args!("  {address}"));
}

impl Local<'_> {
    /// Waits for the person, redeems the answer, verifies and judges it.
    pub(super) fn prove(
        &mut self,
        challenge: &Challenge,
        approver: &Approver,
    ) -> Result<StepUpProof, Error> {
        let callback = self.callback()?;
        let Some(pending) = self.pending.take() else {
            return Err(Error::new(
                ErrorKind::Untrusted,
                "a second answer came to one attempt",
            ));
        };
        let now = || Timestamp::now().as_second();
        let (event, token) = pending.redeem(callback, now)?;
        let attempt = Attempt {
            started: self.started,
            received: now(),
            skew: self.entry.skew,
        };
        let judged = challenge.judge(event, token, attempt, approver, self.entry.subject);
        judged.map_err(|rejection| present::rejection(rejection, &self.entry.name))
    }

    /// Shows the outcome in the browser too, after it was reported in the terminal.
    pub(super) fn end<T>(mut self, outcome: &Result<T, Error>, task: &Task) {
        let page = present::page(outcome.as_ref().err(), task);
        if let Some(waiting) = self.waiting.take() {
            self.context
                .afterwards(move || waiting.finish(&page, RELOAD_GRACE));
        }
    }

    /// The genuine callback; whatever else happens meanwhile is said and waited through.
    fn callback(&self) -> Result<Callback, Error> {
        let Some(waiting) = &self.waiting else {
            return Err(timed_out(self.limit));
        };
        let terminal = &self.context.terminal;
        let _line = terminal.waiting("waiting for you in the browser", self.limit);
        let deadline = Instant::now() + self.limit;
        let mut overdue = Some(Instant::now() + BROWSER_OVERDUE);
        let mut cold = Instant::now() + KEEP_WARM;
        loop {
            let now = Instant::now();
            if now >= deadline {
                return Err(timed_out(self.limit));
            }
            if overdue.take_if(|overdue| now >= *overdue).is_some() {
                terminal.say(
                    "no browser has opened the address above yet; open it yourself if none appears",
                );
            }
            if now >= cold {
                self.keep_warm();
                cold = now + KEEP_WARM;
            }
            let until = overdue
                .map_or(deadline, |overdue| overdue.min(deadline))
                .min(cold);
            match waiting.next(until.saturating_duration_since(now)) {
                Some(Event::Callback(parameters)) => return Ok(callback(parameters)),
                Some(Event::Repeated(name)) => {
                    let repeated = CallbackError::Repeated(name.0.to_owned());
                    return Err(RedeemError::from(repeated).into());
                }
                Some(Event::Opened) => overdue = None,
                Some(Event::Hint(text)) => terminal.warn(text),
                None => {}
            }
        }
    }

    /// Uses the connections to provider and API before they go stale, so that after the callback two round
    /// trips remain. Nobody waits for the answers.
    fn keep_warm(&self) {
        if let Some(pending) = &self.pending {
            pending.refresh_keys();
        }
        let api = self.api.clone();
        thread::spawn(move || api.introspect());
    }
}

fn callback(parameters: CallbackParameters) -> Callback {
    Callback {
        state: parameters.state,
        code: parameters.code,
        iss: parameters.iss,
        error: parameters.error,
        error_description: parameters.error_description,
        repeated: None,
    }
}

/// Opens the browser, or says why not, and tells whether it tried; the address is printed in any case, since "opened" proves nothing.
fn open(
    context: &Context,
    args: &Approve,
    start_url: &str,
    trouble: impl FnOnce(String) + Send + 'static,
) -> Result<bool, Error> {
    let opener = Opener::choose(
        args.browser.as_deref(),
        args.no_browser,
        environment::variable,
    )?;
    let terminal = &context.terminal;
    terminal.necessarily(match opener {
        Opener::None => "open this address in a browser on this machine:",
        _ => "your browser opens; if it does not, open this address on this machine:",
    });
    terminal.necessarily(format_args!("  {start_url}"));
    let none = opener == Opener::None;
    if none {
        advise(context, start_url);
    }
    if let Err(error) = opener.open(start_url, trouble) {
        terminal.warn(error);
    }
    Ok(!none)
}

/// How a browser on another machine gets to our loopback, where it is plain that it is on another.
fn advise(context: &Context, start_url: &str) {
    let port = url::Url::parse(start_url).ok().and_then(|url| url.port());
    let exists = |path: &str| std::path::Path::new(path).exists();
    let advice = port.and_then(|port| surroundings::advice(port, environment::variable, exists));
    if let Some(advice) = advice {
        context.terminal.necessarily(advice.sentence);
        if let Some(command) = advice.command {
            context.terminal.necessarily(format_args!("  {command}"));
        }
    }
}

/// P4 "silence until timeout": a wrong redirect URI or an unreachable acr never calls back.
fn timed_out(limit: Duration) -> Error {
    Error::new(
        ErrorKind::Incomplete,
        format!(
            "nobody finished signing in within {}",
            crate::adapters::terminal::span(limit)
        ),
    )
    .hint("look at the page in your browser: if it shows an error, the provider refused the redirect address or the acr value")
    .hint("run the command again, with more time if need be: `--timeout 10m`")
}

fn redirect_target(entry: &ProviderEntry) -> RedirectTarget {
    RedirectTarget {
        host: match entry.redirect_host {
            config::RedirectHost::Ipv4 => RedirectHost::V4,
            config::RedirectHost::Localhost => RedirectHost::Localhost,
        },
        ports: entry.ports.clone(),
        path: entry.redirect_path.clone(),
        form_post: entry.response_mode == ResponseMode::FormPost,
    }
}
