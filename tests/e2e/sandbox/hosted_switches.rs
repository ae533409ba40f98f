//! The switches of the sandbox's hosted ceremony, asked by HTTP without the tool: each does what it says,
//! and nothing else.

use serde_json::{Value, json};

use super::hosted::Hosted;
use crate::browser::{self, Page};

const PENDING: &str = "STEP_UP_TRANSACTION_STATE_PENDING";
const VERIFIED: &str = "STEP_UP_TRANSACTION_STATE_VERIFIED";

/// A world with one switch, after leg 1 for 4211: the step it was for and where the browser has to go.
fn after_leg_1(switch: &str) -> (Hosted, String, String) {
    let hosted = Hosted::new(&[switch]);
    let step = hosted.step("4211");
    let url = hosted.leg_1("4211");
    (hosted, step, url)
}

/// As after leg 1, with a browser leg that went well behind it.
fn after_browser(switch: &str) -> (Hosted, String) {
    let (hosted, step, url) = after_leg_1(switch);
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    (hosted, step)
}

/// The transaction as the sandbox keeps it, whatever the API shows.
fn truth(hosted: &Hosted) -> Value {
    crate::world::read_json(&hosted.0.path("state.json"))["transactions"][0].clone()
}

fn id(hosted: &Hosted) -> String {
    truth(hosted)["id"].as_str().unwrap().to_owned()
}

fn states(hosted: &Hosted) -> Vec<Value> {
    let list = hosted.search(&json!({}));
    list.iter().map(|one| one["state"].clone()).collect()
}

fn comments(hosted: &Hosted) -> Value {
    hosted.0.api().task("4211")["commentCount"].clone()
}

#[test]
fn a_search_may_be_refused_and_the_id_still_read() {
    for (switch, status) in [
        ("transactions=403", 403),
        ("transactions=404", 404),
        ("transactions=501", 501),
    ] {
        let (hosted, ..) = after_leg_1(switch);
        assert_eq!(hosted.searched(&json!({})).status, status, "{switch}");
        let me = json!({"userId": hosted.me()});
        assert_eq!(hosted.searched(&me).status, status, "{switch}");
        let path = format!("/api/v1/step-up/transactions/{}", id(&hosted));
        assert_eq!(hosted.get(&path).status, 200, "{switch}");
        hosted.0.api().saw_no_approval();
    }
}

#[test]
fn a_search_may_be_allowed_for_ones_own_only() {
    let (hosted, ..) = after_leg_1("transactions=403-unless-user");
    assert_eq!(hosted.searched(&json!({})).status, 403);
    let other = json!({"userId": "b".repeat(27)});
    assert_eq!(hosted.searched(&other).status, 403);
    let mine = hosted.search(&json!({"userId": hosted.me()}));
    assert_eq!(mine.len(), 1);
}

#[test]
fn a_search_may_find_nothing_or_too_late() {
    let (hosted, _) = after_browser("transactions=never");
    assert_eq!(states(&hosted), [""; 0]);
    assert_eq!(states(&hosted), [""; 0]);
    assert_eq!(hosted.leg_2("4211", &id(&hosted)).status, 200);

    let (hosted, ..) = after_leg_1("transactions=empty-first");
    assert_eq!(states(&hosted), [""; 0]);
    assert_eq!(states(&hosted), [PENDING]);

    let (hosted, _, url) = after_leg_1("transactions=lag");
    assert_eq!(states(&hosted), [""; 0]);
    assert_eq!(states(&hosted), [""; 0]);
    assert_eq!(states(&hosted), [PENDING]);
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    assert_eq!(states(&hosted), [PENDING]);
    assert_eq!(states(&hosted), [PENDING]);
    assert_eq!(states(&hosted), [VERIFIED]);
}

#[test]
fn a_transaction_may_appear_only_when_its_address_was_opened() {
    let (hosted, _, url) = after_leg_1("pending=late");
    let path = format!("/api/v1/step-up/transactions/{}", id(&hosted));
    assert_eq!(states(&hosted), [""; 0]);
    assert_eq!(hosted.get(&path).status, 404);
    assert_eq!(browser::get(&url, &[]).status, 303);
    assert_eq!(states(&hosted), [PENDING]);
    assert_eq!(hosted.get(&path).status, 200);
}

