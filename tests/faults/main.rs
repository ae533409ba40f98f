//! Every request of an approval goes wrong once in every way, and `stepup` is killed and interrupted at
//! each. Afterwards the task is untouched or approved exactly once, what was said is true, nothing
//! listens any more, and the next run tells the truth too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test may stop where it stands"
)]

mod lane;
mod proxy;
mod traces;

use std::thread;

use lane::{Lane, Lanes};
use proxy::{Fault, Step};
use stepup_harness::{LIMIT, Outcome};
use traces::{leaves_a_listener, schema};

/// The API approved, the task shows it, and the receipt says so.
const APPROVED: i32 = 0;
const FAILED: i32 = 1;
/// Nobody finished signing in.
const INCOMPLETE: i32 = 6;
/// The API said no; here: somebody settled the task already, namely we.
const REFUSED: i32 = 7;
const INTERRUPTED: i32 = 130;

#[test]
fn an_undisturbed_approval_takes_every_step_once() {
    let lanes = Lanes::shared();
    let mut lane = lanes.borrow();
    let task = lane.fresh_task();
    let outcome = lane.approve(task, None).end();
    outcome_is(&lane, task, &outcome, APPROVED, "undisturbed");
    let mut seen: Vec<String> = Vec::new();
    seen.extend(
        lane.proxy
            .seen()
            .iter()
            .map(|seen| format!("{:?}", seen.step)),
    );
    let mut all = Step::ALL.map(|step| format!("{step:?}")).to_vec();
    // Some go side by side.
    seen.sort();
    all.sort();
    assert_eq!(seen, all);
}

#[test]
fn a_request_that_never_arrives_approves_nothing_unless_it_can_be_done_without() {
    at_every_step(|step| spoiled(step, Fault::CutBefore, without_arriving));
}

#[test]
fn a_request_that_is_swallowed_in_silence_is_given_up_in_time() {
    at_every_step(|step| spoiled(step, Fault::HeldBefore, without_arriving));
}

#[test]
fn an_answer_that_breaks_off_in_its_header_is_no_answer() {
    at_every_step(|step| spoiled(step, Fault::CutInHeader, without_an_answer));
}

#[test]
fn an_answer_that_breaks_off_in_its_body_is_no_answer() {
    at_every_step(|step| spoiled(step, Fault::CutInBody, without_an_answer));
}

#[test]
fn a_connection_closed_instead_of_an_answer_leaves_the_truth_in_the_task() {
    at_every_step(|step| spoiled(step, Fault::CutAfter, without_an_answer));
}

#[test]
fn an_answer_that_never_comes_is_given_up_in_time() {
    at_every_step(|step| spoiled(step, Fault::HeldAfter, without_an_answer));
}

#[test]
fn http_500_after_it_was_done_leaves_the_truth_in_the_task() {
    at_every_step(|step| spoiled(step, Fault::Failure, without_an_answer));
}

#[test]
fn a_second_of_latency_changes_nothing() {
    at_every_step(|step| spoiled(step, Fault::Late, |_, _| APPROVED));
}

#[test]
fn killed_while_a_request_is_on_its_way_the_next_run_finishes() {
    at_every_step(|step| killed(step, Fault::HeldBefore, step == Step::Reread));
}

#[test]
fn killed_while_an_answer_is_on_its_way_the_next_run_finishes_or_finds_it_done() {
    let done = |step| matches!(step, Step::SecondLeg | Step::Reread);
    at_every_step(|step| killed(step, Fault::HeldAfter, done(step)));
}

#[test]
fn interrupted_before_anything_is_submitted_it_ends_at_once_and_says_so() {
    at_every_step(|step| {
        if matches!(step, Step::FirstLeg | Step::SecondLeg | Step::Reread) {
            return;
        }
        let lanes = Lanes::shared();
        let mut lane = lanes.borrow();
        let task = lane.fresh_task();
        let running = lane.approve(task, Some((step, Fault::HeldBefore)));
        assert!(lane.proxy.holds(LIMIT), "{step:?} never came");
        running.signal("INT");
        let outcome = running.end();
        assert!(
            outcome
                .stderr
                .contains("interrupted, nothing was submitted"),
            "{outcome}"
        );
        outcome_is(&lane, task, &outcome, INTERRUPTED, step);
        the_next_run_tells_the_truth(&lane, task, step);
    });
}

