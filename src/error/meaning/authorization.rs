//! What it means that there is no authorization request.

use super::super::{Error, ErrorKind};
use super::{LATER, provider_refusal};
use crate::config::preset::Place;
use crate::oidc::authorization::AuthorizationError;
use crate::oidc::pushed::PushError;

impl From<AuthorizationError> for Error {
    fn from(error: AuthorizationError) -> Self {
        let (kind, hint) = match error {
            AuthorizationError::Push(PushError::Http(error)) => return error.into(),
            AuthorizationError::Push(ref error) => push(error),
            AuthorizationError::NoProofAlgorithm(_) => (
                ErrorKind::Failed,
                "the provider's administrator has to allow ES256 for DPoP",
            ),
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

fn push(error: &PushError) -> (ErrorKind, &'static str) {
    match error {
        PushError::NotOffered | PushError::Forbidden => (
            ErrorKind::Usage,
            "leave `par` out of the provider entry to follow the provider",
        ),
        PushError::Refused { code, description } => {
            provider_refusal(Place::Authorization, code, description.as_deref())
        }
        PushError::NoEndpoint
        | PushError::Http(_)
        | PushError::Status(_)
        | PushError::Unreadable(_) => (ErrorKind::Failed, LATER),
    }
}
