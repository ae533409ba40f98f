//! What a registered provider is asked for, by its kind.

use url::Url;

use crate::domain::known_issuers::{self, is_guid};

/// What a provider is asked for, by its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StepUpSettings {
    /// By `acr_values`; one of these.
    OAuth2 {
        /// In order of preference.
        acr_values: Vec<String>,
    },
    Microsoft {
        /// How the answer is validated.
        mode: ValidationMode,
        /// The tenant's GUID or domain.
        tenant: String,
        /// Ids of authentication contexts, `C1` to `C99`; for [`ValidationMode::Acrs`].
        contexts: Vec<String>,
    },
    /// A kind that this program does not know.
    Unknown,
}

/// `MICROSOFT_VALIDATION_MODE_*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ValidationMode {
    /// By authentication contexts.
    Acrs,
    /// By a fresh sign-in.
    Oidc,
    /// Another one, as the API spells it.
    Other(String),
}

impl StepUpSettings {
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::OAuth2 { .. } => "oauth2",
            Self::Microsoft { .. } => "microsoft",
            Self::Unknown => "unknown",
        }
    }

    /// What is asked for, on one line.
    pub(crate) fn demand(&self) -> String {
        match self {
            Self::OAuth2 { acr_values } => format!("acr {}", acr_values.join(" ")),
            Self::Microsoft {
                mode: ValidationMode::Acrs,
                contexts,
                ..
            } => format!("context {}", contexts.join(" ")),
            Self::Microsoft {
                mode: ValidationMode::Oidc,
                ..
            } => "a fresh sign-in".to_owned(),
            Self::Microsoft {
                mode: ValidationMode::Other(mode),
                ..
            } => mode.clone(),
            Self::Unknown => "(not known)".to_owned(),
        }
    }
}

/// The tenant id inside an Entra issuer, `https://login.microsoftonline.com/{TENANT_ID}/v2.0`.
pub(crate) fn entra_tenant(issuer: &str) -> Option<String> {
    let url = Url::parse(issuer).ok()?;
    let mut segments = url.path_segments()?;
    let (tenant, version) = (segments.next()?, segments.next()?);
    let exact = version == "v2.0" && segments.next().is_none();
    (exact && is_guid(tenant)).then(|| tenant.to_owned())
}

/// The issuer of an Entra tenant, if this is a tenant's id.
pub(crate) fn entra_issuer(tenant: &str) -> Option<String> {
    is_guid(tenant).then(|| known_issuers::entra_issuer(tenant))
}
