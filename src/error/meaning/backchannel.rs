//! What it means that nobody was authenticated by the backchannel (B13.5 to B13.8).

use super::super::{Error, ErrorKind};
use super::{LATER, provider_refusal, token_refusal};
use crate::oidc::backchannel::BackchannelError;

const CLIENT: &str = "compare `client_auth` with the registration, and keep the secret or key anew with `stepup config set-secret`";

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
                refused(code, description.as_deref())
            }
            BackchannelError::Status(_) | BackchannelError::Unreadable(_) => {
                (ErrorKind::Failed, LATER)
            }
            BackchannelError::TooShort { .. } => (
                ErrorKind::Usage,
                "wait longer with `--timeout`; if the provider's own limit is the shorter one, its administrator has to change it",
            ),
            BackchannelError::Declined(_) => (
                ErrorKind::Incomplete,
                "nothing was approved; if it was not you who refused, tell your security team; else run the command again",
            ),
            BackchannelError::Expired => (
                ErrorKind::Incomplete,
                "nothing was approved; run the command again with the device at hand, and with more time if need be: `--timeout 10m`",
            ),
            BackchannelError::Ended { code, description } => ended(code, description.as_deref()),
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

/// B13.8. At this endpoint a refusal is about the client or the person; nobody was asked yet.
fn refused(code: &str, description: Option<&str>) -> (ErrorKind, &'static str) {
    match code {
        "unknown_user_id" => (
            ErrorKind::Usage,
            "say with `--login-hint` how the provider knows you",
        ),
        "invalid_request" => (
            ErrorKind::Usage,
            "compare the provider entry with the client's registration; some providers say so of a person whom they do not know: try `--login-hint`",
        ),
        "invalid_scope" => (
            ErrorKind::Usage,
            "the provider's administrator has to allow the scope `openid`, and those of the entry, for this client",
        ),
        "unauthorized_client" => (
            ErrorKind::Usage,
            "the provider's administrator has to allow the grant `urn:openid:params:grant-type:ciba` for this client",
        ),
        "invalid_client" => (ErrorKind::Usage, CLIENT),
        "missing_user_code" | "invalid_user_code" => (
            ErrorKind::Usage,
            "stepup sends no user code: the provider's administrator has to switch it off for this client",
        ),
        "invalid_binding_message" => (
            ErrorKind::Usage,
            "the provider does not take a message of letters, digits and `-`, at most 20 of them; without one nobody knows what they allow, so nothing was asked",
        ),
        "expired_login_hint_token" => (
            ErrorKind::Failed,
            "stepup sends no such token; show this to whoever runs your identity provider",
        ),
        "access_denied" => (
            ErrorKind::Refused,
            "a policy of the provider, or the kind of client, forbids it (Okta: a web application with a custom authenticator); ask its administrator",
        ),
        code => provider_refusal(code, description),
    }
}

/// B13.7: that request is over, whatever the reason; a new one may work.
fn ended(code: &str, description: Option<&str>) -> (ErrorKind, &'static str) {
    match code {
        "invalid_grant" => (
            ErrorKind::Failed,
            "nothing was approved; the request is no longer good: run the command again",
        ),
        "invalid_client" => (ErrorKind::Usage, CLIENT),
        "transaction_failed" => (ErrorKind::Failed, LATER),
        code => token_refusal(code, description),
    }
}
