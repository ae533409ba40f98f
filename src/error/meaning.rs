//! What each module's error means to the caller: its kind, and the next step.

mod authorization;
mod backchannel;

use super::{Error, ErrorKind};
use crate::adapters::access_api::ApiError;
use crate::adapters::api_key::ApiKeyError;
use crate::adapters::browser::BrowserError;
use crate::adapters::cone::ConeError;
use crate::adapters::credentials::CredentialError;
use crate::adapters::device_login::DeviceError;
use crate::adapters::files::PrivateFileError;
use crate::adapters::http::HttpError;
use crate::adapters::loopback::LoopbackError;
use crate::adapters::token_endpoint::TokenError;
use crate::config::ConfigError;
use crate::config::preset::{self, Place};
use crate::domain::no_proof;
use crate::oidc::callback::CallbackError;
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::id_token::IdTokenError;
use crate::oidc::jose::NotJws;
use crate::oidc::redemption::RedeemError;
use crate::oidc::userinfo::UserInfoError;

const UNTRUSTED: &str =
    "nothing was approved; if it happens again, show this to whoever runs your identity provider";
/// Whoever runs an installed binary has no README at hand.
const FIRST_PROFILE: &str =
    "`stepup login TENANT` makes one; `stepup config path` says where the configuration is";
const FIRST_ENTRY: &str =
    "`stepup provider add PRESET` makes one; `stepup provider presets` shows which there are";
const LATER: &str = "nothing was approved; try again later";

