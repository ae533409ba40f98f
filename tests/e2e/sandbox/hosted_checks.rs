//! What the sandbox's hosted ceremony checks, asked by HTTP without the tool: the sign-in as a relying party,
//! the callback, and the transaction of a leg 2.

use serde_json::{Value, json};
use url::Url;

use super::hosted::{HOSTED, Hosted};
use crate::browser::{self, Page};
use crate::world::World;

/// The checks of a relying party: what the provider falsifies never verifies a transaction.
#[test]
fn a_falsified_id_token_ends_in_an_error() {
    for (switch, why) in [
        ("nonce=wrong", "the ID token's nonce is another"),
        ("aud=wrong", "the token is for another audience"),
        ("iss=wrong", "the ID token has another issuer"),
        ("azp=wrong", "the ID token was given to another client"),
        ("exp=past", "the ID token has expired"),
        ("iat=old", "the ID token was not issued now"),
        ("acr=lower", "the sign-in was not strong enough"),
        ("auth_time=old", "the sign-in is not from now"),
        ("auth_time=none", "the ID token has no auth_time"),
        ("signature=bad", "the ID token's signature is not valid"),
        ("alg=none", "the token's alg is not allowed"),
        ("subject=other", "another person signed in"),
        ("response_iss=wrong", "the answer is from another issuer"),
        ("token=500", "the token endpoint refused: server_error"),
        ("jwks=empty", "the ID token's signature is not valid"),
    ] {
        let hosted = Hosted::new(&[switch]);
        let url = hosted.leg_1("4211");
        let title = hosted.walk(&url, "key");
        assert_eq!(title, "Not verified - stepup sandbox", "{switch}");
        let transaction = hosted.transaction();
        let message = transaction["errorMessage"].as_str().unwrap();
        assert!(message.starts_with(why), "{switch}: {message}");
        let answer = hosted.leg_2("4211", transaction["id"].as_str().unwrap());
        hosted.refuses(&answer, 400, "the step-up is not verified");
    }
}

#[test]
fn leg_2_takes_a_transaction_for_its_own_step_once() {
    let hosted = Hosted::new(&[]);
    let step = hosted.step("4211");
    let junk = "a".repeat(27);
    hosted.refuses(
        &hosted.approve("4211", &step, &junk),
        400,
        "there is no such",
    );
    hosted.refuses(&hosted.approve("4211", &junk, ""), 400, "this action is no");
    let url = hosted.leg_1("4211");
    let id = hosted.transaction()["id"].as_str().unwrap().to_owned();
    hosted.refuses(&hosted.leg_2("4211", &id), 400, "the step-up is not ver");
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    // Another task with the same provider, and a step with another one.
    let other = hosted.0.api().post(
        &format!(
            "/api/v1/tasks/{}/action/approve-with-step-up",
            hosted.0.api().id("4214")
        ),
        &json!({"policyStepId": hosted.step("4214"), "stepUpTransactionId": id, "comment": "x"}),
    );
    hosted.refuses(&other, 400, "there is no such step-up for this step");
    hosted.refuses(&hosted.leg_2("4217", &id), 400, "there is no such");

    assert_eq!(hosted.leg_2("4211", &id).status, 200);
    hosted.0.api().saw_one_approval("4211");
    let again = hosted.approve("4211", &step, &id);
    assert_eq!(again.status, 400, "{again:?}");
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn each_step_of_a_task_wants_a_transaction_of_its_own() {
    let hosted = Hosted::new(&[]);
    let first = hosted.verified("4217");
    assert_eq!(hosted.leg_2("4217", &first).status, 200);
    hosted.0.api().saw_one_approval("4217");
    let again = hosted.leg_2("4217", &first);
    assert_eq!(again.status, 400, "{again:?}");
    hosted.0.api().saw_one_approval("4217");
}

#[test]
fn a_comment_that_is_demanded_is_demanded_on_leg_1() {
    let hosted = Hosted::new(&[]);
    let path = format!(
        "/api/v1/tasks/{}/action/approve-with-step-up",
        hosted.0.api().id("4214")
    );
    let body = json!({"policyStepId": hosted.step("4214"), "stepUpTransactionId": ""});
    hosted.refuses(
        &hosted.0.api().post(&path, &body),
        400,
        "a comment is required",
    );
    assert!(hosted.search(&json!({})).is_empty());
}

/// A browser that comes back from the provider: its cookie, and the genuine callback, not fetched yet.
fn at_the_callback(hosted: &Hosted, url: &str) -> (String, String) {
    let start = browser::get(url, &[]);
    let authorize = start.leads_to();
    let asked = Url::parse(&authorize).unwrap();
    let asked = |name: &str| {
        let pair = asked.query_pairs().find(|(key, _)| key == name);
        pair.map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    assert_eq!(asked("client_id"), "stepup-sandbox-api");
    let redirect_uri = format!("{}/auth/callback", hosted.0.api_url());
    assert_eq!(asked("redirect_uri"), redirect_uri);
    assert_eq!(asked("acr_values"), "phr");
    assert_eq!(asked("max_age"), "0");
    assert_eq!(asked("code_challenge_method"), "S256");
    assert_eq!(asked("login_hint"), "mira.chen");
    let cookie = start.set_cookie.unwrap();
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap().to_owned();
    (pair, browser::sign_in_at(hosted.0.issuer(), &authorize))
}

#[test]
fn a_callback_counts_once_and_only_while_nothing_is_decided() {
    let hosted = Hosted::new(&[]);
    let url = hosted.leg_1("4211");
    let (cookie, callback) = at_the_callback(&hosted, &url);
    let (other_cookie, other_callback) = at_the_callback(&hosted, &url);
    let page = browser::get(&callback, &[("Cookie", &cookie)]);
    assert_eq!(page.leads_to(), url);
    let verified = hosted.transaction();
    assert_eq!(verified["state"], "STEP_UP_TRANSACTION_STATE_VERIFIED");
    let replayed = browser::get(&callback, &[("Cookie", &cookie)]);
    assert_eq!(replayed.status, 400, "{replayed:?}");
    let late = browser::get(&other_callback, &[("Cookie", &other_cookie)]);
    assert_eq!(late.status, 200, "{late:?}");
    assert_eq!(hosted.transaction(), verified);
    hosted.0.api().saw_no_approval();
}

/// A verified transaction, changed behind the API's back in what it keeps.
fn changed(change: impl Fn(&mut Value)) -> (Hosted, String) {
    let hosted = Hosted::new(&[]);
    let id = hosted.verified("4211");
    let mut kept = crate::world::read_json(&hosted.0.path("state.json"));
    change(&mut kept);
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), kept.to_string()).unwrap();
    drop(hosted);
    (Hosted(World::at(home, &[HOSTED])), id)
}

