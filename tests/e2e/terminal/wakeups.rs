//! A command that waits for a person lets the machine sleep: counted as the kernel counts it.
#![cfg(target_os = "linux")]

use std::fs;
use std::thread;
use std::time::Duration;

use crate::process::{BIN, Running};
use crate::world::World;

/// How long one count takes. What is told once, such as a browser that does not come, is in one of them only.
const SPAN: Duration = Duration::from_secs(3);

/// How often the threads of this process gave up the processor, since they began.
fn switches(id: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    let statuses =
        threads.filter_map(|one| fs::read_to_string(one.ok()?.path().join("status")).ok());
    let counted = statuses.filter_map(|status| {
        let of_it = |line: &str| {
            line.strip_prefix("voluntary_ctxt_switches:")?
                .trim()
                .parse::<u64>()
                .ok()
        };
        status.lines().find_map(of_it)
    });
    counted.sum::<u64>()
}

/// The fewest and the most wake-ups in one of four spans.
fn wake_ups(id: u32) -> (u64, u64) {
    let counts = [(); 4].map(|()| {
        let before = switches(id);
        thread::sleep(SPAN);
        switches(id).saturating_sub(before)
    });
    (*counts.iter().min().unwrap(), *counts.iter().max().unwrap())
}

/// `approve 4211` on a terminal, waiting for a browser that does nothing, with its process.
fn on_a_terminal(world: &World, flags: &str) -> (Running, u32) {
    let command = format!(
        "{} approve 4211 --yes --browser true {flags}",
        shell_words::quote(BIN)
    );
    let line = format!("echo \"process $$.\"; exec {command}");
    let running = world.shell_on_a_terminal(&line).start();
    let id = running.stdout(|shown| {
        let (_, rest) = shown.split_once("process ")?;
        rest.split_once('.')?.0.parse().ok()
    });
    running.start_url_on_terminal();
    (running, id)
}

/// Leaves the wait with a key, which also shows that the keyboard was listened to.
fn quits(mut running: Running) {
    running.types("q");
    running.ends(6);
}

#[test]
fn a_countdown_wakes_the_machine_once_a_second() {
    let world = World::new();
    let (running, id) = on_a_terminal(&world, "");
    let (fewest, most) = wake_ups(id);
    assert!(fewest <= 4, "{fewest} wake-ups in 3 seconds");
    assert!(most >= 1, "the time left stands still");
    quits(running);
}

#[test]
fn a_quiet_wait_on_a_terminal_wakes_nothing() {
    let world = World::new();
    let (running, id) = on_a_terminal(&world, "--quiet");
    assert_eq!(wake_ups(id).0, 0);
    quits(running);
}

#[test]
fn a_wait_without_a_terminal_wakes_nothing() {
    let world = World::new();
    let approve = world.approve("4211").args("--browser true");
    let running = approve.with_open_stdin().start();
    running.start_url();
    assert_eq!(wake_ups(running.id()).0, 0);
}
