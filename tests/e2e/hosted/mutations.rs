//! The hosted ceremony behind a proxy that changes one member of the API's answers within what its description allows:
//! absent, null, empty, another id, or both members of which there should be one. Each has the right result or a
//! refusal that says why; what an approval rests on is never assumed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::{Map, Value, json};

use crate::process::Outcome;
use crate::sandbox::hosted::Hosted;

/// What is done to a member.
#[derive(Clone, Copy, Debug)]
enum How {
    Absent,
    Null,
    Empty,
    Other,
    /// The member beside it, too; of a oneof only one should be there.
    Both(&'static str),
}

use How::{Absent, Both, Empty, Null, Other};

/// An answer of the API: the end of its path, and whether it is leg 1, which carries no transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Leg1,
    Leg2,
    Task,
    Search,
    Provider,
    Introspection,
}

impl Answer {
    fn is(self, request: &str, body: &str) -> bool {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let leg_1 = body.contains(r#""stepUpTransactionId":"""#);
        match self {
            Self::Leg1 => path.ends_with("/approve-with-step-up") && leg_1,
            Self::Leg2 => path.ends_with("/approve-with-step-up") && !leg_1,
            Self::Task => request.starts_with("GET /api/v1/tasks/"),
            Self::Search => path.ends_with("/search/step-up/transactions"),
            Self::Provider => request.starts_with("GET /api/v1/step-up/providers/"),
            Self::Introspection => path.ends_with("/introspect"),
        }
    }
}

/// One change: where, what, and how.
#[derive(Clone, Copy, Debug)]
struct Mutation {
    answer: Answer,
    /// The path to the member; `*` is every row.
    member: &'static str,
    how: How,
}

impl Mutation {
    fn apply(&self, document: &mut Value) {
        let (place, member) = self.member.rsplit_once('/').unwrap();
        let mut places = vec![document];
        for part in place.split('/').filter(|part| !part.is_empty()) {
            places = places
                .into_iter()
                .flat_map(|place| match (part, place) {
                    ("*", Value::Array(rows)) => rows.iter_mut().collect::<Vec<_>>(),
                    (part, place) => place.get_mut(part).into_iter().collect(),
                })
                .collect();
        }
        for members in places.into_iter().filter_map(Value::as_object_mut) {
            self.change(members, member);
        }
    }

