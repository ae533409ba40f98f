//! `policy create`: a policy whose approval requires step-up, as the API takes it, or none at all.

use serde_json::{Value, json};

use super::policy::{STRONG, kept, provider_id, users, writes};
use crate::process::{Outcome, Run};
use crate::world::{World, read_json};

fn create(world: &World, words: &str) -> Outcome {
    let run = world.stepup("policy create --yes -o json").args(words);
    run.arg("--provider").arg(STRONG).run()
}

/// The approval steps of a policy as it is kept.
fn approvals(world: &World, name: &str, kind: &str) -> Vec<Value> {
    let steps = kept(world, name)["policySteps"][kind]["steps"].clone();
    let steps = steps.as_array().unwrap().iter();
    steps.map(|step| step["approval"].clone()).collect()
}

#[test]
fn each_kind_of_approvers_makes_one_step_that_requires_step_up() {
    let world = World::new();
    let provider = provider_id(&world, STRONG);
    let id = "2zGroup0123456789abcdefghij";
    let approver = read_json(&world.path("state.json"))["people"]["approver"].clone();
    let email = approver["email"].as_str().unwrap();
    for (name, words, kind, mut expected) in rows! {
        "A", "--manager", "grant", json!({"manager": {}});
        "B", "--app-owners --type revoke", "revoke", json!({"appOwners": {}});
        "C", "--entitlement-owners --type certify", "certify", json!({"entitlementOwners": {}});
        "D", "--resource-owners --require-comment", "grant", json!({"resourceOwners": {}, "requireApprovalReason": true});
        "E", &format!("--group {id}/{id}"), "grant", json!({"group": {"appId": id, "appGroupId": id}});
        "F", &format!("--approver {email}"), "grant", json!({"users": {"userIds": [approver["id"]]}});
    } {
        let outcome = create(&world, &format!("{name} {words}"));
        let document = outcome
            .exits(0)
            .says("a new policy at 127.0.0.1:")
            .says("step-up: Sandbox, phishing-resistant (")
            .says("nothing uses it yet")
            .says("open tasks keep the steps that they were made with")
            .stdout_json();
        assert_eq!(document["schema"], "stepup.policy/1");
        assert_eq!(document["outcome"], "created");
        assert_eq!(document["policy"]["kind"], kind);
        assert_eq!(
            document["policy"]["steps"][0]["step_up_provider_id"],
            provider
        );
        assert_eq!(document["policy"]["id"], kept(&world, name)["id"]);
        expected["requiresStepUpProviderId"] = json!(provider);
        assert_eq!(approvals(&world, name, kind), [expected], "{name}");
    }
    assert_eq!(writes(&world), 6);
}

#[test]
fn people_are_shown_by_their_names_before_the_policy_is_made() {
    let world = World::new();
    let approver = read_json(&world.path("state.json"))["people"]["approver"].clone();
    let (name, email) = (
        approver["name"].as_str().unwrap(),
        approver["email"].as_str().unwrap(),
    );
    create(&world, &format!("Named --approver {email}"))
        .exits(0)
        .says(&format!("{name} <{email}>"));
    create(&world, "Nobodys --approver nobody@nowhere.example")
        .exits(2)
        .says("the API knows nobody at `nobody@nowhere.example`");
    assert_eq!(writes(&world), 1);
}

