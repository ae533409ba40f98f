//! One connection, from which requests are read one after the other (RFC 9112). What is malformed, or longer than
//! anybody sends who is not out to harm, is refused.

use std::io::{self, Read, Write};

use super::http::{Reply, header};

const MAX_HEAD: usize = 64 * 1024;
const MAX_HEADERS: usize = 128;
const MAX_BODY: usize = 1024 * 1024;

/// Of a body that is too long this much is read before it is refused: who still sends hears no answer.
const MAX_DRAINED: u64 = 64 * 1024 * 1024;

pub(crate) struct Connection<S> {
    stream: S,
    /// Read, and not used.
    read: Vec<u8>,
}

/// What a request begins with.
pub(crate) struct Head {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// Of HTTP/1.
    pub(crate) version: u8,
    pub(crate) headers: Vec<(String, String)>,
}

/// Why there is no request.
pub(crate) enum Trouble {
    /// The client went away, or does not speak as it has to.
    Gone,
    /// The client is told.
    Refused(Reply),
}

impl From<io::Error> for Trouble {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

fn refused(status: u16, why: &str) -> Trouble {
    Trouble::Refused(Reply::new(status, "text/plain", format!("{why}\n")))
}

impl Head {
    /// Whether another request may follow (RFC 9112 §9.3).
    pub(crate) fn goes_on(&self) -> bool {
        let connection = header(&self.headers, "connection").unwrap_or_default();
        let mut options = connection.split(',').map(str::trim);
        self.version > 0 && !options.any(|option| option.eq_ignore_ascii_case("close"))
    }

    /// How long the body is (RFC 9112 §6.3).
    fn length(&self) -> Result<u64, Trouble> {
        if header(&self.headers, "transfer-encoding").is_some() {
            return Err(refused(411, "say how long the body is"));
        }
        let Some(length) = header(&self.headers, "content-length") else {
            return Ok(0);
        };
        let is_number = length.bytes().all(|byte| byte.is_ascii_digit());
        let length = length.parse().ok().filter(|_| is_number);
        length.ok_or_else(|| refused(400, "unreadable Content-Length"))
    }
}

impl<S: Read + Write> Connection<S> {
    pub(crate) const fn new(stream: S) -> Self {
        Self {
            stream,
            read: Vec::new(),
        }
    }

    pub(crate) fn head(&mut self) -> Result<Head, Trouble> {
        loop {
            if let Some((head, length)) = parsed(&self.read)? {
                self.read.drain(..length);
                return Ok(head);
            }
            if self.read.len() > MAX_HEAD {
                return Err(refused(431, "headers over 64 KiB"));
            }
            self.read_more()?;
        }
    }

    pub(crate) fn body(&mut self, head: &Head) -> Result<Vec<u8>, Trouble> {
        let length = head.length()?;
        let waits = header(&head.headers, "expect");
        if waits.is_some_and(|what| what.eq_ignore_ascii_case("100-continue")) {
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let Some(length) = usize::try_from(length).ok().filter(|it| *it <= MAX_BODY) else {
            let rest = length.saturating_sub(self.read.len() as u64);
            let rest = Read::by_ref(&mut self.stream).take(rest.min(MAX_DRAINED));
            io::copy(&mut { rest }, &mut io::sink())?;
            return Err(refused(413, "body over 1 MiB"));
        };
        while self.read.len() < length {
            self.read_more()?;
        }
        let rest = self.read.split_off(length);
        Ok(std::mem::replace(&mut self.read, rest))
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    fn read_more(&mut self) -> Result<(), Trouble> {
        let mut more = [0; 16 * 1024];
        match self.stream.read(&mut more)? {
            0 => Err(Trouble::Gone),
            some => {
                self.read.extend(more.iter().take(some));
                Ok(())
            }
        }
    }
}

/// The head and its length, once all of it is there.
fn parsed(read: &[u8]) -> Result<Option<(Head, usize)>, Trouble> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let status = request.parse(read);
    let status = status.map_err(|error| refused(400, &error.to_string()))?;
    let httparse::Status::Complete(length) = status else {
        return Ok(None);
    };
    // With two of these, whoever reads them reads another request (RFC 9112 sections 3.2 and 6.3).
    let twice = |name: &&str| {
        let fields = request.headers.iter().map(|header| header.name);
        let mut named = fields.filter(|field| field.eq_ignore_ascii_case(name));
        named.nth(1).is_some()
    };
    if let Some(name) = ["host", "content-length"].iter().find(|name| twice(name)) {
        return Err(refused(400, &format!("{name} more than once")));
    }
    let headers = request.headers.iter().map(|header| {
        let value = String::from_utf8_lossy(header.value).into_owned();
        (header.name.to_owned(), value)
    });
    let head = Head {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        version: request.version.unwrap_or_default(),
        headers: headers.collect(),
    };
    Ok(Some((head, length)))
}
