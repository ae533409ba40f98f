//! "Retry? once" of providers.md P4: one further attempt where it may help, said, never weaker, verified as the
//! first, within the same limit; and none where nothing can be gained, or where something was not to be trusted.

use std::time::Duration;

use crate::process::Outcome;
use crate::world::World;

/// An entry whose requests do not begin with `prompt=login`, so that it is left to try.
const QUIET: &str = "prompt = \"none-at-all\"";

fn world(switches: &[&str], entry: &str) -> World {
    let world = World::with(switches);
    world.add_to_entry(entry);
    world
}

fn asked(world: &World, path: &str) -> usize {
    let log = world.api().log();
    let lines = log.iter().filter(|line| line.server == "provider");
    lines.filter(|line| line.path == path).count()
}

fn approve(world: &World) -> Outcome {
    world.approve("4211").args("--no-input").run_with("key")
}

/// The second attempt ends in the approval.
#[track_caller]
fn helped(switches: &[&str], entry: &str, said: &str) {
    let world = world(switches, entry);
    approve(&world)
        .exits(0)
        .says(said)
        .says("sign in once more")
        .prints("verified: acr phr");
    assert_eq!(asked(&world, "/authorize"), 2);
    assert_eq!(world.api().approval_requests(), 2);
    world.api().saw_one_approval("4211");
}

/// It ends after so many attempts.
#[track_caller]
fn in_vain(switches: &[&str], entry: &str, attempts: usize, code: i32, said: &str) {
    let world = world(switches, entry);
    approve(&world).exits(code).says(said);
    assert_eq!(asked(&world, "/authorize"), attempts);
    // The challenge alone.
    assert_eq!(world.api().approval_requests(), 1);
    world.api().saw_no_approval();
}

#[test]
fn p4_a_session_that_was_reused() {
    let said = "authentication was not fresh: wanted a sign-in during this attempt";
    helped(&["session=until-login"], QUIET, said);
    in_vain(&["session=sticky"], QUIET, 2, 3, said);
}

/// What nobody could finish is not begun, and the reason of the first attempt is what is told.
#[test]
fn p4_where_too_little_time_is_left() {
    let world = world(&["session=until-login"], QUIET);
    let outcome = world.approve("4211").args("--timeout 9s").run_with("key");
    outcome
        .exits(3)
        .says("authentication was not fresh")
        .does_not_say("sign in once more");
    assert_eq!(asked(&world, "/authorize"), 1);
    world.api().saw_no_approval();
}

#[test]
fn p4_a_session_that_is_older_than_the_challenge_allows() {
    let entry = "freshness = \"as-challenged\"";
    let said = "authentication was not fresh: wanted at most 60 s old";
    helped(&["session=until-login", "max_age=60"], entry, said);
    in_vain(&["session=sticky", "max_age=60"], entry, 2, 3, said);
}

#[test]
fn p4_a_time_of_sign_in_that_is_missing() {
    let said = "the provider does not say when the sign-in happened";
    in_vain(&["auth_time=none"], QUIET, 2, 3, said);
}

#[test]
fn p4_pages_that_were_not_shown() {
    for code in [
        "interaction_required",
        "login_required",
        "consent_required",
        "account_selection_required",
    ] {
        let error = format!("authorize_error={code}");
        let said = format!("the browser came back with `{code}`");
        helped(&[&error, "authorize_error_until=login"], QUIET, &said);
        in_vain(&[&error], QUIET, 2, 1, &said);
    }
}

#[test]
fn p4_multi_factor_authentication_that_entra_wants() {
    for number in ["50072", "50079", "50074", "50076", "50078", "50158"] {
        let error = "authorize_error=interaction_required";
        let description = format!("authorize_error_description=AADSTS{number}: more is needed");
        let until = "authorize_error_until=login";
        helped(&[error, &description, until], QUIET, number);
    }
    let description = "authorize_error_description=AADSTS50079: more is needed";
    in_vain(
        &["authorize_error=access_denied", description],
        QUIET,
        2,
        3,
        "AADSTS50079",
    );
}

