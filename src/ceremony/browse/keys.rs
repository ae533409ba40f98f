//! The keys while somebody is waited for: open again, copy, paste, quit.

use std::cell::Cell;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::adapters::browser::Opener;
use crate::adapters::keyboard::{Keyboard, Typed};
use crate::adapters::loopback::{LoopbackEvent, Pasted, hint_sender};
use crate::adapters::terminal::Terminal;
use crate::context::Context;
use crate::error::Error;

const HELD_DOWN: Duration = Duration::from_secs(1);

/// An answer that can be pasted.
pub(crate) struct Paste {
    /// Takes it.
    pub(crate) take: Box<dyn Fn(&str) -> Pasted + Send>,
    /// How its URL begins.
    pub(crate) begins: String,
}

/// The address that was printed last.
#[derive(Clone, Default)]
pub(crate) struct Shown(Arc<Mutex<String>>);

impl Shown {
    fn get(&self) -> String {
        let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.clone()
    }

    pub(super) fn replace(&self, address: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = address;
    }
}

impl From<String> for Shown {
    fn from(address: String) -> Self {
        Self(Arc::new(Mutex::new(address)))
    }
}

/// What the keyboard can do while somebody is waited for.
pub(crate) struct Keys {
    /// Opens the address again; [`Opener::None`] where there is no browser.
    pub(crate) opener: Opener,
    /// What was printed to be opened, and is copied: never more than what the screen shows.
    pub(crate) address: Shown,
    /// Whoever waits, to be told.
    pub(crate) events: Sender<LoopbackEvent>,
    /// Whether a browser on any machine will do, a phone's as well: the address is shown as a QR code, too.
    pub(crate) anywhere: bool,
    /// Where the answer can be pasted: by SSH the listener may be out of the browser's reach. Both race, both
    /// are state-checked.
    pub(crate) paste: Option<Paste>,
    /// Pasted lines are taken from a pipe, too.
    pub(crate) piped: bool,
}

const PASTE_HERE: &str = "if the browser ends on a page that does not load, paste that page's full URL here and press Enter (hidden)";

const NOT_OURS: &str = "that is not the URL this attempt waits for";

const START_PAGE: &str = "that is the URL where the sign-in begins, and it opens on this machine only; if your browser is on \
                          another machine, press `q` and run the command again with `--remote`";

const TO_BE_OPENED: &str = "that is the URL to open";

const NOTHING: &str = "nothing was pasted";

const OTHER_ANSWER: &str = "that is not the URL this attempt waits for, but the answer to another sign-in, or not all of this \
                            one's; copy all of the URL of the page on which this sign-in ended";

impl Keys {
    /// Listens on the keyboard where somebody is there, and says what it does. In a pipe no letter is a key.
    pub(crate) fn listen(self, context: &Context) -> Option<Keyboard> {
        let terminal = Arc::clone(&context.terminal);
        let here = terminal.can_ask();
        if !here && !self.piped {
            return None;
        }
        let keys = if here {
            self.letters(&terminal)
        } else {
            String::new()
        };
        let hint = hint(&keys);
        let explain = self.paste.is_some() && self.opener == Opener::None;
        let (says, again) = (Arc::clone(&terminal), hint.clone());
        let pressed = Cell::new(None);
        // Somebody was told to paste: what means nothing is meant to be the answer.
        let pasting = Cell::new(explain);
        let (interrupt, addresses) = (context.interrupt.clone(), self.paste.is_some());
        let keyboard = Keyboard::listen(&keys, addresses, move |typed| match typed {
            Typed::Key(key) => {
                pasting.set(pasting.get() || key == 'p');
                let last = pressed.replace(Some((key, Instant::now())));
                let held = last.is_some_and(|(last, at)| last == key && at.elapsed() < HELD_DOWN);
                if !held {
                    self.press(key, &says);
                }
            }
            Typed::Line(line) => self.read(&line, &says),
            Typed::Back => again.iter().for_each(|hint| says.say(hint)),
            Typed::Empty if pasting.get() => self.not_it(NOTHING, &says),
            Typed::Empty => {}
            Typed::Stray => {
                if pasting.get() {
                    self.not_it(NOT_OURS, &says);
                }
                if let Some(hint) = &again {
                    says.say(hint);
                }
            }
            Typed::Interrupt => interrupt.handle(),
        })?;
        // At once: an interruption may come while the next lines are said.
        context.interrupt.before_exit(keyboard.give_back());
        if explain {
            terminal.say(PASTE_HERE);
        }
        if let Some(hint) = hint {
            terminal.say(hint);
        }
        Some(keyboard)
    }

    fn letters(&self, terminal: &Terminal) -> String {
        let here = [
            (self.opener != Opener::None, 'o'),
            (terminal.can_copy(), 'c'),
            (self.paste.is_some(), 'p'),
            (self.anywhere, 'r'),
            (true, 'q'),
        ];
        let here = here.into_iter().filter(|(here, _)| *here);
        here.map(|(_, key)| key).collect()
    }

    fn press(&self, key: char, terminal: &Terminal) {
        match key {
            'o' => {
                terminal.say("opening the URL again");
                let opened = self
                    .opener
                    .open(&self.address.get(), hint_sender(self.events.clone()));
                if let Err(error) = opened {
                    terminal.warn(error);
                }
            }
            'c' => {
                terminal.copy(&self.address.get());
                terminal.say("your terminal was asked to copy the URL; not all of them do");
            }
            'p' => terminal.say(PASTE_HERE),
            'r' => terminal.qr(&self.address.get()),
            // Nobody waits any more: then there is nothing to quit.
            _ => drop(self.events.send(LoopbackEvent::Quit)),
        }
    }

    fn read(&self, line: &str, terminal: &Terminal) {
        let Some(paste) = &self.paste else { return };
        if line.trim().is_empty() {
            return;
        }
        match (paste.take)(line) {
            Pasted::Answer => {}
            Pasted::StartPage => terminal.warn(START_PAGE),
            Pasted::OtherAnswer => terminal.warn(OTHER_ANSWER),
            Pasted::NotOurs if line.trim() == self.address.get() => {
                self.not_it(TO_BE_OPENED, terminal);
            }
            Pasted::NotOurs => self.not_it(NOT_OURS, terminal),
        }
    }

    /// Says what was pasted instead of the answer, and what to copy.
    fn not_it(&self, what: &str, terminal: &Terminal) {
        if let Some(paste) = &self.paste {
            terminal.warn(format_args!(
                "{what}; sign in first, then copy all of the URL of the page that the browser ends on: it begins with `{}`",
                paste.begins
            ));
        }
    }
}

/// One line that fits in 40 columns and can be read aloud.
fn hint(keys: &str) -> Option<String> {
    let words = keys.chars().map(|key| match key {
        'o' => "o open",
        'c' => "c copy",
        'p' => "p paste",
        'r' => "r QR code",
        _ => "q quit",
    });
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| format!("keys: {}", words.join(", ")))
}

/// The cause of [`quit`]: who asks for several sign-ins stops asking.
#[derive(Debug, thiserror::Error)]
#[error("the person quit")]
pub(crate) struct Quit;

/// The person pressed the key that ends the wait: they declined.
pub(crate) fn quit() -> Error {
    Error::incomplete("you quit before the sign-in was finished")
        .says_the_state()
        .hint("nothing was submitted with it; run the command again when you are ready")
        .caused_by(Quit)
}
