//! Nobody finished: declined, timed out, said no, interrupted. Each is said plainly, and nothing is
//! left behind: no approval, no open port, no process.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crate::browser;
use crate::process::{Outcome, Running};
use crate::proxy::Proxy;
use crate::world::World;

#[test]
fn declining_at_the_provider_is_incomplete() {
    let world = World::new();
    let outcome = world.approve("4211").args("-o json").run_with("decline");
    outcome
        .fails(
            6,
            "incomplete",
            "the browser came back with `access_denied`",
        )
        .hints("you declined");
    world.api().never_saw("/token");
    world.api().saw_no_approval();
}

#[test]
fn a_wait_in_which_nobody_comes_ends_when_its_time_does() {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .args("--no-browser --timeout 1s -o json")
        .exits(6);
    outcome
        .says("no sign-in was completed within 1s")
        .hints("no browser opened the URL")
        .hints("`--timeout 10m`")
        .fails_in_json("incomplete");
    assert!(outcome.took >= Duration::from_secs(1), "{outcome}");
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

/// What works at a provider to which no sign-in is new enough for `max_age=0`.
#[test]
fn p4_a_provider_that_asks_over_and_over_is_told_of_with_what_works_there() {
    let world = World::with(&["session=never"]);
    let run = world.approve("4211").args("--timeout 1s -o json");
    let outcome = run.run_with("key");
    outcome
        .fails(6, "incomplete", "no sign-in was completed within 1s")
        .hints("if it asks you to sign in over and over, `max_age=0` is never met there");
    world.api().saw_no_approval();
    for works in [
        "prompt = \"login\"\nfresh_max_age = 60",
        "freshness = \"as-challenged\"",
    ] {
        let world = World::with(&["session=never"]);
        world.add_to_entry(works);
        world.approve("4211").run_with("key").exits(0);
        world.api().saw_one_approval("4211");
    }
}

/// Whoever opens the page and leaves it is waited for no longer than whoever never came.
#[test]
fn a_person_who_looks_and_goes_away_does_not_prolong_the_wait() {
    let world = World::new();
    let running = world
        .approve("4211")
        .args("--no-browser --timeout 1s")
        .start();
    let provider = browser::get(&running.start_url(), &[]).leads_to();
    assert_eq!(browser::get(&provider, &[]).status, 200);
    running.end().exits(6);
    world.api().saw_no_approval();
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_asked_of_the_api() {
    let world = World::new();
    let outcome = world.stepup("approve 4211 -o json").run_with("key");
    outcome
        .fails(2, "usage", "there is no terminal to ask on")
        .hints("--yes");
    assert_eq!(world.api().approval_requests(), 0);
    world.api().never_saw("/authorize");
    world.api().saw_no_approval();
}

/// Waits for the question of `approve`, and answers it.
fn answering(world: &World, key: &str) -> Outcome {
    let mut running = world.on_a_terminal("approve 4212").start();
    running.prints("approve task 4212?");
    running.types(key);
    running.end()
}

#[test]
fn a_person_who_says_no_or_only_presses_enter_approves_nothing() {
    let world = World::new();
    for key in ["n\r", "\r"] {
        let outcome = answering(&world, key);
        assert_eq!(outcome.code, Some(6), "{outcome}");
        outcome.prints("cancelled, not approved").prints("hint:");
    }
    assert_eq!(world.api().approval_requests(), 0);
    world.api().saw_no_approval();
}

#[test]
fn a_person_who_says_yes_at_the_prompt_approves() {
    let world = World::new();
    let outcome = answering(&world, "y\r");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    world.api().saw_one_approval("4212");
}

#[test]
fn ctrl_c_at_the_prompt_is_an_interruption() {
    let world = World::new();
    let outcome = answering(&world, "\u{3}");
    assert_eq!(outcome.code, Some(130), "{outcome}");
    let said = &outcome.stdout;
    assert_eq!(
        said.matches("interrupted, nothing was submitted").count(),
        1,
        "{said}"
    );
    assert!(said.contains("[y/N] \r\n"), "a row of its own: {said:?}");
    let (hidden, shown) = (said.rfind("\u{1b}[?25l"), said.rfind("\u{1b}[?25h"));
    assert!(shown >= hidden, "the cursor stays hidden: {said:?}");
    world.api().saw_no_approval();
}

#[test]
fn a_terminal_with_no_input_wanted_is_not_asked() {
    let world = World::new();
    let outcome = world.on_a_terminal("approve 4212 --no-input").start().end();
    assert_eq!(outcome.code, Some(2), "{outcome}");
    world.api().saw_no_approval();
}

#[test]
fn a_demanded_comment_is_asked_for_on_a_terminal() {
    let world = World::new();
    let words = "approve 4214 --yes --browser true";
    let mut running = world.on_a_terminal(words).start();
    running.prints("this step requires a comment");
    running.types("because\r");
    running.prints("q quit");
    running.types("q");
    running.ends(6);
    world.api().saw_no_approval();
}

#[test]
fn nothing_is_no_comment_and_is_asked_again() {
    let question = "this step requires a comment: ";
    let asked = |running: &Running, times: usize| {
        // Each is drawn again once it is answered.
        let drawn = 2 * times - 1;
        running.stdout(|shown| (shown.matches(question).count() == drawn).then_some(()));
    };
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4214 --yes").start();
    for times in 1..=3 {
        asked(&running, times);
        running.types("\r");
    }
    running.ends(7);
    world.api().saw_no_approval();

    let words = "approve 4214 --yes --browser true";
    let mut running = world.on_a_terminal(words).start();
    asked(&running, 1);
    running.types("\r");
    asked(&running, 2);
    running.types("because\r");
    running.prints("q quit");
    running.types("q");
    running.ends(6);
    world.api().saw_no_approval();
}

#[test]
fn ctrl_c_instead_of_a_comment_is_an_interruption() {
    let world = World::new();
    let mut running = world.on_a_terminal("approve 4214 --yes").start();
    running.prints("this step requires a comment");
    running.types("beca\u{3}");
    running.ends(130);
    world.api().saw_no_approval();
}

/// Whatever the reason, and before whatever helps.
#[test]
fn a_failed_approval_says_first_what_is_so_of_it() {
    let says_first = |switch: &[&str], factor: &str, code: i32| {
        let world = World::with(switch);
        let approve = world.approve("4211");
        let outcome = match factor {
            "nobody" => approve.args("--no-browser --timeout 1s").run(),
            factor => approve.run_with(factor),
        };
        let said = outcome.exits(code).stderr.as_str();
        let hint = said.split_once("stepup: hint: ").unwrap().1;
        let told = hint.starts_with("nothing was approved");
        let once = said.matches("nothing was approved").count() == 1;
        assert!(told && once, "{switch:?} {factor}: {outcome}");
        world.api().saw_no_approval();
    };
    says_first(&[], "password", 3);
    says_first(&[], "decline", 6);
    says_first(&[], "nobody", 6);
    says_first(&["api=500"], "key", 1);
    says_first(&["token=500"], "key", 1);
}

/// An approval that waits for its person.
fn waiting(world: &World) -> (Running, String) {
    let run = world.approve("4211").args("--no-browser -o json");
    let running = run.start();
    let url = running.start_url();
    running.says("waiting for you");
    assert_eq!(browser::get(&url, &[]).status, 302);
    (running, url)
}

#[test]
fn a_signal_while_waiting_ends_it_at_once() {
    let world = World::new();
    // HUP: the terminal is closed. The codes are those of shells and service managers.
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let (running, url) = waiting(&world);
        let sent = Instant::now();
        running.signal(signal);
        let outcome = running.end();
        // 100 ms are promised; the bound leaves room for a busy machine, and tells a wait from an answer.
        assert!(sent.elapsed() < Duration::from_secs(1), "{outcome}");
        outcome.fails(code, "interrupted", "interrupted, nothing was submitted");
        // Somebody else may have the port by now, but not with our page.
        let open = browser::try_get(&url).is_ok_and(|page| page.status == 302);
        assert!(!open, "the port is still open");
    }
    world.api().saw_no_approval();
}

#[test]
fn ctrl_c_while_a_slow_api_is_read_ends_it_at_once() {
    let world = World::with(&["slow_api_ms=5000"]);
    let running = world.approve("4211").args("-v").start();
    // Nothing is said before the API answers, so the handler is known to be there by the process table.
    wait_until_it_catches_signals(running.id());
    let sent = Instant::now();
    running.signal("INT");
    let outcome = running.end();
    assert!(sent.elapsed() < Duration::from_secs(1), "{outcome}");
    outcome.exits(130).says("nothing was submitted");
    world.api().saw_no_approval();
}

fn wait_until_it_catches_signals(id: u32) {
    for _ in 0..10_000 {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let caught = status
            .lines()
            .find_map(|line| line.strip_prefix("SigCgt:"))
            .unwrap();
        let caught = u64::from_str_radix(caught.trim(), 16).unwrap();
        if caught & (1 << 1) != 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("SIGINT is never caught");
}

/// An approval that is held on its way to the API, and what holds it; Ctrl-C came.
fn interrupted_while_submitting() -> (World, Running, Sender<()>) {
    let world = World::new();
    let proxy = Proxy::before(world.api_url(), "/action/approve");
    world.goes_through(&proxy.url);
    let running = world.approve("4212").start();
    let held = proxy.holds();
    running.signal("INT");
    running.says("waiting for the API's answer");
    (world, running, held)
}

/// While an approval is on its way the truth is waited for, and told.
#[test]
fn ctrl_c_while_submitting_waits_for_the_truth() {
    let (world, running, held) = interrupted_while_submitting();
    drop(held);
    running.end().exits(0).prints("approved task 4212");
    world.api().saw_one_approval("4212");
}

/// Who insists is told what is not known.
#[test]
fn ctrl_c_twice_while_submitting_ends_it_without_a_claim() {
    let (world, running, held) = interrupted_while_submitting();
    running.signal("INT");
    let outcome = running.end();
    outcome
        .exits(130)
        .says("it is unknown whether the approval of task 4212 went in");
    world.api().saw_no_approval();
    drop(held);
}
