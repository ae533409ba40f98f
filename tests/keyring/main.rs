//! The credential in a real keyring: gnome-keyring on a private bus. Needs Debian's `gnome-keyring`,
//! `libsecret-tools` and `dbus`, and so is no part of plain `cargo test`: `cargo test --test keyring`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test may stop where it stands"
)]

mod session;

use std::os::unix::net::UnixListener;
use std::time::Duration;

use session::Session;
use stepup_harness::Outcome;

const SIGNED_OUT: i32 = 4;

#[test]
fn what_login_keeps_everybody_finds_until_logout() {
    let session = Session::with_keyring();
    session
        .login()
        .exits(0)
        .prints("the credential is kept in the system keyring");
    assert_eq!(session.found_by_secret_tool(), session.credential());
    session
        .stepup("whoami")
        .exits(0)
        .prints("credential: the system keyring");
    session.stepup("task list").exits(0).prints("4211");
    session
        .stepup("approve 4212 --yes")
        .exits(0)
        .prints("approved task 4212");

    session
        .stepup("logout")
        .exits(0)
        .prints("is removed from the system keyring");
    assert_eq!(session.found_by_secret_tool(), "");
    session
        .stepup("whoami")
        .exits(SIGNED_OUT)
        .says("(profile `work`): the system keyring holds no credential")
        .hints("stepup login");
    session
        .stepup("logout")
        .exits(0)
        .prints("no credential of `work` was kept");
}

/// c1i's items, as its library writes them, are read where nothing of ours is kept.
#[test]
fn what_c1i_keeps_in_the_keyring_signs_in() {
    let session = Session::with_keyring();
    let key = session.key();
    session.c1i_keeps("client_id", &key["client_id"]);
    session
        .stepup("whoami")
        .exits(SIGNED_OUT)
        .says("holds no credential");
    session.c1i_keeps("client_secret", &key["client_secret"]);
    let whoami = session.stepup("whoami");
    whoami.exits(0).prints("c1i's keyring item `c1i/127.0.0.1:");
    session.stepup("approve 4212 --yes").exits(0);
}

#[test]
fn a_second_login_takes_the_place_of_the_first_also_after_a_restart() {
    let mut session = Session::with_keyring();
    session.login().exits(0);
    session.login().exits(0);
    assert_eq!(session.found_by_secret_tool(), session.credential());
    session.start_keyring(Some("a password"));
    session.stepup("whoami").exits(0);
}

#[test]
fn a_credential_that_the_api_refuses_is_not_kept() {
    let session = Session::with_keyring();
    session
        .stepup_with("login --token-stdin", "made-up", None)
        .exits(SIGNED_OUT);
    assert_eq!(session.found_by_secret_tool(), "");
}

#[test]
fn a_locked_keyring_is_called_locked_by_every_command() {
    let mut session = Session::with_keyring();
    session.login().exits(0);
    session.start_keyring(None);
    for outcome in [
        session.stepup("whoami"),
        session.stepup("task list"),
        session.stepup("approve 4211 --yes"),
        session.stepup("logout"),
        session.login(),
    ] {
        outcome
            .exits(SIGNED_OUT)
            .says("the system keyring is locked")
            .hints("unlock the keyring");
    }
    session.start_keyring(Some("a password"));
    session.stepup("whoami").exits(0);
}

#[test]
fn a_keyring_that_was_never_made_holds_nothing_and_takes_nothing() {
    let mut session = Session::with_bus();
    session.start_keyring(None);
    session
        .stepup("whoami")
        .exits(SIGNED_OUT)
        .says("(profile `work`): the system keyring holds no credential, or the keyring is locked")
        .hints("stepup login");
    session
        .login()
        .exits(SIGNED_OUT)
        .says("never set up")
        .hints("unlock the keyring");
}

#[test]
fn a_bus_without_a_keyring_is_explained() {
    there_is_none(&Session::with_bus());
}

#[test]
fn a_machine_without_a_bus_is_explained() {
    there_is_none(&Session::bare());
}

#[test]
fn a_bus_that_has_gone_is_explained() {
    let mut session = Session::bare();
    session.address = Some(format!("unix:path={}", session.path("gone").display()));
    there_is_none(&session);
}

#[test]
fn a_bus_that_never_answers_is_given_up_after_three_seconds() {
    let mut session = Session::bare();
    let socket = session.path("silent");
    let _listener = UnixListener::bind(&socket).unwrap();
    session.address = Some(format!("unix:path={}", socket.display()));
    it_hangs(&session);
}

#[test]
fn a_keyring_that_never_answers_is_given_up_after_three_seconds() {
    let session = Session::with_keyring();
    session.login().exits(0);
    session.freeze_keyring();
    it_hangs(&session);
}

fn there_is_none(session: &Session) {
    for outcome in [
        session.stepup("whoami"),
        session.login(),
        session.stepup("logout"),
    ] {
        outcome
            .exits(SIGNED_OUT)
            .says("there is no system keyring here")
            .hints("`stepup login --store file`");
    }
    a_credential_for_one_run_needs_no_keyring(session);
}

fn it_hangs(session: &Session) {
    for outcome in [
        session.stepup("whoami"),
        session.login(),
        session.stepup("logout"),
    ] {
        outcome
            .exits(SIGNED_OUT)
            .says("the system keyring did not answer within 3 s")
            .hints("STEPUP_API_TOKEN");
        let Outcome { took, .. } = outcome;
        assert!(took >= Duration::from_secs(3), "{took:?}");
        assert!(took < Duration::from_secs(8), "{took:?}");
    }
    a_credential_for_one_run_needs_no_keyring(session);
}

/// What every hint offers holds.
fn a_credential_for_one_run_needs_no_keyring(session: &Session) {
    let token = session.credential();
    let outcome = session.stepup_with("whoami", "", Some(&token));
    outcome.exits(0).prints("credential: STEPUP_API_TOKEN");
    assert!(outcome.took < Duration::from_secs(3), "{:?}", outcome.took);
    let outcome = session.stepup_with("doctor", "", Some(&token));
    outcome.exits(0).prints("warn   store: ");
}
