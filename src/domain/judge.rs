//! Is it enough? Pure: a verified authentication event, a requirement and three instants in; a proof or
//! a refusal out.
//!
//! The accepted set is tested by exact membership, never by a ranking of our own (B1.10, B9.16); what an
//! entry ranks higher on purpose is a set as well (`AcrRequirement::stronger`).
//! Anything missing or of another type is a refusal.

use super::challenge::Challenge;
use super::event::{AuthenticationEvent, Claim};
use super::person::{Approver, SubjectMatch, SubjectRule};
use super::proof::{StepUpProof, StepUpToken};
use super::requirement::{AcrRequirement, Freshness, RequestStyle};

/// When the attempt happened, in seconds since the epoch, and how far clocks may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it began, before the browser was opened.
    pub started: i64,
    /// When the token arrived.
    pub received: i64,
    /// Tolerated difference between the provider's clock and ours.
    pub skew: i64,
}

/// The event does not suffice, though nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmet {
    /// `acr` is not one of the accepted values.
    #[error("authentication was not strong enough: needed {wanted}, got {got}")]
    Acr {
        /// The accepted values, quoted.
        wanted: String,
        /// What came, quoted; or "no acr at all".
        got: String,
    },
    /// `acrs` has none of the accepted contexts.
    #[error(
        "authentication was not strong enough: needed the authentication context {wanted}, got {got}"
    )]
    Contexts {
        /// The accepted contexts, quoted.
        wanted: String,
        /// What came, quoted; or "no acrs at all".
        got: String,
    },
    /// `amr` lacks a demanded method.
    #[error("authentication used other methods: needed amr {wanted}, got {got}")]
    Amr {
        /// The demanded methods, quoted.
        wanted: String,
        /// What came.
        got: String,
    },
    /// `auth_time` is missing or unreadable though an age was demanded.
    #[error("the provider does not say when the sign-in happened: wanted auth_time, got {got}")]
    NoAuthTime {
        /// "none", or what came instead of a number.
        got: String,
    },
    /// The sign-in happened before the attempt began.
    #[error(
        "authentication was not fresh: wanted a sign-in during this attempt, got one {seconds} s before it"
    )]
    BeforeAttempt {
        /// How long before, seconds.
        seconds: i64,
    },
    /// The sign-in is older than the requirement allows.
    #[error("authentication was not fresh: wanted at most {max_age} s old, got {age} s")]
    TooOld {
        /// The limit, seconds.
        max_age: u64,
        /// The age, seconds.
        age: i64,
    },
}

/// The event contradicts what must be true.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// `auth_time` lies in the future beyond the skew.
    #[error("the sign-in claims to have happened {seconds} s in the future")]
    FutureAuthTime {
        /// How far ahead, seconds.
        seconds: i64,
    },
    /// Somebody else signed in.
    #[error("another person signed in: wanted {claim} `{wanted}`, got `{got}`")]
    AnotherPerson {
        /// The claim compared.
        claim: &'static str,
        /// What the API knows.
        wanted: String,
        /// What the provider says.
        got: String,
    },
}

/// Why there is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Not strong or fresh enough.
    #[error(transparent)]
    Unmet(#[from] Unmet),
    /// Something does not add up.
    #[error(transparent)]
    Untrusted(#[from] Contradiction),
}

impl Challenge {
    /// Judges a verified event, and turns it into the proof that alone opens `approve`.
    ///
    /// Contradictions come first: who signed in matters more than how strongly.
    pub fn judge(
        &self,
        event: AuthenticationEvent,
        token: StepUpToken,
        attempt: Attempt,
        approver: &Approver,
        rule: SubjectRule,
    ) -> Result<StepUpProof, Rejection> {
        let findings = self.requirement.examine(&event, attempt, approver, rule);
        findings.time?;
        let subject = findings.person?;
        findings.acr?;
        findings.amr?;
        findings.age?;
        Ok(StepUpProof::judged(self, event, token, subject))
    }
}

/// What each check says of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// B9.17: the sign-in is not from the future.
    pub time: Result<(), Contradiction>,
    /// B9.19: the right person, as far as that is known.
    pub person: Result<SubjectMatch, Contradiction>,
    /// B9.16: strong enough.
    pub acr: Result<(), Unmet>,
    /// B11.4: by the demanded methods.
    pub amr: Result<(), Unmet>,
    /// B9.20: fresh enough.
    pub age: Result<(), Unmet>,
}

