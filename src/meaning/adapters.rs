//! What the errors of the adapters mean: of the network, the API, the browser, and this machine.

use crate::adapters::access_api::ApiError;
use crate::adapters::api_key::ApiKeyError;
use crate::adapters::browser::BrowserError;
use crate::adapters::cone::ConeError;
use crate::adapters::credentials::{CredentialError, CredentialName, Owner};
use crate::adapters::device_login::DeviceError;
use crate::adapters::evidence_store::EvidenceError;
use crate::adapters::files::PrivateFileError;
use crate::adapters::http::HttpError;
use crate::adapters::journal::JournalError;
use crate::adapters::loopback::LoopbackError;
use crate::adapters::resource_metadata::ResourceError;
use crate::adapters::token_endpoint::TokenError;
use crate::error::{Error, ErrorKind};

impl From<HttpError> for Error {
    fn from(error: HttpError) -> Self {
        let (kind, hint) = match &error {
            HttpError::InsecureUrl(_) => (ErrorKind::Usage, "use the https URL"),
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
            HttpError::HostNotFound(_) => {
                (ErrorKind::Failed, "check the spelling, and the network")
            }
            HttpError::Connect { .. } => (
                ErrorKind::Failed,
                "check that the server runs and that no firewall or proxy is in the way",
            ),
            HttpError::Tls { .. } => (
                ErrorKind::Failed,
                "if a private authority signed the certificate, install it in the system, or name its file: in the variable `SSL_CERT_FILE`; for a provider entry alone with `ca_file`",
            ),
            HttpError::Timeout { .. } => (
                ErrorKind::Failed,
                "try again, with `--http-timeout` if the network is slow",
            ),
            HttpError::TooLarge { .. } => (
                ErrorKind::Failed,
                "it will be as large next time: show this to the administrator of that server",
            ),
            HttpError::Coded { .. } => (
                ErrorKind::Failed,
                "stepup asks for answers as they are: show this to the administrator of that server, or of what lies before it",
            ),
            HttpError::Broken { .. } => (ErrorKind::Failed, "try again later"),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        let (kind, hint) = match error {
            ApiError::Http(error) => return error.into(),
            ApiError::Token(error) => return error.into(),
            ApiError::SignedOut { variable: true, .. } => (
                ErrorKind::SignedOut,
                "`STEPUP_API_TOKEN` goes before the stored credential: set a valid one, or unset it to use what `stepup login` keeps",
            ),
            ApiError::SignedOut { .. } => {
                (ErrorKind::SignedOut, "sign in again with `stepup login`")
            }
            ApiError::OtherProof => (
                ErrorKind::Untrusted,
                "this is a fault of stepup, please report it",
            ),
            ApiError::OtherTask { .. } => (
                ErrorKind::Untrusted,
                "show this to the administrator of the API",
            ),
            ApiError::Challenge(_) => (
                ErrorKind::Failed,
                "this is a fault of the API; show it to whoever runs it",
            ),
            ApiError::Forbidden(_) | ApiError::Refused(_) => (
                ErrorKind::Refused,
                "look at the task with `stepup task show`",
            ),
            ApiError::NoTask { .. } => (
                ErrorKind::Refused,
                "check the number; `stepup task list` shows the tasks that wait for you, with `--all` those of others",
            ),
            ApiError::NotFound(_) => (
                ErrorKind::Refused,
                "check what was named; `stepup doctor` checks the API",
            ),
            ApiError::NotTheApi(_) => (
                ErrorKind::Usage,
                "check the URL: `stepup config get api_url` shows it, `stepup config set api_url URL` changes it",
            ),
            ApiError::BadId(_) => (
                ErrorKind::Usage,
                "a task has a number like `4211`, or an id of 27 letters and digits",
            ),
            ApiError::TooMany(Some(_)) => {
                (ErrorKind::Failed, "wait as long as it says, then try again")
            }
            ApiError::TooMany(None) => (ErrorKind::Failed, "wait a minute, then try again"),
            ApiError::Server { .. } => (ErrorKind::Failed, "try again later"),
            ApiError::Unreadable(_) => (
                ErrorKind::Failed,
                "if it happens again, show this to whoever runs the API",
            ),
            ApiError::WebPage { ref page, .. } | ApiError::Redirect { ref page, .. } => {
                let hint = gateway(page);
                return Self::of(ErrorKind::Failed, error).hint(hint);
            }
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<ResourceError> for Error {
    fn from(error: ResourceError) -> Self {
        let kind = match error {
            ResourceError::Http(error) => return error.into(),
            ResourceError::Elsewhere(_) | ResourceError::OtherResource(_) => ErrorKind::Untrusted,
            ResourceError::Status(_) | ResourceError::Unreadable(_) => ErrorKind::Failed,
        };
        Self::of(kind, error).hint(
            "choose the provider entry with `--provider`, and tell the administrator of the API",
        )
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
                "the key requires proof of possession (DPoP); make an API key without that requirement, and `stepup login` with it",
            ),
            TokenError::TooMany => (ErrorKind::Failed, "wait a minute, then try again"),
            TokenError::Status(500..) => (
                ErrorKind::Failed,
                "check the API's URL, and try again later",
            ),
            TokenError::Status(_) | TokenError::Unreadable => (
                ErrorKind::Failed,
                "check the API's URL; if it is right, show this to whoever runs the API",
            ),
        };
        Self::of(kind, error).hint(hint)
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
                "check the API's URL; `--client-id` and `--client-secret-stdin` sign in without a browser",
            ),
            DeviceError::Declined | DeviceError::Expired => (
                ErrorKind::Incomplete,
                "nothing was kept; run the command again when you are ready",
            ),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<ApiKeyError> for Error {
    fn from(error: ApiKeyError) -> Self {
        Self::of(ErrorKind::Usage, error).hint("copy both halves of the API key as C1 shows them")
    }
}

impl From<ConeError> for Error {
    fn from(error: ConeError) -> Self {
        Self::of(ErrorKind::Usage, error).hint("repair it, or sign in with `stepup login`")
    }
}

impl From<CredentialError> for Error {
    fn from(error: CredentialError) -> Self {
        let (kind, hint) = match &error {
            CredentialError::NotStored {
                name:
                    CredentialName {
                        owner: Owner::Entry(_),
                        ..
                    },
                ..
            } => (
                ErrorKind::Usage,
                "the entry's `client_auth` wants a client secret or key: store it with `stepup config set-secret`, or use a public client (`client_auth = \"none\"`)",
            ),
            CredentialError::NotStored { .. } => (
                ErrorKind::SignedOut,
                "sign in with `stepup login`, or set `STEPUP_API_TOKEN` for one run",
            ),
            CredentialError::WithoutOrigin { older, origin, .. } => {
                let hint = match &older.owner {
                    Owner::Entry(entry) => format!(
                        "if it is for that provider, say so once: `stepup config set-secret {entry} --adopt`; else keep the one that is: `stepup config set-secret {entry} < FILE`"
                    ),
                    Owner::Profile(profile) => format!(
                        "if it is for that API, say so once: `stepup login {origin} --adopt --profile {profile}`; else sign in there with `stepup login`"
                    ),
                };
                return Self::of(ErrorKind::Usage, error).hint(hint);
            }
            CredentialError::KeyringHangs { .. } | CredentialError::KeyringLocked { .. } => (
                ErrorKind::SignedOut,
                "unlock the keyring, or keep the credential in a file that only you can read: `stepup login --store file`; or set `STEPUP_API_TOKEN` for one run",
            ),
            CredentialError::NoKeyring { .. } => {
                return Self::of(ErrorKind::SignedOut, error)
                    .hint("on a machine without a keyring, the credential can be kept in a file that only you can read: sign in with `stepup login --store file`")
                    .hint("to keep the secrets of all profiles so: `stepup config set store file`, then run the command again")
                    .hint("or set `STEPUP_API_TOKEN` for one run");
            }
            CredentialError::TooLarge { .. } => (
                ErrorKind::Usage,
                "nothing was kept; keep it in a file that only you can read: `stepup login --store file`; or the secrets of all profiles: `stepup config set store file`",
            ),
            CredentialError::Keyring { .. } => (
                ErrorKind::Failed,
                "set `STEPUP_API_TOKEN` for one run, or keep the credential in a file that only you can read: `stepup login --store file`",
            ),
            CredentialError::File(PrivateFileError::Exposed { remedy, .. }) => {
                let hint = format!(
                    "if nobody else has read it, `{remedy}`; else replace the credential too"
                );
                return Self::of(ErrorKind::Usage, error).hint(hint);
            }
            CredentialError::File(PrivateFileError::Tampered(tampering)) => {
                let hint = format!("close it with `{}`", tampering.remedy());
                return Self::of(ErrorKind::Usage, error).hint(hint);
            }
            CredentialError::File(_) | CredentialError::Damaged { .. } => (
                ErrorKind::Usage,
                "repair it, or remove it and run `stepup login --store file` again",
            ),
        };
        Self::of(kind, error).hint(hint)
    }
}

impl From<JournalError> for Error {
    fn from(error: JournalError) -> Self {
        let remedy = match &error {
            JournalError::File(error) => error.remedy(),
            _ => None,
        };
        let hint = remedy.map_or_else(
            || "name another file with `--receipt-log`".to_owned(),
            |remedy| format!("close it with `{remedy}`"),
        );
        Self::of(ErrorKind::Usage, error).hint(hint)
    }
}

impl From<EvidenceError> for Error {
    fn from(error: EvidenceError) -> Self {
        let remedy = match &error {
            EvidenceError::File(error) => error.remedy(),
            EvidenceError::Folder { .. } | EvidenceError::Full(_) => None,
        };
        let hint = remedy.map_or_else(
            || "evidence is beside the log of receipts, which `--receipt-log` names".to_owned(),
            |remedy| format!("close it with `{remedy}`"),
        );
        Self::of(ErrorKind::Usage, error).hint(hint)
    }
}

impl From<LoopbackError> for Error {
    fn from(error: LoopbackError) -> Self {
        Self::of(ErrorKind::Failed, error)
            .hint("free one of the ports, or register another one and add it to `ports`")
    }
}

impl From<BrowserError> for Error {
    fn from(error: BrowserError) -> Self {
        Self::of(ErrorKind::Usage, error).hint("write `--browser`, or the variable `BROWSER`, as a command, such as `--browser \"firefox --private-window %s\"`")
    }
}
