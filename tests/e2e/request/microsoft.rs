//! `stepup request` at Microsoft's APIs: a plain 401 first, then a claims challenge, or Privileged Identity Management's
//! 400 (duties B1.19 to B1.21). The walk is that of `docs/guide/microsoft-pim.md`.

use serde_json::json;

use super::azure::{ACTIVATION, APPROVALS, Azure, DIRECTORY, GROUP_STAGE, NEVER, REVOKED, STAGE};
use super::elsewhere::lists;
use crate::process::Run;
use crate::world::World;

/// A tenant with this switch, whose entry's tokens are for the server.
fn tenant(switches: &[&str]) -> (World, Azure) {
    let world = World::imitating("entra-acrs", switches);
    let azure = Azure::trusting(&world);
    lists(&world, &azure.0.origin);
    world.drop_acr_values();
    let scope = format!("scopes = [\"{}/user_impersonation\"]", azure.0.origin);
    world.add_to_entry(&scope);
    (world, azure)
}

fn request(world: &World, azure: &Azure, method: &str, path: &str) -> Run {
    let run = world.stepup("request").arg(method);
    run.arg(format!("{}{path}", azure.0.origin))
        .signing_in_with("code")
}

fn approving(world: &World, azure: &Azure) -> Run {
    let body = r#"{"reviewResult": "Approve", "justification": "INC-4211"}"#;
    request(world, azure, "PATCH", STAGE)
        .args("--yes -d")
        .arg(body)
}

fn activating(world: &World, azure: &Azure, method: &str, path: &str) -> Run {
    request(world, azure, method, path).args("--yes -d {}")
}

/// So many requests, the first without a token and the others with one.
#[track_caller]
fn saw(azure: &Azure, request: &str, times: usize) {
    let expected: Vec<_> = (0..times).map(|at| (request.to_owned(), at > 0)).collect();
    assert_eq!(azure.saw(), expected);
}

#[test]
fn b1_21_after_a_plain_401_the_person_signs_in_and_the_list_comes() {
    let (world, azure) = tenant(&[]);
    let path = format!("{APPROVALS}?api-version=2021-01-01-preview&$filter=asApprover()");
    let outcome = request(&world, &azure, "GET", &path).exits(0);
    outcome
        .says("requires a new sign-in")
        .says("by: mira.chen@sandbox.example\n");
    let list: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(list["value"][0]["properties"]["stages"][0]["id"], STAGE);
    saw(&azure, &format!("GET {APPROVALS}"), 2);
}

#[test]
fn b1_19_a_stage_is_approved_after_the_context_that_azure_demands() {
    let (world, azure) = tenant(&[]);
    let outcome = approving(&world, &azure).args("-o json").run();
    let document = outcome
        .exits(0)
        .says("requires a new sign-in")
        .says("requires the authentication context `p1` and a new sign-in")
        .stdout_json();
    assert_eq!(document["status"], 200);
    assert_eq!(document["requirement"]["acr_values"], json!(["p1"]));
    assert_eq!(document["caveats"], json!(["tenant-policy"]));
    saw(&azure, &format!("PATCH {STAGE}"), 3);
    let sent = &azure.bodies()[2];
    assert_eq!(sent["reviewResult"], "Approve");
    assert_eq!(sent["justification"], "INC-4211");
}

#[test]
fn b1_20_a_role_is_activated_after_the_context_that_pim_demands_with_a_400() {
    for (method, path) in [("PUT", ACTIVATION), ("POST", DIRECTORY)] {
        let (world, azure) = tenant(&[]);
        let outcome = activating(&world, &azure, method, path).exits(0);
        outcome
            .prints("Granted")
            .says("requires the authentication context `c1` and a new sign-in");
        saw(&azure, &format!("{method} {path}"), 3);
    }
}

#[test]
fn b1_21_an_answer_without_a_body_is_an_answer() {
    let (world, azure) = tenant(&[]);
    let outcome = activating(&world, &azure, "PATCH", GROUP_STAGE).run();
    assert_eq!(outcome.exits(0).stdout, "");
    saw(&azure, &format!("PATCH {GROUP_STAGE}"), 2);
}

