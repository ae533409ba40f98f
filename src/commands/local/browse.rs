//! Getting the person to the provider and the answer back: a browser here, one elsewhere, a pasted address.

use std::sync::Arc;

use super::Context;
use crate::adapters::browser::Opener;
use crate::adapters::loopback::Waiting;
use crate::adapters::pasted::Pasted;
use crate::adapters::surroundings;
use crate::adapters::terminal::span;
use crate::cli::Browsing;
use crate::environment;
use crate::error::Error;
use crate::oidc::pushed::Address;

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

/// For a browser on another machine. The address holds this attempt's state and nonce, which is why it is
/// printed only where it was asked for; whoever has it can sign in, and not approve.
pub(super) fn elsewhere(context: &Context, address: &Address) {
    let terminal = &context.terminal;
    terminal.necessarily("open this address in a browser, on whatever machine:");
    terminal.necessarily(format_args!("  {}", address.url));
    // A pushed request waits at the provider, and not for long (RFC 9126 §2.2).
    if let Some(lasts) = address.lasts {
        terminal.necessarily(format_args!("the provider knows it for {}", span(lasts)));
    }
}
