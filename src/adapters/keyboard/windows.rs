//! The console's events, and lines of a pipe.
//!
//! Reading events shows nothing of them, whatever the console's modes are; so nothing has to be put back. Ctrl-C is not
//! among them: the console makes a signal of it.

use std::io::{self, IsTerminal, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crossterm_winapi::{Console, InputRecord};

use super::strokes::{Stroke, Strokes};
use super::typed::Typed;
use super::typing::Typing;
use crate::adapters::pending;

/// How often the reader looks for keys, and whether it is still wanted.
const TURN: Duration = Duration::from_millis(50);

/// stdin, while it is listened to.
pub(super) struct Held {
    console: Option<Console>,
    over: Mutex<bool>,
    end: Sender<()>,
}

/// Nothing here tells the device `NUL` from a pipe.
pub(super) const fn can_listen() -> bool {
    true
}

impl Held {
    /// The console, emptied of what was typed before; or a pipe. An error in a terminal that is no console: its echo
    /// cannot be turned off. The channel wakes [`Self::listen`].
    pub(super) fn new() -> io::Result<(Self, Receiver<()>)> {
        let console = if io::stdin().is_terminal() {
            pending::discard()?;
            Some(pending::console()?)
        } else {
            None
        };
        let (end, ended) = channel();
        let over = Mutex::default();
        Ok((Self { console, over, end }, ended))
    }

    pub(super) const fn is_terminal(&self) -> bool {
        self.console.is_some()
    }

    /// Whoever reads next gets what is typed from here on. What was typed and not read is dropped: it may be a code.
    pub(super) fn give_back(&self) {
        let mut over = self.over();
        if !std::mem::replace(&mut *over, true) && self.is_terminal() {
            // A console that went away holds nothing.
            let _ = pending::discard();
        }
        // Nobody listens any more: then there is nobody to wake.
        let _ = self.end.send(());
    }

    /// Reads until the keyboard is given back or stdin ends.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "as on Unix, where it is read to its end"
    )]
    pub(super) fn listen(&self, woken: Receiver<()>, typing: Typing, heard: impl Fn(Typed)) {
        match &self.console {
            Some(console) => self.listen_to_keys(console, &woken, typing, heard),
            None => self.listen_to_a_pipe(typing, heard),
        }
    }

    fn listen_to_keys(
        &self,
        console: &Console,
        woken: &Receiver<()>,
        mut typing: Typing,
        heard: impl Fn(Typed),
    ) {
        let mut strokes = Strokes::default();
        while let Some(events) = self.next_events(console, woken) {
            let text = strokes.text(events.into_iter().filter_map(stroke));
            typing.take(text.as_bytes(), &heard);
        }
    }

    /// What was typed, once something was; `None` when the keyboard was given back, or the console went away.
    fn next_events(&self, console: &Console, woken: &Receiver<()>) -> Option<Vec<InputRecord>> {
        loop {
            {
                let over = self.over();
                // Not read once it was given back: what comes then is the answer to the next question.
                if *over {
                    return None;
                }
                let events = console.read_console_input().ok()?;
                if !events.is_empty() {
                    return Some(events);
                }
            }
            // Nothing tells of keys and of this at once, so keys are looked for.
            if woken.recv_timeout(TURN) != Err(RecvTimeoutError::Timeout) {
                return None;
            }
        }
    }

    fn listen_to_a_pipe(&self, mut typing: Typing, heard: impl Fn(Typed)) {
        let pipe = pipe().lock().unwrap_or_else(PoisonError::into_inner);
        while !*self.over() {
            match pipe.recv_timeout(TURN) {
                Ok(bytes) => typing.take(&bytes, &heard),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn over(&self) -> MutexGuard<'_, bool> {
        self.over.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What comes from stdin, read by one thread for all who listen, one after the other: a read cannot be called off, and
/// what it brings late is the next one's.
fn pipe() -> &'static Mutex<Receiver<Vec<u8>>> {
    static PIPE: OnceLock<Mutex<Receiver<Vec<u8>>>> = OnceLock::new();
    PIPE.get_or_init(|| {
        let (sender, receiver) = sync_channel(1);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = io::stdin().read(&mut bytes) {
                let bytes = bytes.get(..read).unwrap_or_default();
                if sender.send(bytes.to_owned()).is_err() {
                    return;
                }
            }
        });
        Mutex::new(receiver)
    })
}

fn stroke(event: InputRecord) -> Option<Stroke> {
    let InputRecord::KeyEvent(event) = event else {
        return None;
    };
    Some(Stroke {
        down: event.key_down,
        key: event.virtual_key_code,
        unit: event.u_char,
        repeated: event.repeat_count,
    })
}
