//! The hosted ceremony, as C1 has it: the API runs the step-up, we watch, check and submit. A story for
//! each of the unknowns of c1.md 8, each with its exit code and the state of the task afterwards.

use serde_json::{Value, json};

use crate::browser;
use crate::process::{Outcome, Run};
use crate::sandbox::hosted::Hosted;
use crate::world::World;

fn approve(hosted: &Hosted, task: &str) -> Run {
    hosted.0.approve(task).args("-m fine")
}

/// `approve TASK` by the built-in person with a security key.
fn with_key(hosted: &Hosted) -> Outcome {
    approve(hosted, "4211").run_with("key")
}

fn legs(world: &World) -> usize {
    let log = world.api().log();
    let with_step_up = |path: &str| path.ends_with("/action/approve-with-step-up");
    log.iter().filter(|line| with_step_up(&line.path)).count()
}

fn plain_approvals(world: &World) -> usize {
    let log = world.api().log();
    log.iter()
        .filter(|line| line.path.ends_with("/action/approve"))
        .count()
}

#[test]
fn a_verified_step_up_approves_and_the_receipt_names_it() {
    let hosted = Hosted::new(&[]);
    let outcome = approve(&hosted, "4211").args("-o json").run_with("key");
    let receipt = outcome.exits(0).stdout_json();
    outcome
        .says("requires a phishing-resistant factor")
        .says("sign in at: Sandbox, phishing-resistant (127.0.0.1)")
        .says("sign in as: Mira Chen <mira.chen@sandbox.example>")
        .says("the API shows: acr phr, amr hwk pop user, at ");
    let transaction = hosted.transaction();
    assert_eq!(receipt["ceremony"], "hosted");
    assert_eq!(receipt["requirement"]["acr_values"], json!(["phr"]));
    assert_eq!(receipt["proof"]["acr"], "phr");
    assert_eq!(receipt["transaction"]["id"], transaction["id"]);
    assert_eq!(receipt["transaction"]["left_to_the_api"], json!([]));
    assert_eq!(receipt["subject"], "same");
    assert_eq!(receipt["caveats"], json!([]));
    assert_eq!(receipt["transaction"]["in_history"], true);
    assert!(receipt["transaction"]["audit_event"].is_string());
    assert_eq!(receipt["approval"]["confirmed"], true);
    assert_eq!(receipt["task_state"], "closed");
    assert_eq!(legs(&hosted.0), 2);
    assert_eq!(plain_approvals(&hosted.0), 0);
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn the_receipt_for_people_says_what_was_proven_and_by_what() {
    let hosted = Hosted::new(&[]);
    let outcome = with_key(&hosted);
    outcome
        .exits(0)
        .prints("required: acr phr at Sandbox, phishing-resistant")
        .prints("verified: acr phr, a phishing-resistant factor")
        .prints("(named in the task's history), by the person of the API credential")
        .prints("closed (confirmed by reading it again)");
    let page = hosted.search(&json!({}));
    assert_eq!(page.len(), 1);
}

/// The address of the API's page may hold a secret: it is in no argv and not in the terminal.
#[test]
fn c1_8_3_the_address_of_the_page_is_not_shown_where_a_browser_opens() {
    let hosted = Hosted::new(&[]);
    let outcome = with_key(&hosted);
    outcome.exits(0).does_not_say("/step-up?").says("/start/");
}

#[test]
fn c1_8_3_without_a_browser_the_address_is_printed_for_any_machine() {
    let hosted = Hosted::new(&[]);
    let running = approve(&hosted, "4211").args("--no-browser").start();
    let url = running.stderr(|text| {
        let (_, rest) = text.split_once("on this machine or another:\n  ")?;
        Some(rest.split_once('\n')?.0.to_owned())
    });
    assert!(url.starts_with(hosted.0.api_url()), "{url}");
    hosted.walk(&url, "key");
    running
        .end()
        .exits(0)
        .does_not_say("/start/")
        .says("may hold a secret of this sign-in: open it yourself, and give it to nobody");
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn a_sign_in_that_is_too_weak_is_unmet_and_leg_2_is_not_sent() {
    let hosted = Hosted::new(&[]);
    let outcome = approve(&hosted, "4211").run_with("password");
    outcome
        .exits(3)
        .says("the API did not accept the step-up: the sign-in was not strong enough");
    assert_eq!(legs(&hosted.0), 1);
    hosted.0.api().saw_no_approval();
}

#[test]
fn declining_at_the_provider_is_incomplete_as_in_a_local_ceremony() {
    let hosted = Hosted::new(&[]);
    let outcome = approve(&hosted, "4211").signing_in_with("decline").exits(6);
    outcome.says("the identity provider refused: access_denied");
    assert_eq!(legs(&hosted.0), 1);
    hosted.0.api().saw_no_approval();
}

#[test]
fn nobody_comes() {
    let hosted = Hosted::new(&[]);
    let run = approve(&hosted, "4211").args("--no-browser --timeout 3s -o json");
    run.run().fails(
        6,
        "incomplete",
        "timed out: the step-up was not completed within 3s",
    );
    assert_eq!(legs(&hosted.0), 1);
    hosted.0.api().saw_no_approval();
}

#[test]
fn c1_4_2_an_interruption_says_what_is_left_behind() {
    let hosted = Hosted::new(&[]);
    let running = approve(&hosted, "4211").args("--no-browser").start();
    running.says("waiting for you");
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("stepup itself approved nothing")
        .hints("a step-up transaction stays pending");
    hosted.0.api().saw_no_approval();
}

/// What was verified for an earlier attempt is not used for a new one.
#[test]
fn c1_8_9_an_old_transaction_is_not_reused() {
    let hosted = Hosted::new(&[]);
    let old = hosted.verified("4211");
    let run = approve(&hosted, "4211").args("--no-browser --timeout 3s");
    run.exits(6);
    assert_eq!(legs(&hosted.0), 2, "the story's own leg 1 and ours");
    hosted.0.api().saw_no_approval();
    let run = approve(&hosted, "4211").args("-o json");
    let receipt = run.run_with("key").exits(0).stdout_json();
    assert_ne!(receipt["transaction"]["id"], old.as_str());
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn a_ceremony_that_was_asked_for_by_name_is_not_replaced() {
    let hosted = Hosted::new(&[]);
    let run = approve(&hosted, "4211").args("--ceremony local");
    let outcome = run.signing_in_with("key").exits(2);
    outcome.says("the API runs the step-up itself, and the local ceremony was asked for");
    hosted.0.api().never_saw("/step-up");
    hosted.0.api().saw_no_approval();

    let local = World::new();
    let run = local.approve("4211").args("--ceremony hosted");
    let outcome = run.signing_in_with("key").exits(2);
    outcome.says("the API requires a step-up token, and the hosted ceremony was asked for");
    local.api().never_saw("/authorize");
    local.api().saw_no_approval();
}

#[test]
fn the_profile_may_name_the_ceremony() {
    let hosted = Hosted::new(&[]);
    let config = hosted.0.config_text();
    let profile = "[profiles.sandbox]\n";
    let named = config.replace(profile, &format!("{profile}ceremony = \"local\"\n"));
    hosted.0.write_config(&named);
    with_key(&hosted).exits(2);
    let run = approve(&hosted, "4211").env("STEPUP_CEREMONY", "auto");
    run.run_with("key").exits(0);
    hosted.0.api().saw_one_approval("4211");
}

/// What was learned saves the local ceremony's preparation; and it is no more than that.
#[test]
fn what_was_learned_is_remembered_and_does_not_bind() {
    let hosted = Hosted::new(&[]);
    // The API asks for it as well, each time as often.
    let discoveries = |task: &str| {
        let before = hosted.0.api().log().len();
        let run = approve(&hosted, task).signing_in_with("key");
        run.exits(0);
        let log = hosted.0.api().log().split_off(before);
        let discovery = "/.well-known/openid-configuration";
        log.iter().filter(|line| line.path == discovery).count()
    };
    let first = discoveries("4211");
    assert_eq!(discoveries("4213"), first - 1);
    let learned = hosted.0.config().join("learned.json");
    let learned: Value = crate::world::read_json(&learned);
    assert_eq!(learned["sandbox"]["ceremony"], "hosted");
    let wrong = json!({"sandbox": {"api": learned["sandbox"]["api"], "ceremony": "local"}});
    std::fs::write(hosted.0.config().join("learned.json"), wrong.to_string()).unwrap();
    assert_eq!(discoveries("4214"), first);
}

/// An entry of the configuration is for the local ceremony; the hosted one needs none.
#[test]
fn no_provider_entry_is_needed() {
    let hosted = Hosted::new(&[]);
    let config = hosted.0.config_text();
    let (profiles, _) = config.split_once("[providers").unwrap();
    let without = profiles
        .lines()
        .filter(|line| !line.starts_with("provider"));
    hosted
        .0
        .write_config(&without.collect::<Vec<_>>().join("\n"));
    with_key(&hosted).exits(0);
    hosted.0.api().saw_one_approval("4211");
}

fn named(hosted: &Hosted, id: &str) -> Outcome {
    approve(hosted, "4211")
        .args("--transaction-id")
        .arg(id)
        .run()
}

#[test]
fn c1_8_2_a_transaction_may_be_named_as_the_last_resort() {
    let hosted = Hosted::new(&[]);
    let id = hosted.verified("4211");
    named(&hosted, &id)
        .exits(0)
        .prints(&format!("transaction {id}"));
    hosted.0.api().saw_one_approval("4211");
}

#[test]
fn c1_8_2_a_named_transaction_has_to_fit() {
    let hosted = Hosted::new(&[]);
    let sent_before = |id: &str, code: i32, why: &str| {
        let before = legs(&hosted.0);
        named(&hosted, id).exits(code).says(why);
        assert_eq!(legs(&hosted.0), before, "{why}");
        hosted.0.api().saw_no_approval();
    };
    sent_before("4211", 2, "not the ID of a step-up transaction");
    sent_before(&"a".repeat(27), 7, "does not know");
    let pending = hosted.leg_1("4211");
    let id = hosted.transaction()["id"].as_str().unwrap().to_owned();
    sent_before(&id, 3, "is not verified");
    hosted.walk(&pending, "key");
    // This transaction for another task.
    let run = approve(&hosted, "4213").args("--transaction-id").arg(&id);
    run.exits(5)
        .says("the step-up transaction is for another task");
    hosted.0.api().saw_no_approval();
    let run = hosted.0.stepup("approve 4211 4213 --yes --transaction-id");
    run.arg(&id).exits(2).says("for one task");
    hosted.0.api().saw_no_approval();
}

#[test]
fn a_page_that_nobody_opens_is_said() {
    let hosted = Hosted::new(&[]);
    let run = approve(&hosted, "4211").args("--timeout 17s --browser true");
    run.exits(6).says("no browser has opened the URL above yet");
    hosted.0.api().saw_no_approval();
}

/// The listener is for the way to the page only: nothing that is sent to it ends the wait.
#[test]
fn a_callback_to_our_own_listener_is_nobodys() {
    let hosted = Hosted::new(&[]);
    let running = approve(&hosted, "4211")
        .args("--timeout 3s --browser true")
        .start();
    let start = url::Url::parse(&running.start_url()).unwrap();
    let callback = start.join("/callback?code=forged&state=forged").unwrap();
    let page = browser::get(callback.as_str(), &[]);
    assert_eq!(page.status, 400, "{page:?}");
    running.end().exits(6);
    hosted.0.api().saw_no_approval();
}

/// Nothing was seen, so nothing is claimed: the browser may have finished it.
#[test]
fn an_api_that_falls_silent_is_told_of_and_its_task_is_unknown() {
    let hosted = Hosted::new(&[]);
    let running = approve(&hosted, "4211")
        .args("--no-browser --timeout 6s")
        .start();
    running.says("waiting for you in the browser");
    hosted.0.sandbox.signal("KILL");
    running.says("; still trying, and Ctrl-C ends it");
    running
        .end()
        .exits(1)
        .says("it is unknown whether the browser finished the approval of task 4211")
        .hints("look with `stepup task show 4211` before you run it again")
        .does_not_say("nothing was approved");
}
