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

/// Where the person's browser is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Out of our loopback's reach: by `--remote`, or they say so.
    Elsewhere,
    /// Here, as they say.
    Here,
    Unknown,
}

/// Where the browser is: by `--remote`, or asked where none is opened here and something says that the person is
/// elsewhere.
pub(crate) fn place(
    context: &Context,
    browsing: &Browsing,
    opener: &Opener,
) -> Result<Place, Error> {
    if browsing.remote {
        return Ok(Place::Elsewhere);
    }
    let chosen = browsing.own.no_browser || browsing.own.browser.is_some();
    if chosen || *opener != Opener::None {
        return Ok(Place::Unknown);
    }
    let Some(question) = surroundings::question(environment::variable, exists) else {
        return Ok(Place::Unknown);
    };
    Ok(
        match context.answered_once(question, |elsewhere| for_good(context, elsewhere))? {
            Some(true) => Place::Elsewhere,
            Some(false) => Place::Here,
            None => Place::Unknown,
        },
    )
}

/// How to be asked no more where the browser is.
fn for_good(context: &Context, elsewhere: Option<bool>) {
    let setting = match elsewhere {
        Some(true) => "remote",
        Some(false) => "no_browser",
        None => return,
    };
    context.terminal.say(format_args!(
        "to be asked no more: `stepup config set {setting} true`"
    ));
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

/// How to have a browser opened that is here, but was not found.
const NAME_IT: &str = "to have a browser on this machine opened, name it: `--browser COMMAND`, or the variable `BROWSER`";

/// Opens the start page.
pub(crate) fn open(context: &Context, opener: &Opener, start_url: &str, waiting: &Waiting) {
    let sentence = format!(
        "{}; if nothing happens, open this URL on this machine:",
        opening(opener)
    );
    show(context, &sentence, start_url);
    if let Err(error) = opener.open(start_url, hint_sender(waiting.sender())) {
        context.terminal.warn(error);
    }
}

/// Says where to open the start page, which no browser was opened for.
pub(crate) fn to_be_opened(context: &Context, start_url: &str, place: Place, can_paste: bool) {
    show(
        context,
        "open this URL in a browser on this machine:",
        start_url,
    );
    match place {
        Place::Here => context.terminal.say(NAME_IT),
        Place::Elsewhere | Place::Unknown => advise(context, start_url, can_paste),
    }
}

/// How a browser on another machine gets to our loopback, where it is plain that it is on another.
fn advise(context: &Context, start_url: &str, can_paste: bool) {
    let port = url::Url::parse(start_url).ok().and_then(|url| url.port());
    let advice =
        port.and_then(|port| surroundings::advice(port, can_paste, environment::variable, exists));
    if let Some(advice) = advice {
        context.terminal.say_always(advice.sentence);
        if let Some(command) = advice.command {
            context.terminal.say_always(format_args!("  {command}"));
        }
    }
}
