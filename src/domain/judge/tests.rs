use super::*;
use crate::domain::challenge::Purpose;
use crate::domain::event::{EmailVerified, Facts};
use crate::domain::person::{Approver, PersonTerms};
use crate::domain::requirement::Freshness;

const STARTED: i64 = 1_000_000;
const ATTEMPT: Attempt = Attempt {
    started: STARTED,
    received: STARTED + 90,
    elapsed: Duration::from_secs(90),
    skew: 60,
};

fn challenge(change: impl FnOnce(&mut AcrRequirement)) -> Challenge {
    let mut requirement = AcrRequirement {
        acr_values: vec!["phr".into()],
        ..AcrRequirement::default()
    };
    change(&mut requirement);
    Challenge::of(Purpose::Test, requirement)
}

fn good() -> Facts {
    Facts {
        issuer: "https://idp.example".into(),
        subject: "u1".into(),
        acr: Claim::Present("phr".into()),
        acrs: Claim::Absent,
        amr: Claim::Present(vec!["hwk".into(), "user".into()]),
        auth_time: Claim::Present(STARTED + 60),
        issued_at: STARTED + 89,
        email: Claim::Present("Mira@example.com".into()),
        email_verified: EmailVerified::Yes,
        preferred_username: Claim::Present("mira".into()),
        ..Facts::default()
    }
}

fn mira() -> ExpectedPerson {
    let mira = Approver {
        user_id: "u1".into(),
        email: Some("mira@example.com".into()),
        ..Approver::default()
    };
    ExpectedPerson::of(&mira, None, None, PersonTerms::default())
}

fn judge(challenge: &Challenge, facts: Facts) -> Result<Sufficient, Rejection> {
    let event = AuthenticationEvent::assertion(facts);
    challenge
        .judge(&event, ATTEMPT, &mira(), Earlier::Unused)
        .verdict
}

fn refusal(challenge: &Challenge, facts: Facts) -> String {
    judge(challenge, facts).unwrap_err().to_string()
}

#[test]
fn a_strong_fresh_sign_in_of_the_right_person_is_sufficient() {
    let judged = judge(&challenge(|_| ()), good()).unwrap();
    assert_eq!(judged.subject(), SubjectMatch::Same);
    assert_eq!(judged.caveats(), []);
}

/// How a refusal begins where `phr` was needed: in words, for whoever does not know the values by heart.
const NEEDED: &str = "authentication was not strong enough: needed a phishing-resistant factor (passkey or security key)";

#[test]
fn what_only_one_provider_knows_is_named_and_not_explained() {
    let gold = challenge(|requirement| requirement.acr_values = vec!["gold".into()]);
    assert_eq!(
        refusal(&gold, good()),
        "authentication was not strong enough: needed `gold`, got `phr`"
    );
}

