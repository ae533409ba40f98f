//! What came back: printed as it is, and what it means to the caller.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use openidconnect::http::{Response, Version};
use serde_json::{Value, json};

use super::outgoing::Outgoing;
use super::target::Target;
use crate::adapters::access_api::location_host;
use crate::adapters::http::media_type;
use crate::adapters::terminal::{Format, ignore_broken_pipe};
use crate::context::Context;
use crate::domain::person::SubjectMatch;
use crate::domain::receipt::{ProofRecord, RequirementRecord};
use crate::domain::requirement::Caveat;
use crate::error::{Error, ErrorKind};
use crate::meaning::token_refused;

/// After something whose outcome nobody saw.
pub(super) const DOUBT: &str =
    "it is unknown whether the server did it; look before you send it again";

pub(super) struct ProofSummary {
    pub(super) requirement: RequirementRecord,
    pub(super) proof: ProofRecord,
    pub(super) subject: SubjectMatch,
    pub(super) caveats: Vec<Caveat>,
}

/// How it came to this answer.
pub(super) enum Stage {
    /// No step-up was demanded.
    Plain,
    /// It was sent with a proof.
    Proven(ProofSummary),
    /// It was sent with a proof, and the server demands step-up again.
    StillUnmet(ProofSummary, Error),
}

pub(super) struct FinalResponse<'a> {
    outgoing: &'a Outgoing,
    response: Response<Vec<u8>>,
    stage: Stage,
}

impl<'a> FinalResponse<'a> {
    pub(super) const fn of(
        outgoing: &'a Outgoing,
        response: Response<Vec<u8>>,
        stage: Stage,
    ) -> Self {
        Self {
            outgoing,
            response,
            stage,
        }
    }

    /// The body as it came, whatever the status; or one document.
    pub(super) fn print(&self, context: &Context, include: bool) -> Result<(), Error> {
        let terminal = &context.terminal;
        let printed = match terminal.format() {
            Format::Json | Format::Yaml => terminal.result("", &self.document()),
            Format::Text => {
                let mut bytes = if include { self.head() } else { Vec::new() };
                bytes.extend_from_slice(self.response.body());
                terminal.bytes(&bytes)
            }
        };
        printed.or_else(ignore_broken_pipe("the request was answered"))
    }

    fn head(&self) -> Vec<u8> {
        let version = match self.response.version() {
            Version::HTTP_10 => "HTTP/1.0",
            _ => "HTTP/1.1",
        };
        let mut head = format!("{version} {}\r\n", self.response.status()).into_bytes();
        for (name, value) in self.headers() {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        head
    }

    /// The headers, without the nonce for proofs: that one was for us.
    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let headers = self.response.headers().iter();
        let headers = headers.filter(|(name, _)| name.as_str() != "dpop-nonce");
        headers.map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    fn document(&self) -> Value {
        let headers = self
            .headers()
            .map(|(name, value)| json!({ "name": name, "value": String::from_utf8_lossy(value) }));
        let body = match std::str::from_utf8(self.response.body()) {
            Ok(text) => json!({ "text": text }),
            Err(_) => json!({ "base64": BASE64_STANDARD.encode(self.response.body()) }),
        };
        let proven = match &self.stage {
            Stage::Plain => None,
            Stage::Proven(proven) | Stage::StillUnmet(proven, _) => Some(proven),
        };
        json!({
            "schema": "stepup.response/2",
            "request": self.outgoing.shown(),
            "status": self.response.status().as_u16(),
            "headers": headers.collect::<Vec<_>>(),
            "body": body,
            "requirement": proven.map(|proven| &proven.requirement),
            "proof": proven.map(|proven| &proven.proof),
            "subject": proven.map(|proven| &proven.subject),
            "caveats": proven.map_or(&[][..], |proven| &proven.caveats),
        })
    }

    /// What it means: nothing below 400, but a redirect, and a page that a gateway may have put in the way
    /// (providers.md, A12).
    pub(super) fn verdict(self, target: &Target) -> Result<(), Error> {
        let status = self.response.status();
        let said = format!("the server answered {status}");
        let own = target.api().is_some();
        let error = match (status.as_u16(), self.stage) {
            (_, Stage::StillUnmet(_, unmet)) => unmet,
            (401, Stage::Proven(_)) => token_refused(&said),
            (200..=299, _)
                if media_type(&self.response) == "text/html" && !self.outgoing.wants_a_page() =>
            {
                let what = format!("`{}` answered with a web page", self.outgoing.host());
                let instead = "if you want the page, ask for it with `-H 'Accept: text/html'`";
                gateway(what, self.outgoing, instead)
            }
            (200..=299 | 304, _) => return Ok(()),
            (300..=399, _) => {
                let to = location_host(&self.response);
                let what = format!("the server answered with a redirect to `{to}`, which is not followed");
                let instead = "if that is where it belongs, send the request there; `-i` shows the whole URL";
                gateway(what, self.outgoing, instead)
            }
            (401, Stage::Plain) if own => Error::new(ErrorKind::SignedOut, said)
                .hint("sign in again with `stepup login`"),
            (401, Stage::Plain) => Error::refused(said)
                .hint("it takes no token (neither `Bearer` nor `DPoP`), and stepup has nothing else to give; do it in the browser, or with another tool"),
            (403, _) => Error::refused(said)
                .hint("you may not do this there; without an explanation, a web gateway may be in the way"),
            (429, _) => Error::failed(said).hint("wait a minute, then try again"),
            // Whoever gave up waiting (408, RFC 9110 §15.5.9) does not know what became of it.
            (400..=407 | 409..=499, _) => Error::refused(said)
                .hint("the response body may say what is wrong with the request"),
            _ if self.outgoing.is_safe() => {
                Error::failed(said).hint("try again later")
            }
            _ => Error::failed(said).hint(DOUBT),
        };
        Err(error)
    }
}

/// A12: what a gateway shows is a browser's to read. Something that is to change may have been done behind it: then
/// nothing here has it sent again, and `instead` is left out.
fn gateway(what: String, outgoing: &Outgoing, instead: &str) -> Error {
    let mut page = outgoing.url.clone();
    page.set_query(None);
    let error = Error::failed(what);
    let may_sit = "a web gateway may sit in front of the server";
    if outgoing.is_safe() {
        error
            .hint(format!("{may_sit}; do it in the browser: {page}"))
            .hint(instead)
    } else {
        error
            .hint(DOUBT)
            .hint(format!("{may_sit}; look in the browser: {page}"))
    }
}
