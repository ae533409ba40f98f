//! The sandbox's hosted ceremony, asked by HTTP without the tool: the API is the relying party of the
//! sandbox's provider. What the tool makes of it is told elsewhere.

use serde_json::{Value, json};

use crate::browser::{self, Page};
use crate::world::World;

pub(crate) const HOSTED: &str = "ceremony=hosted";

/// A story's view of the hosted API: its approver acts by HTTP.
pub(crate) struct Hosted(pub(crate) World);

impl Hosted {
    pub(crate) fn new(switches: &[&str]) -> Self {
        Self(World::with(&[&[HOSTED], switches].concat()))
    }

    /// The current step of a task.
    pub(crate) fn step(&self, number: &str) -> String {
        let task = self.0.api().task(number);
        task["policy"]["current"]["id"].as_str().unwrap().to_owned()
    }

    /// An approval of this step with this transaction; both may be wrong.
    pub(crate) fn approve(&self, number: &str, step: &str, transaction: &str) -> Page {
        let body = json!({
            "policyStepId": step, "stepUpTransactionId": transaction, "comment": "fine",
        });
        let id = self.0.api().id(number);
        let path = format!("/api/v1/tasks/{id}/action/approve-with-step-up");
        self.0.api().post(&path, &body)
    }

    /// Leg 1 for the current step: where the browser has to go.
    #[track_caller]
    pub(crate) fn leg_1(&self, number: &str) -> String {
        let page = self.approve(number, &self.step(number), "");
        assert_eq!(page.status, 200, "{page:?}");
        let answer = page.json();
        assert_eq!(answer["ticketActionId"], "");
        assert_eq!(answer["taskView"]["task"]["state"], "TASK_STATE_OPEN");
        answer["redirectUrl"].as_str().unwrap().to_owned()
    }

    /// Leg 2 for the current step.
    pub(crate) fn leg_2(&self, number: &str, transaction: &str) -> Page {
        self.approve(number, &self.step(number), transaction)
    }

    /// The built-in person walks the browser leg; the title of the page at its end.
    pub(crate) fn walk(&self, url: &str, factor: &str) -> String {
        let outcome = self.0.sign_in(url, factor);
        let document = outcome.exits(0).stdout_json();
        document["title"].as_str().unwrap().to_owned()
    }

    /// What a search finds.
    pub(crate) fn search(&self, body: &Value) -> Vec<Value> {
        let page = self.searched(body);
        assert_eq!(page.status, 200, "{page:?}");
        let list = page.json()["list"].clone();
        list.as_array().cloned().unwrap_or_default()
    }

    pub(crate) fn searched(&self, body: &Value) -> Page {
        self.0
            .api()
            .post("/api/v1/search/step-up/transactions", body)
    }

    /// The only transaction there is.
    #[track_caller]
    pub(crate) fn transaction(&self) -> Value {
        let list = self.search(&json!({}));
        assert_eq!(list.len(), 1, "{list:#?}");
        list[0].clone()
    }

    /// Leg 1 and a browser leg that goes well; the id for leg 2.
    pub(crate) fn verified(&self, number: &str) -> String {
        let url = self.leg_1(number);
        assert_eq!(self.walk(&url, "key"), "Verified - stepup sandbox");
        let transaction = self.transaction();
        transaction["id"].as_str().unwrap().to_owned()
    }

    /// As the approver.
    pub(crate) fn get(&self, path: &str) -> Page {
        let bearer = format!("Bearer {}", self.0.credential());
        let url = format!("{}{path}", self.0.api_url());
        browser::get(&url, &[("Authorization", &bearer)])
    }

    /// The approver's user id.
    pub(crate) fn me(&self) -> String {
        let me = self.get("/api/v1/auth/introspect").json();
        me["userId"].as_str().unwrap().to_owned()
    }

