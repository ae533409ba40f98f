//! `LemonLDAP::NG`: a portal whose acr values are its levels of authentication, which ignores those that it is asked for,
//! tells the address at `UserInfo` alone, hands out opaque access tokens, and does not ask again within a minute.

use crate::browser::Plan;
use crate::world::{Other, World};

/// A password there, and one with a second factor.
const PASSWORD: &str = "loa-1";
const SECOND_FACTOR: &str = "loa-5";

const LEMONLDAP: Other = Other {
    script: "lemonldap.mjs",
    told: &[],
    set: &["--set", "challenge=no-acr"],
    client: "stepup-cli",
    flags: &["--acr-value", SECOND_FACTOR],
};

fn two_factors() -> Plan {
    Plan::of(["password", "portal-code", "result"])
}

/// Its metadata list algorithms that it has no key for as well, and `none`.
#[test]
fn b9_16_the_level_that_was_reached_approves() {
    let world = World::at(&LEMONLDAP);
    let config = world.config_text();
    assert!(
        config.contains(r#"id_token_algs = ["RS256", "RS384", "RS512"]"#),
        "{config}"
    );
    let outcome = world.approve("4211", two_factors());
    outcome.is_approved_with(SECOND_FACTOR);
    outcome.report.ends_at_a_clean_address();
    world.approved(&["4211"]);
}

#[test]
fn b9_16_a_lower_level_does_not_approve() {
    let world = World::at(&LEMONLDAP);
    let plan = Plan::of(["password", "result"]).by("mira.weakly");
    let outcome = world.approve("4211", plan);
    outcome.fails(
        3,
        "unmet",
        &format!("needed `{SECOND_FACTOR}`, got `{PASSWORD}`"),
    );
    outcome.report.went_well().ends_at_a_clean_address();
    world.is_untouched("4211");
}

#[test]
fn somebody_else_at_userinfo_does_not_approve() {
    let world = World::at(&LEMONLDAP);
    let outcome = world.approve("4211", two_factors().by("noor.haddad"));
    outcome.fails(5, "untrusted", "noor.haddad@sandbox.example");
    world.is_untouched("4211");
}

/// `prompt=login` is answered from the session, `max_age=0` never read: the sign-in is from before the attempt.
#[test]
fn a_session_that_answers_for_the_person_does_not_approve() {
    let world = World::at(&LEMONLDAP);
    let plan = two_factors().with_kept_cookies();
    world.approve("4211", plan).is_approved_with(SECOND_FACTOR);
    let again = world.approve("4213", Plan::of(["result"]).with_kept_cookies());
    again.fails(3, "unmet", "authentication was not fresh");
    again.report.went_well();
    world.approved(&["4211"]);
}

#[test]
fn a_recent_session_is_enough_where_the_entry_leaves_freshness_to_the_challenge() {
    let flags = ["--acr-value", SECOND_FACTOR, "--freshness", "as-challenged"];
    let world = World::at(&Other {
        flags: &flags,
        ..LEMONLDAP
    });
    let signed_in_at = |outcome: &crate::world::Outcome| {
        let receipt = outcome.is_approved_with(SECOND_FACTOR).stdout_json();
        receipt["proof"]["auth_time"].as_i64().unwrap()
    };
    let first = world.approve("4211", two_factors().with_kept_cookies());
    let again = world.approve("4213", Plan::of(["result"]).with_kept_cookies());
    assert_eq!(signed_in_at(&again), signed_in_at(&first));
    world.approved(&["4211", "4213"]);
}

/// It is on no list that a client may come without a secret, here as elsewhere, and clients do.
#[test]
fn a_doctor_does_not_send_a_public_client_for_a_secret() {
    let world = World::at(&LEMONLDAP);
    let outcome = world.stepup(&["doctor", "interop", "-o", "json"]).run();
    let document = outcome.exits(0).stdout_json();
    let mut lines = document["checks"].as_array().unwrap().iter();
    let line = lines.find(|line| line["check"] == "client").unwrap();
    assert_eq!(line["status"], "warn", "{line}");
    let hint = line["hint"].as_str().unwrap();
    assert!(hint.contains("public clients"), "{line}");
}
