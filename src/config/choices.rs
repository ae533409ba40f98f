//! Settings that take one of a few words, and the words.

use openidconnect::core::CoreJwsSigningAlgorithm;

use clap::builder::PossibleValue;

use super::reader::Choice;
use crate::adapters::bearer::KeyForm;
use crate::adapters::credentials::StoreKind;
use crate::domain::ceremony::Ceremony;
use crate::domain::person::SubjectRule;
use crate::domain::requirement::Freshness;
pub(crate) use crate::domain::requirement::RequestStyle;
pub(crate) use crate::oidc::registration::{AssertionAudience, Backchannel, Pushing};

/// Whether evidence of approvals is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Beside the log of receipts.
    #[default]
    Keep,
    /// Nowhere.
    Off,
}

impl Choice for Keeping {
    const ALL: &'static [(&'static str, Self)] = &[("keep", Self::Keep), ("off", Self::Off)];
}

impl Choice for StoreKind {
    const ALL: &'static [(&'static str, Self)] =
        &[("keyring", Self::Keyring), ("file", Self::File)];
}

impl Choice for KeyForm {
    const ALL: &'static [(&'static str, Self)] =
        &[("assertion", Self::Assertion), ("plain", Self::Plain)];
}

/// The ceremony that a flag or a profile names, or `auto`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CeremonyChoice {
    /// What the API asks for; where that is a provider's token, what the entry says.
    #[default]
    Auto,
    /// This one, never replaced by another.
    Named(Ceremony),
}

impl CeremonyChoice {
    /// The one that is named, if one is.
    pub(crate) const fn named(self) -> Option<Ceremony> {
        match self {
            Self::Auto => None,
            Self::Named(ceremony) => Some(ceremony),
        }
    }

    /// What it does, for `--help`.
    const fn help(self) -> &'static str {
        match self {
            Self::Auto => {
                "What the API asks for; where that is a provider's token, what the entry says: a browser, unless `backchannel = true`"
            }
            Self::Named(Ceremony::Hosted) => {
                "The API sends the person to a page of its own and verifies the answer itself, as C1 does"
            }
            Self::Named(Ceremony::Local) => {
                "stepup asks a provider itself and verifies the answer; the API gets the token (RFC 9470)"
            }
            Self::Named(Ceremony::Backchannel) => {
                "As local, without a browser here: the provider asks on the person's own device (CIBA), for entries with `backchannel = true`"
            }
        }
    }
}

impl Choice for CeremonyChoice {
    const ALL: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        (Ceremony::Hosted.word(), Self::Named(Ceremony::Hosted)),
        (Ceremony::Local.word(), Self::Named(Ceremony::Local)),
        (
            Ceremony::Backchannel.word(),
            Self::Named(Ceremony::Backchannel),
        ),
    ];
}

impl clap::ValueEnum for CeremonyChoice {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Auto,
            Self::Named(Ceremony::Hosted),
            Self::Named(Ceremony::Local),
            Self::Named(Ceremony::Backchannel),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.help()))
    }
}

/// How the client proves itself, wherever the provider wants that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ClientAuthMethod {
    /// Not at all: a public client, guarded by PKCE.
    #[default]
    None,
    /// Its secret in an `Authorization: Basic` header.
    SecretBasic,
    /// Its secret in the request body.
    SecretPost,
    /// An assertion signed with its private key. [RFC 7523]
    PrivateKeyJwt,
}

impl Choice for ClientAuthMethod {
    const ALL: &'static [(&'static str, Self)] = &[
        ("none", Self::None),
        ("client_secret_basic", Self::SecretBasic),
        ("client_secret_post", Self::SecretPost),
        ("private_key_jwt", Self::PrivateKeyJwt),
    ];
}

impl Choice for Freshness {
    const ALL: &'static [(&'static str, Self)] = &[
        ("each-time", Self::EachTime),
        ("as-challenged", Self::AsChallenged),
    ];
}

/// The `prompt` parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Authenticate again.
    Login,
    /// Ask for consent again.
    Consent,
    /// Let the person choose the account.
    SelectAccount,
    /// Send no `prompt`. Not the protocol's `none`, which would forbid the person to be asked.
    NoneAtAll,
}

impl Prompt {
    /// The parameter's value, if it is sent.
    pub(crate) fn parameter(self) -> Option<&'static str> {
        (self != Self::NoneAtAll).then(|| self.word())
    }
}

impl Choice for Prompt {
    const ALL: &'static [(&'static str, Self)] = &[
        ("login", Self::Login),
        ("consent", Self::Consent),
        ("select_account", Self::SelectAccount),
        ("none-at-all", Self::NoneAtAll),
    ];
}

impl Choice for RequestStyle {
    const ALL: &'static [(&'static str, Self)] = &[
        ("acr_values", Self::AcrValues),
        ("claims", Self::EssentialClaims),
        ("entra-contexts", Self::EntraContexts),
        ("freshness-only", Self::FreshnessOnly),
    ];
}

/// Whether authorization requests are pushed (RFC 9126).
impl Choice for Pushing {
    const ALL: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("always", Self::Always),
        ("never", Self::Never),
    ];
}

/// The host of the redirect URI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RedirectHost {
    /// `127.0.0.1`, as RFC 8252 wants it.
    #[default]
    Ipv4,
    /// `localhost`, for providers that allow nothing else (Entra).
    Localhost,
}

impl Choice for RedirectHost {
    const ALL: &'static [(&'static str, Self)] =
        &[("127.0.0.1", Self::Ipv4), ("localhost", Self::Localhost)];
}

/// How the provider sends its answer to the redirect URI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// In the query, the default of the code flow.
    #[default]
    Query,
    /// In a form that the browser posts.
    FormPost,
}

impl Choice for ResponseMode {
    const ALL: &'static [(&'static str, Self)] =
        &[("query", Self::Query), ("form_post", Self::FormPost)];
}

impl Choice for SubjectRule {
    const ALL: &'static [(&'static str, Self)] = &[
        ("email", Self::Email),
        ("preferred_username", Self::PreferredUsername),
        ("sub", Self::Sub),
        ("none", Self::NotCompared),
    ];
}

/// Asymmetric ones only: never `none`, and never HS*, whose key the client would share. (Core §3.1.3.7)
impl Choice for CoreJwsSigningAlgorithm {
    const ALL: &'static [(&'static str, Self)] = &[
        ("RS256", Self::RsaSsaPkcs1V15Sha256),
        ("RS384", Self::RsaSsaPkcs1V15Sha384),
        ("RS512", Self::RsaSsaPkcs1V15Sha512),
        ("PS256", Self::RsaSsaPssSha256),
        ("PS384", Self::RsaSsaPssSha384),
        ("PS512", Self::RsaSsaPssSha512),
        ("ES256", Self::EcdsaP256Sha256),
        ("ES384", Self::EcdsaP384Sha384),
        ("ES512", Self::EcdsaP521Sha512),
        ("EdDSA", Self::EdDsa),
    ];
}
