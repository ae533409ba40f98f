//! Approvals that go well, and what is left behind by them.

use crate::world::World;

#[test]
fn a_security_key_approves_what_demands_one() {
    let world = World::new();
    let outcome = world.approve("4211").signing_in_with("key").run();
    outcome
        .exits(0)
        .says("Grant prod-admin on AWS to Ada Novak")
        .says("demands a phishing-resistant factor")
        .prints("approved task 4211: Grant prod-admin on AWS to Ada Novak")
        .prints("demanded: acr phr, at most 300 s old")
        .prints("by:       mira.chen@sandbox.example")
        .prints("task is:  closed (confirmed by reading it again)");
    world.api().saw_one_approval("4211");
}

#[test]
fn a_weaker_acr_approves_nothing() {
    let world = World::new();
    let outcome = world.approve("4211").signing_in_with("password").run();
    outcome
        .exits(3)
        .says("needed `phr`, got `urn:okta:loa:1fa:pwd`");
    world.api().saw_no_approval();
}
