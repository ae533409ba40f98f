//! Networks, servers and browsers that do not work: a sentence, a hint, and never a hang.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection};

use crate::browser;
use crate::world::World;

fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// A server that treats every connection like this.
fn server(serve: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    // Ends with the test process; nobody connects after the story.
    thread::spawn(move || {
        for stream in listener.incoming() {
            let serve = Arc::clone(&serve);
            thread::spawn(move || serve(&mut stream.unwrap()));
        }
    });
    port
}

fn json_answer(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn read_request(stream: &mut impl Read) {
    let mut seen = Vec::new();
    let mut chunk = [0; 1024];
    while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(read) => seen.extend_from_slice(&chunk[..read]),
        }
    }
}

#[track_caller]
fn an_api_at(url: &str, reason: &str) {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .args("-o json --api-url")
        .arg(url)
        // The kept one is for the sandbox's address only.
        .env("STEPUP_API_TOKEN", world.credential())
        .exits(1);
    outcome.says(reason).fails_in_json("failed");
    world.api().saw_no_approval();
}

#[test]
fn an_api_that_is_not_there() {
    let port = closed_port();
    let reason = format!("could not connect to `127.0.0.1:{port}`: nothing listens there");
    an_api_at(&format!("http://127.0.0.1:{port}"), &reason);
}

#[test]
fn an_api_that_hangs_up() {
    let port = server(|_| ());
    an_api_at(
        &format!("http://127.0.0.1:{port}"),
        &format!("the connection to `127.0.0.1:{port}` broke"),
    );
}

#[test]
fn an_api_that_speaks_no_http() {
    let port = server(|stream| {
        read_request(stream);
        let _ = stream.write_all(b"220 mail.example ESMTP\r\n");
    });
    an_api_at(&format!("http://127.0.0.1:{port}"), "broke");
}

