//! What a provider entry says of its client, its redirect and its network, and what comes of it.

use std::net::TcpListener;

use crate::world::World;

/// The sandbox's other client, which has a secret; its entry is the only one.
fn confidential(method: &str) -> World {
    let world = World::new();
    let text = world
        .config_text()
        .replace("providers.sandbox", "providers.sandbox-confidential")
        .replace(
            "provider = \"sandbox\"",
            "provider = \"sandbox-confidential\"",
        )
        .replace("\"stepup-cli\"", "\"stepup-confidential\"");
    world.write_config(&text);
    world.add_to_entry(&format!("client_auth = \"{method}\""));
    world
}

#[test]
fn a_confidential_client_proves_itself_with_basic() {
    let world = confidential("client_secret_basic");
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_confidential_client_proves_itself_with_post() {
    let world = confidential("client_secret_post");
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_confidential_client_with_a_wrong_secret_is_told_so() {
    let world = confidential("client_secret_basic");
    let mut secrets = world.secrets();
    secrets[world.secret_of("sandbox-confidential")] = "wrong".into();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").signing_in_with("key").exits(2);
    outcome
        .says("`invalid_client`")
        .hints("stepup config set-secret");
    world.api().saw_no_approval();
}

#[test]
fn a_confidential_client_without_its_secret_opens_no_browser() {
    let world = confidential("client_secret_post");
    let secret = world.forget_secret("sandbox-confidential");
    let outcome = world.approve("4211").signing_in_with("key").exits(2);
    outcome
        .says("no client secret of the provider entry `sandbox-confidential` for 127.0.0.1:")
        .hints("stepup config set-secret");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();

    let run = world.stepup("config set-secret sandbox-confidential");
    let outcome = run.stdin(secret.as_str().unwrap()).exits(0);
    outcome.prints("the client secret of `sandbox-confidential` is kept in");
    world.approve("4211").run_with("key").exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next_of_the_list() {
    let world = World::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let port = taken.local_addr().unwrap().port();
    world.add_to_entry(&format!("ports = [{port}, {free}]"));
    let running = world.approve("4211").args("--no-browser").start();
    let url = running.start_url();
    assert!(
        url.starts_with(&format!("http://127.0.0.1:{free}/")),
        "{url}"
    );
    world.sign_in(&url, "key").exits(0);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn ports_that_are_all_taken_are_named() {
    let world = World::new();
    let taken = [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    let [one, two] = taken
        .each_ref()
        .map(|taken| taken.local_addr().unwrap().port());
    world.add_to_entry(&format!("ports = [{one}, {two}]"));
    let outcome = world.approve("4211").signing_in_with("key").exits(1);
    outcome
        .says(&one.to_string())
        .says(&two.to_string())
        .hints("free one of the ports")
        .does_not_say("/start/");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

#[test]
fn a_proxy_is_never_used_for_loopback() {
    let world = World::new();
    let mut run = world.approve("4211").signing_in_with("key");
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        run = run.env(name, "http://127.0.0.1:1");
    }
    run.exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_file_of_authorities_that_is_not_there_is_a_mistake() {
    let world = World::new();
    world.add_to_entry("ca_file = \"ca.pem\"");
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(2).says("ca.pem");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}
