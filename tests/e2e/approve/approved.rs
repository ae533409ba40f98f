//! Approvals that go well, and what is left behind by them.

use std::collections::HashMap;

use serde_json::{Value, json};
use url::Url;

use crate::browser;
use crate::process::BIN;
use crate::world::World;

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_security_key_approves_what_demands_one() {
    let world = World::new();
    let outcome = world.approve("4211").signing_in_with("key").exits(0);
    outcome
        .says("Grant prod-admin on AWS to Ada Novak")
        .says("requires a phishing-resistant factor")
        .prints("approved task 4211: Grant prod-admin on AWS to Ada Novak")
        .prints("access:   prod-admin on AWS; duration 8h")
        .prints("required: acr phr, at most 300 s old")
        .prints("user:     mira.chen@sandbox.example (the person of the API credential)")
        .prints("task:     closed (confirmed by reading it again)");
    world.api().saw_one_approval("4211");
}

#[test]
fn the_receipt_in_json_has_exactly_the_promised_members() {
    let world = World::new();
    let outcome = world.approve("4211").args("-o json").run_with("key");
    let receipt = outcome.exits(0).stdout_json();
    let members = [
        "approval",
        "approver",
        "caveats",
        "ceremony",
        "context_sha256",
        "outcome",
        "people",
        "proof",
        "requirement",
        "schema",
        "statement",
        "subject",
        "task",
        "task_state",
    ];
    assert_eq!(keys(&receipt), members);
    assert_eq!(receipt["schema"], "stepup.receipt/2");
    assert_eq!(receipt["outcome"], "approved");
    assert_eq!(receipt["ceremony"], "local");
    assert_eq!(receipt["task_state"], "closed");

    let kept = world.api().kept("4211");
    let step = &kept["steps"][0];
    let task = json!({
        "id": kept["id"],
        "numeric_id": "4211",
        "title": kept["title"],
        "policy_step_id": step["id"],
    });
    assert_eq!(receipt["task"], task);
    assert_eq!(receipt["approver"], json!({ "user_id": step["approver"] }));
    let requirement = json!({ "provider": "sandbox", "acr_values": ["phr"], "max_age": 300 });
    assert_eq!(receipt["requirement"], requirement);

    let proof = &receipt["proof"];
    assert_eq!(
        keys(proof),
        ["acr", "amr", "auth_time", "issuer", "subject", "uses"]
    );
    assert_eq!(proof["issuer"], world.issuer());
    assert_eq!(proof["acr"], "phr");
    assert_eq!(proof["amr"], json!(["hwk", "pop", "user"]));
    assert!(proof["subject"].as_str().unwrap().starts_with("sub-"));
    assert!(proof["auth_time"].is_i64());

    let approval = &receipt["approval"];
    assert_eq!(keys(approval), ["confirmed", "ticket_action_id"]);
    assert_eq!(approval["confirmed"], true);
    assert_eq!(approval["ticket_action_id"].as_str().unwrap().len(), 27);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_task_that_demands_nothing_needs_no_browser_and_no_provider() {
    let world = World::new();
    let outcome = world.approve("4212").args("-o json --browser false").run();
    let receipt = outcome.exits(0).stdout_json();
    assert_eq!(receipt["ceremony"], "none");
    assert_eq!(receipt["requirement"], Value::Null);
    assert_eq!(receipt["proof"], Value::Null);
    assert_eq!(receipt["task_state"], "closed");
    let log = world.api().log();
    assert!(log.iter().all(|line| line.server == "api"), "{log:#?}");
    world.api().saw_one_approval("4212");
}

#[test]
fn the_text_receipt_of_a_plain_approval_claims_no_proof() {
    let world = World::new();
    let outcome = world.approve("4212").exits(0);
    outcome
        .prints("approved task 4212")
        .prints("required: no step-up authentication");
    assert!(!outcome.stdout.contains("proven"), "{outcome}");
    world.api().saw_one_approval("4212");
}

#[test]
fn a_one_time_code_is_two_factors() {
    let world = World::new();
    let run = world.approve("4213").args("-o json");
    let receipt = run.run_with("code").exits(0).stdout_json();
    assert_eq!(receipt["proof"]["acr"], "urn:okta:loa:2fa:any");
    world.api().saw_one_approval("4213");
}

#[test]
fn a_security_key_is_two_factors_too() {
    let world = World::new();
    world.approve("4213").run_with("key").exits(0);
    world.api().saw_one_approval("4213");
}

#[test]
fn a_task_is_found_by_its_27_character_id() {
    let world = World::new();
    world.approve(&world.api().id("4212")).exits(0);
    world.api().saw_one_approval("4212");
}

fn comments(world: &World) -> Vec<String> {
    let task = world.api().kept("4214");
    let events = task["events"].as_array().unwrap();
    let comment = |event: &Value| Some(event["what"]["Comment"].as_str()?.to_owned());
    events.iter().filter_map(comment).collect()
}

#[test]
fn a_demanded_comment_is_given_on_the_command_line() {
    let world = World::new();
    let run = world.approve("4214").arg("-m").arg("on-call, INC-88");
    run.run_with("key").exits(0);
    assert_eq!(comments(&world), ["on-call, INC-88"]);
    world.api().saw_one_approval("4214");
}

#[test]
fn a_demanded_comment_is_read_from_a_file() {
    let world = World::new();
    std::fs::write(world.path("why.txt"), "two\nlines \u{e9}\n").unwrap();
    let run = world.approve("4214").args("--comment-file why.txt");
    run.run_with("key").exits(0);
    assert_eq!(comments(&world), ["two\nlines \u{e9}"]);
    world.api().saw_one_approval("4214");
}

#[test]
fn a_demanded_comment_is_read_from_stdin() {
    let world = World::new();
    let run = world
        .approve("4214")
        .args("--comment-file -")
        .stdin("from a pipe\n");
    run.run_with("key").exits(0);
    assert_eq!(comments(&world), ["from a pipe"]);
    world.api().saw_one_approval("4214");
}

#[test]
fn two_steps_are_two_approvals_with_a_ceremony_each() {
    let world = World::new();
    let first = world.approve("4217").args("-o json").run_with("code");
    let first = first.exits(0).stdout_json();
    assert_eq!(first["task_state"], "open");
    assert_eq!(first["proof"]["acr"], "urn:okta:loa:2fa:any");

    // The second step is as strict as if there had been no first.
    let weak = world.approve("4217").run_with("code");
    weak.exits(3).says("step: 2 of 2");
    let second = world.approve("4217").args("-o json").run_with("key");
    let second = second.exits(0).stdout_json();
    assert_eq!(second["task_state"], "closed");
    assert_eq!(second["proof"]["acr"], "phr");
    assert_ne!(
        first["task"]["policy_step_id"],
        second["task"]["policy_step_id"]
    );

    let log = world.api().log();
    let count = |path: &str| log.iter().filter(|line| line.path == path).count();
    assert_eq!((count("/sign-in"), count("/token")), (3, 3));
    let approved = log.iter().filter(|line| line.approved.is_some()).count();
    assert_eq!(approved, 2);
}

#[test]
fn without_a_browser_the_printed_address_is_enough() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let person = world.sign_in(&running.start_url(), "key");
    let page = person.exits(0).stdout_json();
    assert_eq!(page["status"], 200);
    assert!(
        page["title"].as_str().unwrap().contains("is approved"),
        "{page}"
    );
    let outcome = running.end();
    outcome.exits(0).says("open this URL in a browser");
    world.api().saw_one_approval("4211");
}

