//! A server that takes its time is named on the screen, where there is one.

use crate::process::BIN;
use crate::world::World;

const WAITING: &str = "waiting for 127.0.0.1:";

fn listing(world: &World, flags: &str, term: &str) -> String {
    let line = format!("exec {} task list {flags}", shell_words::quote(BIN));
    let run = world.shell_on_a_terminal(&line).env("TERM", term);
    let outcome = run.run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.stdout.contains("Grafana"), "{outcome}");
    outcome.stdout.clone()
}

#[test]
fn a_server_that_takes_longer_than_half_a_second_is_named() {
    let world = World::with(&["slow_api_ms=1500"]);
    let shown = listing(&world, "", "xterm");
    let (waited, listed) = shown.rsplit_once("waiting for ").unwrap();
    assert!(waited.contains(WAITING), "{shown:?}");
    // It was taken away again before the list came.
    let (line, _) = listed.split_once("Grafana").unwrap();
    assert!(line.contains("\r\u{1b}[2K"), "{shown:?}");
}

#[test]
fn nothing_is_drawn_where_it_would_be_in_the_way() {
    let world = World::with(&["slow_api_ms=1500"]);
    for (flags, term) in [("--quiet", "xterm"), ("", "dumb"), ("2>err", "xterm")] {
        let shown = listing(&world, flags, term);
        assert!(!shown.contains("waiting for"), "{flags} {term}: {shown:?}");
    }
}
