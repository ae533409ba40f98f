//! Proxies as the environment names them: nothing goes past one, whatever is wrong with it, and it is the proxy that
//! is blamed. `adapters::proxy` has the table of the rules.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};

use crate::process::Outcome;
use crate::world::World;

/// A listener that does this with every connection; its address, and what the connections came to.
fn proxy(serve: impl Fn(&mut TcpStream) -> String + Send + 'static) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, seen) = mpsc::channel();
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let _ = sender.send(serve(&mut client));
        }
    });
    (address, seen)
}

fn whoami(world: &World, variables: &[(&str, &str)]) -> Outcome {
    let run = world.stepup("whoami --api-url https://api..invalid -o json");
    let run = run.env("STEPUP_API_TOKEN", "any");
    let run = variables
        .iter()
        .fold(run, |run, (name, value)| run.env(name, value));
    run.run()
}

fn refusing(client: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    let answer = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    client.write_all(answer).unwrap();
    String::from_utf8(head).unwrap()
}

#[test]
fn a_proxy_that_wants_a_password_is_asked_once_and_blamed() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let (address, seen) = proxy(refusing);
        let value = format!("http://mira:s3cret@{address}");
        let outcome = whoami(&World::new(), &[(variable, &value)]);
        outcome
            .exits(1)
            .says(&format!("the proxy `{address}` (`{variable}`)"))
            .says("HTTP 407")
            .does_not_say("s3cret")
            .fails_in_json("failed");
        let heads: Vec<String> = seen.try_iter().collect();
        assert_eq!(heads.len(), 1, "{heads:?}");
        assert!(
            heads[0].starts_with("CONNECT api..invalid:443 "),
            "{heads:?}"
        );
    }
}

/// The proxy gets the name, and this machine looks nothing up.
#[test]
fn a_socks_proxy_that_resolves_gets_the_name() {
    let (address, seen) = proxy(|client| {
        let mut greeting = [0; 3];
        client.read_exact(&mut greeting).unwrap();
        client.write_all(&[5, 0]).unwrap();
        let mut request = [0; 5];
        client.read_exact(&mut request).unwrap();
        let mut name = vec![0; usize::from(request[4])];
        client.read_exact(&mut name).unwrap();
        client.read_exact(&mut [0; 2]).unwrap();
        // Not allowed by the rules (RFC 1928 §6).
        client.write_all(&[5, 2, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        String::from_utf8(name).unwrap()
    });
    let value = format!("socks5h://{address}");
    let outcome = whoami(&World::new(), &[("ALL_PROXY", &value)]);
    outcome
        .exits(1)
        .says(&format!("the proxy `{address}` (`ALL_PROXY`)"));
    assert_eq!(seen.try_iter().collect::<Vec<_>>(), ["api..invalid"]);
}

#[test]
fn a_proxy_that_cannot_be_used_is_not_passed_by() {
    for value in ["ftp://s3cret@p:1", "http://:8080", "socks://p"] {
        let world = World::new();
        let outcome = whoami(&world, &[("HTTPS_PROXY", value)]);
        outcome
            .fails(
                2,
                "usage",
                "`HTTPS_PROXY` names no proxy that could be used",
            )
            .does_not_say("s3cret");
        let doctor = world.stepup("doctor").env("HTTPS_PROXY", value).run();
        doctor
            .prints("`HTTPS_PROXY` names no proxy that could be used")
            .does_not_say("s3cret");
    }
}

#[test]
fn hosts_that_are_spared_and_variables_that_decide_nothing() {
    for variables in [
        &[("HTTPS_PROXY", "PROXY"), ("NO_PROXY", "other, invalid")][..],
        &[("HTTP_PROXY", "PROXY")],
        &[("http_proxy", "PROXY")],
        &[("HTTPS_PROXY", "")],
    ] {
        let (address, seen) = proxy(refusing);
        let set = |value: &str| value.replace("PROXY", &format!("http://{address}"));
        let values: Vec<String> = variables.iter().map(|(_, value)| set(value)).collect();
        let names = variables.iter().map(|(name, _)| *name);
        let pairs: Vec<(&str, &str)> = names.zip(values.iter().map(String::as_str)).collect();
        let outcome = whoami(&World::new(), &pairs);
        outcome
            .exits(1)
            .says("the host `api..invalid` could not be found");
        assert_eq!(seen.try_iter().count(), 0, "{variables:?}");
    }
}

/// The sandbox is on loopback.
#[test]
fn loopback_never_goes_through_a_proxy() {
    let (address, seen) = proxy(refusing);
    let world = World::new();
    let run = world
        .approve("4212")
        .env("ALL_PROXY", format!("http://{address}"));
    run.exits(0);
    world.api().saw_one_approval("4212");
    assert_eq!(seen.try_iter().count(), 0);
}
