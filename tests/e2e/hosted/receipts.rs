//! What a hosted ceremony's receipt says: which facts were compared and which were left to the API, what the
//! proof is worth, and what contradicts it. One rule of judging for every kind of provider.

use serde_json::{Value, json};

use crate::process::{Outcome, Run};
use crate::sandbox::hosted::Hosted;
use crate::world::World;

fn legs(world: &World) -> usize {
    let log = world.api().log();
    let with_step_up = |path: &str| path.ends_with("/action/approve-with-step-up");
    log.iter().filter(|line| with_step_up(&line.path)).count()
}

/// `approve TASK` in a hosted ceremony, by the built-in person.
fn run(world: &World, task: &str, factor: &str) -> Outcome {
    let run = world.approve(task).args("-m fine -o json");
    run.run_with(factor)
}

fn hosted(name: &str, switches: &[&str]) -> World {
    World::imitating(name, &[&["ceremony=hosted"], switches].concat())
}

/// It goes in by two legs; its receipt.
#[track_caller]
fn approved(world: &World, factor: &str) -> Value {
    let receipt = run(world, "4213", factor).exits(0).stdout_json();
    assert_eq!(legs(world), 2);
    world.api().saw_one_approval("4213");
    receipt
}

/// Leg 2 is not sent.
#[track_caller]
fn refused(world: &World, factor: &str, code: i32, why: &str) {
    run(world, "4213", factor).exits(code).says(why);
    assert_eq!(legs(world), 1);
    world.api().saw_no_approval();
}

#[track_caller]
fn left(receipt: &Value, facts: &Value) {
    assert_eq!(receipt["transaction"]["left_to_the_api"], *facts);
}