    /// The step-up of this task was refused with this status, and nothing came of it.
    #[track_caller]
    pub(crate) fn refuses(&self, page: &Page, status: u16, why: &str) {
        assert_eq!(page.status, status, "{page:?}");
        let message = page.json()["message"].clone();
        assert!(message.as_str().unwrap().starts_with(why), "{message}");
        self.0.api().saw_no_approval();
    }
}

#[test]
fn two_legs_approve_and_leave_a_trail() {
    let hosted = Hosted::new(&[]);
    let task = hosted.0.api().task("4211");
    let step = hosted.step("4211");
    let url = hosted.leg_1("4211");
    assert!(url.starts_with(hosted.0.api_url()), "{url}");

    let pending = hosted.transaction();
    let id = pending["id"].as_str().unwrap();
    assert!(!url.contains(id), "{url}");
    assert_eq!(pending["state"], "STEP_UP_TRANSACTION_STATE_PENDING");
    let target = json!({"taskId": task["id"], "policyStepId": step});
    assert_eq!(pending["approveTask"], target);
    assert_eq!(pending["userId"], hosted.me());
    let wanted = &task["policy"]["current"]["approval"]["approval"]["requiresStepUpProviderId"];
    assert_eq!(&pending["providerId"], wanted);
    let time = |name: &str| -> jiff::Timestamp { pending[name].as_str().unwrap().parse().unwrap() };
    let life = time("expiresAt").duration_since(time("createdAt"));
    assert_eq!(life.as_secs(), 600);

    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    let page = hosted.get(&format!("/api/v1/step-up/transactions/{id}"));
    let verified = page.json()["transaction"].clone();
    assert_eq!(verified["state"], "STEP_UP_TRANSACTION_STATE_VERIFIED");
    assert_eq!(verified["claims"]["acr"], "phr");
    assert_eq!(verified["claims"]["amr"], json!(["hwk", "pop", "user"]));
    assert!(verified["claims"]["auth_time"].is_i64(), "{verified}");
    hosted.0.api().saw_no_approval();

    let answer = hosted.leg_2("4211", id);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["redirectUrl"], "");
    let action = answer.json()["ticketActionId"].clone();
    assert_eq!(action.as_str().unwrap().len(), 27);
    hosted.0.api().saw_one_approval("4211");

    let done = &hosted.0.api().task("4211")["policy"]["history"][0];
    assert_eq!(done["id"], step.as_str());
    let approved = &done["approval"]["approved"];
    assert_eq!(approved["stepUpTransactionId"], id);
    let audits = json!({"taskId": task["id"]});
    let audits = hosted.0.api().post("/api/v1/task/audits", &audits).json();
    let list = audits["list"].as_array().unwrap();
    let has = |key: &str| list.iter().find_map(|event| event.get(key)).unwrap();
    assert_eq!(has("stepUpApproval"), &json!({"stepUpTransactionId": id}));
    let submitted = &has("actionSubmitted")["action"];
    assert_eq!(submitted["id"], action);
    let kind = "TASK_ACTION_TYPE_APPROVE_WITH_STEP_UP";
    assert_eq!(submitted["actionType"], kind);
}

#[test]
fn its_pages_are_plain_and_say_that_they_are_a_sandbox() {
    let hosted = Hosted::new(&[]);
    let url = hosted.leg_1("4211");
    assert_eq!(hosted.walk(&url, "key"), "Verified - stepup sandbox");
    let page = browser::get(&url, &[]);
    assert_eq!(page.status, 200);
    assert!(
        page.body
            .contains("The stepup sandbox: nothing here is real"),
        "{page:?}"
    );
    assert!(!page.body.contains("<script"), "{page:?}");
    let nowhere = format!("{}/step-up?ticket=unknown", hosted.0.api_url());
    assert_eq!(browser::get(&nowhere, &[]).status, 404);
    assert_eq!(browser::post(&nowhere, &[], "").status, 405);
}

