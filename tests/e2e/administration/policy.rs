//! `policy`: which steps demand step-up. A change is made on the policy as it is, or not at all.

use serde_json::{Value, json};

use crate::process::Outcome;
use crate::world::{World, read_json};

pub(super) const STRONG: &str = "Sandbox, phishing-resistant";

/// A policy as the sandbox keeps it.
pub(super) fn kept(world: &World, name: &str) -> Value {
    let state = read_json(&world.path("state.json"));
    let mut all = state["policies"].as_array().unwrap().iter();
    let found = all.find(|one| one["body"]["displayName"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))["body"].clone()
}

fn demanded(world: &World, name: &str, index: usize) -> String {
    let approval = &kept(world, name)["policySteps"]["grant"]["steps"][index]["approval"];
    let id = approval["requiresStepUpProviderId"].as_str();
    id.unwrap_or_default().to_owned()
}

pub(super) fn provider_id(world: &World, name: &str) -> String {
    let state = read_json(&world.path("state.json"));
    let mut all = state["providers"].as_array().unwrap().iter();
    let found = all.find(|one| one["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

pub(super) fn writes(world: &World) -> usize {
    let log = world.api().log();
    log.iter()
        .filter(|line| line.path.starts_with("/api/v1/policies") && line.method != "GET")
        .count()
}

fn require(world: &World, policy: &str, step: &str) -> Outcome {
    let run = world.stepup("policy require-step-up --yes -o json");
    run.arg(policy)
        .arg("--step")
        .arg(step)
        .arg("--provider")
        .arg(STRONG)
        .run()
}

#[test]
fn policies_are_listed_with_their_step_ups() {
    let world = World::new();
    let outcome = world.stepup("policy list").exits(0);
    outcome.prints("Vault access\tgrant\t2\t2\t");
    let document = world.stepup("policy list -o json").exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.policies/1");
    assert_eq!(document["policies"].as_array().unwrap().len(), 8);
}

/// More than fit on one page.
#[test]
fn a_list_goes_on_to_its_end() {
    let world = World::new();
    for number in 0..103 {
        let body = json!({
            "displayName": format!("Policy {number}"), "policyType": "POLICY_TYPE_GRANT",
        });
        assert_eq!(world.api().post("/api/v1/policies", &body).status, 200);
    }
    let document = world.stepup("policy list -o json").exits(0).stdout_json();
    assert_eq!(document["policies"].as_array().unwrap().len(), 111);
    assert_eq!(world.api().times("/api/v1/search/policies").len(), 2);
}

#[test]
fn a_policy_shows_its_steps_and_who_they_demand() {
    let world = World::new();
    let outcome = world.stepup("policy show").arg("Vault access").exits(0);
    outcome
        .prints("1. approval by users, step-up: Sandbox, two factors (")
        .prints("2. approval by users, step-up: Sandbox, phishing-resistant (");
    let run = world.stepup("policy show -o json").arg("Vault access");
    let document = run.exits(0).stdout_json();
    assert_eq!(document["policy"]["steps"][1]["step"], 2);
    assert_eq!(
        document["policy"]["steps"][1]["step_up_provider_id"],
        provider_id(&world, STRONG).as_str()
    );
}

#[test]
fn a_step_is_made_to_demand_step_up_and_nothing_else_changes() {
    let world = World::new();
    let before = kept(&world, "Grafana access");
    let outcome = require(&world, "Grafana access", "1");
    let document = outcome
        .exits(0)
        .says("- step-up: none")
        .says("+ step-up: Sandbox, phishing-resistant (")
        .says("nothing approves this step by itself today")
        .says("was never tested")
        .stdout_json();
    assert_eq!(document["outcome"], "updated");
    let mut wanted = before;
    wanted["policySteps"]["grant"]["steps"][0]["approval"]["requiresStepUpProviderId"] =
        json!(provider_id(&world, STRONG));
    let mut after = kept(&world, "Grafana access");
    wanted["updatedAt"] = after["updatedAt"].take();
    after["updatedAt"] = wanted["updatedAt"].clone();
    assert_eq!(after, wanted);
}

/// What the API may add one day goes back as it came.
#[test]
fn what_is_not_understood_goes_back_untouched() {
    let world = World::new();
    let body = json!({
        "displayName": "Odd", "policyType": "POLICY_TYPE_GRANT", "future": {"a": [1, null]},
        "policySteps": {
            "grant": {"steps": [
                {"approval": {"manager": {"fallback": false}, "future": "x"}, "provision": null},
                {"wait": {"name": "w"}},
            ]},
            "emergency": {"steps": [{"approval": {"self": {}, "future": [2]}}], "future": true},
        },
    });
    assert_eq!(world.api().post("/api/v1/policies", &body).status, 200);
    let run = world.stepup("policy require-step-up Odd --of emergency --step 1 --yes");
    run.arg("--provider").arg(STRONG).exits(0);
    let mut wanted = body["policySteps"].clone();
    wanted["emergency"]["steps"][0]["approval"]["requiresStepUpProviderId"] =
        json!(provider_id(&world, STRONG));
    let after = kept(&world, "Odd");
    assert_eq!(after["policySteps"], wanted);
    assert_eq!(after["future"], body["future"]);
}

#[test]
fn a_demand_is_dropped() {
    let world = World::new();
    let run = world
        .stepup("policy drop-step-up --step 2 --yes")
        .arg("Vault access");
    run.exits(0)
        .says("- step-up: Sandbox, phishing-resistant (")
        .says("+ step-up: none")
        .says("will need no step-up any more")
        .prints("1. approval by users, step-up: Sandbox, two factors (");
    assert_eq!(demanded(&world, "Vault access", 1), "");
    assert_ne!(demanded(&world, "Vault access", 0), "");
}

#[test]
fn what_is_so_already_is_not_sent() {
    let world = World::new();
    require(&world, "AWS access", "1")
        .exits(0)
        .says("it is like that already");
    let run = world
        .stepup("policy drop-step-up --step 1 --yes")
        .arg("Grafana access");
    run.exits(0).prints("unchanged");
    assert_eq!(writes(&world), 0);
}

#[test]
fn only_an_approval_step_that_is_there_can_demand() {
    let world = World::new();
    let steps = json!({"grant": {"steps": [{"approval": users(&world)}, {"wait": {"name": "w"}}]}});
    let body = json!({
        "displayName": "Waiting", "policyType": "POLICY_TYPE_GRANT", "policySteps": steps,
    });
    assert_eq!(world.api().post("/api/v1/policies", &body).status, 200);
    let before = kept(&world, "Waiting");
    for (step, reason) in [
        ("2", "step 2 is not an approval step but `wait`"),
        ("0", "no step 0: it has 2 steps"),
        ("3", "no step 3: it has 2 steps"),
    ] {
        require(&world, "Waiting", step).exits(2).says(reason);
    }
    let run = world.stepup("policy drop-step-up --step 1 --of revoke --yes");
    run.arg("Grafana access")
        .exits(2)
        .says("no steps of `revoke`; it has steps of: grant");
    require(&world, "Grafana acess", "1")
        .exits(2)
        .hints("did you mean `Grafana access`?");
    let run = world.stepup("policy require-step-up --step 1 --yes --provider nobody");
    run.arg("Grafana access").exits(2).says("`nobody`");
    // The story's own.
    assert_eq!((kept(&world, "Waiting"), writes(&world)), (before, 1));
}

#[test]
fn a_change_needs_consent() {
    let world = World::new();
    let run = world
        .stepup("policy drop-step-up --step 1")
        .arg("AWS access");
    run.exits(2).says("needs your confirmation").hints("--yes");
    assert_ne!(demanded(&world, "AWS access", 0), "");
    assert_eq!(writes(&world), 0);
}

#[test]
fn a_policy_that_somebody_changed_in_between_is_left_alone() {
    let world = World::new();
    let policy = kept(&world, "AWS access");
    let id = policy["id"].as_str().unwrap();
    let mut running = world
        .on_a_terminal(&format!("policy drop-step-up {id} --step 1"))
        .start();
    running.prints("change the policy?");
    let body = json!({"policy": {"description": "by somebody else"}, "updateMask": "description"});
    let page = world.api().post(&format!("/api/v1/policies/{id}"), &body);
    assert_eq!(page.status, 200);
    running.types("y\r");
    let outcome = running.ends(7);
    assert!(
        outcome.stdout.contains("was changed in between"),
        "{outcome}"
    );
    assert_ne!(demanded(&world, "AWS access", 0), "");
    // The other person's.
    assert_eq!(writes(&world), 1);
}

#[test]
fn a_provider_that_is_out_of_use_is_warned_of() {
    let world = World::new();
    let run = world.stepup("provider remote disable --yes").arg(STRONG);
    run.exits(0);
    require(&world, "Grafana access", "1")
        .exits(0)
        .says("is not enabled: nobody could approve");
}

#[test]
fn who_is_no_administrator_changes_no_policy() {
    let world = World::with(&["role=approver"]);
    let run = world
        .stepup("policy drop-step-up --step 1 --yes")
        .arg("AWS access");
    run.exits(7).hints("Super Administrator");
    assert_ne!(demanded(&world, "AWS access", 0), "");
    let world = World::with(&["role=providers-only"]);
    world.stepup("policy list").exits(7);
    let world = World::with(&["role=admin"]);
    world.stepup("policy list").exits(0);
}

/// The whole way: a demand is set, access is asked for, and the new task demands step-up.
#[test]
fn a_task_made_after_the_change_demands_step_up() {
    let world = World::new();
    require(&world, "Grafana access", "1").exits(0);
    let old = world.api().task("4212");
    let step = "/policy/current/approval/approval/requiresStepUpProviderId";
    assert_eq!(old.pointer(step).unwrap(), "");
    let people = read_json(&world.path("state.json"))["people"].clone();
    let grant = &old["type"]["grant"];
    let body = json!({
        "appId": grant["appId"], "appEntitlementId": grant["appEntitlementId"],
        "identityUserId": people["other"]["id"], "description": "new dashboards",
    });
    let page = world.api().post("/api/v1/task/grant", &body);
    assert_eq!(page.status, 200, "{page:?}");
    let made = page.json()["taskView"]["task"].clone();
    assert_eq!(
        made.pointer(step).unwrap(),
        provider_id(&world, STRONG).as_str()
    );
    assert_ne!(made["policyGenerationId"], old["policyGenerationId"]);
    let number = made["numericId"].as_str().unwrap();
    world.approve(number).run_with("password").exits(3);
    world.approve(number).run_with("key").exits(0);
    world.api().saw_one_approval(number);
    // The same access for the same person is not asked for twice while a task is open.
    let id = people["requester"]["id"].clone();
    let mut again = body;
    again["identityUserId"] = id;
    let refused = world.api().post("/api/v1/task/grant", &again);
    assert_eq!(refused.status, 409);
    assert_eq!(refused.json()["details"][0]["id"], old["id"]);
}

#[test]
fn access_can_be_asked_to_end() {
    let world = World::new();
    let grant = world.api().task("4212")["type"]["grant"].clone();
    let body = json!({
        "appId": grant["appId"], "appEntitlementId": grant["appEntitlementId"],
        "identityUserId": grant["identityUserId"],
    });
    let page = world.api().post("/api/v1/task/revoke", &body);
    assert_eq!(page.status, 200, "{page:?}");
    let made = page.json()["taskView"]["task"].clone();
    assert_eq!(
        made["type"]["revoke"]["outcome"],
        "REVOKE_OUTCOME_UNSPECIFIED"
    );
    let number = made["numericId"].as_str().unwrap();
    world.approve(number).exits(0);
    let outcome = world.api().task(number)["type"]["revoke"]["outcome"].clone();
    assert_eq!(outcome, "REVOKE_OUTCOME_REVOKED");
    // Nobody decides about what is their own.
    let mut mine = body;
    mine["identityUserId"] = json!("");
    let refused = world.api().post("/api/v1/task/grant", &mine);
    assert_eq!(refused.status, 403);
    mine["appId"] = json!("nonsense");
    assert_eq!(world.api().post("/api/v1/task/grant", &mine).status, 400);
}

/// Makes a policy at the API, with these members beside its name and one approval step.
fn made(world: &World, name: &str, approval: Value, more: Value) -> String {
    let mut body = json!({
        "displayName": name, "policyType": "POLICY_TYPE_GRANT",
        "policySteps": {"grant": {"steps": [{"approval": approval}]}},
    });
    let members = body.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    let page = world.api().post("/api/v1/policies", &body);
    assert_eq!(page.status, 200, "{page:?}");
    page.json()["policy"]["id"].as_str().unwrap().to_owned()
}

pub(super) fn users(world: &World) -> Value {
    let people = read_json(&world.path("state.json"))["people"].clone();
    json!({"users": {"userIds": [people["approver"]["id"]]}})
}

/// A policy's own steps may be in force nowhere: what tasks get is looked up where the policy points.
#[test]
fn what_is_in_force_is_found_where_the_policy_points() {
    let world = World::new();
    let base = made(&world, "Base", users(&world), json!({}));
    let rules = json!([{"condition": "subject.is_contractor", "policyId": base},
        {"condition": "night", "stepKey": "emergency"}]);
    made(
        &world,
        "Pointing",
        users(&world),
        json!({"baselinePolicyId": base, "rules": rules}),
    );

    let outcome = require(&world, "Pointing", "1");
    outcome.exits(0).says("these steps are not in force");
    let show = || world.stepup("policy show Pointing").run();
    show()
        .exits(0)
        .prints("subject.is_contractor: `Base` steps of grant: no step requires step-up")
        .prints("night: `Pointing` has no steps of `emergency`")
        .prints("otherwise: `Base` steps of grant: no step requires step-up")
        .prints("nothing leads to its own steps of: grant");
    let list = world.stepup("policy list").exits(0);
    list.prints("Pointing\tgrant\t1\t0\t");

    let outcome = require(&world, "Base", "1");
    outcome
        .exits(0)
        .says("also in force for: `Pointing`")
        .does_not_say("not in force");
    show()
        .exits(0)
        .prints("otherwise: `Base` steps of grant: step-up in step 1");
    let document = world
        .stepup("policy show Pointing -o json")
        .run()
        .stdout_json();
    let ways = &document["policy"]["in_force"];
    assert_eq!(ways[2]["when"], json!(["otherwise"]));
    assert_eq!(
        (&ways[2]["policy_id"], &ways[2]["step_up_steps"]),
        (&json!(base), &json!([1]))
    );
    assert_eq!(ways[1]["known"], false);
    let list = world.stepup("policy list").exits(0);
    list.prints("Pointing\tgrant\t1\t1\t");
}

#[test]
fn policies_that_lead_back_or_nowhere_are_said_to() {
    let world = World::new();
    let gone = "2zGone0123456789abcdefghijk";
    let a = made(
        &world,
        "A",
        users(&world),
        json!({"baselinePolicyId": gone}),
    );
    let show = world.stepup("policy show A").exits(0);
    show.prints(&format!("the policy {gone}, which could not be read"));
    let b = made(&world, "B", users(&world), json!({"baselinePolicyId": a}));
    let body = json!({"policy": {"baselinePolicyId": b}, "updateMask": "baselinePolicyId"});
    world.api().post(&format!("/api/v1/policies/{a}"), &body);
    let show = world.stepup("policy show A").exits(0);
    show.prints("the policies point at each other");
}

/// What decides by itself in the step is looked at, and not only spoken of.
#[test]
fn what_approves_by_itself_is_named() {
    let world = World::new();
    require(&world, "Grafana access", "1")
        .exits(0)
        .says("nothing approves this step by itself today")
        .says("open tasks keep the steps that they were made with");
    let agent = |mode: &str| json!({"agent": {"agentMode": mode}});
    made(
        &world,
        "Agent",
        agent("APPROVAL_AGENT_MODE_FULL_CONTROL"),
        json!({}),
    );
    made(
        &world,
        "Hook",
        json!({"webhook": {"webhookId": "w"}}),
        json!({}),
    );
    made(
        &world,
        "Comments",
        agent("APPROVAL_AGENT_MODE_COMMENT_ONLY"),
        json!({}),
    );
    for (policy, said) in [
        ("Agent", "an agent decides in this step today"),
        ("Hook", "a webhook decides in this step today"),
        ("Comments", "nothing approves this step by itself today"),
    ] {
        require(&world, policy, "1").exits(0).says(said);
    }
    let show = world.stepup("policy show Agent").exits(0);
    show.prints("approval by agent (an agent decides), step-up:");
}

/// On a terminal policy, step and provider are chosen from lists.
#[test]
fn what_is_not_named_is_chosen_on_a_terminal() {
    let world = World::new();
    let mut running = world.on_a_terminal("policy require-step-up").start();
    for (question, keys) in [
        ("which policy?", "vault acc\r"),
        ("which approval step?", "grant 2\r"),
        ("which step-up provider?", "hardware\r"),
        ("change the policy?", "y\r"),
    ] {
        running.prints(question);
        running.types(keys);
    }
    running.ends(0);
    let chosen = provider_id(&world, "Sandbox, hardware key first");
    assert_eq!(demanded(&world, "Vault access", 1), chosen);
    assert_ne!(demanded(&world, "Vault access", 0), chosen);

    let mut running = world.on_a_terminal("policy show").start();
    running.prints("which policy?");
    running.types("grafana\r");
    let outcome = running.ends(0);
    outcome.prints("Grafana access (grant)");
}

/// Without a terminal it has to be named, and nothing is changed.
#[test]
fn what_is_missing_is_named_where_nobody_can_be_asked() {
    let world = World::new();
    for (words, sentence, hint) in rows! {
        "show", "no policy given", "stepup policy list";
        "drop-step-up --yes", "no policy given", "stepup policy list";
        "drop-step-up NAME --yes", "no approval step given", "--step";
        "require-step-up NAME --step 1 --yes", "no step-up provider given", "--provider";
    } {
        let words = words.split(' ').map(|one| match one {
            "NAME" => "Grafana access",
            one => one,
        });
        let run = words.fold(world.stepup("policy"), crate::process::Run::arg);
        run.exits(2).says(sentence).hints(hint);
    }
    assert_eq!(writes(&world), 0);
}
