//! What a hostile page or program on this machine can send to the listener before the genuine callback.
//! Each probe is answered and forgotten (duties B2.12, B2.13), and then the genuine login still completes.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use url::Url;

use crate::browser;
use crate::world::World;

/// The listener of a run that waits, and the callback that will end the wait.
struct Target {
    host: String,
    genuine: Url,
    start_url: String,
    /// Connections that a probe leaves open.
    open: Vec<TcpStream>,
}

impl Target {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(15)))
            .unwrap();
        stream
    }

    /// Sends bytes as they are. The answer may be nothing at all.
    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // The listener may have hung up on us in the middle, which is an answer too.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// One request with this method, target and these header lines; the status that came.
    fn request(&self, method: &str, target: &str, headers: &str) -> u16 {
        status(&self.raw(format!("{method} {target} HTTP/1.1\r\n{headers}\r\n").as_bytes()))
    }

    /// A GET with the right Host.
    fn get(&self, target: &str) -> u16 {
        self.request("GET", target, &self.right_host())
    }

    fn right_host(&self) -> String {
        format!("Host: {}\r\n", self.host)
    }

    /// Path and query of the genuine callback.
    fn path_and_query(&self) -> String {
        format!("{}?{}", self.genuine.path(), self.genuine.query().unwrap())
    }

    /// The query of the genuine callback with another state, as somebody would forge it.
    fn forged(&self, state: &str) -> String {
        format!("{}?code=forged&state={state}", self.genuine.path())
    }

    fn state(&self) -> String {
        let state = self.genuine.query_pairs().find(|(name, _)| name == "state");
        state.unwrap().1.into_owned()
    }
}

fn status(answer: &str) -> u16 {
    let line = answer.lines().next().unwrap_or_default();
    line.split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0)
}

/// A run waits; the probe is sent; the genuine callback then ends in one approval.
fn holds(probe: impl FnOnce(&mut Target)) -> String {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let start_url = running.start_url();
    let (_, callback) = browser::sign_in(world.issuer(), &start_url);
    let genuine = Url::parse(&callback).unwrap();
    let mut target = Target {
        host: format!(
            "{}:{}",
            genuine.host_str().unwrap(),
            genuine.port().unwrap()
        ),
        genuine,
        start_url,
        open: Vec::new(),
    };
    probe(&mut target);
    world.api().saw_no_approval();

    let page = browser::get(&callback, &[]);
    assert_eq!(page.status, 303, "{page:?}");
    let done = target.genuine.join(&page.leads_to()).unwrap();
    assert_eq!(browser::get(done.as_str(), &[]).status, 200);
    let outcome = running.end();
    outcome.exits(0);
    world.api().saw_one_approval("4211");
    outcome.to_string()
}

/// A test that a probe of this name holds.
macro_rules! probe {
    ($name:ident, $probe:expr) => {
        #[test]
        fn $name() {
            holds($probe);
        }
    };
}

