use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn challenge() -> HostedChallenge {
    HostedChallenge {
        task_id: "task".into(),
        policy_step_id: "step".into(),
        provider_id: Some("provider".into()),
        user_id: "me".into(),
        not_before: at(1000),
        known: ["old".to_owned()].into(),
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

const NOW: i64 = 1020;

fn mismatch(change: impl FnOnce(&mut StepUpTransaction)) -> Mismatch {
    let mut transaction = verified();
    change(&mut transaction);
    challenge().judge(&transaction, at(NOW)).unwrap_err()
}

#[test]
fn a_transaction_that_fits_is_a_proof() {
    let proof = challenge().judge(&verified(), at(NOW)).unwrap();
    assert_eq!(proof.strength(), Strength::Compared);
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
        Mismatch::Target
    );
    assert_eq!(mismatch(|one| one.id = String::new()), Mismatch::Target);
    assert_eq!(
        mismatch(|one| one.created_at = Some(at(999))),
        Mismatch::Before
    );
    assert_eq!(mismatch(|one| one.created_at = None), Mismatch::Before);
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

#[test]
fn what_begins_with_the_attempt_is_of_the_attempt() {
    let mut transaction = verified();
    transaction.created_at = Some(at(1000));
    transaction.expires_at = Some(at(NOW + 1));
    assert!(challenge().judge(&transaction, at(NOW)).is_ok());
}

fn strength(terms: ProviderTerms, claims: Claims) -> Result<Strength, String> {
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
        .map(|proof| proof.strength())
        .map_err(|mismatch| mismatch.to_string())
}

fn acr(acr: Claim<String>) -> Claims {
    Claims {
        acr,
        ..Claims::default()
    }
}

#[test]
fn an_acr_is_compared_exactly_where_both_sides_are_known() {
    let terms = || ProviderTerms::Acr(vec!["phr".into(), "phrh".into()]);
    let present = |text: &str| acr(Claim::Present(text.to_owned()));
    assert_eq!(strength(terms(), present("phrh")), Ok(Strength::Compared));
    for wrong in ["PHR", "phr ", "pwd", ""] {
        assert_eq!(
            strength(terms(), present(wrong)),
            Err(format!(
                "authentication was not strong enough: needed acr `phr` or `phrh`, got acr {wrong:?}"
            ))
        );
    }
    assert!(strength(terms(), acr(Claim::Malformed("3".into()))).is_err());
    assert_eq!(
        strength(terms(), acr(Claim::Absent)),
        Ok(Strength::LeftToTheApi)
    );
    assert_eq!(
        strength(ProviderTerms::Unknown, present("pwd")),
        Ok(Strength::LeftToTheApi)
    );
}

#[test]
fn a_context_is_compared_without_case_and_one_suffices() {
    let terms = || ProviderTerms::Contexts(vec!["C1".into()]);
    let contexts = |list: &[&str]| Claims {
        contexts: Claim::Present(list.iter().map(ToString::to_string).collect()),
        ..Claims::default()
    };
    assert_eq!(
        strength(terms(), contexts(&["c7", "c1"])),
        Ok(Strength::Compared)
    );
    assert!(strength(terms(), contexts(&["c2"])).is_err());
    assert!(strength(terms(), contexts(&[])).is_err());
    assert_eq!(
        strength(terms(), Claims::default()),
        Ok(Strength::LeftToTheApi)
    );
}

#[test]
fn freshness_is_compared_where_a_time_is_shown() {
    let time = |auth_time| Claims {
        auth_time,
        ..Claims::default()
    };
    let fresh = |auth_time| strength(ProviderTerms::Freshness, time(auth_time));
    assert_eq!(fresh(Claim::Present(1000)), Ok(Strength::Compared));
    assert_eq!(fresh(Claim::Absent), Ok(Strength::LeftToTheApi));
    assert_eq!(
        fresh(Claim::Present(990)),
        Err("authentication was not fresh: the sign-in was 10 s before the attempt".to_owned())
    );
    assert!(fresh(Claim::Malformed("\"now\"".into())).is_err());
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
    assert_eq!(look(&[]), Look::Nothing);
    let Look::Verified(proof) = look(&[
        named("a", 1001, Verified),
        named("c", 1012, Failed),
        named("b", 1011, Verified),
    ]) else {
        panic!();
    };
    assert_eq!(proof.transaction().id, "b");
    assert_eq!(
        look(&[named("a", 1001, Failed), named("b", 1002, Pending)]),
        Look::Pending(Some(at(1600)))
    );
    assert_eq!(
        look(&[named("a", 1001, Pending), named("b", 1002, Failed)]),
        Look::Failed(String::new())
    );
    assert_eq!(look(&[named("old", 1001, Verified)]), Look::Nothing);
}

#[test]
fn a_pending_one_may_lack_the_person_and_is_not_judged_for_strength() {
    let mut pending = named("a", 1001, TransactionState::Pending);
    pending.user_id = String::new();
    pending.claims = acr(Claim::Present("pwd".into()));
    assert_eq!(
        challenge().look(&[pending], at(NOW)),
        Look::Pending(Some(at(1600)))
    );
}

#[test]
fn somebody_elses_is_no_answer_while_ours_waits() {
    let mut foreign = named("b", 1015, TransactionState::Verified);
    foreign.user_id = "somebody".into();
    let ours = named("a", 1001, TransactionState::Pending);
    let look = |list: &[StepUpTransaction]| challenge().look(list, at(NOW));
    assert!(matches!(look(&[foreign.clone(), ours]), Look::Pending(_)));
    assert!(matches!(
        look(&[foreign]),
        Look::Mismatch(Mismatch::Person { .. })
    ));
}

#[test]
fn a_verified_one_that_has_lapsed_or_falls_short_is_named() {
    let mut late = verified();
    late.expires_at = Some(at(1015));
    assert_eq!(
        challenge().look(&[late], at(NOW)),
        Look::Mismatch(Mismatch::Lapsed(at(1015)))
    );
    let mut weak = verified();
    weak.claims = acr(Claim::Present("pwd".into()));
    assert!(matches!(
        challenge().look(&[weak], at(NOW)),
        Look::Mismatch(Mismatch::Short { .. })
    ));
}