#[test]
fn b1_19_a_token_that_was_revoked_is_followed_by_another_sign_in() {
    let (world, azure) = tenant(&[]);
    let outcome = request(&world, &azure, "GET", REVOKED).exits(0);
    outcome
        .says("why: the token that it was given is too old, or was revoked")
        .does_not_say("a fault of the API");
    saw(&azure, &format!("GET {REVOKED}"), 3);
}

/// The entry's contexts are asked for from the beginning, and the one that comes is enough.
#[test]
fn b1_21_the_first_sign_in_is_by_the_entrys_own_terms() {
    let (world, azure) = tenant(&[]);
    world.add_to_entry("acr_values = [\"c1\"]");
    activating(&world, &azure, "PUT", ACTIVATION).exits(0)
        .says("requires a sign-in, for which the provider entry `entra-acrs` requires the authentication context `c1` and a new sign-in");
    saw(&azure, &format!("PUT {ACTIVATION}"), 2);
}

/// `p1` is Azure's own: no administrator can list it, and an entry's list does not keep it out.
#[test]
fn b1_19_a_context_beyond_those_that_an_entry_lists_is_passed_on() {
    let (world, azure) = tenant(&[]);
    world.add_to_entry("acr_values = [\"c1\"]");
    let outcome = approving(&world, &azure).exits(0);
    outcome.says("requires the authentication context `p1` and a new sign-in\n  context: p1\n");
    saw(&azure, &format!("PATCH {STAGE}"), 3);
}

#[test]
fn b1_11_a_server_that_demands_its_context_again_is_followed_once() {
    let (world, azure) = tenant(&[]);
    request(&world, &azure, "GET", NEVER).exits(3)
        .says("still not satisfied: asked for context `p1`, got `p1`, `c99`, and it requires the same again");
    saw(&azure, &format!("GET {NEVER}"), 3);
}

#[test]
fn b1_21_a_token_for_somebody_else_is_refused_and_not_asked_for_again() {
    let (world, azure) = tenant(&[]);
    let config = world.config_text();
    let kept = config.lines().filter(|line| !line.starts_with("scopes"));
    world.write_config(&kept.collect::<Vec<_>>().join("\n"));
    let outcome = approving(&world, &azure).exits(1);
    outcome
        .says("did not accept the step-up token")
        .prints("InvalidAuthenticationTokenAudience");
    saw(&azure, &format!("PATCH {STAGE}"), 2);
}

#[test]
fn b1_19_a_context_that_did_not_come_is_not_presented() {
    let (world, azure) = tenant(&["acrs=none"]);
    let outcome = approving(&world, &azure).exits(3);
    outcome.says("needed the authentication context `p1`, got no acrs at all");
    saw(&azure, &format!("PATCH {STAGE}"), 2);
}

#[test]
fn b9_19_another_person_gets_no_token_to_the_server() {
    let (world, azure) = tenant(&["subject=other"]);
    let outcome = approving(&world, &azure).exits(5);
    outcome.says("another person signed in");
    saw(&azure, &format!("PATCH {STAGE}"), 1);
}

#[test]
fn b1_21_nobody_is_asked_to_sign_in_for_a_change_that_nobody_consented_to() {
    let (world, azure) = tenant(&[]);
    let outcome = request(&world, &azure, "PATCH", STAGE).args("-d {}").run();
    outcome.exits(2).hints("--yes");
    saw(&azure, &format!("PATCH {STAGE}"), 1);
    world.api().never_saw("/authorize");
}

/// An entry that does not ask Microsoft's way cannot follow, and says so; the first sign-in was in vain.
#[test]
fn b1_19_an_entry_that_does_not_ask_for_contexts_gets_no_challenge() {
    let (world, azure) = tenant(&[]);
    world.add_to_entry("request = \"freshness-only\"");
    let outcome = approving(&world, &azure).exits(7);
    outcome.prints("RequestDisallowedByPolicy");
    saw(&azure, &format!("PATCH {STAGE}"), 2);
}