impl AcrRequirement {
    /// Makes every check; all must hold.
    pub fn examine(
        &self,
        event: &AuthenticationEvent,
        attempt: Attempt,
        approver: &Approver,
        rule: SubjectRule,
    ) -> Findings {
        Findings {
            time: not_from_the_future(event, attempt),
            person: same_person(event, approver, rule),
            acr: strong_enough(self, event),
            amr: right_methods(self, event),
            age: fresh_enough(self, event, attempt),
        }
    }
}

/// B9.17: a time ahead of ours beyond the skew is no sign-in that happened.
fn not_from_the_future(event: &AuthenticationEvent, attempt: Attempt) -> Result<(), Contradiction> {
    let limit = attempt.received.saturating_add(attempt.skew);
    match event.facts().auth_time {
        Claim::Present(at) if at > limit => Err(Contradiction::FutureAuthTime {
            seconds: at.saturating_sub(attempt.received),
        }),
        _ => Ok(()),
    }
}

/// B9.19. Where one side is unknown the API decides, and the receipt says so.
fn same_person(
    event: &AuthenticationEvent,
    approver: &Approver,
    rule: SubjectRule,
) -> Result<SubjectMatch, Contradiction> {
    let facts = event.facts();
    let claimed = match rule {
        SubjectRule::Email => facts.email.as_deref(),
        SubjectRule::PreferredUsername => facts.preferred_username.as_deref(),
        SubjectRule::Sub => Some(facts.subject.as_str()),
    };
    match (rule.expected(approver), claimed) {
        (Some(wanted), Some(got)) if rule.same(wanted, got) => Ok(SubjectMatch::Same),
        (Some(wanted), Some(got)) => Err(Contradiction::AnotherPerson {
            claim: rule.claim(),
            wanted: wanted.to_owned(),
            got: got.to_owned(),
        }),
        _ => Ok(SubjectMatch::LeftToTheApi),
    }
}

/// B9.16, B9.23: exact, case-sensitive membership. `"0"` authorises nothing, even if it were listed.
fn strong_enough(requirement: &AcrRequirement, event: &AuthenticationEvent) -> Result<(), Unmet> {
    let accepted = &requirement.acr_values;
    if accepted.is_empty() {
        return Ok(());
    }
    if requirement.request == RequestStyle::EntraContexts {
        return in_context(accepted, event);
    }
    let got = match &event.facts().acr {
        Claim::Present(acr)
            if acr != "0" && (accepted.contains(acr) || requirement.stronger.contains(acr)) =>
        {
            return Ok(());
        }
        Claim::Present(acr) => format!("`{acr}`"),
        Claim::Absent => "no acr at all".into(),
        Claim::Malformed(raw) => format!("{raw}, which is not a string"),
    };
    Err(Unmet::Acr {
        wanted: quoted(accepted, " or "),
        got,
    })
}

/// providers.md A4: one of the accepted contexts is among those granted; others may be there as well.
fn in_context(accepted: &[String], event: &AuthenticationEvent) -> Result<(), Unmet> {
    let same = |one: &String, other: &String| RequestStyle::EntraContexts.same(one, other);
    let is_accepted = |granted: &String| accepted.iter().any(|wanted| same(wanted, granted));
    let got = match &event.facts().acrs {
        Claim::Present(acrs) if acrs.iter().any(is_accepted) => return Ok(()),
        Claim::Present(acrs) if acrs.is_empty() => "an empty list".into(),
        Claim::Present(acrs) => quoted(acrs, ", "),
        Claim::Absent => "no acrs at all".into(),
        Claim::Malformed(raw) => format!("{raw}, which is not a list"),
    };
    Err(Unmet::Contexts {
        wanted: quoted(accepted, " or "),
        got,
    })
}

/// B11.4: only where the entry asks for it.
fn right_methods(requirement: &AcrRequirement, event: &AuthenticationEvent) -> Result<(), Unmet> {
    let wanted = &requirement.amr;
    if wanted.is_empty() {
        return Ok(());
    }
    let got = match &event.facts().amr {
        Claim::Present(amr) if wanted.iter().all(|method| amr.contains(method)) => return Ok(()),
        Claim::Present(amr) if amr.is_empty() => "an empty list".into(),
        Claim::Present(amr) => quoted(amr, ", "),
        Claim::Absent => "no amr at all".into(),
        Claim::Malformed(raw) => format!("{raw}, which is not a list"),
    };
    Err(Unmet::Amr {
        wanted: quoted(wanted, " and "),
        got,
    })
}

