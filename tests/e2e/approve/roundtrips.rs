//! What goes over the wire, in which order, over which connections. The person waits for these and for
//! nothing else.

use std::collections::BTreeSet;

use crate::process::Run;
use crate::world::{Line, World};

/// The log of one approval, split where the person comes back. A person is slower than the built-in one,
/// who could be back before the keys are. An API whose ceremony is known, as it is from the second time on.
fn before_and_after() -> (Vec<Line>, Vec<Line>) {
    split(&World::new(), |run| (run, || {}))
}

/// Such a log of an approval that is run so, with what happens just before the person signs in.
pub(crate) fn split<H: FnOnce()>(
    world: &World,
    how: impl FnOnce(Run) -> (Run, H),
) -> (Vec<Line>, Vec<Line>) {
    let run = world.approve("4211").args("--ceremony local -v");
    let (run, happens) = how(run.args("--no-browser"));
    let running = run.start();
    let start_url = running.start_url();
    running.says("/jwks -> 200");
    happens();
    world.sign_in(&start_url, "key").exits(0);
    running.end().exits(0);
    let mut log = world.api().log();
    let back = log.iter().rposition(of_the_person).unwrap() + 1;
    let after = log.split_off(back);
    world.api().saw_one_approval("4211");
    (log, after)
}

pub(crate) const READ: &str = "api GET /api/v1/tasks/*";
pub(crate) const APPROVE: &str = "api POST /api/v1/tasks/*/action/approve-with-step-up";

#[test]
fn after_the_person_is_back_there_are_token_approve_and_re_read_only() {
    let (_, after) = before_and_after();
    let mut after: Vec<String> = after.iter().map(Line::what).collect();
    // Side by side: either is there first.
    after[..2].sort();
    let expected = [READ, "provider POST /token", APPROVE, READ];
    assert_eq!(after, expected);
}

#[test]
fn discovery_and_keys_are_fetched_once_and_before_the_person_is_back() {
    let (before, _) = before_and_after();
    let mut before: Vec<String> = before.iter().map(Line::what).collect();
    before.sort();
    let expected = [
        "api GET /api/v1/auth/introspect",
        "api GET /api/v1/tasks/4211",
        "api GET /api/v1/users/*",
        "api POST /api/v1/search/tasks",
        APPROVE,
        "provider GET /.well-known/openid-configuration",
        "provider GET /authorize",
        "provider GET /jwks",
        "provider POST /sign-in",
    ];
    assert_eq!(before, expected);
}

#[test]
fn what_comes_after_the_person_goes_over_connections_that_are_open_already() {
    let (before, after) = before_and_after();
    for line in &after {
        let warm = before
            .iter()
            .filter(|earlier| !of_the_person(earlier))
            .any(|earlier| earlier.server == line.server && earlier.connection == line.connection);
        assert!(line.connection.is_some() && warm, "{line:?}\n{before:#?}");
    }
}

#[test]
fn two_connections_to_the_api_and_one_to_the_provider_are_enough() {
    let (before, after) = before_and_after();
    let connections = |server: &str| {
        before
            .iter()
            .chain(&after)
            .filter(|line| line.server == server)
            .filter(|line| !of_the_person(line))
            .map(|line| line.connection)
            .collect::<BTreeSet<_>>()
            .len()
    };
    assert!(connections("api") <= 2, "{}", connections("api"));
    assert_eq!(connections("provider"), 1);
}

#[test]
fn a_plain_approval_is_six_round_trips() {
    let world = World::new();
    world.approve("4212").exits(0);
    assert_eq!(world.api().log().len(), 6, "{:#?}", world.api().log());
    world.api().saw_one_approval("4212");
}

/// Until it is known which ceremony an API has, what the other one would need is asked for, too.
#[test]
fn a_new_api_costs_two_more_reads_once() {
    let world = World::new();
    let asked = |task: &str| {
        let before = world.api().log().len();
        let run = world.approve(task).args("-m reason");
        run.run_with("key").exits(0);
        let log = world.api().log().split_off(before);
        let extra = log.iter().filter(|line| line.path.contains("/step-up/"));
        extra.map(Line::what).collect::<BTreeSet<_>>()
    };
    let both = [
        "api GET /api/v1/step-up/providers/*",
        "api POST /api/v1/search/step-up/transactions",
    ];
    assert_eq!(asked("4211"), both.map(str::to_owned).into());
    assert_eq!(asked("4213"), BTreeSet::new());
}

pub(crate) const TOKEN: &str = "provider POST /token";
pub(crate) const USERINFO: &str = "provider GET /userinfo";
const SEARCH: &str = "api POST /api/v1/search/step-up/transactions";
const AUDIT: &str = "api POST /api/v1/task/audits";