#[test]
fn p4_a_code_that_the_token_endpoint_refuses() {
    let said = "the provider refused the code with `invalid_grant`";
    // Whatever was asked for at first: this is a new code.
    for entry in ["", QUIET] {
        helped(
            &["token_error=invalid_grant", "provider_errors=1"],
            entry,
            said,
        );
        in_vain(&["token_error=invalid_grant"], entry, 2, 1, said);
    }
}

#[test]
fn p4_a_code_that_entra_refuses_by_number() {
    for number in ["54005", "501481", "70008"] {
        let description = format!("authorize_error_description=AADSTS{number}: the code is spent");
        in_vain(
            &["authorize_error=server_error", &description],
            "",
            2,
            1,
            number,
        );
    }
}

#[test]
fn p4_where_the_first_attempt_asked_for_all_there_is() {
    for (switch, code, said) in rows! {
        "session=sticky", 3, "authentication was not fresh";
        "auth_time=none", 3, "does not say when the sign-in happened";
        "authorize_error=login_required", 1, "login_required";
    } {
        in_vain(&[switch], "", 1, code, said);
        in_vain(&[switch], "prompt = \"login\"", 1, code, said);
    }
}

#[test]
fn p4_where_no_attempt_could_help() {
    for (switch, code, said) in rows! {
        "acr=lower", 3, "not strong enough";
        "acr=none", 3, "got no acr at all";
        "authorize_error=access_denied", 6, "access_denied";
        "authorize_error=invalid_request", 2, "invalid_request";
        "authorize_error=server_error", 1, "server_error";
        "authorize_error=temporarily_unavailable", 1, "temporarily_unavailable";
        "authorize_error=unmet_authentication_requirements", 3, "unmet";
        "token_error=invalid_client", 2, "invalid_client";
    } {
        in_vain(&[switch], QUIET, 1, code, said);
    }
}

#[test]
fn p4_never_after_what_is_not_to_be_trusted() {
    for (switches, said) in rows! {
        ["session=until-login", "subject=other"], "another person signed in";
        ["session=until-login", "auth_time=future"], "in the future";
        ["session=until-login", "signature=bad"], "signature";
        ["authorize_error=login_required", "response_iss=wrong"], "the answer came from";
        ["session=until-login", "nonce=wrong"], "nonce";
    } {
        in_vain(&switches, QUIET, 1, 5, said);
    }
}

#[test]
fn the_second_attempt_listens_at_the_registered_port_too() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let entry = format!("{QUIET}\nports = [{port}]");
    helped(&["session=until-login"], &entry, "not fresh");
}

/// The limit is for both: a person who is away is not waited for twice.
#[test]
fn both_attempts_share_one_limit() {
    let world = world(&["token_error=invalid_grant"], "");
    let person = world.script(
        "person",
        &format!(
            "[ -e gone ] && exit 0; touch gone; exec {} \"$1\"",
            crate::process::person("key")
        ),
    );
    let outcome = world
        .approve("4211")
        .args("--timeout 12s --browser")
        .arg(person)
        .exits(6);
    outcome
        .says("sign in once more")
        .says("no sign-in was completed within");
    // What is over the limit is the time that the browser may take to reload the last page.
    assert!(outcome.took < Duration::from_secs(16), "{:?}", outcome.took);
    assert_eq!(asked(&world, "/authorize"), 1);
    world.api().saw_no_approval();
}

#[test]
fn a_request_of_ones_own_does_the_same() {
    let world = world(&["session=until-login"], QUIET);
    let url = format!("{}/protected/echo?acr_values=phr", world.api_url());
    let outcome = world.stepup("request GET").arg(&url).run_with("key");
    outcome.exits(0).says("sign in once more");
    let log = world.api().log();
    let echoes = log.iter().filter(|line| line.path == "/protected/echo");
    let statuses: Vec<u16> = echoes.map(|line| line.status).collect();
    assert_eq!(statuses, [401, 200]);
    assert_eq!(asked(&world, "/authorize"), 2);
}

#[test]
fn a_test_of_a_provider_shows_and_does_not_try_again() {
    let world = world(&["session=until-login"], QUIET);
    let outcome = world.stepup("provider test sandbox").run_with("key");
    outcome.exits(3);
    assert_eq!(asked(&world, "/authorize"), 1);
}
