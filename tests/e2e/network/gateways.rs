//! A web gateway in front of the API (providers.md A12): its redirects are not followed and its pages not read;
//! the person is told, with the address for the browser, and nothing is approved.

use crate::world::World;

const ANSWERS: [(&str, &str); 3] = rows! {
    "gateway=redirect", "a redirect to `login.other.example`, which is not followed";
    "gateway=html", "answered with a web page instead of JSON";
    "gateway=403", "answered with a web page instead of JSON";
};

#[track_caller]
fn named(world: &World, task: &str, reason: &str) {
    let outcome = world.approve(task).args("-o json").run_with("key");
    let page = format!("approve in the browser: {}/task/", world.api_url());
    outcome
        .fails(1, "failed", reason)
        .hints(&page)
        .does_not_say("s3cret");
    world.api().saw_no_approval();
    world.api().never_saw("/authorize");
}

#[test]
fn a12_of_a_plain_approval() {
    for (kind, reason) in ANSWERS {
        let world = World::with(&[kind]);
        named(&world, "4213", reason);
        assert_eq!(world.api().approval_requests(), 1);
    }
}

#[test]
fn a12_of_an_approval_that_demands_step_up() {
    for (kind, reason) in [ANSWERS[0], ANSWERS[1], ANSWERS[2]] {
        let world = World::with(&[kind]);
        named(&world, "4211", reason);
        assert_eq!(world.api().approval_requests(), 1);
    }
}

#[test]
fn a12_of_leg_1() {
    for (kind, reason) in ANSWERS {
        let world = World::with(&["ceremony=hosted", kind]);
        named(&world, "4211", reason);
        assert_eq!(world.api().approval_requests(), 1);
    }
}

#[test]
fn a12_of_every_call() {
    for (switch, reason) in [
        (
            "api=redirect",
            "a redirect to `another path`, which is not followed",
        ),
        ("api=html", "answered with a web page instead of JSON"),
    ] {
        let world = World::with(&[switch]);
        named(&world, "4211", reason);
        assert_eq!(world.api().approval_requests(), 0);
        world.api().never_saw("/elsewhere");
        // Where no task is meant, the web app is.
        let outcome = world.stepup("task list").run();
        let page = format!("approve in the browser: {}", world.api_url());
        outcome.exits(1).says(reason).hints(&page);
    }
}

#[test]
fn a12_of_a_denial_and_a_comment() {
    for words in ["deny 4211 -m no --yes", "comment 4211 why"] {
        let world = World::with(&["gateway=redirect"]);
        let outcome = world.stepup(words).exits(1);
        outcome.says("login.other.example").does_not_say("s3cret");
        world.api().saw_no_approval();
    }
}
