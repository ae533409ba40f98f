//! An API that approves while it is only watched: whatever ends the run meanwhile, what it says of the task is true.

use crate::process::{Outcome, person};
use crate::proxy::Proxy;
use crate::sandbox::hosted::Hosted;

const LEG: &str = "/action/approve-with-step-up";
const TASK: &str = "GET /api/v1/tasks/";
const SEARCH: &str = "/search/step-up/";

const UNAVAILABLE: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 28\r\n\r\n{\"code\":14,\"message\":\"down\"}";
const BROKEN: &str = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 30\r\n\r\n{\"code\":13,\"message\":\"broken\"}";
const REVOKED: &str = "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 31\r\n\r\n{\"code\":16,\"message\":\"revoked\"}";

/// The transaction is not listed, so that the task alone tells, which is not read for some seconds.
const UNSEEN: [&str; 2] = ["finish=server", "transactions=never"];

/// An API that has this answer to `words` once so many legs were sent.
fn answering(
    switches: &[&str],
    legs: usize,
    words: &'static [&'static str],
    answer: &'static str,
) -> Hosted {
    let hosted = Hosted::new(switches);
    let proxy = Proxy::answering(hosted.0.api_url(), (LEG, legs), words, answer);
    hosted.0.goes_through(&proxy.url);
    hosted
}

fn approved(hosted: &Hosted) {
    hosted.0.api().wait_for(|line| line.approved.is_some());
    hosted.0.api().saw_one_approval("4211");
}

#[track_caller]
fn is_unknown(outcome: &Outcome) {
    outcome
        .says("it is unknown whether ")
        .hints("look with `stepup task show 4211` before you run it again")
        .does_not_say("nothing was approved")
        .does_not_say("nothing was submitted");
}

#[test]
fn c1_8_4_a_refused_leg_2_is_no_refusal_where_the_task_cannot_be_read() {
    let hosted = answering(&["finish=browser"], 2, &[TASK], UNAVAILABLE);
    let outcome = hosted.0.approve("4211").args("-m fine").run_with("key");
    outcome.exits(1).hints("`stepup receipt verify`");
    is_unknown(&outcome);
    approved(&hosted);
    let listed = hosted.0.stepup("receipt list -o json").exits(0);
    let receipt = listed.stdout_json()["receipts"][0]["receipt"].clone();
    assert_eq!(receipt["outcome"], "unknown");
    assert_eq!(receipt["proof"]["acr"], "phr");
}

#[test]
fn several_with_one_that_nobody_knows_of_are_counted_so() {
    let hosted = answering(&["finish=browser"], 2, &[TASK], UNAVAILABLE);
    let run = hosted.0.stepup("approve 4211 4213 --yes -m fine");
    let outcome = run.run_with("key");
    outcome.exits(1).says("none of 2 approved, 1 unknown");
    approved(&hosted);
}

#[test]
fn a_credential_that_is_taken_back_meanwhile() {
    let hosted = answering(&["finish=server"], 1, &[TASK, SEARCH], REVOKED);
    let outcome = hosted.0.approve("4211").args("-m fine").run_with("key");
    outcome.exits(4).hints("stepup login");
    is_unknown(&outcome);
    approved(&hosted);
}

#[test]
fn a_task_that_cannot_be_read_after_the_sign_in() {
    let hosted = answering(&["finish=server"], 1, &[TASK], BROKEN);
    let outcome = hosted.0.approve("4211").args("-m fine").run_with("key");
    outcome.exits(1);
    is_unknown(&outcome);
    approved(&hosted);
}

#[test]
fn who_quits_after_the_browser_has_finished_is_told_that_it_is_approved() {
    let hosted = Hosted::new(&UNSEEN);
    let browser = shell_words::quote(&person("key")).into_owned();
    let words = format!("approve --yes -m fine 4211 --browser {browser}");
    let mut running = hosted.0.on_a_terminal(&words).start();
    approved(&hosted);
    running.types("q");
    running.prints("the browser finished the approval of task 4211");
    let outcome = running.ends(7);
    let shown: Vec<&str> = outcome.stdout.split_whitespace().collect();
    let shown = shown.join(" ");
    assert!(shown.contains("`stepup task show 4211 --audit`"), "{shown}");
    assert!(!shown.contains("nothing was"), "{shown}");
    approved(&hosted);
}

#[test]
fn who_quits_before_that_is_told_that_the_browser_may_still_finish() {
    let hosted = Hosted::new(&["finish=server"]);
    let words = "approve --yes -m fine 4211 --no-browser";
    let mut running = hosted.0.on_a_terminal(words).start();
    running.prints("q quit");
    running.types("q");
    let outcome = running.ends(6);
    let shown: Vec<&str> = outcome.stdout.split_whitespace().collect();
    let shown = shown.join(" ");
    assert!(shown.contains("nothing was submitted with it"), "{shown}");
    let still = "whoever finishes the sign-in in that browser may still approve the task";
    assert!(shown.contains(still), "{shown}");
    hosted.0.api().saw_no_approval();
}

#[test]
fn who_interrupts_it_is_told_that_the_browser_may_have_finished() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let hosted = Hosted::new(&UNSEEN);
        let run = hosted.0.approve("4211").args("-m fine");
        let running = run.signing_in_with("key").start();
        approved(&hosted);
        running.signal(signal);
        running
            .end()
            .exits(code)
            .says("the browser may have finished the approval of the task")
            .hints("look with `stepup task show 4211`")
            .does_not_say("nothing was submitted")
            .does_not_say("approves nothing");
        approved(&hosted);
    }
}
