//! One table of causes: the same fault at the provider has the same exit code and next step in a local
//! ceremony, in a hosted one, and in the API's own test of a provider. `tests/error-map.md` names the rest.

use crate::process::Outcome;
use crate::world::World;

/// A fault of the provider, who answers and how.
struct Fault {
    /// Whom the sandbox's provider imitates.
    name: &'static str,
    /// `"-"` where the person makes the fault.
    switch: &'static str,
    factor: &'static str,
    code: i32,
    /// Part of the next step, where the client at the provider is ours.
    ours: &'static str,
    /// Part of the next step, where the client at the provider is the API's.
    theirs: &'static str,
}

const fn fault(
    [name, switch, factor]: [&'static str; 3],
    code: i32,
    ours: &'static str,
    theirs: &'static str,
) -> Fault {
    Fault {
        name,
        switch,
        factor,
        code,
        ours,
        theirs,
    }
}

const THEIR_CLIENT: &str = "the provider refuses the API's own client";

fn world(fault: &Fault, ceremony: &str) -> World {
    let switches = [ceremony, fault.switch];
    let set: Vec<&str> = switches.into_iter().filter(|one| *one != "-").collect();
    World::imitating(fault.name, &set)
}

/// Local, hosted, and the API's own test: each ends with this code and next step, and approves nothing.
#[track_caller]
fn everywhere(fault: &Fault) {
    let approve = |ceremony: &str| {
        let world = world(fault, ceremony);
        let run = world.approve("4213").signing_in_with(fault.factor);
        (run.run(), world)
    };
    let check = |outcome: &Outcome, hint: &str| {
        outcome.exits(fault.code).hints(hint);
    };
    let (outcome, local) = approve("-");
    check(&outcome, fault.ours);
    local.api().saw_no_approval();

    let (outcome, hosted) = approve("ceremony=hosted");
    check(&outcome, fault.theirs);
    outcome.says("the API did not accept the step-up: ");
    assert_eq!(hosted.api().approval_requests(), 1, "leg 1 alone");
    hosted.api().saw_no_approval();

    let test = hosted
        .stepup("provider remote test")
        .arg("Sandbox, two factors")
        .run_with(fault.factor);
    check(&test, fault.theirs);
    test.says("the test failed: ");
    hosted.api().saw_no_approval();
}

#[test]
fn a_provider_in_trouble_has_failed() {
    for switch in [
        "authorize_error=temporarily_unavailable",
        "authorize_error=server_error",
        "token=500",
    ] {
        let later = "try again later";
        everywhere(&fault(["okta", switch, "code"], 1, later, later));
    }
}

#[test]
fn a_client_that_the_provider_refuses_is_a_matter_of_configuration_of_whose_it_is() {
    let ours = "compare `client_auth` with the registration";
    let switch = "token_error=invalid_client";
    everywhere(&fault(["okta", switch, "code"], 2, ours, THEIR_CLIENT));
    let ours = "compare the provider entry";
    let switch = "authorize_error=invalid_scope";
    everywhere(&fault(["pingone", switch, "code"], 2, ours, THEIR_CLIENT));
}

#[test]
fn an_answer_without_an_id_token_has_failed() {
    let openid = "allow the scope `openid`";
    everywhere(&fault(
        ["okta", "token=no-id-token", "code"],
        1,
        openid,
        openid,
    ));
}

#[test]
fn declining_is_incomplete() {
    let declined = "you declined";
    everywhere(&fault(["okta", "-", "decline"], 6, declined, declined));
    let consent = "consent is missing or was declined";
    everywhere(&fault(["entra-oidc", "-", "decline"], 6, consent, consent));
}

#[test]
fn another_person_is_untrusted() {
    let theirs = "as the person whose credential this profile holds";
    everywhere(&fault(
        ["okta", "subject=other", "code"],
        5,
        "use a private window",
        theirs,
    ));
}

#[test]
fn a_policy_that_blocks_is_a_refusal() {
    let entra = "a Conditional Access policy blocked the sign-in";
    everywhere(&fault(
        ["entra-oidc", "policy=block", "code"],
        7,
        entra,
        entra,
    ));
    let okta = "a sign-in policy of the provider blocks you";
    everywhere(&fault(["okta", "policy=block", "code"], 7, okta, okta));
}

#[test]
fn a_factor_that_is_not_enrolled_is_unmet() {
    let enrol = "or enrol one";
    everywhere(&fault(["okta", "policy=mfa", "code"], 3, enrol, enrol));
    everywhere(&fault(["okta", "-", "password"], 3, enrol, enrol));
    let entra = "enrol or complete it in the browser";
    everywhere(&fault(
        ["entra-oidc", "policy=mfa", "code"],
        3,
        entra,
        entra,
    ));
}

#[test]
fn a_person_whom_no_policy_knows_is_a_matter_of_configuration() {
    let assign = "has to assign you to the application";
    everywhere(&fault(
        ["okta", "policy=not-assigned", "code"],
        2,
        assign,
        assign,
    ));
    let rule = "add one under Security > API";
    everywhere(&fault(
        ["okta-custom", "policy=no-match", "code"],
        2,
        rule,
        rule,
    ));
}

#[test]
fn a_token_that_is_not_authentic_is_untrusted() {
    let show = "show this to the administrator of your identity provider";
    for switch in ["nonce=wrong", "signature=bad", "aud=wrong", "iss=wrong"] {
        everywhere(&fault(["okta", switch, "code"], 5, show, show));
    }
}

/// Nobody can say more of it than that it failed: neither that the factor was too weak nor anything else.
#[test]
fn what_is_not_known_has_failed() {
    let (later, again) = ("try again later", "run the command again");
    let switch = "authorize_error=some_new_error";
    everywhere(&fault(["okta", switch, "code"], 1, later, again));
}
