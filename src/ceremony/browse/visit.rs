//! The person's way to a page of the API's, and what is heard of them meanwhile. What comes of it is seen
//! at the API: nothing is redirected to us.

use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use url::Url;

use super::keys::{Keys, quit};
use super::open::{open, show};
use super::overdue::Overdue;
use crate::adapters::browser::Opener;
use crate::adapters::keyboard::Keyboard;
use crate::adapters::loopback::{
    Begun, Loopback, LoopbackEvent, LoopbackHost, RedirectTarget, ServeOptions, Waiting,
};
use crate::context::Context;
use crate::error::Error;

/// Who signs in there is for the API to judge, and it is compared before anything is submitted.
const ANOTHER_BROWSER: &str =
    "another browser opened the sign-in page too; if that was not you, stop here (`q`)";

/// A page that was opened, or shown to be opened elsewhere.
pub(crate) struct Visit<'a> {
    context: &'a Context,
    heard: Heard,
    /// Gives the terminal back when it is over.
    _keyboard: Option<Keyboard>,
}

/// Where events come from while the page is open.
enum Heard {
    /// The browser at the one-time page, and the keyboard.
    Browser(Waiting, Overdue),
    Keyboard {
        events: Receiver<LoopbackEvent>,
        /// Keeps the channel open: `recv_timeout` would return at once otherwise.
        _open: Sender<LoopbackEvent>,
    },
}

impl<'a> Visit<'a> {
    /// Opens the page by way of a one-time page on loopback, so that its address, which may hold a secret,
    /// is in no argv. Without a browser here the address itself is printed, since it may be opened anywhere.
    pub(crate) fn begin(
        context: &'a Context,
        opener: Opener,
        page: &Url,
        title: String,
        qr: bool,
    ) -> Result<Self, Error> {
        let anywhere = opener == Opener::None;
        let (heard, address, events) = if anywhere {
            let sentence = "open this URL in a browser, on this machine or another:";
            show(context, sentence, page);
            // The one exception of the rule that no whole address of a sign-in is printed: it was asked for.
            context.terminal.say_always(
                "it is the API's own and may hold a secret of this sign-in: open it yourself, and give it to nobody",
            );
            if qr {
                context.terminal.qr(page.as_str());
            }
            let (sender, events) = mpsc::channel();
            let heard = Heard::Keyboard {
                events,
                _open: sender.clone(),
            };
            (heard, page.to_string(), sender)
        } else {
            let (start_url, waiting) = start_page(context, page, title)?;
            open(context, &opener, &start_url, &waiting);
            let events = waiting.sender();
            let heard = Heard::Browser(waiting, Overdue::begin());
            (heard, start_url, events)
        };
        let keys = Keys {
            opener,
            address: address.into(),
            events,
            anywhere,
            paste: None,
            piped: false,
        };
        Ok(Self {
            context,
            heard,
            _keyboard: keys.listen(context),
        })
    }

    /// Lets this time pass, and says what is heard meanwhile; an error if the person quits.
    pub(crate) fn rest(&mut self, pause: Duration) -> Result<(), Error> {
        let terminal = &self.context.terminal;
        let end = Instant::now() + pause;
        loop {
            if let Heard::Browser(_, overdue) = &mut self.heard {
                overdue.tell(terminal);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            match self.heard.next(left) {
                Some(LoopbackEvent::Hint(text)) => terminal.warn(text),
                Some(LoopbackEvent::Quit) => return Err(quit()),
                Some(LoopbackEvent::AnotherBrowser) => terminal.warn(ANOTHER_BROWSER),
                // No answer has our state: see `start_page`.
                Some(
                    LoopbackEvent::Opened
                    | LoopbackEvent::Callback(_)
                    | LoopbackEvent::Repeated(_)
                    | LoopbackEvent::Ended(_),
                )
                | None => {}
            }
        }
    }
}

impl Heard {
    fn next(&mut self, pause: Duration) -> Option<LoopbackEvent> {
        match self {
            Self::Browser(waiting, overdue) => {
                let event = waiting.next(pause);
                if matches!(event, Some(LoopbackEvent::Opened)) {
                    overdue.opened();
                }
                event
            }
            Self::Keyboard { events, .. } => events.recv_timeout(pause).ok(),
        }
    }
}

fn start_page(context: &Context, page: &Url, title: String) -> Result<(String, Waiting), Error> {
    let listener = Loopback::bind(&RedirectTarget {
        host: LoopbackHost::V4,
        ports: Vec::new(),
        path: "/callback".to_owned(),
        form_post: false,
    })?;
    let start_url = listener.start_url().to_owned();
    let page = page.to_string();
    let waiting = listener.serve(ServeOptions {
        begin: Box::new(move || {
            Some(Begun {
                address: page.clone(),
                // Nothing comes back to us.
                state: None,
            })
        }),
        elsewhere: None,
        several: context.terminal.can_ask(),
        title,
    })?;
    Ok((start_url, waiting))
}
