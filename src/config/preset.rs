//! Presets: what is known about a kind of provider before one is met, as data.
//!
//! The tables follow part C of `providers.md`, so that a reader can put them side by side: `table` is
//! P1, P2 and P3 with the steps of part A, `errors` is P4,
//! `settings` is where to look there when a test fails, `issuer` knows how issuers are spelled. A preset gives an entry its
//! defaults and its rules; a key in the entry overrides the default.

mod definition;
mod errors;
mod issuer;
mod settings;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use definition::{Assurance, Client, Others, Pkce, Preset};
pub(crate) use errors::{Again, ErrorRow, ErrorSignal, Place, explain, explain_told};
pub(crate) use settings::settings;
pub(super) use table::PLAIN;
pub(crate) use table::{NATIVE_STEP, PRESETS};

use crate::domain::known_values::{Accept, KnownValue, is_context};
use crate::domain::nearest::nearest;

impl Preset {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// What presets of one provider have in common: the first word of their names.
    pub(crate) fn family(&self) -> &'static str {
        self.name.split('-').next().unwrap_or(self.name)
    }

    /// Those that an entry can be made of.
    pub(crate) fn usable() -> impl Iterator<Item = &'static Self> {
        PRESETS.iter().filter(|preset| preset.refused.is_none())
    }

    /// What was perhaps meant by a name that no preset has: those of the provider's family, such as of `entra`, the one
    /// that proves most first; else the nearest.
    pub(crate) fn meant(name: &str) -> Vec<&'static Self> {
        let word = name.to_ascii_lowercase();
        let of_family = Self::usable().filter(|preset| preset.family() == word);
        let mut family: Vec<&Self> = of_family.collect();
        family.sort_by_key(|preset| preset.assurance);
        if family.len() > 1 && Self::named(&word).is_none() {
            return family;
        }
        let near = nearest(name, PRESETS.iter().map(|preset| preset.name));
        near.and_then(Self::named).into_iter().collect()
    }

    /// What a proof of it says, after "proves".
    pub(crate) const fn proves(&self) -> &'static str {
        match self.assurance {
            _ if self.refused.is_some() => "nothing",
            Assurance::Acr => "how strong the sign-in was",
            Assurance::Mfa => "that there were several factors",
            Assurance::TenantPolicy => "that the tenant's policy for a context was met",
            Assurance::PolicyName => "which policy ran",
            Assurance::FreshnessOnly => "a new sign-in, and not how strong it was",
        }
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
        let family = self.family();
        errors::ROWS
            .iter()
            .filter(|row| row.is_of_a_sign_in())
            .filter(move |row| row.providers.is_empty() || row.providers.contains(&family))
    }

    /// How an issuer of such a provider at this host is written; what the host does not say stands there in capitals.
    pub(crate) fn issuer_at(&self, host: &str) -> String {
        issuer::at(self, host)
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
