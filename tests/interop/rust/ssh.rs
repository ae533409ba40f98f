//! `stepup` on a machine without a display, by SSH, and the browser on another machine: a network namespace with
//! nothing but a loopback of its own. Provider and API are reachable from both sides; the listener is not, and
//! so the answer is pasted back. It needs root or user namespaces, and fails without either.

use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use stepup_harness::{Run, Running};
use url::Url;

use crate::browser::Plan;
use crate::process::{BIN, program};
use crate::provider::{read_json, script};
use crate::world::World;

/// The machine without a display.
struct Machine {
    /// In the namespace, and its owner.
    _inside: Running,
    _outside: Running,
    enter: Vec<String>,
}

impl Machine {
    /// One that reaches these servers.
    fn reaching(servers: &[&str], folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let ports: Vec<String> = servers
            .iter()
            .map(|server| Url::parse(server).unwrap().port().unwrap().to_string())
            .collect();
        let relay = script("relay.mjs");
        let relaying =
            |run: Run, way: &str| ready(run.arg(&relay).arg(way).arg(folder).words(&ports));
        let outside = relaying(program("node", folder), "out");

        let unshare = how_to_unshare();
        let up = "ip link set lo up && exec node \"$@\"";
        let inside = program(unshare[0], folder).words(&unshare[1..]);
        let inside = relaying(inside.words(["sh", "-c", up, "relay"]), "in");

        let id = inside.id().to_string();
        let mut enter = vec!["nsenter", "-t", &id, "-n"];
        if unshare.contains(&"-r") {
            enter.extend(["-U", "--preserve-credentials"]);
        }
        Self {
            enter: enter.into_iter().map(str::to_owned).collect(),
            _inside: inside,
            _outside: outside,
        }
    }

    /// A port of that machine at the same port of this one, as `ssh -L` has it.
    fn tunnel(&self, port: u16, folder: &Path) -> [Running; 2] {
        std::fs::create_dir_all(folder).unwrap();
        let relay = script("relay.mjs");
        let there = self.program("node", folder).arg(&relay).arg("out");
        let here = program("node", folder).arg(&relay).arg("in");
        [there, here].map(|run| ready(run.arg(folder).arg(port.to_string())))
    }

    /// A program there, on a terminal, with a keyboard.
    fn runs(&self, world: &World, words: &str) -> Running {
        let line = format!("{} {words}", shell_words::quote(BIN));
        world
            .configured(self.program("script", world.home()))
            .words(["-qec", &line, "/dev/null"])
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .env("USER", "mira")
            .env("SSH_CONNECTION", "192.0.2.7 50022 198.51.100.4 22")
            .with_open_stdin()
            .start()
    }

    fn program(&self, name: &str, home: &Path) -> Run {
        program(&self.enter[0], home)
            .words(&self.enter[1..])
            .arg(name)
    }
}

/// Started, and at work.
fn ready(run: Run) -> Running {
    let running = run.start();
    running.stdout_line(|line| line.contains("ready").then_some(()));
    running
}

/// A network namespace as root has it, or as whoever may have user namespaces does.
fn how_to_unshare() -> &'static [&'static str] {
    let ways: [&[&str]; 2] = [&["unshare", "-n"], &["unshare", "-r", "-n"]];
    let works = |way: &&&[&str]| {
        let mut command = Command::new(way[0]);
        let ran = command.args(&way[1..]).arg("true").output();
        ran.is_ok_and(|ran| ran.status.success())
    };
    ways.iter().find(works).copied().unwrap_or_else(|| {
        panic!("this story needs a network namespace: be root, or allow user namespaces")
    })
}

/// The browser on the other machine: its report.
fn browse(world: &World, plan: Plan, address: &str) -> Value {
    let plan = world.write(plan);
    let words = plan.words();
    let browser = program(&words[0], world.home());
    let browser = browser.words(&words[1..]).arg(address).run();
    let report = read_json(&plan.report);
    assert_eq!(browser.code, Some(0), "{browser}\n{report:#}");
    report
}

/// What the browser ends at, and the person copies from its address bar.
fn sign_in_elsewhere(world: &World, address: &str) -> Url {
    let clipboard = world.home().join("clipboard");
    let copy = json!({ "do": "copy-address", "file": clipboard });
    let plan = Plan::of([json!("password"), json!("totp"), copy]);
    let report = browse(world, plan, address);
    let last = report["pages"].as_array().unwrap().last().unwrap().clone();
    assert!(
        last["text"]
            .as_str()
            .unwrap()
            .contains("ERR_CONNECTION_REFUSED"),
        "{last:#}"
    );
    let copied = std::fs::read_to_string(&clipboard).unwrap();
    Url::parse(&copied).unwrap()
}

/// Without control sequences.
fn address_in(line: &str, start: &str) -> Option<String> {
    let at = line.find(start)?;
    let address = line[at..].split(|c: char| c.is_control() || c.is_whitespace());
    address.map(str::to_owned).next()
}

#[test]
fn by_ssh_the_answer_is_pasted_back_from_the_other_machine() {
    let world = World::new();
    let issuer = world.provider().issuer().to_owned();
    let folder = world.home().join("relay");
    let machine = Machine::reaching(&[&issuer, world.api_url()], &folder);
    let mut run = machine.runs(&world, "approve 4213 --yes --remote --comment ssh");
    let address = run.stdout_line(|line| address_in(line, &format!("{issuer}/")));
    let callback = sign_in_elsewhere(&world, &address);

    // Nobody listens there, on this machine; what the browser could not do, nobody can.
    let port = callback.port().unwrap();
    let reached = TcpStream::connect(("127.0.0.1", port));
    assert!(reached.is_err(), "the listener is reachable from here");
    world.is_untouched("4213");

    let forged = callback.as_str().replace("state=", "state=x");
    run.types(&format!("{forged}\r"));
    run.stdout_line(|line| {
        line.contains("not the URL this attempt waits for")
            .then_some(())
    });
    assert_eq!(world.provider().requests("/token"), 0);

    run.types(&format!("{callback}\r"));
    let outcome = run.ends(0);
    outcome.prints("task 4213: Grant deploy");
    let (_, secret) = callback
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap();
    assert!(
        !outcome.stdout.contains(secret.as_ref()),
        "the code is on the screen"
    );
    world.approved(&["4213"]);
}

#[test]
fn by_ssh_the_tunnel_that_is_named_lets_the_browser_in() {
    let world = World::new();
    let issuer = world.provider().issuer().to_owned();
    let folder = world.home().join("relay");
    let machine = Machine::reaching(&[&issuer, world.api_url()], &folder);
    let run = machine.runs(&world, "approve 4213 --yes --no-browser --comment ssh");
    let start = run.stdout_line(|line| address_in(line, "http://127.0.0.1:"));
    let port = Url::parse(&start).unwrap().port().unwrap();
    let tunnel = format!("ssh -N -L {port}:127.0.0.1:{port} mira@198.51.100.4");
    run.stdout_line(|line| line.contains(&tunnel).then_some(()));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());

    let _tunnel = machine.tunnel(port, &world.home().join("tunnel"));
    let report = browse(&world, Plan::of(["password", "totp", "result"]), &start);
    let page = report["pages"].as_array().unwrap().last().unwrap();
    let text = page["text"].as_str().unwrap();
    assert!(text.contains("Task 4213 is approved"), "{text}");
    run.ends(0);
    world.approved(&["4213"]);
}
