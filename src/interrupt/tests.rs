//! What a run that panics says, in a process of its own: the hook is the process's.

use std::env;
use std::io::{self, Write};
use std::process::Output;
use std::sync::Arc;
use std::thread;

use super::*;
use crate::adapters::terminal::OutputOptions;
use crate::arbitrary::rows;
use crate::environment::{child, variable};

/// Says to the test below that it is the process that panics, and how.
const CASE: &str = "STEPUP_TEST_PANIC";

/// What the run was doing, in a process of its own, when it panicked.
#[test]
fn a_process_that_panics() {
    let Some(case) = variable(CASE) else {
        return;
    };
    end_at_panics();
    assert_ne!(case, "early", "s3cret");
    let interrupt = Interrupt::install(Arc::new(Terminal::new(OutputOptions::default()))).unwrap();
    interrupt.before_exit(|| writeln!(io::stderr(), "cleaned up").unwrap());
    match case.as_str() {
        "free" => {}
        "batch" => interrupt.so_far(
            "1 of 3 was approved".to_owned(),
            Some("stepup approve 4212 4213".to_owned()),
        ),
        "last" => interrupt.so_far("3 of 3 were approved".to_owned(), None),
        "signing in" => {
            interrupt.nothing_means("nothing was changed");
        }
        "submitting" => interrupt.submitting(UnderWay::APPROVAL.on("4211")),
        "commenting" => interrupt.submitting(UnderWay::COMMENT.on("4211")),
        "kept" => {
            interrupt.keeps(|| Some("it is kept"));
            interrupt.submitting(UnderWay::APPROVAL.on("4211"));
        }
        "not kept" => interrupt.keeps(|| unreachable!("nothing was sent")),
        "approved" => interrupt.went_in("4211"),
        "answered" => interrupt.answered(),
        "settled" => interrupt.settle(7),
        "locked" => {
            let _held = interrupt.phase();
            panic!("s3cret");
        }
        other => unreachable!("{other}"),
    }
    let lost = thread::spawn(|| -> () { panic!("s3cret") });
    // Whether it can unwind or not, nobody gets to see that a thread panicked.
    let _ = lost.join();
    writeln!(io::stderr(), "went on").unwrap();
}

fn panics(case: &str) -> (Option<i32>, String) {
    let test = "interrupt::tests::a_process_that_panics";
    let Output { status, stderr, .. } = child(env::current_exe().unwrap().to_str().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(CASE, case)
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_panic_ends_the_run_with_what_is_true() {
    let cases = "
        free       | , nothing was submitted | run the same command again
        batch      | , nothing was submitted; before that 1 of 3 was approved | `stepup approve 4212 4213`
        last       | , nothing was submitted; before that 3 of 3 were approved | run the same command again
        signing in | , nothing was changed | run the same command again
        submitting | while submitting, it is unknown whether the approval of task 4211 went in | `stepup task show 4211` before you run it again
        commenting | while submitting, it is unknown whether the comment on task 4211 went in | `stepup task show 4211 --audit` before
        kept       | while submitting, it is unknown whether the approval of task 4211 went in | it is kept
        not kept   | , nothing was submitted | run the same command again
        approved   | after the API accepted the approval of task 4211 | look at it with `stepup task show 4211`
        answered   | after the request was answered | what was printed is not all of the answer";
    for [case, truth, hint] in rows(cases) {
        let (ended, said) = panics(case);
        assert_eq!(ended, Some(1), "{case}: {said}");
        let sentence = format!("stepup: error: stopped by a bug in stepup (at {}:", file!());
        assert!(said.starts_with(&sentence), "{case}: {said}");
        let (_, told) = said.lines().next().unwrap().rsplit_once(')').unwrap();
        assert_eq!(told.trim_start(), truth, "{case}: {said}");
        assert!(said.contains(hint), "{case}: {said}");
        assert!(said.ends_with("cleaned up\n"), "{case}: {said}");
        assert!(
            !said.contains("s3cret") && !said.contains("went on"),
            "{case}: {said}"
        );
    }
}

#[test]
fn what_was_reported_stands() {
    assert_eq!(panics("settled"), (Some(7), "cleaned up\n".to_owned()));
}

#[test]
fn whoever_holds_a_lock_it_ends() {
    for (case, truth) in [
        ("early", ", nothing was submitted\n"),
        (
            "locked",
            ", and it is unknown whether anything was submitted\n",
        ),
    ] {
        let (code, said) = panics(case);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.starts_with("stepup: error: stopped by a bug in stepup (at "),
            "{said}"
        );
        assert!(said.ends_with(truth) && !said.contains("s3cret"), "{said}");
    }
}
