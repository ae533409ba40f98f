//! A requirement addressed to us, for one purpose: a step of a task, or a request of the person's own.

use std::sync::Arc;

use url::Url;

use super::authorization_details::AuthorizationDetails;
use super::commitment::Committed;
use super::known_values::{self, is_context};
use super::requirement::{AcrRequirement, Freshness, RequestStyle};

/// A step-up authentication challenge (RFC 9470 §3), matched to the provider entry that can answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) purpose: Purpose,
    pub(crate) provider: String,
    pub(crate) requirement: AcrRequirement,
    /// Scopes the challenge asks for beside the entry's own, as far as the entry allows (B1.7).
    pub(crate) scopes: Vec<String>,
    /// Scopes of the challenge that the entry does not allow: not asked for.
    pub(crate) scopes_left_out: Vec<String>,
    /// Whether the API wants a token that is bound to a key of ours (RFC 9449 §7.1).
    pub(crate) dpop: bool,
    /// What the sign-in commits to; nothing where it is for no approval.
    pub(crate) committed: Option<Arc<Committed>>,
    /// What the provider is asked to show and to grant, where its entry names a type for that (RFC 9396).
    pub(crate) authorization_details: Option<Arc<AuthorizationDetails>>,
}

#[cfg(test)]
impl Challenge {
    /// One that asks for nothing beside the requirement.
    pub(crate) fn of(purpose: Purpose, requirement: AcrRequirement) -> Self {
        Self {
            purpose,
            provider: "okta".into(),
            requirement,
            scopes: Vec::new(),
            scopes_left_out: Vec::new(),
            dpop: false,
            committed: None,
            authorization_details: None,
        }
    }
}

/// What a proof is for. It is good for nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Approval {
        /// The 27-character task id.
        task_id: String,
        policy_step_id: String,
    },
    /// One HTTP request, repeated as it was challenged (RFC 9470 §2, step 5).
    Request { method: String, url: Url },
    /// A test of a provider: the proof is good for nothing.
    Test,
}

/// What an API asked for, before it is matched to a provider entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// `acr_values`, in order of preference; empty when the challenge named none.
    pub acr_values: Vec<String>,
    /// `max_age`, seconds.
    pub(crate) max_age: Option<u64>,
    /// `scope`.
    pub(crate) scopes: Vec<String>,
    /// The values are Microsoft Entra's authentication contexts, which no other provider knows.
    pub(crate) contexts: bool,
    /// The token that was presented is from before this, seconds since the epoch (B1.19).
    pub(crate) not_before: Option<u64>,
    /// A token is wanted, and nothing is said of how its person authenticates: none was presented (B1.21), or one that
    /// is too old (B1.19).
    pub(crate) token_only: bool,
    /// The scheme is `DPoP`: a bearer token would not do (RFC 9449 §7.1).
    pub(crate) dpop: bool,
    /// `resource_metadata`: where the API says which issuers it trusts (RFC 9728 §5.1). Not fetched yet.
    pub(crate) resource_metadata: Option<String>,
}

/// What a provider entry brings to the requirement: its defaults and its limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntryTerms {
    /// Values known to this provider; also the default when a challenge names none (RFC 9470 §3, B1.15).
    pub(crate) acr_values: Vec<String>,
    /// The entry's own upper limit of age, seconds.
    pub(crate) max_age: Option<u64>,
    /// Whether the entry wants a new sign-in each time.
    pub(crate) freshness: Freshness,
    /// Methods the entry demands in `amr`.
    pub(crate) amr: Vec<String>,
    /// How this provider is asked.
    pub(crate) request: RequestStyle,
    /// Values that are passed on when a challenge names them, and not asked for otherwise.
    pub(crate) on_request: Vec<String>,
    /// The `max_age` that makes this provider authenticate anew, seconds.
    pub(crate) fresh_max_age: u64,
    /// Values from weakest to strongest; a stronger one than demanded counts. Empty where none does.
    pub(crate) rank: Vec<String>,
    /// Values that are known to be weak.
    pub(crate) weak: Vec<String>,
    /// Scopes that are asked for in any case, `openid` apart.
    pub(crate) scopes: Vec<String>,
    /// Scopes that are asked for when a challenge names them (B1.7).
    pub(crate) challenge_scopes: Vec<String>,
}

