//! The clients that are registered, and their names.

/// The native, public client: `stepup` itself.
pub(crate) const PUBLIC_CLIENT: &str = "stepup-cli";
/// The access-management API, relying party of the hosted ceremony.
pub(crate) const API_CLIENT: &str = "stepup-sandbox-api";
pub(super) const CONFIDENTIAL_CLIENT: &str = "stepup-confidential";
pub(super) const SIGNED_CLIENT: &str = "stepup-signed";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Client {
    Public,
    Confidential,
    Signed,
    Api,
}

impl Client {
    pub(super) fn with_id(id: &str) -> Option<Self> {
        match id {
            PUBLIC_CLIENT => Some(Self::Public),
            CONFIDENTIAL_CLIENT => Some(Self::Confidential),
            SIGNED_CLIENT => Some(Self::Signed),
            API_CLIENT => Some(Self::Api),
            _ => None,
        }
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Public => PUBLIC_CLIENT,
            Self::Confidential => CONFIDENTIAL_CLIENT,
            Self::Signed => SIGNED_CLIENT,
            Self::Api => API_CLIENT,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Public => "stepup, the command-line tool",
            Self::Confidential => "stepup, with a client secret",
            Self::Signed => "stepup, with a client key",
            Self::Api => "The sandbox's access-management API",
        }
    }
}