#[test]
fn the_read_of_a_transaction_may_be_refused() {
    let (hosted, ..) = after_leg_1("transaction_get=403");
    let path = format!("/api/v1/step-up/transactions/{}", id(&hosted));
    assert_eq!(hosted.get(&path).status, 403);
    assert_eq!(states(&hosted), [PENDING]);
}

/// What is shown is false, what is accepted is true: only the client's own check is in between.
#[test]
fn a_transaction_may_be_shown_as_of_something_else() {
    for (switch, pointer, kept) in rows! {
        "transaction_user=other", "/userId", "/user_id";
        "transaction_provider=other", "/providerId", "/provider_id";
        "transaction_task=other", "/approveTask/taskId", "/target/Task/task_id";
        "transaction_step=other", "/approveTask/policyStepId", "/target/Task/policy_step_id";
        "transaction_created=old", "/createdAt", "/created_at";
    } {
        let (hosted, _) = after_browser(switch);
        let shown = hosted.transaction();
        let shown = shown.pointer(pointer).unwrap().as_str().unwrap();
        let truth = truth(&hosted);
        let truth = truth.pointer(kept).unwrap().as_str().unwrap();
        assert_ne!(shown, truth, "{switch}");
        assert_eq!(shown.is_empty(), truth.is_empty(), "{switch}");
        let ticket =
            json!({"taskId": hosted.0.api().id("4211"), "targetType": "TARGET_TYPE_TICKET"});
        assert_eq!(hosted.search(&ticket).len(), 1, "{switch}");
        assert_eq!(hosted.leg_2("4211", &id(&hosted)).status, 200, "{switch}");
        hosted.0.api().saw_one_approval("4211");
    }
}

#[test]
fn a_pending_transaction_may_be_nobodys() {
    let (hosted, _, url) = after_leg_1("transaction_user=empty-pending");
    assert_eq!(hosted.transaction()["userId"], "");
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    assert_eq!(hosted.transaction()["userId"], hosted.me());
}

#[test]
fn the_claims_may_be_left_out_hidden_or_too_weak() {
    let claims = |switch: &str| {
        let (hosted, _) = after_browser(switch);
        hosted.transaction()["claims"].clone()
    };
    assert_eq!(claims("claims=none"), Value::Null);
    let hidden = claims("claims=hidden");
    assert!(hidden["acr"].is_null() && hidden["evidence"].is_string());
    let wrong = claims("claims=wrong-acr");
    assert_eq!(wrong["acr"], "urn:okta:loa:1fa:pwd");
    assert!(wrong["auth_time"].is_i64());
}

#[test]
fn a_transaction_expires() {
    let (hosted, _, url) = after_leg_1("transaction_lifetime_s=0");
    let page = browser::get(&url, &[]);
    assert_eq!(page.status, 410, "{page:?}");
    // No state says so (c1.md 6).
    assert_eq!(states(&hosted), [PENDING]);
    let answer = hosted.leg_2("4211", &id(&hosted));
    hosted.refuses(&answer, 400, "the step-up is not verified");
    let (hosted, ..) = after_leg_1("transaction_lifetime_s=90");
    let transaction = hosted.transaction();
    let time =
        |name: &str| -> jiff::Timestamp { transaction[name].as_str().unwrap().parse().unwrap() };
    let life = time("expiresAt").duration_since(time("createdAt"));
    assert_eq!(life.as_secs(), 90);
}

#[test]
fn the_address_may_name_the_transaction() {
    let (hosted, _, url) = after_leg_1("redirect_id=yes");
    assert!(url.contains(&format!("&id={}", id(&hosted))), "{url}");
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
}

#[test]
fn the_address_may_be_one_that_must_not_be_opened() {
    for (switch, start) in [
        ("redirect_url=plain-http", "http://step-up.sandbox.example/"),
        ("redirect_url=script", "javascript:"),
    ] {
        let (hosted, _, url) = after_leg_1(switch);
        assert!(url.starts_with(start), "{url}");
        hosted.0.api().saw_no_approval();
    }
    let (hosted, _, url) = after_leg_1("redirect_url=none");
    assert_eq!(url, "");
    hosted.0.api().saw_no_approval();
}

