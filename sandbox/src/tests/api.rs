//! The API's refusals and its way of listing; each refusal ends with the task still open.

use super::*;

#[test]
fn everything_needs_a_credential() {
    let world = World::new();
    for bearer in ["", "wrong", "a.b.c"] {
        for path in [
            "/api/v1/auth/introspect",
            "/api/v1/tasks/4211",
            "/api/v1/step-up/providers",
        ] {
            let got = world.call(bearer, path, None);
            assert_eq!(
                (got.status, got.json()["code"].as_i64()),
                (401, Some(16)),
                "{path}"
            );
            assert_eq!(got.header("www-authenticate"), "");
        }
    }
}

#[test]
fn ids_are_checked_before_they_are_looked_up() {
    let world = World::new();
    let malformed = world.get("/api/v1/tasks/nonsense");
    assert_eq!(
        (malformed.status, malformed.json()["code"].as_i64()),
        (400, Some(3))
    );
    assert!(malformed.message().contains("^[a-zA-Z0-9]{27}$"));
    for unknown in ["1", "aaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        let got = world.get(&format!("/api/v1/tasks/{unknown}"));
        assert_eq!((got.status, got.json()["code"].as_i64()), (404, Some(5)));
        assert!(got.message().contains("(request-id: "));
    }
    let id = world.task(4211)["id"].as_str().unwrap().to_owned();
    assert_eq!(world.get(&format!("/api/v1/tasks/{id}")).status, 200);
    assert_eq!(
        world.get("/api/v1/tasks/").header("location"),
        "/api/v1/tasks"
    );
    assert_eq!(
        world.get("/login").header("content-type"),
        "text/html; charset=utf-8"
    );
}

#[test]
fn approvals_that_cannot_be_are_refused() {
    let mut world = World::new();
    let approve = |world: &World, number: u64, body: Value| {
        world.post(&format!("/api/v1/tasks/{number}/action/approve"), &body)
    };
    let step = world.step(4215);
    let not_mine = approve(&world, 4215, json!({"policyStepId": step}));
    assert_eq!(not_mine.status, 403);
    assert!(not_mine.message().starts_with("action not permitted"));
    let closed = approve(&world, 4216, json!({"policyStepId": "x"}));
    assert_eq!(closed.status, 400);
    assert!(closed.message().starts_with("task is closed"));
    let stale = approve(&world, 4212, json!({"policyStepId": step}));
    assert_eq!(stale.status, 400);
    assert!(
        stale
            .message()
            .starts_with("this action is no longer available")
    );
    assert_eq!(approve(&world, 4212, json!({})).status, 400);
    let silent = approve(&world, 4214, json!({"policyStepId": world.step(4214)}));
    assert_eq!(silent.status, 400);
    assert!(silent.message().contains("comment"));
    let step = world.step(4211);
    assert_eq!(
        approve(&world, 4211, json!({"policyStepId": step})).status,
        401
    );
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    let path = "/api/v1/tasks/4214/action/approve";
    let silent = world.call(
        &token,
        path,
        Some(&json!({"policyStepId": world.step(4214)})),
    );
    assert_eq!(silent.status, 400);
    assert!(
        [4211, 4212, 4214, 4215]
            .into_iter()
            .all(|number| world.is_open(number))
    );
}

#[test]
fn a_token_of_another_person_is_refused() {
    let mut world = World::new();
    let page = world.authorize(&[("acr_values", "phr")]);
    let response = world
        .answer(&page, "key", &[("username", "noor.haddad")])
        .response();
    let answer = world.redeem(&response["code"], &[]).json();
    let got = world.approve(4211, answer["access_token"].as_str().unwrap());
    assert_eq!(got.status, 403, "{}", got.text);
    assert!(world.is_open(4211));
}

#[test]
fn one_token_is_good_for_one_approval() {
    let mut world = World::new();
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    assert_eq!(world.approve(4211, &token).status, 200);
    let again = world.approve(4214, &token);
    assert_eq!(again.status, 401);
    assert!(again.message().contains("already"));
    assert!(world.is_open(4214));
}

#[test]
fn an_id_token_or_a_forged_token_does_not_approve() {
    let mut world = World::new();
    let code = world.code("key", &[("acr_values", "phr")]);
    let answer = world.redeem(&code, &[]).json();
    let (id, access) = (
        answer["id_token"].as_str().unwrap(),
        answer["access_token"].as_str().unwrap(),
    );
    let (message, signature) = access.rsplit_once('.').unwrap();
    let (header, payload) = message.split_once('.').unwrap();
    let mut changed: Value = super::claims(access);
    changed["auth_time"] = json!(1);
    let unsigned = encode(br#"{"typ":"at+jwt","alg":"none"}"#);
    for (token, why) in [
        (id.to_owned(), "at+jwt"),
        (
            format!(
                "{header}.{}.{signature}",
                encode(changed.to_string().as_bytes())
            ),
            "signature",
        ),
        (format!("{unsigned}.{payload}."), "alg"),
        (format!("{header}.{payload}.x"), "signature"),
        ("..".to_owned(), "header"),
    ] {
        let got = world.approve(4211, &token);
        assert_eq!(got.status, 401);
        assert!(
            got.header("www-authenticate").contains(why),
            "{why}: {}",
            got.text
        );
    }
    assert!(world.is_open(4211));
    assert_eq!(world.approve(4211, access).status, 200);
}

#[test]
fn age_and_lifetime_of_a_token_count() {
    let mut world = World::with(&["token_lifetime_s=0"]);
    let (token, _) = world.sign_in("key", &[("acr_values", "phr")]);
    assert!(world.approve(4211, &token).message().contains("expired"));
    let world = World::with(&["max_age=17"]);
    let challenge = world.approve(4211, &world.credential);
    assert!(
        challenge
            .header("www-authenticate")
            .ends_with("max_age=\"17\"")
    );
}

#[test]
fn a_search_bounds_its_pages_and_reads_its_filters() {
    let world = World::with(&["extra_tasks=30"]);
    let count = |body: Value| {
        let got = world.post("/api/v1/search/tasks", &body);
        got.json()["list"].as_array().map(Vec::len)
    };
    assert_eq!(count(json!({})), Some(25));
    assert_eq!(count(json!({"pageSize": 1})), Some(10));
    assert_eq!(count(json!({"query": "vault"})), Some(1));
    assert_eq!(
        count(json!({"refs": [{"id": world.task(4213)["id"]}]})),
        Some(1)
    );
    assert_eq!(count(json!({"refs": [{"id": "4213"}]})), None);
    assert_eq!(world.post("/api/v1/search/tasks", &json!([1])).status, 400);
}
