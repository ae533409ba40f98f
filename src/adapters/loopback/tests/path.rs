//! The path of an honest browser, and what it sees.

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use super::super::{
    Loopback, LoopbackError, LoopbackEvent, LoopbackHost, RedirectTarget, Repeated, ResultPage,
    Waiting,
};
use super::World;
use super::browser::{PROVIDER, SOON, STATE, genuine, success, target};

const NAVIGATE: &str = "Sec-Fetch-Mode: navigate\r\n";

#[test]
fn an_honest_browser_goes_from_start_to_the_result() {
    let world = World::new();
    let start = world.get(&world.start);
    assert_eq!(
        (start.status, start.header("Location")),
        (302, Some(PROVIDER))
    );
    assert!(matches!(
        world.waiting.next(SOON),
        Some(LoopbackEvent::Opened)
    ));

    let reply = world.get(&genuine(
        "code=C%2B1+2&iss=https%3A%2F%2Fidp.example&session_state=x",
    ));
    let done = reply.header("Location").unwrap().to_owned();
    assert_eq!(reply.status, 303);
    assert!(done.starts_with("/done/") && !done.contains('?'), "{done}");

    let parameters = world.callback();
    assert_eq!(parameters.code.as_deref(), Some("C+1 2"));
    assert_eq!(parameters.iss.as_deref(), Some("https://idp.example"));
    assert_eq!(parameters.state, STATE);
    assert_eq!(
        (parameters.error, parameters.error_description),
        (None, None)
    );

    let port = world.port;
    let page = held(world, &done, |waiting| waiting.part(&success()).end());
    assert!(page.contains("Approved"));
    assert!(is_closed(port, &done), "B2.6");
}

#[test]
fn the_result_page_is_held_until_the_outcome_is_known() {
    let world = World::new();
    let done = done(&world);
    let World { waiting, port, .. } = world;
    let failure = failure("needed phr, got pwd", &["use a security key"]);
    thread::scope(|scope| {
        let tabs: Vec<_> = (0..2).map(|_| scope.spawn(|| get(port, &done))).collect();
        // Both tabs are in, and neither has an answer.
        while waiting.router.held() < 2 {
            thread::yield_now();
        }
        assert!(tabs.iter().all(|tab| !tab.is_finished()));
        waiting.part(&failure).end();
        for tab in tabs {
            let page = tab.join().unwrap();
            assert!(
                page.contains("Not approved") && page.contains("Use a security key."),
                "{page}"
            );
        }
    });
}

#[test]
fn a_reload_of_the_result_shows_it_again_while_a_real_browser_is_there() {
    let world = World::new();
    let done = world.request("GET", &genuine("code=C"), NAVIGATE);
    let done = done.header("Location").unwrap().to_owned();
    let World { waiting, port, .. } = world;
    let parting = waiting.part(&success());
    assert!(parting.is_at(&[1, port]) && !parting.is_at(&[1]) && !parting.is_at(&[]));
    for _ in 0..3 {
        assert!(get(port, &done).contains("Approved"));
    }
    parting.end();
    assert!(is_closed(port, &done));
}

#[test]
fn a_browser_that_is_gone_holds_nobody_up() {
    let world = World::new();
    world.request("GET", &genuine("code=C"), NAVIGATE);
    let parting = world.waiting.part(&success());
    let started = Instant::now();
    parting.end();
    // Less than the two seconds that it would have had in the background.
    assert!(started.elapsed() < Duration::from_millis(1900));
}

#[test]
fn a_client_that_does_not_follow_the_redirect_holds_nobody_up() {
    let world = World::new();
    world.the_genuine_callback_still_works();
    let started = Instant::now();
    world.waiting.part(&success()).end();
    assert!(started.elapsed() < SOON);
}

#[test]
fn without_a_callback_finishing_closes_at_once() {
    let World {
        waiting,
        port,
        start,
        ..
    } = World::new();
    waiting.part(&success()).end();
    assert!(is_closed(port, &start));
}

#[test]
fn a_wait_that_is_given_up_tells_the_browser_so() {
    let world = World::new();
    let done = done(&world);
    let page = held(world, &done, drop);
    assert!(page.contains("stopped before there was a result"));
}

#[test]
fn b2_14_every_answer_is_strict_and_echoes_nothing() {
    let world = World::new();
    let targets = [
        world.start.clone(),
        "/nothing/NEEDLE".into(),
        "/callback/okta?state=NEEDLE&code=NEEDLE&error=%3Cscript%3ENEEDLE".into(),
        genuine("error=NEEDLE"),
        genuine("code=NEEDLE"),
    ];
    for target in targets {
        let reply = world.get(&target);
        assert_eq!(reply.header("Cache-Control"), Some("no-store"), "{target}");
        assert_eq!(reply.header("Referrer-Policy"), Some("no-referrer"));
        assert_eq!(reply.header("X-Content-Type-Options"), Some("nosniff"));
        assert!(
            reply
                .header("Content-Security-Policy")
                .unwrap()
                .starts_with("default-src 'none'; ")
        );
        assert!(
            !format!("{}{}", reply.head, reply.body).contains("NEEDLE"),
            "{}",
            reply.body
        );
    }
}