#[test]
fn leg_2_takes_no_transaction_that_is_old_used_or_somebody_elses() {
    type Change = fn(&mut Value);
    let changes: [(Change, &str); 5] = rows! {
        |kept| kept["transactions"][0]["expires_at"] = json!("2026-01-01T00:00:00Z"), "the step-up has expired";
        |kept| kept["spent"] = json!([kept["transactions"][0]["id"]]), "the step-up was used before";
        |kept| kept["transactions"][0]["user_id"] = kept["people"]["other"]["id"].clone(), "there is no such step-up for this step";
        |kept| kept["transactions"][0]["provider_id"] = kept["providers"][1]["id"].clone(), "there is no such step-up for this step";
        |kept| kept["transactions"][0]["state"] = json!("Error"), "the step-up is not verified";
    };
    for (change, why) in changes {
        let (hosted, id) = changed(change);
        hosted.refuses(&hosted.leg_2("4211", &id), 400, why);
    }
}

#[test]
fn a_callback_from_another_browser_or_with_another_state_changes_nothing() {
    let hosted = Hosted::new(&[]);
    let url = hosted.leg_1("4211");
    let (_, callback) = at_the_callback(&hosted, &url);
    // Without the cookie that the start set.
    let page = browser::get(&callback, &[]);
    assert_eq!(page.status, 400, "{page:?}");
    assert!(
        page.body.contains("Nobody asked for this answer"),
        "{page:?}"
    );
    let mut forged = Url::parse(&callback).unwrap();
    forged.set_query(Some("code=forged&state=wrong"));
    assert_eq!(browser::get(forged.as_str(), &[]).status, 400);
    assert_eq!(
        hosted.transaction()["state"],
        "STEP_UP_TRANSACTION_STATE_PENDING"
    );
    // The address is still good.
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    hosted.0.api().saw_no_approval();
}

/// A plain approval of a step that demands step-up.
fn plain(hosted: &Hosted) -> Page {
    let body = json!({"policyStepId": hosted.step("4211"), "comment": "fine"});
    let path = format!("/api/v1/tasks/{}/action/approve", hosted.0.api().id("4211"));
    hosted.0.api().post(&path, &body)
}

#[test]
fn a_plain_approval_of_a_step_that_demands_step_up() {
    let hosted = Hosted::new(&[]);
    hosted.refuses(&plain(&hosted), 400, "this step must be approved with");
    let hosted = Hosted::new(&["plain_approve=400"]);
    hosted.refuses(&plain(&hosted), 400, "this step must be approved with");
    let hosted = Hosted::new(&["plain_approve=403"]);
    hosted.refuses(&plain(&hosted), 403, "action not permitted");
    let hosted = Hosted::new(&["plain_approve=ignored"]);
    assert_eq!(plain(&hosted).status, 200);
    assert_eq!(hosted.0.api().task("4211")["state"], "TASK_STATE_OPEN");
    hosted.0.api().saw_no_approval();
    let hosted = Hosted::new(&["plain_approve=accepted"]);
    assert_eq!(plain(&hosted).status, 200);
    hosted.0.api().saw_one_approval("4211");
}
