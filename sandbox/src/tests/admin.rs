//! What administrators may ask of the API, and what it refuses.

use super::*;

const PROVIDERS: &str = "/api/v1/step-up/providers";
const POLICIES: &str = "/api/v1/policies";

fn registration() -> Value {
    json!({
        "displayName": "Okta", "issuerUrl": "https://acme.okta.com", "clientId": "0oa1",
        "clientSecret": "s3cret", "oauth2": {"acrValues": ["phr"]},
    })
}

fn names(list: &Value) -> Vec<&str> {
    let list = list["list"].as_array().unwrap().iter();
    list.map(|one| one["displayName"].as_str().unwrap())
        .collect()
}

#[test]
fn a_registration_is_answered_in_full_but_for_its_secret() {
    let world = World::new();
    let made = world.post(PROVIDERS, &registration());
    assert_eq!(made.status, 200, "{}", made.text);
    assert!(!made.text.contains("s3cret"));
    let provider = made.json()["stepUpProvider"].clone();
    assert_eq!(provider["oauth2"], json!({"acrValues": ["phr"]}));
    assert_eq!(provider["lastTestedAt"], Value::Null);
    let path = format!("{PROVIDERS}/{}", provider["id"].as_str().unwrap());
    assert_eq!(world.get(&path).json()["stepUpProvider"], provider);
    let secret = world.post(&format!("{path}/secret"), &json!({"clientSecret": "n3w"}));
    assert!(secret.status == 200 && !secret.text.contains("n3w"));
    let search = |body: Value| world.post("/api/v1/search/step-up/providers", &body).json();
    assert_eq!(names(&search(json!({"query": "okt"}))), ["Okta"]);
    assert_eq!(
        names(&search(json!({"refs": [{"id": provider["id"]}]}))),
        ["Okta"]
    );
    let entra = json!({"providerType": "PROVIDER_TYPE_MICROSOFT"});
    assert!(names(&search(entra)).is_empty());
}

#[test]
fn a_registration_that_lacks_something_is_refused() {
    let world = World::new();
    let before = world.get(PROVIDERS).json();
    for (member, value) in [
        ("displayName", json!("")),
        ("issuerUrl", json!("http://acme.okta.com")),
        ("issuerUrl", Value::Null),
        ("clientId", json!(" ")),
        ("clientSecret", json!("")),
        ("oauth2", json!({})),
        ("oauth2", Value::Null),
        (
            "microsoft",
            json!({"validationMode": "MICROSOFT_VALIDATION_MODE_OIDC"}),
        ),
    ] {
        let mut body = registration();
        body[member] = value;
        assert_eq!(world.post(PROVIDERS, &body).status, 400, "{body}");
    }
    for ids in [json!([]), json!(["c1"]), json!(["C0"]), json!(["C100"])] {
        let mut body = registration();
        body["oauth2"] = Value::Null;
        body["microsoft"] = json!({"validationMode": "MICROSOFT_VALIDATION_MODE_ACRS",
            "conditionalAccessIds": ids, "tenant": "acme.example"});
        assert_eq!(world.post(PROVIDERS, &body).status, 400, "{body}");
    }
    assert_eq!(world.get(PROVIDERS).json(), before);
}

#[test]
fn an_update_takes_what_its_mask_names_and_nothing_else() {
    let world = World::new();
    let made = world.post(PROVIDERS, &registration()).json()["stepUpProvider"].clone();
    let path = format!("{PROVIDERS}/{}", made["id"].as_str().unwrap());
    let update = |mask: &str| {
        let provider = json!({"displayName": "New", "enabled": false, "clientId": "other"});
        world.post(
            &path,
            &json!({"stepUpProvider": provider, "updateMask": mask}),
        )
    };
    for mask in ["", "id", "createdAt", "displayName,nonsense"] {
        assert_eq!(update(mask).status, 400, "{mask}");
    }
    assert_eq!(world.get(&path).json()["stepUpProvider"], made);
    let after = update("displayName,enabled").json()["stepUpProvider"].clone();
    assert_eq!(
        (&after["displayName"], &after["enabled"]),
        (&json!("New"), &json!(false))
    );
    assert_eq!(after["clientId"], made["clientId"]);
    for (path, status) in [
        (format!("{PROVIDERS}/nonsense"), 400),
        (format!("{PROVIDERS}/{}", "a".repeat(27)), 404),
    ] {
        assert_eq!(world.get(&path).status, status);
        assert_eq!(world.post(&path, &json!({})).status, status);
    }
}

