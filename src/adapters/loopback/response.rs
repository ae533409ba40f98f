//! One HTTP response, written by `tiny_http`. Every response carries the same strict headers (B2.14).

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use tiny_http::{HTTPVersion, Header, Response};

use super::pages;
use super::result_slot::Viewing;

/// A response is a few kilobytes and fits the socket's buffer; only a hostile peer makes this matter.
const WRITE_TIME: Duration = Duration::from_secs(5);

/// What goes back over one connection.
pub(super) struct HttpResponse {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    /// Dropped when the response has been written, which is what `ResultSlot::stay` waits for.
    viewing: Option<Viewing>,
}

impl HttpResponse {
    pub(super) fn page(status: u16, html: String) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: html,
            viewing: None,
        }
    }

    /// A page that tells what the attempt came to.
    pub(super) fn result(html: String, viewing: Viewing) -> Self {
        Self {
            viewing: Some(viewing),
            ..Self::page(200, html)
        }
    }

    /// A redirect to a URL of ours, never to one out of a request (RFC 9700 §4.11.1).
    pub(super) fn redirect(status: u16, location: &str) -> Self {
        Self::page(status, String::new()).with("Location", location)
    }

    /// Adds a header. Only visible ASCII goes in, so a header stays one header.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        let visible = |char: &char| char.is_ascii_graphic() || *char == ' ';
        self.headers
            .push((name, value.chars().filter(visible).collect()));
        self
    }

    /// Writes it and ends the connection.
    pub(super) fn send(self, stream: &TcpStream, head_only: bool) {
        let mut response =
            Response::from_data(self.body.into_bytes()).with_status_code(self.status);
        let common = [
            ("Server", "stepup"),
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", pages::policy()),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
        ];
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        for (name, value) in common.into_iter().chain(own) {
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        let mut bytes = Vec::new();
        // HTTP/1.0 says "one answer, then I close", which `tiny_http` lets nobody say in a header.
        let printed = response.raw_print(&mut bytes, HTTPVersion(1, 0), &[], head_only, None);
        if printed.is_ok() && stream.set_write_timeout(Some(WRITE_TIME)).is_ok() {
            // If it cannot be written, nobody is there to read it.
            let _ = (&*stream).write_all(&bytes);
        }
        let _ = stream.shutdown(std::net::Shutdown::Write);
        drop(self.viewing);
    }
}
