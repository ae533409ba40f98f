use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// When the attempt began; a transaction may be dated a minute before, by another clock.
const BEGAN: i64 = 1060;

fn challenge() -> HostedChallenge {
    HostedChallenge {
        task_id: "task".into(),
        policy_step_id: "step".into(),
        provider_id: Some("provider".into()),
        user_id: "me".into(),
        began: Some(at(BEGAN)),
        ahead: 0,
        known: Some(["old".to_owned()].into()),
        terms: ProviderTerms::Acr(vec!["phr".into(), "phrh".into()]),
    }
}

fn verified() -> StepUpTransaction {
    StepUpTransaction {
        id: "new".into(),
        state: TransactionState::Verified,
        provider_id: "provider".into(),
        user_id: "me".into(),
        target: Some(("task".into(), "step".into())),
        claims: Claims {
            acr: Claim::Present("phr".into()),
            ..Claims::default()
        },
        error_message: String::new(),
        created_at: Some(at(1010)),
        expires_at: Some(at(1600)),
    }
}

const NOW: i64 = 1080;

fn mismatch(change: impl FnOnce(&mut StepUpTransaction)) -> Mismatch {
    let mut transaction = verified();
    change(&mut transaction);
    challenge().judge(&transaction, at(NOW)).unwrap_err()
}

#[test]
fn a_transaction_that_fits_is_a_proof() {
    let proof = challenge().judge(&verified(), at(NOW)).unwrap();
    assert_eq!(proof.left_to_the_api(), [Fact::Age]);
    assert_eq!(proof.caveats(), []);
    assert_eq!(proof.transaction().id, "new");
    assert!(proof.is_for("task", "step"));
    assert!(!proof.is_for("task", "else") && !proof.is_for("else", "step"));
}

#[test]
fn a_transaction_of_another_task_step_time_person_or_provider_is_none() {
    assert_eq!(mismatch(|one| one.target = None), Mismatch::Target);
    let other = |task: &str, step: &str| Some((task.to_owned(), step.to_owned()));
    assert_eq!(
        mismatch(|one| one.target = other("else", "step")),
        Mismatch::Target
    );
    assert_eq!(
        mismatch(|one| one.target = other("task", "else")),
        Mismatch::Step {
            wanted: "step".into(),
            got: "else".into()
        }
    );
    assert_eq!(mismatch(|one| one.id = String::new()), Mismatch::Target);
    assert_eq!(
        mismatch(|one| one.created_at = Some(at(BEGAN - 61))),
        Mismatch::Before
    );
    assert_eq!(mismatch(|one| one.id = "old".into()), Mismatch::Before);
    for user in ["", "somebody"] {
        assert_eq!(
            mismatch(|one| one.user_id = user.into()),
            Mismatch::Person {
                wanted: "me".into(),
                got: user.into()
            }
        );
    }
    assert_eq!(
        mismatch(|one| one.provider_id = "other".into()),
        Mismatch::Provider {
            wanted: "provider".into(),
            got: "other".into()
        }
    );
    for end in [1000, NOW] {
        assert_eq!(
            mismatch(|one| one.expires_at = Some(at(end))),
            Mismatch::Lapsed(at(end))
        );
    }
}

/// What the API does not say is left to it, where a look from before the attempt shows that it is new.
#[test]
fn a_new_transaction_without_a_step_or_a_date_is_left_to_the_api() {
    let mut transaction = verified();
    transaction.target = Some(("task".into(), String::new()));
    transaction.created_at = None;
    let proof = challenge().judge(&transaction, at(NOW)).unwrap();
    let left = [Fact::Target, Fact::Creation, Fact::Age];
    assert_eq!(proof.left_to_the_api(), left);
    assert!(proof.is_for("task", "step"));
    let blind = HostedChallenge {
        known: None,
        ..challenge()
    };
    let judged = blind.judge(&transaction, at(NOW));
    assert_eq!(judged.unwrap_err(), Mismatch::Undated);
    transaction.id = "old".into();
    let judged = challenge().judge(&transaction, at(NOW));
    assert_eq!(judged.unwrap_err(), Mismatch::Before);
}

type Change = fn(&mut StepUpTransaction);