/// B9.17 and B9.20. With "each time" the sign-in is compared with the attempt's start, not with now:
/// people type slowly.
fn fresh_enough(
    requirement: &AcrRequirement,
    event: &AuthenticationEvent,
    attempt: Attempt,
) -> Result<(), Unmet> {
    let each_time = requirement.freshness == Freshness::EachTime || requirement.max_age == Some(0);
    if !each_time && requirement.max_age.is_none() {
        return Ok(());
    }
    let at = match &event.facts().auth_time {
        Claim::Present(at) => *at,
        Claim::Absent => return Err(Unmet::NoAuthTime { got: "none".into() }),
        Claim::Malformed(raw) => return Err(Unmet::NoAuthTime { got: raw.clone() }),
    };
    // An earlier sign-in must not pass as one of now, however far clocks may differ otherwise.
    let skew = attempt.skew.min(MOST_SKEW_OF_NOW);
    if each_time && at < attempt.started.saturating_sub(skew) {
        return Err(Unmet::BeforeAttempt {
            seconds: attempt.started.saturating_sub(at),
        });
    }
    let age = attempt.received.saturating_sub(at);
    match requirement.max_age {
        Some(max_age) if max_age > 0 && age.saturating_sub(attempt.skew) > seconds(max_age) => {
            Err(Unmet::TooOld { max_age, age })
        }
        _ => Ok(()),
    }
}

/// The tolerance of "during this attempt", seconds, where the entry's skew is larger.
const MOST_SKEW_OF_NOW: i64 = 60;

