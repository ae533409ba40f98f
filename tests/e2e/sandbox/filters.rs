//! `search/tasks` of the sandbox: each of C1's filters narrows, or is refused by its name.

use serde_json::{Value, json};

use crate::world::World;

/// Every type of task, beside those that are always there.
fn world() -> World {
    World::with(&["tasks=every-type"])
}

/// The numbers of the tasks that this search finds.
fn found(world: &World, search: &Value) -> Vec<String> {
    let mut search = search.clone();
    search["pageSize"] = json!(100);
    let page = world.api().post("/api/v1/search/tasks", &search);
    assert_eq!(page.status, 200, "{search}: {page:?}");
    let list = page.json()["list"].as_array().unwrap().clone();
    let number = |row: &Value| row["task"]["numericId"].as_str().unwrap().to_owned();
    list.iter().map(number).collect()
}

/// Each search finds these.
#[track_caller]
fn narrow<const N: usize>(world: &World, searches: [(Value, Vec<String>); N]) {
    for (search, numbers) in searches {
        assert_eq!(found(world, &search), numbers, "{search}");
    }
}

fn some(numbers: &[&str]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

/// All but these.
fn without(world: &World, left_out: &[&str]) -> Vec<String> {
    let mut all = found(world, &json!({}));
    all.retain(|number| !left_out.contains(&number.as_str()));
    all
}

fn kept(world: &World, number: &str, name: &str) -> Value {
    world.api().kept(number)[name].clone()
}

#[test]
fn what_a_task_is_about() {
    let world = world();
    let all = without(&world, &[]);
    let kept = |number: &str, name: &str| kept(&world, number, name);
    let vault = kept("4221", "app_id");
    let entitlement = kept("4221", "entitlement_id");
    let account = kept("4221", "app_user_id");
    let resource = kept("4221", "more")["resource"][0].clone();
    let review = kept("4222", "more")["review_id"].clone();
    let searches = rows! {
        json!({"applicationIds": [vault]}), some(&["4221"]);
        json!({"excludeApplicationIds": [vault]}), without(&world, &["4221"]);
        json!({"appEntitlementIds": [entitlement]}), some(&["4221"]);
        json!({"excludeAppEntitlementIds": [entitlement]}), without(&world, &["4221"]);
        json!({"appUserSubjectIds": [account]}), some(&["4221"]);
        json!({"appResourceIds": [resource]}), some(&["4221"]);
        json!({"appResourceTypeIds": [resource]}), some(&[]);
        json!({"excludeAppResourceTypeIds": [resource]}), all.clone();
        json!({"accessReviewIds": [review]}), some(&["4221", "4222"]);
        json!({"accountStatuses": ["STATUS_DELETED"]}), some(&[]);
        json!({"accountTypes": ["APP_USER_TYPE_SERVICE_ACCOUNT"]}), some(&[]);
    };
    narrow(&world, searches);
}

#[test]
fn who_is_concerned() {
    let world = world();
    let all = without(&world, &[]);
    let ada = kept(&world, "4211", "requester");
    let mira = kept(&world, "4211", "steps")[0]["approver"].clone();
    let noor = kept(&world, "4215", "steps")[0]["approver"].clone();
    let searches = rows! {
        json!({"accountOwnerIds": [ada]}), without(&world, &["4223", "4224", "4225"]);
        json!({"openerIds": [ada]}), all.clone();
        json!({"subjectIds": [mira]}), some(&[]);
        json!({"openerOrSubjectUserId": mira}), some(&[]);
        json!({"assigneesInIds": [noor]}), some(&["4215", "4220"]);
        json!({"myWorkUserIds": [noor]}), some(&["4215", "4220"]);
        json!({"assignedOrStepApproverUserId": noor}), some(&["4215", "4220"]);
        json!({"previouslyActedOnIds": [mira]}), some(&["4216"]);
    };
    narrow(&world, searches);
}

#[test]
fn type_state_step_and_time() {
    let world = world();
    let all = without(&world, &[]);
    let searches = rows! {
        json!({"taskTypes": [{"revoke": {}}, {"certify": {}}]}), some(&["4221", "4222"]);
        json!({"taskStates": ["TASK_STATE_CLOSED"]}), some(&["4216"]);
        json!({"grantOutcomes": ["GRANT_OUTCOME_GRANTED"]}), some(&["4216"]);
        json!({"revokeOutcomes": ["REVOKE_OUTCOME_REVOKED"]}), some(&[]);
        json!({"certifyOutcomes": ["CERTIFY_OUTCOME_UNSPECIFIED"]}), some(&["4222"]);
        json!({"emergencyStatus": "EMERGENCY"}), some(&[]);
        json!({"emergencyStatus": "NON_EMERGENCY"}), all.clone();
        json!({"currentStep": "TASK_SEARCH_CURRENT_STEP_APPROVAL"}), without(&world, &["4216"]);
        json!({"currentStep": "TASK_SEARCH_CURRENT_STEP_PROVISION"}), some(&[]);
        json!({"stepApprovalTypes": ["STEP_APPROVAL_TYPE_USERS"]}), without(&world, &["4216"]);
        json!({"stepApprovalTypes": ["STEP_APPROVAL_TYPE_MANAGER"]}), some(&[]);
        json!({"requireApprovalReason": true}), some(&["4214"]);
        json!({"requireDenialReason": true}), some(&[]);
        json!({"createdAfter": "2100-01-01T00:00:00Z"}), some(&[]);
        json!({"createdBefore": "2100-01-01T00:00:00Z"}), all.clone();
        json!({"outcomeAfter": "2000-01-01T00:00:00Z"}), some(&["4216"]);
        json!({"outcomeBefore": "2000-01-01T00:00:00Z"}), some(&[]);
        json!({"query": "vault"}), some(&["4217"]);
        json!({"refs": [{"id": world.api().id("4211")}]}), some(&["4211"]);
        json!({"excludeIds": [world.api().id("4211")]}), without(&world, &["4211"]);
        json!({"includeDeleted": true}), all.clone();
    };
    narrow(&world, searches);
}

#[test]
fn the_order_is_the_one_that_was_asked_for() {
    let world = world();
    let all = without(&world, &[]);
    let mut reversed = all.clone();
    reversed.reverse();
    for (order, numbers) in [("TICKET_ID", &all), ("REVERSE_TICKET_ID", &reversed)] {
        let search = json!({"sortBy": format!("TASK_SEARCH_SORT_BY_{order}")});
        assert_eq!(&found(&world, &search), numbers, "{order}");
    }
}

#[test]
fn what_is_not_applied_is_refused_by_its_name() {
    let world = world();
    for (search, named) in rows! {
        json!({"actorId": "x"}), "actorId";
        json!({"includeActedAfter": "2000-01-01T00:00:00Z"}), "includeActedAfter";
        json!({"olderThanDuration": "3600s"}), "olderThanDuration";
        json!({"pendingActionFilter": "PENDING_ACTION_FILTER_WITH_PENDING"}), "pendingActionFilter";
        json!({"userEmploymentStatuses": ["x"]}), "userEmploymentStatuses";
        json!({"stepUp": true}), "stepUp";
        json!({"sortBy": "TASK_SEARCH_SORT_BY_ACCOUNT"}), "SORT_BY_ACCOUNT";
        json!({"currentStep": "APPROVAL"}), "currentStep";
        json!({"emergencyStatus": "SOMETIMES"}), "emergencyStatus";
        json!({"createdAfter": "yesterday"}), "year";
        json!({"refs": [{"id": "4211"}]}), "invalid id";
    } {
        let page = world.api().post("/api/v1/search/tasks", &search);
        assert_eq!(page.status, 400, "{search}: {page:?}");
        let message = page.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(named), "{search}: {message}");
    }
}
