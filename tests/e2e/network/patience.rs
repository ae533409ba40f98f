//! What is asked again and what is not (c1.md 10): a 429 was refused before anything was done, a
//! failing server leaves doubt.

use crate::world::World;

#[test]
fn a_busy_api_is_asked_again_after_the_time_it_names() {
    let world = World::with(&["too_many=2"]);
    let outcome = world.stepup("whoami").exits(0);
    outcome.prints("Mira Chen");
    let said = "the server cannot answer now, trying again in 1 s";
    assert_eq!(outcome.stderr.matches(said).count(), 2, "{outcome}");
    assert_eq!(world.api().times("/api/v1/auth/introspect").len(), 3);
}

#[test]
fn the_time_may_be_a_date() {
    let world = World::with(&["too_many=1", "retry_after=date"]);
    world.stepup("whoami").exits(0).says("trying again in 2 s");
}

#[test]
fn a_busy_api_that_names_no_time_is_asked_again_soon() {
    let world = World::with(&["too_many=1", "retry_after=none"]);
    world.stepup("whoami").exits(0).does_not_say("trying again");
    let seconds = World::with(&["too_many=1", "retry_after=seconds"]);
    let outcome = seconds.stepup("whoami").exits(0);
    outcome.says("trying again in 1 s");
}

#[test]
fn an_api_that_stays_busy_is_asked_five_times() {
    let world = World::with(&["api=429"]);
    let outcome = world.stepup("whoami").exits(1);
    outcome.says("the API is asked too often");
    assert_eq!(world.api().times("/api/v1/auth/introspect").len(), 5);
}

#[test]
fn quiet_means_that_nobody_hears_of_a_pause() {
    let world = World::with(&["too_many=1"]);
    let outcome = world.stepup("whoami --quiet").exits(0);
    outcome.does_not_say("trying again");
}

#[test]
fn a_read_that_failed_is_repeated() {
    let world = World::with(&["unavailable=2"]);
    world.stepup("whoami").exits(0).prints("Mira Chen");
    assert_eq!(world.api().times("/api/v1/auth/introspect").len(), 3);
}

/// A search is a POST that changes nothing.
#[test]
fn a_search_that_failed_is_repeated() {
    let world = World::with(&["unavailable=2"]);
    world.stepup("task list").exits(0).prints("4211");
}

/// An action is sent once.
#[test]
fn an_action_that_was_refused_as_too_many_is_not_sent_again() {
    let world = World::with(&["approve=429"]);
    let outcome = world.approve("4212").exits(1);
    outcome.says("the API is asked too often");
    assert_eq!(world.api().approval_requests(), 1);
    world.api().saw_no_approval();
    for command in [
        "deny 4211 --yes --comment no",
        "comment 4211 hello",
        "request POST --yes",
    ] {
        let world = World::with(&["api=429"]);
        let run = world.stepup(command);
        let run = if command.starts_with("request") {
            run.arg(format!("{}/protected/echo", world.api_url()))
        } else {
            run
        };
        run.exits(1);
        let log = world.api().log();
        let actions = log.iter().filter(|line| line.method == "POST").count();
        assert!(actions <= 1, "{command}: {actions}");
    }
}

#[test]
fn an_approval_that_failed_otherwise_is_not_sent_again() {
    for switch in ["approve=500", "approve=drop"] {
        let world = World::with(&[switch]);
        world.approve("4212").exits(1);
        assert_eq!(world.api().approval_requests(), 1, "{switch}");
        world.api().saw_no_approval();
    }
}

/// Ctrl-C while the pause lasts ends at once what was refused.
#[test]
fn a_pause_before_a_read_can_be_interrupted() {
    let world = World::with(&["api=429"]);
    let running = world.approve("4212").start();
    running.says("trying again");
    running.signal("INT");
    running
        .end()
        .exits(130)
        .says("interrupted, nothing was submitted");
    world.api().saw_no_approval();
}

#[test]
fn a_web_page_instead_of_the_api_names_the_page_for_people() {
    let world = World::with(&["api=html"]);
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(1).hints("approve in the browser: http://");
    world.api().saw_no_approval();
}

/// providers.md P4: a code that was refused as too many is still good.
#[test]
fn p4_a_busy_token_endpoint_is_asked_again() {
    for entry in ["", "dpop = true"] {
        let world = World::with(&["token=429", "provider_errors=1"]);
        world.add_to_entry(entry);
        let outcome = world.approve("4211").signing_in_with("key").exits(0);
        outcome
            .says("the server cannot answer now, trying again in 1 s")
            .does_not_say("sign in once more");
        let times = world.api().times("/token");
        assert_eq!(times.len(), 2);
        assert!(times[1] - times[0] >= 1.0, "{times:?}");
        world.api().saw_one_approval("4211");
    }
}

#[test]
fn p4_metadata_of_a_provider_in_trouble_are_asked_for_again() {
    let world = World::with(&["discovery=503", "provider_errors=1"]);
    world.approve("4211").signing_in_with("key").exits(0);
    let path = "/.well-known/openid-configuration";
    assert_eq!(world.api().times(path).len(), 2);
    world.api().saw_one_approval("4211");
}
