//! What a check found.

use crate::error::{Error, ErrorKind, SameApi};

/// How a check ended. The order is that of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::commands) enum Grade {
    /// As it should be.
    Ok,
    /// It cannot be checked from here; the person has to look.
    Manual,
    /// It may be trouble.
    Warn,
    /// It will not work.
    Fail,
}

impl Grade {
    /// The word of a line and of the document.
    pub(in crate::commands) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Manual => "manual",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// What one check found.
#[derive(Clone, Debug)]
pub(in crate::commands) struct Finding {
    pub(in crate::commands) check: &'static str,
    pub(in crate::commands) grade: Grade,
    pub(in crate::commands) says: String,
    pub(in crate::commands) hint: Option<String>,
    /// What a failure means to the caller.
    pub(in crate::commands) kind: ErrorKind,
}

impl Finding {
    pub(in crate::commands) fn new(
        check: &'static str,
        grade: Grade,
        says: impl Into<String>,
    ) -> Self {
        Self {
            check,
            grade,
            says: says.into(),
            hint: None,
            kind: ErrorKind::Failed,
        }
    }

    pub(in crate::commands) fn failed(check: &'static str, error: &Error) -> Self {
        Self {
            hint: (!error.hints().is_empty()).then(|| error.hints().join("; ")),
            kind: error.kind(),
            ..Self::new(check, Grade::Fail, error.message())
        }
    }

    /// The finding, with its hint about this API.
    pub(in crate::commands) fn about(self, api: &SameApi) -> Self {
        Self {
            hint: self.hint.map(|hint| api.completed(&hint)),
            ..self
        }
    }

    pub(in crate::commands) fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self::new(check, Grade::Ok, says)
    }

    pub(in crate::commands) const fn kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    pub(in crate::commands) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
