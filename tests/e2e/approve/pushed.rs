//! Pushed authorization requests (RFC 9126, B6): what the browser carries is a reference, and a request that
//! cannot be pushed is not sent in the address instead.

use crate::browser;
use crate::world::World;

#[track_caller]
fn approves(world: &World) {
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(0).prints("approved task 4211");
    world.api().saw_one_approval("4211");
}

#[track_caller]
fn refuses(switch: &str, entry: &str, code: i32, kind: &str, reason: &str) {
    let world = World::with(&[switch]);
    world.add_to_entry(entry);
    world.refuses(code, kind, reason, "");
    world.api().never_saw("/authorize");
    world.api().never_saw("/token");
}

#[test]
fn b6_8_a_request_is_pushed_where_that_is_offered() {
    for switch in ["par=offered", "par=required", "par=200"] {
        let world = World::with(&[switch]);
        approves(&world);
        assert_eq!(world.api().asked("/par"), 1, "{switch}");
    }
}

/// B6.4: the address in the browser's history tells nothing, and cannot be changed.
#[test]
fn b6_4_the_address_holds_a_reference_and_the_client_and_nothing_else() {
    let world = World::with(&["par=offered"]);
    let running = world.approve("4211").args("--no-browser").start();
    let address = browser::get(&running.start_url(), &[]).leads_to();
    let address = url::Url::parse(&address).unwrap();
    let names: Vec<String> = address
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(names, ["client_id", "request_uri"]);
    assert_eq!(browser::get(address.as_str(), &[]).status, 200);
    let used = browser::get(address.as_str(), &[]);
    assert_eq!(used.status, 400, "a reference is good for one visit");
    running.signal("INT");
    running.end().exits(130);
    world.api().saw_no_approval();
}

/// B6.5: who opens the address again gets a request of its own, and only one answer counts.
#[test]
fn b6_5_every_visit_has_a_reference_of_its_own() {
    let world = World::with(&["par=required"]);
    let running = world.approve("4211").args("--no-browser").start();
    let first = browser::get(&running.start_url(), &[]).leads_to();
    assert_eq!(browser::get(&first, &[]).status, 200);
    let (second, callback) = browser::sign_in(world.issuer(), &running.start_url());
    assert_ne!(first, second);
    browser::get(&callback, &[]);
    running.end().exits(0);
    assert_eq!(world.api().asked("/par"), 2);
    world.api().saw_one_approval("4211");
}

#[test]
fn b6_1_a_confidential_client_proves_itself_as_at_the_token_endpoint() {
    for method in ["client_secret_basic", "client_secret_post"] {
        let world = World::with(&["par=required"]);
        confidential(&world, method);
        let mut secrets = world.secrets();
        secrets[world.secret_of("sandbox")] =
            secrets[world.secret_of("sandbox-confidential")].clone();
        world.write_secrets(&secrets);
        world.approve("4211").signing_in_with("key").exits(0);
        world.api().saw_one_approval("4211");
    }
}

#[test]
fn b6_1_a_wrong_secret_is_found_out_before_the_browser() {
    let world = World::with(&["par=required"]);
    confidential(&world, "client_secret_basic");
    let mut secrets = world.secrets();
    secrets[world.secret_of("sandbox")] = "not-the-secret".into();
    world.write_secrets(&secrets);
    let outcome = world.approve("4211").signing_in_with("key").exits(2);
    outcome.says("the provider refused the pushed request with `invalid_client`");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

/// The sandbox's client with a secret, whose redirect URI has another path.
fn confidential(world: &World, method: &str) {
    let config = world.config_text();
    world.write_config(&config.replace(
        "client_id = \"stepup-cli\"",
        &format!(
            "client_id = \"stepup-confidential\"\nclient_auth = \"{method}\"\n\
             redirect_path = \"/callback/sandbox-confidential\""
        ),
    ));
}

#[test]
fn b6_6_a_provider_that_demands_it_is_refused_by_an_entry_that_forbids_it() {
    let reason = "requires pushed authorization requests, and the entry says `par = \"never\"`";
    refuses("par=required", "par = \"never\"", 2, "usage", reason);
}

#[test]
fn b6_6_an_entry_that_demands_it_is_not_served_without() {
    let reason = "the provider has no pushed authorization request endpoint";
    refuses("max_age=300", "par = \"always\"", 2, "usage", reason);
}

#[test]
fn b6_6_a_provider_that_demands_it_and_does_not_say_where() {
    let reason = "and has no endpoint for them";
    refuses("par=no-endpoint", "", 1, "failed", reason);
}

#[test]
fn an_entry_may_leave_it_out_where_it_is_only_offered() {
    let world = World::with(&["par=offered"]);
    world.add_to_entry("par = \"never\"");
    approves(&world);
    assert_eq!(world.api().asked("/par"), 0);
}

#[test]
fn b6_7_a_refused_request_is_not_sent_in_the_address() {
    let reason = "refused the pushed request with `invalid_request`: as the switch demands";
    refuses("par=refused", "", 2, "usage", reason);
    let reason = "answered the pushed request with HTTP 500";
    refuses("par=500", "", 1, "failed", reason);
}

#[test]
fn b6_3_an_answer_that_refers_to_nothing_is_none() {
    refuses("par=no-uri", "", 1, "failed", "no usable `request_uri`");
    let reason = "its `expires_in` is not in the future";
    refuses("par=expired", "", 1, "failed", reason);
}
