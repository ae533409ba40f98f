use super::*;

fn mira() -> Approver {
    Approver {
        user_id: "u1".into(),
        email: Some("mira@example.com".into()),
        username: Some("mira".into()),
        display_name: Some("Mira Chen".into()),
        is_service: false,
    }
}

fn terms(rule: SubjectRule) -> PersonTerms {
    PersonTerms {
        rule,
        accept_unverified_email: false,
    }
}

fn by(rule: SubjectRule) -> ExpectedPerson {
    ExpectedPerson::of(&mira(), None, None, terms(rule))
}

fn good() -> Facts {
    Facts {
        issuer: "https://idp.example".into(),
        subject: "u1".into(),
        email: Claim::Present("Mira@example.com".into()),
        email_verified: EmailVerified::Yes,
        preferred_username: Claim::Present("mira".into()),
        ..Facts::default()
    }
}

const fn same(caveat: Option<Caveat>) -> Compared {
    Compared {
        subject: SubjectMatch::Same,
        caveat,
    }
}

fn reason(compared: &Result<Compared, Rejection>) -> (bool, String) {
    match compared {
        Err(rejection @ Rejection::Untrusted(_)) => (true, rejection.to_string()),
        Err(rejection) => (false, rejection.to_string()),
        Ok(compared) => panic!("{compared:?}"),
    }
}

#[test]
fn core_5_4_each_rule_asks_for_its_claim() {
    for (rule, claim, scope, claims) in [
        (
            SubjectRule::Email,
            "email",
            Some("email"),
            &["email", "email_verified"][..],
        ),
        (
            SubjectRule::PreferredUsername,
            "preferred_username",
            Some("profile"),
            &["preferred_username"],
        ),
        (SubjectRule::Sub, "sub", None, &[]),
        (SubjectRule::NotCompared, "none", None, &[]),
    ] {
        assert_eq!(rule.claim(), claim);
        assert_eq!(rule.scope(), scope);
        assert_eq!(rule.claims(), claims);
    }
}

#[test]
fn core_5_4_userinfo_is_asked_where_the_claim_is_not_in_the_id_token() {
    let nothing = Facts {
        subject: "u1".into(),
        ..Facts::default()
    };
    let odd = Facts {
        email: Claim::Malformed("7".into()),
        ..nothing.clone()
    };
    for (rule, here, not_here) in [
        (SubjectRule::Email, true, false),
        (SubjectRule::PreferredUsername, true, false),
        (SubjectRule::Sub, true, true),
        (SubjectRule::NotCompared, false, false),
    ] {
        assert_eq!(rule.is_in(&good()), here, "{rule:?}");
        assert_eq!(rule.is_in(&nothing), not_here, "{rule:?}");
        assert_eq!(rule.is_in(&odd), not_here, "{rule:?}");
    }
}

#[test]
fn b9_19_the_same_person_under_each_rule() {
    for rule in [
        SubjectRule::Email,
        SubjectRule::PreferredUsername,
        SubjectRule::Sub,
    ] {
        assert_eq!(by(rule).compare(&good()), Ok(same(None)), "{rule:?}");
        assert_eq!(by(rule).sought(), Some(rule));
    }
}

#[test]
fn b9_19_another_person_is_a_contradiction_whatever_is_said_of_them() {
    for email_verified in [
        EmailVerified::Yes,
        EmailVerified::No("false".into()),
        EmailVerified::Unsaid,
    ] {
        let facts = Facts {
            email: Claim::Present("eve@example.com".into()),
            email_verified,
            ..good()
        };
        let (untrusted, reason) = reason(&by(SubjectRule::Email).compare(&facts));
        assert!(untrusted, "{reason}");
        assert_eq!(
            reason,
            "another person signed in: wanted email `mira@example.com`, got `eve@example.com`"
        );
    }
    // Exactly, but for the case of an address.
    let facts = Facts {
        preferred_username: Claim::Present("Mira".into()),
        subject: "U1".into(),
        ..good()
    };
    for rule in [SubjectRule::PreferredUsername, SubjectRule::Sub] {
        assert!(reason(&by(rule).compare(&facts)).0, "{rule:?}");
    }
}