/// It counts if a person says so, and for the step that was shown; all else has to fit.
#[test]
fn a_transaction_of_another_step_is_asked_about_and_never_taken_by_itself() {
    let mut transaction = verified();
    transaction.target = Some(("task".into(), "else".into()));
    let Assessment::OtherStep(proof) = challenge().look(&[transaction.clone()], at(NOW)) else {
        panic!("it has to be asked about");
    };
    assert!(proof.is_for("task", "step") && !proof.is_for("task", "else"));
    assert_eq!(proof.transaction().target, transaction.target);
    assert!(proof.left_to_the_api().contains(&Fact::Target));
    // Ours, however far it is, comes first.
    let mut pending = verified();
    pending.state = TransactionState::Pending;
    let look = challenge().look(&[transaction.clone(), pending], at(NOW));
    assert!(matches!(look, Assessment::Pending(_)));
    let changes: [Change; 6] = [
        |one| one.user_id = "somebody".into(),
        |one| one.provider_id = "other".into(),
        |one| one.id = "old".into(),
        |one| one.created_at = Some(at(0)),
        |one| one.state = TransactionState::Pending,
        |one| one.claims.acr = Claim::Present("pwd".into()),
    ];
    for change in changes {
        let mut other = transaction.clone();
        change(&mut other);
        assert_eq!(challenge().look(&[other], at(NOW)), Assessment::Nothing);
    }
}

#[test]
fn what_came_with_the_attempt_is_left_out_with_its_reason() {
    let changed = |change: fn(&mut StepUpTransaction)| {
        let mut transaction = verified();
        change(&mut transaction);
        transaction
    };
    let left_out = challenge().left_out(&[
        verified(),
        changed(|one| one.id = "old".into()),
        changed(|one| one.target = None),
        changed(|one| one.created_at = Some(at(0))),
        changed(|one| {
            one.target = Some(("task".into(), "else".into()));
            one.state = TransactionState::Pending;
        }),
    ]);
    let why: Vec<(bool, &Mismatch)> = left_out
        .iter()
        .map(|one| (one.is_verified, &one.why))
        .collect();
    let step = Mismatch::Step {
        wanted: "step".into(),
        got: "else".into(),
    };
    let expected = [
        (true, &Mismatch::Target),
        (true, &Mismatch::Before),
        (false, &step),
    ];
    assert_eq!(why, expected);
}

#[test]
fn what_begins_with_the_attempt_is_of_the_attempt() {
    let mut transaction = verified();
    transaction.created_at = Some(at(1000));
    transaction.expires_at = Some(at(NOW + 1));
    assert!(challenge().judge(&transaction, at(NOW)).is_ok());
}

/// What is left to the API and said of such claims, or why they do not fit.
fn of_claims(terms: ProviderTerms, claims: Claims) -> Result<(Vec<Fact>, Vec<Caveat>), String> {
    let challenge = HostedChallenge {
        terms,
        ..challenge()
    };
    let transaction = StepUpTransaction {
        claims,
        ..verified()
    };
    let judged = challenge.judge(&transaction, at(NOW));
    judged
        .map(|proof| (proof.left.clone(), proof.caveats.clone()))
        .map_err(|mismatch| mismatch.to_string())
}

/// What is left to the API and the caveats, of claims with the time of a sign-in just now.
fn strength(terms: ProviderTerms, claims: Claims) -> Result<(Vec<Fact>, Vec<Caveat>), String> {
    let auth_time = Claim::Present(BEGAN + 5);
    of_claims(
        terms,
        Claims {
            auth_time,
            ..claims
        },
    )
}

