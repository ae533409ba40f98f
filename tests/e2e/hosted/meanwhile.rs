//! An API that approves while it is only watched: whatever ends the run meanwhile, what it says of the task is true.

use crate::process::Outcome;
use crate::proxy::Proxy;
use crate::sandbox::hosted::Hosted;

const LEG: &str = "/action/approve-with-step-up";
const TASK: &str = "GET /api/v1/tasks/";

const UNAVAILABLE: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 28\r\n\r\n{\"code\":14,\"message\":\"down\"}";

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
