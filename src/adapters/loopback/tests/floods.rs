//! Many, slow, endless and silent peers. The genuine callback must not notice them.

use std::io::{Read as _, Write as _};
use std::iter;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::World;
use super::browser::{SOON, genuine};

/// "No delay": far below every timeout of the listener, far above a busy machine's hiccups.
const NO_DELAY: Duration = Duration::from_secs(3);

#[test]
fn a_thousand_strays_are_answered_and_forgotten() {
    let world = World::new();
    for number in 0..1000 {
        let target = match number % 4 {
            0 => "/favicon.ico".to_owned(),
            1 => format!("/callback/okta?code=C&state={number}"),
            2 => "/callback/okta?error=access_denied".to_owned(),
            _ => "/".to_owned(),
        };
        assert!(matches!(world.get(&target).status, 400 | 404));
    }
    world.an_error_without_state_was_told_once();
    world.the_genuine_callback_still_works();
}

#[test]
fn idle_connections_first_delay_nobody() {
    for idle in [3, 50, 150] {
        let world = World::new();
        let mut crowd: Vec<TcpStream> = (0..idle).map(|_| world.connect()).collect();
        let started = Instant::now();
        world.the_genuine_callback_still_works();
        assert!(
            started.elapsed() < NO_DELAY,
            "{idle} idle: {:?}",
            started.elapsed()
        );
        if idle == 150 {
            // The number is bounded: who came first and said nothing was shown out.
            assert!(!matches!(crowd[0].read(&mut [0]), Ok(1..)));
            assert!(started.elapsed() < NO_DELAY);
        }
        drop(crowd);
    }
}

#[test]
fn half_sent_requests_and_half_closed_connections_delay_nobody() {
    let world = World::new();
    let mut crowd = Vec::new();
    for _ in 0..35 {
        let mut slow = world.connect();
        slow.write_all(b"GET /callback/okta?code=").unwrap();
        let mut posting = world.connect();
        posting
            .write_all(b"POST / HTTP/1.1\r\nContent-Length: 60000\r\n\r\nabc")
            .unwrap();
        let half = world.connect();
        half.shutdown(Shutdown::Write).unwrap();
        let deaf = world.connect();
        deaf.shutdown(Shutdown::Read).unwrap();
        crowd.extend([slow, posting, half, deaf]);
    }
    let started = Instant::now();
    world.the_genuine_callback_still_works();
    assert!(started.elapsed() < NO_DELAY, "{:?}", started.elapsed());
}

#[test]
fn a_crowd_that_comes_while_the_browser_is_held_does_not_push_it_out() {
    let world = World::new();
    let done = world
        .get(&genuine("code=C"))
        .header("Location")
        .unwrap()
        .to_owned();
    let mut browser = world.connect();
    write!(
        browser,
        "GET {done} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
        world.port
    )
    .unwrap();
    while world.waiting.router.held() == 0 {
        thread::yield_now();
    }
    let crowd: Vec<TcpStream> = (0..150).map(|_| world.connect()).collect();
    assert_eq!(world.get("/").status, 404, "the crowd is in");
    world.waiting.part(&super::browser::success()).end();
    let mut page = String::new();
    browser.read_to_string(&mut page).unwrap();
    assert!(page.contains("Approved"));
    drop(crowd);
}

#[test]
fn endless_heads_and_targets_are_cut_off() {
    let world = World::new();
    let line = [b'a'; 1000];
    for (start, status, between) in [
        (&b"GET /"[..], 414, &b""[..]),
        (b"GET / HTTP/1.1\r\nX: ", 431, b""),
        (b"GET / HTTP/1.1\r\n", 431, b"\r\nX-Another: "),
    ] {
        let mut stream = world.connect();
        let mut sent = 0;
        stream.write_all(start).unwrap();
        // Far more than a bounded listener takes in, far less than an unbounded one would.
        while sent < 64 << 20 && stream.write_all(&[&line, between].concat()).is_ok() {
            sent += line.len();
        }
        assert!(sent < 32 << 20, "{sent} bytes were taken");
        if let Some(reply) = super::Reply::read(&mut stream) {
            assert_eq!(reply.status, status);
        }
    }
    world.too_many_cookies_were_told_once();
    world.the_genuine_callback_still_works();
}

#[test]
fn what_is_just_within_the_bounds_is_read_and_what_is_just_over_them_gets_its_status() {
    let world = World::new();
    let path = "/nothing?";
    let target = |length: usize| format!("{path}{}", "a".repeat(length - path.len()));
    let bound = 16 * 1024;
    assert_eq!(world.get(&target(bound)).status, 404);
    assert_eq!(world.get(&target(bound + 1)).status, 414);
    let bound = 64 * 1024;
    assert_eq!(world.post_form("/", &"a".repeat(bound)).status, 404);
    assert_eq!(world.post_form("/", &"a".repeat(bound + 1)).status, 413);
    // The head without its empty line.
    let rest = format!(
        "GET / HTTP/1.1\r\nHost: {}:{}\r\nX: ",
        world.host, world.port
    );
    let header = |length: usize| format!("X: {}\r\n", "a".repeat(length - rest.len()));
    assert_eq!(world.request("GET", "/", &header(bound)).status, 404);
    assert_eq!(world.request("GET", "/", &header(bound + 1)).status, 431);
    world.too_many_cookies_were_told_once();
    world.the_genuine_callback_still_works();
}

/// Ends a flood, also when the callback failed: a scope waits for its threads.
struct Flood<'a>(&'a AtomicBool);

impl Drop for Flood<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_flood_from_many_threads_does_not_lose_the_callback() {
    let world = World::new();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _flood = Flood(&stop);
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", world.port)) {
                        let _ =
                            stream.write_all(b"GET /callback/okta?code=X&state=wrong HTTP/1.1\r\n");
                    }
                }
            });
        }
        let started = Instant::now();
        // Where 128 others came while the head was on its way, it is closed; browsers ask again then.
        let answered = iter::repeat_with(|| world.send(&world.head("GET", &genuine("code=C"), "")))
            .take_while(|_| started.elapsed() < SOON)
            .find_map(|reply| reply);
        assert_eq!(answered.unwrap().status, 303);
        assert_eq!(world.callback().code.as_deref(), Some("C"));
        assert!(started.elapsed() < SOON);
    });
}

/// Runs the next test in a process that may open few files.
#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test of our own as a child")]
fn running_out_of_files_does_not_end_the_wait() {
    let inner = "adapters::loopback::tests::floods::with_few_files_the_callback_gets_through";
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 60 && exec \"$0\" --exact --ignored \"$1\""])
        .arg(std::env::current_exe().unwrap())
        .arg(inner)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

#[test]
#[ignore = "run by the test above, with few files"]
fn with_few_files_the_callback_gets_through() {
    let world = World::new();
    let mut crowd = Vec::new();
    // Both ends are in this process, so both run out together; the backlog stays full.
    while let Ok(stream) = TcpStream::connect(("127.0.0.1", world.port)) {
        crowd.push(stream);
        assert!(crowd.len() < 1000, "the limit is not in force");
    }
    crowd.truncate(crowd.len() - 5);
    world.the_genuine_callback_still_works();
}
