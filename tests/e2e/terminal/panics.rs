//! A bug that stops the program: made of a thread that cannot be had, since no switch of the program's makes one.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;
use serde_json::Value;
use stepup_harness::Machine;
use url::Url;

use crate::process::{BIN, Run};
use crate::world::World;

#[test]
fn a_panic_during_the_sign_in_says_that_nothing_was_submitted() {
    let (world, folder) = (World::new(), tempfile::tempdir().unwrap());
    let machine = Machine::new(folder.path());
    let run = world.approve("4211").args("--browser true -o json");
    let run = machine.runs(run.env("NO_THREADS_FOR", "main"));
    let running = run.start();
    let url = running.start_url();
    machine.has_no_more_threads();
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
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let machine = Machine::new(folder.path());
    let run = Run::of(BIN, home.path()).args("sandbox --tls -o json");
    let sandbox = machine.runs(run).start();
    let info: Value = serde_json::from_str(&sandbox.first_line()).unwrap();
    let folder = Path::new(info["config"].as_str().unwrap());
    assert!(folder.exists());
    machine.has_no_more_threads();
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

/// Each on a connection of its own, to the API of the sandbox.
#[test]
fn no_visitor_ends_the_sandbox() {
    let world = World::new();
    let api = Url::parse(world.api_url()).unwrap();
    let address = api.socket_addrs(|| None).unwrap();
    let visit = || TcpStream::connect(&*address).unwrap();
    for _ in 0..100 {
        let mut reset = visit();
        set_socket_linger(&reset, Some(Duration::ZERO)).unwrap();
        reset
            .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            .unwrap();
    }
    let odd = format!("TE: {}\r\n", "a;q=nan,b;q=1,".repeat(100));
    let long = format!("X: {}\r\n", "x".repeat(100_000));
    for (headers, status) in [
        ("Content-Length: 18446744073709551615\r\n", "413"),
        ("Content-Length: 99999999999999999999\r\n", "400"),
        ("Content-Length: -1\r\n", "400"),
        ("Content-Length: 0\r\nContent-Length: 1\r\n", "400"),
        ("Host: 127.0.0.1\r\n", "400"),
        ("Transfer-Encoding: chunked\r\n", "411"),
        (&*odd, "421"),
        (&*long, "431"),
        ("no header\r\n", "400"),
    ] {
        let mut visit = visit();
        let request = format!("POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        // It may answer and be gone before all is sent, and a reset may follow the answer.
        let _ = visit.write_all(request.as_bytes());
        let _ = visit.shutdown(Shutdown::Write);
        let mut answer = String::new();
        let _ = visit.read_to_string(&mut answer);
        let begins = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&begins), "{headers:.40}: {answer}");
    }
    world.approve("4212").exits(0);
}