probe!(a_callback_with_a_wrong_state, |at| {
    assert_eq!(at.get(&at.forged("wrong")), 400);
});
probe!(a_state_that_differs_in_its_last_character, |at| {
    let mut state = at.state();
    let last = if state.pop() == Some('A') { 'B' } else { 'A' };
    state.push(last);
    assert_eq!(at.get(&at.forged(&state)), 400);
});
probe!(the_state_with_more_behind_it, |at| {
    assert_eq!(at.get(&at.forged(&format!("{}%00", at.state()))), 400);
});
probe!(an_empty_state, |at| assert_eq!(at.get(&at.forged("")), 400));
probe!(a_code_without_a_state, |at| {
    assert_eq!(at.get(&format!("{}?code=forged", at.genuine.path())), 400);
});
probe!(a_bare_error_without_a_state, |at| {
    assert_eq!(
        at.get(&format!("{}?error=access_denied", at.genuine.path())),
        400
    );
});
probe!(an_error_with_a_wrong_state, |at| {
    let error = format!("{}?error=access_denied&state=wrong", at.genuine.path());
    assert_eq!(at.get(&error), 400);
});
probe!(the_callback_path_with_nothing, |at| assert_eq!(
    at.get(at.genuine.path()),
    400
));
probe!(a_favicon, |at| assert_eq!(at.get("/favicon.ico"), 404));
probe!(the_root_leads_nowhere, |at| {
    let answer = at.raw(format!("GET / HTTP/1.1\r\n{}\r\n", at.right_host()).as_bytes());
    assert_eq!(status(&answer), 404);
    assert!(
        !answer.to_ascii_lowercase().contains("location:"),
        "{answer}"
    );
});
probe!(a_guessed_start_page, |at| assert_eq!(
    at.get("/start/AAAAAAAAAAAAAAAAAAAAAA"),
    404
));
probe!(a_guessed_result_page, |at| assert_eq!(
    at.get("/done/AAAAAAAAAAAAAAAAAAAAAA"),
    404
));
probe!(head_of_the_genuine_callback, |at| {
    assert_eq!(
        at.request("HEAD", &at.path_and_query(), &at.right_host()),
        405
    );
});
probe!(options_of_the_genuine_callback, |at| {
    assert_eq!(
        at.request("OPTIONS", &at.path_and_query(), &at.right_host()),
        405
    );
});
probe!(put_of_the_genuine_callback, |at| {
    assert_eq!(
        at.request("PUT", &at.path_and_query(), &at.right_host()),
        405
    );
});
probe!(post_of_the_genuine_callback_where_none_is_wanted, |at| {
    let body = at.genuine.query().unwrap();
    let headers = format!(
        "{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        at.right_host(),
        body.len()
    );
    let request = format!("POST {} HTTP/1.1\r\n{headers}\r\n{body}", at.genuine.path());
    assert_eq!(status(&at.raw(request.as_bytes())), 405);
});
probe!(a_foreign_host, |at| {
    assert_eq!(
        at.request("GET", &at.path_and_query(), "Host: evil.example\r\n"),
        400
    );
});
probe!(a_foreign_host_with_the_right_port, |at| {
    let host = format!("Host: evil.example:{}\r\n", at.genuine.port().unwrap());
    assert_eq!(at.request("GET", &at.path_and_query(), &host), 400);
});
probe!(localhost_where_127_0_0_1_is_meant, |at| {
    let host = format!("Host: localhost:{}\r\n", at.genuine.port().unwrap());
    assert_eq!(at.request("GET", &at.path_and_query(), &host), 400);
});
probe!(the_right_host_and_a_foreign_one, |at| {
    let hosts = format!("{}Host: evil.example\r\n", at.right_host());
    assert_eq!(at.request("GET", &at.path_and_query(), &hosts), 400);
});
probe!(no_host_at_all, |at| {
    assert_eq!(at.request("GET", &at.path_and_query(), ""), 400);
});
probe!(a_slash_behind_the_path, |at| {
    let target = format!("{}/?{}", at.genuine.path(), at.genuine.query().unwrap());
    assert_eq!(at.get(&target), 404);
});
probe!(the_path_in_another_case, |at| {
    let target = at.path_and_query().replace("/callback", "/Callback");
    assert_eq!(at.get(&target), 404);
});
probe!(the_path_percent_encoded, |at| {
    let target = at.path_and_query().replace("/callback", "/c%61llback");
    assert_eq!(at.get(&target), 404);
});
probe!(the_path_with_dots_in_it, |at| {
    assert_eq!(at.get(&format!("/start/..{}", at.path_and_query())), 404);
});
probe!(two_slashes_before_the_path, |at| {
    assert_eq!(at.get(&format!("/{}", at.path_and_query())), 404);
});
probe!(a_redirect_parameter_leads_nowhere, |at| {
    let target = format!(
        "{}?redirect_uri=http://evil.example&state=wrong",
        at.genuine.path()
    );
    let answer = at.raw(format!("GET {target} HTTP/1.1\r\n{}\r\n", at.right_host()).as_bytes());
    assert_eq!(status(&answer), 400);
    assert!(!answer.contains("evil.example"), "{answer}");
});
probe!(markup_in_an_error_is_not_reflected, |at| {
    let target = format!("{}?error=%3Cscript%3E&state=wrong", at.genuine.path());
    let answer = at.raw(format!("GET {target} HTTP/1.1\r\n{}\r\n", at.right_host()).as_bytes());
    assert!(!answer.contains("<script"), "{answer}");
});
probe!(a_pipelined_second_request_is_not_served, |at| {
    let second = format!(
        "GET {} HTTP/1.1\r\n{}\r\n",
        at.path_and_query(),
        at.right_host()
    );
    let both = format!("GET /stray HTTP/1.1\r\n{}\r\n{second}", at.right_host());
    let answer = at.raw(both.as_bytes());
    assert_eq!(answer.matches("HTTP/1.").count(), 1, "{answer}");
});
probe!(a_target_beyond_measure, |at| {
    assert_eq!(at.get(&format!("/{}", "x".repeat(20_000))), 414);
});
probe!(headers_beyond_measure, |at| {
    let headers = format!("{}X: {}\r\n", at.right_host(), "x".repeat(1_000_000));
    assert!(matches!(at.request("GET", "/", &headers), 0 | 431));
});
probe!(a_body_beyond_measure, |at| {
    let headers = format!("{}Content-Length: 99999999999\r\n", at.right_host());
    let code = at.request("POST", at.genuine.path(), &headers);
    assert!(matches!(code, 0 | 400 | 405 | 411 | 413), "{code}");
});
probe!(noise_that_is_not_http, |at| {
    at.raw(&[0xff, 0x00, 0x1b, 0x5b, 0x0a].repeat(500));
});
probe!(a_request_without_a_version, |at| {
    at.raw(format!("GET {}\r\n\r\n", at.path_and_query()).as_bytes());
});
probe!(three_idle_connections, |at| at.open =
    (0..3).map(|_| at.connect()).collect());
