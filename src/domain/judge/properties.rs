//! The judge against an independent reading of its rules: accepted only if every one of them holds.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::domain::challenge::Purpose;
use crate::domain::event::{EmailVerified, Facts};
use crate::domain::person::{Approver, PersonTerms};
use crate::domain::requirement::Freshness;

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["phr|phrh|PHR|phr |0|pwd|", ".{0,3}"]
}

fn claim<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Claim<T>> {
    // Mostly there: what is refused for want of a claim tests nothing else.
    prop_oneof![
        1 => Just(()).prop_map(|()| Claim::Absent),
        1 => ".{0,4}".prop_map(Claim::Malformed),
        8 => value.prop_map(Claim::Present),
    ]
}

fn time() -> impl Strategy<Value = i64> {
    prop_oneof![8 => -400..400_i64, 1 => any::<i64>()]
}

fn facts() -> impl Strategy<Value = Facts> {
    (
        claim(word()),
        claim(vec("mfa|hwk|pwd", 0..3)),
        claim(time()),
        time(),
        claim("mira@a|MIRA@a|eve@a"),
        prop_oneof![
            4 => Just(EmailVerified::Yes),
            1 => Just(EmailVerified::Unsaid),
            1 => Just(EmailVerified::No("false".into())),
        ],
    )
        .prop_map(
            |(acr, amr, auth_time, issued_at, email, email_verified)| Facts {
                acr,
                amr,
                auth_time,
                issued_at,
                email,
                email_verified,
                ..Facts::default()
            },
        )
}

fn requirement() -> impl Strategy<Value = AcrRequirement> {
    (
        vec(word(), 0..3),
        option::of(prop_oneof![0..300_u64, any::<u64>()]),
        any::<bool>(),
        vec("mfa|hwk", 0..2),
        vec(word(), 0..2),
    )
        .prop_map(
            |(acr_values, max_age, each_time, amr, stronger)| AcrRequirement {
                acr_values,
                max_age,
                freshness: if each_time {
                    Freshness::EachTime
                } else {
                    Freshness::AsChallenged
                },
                amr,
                stronger,
                ..AcrRequirement::default()
            },
        )
}

/// The rules once more, in numbers that cannot overflow.
fn holds(requirement: &AcrRequirement, facts: &Facts, attempt: Attempt, last: Option<i64>) -> bool {
    let acr = facts.acr.present();
    let strong = requirement.acr_values.is_empty()
        || acr.is_some_and(|acr| {
            let mut sufficient = requirement.acr_values.iter().chain(&requirement.stronger);
            acr != "0" && sufficient.any(|one| one == acr)
        });
    let methods = requirement.amr.is_empty()
        || facts
            .amr
            .present()
            .is_some_and(|amr| requirement.amr.iter().all(|one| amr.contains(one)));
    let wide = |number: i64| i128::from(number);
    let at = facts.auth_time.present().copied().map(wide);
    let skew = wide(attempt.skew);
    let happened = at.is_none_or(|at| at <= wide(attempt.received) + skew);
    let each_time = requirement.freshness == Freshness::EachTime || requirement.max_age == Some(0);
    let elapsed = i128::from(attempt.elapsed.as_secs());
    let fresh = !each_time
        || at.is_some_and(|at| {
            at != 0
                && at >= wide(attempt.started) - skew.min(60)
                && wide(facts.issued_at) - at <= elapsed + 1
                && last.is_none_or(|last| at > wide(last))
        });
    let recent = requirement.max_age.is_none_or(|max_age| {
        max_age == 0
            || at.is_some_and(|at| {
                at != 0 && wide(attempt.received) - at - skew <= i128::from(max_age)
            })
    });
    let email = facts.email.present();
    let person = email.is_some_and(|email| email.eq_ignore_ascii_case("mira@a"))
        && !matches!(facts.email_verified, EmailVerified::No(_));
    strong && methods && happened && fresh && recent && person
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn accepted_exactly_when_every_rule_holds(
        requirement in requirement(),
        facts in facts(),
        received in 0..300_i64,
        skew in 0..120_i64,
        elapsed in 0..300_u64,
        last in option::of(time()),
    ) {
        let elapsed = Duration::from_secs(elapsed);
        let attempt = Attempt { started: 0, received, elapsed, skew };
        let expected = holds(&requirement, &facts, attempt, last);
        let earlier = last.map_or(Earlier::Unused, Earlier::UsedUpTo);
        let challenge = Challenge::of(Purpose::Test, requirement);
        let approver = Approver { email: Some("mira@a".into()), ..Approver::default() };
        let person = ExpectedPerson::of(&approver, None, None, PersonTerms::default());
        let event = AuthenticationEvent::assertion(facts);
        let judged = challenge.judge(&event, attempt, &person, earlier).verdict;
        prop_assert_eq!(judged.is_ok(), expected, "{:?}", judged);
    }
}