#[test]
fn interrupted_while_submitting_it_waits_for_the_truth() {
    for (step, fault, code) in [
        (Step::FirstLeg, Fault::HeldBefore, INTERRUPTED),
        (Step::FirstLeg, Fault::HeldAfter, INTERRUPTED),
        (Step::SecondLeg, Fault::HeldBefore, APPROVED),
        (Step::SecondLeg, Fault::HeldAfter, APPROVED),
    ] {
        let lanes = Lanes::shared();
        let mut lane = lanes.borrow();
        let task = lane.fresh_task();
        let running = lane.approve(task, Some((step, fault)));
        assert!(lane.proxy.holds(LIMIT), "{step:?} never came");
        running.signal("INT");
        running.stderr_line(|line| line.contains("waiting for the API's answer").then_some(()));
        lane.proxy.release();
        let outcome = running.end();
        if code == INTERRUPTED {
            assert!(
                outcome
                    .stderr
                    .contains("interrupted, nothing was submitted"),
                "{outcome}"
            );
        }
        outcome_is(&lane, task, &outcome, code, step);
        the_next_run_tells_the_truth(&lane, task, step);
    }
}

#[test]
fn interrupted_once_the_api_accepted_it_ends_at_once_and_says_so() {
    let lanes = Lanes::shared();
    let mut lane = lanes.borrow();
    let task = lane.fresh_task();
    let running = lane.approve(task, Some((Step::Reread, Fault::HeldBefore)));
    assert!(lane.proxy.holds(LIMIT));
    running.signal("INT");
    let outcome = running.end();
    let accepted = format!("interrupted after the API accepted the approval of task {task}");
    assert!(outcome.stderr.contains(&accepted), "{outcome}");
    assert_eq!(outcome.code, Some(INTERRUPTED), "{outcome}");
    assert_eq!(lane.approvals(task), 1, "{outcome}");
    lane.proxy.drop_held();
    the_next_run_tells_the_truth(&lane, task, Step::Reread);
}

#[test]
fn interrupted_twice_while_submitting_it_says_that_it_does_not_know() {
    for (fault, approvals) in [(Fault::HeldBefore, 0), (Fault::HeldAfter, 1)] {
        let lanes = Lanes::shared();
        let mut lane = lanes.borrow();
        let task = lane.fresh_task();
        let running = lane.approve(task, Some((Step::SecondLeg, fault)));
        assert!(lane.proxy.holds(LIMIT));
        running.signal("INT");
        running.stderr_line(|line| line.contains("waiting for the API's answer").then_some(()));
        running.signal("INT");
        let outcome = running.end();
        assert!(
            outcome.stderr.contains(&format!(
                "it is unknown whether the approval of task {task} went in"
            )),
            "{outcome}"
        );
        assert_eq!(outcome.code, Some(INTERRUPTED), "{outcome}");
        assert_eq!(lane.approvals(task), approvals, "{outcome}");
        lane.proxy.drop_held();
        the_next_run_tells_the_truth(&lane, task, fault);
    }
}

/// What a run ends with if this request comes to nothing.
fn without_arriving(step: Step, fault: Fault) -> i32 {
    match step {
        Step::SecondLeg => FAILED,
        other => without_an_answer(other, fault),
    }
}

