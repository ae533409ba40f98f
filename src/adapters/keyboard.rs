//! The keyboard while something else is waited for: keys that do something, and lines that are pasted.
//! Nothing is echoed, since what is pasted here holds an authorization code; Ctrl-C and Ctrl-Z work as
//! always, and Ctrl-\ as Ctrl-C.
//!
//! On Windows the console's events are read, so that what is typed is not echoed either; it has no Ctrl-Z and Ctrl-\.

#[cfg(any(windows, test))]
mod strokes;
mod typed;
mod typing;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub(crate) use typed::Typed;
#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

/// While this lives, the keyboard is listened to. Dropping it gives the terminal back as it was.
pub(crate) struct Keyboard {
    held: std::sync::Arc<system::Held>,
}

impl Keyboard {
    /// Calls `heard` with what is typed, from another thread, until stdin ends. `keys` are the letters that
    /// count when they are pressed alone; from a pipe none does. `addresses` says whether lines are taken
    /// beside keys; without keys they are. `None` where nothing can be listened for.
    ///
    /// On a terminal nothing is echoed, and a line may be longer than the 4096 bytes at which terminals
    /// cut. While the command runs in the background the terminal is left alone.
    pub(crate) fn listen(
        keys: &str,
        addresses: bool,
        heard: impl Fn(Typed) + Send + 'static,
    ) -> Option<Self> {
        let (held, woken) = system::Held::new().ok()?;
        let held = std::sync::Arc::new(held);
        let listening = std::sync::Arc::clone(&held);
        let typing = typing::Typing::new(if held.is_terminal() { keys } else { "" }, addresses);
        std::thread::Builder::new()
            .name("keyboard".into())
            .spawn(move || listening.listen(woken, typing, heard))
            .ok()?;
        Some(Self { held })
    }

    /// Whether anything could be heard: a terminal, a pipe or a file, and not `/dev/null`.
    pub(crate) fn can_listen() -> bool {
        system::can_listen()
    }

    /// Gives the keyboard back from elsewhere, such as on Ctrl-C.
    pub(crate) fn give_back(&self) -> impl FnOnce() + Send + use<> {
        let held = std::sync::Arc::clone(&self.held);
        move || held.give_back()
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.give_back()();
    }
}