#[test]
fn a_search_filters_and_pages() {
    let hosted = Hosted::new(&[]);
    for _ in 0..11 {
        hosted.leg_1("4211");
    }
    hosted.leg_1("4213");
    let (mine, other) = (hosted.0.api().id("4211"), hosted.0.api().id("4213"));
    let count = |body: Value| hosted.search(&body).len();
    assert_eq!(count(json!({})), 12);
    let ticket = "TARGET_TYPE_TICKET";
    assert_eq!(count(json!({"taskId": mine, "targetType": ticket})), 11);
    assert_eq!(count(json!({"taskId": other, "targetType": ticket})), 1);
    // The task counts with that target only.
    assert_eq!(count(json!({"taskId": other})), 12);
    assert_eq!(count(json!({"targetType": "TARGET_TYPE_TEST"})), 0);
    assert_eq!(count(json!({"userId": hosted.me()})), 12);
    assert_eq!(count(json!({"userId": "b".repeat(27)})), 0);
    assert_eq!(count(json!({"providerId": "b".repeat(27)})), 0);
    let state = |name: &str| json!({"state": format!("STEP_UP_TRANSACTION_STATE_{name}")});
    assert_eq!(count(state("PENDING")), 12);
    assert_eq!(count(state("VERIFIED")), 0);
    assert_eq!(count(state("UNSPECIFIED")), 12);
    assert_eq!(count(json!({"createdAfter": "2100-01-01T00:00:00Z"})), 0);
    assert_eq!(count(json!({"createdBefore": "2000-01-01T00:00:00Z"})), 0);
    assert_eq!(count(json!({"created_after": "2000-01-01T00:00:00Z"})), 12);
    // Numbers are for paths only.
    let numeric = hosted.searched(&json!({"taskId": "4211", "targetType": ticket}));
    assert_eq!(numeric.status, 400, "{numeric:?}");

    let first = hosted.searched(&json!({"pageSize": 10})).json();
    assert_eq!(first["list"].as_array().unwrap().len(), 10);
    let rest = json!({"pageSize": 10, "pageToken": first["nextPageToken"]});
    assert_eq!(count(rest), 2);
}

#[test]
fn a_transaction_is_read_by_its_id() {
    let hosted = Hosted::new(&[]);
    let read = |id: &str| hosted.get(&format!("/api/v1/step-up/transactions/{id}"));
    assert_eq!(read("4211").status, 400);
    assert_eq!(read(&"a".repeat(27)).status, 404);
}

#[test]
fn a_provider_is_tested_through_the_browser() {
    let hosted = Hosted::new(&[]);
    let list = hosted.get("/api/v1/step-up/providers").json();
    let id = list["list"][0]["id"].as_str().unwrap().to_owned();
    let provider = || {
        let page = hosted.get(&format!("/api/v1/step-up/providers/{id}"));
        page.json()["stepUpProvider"].clone()
    };
    let test = || {
        let path = format!("/api/v1/step-up/providers/{id}/test");
        let answer = hosted.0.api().post(&path, &json!({})).json();
        answer["redirectUrl"].as_str().unwrap().to_owned()
    };
    assert_eq!(provider()["lastTestedAt"], Value::Null);
    hosted.walk(&test(), "decline");
    assert_eq!(provider()["lastTestedAt"], Value::Null);
    assert_eq!(hosted.walk(&test(), "key"), "Verified - stepup sandbox");
    assert!(provider()["lastTestedAt"].is_string());
    let tests = hosted.search(&json!({"targetType": "TARGET_TYPE_TEST"}));
    assert_eq!(tests.len(), 2);
    let verified = &tests[1];
    assert_eq!(verified["test"], json!({}));
    assert_eq!(verified["approveTask"], Value::Null);
    // Good for nothing else.
    let answer = hosted.leg_2("4211", verified["id"].as_str().unwrap());
    hosted.refuses(&answer, 400, "there is no such step-up for this step");
}