#[test]
fn b9_16_anything_but_an_accepted_acr_is_unmet() {
    for (acr, said) in [
        (Claim::Absent, "got no acr at all"),
        (Claim::Present("pwd".into()), "got `pwd`"),
        (Claim::Present("0".into()), "got `0`"),
        (Claim::Present("phr phrh".into()), "got `phr phrh`"),
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
        let refused = refusal(&challenge(|_| ()), facts);
        let values = format!("; acr: needed `phr`, {said}");
        assert!(
            refused.starts_with(NEEDED) && refused.ends_with(&values),
            "{refused}"
        );
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
    let list =
        |values: &[&str]| Claim::Present(values.iter().map(|value| (*value).to_owned()).collect());
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
    assert_eq!(
        refusal(&zero, facts),
        "authentication was not strong enough: needed `0`, got it, and it stands for no assurance at all (OpenID Connect Core section 2)"
    );
}

#[test]
fn b1_10_a_stronger_value_counts_only_where_the_entry_ranks_it() {
    let facts = |acr: &str| Facts {
        acr: Claim::Present(acr.into()),
        ..good()
    };
    assert_eq!(
        refusal(&challenge(|_| ()), facts("phrh")),
        format!(
            "{NEEDED}, got a phishing-resistant factor in hardware; acr: needed `phr`, got `phrh`"
        )
    );
    let ranked = challenge(|requirement| {
        requirement.stronger = vec!["phrh".into(), "0".into()];
    });
    for acr in ["2fa", "PHRH", "phrh ", "0", ""] {
        let said = format!("{NEEDED}; acr: needed `phr`, got `{acr}`");
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
        let backdated = Facts {
            issued_at: STARTED + 31,
            ..at(STARTED - 60)
        };
        assert!(judge(&each_time, backdated).is_ok());
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
            .examine(&event, lenient, &mira(), Earlier::Unused)
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
    let list =
        |values: &[&str]| Claim::Present(values.iter().map(|value| (*value).to_owned()).collect());
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
fn b9_19_who_signed_in_is_judged_first_and_what_is_said_of_them_comes_along() {
    let weak = Facts {
        acr: Claim::Absent,
        ..good()
    };
    let other = Facts {
        email: Claim::Present("eve@example.com".into()),
        ..weak.clone()
    };
    assert_eq!(
        refusal(&challenge(|_| ()), other),
        "another person signed in: wanted email `mira@example.com`, got `eve@example.com`"
    );
    let nobody = Facts {
        email: Claim::Absent,
        ..weak
    };
    assert_eq!(
        refusal(&challenge(|_| ()), nobody),
        "the provider does not say who signed in: wanted email `mira@example.com`, got none"
    );
    let unattested = Facts {
        email_verified: EmailVerified::Unsaid,
        ..good()
    };
    let judged = judge(&challenge(|_| ()), unattested).unwrap();
    assert_eq!(judged.caveats(), [Caveat::EmailUnattested]);
}

#[test]
fn b9_20_by_the_providers_own_stamps_it_happened_within_the_attempt() {
    let (none, aged) = (challenge(|_| ()), aged(300));
    for hours in [0, 3600, -3600] {
        let own = |issued_at| Facts {
            auth_time: Claim::Present(issued_at - 91 + hours),
            issued_at: issued_at + hours,
            ..good()
        };
        let stamps = |requirement: &Challenge, facts| {
            let event = AuthenticationEvent::assertion(facts);
            let requirement = &requirement.requirement;
            requirement
                .examine(&event, ATTEMPT, &mira(), Earlier::Unused)
                .own_stamps
        };
        // Whether the two clocks agree is not asked here.
        assert_eq!(stamps(&none, own(STARTED)), Ok(()));
        let older = |facts: Facts| Facts {
            issued_at: facts.issued_at + 1,
            ..facts
        };
        let said = stamps(&none, older(own(STARTED))).unwrap_err().to_string();
        assert_eq!(
            said,
            "authentication was not fresh: wanted a sign-in at most 91 s before the provider issued its token, got one 92 s before"
        );
        assert_eq!(stamps(&aged, older(own(STARTED))), Ok(()));
    }
}

#[test]
fn b9_20_a_session_of_a_minute_ago_is_not_of_this_attempt_whatever_the_skew_says() {
    let facts = Facts {
        auth_time: Claim::Present(STARTED - 7),
        issued_at: STARTED + 90,
        ..good()
    };
    let said = refusal(&challenge(|_| ()), facts);
    assert!(said.contains("got one 97 s before"), "{said}");
}

#[test]
fn b9_20_a_sign_in_that_was_used_or_is_older_than_one_that_was_is_not_new() {
    let verdict = |requirement: &Challenge, earlier| {
        let event = AuthenticationEvent::assertion(good());
        requirement.judge(&event, ATTEMPT, &mira(), earlier).verdict
    };
    let none = challenge(|_| ());
    let zero = aged(0);
    for requirement in [&none, &zero] {
        for earlier in [
            Earlier::Unused,
            Earlier::NotKnown,
            Earlier::UsedUpTo(STARTED + 59),
        ] {
            assert!(verdict(requirement, earlier).is_ok(), "{earlier:?}");
        }
        for last in [STARTED + 60, STARTED + 61] {
            let why = verdict(requirement, Earlier::UsedUpTo(last)).unwrap_err();
            assert_eq!(
                why,
                Rejection::Unmet(Unmet::Used {
                    last,
                    at: STARTED + 60
                })
            );
        }
    }
    assert!(verdict(&aged(300), Earlier::UsedUpTo(STARTED + 60)).is_ok());
}

#[test]
fn a_time_that_is_no_time_has_its_own_sentence() {
    let at = |auth_time| Facts {
        auth_time: Claim::Present(auth_time),
        ..good()
    };
    for requirement in [challenge(|_| ()), aged(300)] {
        assert_eq!(
            refusal(&requirement, at(0)),
            "the provider does not fill in when the sign-in happened: wanted auth_time in seconds since 1970, got 0"
        );
    }
    let today = 1_764_356_400;
    let attempt = Attempt {
        started: today,
        received: today,
        ..ATTEMPT
    };
    let verdict = |auth_time| {
        let event = AuthenticationEvent::assertion(at(auth_time));
        let judged = challenge(|_| ()).judge(&event, attempt, &mira(), Earlier::Unused);
        judged.verdict.unwrap_err().to_string()
    };
    assert_eq!(
        verdict(today * 1000),
        "the provider says when the sign-in happened in another unit: wanted auth_time in seconds, got 1764356400000, which is a time of late in milliseconds"
    );
    let a_year_ago = today + 60 - 31_622_400;
    assert!(verdict(a_year_ago * 1000).contains("in another unit"));

    for future in [(today + 61) * 1000, (a_year_ago - 1) * 1000, i64::MAX] {
        assert!(verdict(future).contains("in the future"), "{future}");
    }
}

fn aged(max_age: u64) -> Challenge {
    challenge(|requirement| {
        requirement.freshness = Freshness::AsChallenged;
        requirement.max_age = Some(max_age);
    })
}