    fn change(&self, members: &mut Map<String, Value>, member: &str) {
        let Some(value) = members.get(member).cloned() else {
            return;
        };
        let empty = match &value {
            Value::Array(_) => json!([]),
            Value::Object(_) => json!({}),
            _ => json!(""),
        };
        let other = match &value {
            Value::String(text) if text.starts_with("http") => json!("https://other.example/x"),
            _ => json!("0123456789abcdefghijklmnopq"),
        };
        match self.how {
            Absent => drop(members.remove(member)),
            Null => drop(members.insert(member.to_owned(), Value::Null)),
            Empty => drop(members.insert(member.to_owned(), empty)),
            Other => drop(members.insert(member.to_owned(), other)),
            Both(beside) => {
                let beside_it = match beside {
                    "ticketActionId" => json!("0123456789abcdefghijklmnopq"),
                    "redirectUrl" => json!("https://other.example/x"),
                    _ => json!({}),
                };
                members.insert(beside.to_owned(), beside_it);
            }
        }
    }
}

/// What has to come of it.
#[derive(Clone, Copy, Debug)]
enum End {
    /// The approval is in, and the receipt leaves this to the API.
    Approved(&'static [&'static str]),
    /// Nothing is approved, with this exit code and these words.
    Refused(i32, &'static str),
    /// The approval is in, and what is wrong with it is told with this exit code and these words.
    Told(i32, &'static str),
}

use End::{Approved, Refused, Told};

const FITS: End = Approved(&[]);
const UNFIT: End = Refused(6, "the API shows no step-up that fits");
/// Nothing says that the person has finished.
const PENDING: End = Refused(6, "the step-up was not completed");
const WEAK: End = Refused(3, "authentication was not strong enough");
const UNDATED: End = Refused(3, "the API does not say when the sign-in happened");
const PERSON: End = Refused(5, "another person authenticated");

/// A member, ways to change it, and the end of each.
type Row = (&'static str, &'static [(How, End)]);

/// One end, in whatever way the member is not there.
const fn missing(end: End) -> [(How, End); 3] {
    [(Absent, end), (Null, end), (Empty, end)]
}

const EITHER_WAY: &[(How, End)] = &missing(FITS);

const LEG_1: &[Row] = &rows! {
    "/ticketActionId", EITHER_WAY;
    "/taskView", EITHER_WAY;
    "/expanded", EITHER_WAY;
    "/redirectUrl", &missing(Refused(1, "nor says where to authenticate"));
    "/redirectUrl", &[(Both("ticketActionId"), FITS)];
};

const LEG_2: &[Row] = &[
    // The task shows it, whatever the answer says.
    ("/ticketActionId", EITHER_WAY),
    ("/redirectUrl", EITHER_WAY),
    ("/taskView", EITHER_WAY),
    ("/ticketActionId", &[(Both("redirectUrl"), FITS)]),
];

const SEARCH: &[Row] = &rows! {
    "/nextPageToken", EITHER_WAY;
    "/list", &missing(PENDING);
    "/list/*/id", &missing(UNFIT);
    "/list/*/id", &[(Other, Refused(7, "the API"))];
    "/list/*/state", &missing(PENDING);
    "/list/*/userId", &missing(PERSON);
    "/list/*/userId", &[(Other, PERSON)];
    "/list/*/providerId", &missing(Approved(&["provider"]));
    "/list/*/providerId", &[(Other, Refused(5, "the step-up was done at another provider"))];
    "/list/*/approveTask", &missing(UNFIT);
    "/list/*/approveTask", &[(Both("test"), UNFIT)];
    "/list/*/approveTask/taskId", &missing(UNFIT);
    "/list/*/approveTask/taskId", &[(Other, UNFIT)];
    "/list/*/approveTask/policyStepId", &missing(Approved(&["target"]));
    "/list/*/approveTask/policyStepId", &[(Other, Refused(5, "the step-up transaction is for step `0123456789"))];
    "/list/*/createdAt", &missing(Approved(&["creation"]));
    "/list/*/expiresAt", &missing(Approved(&["expiry"]));
    "/list/*/updatedAt", EITHER_WAY;
    "/list/*/errorMessage", EITHER_WAY;
    "/list/*/test", &[(Absent, FITS)];
    "/list/*/claims", &missing(Approved(&["strength", "age"]));
    "/list/*/claims/acr", &[(Absent, Approved(&["strength"])), (Null, Approved(&["strength"])), (Empty, WEAK), (Other, WEAK)];
    "/list/*/claims/auth_time", &[(Absent, Approved(&["age"])), (Null, Approved(&["age"])), (Empty, UNDATED)];
};

const PROVIDER: &[Row] = &[
    ("/stepUpProvider", &missing(Approved(&["strength"]))),
    ("/stepUpProvider/displayName", EITHER_WAY),
    ("/stepUpProvider/issuerUrl", EITHER_WAY),
    ("/stepUpProvider/oauth2", &missing(Approved(&["strength"]))),
    ("/stepUpProvider/oauth2", &[(Both("microsoft"), FITS)]),
];

const TASK: &[Row] = &rows! {
    "/taskView/task/actions", EITHER_WAY;
    "/taskView/task/stepApproverIds", EITHER_WAY;
    "/taskView/task/numericId", &[(Other, Refused(5, "was asked for, and the API answered"))];
    "/taskView/task/id", &[(Absent, Refused(1, "without a task ID")), (Empty, Refused(1, "without a task ID"))];
    "/taskView/task/policy", &[(Null, Refused(7, "does not wait for an approval"))];
    "/taskView/task/policy/history", &missing(Told(8, "does not show it"));
    "/taskView/task/type", &missing(FITS);
    "/taskView/task/type/grant", &[(Null, FITS)];
};

const INTROSPECTION: &[Row] = &[
    ("/roles", EITHER_WAY),
    ("/tenantId", EITHER_WAY),
    ("/principleId", EITHER_WAY),
    ("/userId", &missing(Refused(1, "who we are"))),
];

/// Every row of a table, eight at a time, each against a sandbox of its own.
fn all(answer: Answer, rows: &[Row]) {
    let mutations: Vec<(Mutation, End)> = rows
        .iter()
        .flat_map(|(member, changes)| {
            changes.iter().map(|(how, end)| {
                let (member, how) = (*member, *how);
                (
                    Mutation {
                        answer,
                        member,
                        how,
                    },
                    *end,
                )
            })
        })
        .collect();
    for some in mutations.chunks(4) {
        thread::scope(|scope| {
            for (mutation, end) in some {
                scope.spawn(|| tried(*mutation, *end));
            }
        });
    }
}

#[track_caller]
fn tried(mutation: Mutation, end: End) {
    let hosted = Hosted::new(&[]);
    let url = between(hosted.0.api_url(), mutation);
    hosted.0.goes_through(&url);
    // What never comes is waited for to the end; what comes late on a busy machine comes all the same.
    let timeout = match end {
        Refused(6, _) => "--timeout 6s",
        Approved(_) | Refused(..) | Told(..) => "--timeout 60s",
    };
    let run = hosted.0.approve("4211").args("-m fine -o json");
    let outcome = run.args(timeout).run_with("key");
    let named = |what: &str| format!("{mutation:?}: {what}\n{outcome}");
    match end {
        Approved(left) => {
            assert_eq!(outcome.code, Some(0), "{}", named("is right"));
            let receipt = outcome.stdout_json();
            let left_to_the_api = &receipt["transaction"]["left_to_the_api"];
            assert_eq!(*left_to_the_api, json!(left), "{}", named("is told"));
            assert_eq!(receipt["approval"]["confirmed"], true, "{}", named("is in"));
            hosted.0.api().saw_one_approval("4211");
        }
        Refused(code, words) => {
            assert_eq!(outcome.code, Some(code), "{}", named("is refused"));
            assert!(says_why(&outcome, words), "{}", named(words));
            hosted.0.api().saw_no_approval();
        }
        Told(code, words) => {
            assert_eq!(outcome.code, Some(code), "{}", named("is told"));
            assert!(outcome.stderr.contains(words), "{}", named(words));
            hosted.0.api().saw_one_approval("4211");
        }
    }
}

/// One document with a sentence that holds these words, and what to do.
fn says_why(outcome: &Outcome, words: &str) -> bool {
    let document = outcome.stdout_json();
    let error = &document["error"];
    let message = error["message"].as_str().unwrap_or_default();
    let hints = error["hints"]
        .as_array()
        .is_some_and(|hints| !hints.is_empty());
    message.contains(words) && hints
}

#[test]
fn the_tables_hold_what_they_promise() {
    let tables = [LEG_1, LEG_2, SEARCH, PROVIDER, TASK, INTROSPECTION];
    let mut kinds = BTreeMap::new();
    for (_, changes) in tables.into_iter().flatten() {
        for (how, _) in *changes {
            let kind = format!("{how:?}").split('(').next().unwrap().to_owned();
            *kinds.entry(kind).or_insert(0_usize) += 1;
        }
    }
    assert!(kinds.values().sum::<usize>() >= 40, "{kinds:?}");
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[test]
fn answers_to_leg_1() {
    all(Answer::Leg1, LEG_1);
}

#[test]
fn answers_to_leg_2() {
    all(Answer::Leg2, LEG_2);
}

#[test]
fn transactions_that_are_found() {
    all(Answer::Search, SEARCH);
}

#[test]
fn the_provider_that_the_step_demands() {
    all(Answer::Provider, PROVIDER);
}

#[test]
fn the_task() {
    all(Answer::Task, TASK);
}

#[test]
fn whose_the_credential_is() {
    all(Answer::Introspection, INTROSPECTION);
}

/// The address of a proxy in front of the API that changes this, and nothing else.
fn between(upstream: &str, mutation: Mutation) -> String {
    let upstream = upstream.strip_prefix("http://").unwrap().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let upstream = upstream.clone();
            thread::spawn(move || serve(client, &upstream, mutation));
        }
    });
    url
}

