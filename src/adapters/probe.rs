//! Small questions to the machine and the network that change nothing: for `stepup doctor`.

use std::io;
use std::net::{IpAddr, TcpListener, ToSocketAddrs};

use jiff::Timestamp;
use openidconnect::http::{Request, header};
use url::Url;

use super::http::{Http, HttpError};

/// How many addresses the system knows for the host of this URL. Takes as long as the system likes.
pub(crate) fn addresses(url: &Url) -> io::Result<usize> {
    let host = url.host_str().unwrap_or_default();
    let port = url.port_or_known_default().unwrap_or(443);
    // An IPv6 literal stands in brackets in a URL, and without them anywhere else.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Ok((host, port).to_socket_addrs()?.count())
}

/// Whether something can listen on this address just now; port 0 is any.
pub(crate) fn can_listen(address: IpAddr, port: u16) -> io::Result<()> {
    TcpListener::bind((address, port)).map(drop)
}

/// How many seconds a server's clock is ahead of ours, by the `Date` of its answer to a GET; `None` where
/// it sends none. Any status will do. A date within the time that the answer took is no difference.
pub(crate) fn clock_ahead(http: &Http, url: &str) -> Result<Option<i64>, HttpError> {
    let request = Request::get(url)
        .body(Vec::new())
        .map_err(|_| HttpError::InsecureUrl(url.to_owned()))?;
    let before = Timestamp::now().as_second();
    let answer = http.send(request)?;
    let after = Timestamp::now().as_second();
    let date = answer.headers().get(header::DATE);
    let theirs = date
        .and_then(|date| date.to_str().ok())
        .and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    Ok(theirs.map(|theirs| {
        let theirs = theirs.timestamp().as_second();
        // Between sending and receiving nobody knows when the date was written.
        if theirs < before {
            theirs - before
        } else {
            (theirs - after).max(0)
        }
    }))
}
