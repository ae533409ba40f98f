//! A server that is not the sandbox's: answers with what it was told, in order, and keeps what it was sent.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// It runs until the test ends; after the last answer it hangs up on everybody.
pub(crate) struct Elsewhere {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    /// A server with these answers, each a whole HTTP message; an empty one hangs up.
    pub(crate) fn answering(answers: &[&str]) -> Self {
        let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        let mut answers = answers.into_iter();
        Self::deciding(move |_| answers.next().unwrap_or_default())
    }

    /// A server that answers each request with what this makes of it.
    pub(crate) fn deciding(mut answer: impl FnMut(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                let mut client = BufReader::new(client);
                let request = read(&mut client);
                let answer = answer(&request);
                shared.lock().unwrap().push(request);
                let _ = client.get_mut().write_all(answer.as_bytes());
            }
        });
        Self { origin, seen }
    }

    /// Every request so far, heads and bodies.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn read(client: &mut impl BufRead) -> String {
    let (mut text, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if client.read_line(&mut line).unwrap_or(0) == 0 {
            return text;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        text += &line;
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    client.read_exact(&mut body).unwrap();
    text + &String::from_utf8_lossy(&body)
}

/// An answer with these headers, each with its line end, and this body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// The header of a step-up challenge.
pub(crate) const CHALLENGE: &str = "WWW-Authenticate: Bearer error=\"insufficient_user_authentication\", acr_values=\"phr\", max_age=\"60\"\r\n";