#[test]
fn leg_1_may_approve_at_once() {
    let hosted = Hosted::new(&["leg1=accepted"]);
    let answer = hosted.approve("4211", &hosted.step("4211"), "").json();
    assert_eq!(answer["redirectUrl"], "");
    assert_eq!(answer["ticketActionId"].as_str().unwrap().len(), 27);
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn the_comment_of_leg_1_may_be_kept() {
    let (hosted, _) = after_browser("leg1_comment=kept");
    assert_eq!(comments(&hosted), 1);
    assert_eq!(hosted.leg_2("4211", &id(&hosted)).status, 200);
    assert_eq!(comments(&hosted), 2);
    let honest = Hosted::new(&[]);
    honest.leg_1("4211");
    assert_eq!(comments(&honest), 0);
}

#[test]
fn the_server_may_finish_by_itself() {
    let (hosted, step) = after_browser("finish=server");
    hosted.0.api().saw_one_approval("4211");
    let done = hosted.0.api().task("4211")["policy"]["history"][0].clone();
    assert_eq!(done["id"], step.as_str());
    let approved = &done["approval"]["approved"];
    assert_eq!(approved["stepUpTransactionId"], id(&hosted));
    assert_eq!(comments(&hosted), 1);
    assert_eq!(states(&hosted), [VERIFIED]);
    let late = hosted.approve("4211", &step, &id(&hosted));
    assert_eq!(late.status, 400, "{late:?}");
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn the_browser_may_win_the_race() {
    let (hosted, step) = after_browser("finish=browser");
    assert_eq!(states(&hosted), [VERIFIED]);
    hosted.0.api().saw_no_approval();
    let late = hosted.approve("4211", &step, &id(&hosted));
    assert_eq!(late.status, 400, "{late:?}");
    hosted.0.api().saw_one_approval("4211");

    // Or finish in the middle of a wait.
    let (hosted, _) = after_browser("finish=browser");
    let state = || hosted.0.api().task("4211")["state"].clone();
    assert_eq!(state(), "TASK_STATE_OPEN");
    assert_eq!(state(), "TASK_STATE_OPEN");
    hosted.0.api().saw_no_approval();
    assert_eq!(state(), "TASK_STATE_CLOSED");
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn both_actions_may_be_listed() {
    let listed = |hosted: &Hosted, number: &str, action: &str| {
        let actions = hosted.0.api().task(number)["actions"].clone();
        actions.as_array().unwrap().contains(&json!(action))
    };
    let (plain, step_up) = (
        "TASK_ACTION_TYPE_APPROVE",
        "TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP",
    );
    let hosted = Hosted::new(&["actions=both"]);
    assert!(listed(&hosted, "4211", plain) && listed(&hosted, "4211", step_up));
    assert!(listed(&hosted, "4212", plain) && !listed(&hosted, "4212", step_up));
    let honest = Hosted::new(&[]);
    assert!(!listed(&honest, "4211", plain) && listed(&honest, "4211", step_up));
}

#[test]
fn a_step_may_be_restarted_meanwhile() {
    let (hosted, step) = after_browser("step=rotated");
    let now = hosted.step("4211");
    assert_ne!(now, step);
    let former = hosted.0.api().task("4211")["policy"]["history"][0].clone();
    assert_eq!(former["id"], step.as_str());
    let restarted = &former["approval"]["restarted"];
    assert_eq!(restarted["oldPolicyStepId"], step.as_str());
    // Verified, and good for nothing any more.
    let id = id(&hosted);
    assert_eq!(hosted.approve("4211", &step, &id).status, 400);
    assert_eq!(hosted.approve("4211", &now, &id).status, 400);
    assert_eq!(hosted.0.api().task("4211")["state"], "TASK_STATE_OPEN");
}

#[test]
fn somebody_else_may_settle_the_task_meanwhile() {
    for (switch, outcome) in [
        ("settled=approved", "approved"),
        ("settled=denied", "denied"),
    ] {
        let (hosted, step) = after_browser(switch);
        let task = hosted.0.api().task("4211");
        assert_eq!(task["state"], "TASK_STATE_CLOSED", "{switch}");
        let by = &task["policy"]["history"][0]["approval"][outcome]["userId"];
        assert!(by.is_string() && *by != hosted.me(), "{switch}: {by}");
        let late = hosted.approve("4211", &step, &id(&hosted));
        assert_eq!(late.status, 400, "{switch}");
    }
}

#[test]
fn a_provider_may_be_gone() {
    let hosted = Hosted::new(&["provider=deleted"]);
    let task = hosted.0.api().task("4211");
    let id = &task["policy"]["current"]["approval"]["approval"]["requiresStepUpProviderId"];
    let path = format!("/api/v1/step-up/providers/{}", id.as_str().unwrap());
    assert_eq!(hosted.get(&path).status, 404);
    let answer = hosted.approve("4211", &hosted.step("4211"), "");
    hosted.refuses(&answer, 400, "the step-up provider does not exist");
}

#[test]
fn leg_2_may_be_refused_or_fail_before_anything_happened() {
    for (switch, status) in [("leg2=400", 400), ("leg2=500", 500)] {
        let (hosted, _) = after_browser(switch);
        let answer = hosted.leg_2("4211", &id(&hosted));
        hosted.refuses(&answer, status, "");
    }
    let (hosted, _) = after_browser("leg2=429");
    let answer = hosted.leg_2("4211", &id(&hosted));
    hosted.refuses(&answer, 429, "too many requests");
    assert_eq!(hosted.leg_2("4211", &id(&hosted)).status, 200);
    hosted.0.api().saw_one_approval("4211");
    // Leg 2 alone: a plain approval goes on.
    let (hosted, _) = after_browser("leg2=400");
    let body = json!({"policyStepId": hosted.step("4212")});
    let path = format!("/api/v1/tasks/{}/action/approve", hosted.0.api().id("4212"));
    assert_eq!(hosted.0.api().post(&path, &body).status, 200);
}

#[test]
fn leg_2_may_fail_after_it_approved() {
    let (hosted, _) = after_browser("leg2=500-after-commit");
    assert_eq!(hosted.leg_2("4211", &id(&hosted)).status, 500);
    hosted.0.api().saw_one_approval("4211");

    let (hosted, step) = after_browser("leg2=drop-after-commit");
    let url = format!(
        "{}/api/v1/tasks/4211/action/approve-with-step-up",
        hosted.0.api_url()
    );
    let bearer = format!("Bearer {}", hosted.0.credential());
    let body = json!({"policyStepId": step, "stepUpTransactionId": id(&hosted)});
    let lost = browser::try_post(&url, &[("Authorization", &bearer)], &body.to_string());
    assert!(lost.is_err(), "{lost:?}");
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn each_address_may_be_too_busy_once() {
    let hosted = Hosted::new(&["rate=429-once"]);
    let twice = |ask: &dyn Fn() -> Page| (ask().status, ask().status);
    assert_eq!(twice(&|| hosted.get("/api/v1/auth/introspect")), (429, 200));
    assert_eq!(twice(&|| hosted.get("/api/v1/tasks/4211")), (429, 200));
    assert_eq!(twice(&|| hosted.searched(&json!({}))), (429, 200));
    let token = format!("{}/auth/v1/token", hosted.0.api_url());
    assert_eq!(twice(&|| browser::post(&token, &[], "")), (429, 400));
    hosted.0.api().saw_no_approval();
}

#[test]
fn the_clock_of_the_api_may_be_ten_minutes_off() {
    for (switch, minutes) in [("clock=ahead", 10), ("clock=behind", -10)] {
        let (hosted, _) = after_browser(switch);
        let off = |time: jiff::Timestamp| {
            let off = time.duration_since(jiff::Timestamp::now());
            (off.as_secs_f64() / 60.0).round()
        };
        let created = hosted.transaction()["createdAt"].clone();
        let created = off(created.as_str().unwrap().parse().unwrap());
        assert!((created - f64::from(minutes)).abs() < 0.5, "{switch}");
        let page = hosted.get("/api/v1/auth/introspect");
        let date = jiff::fmt::rfc2822::parse(page.date.as_deref().unwrap()).unwrap();
        assert!(
            (off(date.timestamp()) - f64::from(minutes)).abs() < 0.5,
            "{switch}"
        );
        // The two legs agree with each other.
        assert_eq!(hosted.leg_2("4211", &id(&hosted)).status, 200, "{switch}");
        hosted.0.api().saw_one_approval("4211");
    }
}