#[test]
fn a_refused_approval_is_explained_in_the_browser_too() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let person = world.sign_in(&running.start_url(), "password");
    let page = person.exits(0).stdout_json();
    assert!(
        page["title"].as_str().unwrap().contains("was not approved"),
        "{page}"
    );
    running.end().exits(3);
    world.api().saw_no_approval();
}

#[test]
fn a_dry_run_reads_and_does_nothing_else() {
    let world = World::new();
    world
        .stepup("approve 4211 --dry-run --browser false")
        .exits(0)
        .prints("task 4211 can be approved by you")
        .prints("it requires step-up at Sandbox, phishing-resistant (acr phr)");
    let outcome = world.stepup("approve 4212 --dry-run -o json").run();
    let document = outcome.exits(0).stdout_json();
    assert_eq!(document["schema"], "stepup.dry-run/1");
    assert_eq!(document["step_up"], false);
    assert_eq!(document["provider"], Value::Null);
    assert_eq!(world.api().approval_requests(), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_dry_run_says_that_a_comment_is_required_and_asks_for_none() {
    let world = World::new();
    let line = format!(
        "stty cols 200; exec {} approve 4214 --dry-run",
        shell_words::quote(BIN)
    );
    let outcome = world.shell_on_a_terminal(&line).run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let said = &outcome.stdout;
    assert!(said.contains("task 4214 can be approved by you"), "{said}");
    assert!(said.contains("and a comment"), "{said}");
    assert!(!said.contains("this step requires a comment"), "{said}");
    world.api().saw_no_approval();
}

/// B1.3, B1.6, B3.1 to B3.5, B5.3, B9.1 to B9.6.
#[test]
fn the_authorization_request_asks_for_what_the_challenge_demands_in_its_order() {
    let world = World::new();
    let running = world.approve("4218").args("--no-browser").start();
    let start_url = running.start_url();
    let request = Url::parse(&browser::get(&start_url, &[]).leads_to()).unwrap();
    let params: HashMap<String, String> = request.query_pairs().into_owned().collect();
    let get = |name: &str| params.get(name).map_or("", String::as_str);
    assert_eq!(get("acr_values"), "phrh phr");
    assert_eq!(get("response_type"), "code");
    assert_eq!(get("client_id"), "stepup-cli");
    assert_eq!(get("code_challenge_method"), "S256");
    assert_eq!(get("code_challenge").len(), 43);
    assert_eq!(get("max_age"), "0");
    assert_eq!(get("prompt"), "login");
    assert_eq!(get("login_hint"), "mira.chen@sandbox.example");
    assert!(get("scope").split(' ').any(|scope| scope == "openid"));
    assert!(get("state").len() >= 22 && get("nonce").len() >= 22);
    let port = Url::parse(&start_url).unwrap().port().unwrap();
    let redirect_uri = format!("http://127.0.0.1:{port}/callback/sandbox");
    assert_eq!(get("redirect_uri"), redirect_uri);
    assert_eq!(params.len(), request.query_pairs().count(), "nothing twice");

    let callback = browser::sign_in_at(world.issuer(), request.as_str());
    assert_eq!(browser::get(&callback, &[]).status, 303);
    running.end().exits(0);
    world.api().saw_one_approval("4218");
}

#[test]
fn the_login_hint_is_what_was_asked_for() {
    let world = World::new();
    let run = world
        .approve("4211")
        .args("--no-browser --login-hint noor.haddad");
    let running = run.start();
    let request = browser::get(&running.start_url(), &[]).leads_to();
    assert!(request.contains("login_hint=noor.haddad&") || request.ends_with("=noor.haddad"));
    running.signal("INT");
    running.end().exits(130);
    world.api().saw_no_approval();
}

fn approval_posts(world: &World) -> Vec<String> {
    let log = world.api().log();
    log.iter()
        .filter(|line| line.is_approval())
        .map(|line| format!("{} {}", line.path.rsplit('/').next().unwrap(), line.status))
        .collect()
}

#[test]
fn an_api_without_the_step_up_endpoint_is_asked_plainly_where_that_was_said() {
    let world = World::with(&["approve=404-step-up"]);
    let run = world.approve("4211").args("--ceremony local");
    run.run_with("key").exits(0);
    assert_eq!(
        approval_posts(&world),
        ["approve-with-step-up 404", "approve 401", "approve 200"]
    );
    world.api().saw_one_approval("4211");
}

/// c1.md 8.5: such a step is never approved plainly, whatever the API would make of it.
#[test]
fn an_api_without_the_step_up_endpoint_is_not_asked_plainly_by_itself() {
    let world = World::with(&["approve=404-step-up"]);
    let run = world.approve("4211").signing_in_with("key").exits(7);
    run.says("no endpoint for it").hints("--ceremony local");
    assert_eq!(approval_posts(&world), ["approve-with-step-up 404"]);
    world.api().saw_no_approval();
}

#[test]
fn an_effect_that_comes_later_is_waited_for_and_confirmed() {
    let world = World::with(&["effect_delay_ms=300"]);
    let run = world.approve("4211").args("-o json");
    let receipt = run.run_with("key").exits(0).stdout_json();
    assert_eq!(receipt["approval"]["confirmed"], true);
    assert_eq!(receipt["task_state"], "closed");
    world.api().saw_one_approval("4211");
}

/// Accepted, and not to be seen in the task for as long as is waited: neither success nor failure.
#[test]
fn an_effect_that_does_not_come_is_pending() {
    let world = World::with(&["effect_delay_ms=600000"]);
    let outcome = world.approve("4212").args("-o json").exits(8);
    outcome
        .says("the task does not show it yet")
        .hints("stepup task show 4212");
    let receipt = outcome.stdout_json();
    assert_eq!(receipt["schema"], "stepup.receipt/2");
    assert_eq!(receipt["outcome"], "accepted");
    assert_eq!(receipt["approval"]["confirmed"], false);
    assert_eq!(receipt["task_state"], "open");
    assert_eq!(world.api().approval_requests(), 1);
    world.api().saw_one_approval("4212");
    // Nor is it an approval in the log, or for people.
    let shown = world.stepup("receipt show").exits(0);
    shown.prints("accepted the approval of task 4212");
    let text = World::with(&["effect_delay_ms=600000"]);
    let outcome = text.approve("4211").signing_in_with("key").exits(8);
    outcome.prints("accepted the approval of task 4211: ");
    assert!(!outcome.stdout.contains("approved"), "{outcome}");
}

/// The POST is never repeated; what became of it stands in the task (c1.md 8.11).
fn an_answer_that_is_lost_after_the_commit(switch: &str) {
    let world = World::with(&[switch]);
    let run = world.approve("4211").args("-o json");
    let receipt = run.run_with("key").exits(0).stdout_json();
    assert_eq!(receipt["outcome"], "approved");
    assert_eq!(
        receipt["approval"],
        json!({ "ticket_action_id": null, "confirmed": true })
    );
    assert_eq!(
        world.api().approval_requests(),
        2,
        "the challenged one and the real one"
    );
    world.api().saw_one_approval("4211");
}

#[test]
fn a_500_after_the_commit_is_an_approval() {
    an_answer_that_is_lost_after_the_commit("approve=500-after-commit");
}

/// A proxy that gave up waiting knows no more than we do.
#[test]
fn a_408_after_the_commit_is_an_approval() {
    an_answer_that_is_lost_after_the_commit("approve=408-after-commit");
}

#[test]
fn a_connection_that_breaks_after_the_commit_is_an_approval() {
    an_answer_that_is_lost_after_the_commit("approve=drop-after-commit");
}

#[test]
fn a_redirect_after_the_commit_is_an_approval() {
    an_answer_that_is_lost_after_the_commit("approve=redirect-after-commit");
}

fn an_answer_that_is_lost_before_the_commit(switch: &str) {
    let world = World::with(&[switch]);
    world.refuses(
        1,
        "failed",
        "the approval was not recorded",
        "still waits for you",
    );
    assert_eq!(
        world.api().approval_requests(),
        2,
        "the challenged one and the real one"
    );
}

#[test]
fn a_500_without_a_commit_is_a_failure_and_is_not_tried_again() {
    an_answer_that_is_lost_before_the_commit("approve=500");
}

#[test]
fn a_connection_that_breaks_without_a_commit_is_a_failure_and_is_not_tried_again() {
    an_answer_that_is_lost_before_the_commit("approve=drop");
}

#[test]
fn a_lost_answer_to_a_plain_approval_is_looked_up_too() {
    let world = World::with(&["approve=500-after-commit"]);
    let receipt = world.approve("4212").args("-o json").exits(0).stdout_json();
    assert_eq!(receipt["approval"]["ticket_action_id"], Value::Null);
    assert_eq!(world.api().approval_requests(), 1);
    world.api().saw_one_approval("4212");
}

/// The strictest age wins, and it is in the receipt.
#[test]
fn a_smaller_max_age_of_the_challenge_is_the_one_in_force() {
    let world = World::with(&["challenge=other-max-age"]);
    let run = world.approve("4211").args("-o json");
    let receipt = run.run_with("key").exits(0).stdout_json();
    assert_eq!(receipt["requirement"]["max_age"], 60);
    world.api().saw_one_approval("4211");
}