fn seconds(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn quoted(values: &[String], between: &str) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    quoted.join(between)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Facts;

    const STARTED: i64 = 1_000_000;
    const ATTEMPT: Attempt = Attempt {
        started: STARTED,
        received: STARTED + 90,
        skew: 60,
    };

    fn challenge(change: impl FnOnce(&mut AcrRequirement)) -> Challenge {
        let mut requirement = AcrRequirement {
            acr_values: vec!["phr".into()],
            ..AcrRequirement::default()
        };
        change(&mut requirement);
        Challenge {
            task_id: "t".into(),
            policy_step_id: "s".into(),
            provider: "okta".into(),
            requirement,
            scopes: Vec::new(),
            dpop: false,
        }
    }

    fn good() -> Facts {
        Facts {
            issuer: "https://idp.example".into(),
            subject: "u1".into(),
            acr: Claim::Present("phr".into()),
            acrs: Claim::Absent,
            amr: Claim::Present(vec!["hwk".into(), "user".into()]),
            auth_time: Claim::Present(STARTED + 60),
            email: Some("Mira@example.com".into()),
            preferred_username: Some("mira".into()),
        }
    }

    fn mira() -> Approver {
        Approver {
            user_id: "u1".into(),
            email: Some("mira@example.com".into()),
            username: Some("mira".into()),
            display_name: None,
            is_service: false,
        }
    }

    fn judge(challenge: &Challenge, facts: Facts) -> Result<StepUpProof, Rejection> {
        let token = StepUpToken::bearer("t".into());
        challenge.judge(
            AuthenticationEvent::assertion(facts),
            token,
            ATTEMPT,
            &mira(),
            SubjectRule::Email,
        )
    }

    fn refusal(challenge: &Challenge, facts: Facts) -> String {
        judge(challenge, facts).unwrap_err().to_string()
    }

    #[test]
    fn a_strong_fresh_sign_in_of_the_right_person_is_a_proof() {
        let proof = judge(&challenge(|_| ()), good()).unwrap();
        assert_eq!(proof.subject(), &SubjectMatch::Same);
    }

    #[test]
    fn b9_16_anything_but_an_accepted_acr_is_unmet() {
        for (acr, said) in [
            (Claim::Absent, "got no acr at all"),
            (Claim::Present("pwd".into()), "got `pwd`"),
            (Claim::Present("PHR".into()), "got `PHR`"),
            (Claim::Present("phr ".into()), "got `phr `"),
            (Claim::Present("phrh".into()), "got `phrh`"),
            (Claim::Present(String::new()), "got ``"),
            (
                Claim::Malformed("[\"phr\"]".into()),
                "got [\"phr\"], which is not a string",
            ),
            (Claim::Malformed("3".into()), "got 3, which is not a string"),
        ] {
            let facts = Facts { acr, ..good() };
            let said = format!("authentication was not strong enough: needed `phr`, {said}");
            assert_eq!(refusal(&challenge(|_| ()), facts), said);
        }
    }

    #[test]
    fn a4_a_context_counts_only_as_a_member_of_acrs() {
        let in_c1 = challenge(|requirement| {
            requirement.acr_values = vec!["c1".into()];
            requirement.request = RequestStyle::EntraContexts;
        });
        let with = |acrs| Facts {
            acr: Claim::Present("c1".into()),
            acrs,
            ..good()
        };
        let list = |values: &[&str]| {
            Claim::Present(values.iter().map(|value| (*value).to_owned()).collect())
        };
        for acrs in [list(&["c1"]), list(&["c25", "C1"])] {
            assert!(judge(&in_c1, with(acrs)).is_ok());
        }
        for (acrs, got) in [
            (list(&["c2", "c11"]), "got `c2`, `c11`"),
            (list(&[]), "got an empty list"),
            (Claim::Absent, "got no acrs at all"),
            (
                Claim::Malformed("\"c1\"".into()),
                "got \"c1\", which is not a list",
            ),
        ] {
            let said = format!(
                "authentication was not strong enough: needed the authentication context `c1`, {got}"
            );
            assert_eq!(refusal(&in_c1, with(acrs)), said);
        }
        // And nowhere else than where contexts were asked for.
        let by_acr = challenge(|requirement| requirement.acr_values = vec!["c1".into()]);
        let facts = Facts {
            acrs: list(&["c1"]),
            ..good()
        };
        assert!(matches!(judge(&by_acr, facts), Err(Rejection::Unmet(_))));
    }

    #[test]
    fn b9_23_acr_zero_authorises_nothing_even_if_listed() {
        let zero = challenge(|requirement| requirement.acr_values = vec!["0".into()]);
        let facts = Facts {
            acr: Claim::Present("0".into()),
            ..good()
        };
        assert!(matches!(judge(&zero, facts), Err(Rejection::Unmet(_))));
    }

    #[test]
    fn b1_10_a_stronger_value_counts_only_where_the_entry_ranks_it() {
        let facts = |acr: &str| Facts {
            acr: Claim::Present(acr.into()),
            ..good()
        };
        assert_eq!(
            refusal(&challenge(|_| ()), facts("phrh")),
            "authentication was not strong enough: needed `phr`, got `phrh`"
        );
        let ranked = challenge(|requirement| {
            requirement.stronger = vec!["phrh".into(), "0".into()];
        });
        for acr in ["2fa", "PHRH", "phrh ", "0", ""] {
            let said = format!("authentication was not strong enough: needed `phr`, got `{acr}`");
            assert_eq!(refusal(&ranked, facts(acr)), said);
        }
        assert!(judge(&ranked, facts("phrh")).is_ok());
        // A rank says nothing about what else is demanded.
        let old = Facts {
            auth_time: Claim::Present(STARTED - 61),
            ..facts("phrh")
        };
        assert!(refusal(&ranked, old).contains("not fresh"));
    }

    #[test]
    fn b9_17_auth_time_is_required_readable_and_recent() {
        let aged = challenge(|requirement| {
            requirement.freshness = Freshness::AsChallenged;
            requirement.max_age = Some(300);
        });
        let at = |auth_time| Facts {
            auth_time,
            ..good()
        };
        let oldest = ATTEMPT.received - 300 - 60;
        assert!(judge(&aged, at(Claim::Present(oldest))).is_ok());
        for (auth_time, said) in [
            (
                Claim::Present(oldest - 1),
                "wanted at most 300 s old, got 361 s",
            ),
            (
                Claim::Present(-5),
                "wanted at most 300 s old, got 1000095 s",
            ),
            (Claim::Present(i64::MIN), "wanted at most 300 s old"),
            (Claim::Absent, "wanted auth_time, got none"),
            (
                Claim::Malformed("\"1\"".into()),
                "wanted auth_time, got \"1\"",
            ),
        ] {
            let refusal = refusal(&aged, at(auth_time));
            assert!(refusal.contains(said), "{refusal}");
        }
    }

    #[test]
    fn b9_20_each_time_means_during_this_attempt() {
        let at = |auth_time| Facts {
            auth_time: Claim::Present(auth_time),
            ..good()
        };
        for each_time in [
            challenge(|_| ()),
            challenge(|requirement| {
                requirement.freshness = Freshness::AsChallenged;
                requirement.max_age = Some(0);
            }),
        ] {
            assert!(judge(&each_time, at(STARTED - 60)).is_ok());
            assert_eq!(
                refusal(&each_time, at(STARTED - 61)),
                "authentication was not fresh: wanted a sign-in during this attempt, got one 61 s before it"
            );
        }
    }

    #[test]
    fn b9_20_a_generous_skew_does_not_let_an_earlier_session_pass_as_now() {
        let lenient = Attempt {
            skew: 300,
            ..ATTEMPT
        };
        let age = |auth_time| {
            let facts = Facts {
                auth_time: Claim::Present(auth_time),
                ..good()
            };
            let event = AuthenticationEvent::assertion(facts);
            let requirement = &challenge(|_| ()).requirement;
            requirement
                .examine(&event, lenient, &mira(), SubjectRule::Email)
                .age
        };
        assert_eq!(age(STARTED - 60), Ok(()));
        assert!(age(STARTED - 61).is_err());
    }

    #[test]
    fn a_sign_in_from_the_future_is_untrusted() {
        for (auth_time, refused) in [
            (ATTEMPT.received + 60, false),
            (ATTEMPT.received + 61, true),
            (i64::MAX, true),
        ] {
            let facts = Facts {
                auth_time: Claim::Present(auth_time),
                ..good()
            };
            let verdict = judge(&challenge(|_| ()), facts);
            assert_eq!(matches!(verdict, Err(Rejection::Untrusted(_))), refused);
        }
    }

    #[test]
    fn b11_1_amr_counts_only_where_asked_for_and_must_be_a_list() {
        let mfa = challenge(|requirement| requirement.amr = vec!["mfa".into()]);
        let with = |amr| Facts { amr, ..good() };
        let list = |values: &[&str]| {
            Claim::Present(values.iter().map(|value| (*value).to_owned()).collect())
        };
        assert!(judge(&challenge(|_| ()), with(Claim::Absent)).is_ok());
        assert!(judge(&mfa, with(list(&["pwd", "mfa"]))).is_ok());
        for (amr, got) in [
            (list(&["pwd", "otp"]), "got `pwd`, `otp`"),
            (list(&[]), "got an empty list"),
            (Claim::Absent, "got no amr at all"),
            (
                Claim::Malformed("\"mfa\"".into()),
                "got \"mfa\", which is not a list",
            ),
        ] {
            let said = format!("authentication used other methods: needed amr `mfa`, {got}");
            assert_eq!(refusal(&mfa, with(amr)), said);
        }
    }

    #[test]
    fn b9_19_another_person_is_untrusted_and_an_unknown_one_is_left_to_the_api() {
        let other = Facts {
            email: Some("eve@example.com".into()),
            ..good()
        };
        assert_eq!(
            refusal(&challenge(|_| ()), other),
            "another person signed in: wanted email `mira@example.com`, got `eve@example.com`"
        );
        let unknown = Facts {
            email: None,
            ..good()
        };
        let proof = judge(&challenge(|_| ()), unknown).unwrap();
        assert_eq!(proof.subject(), &SubjectMatch::LeftToTheApi);
    }

    #[test]
    fn the_subject_rule_chooses_the_claim() {
        let eve = Approver {
            user_id: "u9".into(),
            username: Some("eve".into()),
            email: None,
            display_name: None,
            is_service: false,
        };
        for (rule, said) in [
            (SubjectRule::Sub, "wanted sub `u9`, got `u1`"),
            (
                SubjectRule::PreferredUsername,
                "wanted preferred_username `eve`, got `mira`",
            ),
        ] {
            let verdict = challenge(|_| ()).judge(
                AuthenticationEvent::assertion(good()),
                StepUpToken::bearer("t".into()),
                ATTEMPT,
                &eve,
                rule,
            );
            assert!(verdict.unwrap_err().to_string().contains(said));
        }
    }
}
