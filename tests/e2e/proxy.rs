//! A wire between the tool and the API that can be listened to, and held at a given word.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A running proxy. Its threads end with their connections, and with the test process.
pub(crate) struct Proxy {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<u8>>>,
    held: Receiver<Sender<()>>,
}

impl Proxy {
    /// Passes everything on to `upstream`, but holds what the client sends at the first chunk with `word`.
    pub(crate) fn before(upstream: &str, word: &'static str) -> Self {
        Self::to(upstream, word, |_, _| None)
    }

    /// Passes everything on to `upstream`, but for the requests that have one of `words` in their first line, once
    /// `word` was sent so many times: those get this answer, and `upstream` does not see them.
    pub(crate) fn answering(
        upstream: &str,
        (word, times): (&'static str, usize),
        words: &'static [&'static str],
        answer: &'static str,
    ) -> Self {
        Self::to(upstream, "nothing is held", move |heard, chunk| {
            let line = chunk.lines().next().unwrap_or_default();
            let is_due = heard.matches(word).count() >= times;
            (is_due && words.iter().any(|word| line.contains(word))).then_some(answer)
        })
    }

    fn to(
        upstream: &str,
        word: &'static str,
        answer: impl Fn(&str, &str) -> Option<&'static str> + Clone + Send + 'static,
    ) -> Self {
        let upstream: SocketAddr = upstream.strip_prefix("http://").unwrap().parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (sender, held) = mpsc::channel();
        let ears = Arc::clone(&heard);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(upstream).unwrap());
                let (back, away) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let (ears, held, answer) = (Arc::clone(&ears), sender.clone(), answer.clone());
                thread::spawn(move || {
                    pass(client, away, |chunk| {
                        let mut ears = ears.lock().unwrap();
                        let chunk_text = String::from_utf8_lossy(chunk);
                        let answered = answer(&String::from_utf8_lossy(&ears), &chunk_text);
                        ears.extend_from_slice(chunk);
                        drop(ears);
                        if chunk_text.contains(word) {
                            let (release, released) = mpsc::channel();
                            // A story that does not wait for it does not hold it either.
                            let _ = held.send(release).map(|()| released.recv());
                        }
                        answered
                    });
                });
                thread::spawn(move || pass(server, back, |_| None));
            }
        });
        Self { url, heard, held }
    }

    /// Waits until the word was sent. It goes on when the answer is dropped.
    pub(crate) fn holds(&self) -> Sender<()> {
        self.held.recv_timeout(Duration::from_secs(20)).unwrap()
    }

    /// What the client has sent so far.
    pub(crate) fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, answer: impl Fn(&[u8]) -> Option<&'static str>) {
    let (mut chunk, mut answered) = ([0; 8192], false);
    while let Ok(read) = from.read(&mut chunk) {
        if let Some(answer) = answer(&chunk[..read]) {
            answered = from.write_all(answer.as_bytes()).is_ok();
        }
        // The rest of a request that was answered goes nowhere.
        if read == 0 || !answered && to.write_all(&chunk[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Write);
}
