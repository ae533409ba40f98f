//! A program's own identity (RFC 8693): the platform's OIDC token becomes an access token, and everybody
//! is told that it is no person.

use serde_json::Value;

use crate::browser;
use crate::process::{BIN, Run};
use crate::world::World;

fn authority(world: &World) -> &str {
    world.api_url().trim_start_matches("http://")
}

fn client_id(world: &World) -> String {
    format!("sandbox-ci@{}/wfe", authority(world))
}

/// What the platform gives.
fn subject_token(world: &World, query: &str) -> String {
    let url = format!("{}/workload?{query}", world.issuer());
    let answer: Value = browser::get(&url, &[]).json();
    answer["value"].as_str().unwrap().to_owned()
}

fn workload(world: &World, words: &str, token: &str) -> Run {
    Run::of(BIN, world.home.path())
        .args(words)
        .env("CONDUCTORONE_OIDC_TOKEN", token)
        .env("CONDUCTORONE_CLIENT_ID", client_id(world))
}

#[test]
fn a_workload_signs_in_and_is_told_that_it_is_no_person() {
    let world = World::new();
    let token = subject_token(&world, "audience=127.0.0.1");
    let outcome = workload(&world, "whoami -o json", &token).run();
    let document = outcome
        .exits(0)
        .says("belongs to a service principal")
        .stdout_json();
    assert_eq!(document["credential_from"], "CONDUCTORONE_OIDC_TOKEN");
    assert!(!outcome.stderr.contains(&token));
    workload(&world, "approve 4212 --yes", &token)
        .exits(7)
        .says("is not yours to approve");
    world.api().saw_no_approval();
}

#[test]
fn a_workloads_token_that_the_api_does_not_trust_signs_nobody_in() {
    let mine = "audience=127.0.0.1";
    for (switches, query, reason) in [
        (&["workload=old"][..], mine, "token_too_old"),
        (&["workload=other-issuer"], mine, "issuer_mismatch"),
        (&["workload=disabled"], mine, "sp_disabled"),
        (&[], "audience=other.example", "for another audience"),
    ] {
        let world = World::with(switches);
        let token = subject_token(&world, query);
        let outcome = workload(&world, "approve 4212 --yes", &token).exits(4);
        outcome
            .says("does not take the workload's OIDC token")
            .says(reason)
            .hints("under ten minutes old")
            .does_not_say(&token);
        assert_eq!(world.api().approval_requests(), 0);
        world.api().saw_no_approval();
    }
}

#[test]
fn a_workloads_token_goes_to_the_tenant_of_its_client_id_only() {
    let world = World::new();
    let token = subject_token(&world, "audience=127.0.0.1");
    let elsewhere = client_id(&world).replace("127.0.0.1", "localhost");
    let run = workload(&world, "whoami --api-url", &token)
        .arg(world.api_url())
        .env("CONDUCTORONE_CLIENT_ID", elsewhere);
    run.exits(4).says("is for `localhost`");
    world.api().never_saw("/auth/v1/token");
    let run = Run::of(BIN, world.home.path()).args("whoami");
    run.env("CONDUCTORONE_OIDC_TOKEN", &token)
        .exits(2)
        .says("no client id");
}

#[test]
fn the_tenants_domain_names_the_api() {
    let world = World::new();
    let run = Run::of(BIN, world.home.path())
        .args("whoami")
        .env("CONDUCTORONE_ACCESS_TOKEN", world.credential())
        .env("CONDUCTORONE_TENANT_DOMAIN", world.api_url());
    run.exits(0).prints("Mira Chen");
}
