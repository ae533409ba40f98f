//! What a step demands of the authentication: accepted acr values, an age, and how fresh "now" is.

use serde::{Deserialize, Serialize};

use super::known_values;

/// How far clocks may differ where a sign-in must not lie before the attempt, seconds, whatever an entry tolerates
/// elsewhere (B9.20).
pub(super) const SKEW_OF_NOW: i64 = 60;

/// A demand for authentication assurance (RFC 9470 §3, OpenID Connect Core §3.1.2.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AcrRequirement {
    /// Accepted values, in the order of the challenge; one of them suffices (RFC 9470 §3). Compared exactly.
    pub(crate) acr_values: Vec<String>,
    /// Longest time since the person authenticated, in seconds.
    pub(crate) max_age: Option<u64>,
    /// How new the authentication must be beside `max_age`.
    pub(crate) freshness: Freshness,
    /// Methods that must all be in `amr`; empty when amr is only informational (RFC 8176 §1, B11.4).
    pub(crate) amr: Vec<String>,
    /// How the provider is asked for the values, and so in which claim it answers.
    pub(crate) request: RequestStyle,
    /// The `max_age` that makes this provider authenticate anew, seconds: 0, except for providers to
    /// which 0 means something else (providers.md, A2 and A3).
    pub(crate) fresh_max_age: u64,
    /// Values that were not demanded and count all the same, because the entry ranks them higher.
    pub(crate) stronger: Vec<String>,
    /// Accepted values that are known to be weak; whoever uses them said so.
    pub(crate) weak: Vec<String>,
    /// The access token has to be from after this, seconds since the epoch: the one before was too old, or revoked
    /// (B1.19). The provider is told; the server judges.
    pub(crate) not_before: Option<u64>,
}

/// How a provider is told which assurance is demanded (providers.md, P2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RequestStyle {
    /// `acr_values`, a wish that the token has to prove granted.
    #[default]
    AcrValues,
    /// The `claims` parameter with an essential `acr` and its `values`. [OIDC Core §5.5.1.1]
    EssentialClaims,
    /// The `claims` parameter with Microsoft Entra's `acrs`, and `xms_cc` to say that we understand
    /// claims challenges (providers.md, A4); `acr_values` is not sent.
    EntraContexts,
    /// Nothing: the provider knows no way to be asked, and freshness is all there is.
    FreshnessOnly,
}

/// Whether an earlier sign-in may count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Freshness {
    /// Every approval is proven anew: `auth_time` may not lie before the attempt began (B9.20).
    #[default]
    EachTime,
    /// Only what the challenge's `max_age` says.
    AsChallenged,
}

impl RequestStyle {
    /// Whether two values are the same: acr is compared exactly (Core §2); Microsoft writes contexts in lower
    /// case in tokens and in either elsewhere (providers.md, A4).
    pub(crate) fn same(self, one: &str, other: &str) -> bool {
        match self {
            Self::EntraContexts => one.eq_ignore_ascii_case(other),
            Self::AcrValues | Self::EssentialClaims | Self::FreshnessOnly => one == other,
        }
    }
}

/// What a reader of the receipt has to know about a proof that sufficed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Caveat {
    /// Nothing but the time of the sign-in was demanded.
    FreshnessOnly,
    /// The value that came is known to be weak.
    WeakValue,
    /// The value that came was not demanded; the entry ranks it higher.
    RankedHigher,
    /// Whether the sign-in had been used before could not be looked up.
    ReuseNotChecked,
    /// The provider does not say whether the address that was compared is the person's (B9.19).
    EmailUnattested,
    /// The accounts of earlier sign-ins could not be read or written (B9.19).
    AccountNotChecked,
    /// The provider says that the address is not verified; the entry takes it all the same (B9.19).
    EmailUnverified,
    /// An authentication context was demanded, and those are as strong as the tenant's policy for them.
    TenantPolicy,
    /// The API approved a step that demands step-up, and shows none.
    WithoutStepUp,
    /// The API approved with another step-up than the one that was judged, or with one that does not fit.
    OtherStepUp,
}

impl Caveat {
    /// The sentence that people read.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::FreshnessOnly => "freshness only: a sign-in just now, nothing about its factors",
            Self::WeakValue => "weak value: it can be met with one factor",
            Self::RankedHigher => "not the required value: the provider entry ranks it higher",
            Self::ReuseNotChecked => "whether this sign-in had been used before was not checked",
            Self::AccountNotChecked => {
                "account not checked: which account signed in before could not be read or kept, so another one is not noticed"
            }
            Self::EmailUnattested => {
                "email not attested: the provider does not say whether the address is verified"
            }
            Self::EmailUnverified => {
                "email not verified: the provider entry accepts it (`accept_unverified_email`)"
            }
            Self::TenantPolicy => {
                "tenant policy: a context is as strong as the tenant's policy for it, and granted to everybody where there is none"
            }
            Self::WithoutStepUp => {
                "the step requires step-up, and the API approved it without showing one: nothing is proven"
            }
            Self::OtherStepUp => {
                "the API approved with another step-up than the one that was verified here: nothing is proven"
            }
        }
    }

    /// Whether it contradicts what an approval with step-up says: the approval is in, and somebody has to look.
    pub(crate) const fn is_alarm(self) -> bool {
        matches!(self, Self::WithoutStepUp | Self::OtherStepUp)
    }
}

