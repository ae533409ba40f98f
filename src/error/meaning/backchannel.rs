//! What it means that nobody was authenticated by the backchannel (B13.5 to B13.8).

use super::super::{Error, ErrorKind};
use super::{LATER, provider_refusal};
use crate::config::preset::Place;
use crate::oidc::backchannel::BackchannelError;

impl From<BackchannelError> for Error {
    fn from(error: BackchannelError) -> Self {
        let (kind, hint) = match &error {
            BackchannelError::Http(_) | BackchannelError::Token(_) => return carried(error),
            BackchannelError::NoEndpoint => (
                ErrorKind::Usage,
                "take `backchannel` out of the provider entry, to sign in with a browser; or let the provider's administrator switch CIBA on",
            ),
            BackchannelError::NoPoll(_) => (
                ErrorKind::Usage,
                "nothing here can be called by the provider: its administrator has to allow the token delivery mode `poll`",
            ),
            BackchannelError::NoProofAlgorithm(_) => (
                ErrorKind::Failed,
                "the provider's administrator has to allow ES256 for DPoP",
            ),
            BackchannelError::Refused { code, description } => {
                provider_refusal(Place::Backchannel, code, description.as_deref())
            }
            BackchannelError::Status(_) | BackchannelError::Unreadable(_) => {
                (ErrorKind::Failed, LATER)
            }
            BackchannelError::TooShort { .. } => (
                ErrorKind::Usage,
                "wait longer with `--timeout`; if the provider's own limit is the shorter one, its administrator has to change it",
            ),
            BackchannelError::Declined(description) => {
                provider_refusal(Place::Poll, "access_denied", description.as_deref())
            }
            BackchannelError::Expired => (
                ErrorKind::Incomplete,
                "nothing was approved; run the command again with the device at hand, and with more time if need be: `--timeout 10m`",
            ),
            BackchannelError::Ended { code, description } => {
                provider_refusal(Place::Poll, code, description.as_deref())
            }
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

fn carried(error: BackchannelError) -> Error {
    match error {
        BackchannelError::Http(error) => error.into(),
        BackchannelError::Token(error) => error.into(),
        other => Error::new(ErrorKind::Failed, other.to_string()).hint(LATER),
    }
}
