//! Tokens that are bound to a key (RFC 9449, B7): asked for by the entry or by the API, never given up
//! silently, and useless to anybody else.

use crate::world::World;

const BOUND: &str = "dpop = true";

#[track_caller]
fn approves(switches: &[&str], entry: &str) -> World {
    let world = World::with(switches);
    world.add_to_entry(entry);
    let outcome = world.approve("4211").run_with("key");
    outcome.exits(0).prints("approved task 4211");
    world.api().saw_one_approval("4211");
    world
}

#[track_caller]
fn refuses(switch: &str, entry: &str, code: i32, kind: &str, reason: &str) -> World {
    let world = World::with(&[switch]);
    world.add_to_entry(entry);
    world.refuses(code, kind, reason, "");
    world
}

#[test]
fn b7_10_the_entry_asks_for_a_bound_token() {
    let world = approves(&[], BOUND);
    assert_eq!(world.api().asked("/token"), 1);
    assert_eq!(world.api().approval_requests(), 2);
}

#[test]
fn b7_10_the_api_asks_for_a_bound_token_by_its_scheme() {
    approves(&["challenge=dpop"], "");
}

#[test]
fn b7_12_a_pushed_request_binds_the_code_too() {
    approves(&["par=required", "challenge=dpop"], BOUND);
}

#[test]
fn b7_6_each_server_gets_its_own_nonce() {
    let world = approves(&["dpop=nonce", "api_dpop=nonce"], BOUND);
    assert_eq!(world.api().asked("/token"), 2);
    // The plain one that was challenged, the one without the nonce, the one with it.
    assert_eq!(world.api().approval_requests(), 3);
}

#[test]
fn b7_6_a_nonce_is_followed_once() {
    let reason = "the provider refused the code with `use_dpop_nonce`";
    let world = refuses("dpop=nonce-always", BOUND, 1, "failed", reason);
    assert_eq!(world.api().asked("/token"), 2);

    let reason = "the API did not accept the step-up token: the proof must hold the nonce";
    let world = refuses("api_dpop=nonce-always", BOUND, 1, "failed", reason);
    assert_eq!(world.api().approval_requests(), 3);
}

#[test]
fn b7_9_a_bearer_token_where_a_bound_one_was_asked_for_is_not_used() {
    let reason = "the provider issued a `Bearer` token, wanted `DPoP`";
    let world = refuses("dpop=ignored", BOUND, 1, "failed", reason);
    assert_eq!(world.api().approval_requests(), 1);
}

#[test]
fn b7_13_a_provider_that_takes_no_es256_is_refused_before_the_browser() {
    let reason = "does not take DPoP proofs signed with ES256 (it lists `RS256`)";
    let world = refuses("dpop=no-es256", BOUND, 1, "failed", reason);
    world.api().never_saw("/authorize");
}

/// RFC 9449 §7.2: it says it is bound and is not; the API does not take it.
#[test]
fn a_token_that_only_claims_to_be_bound_approves_nothing() {
    let reason = "the API is still not satisfied";
    refuses("dpop=unbound", BOUND, 3, "unmet", reason);
}

/// B7.9: nobody asked for it, and without a proof it is of no use.
#[test]
fn a_bound_token_that_nobody_asked_for_is_refused() {
    let reason = "the provider issued a `DPoP` token, wanted `bearer`";
    refuses("token=type-dpop", "", 1, "failed", reason);
}
