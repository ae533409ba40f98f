//! What the listener has to know about the attempt that is under way, and what it tells of it.

use super::callback::{CallbackParameters, Repeated};

/// What the listener must know about the attempt that is under way.
pub(crate) struct ServeOptions {
    /// Begins a sign-in for one visit to the start page; `None` if there is no way on.
    pub(crate) begin: Box<dyn Fn() -> Option<Begun> + Send + Sync>,
    /// The state of a sign-in that was begun without the start page, in whatever browser.
    pub(crate) elsewhere: Option<String>,
    /// Whether a browser may open the start page after another one did. Only where somebody can be asked whose
    /// sign-in counts.
    pub(crate) several: bool,
    /// What the person is doing, shown on the pages: "approve task 4211".
    pub(crate) title: String,
}

/// A sign-in that begins with a visit to the start page.
pub(crate) struct Begun {
    /// Where the browser is sent.
    pub(crate) address: String,
    /// The state that a genuine callback carries; `None` where no callback is waited for.
    pub(crate) state: Option<String>,
}

/// Something that happened while waiting.
#[derive(Debug)]
pub(crate) enum LoopbackEvent {
    /// A browser fetched the start page, and is on its way to the provider. Sent once.
    Opened,
    /// A browser other than the first fetched the start page: an answer may be somebody else's sign-in.
    AnotherBrowser,
    /// The genuine callback: right path, right host, the state and the cookie of one visit. Sent at most once.
    Callback(CallbackParameters),
    /// A callback with the right state that says something twice (B4.6): end the wait as untrusted.
    Repeated(Repeated),
    /// After [`LoopbackEvent::AnotherBrowser`]: an answer that is no success. Its own visit has ended, and the wait goes on.
    Ended(Result<CallbackParameters, Repeated>),
    /// Something the person should hear about. The wait goes on.
    Hint(String),
    /// The person wants no more of it: end the wait as declined.
    Quit,
}
