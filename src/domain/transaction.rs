//! The hosted ceremony's facts: a step-up transaction that the API ran itself (c1.md 6). Whether it is
//! ours, done, and enough is decided in `judge`. No I/O; clocks come in as values.
//!
//! The API is the relying party here, so authenticity is its word. What can be checked is whether its
//! word is about this task, this step, this person, this attempt, and about what the provider demands.

mod judge;

pub(crate) use judge::{Assessment, HostedChallenge, HostedProof, LeftOut, Mismatch};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Claim;
use super::known_values::takes_one_factor;
use super::requirement::Caveat;

/// A step-up transaction as the API shows it. Every field may be missing on the wire.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StepUpTransaction {
    /// Its id, which leg 2 carries.
    pub(crate) id: String,
    pub(crate) state: TransactionState,
    /// The API's provider that was asked; empty when the API does not say.
    pub(crate) provider_id: String,
    /// Who performed it; may be empty while it is pending.
    pub(crate) user_id: String,
    /// The task and the step it was made for; `None` for any other target.
    pub(crate) target: Option<(String, String)>,
    /// What the provider asserted, as far as the API shows it.
    pub(crate) claims: Claims,
    pub(crate) error_message: String,
    pub(crate) created_at: Option<Timestamp>,
    /// When it lapses. There is no state for it: the clock decides.
    pub(crate) expires_at: Option<Timestamp>,
}

/// `STEP_UP_TRANSACTION_STATE_*`; a state that the contract does not name counts as pending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TransactionState {
    /// The person has not finished.
    #[default]
    Pending,
    Verified,
    Failed,
}

/// What is readable of the undocumented `claims` (c1.md 8.13).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Claims {
    pub(crate) acr: Claim<String>,
    pub(crate) amr: Claim<Vec<String>>,
    /// `auth_time`, seconds since the epoch.
    pub(crate) auth_time: Claim<i64>,
    /// `acrs`, Entra's authentication contexts; one of them may come as a plain string.
    pub(crate) contexts: Claim<Vec<String>>,
    pub(crate) others: Vec<String>,
}

/// What a provider of the API accepts, as far as its registration tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum ProviderTerms {
    /// It may not be read, or says nothing.
    #[default]
    Unknown,
    /// One of these acr values.
    Acr(Vec<String>),
    /// One of these authentication contexts (Entra, ACRS mode).
    Contexts(Vec<String>),
    /// A sign-in during the attempt (Entra, OIDC mode).
    Freshness,
}

impl ProviderTerms {
    /// The acr values or contexts of which one is required; none where nothing of the kind is told.
    pub(crate) fn values(&self) -> &[String] {
        match self {
            Self::Acr(values) | Self::Contexts(values) => values,
            Self::Freshness | Self::Unknown => &[],
        }
    }

    /// `acr phr or phrh`, for people; `None` where nothing is told.
    pub(crate) fn in_words(&self) -> Option<String> {
        match self {
            Self::Unknown => None,
            Self::Acr(values) => Some(format!("acr {}", values.join(" or "))),
            Self::Contexts(ids) => Some(format!("authentication context {}", ids.join(" or "))),
            Self::Freshness => Some("a new sign-in".to_owned()),
        }
    }

    /// What a reader of the receipt has to know, whatever sign-in meets them.
    fn caveat(&self) -> Option<Caveat> {
        match self {
            Self::Freshness => Some(Caveat::FreshnessOnly),
            Self::Contexts(_) => Some(Caveat::TenantPolicy),
            Self::Acr(_) | Self::Unknown => None,
        }
    }

    /// The caveats of the terms, and of the sign-in that the claims show.
    pub(crate) fn caveats(&self, claims: &Claims) -> Vec<Caveat> {
        let acr = claims.acr.present();
        let weak = acr.is_some_and(|acr| {
            let amr = claims.amr.present().map_or(&[][..], Vec::as_slice);
            takes_one_factor(acr, amr)
        });
        let weak = weak.then_some(Caveat::WeakValue);
        self.caveat().into_iter().chain(weak).collect()
    }
}

/// A fact about a transaction that was compared with nothing: the API does not show it, or nothing is known
/// that it could be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fact {
    /// Which task and step it is for.
    Target,
    /// Who performed it.
    Person,
    Provider,
    /// That it began with this attempt.
    Creation,
    /// Until when it counts.
    Expiry,
    /// How strong the authentication was.
    Strength,
    /// When the person signed in.
    Age,
}

impl Fact {
    /// Each of them, in the order in which they are told.
    pub(crate) const ALL: [Self; 7] = [
        Self::Target,
        Self::Person,
        Self::Provider,
        Self::Creation,
        Self::Expiry,
        Self::Strength,
        Self::Age,
    ];

    /// The words that people read.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Target => "its task and step",
            Self::Person => "the person",
            Self::Provider => "the provider",
            Self::Creation => "when it began",
            Self::Expiry => "when it expires",
            Self::Strength => "the strength",
            Self::Age => "when the person signed in",
        }
    }
}
