//! The Windows program under wine: what a person on Windows does first, and what only Windows has: its console, its
//! Credential Manager, its access lists. Needs the program and a prefix of wine, and so is no part of plain
//! `cargo test`: `tests/platforms` makes both and names them in `STEPUP_WINDOWS_PROGRAM` and `WINEPREFIX`, and a
//! keyboard in `STEPUP_WINDOWS_KEYBOARD`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test may stop where it stands"
)]

#[allow(dead_code, reason = "stories need more of it")]
#[path = "../e2e/browser.rs"]
mod browser;
mod console;
mod world;

use std::net::TcpStream;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use serde_json::Value;
use stepup_harness::Machine;
use world::{World, on_windows};

const FAILED: i32 = 1;
const USAGE: i32 = 2;
const SIGNED_OUT: i32 = 4;

#[test]
fn the_demo_approves() {
    let home = tempfile::tempdir().unwrap();
    let run = on_windows(home.path()).args("demo --sign-in key -o json");
    let receipt = run.exits(0).stdout_json();
    assert_eq!(receipt["outcome"], "approved");
    assert_eq!(receipt["proof"]["acr"], "phr");
}

#[test]
fn an_approval_and_its_receipt() {
    let world = World::new();
    let approved = world.approve().arg("--browser").arg(world.person("key"));
    approved.exits(0).prints("approved task 4211");
    world.saw_one_approval();

    for (words, printed) in [
        ("receipt list", "4211"),
        ("receipt show", "verified:"),
        ("receipt verify", "agrees"),
        ("doctor", "ok     store: "),
    ] {
        world.stepup(words).exits(0).prints(printed);
    }
}

#[test]
fn an_approval_that_is_refused() {
    let world = World::with(&["acr=lower"]);
    let refused = world.approve().arg("--browser").arg(world.person("key"));
    refused.exits(3);
    world.saw_no_approval();
}

/// A thread that cannot be had is a panic.
#[test]
fn a_panic_says_what_is_true_and_leaves_nothing() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let machine = Machine::new(folder.path());
    let run = on_windows(home.path()).args("sandbox --tls -o json");
    let sandbox = machine.runs(run).start();
    let info: Value = serde_json::from_str(&sandbox.first_line()).unwrap();
    let kept = world::on_unix(info["config"].as_str().unwrap());
    assert!(kept.exists());
    machine.has_no_more_threads();
    let (_, port) = info["api_url"].as_str().unwrap().rsplit_once(':').unwrap();
    // Each connection has a thread of its own.
    let _visit = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    let outcome = sandbox.end();
    outcome
        .exits(FAILED)
        .says("stopped by a bug in stepup (at ")
        .says("), nothing was submitted");
    assert!(!kept.exists());
}

#[test]
fn credential_manager_keeps_a_credential_until_logout() {
    let world = World::new();
    // Without `store = "file"` secrets are in the system's keyring.
    let home = tempfile::tempdir().unwrap();
    let config = format!("[profiles.work]\napi_url = \"{}\"\n", world.api_url());
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    let stepup = |words: &str| {
        let config = world::windows_path(&home.path().join("config.toml"));
        on_windows(home.path())
            .env("STEPUP_CONFIG", config)
            .args(words)
    };

    let login = stepup("login --token-stdin").stdin(&world.credential());
    login.exits(0).prints("kept in the system keyring");
    let whoami = stepup("whoami").exits(0);
    whoami.prints("credential: the system keyring");
    stepup("approve 4212 --yes")
        .exits(0)
        .prints("approved task 4212");
    stepup("logout")
        .exits(0)
        .prints("is removed from the system keyring");
    stepup("whoami")
        .exits(SIGNED_OUT)
        .says("holds no credential");
}

/// What an access list gives to everybody shows here as a mode, which wine makes of it.
#[test]
fn what_is_kept_is_readable_by_its_user_alone() {
    let world = World::new();
    world.stepup("approve 4212 --yes").exits(0);
    for name in ["credentials.json", "receipts.jsonl", "receipts.seal"] {
        let mode = std::fs::metadata(world.kept(name)).unwrap().mode();
        assert_eq!(mode & 0o007, 0, "{name}: {mode:o}");
    }
}

#[test]
fn a_credential_that_others_can_read_is_refused() {
    let world = World::new();
    let open = PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(world.kept("credentials.json"), open).unwrap();
    let refused = world.stepup("approve 4212 --yes").exits(USAGE);
    refused
        .says("is open to other users of this machine (access list: ")
        .hints("icacls \"C:\\users\\");
    world.saw_no_approval();
}

/// Whoever writes the configuration decides where tokens go.
#[test]
fn a_configuration_that_others_can_write_is_not_read() {
    let world = World::new();
    for (name, open, own) in [("config.toml", 0o666, 0o600), ("", 0o777, 0o700)] {
        let path = world.kept(name);
        let set = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        set(open);
        let refused = world.approve().arg("--browser").arg(world.person("key"));
        refused
            .exits(USAGE)
            .says("the configuration is not read")
            .says("can be written by other users of this machine (access list: WD)")
            .hints("icacls \"C:\\users\\");
        world.saw_no_approval();
        set(own);
    }
    let approved = world.approve().arg("--browser").arg(world.person("key"));
    approved.exits(0);
    world.saw_one_approval();
}

/// It is neither closed nor added to: what is in it may be theirs.
#[test]
fn a_log_of_receipts_that_others_had_is_left_as_it_is() {
    let world = World::new();
    let log = world.kept("receipts.jsonl");
    std::fs::write(&log, "").unwrap();
    std::fs::set_permissions(&log, PermissionsExt::from_mode(0o666)).unwrap();
    let approved = world.stepup("approve 4212 --yes").exits(0);
    approved.says("is open to other users of this machine (access list: WD)");
    assert_eq!(std::fs::read(&log).unwrap(), b"");
    assert_eq!(std::fs::metadata(&log).unwrap().mode() & 0o777, 0o666);
}

#[test]
fn an_answer_that_is_pasted_into_a_pipe() {
    let world = World::new();
    let mut running = world.approve().args("--remote").with_open_stdin().start();
    let address = running.stderr(|text| {
        let (_, rest) = text.split_once("on any machine:\n  ")?;
        Some(rest.split_once('\n')?.0.to_owned())
    });
    let callback = browser::sign_in_at(world.issuer(), &address);
    running.types(&format!("{callback}\n"));
    running.end().exits(0);
    world.saw_one_approval();
}
