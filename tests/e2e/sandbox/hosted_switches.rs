//! The switches of the sandbox's hosted ceremony that the tool is to take no notice of, asked by HTTP without it: each
//! does what it says. Those that it does notice are in the stories of `hosted`.

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
fn a_search_may_find_too_late() {
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
fn a_pending_transaction_may_be_nobodys() {
    let (hosted, _, url) = after_leg_1("transaction_user=empty-pending");
    assert_eq!(hosted.transaction()["userId"], "");
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    assert_eq!(hosted.transaction()["userId"], hosted.me());
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
