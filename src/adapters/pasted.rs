//! Lines that the person pastes while something else is waited for. They are not echoed, since what is
//! pasted here holds an authorization code; Ctrl-C works as always.
//!
//! Unix only so far: elsewhere nothing is listened for.

/// While this lives, lines are listened for. Dropping it gives the keyboard back.
pub struct Pasted {
    #[cfg(unix)]
    keyboard: std::sync::Arc<unix::Keyboard>,
}

impl Pasted {
    /// Calls `line` with each line that is typed or pasted, from another thread, until stdin ends.
    ///
    /// On a terminal nothing is echoed, and a line may be longer than the 4096 bytes at which terminals
    /// cut; from a pipe lines are read as they are.
    #[cfg(unix)]
    pub fn listen(line: impl Fn(String) + Send + 'static) -> Self {
        let keyboard = std::sync::Arc::new(unix::Keyboard::quieten());
        let listening = std::sync::Arc::clone(&keyboard);
        std::thread::spawn(move || listening.lines(line));
        Self { keyboard }
    }

    /// Listens for nothing.
    #[cfg(not(unix))]
    pub fn listen(_: impl Fn(String) + Send + 'static) -> Self {
        Self {}
    }

    /// Gives the keyboard back from elsewhere, such as on Ctrl-C.
    pub fn give_back(&self) -> impl FnOnce() + Send + use<> {
        #[cfg(unix)]
        let keyboard = std::sync::Arc::clone(&self.keyboard);
        move || {
            #[cfg(unix)]
            keyboard.give_back();
        }
    }
}

impl Drop for Pasted {
    fn drop(&mut self) {
        self.give_back()();
    }
}

#[cfg(unix)]
mod unix {
    use std::io::{self, IsTerminal};
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::getpgrp;
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

    /// Longest line taken, bytes; the rest is dropped with it.
    const LONGEST: usize = 64 * 1024;

    /// How often the reader looks whether it is still wanted: a read cannot be called off.
    const TURN: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 50_000_000,
    };

    /// A keyboard that is listened to, and how it was before.
    pub(super) struct Keyboard {
        before: Option<Termios>,
        given_back: AtomicBool,
    }

    impl Keyboard {
        /// A terminal neither echoes nor waits for whole lines from here on.
        pub(super) fn quieten() -> Self {
            let quieten = || {
                // A job in the background would be stopped for touching the terminal.
                if tcgetpgrp(io::stdin()).ok()? != getpgrp() {
                    return None;
                }
                let before = tcgetattr(io::stdin()).ok()?;
                let mut quiet = before.clone();
                quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON;
                tcsetattr(io::stdin(), OptionalActions::Now, &quiet).ok()?;
                Some(before)
            };
            let terminal = io::stdin().is_terminal();
            let before = terminal.then(quieten).flatten();
            Self {
                // A terminal that could not be made quiet is not read: it would show the code.
                given_back: AtomicBool::new(terminal && before.is_none()),
                before,
            }
        }

        /// As it was before. What was typed and not read is dropped: it may be a code.
        pub(super) fn give_back(&self) {
            if self.given_back.swap(true, Ordering::AcqRel) {
                return;
            }
            if let Some(before) = &self.before {
                // A terminal that went away needs nothing back.
                let _ = tcsetattr(io::stdin(), OptionalActions::Flush, before);
            }
        }

        /// Reads lines until the keyboard is given back or stdin ends.
        pub(super) fn lines(&self, line: impl Fn(String)) {
            let (mut text, mut bytes) = (Vec::new(), [0; 4096]);
            while !self.given_back.load(Ordering::Acquire) {
                let stdin = io::stdin();
                let mut ready = [PollFd::new(&stdin, PollFlags::IN)];
                match poll(&mut ready, Some(&TURN)) {
                    Ok(0) => continue,
                    Ok(_) => {}
                    Err(_) => return,
                }
                let Ok(read @ 1..) = rustix::io::read(&stdin, &mut bytes) else {
                    return;
                };
                for byte in bytes.iter().take(read) {
                    match byte {
                        b'\n' | b'\r' => {
                            line(String::from_utf8_lossy(&text).into_owned());
                            text.clear();
                        }
                        // Backspace, in both spellings.
                        8 | 127 => drop(text.pop()),
                        _ if text.len() < LONGEST => text.push(*byte),
                        _ => {}
                    }
                }
            }
        }
    }
}
