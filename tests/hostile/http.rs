//! A small HTTP/1.1 server with its hands on the wire: it can answer honestly, in drips, by halves, or
//! without end, which no well-kept server would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use url::form_urlencoded;

/// No exchange here takes longer; a lost client must not keep a thread.
const LIMIT: Duration = Duration::from_secs(20);

/// Names and values in their order, repeated ones included.
pub(crate) type Pairs = Vec<(String, String)>;

/// The first value of this name; empty if there is none.
pub(crate) fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let found = pairs.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value)
}

/// A request as it came.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Pairs,
    /// Names in lower case.
    pub(crate) headers: Pairs,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn form(&self) -> Pairs {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let mut headers = Pairs::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        let length = value(&headers, "content-length").parse().unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        Some(Self {
            method,
            path: path.to_owned(),
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            headers,
            body,
        })
    }
}

/// How an answer travels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// At once and whole.
    Whole,
    /// One byte every fifth of a second, for ever.
    Drips,
    /// The head promises the whole body; half of it comes, then the connection closes.
    Half,
    /// The body is followed by spaces until this many bytes were sent.
    Padded(u64),
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Pairs,
    pub(crate) body: Vec<u8>,
    pub(crate) pace: Pace,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".into(), content_type.into())],
            body: body.into(),
            pace: Pace::Whole,
        }
    }

    pub(crate) fn json(value: &serde_json::Value) -> Self {
        Self::new(200, "application/json", value.to_string())
    }

    pub(crate) fn html(status: u16, body: &str) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        let mut reply = Self::html(status, "moved");
        reply.headers.push(("Location".into(), location.into()));
        reply
    }

    /// Writes the answer; how it went is the client's business.
    fn write(&self, mut stream: &TcpStream, stop: &Stop) -> std::io::Result<()> {
        let length = match self.pace {
            Pace::Padded(length) => length,
            _ => self.body.len() as u64,
        };
        let mut head = format!(
            "HTTP/1.1 {} Scripted\r\nContent-Length: {length}\r\nConnection: close\r\n",
            self.status
        );
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head += "\r\n";
        let mut bytes = head.into_bytes();
        let head = bytes.len();
        bytes.extend(&self.body);
        match self.pace {
            Pace::Whole => stream.write_all(&bytes),
            Pace::Half => stream.write_all(&bytes[..head + self.body.len() / 2]),
            Pace::Padded(length) => {
                stream.write_all(&bytes)?;
                let mut left = length.saturating_sub(self.body.len() as u64);
                let spaces = [b' '; 16 * 1024];
                while left > 0 {
                    let now = left.min(spaces.len() as u64);
                    stream.write_all(&spaces[..usize::try_from(now).unwrap()])?;
                    left -= now;
                }
                Ok(())
            }
            Pace::Drips => {
                for byte in bytes {
                    stream.write_all(&[byte])?;
                    if stop.within(Duration::from_millis(200)) {
                        break;
                    }
                }
                Ok(())
            }
        }
    }
}

/// Becomes true when the server goes; drips end then.
#[derive(Clone)]
struct Stop(Arc<Mutex<Receiver<()>>>);

impl Stop {
    fn within(&self, time: Duration) -> bool {
        let receiver = self.0.lock().unwrap();
        matches!(
            receiver.recv_timeout(time),
            Err(RecvTimeoutError::Disconnected)
        )
    }
}

/// A server on a loopback port of its own. Closes when dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stopping: Option<Sender<()>>,
}

impl Server {
    /// Starts answering with what `handler` says.
    pub(crate) fn start(handler: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stopping, stopped) = mpsc::channel();
        let stop = Stop(Arc::new(Mutex::new(stopped)));
        let handler = Arc::new(handler);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stop.within(Duration::ZERO) {
                    break;
                }
                let (handler, stop) = (Arc::clone(&handler), stop.clone());
                thread::spawn(move || {
                    let _ = stream.set_read_timeout(Some(LIMIT));
                    let _ = stream.set_write_timeout(Some(LIMIT));
                    let reply = Request::read(&stream).map(|request| handler(&request));
                    if let Some(reply) = reply {
                        let _ = reply.write(&stream, &stop);
                    }
                });
            }
        });
        Self {
            address,
            stopping: Some(stopping),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping = None;
        // The listener wakes up and sees that it is over.
        let _ = TcpStream::connect(self.address);
    }
}