#[test]
fn policies_are_paged_searched_and_changed_by_their_mask() {
    let world = World::new();
    let first = world.get(&format!("{POLICIES}?page_size=5")).json();
    // Under ten is ten (c1.md 3.6), and there are fewer.
    assert_eq!(names(&first).len(), 8);
    assert_eq!(first["nextPageToken"], "");
    let found = world
        .post("/api/v1/search/policies", &json!({"query": "vault"}))
        .json();
    assert_eq!(names(&found), ["Vault access"]);
    let policy = found["list"][0].clone();
    let path = format!("{POLICIES}/{}", policy["id"].as_str().unwrap());
    let update = |policy: Value, mask: &str| {
        world.post(&path, &json!({"policy": policy, "updateMask": mask}))
    };
    for mask in ["", "id", "createdAt", "nonsense"] {
        assert_eq!(update(policy.clone(), mask).status, 400, "{mask}");
    }
    let mut unknown = policy.clone();
    unknown["policySteps"]["grant"]["steps"][0]["approval"]["requiresStepUpProviderId"] =
        json!("a".repeat(27));
    assert_eq!(update(unknown, "policySteps").status, 400);
    assert_eq!(world.get(&path).json()["policy"], policy);
    let named = update(
        json!({"description": "d", "displayName": "x"}),
        "description",
    );
    assert_eq!(named.json()["policy"]["description"], "d");
    assert_eq!(named.json()["policy"]["displayName"], "Vault access");
}

/// What C1 refuses in a new policy, with the status that it has there (c1.md 3.7).
#[test]
fn a_policy_that_c1_refuses_is_not_made() {
    let world = World::new();
    let count = || names(&world.get(POLICIES).json()).len();
    let before = count();
    let with = |step: Value| {
        json!({"displayName": "New", "policyType": "POLICY_TYPE_GRANT",
            "policySteps": {"grant": {"steps": [step]}}})
    };
    let approval = |approval: Value| with(json!({ "approval": approval }));
    for (body, status) in [
        (json!({"policyType": "POLICY_TYPE_GRANT"}), 400),
        (json!({"displayName": "New"}), 400),
        (
            json!({"displayName": "New", "policyType": "POLICY_TYPE_UNSPECIFIED"}),
            400,
        ),
        (
            json!({"displayName": "New", "policyType": "POLICY_TYPE_GRANT", "id": "x"}),
            400,
        ),
        (
            json!({"displayName": "New", "policyType": "POLICY_TYPE_GRANT",
                "policySteps": {"grant": {"steps": []}}}),
            400,
        ),
        (
            approval(json!({"users": {"userIds": ["a".repeat(27)]}})),
            400,
        ),
        (
            approval(json!({"manager": {}, "requiresStepUpProviderId": "a".repeat(27)})),
            400,
        ),
        (approval(json!({"manager": {"fallback": true}})), 500),
        (approval(json!({"manager": {}, "assigned": true})), 500),
        (with(json!({"provision": {"assigned": false}})), 500),
        (with(json!({})), 500),
    ] {
        let page = world.post(POLICIES, &body);
        assert_eq!(page.status, status, "{body} {page:?}");
    }
    assert_eq!(count(), before);
    let made = world.post(POLICIES, &approval(json!({"manager": {}})));
    assert_eq!(made.status, 200, "{made:?}");
    assert_eq!(count(), before + 1);
    // Without steps C1 makes a policy that refuses everybody.
    let body = json!({"displayName": "None", "policyType": "POLICY_TYPE_REVOKE"});
    let made = world.post(POLICIES, &body).json();
    let steps = &made["policy"]["policySteps"]["revoke"]["steps"];
    assert_eq!(*steps, json!([{"reject": {}}]));
}
