//! The request as it was typed: method, address, headers, body. Whatever is secret comes from a file or stdin,
//! and what the machinery sets nobody else sets.

use std::io::Read;

use openidconnect::http::{self, HeaderName, HeaderValue, Method, header};
use url::Url;

use crate::adapters::http::{host_and_port, is_acceptable};
use crate::adapters::text;
use crate::cli::Request;
use crate::domain::no_proof;
use crate::error::Error;
use crate::session::refused_as_no_proof;

/// Largest body taken, bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Headers that are the machinery's, and why.
const OURS: [(&str, &str); 12] = [
    ("authorization", CREDENTIAL),
    ("proxy-authorization", CREDENTIAL),
    ("dpop", CREDENTIAL),
    ("host", ADDRESS),
    ("content-length", FRAMING),
    ("transfer-encoding", FRAMING),
    ("te", FRAMING),
    ("trailer", FRAMING),
    ("connection", FRAMING),
    ("upgrade", FRAMING),
    ("expect", FRAMING),
    ("accept-encoding", FRAMING),
];
const CREDENTIAL: &str =
    "stepup sends the credential that belongs to that server, or a step-up token";
const ADDRESS: &str = "it is the host of the URL";
const FRAMING: &str = "it follows from the body and the connection";

const METHODS: &str = "use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS";

/// Words in the names of headers that hold secrets.
const SECRETIVE: [&str; 8] = [
    "cookie",
    "token",
    "secret",
    "password",
    "api-key",
    "apikey",
    "credential",
    "session",
];

/// A request that is ready to go.
pub(super) struct Outgoing {
    pub(super) request: http::Request<Vec<u8>>,
    pub(super) url: Url,
}

impl Outgoing {
    /// Reads what was typed, and the files it names.
    pub(super) fn read(args: &Request) -> Result<Self, Error> {
        let method = method(&args.method)?;
        let url = address(&args.url)?;
        let from_stdin = args.headers.iter().chain(&args.data);
        if from_stdin.filter(|text| *text == "@-").count() > 1 {
            return Err(
                usage("stdin can be read for one thing only").hint("give the other one as `@FILE`")
            );
        }
        let mut request = http::Request::builder()
            .method(method)
            .uri(url.as_str())
            .body(Vec::new())
            .map_err(|error| usage("the URL cannot be used").caused_by(error))?;
        for text in &args.headers {
            for (name, value) in headers(text)? {
                request.headers_mut().append(name, value);
            }
        }
        if let Some(data) = &args.data {
            if request.method() == Method::HEAD {
                return Err(usage("a HEAD request has no body")
                    .hint("leave `-d` out, or use another method"));
            }
            *request.body_mut() = body(data)?;
            // As curl has it.
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request
                .headers_mut()
                .entry(header::CONTENT_TYPE)
                .or_insert(form);
        }
        let anything = HeaderValue::from_static("*/*");
        request
            .headers_mut()
            .entry(header::ACCEPT)
            .or_insert(anything);
        Ok(Self { request, url })
    }

    /// Whether it changes nothing (RFC 9110 section 9.2.1).
    pub(super) fn is_safe(&self) -> bool {
        self.request.method().is_safe()
    }

    /// Host and port, for people.
    pub(super) fn host(&self) -> String {
        host_and_port(&self.url)
    }

    /// Method and address for people.
    pub(super) fn shown(&self) -> String {
        shown(self.request.method().as_str(), &self.url)
    }

    /// Whether a web page was asked for.
    pub(super) fn wants_a_page(&self) -> bool {
        let accepts = self.request.headers().get_all(header::ACCEPT);
        let mut accepts = accepts.iter().filter_map(|value| value.to_str().ok());
        accepts.any(|value| value.to_ascii_lowercase().contains("text/html"))
    }
}

fn method(text: &str) -> Result<Method, Error> {
    let method = Method::from_bytes(text.to_ascii_uppercase().as_bytes())
        .map_err(|_| usage(format!("`{text}` is not an HTTP method")).hint(METHODS))?;
    // A proxy's method, and one that sends the credential back for others to read (RFC 9110 §9.3.8).
    if [Method::CONNECT, Method::TRACE].contains(&method) {
        return Err(usage(format!("`{method}` is not sent with a credential")).hint(METHODS));
    }
    Ok(method)
}