/// What a run ends with if this request does its work and its answer is lost.
fn without_an_answer(step: Step, fault: Fault) -> i32 {
    match step {
        // What the API did not answer is read again; what took all the time there was is not.
        Step::Introspect | Step::Task | Step::Approver | Step::Recheck => match fault {
            Fault::HeldBefore | Fault::HeldAfter => FAILED,
            _ => APPROVED,
        },
        // After the first leg the task was read again, and waits for us as before.
        Step::Discovery | Step::FirstLeg | Step::Token => FAILED,
        Step::Authorize => INCOMPLETE,
        // What the ids stand for is left out; keys and task are asked for again. After the second leg
        // the task was read again, and is approved.
        Step::Names | Step::Keys | Step::SecondLeg | Step::Reread => APPROVED,
    }
}

/// The story for each step, side by side: they mostly wait.
fn at_every_step(story: impl Fn(Step) + Sync) {
    let story = &story;
    thread::scope(|scope| {
        for step in Step::ALL {
            scope.spawn(move || story(step));
        }
    });
}

fn spoiled(step: Step, fault: Fault, ends: fn(Step, Fault) -> i32) {
    let code = ends(step, fault);
    let lanes = Lanes::shared();
    let mut lane = lanes.borrow();
    let task = lane.fresh_task();
    // Only what never comes has to be given up, and only then is little time good; what comes has to be in time on
    // a slow machine too.
    let flags = match fault {
        _ if code == INCOMPLETE => "--timeout 1s",
        Fault::HeldBefore | Fault::HeldAfter => "--http-timeout 5s",
        _ => "",
    };
    let outcome = lane.approve_with(flags, task, Some((step, fault))).end();
    outcome_is(&lane, task, &outcome, code, (step, fault));
    the_next_run_tells_the_truth(&lane, task, (step, fault));
}

fn killed(step: Step, fault: Fault, done: bool) {
    let lanes = Lanes::shared();
    let mut lane = lanes.borrow();
    let task = lane.fresh_task();
    let running = lane.approve(task, Some((step, fault)));
    assert!(lane.proxy.holds(LIMIT), "{step:?} never came");
    running.signal("KILL");
    let outcome = running.end();
    assert_eq!(outcome.code, None, "{step:?}: {outcome}");
    assert_eq!(outcome.stdout, "", "{step:?}");
    assert_eq!(
        lane.approvals(task),
        usize::from(done),
        "{step:?}: {outcome}"
    );
    assert!(!leaves_a_listener(&outcome), "{step:?}: {outcome}");
    the_next_run_tells_the_truth(&lane, task, (step, fault));
}

/// The code is this one, what was said is true, and nothing was sent twice.
#[track_caller]
fn outcome_is(lane: &Lane, task: u64, outcome: &Outcome, code: i32, when: impl std::fmt::Debug) {
    assert_eq!(outcome.code, Some(code), "{when:?}: {outcome}");
    let approvals = lane.approvals(task);
    assert_eq!(
        approvals,
        usize::from(code == APPROVED),
        "{when:?}: {outcome}"
    );
    let expected = if code == APPROVED {
        "stepup.receipt/2"
    } else {
        "stepup.error/1"
    };
    assert_eq!(schema(outcome), expected, "{when:?}: {outcome}");
    let mut sent = lane.approvals_sent();
    let all = sent.len();
    sent.sort();
    sent.dedup();
    assert_eq!(sent.len(), all, "{when:?}: an approval was sent twice");
    assert!(!leaves_a_listener(outcome), "{when:?}: {outcome}");
}

/// Without a fault: it succeeds, or says that the task is settled. In the end there is one approval.
#[track_caller]
fn the_next_run_tells_the_truth(lane: &Lane, task: u64, when: impl std::fmt::Debug) {
    let before = lane.approvals(task);
    let outcome = lane.approve(task, None).end();
    let code = if before == 0 { APPROVED } else { REFUSED };
    assert_eq!(
        outcome.code,
        Some(code),
        "next run after {when:?}: {outcome}"
    );
    assert!(
        code == APPROVED || outcome.stderr.contains("is closed"),
        "{outcome}"
    );
    assert_eq!(
        lane.approvals(task),
        1,
        "next run after {when:?}: {outcome}"
    );
}