/// Registers a provider as an administrator does, and tests it; the transaction's error, if any.
fn registered(hosted: &Hosted, client_id: &str, secret: &str, settings: &Value) -> String {
    let mut body = json!({
        "displayName": "Mine", "issuerUrl": hosted.0.issuer(), "clientId": client_id,
        "clientSecret": secret,
    });
    let members = body.as_object_mut().unwrap();
    members.extend(settings.as_object().unwrap().clone());
    let api = hosted.0.api();
    let answer = api.post("/api/v1/step-up/providers", &body).json();
    let id = answer["stepUpProvider"]["id"].as_str().unwrap();
    let path = format!("/api/v1/step-up/providers/{id}/test");
    let answer = api.post(&path, &json!({})).json();
    let url = answer["redirectUrl"].as_str().unwrap();
    hosted.walk(url, "key");
    let found = hosted.search(&json!({"providerId": id}));
    assert_eq!(found.len(), 1);
    found[0]["errorMessage"].as_str().unwrap().to_owned()
}

#[test]
fn a_test_uses_what_was_registered() {
    let hosted = Hosted::new(&[]);
    let secrets = hosted.0.secrets();
    let secret = secrets[hosted.0.secret_of("sandbox-api")].as_str().unwrap();
    let phr = json!({"oauth2": {"acrValues": ["phr"]}});
    let api = "stepup-sandbox-api";
    assert_eq!(registered(&hosted, api, secret, &phr), "");
    let wrong = registered(&hosted, api, "wrong", &phr);
    assert_eq!(wrong, "the token endpoint refused: invalid_client (401)");
    let unmet = json!({"oauth2": {"acrValues": ["urn:okta:loa:1fa:pwd"]}});
    let unmet = registered(&hosted, api, secret, &unmet);
    assert_eq!(unmet, "the sign-in was not strong enough");
    let contexts = json!({"microsoft": {
        "validationMode": "MICROSOFT_VALIDATION_MODE_ACRS", "conditionalAccessIds": ["C1"],
    }});
    let contexts = registered(&hosted, api, secret, &contexts);
    assert_eq!(contexts, "");
    let fresh = json!({"microsoft": {"validationMode": "MICROSOFT_VALIDATION_MODE_OIDC"}});
    assert_eq!(registered(&hosted, api, secret, &fresh), "");
}

#[test]
fn a_provider_beyond_this_machine_is_not_asked() {
    let hosted = Hosted::new(&[]);
    let body = json!({
        "displayName": "Far away", "issuerUrl": "https://acme.okta.com", "clientId": "x",
        "clientSecret": "y", "oauth2": {"acrValues": ["phr"]},
    });
    let api = hosted.0.api();
    let answer = api.post("/api/v1/step-up/providers", &body).json();
    let id = answer["stepUpProvider"]["id"].as_str().unwrap();
    let path = format!("/api/v1/step-up/providers/{id}/test");
    hosted.refuses(&api.post(&path, &json!({})), 400, "the sandbox asks");
}

#[test]
fn a_disabled_provider_approves_nothing() {
    let hosted = Hosted::new(&[]);
    let task = hosted.0.api().task("4211");
    let id = &task["policy"]["current"]["approval"]["approval"]["requiresStepUpProviderId"];
    let path = format!("/api/v1/step-up/providers/{}", id.as_str().unwrap());
    let body = json!({"stepUpProvider": {"enabled": false}, "updateMask": "enabled"});
    assert_eq!(hosted.0.api().post(&path, &body).status, 200);
    let answer = hosted.approve("4211", &hosted.step("4211"), "");
    hosted.refuses(&answer, 400, "the step-up provider is disabled");
}

#[test]
fn transactions_survive_a_restart() {
    let hosted = Hosted::new(&[]);
    let id = hosted.verified("4211");
    let kept = std::fs::read(hosted.0.path("state.json")).unwrap();
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("state.json"), kept).unwrap();
    drop(hosted);
    let hosted = Hosted(World::at(home, &[HOSTED]));
    assert_eq!(hosted.leg_2("4211", &id).status, 200);
    hosted.0.api().saw_one_approval("4211");
}
