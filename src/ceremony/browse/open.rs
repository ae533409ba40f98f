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

/// Whether the browser is on another machine: by `--remote`, or because there is none here, something says that the
/// person is elsewhere, and they say so too.
pub(crate) fn is_elsewhere(
    context: &Context,
    browsing: &Browsing,
    opener: &Opener,
) -> Result<bool, Error> {
    let chosen = browsing.own.no_browser || browsing.own.browser.is_some();
    if browsing.remote || chosen || *opener != Opener::None {
        return Ok(browsing.remote);
    }
    if !surroundings::browser_is_elsewhere(environment::variable, exists) {
        return Ok(false);
    }
    let question = "Is your browser on another machine?";
    let answer = context.answered(context.terminal.yes_or_no(question, true))?;
    Ok(answer.unwrap_or(false))
}

fn exists(path: &str) -> bool {
    std::path::Path::new(path).exists()
}

/// Prints an address to open. Always, `--quiet` or not: that a browser was started proves nothing.
pub(crate) fn show(context: &Context, sentence: &str, address: impl Display) {
    let terminal = &context.terminal;
    terminal.say_always(sentence);
    terminal.address(address);
}

/// What is about to happen: a command need not be a browser, such as the sandbox's built-in user.
pub(crate) fn opening(opener: &Opener) -> String {
    let names = opener.names();
    if names.is_empty() {
        return "opening your browser".to_owned();
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("starting {}", names.join(" or "))
}

/// Opens the start page, or says where to open it.
pub(crate) fn open(context: &Context, opener: &Opener, start_url: &str, waiting: &Waiting) {
    if *opener == Opener::None {
        let sentence = "open this URL in a browser on this machine:";
        show(context, sentence, start_url);
        return advise(context, start_url);
    }
    let sentence = format!(
        "{}; if nothing happens, open this URL on this machine:",
        opening(opener)
    );
    show(context, &sentence, start_url);
    if let Err(error) = opener.open(start_url, hint_sender(waiting.sender())) {
        context.terminal.warn(error);
    }
}

/// How a browser on another machine gets to our loopback, where it is plain that it is on another.
fn advise(context: &Context, start_url: &str) {
    let port = url::Url::parse(start_url).ok().and_then(|url| url.port());
    let advice = port.and_then(|port| surroundings::advice(port, environment::variable, exists));
    if let Some(advice) = advice {
        context.terminal.say_always(advice.sentence);
        if let Some(command) = advice.command {
            context.terminal.say_always(format_args!("  {command}"));
        }
    }
}