impl From<HttpError> for Error {
    fn from(error: HttpError) -> Self {
        let (kind, hint) = match &error {
            HttpError::InsecureUrl(_) => (ErrorKind::Usage, "use the https address"),
            HttpError::CaFile { .. } => (
                ErrorKind::Usage,
                "`ca_file` names a PEM file with the certificates to trust beside the system's",
            ),
            HttpError::ProxySetting(_) => (
                ErrorKind::Usage,
                "write it as `http://host:port` or `socks5h://host:port`, or unset it; hosts that need no proxy stand in `NO_PROXY`",
            ),
            HttpError::Proxy { reason, .. } if reason.contains("407") => (
                ErrorKind::Failed,
                "put them into the variable: `http://user:password@host:port`, with `%40` for an `@` in them",
            ),
            HttpError::Proxy { .. } => (
                ErrorKind::Failed,
                "check the variable, and whether the proxy runs; hosts that need no proxy stand in `NO_PROXY`",
            ),
            HttpError::HostNotFound(_) => (
                ErrorKind::Failed,
                "check the spelling in the configuration, and the network",
            ),
            HttpError::Connect { .. } => (
                ErrorKind::Failed,
                "check that the server runs and that no firewall or proxy is in the way",
            ),
            HttpError::Tls { .. } => (
                ErrorKind::Failed,
                "if a private authority signed the certificate, name its file with `ca_file`, or install it in the system",
            ),
            HttpError::Timeout { .. } => (
                ErrorKind::Failed,
                "try again, with `--http-timeout` if the network is slow",
            ),
            HttpError::TooLarge { .. } | HttpError::Broken { .. } => {
                (ErrorKind::Failed, "try again later")
            }
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        let (kind, hint) = match error {
            ApiError::Http(error) => return error.into(),
            ApiError::Token(error) => return error.into(),
            ApiError::SignedOut(_) => (ErrorKind::SignedOut, "sign in again with `stepup login`"),
            ApiError::OtherProof => (
                ErrorKind::Untrusted,
                "nothing was approved; this is a fault of stepup, please report it",
            ),
            ApiError::OtherTask { .. } => (
                ErrorKind::Untrusted,
                "nothing was submitted; show this to whoever runs the API",
            ),
            ApiError::Challenge(_) => (
                ErrorKind::Failed,
                "this is a fault of the API; show it to whoever runs it",
            ),
            ApiError::Forbidden(_) | ApiError::Refused(_) => (
                ErrorKind::Refused,
                "look at the task with `stepup task show`",
            ),
            ApiError::NotFound(_) => (
                ErrorKind::Refused,
                "check the number; `stepup task list` shows what waits for you",
            ),
            ApiError::BadId(_) => (
                ErrorKind::Usage,
                "a task has a number like `4211`, or an id of 27 letters and digits",
            ),
            ApiError::TooMany(_) => (ErrorKind::Failed, "wait a minute, then try again"),
            ApiError::Server { .. } | ApiError::Unreadable(_) => {
                (ErrorKind::Failed, "try again later")
            }
            ApiError::WebPage { ref page, .. } | ApiError::Redirect { ref page, .. } => {
                let hint = gateway(page);
                return Self::new(ErrorKind::Failed, error.to_string())
                    .hint(hint)
                    .caused_by(error);
            }
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

/// providers.md A12: what a gateway shows is a browser's to read.
pub(crate) fn gateway(page: &str) -> String {
    format!(
        "a web gateway may sit in front of the API, or `api_url` is wrong; approve in the browser: {page}"
    )
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        let (kind, hint) = match error {
            TokenError::Http(error) => return error.into(),
            TokenError::Refused { .. } => (
                ErrorKind::SignedOut,
                "the credential may have expired or been revoked: sign in again with `stepup login`",
            ),
            TokenError::NotExchanged(_) => (
                ErrorKind::SignedOut,
                "get a fresh OIDC token: its `aud` must hold the tenant's domain, its `iat` be under ten minutes old, and the service principal must trust its issuer",
            ),
            TokenError::NotBearer(_) => (
                ErrorKind::SignedOut,
                "the key demands proof of possession (DPoP); make an API key without that demand, and `stepup login` with it",
            ),
            TokenError::TooMany => (ErrorKind::Failed, "wait a minute, then try again"),
            TokenError::Status(_) | TokenError::Unreadable => (
                ErrorKind::Failed,
                "check the API's address, and try again later",
            ),
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

impl From<DeviceError> for Error {
    fn from(error: DeviceError) -> Self {
        let (kind, hint) = match error {
            DeviceError::Token(TokenError::Refused { ref code, .. })
                if ["invalid_client", "unauthorized_client"].contains(&code.as_str()) =>
            {
                (ErrorKind::Usage, "check `login_client_id`")
            }
            DeviceError::Token(error) => return error.into(),
            DeviceError::NoAddress => (
                ErrorKind::Failed,
                "check the API's address; `--client-id` and `--client-secret-stdin` sign in without a browser",
            ),
            DeviceError::Declined | DeviceError::Expired => (
                ErrorKind::Incomplete,
                "nothing was kept; run the command again when you are ready",
            ),
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

impl From<ApiKeyError> for Error {
    fn from(error: ApiKeyError) -> Self {
        Self::new(ErrorKind::Usage, error.to_string())
            .hint("copy both halves of the API key as C1 shows them")
            .caused_by(error)
    }
}

impl From<ConeError> for Error {
    fn from(error: ConeError) -> Self {
        Self::new(ErrorKind::Usage, error.to_string())
            .hint("repair it, or sign in with `stepup login`")
            .caused_by(error)
    }
}

impl From<DiscoveryError> for Error {
    fn from(error: DiscoveryError) -> Self {
        let (kind, hint) = match error {
            DiscoveryError::Http(error) => return error.into(),
            DiscoveryError::Status { status: 500.., .. } => (ErrorKind::Failed, LATER),
            DiscoveryError::Status { .. } | DiscoveryError::NotMetadata { .. } => (
                ErrorKind::Failed,
                "check `issuer` in the provider entry: its address plus `/.well-known/openid-configuration` must be the provider's metadata",
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
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
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
            } => provider_refusal(Place::Token, code, description.as_deref()),
            RedeemError::Unreadable(_) => (ErrorKind::Failed, LATER),
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
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

impl From<UserInfoError> for Error {
    fn from(error: UserInfoError) -> Self {
        let (kind, hint) = match error {
            UserInfoError::Http(error) => return error.into(),
            UserInfoError::Status(404 | 410) => (
                ErrorKind::Failed,
                "nothing was approved; the provider's administrator has to correct `userinfo_endpoint` in its metadata, or put the claim into the ID token",
            ),
            UserInfoError::Status(_) | UserInfoError::Unreadable(_) | UserInfoError::Keys(_) => (
                ErrorKind::Failed,
                "nothing was approved; try again later, or have the provider's administrator put the claim into the ID token",
            ),
            UserInfoError::NoSubject
            | UserInfoError::AnotherSubject
            | UserInfoError::Algorithm { .. }
            | UserInfoError::Header(_)
            | UserInfoError::Signature
            | UserInfoError::Issuer { .. }
            | UserInfoError::Audience { .. } => (ErrorKind::Untrusted, UNTRUSTED),
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
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
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

/// What a provider's answer means (B9.25, B12.2), by the table of providers.md P4.
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
            "nothing was approved; run the command again, and show the reason to whoever runs the API if it comes back",
        ),
        |row| (row.kind, row.hosted_hint()),
    )
}

impl From<IdTokenError> for Error {
    fn from(error: IdTokenError) -> Self {
        let (kind, hint) = match &error {
            IdTokenError::Keys(_) => (ErrorKind::Failed, LATER),
            IdTokenError::Unreadable(NotJws::Encrypted) => (
                ErrorKind::Usage,
                "nothing was approved; the provider's administrator has to switch off encryption of ID tokens for this client (`id_token_encrypted_response_alg`): they travel over TLS from the provider itself",
            ),
            IdTokenError::Expired { .. }
            | IdTokenError::NotYetValid { .. }
            | IdTokenError::IssuedInFuture { .. }
            | IdTokenError::IssuedBefore { .. } => (
                ErrorKind::Untrusted,
                "nothing was approved; compare this machine's clock with the provider's, `skew` in the provider entry tolerates up to 300 s",
            ),
            IdTokenError::Algorithm { .. } => (
                ErrorKind::Untrusted,
                "nothing was approved; if the provider is set to this algorithm on purpose, name it in `id_token_algs` (never `none` or HS*)",
            ),
            IdTokenError::Issuer { got, .. } if got.contains("://sts.windows.net/") => (
                ErrorKind::Untrusted,
                "nothing was approved; it is a token of Entra's version 1: have the application's manifest ask for version 2, and give the issuer that ends with `/v2.0`",
            ),
            _ => (ErrorKind::Untrusted, UNTRUSTED),
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}

impl From<LoopbackError> for Error {
    fn from(error: LoopbackError) -> Self {
        Self::new(ErrorKind::Failed, error.to_string())
            .hint("nothing was approved; free one of the ports, or register another one and add it to `ports`")
            .caused_by(error)
    }
}

impl From<BrowserError> for Error {
    fn from(error: BrowserError) -> Self {
        Self::new(ErrorKind::Usage, error.to_string())
            .hint("write `--browser` as a command, such as `--browser \"firefox --private-window %s\"`")
            .caused_by(error)
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        let did_you_mean = |suggestion: &Option<String>| {
            suggestion
                .as_ref()
                .map(|name| format!("did you mean `{name}`?"))
        };
        let known = |names: &[String]| Some(format!("there is: `{}`", names.join("`, `")));
        let hint = match &error {
            ConfigError::UnknownKey { suggestion, .. }
            | ConfigError::UnknownValue { suggestion, .. } => did_you_mean(suggestion),
            ConfigError::UnknownProfile { known, .. } if known.is_empty() => Some(FIRST_PROFILE.into()),
            ConfigError::UnknownEntry { known, .. } if known.is_empty() => Some(FIRST_ENTRY.into()),
            ConfigError::UnknownProfile { suggestion, known: names, .. }
            | ConfigError::UnknownEntry { suggestion, known: names, .. } => {
                did_you_mean(suggestion).or_else(|| known(names))
            }
            ConfigError::ManyProfiles { .. } => {
                Some("choose one with `--profile`, or set `default_profile`".into())
            }
            ConfigError::Unlinked { .. } | ConfigError::NotForApi { .. } => Some(link(&error)),
            ConfigError::ForeignEntry { name, api, .. } => Some(format!(
                "nothing was approved: a token of `{name}` could be used at its own API; show this to whoever runs `{api}`. If that is the same API under another address, `stepup provider edit {name} --api-origin {api}`"
            )),
            ConfigError::ManyEntries { .. } => Some(
                "choose one with `--provider`, or list the step's provider id in its `c1_provider_ids`".into(),
            ),
            ConfigError::NoProfile => Some(FIRST_PROFILE.into()),
            ConfigError::NoEntry => Some(FIRST_ENTRY.into()),
            ConfigError::Tampered(tampering) => Some(format!(
                "it decides where your tokens go; look at it, then `{}`",
                tampering.remedy()
            )),
            ConfigError::NoProof { .. } => Some(no_proof::INSTEAD.into()),
            ConfigError::SecretKey { .. } => Some(
                "remove it from the file, and store it with `stepup login --token-stdin` or in the keyring".into(),
            ),
            ConfigError::NotForOrigin { .. } => {
                Some("list it in the entry's `request_origins`, or choose another entry with `--provider`".into())
            }
            ConfigError::ForRequests { .. } => {
                Some("choose another entry with `--provider`; `stepup provider list` shows them".into())
            }
            ConfigError::OtherEntry { mapped, .. } => {
                Some(format!("leave `--provider` out, or use `--provider {mapped}`"))
            }
            ConfigError::NotThere { .. }
            | ConfigError::NotInFolder { .. }
            | ConfigError::NoHome
            | ConfigError::Unreadable { .. } => {
                Some("`--config` takes a file, or a folder that holds `config.toml`".into())
            }
            _ => None,
        };
        let hint = hint.unwrap_or_else(|| {
            "correct that line; README.md lists every key and what it takes".into()
        });
        let kind = match &error {
            ConfigError::ForeignEntry { .. } => ErrorKind::Untrusted,
            _ => ErrorKind::Usage,
        };
        Self::new(kind, error.to_string()).hint(hint)
    }
}

/// How an entry comes to belong to an API: in the configuration, or for one run by a name that is typed.
fn link(error: &ConfigError) -> String {
    match error {
        ConfigError::Unlinked { profile: Some(profile), known, named, .. } => {
            let name = match known.as_slice() {
                [only] => only.as_str(),
                _ => "NAME",
            };
            format!("if this API may have the entry's tokens, say so once: {}", set_provider(named, name, profile))
        }
        ConfigError::NotForApi { profile: Some(profile), name, apis, .. } if apis.is_empty() => {
            format!("if this API may have the entry's tokens, say so once: {}", set_provider(&[], name, profile))
        }
        ConfigError::NotForApi { profile: Some(_), .. } => {
            "an entry's tokens go to its own APIs only: choose another with `--provider`, or make one with a client of its own for this API".to_owned()
        }
        _ => "the address is no configured profile's: name the entry whose tokens may go there with the flag `--provider NAME` (the variable `STEPUP_PROVIDER` is not enough), or list the address for good with `stepup provider edit NAME --api-origin ORIGIN`".to_owned(),
    }
}

/// The command that lets a profile name an entry beside those that it names already.
fn set_provider(named: &[String], name: &str, profile: &str) -> String {
    let all: Vec<&str> = named.iter().map(String::as_str).chain([name]).collect();
    match all.as_slice() {
        [only] => format!("`stepup config set provider {only} --profile {profile}`"),
        all => format!(
            "`stepup config set provider \"{}\" --profile {profile}`",
            all.join(" ")
        ),
    }
}

impl From<CredentialError> for Error {
    fn from(error: CredentialError) -> Self {
        let (kind, hint) = match &error {
            CredentialError::NotStored { name, .. } if name.starts_with("client-secret/") => (
                ErrorKind::Usage,
                "the entry's `client_auth` wants a client secret or key: store it with `stepup config set-secret`, or use a public client (`client_auth = \"none\"`)",
            ),
            CredentialError::NotStored { .. } => (
                ErrorKind::SignedOut,
                "sign in with `stepup login` (or `stepup login --token-stdin`), or set `STEPUP_API_TOKEN` for one run",
            ),
            CredentialError::WithoutOrigin { older, origin, .. } => {
                let profile = older.trim_start_matches("api/");
                let hint = format!(
                    "if it is for that API, say so once: `stepup login {origin} --adopt --profile {profile}`; else sign in there with `stepup login`"
                );
                return Self::new(ErrorKind::Usage, error.to_string())
                    .hint(hint)
                    .caused_by(error);
            }
            CredentialError::KeyringHangs { .. } | CredentialError::KeyringLocked { .. } => (
                ErrorKind::SignedOut,
                "unlock the keyring, or set `STEPUP_API_TOKEN` for one run",
            ),
            CredentialError::NoKeyring { .. } => (
                ErrorKind::SignedOut,
                "on a machine without a keyring choose a file: `store = \"file\"` and `stepup login --store file`; or set `STEPUP_API_TOKEN` for one run",
            ),
            CredentialError::Keyring { .. } => (
                ErrorKind::Failed,
                "set `STEPUP_API_TOKEN` for one run, or choose `store = \"file\"`",
            ),
            CredentialError::File(PrivateFileError::Exposed { remedy, .. }) => {
                let hint = format!(
                    "if nobody else has read it, `{remedy}`; else replace the credential too"
                );
                return Self::new(ErrorKind::Usage, error.to_string())
                    .hint(hint)
                    .caused_by(error);
            }
            CredentialError::File(PrivateFileError::Tampered(tampering)) => {
                return Self::new(ErrorKind::Usage, error.to_string())
                    .hint(format!("close it with `{}`", tampering.remedy()))
                    .caused_by(error);
            }
            CredentialError::File(_) | CredentialError::Damaged { .. } => (
                ErrorKind::Usage,
                "repair it, or remove it and run `stepup login --store file` again",
            ),
        };
        Self::new(kind, error.to_string())
            .hint(hint)
            .caused_by(error)
    }
}
