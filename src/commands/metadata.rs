//! A provider's metadata against its entry: what does not fit is found when the entry is written or by
//! `doctor`, not at the first approval (providers.md, P5).

mod checks;
mod layout;

pub(super) use layout::Layout;

use super::Context;
use crate::adapters::http::Http;
use crate::config::ProviderEntry;
use crate::error::{Error, ErrorKind};
use crate::oidc::discovery::{Metadata, discover};
use crate::oidc::id_token::IdTokenError;
use crate::oidc::keys::KeySource;

/// How a check ended. The order is that of badness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
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
    pub(super) const fn word(self) -> &'static str {
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
pub(super) struct Finding {
    pub(super) check: &'static str,
    pub(super) grade: Grade,
    pub(super) says: String,
    pub(super) hint: Option<String>,
    /// What a failure means to the caller.
    pub(super) kind: ErrorKind,
}

impl Finding {
    pub(super) fn new(check: &'static str, grade: Grade, says: impl Into<String>) -> Self {
        Self {
            check,
            grade,
            says: says.into(),
            hint: None,
            kind: ErrorKind::Failed,
        }
    }

    /// A check that ended with an error.
    pub(super) fn failed(check: &'static str, error: &Error) -> Self {
        Self {
            hint: error.hints().first().cloned(),
            kind: error.kind(),
            ..Self::new(check, Grade::Fail, error.message())
        }
    }

    pub(super) fn ok(check: &'static str, says: impl Into<String>) -> Self {
        Self::new(check, Grade::Ok, says)
    }

    pub(super) const fn kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The client for an entry's provider, which may have certificates of its own.
pub(super) fn http_for(context: &Context, entry: &ProviderEntry) -> Result<Http, Error> {
    Ok(match &entry.ca_file {
        Some(ca_file) => context.http.trusting(ca_file)?,
        None => context.http.clone(),
    })
}

/// Reads the metadata and the keys and says of everything in them whether it fits. The error is one of
/// reading the former: the issuer's spelling, a missing endpoint, no S256.
pub(super) fn examine(http: &Http, entry: &ProviderEntry) -> Result<Vec<Finding>, Error> {
    let metadata = discover(http, &entry.issuer)?;
    let read = [
        Finding::ok(
            "issuer",
            format!("`{}`, spelled as the provider does", entry.issuer),
        ),
        Finding::ok("endpoints", "all there; https, or this machine's own"),
    ];
    Ok(read
        .into_iter()
        .chain(checks::all(entry, &metadata))
        .chain([keys(http, entry, &metadata)])
        .collect())
}

/// Whether there is a key that a signature could be checked with (B9.12).
fn keys(http: &Http, entry: &ProviderEntry, metadata: &Metadata) -> Finding {
    let check = "keys";
    let keys = match KeySource::fetching(http, metadata.jwks_uri().as_str()).keys() {
        Ok(keys) => keys,
        Err(error) => {
            let error = Error::from(IdTokenError::from(error));
            return Finding::failed(check, &error);
        }
    };
    match keys.usable(&entry.id_token_algs) {
        0 => Finding::new(
            check,
            Grade::Fail,
            "the provider publishes no key for an algorithm that the entry accepts",
        )
        .hint("its administrator has to publish the signing keys, or the entry's `id_token_algs` to name the algorithm"),
        1 => Finding::ok(check, "1 is published"),
        some => Finding::ok(check, format!("{some} are published")),
    }
}