#[test]
fn b9_19_what_is_not_there_is_unmet_and_says_where_it_was_looked_for() {
    for (email, userinfo, got) in [
        (Claim::Absent, UserInfo::NotAsked, "got none"),
        (Claim::Absent, UserInfo::NotOffered, "got none"),
        (
            Claim::Absent,
            UserInfo::Refused(403),
            "got none (UserInfo refused the access token with HTTP 403)",
        ),
        (
            Claim::Malformed("[\"mira@example.com\"]".into()),
            UserInfo::Answered,
            "got [\"mira@example.com\"] (nor does UserInfo say it)",
        ),
    ] {
        let facts = Facts {
            email,
            userinfo,
            ..good()
        };
        let (untrusted, reason) = reason(&by(SubjectRule::Email).compare(&facts));
        assert!(!untrusted && reason.ends_with(got), "{reason}");
    }
}

#[test]
fn b9_19_an_address_counts_as_verified_or_where_the_entry_takes_others() {
    let lenient = PersonTerms {
        accept_unverified_email: true,
        ..PersonTerms::default()
    };
    let lenient = ExpectedPerson::of(&mira(), None, None, lenient);
    let strict = by(SubjectRule::Email);
    let with = |email_verified| Facts {
        email_verified,
        ..good()
    };
    let refuted = with(EmailVerified::No("0".into()));
    let (untrusted, reason) = reason(&strict.compare(&refuted));
    assert!(
        !untrusted && reason.ends_with("wanted email_verified `true`, got `0`"),
        "{reason}"
    );
    assert_eq!(
        lenient.compare(&refuted),
        Ok(same(Some(Caveat::EmailUnverified)))
    );
    for expected in [&strict, &lenient] {
        let unsaid = with(EmailVerified::Unsaid);
        assert_eq!(
            expected.compare(&unsaid),
            Ok(same(Some(Caveat::EmailUnattested)))
        );
        assert_eq!(expected.compare(&good()), Ok(same(None)));
    }
    // It is about the address alone.
    assert_eq!(by(SubjectRule::Sub).compare(&refuted), Ok(same(None)));
}

#[test]
fn b9_19_nobody_is_compared_where_nobody_is_named_or_the_entry_says_so() {
    let left = |expected: ExpectedPerson| expected.compare(&good()).unwrap().subject;
    let nobody = Approver::default();
    let of = |rule| ExpectedPerson::of(&nobody, None, None, terms(rule));
    for rule in [
        SubjectRule::Email,
        SubjectRule::PreferredUsername,
        SubjectRule::Sub,
    ] {
        assert_eq!(of(rule).sought(), None);
        assert_eq!(left(of(rule)), SubjectMatch::LeftToTheApi);
    }
    let none = SubjectRule::NotCompared;
    let named = ExpectedPerson::of(&mira(), Some("mira"), Some("mira"), terms(none));
    for expected in [of(none), named] {
        assert_eq!(expected.sought(), None);
        assert_eq!(left(expected), SubjectMatch::NotCompared);
    }
}

#[test]
fn the_apis_word_goes_before_the_profile_and_that_before_the_hint() {
    let nobody = Approver::default();
    for rule in [
        SubjectRule::Email,
        SubjectRule::PreferredUsername,
        SubjectRule::Sub,
    ] {
        let of = |approver: &Approver, profile, hint| {
            let expected = ExpectedPerson::of(approver, profile, hint, terms(rule));
            (expected.source(), expected.wanted)
        };
        let (source, wanted) = of(&mira(), Some("noor"), Some("noor"));
        assert_eq!(source, Source::Api);
        assert_ne!(wanted.as_deref(), Some("noor"));
        let noor = Some("noor".to_owned());
        assert_eq!(
            of(&nobody, Some("noor"), Some("eve")),
            (Source::Profile, noor.clone())
        );
        assert_eq!(of(&nobody, None, Some("noor")), (Source::LoginHint, noor));
        let hinted = ExpectedPerson::of(&nobody, None, Some("noor"), terms(rule));
        assert!(reason(&hinted.compare(&good())).0, "{rule:?}");
    }
}

