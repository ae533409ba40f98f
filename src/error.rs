//! What went wrong, as the person or script at the other end needs it: a kind (which is an exit code),
//! one sentence, and what to do next. Only the words for it: which of them fits an error is said in `meaning`.

mod same_api;

use std::fmt;

pub(crate) use same_api::SameApi;

/// What the caller should do next. Maps one-to-one to an exit code, but for signals, whose codes are the system's; neither
/// ever changes meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// Network, API or provider trouble: retry later.
    Failed,
    /// Fix flags or configuration.
    Usage,
    /// Authenticated, but not strongly or recently enough.
    Unmet,
    /// No valid API credential: `stepup login`.
    SignedOut,
    /// State, issuer, nonce, signature, audience or person did not match: stop and look.
    Untrusted,
    /// Declined, closed, or timed out: run again.
    Incomplete,
    /// The API said no: not your step, already settled, comment missing.
    Refused,
    /// Accepted, but not confirmed before the wait ended.
    Pending,
    /// Several tasks with mixed results.
    Partial,
    /// By Ctrl-C or another signal; nothing was submitted, or what was is said.
    Interrupted(Signal),
}

/// What asked the command to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGINT: Ctrl-C.
    #[default]
    Interrupt,
    /// SIGTERM: a service manager, a pipeline's time limit.
    #[cfg_attr(windows, expect(dead_code, reason = "Windows sends none"))]
    Terminate,
    /// SIGHUP: the terminal was closed.
    #[cfg_attr(windows, expect(dead_code, reason = "Windows sends none"))]
    HangUp,
}

impl Signal {
    /// The exit status that shells and service managers know it by: 128 and its number.
    const fn exit_code(self) -> u8 {
        match self {
            Self::Interrupt => 130,
            Self::Terminate => 143,
            Self::HangUp => 129,
        }
    }
}

impl ErrorKind {
    /// Every kind, in the order of the exit codes.
    pub(crate) const ALL: [Self; 10] = [
        Self::Failed,
        Self::Usage,
        Self::Unmet,
        Self::SignedOut,
        Self::Untrusted,
        Self::Incomplete,
        Self::Refused,
        Self::Pending,
        Self::Partial,
        Self::Interrupted(Signal::Interrupt),
    ];

    /// The process exit status.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Unmet => 3,
            Self::SignedOut => 4,
            Self::Untrusted => 5,
            Self::Incomplete => 6,
            Self::Refused => 7,
            Self::Pending => 8,
            Self::Partial => 9,
            Self::Interrupted(signal) => signal.exit_code(),
        }
    }

    /// What the caller should do, as the manual page and the guide say it.
    pub(crate) const fn advice(self) -> &'static str {
        match self {
            Self::Failed => "Network, API or provider trouble: retry later.",
            Self::Usage => "Fix flags or configuration.",
            Self::Unmet => {
                "Authenticated, but not strongly or recently enough: use a stronger factor."
            }
            Self::SignedOut => "No valid API credential: run `stepup login`.",
            Self::Untrusted => {
                "State, issuer, nonce, signature, audience or person did not match, or the task changed with its approval: stop and look."
            }
            Self::Incomplete => "Declined, closed, or timed out: run again.",
            Self::Refused => {
                "The API or `stepup` said no: not your step, already settled, comment missing, the task changed after it was shown."
            }
            Self::Pending => {
                "Accepted (outcome `accepted`), but the task does not show it yet, or `--wait` ended before it was closed: look again."
            }
            Self::Partial => "Several tasks with mixed results, a line for each.",
            Self::Interrupted(_) => {
                "Ctrl-C; 143 by SIGTERM, 129 by SIGHUP (the terminal was closed). What was submitted, if anything, is printed."
            }
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::Unmet => "unmet",
            Self::SignedOut => "signed-out",
            Self::Untrusted => "untrusted",
            Self::Incomplete => "incomplete",
            Self::Refused => "refused",
            Self::Pending => "pending",
            Self::Partial => "partial",
            Self::Interrupted(_) => "interrupted",
        }
    }
}

/// What became of what was to be done, as an error that ended it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Became {
    /// It says nothing of that: nothing was done, unless more is known elsewhere.
    #[default]
    Untold,
    /// Nothing was done.
    Nothing,
    /// Nobody knows.
    Unknown,
    /// It is done, by somebody else's hand.
    Done,
}

/// An error as it is reported: kind, sentence (lower case, no full stop, values in backticks), hints.
///
/// Text that came from outside may be inside the sentence; the terminal strips control characters when
/// it prints. Never put a token, code, verifier, nonce or state in here.
#[derive(Debug)]
pub(crate) struct Error {
    kind: ErrorKind,
    message: String,
    hints: Vec<String>,
    task: Option<String>,
    became: Became,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hints: Vec::new(),
            task: None,
            became: Became::Untold,
            source: None,
        }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Failed, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    pub(crate) fn unmet(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unmet, message)
    }

    pub(crate) fn untrusted(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Untrusted, message)
    }

    pub(crate) fn incomplete(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Incomplete, message)
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, message)
    }

    pub(crate) fn pending(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Pending, message)
    }

    /// Adds a next step.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// It says itself that nothing was done.
    #[must_use]
    pub(crate) const fn says_the_state(self) -> Self {
        self.became(Became::Nothing)
    }

    /// What became of what was to be done, which its sentence or a hint says: nothing has to be added.
    #[must_use]
    pub(crate) const fn became(mut self, became: Became) -> Self {
        self.became = became;
        self
    }

    /// The error in other words, where this became of what was to be done, and neither its sentence nor its hints are true.
    #[must_use]
    pub(crate) fn restated(self, kind: ErrorKind, message: String, became: Became) -> Self {
        Self {
            kind,
            message,
            hints: Vec::new(),
            became,
            ..self
        }
    }

    /// Says what is true of what was to be done ("nothing was approved") before the first next step, unless that is said
    /// already.
    #[must_use]
    pub(crate) fn with_the_state(mut self, state: &str) -> Self {
        if self.became != Became::Untold {
            return self;
        }
        match self.hints.first_mut() {
            Some(first) => *first = format!("{state}; {first}"),
            None => self.hints.push(state.to_owned()),
        }
        self.says_the_state()
    }

    /// Completes the commands in its hints, so that they are about this API.
    #[must_use]
    pub(crate) fn about(mut self, api: &SameApi) -> Self {
        self.hints = self.hints.iter().map(|hint| api.completed(hint)).collect();
        self
    }

    /// Says which task it was about, by number or id, unless that is said already.
    #[must_use]
    pub(crate) fn of_task(mut self, task: &str) -> Self {
        self.task.get_or_insert_with(|| task.to_owned());
        self
    }

    /// An error of this kind in the words of its cause, which is kept.
    pub(crate) fn of(
        kind: ErrorKind,
        cause: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self::new(kind, cause.to_string()).caused_by(cause)
    }

    /// Keeps the cause, shown under `--verbose`.
    #[must_use]
    pub(crate) fn caused_by(
        mut self,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    pub(crate) const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What became of what was to be done, as far as it says.
    pub(crate) const fn outcome(&self) -> Became {
        self.became
    }

    /// The sentence.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The task that it was about, if it was about one.
    pub(crate) fn task(&self) -> Option<&str> {
        self.task.as_deref()
    }

    /// What to do next, most useful first.
    pub(crate) fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}
