//! A server on loopback that gives the answers it was told to, in their order.

use std::sync::Arc;
use std::thread;

use serde_json::Value;
use tiny_http::{Header, Response, Server};

/// What `ask` makes of a server with these answers, and how often it was asked. Beyond the last one it fails.
pub(crate) fn answering<T>(answers: &[(u16, Value)], ask: impl FnOnce(&str) -> T) -> (T, usize) {
    let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
    let base = format!("http://{}", server.server_addr());
    let (giver, answers) = (Arc::clone(&server), answers.to_vec());
    let giving = thread::spawn(move || {
        let mut answers = answers.into_iter();
        let mut came = 0;
        for request in giver.incoming_requests() {
            came += 1;
            let (status, body) = answers.next().unwrap_or((500, Value::Null));
            let json = Header::from_bytes("Content-Type", "application/json").unwrap();
            let reply = Response::from_string(body.to_string());
            let reply = reply.with_status_code(status).with_header(json);
            request.respond(reply).unwrap();
        }
        came
    });
    let value = ask(&base);
    server.unblock();
    (value, giving.join().unwrap())
}
