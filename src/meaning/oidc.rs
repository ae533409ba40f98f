//! What it means that the provider cannot be asked, or that its answer is not a success or not authentic. Its own words
//! are explained by the presets' table (`config::preset`).

use crate::adapters::http::HttpError;
use crate::config::preset::{self, Place};
use crate::error::{Error, ErrorKind};
use crate::oidc::authorization::AuthorizationError;
use crate::oidc::backchannel::BackchannelError;
use crate::oidc::callback::CallbackError;
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::id_token::IdTokenError;
use crate::oidc::jose::NotJws;
use crate::oidc::keys::KeysError;
use crate::oidc::pushed::PushError;
use crate::oidc::redeem_error::RedeemError;
use crate::oidc::userinfo::UserInfoError;

const LATER: &str = "try again later";

/// For what will be the same next time, as far as anybody can tell.
const AGAIN: &str = "if it happens again, show this to the administrator of the provider";
const UNTRUSTED: &str =
    "if it happens again, show this to the administrator of your identity provider";

impl From<KeysError> for Error {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::Http(error) => error.into(),
            error => Self::of(ErrorKind::Failed, error)
                .hint("look at what the URL of the provider's keys (`jwks_uri`) answers"),
        }
    }
}

impl From<DiscoveryError> for Error {
    fn from(error: DiscoveryError) -> Self {
        let (kind, hint) = match error {
            DiscoveryError::Http(error) => return error.into(),
            DiscoveryError::Status { status: 500.., .. } => (ErrorKind::Failed, LATER),
            DiscoveryError::Status { .. } | DiscoveryError::NotMetadata { .. } => (
                ErrorKind::Failed,
                "check `issuer` in the provider entry: that URL plus `/.well-known/openid-configuration` must be the provider's metadata",
            ),
            DiscoveryError::BadMember { .. } => (
                ErrorKind::Usage,
                "the provider's administrator has to correct its metadata; stepup reads only what it depends on",
            ),
            DiscoveryError::DetailsNotListed(_) => (
                ErrorKind::Usage,
                "the provider's administrator has to add the type, or take `authorization_details` out of the provider entry",
            ),
            DiscoveryError::IssuerDiffers { .. } => (
                ErrorKind::Untrusted,
                "if this is your provider, write `issuer` exactly as it spells itself, trailing slash included",
            ),
            DiscoveryError::NoAssertionAlgorithm(_) => (
                ErrorKind::Usage,
                "keep a key of another kind with `stepup config set-secret`, and register its public half",
            ),
            DiscoveryError::InsecureEndpoint { .. }
            | DiscoveryError::LocalEndpoint { .. }
            | DiscoveryError::NoTokenEndpoint
            | DiscoveryError::NoS256(_) => (
                ErrorKind::Untrusted,
                "stepup does not go on with such a provider; its administrator has to change that",
            ),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<AuthorizationError> for Error {
    fn from(error: AuthorizationError) -> Self {
        let (kind, hint) = match error {
            AuthorizationError::Push(PushError::Http(error)) => return error.into(),
            AuthorizationError::Push(ref error) => push(error),
            AuthorizationError::NoProofAlgorithm(_) => (
                ErrorKind::Failed,
                "the provider's administrator has to allow ES256 for DPoP",
            ),
            AuthorizationError::TooLong(_) => (
                ErrorKind::Usage,
                "so long a request has to be pushed: leave `par` out of the provider entry, and have the provider offer it; or take out `authorization_details`, which puts all that is approved into the URL",
            ),
        };
        Self::of(kind, error).hint(hint)
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
        PushError::Http(_) | PushError::Status(500..) => (ErrorKind::Failed, LATER),
        PushError::NoEndpoint | PushError::Status(_) | PushError::Unreadable(_) => {
            (ErrorKind::Failed, AGAIN)
        }
    }
}

impl From<BackchannelError> for Error {
    fn from(error: BackchannelError) -> Self {
        let (kind, hint) = match error {
            BackchannelError::Http(error) => return error.into(),
            BackchannelError::Token(error) => return error.into(),
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
            BackchannelError::Refused {
                ref code,
                ref description,
            } => provider_refusal(Place::Backchannel, code, description.as_deref()),
            BackchannelError::Status(500..) => (ErrorKind::Failed, LATER),
            BackchannelError::Status(_) | BackchannelError::Unreadable(_) => {
                (ErrorKind::Failed, AGAIN)
            }
            BackchannelError::TooShort { .. } => (
                ErrorKind::Usage,
                "wait longer with `--timeout`; if the provider's own limit is the shorter one, its administrator has to change it",
            ),
            BackchannelError::Declined(ref description) => {
                provider_refusal(Place::Poll, "access_denied", description.as_deref())
            }
            BackchannelError::Expired => (
                ErrorKind::Incomplete,
                "run the command again with the device at hand, and with more time if need be: `--timeout 10m`",
            ),
            BackchannelError::Ended {
                ref code,
                ref description,
            } => provider_refusal(Place::Poll, code, description.as_deref()),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<RedeemError> for Error {
    fn from(error: RedeemError) -> Self {
        let (kind, hint) = match error {
            RedeemError::Callback(error) => return error.into(),
            RedeemError::Http(error) => return error.into(),
            RedeemError::IdToken(error) => return error.into(),
            RedeemError::UserInfo(error) => return error.into(),
            RedeemError::Refused {
                ref code,
                ref description,
                ..
            } => provider_refusal(Place::Token, code, description.as_deref()),
            RedeemError::Unreadable(_) => (ErrorKind::Failed, AGAIN),
            RedeemError::NotGranted(_) => (ErrorKind::Untrusted, UNTRUSTED),
            RedeemError::NoIdToken => provider_refusal(Place::Token, "", Some(&error.to_string())),
            RedeemError::TokenType { wanted: "DPoP", .. } => (
                ErrorKind::Failed,
                "the provider's administrator has to switch on DPoP for this client; without it a stolen token would be of use",
            ),
            RedeemError::TokenType { .. } => (
                ErrorKind::Failed,
                "the provider's administrator has to switch off sender-constrained tokens for this client",
            ),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<UserInfoError> for Error {
    fn from(error: UserInfoError) -> Self {
        let (kind, hint) = match error {
            UserInfoError::Http(error) => return error.into(),
            UserInfoError::Status(404 | 410) => (
                ErrorKind::Failed,
                "the provider's administrator has to correct `userinfo_endpoint` in its metadata, or put the claim into the ID token",
            ),
            UserInfoError::Unreadable(_) => (
                ErrorKind::Failed,
                "if it happens again, have the provider's administrator put the claim into the ID token",
            ),
            UserInfoError::Status(_) | UserInfoError::Keys(_) => (
                ErrorKind::Failed,
                "try again later, or have the provider's administrator put the claim into the ID token",
            ),
            UserInfoError::NoSubject
            | UserInfoError::AnotherSubject
            | UserInfoError::Algorithm { .. }
            | UserInfoError::Header(_)
            | UserInfoError::Signature
            | UserInfoError::Issuer { .. }
            | UserInfoError::Audience { .. } => (ErrorKind::Untrusted, UNTRUSTED),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<CallbackError> for Error {
    fn from(error: CallbackError) -> Self {
        let (kind, hint) = match &error {
            CallbackError::State
            | CallbackError::Issuer { .. }
            | CallbackError::NoIssuer(_)
            | CallbackError::Repeated(_)
            | CallbackError::Empty => (ErrorKind::Untrusted, UNTRUSTED),
            CallbackError::Provider { code, description } => {
                provider_refusal(Place::Authorization, code, description.as_deref())
            }
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<IdTokenError> for Error {
    fn from(error: IdTokenError) -> Self {
        let (kind, hint) = match &error {
            IdTokenError::Keys(
                KeysError::Http(HttpError::TooLarge { .. } | HttpError::Coded { .. })
                | KeysError::NotKeys(_),
            ) => (ErrorKind::Failed, AGAIN),
            IdTokenError::Keys(_) => (ErrorKind::Failed, LATER),
            IdTokenError::Unreadable(NotJws::Encrypted) => (
                ErrorKind::Usage,
                "the provider's administrator has to switch off encryption of ID tokens for this client (`id_token_encrypted_response_alg`): they travel over TLS from the provider itself",
            ),
            IdTokenError::Expired { .. }
            | IdTokenError::NotYetValid { .. }
            | IdTokenError::IssuedInFuture { .. }
            | IdTokenError::IssuedBefore { .. } => (
                ErrorKind::Untrusted,
                "compare this machine's clock with the provider's, `skew` in the provider entry tolerates up to 300 s",
            ),
            IdTokenError::WeakKey { .. } => (
                ErrorKind::Untrusted,
                "the provider's administrator has to make a longer key",
            ),
            IdTokenError::Algorithm { .. } => (
                ErrorKind::Untrusted,
                "if the provider is set to this algorithm on purpose, name it: `stepup provider edit NAME --id-token-alg ALG` (`id_token_algs`; never `none` or HS*)",
            ),
            IdTokenError::Issuer { got, .. } if got.contains("://sts.windows.net/") => (
                ErrorKind::Untrusted,
                "it is a token of Entra's version 1: have the application's manifest ask for version 2, and give the issuer that ends with `/v2.0`",
            ),
            _ => (ErrorKind::Untrusted, UNTRUSTED),
        };
        Self::of(kind, error).hint(hint)
    }
}

/// What a provider's answer means (Core §3.1.2.6, B12.2), by the table of providers.md P4.
fn provider_refusal(
    place: Place,
    code: &str,
    description: Option<&str>,
) -> (ErrorKind, &'static str) {
    preset::explain(place, code, description)
        .map_or((ErrorKind::Failed, LATER), |row| (row.kind, row.hint))
}

/// What it means that a step-up failed which an API ran itself, by the API's own sentence: the same table, so
/// that a fault has one kind whoever asked the provider.
pub(crate) fn told_by_the_api(sentence: &str) -> (ErrorKind, &'static str) {
    preset::explain_told(sentence).map_or(
        (
            ErrorKind::Failed,
            "run the command again, and show the reason to the administrator of the API if it comes back",
        ),
        |row| (row.kind, row.hosted_hint()),
    )
}
