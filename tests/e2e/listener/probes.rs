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
fn holds(probe: impl FnOnce(&Target)) -> String {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let start_url = running.start_url();
    let (_, callback) = browser::sign_in(world.issuer(), &start_url);
    let genuine = Url::parse(&callback).unwrap();
    let target = Target {
        host: format!(
            "{}:{}",
            genuine.host_str().unwrap(),
            genuine.port().unwrap()
        ),
        genuine,
        start_url,
    };
    probe(&target);
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

#[test]
fn b2_12_only_a_get_of_the_exact_path_counts() {
    holds(|at| {
        let genuine = at.path_and_query();
        for target in [
            "/favicon.ico".to_owned(),
            "/start/AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            "/done/AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            genuine.replace('?', "/?"),
            genuine.replace("/callback", "/Callback"),
            genuine.replace("/callback", "/c%61llback"),
            genuine.replace("/callback/", "/callback%2F"),
            genuine.replace("sandbox?", "entra?"),
            genuine.replace('?', "#?"),
            genuine.replace('?', ";x?"),
            format!("/callback/..{genuine}"),
            format!("/start/..{genuine}"),
            format!("/{genuine}"),
            format!("http://127.0.0.1{genuine}"),
        ] {
            assert_eq!(at.get(&target), 404, "{target}");
        }
        let root = at.raw(format!("GET / HTTP/1.1\r\n{}\r\n", at.right_host()).as_bytes());
        assert_eq!(status(&root), 404);
        assert!(!root.to_ascii_lowercase().contains("location:"), "{root}");
        let start = Url::parse(&at.start_url).unwrap().path().to_owned();
        for method in "HEAD OPTIONS PUT DELETE TRACE PATCH get PROPFIND".split(' ') {
            for target in [&genuine, &start] {
                let status = at.request(method, target, &at.right_host());
                assert_eq!(status, 405, "{method} {target}");
            }
        }
        let body = at.genuine.query().unwrap();
        let headers = format!(
            "{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            at.right_host(),
            body.len()
        );
        let post = format!("POST {} HTTP/1.1\r\n{headers}\r\n{body}", at.genuine.path());
        assert_eq!(status(&at.raw(post.as_bytes())), 405);
    });
}

#[test]
fn b2_12_another_host_is_refused() {
    holds(|at| {
        let port = at.genuine.port().unwrap();
        for host in [
            "Host: evil.example\r\n".to_owned(),
            format!("Host: evil.example:{port}\r\n"),
            format!("Host: localhost:{port}\r\n"),
            format!("{}Host: evil.example\r\n", at.right_host()),
            "Host: 127.0.0.1\r\n".to_owned(),
            format!("Host: 127.0.0.1:{port}.evil.example\r\n"),
            at.right_host().replace("Host:", "Host :"),
            at.right_host().replace("Host:", "X-Forwarded-Host:"),
            String::new(),
        ] {
            let status = at.request("GET", &at.path_and_query(), &host);
            assert_eq!(status, 400, "{host}");
        }
    });
}

#[test]
fn b2_13_what_does_not_carry_the_state_is_no_answer() {
    holds(|at| {
        let mut last = at.state();
        let other = if last.pop() == Some('A') { 'B' } else { 'A' };
        last.push(other);
        let longer = format!("{}%00", at.state());
        let path = at.genuine.path();
        for target in [
            at.forged("wrong"),
            at.forged(&last),
            at.forged(&longer),
            at.forged(""),
            format!("{path}?code=forged"),
            format!("{path}?error=access_denied"),
            format!("{path}?error=access_denied&state=wrong"),
            path.to_owned(),
            format!("{path}?code=a&code=b&state=wrong&state=wrong"),
            format!("{path}?code=forged&State={}", at.state()),
            format!("{path}?code=forged&state=%20{}", at.state()),
            format!("{path}?code=forged;state={}", at.state()),
            format!("{path}?code=forged%26state={}", at.state()),
            format!("{path}?code=%FF%FE&state={}%FF", at.state()),
            // Neither leads anywhere, nor is it repeated.
            format!("{path}?redirect_uri=http://evil.example&state=wrong"),
            format!("{path}?error=%3Cscript%3E&state=wrong"),
        ] {
            let request = format!("GET {target} HTTP/1.1\r\n{}\r\n", at.right_host());
            let answer = at.raw(request.as_bytes());
            assert_eq!(status(&answer), 400, "{target}");
            assert!(!answer.contains("evil.example"), "{answer}");
            assert!(!answer.contains("<script"), "{answer}");
        }
    });
}

#[test]
fn a_pipelined_second_request_is_not_served() {
    holds(|at| {
        let (target, host) = (at.path_and_query(), at.right_host());
        let second = format!("GET {target} HTTP/1.1\r\n{host}\r\n");
        let both = format!("GET /stray HTTP/1.1\r\n{host}\r\n{second}");
        let answer = at.raw(both.as_bytes());
        assert_eq!(answer.matches("HTTP/1.").count(), 1, "{answer}");
    });
}

/// Whoever opens it again is sent to the same provider, for a sign-in of its own.
#[test]
fn two_tabs_on_the_start_page() {
    holds(|at| {
        let again = browser::get(&at.start_url, &[]).leads_to();
        assert!(
            again.contains("state=") && !again.contains(&at.state()),
            "{again}"
        );
    });
}

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
