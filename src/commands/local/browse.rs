//! Getting the person to the provider and the answer back: a browser here, one elsewhere, a pasted address.

use std::sync::Arc;
use std::time::Instant;

use super::Context;
use crate::adapters::browser::Opener;
use crate::adapters::loopback::Waiting;
use crate::adapters::pasted::Pasted;
use crate::adapters::surroundings;
use crate::adapters::terminal::span;
use crate::cli::Browsing;
use crate::environment;
use crate::error::Error;
use crate::oidc::authorization::{AuthorizationError, AuthorizationRequest};
use crate::oidc::pushed::PushError;

/// Opens the browser, or says why not, and tells whether it tried; the address is printed in any case, since
/// "opened" proves nothing.
pub(super) fn open(
    context: &Context,
    browsing: &Browsing,
    start_url: &str,
    trouble: impl FnOnce(String) + Send + 'static,
) -> Result<bool, Error> {
    let opener = Opener::choose(
        browsing.browser.as_deref(),
        browsing.no_browser,
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

/// Listens for the answer on the keyboard too, where somebody is there: by SSH the listener may be out of
/// the browser's reach. Both race, both are state-checked.
pub(super) fn paste(
    context: &Context,
    browsing: &Browsing,
    waiting: &Waiting,
    tell: bool,
) -> Option<Pasted> {
    let terminal = Arc::clone(&context.terminal);
    if !(browsing.remote || terminal.can_ask()) {
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

/// A provider that knows each address for a moment only is asked for so many in one attempt.
const MOST_ADDRESSES: u8 = 20;

/// What is said when it has forgotten one.
const GONE: &str = "the provider has forgotten the address above; if nobody opened it,";

/// A browser on another machine, which is shown the provider's address. A pushed request waits at the provider,
/// and not for long (RFC 9126 §2.2): it is pushed again, as the same attempt, when it is forgotten there (B6.5).
pub(super) struct Elsewhere {
    request: Arc<AuthorizationRequest>,
    forgotten: Option<Instant>,
    left: u8,
}

impl Elsewhere {
    /// Shows the first address. It holds this attempt's state and nonce, or refers to them, which is why it is
    /// printed only where it was asked for; whoever has it can sign in, and not approve.
    pub(super) fn begin(
        context: &Context,
        request: Arc<AuthorizationRequest>,
    ) -> Result<Self, AuthorizationError> {
        let mut elsewhere = Self {
            request,
            forgotten: None,
            left: MOST_ADDRESSES,
        };
        let sentence = "open this address in a browser, on whatever machine:";
        elsewhere.show(context, sentence)?;
        Ok(elsewhere)
    }

    /// When the provider forgets the address, if it does.
    pub(super) const fn forgotten(&self) -> Option<Instant> {
        self.forgotten
    }

    /// Shows another one, if it is time. One that cannot be had is not the end: the person may be signing in.
    pub(super) fn renew(&mut self, context: &Context) {
        let now = Instant::now();
        if self
            .forgotten
            .take_if(|forgotten| now >= *forgotten)
            .is_none()
        {
            return;
        }
        if self.left == 0 {
            context
                .terminal
                .warn(format_args!("{GONE} run the command again"));
            return;
        }
        if let Err(error) = self.show(context, &format!("{GONE} open this one instead:")) {
            let terminal = &context.terminal;
            terminal.warn(format_args!("{GONE} run the command again: {error}"));
        }
    }

    fn show(&mut self, context: &Context, sentence: &str) -> Result<(), PushError> {
        self.left = self.left.saturating_sub(1);
        let address = self.request.address()?;
        let terminal = &context.terminal;
        terminal.necessarily(sentence);
        terminal.necessarily(format_args!("  {}", address.url));
        if let Some(lasts) = address.lasts {
            self.forgotten = Instant::now().checked_add(lasts);
            terminal.necessarily(format_args!("the provider knows it for {}", span(lasts)));
        }
        Ok(())
    }
}