impl AcrRequirement {
    /// Whether every use takes a new sign-in (B9.20).
    pub(crate) fn each_time(&self) -> bool {
        self.freshness == Freshness::EachTime || self.max_age == Some(0)
    }

    /// The `max_age` to ask for. "Each time" asks for 0, which also obliges the provider to return
    /// `auth_time` (Core §3.1.2.1); a provider that reads 0 otherwise is asked in its own way.
    pub(crate) fn requested_max_age(&self) -> Option<u64> {
        if self.each_time() {
            Some(self.fresh_max_age)
        } else {
            self.max_age
        }
    }

    /// What has to be said of a proof with this `acr`, which sufficed.
    pub(crate) fn caveats(&self, acr: Option<&str>) -> Vec<Caveat> {
        let is_in = |values: &[String]| acr.is_some_and(|acr| values.iter().any(|one| one == acr));
        [
            (
                self.acr_values.is_empty() && self.amr.is_empty(),
                Caveat::FreshnessOnly,
            ),
            (is_in(&self.weak), Caveat::WeakValue),
            (
                is_in(&self.stronger) && !is_in(&self.acr_values),
                Caveat::RankedHigher,
            ),
            (
                self.request == RequestStyle::EntraContexts && !self.acr_values.is_empty(),
                Caveat::TenantPolicy,
            ),
        ]
        .into_iter()
        .filter_map(|(holds, caveat)| holds.then_some(caveat))
        .collect()
    }

    /// The demand in words a person understands.
    pub(crate) fn in_words(&self) -> String {
        let mut words: Vec<String> = self
            .acr_values
            .iter()
            .map(|acr| match self.request {
                RequestStyle::EntraContexts => format!("the authentication context `{acr}`"),
                _ => known_values::in_words(acr),
            })
            .collect();
        words.dedup();
        let factor = words.join(", or ");
        match (factor.as_str(), self.max_age) {
            ("", _) if self.each_time() => "a new sign-in".to_owned(),
            (_, _) if self.each_time() => format!("{factor} and a new sign-in"),
            ("", None) => "a sign-in".to_owned(),
            ("", Some(age)) => format!("a sign-in, at most {age} s old"),
            (_, Some(age)) => format!("{factor}, at most {age} s old"),
            (_, None) => factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b9_3_each_time_asks_for_now_and_as_challenged_for_what_was_said() {
        let asks = |freshness, max_age| {
            let requirement = AcrRequirement {
                max_age,
                freshness,
                ..AcrRequirement::default()
            };
            requirement.requested_max_age()
        };
        for max_age in [None, Some(300)] {
            assert_eq!(asks(Freshness::EachTime, max_age), Some(0));
            assert_eq!(asks(Freshness::AsChallenged, max_age), max_age);
        }
    }

    #[test]
    fn a2_a_provider_that_reads_0_otherwise_is_asked_in_its_own_way() {
        let asks = |freshness, max_age| {
            let requirement = AcrRequirement {
                freshness,
                max_age,
                fresh_max_age: 1,
                ..AcrRequirement::default()
            };
            requirement.requested_max_age()
        };
        assert_eq!(asks(Freshness::EachTime, None), Some(1));
        assert_eq!(asks(Freshness::EachTime, Some(300)), Some(1));
        assert_eq!(asks(Freshness::AsChallenged, Some(0)), Some(1));
        assert_eq!(asks(Freshness::AsChallenged, Some(300)), Some(300));
        assert_eq!(asks(Freshness::AsChallenged, None), None);
    }

    #[test]
    fn what_a_receipt_has_to_say_depends_on_what_came() {
        let words = |values: &[&str]| values.iter().map(|one| (*one).to_owned()).collect();
        let requirement = AcrRequirement {
            acr_values: words(&["2fa", "1fa"]),
            stronger: words(&["phr"]),
            weak: words(&["1fa"]),
            ..AcrRequirement::default()
        };
        for (acr, caveats) in [
            (Some("2fa"), &[][..]),
            (Some("1fa"), &[Caveat::WeakValue]),
            (Some("phr"), &[Caveat::RankedHigher]),
            (None, &[]),
        ] {
            assert_eq!(requirement.caveats(acr), caveats, "{acr:?}");
        }
        let fresh = AcrRequirement::default();
        assert_eq!(fresh.caveats(Some("2fa")), [Caveat::FreshnessOnly]);
        let methods = AcrRequirement {
            amr: words(&["mfa"]),
            ..AcrRequirement::default()
        };
        assert_eq!(methods.caveats(None), []);
    }

    #[test]
    fn b9_20_an_age_of_0_is_a_demand_for_now() {
        let words = |max_age| {
            let requirement = AcrRequirement {
                max_age,
                freshness: Freshness::AsChallenged,
                ..AcrRequirement::default()
            };
            (requirement.each_time(), requirement.in_words())
        };
        assert_eq!(words(Some(0)), (true, "a new sign-in".to_owned()));
        let aged = "a sign-in, at most 1 s old".to_owned();
        assert_eq!(words(Some(1)), (false, aged));
        assert_eq!(words(None), (false, "a sign-in".to_owned()));
    }

    #[test]
    fn the_demand_reads_as_a_sentence() {
        let requirement = AcrRequirement {
            acr_values: vec!["phr".into(), "gold".into()],
            ..AcrRequirement::default()
        };
        assert_eq!(
            requirement.in_words(),
            "a phishing-resistant factor (passkey or security key), or what the provider calls `gold` and a new sign-in"
        );
    }
}