/// The action that leg 1 names beside the address waits for the sign-in: it is no approval.
#[test]
fn c1_leg_1_with_an_address_and_an_action_is_a_sign_in_to_do() {
    let world = World::with(&["ceremony=hosted", "leg1=both"]);
    let run = |arguments: &str| world.approve("4211").args("-m fine").args(arguments);
    let nobody = run("--no-browser --timeout 3s -o json").exits(6);
    nobody.fails_in_json("incomplete");
    assert!(!nobody.stdout.contains("\"approved\""), "{nobody}");
    assert_eq!(legs(&world), 1);
    world.stepup("receipt list").exits(0).prints("");
    assert_eq!(world.stepup("receipt list").run().stdout, "");
    world.api().saw_no_approval();

    run("").signing_in_with("password").exits(3);
    assert_eq!(legs(&world), 2);
    world.api().saw_no_approval();

    run("").run_with("key").exits(0);
    assert_eq!(legs(&world), 4);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_fact_that_is_not_shown_is_left_to_the_api_and_said() {
    for (switch, facts, words) in rows! {
        "transaction_provider=none", json!(["provider"]), "the provider";
        "transaction_expires=none", json!(["expiry"]), "when it expires";
        "transaction_expires=junk", json!(["expiry"]), "when it expires";
        "claims=none", json!(["strength", "age"]), "the strength, when the person signed in";
    } {
        let world = hosted("okta", &[switch]);
        left(&approved(&world, "code"), &facts);
        let world = hosted("okta", &[switch]);
        let outcome = world.approve("4213").run_with("code");
        outcome.exits(0).prints(&format!(
            "left:     {words}: the API does not show it, and judged it alone"
        ));
    }
}

/// One that the person names may be of any day, and its sign-in has to be of its own time.
#[test]
fn a_named_transaction_leaves_its_creation_to_the_api_and_an_older_sign_in_is_refused() {
    let named = |switches: &[&str]| -> (Hosted, Run) {
        let hosted = Hosted::new(switches);
        let id = hosted.verified("4211");
        let run = hosted
            .0
            .approve("4211")
            .args("-m fine -o json --transaction-id");
        (hosted, run.arg(id))
    };
    let (world, run) = named(&["transaction_created=old"]);
    let receipt = run.exits(0).stdout_json();
    left(&receipt, &json!(["creation"]));
    world.0.api().saw_one_approval("4211");

    let (world, run) = named(&["transaction_created=old", "claims=old"]);
    let outcome = run.exits(3);
    outcome.says("authentication was not fresh: the sign-in was 3");
    assert_eq!(legs(&world.0), 1, "the story's own leg 1");
    world.0.api().saw_no_approval();
}

/// The sign-in is of this attempt, whatever kind of provider was asked for what beside it.
#[test]
fn an_old_sign_in_is_refused_in_every_mode() {
    for name in ["okta", "entra-oidc", "entra-acrs"] {
        let world = hosted(name, &["claims=old"]);
        refused(
            &world,
            "code",
            3,
            "authentication was not fresh: the sign-in was 7",
        );
    }
}

#[test]
fn a_context_as_a_plain_string_is_one_context() {
    let world = hosted("entra-acrs", &["acrs=string"]);
    let receipt = approved(&world, "code");
    assert_eq!(receipt["proof"]["acrs"], json!(["c1"]));
}

/// Okta's value that one factor meets.
#[test]
fn if_possible_is_met_with_one_factor_and_the_receipt_says_how_weak_it_is() {
    let if_possible = || {
        let world = hosted("okta", &[]);
        let words = "provider remote update --yes --acr-value urn:okta:loa:2fa:any:ifpossible";
        let run = world.stepup(words).arg("Sandbox, two factors");
        run.exits(0);
        world
    };
    let receipt = approved(&if_possible(), "password");
    assert_eq!(receipt["caveats"], json!(["weak-value"]));
    let receipt = approved(&if_possible(), "code");
    assert_eq!(receipt["caveats"], json!([]));
}

#[test]
fn the_caveats_are_in_the_receipt_in_every_mode() {
    for (name, factor, caveat) in [
        ("entra-oidc", "code", "freshness-only"),
        ("entra-acrs", "code", "tenant-policy"),
    ] {
        let receipt = approved(&hosted(name, &[]), factor);
        assert_eq!(receipt["caveats"], json!([caveat]), "{name}");
        assert_eq!(receipt["subject"], "same");
        // The local ceremony says the same.
        let local = World::imitating(name, &[]);
        let receipt = run(&local, "4213", factor).exits(0).stdout_json();
        let caveats = receipt["caveats"].as_array().unwrap();
        assert!(caveats.contains(&json!(caveat)), "{name}: {caveats:?}");
    }
    // A context that no policy protects is granted to a password: that is what the caveat is for.
    let receipt = approved(
        &hosted("entra-acrs", &["assurance=unprotected"]),
        "password",
    );
    assert_eq!(receipt["caveats"], json!(["tenant-policy"]));
    let world = hosted("entra-acrs", &[]);
    let outcome = world.approve("4213").run_with("code");
    outcome.exits(0).prints("note:     tenant policy");
}

/// The approval is in and cannot be taken back, so that it ends loudly and the receipt says what it is worth.
#[test]
fn an_approval_on_another_step_up_or_on_none_ends_loudly() {
    for (switches, legs_sent, caveat, why) in rows! {
        &["history=other-step-up"][..], 2, "other-step-up", "the API approved with another step-up than the one that was verified here";
        &["finish=server", "transactions=never", "history=no-step-up"], 1, "without-step-up", "the API approved it without showing one";
        &["finish=server", "transactions=403", "transaction_user=other"], 1, "other-step-up",
            "the API approved with another step-up than the one that was verified here";
    } {
        let world = hosted("okta", switches);
        let outcome = run(&world, "4213", "code");
        outcome.exits(5).says(why);
        let receipt = outcome.stdout_json();
        assert_eq!(receipt["outcome"], "approved", "{switches:?}");
        assert_eq!(receipt["caveats"], json!([caveat]), "{switches:?}");
        assert_eq!(legs(&world), legs_sent, "{switches:?}");
        world.api().saw_one_approval("4213");
    }
}

/// Nothing contradicts it: the API shows no transactions, and its history names none.
#[test]
fn an_approval_of_which_the_api_shows_nothing_is_left_to_it() {
    let switches = ["finish=server", "transactions=403", "history=no-step-up"];
    let world = hosted("okta", &switches);
    let receipt = run(&world, "4213", "code").exits(0).stdout_json();
    assert_eq!(receipt["subject"], "left-to-the-api");
    assert_eq!(receipt["transaction"]["id"], "");
    assert_eq!(
        receipt["transaction"]["left_to_the_api"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
    world.api().saw_one_approval("4213");
}

/// In a run of several the first such approval is the last.
#[test]
fn several_end_at_an_approval_without_step_up() {
    let world = World::with(&["ceremony=hosted", "leg1=accepted"]);
    let run = world.stepup("approve 4211 4213 --yes -m fine -o json");
    let outcome = run.signing_in_with("key").exits(5);
    let results = outcome.stdout_json()["results"].clone();
    assert_eq!(results[0]["receipt"]["caveats"], json!(["without-step-up"]));
    assert_eq!(results[1]["outcome"], "incomplete");
    world.api().saw_one_approval("4211");
}
