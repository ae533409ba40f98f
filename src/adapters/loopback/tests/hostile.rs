//! Requests that are not the callback but would like to be. Each story ends with the genuine one.

use super::World;
use super::browser::{genuine, success};

#[test]
fn b2_13_a_second_genuine_callback_is_refused() {
    let world = World::new();
    world.the_genuine_callback_still_works();
    let second = world.get(&genuine("code=D"));
    assert_eq!(second.status, 409);
    assert!(second.body.contains("already finished"));
    assert_eq!(
        world.get(&world.start).status,
        409,
        "a second tab is told so as well"
    );
    world.nothing_was_heard();
}

/// Any program of this machine can ask for them.
#[test]
fn b2_14_no_page_for_strangers_names_the_task() {
    let world = World::new();
    let framed = "Sec-Fetch-Dest: iframe\r\nSec-Fetch-Mode: navigate\r\n";
    for (status, reply) in [
        (400, world.get("/callback/okta?code=C&state=wrong")),
        (403, world.request("GET", &world.start, framed)),
        (404, world.get("/")),
        (405, world.post_form("/callback/okta", "code=C")),
        (400, world.send(b"GET / HTTP/1.1\r\n\r\n").unwrap()),
    ] {
        assert_eq!(reply.status, status, "{}", reply.head);
        assert!(reply.body.contains("- stepup</title>"), "{}", reply.body);
        assert!(!reply.body.contains("4211"), "{}", reply.body);
    }
    world.the_genuine_callback_still_works();
    let late = world.get(&genuine("code=D"));
    assert!(late.status == 409 && !late.body.contains("4211"));
}

#[test]
fn b5_8_no_parameter_decides_where_the_browser_goes() {
    let world = World::new();
    let elsewhere =
        "redirect_uri=https://evil.example&url=https://evil.example&next=//evil.example";
    let start = world.get(&format!("{}?{elsewhere}", world.start));
    assert!(
        start
            .header("Location")
            .unwrap()
            .starts_with("https://idp.example/")
    );
    let reply = world.get(&genuine(&format!("code=C&{elsewhere}")));
    assert!(reply.header("Location").unwrap().starts_with("/done/"));
}

#[test]
fn what_is_not_http_is_refused_and_forgotten() {
    let world = World::new();
    // The right one, so that it is not this which is refused.
    let host = format!("\r\nHost: 127.0.0.1:{}", world.port);
    for (bytes, status) in [
        (&b"\r\n\r\n"[..], 400),
        (b"GET\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"GET / callback HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1 callback\r\n\r\n", 400),
        (b"\x00\xff\xfe\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            400,
        ),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            400,
        ),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
            411,
        ),
    ] {
        let line = bytes.windows(2).position(|two| two == b"\r\n").unwrap();
        let (line, rest) = bytes.split_at(line);
        let request = [line, host.as_bytes(), rest].concat();
        assert_eq!(
            world.send(&request).unwrap().status,
            status,
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
    world.the_genuine_callback_still_works();
}

#[test]
fn a_neighbours_cookies_do_not_cost_us_the_callback() {
    let world = World::new();
    let (port, target) = (world.port, genuine("code=C"));
    let mut bytes =
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: a=").into_bytes();
    bytes.extend_from_slice(&[0xc3, 0xa9, 0xff]);
    bytes.extend(std::iter::repeat_n(b'x', 40_000));
    bytes.extend_from_slice(b"\r\n\r\n");
    assert_eq!(world.send(&bytes).unwrap().status, 303);
    assert_eq!(world.callback().code.as_deref(), Some("C"));
}

#[test]
fn the_callback_may_come_before_anyone_waits() {
    // The provider answers before the launcher returned: five times of five.
    for _ in 0..5 {
        let world = World::new();
        assert_eq!(world.get(&genuine("code=C")).status, 303);
        assert_eq!(world.callback().code.as_deref(), Some("C"));
        world.waiting.part(&success()).end();
    }
}
