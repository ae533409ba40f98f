//! The API's page as a QR code, for a phone.

use crate::process::{BIN, Running};
use crate::sandbox::hosted::Hosted;
use crate::world::World;

/// The upper edge of a code that is not in colour: its quiet zone.
const EDGE: &str = "████████████████████████████";

fn page(running: &Running) -> String {
    running.stderr(|text| {
        let (_, rest) = text.split_once("on this machine or another:\n  ")?;
        Some(rest.split_once('\n')?.0.to_owned())
    })
}

#[test]
fn it_is_shown_beside_its_url_where_it_was_asked_for_and_nothing_opens_here() {
    let hosted = Hosted::new(&[]);
    let run = hosted.0.approve("4211").args("-m fine --qr");
    // It would sign in at once.
    let running = run.signing_in_with("key").start();
    let url = page(&running);
    hosted.walk(&url, "key");
    let outcome = running.end();
    outcome.exits(0).says(EDGE).does_not_say("/start/");
    outcome.says("may hold a secret of this sign-in: open it yourself, and give it to nobody");
    hosted.0.api().saw_one_approval("4211");

    let running = hosted
        .0
        .approve("4213")
        .args("-m fine --no-browser")
        .start();
    hosted.walk(&page(&running), "key");
    running.end().exits(0).does_not_say(EDGE);
}

#[test]
fn on_a_terminal_without_a_browser_a_key_shows_it() {
    let hosted = Hosted::new(&[]);
    let line = format!(
        "exec {} approve 4211 --yes -m fine --no-browser",
        shell_words::quote(BIN)
    );
    let run = hosted
        .0
        .shell_on_a_terminal(&format!("stty cols 120; {line}"));
    let mut running = run.env("TERM", "xterm-256color").start();
    running.prints("keys: c copy, r QR code, q quit\r\n");
    running.types("r");
    running.prints("\u{1b}[48;5;231m");
    running.types("q");
    running.ends(6);
    hosted.0.api().saw_no_approval();
}

/// The page of a local sign-in is on this machine, and no phone reaches it.
#[test]
fn a_local_sign_in_has_none_and_says_so() {
    let world = World::new();
    let run = world.approve("4211").arg("--qr").signing_in_with("key");
    let outcome = run.exits(0);
    outcome.says("no QR code: this sign-in has to come back to this machine");
    outcome.does_not_say(EDGE);
}
