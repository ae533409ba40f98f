//! A requirement addressed to us, for one task and its current step.

use super::requirement::{AcrRequirement, Freshness, RequestStyle};

/// A step-up authentication challenge (RFC 9470 §3), matched to the provider entry that can answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The 27-character task id.
    pub task_id: String,
    /// The step the proof will be used for.
    pub policy_step_id: String,
    /// The provider entry's name.
    pub provider: String,
    /// What is demanded.
    pub requirement: AcrRequirement,
    /// Scopes the challenge asks for beside the entry's own (B1.7).
    pub scopes: Vec<String>,
    /// Whether the API wants a token that is bound to a key of ours (RFC 9449 §7.1).
    pub dpop: bool,
}

/// What an API asked for, before it is matched to a provider entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// `acr_values`, in order of preference; empty when the challenge named none.
    pub acr_values: Vec<String>,
    /// `max_age`, seconds.
    pub max_age: Option<u64>,
    /// `scope`.
    pub scopes: Vec<String>,
    /// The values are Microsoft Entra's authentication contexts, which no other provider knows.
    pub contexts: bool,
    /// The scheme is DPoP: a bearer token would not do (RFC 9449 §7.1).
    pub dpop: bool,
    /// `resource_metadata`: where the API says which issuers it trusts (RFC 9728 §5.1). Not fetched yet.
    pub resource_metadata: Option<String>,
}

/// What a provider entry brings to the requirement: its defaults and its limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryTerms {
    /// Values known to this provider; also the default when a challenge names none (B1.5, B1.15).
    pub acr_values: Vec<String>,
    /// The entry's own upper limit of age, seconds.
    pub max_age: Option<u64>,
    /// How fresh the entry wants it.
    pub freshness: Freshness,
    /// Methods the entry demands in `amr`.
    pub amr: Vec<String>,
    /// How this provider is asked.
    pub request: RequestStyle,
}

/// Why a demand cannot be turned into a requirement for an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// Neither the challenge nor the entry names an acr value or an age (B1.5).
    NothingDemanded,
    /// None of the demanded values is among those the entry lists (B1.15).
    UnknownAcr(Vec<String>),
    /// Authentication contexts are demanded, and the entry's provider is not asked for any.
    Contexts(Vec<String>),
}

/// A requirement, and the demanded values that were left out because the entry does not list them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// What will be asked for and judged.
    pub requirement: AcrRequirement,
    /// Demanded but not listed by the entry: shown, not passed on.
    pub left_out: Vec<String>,
}

impl Demand {
    /// The requirement this demand makes of a provider entry.
    ///
    /// The order of the challenge is kept (B1.3). Values the entry does not list are left out; listing
    /// them in the configuration is the explicit consent of B1.15. The stricter age wins.
    pub fn agree(&self, terms: &EntryTerms) -> Result<Agreed, Unanswerable> {
        let contexts = terms.request == RequestStyle::EntraContexts;
        if self.contexts && !contexts {
            return Err(Unanswerable::Contexts(self.acr_values.clone()));
        }
        let known = |acr: &&String| {
            let same = |listed: &String| terms.request.same(listed, acr);
            terms.acr_values.is_empty() || terms.acr_values.iter().any(same)
        };
        let (accepted, left_out): (Vec<&String>, Vec<&String>) =
            self.acr_values.iter().partition(known);
        if accepted.is_empty() && !left_out.is_empty() {
            return Err(Unanswerable::UnknownAcr(self.acr_values.clone()));
        }
        let acr_values = if self.acr_values.is_empty() {
            terms.acr_values.clone()
        } else {
            accepted.into_iter().cloned().collect()
        };
        let max_age = [self.max_age, terms.max_age].into_iter().flatten().min();
        if acr_values.is_empty() && max_age.is_none() {
            return Err(Unanswerable::NothingDemanded);
        }
        Ok(Agreed {
            requirement: AcrRequirement {
                acr_values,
                max_age,
                freshness: terms.freshness,
                amr: terms.amr.clone(),
                request: terms.request,
            },
            left_out: left_out.into_iter().cloned().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(acr_values: &[&str], max_age: Option<u64>) -> Demand {
        Demand {
            acr_values: strings(acr_values),
            max_age,
            ..Demand::default()
        }
    }

    fn strings(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    fn terms(acr_values: &[&str]) -> EntryTerms {
        EntryTerms {
            acr_values: strings(acr_values),
            ..EntryTerms::default()
        }
    }

    #[test]
    fn b1_3_the_order_of_the_challenge_is_kept() {
        let agreed = demand(&["phrh", "phr"], None)
            .agree(&terms(&["phr", "phrh"]))
            .unwrap();
        assert_eq!(agreed.requirement.acr_values, ["phrh", "phr"]);
    }

    #[test]
    fn b1_15_values_the_entry_does_not_list_are_left_out_and_named() {
        let agreed = demand(&["gold", "phr"], None)
            .agree(&terms(&["phr"]))
            .unwrap();
        assert_eq!(agreed.requirement.acr_values, ["phr"]);
        assert_eq!(agreed.left_out, ["gold"]);
        assert_eq!(
            demand(&["gold"], None).agree(&terms(&["phr"])),
            Err(Unanswerable::UnknownAcr(strings(&["gold"])))
        );
    }

    #[test]
    fn b1_5_a_challenge_without_values_takes_the_entrys_or_fails() {
        let agreed = demand(&[], None).agree(&terms(&["phr"])).unwrap();
        assert_eq!(agreed.requirement.acr_values, ["phr"]);
        assert_eq!(
            demand(&[], None).agree(&terms(&[])),
            Err(Unanswerable::NothingDemanded)
        );
        assert!(demand(&[], Some(0)).agree(&terms(&[])).is_ok());
    }

    #[test]
    fn b1_19_contexts_are_for_entries_that_ask_for_contexts() {
        let contexts = Demand {
            contexts: true,
            ..demand(&["c1"], None)
        };
        for request in [
            RequestStyle::AcrValues,
            RequestStyle::EssentialClaims,
            RequestStyle::FreshnessOnly,
        ] {
            let other = EntryTerms {
                request,
                ..EntryTerms::default()
            };
            let refused = Err(Unanswerable::Contexts(strings(&["c1"])));
            assert_eq!(contexts.agree(&other), refused, "{request:?}");
        }
        let entra = EntryTerms {
            request: RequestStyle::EntraContexts,
            ..terms(&["C1"])
        };
        assert_eq!(
            contexts.agree(&entra).unwrap().requirement.acr_values,
            ["c1"]
        );
        assert_eq!(
            demand(&["c2"], None).agree(&entra),
            Err(Unanswerable::UnknownAcr(strings(&["c2"])))
        );
    }

    #[test]
    fn the_stricter_age_wins() {
        let strict = EntryTerms {
            max_age: Some(60),
            ..terms(&["phr"])
        };
        let age = |challenged| {
            let agreed = demand(&["phr"], challenged).agree(&strict).unwrap();
            agreed.requirement.max_age
        };
        assert_eq!(age(Some(300)), Some(60));
        assert_eq!(age(Some(10)), Some(10));
        assert_eq!(age(None), Some(60));
    }
}