#[test]
fn form_post_is_taken_as_a_form_and_only_as_one() {
    let (world, form) = with_a_form();
    let get = world.get(&genuine("code=C"));
    assert_eq!((get.status, get.header("Allow")), (405, Some("POST")));
    let json = "Content-Type: application/json\r\nContent-Length: 0\r\n";
    assert_eq!(world.request("POST", "/callback/okta", json).status, 415);
    assert_eq!(
        world.post_form(&genuine("code=C"), "code=C").status,
        400,
        "state in the query"
    );
    world.nothing_was_heard();
    assert_eq!(world.post_form("/callback/okta", &form).status, 303);
    assert_eq!(world.callback().code.as_deref(), Some("C"));
}

#[test]
fn a_form_is_known_by_its_media_type_and_ends_where_it_says() {
    let (world, form) = with_a_form();
    // What comes behind belongs to no form.
    let request = format!(
        "POST /callback/okta HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nContent-Type: Application/X-WWW-Form-URLencoded; \
         charset=UTF-8\r\nContent-Length: {}\r\n\r\n{form}&code=D",
        world.port,
        form.len()
    );
    assert_eq!(world.send(request.as_bytes()).unwrap().status, 303);
    assert_eq!(world.callback().code.as_deref(), Some("C"));
}

#[test]
fn a_hostile_form_is_no_answer_and_leaves_the_attempt_open() {
    let (world, form) = with_a_form();
    let typed = |kind: &str| {
        let length = form.len();
        let head = format!("Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{form}");
        world.request("POST", "/callback/okta", &head).status
    };
    assert_eq!(typed("multipart/form-data; boundary=x"), 415);
    assert_eq!(typed("text/plain"), 415);
    assert_eq!(typed("application/x-www-form-urlencoded-not"), 415);
    let large = format!("{form}&x={}", "x".repeat(1 << 20));
    let bodies = [(400, "code=C&state=another".to_owned()), (413, large)];
    for (status, body) in bodies {
        let reply = world.post_form("/callback/okta", &body);
        assert_eq!(reply.status, status, "{}", reply.head);
    }
    world.nothing_was_heard();
    assert_eq!(world.post_form("/callback/okta", &form).status, 303);
    assert_eq!(world.post_form("/callback/okta", &form).status, 409);
    assert_eq!(world.callback().code.as_deref(), Some("C"));
}

#[test]
fn a_browser_is_seen_where_a_person_goes_and_nowhere_else() {
    let start = |world: &World| world.start.clone();
    let callback = |_: &World| genuine("code=C");
    let ways: [fn(&World) -> String; 3] = [start, callback, done];
    for way in ways {
        for (mode, seen) in [("navigate", true), ("no-cors", false)] {
            let world = World::new();
            let target = way(&world);
            assert!(!world.waiting.router.saw_browser());
            let mode = format!("Sec-Fetch-Mode: {mode}\r\n");
            let World {
                waiting,
                port,
                host,
                ..
            } = world;
            thread::scope(|scope| {
                let head = format!("GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\n{mode}\r\n");
                let page = scope.spawn(move || sent(port, &head));
                // Only the result page is held, until somebody says what it is.
                if target.starts_with("/done/") {
                    while waiting.router.held() == 0 {
                        thread::yield_now();
                    }
                    waiting.router.publish(&success());
                }
                page.join().unwrap();
                assert_eq!(waiting.router.saw_browser(), seen, "{target}");
            });
        }
    }
}

#[test]
fn a_result_page_shows_no_secret() {
    let world = World::new();
    let done = done(&world);
    crate::adapters::hidden::hide("a-secret-of-the-result-page");
    let failure = failure("the API says: a-secret-of-the-result-page", &[]);
    let page = held(world, &done, |waiting| waiting.part(&failure).end());
    assert!(page.contains("The API says: (hidden)."), "{page}");
}

#[test]
fn an_error_response_is_delivered_as_it_is() {
    let world = World::new();
    let query = "error=access_denied&error_description=%3Cscript%3E%1B%5B31m&code=";
    assert_eq!(world.get(&genuine(query)).status, 303);
    let parameters = world.callback();
    assert_eq!(parameters.error.as_deref(), Some("access_denied"));
    assert_eq!(
        parameters.error_description.as_deref(),
        Some("<script>\u{1b}[31m")
    );
    assert_eq!(parameters.code, None, "an empty parameter is an absent one");
}