fn address(text: &str) -> Result<Url, Error> {
    let mut url = Url::parse(text).map_err(|_| {
        usage("the URL cannot be read").hint("give the whole URL: `https://api.example/path`")
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(usage("the URL holds a user name or a password")
            .hint("leave it out: the credential is the profile's (`stepup login`)"));
    }
    if !is_acceptable(&url) {
        return Err(usage("the URL is not https")
            .hint("use the https URL (plain http is for loopback hosts only)"));
    }
    if no_proof::is_factors(&url) {
        return Err(refused_as_no_proof("the URL", no_proof::FACTORS));
    }
    if no_proof::holds_ssws(text) {
        return Err(refused_as_no_proof("the URL", no_proof::SSWS));
    }
    url.set_fragment(None);
    Ok(url)
}

/// One header, or those of a file. (curl's `@`.)
fn headers(text: &str) -> Result<Vec<(HeaderName, HeaderValue)>, Error> {
    let Some(file) = text.strip_prefix('@') else {
        let (name, value) = header_line(text)?;
        let spelled = name.as_str();
        if SECRETIVE.iter().any(|word| spelled.contains(word)) {
            return Err(usage(format!(
                "the header `{spelled}` may hold a secret, which others can read on a command line"
            ))
            .hint("write the line into a file only you can read, and give it as `-H @FILE` (or `-H @-` for stdin)"));
        }
        return Ok(vec![(name, value)]);
    };
    let bytes = contents(file, "header")?;
    let text = text::decoded(&bytes).map_err(|not_text| {
        usage(format!("the header file is not text: {not_text}")).hint("write one header a line")
    })?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(header_line).collect()
}

/// The value is never repeated in an error.
fn header_line(line: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let malformed = || {
        usage("a header is not `NAME: VALUE`")
            .hint("write it like `-H 'Content-Type: application/json'`")
    };
    let (name, value) = line.split_once(':').ok_or_else(malformed)?;
    let name = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| malformed())?;
    if no_proof::is_ssws(value) {
        return Err(refused_as_no_proof("the header", no_proof::SSWS));
    }
    if let Some((_, reason)) = OURS.iter().find(|(ours, _)| name == *ours) {
        return Err(
            usage(format!("the header `{name}` is not yours to set: {reason}"))
                .hint("leave it out"),
        );
    }
    let value = HeaderValue::from_str(value.trim()).map_err(|_| {
        usage(format!(
            "the value of the header `{name}` has characters that no header may have"
        ))
        .hint("use printable characters on one line")
    })?;
    Ok((name, value))
}

fn body(data: &str) -> Result<Vec<u8>, Error> {
    let bytes = match data.strip_prefix('@') {
        Some(file) => contents(file, "body")?,
        None => data.as_bytes().to_vec(),
    };
    if no_proof::holds_ssws(&String::from_utf8_lossy(&bytes)) {
        return Err(refused_as_no_proof("the body", no_proof::SSWS));
    }
    Ok(bytes)
}

/// A file, or stdin for `-`.
fn contents(file: &str, what: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        usage(format!(
            "the {what} file `{file}` could not be read: {error}"
        ))
        .hint("`@FILE` names a file, `@-` is stdin")
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(
            usage(format!("the {what} file `{file}` is larger than 16 MiB")).hint(
                "stepup keeps it in memory, to send it twice if need be; use another tool for it",
            ),
        );
    }
    Ok(bytes)
}

fn usage(message: impl Into<String>) -> Error {
    Error::usage(message)
}

/// Method and address without the query, which may hold a secret.
pub(super) fn shown(method: &str, url: &Url) -> String {
    let mut url = url.clone();
    let query = if url.query().is_some() { "?..." } else { "" };
    url.set_query(None);
    url.set_fragment(None);
    format!("{method} {url}{query}")
}
