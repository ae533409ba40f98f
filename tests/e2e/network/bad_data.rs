//! Data that is large, odd or refused: named, bounded, and never "try again later" where another time is no better.

use crate::world::World;

/// What an approval can do without is refused with a 400, each question of it.
#[test]
fn an_api_that_answers_400_to_everything_optional() {
    for switches in [&["optional=400"][..], &["optional=400", "ceremony=hosted"]] {
        let world = World::with(switches);
        let outcome = world.approve("4211").run_with("key");
        outcome.exits(0).does_not_say("try again later");
        world.api().saw_one_approval("4211");
        world.stepup("task show 4213").exits(0).prints("Kubernetes");
        world.stepup("task list").exits(0);
    }
    let world = World::with(&["optional=400"]);
    let trail = world.stepup("task show 4213 --audit").exits(7);
    trail.does_not_say("try again later");
}

#[test]
fn metadata_of_almost_a_mebibyte_with_a_thousand_unknown_members() {
    let world = World::with(&["discovery=many-members"]);
    let run = world.approve("4211").signing_in_with("key");
    run.exits(0);
    world.api().saw_one_approval("4211");
}

/// What is too large, or no JSON, will be so next time.
#[test]
fn what_will_not_pass_is_not_to_be_tried_again_later() {
    for (switch, says, hint) in [
        ("api=huge", "larger than 1 MiB", "as large next time"),
        ("discovery=huge", "larger than 1 MiB", "as large next time"),
        ("token=huge", "larger than 1 MiB", "as large next time"),
        ("token=html", "cannot be read", "if it happens again"),
        ("jwks=html", "cannot be read", "if it happens again"),
    ] {
        let world = World::with(&[switch]);
        let outcome = world.approve("4211").signing_in_with("key").exits(1);
        outcome.says(says).hints(hint).does_not_say("later");
        world.api().saw_no_approval();
    }
}

/// A title of 200 kB is cut on the screen and whole in documents, and the log of receipts holds it.
#[test]
fn a_title_of_200_kb() {
    let world = World::with(&["task_changes=huge", "task_changes_at=1"]);
    let outcome = world.approve("4211").run_with("key");
    let outcome = outcome.exits(0);
    assert!(outcome.stderr.len() < 5000, "{}", outcome.stderr.len());
    assert!(outcome.stdout.len() < 5000, "{}", outcome.stdout.len());
    world.api().saw_one_approval("4211");
    let shown = world.stepup("receipt show 1").run();
    let length = shown.exits(0).stdout.len();
    assert!(length < 5000, "{length}");
    let receipt = world.stepup("receipt show 1 -o json").run();
    let length = receipt.exits(0).stdout.len();
    assert!(length > 400_000, "as title and in the statement: {length}");
    world.stepup("receipt verify --all").exits(0);
}