fn acr(acr: Claim<String>) -> Claims {
    Claims {
        acr,
        ..Claims::default()
    }
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

#[test]
fn an_acr_is_compared_exactly_where_both_sides_are_known() {
    let terms = || ProviderTerms::Acr(words(&["phr", "phrh"]));
    let present = |text: &str| acr(Claim::Present(text.to_owned()));
    assert_eq!(strength(terms(), present("phrh")), Ok((vec![], vec![])));
    for wrong in ["PHR", "phr ", "pwd", ""] {
        assert_eq!(
            strength(terms(), present(wrong)),
            Err(format!(
                "authentication was not strong enough: needed acr `phr` or `phrh`, got acr {wrong:?}"
            ))
        );
    }
    assert!(strength(terms(), acr(Claim::Malformed("3".into()))).is_err());
    let left = Ok((vec![Fact::Strength], vec![]));
    assert_eq!(strength(terms(), acr(Claim::Absent)), left);
    assert_eq!(strength(ProviderTerms::Unknown, present("gold")), left);
}

/// Okta's value that one factor meets: whatever Okta calls the sign-in it counts, and what it was is said.
#[test]
fn if_possible_is_met_with_one_factor_and_that_is_said() {
    let terms = || ProviderTerms::Acr(words(&[OKTA_IF_POSSIBLE.value]));
    let claims = |name: &str, amr: &[&str]| Claims {
        acr: Claim::Present(name.to_owned()),
        amr: Claim::Present(words(amr)),
        ..Claims::default()
    };
    let weak = Ok((vec![], vec![Caveat::WeakValue]));
    let strong = Ok((vec![], vec![]));
    for (acr, amr, said) in [
        (OKTA_IF_POSSIBLE.value, &["pwd"][..], &weak),
        (OKTA_IF_POSSIBLE.value, &[], &weak),
        (OKTA_IF_POSSIBLE.value, &["pwd", "otp", "mfa"], &strong),
        ("urn:okta:loa:1fa:pwd", &["pwd"], &weak),
        ("urn:okta:loa:1fa:any", &["mfa"], &weak),
        ("urn:okta:loa:2fa:any", &["mfa"], &strong),
    ] {
        assert_eq!(&strength(terms(), claims(acr, amr)), said, "{acr} {amr:?}");
    }
    assert!(strength(terms(), claims("gold", &[])).is_err());
    let two = ProviderTerms::Acr(words(&["urn:okta:loa:2fa:any"]));
    assert!(strength(two, claims("urn:okta:loa:1fa:any", &[])).is_err());
}

#[test]
fn a_context_is_compared_without_case_and_one_suffices() {
    let terms = || ProviderTerms::Contexts(words(&["C1"]));
    let contexts = |list: &[&str]| Claims {
        contexts: Claim::Present(words(list)),
        ..Claims::default()
    };
    let policy = vec![Caveat::TenantPolicy];
    assert_eq!(
        strength(terms(), contexts(&["c7", "c1"])),
        Ok((vec![], policy.clone()))
    );
    assert!(strength(terms(), contexts(&["c2"])).is_err());
    assert!(strength(terms(), contexts(&[])).is_err());
    assert_eq!(
        strength(terms(), Claims::default()),
        Ok((vec![Fact::Strength], policy))
    );
}

/// One rule for every kind of provider: a time that is shown is of this attempt, and one that is not shown is
/// left to the API.
#[test]
fn a_sign_in_is_of_this_attempt_whatever_was_demanded_beside_it() {
    for (terms, claims, caveats) in [
        (
            ProviderTerms::Freshness,
            Claims::default(),
            vec![Caveat::FreshnessOnly],
        ),
        (
            ProviderTerms::Acr(words(&["phr"])),
            acr(Claim::Present("phr".into())),
            vec![],
        ),
        (
            ProviderTerms::Contexts(words(&["c1"])),
            Claims {
                contexts: Claim::Present(words(&["c1"])),
                ..Claims::default()
            },
            vec![Caveat::TenantPolicy],
        ),
    ] {
        let with = |auth_time| {
            let claims = Claims {
                auth_time,
                ..claims.clone()
            };
            of_claims(terms.clone(), claims)
        };
        for fresh in [BEGAN - 60, BEGAN, NOW + 300] {
            let judged = with(Claim::Present(fresh));
            assert_eq!(judged, Ok((vec![], caveats.clone())), "{terms:?} {fresh}");
        }
        let left = Ok((vec![Fact::Age], caveats));
        assert_eq!(with(Claim::Absent), left, "{terms:?}");
        for (auth_time, why) in [
            (
                Claim::Present(BEGAN - 61),
                "authentication was not fresh: the sign-in was 61 s before the attempt",
            ),
            (
                Claim::Present(NOW + 301),
                "the sign-in claims to have happened 301 s in the future",
            ),
            (
                Claim::Present(0),
                "the API does not say when the sign-in happened: wanted an auth_time, got 0",
            ),
            (
                Claim::Malformed("\"now\"".into()),
                "the API does not say when the sign-in happened: wanted an auth_time, got \"now\"",
            ),
        ] {
            assert_eq!(with(auth_time), Err(why.to_owned()), "{terms:?}");
        }
    }
}

/// The provider's clock is right, and the API's is ten minutes off.
#[test]
fn an_apis_clock_that_is_off_makes_no_sign_in_old_or_early() {
    for ahead in [-600, 600] {
        let challenge = HostedChallenge {
            ahead,
            ..challenge()
        };
        let judge = |auth_time| {
            let mut transaction = verified();
            transaction.claims.auth_time = Claim::Present(auth_time);
            challenge.judge(&transaction, at(NOW)).is_ok()
        };
        assert!(judge(BEGAN - ahead), "{ahead}");
        assert!(!judge(BEGAN - ahead - 61), "{ahead}");
    }
}

/// What the API does not show is left to it, fact by fact.
#[test]
fn what_is_not_shown_is_named() {
    let left = |change: fn(&mut StepUpTransaction)| {
        let mut transaction = verified();
        transaction.claims.auth_time = Claim::Present(BEGAN);
        change(&mut transaction);
        let judged = challenge().judge(&transaction, at(NOW));
        judged
            .map(|proof| proof.left)
            .map_err(|why| why.to_string())
    };
    assert_eq!(left(|_| {}), Ok(vec![]));
    assert_eq!(
        left(|one| one.provider_id = String::new()),
        Ok(vec![Fact::Provider])
    );
    assert_eq!(left(|one| one.expires_at = None), Ok(vec![Fact::Expiry]));
    assert_eq!(
        left(|one| one.claims = Claims::default()),
        Ok(vec![Fact::Strength, Fact::Age])
    );
    let unasked = HostedChallenge {
        provider_id: None,
        ..challenge()
    };
    let proof = unasked.judge(&verified(), at(NOW)).unwrap();
    assert_eq!(proof.left_to_the_api(), [Fact::Provider, Fact::Age]);
}

/// One that the person named may be from before; its sign-in is of its own time all the same.
#[test]
fn a_transaction_that_was_named_leaves_its_creation_to_the_api() {
    let named = HostedChallenge {
        began: None,
        known: None,
        ..challenge()
    };
    let judge = |auth_time| {
        let mut transaction = verified();
        transaction.created_at = Some(at(500));
        transaction.claims.auth_time = auth_time;
        let judged = named.judge(&transaction, at(NOW));
        judged
            .map(|proof| proof.left)
            .map_err(|why| why.to_string())
    };
    assert_eq!(judge(Claim::Present(510)), Ok(vec![Fact::Creation]));
    assert_eq!(judge(Claim::Absent), Ok(vec![Fact::Creation, Fact::Age]));
    assert_eq!(
        judge(Claim::Present(1)),
        Err("authentication was not fresh: the sign-in was 499 s before the attempt".to_owned())
    );
}

/// Nothing but a verified one is ever a proof.
#[test]
fn one_that_is_not_verified_is_no_proof() {
    for state in [TransactionState::Pending, TransactionState::Failed] {
        assert_eq!(
            mismatch(|one| one.state = state),
            Mismatch::NotVerified("new".into())
        );
    }
}

fn named(id: &str, created: i64, state: TransactionState) -> StepUpTransaction {
    StepUpTransaction {
        id: id.into(),
        state,
        created_at: Some(at(created)),
        ..verified()
    }
}

#[test]
fn the_newest_verified_one_wins_else_the_newest_of_the_rest() {
    use TransactionState::{Failed, Pending, Verified};
    let look = |list: &[StepUpTransaction]| challenge().look(list, at(NOW));
    assert_eq!(look(&[]), Assessment::Nothing);
    let Assessment::Verified(proof) = look(&[
        named("a", 1001, Verified),
        named("c", 1012, Failed),
        named("b", 1011, Verified),
    ]) else {
        panic!();
    };
    assert_eq!(proof.transaction().id, "b");
    assert_eq!(
        look(&[named("a", 1001, Failed), named("b", 1002, Pending)]),
        Assessment::Pending(Some(at(1600)))
    );
    assert_eq!(
        look(&[named("a", 1001, Pending), named("b", 1002, Failed)]),
        Assessment::Failed(String::new())
    );
    assert_eq!(look(&[named("old", 1001, Verified)]), Assessment::Nothing);
}

#[test]
fn a_pending_one_may_lack_the_person_and_is_not_judged_for_strength() {
    let mut pending = named("a", 1001, TransactionState::Pending);
    pending.user_id = String::new();
    pending.claims = acr(Claim::Present("pwd".into()));
    assert_eq!(
        challenge().look(&[pending], at(NOW)),
        Assessment::Pending(Some(at(1600)))
    );
}

#[test]
fn somebody_elses_is_no_answer_while_ours_waits() {
    let mut foreign = named("b", 1015, TransactionState::Verified);
    foreign.user_id = "somebody".into();
    let ours = named("a", 1001, TransactionState::Pending);
    let look = |list: &[StepUpTransaction]| challenge().look(list, at(NOW));
    assert!(matches!(
        look(&[foreign.clone(), ours]),
        Assessment::Pending(_)
    ));
    assert!(matches!(
        look(&[foreign]),
        Assessment::Mismatch(Mismatch::Person { .. })
    ));
}

#[test]
fn a_verified_one_that_has_lapsed_or_falls_short_is_named() {
    let mut late = verified();
    late.expires_at = Some(at(1015));
    assert_eq!(
        challenge().look(&[late], at(NOW)),
        Assessment::Mismatch(Mismatch::Lapsed(at(1015)))
    );
    let mut weak = verified();
    weak.claims = acr(Claim::Present("pwd".into()));
    assert!(matches!(
        challenge().look(&[weak], at(NOW)),
        Assessment::Mismatch(Mismatch::Short { .. })
    ));
}
