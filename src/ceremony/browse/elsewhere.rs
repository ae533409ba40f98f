//! A browser on another machine (`--remote`): the provider's own address is shown, and shown anew when the
//! provider has forgotten it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::keys::Shown;
use super::open::show;
use crate::adapters::terminal::span;
use crate::context::Context;
use crate::oidc::authorization::{AuthorizationError, AuthorizationRequest};
use crate::oidc::pushed::PushError;

/// A provider that knows each address for a moment only is asked for so many in one attempt.
const MOST_ADDRESSES: u8 = 20;

/// What is said when it has forgotten one.
const GONE: &str = "the provider has forgotten the URL above; if nobody opened it,";

/// The address. A pushed request waits at the provider, and not for long (RFC 9126 §2.2): it is pushed again, as the
/// same attempt, when it is forgotten there (RFC 9126 §4).
pub(crate) struct Elsewhere {
    request: Arc<AuthorizationRequest>,
    shown: Shown,
    forgotten: Option<Instant>,
    /// Longer than this nobody waits for the answer.
    limit: Duration,
    left: u8,
}

impl Elsewhere {
    /// Shows the first address. It holds this attempt's state and nonce, or refers to them, which is why it is
    /// printed only where it was asked for; whoever has it can sign in, and not approve.
    pub(crate) fn begin(
        context: &Context,
        request: Arc<AuthorizationRequest>,
        limit: Duration,
    ) -> Result<Self, AuthorizationError> {
        let mut elsewhere = Self {
            request,
            shown: Shown::default(),
            forgotten: None,
            limit,
            left: MOST_ADDRESSES,
        };
        let sentence = "open this URL in a browser, on any machine:";
        elsewhere.show(context, sentence)?;
        Ok(elsewhere)
    }

    pub(crate) fn shown(&self) -> Shown {
        self.shown.clone()
    }

    /// When the provider forgets it, if it does.
    pub(crate) const fn forgotten(&self) -> Option<Instant> {
        self.forgotten
    }

    /// Shows another one, if it is time. One that cannot be had is not the end: the person may be signing in.
    pub(crate) fn renew(&mut self, context: &Context) {
        let now = Instant::now();
        if self.forgotten.take_if(|at| now >= *at).is_none() {
            return;
        }
        let terminal = &context.terminal;
        if self.left == 0 {
            terminal.warn(format_args!("{GONE} run the command again"));
            return;
        }
        if let Err(error) = self.show(context, &format!("{GONE} open this one instead:")) {
            terminal.warn(format_args!("{GONE} run the command again: {error}"));
        }
    }

    fn show(&mut self, context: &Context, sentence: &str) -> Result<(), PushError> {
        self.left = self.left.saturating_sub(1);
        let address = self.request.address()?;
        show(context, sentence, &address.url);
        self.shown.replace(address.url.into());
        if let Some(lasts) = address.lasts {
            self.forgotten = Instant::now().checked_add(lasts);
            let terminal = &context.terminal;
            let lasts = span(lasts.min(self.limit));
            terminal.say_always(format_args!("this URL works for {lasts}"));
        }
        Ok(())
    }
}