/// One request, and its answer.
fn serve(mut client: TcpStream, upstream: &str, mutation: Mutation) -> Option<()> {
    let mut reader = BufReader::new(client.try_clone().ok()?);
    let (head, body) = message(&mut reader)?;
    let request = head.first()?.clone();
    let mut server = TcpStream::connect(upstream).ok()?;
    send(&mut server, &head, &body)?;
    let (head, mut answer) = message(&mut BufReader::new(server))?;
    if mutation
        .answer
        .is(&request, &String::from_utf8_lossy(&body))
        && let Ok(mut document) = serde_json::from_slice(&answer)
    {
        mutation.apply(&mut document);
        answer = document.to_string().into_bytes();
    }
    send(&mut client, &head, &answer)
}

/// The lines of a head without those that say how the body is framed, and the body.
fn message(reader: &mut impl BufRead) -> Option<(Vec<String>, Vec<u8>)> {
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(told) = lower.strip_prefix("content-length:") {
            length = told.trim().parse().ok()?;
        } else if !lower.starts_with("connection:") {
            head.push(line.to_owned());
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}

fn send(to: &mut TcpStream, head: &[String], body: &[u8]) -> Option<()> {
    let head = head.join("\r\n");
    let framed = format!(
        "{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    to.write_all(framed.as_bytes()).ok()?;
    to.write_all(body).ok()
}
