//! Reads one request from one connection: whole, bounded in size and in time. Everything that cannot be
//! such a request ends here, before anyone looks at what it says.

use std::io::{ErrorKind, Read as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tiny_http::{Header, Method};

/// Time for a whole request. Generous, because it is the slow-loris bound and not the person's time.
pub(super) const TIME: Duration = Duration::from_secs(10);

/// Room for the cookies of every other tool that was ever developed on `localhost`: cookies know no port.
const MAX_HEAD: usize = 64 * 1024;

/// The status for more than [`MAX_HEAD`] (RFC 6585 §5). A page of any other port may set so many cookies.
pub(super) const HEAD_TOO_LARGE: u16 = 431;

/// The longest path and query. A code is two kilobytes at worst.
const MAX_TARGET: usize = 16 * 1024;

/// The longest body, and what is read of one that is longer.
const MAX_BODY: usize = 64 * 1024;

pub(super) struct HttpRequest {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) body: Vec<u8>,
    headers: Vec<Header>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum RequestError {
    /// Closed, or too slow: there is nobody to answer.
    Gone,
    /// A TLS `ClientHello`: a browser tried https.
    Tls,
    Status(u16),
}

impl HttpRequest {
    /// Reads a request, if it is complete within `time`.
    pub(super) fn read(stream: &TcpStream, time: Duration) -> Result<Self, RequestError> {
        let mut source = Source {
            stream,
            deadline: Instant::now() + time,
        };
        let (head, mut body) = read_head(&mut source)?;
        let mut request = parse(&head)?;
        if request.header("Transfer-Encoding")?.is_some() {
            // No browser posts a form in chunks, and a length is what we bound.
            return Err(RequestError::Status(411));
        }
        let length = match request.header("Content-Length")? {
            Some(length) => length.parse().map_err(|_| RequestError::Status(400))?,
            None => 0,
        };
        if length > MAX_BODY {
            return Err(RequestError::Status(413));
        }
        while body.len() < length {
            source.read_more(&mut body)?;
        }
        body.truncate(length);
        request.body = body;
        Ok(request)
    }

    /// A header's value; 400 if it is there twice.
    pub(super) fn header(&self, name: &'static str) -> Result<Option<&str>, RequestError> {
        let mut values = self
            .headers
            .iter()
            .filter(|header| header.field.equiv(name));
        let value = values.next().map(|header| header.value.as_str());
        match values.next() {
            Some(_) => Err(RequestError::Status(400)),
            None => Ok(value),
        }
    }

    /// Whether a person's browser sent this by going there. Scripts, prefetchers and subresources do not
    /// say so.
    pub(super) fn is_navigation(&self) -> bool {
        matches!(self.header("Sec-Fetch-Mode"), Ok(Some("navigate")))
    }

    /// Whether a browser sent this for another page (Fetch Metadata, `Sec-Fetch-Dest`): an image, a script, a frame.
    pub(super) fn is_part_of_a_page(&self) -> bool {
        match self.header("Sec-Fetch-Dest") {
            Ok(destination) => {
                destination.is_some_and(|said| !said.eq_ignore_ascii_case("document"))
            }
            Err(_) => true,
        }
    }

    /// Whether a browser sent this by itself, before anybody went there: `prefetch`, also with `;prerender`.
    pub(super) fn is_speculative(&self) -> bool {
        SPECULATIVE.into_iter().any(|(name, word)| {
            let value = self.header(name).ok().flatten().unwrap_or_default();
            let mut words = value.split(';');
            words.any(|said| said.trim().eq_ignore_ascii_case(word))
        })
    }
}

/// The headers by which browsers say that nobody went there (yet): the Fetch standard's, and older ones.
const SPECULATIVE: [(&str, &str); 4] = [
    ("Sec-Purpose", "prefetch"),
    ("Purpose", "prefetch"),
    ("X-Moz", "prefetch"),
    ("X-Purpose", "preview"),
];

/// After a refusal: takes in what the peer still sends, a little, so that closing does not make the system
/// reset the connection and throw our answer away.
pub(super) fn drain(stream: &TcpStream) {
    let mut source = Source {
        stream,
        deadline: Instant::now() + Duration::from_secs(1),
    };
    let mut bytes = Vec::new();
    while bytes.len() < MAX_BODY && source.read_more(&mut bytes).is_ok() {}
}

/// The head without its empty line, and what was read beyond it.
fn read_head(source: &mut Source<'_>) -> Result<(Vec<u8>, Vec<u8>), RequestError> {
    let mut bytes = Vec::new();
    loop {
        // The end may be split over reads; only what is new has to be searched.
        let searched = bytes.len().saturating_sub(3);
        source.read_more(&mut bytes)?;
        if bytes.starts_with(&[0x16, 0x03]) {
            return Err(RequestError::Tls);
        }
        let fresh = bytes.get(searched..).unwrap_or_default();
        let end = fresh.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.map(|offset| searched + offset);
        if end.unwrap_or(bytes.len()) > MAX_HEAD {
            let status = if bytes.contains(&b'\n') {
                HEAD_TOO_LARGE
            } else {
                414
            };
            return Err(RequestError::Status(status));
        }
        if let Some(end) = end {
            let mut rest = bytes.split_off(end);
            return Ok((bytes, rest.split_off(4)));
        }
    }
}

fn parse(head: &[u8]) -> Result<HttpRequest, RequestError> {
    let bad = || RequestError::Status(400);
    // Lossy, for the cookies' sake: a neighbour's UTF-8 must cost us neither the callback nor our own cookie.
    let text = String::from_utf8_lossy(head);
    let ascii = |line: &str| line.replace(|char: char| !char.is_ascii(), "?");
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(bad());
    };
    if target.len() > MAX_TARGET {
        return Err(RequestError::Status(414));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(HttpRequest {
        method: method.parse().map_err(|()| bad())?,
        path: path.to_owned(),
        query: query.to_owned(),
        body: Vec::new(),
        // A malformed header is not one of those that count here.
        headers: lines.filter_map(|line| ascii(line).parse().ok()).collect(),
    })
}

/// A stream whose reads end at a deadline.
struct Source<'a> {
    stream: &'a TcpStream,
    deadline: Instant,
}