#[test]
fn the_steps_of_another_policy_are_taken_and_it_stays_as_it_is() {
    let world = World::new();
    let before = kept(&world, "Vault access");
    let run = || world.stepup("policy create --yes --provider").arg(STRONG);
    run()
        .args("Both --like")
        .arg("Vault access")
        .exits(0)
        .prints("created: Both (grant)");
    let provider = provider_id(&world, STRONG);
    let demanded = |name: &str| {
        let approvals = approvals(&world, name, "grant").into_iter();
        let demanded = approvals.map(|one| one["requiresStepUpProviderId"] == provider.as_str());
        demanded.collect::<Vec<_>>()
    };
    assert_eq!(demanded("Both"), [true, true]);
    let mut own = before["policySteps"].clone();
    own["grant"]["steps"][0]["approval"]["requiresStepUpProviderId"] = json!(provider);
    assert_eq!(kept(&world, "Both")["policySteps"], own);
    assert_eq!(kept(&world, "Vault access"), before);

    let one = json!({"approval": users(&world)});
    let body = json!({
        "displayName": "Two", "policyType": "POLICY_TYPE_GRANT",
        "policySteps": {"grant": {"steps": [one, {"wait": {"name": "w"}}, one]}},
    });
    assert_eq!(world.api().post("/api/v1/policies", &body).status, 200);
    world
        .stepup("policy create Mixed --yes --step 1 --provider")
        .arg("Sandbox, two factors")
        .arg("--like")
        .arg("Vault access")
        .exits(0)
        .says("2. approval by users, step-up: Sandbox, phishing-resistant (")
        .prints("2. approval by users, step-up: Sandbox, phishing-resistant (");
    run().args("Last --like Two --step 3").exits(0);
    let steps = kept(&world, "Last")["policySteps"]["grant"]["steps"].clone();
    assert_eq!(steps[0], json!({"approval": users(&world)}));
    assert_eq!(steps[1], json!({"wait": {"name": "w"}}));
    assert_eq!(
        steps[2]["approval"]["requiresStepUpProviderId"],
        provider.as_str()
    );
    run()
        .args("Wrong --like Two --step 2")
        .exits(2)
        .says("step 2 is not an approval step but `wait`");
}

/// What is copied would not be what tasks get.
#[test]
fn steps_that_are_in_force_nowhere_are_not_taken() {
    let world = World::new();
    let base = kept(&world, "AWS access")["id"].clone();
    let body = json!({
        "displayName": "Pointing", "policyType": "POLICY_TYPE_GRANT", "baselinePolicyId": base,
        "policySteps": {"grant": {"steps": [{"approval": users(&world)}]}},
    });
    assert_eq!(world.api().post("/api/v1/policies", &body).status, 200);
    create(&world, "New --like Pointing")
        .exits(2)
        .says("`Pointing` takes its steps from another policy")
        .hints(&format!("--like {}", base.as_str().unwrap()));
    assert_eq!(writes(&world), 1);
}

#[test]
fn a_dry_run_shows_what_would_be_sent_and_sends_nothing() {
    let world = World::new();
    let words = "--manager --description why --dry-run";
    let document = create(&world, &format!("New {words}"))
        .exits(0)
        .stdout_json();
    let provider = provider_id(&world, STRONG);
    let approval = json!({"manager": {}, "requiresStepUpProviderId": provider});
    let expected = json!({
        "schema": "stepup.policy-dry-run/1",
        "request": {
            "displayName": "New", "description": "why", "policyType": "POLICY_TYPE_GRANT",
            "policySteps": {"grant": {"steps": [{"approval": approval}]}},
        },
    });
    assert_eq!(document, expected);
    let run = world.stepup("policy create New --manager --dry-run --provider");
    run.arg(STRONG)
        .exits(0)
        .prints("not sent: POST /api/v1/policies")
        .prints("\"requiresStepUpProviderId\": ");
    assert_eq!(writes(&world), 0);
}

