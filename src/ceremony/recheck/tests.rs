//! What is read once more, and what the reading ends with.

use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::adapters::bearer::Bearer;
use crate::adapters::credentials::Secret;
use crate::adapters::http::Http;
use crate::adapters::http::scripted::answering;
use crate::domain::statement::Action;
use crate::domain::task::{PolicyStep, SettledStep};
use crate::error::ErrorKind;

fn shown() -> Task {
    Task {
        id: "t".repeat(27),
        current: Some(PolicyStep {
            id: "s".into(),
            ..PolicyStep::default()
        }),
        ..Task::default()
    }
}

fn recheck(base: &str) -> Recheck {
    let bearer = Bearer::fixed(Secret::new("bearer-of-the-recheck"));
    let http = Http::new(Duration::from_secs(20));
    let api = AccessApi::new(http, Url::parse(base).unwrap(), bearer);
    Recheck::of(&api, &shown(), "s", Action::Approve)
}

fn task(id: &str) -> (u16, Value) {
    (200, json!({"taskView": {"task": {"id": id.repeat(27)}}}))
}

/// Only an answer that makes no sense is read once more; another task is a reason to stop and look.
#[test]
fn what_cannot_be_read_is_read_once_more() {
    let unreadable = || (200, json!({"taskView": {}}));
    let cases = [
        (vec![task("t")], Ok(()), 1),
        (vec![unreadable(), task("t")], Ok(()), 2),
        (
            vec![unreadable(), unreadable(), task("t")],
            Err(ErrorKind::Failed),
            2,
        ),
        (vec![unreadable(), task("u")], Err(ErrorKind::Untrusted), 2),
        (vec![task("u"), task("t")], Err(ErrorKind::Untrusted), 1),
        (vec![(403, json!({})), task("t")], Err(ErrorKind::Failed), 1),
        (vec![(404, json!({})), task("t")], Err(ErrorKind::Failed), 1),
        (vec![(500, json!({})), task("t")], Err(ErrorKind::Failed), 1),
    ];
    for (answers, wanted, reads) in cases {
        let (read, came) = answering(&answers, |base| recheck(base).read());
        let read = read.map(drop).map_err(|error| error.kind());
        assert_eq!((read, came), (wanted, reads), "{answers:?}");
    }
}

/// How the step ended says more than that the task has another step now.
#[test]
fn a_step_that_was_settled_is_told_as_that() {
    let compare = |settled: &str| {
        let now = Task {
            current: None,
            history: vec![SettledStep {
                id: settled.into(),
                outcome: "denied".into(),
                ..SettledStep::default()
            }],
            ..shown()
        };
        recheck("https://api.example").compare(&now).unwrap_err()
    };
    for (settled, words) in [
        (
            "s",
            "the step was denied in the meantime, not by this command",
        ),
        ("another", "is not what was shown any more: step was `s`"),
    ] {
        let error = compare(settled);
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert!(error.to_string().contains(words), "{error}");
    }
}
