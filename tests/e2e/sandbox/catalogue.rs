//! What C1's own command line asks before it makes a request: the catalogue, accounts and grants; and its sign-in.

use serde_json::{Value, json};

use crate::browser;
use crate::world::World;

const CATALOGUE: &str = "/api/v1/search/request_catalog/entitlements";

fn search(world: &World, search: &Value) -> Vec<Value> {
    let page = world.api().post(CATALOGUE, search);
    assert_eq!(page.status, 200, "{search}: {page:?}");
    page.json()["list"].as_array().unwrap().clone()
}

fn get(world: &World, path: &str) -> Value {
    let authorization = format!("Bearer {}", world.credential());
    let url = format!("{}/api/v1/{path}", world.api_url());
    let page = browser::get(&url, &[("Authorization", &authorization)]);
    assert_eq!(page.status, 200, "{path}: {page:?}");
    page.json()
}

#[test]
fn an_entitlement_is_found_and_asked_for() {
    let world = World::new();
    let found = search(
        &world,
        &json!({"entitlementAlias": "aws-prod-admin", "grantedStatus": "ALL"}),
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    let entitlement = &found[0]["entitlement"]["appEntitlement"];
    let (app, id) = (
        entitlement["appId"].as_str().unwrap(),
        entitlement["id"].as_str().unwrap(),
    );
    assert_eq!(
        get(&world, &format!("apps/{app}"))["app"]["displayName"],
        "AWS"
    );
    let read = get(&world, &format!("apps/{app}/entitlements/{id}"));
    assert_eq!(read["appEntitlementView"]["appEntitlement"], *entitlement);

    let noor = world.api().kept("4215")["steps"][0]["approver"].clone();
    let noor = noor.as_str().unwrap();
    let accounts = get(&world, &format!("apps/{app}/users/{noor}/app_users"));
    assert_eq!(accounts["list"], json!([]));
    let ask = json!({"appId": app, "appEntitlementId": id, "identityUserId": noor, "description": "on call"});
    let page = world.api().post("/api/v1/task/grant", &ask);
    assert_eq!(page.status, 200, "{page:?}");
    let number = page.json()["taskView"]["task"]["numericId"].clone();
    let run = world
        .approve(number.as_str().unwrap())
        .signing_in_with("key");
    run.exits(0);
    let grants = get(
        &world,
        &format!("apps/{app}/entitlements/{id}/users/{noor}/grants"),
    );
    assert_eq!(grants["bindings"][0]["appEntitlementId"], id, "{grants:#}");
}

#[test]
fn the_catalogue_is_narrowed_or_refuses() {
    let world = World::with(&["tasks=every-type"]);
    let all = search(&world, &json!({}));
    // 4223 to 4225 are about no entitlement.
    assert_eq!(all.len(), 11, "{all:#?}");
    assert_eq!(search(&world, &json!({"query": "vault"})).len(), 2);
    assert_eq!(
        search(&world, &json!({"grantedStatus": "GRANTED"})).len(),
        0
    );
    assert_eq!(
        search(&world, &json!({"grantedStatus": "NOT_GRANTED"})).len(),
        11
    );
    let expanded = json!({"query": "notion", "expandMask": {"paths": ["*"]}});
    let page = world.api().post(CATALOGUE, &expanded).json();
    assert_eq!(page["list"][0]["entitlement"]["appPath"], "$.expanded[0]");
    assert_eq!(page["expanded"][0]["displayName"], "Notion");
    for (bad, named) in [
        (json!({"appId": "x"}), "appId"),
        (json!({"grantedStatus": "X"}), "unknown variant"),
    ] {
        let page = world.api().post(CATALOGUE, &bad);
        assert_eq!(page.status, 400, "{bad}: {page:?}");
        assert!(page.body.contains(named), "{bad}: {page:?}");
    }
}

/// cone, C1's Go SDK and c1i; nobody else's.
#[test]
fn programs_of_c1_may_begin_a_device_sign_in() {
    let world = World::new();
    let begin = |client: &str| {
        let url = format!("{}/auth/v1/device_authorization", world.api_url());
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        browser::post(&url, &form, &format!("client_id={client}")).status
    };
    for client in [
        "2RGdOS94VDferT9e80mdgntl36K",
        "2RCzHlak5q7CY14SdBc8HoZEJRf",
        "juQSPDsPrdMDpPpR6fGdeLLSs8g",
        "stepup-sandbox-login",
    ] {
        assert_eq!(begin(client), 200, "{client}");
    }
    assert_eq!(begin("2RGdOS94VDferT9e80mdgntl36k"), 401);
}