#[test]
fn what_cannot_be_made_is_not_sent() {
    let world = World::new();
    let mut refused = vec![
        (
            "New",
            "no approvers given",
            "nothing was changed; say who approves",
        ),
        ("New --manager --app-owners", "cannot be used with", ""),
        ("New --like Two --type grant", "cannot be used with", ""),
        (
            "New --manager --step 2",
            "no step 2: it has 1 step",
            "numbers them",
        ),
        ("New --group a/b", "APP_ID/GROUP_ID", ""),
        ("--manager", "no name given", "nothing was changed; give it"),
        ("New --like nothing", "called `nothing`", "available"),
    ];
    let name = kept(&world, "Vault access")["id"].clone();
    let hint = name.as_str().unwrap();
    let taken = "'VAULT access' --manager";
    refused.push((taken, "there is a policy `VAULT access` already", hint));
    for (words, sentence, hint) in refused {
        let run = world.stepup("policy create --yes --provider").arg(STRONG);
        let words = shell_words::split(words).unwrap();
        let outcome = words.into_iter().fold(run, Run::arg).exits(2);
        outcome.says(sentence).says(hint);
    }
    let run = world.stepup("policy create New --manager --yes");
    run.exits(2)
        .says("no step-up provider given")
        .hints("--provider");
    let run = world.stepup("policy create New --manager --yes --provider nobody");
    run.exits(2).says("`nobody`");
    let run = world
        .stepup("policy create New --manager --provider")
        .arg(STRONG);
    run.exits(2).says("needs your confirmation").hints("--yes");
    assert_eq!(writes(&world), 0);
}

#[test]
fn who_is_no_administrator_makes_no_policy() {
    let world = World::with(&["role=approver"]);
    let before = read_json(&world.path("state.json"))["policies"].clone();
    create(&world, "New --manager")
        .exits(7)
        .hints("Super Administrator");
    assert_eq!(
        read_json(&world.path("state.json"))["policies"],
        before,
        "made"
    );
}

/// The whole way: the policy is made, something uses it, and a task that is made then requires step-up.
#[test]
fn tasks_under_the_new_policy_require_step_up() {
    let world = World::new();
    let approver = read_json(&world.path("state.json"))["people"]["approver"].clone();
    let email = approver["email"].as_str().unwrap();
    let document = create(&world, &format!("Strict --approver {email}")).stdout_json();
    let grafana = kept(&world, "Grafana access")["id"].clone();
    let body = json!({
        "policy": {"baselinePolicyId": document["policy"]["id"]}, "updateMask": "baselinePolicyId",
    });
    let path = format!("/api/v1/policies/{}", grafana.as_str().unwrap());
    assert_eq!(world.api().post(&path, &body).status, 200);
    let grant = world.api().task("4212")["type"]["grant"].clone();
    let people = read_json(&world.path("state.json"))["people"].clone();
    let body = json!({
        "appId": grant["appId"], "appEntitlementId": grant["appEntitlementId"],
        "identityUserId": people["other"]["id"],
    });
    let made = world.api().post("/api/v1/task/grant", &body).json();
    let number = made["taskView"]["task"]["numericId"].as_str().unwrap();
    world.approve(number).run_with("password").exits(3);
    world.approve(number).run_with("key").exits(0);
    world.api().saw_one_approval(number);
}

/// On a terminal everything that is missing is asked for, one after the other.
#[test]
fn what_is_missing_is_asked_for_on_a_terminal() {
    let world = World::new();
    let mut running = world.on_a_terminal("policy create").start();
    let said = |running: &crate::process::Running, text: &str| {
        running.prints(text);
    };
    said(&running, "name of the policy");
    running.types("Asked for\r");
    said(&running, "which approvers?");
    running.types("people\r");
    said(&running, "approvers (email addresses)");
    let approver = read_json(&world.path("state.json"))["people"]["approver"].clone();
    running.types(&format!("{}\r", approver["email"].as_str().unwrap()));
    said(&running, "which step-up provider?");
    running.types("hardware\r");
    said(&running, "create the policy?");
    running.types("y\r");
    running.ends(0);
    let provider = provider_id(&world, "Sandbox, hardware key first");
    let expected = json!({
        "users": {"userIds": [approver["id"]]}, "requiresStepUpProviderId": provider,
    });
    assert_eq!(approvals(&world, "Asked for", "grant"), [expected]);
}

/// Escape is no answer.
#[test]
fn what_is_not_chosen_is_not_made() {
    let world = World::new();
    let mut running = world.on_a_terminal("policy create New").start();
    running.prints("which approvers?");
    running.types("\u{1b}");
    running.ends(2);
    assert_eq!(writes(&world), 0);
}
