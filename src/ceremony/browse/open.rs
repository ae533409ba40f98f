//! Opening a page in a browser here, or saying where to open it.

use std::fmt::Display;

use crate::adapters::browser::Opener;
use crate::adapters::loopback::{Waiting, hint_sender};
use crate::adapters::surroundings;
use crate::cli::{Browsing, OwnBrowser};
use crate::context::Context;
use crate::environment;
use crate::error::Error;

/// The opener that the flags and the environment choose.
pub(crate) fn opener(browsing: &Browsing) -> Result<Opener, Error> {
    if browsing.remote {
        return Ok(Opener::None);
    }
    own_opener(&browsing.own)
}

/// How to open a browser on this machine, by `--browser` and `--no-browser`.
pub(crate) fn own_opener(own: &OwnBrowser) -> Result<Opener, Error> {
    Ok(Opener::choose(
        own.browser.as_deref(),
        own.no_browser,
        environment::variable,
    )?)
}

/// Prints an address to open. Always, `--quiet` or not: that a browser was started proves nothing.
pub(crate) fn show(context: &Context, sentence: &str, address: impl Display) {
    let terminal = &context.terminal;
    terminal.say_always(sentence);
    terminal.address(address);
}

/// Opens the start page, or says where to open it.
pub(crate) fn open(context: &Context, opener: &Opener, start_url: &str, waiting: &Waiting) {
    if *opener == Opener::None {
        let sentence = "open this address in a browser on this machine:";
        show(context, sentence, start_url);
        return advise(context, start_url);
    }
    let sentence = "your browser opens; if it does not, open this address on this machine:";
    show(context, sentence, start_url);
    if let Err(error) = opener.open(start_url, hint_sender(waiting.sender())) {
        context.terminal.warn(error);
    }
}

/// How a browser on another machine gets to our loopback, where it is plain that it is on another.
fn advise(context: &Context, start_url: &str) {
    let port = url::Url::parse(start_url).ok().and_then(|url| url.port());
    let exists = |path: &str| std::path::Path::new(path).exists();
    let advice = port.and_then(|port| surroundings::advice(port, environment::variable, exists));
    if let Some(advice) = advice {
        context.terminal.say_always(advice.sentence);
        if let Some(command) = advice.command {
            context.terminal.say_always(format_args!("  {command}"));
        }
    }
}
