//! A bug that stops the program: made of a thread that cannot be had, since no switch of the program's makes one.
#![cfg(target_os = "linux")]

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use url::Url;

use crate::process::{BIN, Run, Running};
use crate::world::World;

/// What a process may need more, KiB: less than the stack of a thread.
const LITTLE: u64 = 1024;

/// From here on this process finds no room for another thread.
fn no_more_threads(running: &Running) {
    let id = running.id();
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let size = size.and_then(|size| size.trim().strip_suffix(" kB"));
    let most = (size.unwrap().parse::<u64>().unwrap() + LITTLE) * 1024;
    let limit = [format!("--pid={id}"), format!("--as={most}")];
    assert!(
        Command::new("prlimit")
            .args(limit)
            .status()
            .unwrap()
            .success()
    );
}

/// Until no thread is left that is about to end: its stack would be room for another.
fn waits_with_nobody_but(running: &Running, threads: &[&str]) {
    let tasks = format!("/proc/{}/task", running.id());
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let tasks = fs::read_dir(&tasks).unwrap();
        let mut names: Vec<_> = tasks
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("comm")).ok())
            .collect();
        names.sort_unstable();
        if names
            .iter()
            .map(|name| name.trim())
            .eq(threads.iter().copied())
        {
            return;
        }
        assert!(Instant::now() < until, "{names:?}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// The stacks of threads that have ended do for no others.
fn run(run: Run) -> Running {
    run.env("GLIBC_TUNABLES", "glibc.pthread.stack_cache_size=0")
        .start()
}

#[test]
fn a_panic_during_the_sign_in_says_that_nothing_was_submitted() {
    let world = World::new();
    let running = run(world.approve("4211").args("--browser true -o json"));
    let url = running.start_url();
    waits_with_nobody_but(&running, &["ctrl-c", "loopback", "panics", "stepup"]);
    no_more_threads(&running);
    let _ = world.sign_in(&url, "key");
    let outcome = running.end();
    outcome
        .exits(1)
        .says("stopped by a bug in stepup (at ")
        .says("), nothing was submitted")
        .hints("run the same command again when you are ready")
        .does_not_say("panicked");
    outcome.fails_in_json("failed");
    world.api().saw_no_approval();
}

#[test]
fn a_panic_takes_the_sandbox_and_its_folder_away() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = run(Run::of(BIN, home.path()).args("sandbox --tls -o json"));
    let info: Value = serde_json::from_str(&sandbox.first_line()).unwrap();
    let folder = Path::new(info["config"].as_str().unwrap());
    assert!(folder.exists());
    no_more_threads(&sandbox);
    let url = Url::parse(info["api_url"].as_str().unwrap()).unwrap();
    // Each connection has a thread of its own.
    let address = url.socket_addrs(|| None).unwrap();
    let _visit = TcpStream::connect(&*address).unwrap();
    sandbox
        .end()
        .exits(1)
        .says("stopped by a bug in stepup (at ");
    assert!(!folder.exists());
}
