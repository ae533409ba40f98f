//! The sandbox behind TLS (`--tls`), for clients that know no plain http.

use crate::world::World;

#[test]
fn everything_is_https_and_the_authority_is_named() {
    let world = World::by_tls(&[]);
    assert!(world.api_url().starts_with("https://127.0.0.1:"));
    assert!(world.issuer().starts_with("https://127.0.0.1:"));
    let ca_file = world.info["ca_file"].as_str().unwrap();
    let pem = std::fs::read_to_string(ca_file).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"), "{pem}");
    assert!(!pem.contains("KEY"), "{pem}");

    let run = world.approve("4211").signing_in_with("key");
    run.exits(0).prints("approved");
    world.api().saw_one_approval("4211");
}

#[test]
fn an_authority_that_nobody_trusts_ends_it() {
    let world = World::by_tls(&[]);
    let run = world.approve("4211").signing_in_with("key");
    let outcome = run.without_env("SSL_CERT_FILE").exits(1);
    outcome.says("the TLS connection to");
    world.api().saw_no_approval();
}

/// There the API is a client of its own provider.
#[test]
fn a_hosted_step_up_goes_through_as_well() {
    let world = World::by_tls(&["ceremony=hosted"]);
    let run = world.approve("4211").signing_in_with("key");
    run.exits(0);
    world.api().saw_one_approval("4211");
}

/// An entry with a `ca_file` keeps its connections as others do.
#[test]
fn metadata_keys_and_tokens_come_over_one_connection() {
    let world = World::by_tls(&[]);
    assert!(world.config_text().contains("ca_file"));
    let (before, after) = crate::approve::roundtrips::split(&world, |run| (run, || {}));
    let ours = |path: &str| ["/authorize", "/sign-in"].iter().all(|page| *page != path);
    let lines = before.iter().chain(&after);
    let lines = lines.filter(|line| line.server == "provider" && ours(&line.path));
    let mut connections: Vec<_> = lines.map(|line| line.connection).collect();
    assert!(connections.len() >= 3, "{before:#?}");
    connections.dedup();
    assert_eq!(connections.len(), 1, "{before:#?}");
}