/// What follows the person's answer, in order. The task is read beside the token exchange: neither waits for the
/// other, and it stands first here.
///
/// | case | round trips, one after the other |
/// | --- | --- |
/// | the ID token has the address | token beside the task, approve, re-read |
/// | the address is at UserInfo | token beside the task, UserInfo, approve, re-read |
/// | nonces for DPoP proofs | token beside the task, token again, approve, approve again, re-read |
/// | backchannel | the poll that is answered, the task, approve, re-read |
/// | each of several | as alone, after a reading of the task before its ceremony |
/// | hosted | the transaction, the task, approve, re-read, audit |
#[test]
fn the_table_of_round_trips_after_the_person_is_back() {
    let local = |switches: &[&str], lines: &str| {
        let world = World::with(switches);
        world.add_to_entry(lines);
        let (_, after) = split(&world, |run| (run, || {}));
        task_first(after.iter().map(Line::what).collect())
    };
    assert_eq!(local(&[], ""), [READ, TOKEN, APPROVE, READ]);
    assert_eq!(
        local(&["email=userinfo"], ""),
        [READ, TOKEN, USERINFO, APPROVE, READ]
    );
    assert_eq!(
        local(&["dpop=nonce", "api_dpop=nonce"], "dpop = true\n"),
        [READ, TOKEN, TOKEN, APPROVE, APPROVE, READ]
    );
    assert_eq!(backchannel(), [TOKEN, READ, APPROVE, READ]);
    assert_eq!(hosted(), [SEARCH, READ, APPROVE, READ, AUDIT]);
    let alone = [READ, TOKEN, APPROVE, READ];
    assert_eq!(second_of_several(), alone);
}

/// The first reading of the task, brought to the front.
fn task_first(mut after: Vec<String>) -> Vec<String> {
    let task = after.iter().position(|what| what == READ).unwrap();
    assert!(task <= 2, "{after:?}");
    after[..=task].rotate_right(1);
    after
}

fn backchannel() -> Vec<String> {
    let world = crate::backchannel::ceremony::world(&[]);
    crate::backchannel::ceremony::approved(&world, "key").exits(0);
    let log = world.api().log();
    let answered = log.iter().rposition(|line| line.what() == TOKEN).unwrap();
    log[answered..].iter().map(Line::what).collect()
}

/// Polls that found nothing yet are the wait, not what follows it.
fn hosted() -> Vec<String> {
    let world = World::with(&["ceremony=hosted"]);
    world.approve("4211").run_with("key").exits(0);
    let log = world.api().log();
    let found = log.iter().rposition(|line| line.what() == SEARCH).unwrap();
    log[found..].iter().map(Line::what).collect()
}

fn second_of_several() -> Vec<String> {
    let world = World::new();
    let run = world.stepup("approve 4213 4211 --ceremony local --yes");
    run.run_with("key").exits(0);
    after_the_person(&world)
}

/// What follows the last request of a person, the task in front. Without what is asked for beside all that: a person
/// may be back before it.
pub(crate) fn after_the_person(world: &World) -> Vec<String> {
    let log = world.api().log();
    let back = log.iter().rposition(of_the_person).unwrap() + 1;
    let after = log[back..].iter().filter(|line| !line.beside());
    task_first(after.map(Line::what).collect())
}

/// Metadata, keys and people are there from the task before.
#[test]
fn a_further_task_of_several_costs_no_more_than_its_own_requests() {
    let world = World::new();
    let run = world.stepup("approve 4211 4213 --ceremony local --yes");
    run.run_with("key").exits(0);
    let log = world.api().log();
    let first = log.iter().position(|line| line.what() == TOKEN).unwrap();
    let approved = |line: &Line| line.what() == APPROVE;
    // The challenge and the approval of the first, and its re-reading, end what is the first one's.
    let last = first + log[first..].iter().position(approved).unwrap() + 2;
    let of_the_second = log[last..].iter().filter(|line| !of_the_person(line));
    let mut of_the_second: Vec<String> = of_the_second.map(Line::what).collect();
    assert!(of_the_second.len() >= 4, "{log:#?}");
    of_the_second[2..4].sort();
    let expected = [READ, APPROVE, READ, TOKEN, APPROVE, READ];
    assert_eq!(of_the_second, expected);
}

/// Requests to the API and to the provider by the tool, and those of the person's browser.
fn counted(tasks: &str) -> [usize; 3] {
    let world = World::new();
    let run = world.stepup(&format!("approve {tasks} -m reason --ceremony local --yes"));
    run.run_with("key").exits(0);
    let log = world.api().log();
    let count = |counts: &dyn Fn(&&Line) -> bool| log.iter().filter(counts).count();
    let by_tool = |line: &Line, server| line.server == server && !of_the_person(line);
    [
        count(&|line| by_tool(line, "api")),
        count(&|line| by_tool(line, "provider")),
        count(&|line| of_the_person(line)),
    ]
}

/// | | API | provider | browser |
/// | --- | --- | --- | --- |
/// | once a run | who I am, other people, what the ids stand for | metadata, keys | |
/// | each task | shown, challenge, re-read, approval, re-read | token | page, sign-in |
/// | each of several | read again before its ceremony | | |
/// | each provider of several | what it requires | | |
#[test]
fn the_number_of_requests_of_one_task_and_of_three() {
    assert_eq!(counted("4214"), [3 + 5, 2 + 1, 2]);
    assert_eq!(counted("4211 4213 4214"), [3 + 3 * 6 + 2, 2 + 3, 3 * 2]);
}

#[test]
fn a_test_of_a_provider_fetches_nothing_twice() {
    let world = World::new();
    let run = world.stepup("provider test sandbox");
    run.run_with("key").exits(0);
    let log = world.api().log();
    let mut asked: Vec<String> = log.iter().map(Line::what).collect();
    asked.sort();
    let expected = [
        "api GET /api/v1/auth/introspect",
        "api GET /api/v1/users/*",
        "provider GET /.well-known/openid-configuration",
        "provider GET /authorize",
        "provider GET /jwks",
        "provider POST /sign-in",
        TOKEN,
    ];
    assert_eq!(asked, expected);
}

fn of_the_person(line: &Line) -> bool {
    ["/authorize", "/sign-in"].contains(&line.path.as_str())
}