#[test]
fn b4_6_a_repeated_parameter_ends_the_wait_as_untrusted() {
    for (query, name) in [
        ("code=A&code=B", "code"),
        ("state=wrong&code=A", "state"),
        ("st%61te=wrong&code=A", "state"),
        ("iss=a&iss=a&code=A", "iss"),
        ("error=a&error=", "error"),
        ("error=a&error=a", "error"),
        (
            "error=a&error_description=b&error_description=c",
            "error_description",
        ),
        (
            "code=a&error_description=&error_description=",
            "error_description",
        ),
    ] {
        let world = World::new();
        assert_eq!(world.get(&genuine(query)).status, 303);
        let event = world.waiting.next(SOON);
        assert!(
            matches!(event, Some(LoopbackEvent::Repeated(Repeated(n))) if n == name),
            "{query}: {event:?}"
        );
    }
}

#[test]
fn b2_5_localhost_is_one_port_on_both_families() {
    let target = RedirectTarget {
        host: LoopbackHost::Localhost,
        ..target()
    };
    let world = World::with(&target);
    assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, world.port)).is_ok());
    // Where the machine has IPv6 at all.
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        assert!(std::net::TcpStream::connect((Ipv6Addr::LOCALHOST, world.port)).is_ok());
    }
    let other_name = format!(
        "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
        world.start, world.port
    );
    assert_eq!(world.send(other_name.as_bytes()).unwrap().status, 400);
    // RFC 9110 §4.2.3.
    let shouted = format!("GET / HTTP/1.1\r\nHost: LocalHost:{}\r\n\r\n", world.port);
    assert_eq!(world.send(shouted.as_bytes()).unwrap().status, 404);
    world.the_genuine_callback_still_works();
}

#[test]
fn b2_4_nothing_listens_beyond_loopback() {
    for host in [LoopbackHost::V4, LoopbackHost::Localhost] {
        let loopback = Loopback::bind(&RedirectTarget { host, ..target() }).unwrap();
        assert!(
            loopback
                .listeners
                .iter()
                .all(|door| door.local_addr().unwrap().ip().is_loopback())
        );
    }
}

#[test]
fn listed_ports_are_tried_in_order_and_all_named_when_none_is_free() {
    let taken: Vec<_> = (0..2)
        .map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap())
        .collect();
    let mut ports: Vec<u16> = taken
        .iter()
        .map(|door| door.local_addr().unwrap().port())
        .collect();
    let error = Loopback::bind(&RedirectTarget {
        ports: ports.clone(),
        ..target()
    })
    .err()
    .unwrap();
    assert!(matches!(error, LoopbackError::NoPortFree(_)));
    let expected = format!(
        "no redirect port is free: {} (in use), {} (in use)",
        ports[0], ports[1]
    );
    assert_eq!(error.to_string(), expected);

    // Zero is any free port, so this does not depend on which other ones are.
    ports.push(0);
    Loopback::bind(&RedirectTarget { ports, ..target() }).unwrap();
}

#[test]
fn debug_output_holds_no_secret() {
    let world = World::new();
    world.get(&genuine("code=the-code"));
    let shown = format!("{:?}", world.waiting.next(SOON));
    assert!(
        !shown.contains("the-code") && !shown.contains(STATE),
        "{shown}"
    );
}

/// A world in which the answer is posted, and the genuine one.
fn with_a_form() -> (World, String) {
    let world = World::with(&RedirectTarget {
        form_post: true,
        ..target()
    });
    (world, format!("code=C&state={STATE}"))
}

fn failure(reason: &str, next_steps: &[&str]) -> ResultPage {
    ResultPage::Failure {
        heading: "Not approved".into(),
        about: String::new(),
        reason: reason.into(),
        next_steps: next_steps.iter().map(ToString::to_string).collect(),
    }
}

/// Where the genuine callback is sent on to.
fn done(world: &World) -> String {
    let reply = world.get(&genuine("code=C"));
    reply.header("Location").unwrap().to_owned()
}

/// The result page, which is held until the wait ends like this.
fn held(world: World, done: &str, end: impl FnOnce(Waiting)) -> String {
    let World { waiting, port, .. } = world;
    thread::scope(|scope| {
        let page = scope.spawn(|| get(port, done));
        while waiting.router.held() == 0 {
            thread::yield_now();
        }
        end(waiting);
        page.join().unwrap()
    })
}

fn get(port: u16, target: &str) -> String {
    asked_for(port, target).unwrap()
}

fn asked_for(port: u16, target: &str) -> Option<String> {
    let request = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    sent(port, &request)
}

/// What these bytes are answered with, if somebody is there.
fn sent(port: u16, request: &str) -> Option<String> {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
    let _ = stream.write_all(request.as_bytes());
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    Some(text)
}

/// Nobody there knows our pages. (Another test may have been given the port by now.)
fn is_closed(port: u16, target: &str) -> bool {
    let answer = asked_for(port, target);
    answer.is_none_or(|text| text.is_empty() || text.starts_with("HTTP/1.0 404"))
}