#[test]
fn an_api_without_the_tls_it_should_have() {
    let port = server(|stream| {
        let _ = stream.read(&mut [0; 512]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    an_api_at(
        &format!("https://127.0.0.1:{port}"),
        &format!("the TLS connection to `127.0.0.1:{port}` was refused"),
    );
}

/// A server with a certificate that nobody signed but itself, which is returned too. It answers everything
/// with this JSON.
fn tls_server(body: &'static str) -> (u16, String) {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let port = server(move |stream| {
        let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = rustls::Stream::new(&mut tls, stream);
        read_request(&mut stream);
        let _ = stream.write_all(json_answer(body).as_bytes());
    });
    (port, own.cert.pem())
}

#[test]
fn an_api_with_a_certificate_that_nobody_signed() {
    let (port, _) = tls_server("{}");
    an_api_at(
        &format!("https://127.0.0.1:{port}"),
        &format!("the TLS connection to `127.0.0.1:{port}` was refused: "),
    );
}

/// The entry's own authority is trusted, and then the provider's words are looked at as any other's.
#[test]
fn a_provider_with_a_private_certificate_is_trusted_where_the_entry_says_so() {
    let (port, certificate) = tls_server("{\"issuer\":\"https://somebody.example\"}");
    let world = World::new();
    let issuer = format!("https://127.0.0.1:{port}");
    world.write_config(&world.config_text().replace(world.issuer(), &issuer));
    let outcome = world.approve("4211").signing_in_with("key").exits(1);
    outcome.says("the TLS connection to").hints("`ca_file`");

    std::fs::write(world.config().join("ca.pem"), certificate).unwrap();
    world.add_to_entry("ca_file = \"ca.pem\"");
    let outcome = world.approve("4211").signing_in_with("key").exits(5);
    outcome.says("the provider calls itself `https://somebody.example`");
    world.api().saw_no_approval();
}

/// Fifty megabytes are announced and sent; one is the most that is read.
#[test]
fn an_api_that_does_not_stop_talking() {
    let port = server(|stream| {
        read_request(stream);
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n";
        let _ = stream.write_all(head);
        let chunk = vec![b'['; 64 * 1024];
        for _ in 0..800 {
            if stream.write_all(&chunk).is_err() {
                return;
            }
        }
    });
    an_api_at(&format!("http://127.0.0.1:{port}"), "is larger than 1 MiB");
}

#[test]
fn an_api_whose_json_is_garbage() {
    for body in [
        "",
        "null",
        "[]",
        "{\"principleId\":",
        "\u{0}",
        "{\"userId\":7}",
    ] {
        let port = server(move |stream| {
            read_request(stream);
            let _ = stream.write_all(json_answer(body).as_bytes());
        });
        an_api_at(
            &format!("http://127.0.0.1:{port}"),
            "the API's answer cannot be read",
        );
    }
}

#[test]
fn an_api_that_never_answers() {
    let port = server(|stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let world = World::new();
    let run = world.approve("4211").args("--http-timeout 1s --api-url");
    let run = run.env("STEPUP_API_TOKEN", "for this run");
    let outcome = run.arg(format!("http://127.0.0.1:{port}")).run();
    outcome.exits(1).says("did not answer within 1 s");
    world.api().saw_no_approval();
}

#[test]
fn an_api_at_a_host_that_does_not_exist() {
    an_api_at("https://api.invalid", "`api.invalid`");
}

#[test]
fn a_provider_that_is_not_there() {
    let world = World::new();
    let issuer = format!("http://127.0.0.1:{}", closed_port());
    world.write_config(&world.config_text().replace(world.issuer(), &issuer));
    let outcome = world.approve("4211").signing_in_with("key").exits(1);
    outcome
        .says("nothing listens there")
        .does_not_say("/start/");
    world.api().saw_no_approval();
}

#[test]
fn a_browser_that_fails_is_told_of_and_waited_for() {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .args("--browser false --timeout 1s")
        .exits(6);
    outcome.says("`false` ended with exit status: 1; open the URL above in a browser yourself");
    world.api().saw_no_approval();
}

#[test]
fn a_browser_that_is_not_there_is_told_of_and_the_address_is_enough() {
    let world = World::new();
    let running = world.approve("4211").args("--browser /nonexistent").start();
    let url = running.start_url();
    running.says("`/nonexistent` could not be started");
    world.sign_in(&url, "key").exits(0);
    running.end().exits(0);
    world.api().saw_one_approval("4211");
}

#[test]
fn a_browser_that_is_no_command_line_is_a_mistake() {
    let world = World::new();
    let outcome = world
        .approve("4211")
        .arg("--browser")
        .arg("firefox 'x")
        .exits(2);
    outcome.says("is not a command line");
    world.api().saw_no_approval();
}

/// B2.12, B2.13: whoever knows the port and not the state can neither end the wait nor answer it.
#[test]
fn strangers_at_the_listener_are_answered_and_forgotten() {
    let world = World::new();
    let running = world.approve("4211").args("--no-browser").start();
    let url = running.start_url();
    let origin = url.split("/start/").next().unwrap().to_owned();
    // An idle connection, as browsers open them in advance.
    let idle = TcpStream::connect(origin.strip_prefix("http://").unwrap()).unwrap();
    for path in [
        "/",
        "/favicon.ico",
        "/callback/sandbox",
        "/callback/sandbox?error=access_denied",
        "/callback/sandbox?error=access_denied&state=x",
        "/callback/sandbox?code=x&state=x",
        "/callback/other?code=x&state=x",
        "/start/x",
        "/done/x",
    ] {
        let page = browser::get(&format!("{origin}{path}"), &[]);
        assert!((400..500).contains(&page.status), "{path}: {page:?}");
    }
    for _ in 0..100 {
        assert_eq!(browser::get(&format!("{origin}/stray"), &[]).status, 404);
    }
    world.sign_in(&url, "key").exits(0);
    running.end().exits(0);
    drop(idle);
    world.api().saw_one_approval("4211");
}

/// What the pages of the listener say of an error is text, whatever the provider made of it.
#[test]
fn the_page_of_an_error_holds_no_markup_from_outside() {
    let world = World::with(&[
        "authorize_error=access_denied",
        "authorize_error_description=<script>alert(1)</script>",
    ]);
    let running = world.approve("4211").args("--no-browser").start();
    let provider = browser::get(&running.start_url(), &[]).leads_to();
    let callback = browser::get(&provider, &[]).leads_to();
    let done = browser::get(&callback, &[]).leads_to();
    let origin = callback.split("/callback/").next().unwrap();
    let done = if done.starts_with('/') {
        format!("{origin}{done}")
    } else {
        done
    };
    assert!(
        !done.contains('?'),
        "the code leaves the address bar: {done}"
    );
    let page = browser::get(&done, &[]);
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("&lt;script&gt;alert(1)"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("<script"), "{}", page.body);
    running.end().exits(6);
    world.api().saw_no_approval();
}

#[test]
fn a_proxy_is_used_for_hosts_elsewhere_and_never_for_loopback() {
    let (sender, asked) = std::sync::mpsc::channel();
    let port = server(move |stream| {
        // The whole line: it may come in several packets.
        let mut line = String::new();
        let _ = BufReader::new(&*stream).read_line(&mut line);
        let _ = sender.send(line);
        let _ = stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    });
    let proxy = format!("http://127.0.0.1:{port}");
    let world = World::new();
    let run = |words: &str| {
        let run = world
            .stepup(words)
            .env("STEPUP_API_TOKEN", world.credential());
        run.env("HTTPS_PROXY", &proxy)
            .env("HTTP_PROXY", &proxy)
            .env("ALL_PROXY", &proxy)
    };
    run("whoami").exits(0);
    assert!(asked.try_recv().is_err(), "loopback went through the proxy");
    run("whoami --api-url https://acme.example").exits(1);
    let line = asked.try_recv().unwrap();
    assert!(line.starts_with("CONNECT acme.example:443 "), "{line}");
}
