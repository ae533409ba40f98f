//! Presets: what is known about a kind of provider before one is met, as data.
//!
//! The tables follow part C of `providers.md`, so that a reader can put them side by side: `table` is
//! P1, P2 and P3 with the steps of part A, `errors` is P4,
//! `settings` is where to look there when a test fails, `issuer` knows how issuers are spelled. A preset gives an entry its
//! defaults and its rules; a key in the entry overrides the default.

mod errors;
mod issuer;
mod settings;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use errors::{Again, ErrorRow, Place, explain, explain_told};
pub(crate) use settings::settings;
pub(super) use table::PLAIN;
pub(crate) use table::{NATIVE_STEP, PRESETS};

use super::choices::{AssertionAudience, Backchannel, Prompt, RedirectHost, RequestStyle};
use super::error::nearest;
use crate::domain::known_values::{Accept, KnownValue, is_context};

/// One kind of provider.
#[derive(Debug)]
pub(crate) struct Preset {
    /// Its name in the configuration.
    pub(crate) name: &'static str,
    /// What it is, in words.
    pub(crate) title: &'static str,
    /// Why no entry can be made of it.
    pub(crate) refused: Option<&'static str>,
    /// How its issuer is spelled: one of these, where `{word}` stands for any part without a `/`,
    /// `{tenant}` for a GUID, and a lone `{issuer}` for anything. (P1)
    pub(crate) issuers: &'static [&'static str],
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

/// What a proof of a provider says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Preset {
    /// The preset of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// The nearest name, if one is near enough to have been meant.
    pub(crate) fn meant(name: &str) -> Option<String> {
        // Its other preset proves no more than that somebody signed in.
        let name = if name == "entra" { "entra-acrs" } else { name };
        nearest(name, PRESETS.iter().map(|preset| preset.name))
    }

    /// A value to suggest: the strongest that an entry takes without being told that it is weak.
    pub(crate) fn suggested(&self) -> &'static str {
        let good =
            |known: &&KnownValue| matches!(known.accept, Accept::ByDefault | Accept::IfRequested);
        let strongest = self
            .values
            .iter()
            .filter(good)
            .max_by_key(|known| known.level);
        strongest.map_or(self.example, |known| known.value)
    }

    /// What it says of a value.
    pub(crate) fn value(&self, value: &str) -> Option<&'static KnownValue> {
        self.values.iter().find(|known| known.value == value)
    }

    /// The values with this rule, as an entry lists them.
    pub(super) fn taken(&self, accept: Accept) -> Vec<String> {
        let values = self.values.iter().filter(|value| value.accept == accept);
        values.map(|value| value.value.to_owned()).collect()
    }

    /// The rows of the error map that a sign-in at it can lead to.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &'static ErrorRow> {
        let family = self.name.split('-').next().unwrap_or(self.name);
        errors::ROWS
            .iter()
            .filter(|row| row.is_of_a_sign_in())
            .filter(move |row| row.providers.is_empty() || row.providers.contains(&family))
    }

    /// Why a text cannot be the issuer of such a provider, with the right spelling where it is known.
    pub(crate) fn refuse_issuer(&self, issuer: &str) -> Option<String> {
        issuer::refuse(self, issuer)
    }

    /// Why a value cannot be one of such a provider.
    pub(super) fn refuse_value(&self, value: &str) -> Option<String> {
        if let Some(known) = self.value(value) {
            let never = known.accept == Accept::Never;
            return never.then(|| format!("it means `{}`, which proves nothing", known.means));
        }
        match self.others {
            Others::Any => None,
            Others::Contexts if is_context(value) => None,
            Others::Contexts => Some("authentication contexts are `c1` to `c99`".to_owned()),
            Others::Refused if self.values.is_empty() => Some(format!(
                "a provider of preset `{}` cannot be asked for an acr value",
                self.name
            )),
            Others::Refused => {
                let near = nearest(value, self.values.iter().map(|known| known.value));
                let near =
                    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                Some(format!(
                    "a provider of preset `{}` does not know it, and would ignore it in silence{near}",
                    self.name
                ))
            }
        }
    }
}

/// Why no entry at all may have this issuer, whatever its preset: the mistakes that cost a night.
pub(super) fn refuse_any_issuer(issuer: &str) -> Option<String> {
    issuer::refuse_any(issuer)
}

impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Preset {}