#[test]
fn b9_19_another_account_than_the_first_is_a_contradiction() {
    let own = account("https://idp.example", "u1");
    let known = |account: &str| by(SubjectRule::Email).known_as(Some(account.to_owned()));
    assert_eq!(known(&own).compare(&good()), Ok(same(None)));
    for other in [
        account("https://idp.example", "u2"),
        account("https://other.example", "u1"),
        account("https://idp.exampleu", "1"),
    ] {
        let (untrusted, reason) = reason(&known(&other).compare(&good()));
        assert!(
            untrusted && reason.contains("another account than before"),
            "{reason}"
        );
    }
}

/// No other letters than those of ASCII have two cases here: a provider may have both addresses.
#[test]
fn b9_19_letters_that_only_look_alike_are_another_person() {
    let of = |email: &str| Approver {
        email: Some(email.into()),
        ..mira()
    };
    let with = |email: &str| Facts {
        email: Claim::Present(email.into()),
        ..good()
    };
    for (api, provider) in [
        ("kim@example.com", "\u{212a}im@example.com"),
        ("\u{e9}va@example.com", "\u{c9}va@example.com"),
    ] {
        let expected = ExpectedPerson::of(&of(api), None, None, PersonTerms::default());
        assert!(reason(&expected.compare(&with(provider))).0, "{provider}");
        assert!(!of(api).is(provider));
    }
}

#[test]
fn the_provider_is_asked_for_the_address_then_the_profiles_person_then_the_login_name() {
    let hint = |approver: &Approver, profile| {
        let expected = ExpectedPerson::of(approver, profile, Some("x"), PersonTerms::default());
        expected.login_hint().map(str::to_owned)
    };
    let without_address = Approver {
        email: None,
        ..mira()
    };
    assert_eq!(
        hint(&mira(), Some("noor")).as_deref(),
        Some("mira@example.com")
    );
    assert_eq!(
        hint(&without_address, Some("noor")).as_deref(),
        Some("noor")
    );
    assert_eq!(hint(&without_address, None).as_deref(), Some("mira"));
    assert_eq!(hint(&Approver::default(), None), None);
}

#[test]
fn a_person_is_named_by_an_address_or_a_login_name() {
    let of = |email: Option<&str>, username: Option<&str>| Approver {
        email: email.map(str::to_owned),
        username: username.map(str::to_owned),
        ..mira()
    };
    assert!(of(Some("m@example.com"), None).is_named());
    assert!(of(None, Some("mira")).is_named());
    assert!(!of(None, None).is_named());
}

#[test]
fn a_person_is_known_by_address_name_or_id() {
    for (name, is) in [
        ("MIRA@example.com", true),
        ("mira", true),
        ("u1", true),
        ("Mira", false),
        ("mira@example.org", false),
        ("", false),
    ] {
        assert_eq!(mira().is(name), is, "{name}");
    }
}

#[test]
fn a_person_is_shown_as_people_write_it() {
    let words = |approver: &Approver, hint| {
        ExpectedPerson::of(approver, None, hint, terms(SubjectRule::Email)).in_words()
    };
    assert_eq!(
        words(&mira(), None).as_deref(),
        Some("Mira Chen <mira@example.com>")
    );
    let unnamed = Approver {
        display_name: mira().email,
        ..mira()
    };
    assert_eq!(
        words(&unnamed, None).as_deref(),
        Some("mira@example.com"),
        "once"
    );
    let nobody = Approver::default();
    assert_eq!(words(&nobody, Some("noor")).as_deref(), Some("noor"));
    assert_eq!(words(&nobody, None), None);
}