impl Source<'_> {
    fn read_more(&mut self, into: &mut Vec<u8>) -> Result<(), RequestError> {
        let mut chunk = [0; 4096];
        loop {
            let left = self.deadline.saturating_duration_since(Instant::now());
            // A zero timeout is an error to the system, and so ends it too.
            self.stream
                .set_read_timeout(Some(left))
                .map_err(|_| RequestError::Gone)?;
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err(RequestError::Gone),
                Ok(count) => {
                    into.extend_from_slice(chunk.get(..count).unwrap_or_default());
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(RequestError::Gone),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// What is read of a peer that sends this and no more.
    fn read(bytes: &[u8]) -> Result<HttpRequest, RequestError> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (stream, _) = listener.accept().unwrap();
        peer.write_all(bytes).unwrap();
        peer.shutdown(std::net::Shutdown::Write).unwrap();
        HttpRequest::read(&stream, TIME)
    }

    #[test]
    fn a_head_ends_where_it_ends_however_it_is_read() {
        // One read takes 4096 bytes; so many of the end's four are in it.
        for first in 0..=4 {
            let mut head = "GET / HTTP/1.1\r\nX: ".to_owned();
            head.extend(std::iter::repeat_n('x', 4096 - first - head.len()));
            let request = read(format!("{head}\r\n\r\n").as_bytes());
            assert!(request.is_ok_and(|request| request.path == "/"), "{first}");
        }
    }

    /// Another user reads the URL in the list of processes, and a page that the person looks at asks for it.
    #[test]
    fn what_is_not_said_to_be_a_page_once_is_part_of_one() {
        let said = |destination: &str| format!("Sec-Fetch-Dest: {destination}\r\n");
        for (headers, part) in [
            (String::new(), false),
            (said("document"), false),
            (said("Document"), false),
            (said("document").repeat(2), true),
            (said("image"), true),
            (said("script"), true),
            (said("iframe"), true),
            (said("empty"), true),
            (said(""), true),
            (said("Document x"), true),
        ] {
            let request = read(format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes());
            assert!(
                request.is_ok_and(|request| request.is_part_of_a_page() == part),
                "{headers}"
            );
        }
    }

    #[test]
    fn a_slow_loris_is_given_the_time_once_and_not_for_each_byte() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut loris = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (stream, _) = listener.accept().unwrap();
        thread::scope(|scope| {
            let reading = scope.spawn(|| {
                let error = HttpRequest::read(&stream, Duration::from_millis(50)).err();
                stream.shutdown(std::net::Shutdown::Both).unwrap();
                error
            });
            while !reading.is_finished() {
                let _ = loris.write_all(b"a");
                thread::park_timeout(Duration::from_millis(1));
            }
            assert_eq!(reading.join().unwrap(), Some(RequestError::Gone));
        });
    }
}
