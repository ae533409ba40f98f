//! `stepup login` by device grant (RFC 8628, B14) at a provider that is not ours. The paths are C1's, as `login`
//! knows no others: the sandbox's API passes request and answers on as they are, and trusts whom the provider
//! names. The codes, the errors and the absent `interval` are the certified provider's; it never says
//! `slow_down`, which is told in `tests/e2e`.

use serde_json::{Value, json};

use crate::browser::Plan;
use crate::provider::{read_json, wait_for_json};
use crate::world::{Outcome, World};

const CLIENT: [&str; 3] = ["login", "--login-client-id", "stepup-device"];

fn press(selector: &str) -> Value {
    json!({ "do": "press", "selector": selector })
}

fn signed_in(world: &World) -> bool {
    read_json(&world.credentials())[format!("api/sandbox@{}", world.api_url())].is_string()
}

/// Signs in with the browser that `login` opens.
fn login(world: &World, plan: Plan) -> Outcome {
    let plan = world.write(plan);
    let browser = plan.command_line();
    let words = [&CLIENT[..], &["-o", "json", "--browser", &browser]].concat();
    let mut outcome = Outcome::of(world.stepup(&words).start());
    outcome.report.0 = wait_for_json(&plan.report).unwrap();
    outcome
}

/// No poll came sooner than five seconds after the one before, or after the start (B14.1): the provider names
/// no interval.
#[track_caller]
fn polls_kept_their_distance(world: &World) -> Vec<u64> {
    let begun = world.provider().answers("/device/auth");
    let polls = world.provider().answers("/token");
    let times = begun.iter().chain(&polls).map(|(at, _)| *at);
    let times: Vec<f64> = times.collect();
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] >= 4.9),
        "{times:?}"
    );
    polls.into_iter().map(|(_, status)| status).collect()
}

#[test]
fn the_code_is_in_the_address_and_the_person_confirms_it() {
    let world = World::signed_out();
    let plan = Plan::of([press("#confirm-device"), json!("password")]);
    let outcome = login(&world, plan);
    outcome
        .exits(0)
        .says("your code is ")
        .says("compare the code");
    outcome.report.went_well();
    assert_eq!(outcome.report.provider_pages().last(), Some(&"device-done"));
    let statuses = polls_kept_their_distance(&world);
    assert_eq!(statuses.last(), Some(&200), "{statuses:?}");
    assert!(signed_in(&world));
    // The key that came of it is Mira's.
    let who = world.stepup(&["whoami", "-o", "json"]).run();
    assert_eq!(who.exits(0).stdout_json()["display_name"], "Mira Chen");
}

#[test]
fn the_code_is_typed_on_another_machine() {
    let world = World::signed_out();
    let run = world.stepup(&CLIENT).arg("--no-browser").start();
    let code = run.stderr_line(|line| line.strip_prefix("your code is ").map(str::to_owned));
    let plan = world.write(Plan::of([
        json!({ "do": "type", "selector": "[name=user_code]", "value": code }),
        press("#use-device-code"),
        press("#confirm-device"),
        json!("password"),
    ]));
    let mut words = plan.words();
    words.push(format!("{}/device", world.provider().issuer()));
    let browser = crate::process::program(&words[0], world.home());
    let browser = browser.words(&words[1..]).run();
    assert_eq!(browser.code, Some(0), "{browser}");
    run.end().exits(0);
    assert!(signed_in(&world));
    polls_kept_their_distance(&world);
}

#[test]
fn b14_2_what_is_declined_is_over() {
    let world = World::signed_out();
    let plan = Plan::of([press("#abort-device")]);
    let outcome = login(&world, plan);
    outcome.fails(6, "incomplete", "declined in the browser");
    // As many as it took the person; the last is told of the refusal.
    let polls = polls_kept_their_distance(&world);
    assert!(polls.iter().all(|status| *status == 400), "{polls:?}");
    assert!(!signed_in(&world));
}

#[test]
fn b14_2_a_code_that_nobody_confirms_ends_in_time() {
    let world = World::signed_out();
    world.provider().device_codes_live(7);
    let words = [&CLIENT[..], &["-o", "json", "--no-browser"]].concat();
    let outcome = world.stepup(&words).run();
    outcome.fails(6, "incomplete", "nobody approved the sign-in in time");
    assert_eq!(polls_kept_their_distance(&world), [400]);
    assert!(!signed_in(&world));
}

/// RFC 8628 section 3.5: trouble on the way is no answer.
#[test]
fn a_poll_that_fails_is_not_the_end() {
    let world = World::signed_out();
    let trouble = json!({ "path": "/token", "status": 503, "body": {} });
    world.provider().next(json!({ "fail": trouble }));
    let plan = Plan::of([press("#confirm-device"), json!("password")]);
    login(&world, plan).exits(0);
    let statuses = polls_kept_their_distance(&world);
    assert_eq!(statuses.first(), Some(&503), "{statuses:?}");
    assert!(signed_in(&world));
}

#[test]
fn a_client_that_the_provider_does_not_know_is_named() {
    let world = World::signed_out();
    let words = [
        "login",
        "--login-client-id",
        "nobody",
        "-o",
        "json",
        "--no-browser",
    ];
    let outcome = world.stepup(&words).run();
    outcome.fails(2, "usage", "client");
    assert!(!signed_in(&world));
}
