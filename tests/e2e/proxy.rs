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
                let (ears, held) = (Arc::clone(&ears), sender.clone());
                thread::spawn(move || {
                    pass(client, away, |chunk| {
                        ears.lock().unwrap().extend_from_slice(chunk);
                        if String::from_utf8_lossy(chunk).contains(word) {
                            let (release, released) = mpsc::channel();
                            // A story that does not wait for it does not hold it either.
                            let _ = held.send(release).map(|()| released.recv());
                        }
                    });
                });
                thread::spawn(move || pass(server, back, |_| ()));
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

fn pass(mut from: TcpStream, mut to: TcpStream, look: impl Fn(&[u8])) {
    let mut chunk = [0; 8192];
    while let Ok(read) = from.read(&mut chunk) {
        look(&chunk[..read]);
        if read == 0 || to.write_all(&chunk[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Write);
}