/// Why a demand cannot be turned into a requirement for an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unanswerable {
    /// Neither the challenge nor the entry names an acr value or an age (RFC 9470 §3).
    NothingDemanded,
    /// None of the demanded values is among those the entry lists (B1.15).
    UnknownAcr(Vec<String>),
    /// Values are demanded, and the entry's provider proves nothing but freshness.
    FreshnessOnly(Vec<String>),
    /// Authentication contexts are demanded, and the entry's provider is not asked for any.
    Contexts(Vec<String>),
}

/// A requirement and the scopes that go with it, and what was left out because the entry does not list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agreed {
    /// What will be asked for and judged.
    pub(crate) requirement: AcrRequirement,
    /// Demanded but not listed by the entry: shown, not passed on.
    pub(crate) left_out: Vec<String>,
    /// Scopes to ask for beside the entry's own.
    pub(crate) scopes: Vec<String>,
    /// Scopes that the entry does not allow: shown, not passed on.
    pub(crate) scopes_left_out: Vec<String>,
}

/// The scope of a refresh token, which would outlive the step-up (B5.15).
pub(crate) const OFFLINE_ACCESS: &str = "offline_access";

/// Whether this can be a scope (RFC 6749 §3.3).
pub(crate) fn is_scope(text: &str) -> bool {
    let fits = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    !text.is_empty() && text.bytes().all(fits)
}

impl Demand {
    /// The requirement this demand makes of a provider entry.
    ///
    /// The order of the challenge is kept (RFC 9470 §3). Values the entry does not list are left out; listing
    /// them in the configuration is the explicit consent of B1.15. The stricter age wins.
    pub(crate) fn agree(&self, terms: &EntryTerms) -> Result<Agreed, Unanswerable> {
        let contexts = terms.request == RequestStyle::EntraContexts;
        if self.contexts && !contexts {
            return Err(Unanswerable::Contexts(self.acr_values.clone()));
        }
        if terms.request == RequestStyle::FreshnessOnly && !self.acr_values.is_empty() {
            return Err(Unanswerable::FreshnessOnly(self.acr_values.clone()));
        }
        // What no administrator can list is passed on as it came, and judged like any other (B1.19).
        let known = |acr: &&String| (self.contexts && !is_context(acr)) || terms.knows(acr);
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
        let nothing_named = acr_values.is_empty() && max_age.is_none();
        if nothing_named && !self.token_only && !terms.ask_by_themselves() {
            return Err(Unanswerable::NothingDemanded);
        }
        let (scopes, scopes_left_out) = self.agree_on_scopes(terms);
        Ok(Agreed {
            scopes,
            scopes_left_out,
            requirement: AcrRequirement {
                stronger: terms.stronger_than(&acr_values),
                acr_values,
                max_age,
                freshness: terms.freshness,
                amr: terms.amr.clone(),
                request: terms.request,
                fresh_max_age: terms.fresh_max_age,
                weak: terms.weak.clone(),
                not_before: self.not_before,
            },
            left_out: left_out.into_iter().cloned().collect(),
        })
    }

    /// The scopes to add, and those that are left out. B1.7: an API must not widen a token by asking (RFC 9700 §2.3), so
    /// only what the entry allows is added, compared exactly. The scopes of every request are in neither list.
    fn agree_on_scopes(&self, terms: &EntryTerms) -> (Vec<String>, Vec<String>) {
        let new = self.scopes.iter().filter(|scope| {
            let scope = scope.as_str();
            scope != "openid" && !terms.scopes.iter().any(|asked| asked == scope)
        });
        new.cloned().partition(|scope| {
            is_scope(scope)
                && !scope.eq_ignore_ascii_case(OFFLINE_ACCESS)
                && terms.challenge_scopes.contains(scope)
        })
    }
}

