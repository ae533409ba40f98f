//! What the person shows, and whether it is enough.

use serde_json::{Value, json};

use crate::browser::Plan;
use crate::world::World;

const TWO_FACTORS: &str = "urn:okta:loa:2fa:any";

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[test]
fn a_passkey_approves_what_demands_one_on_the_day_it_is_made_and_later() {
    let world = World::new();
    let first = ["password", "register-passkey", "passkey", "result"];
    let outcome = world.approve("4211", Plan::of(first).with_key());
    outcome.is_approved_with("phr");
    outcome.report.ends_at_a_clean_address();
    assert!(
        outcome
            .report
            .text_after("result")
            .contains("Task 4211 is approved")
    );

    // Another browser, the same key: nothing is typed.
    let began = now();
    let outcome = world.approve("4214", Plan::of(["passkey", "result"]).with_key());
    outcome.is_approved_with("phr");
    let proof = &outcome.stdout_json()["proof"];
    assert_eq!(proof["issuer"], world.provider().issuer());
    assert!(proof["auth_time"].as_i64().unwrap() >= began);
    let amr = proof["amr"].as_array().unwrap();
    assert!(
        amr.contains(&json!("pop")) && !amr.contains(&json!("pwd")),
        "{amr:?}"
    );
    world.approved(&["4211", "4214"]);
}

#[test]
fn a_key_that_cannot_be_copied_is_asked_for_first_and_a_synchronised_one_will_do() {
    let first = ["password", "register-passkey", "passkey", "result"];
    let world = World::new();
    let outcome = world.approve("4218", Plan::of(first).with_key());
    outcome.is_approved_with("phrh");
    world.approved(&["4218"]);

    let world = World::new();
    let outcome = world.approve("4218", Plan::of(first).with_synced_key());
    outcome.is_approved_with("phr");
    world.approved(&["4218"]);
}

#[test]
fn a_one_time_code_approves_what_demands_two_factors() {
    let world = World::new();
    let outcome = world.approve("4213", Plan::of(["password", "totp", "result"]));
    outcome.is_approved_with(TWO_FACTORS);
    assert_eq!(
        outcome.stdout_json()["proof"]["amr"],
        json!(["pwd", "otp", "mfa"])
    );
    world.approved(&["4213"]);
}

#[test]
fn a_password_alone_does_not_approve() {
    let world = World::new();
    let outcome = world.approve("4211", Plan::of(["password", "continue", "result"]));
    outcome.fails(3, "unmet", "needed `phr`, got `urn:okta:loa:1fa:pwd`");
    outcome.report.went_well().ends_at_a_clean_address();
    assert!(
        outcome
            .report
            .text_after("result")
            .contains("Task 4211 was not approved")
    );
    world.is_untouched("4211");
}

#[test]
fn two_factors_do_not_approve_what_demands_a_passkey() {
    let world = World::new();
    // The code is not what was asked for, so the provider offers more; the person leaves it at that.
    let outcome = world.approve("4211", Plan::of(["password", "totp", "continue", "result"]));
    outcome.fails(3, "unmet", "needed `phr`, got `urn:okta:loa:2fa:any`");
    world.is_untouched("4211");
}

#[test]
fn somebody_elses_proof_does_not_approve() {
    let world = World::new();
    let plan = Plan::of(["password", "totp", "result"]).by("noor.haddad");
    let outcome = world.approve("4213", plan);
    outcome.fails(5, "untrusted", "noor.haddad@sandbox.example");
    outcome.report.went_well().ends_at_a_clean_address();
    world.is_untouched("4213");
}

#[test]
fn an_authentication_from_before_the_attempt_does_not_approve() {
    let world = World::new();
    world
        .provider()
        .next(json!({ "login": { "ts": now() - 120 } }));
    let outcome = world.approve("4213", Plan::of(["password", "totp", "result"]));
    outcome.fails(3, "unmet", "before");
    world.is_untouched("4213");
}

/// providers.md P4: a sign-in that is too old is asked for anew, once, with `prompt=login`.
#[test]
fn an_authentication_older_than_the_api_allows_is_asked_for_once_more() {
    let world = World::with("stepup-cli", "freshness = \"as-challenged\"");
    let began = now();
    world
        .provider()
        .next(json!({ "login": { "ts": began - 400 } }));
    let outcome = world.approve("4213", Plan::of(["password", "totp", "result"]));
    outcome.is_approved_with(TWO_FACTORS);
    assert!(
        outcome.stdout_json()["proof"]["auth_time"]
            .as_i64()
            .unwrap()
            >= began
    );
    let prompts: Vec<Value> = world
        .provider()
        .asked()
        .iter()
        .map(|asked| asked["prompt"].clone())
        .collect();
    assert_eq!(prompts, [Value::Null, json!("login")]);
    world.approved(&["4213"]);
}

#[test]
fn an_authentication_that_stays_older_than_the_api_allows_does_not_approve() {
    let world = World::with("stepup-cli", "freshness = \"as-challenged\"");
    let old = json!({ "login": { "ts": now() - 400 }, "always": true });
    world.provider().next(old);
    let outcome = world.approve("4213", Plan::of(["password", "totp", "result"]));
    outcome.fails(3, "unmet", "old");
    assert_eq!(world.provider().asked().len(), 2);
    world.is_untouched("4213");
}

#[test]
fn a_lower_acr_than_was_shown_does_not_approve() {
    let world = World::new();
    world
        .provider()
        .next(json!({ "login": { "acr": "urn:okta:loa:1fa:any" } }));
    let outcome = world.approve("4213", Plan::of(["password", "totp", "result"]));
    outcome.fails(3, "unmet", "got `urn:okta:loa:1fa:any`");
    world.is_untouched("4213");
}

#[test]
fn a_session_at_the_provider_does_not_spare_the_person_a_new_sign_in() {
    let world = World::new();
    let signing_in = || Plan::of(["password", "totp", "result"]).with_kept_cookies();
    let first = world.approve("4213", signing_in());
    first.is_approved_with(TWO_FACTORS);
    let began = now();
    let again = world.approve("4217", signing_in());
    again.is_approved_with(TWO_FACTORS);
    assert_eq!(again.report.provider_pages(), ["sign-in", "factors"]);
    assert!(again.stdout_json()["proof"]["auth_time"].as_i64().unwrap() >= began);
    for asked in world.provider().asked() {
        let prompt = asked["prompt"].as_str().unwrap();
        assert!(prompt.split(' ').any(|word| word == "login"), "{asked}");
    }
    world.approved(&["4213", "4217"]);
}

#[test]
fn a_recent_session_is_enough_where_the_entry_leaves_freshness_to_the_challenge() {
    let world = World::with("stepup-cli", "freshness = \"as-challenged\"");
    let plan = Plan::of(["password", "totp", "result"]).with_kept_cookies();
    let first = world.approve("4213", plan);
    first.is_approved_with(TWO_FACTORS);
    let again = world.approve("4217", Plan::of(["result"]).with_kept_cookies());
    again.is_approved_with(TWO_FACTORS);
    assert_eq!(
        again.report.provider_pages(),
        [""; 0],
        "nobody was asked anything"
    );
    let signed_in_at = |document: Value| document["proof"]["auth_time"].clone();
    assert_eq!(
        signed_in_at(again.stdout_json()),
        signed_in_at(first.stdout_json())
    );
    for asked in world.provider().asked() {
        assert_eq!(asked["max_age"], "300", "{asked}");
        assert!(asked["prompt"].is_null(), "{asked}");
    }
    world.approved(&["4213", "4217"]);
}