probe!(fifty_idle_connections_at_once, |at| at.open =
    (0..50).map(|_| at.connect()).collect());
probe!(half_a_request, |at| {
    let mut stream = at.connect();
    stream.write_all(b"GET /callback/sand").unwrap();
    at.open.push(stream);
});
probe!(a_connection_that_is_reset, |at| drop(at.connect()));
probe!(a_thousand_strays, |at| {
    for number in 0..1000 {
        assert_eq!(at.get(&format!("/stray/{number}")), 404);
    }
});
probe!(two_tabs_on_the_start_page, |at| {
    // Whoever opens it again is sent to the same provider, for a sign-in of its own.
    let again = browser::get(&at.start_url, &[]).leads_to();
    assert!(
        again.contains("state=") && !again.contains(&at.state()),
        "{again}"
    );
});

#[test]
fn a_tls_client_hello_is_explained_in_the_terminal() {
    let said = holds(|at| {
        at.raw(b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03");
    });
    assert!(said.contains("https"), "{said}");
}

#[test]
fn a_callback_in_single_bytes_is_as_good_as_any() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let (_, callback) = browser::sign_in(world.issuer(), &running.start_url());
    let genuine = Url::parse(&callback).unwrap();
    let host = format!("127.0.0.1:{}", genuine.port().unwrap());
    let mut stream = TcpStream::connect(&host).unwrap();
    stream.set_nodelay(true).unwrap();
    let target = format!("{}?{}", genuine.path(), genuine.query().unwrap());
    let cookies = browser::cookies(&callback);
    let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n\r\n");
    for byte in head.bytes() {
        stream.write_all(&[byte]).unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), 303, "{answer}");
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_tab_that_finishes_first_makes_the_other_one_late() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let start_url = running.start_url();
    let (_, late) = browser::sign_in(world.issuer(), &start_url);
    let (_, first) = browser::sign_in(world.issuer(), &start_url);
    assert_eq!(browser::get(&first, &[]).status, 303);
    // The listener may be gone by now, which refuses as well.
    if let Ok(page) = browser::try_get(&late) {
        assert_eq!(page.status, 409, "{page:?}");
    }
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}