impl EntryTerms {
    /// Whether these terms are enough to ask for where nobody names a value or an age: they have methods in them, or are
    /// of a provider that is asked for nothing but a new sign-in.
    fn ask_by_themselves(&self) -> bool {
        let anew =
            self.request == RequestStyle::FreshnessOnly && self.freshness == Freshness::EachTime;
        anew || !self.amr.is_empty()
    }

    fn knows(&self, acr: &str) -> bool {
        let mut listed = self.acr_values.iter().chain(&self.on_request).peekable();
        listed.peek().is_none() || listed.any(|listed| self.request.same(listed, acr))
    }

    /// The strongest of the values that are asked for by default: by the entry's own order, or by what is known of them.
    pub(crate) fn strongest(&self) -> Option<&String> {
        let listed = |value: &&String| self.acr_values.contains(value);
        let ranked = self.rank.iter().rev().find(listed);
        ranked.or_else(|| known_values::strongest(&self.acr_values))
    }

    /// The values that the entry ranks above the weakest demanded one: one demanded value suffices, so a value above
    /// any of them does.
    fn stronger_than(&self, demanded: &[String]) -> Vec<String> {
        let ranked = self.rank.iter().position(|value| demanded.contains(value));
        let above = ranked.and_then(|at| self.rank.get(at + 1..));
        let mut above = above.unwrap_or_default().to_vec();
        above.retain(|value| !demanded.contains(value));
        above
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
    fn b1_5_methods_and_a_new_sign_in_alone_are_something_to_ask_for() {
        use Freshness::{AsChallenged, EachTime};
        use RequestStyle::{AcrValues, FreshnessOnly};

        let alone = |request, freshness, amr: &[&str]| {
            let terms = EntryTerms {
                request,
                freshness,
                amr: strings(amr),
                ..EntryTerms::default()
            };
            Demand::default().agree(&terms).is_ok()
        };
        for (request, freshness, amr, asks) in [
            (FreshnessOnly, EachTime, &[][..], true),
            (FreshnessOnly, AsChallenged, &[], false),
            (AcrValues, EachTime, &[], false),
            (AcrValues, EachTime, &["mfa"], true),
            (AcrValues, AsChallenged, &["mfa"], true),
        ] {
            assert_eq!(
                alone(request, freshness, amr),
                asks,
                "{request:?} {freshness:?} {amr:?}"
            );
        }
    }

    #[test]
    fn b1_7_only_scopes_that_the_entry_lists_are_asked_for_compared_exactly() {
        let terms = EntryTerms {
            scopes: strings(&["email"]),
            challenge_scopes: strings(&["task:approve", "a\tb", "Offline_Access"]),
            ..terms(&["phr"])
        };
        let demanded = [
            "openid",
            "email",
            "task:approve",
            "Task:approve",
            "task:approve ",
            "a\tb",
            "offline_access",
            "Offline_Access",
            "https://graph.microsoft.com/.default",
        ];
        let demand = Demand {
            scopes: strings(&demanded),
            ..demand(&["phr"], None)
        };
        let agreed = demand.agree(&terms).unwrap();
        assert_eq!(agreed.scopes, ["task:approve"]);
        assert_eq!(agreed.scopes_left_out, &demanded[3..]);
    }

    #[test]
    fn values_on_request_are_passed_on_and_not_asked_for_otherwise() {
        let terms = EntryTerms {
            on_request: strings(&["phr"]),
            ..terms(&["2fa"])
        };
        let asked = |values| {
            Some(
                demand(values, None)
                    .agree(&terms)
                    .ok()?
                    .requirement
                    .acr_values,
            )
        };
        assert_eq!(asked(&[]), Some(strings(&["2fa"])));
        assert_eq!(asked(&["phr"]), Some(strings(&["phr"])));
        assert_eq!(asked(&["gold"]), None);
    }

    #[test]
    fn p2_a_provider_that_proves_freshness_only_cannot_answer_a_demand_for_more() {
        let terms = EntryTerms {
            request: RequestStyle::FreshnessOnly,
            ..EntryTerms::default()
        };
        assert_eq!(
            demand(&["phr"], Some(0)).agree(&terms),
            Err(Unanswerable::FreshnessOnly(strings(&["phr"])))
        );
        assert!(demand(&[], Some(0)).agree(&terms).is_ok());
    }

    #[test]
    fn what_is_ranked_above_a_demanded_value_is_stronger_and_nothing_else_is() {
        let rank = strings(&["1fa", "2fa", "phr", "phrh"]);
        for (demanded, stronger) in [
            (&["2fa"][..], &["phr", "phrh"][..]),
            (&["phr", "2fa"], &["phrh"]),
            (&["phrh"], &[]),
            (&["gold"], &[]),
            (&["gold", "phr"], &["phrh"]),
        ] {
            let agree = |rank: Vec<String>| {
                let terms = EntryTerms {
                    rank,
                    ..EntryTerms::default()
                };
                let agreed = demand(demanded, None).agree(&terms).unwrap();
                agreed.requirement.stronger
            };
            assert_eq!(agree(rank.clone()), stronger, "{demanded:?}");
            assert_eq!(agree(Vec::new()), [""; 0], "{demanded:?}");
        }
    }

    #[test]
    fn the_entrys_own_order_says_which_value_is_the_strongest() {
        let ranked = |rank: &[&str]| {
            let terms = EntryTerms {
                rank: strings(rank),
                ..terms(&["phr", "gold"])
            };
            terms.strongest().cloned()
        };
        assert_eq!(ranked(&[]).as_deref(), Some("phr"));
        assert_eq!(
            ranked(&["phr", "gold", "platinum"]).as_deref(),
            Some("gold")
        );
        assert_eq!(ranked(&["silver", "platinum"]).as_deref(), Some("phr"));
        assert_eq!(EntryTerms::default().strongest(), None);
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
    fn b1_19_contexts_that_no_administrator_can_list_are_passed_on() {
        let entra = EntryTerms {
            request: RequestStyle::EntraContexts,
            ..terms(&["c1"])
        };
        let agreed = |contexts, values: &[&str]| {
            let demand = Demand {
                contexts,
                ..demand(values, None)
            };
            demand.agree(&entra).map(|one| one.requirement.acr_values)
        };
        for beyond in ["p1", "cp1", "c100"] {
            assert_eq!(agreed(true, &[beyond]), Ok(strings(&[beyond])));
            // Not as an acr value: an API that names it in another way is not Microsoft's.
            let unknown = Err(Unanswerable::UnknownAcr(strings(&[beyond])));
            assert_eq!(agreed(false, &[beyond]), unknown);
        }
        // Those that can be listed have to be (B1.15).
        assert_eq!(agreed(true, &["c2", "p1"]), Ok(strings(&["p1"])));
        let unknown = Err(Unanswerable::UnknownAcr(strings(&["c2"])));
        assert_eq!(agreed(true, &["c2"]), unknown);
    }

    #[test]
    fn b1_21_where_a_token_is_wanted_the_entrys_own_terms_count_and_they_may_be_none() {
        let token = Demand {
            token_only: true,
            ..Demand::default()
        };
        let agreed = |terms: &EntryTerms| token.agree(terms).unwrap().requirement;
        let plain = agreed(&EntryTerms::default());
        assert_eq!((plain.acr_values, plain.max_age), (Vec::new(), None));
        let strict = EntryTerms {
            max_age: Some(60),
            ..terms(&["phr"])
        };
        let strict = agreed(&strict);
        assert_eq!(
            (strict.acr_values, strict.max_age),
            (strings(&["phr"]), Some(60))
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
