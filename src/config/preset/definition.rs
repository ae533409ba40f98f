//! What a preset is made of: the columns of `providers.md`, P1 to P5, with its part A.

use crate::config::choices::{AssertionAudience, Backchannel, Prompt, RedirectHost, RequestStyle};
use crate::domain::known_values::KnownValue;

/// One kind of provider.
#[derive(Debug)]
pub(crate) struct Preset {
    pub(crate) name: &'static str,
    /// What it is, in words.
    pub(crate) title: &'static str,
    /// Why no entry can be made of it.
    pub(crate) refused: Option<&'static str>,
    /// How its issuer is spelled: one of these, where `{word}` stands for any part without a `/`,
    /// `{tenant}` for a GUID, and a lone `{issuer}` for anything. (P1)
    pub(crate) issuers: &'static [&'static str],
    /// One such issuer, for whoever is asked for theirs.
    pub(crate) example_issuer: &'static str,
    /// The host of the redirect URI. (P1)
    pub(crate) redirect_host: RedirectHost,
    /// Ports that have to be registered one by one; empty where the provider takes any. (P1, A14)
    pub(crate) ports: &'static [u16],
    /// What has to be registered there, and whether a secret belongs to it. (P1)
    pub(crate) client: Client,
    /// Whether metadata lists PKCE's S256. (P1, P5)
    pub(crate) pkce: Pkce,
    /// How the assurance is asked for. (P2)
    pub(crate) request: RequestStyle,
    /// The `max_age` that makes this provider authenticate anew, seconds. (P2)
    pub(crate) fresh_max_age: u32,
    /// The entry's own upper limit of age, where the provider has nothing else to be asked for. (P2)
    pub(crate) max_age: Option<u32>,
    /// The `prompt` parameter. (P2)
    pub(crate) prompt: Prompt,
    /// Methods that `amr` has to hold. (P2)
    pub(crate) amr: &'static [&'static str],
    /// What is verified beyond the rules for every provider, in words. (P2)
    pub(crate) verification: &'static str,
    /// What a proof of this provider says. (P2)
    pub(crate) assurance: Assurance,
    /// Which other values than `values` an entry may name.
    pub(crate) others: Others,
    /// A value to suggest, where none of `values` can be asked for.
    pub(crate) example: &'static str,
    /// The values, weakest first. (P3)
    pub(crate) values: &'static [KnownValue],
    /// Whether the values have an order that the person may rely on. (P3)
    pub(crate) ranked: bool,
    /// How far its clock may be off, seconds. (P2)
    pub(crate) skew: u32,
    /// How to register this tool there, and what nobody can check from outside. [part A]
    pub(crate) steps: &'static [&'static str],
    /// How people are asked on a device of theirs, where it can be polled for the answer. (A10, B13)
    pub(crate) backchannel: Option<Backchannel>,
    /// How to register it for that, instead of `steps`.
    pub(crate) backchannel_steps: &'static [&'static str],
    /// Whom assertions of a client with a key are for.
    pub(crate) assertion_audience: AssertionAudience,
}

/// A registration as the provider wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    /// A native app without a secret; one that has a secret is registered wrongly.
    Native,
    /// Whatever its operator chose.
    Operator,
}

/// What metadata says of PKCE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pkce {
    /// It lists S256.
    Listed,
    /// It says nothing, and S256 works (Entra).
    Assumed,
}

/// What a proof of a provider says, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Assurance {
    /// The `acr` claim names the assurance.
    Acr,
    /// `acr` and `amr` say that there were several factors.
    Mfa,
    /// `acrs` names a context, which is as strong as the tenant's policy for it.
    TenantPolicy,
    /// `acr` names the policy that ran.
    PolicyName,
    /// A person signed in now; how is not said.
    FreshnessOnly,
}

impl Assurance {
    /// The label of receipts and lists.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Acr => "acr",
            Self::Mfa => "mfa",
            Self::TenantPolicy => "tenant policy",
            Self::PolicyName => "policy name",
            Self::FreshnessOnly => "freshness only",
        }
    }
}

/// Which values outside its list an entry of a preset may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Others {
    /// Any: the operator's own names.
    Any,
    /// None: the provider ignores what it does not know.
    Refused,
    /// `c1` to `c99`, Entra's authentication contexts.
    Contexts,
}

impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Preset {}
