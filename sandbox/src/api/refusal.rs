//! How the API says no: `google.rpc.Status` as JSON, with the HTTP status that goes with its code
//! (c1.md 4.3).

use serde_json::{Value, json};

use crate::basics::random;
use crate::http::Reply;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: u16,
    code: i32,
    message: String,
    details: Vec<Value>,
    /// `WWW-Authenticate`.
    challenge: Option<String>,
    /// `DPoP-Nonce`.
    nonce: Option<String>,
}

impl Refusal {
    pub(super) fn new(status: u16, code: i32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: Vec::new(),
            challenge: None,
            nonce: None,
        }
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, 3, message)
    }

    /// An id that is not 27 letters and digits; the server quotes its pattern (c1.md 1.1).
    pub(super) fn malformed_id() -> Self {
        Self::invalid("invalid id: value does not match regex pattern \"^[a-zA-Z0-9]{27}$\"")
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, 5, "not found")
    }

    pub(super) fn unauthenticated() -> Self {
        Self::new(401, 16, "invalid or missing credential")
    }

    pub(super) fn forbidden(message: &str) -> Self {
        Self::new(403, 7, message)
    }

    /// The task is not, or no longer, in a state for this.
    pub(super) fn precondition(message: &str) -> Self {
        Self::new(400, 9, message)
    }

    /// The task is there already (c1.md 4.3).
    pub(super) fn duplicate(task: &str) -> Self {
        let reference = json!({"@type": "type.googleapis.com/c1.api.task.v1.TaskRef", "id": task});
        Self {
            details: vec![reference],
            ..Self::new(409, 6, "duplicate ticket found")
        }
    }

    pub(super) fn unavailable() -> Self {
        Self::new(503, 14, "unavailable")
    }

    pub(super) fn internal() -> Self {
        Self::new(500, 13, "internal error")
    }

    /// Whoever stands before the API gave up waiting for it.
    pub(super) fn late() -> Self {
        Self::new(408, 4, "request timeout")
    }

    /// A 401 that a stronger or fresher sign-in can change (RFC 9470 §3).
    pub(super) fn challenge(message: &str, challenge: String) -> Self {
        Self {
            challenge: Some(challenge),
            ..Self::new(401, 16, message)
        }
    }

    /// This refusal, with further parameters in its challenge.
    pub(super) fn also(mut self, parameters: &str) -> Self {
        if let Some(challenge) = &mut self.challenge {
            challenge.push_str(parameters);
        }
        self
    }

    pub(super) fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// This refusal with a nonce for the next proof (RFC 9449 section 9).
    pub(super) fn with_nonce(self, nonce: &str) -> Self {
        Self {
            nonce: Some(nonce.to_owned()),
            ..self
        }
    }

    pub(crate) fn into_reply(self) -> Reply {
        // Observed on live tenants: a request id behind the message.
        let message = format!("{} (request-id: {})", self.message, random(16));
        let body = json!({"code": self.code, "message": message, "details": self.details});
        let reply = Reply::json(self.status, &body);
        let reply = match self.nonce {
            Some(nonce) => reply.header("DPoP-Nonce", nonce),
            None => reply,
        };
        match self.challenge {
            Some(challenge) => reply.header("WWW-Authenticate", challenge),
            None => reply,
        }
    }
}
